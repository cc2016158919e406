"""Where the source says so: the passage that a card quotes, its words marked, or why it can't be shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content

from flashrls.anchors.find import Finder, Place
from flashrls.anchors.refind import Standing
from flashrls.clean import clean_line
from flashrls.knowledge import Passages, StoredAnchor, place_words
from flashrls.tui.desk import Desk
from flashrls.tui.page import Page
from flashrls.tui.passage import passage
from flashrls.tui.prose import Prose, Text

if TYPE_CHECKING:
    from flashrls.store.library import Library

_MUTED = "$foreground-muted"
_QUOTED = "bold $text-accent"


class PassagePage(Page):
    """The passages of one card, one at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "turn(1)", "next anchor", tooltip="The passage of the card's next anchor"),
        Binding("p", "turn(-1)", "previous", show=False, tooltip="The passage of the anchor before"),
        Binding("o", "back", "back", show=False),
    ]

    def __init__(self, passages: Passages) -> None:
        """Make the page of a card's anchors; the first that stands in the document is shown."""
        self._passages = passages
        self._at = 0
        super().__init__(*self._shown())

    @property
    def _placed(self) -> list[tuple[StoredAnchor, Place]]:
        anchors = self._passages.anchors if self._passages.finder else ()
        return [(anchor, anchor.place) for anchor in anchors if anchor.place is not None]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Turning is only offered where there is something to turn to."""
        return action != "turn" or len(self._placed) > 1

    def action_turn(self, steps: int) -> None:
        self._at = (self._at + steps) % len(self._placed)
        self.show(*self._shown())

    def _shown(self) -> tuple[Content, Prose, Content]:
        """The heading, the text, and what stands at the heading's right."""
        finder, placed = self._passages.finder, self._placed
        if finder is None or not placed:
            return Content("Where the source says so"), _missing(self._passages), Content()
        anchor, place = placed[self._at]
        which = f"anchor {self._at + 1} of {len(placed)} · " if len(placed) > 1 else ""
        lost = [other for other in self._passages.anchors if other.place is None]
        blocks = [*_text(finder, place, [other for _, other in placed]), *_notes(anchor, lost)]
        heading = Content(clean_line(place_words(finder, place)))
        right = Content.styled(f"{which}from the source", "not bold $foreground-muted")
        return heading, Prose(tuple(blocks), frozenset(range(1, len(blocks)))), right


async def open_passage(
    app: App[object], desk: Desk, note: int, *, closed: Callable[[None], None] | None = None
) -> None:
    """Show the passages of a note above the present screen; `closed` is called when the learner comes back.

    Raises:
        FlashrlsError: the library can't be read.
    """
    page = PassagePage(await desk.call(partial(_read, note=note)))
    await app.push_screen(page, closed)


def _read(library: Library, note: int) -> Passages:
    passages = library.passages(note)
    if passages.finder is not None:
        _ = passages.finder.outline  # takes a while for a long text, and is kept
    return passages


def _text(finder: Finder, place: Place, places: Sequence[Place]) -> list[Text]:
    """The passage's paragraphs; those that aren't quoted are quiet."""
    shown = passage(finder, place, [part for other in places for part in other.parts])
    return [
        Text("", "", paragraph.quoted(_QUOTED, "" if paragraph.marks else _MUTED)) for paragraph in shown.paragraphs
    ]


def _notes(anchor: StoredAnchor, lost: Sequence[StoredAnchor]) -> list[Text]:
    """What isn't as it was when the card was made."""
    notes: list[str] = []
    if anchor.standing is Standing.REWORDED:
        notes.append(f"The words changed since the card was made; it quoted “{clean_line(anchor.quote)}”.")
    notes += [f"{_why_missing(other)}: “{clean_line(other.quote)}”." for other in lost]
    return [Text("", "", Content.styled(note, "$text-warning")) for note in notes]


def _why_missing(anchor: StoredAnchor) -> str:
    if anchor.standing is Standing.UNVERIFIED:
        return "Another anchor fits several places, or wasn't looked for"
    return "Another anchor is not in the document"


def _missing(passages: Passages) -> Prose:
    """Why no passage can be shown, and the words that the card quotes."""
    blocks = [Text("", "", Content(clean_line(passages.missing)))]
    if passages.anchors:
        blocks.append(Text("", "", Content.styled("The card quotes:", _MUTED)))
    blocks += [Text("  ", "  ", Content(f"“{clean_line(anchor.quote)}”")) for anchor in passages.anchors]
    return Prose(tuple(blocks), frozenset({1}))

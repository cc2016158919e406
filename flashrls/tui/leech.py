"""A card that was forgotten too often: what it is, where it comes from, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content

from flashrls.clean import clean_line
from flashrls.log import LogLine
from flashrls.study import StudyCard
from flashrls.telling import count, lapse_words
from flashrls.tui.desk import Desk
from flashrls.tui.page import Page
from flashrls.tui.passage import passage
from flashrls.tui.prose import Prose, Text, labelled

if TYPE_CHECKING:
    from flashrls.knowledge import Passages
    from flashrls.store.library import Library

_LABEL_CELLS = 12
_NEWEST = 8
_LETTERS = 1_000
_OFFERS = "Split it, say it in other words, or leave it for later: such cards cost more time than they give."


class LeechPage(Page):
    """Shown once, when a lapse makes a leech of a card; `decision` is an action of the review, "" for later."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "decide('')", "decide later", key_display="Esc", tooltip="Decide later"),
        Binding("e", "decide('edit')", "edit", tooltip="Edit the card; its schedule stays"),
        Binding("@", "decide('suspend')", "suspend", key_display="@", tooltip="Don't ask this card any more"),
        Binding("k", "decide('keep')", "keep", tooltip="Keep it; told again after four more lapses"),
    ]

    def __init__(self, card: StudyCard, log: Sequence[LogLine], passages: Passages | None) -> None:
        """Make the page of a card with its log, oldest entry first, and what its source says."""
        self.decision = ""
        heading = Content.styled(f"A leech: forgotten {count(card.state.lapses, 'time')}", "bold $text-warning")
        super().__init__(heading, _page(card, log, passages))

    def action_decide(self, decision: str) -> None:
        self.decision = decision
        self.dismiss()


async def open_leech(app: App[object], desk: Desk, card: StudyCard, decided: Callable[[str], None]) -> None:
    """Show the page above the present screen; `decided` is told the decision when it is closed.

    Raises:
        FlashrlsError: the library can't be read.
    """
    page = LeechPage(card, *await desk.call(partial(_read, card=card)))
    await app.push_screen(page, lambda _: decided(page.decision))


def _read(library: Library, card: StudyCard) -> tuple[list[LogLine], Passages | None]:
    return library.log_of(card.ref), library.passages(card.note_ref) if card.anchors else None


def _page(card: StudyCard, log: Sequence[LogLine], passages: Passages | None) -> Prose:
    facts = [("Question", card.face.question), ("Answer", card.face.answer), ("Forgotten", lapse_words(log))]
    blocks = [labelled(label, _LABEL_CELLS, Content(clean_line(words[:_LETTERS]))) for label, words in facts]
    source = [] if passages is None else _source(passages)
    advice = Text("", "", Content.styled(_OFFERS, "$foreground-muted"))
    return Prose((*blocks, *source, advice), frozenset(range(len(facts), len(blocks) + len(source) + 1)))


def _source(passages: Passages) -> list[Text]:
    """The paragraph that the card quotes, or the words alone where the document isn't there."""
    placed = [(anchor, anchor.place) for anchor in passages.anchors if anchor.place is not None]
    if passages.finder is None or not placed:
        return [Text("", "", Content(f"“{clean_line(anchor.quote)}”")) for anchor in passages.anchors]
    found = passage(passages.finder, placed[0][1], list(placed[0][1].parts))
    return [Text("", "", found.paragraphs[found.main].quoted("bold $text-accent"))]

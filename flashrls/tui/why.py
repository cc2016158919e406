"""Why a card is asked now: its log, entry by entry, and what its file says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content

from flashrls.clean import clean_line
from flashrls.clock import Moment
from flashrls.log import LogLine
from flashrls.study import StudyCard, interval_words
from flashrls.telling import count, short
from flashrls.tui.desk import Desk
from flashrls.tui.page import Page
from flashrls.tui.prose import Prose, Text, labelled
from flashrls.tui.telling import grade_words

if TYPE_CHECKING:
    from flashrls.store.library import Library

_LABEL_CELLS = 10
_CHANGED = {"reworded": " (the words changed since)"}


class WhyScreen(Page):
    """The log of one card."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("i", "back", "back", show=False)]

    def __init__(self, card: StudyCard, log: Sequence[LogLine], sources: Sequence[str] = ()) -> None:
        """Make the page of a card with its log, oldest entry first, and lines on its anchors."""
        about, story = _about(card, sources), _story(log)
        super().__init__(Content(short(card.face.question, 400)), Prose((*about, *story), frozenset({len(about)})))


async def open_why(
    app: App[object], desk: Desk, card: StudyCard, *, closed: Callable[[None], None] | None = None
) -> None:
    """Show why a card is asked, above the present screen; `closed` is called when the learner comes back.

    Raises:
        FlashrlsError: the library can't be read.
    """
    log, sources = await desk.call(partial(_read, card=card))
    await app.push_screen(WhyScreen(card, log, sources), closed)


def _read(library: Library, card: StudyCard) -> tuple[list[LogLine], list[str]]:
    return library.log_of(card.ref), _sources(library, card) if card.anchors else []


def _sources(library: Library, card: StudyCard) -> list[str]:
    """A card's anchors, each followed by where it stands; at the last why none can be verified, and the mend."""
    from flashrls.knowledge import place_words  # documents are for few screens

    passages = library.passages(card.note_ref)
    told: list[str] = []
    for anchor in passages.anchors:
        told.append(f"“{anchor.quote}”")
        if passages.finder and anchor.place:
            told.append(place_words(passages.finder, anchor.place) + _CHANGED.get(anchor.standing.value, ""))
        elif not passages.missing:
            told.append("not in the attached document, or in several places of it")
    return [*told, f"Not verified: {passages.missing}"] if passages.missing else told


def _about(card: StudyCard, sources: Sequence[str]) -> list[Text]:
    facts = [("Card", card.id), ("Deck", card.deck)]
    if card.section:
        facts.append(("Section", card.section))
    if card.tags:
        facts.append(("Tags", " ".join(card.tags)))
    facts += [("Source" if at == 0 else "", words) for at, words in enumerate(sources)]
    facts.append(("Now", _now(card)))
    return [labelled(label, _LABEL_CELLS, Content(clean_line(value))) for label, value in facts]


def _now(card: StudyCard) -> str:
    schedule = card.state.schedule
    if schedule is None:
        return "new, never reviewed"
    words = [f"due {card.state.due_on}", f"interval {interval_words(schedule.interval_days)}"]
    return " · ".join([*words, f"ease {_ease(schedule.ease)}", count(card.state.lapses, "lapse")])


def _story(log: Sequence[LogLine]) -> list[Text]:
    if not log:
        return [Text("", "", Content.styled("It has no log yet.", "$foreground-muted"))]
    head = _columns("Date", "What", "Grade", "Ease", "Interval", "Due")
    return [Text("", "", Content.styled(head, "$foreground-muted")), *(_entry(line) for line in log)]


def _entry(line: LogLine) -> Text:
    entry = line.entry
    when = Moment(entry.at_ms, entry.utc_offset_s).wall_clock
    ease = "" if line.ease is None else _ease(line.ease)
    interval = "" if line.interval_days is None else interval_words(line.interval_days)
    due = "" if line.due_on is None else str(line.due_on)
    kind = "redo" if line.is_redo else entry.kind.value
    text = _columns(f"{when:%Y-%m-%d}", kind, grade_words(entry.grade), ease, interval, due)
    style = "$foreground-disabled" if line.undone else ""
    return Text("", "", Content.styled(f"{text} undone" if line.undone else text, style))


def _columns(date: str, kind: str, grade: str, ease: str, interval: str, due: str) -> str:
    return f"{date:<11} {kind:<10} {grade:<7} {ease:<5} {interval:<11} {due:<10}"


def _ease(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}"

"""Why a card is asked now: its log, entry by entry, and what its file says of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from flashrls.clean import clean_line
from flashrls.clock import Moment
from flashrls.log import LogLine
from flashrls.study import StudyCard, interval_words
from flashrls.tui.page import Page
from flashrls.tui.telling import grade_words

_LABEL_CELLS = 10


class WhyScreen(Page):
    """The log of one card."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("i", "back", "back", show=False)]

    def __init__(self, card: StudyCard, log: Sequence[LogLine]) -> None:
        """Make the page of a card with its log, oldest entry first."""
        body = Content("\n").join([*_about(card), Content(), *_story(log)])
        super().__init__(Content(clean_line(card.face.question)), body)


def _about(card: StudyCard) -> list[Content]:
    schedule, state = card.state.schedule, card.state
    facts = [("Card", card.id), ("Deck", card.deck)]
    if card.section:
        facts.append(("Section", card.section))
    if card.tags:
        facts.append(("Tags", " ".join(card.tags)))
    facts += [("Source" if at == 0 else "", f"“{anchor}”") for at, anchor in enumerate(card.anchors)]
    if schedule is None:
        facts.append(("Now", "new: never reviewed"))
    else:
        lapses = f"{state.lapses} lapse{'s' * (state.lapses != 1)}"
        every = interval_words(schedule.interval_days)
        facts.append(("Now", f"due {schedule.due_on} · interval {every} · ease {_ease(schedule.ease)} · {lapses}"))
    return [
        Content.assemble((f"{label:<{_LABEL_CELLS}}", "$text-muted"), clean_line(value)) for label, value in facts
    ]


def _story(log: Sequence[LogLine]) -> list[Content]:
    if not log:
        return [Content.styled("It has no log yet.", "$text-muted")]
    head = f"{'Date':<18}{'What':<12}{'Grade':<9}{'Ease':<7}{'Interval':<12}Due"
    return [Content.styled(head, "$text-muted"), *(_entry(line) for line in log)]


def _entry(line: LogLine) -> Content:
    entry = line.entry
    when = Moment(entry.at_ms, entry.utc_offset_s).wall_clock
    ease = _ease(line.ease) if line.ease is not None else ""
    interval = interval_words(line.interval_days) if line.interval_days is not None else ""
    due = str(line.due_on) if line.due_on is not None else ""
    text = f"{when:%Y-%m-%d %H:%M}  {entry.kind.value:<12}{grade_words(entry.grade):<9}{ease:<7}{interval:<12}{due}"
    return Content.styled(f"{text}  taken back", "$text-disabled") if line.undone else Content(text)


def _ease(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}"

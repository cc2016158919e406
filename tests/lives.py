"""What tests of a card's life are made with: a card, and logs written out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flashrls.cards import Face, Kind
from flashrls.log import NEW, CardState, Entry, EntryKind, LogLine, step
from flashrls.rules import CLASSIC, Rules
from flashrls.study import StudyCard

FIRST_DAY = date(2026, 3, 2)


def card(question: str = "Which enzyme needs iron?", *, held: str | None = None) -> StudyCard:
    """A card; its state is left to its log."""
    face = Face(question, "Tyrosine hydroxylase", "Tyrosine hydroxylase")
    return StudyCard(
        1, 1, "enzyme", "Iron", "", Kind.BASIC, "", face, False, (), (), NEW, None, "", held, uid="iron/enzyme"
    )


def entry(
    number: int,
    day: date,
    kind: EntryKind = EntryKind.SCHEDULED,
    grade: int | None = None,
    undoes: str | None = None,
) -> Entry:
    """The `number`-th entry of a log."""
    noon_ms = (day - date(1970, 1, 1)).days * 86_400_000 + 43_200_000
    return Entry(
        str(number), "iron/enzyme", kind, noon_ms, 0, day, grade=grade, undoes=undoes, clock_ms=noon_ms + number
    )


def logged(entries: Sequence[Entry], rules: Rules = CLASSIC) -> list[LogLine]:
    """The entries with the outcomes that they were stored with; an undo takes back the entry before it."""
    undone = {one.undoes for one in entries if one.undoes}
    lines: list[LogLine] = []
    states: list[CardState] = [NEW]
    for one in entries:
        state = states[-2] if one.kind is EntryKind.UNDO else step(states[-1], one, rules)
        states.append(state)
        schedule = state.schedule
        ease, repetitions, interval = (
            (schedule.ease, schedule.repetitions, schedule.interval_days) if schedule else (None, None, None)
        )
        lines.append(LogLine(one, ease, repetitions, interval, state.due_on, undone=one.id in undone))
    return lines


def reviewed_when_due(grades: Sequence[int], rules: Rules = CLASSIC) -> list[LogLine]:
    """The log of a card that was reviewed on the very day it was due, every time."""
    entries: list[Entry] = []
    state, day = NEW, FIRST_DAY
    for number, grade in enumerate(grades):
        entries.append(entry(number, day, grade=grade))
        state = step(state, entries[-1], rules)
        day = state.due_on or day + timedelta(days=1)
    return logged(entries, rules)

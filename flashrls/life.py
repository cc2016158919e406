"""A card's whole life as a value: what each entry did and by which rule, what each button would do, and what if."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flashrls.log import DRILLED, NEW, CardState, EntryKind, LogLine, step
from flashrls.rules import Rules, due_day
from flashrls.settings import Grades, Settings
from flashrls.sm2 import LapseEase, Schedule, day_after, preview
from flashrls.study import BUTTON_NAMES, BUTTONS, SIX_NAMES, StudyCard
from flashrls.why import rule


@dataclass(frozen=True, slots=True)
class LifeEntry:
    """An entry of the log as `why` tells it.

    Attributes:
        line: the entry as it was stored.
        rule: what made its outcome, or what it did; an entry that was taken back tells what it had done.
        ease: in hundredths, after it.
        interval_days: after it.
        due_on: after it.

    The last three are None while the card was new. They are what today's rules make of the log, so they agree
    with `rule` even where the library was once folded otherwise; only an undo, and what was taken back, tell
    what they were stored with.
    """

    line: LogLine
    rule: str
    ease: int | None
    interval_days: int | None
    due_on: date | None

    @property
    def is_review(self) -> bool:
        """Whether it is a scheduled grade that counts."""
        entry = self.line.entry
        return entry.kind is EntryKind.SCHEDULED and entry.grade is not None and not self.line.undone


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a button would do to a card.

    Attributes:
        button: its digit.
        name: as a review shows it.
        grade: 0..5.
        schedule: the card's afterwards, as SM-2 gives it.
        due_on: when it would be asked again, which fuzz and the longest interval may move.
        drill: whether it would come again the same day.
    """

    button: int
    name: str
    grade: int
    schedule: Schedule
    due_on: date
    drill: bool


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A review that comes out otherwise; `ease` in hundredths, both after it."""

    line: LogLine
    ease: int
    interval_days: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The same grades folded with the other `lapse_ease`.

    Attributes:
        lapse_ease: that other one.
        schedule: the card's at the end.
        due_on: when it would be asked next.
        is_same: whether both are what they are now.
        otherwise: the reviews after which ease or interval differ, oldest first.
    """

    lapse_ease: LapseEase
    schedule: Schedule
    due_on: date
    is_same: bool
    otherwise: tuple[Otherwise, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """All there is to tell of a card.

    Attributes:
        entries: its log, oldest entry first.
        state: what that makes of the card.
        asked_on: the study day for which `outcomes` are told: today, or the first later day on which it is asked.
        outcomes: what each button would do on that day.
        what_if: None for a card that is new.
    """

    entries: tuple[LifeEntry, ...]
    state: CardState
    asked_on: date
    outcomes: tuple[Outcome, ...]
    what_if: WhatIf | None

    @property
    def reviews(self) -> tuple[LifeEntry, ...]:
        """The scheduled grades that count, oldest first."""
        return tuple(entry for entry in self.entries if entry.is_review)


def life_of(card: StudyCard, log: Sequence[LogLine], settings: Settings, day: date) -> Life:
    """Return a card's life.

    Args:
        card: the card; what its state says is read from the log instead.
        log: all of its log, oldest entry first.
        settings: whose rules fold the log and whose buttons are told.
        day: today's study day.
    """
    rules = settings.rules
    entries, state = _story(log, rules)
    asked_on = _asked_on(state, day)
    outcomes = _outcomes(state, card.uid, rules, settings.grades, asked_on)
    return Life(entries, state, asked_on, outcomes, _what_if(log, rules))


def _story(log: Sequence[LogLine], rules: Rules) -> tuple[tuple[LifeEntry, ...], CardState]:
    entries: list[LifeEntry] = []
    state = NEW
    for line in log:
        told = _rule(state, line, rules)
        if _counts(line):
            state = step(state, line.entry, rules)
            schedule = state.schedule
            ease, interval = (schedule.ease, schedule.interval_days) if schedule else (None, None)
            entries.append(LifeEntry(line, told, ease, interval, state.due_on))
        else:
            entries.append(LifeEntry(line, told, line.ease, line.interval_days, line.due_on))
    return tuple(entries), state


def _counts(line: LogLine) -> bool:
    return not line.undone and line.entry.kind is not EntryKind.UNDO


def _rule(before: CardState, line: LogLine, rules: Rules) -> str:
    told = "redo" if line.is_redo else rule(before, line.entry, rules)
    return f"{told}: {', '.join(line.changed)}" if line.changed and line.entry.kind is not EntryKind.MOVE else told


def _asked_on(state: CardState, day: date) -> date:
    """The first day from `day` on at which a review of the card would count."""
    tomorrow = day_after(day, 1)
    first = tomorrow if day in (state.reviewed_on, state.buried_on) else day
    return max(first, state.due_on) if state.due_on else first


def _outcomes(state: CardState, uid: str, rules: Rules, grades: Grades, day: date) -> tuple[Outcome, ...]:
    by_grade = preview(state.schedule, day, lapse_ease=rules.lapse_ease)
    names = SIX_NAMES if grades == "sm2" else BUTTON_NAMES
    told = []
    for button, name in names.items():
        grade = button if grades == "sm2" else BUTTONS[button]
        schedule = by_grade[grade]
        due_on = due_day(schedule, uid, state.reviews + 1, rules)
        told.append(Outcome(button, name, grade, schedule, due_on, drill=grade < DRILLED))
    return tuple(told)


def _what_if(log: Sequence[LogLine], rules: Rules) -> WhatIf | None:
    others = replace(rules, lapse_ease="keep" if rules.lapse_ease == "change" else "change")
    here = there = NEW
    otherwise: list[Otherwise] = []
    for line in filter(_counts, log):
        here, there = step(here, line.entry, rules), step(there, line.entry, others)
        schedule = there.schedule if line.entry.kind is EntryKind.SCHEDULED else None
        if schedule and schedule != here.schedule:
            otherwise.append(Otherwise(line, schedule.ease, schedule.interval_days))
    if there.schedule is None or there.due_on is None:
        return None
    is_same = (there.schedule, there.due_on) == (here.schedule, here.due_on)
    return WhatIf(others.lapse_ease, there.schedule, there.due_on, is_same, tuple(otherwise))

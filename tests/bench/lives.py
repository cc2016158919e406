"""The lives of single cards, by the hundred thousand: SM-2 with a learner who forgets at a given rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from statistics import fmean
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flashrls.log import DRILLED
from flashrls.sm2 import PASS, Schedule, schedule_review
from flashrls.store.days import day_number, day_of

_HOME = ZoneInfo("Europe/Berlin")
_HOURS = (
    *[7] * 4,
    *[8] * 5,
    *[9] * 2,
    12,
    13,
    *[18] * 3,
    *[19] * 5,
    *[20] * 6,
    *[21] * 5,
    *[22] * 3,
    23,
    23,
    24,
    25,
)
"""Hours of answers, each as often as it is drawn; 24 and 25 are the night after, which is the same study day."""

_LEAST_FORGOTTEN, _MOST_FORGOTTEN = 0.1, 0.7
_SAMPLE = 500
_STEPS = 12


class Line(NamedTuple):
    """One entry of a card's log, as the columns of `review` have it; times are milliseconds, days are numbers."""

    kind: str
    at_ms: int
    utc_offset_s: int
    study_day: int
    grade: int
    reveal_ms: int
    grade_ms: int
    ease: int
    repetitions: int
    interval_days: int
    due_on: int


class Outcome(NamedTuple):
    """What a card's log leaves in `card`."""

    ease: int
    repetitions: int
    interval_days: int
    due_on: int
    reviews: int
    lapses: int
    reviewed_on: int
    drill_on: int | None


@dataclass(frozen=True, slots=True)
class Diary:
    """The study days, as numbers: from `first` to `last`, both included, but for the days `off`."""

    first: int
    last: int
    off: frozenset[int]
    offsets_s: dict[int, int]

    def open_day(self, day: int) -> int:
        """The first study day from `day` on that isn't off."""
        while day in self.off:
            day += 1
        return day


def diary(days: int, end: date, chance: Random) -> Diary:
    """Return `days` study days up to `end`; about one in ten is off, the first and the last never are."""
    last = day_number(end)
    first = last - days + 1
    off = frozenset(day for day in range(first + 1, last) if chance.random() < 0.1)
    return Diary(first, last, off, {day: _offset_s(day_of(day)) for day in range(first, last + 1)})


def _offset_s(day: date) -> int:
    offset = datetime.combine(day, time(12), _HOME).utcoffset()
    return int(offset.total_seconds()) if offset else 0


class Life:
    """A card as it is learnt; `lines` is its log in order."""

    def __init__(self, chance: Random, diary: Diary, forgets: float) -> None:
        """Live a card through the diary.

        Args:
            chance: decides.
            diary: the days.
            forgets: the mean share of reviews that are lapses, 0..1; it differs from card to card.
        """
        self.chance = chance
        self.diary = diary
        self.forgets = min(0.9, forgets * chance.uniform(0.5, 1.5))
        self.lines: list[Line] = []
        schedule: Schedule | None = None
        day = diary.open_day(diary.first + int((diary.last - diary.first) * 0.85 * chance.random()))
        while day <= diary.last:
            schedule = self._review(schedule, day)
            wait = schedule.interval_days + (chance.randrange(4) if chance.random() < 0.15 else 0)
            if wait > 2 and chance.random() < 0.02:
                self._practise(schedule, day + 1)
            day = diary.open_day(day + wait)

    def _review(self, schedule: Schedule | None, day: int) -> Schedule:
        grade = self._grade(self.forgets)
        after = schedule_review(schedule, grade, day_of(day))
        second = self.chance.choice(_HOURS) * 3600 + self.chance.randrange(3600)
        self._tell("scheduled", day, second, grade, after)
        drills = 0
        # At most three, and now and then somebody leaves before the drill is done.
        while grade < DRILLED and drills < 3 and self.chance.random() > 0.02:
            second, grade, drills = second + self.chance.randrange(60, 900), self._grade(0.1), drills + 1
            self._tell("drill", day, second, grade, after)
        return after

    def _practise(self, schedule: Schedule, day: int) -> None:
        if day <= self.diary.last and day not in self.diary.off:
            second = self.chance.choice(_HOURS) * 3600 + self.chance.randrange(3600)
            self._tell("practice", day, second, self._grade(self.forgets), schedule)

    def _grade(self, forgets: float) -> int:
        drawn = self.chance.random()
        if drawn < forgets:
            return 2
        passed = (drawn - forgets) / (1 - forgets)
        return 3 if passed < 0.12 else 5 if passed > 0.88 else 4

    def _tell(self, kind: str, day: int, second: int, grade: int, after: Schedule) -> None:
        drawn = self.chance.random()
        offset_s = self.diary.offsets_s[day]
        at_ms = (day * 86_400 + second - offset_s) * 1000 + int(drawn * 1000)
        reveal_ms = 60_000 + int(drawn * 9_000_000) if drawn < 0.01 else 2_000 + int(drawn * drawn * 14_000)
        outcome = (after.ease, after.repetitions, after.interval_days, day_number(after.due_on))
        self.lines.append(Line(kind, at_ms, offset_s, day, grade, reveal_ms, 500 + int(drawn * 2_500), *outcome))


def outcome_of(lines: Sequence[Line]) -> Outcome:
    """Return what the lines of a card's log, at least one, leave in the card."""
    scheduled = [line for line in lines if line.kind == "scheduled"]
    newest = scheduled[-1]
    is_drilled = newest.grade >= DRILLED or any(
        line.kind == "drill" and line.grade >= DRILLED and line.at_ms > newest.at_ms for line in lines
    )
    return Outcome(
        *(newest.ease, newest.repetitions, newest.interval_days, newest.due_on),
        reviews=len(scheduled),
        lapses=sum(line.grade < PASS for line in scheduled),
        reviewed_on=newest.study_day,
        drill_on=None if is_drilled else newest.study_day,
    )


def forgetting(lines: float, diary: Diary) -> float:
    """Return how much must be forgotten for a life in the diary to have so many lines on average.

    It is found by halving; no less than a tenth is forgotten, however few lines are wanted.
    """
    least, most = _LEAST_FORGOTTEN, _MOST_FORGOTTEN
    for _ in range(_STEPS):
        middle = (least + most) / 2
        chance = Random(1)
        told = fmean(len(Life(chance, diary, middle).lines) for _ in range(_SAMPLE))
        least, most = (middle, most) if told < lines else (least, middle)
    return least

"""A year of study as people do it, played through the library: `python -m tests.year PATH`.

Statistics and pictures need a log that somebody could have written: mornings, late evenings that belong to
the day before, days without, a holiday and the backlog after it, a journey, and both changes of the clock.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from flashrls.bundled import open_with_bundled_decks
from flashrls.cards import Kind
from flashrls.clock import Moment, moment
from flashrls.log import EntryKind, became_leech
from flashrls.sm2 import PASS
from flashrls.store.library import Library, open_library
from flashrls.study import Session, StudyCard, Turn
from tests.learner import Learner

END = date(2026, 11, 22)
HOME, AWAY = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Brisbane")
"""In Berlin's winter Brisbane's clocks are nine hours ahead; they are never changed."""

JOURNEY = ((2, 6), (2, 15))
"""First and last day of the ten days away, as month and day; it takes a day to fly there and one to fly back."""

HOLIDAY = ((7, 18), (7, 31))
"""First and last day of a fortnight without a card."""

NEW_PER_DAY = 3
EAGER_DAYS = 10
"""New cards are taken every day at first; later on Saturdays only."""

_SATURDAY = 5
_COMES_BACK_DAYS = 30
"""Somebody who suspends a card looks at it again after so many days."""


@dataclass(frozen=True, slots=True)
class Year:
    """What was played: study days with an answer, graded answers, and of reviews of known cards the passes."""

    days: int
    answers: int
    reviews: int
    passes: int

    @property
    def retention(self) -> float | None:
        """The share of passes, 0..1; None without reviews."""
        return self.passes / self.reviews if self.reviews else None


class Watch:
    """The clock on the learner's arm, which goes along and is moved."""

    def __init__(self, start: datetime) -> None:
        self.zone = start.tzinfo
        self.instant = start.astimezone(UTC)

    def __call__(self) -> Moment:
        return moment(self.instant.astimezone(self.zone))

    def put(self, start: datetime) -> None:
        """Show another time, maybe in another zone; never an earlier instant than before."""
        self.zone = start.tzinfo
        self.instant = max(self.instant + timedelta(minutes=1), start.astimezone(UTC))

    def forward(self, milliseconds: float) -> None:
        """Let it go on."""
        self.instant += timedelta(milliseconds=round(milliseconds))


@dataclass(frozen=True, slots=True)
class Sitting:
    """When a learner sits down, by the clock on the wall there, and how many cards there is patience for."""

    start: datetime
    most: int


def sittings(day: date, chance: Random) -> list[Sitting]:
    """Return when the learner studies on a study day; never on some days."""
    kind = chance.choices(("none", "morning", "evening", "both", "late"), (11, 38, 30, 11, 10))[0]
    tired = chance.random() < 0.06
    starts = {"morning": _at(day, 7, 110, chance), "evening": _at(day, 18, 270, chance)}
    starts["late"] = _at(day, 23, 165, chance)  # to a quarter to two, which is still this study day
    names = ("morning", "evening") if kind == "both" else (kind,)
    if _within(day, HOLIDAY) or _flies(day):
        return []
    return [Sitting(starts[name], 4 if tired else 40) for name in names if name in starts]


def _at(day: date, hour: int, minutes: int, chance: Random) -> datetime:
    """Some second of so many minutes from an hour on, in the zone where the learner is on that day."""
    zone = AWAY if _within(day, JOURNEY) else HOME
    return datetime.combine(day, time(hour), zone) + timedelta(seconds=chance.randrange(minutes * 60))


def _within(day: date, span: tuple[tuple[int, int], tuple[int, int]]) -> bool:
    return span[0] <= (day.month, day.day) <= span[1]


def _flies(day: date) -> bool:
    one = timedelta(days=1)
    return not _within(day, JOURNEY) and (_within(day - one, JOURNEY) or _within(day + one, JOURNEY))


class Study:
    """A learner at a library, sitting after sitting."""

    def __init__(self, library: Library, watch: Watch, learner: Learner) -> None:
        self.library = library
        self.watch = watch
        self.learner = learner
        self.chance = Random(f"deeds {learner.seed}")
        self.answered_on: list[date] = []
        self.reviews = self.passes = 0
        self.suspended: dict[int, date] = {}

    @property
    def year(self) -> Year:
        """What was played so far."""
        return Year(len(set(self.answered_on)), len(self.answered_on), self.reviews, self.passes)

    def sit(self, sitting: Sitting, *, takes_new: bool) -> None:
        """Study until nothing is left or patience is at its end; what is left of the drill stays so."""
        self.watch.put(sitting.start)
        self.look_at_suspended()
        session = self.library.session(new=None if takes_new else 0, most=sitting.most)
        while (turn := session.current) is not None and session.done < 2 * sitting.most:
            (card,) = self.library.cards([turn.card])
            session = self.deed(session, card) or self.answer(session, turn, card)

    def look_at_suspended(self) -> None:
        """Ask again what was suspended a while ago."""
        back = [ref for ref, since in self.suspended.items() if (self.library.day - since).days > _COMES_BACK_DAYS]
        for ref in back:
            self.library.mark([ref], EntryKind.UNSUSPEND)
            del self.suspended[ref]

    def deed(self, session: Session, card: StudyCard) -> Session | None:
        """Do something else with a card now and then; return the session if the card isn't asked then."""
        drawn = self.chance.random()
        if drawn < 0.004:
            self.library.mark([card.ref], EntryKind.BURY)
            return session.without(card=card.ref)
        if drawn < 0.006:
            return self.suspend(session, card)
        if drawn < 0.011:
            self.library.tag([card.note_ref], add=("marked",))
        elif drawn < 0.015:
            self.edit(card)
        return None

    def suspend(self, session: Session, card: StudyCard) -> Session:
        """Leave a card out for some weeks."""
        self.library.mark([card.ref], EntryKind.SUSPEND)
        self.suspended[card.ref] = self.library.day
        return session.without(card=card.ref)

    def edit(self, card: StudyCard) -> None:
        """Put a full stop behind a text, or take it away: a change that no picture suffers from."""
        note = self.library.note(card.note_ref)
        if note.kind is Kind.CLOZE:
            after = replace(note, question=_stopped(note.question))
        else:
            after = replace(note, answer=_stopped(note.answer))
        self.library.edit(card.note_ref, note, after)

    def answer(self, session: Session, turn: Turn, shown: StudyCard) -> Session:
        """Answer a card, seldom with the wrong button first, and decide about a leech."""
        (card,) = self.library.cards([shown.ref])  # an edit or a tag may have come just now
        day = self.library.day
        is_scheduled = turn.kind is EntryKind.SCHEDULED
        grade = self.learner.grade(card.uid, day) if is_scheduled else self.learner.drill_grade()
        reveal_ms, grade_ms = self.learner.times_ms()
        self.watch.forward(reveal_ms + grade_ms)
        if self.chance.random() < 0.01:
            self.library.grade(card, turn.kind, self.learner.slip_of(grade), reveal_ms=reveal_ms, grade_ms=grade_ms)
            self.watch.forward(1_800)
            self.library.undo()
            (card,) = self.library.cards([card.ref])
        after = self.library.grade(card, turn.kind, grade, reveal_ms=reveal_ms, grade_ms=grade_ms)
        self.watch.forward(self.chance.uniform(300, 2_500))
        self.count(card, turn.kind, grade)
        session = session.graded(grade)
        return self.leech(session, after) if became_leech(card.state, after.state) else session

    def leech(self, session: Session, card: StudyCard) -> Session:
        """Give it up, mend it and keep it, or leave the decision for later."""
        drawn = self.chance.random()
        if drawn < 0.25:
            self.library.mark([card.ref], EntryKind.SUSPEND)
            return session.without(card=card.ref)
        if drawn < 0.65:
            self.edit(card)
            self.library.mark([card.ref], EntryKind.KEEP)
            self.learner.ease(card.uid)
        return session

    def count(self, before: StudyCard, kind: EntryKind, grade: int) -> None:
        """Remember an answer for the summary."""
        self.answered_on.append(self.library.day)
        if kind is EntryKind.SCHEDULED and before.state.schedule is not None:
            self.reviews += 1
            self.passes += grade >= PASS


def _stopped(text: str) -> str:
    return text[:-1] if text.endswith(".") else f"{text}."


@contextmanager
def _new_library(path: Path, watch: Watch) -> Iterator[Library]:
    """The bundled decks in a library that calls its device the same every time, as its entries' ids tell it."""
    with open_library(path, clock=watch) as library:
        library.remember("device", "0badcafe")
    with open_with_bundled_decks(path, clock=watch, chosen={"new_per_day": NEW_PER_DAY}) as library:
        yield library


def a_year(path: Path, *, days: int = 365, seed: int = 1, end: date = END) -> Year:
    """Make a library at `path` with the bundled decks and study there for `days` study days, `end` the last.

    The same arguments give the same log.

    Raises:
        FileExistsError: something is at `path`.
    """
    if path.exists():
        raise FileExistsError(path)
    first = end - timedelta(days=days - 1)
    watch, chance = Watch(datetime.combine(first, time(6, 30), HOME)), Random(f"days {seed}")
    with _new_library(path, watch) as library:
        study = Study(library, watch, Learner(seed))
        for number in range(days):
            day = first + timedelta(days=number)
            takes_new = number < EAGER_DAYS or day.weekday() == _SATURDAY
            for sitting in sittings(day, chance):
                study.sit(sitting, takes_new=takes_new)
    return study.year


def main() -> None:
    """Play a year and say on standard error what it was like."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.year", description="Make a library after a year of study."
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--end", type=date.fromisoformat, default=END, help="the last study day")
    told = parser.parse_args()
    try:
        year = a_year(told.path, days=told.days, seed=told.seed, end=told.end)
    except FileExistsError:
        parser.error(f"{told.path} is there already.")
    kept = "none" if year.retention is None else f"{year.retention:.1%} of {year.reviews}"
    print(f"{year.days} days studied, {year.answers} answers, retention {kept}", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()

"""The log: entries that are only ever appended, and the state of a card as a fold over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flashrls.rules import CLASSIC, Rules, due_day
from flashrls.sm2 import PASS, Schedule, schedule_review

DRILLED = 4
"""The least grade that ends a card's drill (item 7: "until all of these items score at least four")."""


class EntryKind(StrEnum):
    """What an entry records. Only `SCHEDULED` moves a schedule forward.

    `KEEP` says that a leech is to go on as it is. `EDIT`, `MOVE` and `ADD` are a note's affair and stand in
    the log of one of its cards. The imported kinds are a deck file's doing, so an undo passes over them.
    """

    SCHEDULED = "scheduled"
    DRILL = "drill"
    PRACTICE = "practice"
    UNDO = "undo"
    SUSPEND = "suspend"
    UNSUSPEND = "unsuspend"
    BURY = "bury"
    RESET = "reset"
    KEEP = "keep"
    EDIT = "edit"
    MOVE = "move"
    ADD = "add"
    IMPORT_EDIT = "import-edit"
    IMPORT_SUSPENDED = "import-suspended"
    IMPORT_UNSUSPENDED = "import-unsuspended"


IMPORTED = frozenset({EntryKind.IMPORT_EDIT, EntryKind.IMPORT_SUSPENDED, EntryKind.IMPORT_UNSUSPENDED})
"""What deck files do, not the learner."""

REWRITING = frozenset({EntryKind.EDIT, EntryKind.MOVE, EntryKind.ADD, EntryKind.IMPORT_EDIT})
"""What changes a note: its text, its deck, or whether it is there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a card's life.

    Attributes:
        id: the same on every machine, made from the entry's content.
        card: the card's id across machines.
        kind: what happened.
        at_ms: the instant, milliseconds since 1970 UTC, as the clock showed it.
        utc_offset_s: seconds that the local wall clock was ahead of UTC.
        study_day: the study day it counts for; scheduling uses this, never the instant.
        grade: 0..5 for a graded kind, otherwise None.
        reveal_ms: milliseconds until the answer was revealed; None if not measured.
        grade_ms: milliseconds from there to the grade; None if not measured.
        revision: hash of the text that was asked; empty if none was.
        undoes: for an undo the id of the entry it takes back.
        clock_ms: with `clock_count` and `device` the entry's place in the order of all entries
            (a hybrid logical clock: it never runs backwards, whatever the wall clock does).
        clock_count: tells entries of the same `clock_ms` apart, from 0.
        device: the machine that wrote it.
        batch: the id of the first entry of the deed it is part of; empty if it is a deed alone.
    """

    id: str
    card: str
    kind: EntryKind
    at_ms: int
    utc_offset_s: int
    study_day: date
    grade: int | None = None
    reveal_ms: int | None = None
    grade_ms: int | None = None
    revision: str = ""
    undoes: str | None = None
    clock_ms: int = 0
    clock_count: int = 0
    device: str = ""
    batch: str = ""

    @property
    def order(self) -> tuple[int, int, str, str]:
        """The key that puts the entries of all machines into one order."""
        return (self.clock_ms, self.clock_count, self.device, self.id)


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry of a card's log, the outcome it was stored with, and whether it was taken back.

    `changed` are the fields of its note that it gave another value, as "answer", "tags" or "deck";
    `is_redo` is an undo that took an undo back.
    """

    entry: Entry
    ease: int | None
    repetitions: int | None
    interval_days: int | None
    due_on: date | None
    undone: bool
    changed: tuple[str, ...] = ()
    is_redo: bool = False


def identified(entry: Entry) -> Entry:
    """Return the entry with the id that its content gives it."""
    from hashlib import blake2b  # for writing only

    content = (
        entry.card,
        entry.kind.value,
        entry.at_ms,
        entry.utc_offset_s,
        entry.study_day.isoformat(),
        entry.grade,
        entry.revision,
        entry.undoes,
        entry.clock_ms,
        entry.clock_count,
        entry.device,
    )
    digest = blake2b(repr(content).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return replace(entry, id=digest)


@dataclass(frozen=True, slots=True)
class CardState:
    """All that the log says of a card.

    Attributes:
        schedule: None while the card is new.
        reviews: scheduled reviews so far.
        lapses: scheduled reviews graded below 3.
        reviewed_on: study day of the last scheduled review.
        drill_on: the study day on whose drill the card stands; None if it was never failed or has
            been drilled to the end. Only today's drill is ever asked.
        suspended: not asked until unsuspended.
        buried_on: the study day on which it isn't asked; None if it isn't buried.
        due_on: the study day on which it is asked next, which the rules may move away from the schedule's;
            None while the card is new.
        kept_lapses: how many lapses it had when the learner decided to keep a leech; 0 if that never was.
    """

    schedule: Schedule | None = None
    reviews: int = 0
    lapses: int = 0
    reviewed_on: date | None = None
    drill_on: date | None = None
    suspended: bool = False
    buried_on: date | None = None
    due_on: date | None = None
    kept_lapses: int = 0

    @property
    def is_leech(self) -> bool:
        """Whether it costs more than it gives: from 8 lapses on, after a decision to keep it again every 4."""
        return leech_lapses(self.lapses) > self.kept_lapses


NEW = CardState()


def step(state: CardState, entry: Entry, rules: Rules = CLASSIC) -> CardState:
    """Return the state after one entry that is not an undo (those are `fold`'s affair)."""
    match entry.kind:
        case EntryKind.SCHEDULED if entry.grade is not None:
            return _reviewed(state, entry.grade, entry, rules)
        case EntryKind.DRILL if entry.grade is not None and entry.grade >= DRILLED:
            return replace(state, drill_on=None)
        case EntryKind.SUSPEND | EntryKind.IMPORT_SUSPENDED:
            return replace(state, suspended=True)
        case EntryKind.UNSUSPEND | EntryKind.IMPORT_UNSUSPENDED:
            return replace(state, suspended=False)
        case EntryKind.BURY:
            return replace(state, buried_on=entry.study_day)
        case EntryKind.RESET:
            return replace(NEW, suspended=state.suspended)
        case EntryKind.KEEP:
            return replace(state, kept_lapses=state.lapses)
    return state


def _reviewed(state: CardState, grade: int, entry: Entry, rules: Rules) -> CardState:
    # Two machines can both review a card on one study day before they meet. Repeats on the same day
    # don't lengthen an interval; a lapse always counts.
    day = entry.study_day
    repeated = state.reviewed_on == day
    schedule, due_on = state.schedule, state.due_on
    if schedule is None or not repeated or grade < PASS:
        schedule = schedule_review(state.schedule, grade, day, lapse_ease=rules.lapse_ease)
        due_on = due_day(schedule, entry.card, state.reviews + 1, rules)
    return replace(
        state,
        schedule=schedule,
        due_on=due_on,
        reviews=state.reviews + 1,
        lapses=state.lapses + (grade < PASS),
        reviewed_on=day,
        drill_on=day if grade < DRILLED else None,
    )


def became_leech(before: CardState, after: CardState) -> bool:
    """Return whether an answer made a leech of a card, or did so again: at 8 lapses, and every 4 after that."""
    return after.is_leech and after.lapses > before.lapses and leech_lapses(after.lapses) == after.lapses


LONGEST_ANSWER_MS = 60_000
"""What a single answer counts for at most in the statistics: nobody thinks while away for lunch."""

LEECH_LAPSES = 8
"""From so many lapses on a card is a leech: it costs more than it gives."""

LEECH_AGAIN = 4
"""One that was kept is a leech again whenever so many more lapses have come together."""


def leech_lapses(lapses: int) -> int:
    """Return the last number of lapses, up to `lapses`, at which a card became a leech; 0 if there was none."""
    return lapses - lapses % LEECH_AGAIN if lapses >= LEECH_LAPSES else 0


MATURE_DAYS = 21
"""The interval, in days, from which a card counts as mature."""


def tally_of(state: CardState, entry: Entry) -> str | None:
    """Return under which of a day's counts a graded entry falls, by the state before it; None for other kinds."""
    match entry.kind:
        case EntryKind.DRILL:
            return "drilled"
        case EntryKind.PRACTICE:
            return "practised"
        case EntryKind.SCHEDULED if state.schedule is None:
            return "introduced"
        case EntryKind.SCHEDULED if state.schedule is not None:
            return "mature" if state.schedule.interval_days >= MATURE_DAYS else "young"
    return None


def local_hour(entry: Entry) -> int:
    """Return the hour, 0..23, that the learner's clock on the wall showed."""
    return (entry.at_ms // 1000 + entry.utc_offset_s) % 86_400 // 3600


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that still count, in order: no undo, and none that an undo took back.

    An undo can itself be undone.
    """
    return not_undone(sorted(entries, key=lambda entry: entry.order))


Line = TypeVar("Line", bound=Any)


def not_undone(in_order: Sequence[Line]) -> list[Line]:
    """`standing`, for whatever tells an entry's `id` and what it `undoes`, in the log's order already."""
    undone: set[str] = set()
    kept: list[Line] = []
    for line in reversed(in_order):
        if line.id in undone:
            continue
        if line.undoes is not None:
            undone.add(line.undoes)
        else:
            kept.append(line)
    kept.reverse()
    return kept


def fold(entries: Iterable[Entry], rules: Rules = CLASSIC) -> CardState:
    """Return the state that a card's entries, in any order, give it."""
    state = NEW
    for entry in standing(entries):
        state = step(state, entry, rules)
    return state

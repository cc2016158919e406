"""The hot path: append to the log and move the card's cached state along, in the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, not_, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from flashrls.cards import card_id
from flashrls.clock import Moment
from flashrls.errors import StaleCard
from flashrls.log import LONGEST_ANSWER_MS, CardState, Entry, EntryKind, identified, local_hour, step, tally_of
from flashrls.settings import Settings
from flashrls.sm2 import PASS, check_grade
from flashrls.store.chunks import chunks
from flashrls.store.days import day_number, number_or_none
from flashrls.store.history import state_of
from flashrls.store.tables import card, daily, hourly, note, review, setting
from flashrls.study import StudyCard

_STATE = (
    card.c.ease,
    card.c.repetitions,
    card.c.interval_days,
    card.c.due_on,
    card.c.reviews,
    card.c.lapses,
    card.c.reviewed_on,
    card.c.drill_on,
    card.c.suspended,
    card.c.buried_on,
    card.c.kept_lapses,
)
_NEWEST_FIRST = review.c.pk.desc()
_HEAD = (
    select(review.c.clock_ms).order_by(_NEWEST_FIRST).limit(1).scalar_subquery().label("last_ms"),
    select(review.c.clock_count).order_by(_NEWEST_FIRST).limit(1).scalar_subquery().label("last_count"),
    select(setting.c.value).where(setting.c.key == "device").scalar_subquery().label("device"),
)
_CARDS = (
    select(card.c.pk, card.c.note_pk, card.c.deck_pk, card.c.part, card.c.held, card.c.last_entry)
    .add_columns(note.c.uid, note.c.revision, *_STATE)
    .join_from(card, note, note.c.pk == card.c.note_pk)
)
_CARD = _CARDS.add_columns(*_HEAD).where(card.c.pk == bindparam("ref"))
"""All that an entry for a card is made from, in one question."""

_SOME = _CARDS.where(card.c.pk.in_(bindparam("refs", expanding=True)))
_PEN = select(*_HEAD)

_INSERT = insert(review)
_UPDATE = update(card).where(card.c.pk == bindparam("ref"))
TALLIES = ("introduced", "young", "mature", "drilled", "practised")
"""The columns of a day's counts that count answers."""
_TALLY = upsert(daily)
COUNT = _TALLY.on_conflict_do_update(
    index_elements=["study_day", "deck_pk", "grade"],
    set_={name: daily.c[name] + _TALLY.excluded[name] for name in (*TALLIES, "milliseconds")},
)
"""Adds to a day's counts: of a study day, a deck and a grade, every tally and the milliseconds."""
HOURS = ("answers", "reviews", "passes")
"""What is counted of a study day's hour: graded answers, reviews of cards seen before, and those passed."""
_HOUR = upsert(hourly)
COUNT_HOUR = _HOUR.on_conflict_do_update(
    index_elements=["study_day", "deck_pk", "hour"],
    set_={name: hourly.c[name] + _HOUR.excluded[name] for name in HOURS},
)
"""Adds to the counts of a study day's hour in a deck."""
_EMPTY_HOURS = delete(hourly).where(hourly.c.study_day == bindparam("day"), hourly.c.answers == 0)
_ARE_LEFT = or_(*(daily.c[tally] != 0 for tally in TALLIES))
_UNCOUNT = COUNT.returning(_ARE_LEFT.label("are_left"))
_EMPTY = delete(daily).where(daily.c.study_day == bindparam("day"), not_(_ARE_LEFT))
"""A day without answers has no counts: it wasn't studied."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A grade with the times it took, in milliseconds; all None where a card was only marked."""

    grade: int | None = None
    reveal_ms: int | None = None
    grade_ms: int | None = None


_NONE = Answer()


def grade_card(
    connection: Connection, shown: StudyCard, kind: EntryKind, answer: Answer, moment: Moment, settings: Settings
) -> StudyCard:
    """Log a graded answer of a card and return the card as it stands after it.

    Args:
        connection: inside a transaction that writes.
        shown: the card as the learner saw it.
        kind: scheduled, drill or practice.
        answer: the grade, 0..5.
        moment: when it was given.
        settings: the library's.

    Raises:
        BadGrade: the grade is not 0..5.
        StaleCard: another entry or another text came meanwhile, or the card isn't to be asked any more.
    """
    check_grade(answer.grade)
    row = connection.execute(_CARD, {"ref": shown.ref}).one()
    if row.held or (row.last_entry, row.revision) != (shown.last_entry, shown.revision):
        raise StaleCard(shown.id)
    pen = Pen(row.last_ms, row.last_count, row.device, moment, settings)
    line = pen.step(row, kind, answer)
    write(connection, [line])
    return replace(shown, state=line.after, last_entry=line.entry.id)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry to be written.

    Attributes:
        ref, deck_pk: its card and that card's deck.
        entry: the entry.
        after: the card's state with it.
        counted: the entry whose answer a day's counts gain (`by` 1) or lose (-1).
        before: the card's state before that one.
    """

    ref: int
    deck_pk: int
    entry: Entry
    after: CardState
    counted: Entry
    before: CardState
    by: int = 1


class Pen:
    """Makes the entries of one deed, in the order of the log's own clock."""

    def __init__(
        self, last_ms: int | None, last_count: int | None, device: str | None, moment: Moment, settings: Settings
    ) -> None:
        """Go on behind the newest entry of the log; no numbers for an empty one."""
        self._last = (last_ms, last_count or 0)
        # A library that was never opened but for reading has none, and won't let this be written.
        self._device = device or ""
        self._moment = moment
        self.settings = settings

    def entry(
        self, row: Row[*tuple[Any, ...]], kind: EntryKind, answer: Answer = _NONE, *, undoes: str | None = None
    ) -> Entry:
        """Return the next entry, of the card in `row`."""
        held, moment = row._mapping, self._moment
        # The log's own clock never runs backwards, whatever the wall clock does.
        last_ms, last_count = self._last
        ahead = last_ms is None or moment.at_ms > last_ms
        self._last = (moment.at_ms, 0) if last_ms is None or ahead else (last_ms, last_count + 1)
        return identified(
            Entry(
                id="",
                card=card_id(held["uid"], held["part"]),
                kind=kind,
                at_ms=moment.at_ms,
                utc_offset_s=moment.utc_offset_s,
                study_day=moment.study_day(self.settings.rollover_hour),
                grade=answer.grade,
                reveal_ms=answer.reveal_ms,
                grade_ms=answer.grade_ms,
                revision=held["revision"] if answer.grade is not None else "",
                undoes=undoes,
                clock_ms=self._last[0] or 0,
                clock_count=self._last[1],
                device=self._device,
            )
        )

    def step(self, row: Row[*tuple[Any, ...]], kind: EntryKind, answer: Answer = _NONE) -> Line:
        """Return the next entry with what it makes of the card in `row`."""
        entry, before = self.entry(row, kind, answer), state_of(row)
        after = step(before, entry, self.settings.rules)
        return Line(row.pk, row.deck_pk, entry, after, entry, before)


def pen_of(connection: Connection, moment: Moment, settings: Settings) -> Pen:
    """Return what goes on behind the log's newest entry."""
    return Pen(*connection.execute(_PEN).one(), moment, settings)


def rows_and_pen(
    connection: Connection, refs: Sequence[int], moment: Moment, settings: Settings
) -> tuple[dict[int, Row[*tuple[Any, ...]]], Pen]:
    """Return `rows_of` the cards and the `pen_of` the log; for one card, as most deeds have, in one question."""
    if len(refs) == 1:
        row = connection.execute(_CARD, {"ref": refs[0]}).one()
        return {refs[0]: row}, Pen(row.last_ms, row.last_count, row.device, moment, settings)
    return rows_of(connection, refs), pen_of(connection, moment, settings)


def rows_of(connection: Connection, refs: Sequence[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return what entries for the cards `refs` are made from."""
    found: dict[int, Row[*tuple[Any, ...]]] = {}
    for some in chunks(refs):
        found |= {row.pk: row for row in connection.execute(_SOME, {"refs": some})}
    return found


def mark_cards(
    connection: Connection, refs: Sequence[int], kind: EntryKind, moment: Moment, settings: Settings
) -> None:
    """Log, as one deed, that the cards were suspended, unsuspended, buried, reset or kept."""
    rows, pen = rows_and_pen(connection, refs, moment, settings)
    write(connection, in_one_deed([pen.step(rows[ref], kind) for ref in dict.fromkeys(refs)]))


def in_one_deed(lines: Sequence[Line]) -> list[Line]:
    """Return the lines as parts of one deed, which is undone as a whole."""
    if len(lines) < 2:
        return list(lines)
    batch = lines[0].entry.id
    return [replace(line, entry=replace(line.entry, batch=batch)) for line in lines]


def write(connection: Connection, lines: Sequence[Line]) -> None:
    """Append entries with their outcomes, store these with the cards, and move the days' counts along."""
    if not lines:
        return
    outcomes = [_outcome(line.after) for line in lines]
    logged = [_logged(line) | outcome for line, outcome in zip(lines, outcomes, strict=True)]
    states = [_state(line) | outcome for line, outcome in zip(lines, outcomes, strict=True)]
    # One row is faster alone than as a list of one.
    connection.execute(_INSERT, logged if len(lines) > 1 else logged[0])
    connection.execute(_UPDATE, states if len(lines) > 1 else states[0])
    _count(connection, lines)


def store_states(connection: Connection, states: Sequence[tuple[int, CardState]]) -> None:
    """Store other states with cards; the log stays as it is."""
    rows = [{"ref": ref, **_columns(state), **_outcome(state)} for ref, state in states]
    if rows:
        connection.execute(_UPDATE, rows)


def _outcome(after: CardState) -> dict[str, Any]:
    return {
        "ease": after.schedule and after.schedule.ease,
        "repetitions": after.schedule and after.schedule.repetitions,
        "interval_days": after.schedule and after.schedule.interval_days,
        "due_on": number_or_none(after.due_on),
    }


def _logged(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "id": entry.id,
        "card_pk": line.ref,
        "kind": entry.kind.value,
        "at_ms": entry.at_ms,
        "utc_offset_s": entry.utc_offset_s,
        "study_day": day_number(entry.study_day),
        "grade": entry.grade,
        "reveal_ms": entry.reveal_ms,
        "grade_ms": entry.grade_ms,
        "revision": entry.revision,
        "undoes": entry.undoes,
        "clock_ms": entry.clock_ms,
        "clock_count": entry.clock_count,
        "device": entry.device,
        "batch": entry.batch or None,
    }


def _state(line: Line) -> dict[str, Any]:
    return {"ref": line.ref, "last_entry": line.entry.id, **_columns(line.after)}


def _columns(after: CardState) -> dict[str, Any]:
    return {
        "reviews": after.reviews,
        "lapses": after.lapses,
        "reviewed_on": number_or_none(after.reviewed_on),
        "drill_on": number_or_none(after.drill_on),
        "suspended": int(after.suspended),
        "buried_on": number_or_none(after.buried_on),
        "kept_lapses": after.kept_lapses,
    }


def _count(connection: Connection, lines: Sequence[Line]) -> None:
    """Move the days' counts along: they are what statistics read instead of the log."""
    counts: dict[tuple[int, int, int], Counter[str]] = {}
    hours: dict[tuple[int, int, int], Counter[str]] = {}
    for line in lines:
        entry = line.counted
        tally = tally_of(line.before, entry)
        if tally is None or entry.grade is None:
            continue
        spent = min((entry.reveal_ms or 0) + (entry.grade_ms or 0), LONGEST_ANSWER_MS)
        day = counts.setdefault((day_number(entry.study_day), line.deck_pk, entry.grade), Counter())
        day[tally] += line.by
        day["milliseconds"] += line.by * spent
        hour = hours.setdefault((day_number(entry.study_day), line.deck_pk, local_hour(entry)), Counter())
        hour.update({name: line.by * count for name, count in hour_counts(tally, entry.grade).items()})
    takes_back = any(line.by < 0 for line in lines)
    for (number, deck_pk, grade), told in counts.items():
        tallies = {name: told[name] for name in (*TALLIES, "milliseconds")}
        counted = {"study_day": number, "deck_pk": deck_pk, "grade": grade, **tallies}
        if not takes_back:
            connection.execute(COUNT, counted)
        elif not connection.execute(_UNCOUNT, counted).scalar():
            connection.execute(_EMPTY, {"day": number})
    for place, told in hours.items():
        connection.execute(COUNT_HOUR, hour_row(place, told))
        if takes_back:
            connection.execute(_EMPTY_HOURS, {"day": place[0]})


def hour_counts(tally: str, grade: int) -> dict[str, int]:
    """Return what an answer of this tally and grade adds to the counts of its hour."""
    reviews = int(tally in ("young", "mature"))
    return {"answers": 1, "reviews": reviews, "passes": reviews * (grade >= PASS)}


def hour_row(place: tuple[int, int, int], told: Mapping[str, int]) -> dict[str, int]:
    """Return the row of `COUNT_HOUR` for a study day, a deck and an hour."""
    day, deck_pk, hour = place
    return {"study_day": day, "deck_pk": deck_pk, "hour": hour, **{name: told.get(name, 0) for name in HOURS}}

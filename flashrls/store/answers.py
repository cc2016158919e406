"""The hot path: append to the log and move the card's cached state along, in the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from flashrls.cards import card_id
from flashrls.clock import Moment
from flashrls.errors import StaleCard
from flashrls.log import LONGEST_ANSWER_MS, CardState, Entry, EntryKind, fold, identified, standing, step, tally_of
from flashrls.settings import Settings
from flashrls.sm2 import check_grade
from flashrls.store.days import day_number, number_or_none
from flashrls.store.history import card_entries, last_standing, state_of
from flashrls.store.tables import card, daily, note, review, setting
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
)
_NEWEST_FIRST = review.c.pk.desc()
_CARD = (
    select(card.c.pk, card.c.deck_pk, card.c.part, card.c.held, card.c.last_entry)
    .add_columns(note.c.uid, note.c.revision, *_STATE)
    .add_columns(
        select(review.c.clock_ms).order_by(_NEWEST_FIRST).limit(1).scalar_subquery().label("last_ms"),
        select(review.c.clock_count).order_by(_NEWEST_FIRST).limit(1).scalar_subquery().label("last_count"),
        select(setting.c.value).where(setting.c.key == "device").scalar_subquery().label("device"),
    )
    .join_from(card, note, note.c.pk == card.c.note_pk)
    .where(card.c.pk == bindparam("ref"))
)
"""All that an entry for a card is made from, in one question."""

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
_UNCOUNT = delete(daily).where(daily.c.study_day == bindparam("day"), *(daily.c[tally] == 0 for tally in TALLIES))
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
    entry, after = _append(connection, row, _entry(row, kind, answer, moment, settings), settings)
    return replace(shown, state=after, last_entry=entry.id)


def mark_card(connection: Connection, ref: int, kind: EntryKind, moment: Moment, settings: Settings) -> None:
    """Log that the card `ref` was suspended, unsuspended, buried or reset."""
    row = connection.execute(_CARD, {"ref": ref}).one()
    _append(connection, row, _entry(row, kind, _NONE, moment, settings), settings)


def undo_last(connection: Connection, moment: Moment, settings: Settings) -> tuple[int, Entry]:
    """Take back the newest entry that still counts; return its card's reference and the entry.

    Raises:
        NothingToUndo: nothing in the log can be taken back.
    """
    ref, target = last_standing(connection)
    row = connection.execute(_CARD, {"ref": ref}).one()
    entries = card_entries(connection, ref)
    before = fold([e for e in standing(entries) if e.order < target.order], lapse_ease=settings.lapse_ease)
    undo = _entry(row, EntryKind.UNDO, _NONE, moment, settings, undoes=target.id)
    after = fold([*entries, undo], lapse_ease=settings.lapse_ease)
    _write(connection, row, undo, after)
    _count(connection, row.deck_pk, before, target, -1)
    connection.execute(_UNCOUNT, {"day": day_number(target.study_day)})
    return ref, target


def _append(
    connection: Connection, row: Row[*tuple[object, ...]], entry: Entry, settings: Settings
) -> tuple[Entry, CardState]:
    before = state_of(row)
    after = step(before, entry, lapse_ease=settings.lapse_ease)
    _write(connection, row, entry, after)
    _count(connection, row._mapping["deck_pk"], before, entry, +1)
    return entry, after


def _entry(
    row: Row[*tuple[object, ...]],
    kind: EntryKind,
    answer: Answer,
    moment: Moment,
    settings: Settings,
    *,
    undoes: str | None = None,
) -> Entry:
    held = row._mapping
    # The log's own clock never runs backwards, whatever the wall clock does.
    last_ms = held["last_ms"]
    ahead = last_ms is None or moment.at_ms > last_ms
    return identified(
        Entry(
            id="",
            card=card_id(held["uid"], held["part"]),
            kind=kind,
            at_ms=moment.at_ms,
            utc_offset_s=moment.utc_offset_s,
            study_day=moment.study_day(settings.rollover_hour),
            grade=answer.grade,
            reveal_ms=answer.reveal_ms,
            grade_ms=answer.grade_ms,
            revision=held["revision"] if answer.grade is not None else "",
            undoes=undoes,
            clock_ms=moment.at_ms if ahead else last_ms,
            clock_count=0 if ahead else held["last_count"] + 1,
            # A library that was never opened but for reading has none, and won't let this be written.
            device=held["device"] or "",
        )
    )


def _write(connection: Connection, row: Row[*tuple[object, ...]], entry: Entry, after: CardState) -> None:
    """Append the entry with its outcome, and store the outcome with the card."""
    ref = row._mapping["pk"]
    outcome = {
        "ease": after.schedule and after.schedule.ease,
        "repetitions": after.schedule and after.schedule.repetitions,
        "interval_days": after.schedule and after.schedule.interval_days,
        "due_on": after.schedule and day_number(after.schedule.due_on),
    }
    connection.execute(
        _INSERT,
        {
            "id": entry.id,
            "card_pk": ref,
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
            **outcome,
        },
    )
    connection.execute(
        _UPDATE,
        {
            "ref": ref,
            "last_entry": entry.id,
            "reviews": after.reviews,
            "lapses": after.lapses,
            "reviewed_on": number_or_none(after.reviewed_on),
            "drill_on": number_or_none(after.drill_on),
            "suspended": int(after.suspended),
            "buried_on": number_or_none(after.buried_on),
            **outcome,
        },
    )


def _count(connection: Connection, deck_pk: int, before: CardState, entry: Entry, by: int) -> None:
    """Move the day's counts along: they are what statistics read instead of the log."""
    tally = tally_of(before, entry)
    if tally is None:
        return
    spent = min((entry.reveal_ms or 0) + (entry.grade_ms or 0), LONGEST_ANSWER_MS)
    counts = {**dict.fromkeys(TALLIES, 0), tally: by, "milliseconds": by * spent}
    connection.execute(
        COUNT,
        {"study_day": day_number(entry.study_day), "deck_pk": deck_pk, "grade": entry.grade, **counts},
    )

"""The hot path: append to the log and move the card's cached state along, in the caller's transaction."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from flashrls.cards import card_id
from flashrls.clock import Moment
from flashrls.errors import NothingToUndo, StaleCard
from flashrls.log import IMPORTED, CardState, Entry, EntryKind, LogLine, fold, identified, standing, step, tally_of
from flashrls.settings import Settings
from flashrls.sm2 import Schedule, check_grade
from flashrls.store.days import day_number, day_of, day_or_none, number_or_none
from flashrls.store.tables import card, daily, note, review, setting
from flashrls.study import StudyCard

LONGEST_ANSWER_MS = 60_000
"""What a single answer counts for at most in the statistics: nobody thinks while away for lunch."""

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
_CARD = (
    select(card.c.pk, card.c.deck_pk, card.c.part, card.c.last_entry, note.c.uid, note.c.handle, note.c.revision)
    .add_columns(*_STATE)
    .join_from(card, note, note.c.pk == card.c.note_pk)
    .where(card.c.pk == bindparam("ref"))
)
_LAST = select(review.c.clock_ms, review.c.clock_count).order_by(review.c.pk.desc()).limit(1)
_UPDATE = update(card).where(card.c.pk == bindparam("ref"))
_DEVICE = select(setting.c.value).where(setting.c.key == "device")
_TALLIES = ("introduced", "young", "mature", "drilled", "practised")
_UNCOUNT = delete(daily).where(daily.c.study_day == bindparam("day"), *(daily.c[tally] == 0 for tally in _TALLIES))
"""A day without answers has no counts: it wasn't studied."""


def grade_card(
    connection: Connection,
    shown: StudyCard,
    kind: EntryKind,
    grade: int,
    moment: Moment,
    settings: Settings,
    *,
    reveal_ms: int | None = None,
    grade_ms: int | None = None,
) -> StudyCard:
    """Log a graded answer of a card and return the card as it stands after it.

    Args:
        connection: inside a transaction that writes.
        shown: the card as the learner saw it.
        kind: scheduled, drill or practice.
        grade: 0..5.
        moment: when it was given.
        settings: the library's.
        reveal_ms: milliseconds until the answer was revealed.
        grade_ms: milliseconds from there to the grade.

    Raises:
        BadGrade: the grade is not 0..5.
        StaleCard: another entry or another text came meanwhile.
    """
    check_grade(grade)
    row = connection.execute(_CARD, {"ref": shown.ref}).one()
    if (row.last_entry, row.revision) != (shown.last_entry, shown.revision):
        raise StaleCard(shown.id)
    entry, after = _append(
        connection, row, kind, moment, settings, grade=grade, reveal_ms=reveal_ms, grade_ms=grade_ms
    )
    return replace(shown, state=after, last_entry=entry.id)


def mark_card(connection: Connection, ref: int, kind: EntryKind, moment: Moment, settings: Settings) -> None:
    """Log that the card `ref` was suspended, unsuspended, buried or reset."""
    _append(connection, connection.execute(_CARD, {"ref": ref}).one(), kind, moment, settings)


def undo_last(connection: Connection, moment: Moment, settings: Settings) -> tuple[int, Entry]:
    """Take back the newest entry that still counts; return its card's reference and the entry.

    Raises:
        NothingToUndo: nothing in the log can be taken back.
    """
    ref, target = _last_standing(connection)
    row = connection.execute(_CARD, {"ref": ref}).one()
    entries = card_entries(connection, ref)
    before = fold([e for e in standing(entries) if e.order < target.order], lapse_ease=settings.lapse_ease)
    undo = _entry(connection, row, EntryKind.UNDO, moment, settings, undoes=target.id)
    after = fold([*entries, undo], lapse_ease=settings.lapse_ease)
    _write(connection, row, undo, after)
    _count(connection, row.deck_pk, before, target, -1)
    connection.execute(_UNCOUNT, {"day": day_number(target.study_day)})
    return ref, target


def refold(connection: Connection, ref: int, settings: Settings) -> CardState:
    """Return the state that the log gives the card `ref`; the stored state should be the same."""
    return fold(card_entries(connection, ref), lapse_ease=settings.lapse_ease)


def card_entries(connection: Connection, ref: int) -> list[Entry]:
    """Return all entries of the card `ref`, oldest first."""
    query = (
        select(review, card.c.part, note.c.uid)
        .join_from(review, card, card.c.pk == review.c.card_pk)
        .join(note, note.c.pk == card.c.note_pk)
        .where(review.c.card_pk == ref)
    )
    return sorted((_entry_of(row) for row in connection.execute(query)), key=lambda entry: entry.order)


def card_log(connection: Connection, ref: int) -> list[LogLine]:
    """Return the log of the card `ref`, oldest entry first."""
    rows = {row.id: row for row in connection.execute(select(review).where(review.c.card_pk == ref))}
    entries = card_entries(connection, ref)
    kept = {entry.id for entry in standing(entries)}
    return [
        LogLine(
            entry,
            rows[entry.id].ease,
            rows[entry.id].repetitions,
            rows[entry.id].interval_days,
            day_or_none(rows[entry.id].due_on),
            undone=entry.id not in kept and entry.kind is not EntryKind.UNDO,
        )
        for entry in entries
    ]


def state_of(row: Row[*tuple[object, ...]]) -> CardState:
    """Return the cached state in a row that holds the columns of a card."""
    held = row._mapping
    ease = held["ease"]
    return CardState(
        schedule=None
        if ease is None
        else Schedule(ease, held["repetitions"], held["interval_days"], day_of(held["due_on"])),
        reviews=held["reviews"],
        lapses=held["lapses"],
        reviewed_on=day_or_none(held["reviewed_on"]),
        drill_on=day_or_none(held["drill_on"]),
        suspended=bool(held["suspended"]),
        buried_on=day_or_none(held["buried_on"]),
    )


def _append(
    connection: Connection,
    row: Row[*tuple[object, ...]],
    kind: EntryKind,
    moment: Moment,
    settings: Settings,
    *,
    grade: int | None = None,
    reveal_ms: int | None = None,
    grade_ms: int | None = None,
) -> tuple[Entry, CardState]:
    entry = _entry(connection, row, kind, moment, settings, grade=grade, reveal_ms=reveal_ms, grade_ms=grade_ms)
    before = state_of(row)
    after = step(before, entry, lapse_ease=settings.lapse_ease)
    _write(connection, row, entry, after)
    _count(connection, row._mapping["deck_pk"], before, entry, +1)
    return entry, after


def _entry(
    connection: Connection,
    row: Row[*tuple[object, ...]],
    kind: EntryKind,
    moment: Moment,
    settings: Settings,
    *,
    grade: int | None = None,
    reveal_ms: int | None = None,
    grade_ms: int | None = None,
    undoes: str | None = None,
) -> Entry:
    held = row._mapping
    clock_ms, clock_count = _tick(connection, moment.at_ms)
    return identified(
        Entry(
            id="",
            card=card_id(held["uid"], held["part"]),
            kind=kind,
            at_ms=moment.at_ms,
            utc_offset_s=moment.utc_offset_s,
            study_day=moment.study_day(settings.rollover_hour),
            grade=grade,
            reveal_ms=reveal_ms,
            grade_ms=grade_ms,
            revision=held["revision"] if grade is not None else "",
            undoes=undoes,
            clock_ms=clock_ms,
            clock_count=clock_count,
            # A library that was never opened but for reading has none, and won't let this be written.
            device=connection.execute(_DEVICE).scalar() or "",
        )
    )


def _tick(connection: Connection, at_ms: int) -> tuple[int, int]:
    """The next reading of the log's own clock, which never runs backwards."""
    last = connection.execute(_LAST).one_or_none()
    if last is None or at_ms > last.clock_ms:
        return at_ms, 0
    return last.clock_ms, last.clock_count + 1


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
        insert(review),
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
    counts = {**dict.fromkeys(_TALLIES, 0), tally: by, "milliseconds": by * spent}
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    upsert = dialect.insert(daily)
    connection.execute(
        upsert.on_conflict_do_update(
            index_elements=["study_day", "deck_pk", "grade"],
            set_={name: daily.c[name] + upsert.excluded[name] for name in counts},
        ),
        {"study_day": day_number(entry.study_day), "deck_pk": deck_pk, "grade": entry.grade, **counts},
    )


def _last_standing(connection: Connection) -> tuple[int, Entry]:
    """The newest entry that is no undo, was not undone, and was the learner's doing."""
    undone: set[str] = set()
    query = (
        select(review, card.c.part, note.c.uid)
        .join_from(review, card, card.c.pk == review.c.card_pk)
        .join(note, note.c.pk == card.c.note_pk)
        .order_by(review.c.pk.desc())
    )
    with connection.execute(query.execution_options(yield_per=100)) as rows:
        for row in rows:
            if row.id in undone:
                continue
            if row.undoes is not None:
                undone.add(row.undoes)
            elif EntryKind(row.kind) not in IMPORTED:
                return row.card_pk, _entry_of(row)
    raise NothingToUndo


def _entry_of(row: Row[*tuple[object, ...]]) -> Entry:
    held = row._mapping
    return Entry(
        id=held["id"],
        card=card_id(held["uid"], held["part"]),
        kind=EntryKind(held["kind"]),
        at_ms=held["at_ms"],
        utc_offset_s=held["utc_offset_s"],
        study_day=day_of(held["study_day"]),
        grade=held["grade"],
        reveal_ms=held["reveal_ms"],
        grade_ms=held["grade_ms"],
        revision=held["revision"],
        undoes=held["undoes"],
        clock_ms=held["clock_ms"],
        clock_count=held["clock_count"],
        device=held["device"],
    )

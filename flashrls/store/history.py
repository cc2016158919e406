"""The log read back: a card's entries, its story, its state as a fold, and what an undo would take back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from flashrls.cards import card_id
from flashrls.log import CardState, Entry, EntryKind, LogLine, fold, standing
from flashrls.rules import Rules
from flashrls.settings import Settings
from flashrls.sm2 import Schedule, day_after
from flashrls.store.chunks import chunks
from flashrls.store.days import day_of, day_or_none
from flashrls.store.tables import card, edit, note, review

ENTRIES = (
    select(review, card.c.part, note.c.uid)
    .join_from(review, card, card.c.pk == review.c.card_pk)
    .join(note, note.c.pk == card.c.note_pk)
)
"""Selects entries with what their cards are called by."""

_OF_CARD = ENTRIES.where(review.c.card_pk == bindparam("ref"))
_OF_CARDS = ENTRIES.where(review.c.card_pk.in_(bindparam("refs", expanding=True))).order_by(review.c.card_pk)


def card_entries(connection: Connection, ref: int) -> list[Entry]:
    """Return all entries of the card `ref`, oldest first."""
    rows = connection.execute(_OF_CARD, {"ref": ref})
    return sorted((entry_of(row) for row in rows), key=lambda entry: entry.order)


def entries_of(connection: Connection, refs: Iterable[int]) -> Iterator[tuple[int, list[Entry]]]:
    """Yield each of the cards `refs` that has a log, with all its entries, oldest first."""
    for some in chunks(refs):
        rows = connection.execute(_OF_CARDS, {"refs": some})
        for ref, mine in groupby(rows, key=lambda row: row.card_pk):
            yield ref, sorted((entry_of(row) for row in mine), key=lambda entry: entry.order)


def card_log(connection: Connection, ref: int) -> list[LogLine]:
    """Return the log of the card `ref`, oldest entry first."""
    rows = {row.id: row for row in connection.execute(select(review).where(review.c.card_pk == ref))}
    entries = card_entries(connection, ref)
    changed = _changed_fields(connection, ref)
    kept = {entry.id for entry in standing(entries)}
    undos = {entry.id for entry in entries if entry.kind is EntryKind.UNDO}
    return [
        LogLine(
            entry,
            rows[entry.id].ease,
            rows[entry.id].repetitions,
            rows[entry.id].interval_days,
            day_or_none(rows[entry.id].due_on),
            undone=entry.id not in kept and entry.kind is not EntryKind.UNDO,
            changed=changed.get(entry.id, ()),
            is_redo=entry.undoes in undos,
        )
        for entry in entries
    ]


def _changed_fields(connection: Connection, ref: int) -> dict[str, tuple[str, ...]]:
    """What each entry of the card that changed its note changed of that; one that added it changed nothing."""
    changes = select(edit.c.entry, edit.c.after).join(review, review.c.id == edit.c.entry)
    rows = connection.execute(changes.where(review.c.card_pk == ref, review.c.kind != EntryKind.ADD.value))
    return {row.entry: tuple(json.loads(row.after)) for row in rows}


def refold(connection: Connection, ref: int, settings: Settings) -> CardState:
    """Return the state that the log gives the card `ref`; the stored state should be the same."""
    return fold(card_entries(connection, ref), settings.rules)


def state_of(row: Row[*tuple[object, ...]]) -> CardState:
    """Return the cached state in a row that holds the columns of a card."""
    held = row._mapping
    ease, reviewed_on = held["ease"], day_or_none(held["reviewed_on"])
    schedule = None
    if ease is not None and reviewed_on is not None:
        schedule = Schedule(
            ease, held["repetitions"], held["interval_days"], day_after(reviewed_on, held["interval_days"])
        )
    return CardState(
        schedule=schedule,
        reviews=held["reviews"],
        lapses=held["lapses"],
        reviewed_on=reviewed_on,
        drill_on=day_or_none(held["drill_on"]),
        suspended=bool(held["suspended"]),
        buried_on=day_or_none(held["buried_on"]),
        due_on=day_or_none(held["due_on"]),
        kept_lapses=held["kept_lapses"],
    )


def entry_of(row: Row[*tuple[object, ...]]) -> Entry:
    """Return the entry in a row of `ENTRIES`."""
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
        batch=held["batch"] or "",
    )


def refold_all(connection: Connection, rules: Rules) -> Iterator[tuple[int, CardState]]:
    """Yield every card that has a log, with the state that the log gives it by these rules."""
    refs = connection.execute(select(card.c.pk).where(card.c.last_entry.is_not(None))).scalars().all()
    for ref, entries in entries_of(connection, refs):
        yield ref, fold(entries, rules)


@dataclass(frozen=True, slots=True)
class TextChange:
    """One change of a note, by the learner or by its deck file.

    Attributes:
        entry: its entry in the log.
        before, after: what the fields that changed were and became.
        undone: it was taken back.
    """

    entry: Entry
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    undone: bool


def text_changes(connection: Connection, note_pk: int) -> list[TextChange]:
    """Return all changes of a note that the log holds, oldest first."""
    changes = {row.entry: row for row in connection.execute(select(edit).where(edit.c.note_pk == note_pk))}
    mine = select(card.c.pk).where(card.c.note_pk == note_pk)
    logs = dict(entries_of(connection, connection.execute(mine).scalars().all()))
    entries = sorted((entry for log in logs.values() for entry in log), key=lambda entry: entry.order)
    kept = {entry.id for entry in standing(entries)}
    return [
        TextChange(entry, json.loads(row.before), json.loads(row.after), undone=entry.id not in kept)
        for entry in entries
        if (row := changes.get(entry.id)) is not None
    ]

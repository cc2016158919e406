"""What notes are called: by their ids in their decks, and by handles in the whole library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from flashrls.cards import Note, made_key
from flashrls.plan import DeckPlan
from flashrls.store.chunks import chunks
from flashrls.store.tables import note


def taken_among(connection: Connection, column: Any, values: Sequence[str]) -> set[str]:
    """Return those of the values that some note has in a column."""
    taken: set[str] = set()
    for some in chunks(values):
        taken.update(connection.execute(select(column).where(column.in_(some))).scalars())
    return taken


def keys_of(plan: DeckPlan) -> set[str]:
    """Return the ids that the deck's notes have in the library, and those that the file gives."""
    held = {old.key for old in plan.known.notes} if plan.known else set()
    return held | {told.key for told in plan.deck.notes if told.key}


def key_of(told: Note, pk: int, others: set[str]) -> str:
    """Return a note's id in its file, or the one its text makes, plus its reference if `others` have that."""
    if told.key:
        return told.key
    made = made_key(told.kind, told.question)
    return f"{made}~{pk}" if made in others else made


def adopt_keys(connection: Connection, plan: DeckPlan) -> None:
    """A note that got an id in its file is called by it from now on.

    One without keeps the name it was made with; only what its text is recognised by follows the text.
    """
    others = keys_of(plan)
    called: dict[int, str] = {}
    given: dict[int, str] = {}
    for planned in plan.notes:
        told, old = planned.note, planned.known
        if told is None or old is None or old.away is not None:
            continue
        if not planned.origin and old.key == (told.key or made_key(told.kind, told.question)):
            continue
        key = key_of(told, old.ref, others)
        if planned.origin or key != old.key:
            called[old.ref] = key
        if told.key and key != old.key:
            given[old.ref] = key
    if called:
        keys = [{"ref": ref, "called": key} for ref, key in called.items()]
        connection.execute(update(note).where(note.c.pk == bindparam("ref")).values(key=bindparam("called")), keys)
    if given:
        put_handles(connection, given)


def put_handles(connection: Connection, given: Mapping[int, str]) -> None:
    """Call notes by the ids that they were given, or by their deck's and that, where another is called so."""
    owners: dict[str, int] = {}
    for keys in chunks(given.values()):
        held = select(note.c.handle, note.c.pk).where(note.c.handle.in_(keys))
        owners |= {row.handle: row.pk for row in connection.execute(held)}
    free = [{"ref": ref, "called": key} for ref, key in given.items() if owners.get(key, ref) == ref]
    taken = [ref for ref, key in given.items() if owners.get(key, ref) != ref]
    for refs in chunks(taken):
        connection.execute(update(note).where(note.c.pk.in_(refs)).values(handle=note.c.uid))
    if free:
        connection.execute(
            update(note).where(note.c.pk == bindparam("ref")).values(handle=bindparam("called")), free
        )

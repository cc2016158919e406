"""Notes that changed: their texts, anchors, cards and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from flashrls.cards import Note
from flashrls.clock import Moment
from flashrls.merging import is_same
from flashrls.plan import Change, DeckPlan, NotePlan
from flashrls.store.chunks import chunks
from flashrls.store.noterows import card_row, held_of, quotes_of, texts_of
from flashrls.store.tables import anchor, card, note
from flashrls.store.wording import base_json


def edit_notes(connection: Connection, deck_pk: int, plan: DeckPlan, moment: Moment) -> None:
    """Write changed notes' texts. A part that a text lost keeps its card and history, but isn't asked."""
    for is_moved in (False, True):
        changed = [(n.note, n.known, n) for n in plan.notes if n.note and n.known and n.is_written]
        changed = [each for each in changed if (each[2].change is Change.MOVED) == is_moved]
        if not changed:
            continue
        texts = [
            {**texts_of(planned.text or told, moment), **_file_side(planned.text, told), "ref": old.ref}
            for told, old, planned in changed
        ]
        if is_moved:
            texts = [{name: value for name, value in text.items() if name != "edited_ms"} for text in texts]
        connection.execute(update(note).where(note.c.pk == bindparam("ref")), texts)
        now = [
            (planned.text or told, old, planned.position if old.away is None else old.position)
            for told, old, planned in changed
        ]
        put_quotes(connection, {old.ref: text for text, old, _ in now if text.anchors != old.here.anchors})
        for owner in {deck_pk, *(old.away for _, old, _ in now if old.away is not None)}:
            mine = [each for each in now if (each[1].away or deck_pk) == owner]
            put_parts(connection, owner, {old.ref: (text, position) for text, old, position in mine})


def _file_side(text: Note | None, told: Note) -> dict[str, str | None]:
    """What is remembered of the file's text beside the library's: nothing more where the two are the same."""
    is_local = text is not None and not is_same(text, told)
    return {"imported": told.fingerprint, "base": base_json(told) if is_local else None}


def put_quotes(connection: Connection, notes: Mapping[int, Note]) -> None:
    """Replace the anchors of notes, by their references."""
    for refs in chunks(notes):
        connection.execute(delete(anchor).where(anchor.c.note_pk.in_(refs)))
    quotes = [quote for ref, told in notes.items() for quote in quotes_of(ref, told)]
    if quotes:
        connection.execute(insert(anchor), quotes)


def put_parts(connection: Connection, deck_pk: int, notes: Mapping[int, tuple[Note, int]]) -> None:
    """Make the cards of a deck's notes those that their texts ask for; each note comes with its place."""
    missing = {ref: set(told.parts) for ref, (told, _) in notes.items()}
    held: list[dict[str, Any]] = []
    for refs in chunks(notes):
        cards = select(card.c.pk, card.c.note_pk, card.c.part, card.c.held).where(card.c.note_pk.in_(refs))
        for row in connection.execute(cards):
            still = held_of(notes[row.note_pk][0]) if row.part in missing[row.note_pk] else "gone"
            missing[row.note_pk].discard(row.part)
            if still != row.held:
                held.append({"ref": row.pk, "still": still})
    if held:
        connection.execute(update(card).where(card.c.pk == bindparam("ref")).values(held=bindparam("still")), held)
    added = [
        card_row(ref, deck_pk, part, position, held_of(told))
        for ref, (told, position) in notes.items()
        for part in sorted(missing[ref])
    ]
    if added:
        connection.execute(insert(card), added)


def renumber(connection: Connection, notes: Sequence[NotePlan]) -> None:
    """The file's order is the order of introduction."""
    places = [
        {"ref": planned.known.ref, "place": planned.position}
        for planned in notes
        if planned.note
        and planned.known
        and planned.known.position != planned.position
        and planned.known.away is None
    ]
    if places:
        for table, ref in ((note, note.c.pk), (card, card.c.note_pk)):
            connection.execute(
                update(table).where(ref == bindparam("ref")).values(position=bindparam("place")), places
            )

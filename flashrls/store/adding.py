"""Notes that the learner adds: in the library at once, and in no file until they are exported."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select, update

from flashrls.cards import Note
from flashrls.clock import Moment
from flashrls.errors import NoSuchDeck, Refused
from flashrls.formats.names import deck_key
from flashrls.log import EntryKind
from flashrls.settings import Settings
from flashrls.store.answers import pen_of
from flashrls.store.notes import insert_notes
from flashrls.store.rewording import ASKED, DRAFT, THERE, log_changes
from flashrls.store.tables import deck, note
from flashrls.store.today import Ask, choose_deck
from flashrls.store.wording import ADDED


def add_notes(
    connection: Connection, ask: Ask, deck_name: str, told: Sequence[Note], moment: Moment, settings: Settings
) -> list[int]:
    """Add notes behind the others of a deck, which is made where there is none; return their references."""
    deck_pk, key = _deck(connection, ask, deck_name, moment)
    others = set(connection.execute(select(note.c.key).where(note.c.deck_pk == deck_pk)).scalars())
    if taken := [one.key for one in told if one.key in others]:
        raise Refused(f"The deck '{deck_name}' has a card '{taken[0]}' already.", "Give the new one another id.")
    last = connection.execute(select(func.max(note.c.position)).where(note.c.deck_pk == deck_pk)).scalar()
    first = 0 if last is None else last + 1
    fresh = [(one, first + at) for at, one in enumerate(told)]
    refs = list(insert_notes(connection, deck_pk, key, others, fresh, moment).values())
    connection.execute(update(note).where(note.c.pk.in_(refs)).values(base=ADDED))
    changes = {
        ref: ({THERE: None}, {THERE: DRAFT if one.draft else ASKED}) for ref, one in zip(refs, told, strict=True)
    }
    log_changes(connection, changes, EntryKind.ADD, pen_of(connection, moment, settings))
    return refs


def _deck(connection: Connection, ask: Ask, name: str, moment: Moment) -> tuple[int, str]:
    try:
        ref, _ = choose_deck(ask, name)
    except NoSuchDeck:
        taken = set(connection.execute(select(deck.c.key)).scalars())
        key = made = deck_key(name)
        while key in taken:
            key = f"{made}-{len(taken)}"
            taken.add(key)
        values = {"name": name, "key": key, "skip": "[]"}
        values |= dict.fromkeys(("source_title", "source_file", "source_sha256"), "")
        (ref,) = connection.execute(insert(deck).returning(deck.c.pk), {**values, "created_ms": moment.at_ms}).one()
    return ref, connection.execute(select(deck.c.key).where(deck.c.pk == ref)).scalar_one()

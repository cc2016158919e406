"""What the library holds, as an import is planned against it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from flashrls.cards import Deck, Note
from flashrls.formats.faults import Fault
from flashrls.matching import Known, KnownDeck, is_found_again
from flashrls.plan import ReadFile
from flashrls.store.noterows import note_of
from flashrls.store.rewording import notes_of
from flashrls.store.tables import anchor, deck, note
from flashrls.store.wording import ADDED, REMOVED, note_of_base


def known_decks(connection: Connection, files: Sequence[ReadFile]) -> list[KnownDeck]:
    """Return all decks: those that the files name with all notes, others with those that may come from them."""
    keys = {deck_key for _, parsed in files for deck_key in _keys(parsed)}
    rows = connection.execute(select(deck.c.pk, deck.c.key, deck.c.name).order_by(deck.c.pk)).all()
    named = [row.pk for row in rows if row.key in keys]
    names = {row.pk: row.name for row in rows}
    whole = {*named, *(_found_again(connection, files, named) if len(named) < len(rows) else ())}
    notes = _orphans(connection, names, whole)
    away = _decks_with_away(connection)
    for ref in whole:  # what was moved away comes first: of two notes of one id the deck's own goes before
        left = _notes(connection, names, note.c.home_pk == ref, home=ref) if ref in away else []
        notes[ref] = [*left, *_notes(connection, names, note.c.deck_pk == ref)]
    return [KnownDeck(row.pk, row.key, row.name, tuple(notes.get(row.pk, ()))) for row in rows]


def _keys(parsed: Deck | tuple[Fault, ...]) -> Iterable[str]:
    if isinstance(parsed, Deck):
        return (parsed.key,)
    return (fault.twice.deck for fault in parsed if fault.twice)


def _found_again(connection: Connection, files: Sequence[ReadFile], named: Collection[int]) -> list[int]:
    """The decks that no file names, though the files ask most of their questions word for word."""
    told = {one.question for _, parsed in files if isinstance(parsed, Deck) for one in parsed.notes}
    is_told = (
        note.c.missing_ms.is_(None) & note.c.home_pk.is_(None) & or_(note.c.base.is_(None), note.c.base != ADDED)
    )
    others = select(note.c.deck_pk, note.c.question).where(is_told)
    rows = connection.execute(others.where(note.c.deck_pk.not_in(named))).all()
    notes = Counter(deck_pk for deck_pk, _ in rows)
    held = Counter(deck_pk for deck_pk, question in rows if question in told)
    return [ref for ref, count in notes.items() if is_found_again(count, held[ref])]


def _orphans(connection: Connection, names: Mapping[int, str], whole: Collection[int]) -> dict[int, list[Known]]:
    """The notes that the files of all other decks lack."""
    refs = select(note.c.deck_pk).where(note.c.missing_ms.is_not(None)).distinct()
    return {
        ref: _notes(connection, names, (note.c.deck_pk == ref) & note.c.missing_ms.is_not(None))
        for ref in connection.execute(refs).scalars().all()
        if ref not in whole
    }


def _decks_with_away(connection: Connection) -> set[int | None]:
    """The decks whose files tell notes that were moved into another deck."""
    return set(connection.execute(select(note.c.home_pk).where(note.c.home_pk.is_not(None)).distinct()).scalars())


def _notes(
    connection: Connection, names: Mapping[int, str], where: ColumnElement[bool], *, home: int | None = None
) -> list[Known]:
    """The notes of a condition, as those of the decks that they are in, or of the deck `home` that they left."""
    quotes: defaultdict[int, list[str]] = defaultdict(list)
    anchors = select(anchor.c.note_pk, anchor.c.quote).join(note, note.c.pk == anchor.c.note_pk)
    for note_pk, quote in connection.execute(anchors.where(where).order_by(anchor.c.note_pk, anchor.c.position)):
        quotes[note_pk].append(quote)
    rows = connection.execute(select(note).where(where).order_by(note.c.position, note.c.pk)).all()
    local = notes_of(connection, [row.pk for row in rows if row.base not in (None, REMOVED)])
    return [_known(row, names, tuple(quotes[row.pk]), local.get(row.pk), home) for row in rows]


def _known(
    row: Any, names: Mapping[int, str], quotes: tuple[str, ...], local: Note | None, home: int | None
) -> Known:
    is_away = home is not None
    told = local if row.base == ADDED and local else _told(row, quotes)
    return Known(
        ref=row.pk,
        key=row.key.partition("~")[0] if is_away else row.key,
        deck=names[row.deck_pk],
        note=told,
        fingerprint=told.fingerprint if row.base == ADDED else row.imported,
        position=row.position,
        missing_ms=row.missing_ms,
        local=None if row.base == ADDED else local,
        is_added=row.base == ADDED,
        is_removed=row.base == REMOVED,
        away=row.deck_pk if is_away else None,
        home="" if is_away or row.home_pk is None else names[row.home_pk],
    )


def _told(row: Any, quotes: tuple[str, ...]) -> Note:
    """A note as its file told it last; of one that wasn't edited that is how it stands."""
    if row.base not in (None, ADDED, REMOVED):
        return replace(note_of_base(row.base), key=row.key, suspended=bool(row.suspended))
    return note_of(row, quotes)

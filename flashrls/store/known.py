"""What the library holds, as an import is planned against it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from flashrls.cards import Deck, Kind, Note, Waiver
from flashrls.formats.faults import Fault
from flashrls.matching import Known, KnownDeck, is_found_again
from flashrls.plan import ReadFile
from flashrls.store.tables import anchor, deck, note


def known_decks(connection: Connection, files: Sequence[ReadFile]) -> list[KnownDeck]:
    """Return all decks: those that the files name with all notes, others with those that may come from them."""
    keys = {deck_key for _, parsed in files for deck_key in _keys(parsed)}
    rows = connection.execute(select(deck.c.pk, deck.c.key, deck.c.name).order_by(deck.c.pk)).all()
    named = [row.pk for row in rows if row.key in keys]
    names = {row.pk: row.name for row in rows}
    whole = {*named, *(_found_again(connection, files, named) if len(named) < len(rows) else ())}
    notes = _orphans(connection, names, whole)
    notes |= {ref: _notes(connection, names, note.c.deck_pk == ref) for ref in whole}
    return [KnownDeck(row.pk, row.key, row.name, tuple(notes.get(row.pk, ()))) for row in rows]


def _keys(parsed: Deck | tuple[Fault, ...]) -> Iterable[str]:
    if isinstance(parsed, Deck):
        return (parsed.key,)
    return (fault.twice.deck for fault in parsed if fault.twice)


def _found_again(connection: Connection, files: Sequence[ReadFile], named: Collection[int]) -> list[int]:
    """The decks that no file names, though the files ask most of their questions word for word."""
    told = {one.question for _, parsed in files if isinstance(parsed, Deck) for one in parsed.notes}
    others = select(note.c.deck_pk, note.c.question).where(note.c.missing_ms.is_(None))
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


def _notes(connection: Connection, names: Mapping[int, str], where: ColumnElement[bool]) -> list[Known]:
    quotes: defaultdict[int, list[str]] = defaultdict(list)
    anchors = select(anchor.c.note_pk, anchor.c.quote).join(note, note.c.pk == anchor.c.note_pk)
    for note_pk, quote in connection.execute(anchors.where(where).order_by(anchor.c.note_pk, anchor.c.position)):
        quotes[note_pk].append(quote)
    rows = connection.execute(select(note).where(where).order_by(note.c.position, note.c.pk))
    return [_known(row, names[row.deck_pk], tuple(quotes[row.pk])) for row in rows]


def _known(row: Any, deck_name: str, quotes: tuple[str, ...]) -> Known:
    told = Note(
        key=row.key,
        kind=Kind(row.kind),
        question=row.question,
        answer=row.answer,
        section=row.section,
        tags=tuple(row.tags.split()),
        anchors=quotes,
        typed=bool(row.typed),
        suspended=bool(row.suspended),
        waived=tuple(Waiver(**waiver) for waiver in json.loads(row.waived)) if row.waived != "[]" else (),
    )
    return Known(row.pk, row.key, deck_name, told, row.imported, row.position, row.missing_ms)

"""Notes that the learner edits, tags, moves or adds: written, logged with what was there before, and put back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flashrls.cards import Note
from flashrls.clock import Moment
from flashrls.log import EntryKind
from flashrls.settings import Settings
from flashrls.store.answers import Pen, in_one_deed, pen_of, rows_of, write
from flashrls.store.chunks import chunks
from flashrls.store.edits import put_parts, put_quotes
from flashrls.store.moving import move_notes
from flashrls.store.noterows import note_of, texts_of
from flashrls.store.tables import anchor, card, edit, note
from flashrls.store.wording import ADDED, REMOVED, base_json, fields_of, note_of_base, with_fields

DECK, THERE = "deck", "there"
ASKED, DRAFT = "asked", "draft"
"""How a note is there; it is None before it was added."""


def notes_of(connection: Connection, refs: Sequence[int]) -> dict[int, Note]:
    """Return the notes of these references as they stand, by reference."""
    quotes: dict[int, list[str]] = {ref: [] for ref in refs}
    drafts: set[int] = set()
    found: dict[int, Note] = {}
    for some in chunks(refs):
        order = (anchor.c.note_pk, anchor.c.position)
        for row in connection.execute(select(anchor).where(anchor.c.note_pk.in_(some)).order_by(*order)):
            quotes[row.note_pk].append(row.quote)
        held = select(card.c.note_pk).where(card.c.note_pk.in_(some), card.c.held == "draft")
        drafts.update(connection.execute(held).scalars())
        for row in connection.execute(select(note).where(note.c.pk.in_(some))):
            found[row.pk] = note_of(row, quotes[row.pk], draft=row.pk in drafts)
    return found


def reword(connection: Connection, told: Mapping[int, Note], moment: Moment, settings: Settings) -> int:
    """Give notes, by reference, other texts as one deed; return how many that changed. Schedules stay."""
    before = notes_of(connection, list(told))
    changed = {ref: new for ref, new in told.items() if fields_of(new) != fields_of(before[ref])}
    if not changed:
        return 0
    _store(connection, {ref: (before[ref], new) for ref, new in changed.items()}, moment)
    changes = {ref: _difference(fields_of(before[ref]), fields_of(new)) for ref, new in changed.items()}
    log_changes(connection, changes, EntryKind.EDIT, pen_of(connection, moment, settings))
    return len(changed)


def move(connection: Connection, refs: Sequence[int], deck_pk: int, moment: Moment, settings: Settings) -> int:
    """Put notes into another deck as one deed; return how many were elsewhere."""
    held = [row for some in chunks(refs) for row in connection.execute(_OWNERS.where(note.c.pk.in_(some)))]
    changes = {row.pk: ({DECK: row.deck_pk}, {DECK: deck_pk}) for row in held if row.deck_pk != deck_pk}
    if changes:
        _put_into(connection, list(changes), deck_pk, settings)
        log_changes(connection, changes, EntryKind.MOVE, pen_of(connection, moment, settings))
    return len(changes)


def log_changes(
    connection: Connection,
    changes: Mapping[int, tuple[Mapping[str, Any], Mapping[str, Any]]],
    kind: EntryKind,
    pen: Pen,
) -> None:
    """Log, as one deed, what some fields of notes were and are now, by the notes' references."""
    cards = _first_cards(connection, list(changes))
    rows = rows_of(connection, list(cards.values()))
    lines = in_one_deed([pen.step(rows[cards[ref]], kind) for ref in changes])
    write(connection, lines)
    rewritten = [
        {
            "entry": line.entry.id,
            "note_pk": ref,
            "before": json.dumps(before, ensure_ascii=False),
            "after": json.dumps(after, ensure_ascii=False),
        }
        for line, (ref, (before, after)) in zip(lines, changes.items(), strict=True)
    ]
    connection.execute(insert(edit), rewritten)


def put_back(
    connection: Connection, entries: Sequence[str], *, forwards: bool, settings: Settings, moment: Moment
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Undo the changes that entries logged, or make them again; return the fields, and those that stayed.

    A field stays that has another value by now than the change gave it: a file was imported meanwhile.
    """
    rows = [
        row for some in chunks(entries) for row in connection.execute(select(edit).where(edit.c.entry.in_(some)))
    ]
    now = notes_of(connection, [row.note_pk for row in rows])
    texts: dict[int, tuple[Note, Note]] = {}
    fields: dict[str, None] = {}
    kept: dict[str, None] = {}
    places: dict[int, list[int]] = {}
    for row in rows:
        was, wanted = (
            json.loads(side) for side in ((row.before, row.after) if forwards else (row.after, row.before))
        )
        fields |= dict.fromkeys(wanted)
        if DECK in wanted:
            places.setdefault(wanted[DECK], []).append(row.note_pk)
            continue
        if THERE in wanted:
            _put_there(connection, row.note_pk, wanted[THERE], moment)
            continue
        old = now[row.note_pk]
        held = fields_of(old)
        own = {name: value for name, value in wanted.items() if held[name] == was[name]}
        kept |= {name: None for name in wanted if name not in own}
        texts[row.note_pk] = (old, with_fields(old, own))
    for deck_pk, refs in places.items():
        _put_into(connection, refs, deck_pk, settings)
    _store(connection, texts, moment)
    return tuple(fields), tuple(kept)


def _put_there(connection: Connection, ref: int, there: str | None, moment: Moment) -> None:
    """Let a note that was added be there, asked or as a draft, or not (None): its log stays either way."""
    gone = there is None
    values = {"base": REMOVED if gone else ADDED, "missing_ms": moment.at_ms if gone else None}
    connection.execute(update(note).where(note.c.pk == ref).values(**values))
    held = "gone" if gone else "draft" if there == DRAFT else None
    connection.execute(update(card).where(card.c.note_pk == ref).values(held=held))


_OWNERS = select(note.c.pk, note.c.deck_pk, note.c.home_pk, note.c.base, note.c.key)


def _put_into(connection: Connection, refs: Sequence[int], deck_pk: int, settings: Settings) -> None:
    """Move notes, remembering the deck whose file tells them."""
    held = [row for some in chunks(refs) for row in connection.execute(_OWNERS.where(note.c.pk.in_(some)))]
    move_notes(connection, refs, deck_pk, settings)
    taken = set(connection.execute(select(note.c.key).where(note.c.deck_pk == deck_pk)).scalars())
    rows: list[dict[str, Any]] = []
    for row in held:
        key = row.key.partition("~")[0]
        key = f"{key}~{row.pk}" if key in taken else key
        taken.add(key)
        home = row.deck_pk if row.home_pk is None else row.home_pk
        is_told = row.base not in (ADDED, REMOVED)
        rows.append({"ref": row.pk, "called": key, "home": home if is_told and home != deck_pk else None})
    placed = update(note).where(note.c.pk == bindparam("ref"))
    connection.execute(placed.values(key=bindparam("called"), home_pk=bindparam("home")), rows)


def _store(connection: Connection, texts: Mapping[int, tuple[Note, Note]], moment: Moment) -> None:
    """Write notes' texts; what the file tells is remembered until the two are the same again."""
    if not texts:
        return
    bases: dict[int, str | None] = {}
    decks: dict[int, tuple[int, int]] = {}
    for some in chunks(list(texts)):
        columns = select(note.c.pk, note.c.base, note.c.deck_pk, note.c.position).where(note.c.pk.in_(some))
        for row in connection.execute(columns):
            bases[row.pk], decks[row.pk] = row.base, (row.deck_pk, row.position)
    rows = []
    for ref, (old, new) in texts.items():
        base = base_json(old) if bases[ref] is None else bases[ref]
        if base not in (None, ADDED, REMOVED) and fields_of(note_of_base(base)) == fields_of(new):
            base = None
        columns_of = {name: value for name, value in texts_of(new, moment).items() if name != "imported"}
        rows.append({"ref": ref, "base": base, **columns_of})
    connection.execute(update(note).where(note.c.pk == bindparam("ref")), rows)
    quoted = {ref: new for ref, (old, new) in texts.items() if old.anchors != new.anchors}
    put_quotes(connection, quoted)
    for ref, (old, new) in texts.items():
        if old.parts != new.parts or old.draft != new.draft:
            put_parts(connection, decks[ref][0], {ref: (new, decks[ref][1])})


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in before if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def _first_cards(connection: Connection, refs: Iterable[int]) -> dict[int, int]:
    """Each note's first card, if possible one that is still asked: in its log the note's changes stand."""
    found: dict[int, int] = {}
    for some in chunks(list(refs)):
        columns = select(card.c.note_pk, card.c.pk, card.c.held).where(card.c.note_pk.in_(some))
        for row in sorted(connection.execute(columns), key=lambda row: (row.held == "gone", row.pk)):
            found.setdefault(row.note_pk, row.pk)
    return found

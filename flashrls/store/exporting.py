"""Decks on their way to their files: what a file is to tell, and what the library knows once it does."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, bindparam, or_, select, update

from flashrls.cards import Deck, Note, Skip, Source, is_made_key
from flashrls.clock import Moment
from flashrls.matching import Known
from flashrls.merging import is_same
from flashrls.plan import Change, DeckPlan
from flashrls.store.chunks import chunks
from flashrls.store.naming import put_handles
from flashrls.store.noterows import texts_of
from flashrls.store.rewording import notes_of
from flashrls.store.tables import card, deck, note
from flashrls.store.wording import ADDED, REMOVED, base_json


@dataclass(frozen=True, slots=True)
class Exported:
    """A note as a file tells it now.

    Attributes:
        ref: its reference.
        note: what the file says.
        position: its place in the file, from 0.
        before: the library's text when it was written, which the file may tell with other escapes; None if
            the file was not given it: then only the place is news.
    """

    ref: int
    note: Note
    position: int
    before: Note | None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is to be done to a deck's file so that it tells what the library holds.

    Attributes:
        rewrite: notes of the file with other texts, by their lines in it, with their references.
        remove: lines of notes that were moved into another deck, with their references.
        append: notes that the file doesn't tell yet, with their references.
        same: references of notes that say the same by now, here and there, by their lines.
        stale: lines of notes that the file changed, too, so that an import has to come first.
        homes: the names of decks whose files still tell some of what is appended.
    """

    rewrite: dict[int, tuple[int, Note]]
    remove: dict[int, int]
    append: tuple[tuple[int, Note], ...]
    same: dict[int, int]
    stale: tuple[int, ...]
    homes: tuple[str, ...]
    others: dict[int, int]


def outgoing(plan: DeckPlan) -> Outgoing:
    """Return what an import's plan means the other way: the file's notes follow the library's."""
    out = Outgoing({}, {}, (), {}, (), (), {})
    stale: list[int] = []
    for planned in plan.notes:
        told, old = planned.note, planned.known
        if told is None or old is None:
            continue
        is_changed = planned.change in (Change.EDITED, Change.CONFLICTING)
        if old.away is not None:
            if is_changed:
                stale.append(told.line)
            else:
                out.remove[told.line] = old.ref
        elif old.local is None and not old.is_added:
            out.others[told.line] = old.ref
        elif planned.change is Change.EDITED_HERE and planned.text:
            out.rewrite[told.line] = old.ref, replace(planned.text, key=told.key, line=0)
        elif is_changed:
            stale.append(told.line)
        else:
            out.same[told.line] = old.ref
    held = {planned.known.ref for planned in plan.notes if planned.known and planned.note}
    left = [old for old in (plan.known.notes if plan.known else ()) if old.ref not in held]
    fresh = [old for old in left if old.away is None and (old.is_added or old.home)]
    homes = dict.fromkeys(old.home for old in fresh if old.home)
    append = tuple((old.ref, _as_new(old)) for old in fresh)
    return replace(out, append=append, stale=tuple(stale), homes=tuple(homes))


def _as_new(old: Known) -> Note:
    return replace(old.here, key=_own(old.key), line=0)


def _own(key: str) -> str | None:
    """An id as a file may hold it; None for one that the program made."""
    return None if "~" in key or is_made_key(key) else key


def whole(connection: Connection, deck_pk: int) -> tuple[Deck, list[int]]:
    """Return a deck with all notes that are in it, those that its file lacks, too, and their references."""
    row = connection.execute(select(deck).where(deck.c.pk == deck_pk)).one()
    there = (note.c.deck_pk == deck_pk) & or_(note.c.base.is_(None), note.c.base != REMOVED)
    refs = list(connection.execute(select(note.c.pk).where(there).order_by(note.c.position, note.c.pk)).scalars())
    found = notes_of(connection, refs)
    notes = tuple(replace(found[ref], key=_own(found[ref].key or "")) for ref in refs)
    source = Source(row.source_title, row.source_file, row.source_sha256)
    skip = tuple(Skip(each["text"], each["why"]) for each in json.loads(row.skip))
    return Deck(row.name, row.key, notes, source, skip), refs


def exported(
    connection: Connection, told: Sequence[Exported], let_go: Collection[int], moment: Moment, folder: str
) -> None:
    """Keep in mind that a file tells these notes now, and no more those that were let go of."""
    now = notes_of(connection, [one.ref for one in told if one.before])
    homes = _homes(connection, list(now))
    rows = []
    for one in (one for one in told if one.before):
        if one.ref in homes:  # the file that it came from is still the one that it is compared with
            continue
        same = one.before is not None and is_same(now[one.ref], one.before)
        text = one.note if same else now[one.ref]  # else it was edited while the file was written
        columns = {name: value for name, value in texts_of(text, moment).items() if name != "edited_ms"}
        columns["imported"] = one.note.fingerprint
        rows.append({"ref": one.ref, **columns, "base": None if same else base_json(one.note), "missing_ms": None})
    if rows:
        connection.execute(update(note).where(note.c.pk == bindparam("ref")), rows)
    for some in chunks(list(let_go)):
        gone = update(note).where(note.c.pk.in_(some), note.c.home_pk.is_not(None))
        connection.execute(gone.values(home_pk=None, base=ADDED))
    _place(connection, told)
    _name(connection, told)
    if told and folder:
        owner = select(note.c.deck_pk).where(note.c.pk == told[0].ref).scalar_subquery()
        connection.execute(update(deck).where(deck.c.pk == owner, deck.c.folder == "").values(folder=folder))


def _homes(connection: Connection, refs: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for some in chunks(refs):
        away = select(note.c.pk).where(note.c.pk.in_(some), note.c.home_pk.is_not(None))
        found.update(connection.execute(away).scalars())
    return found


def _place(connection: Connection, told: Sequence[Exported]) -> None:
    """The file's order is the order of introduction."""
    places = [{"ref": one.ref, "place": one.position} for one in told]
    if places:
        for table, ref in ((note, note.c.pk), (card, card.c.note_pk)):
            placed = update(table).where(ref == bindparam("ref"), table.c.position != bindparam("place"))
            connection.execute(placed.values(position=bindparam("place")), places)


def _name(connection: Connection, told: Sequence[Exported]) -> None:
    """A note that got an id in its file is called by it."""
    wanted = {one.ref: one.note.key for one in told if one.before and one.note.key}
    held = {
        ref: key
        for some in chunks(list(wanted))
        for ref, key in connection.execute(_KEYS.where(note.c.pk.in_(some)))
    }
    given = {ref: key for ref, key in wanted.items() if held[ref] != key}
    if not given:
        return
    keys = [{"ref": ref, "called": key} for ref, key in given.items()]
    connection.execute(update(note).where(note.c.pk == bindparam("ref")).values(key=bindparam("called")), keys)
    put_handles(connection, given)


_KEYS = select(note.c.pk, note.c.key)

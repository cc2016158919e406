"""Undo and redo: the newest deed of the learner is taken back, or done again, by entries of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from flashrls.clock import Moment
from flashrls.errors import NothingToRedo, NothingToUndo
from flashrls.log import IMPORTED, REWRITING, CardState, Entry, EntryKind, fold, standing
from flashrls.settings import Settings
from flashrls.store.answers import Line, in_one_deed, rows_and_pen, write
from flashrls.store.history import card_entries, entries_of
from flashrls.store.rewording import put_back
from flashrls.store.tables import review
from flashrls.study import StudyCard

_ABOVE_ALL = 2**63 - 1
_PARTS = select(
    review.c.pk, review.c.id, review.c.kind, review.c.undoes, review.c.card_pk, review.c.batch
).order_by(review.c.pk.desc())
_BELOW = _PARTS.where(review.c.pk < bindparam("below")).limit(bindparam("most"))
_BATCH = _PARTS.where(review.c.batch == bindparam("batch"))


@dataclass(frozen=True, slots=True)
class Undone:
    """A deed that was taken back, or done again.

    Attributes:
        entry: its newest entry.
        card: that entry's card as it stands now.
        cards: how many cards it was about.
        entries: all of its entries, newest first.
        fields: what it changed of a note, as "answer" and "tags"; empty if it changed none.
        is_redo: it was done again.
        kept: what of that could not be put back, since it was changed again meanwhile.
    """

    entry: Entry
    card: StudyCard
    cards: int = 1
    entries: tuple[Entry, ...] = ()
    fields: tuple[str, ...] = ()
    is_redo: bool = False
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """What `undo_last` or `redo_last` did, before its card is read: see `Undone`."""

    ref: int
    entries: tuple[Entry, ...]
    cards: int
    fields: tuple[str, ...]
    kept: tuple[str, ...]
    is_redo: bool


def undo_last(connection: Connection, moment: Moment, settings: Settings) -> Turned:
    """Take back the newest deed that still counts.

    Raises:
        NothingToUndo: nothing in the log can be taken back.
    """
    newest = _newest(connection, redo=False)
    if newest is None:
        raise NothingToUndo
    return _turn(connection, newest, moment, settings, redo=False)


def redo_last(connection: Connection, moment: Moment, settings: Settings) -> Turned:
    """Do again what was taken back last, unless something else was done since.

    Raises:
        NothingToRedo: nothing was taken back, or something was done since.
    """
    newest = _newest(connection, redo=True)
    if newest is None:
        raise NothingToRedo
    return _turn(connection, newest, moment, settings, redo=True)


def _newest(connection: Connection, *, redo: bool) -> Row[*tuple[Any, ...]] | None:
    """The newest deed of the learner that counts; for `redo` the undo of one, if nothing was done since."""
    undone: set[str] = set()
    for row in _newest_first(connection):
        if row.id in undone or EntryKind(row.kind) in IMPORTED:
            continue
        if row.undoes is None:
            return None if redo else row
        undone.add(row.undoes)
        if redo and not _is_redo(connection, row.undoes):
            return row
    return None


def _newest_first(connection: Connection) -> Iterator[Row[*tuple[Any, ...]]]:
    """The log from its end: a few at first, since the newest entry is mostly the one that is looked for."""
    below, most = _ABOVE_ALL, 4
    while rows := connection.execute(_BELOW, {"below": below, "most": most}).all():
        yield from rows
        below, most = rows[-1].pk, min(most * 4, 1000)


def _is_redo(connection: Connection, undoes: str) -> bool:
    """Whether an entry that undoes this one does something again."""
    return connection.execute(select(review.c.undoes).where(review.c.id == undoes)).scalar() is not None


def _parts(connection: Connection, newest: Row[*tuple[Any, ...]]) -> list[tuple[int, str]]:
    """All entries of the deed that an entry is part of, newest first: each one's card and id."""
    rows = connection.execute(_BATCH, {"batch": newest.batch}).all() if newest.batch else [newest]
    return [(row.card_pk, row.id) for row in rows]


def _turn(
    connection: Connection, newest: Row[*tuple[Any, ...]], moment: Moment, settings: Settings, *, redo: bool
) -> Turned:
    """Append an undo of each entry of a deed; for `redo` these are undos, so that what they undid comes back."""
    parts = _parts(connection, newest)
    refs = list(dict.fromkeys(ref for ref, _ in parts))
    rows, pen = rows_and_pen(connection, refs, moment, settings)
    logs = {refs[0]: card_entries(connection, refs[0])} if len(refs) == 1 else dict(entries_of(connection, refs))
    known = {entry.id: entry for entries in logs.values() for entry in entries}
    targets: list[Entry] = []
    lines: list[Line] = []
    for ref, entry_id in parts:
        target = known[known[entry_id].undoes or ""] if redo else known[entry_id]
        undo = pen.entry(rows[ref], EntryKind.UNDO, undoes=entry_id)
        before = _before(logs[ref], target, settings)
        logs[ref].append(undo)
        after = fold(logs[ref], settings.rules)
        lines.append(Line(ref, rows[ref].deck_pk, undo, after, target, before, 1 if redo else -1))
        targets.append(target)
    write(connection, in_one_deed(lines))
    rewritten = [target.id for target in targets if target.kind in REWRITING]
    fields, kept = (
        put_back(connection, rewritten, forwards=redo, settings=settings, moment=moment) if rewritten else ((), ())
    )
    return Turned(refs[0], tuple(targets), len(refs), fields, kept, redo)


def _before(entries: Sequence[Entry], target: Entry, settings: Settings) -> CardState:
    return fold([e for e in standing(entries) if e.order < target.order], settings.rules)

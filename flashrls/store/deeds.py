"""Undo and redo: the newest deed of the learner is taken back, or done again, by entries of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Row, select

from flashrls.clock import Moment
from flashrls.errors import NothingToRedo, NothingToUndo
from flashrls.log import IMPORTED, REWRITING, CardState, Entry, EntryKind, fold, standing
from flashrls.settings import Settings
from flashrls.store.answers import Line, in_one_deed, pen_of, rows_of, write
from flashrls.store.chunks import chunks
from flashrls.store.history import ENTRIES, entries_of, entry_of
from flashrls.store.rewording import put_back
from flashrls.store.tables import review
from flashrls.study import StudyCard


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
    targets = _deed(connection, newest)
    return _turn(connection, [(ref, entry, entry) for ref, entry in targets], moment, settings)


def redo_last(connection: Connection, moment: Moment, settings: Settings) -> Turned:
    """Do again what was taken back last, unless something else was done since.

    Raises:
        NothingToRedo: nothing was taken back, or something was done since.
    """
    newest = _newest(connection, redo=True)
    if newest is None:
        raise NothingToRedo
    undos = _deed(connection, newest)
    targets = {row.id: entry_of(row) for row in _by_id(connection, [undo.undoes or "" for _, undo in undos])}
    turned = [(ref, undo, targets[undo.undoes or ""]) for ref, undo in undos]
    return _turn(connection, turned, moment, settings)


def _newest(connection: Connection, *, redo: bool) -> Row[*tuple[object, ...]] | None:
    """The newest deed of the learner that counts; for `redo` the undo of one, if nothing was done since."""
    undone: set[str] = set()
    newest_first = ENTRIES.order_by(review.c.pk.desc()).execution_options(yield_per=100)
    with connection.execute(newest_first) as rows:
        for row in rows:
            if row.id in undone or EntryKind(row.kind) in IMPORTED:
                continue
            if row.undoes is None:
                return None if redo else row
            undone.add(row.undoes)
            if redo and not _is_redo(connection, row.undoes):
                return row
    return None


def _is_redo(connection: Connection, undoes: str) -> bool:
    """Whether an entry that undoes this one does something again."""
    return connection.execute(select(review.c.undoes).where(review.c.id == undoes)).scalar() is not None


def _deed(connection: Connection, newest: Row[*tuple[object, ...]]) -> list[tuple[int, Entry]]:
    """All entries of the deed that an entry is part of, newest first, each with its card."""
    rows: Sequence[Row[*tuple[object, ...]]] = [newest]
    if batch := newest._mapping["batch"]:
        rows = connection.execute(ENTRIES.where(review.c.batch == batch).order_by(review.c.pk.desc())).all()
    return [(row._mapping["card_pk"], entry_of(row)) for row in rows]


def _by_id(connection: Connection, ids: Sequence[str]) -> list[Row[*tuple[object, ...]]]:
    return [row for some in chunks(ids) for row in connection.execute(ENTRIES.where(review.c.id.in_(some)))]


def _turn(
    connection: Connection, turned: Sequence[tuple[int, Entry, Entry]], moment: Moment, settings: Settings
) -> Turned:
    """Append for each card an entry that undoes the second of the three, so that the third goes or comes back."""
    refs = list(dict.fromkeys(ref for ref, _, _ in turned))
    rows, logs = rows_of(connection, refs), dict(entries_of(connection, refs))
    is_redo = any(entry is not target for _, entry, target in turned)
    pen = pen_of(connection, moment, settings)
    lines: list[Line] = []
    for ref, entry, target in turned:
        undo = pen.entry(rows[ref], EntryKind.UNDO, undoes=entry.id)
        before = _before(logs[ref], target, settings)
        logs[ref].append(undo)
        after = fold(logs[ref], settings.rules)
        lines.append(Line(ref, rows[ref].deck_pk, undo, after, target, before, 1 if is_redo else -1))
    write(connection, in_one_deed(lines))
    rewritten = [target.id for _, _, target in turned if target.kind in REWRITING]
    fields, kept = put_back(connection, rewritten, forwards=is_redo, settings=settings, moment=moment)
    targets = tuple(target for _, _, target in turned)
    return Turned(turned[0][0], targets, len(refs), fields, kept, is_redo)


def _before(entries: Sequence[Entry], target: Entry, settings: Settings) -> CardState:
    return fold([e for e in standing(entries) if e.order < target.order], settings.rules)

"""An import's plan carried out: decks and notes, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from flashrls.cards import Note
from flashrls.clock import Moment
from flashrls.log import EntryKind
from flashrls.plan import Change, DeckPlan, ImportPlan, NotePlan
from flashrls.settings import Settings
from flashrls.store import answers
from flashrls.store.answers import pen_of
from flashrls.store.chunks import chunks
from flashrls.store.edits import edit_notes, renumber
from flashrls.store.moving import drop_emptied, move_notes
from flashrls.store.naming import adopt_keys, key_of, keys_of, taken_among
from flashrls.store.noterows import card_row, held_of, quotes_of, texts_of
from flashrls.store.rewording import log_changes
from flashrls.store.tables import anchor, card, deck, note
from flashrls.store.wording import fields_of


def apply(connection: Connection, plan: ImportPlan, moment: Moment, settings: Settings) -> None:
    """Carry out a plan inside the caller's transaction. Schedules and the log stay as they are."""
    _free_names(connection, plan.decks)
    refs = [_put_deck(connection, deck_plan, moment) for deck_plan in plan.decks]
    left: set[int] = set()
    for deck_pk, deck_plan in zip(refs, plan.decks, strict=True):
        came = [note.known.ref for note in deck_plan.notes if note.known and note.origin]
        left |= move_notes(connection, came, deck_pk, settings)
        _settle_down(connection, came)
    for deck_pk, deck_plan in zip(refs, plan.decks, strict=True):
        _apply_deck(connection, deck_pk, deck_plan, moment, settings)
    _log_replaced(connection, plan, moment, settings)
    drop_emptied(connection, left.difference(refs))


def _settle_down(connection: Connection, refs: Sequence[int]) -> None:
    """The deck that notes came into is the one whose file tells them."""
    for some in chunks(refs):
        connection.execute(update(note).where(note.c.pk.in_(some)).values(home_pk=None))


def _log_replaced(connection: Connection, plan: ImportPlan, moment: Moment, settings: Settings) -> None:
    """Log what an import took from the learner's edits, and what of a file gave way to them: neither is lost."""
    changes: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
    for planned in (planned for deck_plan in plan.decks for planned in deck_plan.notes if planned.text):
        if not (planned.known and planned.note and planned.text):
            continue
        now, was, told = (fields_of(each) for each in (planned.text, planned.known.here, planned.note))
        lost = {name: was[name] for name in now if name != "section" and was[name] != now[name]}
        in_conflict = [*planned.conflicts, *(("question", "answer") if "kind" in planned.conflicts else ())]
        lost |= {name: told[name] for name in in_conflict if told[name] != now[name]}
        if lost:
            changes[planned.known.ref] = (lost, {name: now[name] for name in lost})
    if changes:
        log_changes(connection, changes, EntryKind.IMPORT_EDIT, pen_of(connection, moment, settings))


def _apply_deck(connection: Connection, deck_pk: int, plan: DeckPlan, moment: Moment, settings: Settings) -> None:
    fresh = [(n.note, n.position) for n in plan.notes if n.note and n.change is Change.NEW]
    inserted = insert_notes(connection, deck_pk, plan.deck.key, keys_of(plan), fresh, moment)
    edit_notes(connection, deck_pk, plan, moment)
    renumber(connection, plan.notes)
    adopt_keys(connection, plan)
    _follow_absences(connection, plan.notes, moment)
    _follow_suspensions(connection, plan.notes, inserted, moment, settings)


def _free_names(connection: Connection, plans: Sequence[DeckPlan]) -> None:
    """Two decks may take each other's names."""
    for plan in plans:
        if plan.known and plan.known.name != plan.deck.name:
            renamed = update(deck).where(deck.c.pk == plan.known.ref)
            connection.execute(renamed.values(name=f"~{plan.known.ref}"))


def _put_deck(connection: Connection, plan: DeckPlan, moment: Moment) -> int:
    told = plan.deck
    values = {
        "name": told.name,
        "source_title": told.source.title,
        "source_file": told.source.file,
        "source_sha256": told.source.sha256,
        "folder": told.folder,
        "skip": json.dumps([{"text": skip.text, "why": skip.why} for skip in told.skip], ensure_ascii=False),
    }
    if plan.known:
        connection.execute(update(deck).where(deck.c.pk == plan.known.ref), values)
        return plan.known.ref
    values |= {"key": told.key, "created_ms": moment.at_ms}  # type: ignore[dict-item]
    (pk,) = connection.execute(insert(deck).returning(deck.c.pk), values).one()
    return int(pk)


def insert_notes(
    connection: Connection,
    deck_pk: int,
    deck_key: str,
    others: set[str],
    fresh: Sequence[tuple[Note, int]],
    moment: Moment,
) -> dict[int, int]:
    """Insert new notes, each with its place, and their cards; return the reference of each by its place.

    `others` are ids that the deck's notes have already.
    """
    if not fresh:
        return {}
    first_pk = (connection.execute(select(func.max(note.c.pk))).scalar() or 0) + 1
    keys = [key_of(fresh_note, pk, others) for pk, (fresh_note, _) in enumerate(fresh, first_pk)]
    uids = [f"{deck_key}/{key}" for key in keys]
    taken_uids = taken_among(connection, note.c.uid, uids)
    taken = taken_among(connection, note.c.handle, keys)
    rows: list[dict[str, Any]] = []
    quotes: list[dict[str, Any]] = []
    cards: list[dict[str, Any]] = []
    for pk, ((fresh_note, position), key, uid) in enumerate(zip(fresh, keys, uids, strict=True), first_pk):
        if uid in taken_uids:  # the id's first owner took another id since; it keeps its history's name
            uid = f"{uid}~{pk}"
        rows.append(
            {
                "pk": pk,
                "uid": uid,
                "handle": uid if key in taken else key,
                "deck_pk": deck_pk,
                "key": key,
                "created_ms": moment.at_ms,
                "position": position,
                **texts_of(fresh_note, moment),
            }
        )
        quotes += quotes_of(pk, fresh_note)
        cards += [card_row(pk, deck_pk, part, position, held_of(fresh_note)) for part in fresh_note.parts]
    connection.execute(insert(note), rows)
    connection.execute(insert(card), cards)
    if quotes:
        connection.execute(insert(anchor), quotes)
    return {position: pk for pk, (_, position) in enumerate(fresh, first_pk)}


def _follow_absences(connection: Connection, notes: Sequence[NotePlan], moment: Moment) -> None:
    """Keep since when the file lacks a note, until it holds it again."""
    since = [planned.known for planned in notes if planned.known and planned.change is Change.MISSING]
    gone = [{"ref": old.ref, "since": moment.at_ms} for old in since if old.missing_ms is None]
    back = [{"ref": planned.known.ref, "since": None} for planned in notes if planned.known and planned.is_back]
    if gone or back:
        absent = update(note).where(note.c.pk == bindparam("ref"))
        connection.execute(absent.values(missing_ms=bindparam("since")), [*gone, *back])


def _follow_suspensions(
    connection: Connection, notes: Sequence[NotePlan], inserted: dict[int, int], moment: Moment, settings: Settings
) -> None:
    """Where a file's `.suspended` mark came or went, or a marked note grew, log it for the cards."""
    for planned in notes:
        was = planned.known.note.suspended if planned.known else False
        marked = planned.note is not None and planned.note.suspended
        grew = marked and was and planned.change is Change.EDITED
        if planned.note is None or (marked == was and not grew):
            continue
        kind = EntryKind.IMPORT_SUSPENDED if marked else EntryKind.IMPORT_UNSUSPENDED
        note_pk = planned.known.ref if planned.known else inserted[planned.position]
        mine = select(card.c.pk).where(card.c.note_pk == note_pk)
        if grew:
            mine = mine.where(card.c.last_entry.is_(None))
        answers.mark_cards(connection, connection.execute(mine).scalars().all(), kind, moment, settings)

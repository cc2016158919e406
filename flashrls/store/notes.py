"""An import's plan carried out: decks and notes, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from flashrls.cards import Note, made_key
from flashrls.clock import Moment
from flashrls.log import EntryKind
from flashrls.plan import Change, DeckPlan, ImportPlan, NotePlan
from flashrls.settings import Settings
from flashrls.store import answers
from flashrls.store.moving import drop_emptied, move_notes
from flashrls.store.tables import anchor, card, deck, note

_CHUNK = 500
"""Values in one `IN (…)`."""


def apply(connection: Connection, plan: ImportPlan, moment: Moment, settings: Settings) -> None:
    """Carry out a plan inside the caller's transaction. Schedules and the log stay as they are."""
    _free_names(connection, plan.decks)
    refs = [_put_deck(connection, deck_plan, moment) for deck_plan in plan.decks]
    left: set[int] = set()
    for deck_pk, deck_plan in zip(refs, plan.decks, strict=True):
        came = [note.known.ref for note in deck_plan.notes if note.known and note.origin]
        left |= move_notes(connection, came, deck_pk, settings)
    for deck_pk, deck_plan in zip(refs, plan.decks, strict=True):
        _apply_deck(connection, deck_pk, deck_plan, moment, settings)
    drop_emptied(connection, left.difference(refs))


def _apply_deck(connection: Connection, deck_pk: int, plan: DeckPlan, moment: Moment, settings: Settings) -> None:
    fresh = [(n.note, n.position) for n in plan.notes if n.note and n.change is Change.NEW]
    inserted = _insert_notes(connection, deck_pk, plan, fresh, moment)
    for changed in plan.notes:
        if changed.change in (Change.EDITED, Change.MOVED):
            _edit_note(connection, deck_pk, changed, moment)
    _renumber(connection, plan.notes)
    _adopt_keys(connection, plan)
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
        "skip": json.dumps([{"text": skip.text, "why": skip.why} for skip in told.skip], ensure_ascii=False),
    }
    if plan.known:
        connection.execute(update(deck).where(deck.c.pk == plan.known.ref), values)
        return plan.known.ref
    values |= {"key": told.key, "created_ms": moment.at_ms}  # type: ignore[dict-item]
    (pk,) = connection.execute(insert(deck).returning(deck.c.pk), values).one()
    return int(pk)


def _insert_notes(
    connection: Connection, deck_pk: int, plan: DeckPlan, fresh: Sequence[tuple[Note, int]], moment: Moment
) -> dict[int, int]:
    """Insert new notes with their cards and return the reference of each by its position."""
    if not fresh:
        return {}
    first_pk = (connection.execute(select(func.max(note.c.pk))).scalar() or 0) + 1
    others = _keys(plan)
    keys = [_key(fresh_note, pk, others) for pk, (fresh_note, _) in enumerate(fresh, first_pk)]
    uids = [f"{plan.deck.key}/{key}" for key in keys]
    taken_uids, taken = _taken(connection, note.c.uid, uids), _taken(connection, note.c.handle, keys)
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
                **_texts(fresh_note, moment),
            }
        )
        quotes += _quotes(pk, fresh_note)
        held = "draft" if fresh_note.draft else None
        cards += [_card(pk, deck_pk, part, position, held) for part in fresh_note.parts]
    connection.execute(insert(note), rows)
    connection.execute(insert(card), cards)
    if quotes:
        connection.execute(insert(anchor), quotes)
    return {position: pk for pk, (_, position) in enumerate(fresh, first_pk)}


def _taken(connection: Connection, column: Any, values: Sequence[str]) -> set[str]:
    taken: set[str] = set()
    for start in range(0, len(values), _CHUNK):
        query = select(column).where(column.in_(values[start : start + _CHUNK]))
        taken.update(connection.execute(query).scalars())
    return taken


def _keys(plan: DeckPlan) -> set[str]:
    """The ids that the deck's notes have in the library, and those that the file gives."""
    held = {old.key for old in plan.known.notes} if plan.known else set()
    return held | {told.key for told in plan.deck.notes if told.key}


def _key(told: Note, pk: int, others: set[str]) -> str:
    """A note's id in its file, or the one its text makes, told apart from a note that took that one before."""
    if told.key:
        return told.key
    made = made_key(told.kind, told.question)
    return f"{made}~{pk}" if made in others else made


def _texts(told: Note, moment: Moment) -> dict[str, Any]:
    return {
        "kind": told.kind.value,
        "question": told.question,
        "answer": told.answer,
        "section": told.section,
        "tags": " ".join(told.tags),
        "typed": int(told.typed),
        "suspended": int(told.suspended),
        "revision": told.revision,
        "imported": told.fingerprint,
        "waived": json.dumps([{"rule": w.rule, "reason": w.reason} for w in told.waived], ensure_ascii=False),
        "edited_ms": moment.at_ms,
    }


def _quotes(note_pk: int, told: Note) -> list[dict[str, Any]]:
    return [{"note_pk": note_pk, "position": at, "quote": quote} for at, quote in enumerate(told.anchors)]


def _card(note_pk: int, deck_pk: int, part: str, position: int, held: str | None) -> dict[str, Any]:
    return {"note_pk": note_pk, "deck_pk": deck_pk, "part": part, "position": position, "held": held}


def _edit_note(connection: Connection, deck_pk: int, planned: NotePlan, moment: Moment) -> None:
    """Write a note's new text. A part that the text lost keeps its card and history, but isn't asked."""
    if planned.note is None or planned.known is None:
        return
    told, pk = planned.note, planned.known.ref
    texts = _texts(told, moment)
    if planned.change is Change.MOVED:
        del texts["edited_ms"]
    connection.execute(update(note).where(note.c.pk == pk), texts)
    if told.anchors != planned.known.note.anchors:
        connection.execute(delete(anchor).where(anchor.c.note_pk == pk))
        if quotes := _quotes(pk, told):
            connection.execute(insert(anchor), quotes)
    parts = set(told.parts)
    held = "draft" if told.draft else None
    for row in connection.execute(select(card.c.pk, card.c.part).where(card.c.note_pk == pk)).all():
        still = held if row.part in parts else "gone"
        connection.execute(update(card).where(card.c.pk == row.pk), {"held": still})
        parts.discard(row.part)
    if parts:
        connection.execute(
            insert(card), [_card(pk, deck_pk, part, planned.position, held) for part in sorted(parts)]
        )


def _renumber(connection: Connection, notes: Sequence[NotePlan]) -> None:
    """The file's order is the order of introduction."""
    places = [
        {"ref": planned.known.ref, "place": planned.position}
        for planned in notes
        if planned.note and planned.known and planned.known.position != planned.position
    ]
    if places:
        for table, ref in ((note, note.c.pk), (card, card.c.note_pk)):
            connection.execute(
                update(table).where(ref == bindparam("ref")).values(position=bindparam("place")), places
            )


def _adopt_keys(connection: Connection, plan: DeckPlan) -> None:
    """A note that got an id in its file is called by it from now on.

    One without keeps the name it was made with; only what its text is recognised by follows the text.
    """
    others = _keys(plan)
    for planned in plan.notes:
        if planned.note is None or planned.known is None:
            continue
        mine = planned.known.key
        if not planned.origin and mine == (planned.note.key or made_key(planned.note.kind, planned.note.question)):
            continue
        key = _key(planned.note, planned.known.ref, others)
        if not planned.origin and mine == key:
            continue
        called: dict[str, Any] = {"key": key}
        if planned.note.key and mine != key:
            others_handle = select(note.c.pk).where(note.c.handle == key, note.c.pk != planned.known.ref)
            called["handle"] = note.c.uid if connection.execute(others_handle).first() else key
        connection.execute(update(note).where(note.c.pk == planned.known.ref).values(called))


def _follow_absences(connection: Connection, notes: Sequence[NotePlan], moment: Moment) -> None:
    """Keep since when the file lacks a note, until it holds it again."""
    since = [planned.known for planned in notes if planned.known and not planned.note]
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
        for ref in connection.execute(mine).scalars().all():
            answers.mark_card(connection, ref, kind, moment, settings)

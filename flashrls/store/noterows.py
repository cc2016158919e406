"""What a note's text, anchors and cards are stored as."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from flashrls.cards import Kind, Note, Waiver
from flashrls.clock import Moment
from flashrls.foldedtext import search_text


def texts_of(told: Note, moment: Moment) -> dict[str, Any]:
    """Return the columns that an import writes."""
    return {
        "kind": told.kind.value,
        "question": told.question,
        "answer": told.answer,
        "section": told.section,
        "tags": " ".join(told.tags),
        "folded": search_text(told.question, told.answer, is_cloze=told.kind is Kind.CLOZE),
        "typed": int(told.typed),
        "suspended": int(told.suspended),
        "revision": told.revision,
        "imported": told.fingerprint,
        "waived": json.dumps([{"rule": w.rule, "reason": w.reason} for w in told.waived], ensure_ascii=False),
        "edited_ms": moment.at_ms,
    }


def note_of(row: Any, quotes: Iterable[str], *, draft: bool = False) -> Note:
    """Return the note in a row of `note`, with the anchors that stand in rows of their own."""
    return Note(
        key=row.key,
        kind=Kind(row.kind),
        question=row.question,
        answer=row.answer,
        section=row.section,
        tags=tuple(row.tags.split()),
        anchors=tuple(quotes),
        typed=bool(row.typed),
        draft=draft,
        suspended=bool(row.suspended),
        waived=tuple(Waiver(**waiver) for waiver in json.loads(row.waived)) if row.waived != "[]" else (),
    )


def quotes_of(note_pk: int, told: Note) -> list[dict[str, Any]]:
    """Return the rows of a note's anchors."""
    return [{"note_pk": note_pk, "position": at, "quote": quote} for at, quote in enumerate(told.anchors)]


def card_row(note_pk: int, deck_pk: int, part: str, position: int, held: str | None) -> dict[str, Any]:
    """Return the row of a new card."""
    return {"note_pk": note_pk, "deck_pk": deck_pk, "part": part, "position": position, "held": held}


def held_of(told: Note) -> str | None:
    """Return why the note's cards are held back; None if they are not."""
    return "draft" if told.draft else None

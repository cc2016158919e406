"""What a note's text, anchors and cards are stored as."""

from __future__ import annotations

import json
from typing import Any

from flashrls.cards import Note
from flashrls.clock import Moment


def texts_of(told: Note, moment: Moment) -> dict[str, Any]:
    """Return the columns that an import writes."""
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


def quotes_of(note_pk: int, told: Note) -> list[dict[str, Any]]:
    """Return the rows of a note's anchors."""
    return [{"note_pk": note_pk, "position": at, "quote": quote} for at, quote in enumerate(told.anchors)]


def card_row(note_pk: int, deck_pk: int, part: str, position: int, held: str | None) -> dict[str, Any]:
    """Return the row of a new card."""
    return {"note_pk": note_pk, "deck_pk": deck_pk, "part": part, "position": position, "held": held}


def held_of(told: Note) -> str | None:
    """Return why the note's cards are held back; None if they are not."""
    return "draft" if told.draft else None

"""Suspending and burying from a review: the card alone, or all cards of its note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashrls.log import EntryKind
from flashrls.query import Term
from flashrls.study import StudyCard

if TYPE_CHECKING:
    from flashrls.store.library import Library


def mark(library: Library, card: StudyCard, kind: EntryKind, *, note: bool) -> None:
    """Log the mark for the card, or for its whole note.

    The card's own entry comes last, so that the first undo brings this card back.

    Raises:
        FlashrlsError: see `Library.mark`.
    """
    siblings = _siblings(library, card) if note else []
    library.mark([*siblings, card.ref], kind)


def _siblings(library: Library, card: StudyCard) -> list[int]:
    handle = card.id.removesuffix(f"#{card.part}") if card.part else card.id
    found = library.find(((Term("deck", card.deck), Term("text", handle)),))
    refs = [other.card.ref for other in found if other.card.note_ref == card.note_ref]
    return [ref for ref in refs if ref != card.ref]

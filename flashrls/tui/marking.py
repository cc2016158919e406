"""What a review does to a card beside grading it: marks for it or its whole note, and the tag `marked`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flashrls.log import EntryKind
from flashrls.study import StudyCard

if TYPE_CHECKING:
    from flashrls.store.library import Library

MARKED = "marked"
"""The tag of notes that the learner wants to come back to; Anki's users know it by that name."""


def mark(library: Library, card: StudyCard, kind: EntryKind, *, note: bool) -> None:
    """Log the mark for the card, or as one deed for its whole note.

    The card's own entry comes last, so that an undo names this card.

    Raises:
        FlashrlsError: see `Library.mark`.
    """
    siblings = [other.ref for other in library.cards_of(card.note_ref) if other.ref != card.ref] if note else []
    library.mark([*siblings, card.ref], kind)


def toggle_marked(library: Library, card: StudyCard) -> list[StudyCard]:
    """Give the card's note the tag `marked`, or take it away; return the note's cards as they stand then.

    Raises:
        FlashrlsError: see `Library.tag`.
    """
    is_marked = MARKED in library.note(card.note_ref).tags
    library.tag([card.note_ref], **{"remove" if is_marked else "add": (MARKED,)})
    return library.cards_of(card.note_ref)


def keep(library: Library, card: StudyCard) -> StudyCard:
    """Log that a leech is to go on as it is, and return the card as it stands then.

    Raises:
        FlashrlsError: see `Library.mark`.
    """
    library.mark([card.ref], EntryKind.KEEP)
    (kept,) = library.cards([card.ref])
    return kept

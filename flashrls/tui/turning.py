"""Undo and redo for a review: the deed that was turned, and the cards that it may have changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashrls.study import StudyCard
from flashrls.tui.plan import Plan, session_for

if TYPE_CHECKING:
    from flashrls.store.deeds import Undone
    from flashrls.store.library import Library


@dataclass(frozen=True, slots=True)
class Turning:
    """A deed that was taken back or done again.

    Attributes:
        deed: what it was.
        cards: the cards it may have changed as they stand now, those of the review and the deed's newest.
        also: cards of the deed that the review didn't know and that are to be asked today.
    """

    deed: Undone
    cards: tuple[StudyCard, ...]
    also: tuple[StudyCard, ...] = ()


def turn(library: Library, plan: Plan, known: Collection[int], *, redo: bool) -> Turning:
    """Take back the newest deed, or do again what was taken back last.

    Args:
        library: the library.
        plan: what the review studies.
        known: the references of the review's cards.
        redo: do it again.

    Raises:
        FlashrlsError: see `Library.undo` and `Library.redo`.
    """
    deed = library.redo() if redo else library.undo()
    if deed.cards == 1 and not deed.fields:
        return Turning(deed, (deed.card,))
    refs = sorted({*known, deed.card.ref})
    return Turning(deed, tuple(library.cards(refs)), _also(library, plan, deed, set(refs)))


def _also(library: Library, plan: Plan, deed: Undone, known: set[int]) -> tuple[StudyCard, ...]:
    """The session is read again: it alone knows limits and siblings."""
    uids = {entry.card for entry in deed.entries}
    unknown = [turn.card for turn in session_for(library, plan).turns if turn.card not in known]
    return tuple(card for card in library.cards(unknown) if card.uid in uids)

"""What is to be studied, and how it is read from the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashrls.study import Session, StudyCard

if TYPE_CHECKING:
    from flashrls.store.library import Library


@dataclass(frozen=True, slots=True)
class Plan:
    """What to study.

    Attributes:
        deck: with its sub-decks; None for all.
        new: how many new cards, whatever the day's limit says; None for the limit.
        most: how many turns at most; None for all.
        practice: ask cards that aren't due, without any effect.
    """

    deck: str | None = None
    new: int | None = None
    most: int | None = None
    practice: bool = False


def load(library: Library, plan: Plan) -> tuple[Session, list[StudyCard]]:
    """Return the plan's session and all of its cards.

    Raises:
        FlashrlsError: there is no such deck, or the library can't be read.
    """
    if plan.practice:
        session = library.practice(plan.deck, most=plan.most)
    else:
        session = library.session(plan.deck, new=plan.new, most=plan.most)
    return session, library.cards([turn.card for turn in session.turns])

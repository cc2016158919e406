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
        section: only cards of this section of their document; "" for all.
        sentence: only cards that quote this sentence of their document; "" for all.
    """

    deck: str | None = None
    new: int | None = None
    most: int | None = None
    practice: bool = False
    section: str = ""
    sentence: str = ""

    @property
    def place(self) -> str:
        """What it is narrowed down to, as people read it; empty if to nothing."""
        parts = [self.section and f"section {self.section}", self.sentence and f"sentence {self.sentence}"]
        return ", ".join(part for part in parts if part)


def load(library: Library, plan: Plan) -> tuple[Session, list[StudyCard]]:
    """Return the plan's session and all of its cards.

    Raises:
        FlashrlsError: there is no such deck, section or sentence, or the library can't be read.
    """
    if plan.practice:
        session = library.practice(plan.deck, most=plan.most, section=plan.section, sentence=plan.sentence)
    else:
        session = library.session(
            plan.deck, new=plan.new, most=plan.most, section=plan.section, sentence=plan.sentence
        )
    return session, library.cards([turn.card for turn in session.turns])

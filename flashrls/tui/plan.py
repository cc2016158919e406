"""What is to be studied, and how it is read from the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashrls.study import Session, StudyCard

if TYPE_CHECKING:
    from flashrls.query import Query
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
        more: so many turns whatever the day's limits say; None for the limits.
        query: only cards that this query finds; "" for all.
    """

    deck: str | None = None
    new: int | None = None
    most: int | None = None
    practice: bool = False
    section: str = ""
    sentence: str = ""
    more: int | None = None
    query: str = ""

    @property
    def place(self) -> str:
        """What it is narrowed down to, as people read it; empty if to nothing."""
        parts = [self.section and f"section {self.section}", self.sentence and f"sentence {self.sentence}"]
        parts.append(self.query and f"“{self.query}”")
        return ", ".join(part for part in parts if part)


def session_for(library: Library, plan: Plan) -> Session:
    """Return what is left of the plan today.

    Raises:
        FlashrlsError: there is no such deck, section or sentence, or the library can't be read.
    """
    query = _query(library, plan.query) if plan.query else None
    if plan.practice:
        return library.practice(
            plan.deck, most=plan.most, section=plan.section, sentence=plan.sentence, query=query
        )
    return library.session(
        plan.deck,
        new=plan.new,
        most=plan.most,
        section=plan.section,
        sentence=plan.sentence,
        more=plan.more,
        query=query,
    )


def _query(library: Library, text: str) -> Query:
    from flashrls.query import parse_query  # not needed for the first frame

    return parse_query(text, dict(library.settings.searches))


def load(library: Library, plan: Plan) -> tuple[Session, list[StudyCard]]:
    """Return the plan's session and all of its cards.

    Raises:
        FlashrlsError: see `session_for`.
    """
    session = session_for(library, plan)
    return session, library.cards([turn.card for turn in session.turns])

"""Notes that their deck's file holds no more: kept, and asked as before."""

from __future__ import annotations

from dataclasses import dataclass

from flashrls.store.today import Ask


@dataclass(frozen=True, slots=True)
class Orphan:
    """A note that its file lacks.

    Attributes:
        id: what its cards are called by.
        deck: its deck's name.
        question: Markdown, as it was imported last.
        missing_ms: the instant of the import that missed it first.
        reviews: how often its cards were graded.
        is_asked: whether any of its cards still comes up.
    """

    id: str
    deck: str
    question: str
    missing_ms: int
    reviews: int
    is_asked: bool


def orphans(ask: Ask) -> list[Orphan]:
    """Return the notes that their files lack, by deck and place.

    A note whose whole file is gone isn't among them: nobody tells the program.
    """
    rows = ask(
        """
        SELECT note.handle, deck.name, note.question, note.missing_ms, sum(card.reviews),
               max(CASE WHEN card.suspended = 0 AND card.held IS NULL THEN 1 ELSE 0 END)
        FROM note JOIN deck ON deck.pk = note.deck_pk JOIN card ON card.note_pk = note.pk
        WHERE note.missing_ms IS NOT NULL AND coalesce(note.base, '') NOT IN ('null', 'removed')
        GROUP BY note.pk, note.handle, deck.name, note.question, note.missing_ms, deck.pk, note.position
        ORDER BY deck.pk, note.position, note.pk
        """
    )
    return [
        Orphan(handle, deck, question, missing_ms, reviews, bool(asked))
        for handle, deck, question, missing_ms, reviews, asked in rows
    ]

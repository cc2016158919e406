"""What the lint says of cards that were just written: told, and never in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flashrls.cli.output import say

if TYPE_CHECKING:
    from flashrls.cards import Note
    from flashrls.lint.finding import Finding
    from flashrls.store.library import Library
    from flashrls.study import StudyCard

_MOST_ALIKE = 20
_MOST_WORDS = 30


def advice(library: Library, cards: Sequence[StudyCard]) -> list[tuple[str, Finding]]:
    """Return what the lint finds in the notes of cards, each with the card's id, what was waived left out."""
    from flashrls.cards import Deck
    from flashrls.lint.deck import lint_deck, lint_together
    from flashrls.lint.finding import Severity

    first = {card.note_ref: card for card in reversed(cards)}
    found: list[tuple[str, Finding]] = []
    notes = []
    for ref, card in sorted(first.items()):
        notes.append(replace(library.note(ref), key=card.id.partition("#")[0], draft=True))
        finder = library.passages(ref).finder
        found += [(card.id, finding) for finding in lint_deck(Deck(card.deck, "written", (notes[-1],)), finder)]
        found += [(card.id, finding) for finding in _twins(library, card, notes[-1], set(first))]
    if notes:
        between = lint_together([Deck(cards[0].deck, "written", tuple(notes))])[0]
        found += [(finding.note or "", finding) for finding in between]
    return [(card_id, finding) for card_id, finding in found if finding.severity is not Severity.WAIVED]


def _twins(library: Library, card: StudyCard, note: Note, own: set[int]) -> list[Finding]:
    """That another note of the deck asks the very same."""
    from flashrls.cards import Kind
    from flashrls.cloze import filled_in
    from flashrls.lint.finding import Finding, Rule, Severity
    from flashrls.query import AllOf, Term

    words = filled_in(note.question) if note.kind is Kind.CLOZE else note.question
    query = AllOf((Term("deck", card.deck), *(Term("text", word) for word in words.split()[:_MOST_WORDS])))
    others = {one.card.note_ref: one.card for one in library.find(query) if one.card.note_ref not in own}
    alike = [
        other
        for ref, other in list(others.items())[:_MOST_ALIKE]
        if _folded(library.note(ref).question) == _folded(note.question)
    ]
    message = "It asks the same as {}."
    mend = "`flashrls undo` takes it back, if that was not meant."
    return [Finding(Rule.NO_TWIN, Severity.WARNING, 0, note.key, message.format(one.id), mend) for one in alike[:1]]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def say_advice(found: Sequence[tuple[str, Finding]]) -> None:
    """Print findings on stderr."""
    from flashrls.clean import clean_line

    for card_id, one in found:
        say(f"{card_id}: {one.rule} {one.rule.label}: {clean_line(one.message)}", err=True)
        say(f"    {clean_line(one.mend)}", err=True)


def advice_document(found: Sequence[tuple[str, Finding]]) -> list[dict[str, Any]]:
    """Return findings as JSON has them."""
    return [
        {
            "card": card_id,
            "rule": one.rule.value,
            "severity": one.severity.value,
            "message": one.message,
            "mend": one.mend,
        }
        for card_id, one in found
    ]

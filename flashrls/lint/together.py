"""R8 and R12 over all decks that are checked together: no two cards ask the same, or nearly so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flashrls.cards import Deck, Kind, Note
from flashrls.lint.asked import Asked
from flashrls.lint.finding import Rule, Trouble
from flashrls.lint.words import stems, words

LEAST_SHARED = 0.8
"""Two questions are nearly the same if so much of their stems is shared, and they have the same answer."""

_MOST_COMPARED = 40
"""So many questions that share a rare stem are compared; a deck where all are alike would take forever else."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A card that resembles one before it: which of the decks, which of its notes, and what is wrong."""

    deck: int
    note: int
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class _Card:
    deck: int
    number: int
    name: str
    note: Note
    exact: tuple[object, ...]
    answer: str
    stems: frozenset[str]
    answer_stems: frozenset[str]


def pairs(decks: Sequence[Deck]) -> list[Pair]:
    """Return the cards that ask what one before them asks, or nearly so; time grows with the number of cards."""
    cards = [card for at, deck in enumerate(decks) for card in _cards(at, deck)]
    twins = list(_same_question(cards))
    told = {(pair.deck, pair.note) for pair in twins}
    return twins + [pair for pair in _near(cards) if (pair.deck, pair.note) not in told]


def _cards(at: int, deck: Deck) -> Iterator[_Card]:
    for number, note in enumerate(deck.notes):
        asked = Asked(note, "")
        exact = (note.kind is Kind.CLOZE, *(word.casefold() for word in words(asked.question)))
        if note.kind is Kind.CLOZE:
            exact += (asked.answer.casefold(),)
        yield _Card(
            at,
            number,
            deck.name,
            note,
            exact,
            " ".join(words(asked.answer)).casefold(),
            frozenset(stems(asked.question)),
            frozenset(asked.wanted),
        )


def _same_question(cards: Iterable[_Card]) -> Iterator[Pair]:
    first: dict[tuple[object, ...], _Card] = {}
    for card in cards:
        other = first.setdefault(card.exact, card)
        if other is card or len(card.exact) == 1:
            continue
        same = card.answer == other.answer
        message = f"It asks the same as {_where(other, card)}{'' if same else ', which has another answer'}."
        mend = "Keep one of the two." if same else "Say in each question what sets its answer apart."
        yield Pair(card.deck, card.number, Trouble(Rule.ONE_ANSWER, message, mend, is_certain=True))


def _near(cards: Sequence[_Card]) -> Iterator[Pair]:
    """Compare a card with those before it that have its answer and one of its rarest stems.

    Two sets share four fifths only if one of the rarest fifth of either, and one more, is shared.
    """
    counts = Counter(stem for card in cards for stem in card.stems)
    seen: defaultdict[tuple[object, ...], list[_Card]] = defaultdict(list)
    for card in cards:
        if not card.stems:
            continue
        rarest = sorted(card.stems, key=lambda stem: (counts[stem], stem))
        prefix = rarest[: len(rarest) - _needed(len(rarest)) + 1]
        keys = [(card.note.kind is Kind.CLOZE, card.answer_stems or card.answer, stem) for stem in prefix]
        others = (other for key in keys for other in seen[key][-_MOST_COMPARED:])
        if twin := next((other for other in others if _alike(card, other)), None):
            message = f"It is nearly the same as {_where(twin, card)}."
            mend = "Keep one of the two, or ask for another side of the fact."
            yield Pair(card.deck, card.number, Trouble(Rule.NO_TWIN, message, mend))
        for key in keys:
            seen[key].append(card)


def _needed(count: int) -> int:
    return -int(-LEAST_SHARED * count // 1)


def _alike(one: _Card, other: _Card) -> bool:
    shared = len(one.stems & other.stems)
    if shared < LEAST_SHARED * len(one.stems | other.stems):
        return False
    # What tells two questions apart is often one name or number.
    return not any(_is_name(stem) for stem in one.stems ^ other.stems)


def _is_name(stem: str) -> bool:
    return any(character.isdigit() for character in stem)


def _where(other: _Card, card: _Card) -> str:
    place = f"line {other.note.line}" if other.deck == card.deck else f"line {other.note.line} of '{other.name}'"
    name = f" ({other.note.key})" if other.note.key else ""
    return f"the card in {place}{name}"

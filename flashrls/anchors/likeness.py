"""The stretch of a text that is most like some words, and how like it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flashrls.anchors.words import is_one_word, words

_LONGEST_WORD = 40
_MOST_CHARACTERS = 200
"""So much of a long quote is aligned: the time grows with its length times the text's."""

_COMMON = 200
"""A word that stands so often in a text tells nothing of a place in it."""

_NEIGHBOURHOODS = 3
"""So many neighbourhoods are looked at, those with most of the rare words."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A stretch of a text, `start` inclusive, `end` exclusive, and how like it is, 0..1."""

    start: int
    end: int
    likeness: float


def likeness(one: str, other: str) -> float:
    """Return how like two texts are, 0..1: twice the characters they share in order, by their lengths."""
    from rapidfuzz import fuzz

    most = 20 * _MOST_CHARACTERS
    return fuzz.ratio(one[:most], other[:most]) / 100


def shared_words(one: str, other: str) -> float:
    """Return how many words two texts share in order, 0..1: twice their number, by the words of both."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(_list(one), _list(other))


def _list(text: str) -> list[str]:
    return [text[start:end].casefold() for start, end in islice(words(text, 0, len(text)), 4 * _MOST_CHARACTERS)]


def most_alike(needle: str, text: str, start: int, end: int) -> Alike | None:
    """Return the stretch of whole words between two offsets of a text that is most like `needle`.

    None if there is nothing to compare, or nothing alike.
    """
    from rapidfuzz import fuzz

    there = text[start:end]
    if not needle or not there.strip():
        return None
    found = fuzz.partial_ratio_alignment(needle[:_MOST_CHARACTERS], there)
    if found is None or not found.score:
        return None
    first = found.dest_start if len(needle) <= len(there) else 0
    last = max(found.dest_end, min(first + len(needle), len(there)))
    stretches = ((left, right) for left in _edges(there, first) for right in _edges(there, last) if left < right)
    rated = []
    for left, right in stretches:
        left, right = _tight(there, left, right, needle)
        rated.append((likeness(needle, there[left:right]), left, right))
    best, left, right = max(rated, default=(0.0, 0, 0))
    return Alike(start + left, start + right, best) if best else None


def _edges(text: str, at: int) -> set[int]:
    """The edges of the word that an offset is in, as far as they are near; itself if it is in none."""
    if not 0 < at < len(text) or not is_one_word(text[at - 1], text[at]):
        return {at}
    left, right = max(0, at - _LONGEST_WORD), min(len(text), at + _LONGEST_WORD)
    before = next((edge for edge in range(at - 1, left, -1) if not is_one_word(text[edge - 1], text[edge])), left)
    after = next((edge for edge in range(at + 1, right) if not is_one_word(text[edge - 1], text[edge])), right)
    return {before, after}


def _tight(text: str, left: int, right: int, needle: str) -> tuple[int, int]:
    """Leave out white space at both ends, and signs if the needle has none there."""
    while left < right and (text[left].isspace() or (needle[0].isalnum() and not text[left].isalnum())):
        left += 1
    while left < right and (text[right - 1].isspace() or (needle[-1].isalnum() and not text[right - 1].isalnum())):
        right -= 1
    return left, right


class WordIndex:
    """Where the words of a text stand, to find a stretch that shares rare ones with some words quickly."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = list(words(text, 0, len(text)))
        self._numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, (start, end) in enumerate(self._spans):
            self._numbers[text[start:end].casefold()].append(number)

    def most_alike(self, needle: str) -> Alike | None:
        """Return the stretch most like `needle` among those that share rare words with it; None without one."""
        found = [most_alike(needle, self._text, start, end) for start, end in self._neighbourhoods(needle)]
        return max((one for one in found if one), key=lambda one: (one.likeness, -one.start), default=None)

    def _neighbourhoods(self, needle: str) -> Iterator[tuple[int, int]]:
        wanted = _list(needle)
        votes: Counter[int] = Counter()
        for word in dict.fromkeys(wanted):
            numbers = self._numbers.get(word, ())
            if len(numbers) <= _COMMON:
                # Neighbouring buckets overlap, so that no stretch falls between two.
                votes.update({number // len(wanted) + side for number in numbers for side in (0, 1)})
        for bucket, _ in votes.most_common(_NEIGHBOURHOODS):
            first = max(0, (bucket - 2) * len(wanted))
            last = min(len(self._spans), (bucket + 2) * len(wanted))
            yield self._spans[first][0], self._spans[last - 1][1]

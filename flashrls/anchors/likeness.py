"""The stretch of a text that is most like some words, and how like it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flashrls.anchors.words import words

_REACH = 80
"""So many characters, and `_MOST_MOVES` words, the ends of a stretch may move to make it whole words."""

_MOST_MOVES = 10
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
    """Return the stretch of whole words around or between two offsets of a text that is most like `needle`.

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
    first, last = _whole_words(needle, text, start + first, start + last)
    alike = likeness(needle, text[first:last])
    return Alike(first, last, alike) if alike else None


def _whole_words(needle: str, text: str, first: int, last: int) -> tuple[int, int]:
    """Move the ends of a stretch from word to word as long as that makes it more like the needle."""
    near = list(words(text, max(0, first - _REACH), min(len(text), last + _REACH)))
    inside = [at for at, (start, end) in enumerate(near) if end > first and start < last]
    if not inside:
        return first, last

    def bounds(left: int, right: int) -> tuple[int, int]:
        end = near[right][1]
        has_sign = not needle[-1].isalnum() and text[end : end + 1] == needle[-1]
        return near[left][0], end + has_sign

    best, left, right = -1.0, inside[0], inside[-1]
    for _ in range(_MOST_MOVES):
        moves = ((left, right), (left + 1, right), (left, right - 1), (left - 1, right), (left, right + 1))
        rated = [
            (likeness(needle, text[slice(*bounds(*move))]), move)
            for move in moves
            if 0 <= move[0] <= move[1] < len(near)
        ]
        alike, move = max(rated, key=lambda one: one[0])
        if alike <= best:
            break
        best, (left, right) = alike, move
    return bounds(left, right)


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

"""Telling a place by what stands around it, when its document has changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from flashrls.anchors.find import Finder, Place, positions
from flashrls.anchors.likeness import Alike, likeness, most_alike, shared_words

_AROUND = (60, 30)
"""So many characters before and after a place are its neighbourhood: first more, then fewer."""

_RIVALS = 20
"""So many occurrences of one quote are told apart, those nearest to where it stood."""

_SAME_SECTION = 0.5
"""What a section of the same title adds to the likeness of two neighbourhoods, itself 0..1."""

_AT_HOME = 0.8
"""The least likeness of two neighbourhoods that tells one of several occurrences: some words of them changed."""

_ENCLOSED = (0.55, 0.5)
"""The least likeness of characters, or else of words, of what stands between both old neighbours.

Of phrases of 3 to 12 words of an article, 99 of 100 were less like an unrelated one than 0.6, half of them
less than 0.4; with a word changed 95 of 100 were more like themselves than 0.59.
"""

_BESIDE = (0.6, 0.4)
"""The least likeness of characters, and of words, of the best that stands beside one old neighbour.

So alike were 1 of 100 unrelated phrases of 3 words, fewer of longer ones, and 91 of 100 with a word changed.
"""

_SLACK = 20
"""So many characters, and twice its own, are searched for a phrase beside its neighbour."""


@dataclass(frozen=True, slots=True)
class _Neighbourhood:
    before: str
    after: str
    section: str


def _around(finder: Finder, place: Place) -> _Neighbourhood:
    start, end = finder.folded.stretch(place.start, place.end)
    text, sections = finder.folded.text, finder.sections
    return _Neighbourhood(
        text[max(0, start - _AROUND[0]) : start],
        text[end : end + _AROUND[0]],
        sections.titles[sections.at(place.start)],
    )


def _alike(one: _Neighbourhood, other: _Neighbourhood) -> float:
    # Where the text begins or ends, only as much is compared as there is.
    before = min(len(one.before), len(other.before))
    after = min(len(one.after), len(other.after))
    both = likeness(_last(before, one.before), _last(before, other.before))
    return (both + likeness(one.after[:after], other.after[:after])) / 2


def _rank(one: _Neighbourhood, other: _Neighbourhood) -> float:
    return _alike(one, other) + _SAME_SECTION * (one.section == other.section)


def _last(count: int, text: str) -> str:
    return text[len(text) - count :]


def nearest(old: Finder, new: Finder, mine: Place, places: Sequence[Place]) -> list[Place]:
    """Return the few of `places` in the new text that are nearest to where `mine` stands in the old one."""
    scale = len(new.document.text) / max(1, len(old.document.text))
    return sorted(places, key=lambda place: abs(place.start - mine.start * scale))[:_RIVALS]


def the_same(
    old: Finder, new: Finder, mine: Place, before: Sequence[Place], after: Sequence[Place]
) -> Place | None:
    """Return which occurrence in the new text is the one that stood at `mine`; None if all were others.

    Args:
        old: the text before the change.
        new: the text after it.
        mine: in the old text.
        before: every occurrence of the same words there.
        after: every occurrence in the new text.
    """
    others = [_around(old, place) for place in nearest(old, old, mine, before) if place.start != mine.start]
    if not others and len(after) == 1:
        return after[0]
    ours = _around(old, mine)
    # Where whole passages repeat, nothing but their order tells them apart.
    twin = after[before.index(mine)] if len(before) == len(after) and mine in before else None
    rated: list[tuple[float, bool, Place]] = []
    for place in nearest(old, new, mine, after):
        there = _around(new, place)
        rank = _rank(ours, there)
        if _alike(ours, there) >= _AT_HOME and all(_rank(other, there) <= rank for other in others):
            rated.append((rank, place == twin, place))
    return max(rated, key=lambda one: one[:2])[2] if rated else None


def is_anothers(old: Finder, new: Finder, mine: Place, place: Place) -> bool:
    """Whether the words at `place` stood in the old text too, with neighbours more like theirs now than mine."""
    there = _around(new, place)
    ours = _rank(_around(old, mine), there)
    stood = old.every(new.document.text[place.start : place.end])[0]
    others = (one for one in nearest(old, old, mine, stood) if one.end <= mine.start or one.start >= mine.end)
    return any(_rank(_around(old, other), there) > ours for other in others)


def between(old: Finder, new: Finder, mine: Place) -> Place | None:
    """Return what stands in the new text between the old neighbours of `mine`, or beside one, if it is like it."""
    start, end = old.folded.stretch(mine.start, mine.end)
    text, changed = old.folded.text, new.folded.text
    needle = text[start:end].strip()
    for around in _AROUND:
        begins = _behind(text[max(0, start - around) : start], changed)
        ends = _ahead(text[end : end + around], changed)
        found = _best(_enclosed(needle, changed, begins, ends)) or _best(_beside(needle, changed, begins, ends))
        if found:
            first, last = new.folded.span(found.start, found.end)
            return Place(first, last, ((first, last),))
    return None


def _behind(words: str, text: str) -> list[int]:
    """Where in the text the words end; at its start if there are none."""
    return [at + len(words) for at in islice(positions(text, words), _RIVALS)] if words.strip() else [0]


def _ahead(words: str, text: str) -> list[int]:
    """Where in the text the words begin; at its end if there are none."""
    return list(islice(positions(text, words), _RIVALS)) if words.strip() else [len(text)]


def _best(found: Iterator[Alike]) -> Alike | None:
    return max(found, key=lambda one: one.likeness, default=None)


def _enclosed(needle: str, text: str, begins: Sequence[int], ends: Sequence[int]) -> Iterator[Alike]:
    for begin in begins:
        at = bisect_left(ends, begin)
        if at == len(ends) or ends[at] - begin > 3 * len(needle) + _SLACK:
            continue
        words = text[begin : ends[at]].strip()
        alike = likeness(needle, words)
        if words and (alike >= _ENCLOSED[0] or shared_words(needle, words) >= _ENCLOSED[1]):
            start = text.index(words, begin)
            yield Alike(start, start + len(words), alike)


def _beside(needle: str, text: str, begins: Sequence[int], ends: Sequence[int]) -> Iterator[Alike]:
    reach = 2 * len(needle) + _SLACK
    windows = [(begin, min(len(text), begin + reach)) for begin in begins]
    windows += [(max(0, end - reach), end) for end in ends]
    for start, end in windows:
        found = most_alike(needle, text, start, end)
        if found is None or found.likeness < _BESIDE[0]:
            continue
        if shared_words(needle, text[found.start : found.end]) >= _BESIDE[1]:
            yield found

"""Following anchors through a change of their document: what stands, moved, was reworded, is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flashrls.anchors.find import Ambiguous, Finder, Place
from flashrls.anchors.fold import fold
from flashrls.anchors.likeness import WordIndex, shared_words
from flashrls.anchors.neighbours import between, is_anothers, nearest, the_same
from flashrls.order import longest_rise

_ANYWHERE = (0.75, 0.6)
"""The least likeness of characters, and of words, of what stands elsewhere without its old neighbours.

By characters alone, 1 of 10 unrelated phrases of 4 words has one as like in an article of the same subject.
"""


class Standing(StrEnum):
    """What is known of an anchor: unknown or ambiguous; verbatim; verbatim elsewhere; changed; gone."""

    UNVERIFIED = "unverified"
    FOUND = "found"
    MOVED = "moved"
    REWORDED = "reworded"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor in the text before the change.

    Attributes:
        quote: its words, as the card gives them.
        place: where it stood; None if it didn't.
        sections: titles that tell where its card belongs, as for `Finder.find`.
    """

    quote: str
    place: Place | None
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refound:
    """An anchor in the text after the change: where it stands, None if nowhere, and the words there, else ""."""

    standing: Standing
    place: Place | None
    words: str


def refind(old: Finder, new: Finder, anchors: Sequence[Anchor]) -> list[Refound]:
    """Return what became of each anchor, in their order.

    FOUND are those whose words stand in a section of the same title and in the same order as most
    others; MOVED those whose words stand elsewhere. Of several occurrences the neighbourhood and the
    section's title tell the right one. REWORDED are those with other words between the same
    neighbours, or like words elsewhere, and those that differed from their quote before.
    """
    search = _Search(old, new)
    refound = [search.one(anchor) for anchor in anchors]
    verbatim = [at for at, one in enumerate(refound) if anchors[at].place and one.standing is Standing.FOUND]
    verbatim.sort(key=lambda at: _span(anchors[at].place))
    in_order = longest_rise([_span(refound[at].place)[0] for at in verbatim])
    for rank, at in enumerate(verbatim):
        if rank not in in_order or not search.is_same_section(anchors[at].place, refound[at].place):
            refound[at] = Refound(Standing.MOVED, refound[at].place, refound[at].words)
    return refound


def _span(place: Place | None) -> tuple[int, int]:
    return (place.start, place.end) if place else (0, 0)


class _Search:
    def __init__(self, old: Finder, new: Finder) -> None:
        self._old = old
        self._new = new
        self._index: WordIndex | None = None

    def one(self, anchor: Anchor) -> Refound:
        if anchor.place is None:
            found = self._new.find(anchor.quote, anchor.sections)
            if isinstance(found, Place):
                return self._told(Standing.FOUND, found)
            return Refound(Standing.UNVERIFIED if isinstance(found, Ambiguous) else Standing.LOST, None, "")
        verbatim, _ = self._new.every(anchor.quote)
        place = self._the_same(anchor.place, anchor.quote, verbatim) or self._changed(anchor.place, anchor.quote)
        if place:
            is_verbatim = place in verbatim or _same(self._new.words(place), anchor.quote)
            return self._told(Standing.FOUND if is_verbatim else Standing.REWORDED, place)
        # Its passage is gone; but its words stand elsewhere, as they did before, and prove the card there.
        left = nearest(self._old, self._new, anchor.place, verbatim)
        return self._told(Standing.FOUND, left[0]) if left else Refound(Standing.LOST, None, "")

    def is_same_section(self, before: Place | None, after: Place | None) -> bool:
        old, new = self._old.sections, self._new.sections
        return old.titles[old.at(_span(before)[0])] == new.titles[new.at(_span(after)[0])]

    def _told(self, standing: Standing, place: Place) -> Refound:
        return Refound(standing, place, self._new.words(place))

    def _the_same(self, mine: Place, quote: str, after: Sequence[Place]) -> Place | None:
        return the_same(self._old, self._new, mine, self._old.every(quote)[0], after) if after else None

    def _changed(self, place: Place, quote: str) -> Place | None:
        """Where the words of a place are that are not what they were, or not where they were."""
        stood = self._old.document.text[place.start : place.end]
        kept = None if _same(stood, quote) else self._the_same(place, stood, self._new.every(stood)[0])
        if kept:
            return kept
        found = between(self._old, self._new, place) or self._elsewhere(stood)
        return found if found and not is_anothers(self._old, self._new, place, found) else None

    def _elsewhere(self, stood: str) -> Place | None:
        """What is like the words that stood there, wherever it is."""
        if self._index is None:
            self._index = WordIndex(self._new.folded.text)
        needle = fold(stood).text.strip()
        found = self._index.most_alike(needle)
        if found is None or not _ANYWHERE[0] <= found.likeness < 1:
            return None
        if shared_words(needle, self._new.folded.text[found.start : found.end]) < _ANYWHERE[1]:
            return None
        start, end = self._new.folded.span(found.start, found.end)
        return Place(start, end, ((start, end),))


def _same(one: str, other: str) -> bool:
    return fold(one).text.strip() == fold(other).text.strip()

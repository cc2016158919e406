"""Finding a quote in a document: its words as they stand there, whatever typesetting did to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flashrls.anchors.chain import Span, joined
from flashrls.anchors.fold import Folded, fold, is_without_width
from flashrls.anchors.sections import Sections
from flashrls.anchors.words import is_one_word
from flashrls.documents.outline import outline
from flashrls.documents.text import Document, Outline

MOST_PLACES = 20
"""So many places of an ambiguous quote are kept."""

_MOST_PARTS = 20
_MOST_SPANS = 100_000
"""So many occurrences are looked at; what occurs more often is no quote, whatever its section."""

_OVERLAPPING = 2_000_000
"""So many characters are compared again for occurrences that overlap ("aa" in "aaaa"); the others are left out."""

_ELLIPSIS = re.compile(r"(?:…|\.{3})[.…]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: offsets in the document's text, `start` inclusive, `end` exclusive.

    Attributes:
        parts: the quoted stretches in rising order; several if `…` joins them in the quote.
    """

    start: int
    end: int
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A quote that fits several places: the first 20, and how many there are in all."""

    places: tuple[Place, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A quote that is not in the document.

    Attributes:
        nearest: the stretch most like it; None if none was looked for, or nothing is like it.
        likeness: of the two, 0..1.
    """

    nearest: Place | None
    likeness: float


class Finder:
    """A document, folded once to find many quotes in.

    Attributes:
        document: the document.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def outline(self) -> Outline:
        """The document's sections and sentences."""
        return outline(self.document)

    @cached_property
    def folded(self) -> Folded:
        """The document's text as quotes are looked for in it."""
        return fold(self.document.text)

    @cached_property
    def sections(self) -> Sections:
        """The headings of the document, without the cost of its sentences."""
        return Sections(self.document)

    def find(self, quote: str, sections: Sequence[str] = ()) -> Place | Ambiguous | Missing:
        """Return the place of a quote.

        The whole quote is looked for first, since a source may hold a `…` itself. Occurrences that cut
        a word count only if there is no other. Of several the one counts whose section the card names:
        the one with most of the titles above it, and of those one right below such a title.

        Args:
            quote: words of the document; `…` or `...` joins parts that follow each other in one section,
                at most 1,000 characters apart.
            sections: titles that tell where the card belongs, in any order and case.

        Returns:
            Ambiguous if several places fit equally well; Missing without its nearest stretch, which
            `near` finds, if none does, also for a quote without a letter or sign.
        """
        places, count = self.every(quote)
        if count > 1 and sections and len(places) == count:
            ranks = self.sections.ranks(sections)
            ranked = [ranks[self.sections.at(place.start)] for place in places]
            best = max(ranked)
            if best > (0, 0) and ranked.count(best) == 1:
                return places[ranked.index(best)]
        if count > 1:
            return Ambiguous(tuple(places[:MOST_PLACES]), count)
        return places[0] if places else Missing(None, 0.0)

    def every(self, quote: str) -> tuple[list[Place], int]:
        """Return the places of a quote in rising order, and how many there are: all, up to a hundred thousand."""
        spans, count = self._spans(quote)
        if spans:
            return [Place(start, end, ((start, end),)) for start, end in spans], count
        parts = [part for part in _ELLIPSIS.split(quote) if fold(part).text.strip()]
        if not 0 < len(parts) <= _MOST_PARTS or parts == [quote]:
            return [], 0
        spans_of = {part: self._spans(part)[0] for part in {part.strip() for part in parts}}
        chains = joined([spans_of[part.strip()] for part in parts], self.sections)
        return [Place(chain[0][0], chain[-1][1], chain) for chain in chains], len(chains)

    def near(self, quote: str) -> Missing:
        """Return the stretch of the document that is most like a quote, for a message; this takes a while."""
        from flashrls.anchors.likeness import most_alike

        needle = " ".join(fold(_ELLIPSIS.sub(" ", quote)).text.split())
        text = self.folded.text
        found = most_alike(needle, text, 0, len(text))
        if found is None:
            return Missing(None, 0.0)
        start, end = self.folded.span(found.start, found.end)
        return Missing(Place(start, end, ((start, end),)), found.likeness)

    def words(self, place: Place) -> str:
        """Return the document's words at a place on one line, with ` … ` between its parts."""
        text = self.document.text
        return " … ".join(" ".join(text[start:end].split()) for start, end in place.parts)

    def _spans(self, quote: str) -> tuple[list[Span], int]:
        """The stretches that read as the quote does; those that cut a word only for want of others."""
        needle = fold(quote).text.strip()
        if not needle:
            return [], 0
        whole: set[Span] = set()
        cutting: set[Span] = set()
        counts = [0, 0]

        def add(span: Span, is_cut: bool) -> None:
            if span not in whole and span not in cutting:
                counts[is_cut] += 1
                if counts[is_cut] <= _MOST_SPANS:
                    (cutting if is_cut else whole).add(span)

        for at in positions(self.folded.text, needle):
            end = at + len(needle)
            add(self.folded.span(at, end), self._is_cut(at) or self._is_cut(end))
        # A quote that ends inside of what was folded together stands in the text all the same.
        if not whole or needle[0] == "-" or needle[-1] == "-":
            for span, is_cut in self._literal(quote.strip(), needle):
                add(span, is_cut)
        return (sorted(whole), counts[0]) if whole else (sorted(cutting), counts[1])

    def _literal(self, quote: str, needle: str) -> Iterator[tuple[Span, bool]]:
        """Where the quote stands as it is written and yet folds otherwise there, and whether it cuts a word."""
        text = self.document.text
        for start in positions(text, quote):
            end = start + len(quote)
            first, last = self.folded.stretch(start, end)
            if self.folded.text[first:last].strip() == needle:
                continue
            is_cut = any(0 < at < len(text) and is_one_word(text[at - 1], text[at]) for at in (start, end))
            left, right = self.folded.span(first, last) if first < last else (start, end)
            yield (min(start, left), max(end, right)), is_cut

    def _is_cut(self, at: int) -> bool:
        """Whether the folded text has one word around this offset."""
        text = self.folded.text
        if not 0 < at < len(text) or not is_one_word(text[at - 1], text[at]):
            return False
        # A hyphen that was dropped is the seam of two words; what has no width isn't.
        left, right = self.folded.span(at - 1, at)[1], self.folded.span(at, at + 1)[0]
        return is_without_width(self.document.text[left:right])


def positions(text: str, needle: str) -> Iterator[int]:
    """Yield where `needle`, not empty, stands in `text`; overlapping itself as long as that costs little."""
    overlapping = max(MOST_PLACES, _OVERLAPPING // len(needle))
    at = text.find(needle)
    while at >= 0:
        yield at
        overlapping -= 1
        at = text.find(needle, at + (1 if overlapping > 0 else len(needle)))

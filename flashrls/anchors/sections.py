"""The sections of a document by its headings alone, and which of them a card means."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from flashrls.anchors.fold import fold
from flashrls.documents.text import Document


class Sections:
    """The headings of a document; the text above the first is a section without a title."""

    def __init__(self, document: Document) -> None:
        self._starts = [heading.start for heading in document.headings]
        self._levels = [heading.level for heading in document.headings]
        self.titles = ("", *(title_key(document.text[one.start : one.end]) for one in document.headings))

    def at(self, offset: int) -> int:
        """Return the number of the section that an offset lies in; 0 is the text above the first heading."""
        return bisect_right(self._starts, offset)

    def ranks(self, wanted: Sequence[str]) -> list[tuple[int, int]]:
        """Return of each section how many wanted titles it stands below, and whether its own is one."""
        keys = {title_key(title) for title in wanted} - {""}
        ranks = [(0, 0)]
        above: list[tuple[int, str]] = []
        for level, title in zip(self._levels, self.titles[1:], strict=True):
            while above and above[-1][0] >= level:
                above.pop()
            above.append((level, title))
            ranks.append((len(keys & {key for _, key in above}), int(title in keys)))
        return ranks


def title_key(title: str) -> str:
    """Return what two titles have in common that differ in case and typesetting only."""
    return fold(title).text.strip().casefold()

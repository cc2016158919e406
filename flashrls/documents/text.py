"""A document as its text, and its outline: sections and sentences as stretches of that text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a document's text: `start` inclusive, `end` exclusive, `level` from 1."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text that cards are made from.

    Attributes:
        title: its own title, else its file's name without the suffix.
        file: the name of the file it came from, without folders.
        sha256: of that file's bytes, in hexadecimal.
        text: the text as it is read, without markup; paragraphs are parted by blank lines. All
            offsets count its characters.
        headings: in rising order, each a whole line of the text.
    """

    title: str
    file: str
    sha256: str
    text: str
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what follows it, up to the next heading of any level.

    Attributes:
        title: the heading's words; empty for text above the first heading.
        path: the titles from the outermost heading down to this one, joined by " > ".
        level: of the heading, from 1; 0 without one.
        start: where its heading begins.
        end: where the next section begins.
    """

    title: str
    path: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: `start` inclusive, `end` exclusive, no white space at either; `section` counts from 0."""

    start: int
    end: int
    section: int


@dataclass(frozen=True)
class Outline:
    """A document's sections and sentences, both in the order of the text. Headings are not sentences."""

    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _ends(self) -> list[int]:
        return [sentence.end for sentence in self.sentences]

    @cached_property
    def _owners(self) -> list[int]:
        return [sentence.section for sentence in self.sentences]

    def touching(self, start: int, end: int) -> range:
        """Return the indexes of the sentences that share a character with `start` (inclusive) to `end` (exclusive).

        A stretch without a character touches none.
        """
        if end <= start:
            return range(0)
        first = bisect_right(self._ends, start)
        return range(first, max(first, bisect_left(self._starts, end)))

    def of_section(self, section: int) -> range:
        """Return the indexes of the sentences of the section `section`, counted from 0."""
        return range(bisect_left(self._owners, section), bisect_right(self._owners, section))

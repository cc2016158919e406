"""A document's outline: its headings make sections, its paragraphs fall into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flashrls.documents.sentences import cut, stripped
from flashrls.documents.text import Document, Outline, Section, Sentence

_BULLET = re.compile(r"[-*+•‣◦▪●○·]\s+\S")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+\S")


def outline(document: Document) -> Outline:
    """Return the document's sections and sentences; the same text and headings give the same outline.

    A sentence never spans a blank line, a heading, two items of a list or two rows of a table; it may
    span the end of a line.
    """
    sections = _sections(document)
    shift = len(sections) - len(document.headings)
    sentences: list[Sentence] = []
    for number, section in enumerate(sections):
        begin = document.headings[number - shift].end if number >= shift else section.start
        for start, end, is_whole in _stretches(document.text, begin, section.end):
            stretch = document.text[start:end]
            bounds = [stripped(stretch)] if is_whole else cut(stretch)
            sentences += [Sentence(start + a, start + b, number) for a, b in bounds]
    return Outline(tuple(sections), tuple(sentences))


def _sections(document: Document) -> list[Section]:
    text, headings = document.text, document.headings
    bounds = [*(heading.start for heading in headings), len(text)]
    sections = [Section("", "", 0, 0, bounds[0])] if text[: bounds[0]].strip() else []
    above: list[tuple[int, str]] = []
    for heading, end in zip(headings, bounds[1:], strict=True):
        title = " ".join(text[heading.start : heading.end].split())
        above = [*(pair for pair in above if pair[0] < heading.level), (heading.level, title)]
        path = " > ".join(words for _, words in above)
        sections.append(Section(title, path, heading.level, heading.start, end))
    return sections


def _stretches(text: str, begin: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the bounds of paragraphs, items and rows, and whether it is one sentence as it stands."""
    start: int | None = None
    stop = begin
    items = _Items()
    while begin < end:
        newline = text.find("\n", begin, end)
        after = end if newline < 0 else newline
        line = text[begin:after].strip()
        is_row = _is_row(line)
        if start is not None and (not line or is_row or items.opens(line)):
            yield start, stop, False
            start = None
        if is_row:
            yield begin, after, True
        elif line:
            if start is None:
                start = begin
                items.begin(line)
            stop = after
        begin = after + 1
    if start is not None:
        yield start, stop, False


def _is_row(line: str) -> bool:
    if "\t" in line:
        return True
    if line[-1:].isdigit():
        # Of a table of contents.
        return "....." in line or ". . . ." in line
    return len(line) > 1 and line[0] == line[-1] == "|"


class _Items:
    """Tells an item of a list from a line of prose that happens to begin like one ("in | 1999. Then")."""

    def __init__(self) -> None:
        self._number: int | None = None

    def begin(self, line: str) -> None:
        """Take the first line of a stretch."""
        found = _NUMBER.match(line)
        self._number = int(found[1]) if found else None

    def opens(self, line: str) -> bool:
        """Return whether a line below another begins an item."""
        found = _NUMBER.match(line)
        if found is None:
            return _BULLET.match(line) is not None
        return int(found[1]) == 1 or (self._number is not None and int(found[1]) == self._number + 1)

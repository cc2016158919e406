"""The passage of a document that an anchor quotes, with its surroundings. No screen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from flashrls.anchors.find import Finder, Place
from flashrls.tui.marked import Marked, Stretch, joined, marked

BEFORE, AFTER = 420, 1_400
"""Characters of the surroundings: so few before that the quoted words are in sight on a small screen."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted stretch with its surroundings, all inside of its section.

    Attributes:
        paragraphs: the text, the quoted words marked.
        main: index of the paragraph in which the quoted words begin.
    """

    paragraphs: tuple[Marked, ...]
    main: int


def _section_at(finder: Finder, offset: int) -> int:
    """Return the index of the section in which an offset of the document lies."""
    starts = [section.start for section in finder.outline.sections]
    return max(0, bisect_right(starts, offset) - 1)


def passage(finder: Finder, place: Place, quoted: Sequence[Stretch]) -> Passage:
    """Return the surroundings of a place.

    Args:
        finder: the document.
        place: what has to be in them.
        quoted: the stretches to mark: those of the place, and of others that may be near.
    """
    text = finder.document.text
    start, end = _bounds(finder, place)
    paragraphs: list[Marked] = []
    main = 0
    marks = joined(quoted)
    for first, last in _paragraphs(text, start, end):
        shown = marked(text, first, last, marks)
        if first <= place.start:
            main = len(paragraphs)
        paragraphs.append(shown)
    return Passage(_with_dots(paragraphs, finder, start, end), main)


def _bounds(finder: Finder, place: Place) -> Stretch:
    """Where the surroundings begin and end: at words, inside of the section."""
    text, sections = finder.document.text, finder.outline.sections
    first, last = 0, len(text)
    if sections:
        first = _behind_heading(finder, place.start)
        last = sections[_section_at(finder, max(place.start, place.end - 1))].end
    start, end = max(first, place.start - BEFORE), min(last, place.end + AFTER)
    if start > first and (space := _SPACE.search(text, start, place.start)):
        start = space.end()
    if end < last:
        cut = max(text.rfind(space, place.end, end) for space in " \n")
        end = cut if cut > 0 else end
    return min(start, place.start), max(end, place.end)


def _behind_heading(finder: Finder, offset: int) -> int:
    """Where the text of the section around `offset` begins; its heading is left out unless `offset` lies in it."""
    section = finder.outline.sections[_section_at(finder, offset)]
    if not section.level:
        return section.start
    headings = finder.document.headings
    heading = headings[bisect_right([h.start for h in headings], section.start) - 1]
    return heading.end if offset >= heading.end else section.start


def _paragraphs(text: str, start: int, end: int) -> list[Stretch]:
    found: list[Stretch] = []
    for gap in _BLANK_LINE.finditer(text, start, end):
        found.append((start, gap.start()))
        start = gap.end()
    return [(first, last) for first, last in [*found, (start, end)] if text[first:last].strip()]


def _with_dots(paragraphs: list[Marked], finder: Finder, start: int, end: int) -> tuple[Marked, ...]:
    """Say where the section goes on before and after what is shown."""
    text = finder.document.text
    if paragraphs and start > 0 and not _ends_block(text, start):
        first = paragraphs[0]
        paragraphs[0] = Marked(f"…{first.text}", tuple((a + 1, b + 1) for a, b in first.marks))
    if paragraphs and end < len(text) and not _begins_block(text, end):
        paragraphs[-1] = Marked(f"{paragraphs[-1].text}…", paragraphs[-1].marks)
    return tuple(paragraphs)


def _ends_block(text: str, at: int) -> bool:
    """Whether what stands right before `at` is the end of a line."""
    return text[:at][-1:] == "\n" or text[at : at + 1] == "\n"


def _begins_block(text: str, at: int) -> bool:
    return text[at : at + 1] in ("", "\n") or text[max(0, at - 1) : at] == "\n"

"""Plain text: headings are known by their shape alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from unicodedata import east_asian_width

from flashrls.documents.manuscript import (
    DEEPEST_HEADING,
    LONGEST_HEADING,
    MOST_HEADINGS,
    Manuscript,
    Unreadable,
    settled,
    title_of,
)
from flashrls.documents.text import Heading

_MOST_WORDS = 12
_MOST_IN_A_ROW = 4
"""More short lines than this one after another, with no text between them, are a list or a poem."""

_UNDERLINE = re.compile(r"={3,}|-{3,}")
_ORNAMENT = re.compile(r"([-=_*~#+─═—·•])(?: *\1){2,}")
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,8})\.?\s+\S")
_CHAPTER = re.compile(r"(?:chapter|part|book|appendix)\s+(?:\d{1,3}|[ivxlc]{1,7})\b", re.IGNORECASE)
_ITEM_OR_QUOTE = re.compile(r"[-*+•‣◦▪●○·–—]\s|\(?[a-zA-Z][.)]\s|\(\d|\d{1,3}\)|[>\"'“”‘„«»「『|]")
_COLUMNS = re.compile(r"\S(?: {2,}|\t| ?\|)\s*\S")
_CLOSERS = "\"'”’»)]」』"
_ENDS = ".;:,…。；：，、"


@dataclass(slots=True)
class _Paragraph:
    start: int
    end: int
    level: int
    """Of the heading it looks like, from 1; 0 if it looks like none."""
    is_underlined: bool = False
    depth: int = 0
    """How many numbers its own number has; 0 without one."""


def read_plain(text: str) -> Manuscript:
    """Return a plain text with the headings that its shape gives away.

    A heading is a short line that stands alone, is no item and no quotation, doesn't end like a
    sentence, and has text below it. The very first paragraph, if it is such a line, is the title, of
    level 1; a line underlined with `=` is of level 1, too; "1.2 Words" of the level of its depth;
    others of level 2. Underlines and lines of ornaments are left out of the text.
    """
    lines = [line.rstrip() for line in settled(text).split("\n")]
    paragraphs = _paragraphs(lines)
    headings = _headings(paragraphs)
    text = "\n".join(lines)
    first = paragraphs[0] if paragraphs else None
    title = text[first.start : first.end] if first and first.level == 1 else ""
    return Manuscript(title_of(title), text, headings)


def _paragraphs(lines: list[str]) -> list[_Paragraph]:
    # Underlines and ornaments become blank lines on the way, so offsets are those of the joined lines.
    found: list[_Paragraph] = []
    offset, at = 0, 0
    while at < len(lines):
        if _ORNAMENT.fullmatch(lines[at].strip()):
            lines[at] = ""
        first, start = at, offset
        while at < len(lines) and lines[at].strip() and not (at > first and _is_ornament(lines[at])):
            offset += len(lines[at]) + 1
            at += 1
        if at > first:
            found.append(_paragraph(lines, first, at, start, offset - 1, is_first=not found))
        else:
            offset += len(lines[at]) + 1
            at += 1
    return found


def _is_ornament(line: str) -> bool:
    return _ORNAMENT.fullmatch(line.strip()) is not None


def _paragraph(lines: list[str], first: int, after: int, start: int, end: int, *, is_first: bool) -> _Paragraph:
    line = lines[first].strip()
    start += len(lines[first]) - len(lines[first].lstrip())
    if after - first > 1 or len(line) > LONGEST_HEADING:
        return _Paragraph(start, end, 0)
    under = lines[after].strip() if after < len(lines) else ""
    if _UNDERLINE.fullmatch(under) and not line.endswith(".") and not _COLUMNS.search(line):
        return _Paragraph(start, end, 1 if under[0] == "=" else 2, is_underlined=True)
    if not is_title_shaped(line, may_be_lower=is_first):
        return _Paragraph(start, end, 0)
    if numbered := _NUMBERED.match(line):
        depth = numbered[1].count(".") + 1
        return _Paragraph(start, end, min(1 + depth, DEEPEST_HEADING), depth=depth)
    return _Paragraph(start, end, 1 if is_first else 2)


def is_title_shaped(line: str, *, may_be_lower: bool = False) -> bool:
    """Return whether a line without white space around it could be a heading.

    Args:
        line: the line.
        may_be_lower: whether its first word may be without a capital.
    """
    if _CHAPTER.match(line) and _words(line) <= _MOST_WORDS:
        return True
    end = line.rstrip(_CLOSERS)
    if not end or end[-1] in _ENDS or _words(line) > _MOST_WORDS:
        return False
    if _ITEM_OR_QUOTE.match(line) or _COLUMNS.search(line):
        return False
    letters = [word for word in line.split() if any(map(str.isalpha, word))]
    return bool(letters) and (may_be_lower or not letters[0].islower())


def _words(line: str) -> float:
    # Chinese and Japanese put no spaces between words; two characters make about one.
    wide = 0 if line.isascii() else sum(east_asian_width(char) in "WF" for char in line)
    return len(line.split()) + wide / 2


def _headings(paragraphs: Sequence[_Paragraph]) -> tuple[Heading, ...]:
    for has_shape, group in groupby(paragraphs, key=lambda paragraph: paragraph.level > 0):
        run = list(group)
        if has_shape and run[-1] is paragraphs[-1]:
            # No text follows: titles of something that isn't here.
            _discard(run)
        elif has_shape:
            _discard(_listed(run, has_title=run[0] is paragraphs[0]))
    headings = tuple(Heading(found.start, found.end, found.level) for found in paragraphs if found.level)
    if len(headings) > MOST_HEADINGS:
        raise Unreadable(f"it has more than {MOST_HEADINGS:,} headings.", "Cut it into smaller files.")
    return headings


def _listed(run: Sequence[_Paragraph], *, has_title: bool) -> list[_Paragraph]:
    guessed = [paragraph for paragraph in run[has_title:] if not paragraph.is_underlined]
    if len(guessed) > _MOST_IN_A_ROW:
        return guessed
    # "1. Apples", "2. Pears": an enumeration with blank lines between its items.
    same = [(a, b) for a, b in pairwise(guessed) if a.depth and a.depth == b.depth]
    return [paragraph for pair in same for paragraph in pair]


def _discard(paragraphs: Sequence[_Paragraph]) -> None:
    for paragraph in paragraphs:
        paragraph.level = 0

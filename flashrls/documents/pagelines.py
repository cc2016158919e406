"""The lines of a PDF's pages, put together into paragraphs and headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from flashrls.documents.manuscript import Manuscript, Writer
from flashrls.documents.plaintext import is_title_shaped, read_plain

_RUNNING = 3
"""On how many pages a first or last line has to stand to be a running head, the page's number aside."""
_RUNNING_LINES = 2
_FEWEST_LINES = 3
"""Pages of fewer lines keep them all."""
_MOST_NUMBERS = 3
_SHORT = 0.85
"""Of a full line's length: the last line of a paragraph is mostly shorter."""
_HEADING = 0.7

_NUMBER = re.compile(r"(?<![\d.])\d{1,5}(?![\d.]\d)")
_END = re.compile(r"[.!?:。！？：][\"'”’»)\]]{0,3}$")
_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBERING = re.compile(r"(?:chapter|part|appendix|section)?\s*(?:\d{1,3}|[a-z](?=[.\d]))?(?:\.\d{1,3})*\.?\s+")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a PDF's own outline: `page` counts from 0, `level` from 1."""

    title: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class _Line:
    words: str
    page: int
    level: int = 0


def set_pages(pages: Sequence[Sequence[str]], bookmarks: Sequence[Bookmark]) -> Manuscript:
    """Return pages of lines as a text; the headings are the bookmarks that stand on their pages, else guessed.

    A paragraph ends at a short line that ends a sentence, and around a heading; one that goes on over
    a page's end isn't parted there. The title stays empty if only bookmarks tell the headings.

    Raises:
        Unreadable: there are more headings than an outline can show.
    """
    kept = _without_running_lines([[line.strip() for line in page if line.strip()] for page in pages])
    lines = _marked(kept, bookmarks)
    if any(line.level for line in lines):
        return _written(lines)
    return read_plain("\n\n".join("\n".join(group) for group, _ in _groups(lines)))


def _written(lines: Sequence[_Line]) -> Manuscript:
    writer = Writer()
    for group, level in _groups(lines):
        if level:
            writer.heading(group[0], level)
        else:
            writer.paragraph("\n".join(group))
    return writer.manuscript()


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    for _ in range(_RUNNING_LINES):
        for at in (0, -1):
            keys = {
                number: _running_keys(page[at], number)
                for number, page in enumerate(pages)
                if len(page) >= _FEWEST_LINES
            }
            seen = Counter(key for of_page in keys.values() for key in of_page)
            for number, of_page in keys.items():
                if any(seen[key] >= _RUNNING for key in of_page):
                    pages[number].pop(at)
    return pages


def _running_keys(line: str, page: int) -> set[tuple[str, int]]:
    """Return what running heads have in common: their words, and how far a number is ahead of the page's."""
    folded = line.casefold()
    keys = {(folded, 0)}
    for found in islice(_NUMBER.finditer(folded), _MOST_NUMBERS):
        keys.add((f"{folded[: found.start()]}#{folded[found.end() :]}", int(found[0]) - page))
    return keys


def _marked(pages: Sequence[Sequence[str]], bookmarks: Sequence[Bookmark]) -> list[_Line]:
    """Return all pages' lines, those that are bookmarks' titles with their level; titles over two lines joined."""
    of_page: dict[int, list[Bookmark]] = defaultdict(list)
    for bookmark in bookmarks:
        of_page[bookmark.page].append(bookmark)
    lines: list[_Line] = []
    for number, page in enumerate(pages):
        found = _places(page, of_page[number]) if number in of_page else {}
        at = 0
        while at < len(page):
            taken, level = found.get(at, (1, 0))
            lines.append(_Line(" ".join(page[at : at + taken]), number, level))
            at += taken
    return lines


def _places(page: Sequence[str], bookmarks: Sequence[Bookmark]) -> dict[int, tuple[int, int]]:
    """Return where titles stand on their page: by the index of the line, how many lines it takes, and its level."""
    keys = [_title_key(line) for line in page]
    where: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        where[key].append(at)
        if at + 1 < len(page) and (both := key + _NOT_WORDS.sub("", page[at + 1].casefold())) != key:
            where[both].append(at)
    found: dict[int, tuple[int, int]] = {}
    free = 0
    for bookmark in bookmarks:
        key = _title_key(bookmark.title)
        places = where.get(key, []) if key else []
        first = bisect_left(places, free)
        if first < len(places):
            at = places[first]
            taken = 1 if keys[at] == key else 2
            found[at] = (taken, bookmark.level)
            free = at + taken
    return found


def _title_key(words: str) -> str:
    folded = words.strip().casefold()
    numbering = _NUMBERING.match(folded)
    bare = folded[numbering.end() :] if numbering else folded
    return _NOT_WORDS.sub("", bare) or _NOT_WORDS.sub("", folded)


def _groups(lines: Sequence[_Line]) -> Iterator[tuple[list[str], int]]:
    """Yield paragraphs as lines, with level 0, and headings with theirs; what looks like one stands alone."""
    lengths = sorted(len(line.words) for line in lines)
    full = lengths[len(lengths) * 4 // 5] if lengths else 0
    group: list[str] = []
    for at, line in enumerate(lines):
        after = lines[at + 1] if at + 1 < len(lines) else None
        is_guess = not group and _is_heading(line, after, full)
        if line.level and group:
            yield group, 0
            group = []
        group.append(line.words)
        if line.level or is_guess or after is None or _is_end(line, after, full):
            yield group, line.level
            group = []


def _is_end(line: _Line, after: _Line, full: int) -> bool:
    if _END.search(line.words) is None:
        return False
    return line.page != after.page or len(line.words) < _SHORT * full


def _is_heading(line: _Line, after: _Line | None, full: int) -> bool:
    if after is None or len(line.words) > _HEADING * full or not is_title_shaped(line.words):
        return False
    return not after.words[0].islower() and len(after.words) > _HEADING * full

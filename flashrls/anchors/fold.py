"""Folding: a text without what typesetting adds to it, and the way back to its own offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Set
from dataclasses import dataclass, field

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
# A double prime stands here since NFKC makes two primes of it, and accents without a letter since it makes spaces.
_MARKS = {"'": "’‘‛‚ʼ′´\u1ffd‹›", '"': "“”„‟«»″", "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212", " ": _SPACES}
_ONE_FOR_ONE = {ord(mark): plain for plain, marks in _MARKS.items() for mark in marks}
_PLAIN = {chr(code): plain for code, plain in _ONE_FOR_ONE.items()}
_DROPPED = frozenset(
    map(
        chr,
        (
            *(0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF),
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2070),
            *range(0xFE00, 0xFE10),
        ),
    )
)
_SPACES_OR_HYPHENS = re.compile("  +|-+ *")

_MOST_MARKS = 30
"""So many marks on one letter are composed at once, as Unicode allows: sorting them takes quadratic time."""


@dataclass(frozen=True, slots=True)
class _Side:
    """Where the changed stretches of a text stand: starts and ends (exclusive) in rising order."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


def _across(start: int, end: int, here: _Side, there: _Side) -> tuple[int, int]:
    """Carry a stretch from one side to the other; one that touches a changed stretch takes the whole of it."""
    at = bisect_right(here.starts, start) - 1
    first = start
    if at >= 0:
        first = there.starts[at] if start < here.ends[at] else there.ends[at] + start - here.ends[at]
    at = bisect_left(here.starts, end) - 1
    last = end
    if at >= 0:
        last = there.ends[at] + max(0, end - here.ends[at])
    return first, max(first, last)


@dataclass(frozen=True)
class Folded:
    """A text after folding, and the way back. Offsets count characters, starts inclusive, ends exclusive."""

    text: str
    _steps: tuple[tuple[_Side, _Side], ...] = field(default=(), repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original that the folded stretch came from, as tight as can be.

        A stretch that is not empty comes from one that isn't; what was dropped at either end is left
        out, and of a character that became several (`½`) the whole.
        """
        for before, after in reversed(self._steps):
            start, end = _across(start, end, after, before)
        return start, end

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Return the folded stretch that a stretch of the original became: empty if it was dropped."""
        for before, after in self._steps:
            start, end = _across(start, end, before, after)
        return start, end


def fold(text: str) -> Folded:
    """Return `text` as it is compared with other texts; case stays.

    Compatibility forms and accents are composed (NFKC), quotes and dashes become ASCII, runs of
    hyphens one, white space of any kind one space; characters without width and controls of the
    writing direction go. A hyphen between two letters goes too, with the white space behind it: a
    line's end may have brought it there, and only a dictionary could tell.
    """
    steps: list[tuple[_Side, _Side]] = []

    def change(pattern: re.Pattern[str], change_one: Callable[[re.Match[str]], str]) -> None:
        nonlocal text
        text, step = _substitute(pattern, change_one, text)
        if step[0].starts:
            steps.append(step)

    if text.isascii():
        text = text.translate(_ONE_FOR_ONE)
    else:
        characters = {character for character in set(text) if character > "\x7f" or character in _SPACES}
        for character in characters & _PLAIN.keys():
            text = text.replace(character, _PLAIN[character])
        if characters & _DROPPED:
            change(_any_of(characters & _DROPPED, "+"), lambda _: "")
        clusters = _clusters(characters - _PLAIN.keys() - _DROPPED)
        if clusters:
            change(clusters, _composed)
    change(_SPACES_OR_HYPHENS, _spaced)
    return Folded(text, tuple(steps))


def is_without_width(text: str) -> bool:
    """Whether a text has no characters but such as folding drops wherever they stand."""
    return _DROPPED.issuperset(text)


def _substitute(
    pattern: re.Pattern[str], change: Callable[[re.Match[str]], str], text: str
) -> tuple[str, tuple[_Side, _Side]]:
    """Substitute as `re.sub` does and keep where: the sides before and after."""
    before, after = _Side(), _Side()
    pieces: list[str] = []
    taken = length = 0
    for match in pattern.finditer(text):
        new = change(match)
        if new == match.group():
            continue
        start, end = match.span()
        length += start - taken
        before.starts.append(start)
        before.ends.append(end)
        after.starts.append(length)
        length += len(new)
        after.ends.append(length)
        pieces += (text[taken:start], new)
        taken = end
    return ("".join((*pieces, text[taken:])) if pieces else text), (before, after)


def _spaced(match: re.Match[str]) -> str:
    found = match.group()
    if found[0] == " ":
        return " "
    text, start, end = match.string, match.start(), match.end()
    if start and end < len(text) and text[start - 1].isalpha() and text[end].isalpha():
        return ""
    return "- " if found[-1] == " " else "-"


def _composed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group()).translate(_ONE_FOR_ONE)


def _clusters(characters: Set[str]) -> re.Pattern[str] | None:
    """Return a pattern of what NFKC may change in a text of these characters; None if that is nothing.

    Stretches between its matches don't compose with them, so each can be normalised for itself.
    """
    marks = {character for character in characters if _joins_its_left(character)}
    changing = {character for character in characters - marks if not unicodedata.is_normalized("NFKC", character)}
    found = []
    if marks:
        found.append(f"(?s:.)?{_any_of(marks, f'{{1,{_MOST_MARKS}}}').pattern}")
    if any(character <= "\uffff" for character in changing):
        found.append(_any_of([character for character in changing if character <= "\uffff"]).pattern)
    if any(character > "\uffff" for character in changing):
        found.append("[\U00010000-\U0010ffff]")  # a class of single ones up there is tried one by one
    return re.compile("|".join(found)) if found else None


def _joins_its_left(character: str) -> bool:
    first = unicodedata.normalize("NFKD", character)[0]
    # Vowels and finals of Hangul syllables are letters, and yet compose with what stands before them.
    return unicodedata.category(first)[0] == "M" or "\u1161" <= first <= "\u1175" or "\u11a8" <= first <= "\u11c2"


def _any_of(characters: Collection[str], count: str = "") -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, sorted(characters)))}]{count}")

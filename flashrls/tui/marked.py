"""A stretch of a document as a screen shows it: cleaned, on one line, with the words that matter marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content

from flashrls.clean import clean

Stretch = tuple[int, int]
"""Offsets, start inclusive, end exclusive."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without line breaks, fit for a terminal, and the stretches of it that are marked, in rising order."""

    text: str
    marks: tuple[Stretch, ...] = ()

    def quoted(self, style: str, rest: str = "") -> Content:
        """Return the text with its marked words between « and », styled so; the others have the style `rest`."""
        parts: list[tuple[str, str]] = []
        at = 0
        for start, end in self.marks:
            parts += [(self.text[at:start], rest), (f"«{self.text[start:end]}»", style)]
            at = end
        return Content.assemble(*parts, (self.text[at:], rest))


def marked(text: str, start: int, end: int, marks: Iterable[Stretch] = ()) -> Marked:
    """Return the stretch of `text` from `start` to `end`, with the parts of `marks` that lie inside of it.

    Each piece is cleaned by itself, so that the marks stay on their words whatever cleaning does to the others.

    Args:
        text: a text of others.
        start: where the stretch begins.
        end: where it ends, exclusive.
        marks: stretches of `text`; they may overlap and come in any order.
    """
    pieces: list[str] = []
    found: list[Stretch] = []
    at, length = start, 0

    def take(upto: int) -> Stretch:
        nonlocal at, length
        piece = _SPACE.sub(" ", clean(text[at:upto]))
        if not length or pieces[-1].endswith(" "):
            piece = piece.removeprefix(" ")
        if piece:
            pieces.append(piece)
        before, length, at = length, length + len(piece), upto
        return before, before + len(piece.rstrip(" "))

    for first, last in joined(marks):
        if first >= end or last <= start:
            continue
        take(max(first, start))
        inside = take(min(last, end))
        if inside[0] < inside[1]:
            found.append(inside)
    take(end)
    return Marked("".join(pieces).rstrip(" "), tuple(found))


def joined(stretches: Iterable[Stretch]) -> Sequence[Stretch]:
    """Return the stretches in rising order, those that overlap or touch as one."""
    whole: list[Stretch] = []
    for start, end in sorted(stretches):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole

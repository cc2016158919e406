"""A note as the lint reads it: the prose of its fields, and what is shown and asked card by card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from flashrls.cards import REVERSE_PART, Kind, Note, face
from flashrls.cloze import Cloze, ClozeFault, find_clozes
from flashrls.lint.words import stems

_MOST_CARDS = 30
"""A text with more clozes is a list that R5 tells; to look at each of 999 would take forever."""

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TICKS = re.compile("`+")
_MATH = re.compile(r"\$\$[^$]*\$\$|\$(?! )[^$\n]{1,200}(?<! )\$")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}\)")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|~~")
_LINE_START = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|>|[-+*][ \t]|\d{1,3}[.)][ \t])?[ \t]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class AskedCard:
    """One card of a note as prose: what is asked, with `[...]` for what is hidden, and what is wanted."""

    question: str
    answer: str


@dataclass(frozen=True)
class Asked:
    """A note with what its rules look at.

    Attributes:
        note: the note itself.
        context: what else stands on the screen: the deck's name and the section.
    """

    note: Note
    context: str

    @property
    def is_cloze(self) -> bool:
        """Whether it is a text with clozes."""
        return self.note.kind is Kind.CLOZE

    @cached_property
    def clozes(self) -> tuple[Cloze, ...]:
        """The stretches that a cloze text hides; none if its braces can't be read."""
        found = find_clozes(self.note.question) if self.is_cloze else ()
        return () if isinstance(found, ClozeFault) else found

    @cached_property
    def question(self) -> str:
        """The question without code and marks; a cloze text filled in."""
        return prose(self.filled_in)

    @cached_property
    def filled_in(self) -> str:
        """The question as its author wrote it; a cloze text without its braces."""
        pieces: list[str] = []
        at = 0
        for cloze in self.clozes:
            pieces += (self.note.question[at : cloze.start], cloze.hidden)
            at = cloze.end
        return "".join(pieces) + self.note.question[at:]

    @cached_property
    def answer(self) -> str:
        """The answer without code and marks; of a cloze all that it hides."""
        if self.is_cloze:
            return prose(", ".join(cloze.hidden for cloze in self.clozes))
        return prose(self.note.answer)

    @cached_property
    def text(self) -> str:
        """Everything the note says."""
        return self.question if self.is_cloze else f"{self.question} {self.answer}"

    @cached_property
    def cards(self) -> tuple[AskedCard, ...]:
        """The note's cards, 30 at most; of a reversed one the first alone, as both hold the same words."""
        faces = (
            face(self.note.kind, self.note.question, self.note.answer, part)
            for part in self.note.parts[:_MOST_CARDS]
            if part != REVERSE_PART
        )
        return tuple(AskedCard(prose(face.question), prose(face.answer)) for face in faces)

    @cached_property
    def wanted(self) -> set[str]:
        """The stems of the answer's content words."""
        return stems(self.answer)


def prose(text: str) -> str:
    """Return Markdown as it reads: without code blocks, formulas, addresses and marks."""
    text = _MATH.sub(" ", without_fences(text)).replace("`", "")
    return _EMPHASIS.sub("", _LINE_START.sub("", _LINK.sub(r"\1", text))).strip()


def without_code(text: str) -> str:
    """Return Markdown without code blocks, a `_` for each code span and formula, everything else as it stands."""
    return _MATH.sub("_", _without_spans(without_fences(text)))


def without_fences(text: str) -> str:
    """Return Markdown without its fenced and indented code blocks."""
    if "`" not in text and "~" not in text and "\n    " not in text:
        return text
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" \t" + fence[0]):
                fence = ""
        elif mark:
            fence = mark[1]
        elif not (line.startswith("    ") and (not kept or not kept[-1].strip())):
            kept.append(line)
    return "\n".join(kept)


def _without_spans(text: str) -> str:
    """Take code spans away: a run of ticks ends at the next run of the same length; one without an end stays."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    following: dict[int, list[int]] = {}
    for number in range(len(runs) - 1, -1, -1):
        following.setdefault(runs[number][1] - runs[number][0], []).append(number)
    pieces: list[str] = []
    at = number = 0
    while number < len(runs):
        start, end = runs[number]
        same = following[end - start]
        while same and same[-1] <= number:
            same.pop()
        if same:
            pieces += (text[at:start], "_")
            number = same[-1]
            at = runs[number][1]
        number += 1
    return "".join(pieces) + text[at:]

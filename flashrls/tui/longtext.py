"""A text too long to be laid out at once, in parts: each is found and laid out without those before it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from textual.content import Content

from flashrls.clean import clean

PART = 4_000
"""Characters, roughly: some screens full, laid out within a frame."""

_NEAR = 400
"""Characters; so far before a part's end a line or a word that ends there is looked for."""


@dataclass(frozen=True, slots=True)
class LongText:
    """A text as it was written; `part` numbers are from 0."""

    text: str

    @property
    def parts(self) -> int:
        """How many there are, at least 1."""
        return max(1, -(-len(self.text) // PART))

    def part(self, number: int) -> str:
        """Return a part; all of them joined are the text."""
        return self.text[self._start(number) : self._start(number + 1)]

    def lines(self, number: int, width: int) -> list[Content]:
        """Return a part's lines, at most `width` cells long."""
        return Content(clean(self.part(number).removesuffix("\n"))).wrap(width)

    def left(self, parts: int) -> str:
        """Say how much of it is left behind so many parts, as in "9.9 MB"; empty for nothing."""
        characters = len(self.text) - self._start(parts)
        if characters >= 100_000:
            return f"{characters / 1_000_000:,.1f} MB"
        return f"{-(-characters // 1_000)} KB" if characters else ""

    def _start(self, number: int) -> int:
        """Where a part begins: behind the last line, else the last word, that ends near its place."""
        at = number * PART
        if number <= 0 or at >= len(self.text):
            return min(max(at, 0), len(self.text))
        for end in ("\n", " "):
            found = self.text.rfind(end, at - _NEAR, at)
            if found >= 0:
                return found + 1
        while at > number * PART - _NEAR and unicodedata.category(self.text[at])[0] == "M":
            at -= 1  # marks stay with their letter
        return at

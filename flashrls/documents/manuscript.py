"""What a file says, without its markup: the text with its headings, and the writer that sets it down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flashrls.documents.text import Heading

MOST_HEADINGS = 20_000
LONGEST_HEADING = 200
"""In characters; a longer one is a paragraph that somebody made bold."""
DEEPEST_HEADING = 6

_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
_SETTLED: dict[int, str | None] = {
    **_CONTROLS,
    0x09: "\t",
    **dict.fromkeys([0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028], "\n"),
    0x2029: "\n\n",
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_BLANK_LINES = re.compile(r"\n{3,}")


class Unreadable(Exception):
    """A file that no text can be had from; `message` follows the file's name and a colon."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A file's text.

    Attributes:
        title: what the file calls itself; empty if it doesn't.
        text: paragraphs parted by blank lines.
        headings: in rising order, each a line of the text.
    """

    title: str
    text: str
    headings: tuple[Heading, ...]


def settled(text: str) -> str:
    """Return `text` with LF as its only line end and without control characters but LF and tab."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_SETTLED)


class Writer:
    """Sets blocks down one after another, parted by blank lines, and keeps where the headings are."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []
        self._is_in_table = False

    def heading(self, words: str, level: int) -> None:
        """Add a heading of `level`, from 1; one without words is left out."""
        line = " ".join(settled(words).split())
        if not line or len(line) > LONGEST_HEADING:
            self.paragraph(words)
            return
        start = self._put(line)
        self._headings.append(Heading(start, start + len(line), min(max(level, 1), DEEPEST_HEADING)))

    def paragraph(self, text: str) -> None:
        """Add prose: its lines are kept, white space around them is not, and tabs are spaces."""
        lines = "\n".join(line.strip() for line in settled(text).replace("\t", " ").split("\n"))
        self._put(_BLANK_LINES.sub("\n\n", lines.strip()))

    def verbatim(self, text: str) -> None:
        """Add text whose spaces mean something, as code's."""
        lines = "\n".join(line.rstrip() for line in settled(text).split("\n"))
        self._put(lines.strip("\n"))

    def row(self, cells: Sequence[str], *, is_first: bool) -> None:
        """Add a table's row: a line with tabs between its cells, right below the row before it.

        A row of one cell is a paragraph.
        """
        filled = [" ".join(settled(cell).split()) for cell in cells]
        if sum(map(bool, filled)) < 2:
            self.paragraph(" ".join(filled))
            return
        self._put("\t".join(filled).strip("\t"), below=self._is_in_table and not is_first)
        self._is_in_table = True

    def manuscript(self, title: str = "") -> Manuscript:
        """Return what has been written, called `title`.

        Raises:
            Unreadable: there are more headings than an outline can show.
        """
        if len(self._headings) > MOST_HEADINGS:
            raise Unreadable(f"it has more than {MOST_HEADINGS:,} headings.", "Cut it into smaller files.")
        return Manuscript(title_of(title), "".join(self._parts), tuple(self._headings))

    def _put(self, block: str, *, below: bool = False) -> int:
        self._is_in_table = False
        if not block:
            return self._length
        if self._parts:
            self._parts.append("\n" if below else "\n\n")
            self._length += len(self._parts[-1])
        start = self._length
        self._parts.append(block)
        self._length += len(block)
        return start


def title_of(words: str) -> str:
    """Return `words` as a title: on one line, cut at 200 characters; empty if there are none."""
    line = " ".join(settled(words).split())
    return line if len(line) <= LONGEST_HEADING else line[: LONGEST_HEADING - 1].rstrip() + "…"

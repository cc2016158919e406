"""The interface in ASCII, for terminals and fonts that have nothing else: every cell stays where it is."""

from __future__ import annotations

import codecs
import unicodedata
from functools import lru_cache

from rich.cells import split_graphemes
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_DRAWN = {
    **dict(zip("▁▂▃▄▅▆▇", "1234567", strict=True)),
    **dict(zip("█▓▒┃", "#=-#", strict=True)),
    **dict.fromkeys("─━═▔‐‑‒–—―−", "-"),
    **dict.fromkeys("│║▏▎▍▌▐▕", "|"),
    **dict.fromkeys("«»“”„‟″", '"'),
    **dict.fromkeys("‘’‚‛ʼ′´", "'"),
    **dict.fromkeys("•‣◦▪●", "*"),
    **dict.fromkeys("▸›→", ">"),
    **dict.fromkeys("‹←", "<"),
    "━": "=",
    "░": ":",
    "▾": "v",
    "▼": "v",
    "▲": "^",
    "↓": "v",
    "↑": "^",
    "…": "~",
    "·": ".",
    "×": "x",
    "÷": "/",
    "○": "o",
    "°": "o",
    "␊": "/",
}
_LETTERS = dict(zip("ßøØłŁđĐħĦŧŦæÆœŒðÐþÞıμ", "soOlLdDhHtTaAoOdDtTiu", strict=True))
_WIDE = {"🔎": "/ "}
_SHORTEST_EDGE = 16  # cells; so long a row of the lowest block is a box's edge, not days without reviews
_PICTURES = ("\u2400", "\u2426")  # of control characters
_LINES, _BLOCKS = ("\u2500", "\u257f"), ("\u2580", "\u259f")


def in_ascii(text: str) -> str:
    """Return `text` in ASCII and exactly as many cells wide.

    Lines, blocks, dashes and quotes become what is most like them, letters lose their accents, and what
    has no likeness becomes `?`, one for each of its cells. Raised digits do too: 10² isn't 102.
    """
    if text.isascii():
        return text
    if len(text) >= _SHORTEST_EDGE and not text.strip("▁"):
        return "_" * len(text)
    spans, _ = split_graphemes(text)
    return "".join(_cell(text[start:end], cells) for start, end, cells in spans)


@lru_cache(maxsize=4_096)
def _cell(letter: str, cells: int) -> str:
    """One letter with its marks."""
    if letter.isascii() or not cells:
        return letter if cells else ""
    if cells == 1:
        return _likeness(letter)
    return _WIDE.get(letter) or (" " if letter.isspace() else "?") * cells


def _likeness(letter: str) -> str:
    first = letter[0]
    if first.isspace():
        return " "
    if like := _DRAWN.get(first) or _LETTERS.get(first):
        return like
    for (start, end), like in ((_PICTURES, "^"), (_LINES, "+"), (_BLOCKS, "#")):
        if start <= first <= end:
            return like
    bare = unicodedata.normalize("NFD", first)[0]
    return bare if bare.isascii() and bare.isprintable() else "?"


def needs_ascii(encoding: str | None) -> bool:
    """Whether a terminal of this encoding can't show the interface as it is; None and unknown ones can't."""
    try:
        name = codecs.lookup(encoding or "ascii").name
    except LookupError:
        return True
    return not name.startswith(("utf", "gb18030"))


class AsciiOnly(LineFilter):
    """Turns all that is painted into ASCII: an app returns it from `get_line_filters` beside its others."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Return the segments of a line in ASCII; what controls the terminal stays."""
        return [
            segment if segment.control or segment.text.isascii() else Segment(in_ascii(segment.text), segment.style)
            for segment in segments
        ]

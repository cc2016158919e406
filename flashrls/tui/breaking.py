"""Where a long text breaks into lines, told as offsets, in linear time."""

from __future__ import annotations

import re

from rich.cells import cell_len, split_graphemes

_WORD = re.compile("[^ ]+")


def line_breaks(text: str, cells: int) -> list[tuple[int, int]]:
    """Return the lines that a text on one line falls into, each at most `cells` cells wide where that is possible.

    Lines break at spaces, and inside of words that are wider than a line, as those of languages without
    spaces are; never inside of what a terminal draws as one character.

    Args:
        text: clean, and without white space but single spaces.
        cells: how wide a line may be, from 1.

    Returns:
        Offsets, start inclusive, end exclusive; the spaces at which lines break belong to none. At least one line.
    """
    if len(text) <= cells and text.isascii():
        return [(0, len(text))]
    lines: list[tuple[int, int]] = []
    start, end, used = 0, 0, 0
    for word in _WORD.finditer(text):
        width = cell_len(word[0])
        if end and used + 1 + width <= cells:
            end, used = word.end(), used + 1 + width
        elif width <= cells:
            if end:
                lines.append((start, end))
            start, end, used = word.start(), word.end(), width
        else:
            pieces = _folded(word[0], word.start(), cells, room=cells - used - 1 if end else cells)
            first, *others = pieces
            if not end:
                lines.append(first)
            else:
                lines.append((start, first[1] or end))
            lines += others
            start, end = lines.pop()
            used = cell_len(text[start:end])
    return [*lines, (start, end)]


def _folded(word: str, at: int, cells: int, *, room: int) -> list[tuple[int, int]]:
    """Cut a word that begins at the offset `at` into pieces; (0, 0) first if nothing of it fits into the `room`."""
    pieces: list[tuple[int, int]] = []
    begin, used = 0, cells - room
    for start, _, width in split_graphemes(word)[0]:
        if used + width > cells and (start > begin or (not pieces and room < cells)):
            pieces.append((at + begin, at + start) if start > begin else (0, 0))
            begin, used = start, 0
        used += width
    return [*pieces, (at + begin, at + len(word))]

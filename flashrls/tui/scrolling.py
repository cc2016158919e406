"""How far a text that is longer than its place was scrolled: marks for the last column."""

from __future__ import annotations

from textual.content import Content

_TRACK, _THUMB = "│", "┃"


def with_marks(lines: list[Content], *, top: int, last_top: int, cells: int) -> list[Content]:
    """Return the visible lines, `cells` wide, each with its mark: thick where in the whole this part is.

    Args:
        lines: what is visible.
        top: how many lines are hidden above.
        last_top: how many would be at the end; nothing is marked for 0.
        cells: how wide a line is, the mark included.
    """
    if not last_top:
        return lines
    rows = len(lines)
    size = max(1, rows * rows // (rows + last_top))
    start = round((rows - size) * top / last_top)
    marks = (_THUMB if start <= row < start + size else _TRACK for row in range(rows))
    return [
        line.pad_right(max(0, cells - 1 - line.cell_length)) + Content.styled(mark, "$foreground-muted")
        for line, mark in zip(lines, marks, strict=True)
    ]

"""A Markdown table, drawn without boxes: a rule below its head, white space between its columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from textual.content import Content

_GAP = 2
_NARROWEST = 3


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first row is the head. `margin` stands before every line."""

    margin: str
    rows: tuple[tuple[Content, ...], ...]

    def lines(self, width: int) -> list[Content]:
        """Return its lines, at most `width` cells long where that is possible; texts wrap inside their columns."""
        widths = self._widths(width - len(self.margin))
        lines: list[Content] = []
        for at, row in enumerate(self.rows):
            cells = [cell.wrap(cells) for cell, cells in zip(row, widths, strict=True)]
            for pieces in zip_longest(*cells, fillvalue=Content()):
                padded = [
                    piece.pad_right(max(0, cells - piece.cell_length))
                    for piece, cells in zip(pieces, widths, strict=True)
                ]
                line = Content.assemble(self.margin, Content(" " * _GAP).join(padded).rstrip())
                line = line.truncate(width, ellipsis=True)  # more columns than there is room for
                lines.append(line.stylize("bold") if at == 0 else line)
            if at == 0:
                rule = Content(self.margin + (" " * _GAP).join("─" * cells for cells in widths))
                lines.append(rule.truncate(width))
        return lines

    def _widths(self, width: int) -> list[int]:
        """Each column's width: as wide as its widest cell, the widest made narrower until all fit."""
        widths = [max(_NARROWEST, *(_longest(cell) for cell in column)) for column in zip(*self.rows, strict=True)]
        room = max(width - _GAP * (len(widths) - 1), _NARROWEST * len(widths))
        while sum(widths) > room:
            widest = widths.index(max(widths))
            rest = sorted(set(widths))[-2:]
            floor = rest[0] if len(rest) == 2 else 0
            widths[widest] = max(_NARROWEST, floor, widths[widest] - (sum(widths) - room))
            if sum(widths) > room and widths.count(max(widths)) == len(widths):
                return [room // len(widths)] * len(widths)
            if widths[widest] == floor and sum(widths) > room:
                widths[widest] -= 1
        return widths


def _longest(cell: Content) -> int:
    return max((line.cell_length for line in cell.split(allow_blank=True)), default=0)

"""Cells and axes, as plotext draws them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

_MANUAL = "plotext._doc.doc"
_LOCK = threading.Lock()
"""plotext draws on one figure for the whole program: one chart at a time."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: the cells that it takes, from the left and from below, and the character in them."""

    fill: str
    columns: range
    rows: range


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the lower axis at a cell, and the label below it, which begins at another or the same."""

    at: int
    begin: int
    label: str

    @property
    def end(self) -> int:
        """The cell behind the label."""
        return self.begin + len(self.label)


def drawn(
    stacks: Iterable[Part], marks: Sequence[Mark], scale: Mapping[int, str], columns: int, rows: int
) -> list[str]:
    """Return the parts with an axis on the left and one below; every point that plotext gets is a cell's middle.

    Args:
        stacks: what to draw.
        marks: those of the lower axis, from left to right, their labels side by side.
        scale: labels of the left axis by what they stand for; the greatest stands at the top.
        columns: cells from left to right.
        rows: cells from below.
    """
    with _LOCK:
        plotext = _plotext()
        figure = plotext.figure
        plotext.terminal.limit(False, False)
        columns_left = max(map(len, scale.values())) + 1
        figure.clear().theme("colorless").plot_size(columns_left + columns, rows + 1 + bool(marks))
        figure.axes(False, axis="x", side="upper").axes(False, axis="y", side="right")
        for part in stacks:
            points = [(column + 0.5, row + 0.5) for column in part.columns for row in part.rows]
            figure.draw(figure.signal(*map(list, zip(*points, strict=True)), marker=part.fill))
        figure.ruler("x").alignment("edge", "left").lim(0, columns)
        figure.ruler("x").ticks([mark.at + 0.5 for mark in marks], ["·"] * len(marks))
        heights = [-(-value * rows // max(scale)) - 0.5 for value in scale]
        figure.ruler("y").alignment("edge", "right").lim(0, rows).ticks(heights, list(scale.values()))
        lines = str(plotext.uncolorize(figure.build())).rstrip("\n").split("\n")
    return [*lines[:rows], _with_zero(lines[rows]), _labels(marks, columns_left)]


def _labels(marks: Sequence[Mark], left: int) -> str:
    """The line below the axis; plotext leaves out a label, mark and all, that would go beyond the right edge."""
    line = " " * left
    for mark in marks:
        line = f"{line:<{left + mark.begin}}{mark.label}"
    return line


def _plotext() -> Any:
    """Import plotext without its manual, which takes as long to import as all the rest and which nobody asks.

    A release that doesn't keep its manual there is imported as it is; one that needs more of it, whole.
    """
    if "plotext" not in sys.modules:
        manual = ModuleType(_MANUAL)
        manual.docs = None  # type: ignore[attr-defined]
        sys.modules[_MANUAL] = manual
        try:
            import plotext
        except (ImportError, AttributeError):
            for name in [name for name in sys.modules if name.partition(".")[0] == "plotext"]:
                del sys.modules[name]
    import plotext

    return plotext


def _with_zero(line: str) -> str:
    """The lower axis with its 0, which plotext can't set into the corner."""
    corner = line.index("└")
    return line[: corner - 1] + "0" + line[corner:] if corner else line

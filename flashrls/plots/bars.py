"""Standing bars, alone or stacked, with their axes.

What stands on them is rounded to whole cells here, so that no day on which something happened looks empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from flashrls.plots.canvas import Mark, Part, drawn

LEAST_COLUMNS = 8
"""No axis is shorter, so that a label has room below a single bar."""

_FILLS = "█▒░"
_ASCII_FILLS = "#=."
_EIGHTHS = "▁▂▃▄▅▆▇"
_TO_ASCII = str.maketrans("│┤└┬─", "||++-")
_LEAST_ROWS = 2
_WIDEST_BAR = 4


@dataclass(frozen=True, slots=True)
class Series:
    """A row of numbers, none negative, with the name that a legend tells."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the lower axis under the bar `at`, from 0.

    Its first letter is there, or, if it is kept and there is no room for that, its last one.
    """

    at: int
    label: str
    is_kept: bool = False


def bars(
    series: Sequence[Series], ticks: Sequence[Tick], width: int, height: int, *, only_ascii: bool = False
) -> list[str]:
    """Return bars side by side, those of several series stacked, with an axis on the left and labels below.

    Args:
        series: all of the same length; with more than one a legend is the last line.
        ticks: labels for the lower axis, from left to right; those without room beside others and those that
            are kept are left out.
        width: cells that a line may take, labels included.
        height: lines that it may take, all included; at least four are taken, with a legend five.
        only_ascii: for terminals without blocks and lines.

    Returns:
        Lines without trailing spaces. There are fewer than `height` for none.
    """
    count = len(series[0].values) if series else 0
    if not count:
        return []
    totals = [sum(values) for values in zip(*(row.values for row in series), strict=True)]
    top = _top(max(totals))
    scale = _scale(top)
    rows = max(_LEAST_ROWS, height - 2 - (len(series) > 1))
    room = width - max(map(len, scale.values())) - 1
    cells = min(_WIDEST_BAR, max(1, room // count))
    columns = max(count * cells, min(room, LEAST_COLUMNS))
    parts = _stacks(series, top, rows, cells, only_ascii)
    lines = drawn(parts, _fitting(ticks, cells, columns), scale, columns, rows)
    lines += [_legend(series, only_ascii)] if len(series) > 1 else []
    return [(line.translate(_TO_ASCII) if only_ascii else line)[:width].rstrip() for line in lines]


def bars_by_hour(series: Sequence[Series], width: int, height: int, *, only_ascii: bool = False) -> list[str]:
    """Return a bar for each of the 24 hours of a day; otherwise as `bars`."""
    ticks = [Tick(hour, str(hour)) for hour in range(0, 24, 3)]
    return bars(series, ticks, width, height, only_ascii=only_ascii)


def bars_by_ease(
    eases: Sequence[tuple[int, int]], width: int, height: int, *, only_ascii: bool = False
) -> list[str]:
    """Return a bar for each tenth of ease, from the least to the greatest there is.

    Args:
        eases: for each ease, in hundredths, how many cards have it.
        width: cells, as in `bars`, like what follows.
        height: lines.
        only_ascii: whether to do without blocks.
    """
    if not eases:
        return []
    counts: dict[int, int] = {}
    for ease, cards in eases:
        counts[ease // 10] = counts.get(ease // 10, 0) + cards
    tenths = range(min(counts), max(counts) + 1)
    ticks = [Tick(at, f"{tenth / 10:.1f}") for at, tenth in enumerate(tenths) if at == 0 or tenth % 5 == 0]
    values = tuple(float(counts.get(tenth, 0)) for tenth in tenths)
    return bars([Series("cards", values)], ticks, width, height, only_ascii=only_ascii)


def _top(most: float) -> int:
    """The number at the top of the axis: 1, 2, 4, 6, 8, 10, 12, 16, 20 …, so that its half is a whole one, too."""
    unit = 1
    while True:
        for times in (1, 2, 3, 4, 5, 6, 8, 10, 12, 16):
            top = unit * times
            if top >= most and (top % 2 == 0 or top == 1):
                return top
        unit *= 10


def _scale(top: int) -> dict[int, str]:
    """The labels of the left axis by what they stand for."""
    return {value: number_words(value) for value in {top, top // 2} if value}


def number_words(number: int) -> str:
    """Return a number in at most four or five letters: 950, 1,500, 12k, 2.5M."""
    for unit, letter in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if number >= max(unit, 10_000):
            return f"{number / unit:.1f}".removesuffix(".0") + letter
    return f"{number:,}"


def _stacks(series: Sequence[Series], top: int, rows: int, cells: int, only_ascii: bool) -> Iterator[Part]:
    """The parts of all bars."""
    fills = _ASCII_FILLS if only_ascii else _FILLS
    for at, values in enumerate(zip(*(row.values for row in series), strict=True)):
        columns = range(at * cells, at * cells + max(1, cells - 1))
        if len(series) == 1 and not only_ascii:
            yield from _fine(values[0] / top * rows, columns)
            continue
        for fill, taken in zip(fills, _rows_of(values, top, rows), strict=False):
            if taken:
                yield Part(fill, columns, taken)


def _fine(height: float, columns: range) -> Iterator[Part]:
    """A single bar, to an eighth of a row."""
    whole, rest = divmod(max(round(height * 8), height > 0), 8)
    if whole:
        yield Part(_FILLS[0], columns, range(whole))
    if rest:
        yield Part(_EIGHTHS[rest - 1], columns, range(whole, whole + 1))


def _rows_of(values: Sequence[float], top: int, rows: int) -> list[range]:
    """The rows of a bar's parts, each end rounded; a bar too small for a row is one row of its greatest part."""
    ends = [round(total * rows / top) for total in accumulate(values)]
    if not ends[-1] and any(values):
        greatest = max(range(len(values)), key=values.__getitem__)
        ends = [int(at >= greatest) for at in range(len(values))]
    return [range(begin, end) for begin, end in pairwise([0, *ends])]


def _fitting(ticks: Sequence[Tick], cells: int, room: int) -> list[Mark]:
    """Those ticks that fit side by side; those to keep come first."""
    fitting: list[Mark] = []
    for tick in sorted(ticks, key=lambda tick: not tick.is_kept):
        at = tick.at * cells
        begin = min(at, max(0, room - len(tick.label))) if tick.is_kept else at
        end = begin + len(tick.label)
        if end <= room and all(end < other.begin or other.end < begin for other in fitting):
            fitting.append(Mark(at, begin, tick.label))
    return sorted(fitting, key=lambda mark: mark.at)


def _legend(series: Sequence[Series], only_ascii: bool) -> str:
    fills = _ASCII_FILLS if only_ascii else _FILLS
    return "  ".join(f"{fill} {row.name}" for fill, row in zip(fills, series, strict=False))

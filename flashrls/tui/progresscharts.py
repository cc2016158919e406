"""Charts of the progress screen as lines of text, readable without colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_SHADES = "·░▒▓█"
_LABEL_GAP = 4
_WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")


@dataclass(frozen=True, slots=True)
class Series:
    """Values that are stacked upon those of other series; `mark` fills its part of a column."""

    name: str
    mark: str
    values: tuple[int, ...]


def columns(labels: Sequence[str], series: Sequence[Series], cells: int, rows: int, *, unit: int = 1) -> list[str]:
    """Return columns with a scale on their left, labels below, and a legend if there are several series.

    Args:
        labels: one for each value; those that fit are written, the last one for certain.
        series: from the bottom of the columns up; none negative.
        cells: the width.
        rows: the height, labels and legend included; at least 4.
        unit: what the scale counts, as 60 for values in seconds and a scale in minutes.
    """
    totals = [sum(values) for values in zip(*(one.values for one in series), strict=True)]
    most = max(totals, default=0)
    highest = f"{most / unit:.1f}" if most < 10 * unit and most % unit else f"{round(most / unit):,}"
    scale = len(highest) + 1
    wide = max(1, min(6, (cells - scale) // max(1, len(totals))))
    has_legend = len(series) > 1
    high = max(1, rows - 1 - has_legend)
    told = [highest] + [""] * (high - 2) + (["0".rjust(scale - 1)] if high > 1 else [])
    lines = []
    for row in range(high):
        level = high - 1 - row
        row_marks = "".join(_filled(_mark(series, at, level, high, most), wide) for at in range(len(totals)))
        lines.append(f"{told[row]:<{scale}}{row_marks}".rstrip())
    lines.append(" " * scale + _axis(labels, wide))
    if has_legend:
        lines.append(" " * scale + "   ".join(f"{one.mark} {one.name}" for one in series))
    return [line[:cells] for line in lines]


def _filled(mark: str, wide: int) -> str:
    """A piece of a column, with a gap behind it where columns are wide enough for one."""
    return mark if wide == 1 else mark * (wide - 1) + " "


def _mark(series: Sequence[Series], at: int, level: int, high: int, most: int) -> str:
    """What stands in a column on a row; a total that isn't 0 always shows."""
    if not most:
        return " "
    if len(series) == 1:
        value = series[0].values[at]
        eighths = max(1, round(value * high * 8 / most)) if value else 0
        return _EIGHTHS[max(0, min(8, eighths - level * 8))]
    below, total = 0.0, sum(one.values[at] for one in series)
    if level == 0 and total:
        return next(one.mark for one in series if one.values[at])
    for one in series:
        below += one.values[at] * high / most
        if level + 0.5 < below:
            return one.mark
    return " "


def _axis(labels: Sequence[str], wide: int) -> str:
    """The labels that fit, from the last one back."""
    line = [" "] * (len(labels) * wide)
    free = len(line)
    for at in range(len(labels) - 1, -1, -1):
        start = min(at * wide, len(line) - len(labels[at]))
        end = start + len(labels[at])
        if labels[at] and start >= 0 and (end <= free or end == len(line) == free):
            line[start:end] = labels[at]
            free = start - _LABEL_GAP
    return "".join(line).rstrip()


def bars(rows: Sequence[tuple[str, int]], cells: int) -> list[str]:
    """Return a bar for each name, its value behind the name."""
    most = max((value for _, value in rows), default=0)
    named, counted = max(len(name) for name, _ in rows), len(f"{most:,}")
    room = max(1, cells - named - counted - 4)
    return [
        f"{name:<{named}}  {value:>{counted},}  {_bar(value, most, room)}".rstrip()[:cells] for name, value in rows
    ]


def _bar(value: int, most: int, room: int) -> str:
    eighths = max(1, round(value * room * 8 / most)) if value else 0
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def heat_map(year: Sequence[tuple[date, int]], cells: int) -> list[str]:
    """Return the weeks as columns, the newest that fit, with the months above and a legend below.

    Shades stand for quarters of the learner's own days with answers.

    Args:
        year: days in a row, the first a Monday.
        cells: the width.
    """
    weeks = [year[at : at + 7] for at in range(0, len(year), 7)][-max(1, cells - 4) :]
    bounds = _quarters([answers for week in weeks for _, answers in week if answers])
    lines = [("    " + _months(weeks)).rstrip()]
    for weekday, name in enumerate(_WEEKDAYS):
        shades = "".join(_shade(week[weekday][1], bounds) if weekday < len(week) else " " for week in weeks)
        lines.append(f"{name:<4}{shades}".rstrip())
    if bounds:
        firsts = [1, *(most + 1 for most in bounds[:-1])]
        ranges = zip(_SHADES[1:], firsts, bounds, strict=True)
        legend = [
            f"{shade} {first if first == last else f'{first:,}–{last:,}'}"
            for shade, first, last in ranges
            if first <= last
        ]
        lines.append("    " + "  ".join(["· none", *legend]))
    return [line[:cells] for line in lines]


def _quarters(counts: Sequence[int]) -> list[int]:
    """The largest count of each quarter of the days, in rising order."""
    ordered = sorted(counts)
    return [ordered[-(-len(ordered) * quarter // 4) - 1] for quarter in range(1, 5)] if ordered else []


def _shade(answers: int, bounds: Sequence[int]) -> str:
    if not answers:
        return _SHADES[0]
    return next(_SHADES[at + 1] for at, most in enumerate(bounds) if answers <= most)


def _months(weeks: Sequence[Sequence[tuple[date, int]]]) -> str:
    """The months' names above the weeks that hold their first days."""
    line = [" "] * (len(weeks) + 3)
    free = 0
    for at, week in enumerate(weeks):
        first = next((day for day, _ in week if day.day == 1), None)
        if first is not None and at >= free:
            line[at : at + 3] = f"{first:%b}"
            free = at + 4
    return "".join(line[: len(weeks)]) if len(weeks) < 3 else "".join(line)

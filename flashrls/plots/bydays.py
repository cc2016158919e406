"""Bars for days, or for several of them where there are more than fit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from flashrls.plots.bars import LEAST_COLUMNS, Series, Tick, bars

_WIDEST_NUMBER = 5
_WEEK = 7
_WEEKS_TOLD = 10
_MONTHS_TOLD = 30
_STEPS = (1, 2, 3, 7, 14, 28, 91)


def bars_by_day(
    days: Sequence[date],
    series: Sequence[Series],
    width: int,
    height: int,
    *,
    today: date | None = None,
    only_ascii: bool = False,
) -> list[str]:
    """Return a bar for every day; where there are more than fit, one for every two, three … days, added up.

    Args:
        days: one after the other, as many as each series has values.
        series: as in `bars`, like what follows.
        width: cells.
        height: lines.
        today: the day that is labelled so; None for none.
        only_ascii: whether to do without blocks.
    """
    if not days:
        return []
    step = days_per_bar(len(days), width)
    begins = _begins(len(days), step)
    shown = [Series(row.name, _added_up(row.values, begins)) for row in series]
    ticks = _day_ticks(days, begins)
    if today in days:
        ticks.append(Tick(bisect_right(begins, days.index(today)) - 1, "today", is_kept=True))
    return bars(shown, ticks, width, height, only_ascii=only_ascii)


def days_per_bar(days: int, width: int) -> int:
    """Return how many days a bar of `bars_by_day` stands for, the first one perhaps for fewer; 1 where all fit."""
    room = max(LEAST_COLUMNS, width - _WIDEST_NUMBER - 1)
    step = next((step for step in _STEPS if step * room >= days), -(-days // room))
    return max(1, step)


def _begins(days: int, step: int) -> list[int]:
    """Where the bars of `step` days begin, so that the last one is whole."""
    first = days % step
    return [*([0] if first else []), *range(first, days, step)]


def _added_up(values: Sequence[float], begins: Sequence[int]) -> tuple[float, ...]:
    return tuple(float(sum(values[at:end])) for at, end in pairwise([*begins, len(values)]))


def _day_ticks(days: Sequence[date], begins: Sequence[int]) -> list[Tick]:
    """A day a week; months where there are more than ten weeks, years likewise."""
    if len(days) <= _WEEKS_TOLD * _WEEK:
        weekly = begins[:: -(-_WEEK * len(begins) // len(days))]
        return [Tick(begins.index(begin), f"{days[begin].day} {days[begin]:%b}") for begin in weekly]
    years = len(days) > _MONTHS_TOLD * 31
    ticks = []
    for at, (begin, end) in enumerate(pairwise([*begins, len(days)])):
        day = next((day for day in days[begin:end] if day.day == 1 and (day.month == 1 or not years)), None)
        if day:
            ticks.append(Tick(at, str(day.year) if day.month == 1 else f"{day:%b}"))
    return ticks

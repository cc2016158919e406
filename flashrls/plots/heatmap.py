"""A year as a map of its days: weeks side by side, dark where much was answered."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

_SHADES = "·░▒▓█"
_ASCII_SHADES = ".:+*#"
_LABEL = 4
_MONTH = 4


def heat_map(
    year: Sequence[tuple[date, int]], width: int, *, first: date | None = None, only_ascii: bool = False
) -> list[str]:
    """Return the months, seven lines from Monday to Sunday, and a legend.

    The shades are quarters of the learner's own days with answers.

    Args:
        year: days one after the other, with their answers.
        width: cells that a line may take: 57 for 53 weeks; where it is less, the newest weeks are shown.
        first: the day of the first answer ever; days before it are blank. None for the first of the year.
        only_ascii: for terminals without shades.
    """
    answered = [(day, answers) for day, answers in year if answers]
    if not answered:
        return []
    marks = _SHADES if not only_ascii else _ASCII_SHADES
    limits = _limits(sorted(answers for _, answers in answered))
    begins = first or answered[0][0]
    monday = year[0][0] - timedelta(days=year[0][0].weekday())
    weeks = (year[-1][0] - monday).days // 7 + 1
    rows = [[" "] * weeks for _ in range(7)]
    for day, answers in year:
        if day >= begins:
            shade = marks[bisect_right(limits, answers) + 1] if answers else marks[0]
            rows[day.weekday()][(day - monday).days // 7] = shade
    left = max(0, weeks - max(1, width - _LABEL))
    lines = [" " * _LABEL + _months(monday + timedelta(days=7 * left), weeks - left)]
    lines += [f"{monday + timedelta(days=at):%a} " + "".join(row[left:]) for at, row in enumerate(rows)]
    legend = _legend(marks, limits, answered, only_ascii)
    return [line[:width].rstrip() for line in (*lines, legend)]


def _limits(answers: Sequence[int]) -> list[int]:
    """From how many answers on a day is of the second, third and fourth quarter."""
    return [answers[len(answers) * quarter // 4] for quarter in (1, 2, 3)]


def _months(monday: date, weeks: int) -> str:
    """The months' names above the weeks with their first days, as far as there is room."""
    line = ""
    for week in range(weeks):
        begins = monday + timedelta(days=7 * week)
        first = next((day for day in (begins + timedelta(days=at) for at in range(7)) if day.day == 1), None)
        if first and len(line) <= week and weeks - week >= _MONTH - 1:
            line = f"{line:<{week}}{first:%b} "
    return line


def _legend(marks: str, limits: Sequence[int], answered: Sequence[tuple[date, int]], only_ascii: bool) -> str:
    least, most = min(answers for _, answers in answered), max(answers for _, answers in answered)
    begins = [least, *limits]
    ends = [limit - 1 for limit in limits] + [most]
    dash = "-" if only_ascii else "–"
    told = [
        f"{mark} {begin:,}{f'{dash}{end:,}' if end > begin else ''}"
        for mark, begin, end in zip(marks[1:], begins, ends, strict=True)
        if end >= begin
    ]
    return "    " + "  ".join([f"{marks[0]} 0", *told]) + (" answer" if most == 1 else " answers")

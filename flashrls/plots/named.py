"""Lying bars with their names before them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

INTERVALS = (
    (1, "1 day"),
    (3, "2–3 days"),
    (7, "4–7 days"),
    (14, "8–14 days"),
    (30, "15–30 days"),
    (91, "1–3 months"),
    (365, "3–12 months"),
)
"""Intervals by their last day; what is longer is `> 1 year`."""


def interval_bins(intervals: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    """Return how many cards have an interval of a day, of 2–3 days … of more than a year, the empty ones too.

    Args:
        intervals: for each interval in days how many cards have it.
    """
    counts = [0] * (len(INTERVALS) + 1)
    for interval_days, cards in intervals:
        counts[bisect_left(INTERVALS, interval_days, key=lambda bin_: bin_[0])] += cards
    return list(zip([*(name for _, name in INTERVALS), "> 1 year"], counts, strict=True))


def named_bars(named: Sequence[tuple[str, int]], width: int, *, only_ascii: bool = False) -> list[str]:
    """Return a lying bar for each name, with its number between the two: one line each.

    Args:
        named: names of one cell a letter, such as grades or bins; numbers from 0.
        width: cells that a line may take.
        only_ascii: as in `bars`.
    """
    if not named:
        return []
    if only_ascii:
        named = [(name.replace("–", "-"), number) for name, number in named]
    names = max(len(name) for name, _ in named)
    numbers = max(len(f"{number:,}") for _, number in named)
    most = max(1, *(number for _, number in named))
    room = max(1, width - names - numbers - 4)
    fill = "#" if only_ascii else "█"
    return [
        f"{name:<{names}}  {number:>{numbers},}  {fill * -(-number * room // most)}"[:width].rstrip()
        for name, number in named
    ]

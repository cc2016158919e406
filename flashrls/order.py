"""Which of some things kept their order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def longest_rise(positions: Sequence[int]) -> set[int]:
    """Return the indexes of the longest run that never falls: what kept its order, the rest moved around it."""
    tails: list[int] = []
    tail_indexes: list[int] = []
    before: list[int] = []
    for index, position in enumerate(positions):
        at = bisect_right(tails, position)
        before.append(tail_indexes[at - 1] if at else -1)
        tails[at : at + 1] = [position]
        tail_indexes[at : at + 1] = [index]
    kept: set[int] = set()
    index = tail_indexes[-1] if tail_indexes else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept

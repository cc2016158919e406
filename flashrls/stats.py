"""Progress in numbers: a day's answers, a rate with its interval, streaks. No database, no clock."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

TOO_FEW = 20
"""Below so many reviews a rate says nothing, so none is shown."""

_Z = 1.959964
"""The normal distribution's 97.5 % point: intervals hold with 95 % confidence."""


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The answers of one study day and grade.

    Attributes:
        day: the study day.
        grade: 0..5.
        introduced: first answers to new cards.
        young, mature: scheduled reviews of cards seen before, by an interval below 21 days or not.
        drilled, practised: answers that changed no schedule.
        milliseconds: time they all took.
    """

    day: date
    grade: int
    introduced: int
    young: int
    mature: int
    drilled: int
    practised: int
    milliseconds: int

    @property
    def reviews(self) -> int:
        """Scheduled reviews of cards seen before."""
        return self.young + self.mature

    @property
    def answers(self) -> int:
        """All answers."""
        return self.introduced + self.reviews + self.drilled + self.practised


@dataclass(frozen=True, slots=True)
class Rate:
    """Passes among so many reviews."""

    passes: int
    reviews: int

    @property
    def share(self) -> float | None:
        """The passes' share, 0..1; None below 20 reviews."""
        return self.passes / self.reviews if self.reviews >= TOO_FEW else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % score interval of the share; None below 20 reviews.

        Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
        """
        if self.reviews < TOO_FEW:
            return None
        n, p = self.reviews, self.passes / self.reviews
        middle = p + _Z**2 / (2 * n)
        reach = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        scale = 1 + _Z**2 / n
        return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)


def runs(studied: Iterable[date], day: date) -> tuple[int, int]:
    """Return the present and the longest run of days among those studied, none of them behind `day`.

    The present one ends with `day`, or the day before while `day` has no answer yet. Study days are dates of the
    calendar, so neither a journey nor a changed clock ends one.
    """
    longest = run = 0
    before: date | None = None
    for studied_day in sorted(set(studied)):
        run = run + 1 if before and studied_day - before == timedelta(days=1) else 1
        longest = max(longest, run)
        before = studied_day
    current = run if before and (day - before).days <= 1 else 0
    return current, longest

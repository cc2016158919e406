"""The figures of which `stats` tells, from the per-day counts and the cards' due days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flashrls.stats import DayCounts
from flashrls.store.days import day_number, day_of
from flashrls.store.today import ASKED, Ask


@dataclass(frozen=True, slots=True)
class Figures:
    """What a study log adds up to.

    Attributes:
        day: the present study day.
        days: the counts of every study day and grade with an answer, oldest first.
        due: how many cards are due on which day, overdue days included, oldest first.
        cards, new, suspended: how many cards there are, never seen, and suspended.
    """

    day: date
    days: tuple[DayCounts, ...]
    due: tuple[tuple[date, int], ...]
    cards: int
    new: int
    suspended: int


def figures(ask: Ask, day: date) -> Figures:
    """Return the figures as of `day`."""
    days = ask(
        """
        SELECT study_day, grade, sum(introduced), sum(young), sum(mature), sum(drilled), sum(practised),
               sum(milliseconds)
        FROM daily WHERE study_day <= :day GROUP BY study_day, grade ORDER BY study_day, grade
        """,
        day=day_number(day),
    )
    due = ask(
        f"SELECT due_on, count(*) FROM card WHERE due_on IS NOT NULL AND {ASKED} GROUP BY due_on ORDER BY due_on"
    )
    ((cards, new, suspended),) = ask(
        """
        SELECT count(*), count(CASE WHEN due_on IS NULL AND suspended = 0 THEN 1 END),
               count(CASE WHEN suspended = 1 THEN 1 END)
        FROM card WHERE held IS NULL
        """
    )
    return Figures(
        day=day,
        days=tuple(DayCounts(day_of(number), *counts) for number, *counts in days),
        due=tuple((day_of(number), count) for number, count in due),
        cards=cards,
        new=new,
        suspended=suspended,
    )

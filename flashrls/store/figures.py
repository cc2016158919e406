"""The figures of which `stats` tells, from the per-day counts and the cards' due days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select, text

from flashrls.stats import DayCounts
from flashrls.store.days import day_number, day_of
from flashrls.store.tables import ASKED, card, daily


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


def figures(connection: Connection, day: date) -> Figures:
    """Return the figures as of `day`."""
    sums = [
        func.sum(column).label(column.name)
        for column in (
            daily.c.introduced,
            daily.c.young,
            daily.c.mature,
            daily.c.drilled,
            daily.c.practised,
            daily.c.milliseconds,
        )
    ]
    counted = (
        select(daily.c.study_day, daily.c.grade, *sums)
        .where(daily.c.study_day <= day_number(day))
        .group_by(daily.c.study_day, daily.c.grade)
        .order_by(daily.c.study_day, daily.c.grade)
    )
    due = (
        select(card.c.due_on, func.count())
        .where(card.c.due_on.is_not(None), text(ASKED))
        .group_by(card.c.due_on)
        .order_by(card.c.due_on)
    )
    in_play = card.c.held.is_(None)
    total, unseen, suspended = connection.execute(
        select(
            func.count(),
            func.count().filter(card.c.due_on.is_(None), card.c.suspended == 0),
            func.count().filter(card.c.suspended == 1),
        ).where(in_play)
    ).one()
    return Figures(
        day=day,
        days=tuple(DayCounts(day_of(number), *counts) for number, *counts in connection.execute(counted)),
        due=tuple((day_of(number), cards) for number, cards in connection.execute(due) if number is not None),
        cards=total,
        new=unseen,
        suspended=suspended,
    )

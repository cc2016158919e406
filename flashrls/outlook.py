"""How a study day stands: its decks and saved searches with what they ask, and how things stand after days away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flashrls.study import Queue


@dataclass(frozen=True, slots=True)
class DeckCounts:
    """A deck and what it holds.

    Attributes:
        ref: its reference in this library.
        name: with `::` levels.
        key: its id across machines.
        notes, cards: how many there are.
        seen: cards that were reviewed at least once.
        new, due: cards that are new, or due by today, whatever the day's limits say.
        suspended: cards that are suspended.
    """

    ref: int
    name: str
    key: str
    notes: int
    cards: int
    seen: int
    new: int
    due: int
    suspended: int


AWAY_DAYS = 3
"""From so many study days without an answer on, a learner who comes back is told how things stand."""


@dataclass(frozen=True, slots=True)
class CatchUp:
    """How things stand after some days away.

    Attributes:
        away_days: study days without an answer.
        due: cards that are due by now, whatever the day's limit says.
        days: how many days it takes, today included, until no more is due than the day's limit allows;
            None if more comes than that allows.
    """

    away_days: int
    due: int
    days: int | None


_FARTHEST_DAYS = 3650


def catch_up_days(due: Iterable[tuple[date, int]], day: date, reviews_per_day: int) -> int | None:
    """Return in how many days, `day` included, all that is due is asked at so many reviews a day; None for never.

    Args:
        due: how many cards are due on which day.
        day: the study day.
        reviews_per_day: the limit.

    What the reviews themselves bring back is not foreseen.
    """
    coming = Counter[int]()
    for due_on, cards in due:
        coming[max(0, (due_on - day).days)] += cards
    left = 0
    for ahead in range(_FARTHEST_DAYS):
        left = max(0, left + coming[ahead] - reviews_per_day)
        if not left:
            return ahead + 1
    return None


@dataclass(frozen=True, slots=True)
class SearchCounts:
    """A saved search and what it asks today, within the day's limits.

    Attributes:
        name: its name.
        due, new, drill: how many cards.
        fault: why it can't be asked, on one line; "" if it can.
    """

    name: str
    due: int = 0
    new: int = 0
    drill: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Today:
    """What a study day holds, as the home screen and `due` show it.

    Attributes:
        day: the study day.
        decks: all decks in the order they came.
        queue: what is left to ask today, within the day's limits.
        week: graded answers of the last seven study days, oldest first, today last.
        retained, reviewed: passes and reviews of cards seen before, in the last 30 study days.
        streak: study days in a row with a graded answer, up to today or yesterday.
        tomorrow: cards due by tomorrow, if today's are all done.
        answer_ms: mean time an answer took in the last 30 study days, in milliseconds; None without answers.
        catch_up: how things stand after some days away; None without such.
        leeches: cards that are asked although they cost more than they give; see `CardState.is_leech`.
        unverified: phrases of cards that are asked which stand nowhere in a document, or in several places;
            counted up to `flashrls.store.today.MOST_UNVERIFIED`.
    """

    day: date
    decks: tuple[DeckCounts, ...]
    queue: Queue
    week: tuple[int, ...] = (0,) * 7
    retained: int = 0
    reviewed: int = 0
    streak: int = 0
    tomorrow: int = 0
    answer_ms: int | None = None
    catch_up: CatchUp | None = None
    leeches: int = 0
    unverified: int = 0

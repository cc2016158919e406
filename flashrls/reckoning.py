"""Progress made from what was counted: days, hours and cards go in, the whole value comes out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from flashrls.forecasting import FARTHEST_DAYS, FORECAST_DAYS, Limits, Outlook, Waiting, foresee
from flashrls.progress import (
    CardCounts,
    Coming,
    DayTotals,
    Grade,
    Hour,
    Leech,
    Progress,
    Rest,
    Totals,
)
from flashrls.sm2 import PASS
from flashrls.stats import DayCounts, Rate, runs

PACE_DAYS = 30
"""A learner's pace is that of so many study days."""

MOST_LEECHES = 20
"""So many leeches are told by name."""

_YEAR_WEEKS = 53


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the cards stand.

    Attributes:
        cards: all of them by state.
        held: how many cards have which interval and ease, suspended ones and drafts left out.
        seen: those that wait, for the forecast.
        new: decks with new cards in the order of introduction: reference, name and how many.
        siblings: see `flashrls.forecasting.foresee`.
        leeches: those with the most lapses; `leech_count` how many there are.
    """

    cards: CardCounts
    held: Mapping[tuple[int, int], int]
    seen: Sequence[Waiting]
    new: Sequence[tuple[int, str, int]]
    leeches: tuple[Leech, ...]
    leech_count: int
    siblings: Mapping[int, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered.

    Attributes:
        days: counts of every study day and grade, at least of those since `first_needed`.
        studied: every study day with an answer, in any order.
        hours: of the period, by hour: answers, reviews of cards seen before, and the passes of these.
    """

    days: Sequence[DayCounts]
    studied: Iterable[date]
    hours: Mapping[int, tuple[int, int, int]]


def period_start(day: date, period_days: int) -> date:
    """Return the first study day of a period of so many days, at least 1, that ends with `day`."""
    return _back(day, max(1, period_days) - 1)


def first_needed(day: date, period_days: int) -> date:
    """Return the study day from which on the counts of each day are needed."""
    return min(period_start(day, period_days), _year_start(day), _back(day, PACE_DAYS - 1))


def _back(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


def _year_start(day: date) -> date:
    """The Monday that begins the first of 53 weeks; the calendar's first day is one, too."""
    return _back(day, 7 * (_YEAR_WEEKS - 1) + day.weekday())


def make_progress(
    day: date, is_now: bool, period_days: int, scope: str, answered: Answered, standing: Standing, limits: Limits
) -> Progress:
    """Return what all that adds up to.

    Args:
        day: the study day as of which it was counted.
        is_now: whether that is the present one.
        period_days: the period's greatest length, `day` the last; at least 1.
        scope: what it is narrowed down to, in words.
        answered: what was answered.
        standing: where the cards stood then.
        limits: what the days allow.
    """
    studied = [on for on in answered.studied if on <= day]
    first_on = min(studied, default=None)
    since = max(period_start(day, period_days), first_on or day)
    totals = _totals_by_day(answered.days)
    days = [DayTotals(on, totals.get(on, Totals())) for on in _span(since, day)]
    period = [counts for counts in answered.days if since <= counts.day <= day]
    streak, longest_streak = runs(studied, day)
    pace = added([totals[on] for on in _span(_back(day, PACE_DAYS - 1), day) if on in totals])
    answer_ms = pace.milliseconds // pace.answers if pace.answers else None
    outlook = _outlook(day, standing, limits)
    whole = added([one.totals for one in days])
    return Progress(
        day=day,
        is_now=is_now,
        scope=scope,
        first_on=first_on,
        since=since,
        today=days[-1].totals,
        period=whole,
        days=tuple(days),
        year=tuple((on, totals[on].answers if on in totals else 0) for on in _span(_year_start(day), day)),
        streak=streak,
        longest_streak=longest_streak,
        young=Rate(whole.young_passes, whole.young),
        mature=Rate(whole.mature_passes, whole.mature),
        hours=tuple(Hour(hour, *answered.hours.get(hour, (0, 0, 0))) for hour in range(24)),
        grades=_grades(period),
        cards=standing.cards,
        intervals=_histogram(standing.held, 0),
        eases=_histogram(standing.held, 1),
        leeches=standing.leeches,
        leech_count=standing.leech_count,
        forecast=tuple(
            Coming(day + timedelta(days=ahead), coming.due, coming.returning, coming.new)
            for ahead, coming in enumerate(outlook.days)
        ),
        rest=tuple(_rest(name, new, day, outlook.seen_all[ref], answer_ms) for ref, name, new in standing.new),
        answer_ms=answer_ms,
    )


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def _totals_by_day(days: Iterable[DayCounts]) -> dict[date, Totals]:
    of_day: dict[date, list[Totals]] = defaultdict(list)
    for counts in days:
        of_day[counts.day].append(_totals(counts))
    return {day: added(parts) for day, parts in of_day.items()}


def _totals(counts: DayCounts) -> Totals:
    passed = counts.grade >= PASS
    return Totals(
        answers=counts.answers,
        new=counts.introduced,
        young=counts.young,
        mature=counts.mature,
        young_passes=counts.young if passed else 0,
        mature_passes=counts.mature if passed else 0,
        drilled=counts.drilled,
        practised=counts.practised,
        milliseconds=counts.milliseconds,
    )


def added(parts: Sequence[Totals]) -> Totals:
    """Return the sum of several totals."""
    return Totals(
        answers=sum(part.answers for part in parts),
        new=sum(part.new for part in parts),
        young=sum(part.young for part in parts),
        mature=sum(part.mature for part in parts),
        young_passes=sum(part.young_passes for part in parts),
        mature_passes=sum(part.mature_passes for part in parts),
        drilled=sum(part.drilled for part in parts),
        practised=sum(part.practised for part in parts),
        milliseconds=sum(part.milliseconds for part in parts),
    )


def _grades(period: Sequence[DayCounts]) -> tuple[Grade, ...]:
    given = [[counts for counts in period if counts.grade == grade] for grade in range(6)]
    return tuple(
        Grade(
            grade,
            new=sum(counts.introduced for counts in counted),
            young=sum(counts.young for counts in counted),
            mature=sum(counts.mature for counts in counted),
            drilled=sum(counts.drilled for counts in counted),
        )
        for grade, counted in enumerate(given)
    )


def _histogram(held: Mapping[tuple[int, int], int], at: int) -> tuple[tuple[int, int], ...]:
    cards: Counter[int] = Counter()
    for place, count in held.items():
        cards[place[at]] += count
    return tuple(sorted(cards.items()))


def _outlook(day: date, standing: Standing, limits: Limits) -> Outlook:
    left = (date.max - day).days + 1
    new = [(ref, cards) for ref, _, cards in standing.new]
    days, farthest = min(FORECAST_DAYS, left), min(FARTHEST_DAYS, left)
    return foresee(standing.seen, new, limits, siblings=standing.siblings, days=days, farthest=farthest)


def _rest(name: str, new: int, day: date, seen_all: tuple[int, int] | None, answer_ms: int | None) -> Rest:
    if seen_all is None:
        return Rest(name, new, None, None, None)
    days, answers = seen_all
    return Rest(name, new, days, day + timedelta(days=days - 1), None if answer_ms is None else answers * answer_ms)

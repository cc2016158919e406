"""Progress in numbers: the interval of a rate, streaks, the forecast."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.stats import DayCounts, Rate, forecast, retention, streaks

law = settings(deadline=None)
DAY = date(2026, 3, 31)


def counts(day: int, grade: int = 4, *, young: int = 0, mature: int = 0, other: int = 0) -> DayCounts:
    """Answers of the `day`-th of March; `other` is introduced, drilled and practised so many times each."""
    return DayCounts(date(2026, 3, day), grade, other, young, mature, other, other, 0)


@pytest.mark.parametrize(
    ("passes", "reviews", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (20, 20, 0.8389, 1.0),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
        (10, 20, 0.2993, 0.7007),
        (50, 100, 0.4038, 0.5962),
        (900, 1000, 0.8798, 0.9171),
    ],
)
def test_wilsons_interval(passes: int, reviews: int, low: float, high: float) -> None:
    """The first two from Newcombe (1998); the rest by hand, from p ± z√(p(1−p)/n + z²/4n²) and so on."""
    interval = Rate(passes, reviews).interval
    assert interval is not None
    assert [round(bound, 4) for bound in interval] == [low, high]


@pytest.mark.parametrize("reviews", [0, 1, 19])
def test_a_rate_of_fewer_than_20_reviews_says_nothing(reviews: int) -> None:
    assert (Rate(reviews, reviews).share, Rate(reviews, reviews).interval) == (None, None)


def test_a_rate_of_20_reviews_is_shown() -> None:
    assert Rate(15, 20).share == 0.75


@law
@given(st.integers(20, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_within_0_and_1(counted: tuple[int, int]) -> None:
    rate = Rate(*counted)
    assert rate.interval is not None and rate.share is not None
    low, high = rate.interval
    assert 0 <= low <= rate.share + 1e-12 and rate.share - 1e-12 <= high <= 1
    mirrored = Rate(rate.reviews - rate.passes, rate.reviews).interval
    assert mirrored is not None
    assert [low, high] == pytest.approx([1 - mirrored[1], 1 - mirrored[0]])


def test_retention_is_the_passes_among_reviews_of_cards_seen_before() -> None:
    days = [
        counts(1, grade=5, young=100),
        counts(10, grade=2, young=3, mature=2, other=50),
        counts(10, grade=3, young=4),
        counts(11, grade=5, mature=6),
    ]
    assert retention(days, since=date(2026, 3, 10)) == Rate(passes=10, reviews=15)
    assert retention(days, since=date(2026, 3, 12)) == Rate(0, 0)


def test_reviews_and_answers_of_a_day() -> None:
    day = DayCounts(DAY, 4, introduced=1, young=10, mature=100, drilled=1_000, practised=10_000, milliseconds=7)
    assert (day.reviews, day.answers) == (110, 11_111)


@pytest.mark.parametrize(
    ("studied", "streak"),
    [
        ([], (0, 0)),
        ([31], (1, 1)),
        ([30], (1, 1)),
        ([29], (0, 1)),
        ([29, 30, 31], (3, 3)),
        ([29, 30], (2, 2)),
        ([28, 29], (0, 2)),
        ([1, 2, 3, 4, 30, 31], (2, 4)),
        ([1, 2, 4, 5, 6, 8], (0, 3)),
    ],
)
def test_streaks(studied: list[int], streak: tuple[int, int]) -> None:
    assert streaks([counts(day, young=1) for day in studied], DAY) == streak
    assert streaks([counts(day, young=1) for day in reversed(studied)], DAY) == streak


def test_a_day_of_several_grades_is_one_day() -> None:
    assert streaks([counts(31, grade=2, other=1), counts(31, grade=5, young=1)], DAY) == (1, 1)


def test_a_day_without_answers_is_no_day() -> None:
    assert streaks([counts(30, young=1), counts(31)], DAY) == (1, 1)
    assert streaks([counts(29, young=1), counts(30), counts(31, young=1)], DAY) == (1, 1)


def test_a_day_of_practice_alone_counts() -> None:
    assert streaks([DayCounts(DAY, 4, 0, 0, 0, 0, 1, 0)], DAY) == (1, 1)


def test_days_ahead_are_of_no_streak() -> None:
    """The clock was set back."""
    ahead = [counts(day, young=1) for day in (20, 21, 22)]
    assert streaks(ahead, date(2026, 3, 20)) == (1, 1)


def test_a_forecast_begins_with_all_that_is_overdue() -> None:
    due = [
        (DAY - timedelta(days=400), 3),
        (DAY - timedelta(days=1), 4),
        (DAY, 5),
        (DAY + timedelta(days=2), 7),
        (DAY + timedelta(days=3), 9),
    ]
    assert forecast(due, DAY, 3) == [(DAY, 12), (DAY + timedelta(days=1), 0), (DAY + timedelta(days=2), 7)]
    assert len(forecast([], DAY)) == 30
    assert forecast(due, DAY, 0) == []


def test_a_forecast_ends_with_the_calendar() -> None:
    last = date.max - timedelta(days=1)
    assert forecast([(date.max, 2)], last, 30) == [(last, 0), (date.max, 2)]

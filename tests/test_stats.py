"""Progress in numbers: the interval of a rate, a day's answers, streaks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.stats import DayCounts, Rate, runs

law = settings(deadline=None)
DAY = date(2026, 3, 31)


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
    days = [date(2026, 3, day) for day in studied]
    assert runs(days, DAY) == streak
    assert runs(reversed(days), DAY) == streak
    assert runs(days * 2, DAY) == streak

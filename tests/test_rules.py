"""Longest intervals and fuzz move due days, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.log import Entry, EntryKind, fold
from flashrls.rules import CLASSIC, Rules, due_day, fuzz_days, wait_days
from flashrls.sm2 import Schedule

DAY = date(2026, 3, 2)
some_rules = st.builds(
    Rules, lapse_ease=st.just("change"), maximum_interval=st.integers(1, 36_500), fuzz=st.booleans()
)


def graded(grades: list[int], gaps: list[int]) -> list[Entry]:
    """Scheduled grades, each so many days after the one before."""
    day = DAY
    entries = []
    for at, (grade, gap) in enumerate(zip(grades, gaps, strict=False)):
        day += timedelta(days=gap)
        entries.append(Entry(f"e{at}", "meer/k1", EntryKind.SCHEDULED, at, 0, day, grade, clock_ms=at))
    return entries


@given(
    st.lists(st.integers(0, 5), max_size=25), st.lists(st.integers(1, 400), min_size=25, max_size=25), some_rules
)
def test_with_any_rules_the_state_of_sm2_is_the_classic_one(
    grades: list[int], gaps: list[int], rules: Rules
) -> None:
    entries = graded(grades, gaps)
    ruled, classic = fold(entries, rules), fold(entries)
    assert (ruled.schedule, ruled.reviews, ruled.lapses) == (classic.schedule, classic.reviews, classic.lapses)
    assert classic.due_on == (classic.schedule and classic.schedule.due_on)


@given(st.integers(1, 36_500), st.integers(0, 500), some_rules)
def test_a_card_waits_a_day_at_least_and_never_longer_than_the_maximum(
    interval: int, reviews: int, rules: Rules
) -> None:
    assert 1 <= wait_days(interval, "meer/k1", reviews, rules) <= rules.maximum_interval
    if not rules.fuzz:
        assert wait_days(interval, "meer/k1", reviews, rules) == min(interval, rules.maximum_interval)


@pytest.mark.parametrize(
    ("interval", "reach"),
    # 1 + 15 % of the part in 2.5-7, 10 % of 7-20, 5 % above; whole days.
    [(1, 0), (2, 0), (3, 1), (7, 1), (9, 1), (10, 1), (11, 2), (20, 2), (100, 6), (1000, 51)],
)
def test_fuzz_reaches_as_far_as_the_rule_says_and_is_used_to_both_ends(interval: int, reach: int) -> None:
    offsets = {fuzz_days(interval, f"meer/k{card}", 3) for card in range(3_000)}
    assert offsets == set(range(-reach, reach + 1))


def test_fuzz_is_the_same_at_every_replay_and_differs_between_cards_and_reviews() -> None:
    offsets = [fuzz_days(100, f"meer/k{card}", review) for card in range(20) for review in range(20)]
    assert offsets == [fuzz_days(100, f"meer/k{card}", review) for card in range(20) for review in range(20)]
    assert len({tuple(offsets[at : at + 20]) for at in range(0, 400, 20)}) == 20


def test_a_due_day_past_the_calendars_end_is_its_last_day() -> None:
    last = Schedule(250, 9, 100, date.max)
    days = {due_day(last, f"meer/k{card}", 9, Rules(fuzz=True)) for card in range(50)}
    assert max(days) == date.max
    assert min(days) == date.max - timedelta(days=6)
    assert due_day(last, "meer/k1", 9, CLASSIC) == date.max

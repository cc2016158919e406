"""What comes: cards seen before, new ones, and the limits that make them wait; all days are reckoned by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.forecasting import Ahead, Allowance, Limits, Outlook, Waiting, foresee

law = settings(deadline=None, max_examples=60)
MANY = Limits(Allowance(1000, 20))


def days(outlook: Outlook) -> list[tuple[int, int, int]]:
    return [(ahead.due, ahead.returning, ahead.new) for ahead in outlook.days]


def only(outlook: Outlook, part: str) -> dict[int, int]:
    """The days on which there is any of a part, and how many."""
    return {ahead: count for ahead, day in enumerate(outlook.days) if (count := getattr(day, part))}


def test_nothing_comes_without_cards() -> None:
    assert foresee([], [], MANY) == Outlook((Ahead(0, 0, 0),) * 30, {})


def test_a_new_card_comes_back_after_1_then_6_then_15_days() -> None:
    """Introduced on day 0: 0+1 = 1, 1+6 = 7, 7+15 = 22; the next interval, 38, is behind the 30 days."""
    outlook = foresee([], [(1, 1)], MANY)
    assert (only(outlook, "new"), only(outlook, "returning")) == ({0: 1}, {1: 1, 7: 1, 22: 1})


def test_a_card_seen_before_comes_on_its_day_and_then_by_its_ease() -> None:
    """Ease 1.30, interval 10, due on day 3: 10 x 1.3 = 13 days on, day 16; 13 x 1.3 = 16.9, so 17: day 33."""
    assert only(foresee([Waiting(0, 3, 130, 5, 10, 2)], [], MANY), "due") == {3: 2, 16: 2}


def test_overdue_cards_are_due_today_and_their_intervals_count_from_then() -> None:
    """Repetition 1 makes 6 days from today, whatever it is late; then 6 x 2.5 = 15: day 21."""
    assert only(foresee([Waiting(0, -40, 250, 1, 1, 3)], [], MANY), "due") == {0: 3, 6: 3, 21: 3}


def test_a_card_after_a_lapse_begins_anew() -> None:
    """No repetition: 1 day, then 6, then 6 x 2.0 = 12: days 2, 3, 9, 21."""
    assert only(foresee([Waiting(0, 2, 200, 0, 1, 1)], [], MANY), "due") == {2: 1, 3: 1, 9: 1, 21: 1}


def test_the_longest_interval_moves_due_days_and_not_the_interval() -> None:
    """At most 4 days apart: 0, 4, 8 …, 28."""
    limits = Limits(Allowance(100, 0), maximum_interval=4)
    assert only(foresee([Waiting(0, 0, 250, 9, 100, 1)], [], limits), "due") == dict.fromkeys(range(0, 30, 4), 1)


def test_what_exceeds_the_days_limit_waits_for_the_next_day_and_new_cards_wait_meanwhile() -> None:
    """Five due, two a day: 2, 2, 1. New ones only on the third day, when no more is due than two.

    They come on days 2, 3 and 4, and are asked again on days 3 and 4: five answers until day 4, the fifth day.
    """
    outlook = foresee([Waiting(0, 0, 250, 9, 100, 5)], [(1, 3)], Limits(Allowance(2, 1)))
    assert days(outlook)[:4] == [(2, 0, 0), (2, 0, 0), (1, 0, 1), (0, 1, 1)]
    assert outlook.seen_all == {1: (5, 5)}


def test_what_was_answered_today_is_used_up_of_todays_limits() -> None:
    limits = Limits(Allowance(3, 4, reviewed=2, introduced=3))
    outlook = foresee([Waiting(0, 0, 250, 9, 100, 1)], [(1, 6)], limits)
    assert days(outlook)[:3] == [(1, 0, 1), (0, 1, 4), (0, 3, 0)]


def test_the_most_endangered_of_the_overdue_come_first() -> None:
    """Two days late of 4 goes before five days late of 100: it comes back after 10 days, on day 10."""
    seen = [Waiting(0, -5, 250, 3, 100, 1), Waiting(0, -2, 250, 3, 4, 1)]
    assert only(foresee(seen, [], Limits(Allowance(1, 0))), "due") == {0: 1, 1: 1, 10: 1}


def test_decks_are_introduced_one_after_the_other() -> None:
    """Three a day. A: days 0 and 1. B: the rest of day 1, and day 2.

    A's answers until day 1: 4 introduced, and 3 of them back on day 1. B's until day 2: 4, and 2 back on day 2.
    """
    outlook = foresee([], [(7, 4), (3, 4)], Limits(Allowance(100, 3)))
    assert days(outlook)[:4] == [(0, 0, 3), (0, 3, 3), (0, 3, 2), (0, 2, 0)]
    assert outlook.seen_all == {7: (2, 7), 3: (3, 6)}


def test_a_decks_own_limits_hold_beside_the_days() -> None:
    """Deck 1: one new a day. Deck 2 fills the day's three up."""
    own = ((frozenset({1}), Allowance(None, 1)),)
    outlook = foresee([], [(1, 3), (2, 4)], Limits(Allowance(100, 3), own))
    assert [day.new for day in outlook.days[:4]] == [3, 3, 1, 0]
    assert {deck: told and told[0] for deck, told in outlook.seen_all.items()} == {1: 3, 2: 2}


def test_a_decks_own_backlog_holds_back_its_own_new_cards_alone() -> None:
    """Deck 1 has three due and may ask one a day: its new card comes on day 2, when one is left."""
    own = ((frozenset({1}), Allowance(1, None)),)
    seen = [Waiting(1, 0, 250, 9, 100, 3), Waiting(2, 0, 250, 9, 100, 4)]
    outlook = foresee(seen, [(1, 1), (2, 1)], Limits(Allowance(100, 20), own))
    assert days(outlook)[:4] == [(5, 0, 1), (1, 1, 0), (1, 0, 1), (0, 1, 0)]


@pytest.mark.parametrize("limits", [Limits(Allowance(100, 0)), Limits(Allowance(0, 5))])
def test_where_the_limits_never_let_new_cards_come_none_are_foretold(limits: Limits) -> None:
    """No new ones a day, or a backlog that never shrinks."""
    outlook = foresee([Waiting(0, 0, 250, 9, 100, 1)], [(1, 2)], limits, farthest=60)
    assert (only(outlook, "new"), outlook.seen_all) == ({}, {1: None})


def test_new_cards_of_more_than_ten_years_never_end() -> None:
    """One a day for 3,650 days, each back after 1, 7, 22, 60, 155, 393, 988 and 2,476 days, 4,102 in all.

    So there are 9 x 3,650 - 4,102 answers; the other deck's card would come on the day after the last.
    """
    assert foresee([], [(1, 3650), (2, 1)], Limits(Allowance(9999, 1))).seen_all == {1: (3650, 28_748), 2: None}


def test_cards_due_far_ahead_are_in_the_way_of_new_ones() -> None:
    """One new a day; on day 40 three of them are back and eight others due, one more than may be asked.

    So none is introduced on that day, and 42 take 43 days.
    """
    limits = Limits(Allowance(10, 1))
    seen = [Waiting(0, 40, 250, 9, 100, 4), Waiting(0, 40, 250, 9, 200, 4)]
    assert [(foresee(due, [(1, 42)], limits).seen_all[1] or (None,))[0] for due in ([], seen[:1], seen)] == [
        42,
        42,
        43,
    ]


def waiting() -> st.SearchStrategy[Waiting]:
    return st.builds(
        Waiting,
        deck=st.integers(1, 3),
        due_in=st.integers(-50, 40),
        ease=st.integers(130, 300),
        repetitions=st.integers(0, 9),
        interval_days=st.integers(1, 400),
        cards=st.integers(1, 30),
    )


@law
@given(
    st.lists(waiting(), max_size=8),
    st.lists(st.tuples(st.integers(1, 3), st.integers(1, 40)), max_size=3, unique_by=lambda told: told[0]),
    st.integers(0, 40),
    st.integers(0, 20),
)
def test_no_day_asks_more_than_its_limits_and_no_new_card_is_lost(
    seen: list[Waiting], new: list[tuple[int, int]], reviews: int, introduced: int
) -> None:
    outlook = foresee(seen, new, Limits(Allowance(reviews, introduced)), farthest=200)
    assert len(outlook.days) == 30
    for day in outlook.days:
        assert day.due + day.returning <= reviews and day.new <= introduced
    assert sum(day.new for day in outlook.days) <= sum(cards for _, cards in new)
    for deck, cards in new:
        told = outlook.seen_all[deck]
        assert told is None or told[1] >= cards


@law
@given(st.lists(waiting(), max_size=8), st.integers(0, 40))
def test_cards_told_together_or_one_by_one_come_alike(seen: list[Waiting], reviews: int) -> None:
    apart = [
        Waiting(one.deck, one.due_in, one.ease, one.repetitions, one.interval_days, 1)
        for one in seen
        for _ in range(one.cards)
    ]
    limits = Limits(Allowance(reviews, 5))
    assert foresee(seen, [(1, 10)], limits).days == foresee(apart, [(1, 10)], limits).days

"""SM-2 against its specification: trajectories, laws, and a second implementation in fractions."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.errors import BadGrade
from flashrls.sm2 import LapseEase, Schedule, preview, schedule_review

DAY = date(2026, 3, 1)

grades = st.integers(0, 5)
passes = st.integers(3, 5)
lapses = st.integers(0, 2)
readings = st.sampled_from(["change", "keep"])
days = st.dates(date(1990, 1, 1), date(2200, 1, 1))
schedules = st.builds(
    Schedule,
    ease=st.integers(65, 400).map(lambda half: 2 * half),
    repetitions=st.integers(0, 30),
    interval_days=st.integers(1, 36_500),
    due_on=days,
)
law = settings(deadline=None)


def walk(grades: list[int], lapse_ease: LapseEase = "change") -> list[Schedule]:
    """The schedules of a new card that gets these grades, each on the day it is due."""
    states: list[Schedule] = []
    day, state = DAY, None
    for grade in grades:
        state = schedule_review(state, grade, day, lapse_ease=lapse_ease)
        states.append(state)
        day = state.due_on
    return states


def intervals(grades: list[int], lapse_ease: LapseEase = "change") -> list[int]:
    return [state.interval_days for state in walk(grades, lapse_ease)]


@pytest.mark.parametrize(
    ("given_grades", "expected"),
    [
        ([4] * 6, [1, 6, 15, 38, 95, 238]),
        ([5] * 7, [1, 6, 17, 48, 140, 420, 1302]),
        ([3] * 8, [1, 6, 14, 30, 59, 107, 178, 271]),
        ([4, 4, 4, 1, 4, 4, 4, 4], [1, 6, 15, 1, 1, 6, 12, 24]),
        ([0, 0, 5, 5, 4, 4], [1, 1, 1, 6, 9, 14]),
    ],
)
def test_the_specified_grades_give_the_specified_intervals(given_grades: list[int], expected: list[int]) -> None:
    assert intervals(given_grades) == expected


def test_a_kept_ease_lets_a_lapsed_card_grow_as_fast_as_before() -> None:
    assert intervals([4, 4, 4, 1, 4, 4, 4, 4], "keep") == [1, 6, 15, 1, 1, 6, 15, 38]


@pytest.mark.parametrize("last", [3, 4, 5])
@pytest.mark.parametrize(("given_grades", "expected"), [([0, 0, 5, 5], 9), ([4, 4], 15), ([2, 3, 5, 3, 5, 5], 121)])
def test_an_interval_that_floats_get_wrong_is_exact(given_grades: list[int], expected: int, last: int) -> None:
    """Binary fractions give 10, 16 and 122 here; whichever pass comes last, the ease before it counts."""
    assert intervals([*given_grades, last])[-1] == expected


@pytest.mark.parametrize(("grade", "ease"), [(0, 170), (1, 196), (2, 218), (3, 236), (4, 250), (5, 260)])
def test_the_first_grade_gives_this_ease(grade: int, ease: int) -> None:
    assert schedule_review(None, grade, DAY).ease == ease


@pytest.mark.parametrize(("grade", "ease"), [(0, 250), (1, 250), (2, 250), (3, 236), (4, 250), (5, 260)])
def test_a_kept_ease_is_left_by_lapses_alone(grade: int, ease: int) -> None:
    assert schedule_review(None, grade, DAY, lapse_ease="keep").ease == ease


def test_the_ease_multiplied_is_the_one_before_the_grade() -> None:
    before = Schedule(ease=200, repetitions=2, interval_days=10, due_on=DAY)
    assert schedule_review(before, 3, DAY) == Schedule(186, 3, 20, date(2026, 3, 21))


def test_the_ease_stops_at_1_30() -> None:
    assert [state.ease for state in walk([0, 0, 0, 3, 5])] == [170, 130, 130, 130, 140]


def test_the_ease_has_no_upper_limit() -> None:
    assert walk([5] * 100)[-1].ease == 1250


def test_an_early_or_late_review_counts_from_its_own_day() -> None:
    before = Schedule(ease=250, repetitions=2, interval_days=6, due_on=date(2026, 3, 7))
    assert [
        schedule_review(before, 4, day).due_on for day in (date(2026, 3, 3), date(2026, 3, 7), date(2027, 3, 7))
    ] == [date(2026, 3, 18), date(2026, 3, 22), date(2027, 3, 22)]


@pytest.mark.parametrize("interval_days", [14_600, 14_601, 36_500])
def test_the_interval_stops_at_36500_days(interval_days: int) -> None:
    before = Schedule(ease=250, repetitions=9, interval_days=interval_days, due_on=DAY)
    assert schedule_review(before, 5, DAY).interval_days == 36_500


def test_an_interval_just_below_the_cap_is_not_cut() -> None:
    before = Schedule(ease=250, repetitions=9, interval_days=14_599, due_on=DAY)
    assert schedule_review(before, 5, DAY).interval_days == 36_498


def test_a_card_at_the_cap_lapses_like_any_other() -> None:
    before = Schedule(ease=250, repetitions=9, interval_days=36_500, due_on=DAY)
    assert schedule_review(before, 2, DAY) == Schedule(218, 0, 1, date(2026, 3, 2))


@pytest.mark.parametrize("grade", [True, False, 3.0, "3", -1, 6, None])
def test_what_is_no_integer_from_0_to_5_is_no_grade(grade: Any) -> None:
    with pytest.raises(BadGrade) as raised:
        schedule_review(None, grade, DAY)
    assert str(raised.value) == (
        f"{grade!r} is not a grade.\n  A grade is a whole number from 0 (no memory of it) to 5 (perfect)."
    )


@pytest.mark.parametrize(
    ("day", "due_on"),
    [(date.max, date.max), (date(9999, 12, 30), date.max), (date(9999, 12, 25), date.max)],
)
def test_a_review_at_the_end_of_the_calendar_is_due_on_its_last_day(day: date, due_on: date) -> None:
    before = Schedule(ease=250, repetitions=1, interval_days=1, due_on=day)
    assert schedule_review(before, 4, day) == Schedule(250, 2, 6, due_on)


def test_the_preview_shows_what_each_grade_of_a_new_card_gives() -> None:
    assert preview(None, DAY) == {
        0: Schedule(170, 0, 1, date(2026, 3, 2)),
        1: Schedule(196, 0, 1, date(2026, 3, 2)),
        2: Schedule(218, 0, 1, date(2026, 3, 2)),
        3: Schedule(236, 1, 1, date(2026, 3, 2)),
        4: Schedule(250, 1, 1, date(2026, 3, 2)),
        5: Schedule(260, 1, 1, date(2026, 3, 2)),
    }


@law
@given(st.none() | schedules, days, readings)
def test_the_preview_is_what_the_review_then_does(
    before: Schedule | None, day: date, lapse_ease: LapseEase
) -> None:
    assert preview(before, day, lapse_ease=lapse_ease) == {
        grade: schedule_review(before, grade, day, lapse_ease=lapse_ease) for grade in (0, 1, 2, 3, 4, 5)
    }


@law
@given(st.lists(grades, max_size=60), readings)
def test_the_ease_is_even_and_at_least_130(given_grades: list[int], lapse_ease: LapseEase) -> None:
    eases = [state.ease for state in walk(given_grades, lapse_ease)]
    assert [ease for ease in eases if ease % 2 or ease < 130] == []


@law
@given(schedules.filter(lambda s: s.repetitions >= 2 and s.interval_days < 36_500), passes)
def test_a_pass_after_two_passes_lengthens_an_interval_below_the_cap(before: Schedule, grade: int) -> None:
    assert schedule_review(before, grade, DAY).interval_days > before.interval_days


@law
@given(st.none() | schedules, lapses, readings)
def test_a_lapse_starts_the_repetitions_again_with_one_day(
    before: Schedule | None, grade: int, lapse_ease: LapseEase
) -> None:
    after = schedule_review(before, grade, DAY, lapse_ease=lapse_ease)
    assert (after.repetitions, after.interval_days, after.due_on) == (0, 1, date(2026, 3, 2))


@law
@given(schedules, readings)
def test_a_4_leaves_the_ease_alone(before: Schedule, lapse_ease: LapseEase) -> None:
    assert schedule_review(before, 4, DAY, lapse_ease=lapse_ease).ease == before.ease


@law
@given(schedules, lapses)
def test_a_lapse_with_kept_ease_leaves_the_ease_alone(before: Schedule, grade: int) -> None:
    assert schedule_review(before, grade, DAY, lapse_ease="keep").ease == before.ease


@law
@given(st.none() | schedules, readings)
def test_a_better_grade_never_gives_a_shorter_interval(before: Schedule | None, lapse_ease: LapseEase) -> None:
    offered = [after.interval_days for after in preview(before, DAY, lapse_ease=lapse_ease).values()]
    assert offered == sorted(offered)


@law
@given(schedules, passes)
def test_a_pass_is_counted(before: Schedule, grade: int) -> None:
    assert schedule_review(before, grade, DAY).repetitions == before.repetitions + 1


@law
@given(schedules, grades, readings, days, days)
def test_the_due_day_follows_from_the_study_day_and_nothing_else_depends_on_either(
    before: Schedule, grade: int, lapse_ease: LapseEase, day: date, was_due_on: date
) -> None:
    """However early or late a review is: the same state and grade give the same ease, count and interval."""
    on_time = schedule_review(before, grade, before.due_on, lapse_ease=lapse_ease)
    other_due = Schedule(before.ease, before.repetitions, before.interval_days, was_due_on)
    other_day = schedule_review(other_due, grade, day, lapse_ease=lapse_ease)
    assert other_day == Schedule(
        on_time.ease, on_time.repetitions, on_time.interval_days, day + timedelta(days=on_time.interval_days)
    )


def test_a_schedule_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Schedule(250, 1, 1, DAY).ease = 260  # type: ignore[misc]


# Woźniak's text once more, in exact fractions: EF' = EF + (0.1 - (5 - q) * (0.08 + (5 - q) * 0.02)).
EF_CHANGE = {
    q: Fraction("0.1") - (5 - q) * (Fraction("0.08") + (5 - q) * Fraction("0.02")) for q in (0, 1, 2, 3, 4, 5)
}


def wozniak(ef: Fraction, n: int, interval: int, q: int, *, item_6: bool) -> tuple[Fraction, int, int]:
    """The next E-Factor, number of repetitions and interval; `item_6` takes "without changing" at its word."""
    if q < 3:
        n, interval = 0, 1
        if item_6:
            return ef, n, interval
    else:
        n += 1
        interval = {1: 1, 2: 6}.get(n) or math.ceil(interval * ef)
    return max(ef + EF_CHANGE[q], Fraction("1.3")), n, interval


@pytest.mark.parametrize("lapse_ease", ["change", "keep"])
def test_every_sequence_of_six_grades_agrees_with_wozniaks_text_in_fractions(lapse_ease: LapseEase) -> None:
    leaves = 0
    todo: list[tuple[int, Schedule | None, tuple[Fraction, int, int]]] = [(0, None, (Fraction("2.5"), 0, 0))]
    while todo:
        depth, state, (ef, n, interval) = todo.pop()
        for q in range(6):
            ours = schedule_review(state, q, DAY, lapse_ease=lapse_ease)
            theirs = wozniak(ef, n, interval, q, item_6=lapse_ease == "keep")
            assert (Fraction(ours.ease, 100), ours.repetitions, ours.interval_days) == theirs
            if depth < 5:
                todo.append((depth + 1, ours, theirs))
            else:
                leaves += 1
    assert leaves == 46_656

"""The rule that `why` tells is the rule that made the outcome."""

from __future__ import annotations

from datetime import date

import pytest

from flashrls.log import NEW, CardState, Entry, EntryKind
from flashrls.rules import Rules
from flashrls.sm2 import Schedule
from flashrls.why import deed, rule

DAY = date(2026, 3, 2)


def entry(kind: EntryKind, grade: int | None = None) -> Entry:
    return Entry("id", "deck/note", kind, 0, 0, DAY, grade)


def after(repetitions: int, interval: int, ease: int = 250) -> CardState:
    return CardState(Schedule(ease, repetitions, interval, DAY), reviews=repetitions)


@pytest.mark.parametrize(
    ("before", "grade", "told"),
    [
        (NEW, 4, "first pass: 1 day"),
        (NEW, 5, "first pass: 1 day; ease +0.10"),
        (NEW, 2, "lapse: back to 1 day; ease -0.32"),
        (after(1, 1), 4, "second pass: 6 days"),
        (after(2, 6), 4, "6 days x 2.50, rounded up: 15"),
        (after(3, 15, 236), 3, "15 days x 2.36, rounded up: 36; ease -0.14"),
        (after(4, 20, 140), 1, "lapse: back to 1 day; ease -0.10 (least)"),
        (after(9, 36_000), 4, "36000 days x 2.50, at most 36500"),
    ],
)
def test_a_scheduled_grade_tells_the_rule_of_sm2(before: CardState, grade: int, told: str) -> None:
    assert rule(before, entry(EntryKind.SCHEDULED, grade)) == told


def test_a_lapse_that_keeps_its_ease_says_nothing_of_it() -> None:
    assert rule(after(3, 15), entry(EntryKind.SCHEDULED, 1), Rules(lapse_ease="keep")) == "lapse: back to 1 day"


def test_what_changes_no_schedule_says_so() -> None:
    assert rule(NEW, entry(EntryKind.DRILL, 3)) == "drill: changes no schedule, again today"
    assert rule(NEW, entry(EntryKind.DRILL, 4)) == "drill: changes no schedule, done"
    assert rule(NEW, entry(EntryKind.PRACTICE, 4)) == "practice: changes nothing"
    assert rule(NEW, entry(EntryKind.BURY)) == "buried for the day"


def test_a_deed_is_called_as_its_button() -> None:
    assert [deed(entry(EntryKind.SCHEDULED, grade)) for grade in range(6)] == [
        "grade 0",
        "grade 1",
        "Again",
        "Hard",
        "Good",
        "Easy",
    ]
    assert deed(entry(EntryKind.SUSPEND)) == "suspended"

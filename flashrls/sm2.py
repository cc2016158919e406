"""SM-2, exactly and in integers: one grade turns a card's schedule into its next.

Source: P. A. Woźniak, "Optimization of Learning" (1990), chapter 3.2; where that text is silent,
SuperMemo World's published Delphi source decides. Ease (the E-Factor) is held in hundredths, so
that no product is ever rounded by binary fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from flashrls.errors import BadGrade

LapseEase = Literal["change", "keep"]
"""Whether a lapse changes the ease (the Delphi source) or leaves it (the literal text of item 6)."""

FIRST_EASE = 250
LEAST_EASE = 130
MOST_INTERVAL_DAYS = 36_500
PASS = 3
"""The least grade that counts as remembered."""

_EASE_CHANGE = (-80, -54, -32, -14, 0, 10)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What SM-2 knows of a card that was reviewed at least once; a new card has none.

    Attributes:
        ease: the E-Factor in hundredths, at least 130.
        repetitions: passes in a row, 0 after a lapse.
        interval_days: days from the last scheduled review to the next, 1..36,500.
        due_on: the study day of that next review.
    """

    ease: int
    repetitions: int
    interval_days: int
    due_on: date


def check_grade(grade: object) -> int:
    """Return `grade` if it is an integer 0..5.

    Raises:
        BadGrade: it is anything else; booleans are not grades.
    """
    if type(grade) is not int or not 0 <= grade <= 5:
        raise BadGrade(grade)
    return grade


def schedule_review(
    before: Schedule | None, grade: int, day: date, *, lapse_ease: LapseEase = "change"
) -> Schedule:
    """Return the schedule after a review on study day `day`.

    Args:
        before: the schedule so far; None for a new card.
        grade: 0..5; 3 and better is a pass.
        day: the study day of the review, from which the interval counts, early or late.
        lapse_ease: "keep" leaves the ease alone on a lapse.

    Raises:
        BadGrade: the grade is not an integer 0..5.
    """
    check_grade(grade)
    ease, repetitions, interval = (
        (before.ease, before.repetitions, before.interval_days) if before else (FIRST_EASE, 0, 0)
    )
    passed = grade >= PASS
    if not passed or repetitions == 0:
        next_interval = 1
    elif repetitions == 1:
        next_interval = 6
    else:
        next_interval = min(-(-interval * ease // 100), MOST_INTERVAL_DAYS)
    if passed or lapse_ease == "change":
        ease = max(LEAST_EASE, ease + _EASE_CHANGE[grade])
    return Schedule(ease, repetitions + 1 if passed else 0, next_interval, day_after(day, next_interval))


def preview(before: Schedule | None, day: date, *, lapse_ease: LapseEase = "change") -> dict[int, Schedule]:
    """Return the schedule that each grade 0..5 would give on study day `day`."""
    return {grade: schedule_review(before, grade, day, lapse_ease=lapse_ease) for grade in range(6)}


def day_after(day: date, days: int) -> date:
    """Return `day` + `days`, or the calendar's last day: a clock set to the year 9999 must not end a review."""
    return day + timedelta(days=min(days, (date.max - day).days))

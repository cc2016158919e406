"""The lines that tell a card's life, written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flashrls.life import life_of
from flashrls.lifelines import DIGITS, button_lines, buttons_heading, entry_lines, trend_lines, what_if_words
from flashrls.log import EntryKind, LogLine
from flashrls.settings import Settings
from tests.lives import FIRST_DAY, card, entry, logged, reviewed_when_due

LAPSED = reviewed_when_due([4, 4, 4, 1, 4, 4, 4, 4])
"""Intervals 1 6 15 1 1 6 12 24, ease 2.50 and from the lapse on 1.96; due on 2026-05-07."""


def told(log: list[LogLine], settings: Settings = Settings()) -> str:  # noqa: B008
    return what_if_words(life_of(card(), log, settings, FIRST_DAY))


def trend(cells: int, heights: str = "▁▂▃▄▅▆▇█") -> list[str]:
    return trend_lines(life_of(card(), LAPSED, Settings(), FIRST_DAY).reviews, cells, heights)


def test_a_trend_plots_intervals_by_their_logarithm_and_ease_above_its_least() -> None:
    """Of ln 24 = 3.18: ln 6 is 3.9 sevenths, ln 12 5.5, ln 15 6.0. Of 1.20 above 1.30: 0.66 is 3.9 sevenths."""
    assert trend(60) == [
        "interval  ▁▅▇▁▁▅▆█  1 day to 24 days",
        "ease      ███▅▅▅▅▅  1.96 to 2.50 (least 1.30)",
        "lapses       ×",
    ]


def test_a_trend_is_drawn_in_digits_where_there_are_no_blocks() -> None:
    assert trend(60, DIGITS) == [
        "interval  15711568  1 day to 24 days",
        "ease      88855555  1.96 to 2.50 (least 1.30)",
        "lapses       x",
    ]


def test_a_trend_that_is_too_long_shows_the_newest_reviews_and_says_so() -> None:
    assert trend(14) == [
        "interval  ▁▅▆█",
        "          1 day to 24 days",
        "ease      ▅▅▅▅",
        "          always 1.96 (least 1.30)",
        "          the newest 4 of 8 reviews",
    ]


def test_one_review_is_no_trend() -> None:
    assert trend_lines(life_of(card(), LAPSED[:1], Settings(), FIRST_DAY).reviews, 60) == []


def test_reviews_that_are_all_alike_are_a_flat_line() -> None:
    log = reviewed_when_due([2, 2], Settings(lapse_ease="keep").rules)
    life = life_of(card(), log, Settings(lapse_ease="keep"), FIRST_DAY)
    assert trend_lines(life.reviews, 60) == [
        "interval  ▁▁  always 1 day",
        "ease      ██  always 2.50 (least 1.30)",
        "lapses    ××",
    ]


def test_buttons_are_told_with_ease_interval_and_due_day() -> None:
    assert button_lines(life_of(card(), LAPSED, Settings(), FIRST_DAY)) == [
        "1 Again     ease 1.64  1 day        2026-05-08  drill",
        "2 Hard      ease 1.82  48 days      2026-06-24  drill",
        "3 Good      ease 1.96  48 days      2026-06-24",
        "4 Easy      ease 2.06  48 days      2026-06-24",
    ]


def test_a_due_day_that_was_moved_is_explained() -> None:
    lines = button_lines(life_of(card(), LAPSED, Settings(maximum_interval=30), FIRST_DAY))
    assert lines[2:] == [
        "3 Good      ease 1.96  48 days      2026-06-06",
        "4 Easy      ease 2.06  48 days      2026-06-06",
        "Fuzz or the longest interval moves the due day.",
    ]


@pytest.mark.parametrize(
    ("log", "held", "day", "heading"),
    [
        ([], None, FIRST_DAY, "Asked today, each button gives:"),
        (LAPSED, None, date(2026, 4, 20), "Asked on 2026-05-07, each button gives:"),
        (LAPSED, None, date(2026, 5, 8), "Asked today, each button gives:"),
        ([], "draft", FIRST_DAY, "It is a draft and isn't asked. If it were, each button would give:"),
        (
            logged([entry(0, FIRST_DAY, EntryKind.SUSPEND)]),
            None,
            FIRST_DAY,
            "It is suspended. Were it asked, each button would give:",
        ),
        (
            logged([entry(0, FIRST_DAY, grade=2)]),
            None,
            FIRST_DAY,
            "It is in today's drill, which changes no schedule. Asked on 2026-03-03, each button gives:",
        ),
    ],
    ids=["new", "not yet due", "overdue", "draft", "suspended", "drill"],
)
def test_the_heading_says_when_the_buttons_do_that(
    log: list[LogLine], held: str | None, day: date, heading: str
) -> None:
    asked = card(held=held)
    assert buttons_heading(life_of(asked, log, Settings(), day), asked, day) == heading


def test_what_if_tells_both_ends_and_how_many_reviews_differ() -> None:
    assert told(LAPSED) == (
        "With lapse_ease = keep: ease 2.50, interval 38 days, due 2026-05-21 (now: 1.96, 24 days, 2026-05-07); "
        "5 of 8 reviews come out otherwise, from 2026-03-24 on."
    )


def test_what_if_says_why_nothing_differs() -> None:
    assert told(LAPSED[:3]) == "With lapse_ease = keep: the same, for it has no lapse."
    assert told([]) == ""


def test_what_if_says_that_it_came_to_the_same_in_the_end() -> None:
    """Two blackouts: 2.50 - 0.80 - 0.80 is less than the least, and so is 2.50 - 9 x 0.14."""
    lapsed = reviewed_when_due([0, 0, *[3] * 9, 2])
    assert told(lapsed) == (
        "With lapse_ease = keep: the same now, though 11 of 12 reviews come out otherwise, from 2026-03-02 on."
    )


def test_an_entry_is_a_line_with_its_rule_below() -> None:
    log = logged(
        [
            entry(0, FIRST_DAY, grade=4),
            entry(1, FIRST_DAY, EntryKind.SUSPEND),
            entry(2, FIRST_DAY, EntryKind.UNDO, undoes="1"),
        ]
    )
    log[1] = replace(log[1], undone=True)
    assert [entry_lines(one) for one in life_of(card(), log, Settings(), FIRST_DAY).entries] == [
        ("2026-03-02  Good       2.50  1 day        2026-03-03", "first pass: 1 day"),
        ("2026-03-02  suspended", "(undone)"),
        ("2026-03-02  undo       2.50  1 day        2026-03-03", ""),
    ]

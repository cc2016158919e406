"""The page of a card's life, as it has to look.

When a change is meant, look at what it does and take new pictures:

    FLASHRLS_NEW_PICTURES=1 pytest tests/tui/test_why.py; git diff tests/tui/pictures
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from flashrls.log import EntryKind
from tests.store.making import NOON
from tests.tui.bench import THREE, Bench, lines, press, text
from tests.tui.test_pictures import compare

LAPSED = [4, 4, 4, 1, 4, 4, 4, 4]
"""Intervals 1 6 15 1 1 6 12 24; what the other rule makes of the last two is 15 and 38."""


def live(bench: Bench, grades: list[int]) -> Bench:
    """The card of the spindles is graded on each day it is due, and the clock goes on to the next."""
    with bench.library() as library:
        asked = library.card("spindles").card
        for grade in grades:
            asked = library.grade(asked, EntryKind.SCHEDULED, grade)
            if grade < 4:
                asked = library.grade(asked, EntryKind.DRILL, 4)
            assert asked.state.due_on is not None
            bench.clock.now = NOON + (asked.state.due_on - NOON.date())
    return bench


@pytest.fixture
def lived(bench: Bench) -> Bench:
    """A card with eight reviews, due today."""
    return live(bench.bring(THREE), LAPSED)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_life(lived: Bench, size: tuple[int, int]) -> None:
    """Its first screen, the next, and its end."""
    suffix = f"{size[0]}x{size[1]}"
    async with lived.review(size=size) as pilot:
        await press(pilot, "i")
        compare(f"life-{suffix}", pilot)
        await press(pilot, "space")
        compare(f"life-more-{suffix}", pilot)
        await press(pilot, "end")
        compare(f"life-end-{suffix}", pilot)
        await press(pilot, "home")
        compare(f"life-{suffix}", pilot)


async def test_nothing_of_it_is_wrapped_out_of_its_columns(lived: Bench) -> None:
    """Each entry is one line at 60 columns, its rule below it."""
    async with lived.review(size=(60, 60)) as pilot:
        await press(pilot, "i")
        shown = [line.rstrip(" │┃").strip() for line in lines(pilot)]
        at = shown.index("2026-03-24  grade 1    1.96  1 day        2026-03-25")
        assert shown[at + 1] == "lapse: back to 1 day; ease -0.54"
        assert "3 Good      ease 1.96  48 days      2026-06-24" in shown


async def test_a_page_of_a_new_card_has_no_plot(bench: Bench) -> None:
    """There is nothing to plot, and nothing to ask what if of; the buttons tell what they do."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "i")
        shown = text(pilot)
        assert "Asked today, each button gives:" in shown
        assert "It has no log yet." in shown
        assert "What if" not in shown and "▁" not in shown


async def test_all_six_grades_tell_what_they_do(lived: Bench) -> None:
    lived.chosen = {"grades": "sm2"}
    async with lived.review(size=(60, 60)) as pilot:
        await press(pilot, "i")
        assert "0 Blackout  ease 1.30  1 day        2026-05-08  drill" in text(pilot)


async def test_a_card_in_the_drill_says_when_its_schedule_goes_on(bench: Bench) -> None:
    bench.bring(THREE)
    async with bench.review(size=(60, 60)) as pilot:
        await press(pilot, "space", "1", "space", "3", "space", "3", "i")
        shown = " ".join(text(pilot).split())
        assert "It is in today's drill, which changes no schedule. Asked on 2026-03-03, each button gives:" in shown


async def test_a_log_of_a_thousand_entries_opens_and_scrolls_to_its_newest(bench: Bench) -> None:
    bench.bring(THREE)
    with bench.library() as library:
        asked = library.card("spindles").card
        for day in range(1_000):
            asked = library.grade(asked, EntryKind.SCHEDULED, 2 if day % 2 else 4)
            bench.clock.forward(days=1)
    assert timedelta(days=1_000) == bench.clock.now - NOON
    async with bench.review() as pilot:
        await press(pilot, "i", "end")
        assert "lapse: back to 1 day" in text(pilot)

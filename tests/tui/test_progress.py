"""The progress screen: its pages, its keys, and what happens while it counts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App
from textual.pilot import Pilot

from flashrls.errors import NoSuchDeck
from flashrls.log import EntryKind
from flashrls.query import Term
from flashrls.tui.ascii import in_ascii
from flashrls.tui.deckpage import deck_choices
from flashrls.tui.desk import Desk
from flashrls.tui.progress import COUNTING, ProgressScreen
from flashrls.tui.progressscope import Scope
from tests.store.making import FakeClock
from tests.tui.bench import THREE, Bench, click, line_with, lines, settled, text
from tests.tui.progressing import TODAY, Told
from tests.tui.test_pictures import compare

SIZES = [(80, 24), (60, 20), (160, 50)]
IRON = "Restless Leg Syndrome::Iron"


class Alone(App[None]):
    """Shows the progress screen above an empty one, and keeps what it asks to browse."""

    def __init__(self, desk: Desk, deck: str | None) -> None:
        super().__init__()
        self.desk = desk
        self.deck = deck
        self.browsed: list[str] = []

    def on_mount(self) -> None:
        self.push_screen(ProgressScreen(self.desk, self.deck))

    def on_progress_screen_browse(self, event: ProgressScreen.Browse) -> None:
        self.browsed.append(event.query)


@asynccontextmanager
async def shown(
    told: Told, *, deck: str | None = None, size: tuple[int, int] = (80, 24), settles: bool = True
) -> AsyncIterator[Pilot[None]]:
    """The screen on what stands in for a library, at noon of a Sunday."""
    clock = FakeClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    desk = Desk(Path("library.db"), clock=clock, opener=told.opened)  # type: ignore[arg-type]
    try:
        async with Alone(desk, deck).run_test(size=size) as pilot:
            if settles:
                await settled(pilot)
            yield pilot
    finally:
        told.gate.set()
        desk.close()


async def keys(pilot: Pilot[None], *pressed: str) -> None:
    """Press keys, each when the one before has had its effect."""
    for key in pressed:
        await pilot.press(key)
        await settled(pilot)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_pages(size: tuple[int, int]) -> None:
    """All five pages, as they have to look."""
    async with shown(Told(), size=size) as pilot:
        for page in range(1, 6):
            await keys(pilot, str(page))
            compare(f"progress{page}-{size[0]}x{size[1]}", pilot)


async def test_the_headline_is_the_retention_with_its_interval() -> None:
    # 192 of 219; Wilson's interval with z = 1.959964 is 0.827 to 0.914
    async with shown(Told()) as pilot:
        assert "Retention   88 % (83–91)  192 of 219 passed" in text(pilot)


async def test_brackets_ask_for_a_longer_and_a_shorter_period() -> None:
    told = Told()
    async with shown(told) as pilot:
        await keys(pilot, "right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert "All days up to today" in text(pilot)
        await keys(pilot, "greater_than_sign", "left_square_bracket", "less_than_sign")
    assert [asked[2] for asked in told.asked] == [30, 90, 365, 36_500, 365, 90]


async def test_arrows_go_from_day_to_day_and_never_beyond_today() -> None:
    told = Told()
    async with shown(told) as pilot:
        await keys(pilot, "right", "left", "left")
        assert "30 days up to Fri 20 Nov 2026" in lines(pilot)[0]
        await keys(pilot, "right", "right")
        assert "30 days up to today, Sun 22 Nov 2026" in lines(pilot)[0]
    assert [asked[3] for asked in told.asked] == [
        None,
        date(2026, 11, 21),
        date(2026, 11, 20),
        date(2026, 11, 21),
        None,
    ]


@pytest.mark.parametrize("back", ["0", "t"])
async def test_months_back_and_one_key_to_today(back: str) -> None:
    told = Told()
    async with shown(told) as pilot:
        assert "t today" not in lines(pilot)[-1]
        await keys(pilot, "shift+left", "shift+left", "shift+right", back)
    days = [None, date(2026, 10, 22), date(2026, 9, 22), date(2026, 10, 22), None]
    assert [asked[3] for asked in told.asked] == days


async def test_a_level_of_decks_is_chosen_from_a_list() -> None:
    told = Told()
    async with shown(told) as pilot:
        await keys(pilot, "d")
        assert [line.strip() for line in lines(pilot)[3:8]] == [
            "▸ All decks",
            "Restless Leg Syndrome",
            "Iron",
            "Overview",
            "How memory lasts",
        ]
        await keys(pilot, "j", "enter")
        assert lines(pilot)[0].startswith(" Restless Leg Syndrome  ")
        await keys(pilot, "d", "escape")
        await keys(pilot, "d")
        await click(pilot, "Iron")
        assert lines(pilot)[0].startswith(" Restless Leg Syndrome › Iron  ")
    assert [asked[0] for asked in told.asked] == [None, "Restless Leg Syndrome", IRON]


async def test_a_query_narrows_down_what_is_counted() -> None:
    told = Told()
    async with shown(told, deck=IRON) as pilot:
        await keys(pilot, "slash", *"is:leech", "enter")
        assert "Iron · is:leech" in lines(pilot)[0]
        await keys(pilot, "2")  # a key again, no letter for the field
        assert "Answers by day" in text(pilot)
    assert told.asked[-1] == (IRON, Term("is", "leech"), 30, None)


async def test_letters_of_a_query_typed_in_one_burst_are_all_in_it() -> None:
    """As a fast hand or a macro types them: the next key is there before the screen has seen the one before."""
    told = Told()
    async with shown(told) as pilot:
        for letter in "/tag:5/l":
            pilot.app.post_message(events.Key("slash" if letter == "/" else letter, letter))
        pilot.app.post_message(events.Key("enter", "\r"))
        await pilot.pause(0.05)
        await settled(pilot)
        assert "All decks · tag:5/l" in lines(pilot)[0]
    assert told.asked[-1] == (None, Term("tag", "5/l"), 30, None)


async def test_a_period_that_begins_with_the_first_answer_says_so() -> None:
    told = Told(first_on=date(2026, 10, 24))
    async with shown(told) as pilot:
        assert "since 24 Oct 2026, the first answer" in text(pilot)


async def test_a_query_that_cannot_be_read_is_told_where_it_is_mended() -> None:
    told = Told()
    async with shown(told) as pilot:
        await keys(pilot, "slash", *"is:leach", "enter")
        assert "unknown state 'leach' at character 1 of 'is:leach'." in text(pilot)
        assert "192 of 219" in text(pilot)
        await keys(pilot, "backspace", "backspace", "backspace", *"ech", "enter")
        assert "unknown" not in text(pilot)
    assert [asked[1] for asked in told.asked] == [None, Term("is", "leech")]


async def test_escape_leaves_the_query_as_it_was_then_the_screen() -> None:
    told = Told()
    async with shown(told) as pilot:
        await keys(pilot, "slash", *"is:", "enter")
        assert "nothing behind 'is:' at character 1" in text(pilot)
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, ProgressScreen)
        assert "nothing behind" not in text(pilot)
        await keys(pilot, "escape")
        assert not isinstance(pilot.app.screen, ProgressScreen)
    assert len(told.asked) == 1


async def test_what_the_library_refuses_is_told_and_the_figures_before_stay() -> None:
    told = Told()
    async with shown(told) as pilot:
        told.error = NoSuchDeck("Eisen", ["Iron"])
        await keys(pilot, "left")
        assert "There is no deck 'Eisen'. Did you mean 'Iron'?" in text(pilot)
        assert "192 of 219" in text(pilot)
        assert "up to today" in lines(pilot)[0]
        told.error = None
        await keys(pilot, "left")
        assert "Eisen" not in text(pilot)
        assert "Sat 21 Nov" in lines(pilot)[0]


async def test_the_frame_is_there_before_the_figures_and_says_that_it_counts() -> None:
    told = Told()
    told.gate.clear()
    async with shown(told, settles=False) as pilot:
        await pilot.pause(0.4)
        assert "1 Overview   2 Days   3 To come" in lines(pilot)[1]
        assert COUNTING in lines(pilot)[3]
        told.gate.set()
        await settled(pilot)
        assert COUNTING not in text(pilot)
        assert "192 of 219" in text(pilot)


async def test_a_newer_question_overtakes_those_that_wait() -> None:
    """Of ten keys pressed while the first count goes on, only the last one's is counted."""
    told = Told()
    async with shown(told) as pilot:
        told.asked.clear()
        told.gate.clear()
        for _ in range(10):
            await pilot.press("left")
        await pilot.pause(0.05)
        assert "Thu 12 Nov 2026" in lines(pilot)[0]
        told.gate.set()
        await settled(pilot)
        assert "That day" in text(pilot)
    assert [asked[3] for asked in told.asked] == [date(2026, 11, 21), date(2026, 11, 12)]


@pytest.mark.parametrize("key", ["l", "enter"])
async def test_leeches_are_browsed_within_what_is_counted(key: str) -> None:
    async with shown(Told(), deck=IRON) as pilot:
        await keys(pilot, "slash", *"tag:rls or ease<2", "enter", key)
        assert isinstance(pilot.app, Alone)
        assert pilot.app.browsed == [f'is:leech -is:suspended deck:"{IRON}" (tag:rls or ease<2)']


async def test_without_leeches_there_is_no_key_for_them() -> None:
    async with shown(Told(empty=True)) as pilot:
        await keys(pilot, "l")
        assert isinstance(pilot.app, Alone)
        assert pilot.app.browsed == []


async def test_an_empty_library_invites_on_every_page() -> None:
    async with shown(Told(empty=True)) as pilot:
        for page in "12345":
            await keys(pilot, page)
            assert "There are no cards yet." in text(pilot)


async def test_pages_are_turned_with_tab_and_the_mouse() -> None:
    async with shown(Told()) as pilot:
        await keys(pilot, "tab")
        assert "Minutes by day" in text(pilot)
        await keys(pilot, "shift+tab", "shift+tab")
        assert "Buttons" in text(pilot)
        await click(pilot, "4 Cards")
        assert "Intervals" in text(pilot)


async def test_a_page_longer_than_the_screen_scrolls_by_keys_and_wheel() -> None:
    async with shown(Told(), size=(60, 20)) as pilot:
        await keys(pilot, "4")
        assert "Intervals" in lines(pilot)[4]
        await keys(pilot, "end")
        assert "Where is [red]iron[/red] low?" in lines(pilot)[18]
        await keys(pilot, "left")  # other figures, the same place
        assert "Where is [red]iron[/red] low?" in lines(pilot)[18]
        await keys(pilot, "home", "j", "j", "k")
        assert lines(pilot)[4].startswith("  1 ")
        await keys(pilot, "pagedown", "pageup", "up")
        assert "Intervals" in lines(pilot)[4]


async def test_a_resize_lays_the_page_out_anew() -> None:
    async with shown(Told()) as pilot:
        await keys(pilot, "4")
        await pilot.resize_terminal(160, 50)
        await settled(pilot)
        assert "Leeches: 2" in lines(pilot)[4]
        await pilot.resize_terminal(40, 12)
        await settled(pilot)
        assert all(len(line) <= 40 for line in lines(pilot))


async def test_the_screen_is_left_while_it_counts() -> None:
    told = Told()
    async with shown(told) as pilot:
        told.gate.clear()
        await pilot.press("left", "q")
        await pilot.pause(0.05)
        assert not isinstance(pilot.app.screen, ProgressScreen)
        told.gate.set()


async def test_after_one_answer_every_page_of_a_library_says_what_there_is(bench: Bench) -> None:
    """Seven seconds for one new card of three; nothing is said of retention yet."""
    with bench.bring(THREE).library() as library:
        library.grade(library.card("sleep/spindles").card, EntryKind.SCHEDULED, 4, reveal_ms=5_000, grade_ms=2_000)
    async with bench.home() as pilot:
        await keys(pilot, "p")
        assert "too few reviews yet: 0 of 0 passed, 20 are needed" in text(pilot)
        assert "1 answer in 0:07 min: 1 new" in text(pilot)
        assert "1 answer on 1 day, 0:07 min in all, 7.0 s an answer" in text(pilot)
        assert "3 cards: 2 new, 1 young" in text(pilot)
        assert lines(pilot)[line_with(pilot, "· 0")].split() == ["·", "0", "█", "1", "answer"]
        await keys(pilot, "2")
        assert "Answers by day" in text(pilot)
        await keys(pilot, "3")
        assert lines(pilot)[line_with(pilot, "done on") + 1].split()[:3] == ["2", "1", "2026-03-02"]
        await keys(pilot, "5")
        assert lines(pilot)[line_with(pilot, "Good")].split() == ["Good", "1", "0", "0", "0"]
        await keys(pilot, "shift+left")
        assert "There was no card yet by the end of that day." in text(pilot)
        await keys(pilot, "q")
        assert "FlashRLS" in lines(pilot)[0]


def test_pages_and_shades_are_told_apart_in_ascii() -> None:
    assert in_ascii("──━━ ·░▒▓█") == "--== .:-=#"


def test_a_month_back_ends_with_a_shorter_month() -> None:
    scope = Scope(day=date(2026, 3, 31))
    assert scope.months_later(-1, TODAY).day == date(2026, 2, 28)
    assert scope.months_later(12, TODAY).day is None


@given(st.lists(st.tuples(st.booleans(), st.integers(-90_000, 90_000)), max_size=8))
def test_no_way_through_the_days_leaves_the_calendar(steps: list[tuple[bool, int]]) -> None:
    scope = Scope()
    for is_month, step in steps:
        scope = scope.months_later(step, TODAY) if is_month else scope.later(step, TODAY)
        assert scope.day is None or date(1970, 1, 1) <= scope.day < TODAY


def test_a_level_above_decks_stands_for_them_once() -> None:
    assert [choice.deck for choice in deck_choices(["A::B", "C", "A::D", "A"])] == [None, "A", "A::B", "A::D", "C"]

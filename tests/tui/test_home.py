"""The home screen: its counts, its tree of decks, its words for nothing to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.message import Message
from textual.pilot import Pilot

from flashrls.config.values import Config, ConfigFault, ScreenSettings
from flashrls.errors import EditorFailed
from flashrls.outlook import DeckCounts, Today
from flashrls.study import Candidate, Queue
from flashrls.tui.app import FlashRLS, import_review
from flashrls.tui.desk import Desk
from flashrls.tui.home import HomeScreen
from flashrls.tui.plan import Plan
from tests.tui.bench import THREE, Bench, click, line_with, lines, press, settled, text

OTHER = "---\ndeck: Sleep::Dreams\nid: dreams\n---\n\nQ: one\nA: 1\n\nQ: two\nA: 2\n"
APART = "---\ndeck: Law\nid: law\n---\n\nQ: three\nA: 3\n"


async def test_counts_are_those_of_the_queue(bench: Bench) -> None:
    """Parents sum their children, and all decks sum to what is to study."""
    bench.bring(THREE, OTHER, APART)
    async with bench.home() as pilot:
        assert "6 to study today · about 2 minutes" in text(pilot)
        assert "Mon 2 Mar 2026" in lines(pilot)[0]
        numbers = {line.split("–")[0].strip(" ›▾"): line.split() for line in lines(pilot) if "–" in line}
        for deck, new in (("All decks", "6"), ("Sleep", "5"), ("Memory", "3"), ("Dreams", "2"), ("Law", "1")):
            assert numbers[deck][numbers[deck].index("–") + 1] == new


async def test_enter_studies_all_and_the_counts_follow(bench: Bench) -> None:
    """Enter on the first row studies everything; back home the counts are today's."""
    async with bench.bring(THREE, APART).home() as pilot:
        await press(pilot, "enter", "space", "3", "space", "1", "q")
        assert "3 to study today" in text(pilot)
        assert "drill" in text(pilot)
        assert "Streak 1 day" in text(pilot)
        assert "Tomorrow 2 due" in text(pilot)


async def test_enter_on_a_deck_studies_it_with_what_is_below(bench: Bench) -> None:
    """The chosen row is studied, whether it is a deck or only a level of names."""
    async with bench.bring(APART, THREE, OTHER).home() as pilot:
        await press(pilot, "down", "down", "enter")
        assert "5 left" in text(pilot)
        await press(pilot, "q", "down", "down", "enter")
        assert "2 left" in text(pilot)
        assert "one" in text(pilot)


async def test_folding(bench: Bench) -> None:
    """Left, right and Space fold; a folded deck keeps its sums; left on a leaf goes to its parent."""
    async with bench.bring(THREE, OTHER).home() as pilot:
        await press(pilot, "down", "left")
        assert "▸ Sleep" in text(pilot)
        assert "Memory" not in text(pilot)
        await press(pilot, "right")
        assert "Memory" in text(pilot)
        await press(pilot, "down", "left")
        assert "› " in lines(pilot)[line_with(pilot, "▾ Sleep")]
        await press(pilot, "space")
        assert "Memory" not in text(pilot)
        assert "5 to study" in text(pilot)


async def test_mouse(bench: Bench) -> None:
    """A click on a mark folds, a click on a deck studies it, a click on a key does what the key does."""
    async with bench.bring(THREE, OTHER).home() as pilot:
        await click(pilot, "▾ Sleep")
        assert "Memory" not in text(pilot)
        await click(pilot, "▸ Sleep")
        await click(pilot, "Dreams")
        assert "2 left" in text(pilot)
        await press(pilot, "q")
        await click(pilot, "? keys")
        assert "All keys" in text(pilot)


async def test_deck_named_at_the_start_is_chosen(bench: Bench) -> None:
    """The deck of the command line is the chosen row."""
    async with bench.bring(THREE, OTHER).home(Plan(deck="Sleep::Dreams")) as pilot:
        assert "› " in lines(pilot)[line_with(pilot, "Dreams")]


async def test_empty_library_invites(bench: Bench) -> None:
    """Without cards: what to do, and nothing that does nothing."""
    async with bench.home() as pilot:
        assert "No cards yet" in text(pilot)
        assert "flashrls import FILE.md" in text(pilot)
        await press(pilot, "enter", "down", "space", "left", "/", "p", "s", "l", "v", "u")
        assert "There is nothing to undo." in text(pilot)
        assert lines(pilot)[-1].split()[:7] == ["a", "add", "i", "import", "b", "bring", "decks"]


async def test_the_decks_of_the_program_come_into_an_empty_library(bench: Bench) -> None:
    """Also where they were there before; with cards in the library there is no such key."""
    async with bench.home() as pilot:
        await press(pilot, "b")
        assert "Restless Leg Syndrome" in text(pilot)
        assert "20 to study today" in text(pilot)
        assert "bring decks" not in text(pilot)
        shown = text(pilot)
        await press(pilot, "b")
        assert text(pilot) == shown


async def test_leeches_and_anchors_without_a_place_want_care(bench: Bench) -> None:
    """Both are counted at the foot, each with the key that leads to the cards."""
    bench.bring(THREE)
    with closing(sqlite3.connect(bench.path)) as connection, connection:
        connection.execute("UPDATE card SET reviews = 8, lapses = 8 WHERE pk = 1")
    async with bench.home() as pilot:
        assert "1 leech wants care (l)" in text(pilot)
        assert "1 anchor unverified (v)" in text(pilot)
        asked = await asked_by(pilot, "l", "v", "/", "down", "p")
        assert asked == [
            HomeScreen.Browse("is:leech -is:suspended"),
            HomeScreen.Browse("is:unverified"),
            HomeScreen.Browse(""),
            HomeScreen.Progress("Sleep"),
        ]


async def test_what_wants_care_can_be_clicked(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async with bench.bring(THREE).home() as pilot:
        done: list[str] = []
        monkeypatch.setattr(pilot.app.screen, "action_browse_unverified", lambda: done.append("v"))
        await click(pilot, "1 anchor unverified")
        assert done == ["v"]


async def test_nothing_is_said_of_care_that_nothing_needs(bench: Bench) -> None:
    async with bench.bring(APART).home() as pilot:
        assert "leech" not in text(pilot)
        assert "unverified" not in text(pilot)
        assert await asked_by(pilot, "l", "v") == []


async def asked_by(pilot: Pilot[None], *keys: str) -> list[object]:
    """Press keys, and return what the home screen asked the app for; the app doesn't do it."""
    screen = pilot.app.screen
    told: list[object] = []
    post = screen.post_message

    def noted(message: Message) -> bool:
        if not isinstance(message, HomeScreen.Browse | HomeScreen.Progress):
            return post(message)
        told.append(message)
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screen, "post_message", noted)
        await press(pilot, *keys)
    return told


async def test_done_for_today(bench: Bench) -> None:
    """With nothing left: when the next cards are due."""
    async with bench.bring(THREE).home() as pilot:
        await press(pilot, "enter", *["space", "3"] * 3, "enter")
        assert "Done for today · 3 due tomorrow" in text(pilot)
        await press(pilot, "enter")
        assert "Nothing is left to study today." in text(pilot)
        await press(pilot, "down")
        assert "Nothing is left" not in text(pilot)
        await press(pilot, "u")
        assert "Undone: Good for “What is slow-wave" in text(pilot)
        assert "1 to study today" in text(pilot)
    bench.clock.forward(days=1)
    async with bench.home() as pilot:
        await press(pilot, "enter", *["space", "3"] * 3, "enter")
        assert "Done for today · 3 due on Mon 9 Mar 2026" in text(pilot) or "1 due" in text(pilot)


async def test_new_study_day(bench: Bench) -> None:
    """After the rollover the screen shows the new day without being asked."""
    async with bench.bring(THREE).home() as pilot:
        await press(pilot, "enter", *["space", "3"] * 3, "enter")
        bench.clock.forward(days=1)
        screen = pilot.app.screen
        assert isinstance(screen, HomeScreen)
        screen._look_if_new_day()
        await settled(pilot)
        assert "Tue 3 Mar 2026" in lines(pilot)[0]
        assert "3 to study today" in text(pilot)


async def test_first_start(tmp_path: Path, bench: Bench) -> None:
    """Where no library is yet the screen says that it is being made, then holds the bundled decks."""
    path = tmp_path / "new" / "library.db"
    desk = Desk(path, clock=bench.clock, afterwards=import_review)
    app = FlashRLS(desk, None, Plan(), ticks=bench.ticks)
    try:
        async with app.run_test() as pilot:
            assert "Making your library…" in text(pilot)
            await settled(pilot)
            assert "20 to study today" in text(pilot)
            assert "Restless Leg Syndrome" in text(pilot)
    finally:
        desk.close()


def many(count: int, name: str) -> Today:
    """A day on which one deck has so many due cards."""
    due = tuple(Candidate(n, n, 1) for n in range(count))
    deck = DeckCounts(1, name, "k", count, count, count, 0, count, 0)
    return Today(
        Bench_day,
        (deck, replace(deck, ref=2, name=name + "::below")),
        Queue(due=due),
        (0, 1, 2, 3, 4, 5, 6),
        910,
        1000,
        14,
        18,
        20_000,
    )


Bench_day = __import__("datetime").date(2026, 11, 22)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
async def test_many_cards_and_long_names_fit(bench: Bench, size: tuple[int, int]) -> None:
    """12,345 due and a name of 120 characters: the counts are whole, the name is cut."""
    async with bench.home(size=size) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, HomeScreen)
        screen._show(many(12_345, "A deck " * 17 + "x"))
        await pilot.pause()
        shown = text(pilot)
        assert "12,345 to study today · about 69 hours" in shown
        assert shown.count("12,345") == 3
        assert "…" in shown or size[0] == 160
        assert "not begun" not in shown
        assert ("████████" in shown) == (size[0] > 60)
        assert "Retention 91 % (89–93)" in shown
        assert "Streak 14 days" in shown
        assert "▂▃▄▆▇█" in shown or "·" in shown
        assert all(len(line) <= size[0] for line in lines(pilot))


async def test_a_hundred_decks_scroll(bench: Bench) -> None:
    """The chosen deck is always in sight."""
    text_of = "---\ndeck: Deck {n:03}\nid: d{n}\n---\n\nQ: q{n}\nA: a\n"
    async with bench.bring(*(text_of.format(n=n) for n in range(40))).home() as pilot:
        await press(pilot, "end")
        assert "› " in lines(pilot)[line_with(pilot, "Deck 039")]
        await press(pilot, "pageup", "pageup", "up")
        assert "› " in lines(pilot)[line_with(pilot, "Deck 018")]
        await press(pilot, "home")
        assert "› All decks" in text(pilot)


class _File:
    """A file of settings that `edit` edits."""

    def __init__(self, edit: Callable[[], Config]) -> None:
        self.edit = edit

    def save_search(self, name: str, query: str) -> Config:
        return Config(chosen={"searches": ((name, query),)})


def app_with(bench: Bench, edit: Callable[[], Config] | None) -> FlashRLS:
    """An app whose settings are edited by `edit`."""
    app = bench.app()
    app._settings_file = _File(edit) if edit else None
    return app


@contextmanager
def _given_up() -> Iterator[None]:
    yield


async def test_settings_are_taken_up_when_they_were_edited(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_with(bench.bring(THREE), lambda: Config(chosen={"new_per_day": 2}))
    monkeypatch.setattr(app, "suspend", _given_up)
    async with bench.running(app, size=(80, 24)) as pilot:
        assert "3 to study today" in text(pilot)
        await press(pilot, "c")
        assert "2 to study today" in text(pilot)
        assert "Settings taken up." in text(pilot)


async def test_settings_of_the_screens_count_later(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_with(bench.bring(THREE), lambda: Config(screen=ScreenSettings(theme="light")))
    monkeypatch.setattr(app, "suspend", _given_up)
    async with bench.running(app, size=(60, 20)) as pilot:
        await press(pilot, "c")
        assert "Settings taken up; theme, keys and zone from the nex" in text(pilot)


async def test_settings_with_faults_or_without_an_editor_are_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> Config:
        raise EditorFailed("No editor is there.", "Set one.")

    fault = ConfigFault("c.toml", 3, "fuzz", "fuzz can't be 7.", "It takes true.")
    for edit, words in (
        (lambda: Config(faults=(fault, fault)), "Settings, line 3: fuzz can't be 7. And 1 more."),
        (fail, "No editor is there. Nothing was changed. Set one."),
        (None, "`flashrls config edit` in your shell"),
    ):
        app = app_with(bench, edit)
        monkeypatch.setattr(app, "suspend", _given_up)
        async with bench.running(app, size=(80, 24)) as pilot:
            await press(pilot, "c")
            assert words in text(pilot)


async def test_where_the_terminal_cannot_be_given_up_the_settings_are_left_to_the_shell(bench: Bench) -> None:
    async with bench.running(app_with(bench, Config), size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert "An editor can't be opened in this terminal." in text(pilot)


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"mark": "a"}, ""),
        ({"add": "r"}, "r is both add and refresh."),
        ({"undo": "a"}, "a is both undo and add. a is both undo and choose_all."),
        ({"choose_all": "f", "sort_right": "n", "clear": "ctrl+u"}, ""),
        ({"longer": "plus", "shorter": "minus", "page_1": "o"}, ""),
        ({"choose": "s"}, "s is both choose and sort."),
        ({"longer": "d"}, "d is both longer and deck."),
        ({"nothing": "a"}, "No key is called “nothing”."),
    ],
)
async def test_a_key_given_twice_is_told_only_where_both_are_on_one_screen(
    bench: Bench, keys: dict[str, str], words: str
) -> None:
    bench.screen = ScreenSettings(keys=keys)
    async with bench.bring(APART).home() as pilot:
        assert lines(pilot)[3].strip() == words

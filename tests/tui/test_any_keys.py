"""Any keys of a review in any order: the screen and the library never differ, and everything can be undone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.binding import Binding
from textual.pilot import Pilot

from flashrls.errors import NothingToUndo
from flashrls.store.library import Library
from flashrls.tui.plan import Plan
from flashrls.tui.review import ReviewScreen
from flashrls.tui.reviewkeys import REVIEW_KEYS
from tests.store.making import check_caches, rows
from tests.tui.bench import Bench, settled

FIVE = "---\ndeck: Fünf\nid: f\n---\n\n" + "\n".join(f"{{#k{n}}}\nQ: Frage {n}?\nA: {n}\n" for n in range(5))
LEAVING = {"leave", "back", "more", "hardest"}
KEYS = sorted(
    {
        key
        for binding in REVIEW_KEYS
        if isinstance(binding, Binding) and binding.action not in LEAVING
        for key in binding.key.split(",")
    }
)


def standing(path: Path) -> list[tuple[Any, ...]]:
    """What the learner could see change: states and texts of all cards."""
    schedule = "ease, repetitions, interval_days, due_on, reviews, lapses"
    states = f"{schedule}, card.suspended, buried_on, drill_on, kept_lapses"
    return rows(path, f"SELECT card.pk, {states}, tags, question, answer FROM card JOIN note ON note.pk = note_pk")


async def back_to_the_review(pilot: Pilot[None]) -> ReviewScreen:
    """Close whatever pages the last key opened."""
    for _ in range(4):
        screen = pilot.app.screen
        if isinstance(screen, ReviewScreen):
            return screen
        await pilot.press("escape")
        await settled(pilot)
    raise AssertionError(f"no way back from {pilot.app.screen!r}")


def asked_by(library: Library) -> set[tuple[int, str]]:
    return {(turn.card, turn.kind.value) for turn in library.session().turns}


def undo_all(library: Library) -> None:
    while True:
        try:
            library.undo()
        except NothingToUndo:
            return


async def press_all(folder: Path, keys: list[str]) -> None:
    bench = Bench(folder).bring(FIVE)
    start = standing(bench.path)
    async with bench.review(Plan(), size=(80, 24)) as pilot:
        for key in keys:
            bench.ticks.forward(500)
            await pilot.press(key)
            await settled(pilot)
            screen = await back_to_the_review(pilot)
            turns = {(turn.card, turn.kind.value) for turn in screen._course._session.turns}
            with bench.library() as library:
                assert turns == asked_by(library), f"after {key}"
                check_caches(bench.path, library)
    with bench.library() as library:
        undo_all(library)
        assert standing(bench.path) == start
        check_caches(bench.path, library)


@settings(max_examples=8, deadline=None)  # each is a whole sitting, of seconds
@given(st.lists(st.sampled_from(["space", "space", "1", "3", "u", *KEYS]), min_size=4, max_size=12))
def test_after_any_keys_the_screen_asks_what_a_restart_would_ask(
    tmp_path_factory: pytest.TempPathFactory, keys: list[str]
) -> None:
    asyncio.run(press_all(tmp_path_factory.mktemp("keys"), keys))


def test_the_keys_pressed_above_are_the_keys_of_a_review() -> None:
    assert {"space", "enter", "1", "2", "3", "4", "u", "@", "!", "-", "=", "i", "o"} <= set(KEYS)

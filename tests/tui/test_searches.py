"""Saved searches on the home screen: rows to study, to browse and to look at, as decks are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flashrls.config.values import Config
from flashrls.tui.app import FlashRLS
from tests.tui.bench import THREE, Bench, click, line_with, lines, press, text

OTHER = "---\ndeck: Law\nid: law\n---\n\n{#one}\nQ: Which dream is a right?\nA: none\n\n{#two}\nQ: two\nA: 2\n"
SEARCHES = (("dreamy", "dream"), ("wide awake", "zzz"), ("broken", "foo:x"), ("gone", "deck:Wake"))


@pytest.fixture
def searching(bench: Bench) -> Bench:
    """Two decks, and searches that find two cards, none, and can't be asked."""
    bench.bring(THREE, OTHER)
    bench.chosen = {"searches": SEARCHES}
    return bench


def row(pilot_lines: list[str], name: str) -> list[str]:
    return next(line for line in pilot_lines if f"/ {name}" in line).split(f"/ {name}")[1].split()


async def test_a_search_says_what_it_asks_today(searching: Bench) -> None:
    async with searching.home() as pilot:
        assert row(lines(pilot), "dreamy") == ["–", "2"]
        assert row(lines(pilot), "wide awake") == ["–", "–"]
        assert row(lines(pilot), "broken")[:3] == ["can't", "be", "asked"]
        assert line_with(pilot, "/ dreamy") > line_with(pilot, "Law")


async def test_enter_studies_what_a_search_finds_and_the_counts_follow(searching: Bench) -> None:
    async with searching.home() as pilot:
        await click(pilot, "dreamy")
        assert "2 left" in text(pilot)
        await press(pilot, "space", "3", "q")
        assert row(lines(pilot), "dreamy") == ["–", "1"]
        assert "4 to study today" in text(pilot)


async def test_a_search_that_finds_nothing_or_is_broken_says_so(searching: Bench) -> None:
    async with searching.home() as pilot:
        await click(pilot, "wide awake")
        assert "Nothing is left to study in wide awake today." in text(pilot)
        await click(pilot, "broken")
        assert "unknown prefix 'foo:' at character 1 of 'foo:x'." in text(pilot)
        await click(pilot, "gone")
        assert "There is no deck 'Wake'." in text(pilot)


async def test_a_search_is_browsed_and_its_progress_shown(searching: Bench) -> None:
    async with searching.home() as pilot:
        await press(pilot, "end", "up", "up", "up")
        await press(pilot, "/")
        assert 'search:"dreamy"' in text(pilot)
        assert "2 cards" in text(pilot)
        await press(pilot, "q", "p")
        assert 'search:"dreamy"' in text(pilot)
        assert "2 new" in text(pilot)


class _File:
    """A file of settings that keeps searches."""

    def __init__(self) -> None:
        self.config = Config()

    def edit(self) -> Config:
        return self.config

    def save_search(self, name: str, query: str) -> Config:
        kept = dict(self.config.chosen.get("searches", ()))
        self.config = replace(self.config, chosen={"searches": tuple((kept | {name: query}).items())})
        return self.config


async def test_a_search_saved_while_browsing_stands_on_the_home_screen(bench: Bench) -> None:
    app: FlashRLS = bench.bring(THREE, OTHER).app()
    app._settings_file = _File()
    async with bench.running(app, size=(80, 24)) as pilot:
        await press(pilot, "/", *"dream", "enter", "ctrl+s", *"mine", "enter")
        assert "Saved as “mine”" in text(pilot)
        await press(pilot, "escape")
        assert row(lines(pilot), "mine") == ["–", "2"]


async def test_without_a_file_of_settings_nothing_is_saved_and_that_is_said(bench: Bench) -> None:
    async with bench.bring(THREE).home() as pilot:
        await press(pilot, "/", *"dream", "enter", "ctrl+s", *"mine", "enter")
        assert "Not saved." in text(pilot)

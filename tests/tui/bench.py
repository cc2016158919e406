"""What tests of screens are made with: apps on a library of their own, and screens read as text."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from flashrls.cards import Deck
from flashrls.config.values import ScreenSettings
from flashrls.formats.deckfile import parse_deck
from flashrls.store.library import Library, open_library
from flashrls.study import StudyCard
from flashrls.tui.app import FlashRLS, import_review
from flashrls.tui.desk import Desk, first_look
from flashrls.tui.plan import Plan
from tests.store.making import FakeClock, bring, make_library

LOCK_TIMEOUT_S = 1.0
_FRAME_S = 0.02
_GONE_S = 0.5

THREE = """---
deck: Sleep::Memory
id: sleep
tags: [night]
---

# Stages

{#spindles}
Q: Which stage of sleep shows spindles?
A: N2

> spindles mark stage N2

{#dreams}
Q: In which stage are dreams most vivid?
A: REM sleep

{#deep}
Q: What is slow-wave sleep also called?
A: **Deep** sleep
"""


class FakeTicks:
    """Milliseconds that pass only when they are told to; each reading takes none."""

    def __init__(self) -> None:
        self.now = 1_000

    def __call__(self) -> int:
        return self.now

    def forward(self, milliseconds: int) -> None:
        """Let time pass."""
        self.now += milliseconds


class Bench:
    """One library, and apps on it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.ticks = FakeTicks()
        self.path = make_library(folder)
        self.chosen: dict[str, Any] = {}
        self.screen = ScreenSettings()

    def bring(self, *texts: str) -> Bench:
        """Import deck files, given as their text."""
        with self.library() as library:
            for text in texts:
                deck = parse_deck(text, name="Deck")
                assert isinstance(deck, Deck), deck
                bring(library, deck)
        return self

    @contextmanager
    def library(self) -> Iterator[Library]:
        """The library, open, beside whatever the app does."""
        with open_library(
            self.path, clock=self.clock, lock_timeout_s=LOCK_TIMEOUT_S, chosen=self.chosen
        ) as library:
            yield library

    def app(self, plan: Plan = Plan(), *, study: bool = False) -> FlashRLS:  # noqa: B008
        """An app on the library as it is now."""
        desk = Desk(self.path, clock=self.clock, chosen=self.chosen, opener=self.library, afterwards=import_review)
        look = first_look(self.path, self.clock, self.chosen)
        return FlashRLS(desk, look, plan, study=study, screen=self.screen, ticks=self.ticks)

    @asynccontextmanager
    async def home(self, plan: Plan = Plan(), *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:  # noqa: B008
        """The home screen, its library open."""
        async with self.running(self.app(plan), size=size) as pilot:
            yield pilot

    @asynccontextmanager
    async def review(self, plan: Plan = Plan(), *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:  # noqa: B008
        """A review alone, its first question shown."""
        async with self.running(self.app(plan, study=True), size=size) as pilot:
            yield pilot

    @asynccontextmanager
    async def running(self, app: FlashRLS, *, size: tuple[int, int]) -> AsyncIterator[Pilot[None]]:
        """An app that runs, and whose desk is closed at the end."""
        try:
            async with app.run_test(size=size) as pilot:
                await settled(pilot)
                yield pilot
        finally:
            app.desk.close()

    def log(self) -> list[tuple[Any, ...]]:
        """Kind, grade, and both times of all entries, oldest first."""
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute("SELECT kind, grade, reveal_ms, grade_ms FROM review ORDER BY pk").fetchall()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program holds the library's lock."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")

    def card(self, id: str) -> StudyCard:  # noqa: A002
        """A card as it stands now."""
        with self.library() as library:
            return library.card(id).card


async def settled(pilot: Pilot[None]) -> None:
    """Wait until all that was begun is done and painted; a screen paints 60 times a second.

    A key may begin work on the library, which shows a screen, which begins work of its own.
    """
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await _drained(pilot.app.call_later)
        await _drained(pilot.app.screen.call_after_refresh)
    await pilot.pause(_FRAME_S)


async def _drained(call: Callable[[Callable[[], None]], object]) -> None:
    """Wait until what was there to be called before has been called; a screen that goes away calls nothing."""
    called = asyncio.Event()
    call(called.set)
    with suppress(TimeoutError):
        await asyncio.wait_for(called.wait(), _GONE_S)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each when the one before has had its effect, half a second later on the ticks."""
    for key in keys:
        ticks = pilot.app._ticks  # type: ignore[attr-defined]
        ticks.forward(500)
        await pilot.press(key)
        await settled(pilot)


def lines(pilot: Pilot[None]) -> list[str]:
    """The screen's lines as text, without white space at their ends."""
    return [strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips()]


def text(pilot: Pilot[None]) -> str:
    """The whole screen as text."""
    return "\n".join(lines(pilot))


def line_with(pilot: Pilot[None], words: str) -> int:
    """The row on which `words` stand."""
    rows = [row for row, line in enumerate(lines(pilot)) if words in line]
    assert rows, f"{words!r} isn't on the screen:\n{text(pilot)}"
    return rows[0]


async def click(pilot: Pilot[None], words: str) -> None:
    """Click on the first letter of `words`."""
    row = line_with(pilot, words)
    await pilot.click(offset=(lines(pilot)[row].index(words), row))
    await settled(pilot)

"""The one owner of the open library: its calls are made on one thread of their own, one after the other."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from flashrls.clock import Clock, system_clock
from flashrls.outlook import Today
from flashrls.settings import Chosen, Settings, settings_from
from flashrls.store.glance import glancing
from flashrls.store.today import settings, today

if TYPE_CHECKING:  # the real import costs more than a first frame; see `_with_bundled_decks`
    from flashrls.store.library import Library

_Answer = TypeVar("_Answer")

Opener = Callable[[], AbstractContextManager["Library"]]


def first_look(path: Path, clock: Clock, chosen: Chosen | None = None) -> Today | None:
    """Return what today holds, read in a few milliseconds; None where the library must first be made.

    Raises:
        FlashrlsError: see `flashrls.store.glance.glancing`.
    """
    with glancing(path) as ask:
        if ask is None:
            return None
        return today(ask, clock().study_day(settings(ask, chosen).rollover_hour), chosen)


class Desk:
    """Opens the library when it is first asked for something, and asks it on one thread.

    A call that has begun is carried out, whatever becomes of the screen that waits for it.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock = system_clock,
        chosen: Chosen | None = None,
        opener: Opener | None = None,
        afterwards: Callable[[], object] = lambda: None,
    ) -> None:
        """Prepare a desk.

        Args:
            path: the library.
            clock: reads the time.
            chosen: the learner's settings for studying.
            opener: opens the library; None for opening it with the bundled decks.
            afterwards: called on the desk's thread when the library is open.
        """
        self.path = path
        self._clock = clock
        self._chosen = chosen
        self._opener = opener or self._with_bundled_decks
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")
        self._afterwards = afterwards
        self._open = ExitStack()
        self._library: Library | None = None

    @property
    def is_open(self) -> bool:
        """Whether the library was opened."""
        return self._library is not None

    @property
    def settings(self) -> Settings:
        """The library's settings; until it is open those that were chosen and the defaults."""
        return self._library.settings if self._library is not None else settings_from({}, self._chosen)

    @property
    def day(self) -> date:
        """The study day it is now."""
        return self._clock().study_day(self.settings.rollover_hour)

    async def open(self) -> None:
        """Open the library; make or upgrade it first if need be.

        Raises:
            FlashrlsError: see `flashrls.store.library.open_library`.
        """
        await asyncio.get_running_loop().run_in_executor(self._thread, self._prepare)

    async def call(self, ask: Callable[[Library], _Answer]) -> _Answer:
        """Return what `ask` returns for the open library, without holding the screen up.

        Raises:
            FlashrlsError: whatever the library raises.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._asked, ask)

    async def choose(self, chosen: Chosen) -> None:
        """Take up what the learner chose meanwhile.

        Raises:
            FlashrlsError: whatever the library raises; then the old choice still counts.
        """
        await self.call(lambda library: library.choose_again(chosen))
        self._chosen = chosen

    def close(self) -> None:
        """Wait until every call has been carried out, then close the library."""
        self._thread.submit(self._open.close)
        self._thread.shutdown(wait=True)

    def _asked(self, ask: Callable[[Library], _Answer]) -> _Answer:
        return ask(self._opened())

    def _opened(self) -> Library:
        if self._library is None:
            self._library = self._open.enter_context(self._opener())
        return self._library

    def _prepare(self) -> None:
        try:
            self._opened()
            self._afterwards()
        finally:
            # All that is loaded by now stays: the collector, off since the start, needn't look at it again.
            gc.freeze()
            gc.enable()

    def _with_bundled_decks(self) -> AbstractContextManager[Library]:
        from flashrls.bundled import open_with_bundled_decks

        return open_with_bundled_decks(self.path, clock=self._clock, chosen=self._chosen)

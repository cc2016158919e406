"""Work that is asked for faster than it is done: one at a time, and what is overtaken isn't begun."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from textual.dom import DOMNode


class Latest:
    """Does something again for as long as it was wanted meanwhile.

    An exclusive worker isn't enough for that: it is cancelled, but the call that it has made on the desk's
    thread goes on, so that each key struck would wait for all before it.
    """

    def __init__(self, node: DOMNode, work: Callable[[], Awaitable[None]], group: str) -> None:
        """Prepare `work`; it tells its errors itself.

        Args:
            node: whose worker does it.
            work: reads what is wanted when it begins.
            group: the worker's.
        """
        self._node = node
        self._work = work
        self._group = group
        self._is_wanted = self._is_busy = False
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def is_wanted(self) -> bool:
        """Whether it was asked for again since it began."""
        return self._is_wanted

    def want(self) -> None:
        """Do it now, or once more when what is being done is done."""
        self._is_wanted = True
        if not self._is_busy:
            self._is_busy = True
            self._idle.clear()
            self._node.run_worker(self._go_on(), group=self._group)

    async def _go_on(self) -> None:
        try:
            while self._is_wanted and self._node.is_attached:
                self._is_wanted = False
                await self._work()
        finally:
            self._is_busy = False
            self._idle.set()

    async def done(self, most_s: float) -> bool:
        """Wait until nothing is wanted any more, at most so many seconds; return whether that is so."""
        try:
            await asyncio.wait_for(self._idle.wait(), most_s)
        except TimeoutError:
            return False
        return True

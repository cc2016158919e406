"""The application: which screen is shown, what ends it, and with which exit code."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from flashrls.clock import Clock, system_clock, ticks_ms
from flashrls.errors import FlashrlsError
from flashrls.study import Today
from flashrls.tui.desk import Desk, first_look
from flashrls.tui.failed import Failed
from flashrls.tui.home import HomeScreen
from flashrls.tui.plan import Plan

if TYPE_CHECKING:
    from flashrls.tui.review import ReviewScreen
    from flashrls.tui.source import SourceScreen

INTERRUPTED = 130
_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class FlashRLS(App[None]):
    """Shows the home screen or, for a plan to study, the review alone."""

    TITLE = "FlashRLS"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("?,f1", "keys", "keys", key_display="?", tooltip="All keys"),
        Binding("ctrl+q", "quit", "quit", key_display="Ctrl+Q", show=False, priority=True, tooltip="Quit"),
        Binding("ctrl+c", "interrupt", "stop", key_display="Ctrl+C", show=False),
    ]
    CSS = """
    Screen { background: $background; }
    """

    def __init__(
        self,
        desk: Desk,
        today: Today | None,
        plan: Plan,
        *,
        study: bool = False,
        ticks: Callable[[], int] = ticks_ms,
    ) -> None:
        """Make the application.

        Args:
            desk: the library.
            today: what the first frame shows; None where the library must first be made.
            plan: what to study; from the home screen its deck is only chosen.
            study: review at once, and end when the review is left.
            ticks: measures how long answers take, in milliseconds.
        """
        super().__init__()
        self.animation_level = "none"
        self.failure: FlashrlsError | None = None
        self.bug: BaseException | None = None
        self.desk = desk
        self._today = today
        self._plan = plan
        self._studies = study
        self._ticks = ticks

    def get_default_screen(self) -> Screen[None]:
        """The screen that lies below all others."""
        if self._studies:
            return self._review(self._plan)
        return HomeScreen(self.desk, self._today, deck=self._plan.deck)

    def _review(self, plan: Plan) -> Screen[None]:
        return import_review()(self.desk, plan, ticks=self._ticks)

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            loop.add_signal_handler(number, self._end, 128 + number)

    def on_unmount(self) -> None:
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            loop.remove_signal_handler(number)

    def _end(self, code: int) -> None:
        """End with an exit code; the desk's last call is waited for when it closes."""
        self.exit(return_code=code)

    def on_app_focus(self) -> None:
        """The learner is back from another window, where the library may have changed."""
        if isinstance(self.screen, HomeScreen):
            self.screen.look_again()

    @on(HomeScreen.Study)
    def _study(self, event: HomeScreen.Study) -> None:
        plan = self._plan
        self.push_screen(self._review(Plan(event.deck, plan.new, plan.most, plan.practice)))

    @on(HomeScreen.Source)
    def _show_source(self, event: HomeScreen.Source) -> None:
        from flashrls.tui.source import SourceScreen  # it brings all that reads documents

        self.push_screen(SourceScreen(self.desk, event.deck))

    def on_source_screen_study(self, event: SourceScreen.Study) -> None:
        self.push_screen(self._review(event.plan))

    def on_source_screen_left(self) -> None:
        self.pop_screen()

    def on_review_screen_left(self) -> None:
        """The review goes, back to the home screen or to the shell."""
        if self._studies:
            self.exit()
        else:
            self.pop_screen()

    @on(Failed)
    def _fail(self, event: Failed) -> None:
        """Without a library there is nothing to show; `run` raises the error."""
        self.failure = event.error
        self.exit(return_code=event.error.exit_code)

    def action_keys(self) -> None:
        """Show all keys of the present screen."""
        from flashrls.tui.keys import KeysPage, bindings_of

        if not isinstance(self.screen, KeysPage):
            nodes = [self.screen, *([self.focused] if self.focused else []), self]
            self.push_screen(KeysPage(bindings_of(nodes)))

    def action_interrupt(self) -> None:
        self._end(INTERRUPTED)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the present screen's keys, and the theme."""
        seen: set[str] = set()
        for node, binding, enabled, _ in screen.active_bindings.values():
            if enabled and binding.tooltip and binding.action not in seen:
                seen.add(binding.action)
                action = partial(self.run_action, binding.action, node)
                yield SystemCommand(binding.description.capitalize(), binding.tooltip, action)
        yield SystemCommand("Theme", "Light, dark and other colours", self.action_change_theme)

    def _handle_exception(self, error: Exception) -> None:
        """Keep a bug for `run` to tell of; Textual's own handling prints the texts of cards to the terminal."""
        bug = error.error if isinstance(error, WorkerFailed) else error
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.bug = self.bug or bug
        self._return_code = 1
        self._close_messages_no_wait()


def import_review() -> type[ReviewScreen]:
    """Import the review: in the background while the home screen shows, so that the first card needn't wait."""
    from flashrls.tui.review import ReviewScreen

    return ReviewScreen


def run(
    path: Path,
    *,
    deck: str | None = None,
    limit: int | None = None,
    new: int | None = None,
    practice: bool = False,
    section: str = "",
    sentence: str = "",
    study: bool = False,
    no_color: bool = False,
    clock: Clock = system_clock,
) -> int:
    """Run the application on the library at `path` and return the process's exit code.

    Args:
        path: the library; it is made where no file is.
        deck: what to study, with its sub-decks; None for all.
        limit: how many turns at most; None for all.
        new: how many new cards, whatever the day's limit says; None for the limit.
        practice: ask cards that aren't due, without any effect.
        section: only cards of this section of their document; "" for all.
        sentence: only cards that quote this sentence of their document, as "3.7"; "" for all.
        study: review at once, and end when the review is left.
        no_color: show no colours, as with `NO_COLOR` set.
        clock: reads the time.

    Raises:
        FlashrlsError: the library can't be opened, or holds no such deck or sentence; the
            terminal is restored by then.
    """
    look = first_look(path, clock)
    if no_color:
        os.environ["NO_COLOR"] = "1"  # read by Textual when the app is made
    desk = Desk(path, clock=clock, afterwards=import_review)
    plan = Plan(deck, new, limit, practice, section, sentence)
    app = FlashRLS(desk, look, plan, study=study)
    try:
        app.run()
    except Exception as error:
        app.bug = app.bug or error
    finally:
        desk.close()
    if app.failure is not None:
        raise app.failure
    if app.bug is not None and (app.return_code or 0) <= 128:
        from flashrls.tui.crash import tell_of_crash  # rarely needed

        return tell_of_crash(app.bug, path)
    return app.return_code or 0

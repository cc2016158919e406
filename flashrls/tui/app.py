"""The application: which screen is shown, what ends it, and with which exit code."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import WorkerFailed

from flashrls.clean import clean_line
from flashrls.clock import Clock, system_clock, ticks_ms
from flashrls.config.values import ScreenSettings
from flashrls.errors import FlashrlsError
from flashrls.outlook import Today
from flashrls.settings import Chosen
from flashrls.tui.desk import Desk, first_look
from flashrls.tui.failed import Failed
from flashrls.tui.home import HomeScreen
from flashrls.tui.keymap import remap
from flashrls.tui.plan import Plan
from flashrls.tui.telling import told

if TYPE_CHECKING:
    from flashrls.tui.browse import BrowseScreen
    from flashrls.tui.progress import ProgressScreen
    from flashrls.tui.resetting import SettingsFile
    from flashrls.tui.review import ReviewScreen
    from flashrls.tui.source import SourceScreen

INTERRUPTED = 130
_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class FlashRLS(App[None]):
    """Shows the home screen or, for a plan to study, the review alone."""

    TITLE = "FlashRLS"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("?,f1", "keys", "keys", key_display="?", tooltip="All keys", id="keys"),
        Binding(
            "ctrl+q", "quit", "quit", key_display="Ctrl+Q", show=False, priority=True, tooltip="Quit", id="quit"
        ),
        Binding("ctrl+c", "interrupt", "stop", key_display="Ctrl+C", show=False),
        Binding(
            "ctrl+z",
            "suspend_process",
            "to the shell",
            key_display="Ctrl+Z",
            show=False,
            tooltip="Back to the shell for a while; `fg` comes here again",
            id="shell",
        ),
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
        screen: ScreenSettings = ScreenSettings(),  # noqa: B008
        ticks: Callable[[], int] = ticks_ms,
        settings_file: SettingsFile | None = None,
    ) -> None:
        """Make the application.

        Args:
            desk: the library.
            today: what the first frame shows; None where the library must first be made.
            plan: what to study; from the home screen its deck is only chosen.
            study: review at once, and end when the review is left.
            screen: theme, keys and the like.
            ticks: measures how long answers take, in milliseconds.
            settings_file: the learner's file of settings; None where it can't be changed.
        """
        super().__init__()
        self._settings_file = settings_file
        self._dressed = screen
        self._keys = screen.keys
        self._dress(screen)
        remap(self, self._keys)
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
        home = HomeScreen(self.desk, self._today, deck=self._plan.deck, said=self._about_settings())
        remap(home, self._keys)
        return home

    def _review(self, plan: Plan) -> Screen[None]:
        today, self._today = self._today, self._today and replace(self._today, catch_up=None)
        screen = import_review()(self.desk, plan, today=today, ticks=self._ticks)
        remap(screen, self._keys)
        return screen

    def _dress(self, screen: ScreenSettings) -> None:
        """Put on the theme and what else was chosen for the screens; a theme that isn't there is left out."""
        self.animation_level = "full" if screen.motion else "none"
        if screen.theme not in ("dark", self.theme):
            from flashrls.tui.themes import register

            register(self)
            if screen.theme in self.available_themes:
                self.theme = screen.theme
        self._line_filter: LineFilter | None = None
        if screen.ascii:
            from flashrls.tui.ascii import AsciiOnly

            self._line_filter = AsciiOnly()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and the one that leaves only ASCII."""
        filters = super().get_line_filters()
        return [*filters, self._line_filter] if self._line_filter else filters

    def _about_settings(self) -> str:
        """What is wrong with the learner's theme and own keys, which only the screens can tell."""
        told = []
        if self._dressed.theme not in ("dark", self.theme):
            told.append(f"No theme “{self._dressed.theme}”. There are dark, light and contrast.")
        if self._keys:
            from flashrls.tui.ownkeys import about_keys  # it brings the keys of all screens

            told += about_keys(self._keys, self.BINDINGS)
        return clean_line(" ".join(told))

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self._paint_all())
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            loop.add_signal_handler(number, self._end, 128 + number)

    def _paint_all(self) -> None:
        """The process is back from the shell, and the terminal's screen is empty."""
        self.screen.refresh(layout=True)
        self.refresh(layout=True)

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
        self.push_screen(self._review(Plan(event.deck, plan.new, plan.most, plan.practice, query=event.query)))

    @on(HomeScreen.Source)
    def _show_source(self, event: HomeScreen.Source) -> None:
        from flashrls.tui.source import SourceScreen  # it brings all that reads documents

        self.push_screen(SourceScreen(self.desk, event.deck))

    @on(HomeScreen.Browse)
    def _browse(self, event: HomeScreen.Browse) -> None:
        self._open_browse(event.query)

    def on_progress_screen_browse(self, event: ProgressScreen.Browse) -> None:
        self._open_browse(event.query)

    def _open_browse(self, query: str) -> None:
        from flashrls.tui.browse import BrowseScreen  # not needed before

        screen = BrowseScreen(self.desk, query)
        remap(screen, self._keys)
        remap(screen.search, self._keys)
        self.push_screen(screen)

    @on(HomeScreen.Progress)
    def _show_progress(self, event: HomeScreen.Progress) -> None:
        from flashrls.tui.progress import ProgressScreen  # it brings the plots

        screen = ProgressScreen(self.desk, event.deck, event.query)
        remap(screen, self._keys)
        self.push_screen(screen)

    def on_browse_screen_study(self, event: BrowseScreen.Study) -> None:
        self.push_screen(self._review(event.plan))

    async def on_browse_screen_save(self, event: BrowseScreen.Save) -> None:
        from flashrls.tui.resetting import save_search  # rarely needed

        event.tell(await save_search(self.desk, self._settings_file, event.name, event.query))

    def on_browse_screen_left(self) -> None:
        self.pop_screen()

    @on(HomeScreen.Add)
    def _add(self, event: HomeScreen.Add) -> None:
        self.run_worker(self._open_add(event.deck), group="library")

    async def _open_add(self, deck: str | None) -> None:
        from flashrls.tui.add import open_add  # it brings all that reads and judges cards

        try:
            await open_add(self, self.desk, deck, self._ticks)
        except FlashrlsError as error:
            self._tell_home(told(error, self.desk.path))

    @on(HomeScreen.Settings)
    async def _show_settings(self) -> None:
        from flashrls.tui.resetting import edit_settings  # rarely needed

        words = await edit_settings(self, self.desk, self._settings_file, self._dressed)
        self._tell_home(words)

    def _tell_home(self, words: str) -> None:
        if isinstance(self.screen, HomeScreen):
            self.screen.tell(words)

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
    query: str = "",
    study: bool = False,
    no_color: bool = False,
    clock: Clock = system_clock,
    chosen: Chosen | None = None,
    screen: ScreenSettings = ScreenSettings(),  # noqa: B008
    settings_file: SettingsFile | None = None,
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
        query: only cards that it finds; "" for all.
        study: review at once, and end when the review is left.
        no_color: show no colours, as with `NO_COLOR` set.
        clock: reads the time.
        chosen: the learner's settings for studying.
        screen: those for the screens.
        settings_file: see `FlashRLS`.

    Raises:
        FlashrlsError: the library can't be opened, or holds no such deck or sentence; the
            terminal is restored by then.
    """
    look = first_look(path, clock, chosen)
    if not (sys.stdout.encoding or "").lower().startswith("utf"):
        from flashrls.tui.ascii import needs_ascii  # few terminals are like that

        screen = replace(screen, ascii=screen.ascii or needs_ascii(sys.stdout.encoding))
    if no_color:
        os.environ["NO_COLOR"] = "1"  # read by Textual when the app is made
    desk = Desk(path, clock=clock, chosen=chosen, afterwards=import_review)
    plan = Plan(deck, new, limit, practice, section, sentence, query=query)
    app = FlashRLS(desk, look, plan, study=study, screen=screen, settings_file=settings_file)
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

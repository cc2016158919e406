"""The learner's settings, edited while the program runs: what can be taken up at once is, the rest is told."""

from __future__ import annotations

import asyncio
from typing import Protocol

from textual.app import App, SuspendNotSupported

from flashrls.clean import clean_line
from flashrls.config.values import Config, ScreenSettings
from flashrls.errors import FlashrlsError
from flashrls.query import search_term
from flashrls.tui.desk import Desk
from flashrls.tui.telling import told

_IN_THE_SHELL = "`flashrls config edit` in your shell opens the settings."


class SettingsFile(Protocol):
    """The learner's file of settings, as something that knows where it is can change it."""

    def edit(self) -> Config:
        """Let the learner edit it, while the terminal is given up, and return what it says then."""

    def save_search(self, name: str, query: str) -> Config:
        """Write a saved search into it, and return what it says then."""


async def save_search(desk: Desk, file: SettingsFile | None, name: str, query: str) -> str:
    """Save a search and take it up; return what to say about it, on one line."""
    words = clean_line(name)
    if file is None:
        return f"Not saved. In your shell: flashrls config set 'searches.{words}' …"
    try:
        config = await asyncio.to_thread(file.save_search, name, query)
        await desk.choose(config.chosen)
    except FlashrlsError as error:
        return f"Not saved: {told(error, desk.path)}"
    return f"Saved as “{words}”: on the home screen, and in queries as {search_term(words)}."


async def edit_settings(app: App[None], desk: Desk, file: SettingsFile | None, dressed: ScreenSettings) -> str:
    """Let the learner edit the settings and take them up; return what to say about it, on one line.

    Args:
        app: gives up the terminal meanwhile.
        desk: takes up what is about studying.
        file: the file of settings; None where it can't be changed.
        dressed: how the screens look, which stays until the next start.
    """
    config = _edited(app, file, desk)
    if isinstance(config, str):
        return config
    zone = desk.settings.time_zone
    try:
        await desk.choose(config.chosen)
    except FlashrlsError as error:
        return f"The settings aren't taken up yet: {told(error, desk.path)}"
    later = config.screen != dressed or desk.settings.time_zone != zone
    return _words(config, later=later)


def _edited(app: App[None], file: SettingsFile | None, desk: Desk) -> Config | str:
    """What the file says now, or why it wasn't edited."""
    if file is None:
        return _IN_THE_SHELL
    try:
        with app.suspend():
            # Textual comes back only if nothing is raised in here.
            try:
                return file.edit()
            except FlashrlsError as error:
                return told(error, desk.path)
            except KeyboardInterrupt:
                return "The editor was interrupted. Nothing was changed."
    except SuspendNotSupported:
        return f"An editor can't be opened in this terminal. {_IN_THE_SHELL}"


def _words(config: Config, *, later: bool) -> str:
    if config.faults:
        first = config.faults[0]
        more = f" And {len(config.faults) - 1} more." if len(config.faults) > 1 else ""
        line = "" if first.line is None else f"line {first.line}: "
        return clean_line(f"Settings, {line}{first.message}{more}")
    return f"Settings taken up{'; theme, keys and zone from the next start' if later else ''}."

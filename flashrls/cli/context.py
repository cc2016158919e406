"""What all commands share: which library, and how to open it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import click

from flashrls.errors import LibraryUnusable, Refused

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from flashrls.clock import Clock
    from flashrls.config.values import Config, ConfigFault
    from flashrls.settings import Chosen
    from flashrls.store.library import Library
    from flashrls.store.today import Ask


@dataclass(frozen=True)
class Context:
    """The global options."""

    db: str | None
    no_color: bool

    @property
    def path(self) -> Path:
        """The library file: as named, else in the platform's data folder.

        Raises:
            Refused: a URL of another kind of database.
        """
        from pathlib import Path

        if self.db is not None:
            scheme, separator, rest = self.db.partition("://")
            if not separator and self.db:
                return Path(os.path.expanduser(self.db))  # noqa: PTH111 (Path's own raises for ~nobody)
            if not self.db:
                raise Refused("--db or FLASHRLS_DB is empty.", "Name the library's file, or leave it out.")
            if scheme == "sqlite":
                return Path(rest.removeprefix("/"))
            raise Refused(
                f"A library is kept in an SQLite file; '{scheme}' is not supported yet.",
                "Name a file: --db ~/cards.db",
            )
        from platformdirs import user_data_path

        return user_data_path("flashrls", appauthor=False) / "library.db"

    @cached_property
    def config(self) -> Config:
        """What the file of settings says; its faults are told when it is read, and change nothing else."""
        from flashrls.config.reading import config_path, read_config

        config = read_config(config_path())
        for fault in config.faults:
            _tell(fault)
        return config

    @cached_property
    def chosen(self) -> Chosen:
        """What the learner's file chooses about studying. Where there is no file, next to nothing is imported."""
        from flashrls.config.reading import config_path, is_absent

        return {} if is_absent(config_path()) else self.config.chosen

    @property
    def clock(self) -> Clock:
        """The system's clock, on the wall of the time zone that the learner chose."""
        from flashrls.clock import zoned_clock

        return zoned_clock(self.chosen.get("time_zone", ""))

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Open the library with the bundled decks in it."""
        from flashrls.bundled import open_with_bundled_decks

        with open_with_bundled_decks(self.path, clock=self.clock, chosen=self.chosen) as library:
            yield library

    @contextmanager
    def glance(self) -> Iterator[tuple[Ask, date]]:
        """Ask the library a few questions without SQLAlchemy, and tell today's study day with it."""
        from flashrls.clean import clean_path
        from flashrls.store.glance import glancing
        from flashrls.store.today import settings

        with glancing(self.path) as ask:
            is_ready = (
                ask is not None
                and bool(ask("SELECT 1 FROM setting WHERE key LIKE 'bundled_decks%'"))
                and settings(ask).rules == settings(ask, self.chosen).rules
            )
        if not is_ready:
            with self.library():
                pass  # made, brought up to date, folded anew, or given the decks that a killed first start left out
        with glancing(self.path) as ask:
            if ask is None:
                raise LibraryUnusable(
                    f"{clean_path(self.path)}: the library changed its format just now.", "Try again."
                )
            yield ask, self.clock().study_day(settings(ask, self.chosen).rollover_hour)


def _tell(fault: ConfigFault) -> None:
    """Tell a fault on stderr, as a line of JSON where the command prints JSON."""
    from flashrls.cli.output import say

    command = click.get_current_context(silent=True)
    if command is not None and command.params.get("as_json"):
        import json

        told = {"path": fault.path, "line": fault.line, "key": fault.key}
        click.echo(json.dumps({"warning": told | {"message": fault.message, "mend": fault.mend}}), err=True)
    else:
        say(f"flashrls: {fault}", err=True)

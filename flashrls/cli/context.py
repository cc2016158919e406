"""What all commands share: which library, and how to open it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashrls.errors import LibraryUnusable, Refused

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from flashrls.store.library import Library
    from flashrls.store.today import Ask


@dataclass(frozen=True, slots=True)
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

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Open the library with the bundled decks in it."""
        from flashrls.bundled import open_with_bundled_decks

        with open_with_bundled_decks(self.path) as library:
            yield library

    @contextmanager
    def glance(self) -> Iterator[tuple[Ask, date]]:
        """Ask the library a few questions without SQLAlchemy, and tell today's study day with it."""
        from flashrls.clean import clean_path
        from flashrls.clock import system_clock
        from flashrls.store.glance import glancing
        from flashrls.store.today import settings

        with glancing(self.path) as ask:
            is_ready = ask is not None and bool(ask("SELECT 1 FROM setting WHERE key LIKE 'bundled_decks%'"))
        if not is_ready:
            with self.library():
                pass  # made, brought up to date, or given the decks that a killed first start left out
        with glancing(self.path) as ask:
            if ask is None:
                raise LibraryUnusable(
                    f"{clean_path(self.path)}: the library changed its format just now.", "Try again."
                )
            yield ask, system_clock().study_day(settings(ask).rollover_hour)

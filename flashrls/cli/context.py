"""What all commands share: which library, and how to open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashrls.errors import Refused

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

        if self.db:
            scheme, separator, rest = self.db.partition("://")
            if not separator:
                return Path(self.db).expanduser()
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
        from flashrls.clock import system_clock
        from flashrls.store.glance import glancing
        from flashrls.store.today import settings

        with glancing(self.path) as ask:
            if ask is not None:
                yield ask, system_clock().study_day(settings(ask).rollover_hour)
                return
        with self.library():
            pass  # made, or brought up to date
        with self.glance() as asked:
            yield asked

"""An open library's engine: transactions, the settings and the study day."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

from flashrls.clock import Clock
from flashrls.errors import LibraryReadOnly
from flashrls.settings import Settings
from flashrls.store import today
from flashrls.store.driver import told
from flashrls.store.engine import WRITES
from flashrls.store.tables import setting


class Opened:
    """What all calls to a library are made with."""

    def __init__(self, engine: Engine, path: Path, clock: Clock) -> None:
        """Wrap an engine on a library of today's format."""
        self.path = path
        self._engine = engine
        self._clock = clock
        with engine.connect() as connection:
            self.settings: Settings = today.settings(asking(connection))
            named = connection.execute(select(setting.c.value).where(setting.c.key == "device")).scalar()
        if named is None:
            self._name_device()

    def _name_device(self) -> None:
        """Give this copy of the library a name of its own in the log; a read-only one goes without."""
        try:
            with self._writing() as connection:
                known = select(setting.c.key).where(setting.c.key == "device")
                if connection.execute(known).first() is None:
                    connection.execute(insert(setting), {"key": "device", "value": secrets.token_hex(4)})
        except LibraryReadOnly:
            return

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with (
            told(self.path),
            self._engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @property
    def day(self) -> date:
        """The study day it is now."""
        return self._clock().study_day(self.settings.rollover_hour)


def asking(connection: Connection) -> today.Ask:
    """Return what runs the plain SQL of `today` on SQLAlchemy's connection."""

    def ask(sql: str, /, **values: int | str) -> Sequence[Sequence[Any]]:
        return connection.execute(text(sql), values).all()

    return ask

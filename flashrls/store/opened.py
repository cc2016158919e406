"""An open library's engine: transactions, the settings and the study day."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

from flashrls.clock import Clock
from flashrls.errors import LibraryReadOnly
from flashrls.settings import FOLDED, Chosen, Settings, settings_from, stored_words
from flashrls.store import history, today
from flashrls.store.answers import store_states
from flashrls.store.conditions import Standpoint, standpoint
from flashrls.store.driver import told
from flashrls.store.engine import WRITES
from flashrls.store.tables import setting
from flashrls.store.wordindex import index_words

KEEP = text("INSERT INTO setting (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = :value")
"""Stores a word of the library's own."""


class Opened:
    """What all calls to a library are made with."""

    def __init__(self, engine: Engine, path: Path, clock: Clock, chosen: Chosen | None = None) -> None:
        """Wrap an engine on a library of today's format; `chosen` settings go before those that it keeps."""
        self.path = path
        self._engine = engine
        self._clock = clock
        self._chosen = chosen
        with engine.connect() as connection:
            kept = today.settings(asking(connection))
            named = connection.execute(select(setting.c.value).where(setting.c.key == "device")).scalar()
        self.settings: Settings = settings_from({}, chosen)
        self.choose(kept, chosen)
        if named is None:
            self._name_device()

    def choose(self, kept: Settings, chosen: Chosen | None) -> None:
        """Take up other settings; where the log is folded otherwise by them, all cards are folded again.

        A library that can't be written goes on by the rules that its cards were folded by.
        """
        self.settings = replace(kept, **chosen) if chosen else kept
        if self.settings.rules == kept.rules:
            return
        try:
            with self._writing() as connection:
                store_states(connection, list(history.refold_all(connection, self.settings.rules)))
                for key, value in stored_words(self.settings).items():
                    connection.execute(KEEP, {"key": key, "value": value})
        except LibraryReadOnly:
            folded = {name: getattr(kept, name) for name in FOLDED}
            self.settings = replace(self.settings, **folded)

    def choose_again(self, chosen: Chosen | None) -> None:
        """Take up what the learner chose since the library was opened; see `choose`."""
        with self._reading() as connection:
            kept = today.settings(asking(connection))
        self._chosen = chosen
        self.choose(kept, chosen)

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
            index_words(connection)

    @property
    def day(self) -> date:
        """The study day it is now."""
        return self._clock().study_day(self.settings.rollover_hour)

    def _standpoint(self) -> Standpoint:
        """When a query is asked: now."""
        return standpoint(self._clock(), self.settings.rollover_hour)


def asking(connection: Connection) -> today.Ask:
    """Return what runs the plain SQL of `today` on SQLAlchemy's connection."""

    def ask(sql: str, /, **values: int | str) -> Sequence[Sequence[Any]]:
        return connection.execute(text(sql), values).all()

    return ask

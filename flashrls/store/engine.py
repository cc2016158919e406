"""The engine of an open library: durable connections, and transactions that lock only to write."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event

from flashrls.store.driver import set_up, sqlite

WRITES = "flashrls_writes"
"""The execution option of connections whose transactions take the write lock at once."""


def open_engine(path: Path, *, lock_timeout_s: float) -> Engine:
    """Return an engine on the library file at `path`.

    Readers begin DEFERRED and never hold a writer up; writers begin IMMEDIATE, since a read that
    turns into a write can lose another process's grade.
    """
    engine = create_engine(
        # Not f"sqlite:///{path}": that would decode %20 and open another file without a word.
        URL.create("sqlite", database=str(path.absolute())),
        hide_parameters=True,
        module=sqlite,
        connect_args={"timeout": lock_timeout_s, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        set_up(connection)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine

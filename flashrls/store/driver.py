"""Which SQLite serves this process, how its connections are set up, and what its errors mean."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

from flashrls.clean import clean_path
from flashrls.errors import FlashrlsError, LibraryLocked, LibraryReadOnly, LibraryUnusable, NotALibrary

LOCK_TIMEOUT_S = 5.0
"""How long a write waits for another process before it gives up."""


def _newest_sqlite() -> ModuleType:
    """The `sqlite` extra's SQLite if it is installed, else Python's own; never both on one file."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    return dbapi2  # type: ignore[no-any-return]


sqlite: ModuleType = _newest_sqlite()


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite has the mend for the race that can corrupt a write-ahead log.

    The race is in 3.7.0 to 3.51.2 and was mended in 3.51.3, 3.50.7 and 3.44.6.
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def set_up(connection: sqlite3.Connection, *, foreign_keys: bool = True) -> None:
    """Make a new connection durable and careful; transactions are begun by hand from here on.

    Every grade survives a power cut: WAL with FULL, or DELETE with EXTRA where WAL isn't safe.
    """
    connection.isolation_level = None
    wal = wal_is_safe(sqlite.sqlite_version_info)
    for pragma in (
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        f"synchronous = {'FULL' if wal else 'EXTRA'}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    wanted = "wal" if wal else "delete"
    (current,) = connection.execute("PRAGMA journal_mode").fetchone()
    if current != wanted:
        # Another connection, or a folder that can't be written, may forbid the change: then it waits.
        try:
            connection.execute(f"PRAGMA journal_mode = {wanted}")
        except sqlite.OperationalError as refusal:
            if _code(refusal) not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
                raise


def uri(path: Path, mode: str) -> str:
    """The URI that opens `path` with SQLite and nothing else, whatever characters are in its name."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and SQLAlchemy inside the block into errors told in words."""
    try:
        yield
    except FlashrlsError:
        raise
    except Exception as error:
        original = getattr(error, "orig", error)
        if not isinstance(original, sqlite.Error):
            raise
        telling = _telling(original, path)
        if telling is None:
            raise
        raise telling from None


def _telling(error: BaseException, path: Path) -> FlashrlsError | None:
    name = clean_path(path)
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LibraryLocked(name)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return LibraryReadOnly(name)
        case sqlite3.SQLITE_NOTADB:
            return NotALibrary(name, "it is not an SQLite file")
        case sqlite3.SQLITE_FULL:
            return LibraryUnusable(
                f"{name}: the disk is full; this was not saved.", "Free some space, then try again."
            )
        case sqlite3.SQLITE_CORRUPT:
            return LibraryUnusable(
                f"{name}: the library is damaged.", "Copy the file away, then go back to your last backup."
            )
        case sqlite3.SQLITE_CANTOPEN:
            return LibraryUnusable(
                f"{name}: the library can't be opened.", "Check that its folder exists and is yours to write to."
            )
        case sqlite3.SQLITE_IOERR:
            return LibraryUnusable(f"{name}: the disk failed; this was not saved.", "Check the disk and try again.")
    return None


_MESSAGES = {
    "locked": sqlite3.SQLITE_BUSY,
    "readonly": sqlite3.SQLITE_READONLY,
    "not a database": sqlite3.SQLITE_NOTADB,
    "full": sqlite3.SQLITE_FULL,
    "malformed": sqlite3.SQLITE_CORRUPT,
    "unable to open": sqlite3.SQLITE_CANTOPEN,
    "disk I/O": sqlite3.SQLITE_IOERR,
}


def _code(error: BaseException) -> int | None:
    """SQLite's primary result code; drivers that don't hand it out still print its message."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF
    found = re.search("|".join(map(re.escape, _MESSAGES)), str(error))
    return _MESSAGES[found[0]] if found else None

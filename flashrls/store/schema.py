"""A library file's format: recognised before the engine opens it, made, and brought up to date."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashrls.clean import clean_path
from flashrls.errors import LibraryReadOnly, LibraryTooNew, LibraryUnusable, NotALibrary
from flashrls.resources import folder
from flashrls.store.driver import LOCK_TIMEOUT_S, set_up, sqlite, told, uri

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORMAT = 1
"""The format this program writes: the number of its newest migration, kept in `user_version`."""

APPLICATION_ID = 0x464C5253
"""Marks our files in SQLite's header: "FLRS"."""

TRIGGERS = ("review_no_delete", "review_no_update")
"""What a migration may lose without a word, so that each one is checked for it afterwards."""

_STALE_AFTER_S = 3600


def format_of(path: Path) -> int | None:
    """Return the format of the library at `path`, or None where no file is.

    The file is read through SQLite, immutably: opening it by hand would drop this process's locks
    on closing, and a normal connection could change it.

    Raises:
        NotALibrary: the file is empty, damaged or somebody else's.
        LibraryTooNew: a later release wrote it.
    """
    name = clean_path(path)
    if not path.exists():
        if path.is_symlink():
            raise NotALibrary(name, "it is a link that leads nowhere")
        return None
    if not path.is_file():
        raise NotALibrary(name, "it is not a file")
    if path.stat().st_size == 0:
        raise NotALibrary(name, "the file is empty")
    with told(path), closing(sqlite.connect(uri(path, "ro") + "&immutable=1", uri=True)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise NotALibrary(name, "another program's SQLite file")
    if found > FORMAT:
        raise LibraryTooNew(name, found, FORMAT)
    return int(found)


def make(path: Path) -> None:
    """Make an empty library at `path`, readable by its owner only; it appears whole or not at all.

    Another process that makes the same library at the same time wins or loses, but never mixes.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(path)
    staging = path.with_name(f".{path.name}.{os.getpid()}.new")
    staging.unlink(missing_ok=True)
    try:
        _create_private(staging)
        migrate(staging)
        with suppress(FileExistsError):
            _appear(staging, path)
    except PermissionError:
        raise LibraryReadOnly(clean_path(path)) from None
    except OSError as error:
        raise LibraryUnusable(
            f"{clean_path(path)}: the library can't be made ({error.strerror}).", "Name another file with --db."
        ) from None
    finally:
        staging.unlink(missing_ok=True)


def upgrade(path: Path, found: int) -> Path:
    """Bring a library of an older format up to date and return the copy that was saved before."""
    saved = backup(path, path.with_name(f"{path.name}.format-{found}.backup"))
    migrate(path)
    return saved


def backup(path: Path, target: Path) -> Path:
    """Copy the library at `path` to `target` through SQLite, checked and owner-only; replaces `target`."""
    staging = target.with_name(f".{target.name}.{os.getpid()}.new")
    staging.unlink(missing_ok=True)
    try:
        _create_private(staging)
        with (
            told(path),
            closing(sqlite.connect(uri(path, "rw"), uri=True)) as source,
            closing(sqlite.connect(uri(staging, "rw"), uri=True)) as copy,
        ):
            source.backup(copy)
            (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
        if verdict != "ok":
            raise LibraryUnusable(
                f"{clean_path(path)}: the library is damaged ({verdict}); it was not upgraded.",
                "Copy the file away, then go back to your last backup.",
            )
        _sync(staging)
        staging.replace(target)
        _sync(target.parent)
    finally:
        staging.unlink(missing_ok=True)
    return target


def migrate(path: Path, *, scripts: Path | None = None, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
    """Run all migrations that the file lacks, in one transaction that ends in full or not at all.

    Args:
        path: an SQLite file; may be empty.
        scripts: the folder of the migrations; None for the program's own.
        lock_timeout_s: how long to wait for other writers.
    """
    # Alembic costs more than all the rest of a start, so it is imported only here.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import URL, NullPool, create_engine, event

    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=sqlite,
        poolclass=NullPool,
        connect_args={"timeout": lock_timeout_s},
    )

    # Foreign keys are off before BEGIN: with them on, a table that is rebuilt takes the rows that
    # point to it along, and inside a transaction the pragma does nothing.
    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        set_up(connection, foreign_keys=False)

    # The driver doesn't BEGIN before DDL, so a failing migration would leave half of itself behind.
    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    config = Config()
    config.set_main_option("script_location", str(scripts or folder("migrations")).replace("%", "%%"))
    with told(path), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _check(connection, clean_path(path))
        (head,) = connection.exec_driver_sql("SELECT version_num FROM alembic_version").one()
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {int(head)}")
    engine.dispose()


def _check(connection: Connection, name: str) -> None:
    """Refuse, and so roll back, a migration that lost rows or triggers without a word."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise LibraryUnusable(f"{name}: {len(broken)} rows lost what they point to; nothing was changed.")
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    if missing := sorted(set(TRIGGERS) - set(found)):
        raise LibraryUnusable(f"{name}: the upgrade lost {', '.join(missing)}; nothing was changed.")


def _create_private(path: Path) -> None:
    """Make an empty file that only its owner can read; SQLite's journals take its permissions over."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))


def _appear(staging: Path, path: Path) -> None:
    """Give `staging` its real name unless that name is taken by now."""
    _sync(staging)
    try:
        path.hardlink_to(staging)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        staging.rename(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(path: Path) -> None:
    """Remove what a killed program left of a library in the making."""
    for left in path.parent.glob(f".{path.name}.*.new*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_AFTER_S:
                left.unlink()

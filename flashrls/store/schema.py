"""A library file's format: recognised before the engine opens it, made, and brought up to date."""

from __future__ import annotations

import glob
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flashrls.clean import clean_path
from flashrls.errors import LibraryLocked, LibraryReadOnly, LibraryTooNew, LibraryUnusable, NotALibrary
from flashrls.resources import folder
from flashrls.store.driver import LOCK_TIMEOUT_S, set_up, sqlite, told, uri

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORMAT = 4
"""The format this program writes: the number of its newest migration, kept in `user_version`."""

APPLICATION_ID = 0x464C5253
"""Marks our files in SQLite's header: "FLRS"."""

TRIGGERS = (
    *("edit_no_delete", "edit_no_update", "review_no_delete", "review_no_update"),
    *("note_index_delete", "note_index_insert", "note_index_update"),
)
"""What a migration may lose without a word, so that each one is checked for it afterwards."""

_STALE_AFTER_S = 3600
_LOOK_AGAIN_S = 0.05
_LEAST_BYTES = 512
"""SQLite's smallest page; it takes anything shorter for an empty database."""


def format_of(path: Path, *, lock_timeout_s: float = LOCK_TIMEOUT_S) -> int | None:
    """Return the format of the library at `path`, or None where no file is.

    The file is read through SQLite, immutably: opening it by hand would drop this process's locks
    on closing, and a normal connection could change it.

    Raises:
        NotALibrary: the file is empty, damaged or somebody else's.
        LibraryTooNew: a later release wrote it.
        LibraryUnusable: it can't be reached.
    """
    name = clean_path(path)
    try:
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            raise NotALibrary(name, "it is a link that leads nowhere") from None
        return None
    except OSError as error:
        raise LibraryUnusable(
            f"{name}: the library can't be reached ({error.strerror}).", "Check the name and its permissions."
        ) from None
    if not path.is_file():
        raise NotALibrary(name, "it is not a file")
    if size == 0:
        raise NotALibrary(name, "the file is empty")
    if size < _LEAST_BYTES:
        raise NotALibrary(name, "it is not an SQLite file")
    application, found = _marks(path, lock_timeout_s)
    if application != APPLICATION_ID:
        raise NotALibrary(name, "another program's SQLite file")
    if found > FORMAT:
        raise LibraryTooNew(name, found, FORMAT)
    if any(path.with_name(path.name + tail).exists() for tail in ("-journal", "-wal")):
        # An upgrade may stand in the file without being finished, or be finished without standing in it.
        _, found = _marks_under_lock(path, lock_timeout_s)
    return found


def _marks(path: Path, lock_timeout_s: float) -> tuple[int, int]:
    """Return `application_id` and `user_version`, which tell whose file it is and of which format."""
    try:
        with closing(sqlite.connect(uri(path, "ro") + "&immutable=1", uri=True)) as connection:
            return _read_marks(connection)
    except sqlite.DatabaseError:
        # Damaged, or only half written at this instant by another process: that is known under its lock.
        return _marks_under_lock(path, lock_timeout_s)


def _marks_under_lock(path: Path, lock_timeout_s: float) -> tuple[int, int]:
    with told(path), closing(sqlite.connect(uri(path, "rw"), uri=True, timeout=lock_timeout_s)) as connection:
        return _read_marks(connection)


def _read_marks(connection: sqlite3.Connection) -> tuple[int, int]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(application), int(found)


def make(path: Path) -> None:
    """Make an empty library at `path`, readable by its owner only; it appears whole or not at all.

    Another process that makes the same library at the same time wins or loses, but never mixes.
    """
    staging = path.with_name(f".{path.name}.{os.getpid()}.new")
    with _files_told(path, "the library can't be made"):
        for folder_above in (*reversed(path.parent.parents), path.parent):
            folder_above.mkdir(mode=0o700, exist_ok=True)
        _sweep(path)
        staging.unlink(missing_ok=True)
        try:
            _create_private(staging)
            migrate(staging, name=path)
            with suppress(FileExistsError):
                _appear(staging, path)
        finally:
            staging.unlink(missing_ok=True)


def upgrade(path: Path, found: int) -> Path:
    """Bring a library of an older format up to date and return the copy that was saved before."""
    saved = backup(path, path.with_name(f"{path.name}.format-{found}.backup"))
    migrate(path)
    return saved


def backup(path: Path, target: Path, *, lock_timeout_s: float = LOCK_TIMEOUT_S) -> Path:
    """Copy the library at `path` to `target` through SQLite, checked and owner-only; replaces `target`."""
    staging = target.with_name(f".{target.name}.{os.getpid()}.new")
    with _files_told(target, "the copy can't be made"):
        staging.unlink(missing_ok=True)
        try:
            _create_private(staging)
            with (
                told(path),
                closing(sqlite.connect(uri(path, "rw"), uri=True, timeout=lock_timeout_s)) as source,
                closing(sqlite.connect(uri(staging, "rw"), uri=True)) as copy,
            ):
                source.backup(copy, progress=_patience(path, lock_timeout_s))
                (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
            if verdict != "ok":
                raise LibraryUnusable(
                    f"{clean_path(path)}: the library is damaged ({verdict}); it was not upgraded.",
                    "Copy the file away, then go back to your last backup.",
                )
            _sync(staging)
            staging.replace(target)
            _sync(target.parent)
        except PermissionError:
            raise LibraryReadOnly(clean_path(path)) from None
        finally:
            staging.unlink(missing_ok=True)
    return target


def _patience(path: Path, lock_timeout_s: float) -> Callable[[int, int, int], None]:
    """What ends a backup that waits for a lock; by itself it would wait for ever."""
    deadline = time.monotonic() + lock_timeout_s

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > deadline:
            raise LibraryLocked(clean_path(path))

    return progress


@contextmanager
def _files_told(path: Path, what: str) -> Iterator[None]:
    """Turn the file system's errors inside the block into errors told in words."""
    try:
        yield
    except OSError as error:
        raise LibraryUnusable(
            f"{clean_path(path)}: {what} ({error.strerror}).", "Check the disk, or name another file with --db."
        ) from None


def migrate(
    path: Path, *, name: Path | None = None, scripts: Path | None = None, lock_timeout_s: float = LOCK_TIMEOUT_S
) -> None:
    """Run all migrations that the file lacks, in one transaction that ends in full or not at all.

    Args:
        path: an SQLite file; may be empty.
        name: what errors call it; None for its own name.
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
    with told(name or path), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _check(connection, clean_path(name or path))
        (head,) = connection.exec_driver_sql("SELECT version_num FROM alembic_version").one()
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {int(head)}")
    engine.dispose()


def _check(connection: Connection, name: str) -> None:
    """Refuse, and so roll back, a migration that lost rows or triggers without a word."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise LibraryUnusable(f"{name}: {len(broken)} rows lost what they point to; nothing was changed.")
    found_by = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('edit', 'note', 'review')"
    found = connection.exec_driver_sql(found_by).scalars().all()
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
        with _alone(path):
            if path.exists():
                raise FileExistsError from None
            staging.rename(path)
    _sync(path.parent)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock file beside `path`, so that no other process that makes it can replace ours."""
    lock = path.with_name(f".{path.name}.lock.new")
    deadline = time.monotonic() + LOCK_TIMEOUT_S
    while True:
        try:
            _create_private(lock)
            break
        except FileExistsError:
            if time.monotonic() > deadline:
                raise LibraryLocked(clean_path(path)) from None
            time.sleep(_LOOK_AGAIN_S)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(path: Path) -> None:
    """Remove what a killed program left of a library in the making."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.new*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_AFTER_S:
                left.unlink()

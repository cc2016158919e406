"""A look at the library without SQLAlchemy: milliseconds, for the first frame and for shell prompts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from flashrls.store.driver import LOCK_TIMEOUT_S, sqlite, told, uri
from flashrls.store.schema import FORMAT, format_of
from flashrls.store.today import Ask


@contextmanager
def glancing(path: Path) -> Iterator[Ask | None]:
    """Give a way to ask the library at `path`, for reading only; None where it must first be made or upgraded.

    Raises:
        FlashrlsError: the file is not a library, too new, locked, or damaged.
    """
    if format_of(path) != FORMAT:
        yield None
        return
    with told(path), closing(sqlite.connect(uri(path, "rw"), uri=True, timeout=LOCK_TIMEOUT_S)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("BEGIN")

        def ask(sql: str, /, **values: int | str) -> Sequence[Sequence[Any]]:
            return connection.execute(sql, values).fetchall()  # type: ignore[no-any-return]

        yield ask

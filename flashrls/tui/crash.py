"""What remains of a bug: one line on stderr and a file with the places in the code, without any text of a card."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from flashrls import __version__
from flashrls.clean import clean_path

_SAFE = (AttributeError, ImportError, NameError)
"""Errors whose messages are made of names in the code alone."""

FAILED = 1


def tell_of_crash(bug: BaseException, path: Path) -> int:
    """Write a bug down beside the library at `path`, say so, and return the exit code."""
    file = path.absolute().parent / "crash.log"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
            os.fchmod(handle, 0o600)
            log.write(f"FlashRLS {__version__}, Python {sys.version.split()[0]}\n{report(bug)}")
        where = f"details are in {clean_path(file)}"
    except OSError as error:
        where = f"its details could not be written ({error.strerror})"
    print(f"FlashRLS stopped because of a bug; {where}", file=sys.stderr)  # noqa: T201
    return FAILED


def report(bug: BaseException) -> str:
    """Return where a bug happened: frames and kinds of errors, no values and no messages that could hold any."""
    lines: list[str] = []
    seen: set[int] = set()
    error: BaseException | None = bug
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        message = f": {error}" if type(error) in _SAFE else ""
        lines += [f"{type(error).__module__}.{type(error).__qualname__}{message}\n"]
        lines += traceback.format_tb(error.__traceback__)
        error = error.__cause__ or error.__context__
    return "".join(lines)

"""Files of the learner's written anew: whole or not at all, and never over what somebody else just wrote."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flashrls.errors import FlashrlsError


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Put a new content in a file's place, with the same permissions; a link keeps leading to it.

    Args:
        path: the file.
        before: what it held when it was read.
        after: what it is to hold.

    Raises:
        FlashrlsError: the file changed meanwhile, or it can't be written; then it holds what it held.
    """
    from flashrls.clean import clean_path

    try:
        real = path.resolve(strict=True)
        with beside(real, after) as temporary:
            _take_after(temporary, real)
            if real.read_bytes() != before:
                raise FlashrlsError(
                    f"{clean_path(path)}: another program changed the file just now; it was left as it is.",
                    "Try again.",
                )
            temporary.replace(real)
    except OSError as error:
        raise FlashrlsError(
            f"{clean_path(path)}: the file can't be written ({error.strerror}); it was left as it is.",
            "Give yourself permission to write to the file and its folder.",
        ) from None


@contextlib.contextmanager
def beside(path: Path, content: bytes) -> Iterator[Path]:
    """Write a content into a new file in the folder of `path`, safe on the disk; it goes if it kept its name."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".flashrls-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _take_after(temporary: Path, real: Path) -> None:
    """Give the new file the old one's permissions and, where the system lets us, its owner."""
    state = real.stat()
    with contextlib.suppress(OSError):
        os.chown(temporary, state.st_uid, state.st_gid)
    temporary.chmod(state.st_mode & 0o7777)

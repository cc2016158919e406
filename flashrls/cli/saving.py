"""New files of the learner's: whole or not at all, and never in the place of another."""

from __future__ import annotations

import os
from pathlib import Path

from flashrls.cli.rewriting import beside
from flashrls.errors import FlashrlsError


def create(path: Path, content: bytes) -> None:
    """Write a new file, with the permissions that new files have here.

    Raises:
        FlashrlsError: there is one by now, or it can't be written; then nothing is left of it.
    """
    from flashrls.clean import clean_path

    try:
        with beside(path, content) as temporary:
            temporary.chmod(0o666 & ~_umask())
            path.hardlink_to(temporary)  # unlike a renaming it takes no other file's place
    except FileExistsError:
        raise FlashrlsError(
            f"{clean_path(path)}: another program made this file just now; it was left as it is.", "Try again."
        ) from None
    except OSError as error:
        raise FlashrlsError(
            f"{clean_path(path)}: the file can't be written ({error.strerror}).",
            "Check that the folder is there and that you may write to it, or name another file.",
        ) from None


def _umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask

"""The learner's file of settings, written: by a command, or in an editor."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click

from flashrls.cli.output import say
from flashrls.cli.rewriting import beside, rewrite
from flashrls.errors import BadConfig, FlashrlsError


def change(path: Path, edit: Callable[[str], str]) -> bool:
    """Put a changed text in the place of the file's, which is made if it isn't there; say whether it changed.

    Raises:
        FlashrlsError: the file can't be read as TOML or can't be written; then it holds what it held.
    """
    from flashrls.config.reading import config_of

    before = _held(path)
    told = config_of(before or b"", path)
    if not told.is_toml:
        fault = told.faults[0]
        where = fault.path if fault.line is None else f"{fault.path}:{fault.line}"
        raise BadConfig(f"{where}: {fault.message} The file was left as it is.", "`flashrls config edit` opens it.")
    text = (before or b"").decode("utf-8-sig")
    after = edit(text)
    if after == text:
        return False
    write(path, before, after.encode())
    return True


def write(path: Path, before: bytes | None, after: bytes) -> None:
    """Write the file: whole or not at all, for its owner alone where it is new; a link keeps leading to it.

    Args:
        path: the file.
        before: what it held when it was read; None if it wasn't there.
        after: what it is to hold.
    """
    from flashrls.clean import clean_path

    if before is not None:
        rewrite(path, before, after)
        return
    try:
        real = path.resolve()
        real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with beside(real, after) as temporary:
            os.link(temporary, real)  # unlike a rename, it never takes the place of another's file
    except (OSError, RuntimeError) as error:  # the latter for links that lead in a circle
        reason = error.strerror if isinstance(error, OSError) else error
        raise FlashrlsError(
            f"{clean_path(path)}: the file can't be made ({reason}).",
            "Give yourself permission to write to its folder, or name another file with FLASHRLS_CONFIG.",
        ) from None


def edit_by_hand(path: Path) -> None:
    """Open the settings in the learner's editor, and take what comes back if it is TOML.

    Raises:
        FlashrlsError: the editor failed, or what came back is no TOML; the file holds what it held.
    """
    from flashrls.config.editing import template
    from flashrls.config.reading import config_of
    from flashrls.editor import edit_text

    before = _held(path)
    held = template() if before is None else before.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    text = edit_text(held, suffix=".toml")
    while True:
        told = config_of(before or b"" if text == held else text.encode(), path)
        for fault in told.faults:
            say(f"flashrls: {fault}", err=True)
        if text == held:
            say("Nothing was changed.")
            return
        if told.is_toml:
            write(path, before, text.encode())
            say("The settings are saved." if not told.faults else "The settings are saved, but for these lines.")
            return
        if not _wants_again():
            raise BadConfig("The settings were left as they are.", f"What you wrote is kept in {_keep(text)}.")
        text = edit_text(text, suffix=".toml")


def _held(path: Path) -> bytes | None:
    """The file's content; None if there is no file.

    Raises:
        FlashrlsError: it can't be read, or is far too large for settings.
    """
    from flashrls.clean import clean_path
    from flashrls.config.reading import MOST_BYTES, read_bytes

    try:
        content = read_bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise BadConfig(f"{clean_path(path)}: the settings can't be read ({error.strerror or error}).") from None
    if len(content) > MOST_BYTES:
        raise BadConfig(f"{clean_path(path)}: the file is larger than {MOST_BYTES >> 10} kB; it was left as it is.")
    return content


def _wants_again() -> bool:
    import sys

    return bool(sys.stdin and sys.stdin.isatty()) and click.confirm("Edit again?", default=True, err=True)


def _keep(text: str) -> str:
    from flashrls.clean import clean_path
    from flashrls.editor import keep_text

    return clean_path(keep_text(text, suffix=".toml"))

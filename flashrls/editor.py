"""The user's own editor, run once on a text; whatever is written there is never lost."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from flashrls.clean import clean_line, clean_path
from flashrls.decoding import NotText, decoded
from flashrls.errors import EditorFailed, EditorInterrupted

MOST_BYTES = 10_000_000
"""A longer text is kept, but not read."""

_USUAL = ("vi", "nano")
_SET_ONE = "Set the variable EDITOR, as in: export EDITOR=nano"
_KEYBOARD_SIGNALS = (signal.SIGINT, signal.SIGQUIT)


def edit_text(text: str, *, suffix: str = ".md") -> str:
    """Return a text as the user leaves it in $VISUAL, $EDITOR, or else vi or nano; lines end in LF.

    The variable may hold arguments; no shell is run. It waits for the editor to end.

    Args:
        text: what the editor opens.
        suffix: how the file's name ends, which tells editors the language.

    Raises:
        EditorFailed: there is no editor, it fails, or what it leaves is no text; if something was
            written, it is kept in a file that the error names.
        EditorInterrupted: Ctrl+C ended the editor after something had been saved in it; kept, too.
        KeyboardInterrupt: Ctrl+C ended the editor before that.
    """
    words = _command()
    path = _new_file(text, suffix)
    try:
        _run(words, path, text)
        written = _read(path, words[0])
    except (EditorFailed, EditorInterrupted, KeyboardInterrupt):
        if not _was_written(path, text):
            _remove(path)
        raise
    _remove(path)
    return written


def keep_text(text: str, *, suffix: str = ".md") -> Path:
    """Write a text that would be lost otherwise into a new file that only its owner can read; tell the user where.

    Raises:
        EditorFailed: it can't be written.
    """
    return _new_file(text, suffix)


def _command() -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        if not (said := os.environ.get(variable, "").strip()):
            continue
        try:
            words = shlex.split(said)
        except ValueError:
            raise EditorFailed(
                f"A quote in {variable} is never closed: {clean_line(said)}", "Quote it as for a shell."
            ) from None
        if words and words[0]:
            return words
    for name in _USUAL:
        if shutil.which(name):
            return [name]
    raise EditorFailed("No editor is there: neither VISUAL nor EDITOR is set, nor is vi or nano found.", _SET_ONE)


def _new_file(text: str, suffix: str) -> Path:
    folder: str | None = None
    try:
        folder = tempfile.mkdtemp(prefix="flashrls-")  # nobody else may enter it
        path = Path(folder, f"card{suffix}")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(_encoded(text))
    except OSError as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise EditorFailed(
            f"No file can be made for the editor ({error.strerror or error}).",
            "Name a folder with room that you may write to in TMPDIR.",
        ) from None
    return path


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _run(words: list[str], path: Path, text: str) -> None:
    """Run the editor on the file and wait for its end."""
    try:
        with _keys_go_to_the_editor():
            code = subprocess.run([*words, str(path)], check=False).returncode  # noqa: S603 (the user named it)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "not a program's name"
        raise EditorFailed(f"The editor {_named(words[0])} can't be run ({reason}).", _SET_ONE) from None
    kept = clean_path(path) if code and _was_written(path, text) else ""
    if code == -signal.SIGINT:
        if not kept:
            raise KeyboardInterrupt
        raise EditorInterrupted(kept)
    if code:
        raise EditorFailed(f"The editor {_named(words[0])} {_ended(code)}.", "Try again.", kept)


@contextmanager
def _keys_go_to_the_editor() -> Iterator[None]:
    """Ctrl+C reaches us as well as the editor, but is meant for it; a terminal that it left raw is put right.

    Handlers of our own, as a signal that is ignored would be ignored by the editor, too.
    """
    before: dict[signal.Signals, Any] = {}
    terminal = _terminal_state()
    with suppress(ValueError):  # in another thread signals can't be set, nor do they come there
        for number in _KEYBOARD_SIGNALS:
            before[number] = signal.signal(number, lambda _number, _frame: None)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if terminal is not None:
            with suppress(termios.error):
                termios.tcsetattr(0, termios.TCSADRAIN, terminal)


def _terminal_state() -> list[Any] | None:
    try:
        # Setting the state from the background would stop us.
        if os.tcgetpgrp(0) == os.getpgrp():
            return termios.tcgetattr(0)
    except (OSError, termios.error):
        pass
    return None


def _ended(code: int) -> str:
    if code > 0:
        return f"ended with exit code {code}"
    with suppress(ValueError):
        return f"was ended by {signal.Signals(-code).name}"
    return f"was ended by signal {-code}"


def _read(path: Path, editor: str) -> str:
    what = f"What {_named(editor)} left"
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise EditorFailed(f"{what} is no file.", "Save the text under the name it has.")
            with os.fdopen(descriptor, "rb", closefd=False) as stream:
                content = stream.read(MOST_BYTES + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError:
        raise EditorFailed(f"The editor {_named(editor)} deleted the file.", "Try again.") from None
    except OSError as error:
        # A link leads elsewhere and is none of the user's words.
        kept = "" if path.is_symlink() else clean_path(path)
        raise EditorFailed(f"{what} can't be read ({error.strerror}).", "Try again.", kept) from None
    if len(content) > MOST_BYTES:
        message = f"{what} is longer than {MOST_BYTES // 1_000_000} MB."
        raise EditorFailed(message, "Write less.", clean_path(path))
    text = decoded(content)
    if isinstance(text, NotText):
        raise EditorFailed(f"{what} is no text. {text.message}", "Save it in UTF-8.", clean_path(path))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _was_written(path: Path, text: str) -> bool:
    """Whether the file holds something else than it did; so it is if that can't be told."""
    before = _encoded(text)
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode):
            return False
        return state.st_size > 0 and (state.st_size != len(before) or path.read_bytes() != before)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _remove(path: Path) -> None:
    """Remove the file's folder, with all that the editor left there beside it."""
    shutil.rmtree(path.parent, ignore_errors=True)


def _named(editor: str) -> str:
    return f"'{clean_line(editor)}'"

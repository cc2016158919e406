"""The file of settings on the disk: where it is, and what it says. Nothing is imported where there is none."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flashrls.config.values import Config

VARIABLE = "FLASHRLS_CONFIG"
"""The environment variable that names the file."""

MOST_BYTES = 1 << 18
"""What a file of settings may hold."""

_UNREAD = "No setting of the file counts until this is mended."


def config_path() -> Path:
    """Return where the file of settings is, or would be."""
    if named := os.environ.get(VARIABLE):
        return Path(os.path.expanduser(named))  # noqa: PTH111 (Path's own raises for ~nobody)
    from platformdirs import user_config_path

    return user_config_path("flashrls", appauthor=False) / "config.toml"


def is_absent(path: Path) -> bool:
    """Say whether there is no file at `path`, so that there is nothing to read and nothing wrong."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # it may be there, and reading it tells what is wrong
        return False
    return False


def read_config(path: Path) -> Config:
    """Return what the file at `path` says; one that isn't there says nothing. Whatever is wrong is a fault."""
    from flashrls.config.values import Config

    try:
        content = read_bytes(path)
    except (FileNotFoundError, NotADirectoryError):
        return Config()
    except OSError as error:
        return _unread(path, f"The settings can't be read: {error.strerror or error}.")
    return config_of(content, path)


def config_of(content: bytes, path: Path) -> Config:
    """Return what a file of settings at `path` says if it holds `content`."""
    if len(content) > MOST_BYTES:
        return _unread(path, f"The settings can't be read: the file is larger than {MOST_BYTES >> 10} kB.")
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unread(
            path, "The settings can't be read: they are not in UTF-8.", content.count(b"\n", 0, error.start) + 1
        )
    from flashrls.clean import clean_path
    from flashrls.config.parsing import parse_config

    return parse_config(source, clean_path(path))


def read_bytes(path: Path) -> bytes:
    """Return what the file holds, up to one byte more than it may.

    Raises:
        OSError: it can't be read, or isn't a file.
    """
    # A pipe or a terminal in its place must not make the program wait.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode) and path != Path(os.devnull):
            raise OSError(None, "this is not a file")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            return stream.read(MOST_BYTES + 1)
    finally:
        os.close(descriptor)


def _unread(path: Path, message: str, line: int | None = None) -> Config:
    from flashrls.clean import clean_path
    from flashrls.config.values import Config, ConfigFault

    return Config(faults=(ConfigFault(clean_path(path), line, "", message, _UNREAD),), is_toml=False)

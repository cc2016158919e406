"""The decks that come with the program: in the library from the first start, kept up to date later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flashrls.clock import Clock, system_clock
from flashrls.errors import LibraryReadOnly
from flashrls.intake import SUFFIX, read_decks
from flashrls.resources import folder
from flashrls.store.library import Library, open_library

REMEMBERED = "bundled_decks"
"""What the library remembers a file's fingerprint under, with `:` and its path below the folder."""


@contextmanager
def open_with_bundled_decks(path: Path, *, clock: Clock = system_clock) -> Iterator[Library]:
    """Open the library at `path` and bring this release's decks into it, if they aren't yet.

    Raises:
        FlashrlsError: see `flashrls.store.library.open_library`.
    """
    with open_library(path, clock=clock) as library:
        bring(library, folder("decks"))
        yield library


def bring(library: Library, decks: Path) -> None:
    """Import the decks of a folder whose files aren't those imported last; schedules stay as they are.

    A deck that can't be imported, since the learner has one of that name, is left out until it can be.
    """
    for file in sorted(decks.rglob(f"*{SUFFIX}")):
        key = f"{REMEMBERED}:{file.relative_to(decks).as_posix()}"
        fingerprint = hashlib.sha256(file.read_bytes()).hexdigest()
        if library.remembered(key) == fingerprint:
            continue
        try:
            if not library.import_decks(read_decks([str(file)])).faults:
                library.remember(key, fingerprint)
        except LibraryReadOnly:
            return  # what is there can still be read

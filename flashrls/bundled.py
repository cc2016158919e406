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

_REMEMBERED = "bundled_decks"


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
    """Import the decks of a folder unless exactly these were imported before; schedules stay as they are.

    A deck that can't be imported, since the learner has one of that name, is left out.
    """
    files = sorted(decks.rglob(f"*{SUFFIX}"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    fingerprint = digest.hexdigest()
    if library.remembered(_REMEMBERED) == fingerprint:
        return
    try:
        for read in read_decks(str(file) for file in files):
            library.import_decks([read])
        library.remember(_REMEMBERED, fingerprint)
    except LibraryReadOnly:
        return  # what is there can still be read

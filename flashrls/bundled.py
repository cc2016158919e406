"""The decks that come with the program, and their texts: there from the first start, kept up to date later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flashrls.clock import Clock, system_clock
from flashrls.errors import BadDocument, LibraryReadOnly, NoSuchDocument, Refused
from flashrls.intake import SUFFIX, read_decks
from flashrls.resources import folder
from flashrls.settings import Chosen
from flashrls.store.library import Library, open_library

WELCOME = "welcome"
"""The folder whose deck stands first in a new library."""

DOCUMENTS = ".txt"

REMEMBERED = "bundled_decks"
"""What the library remembers a file's fingerprint under, with `:` and its path below the folder."""


@contextmanager
def open_with_bundled_decks(
    path: Path, *, clock: Clock = system_clock, chosen: Chosen | None = None
) -> Iterator[Library]:
    """Open the library at `path` and bring this release's decks into it, if they aren't yet.

    Raises:
        FlashrlsError: see `flashrls.store.library.open_library`.
    """
    with open_library(path, clock=clock, chosen=chosen) as library:
        bring(library, folder("decks"))
        yield library


def bring(library: Library, decks: Path, *, again: bool = False) -> None:
    """Import the decks of a folder, then its texts, whose files aren't those brought last; schedules stay.

    With `again` also those that were brought last.

    A deck that can't be imported, since the learner has one of that name, is left out until it can be.
    A text (`.txt`) is attached to the decks whose head names it; a changed one takes the old one's place.
    """
    for file in _files(decks):
        key = f"{REMEMBERED}:{file.relative_to(decks).as_posix()}"
        before, fingerprint = library.remembered(key), hashlib.sha256(file.read_bytes()).hexdigest()
        if before == fingerprint and not again:
            continue
        try:
            if _bring_deck(library, file) if file.suffix == SUFFIX else _bring_document(library, file, before):
                library.remember(key, fingerprint)
        except LibraryReadOnly:
            return  # what is there can still be read


def _files(decks: Path) -> list[Path]:
    """The files in the order they are brought: decks before the texts that are attached to them."""
    found = [file for file in decks.rglob("*") if file.suffix in (SUFFIX, DOCUMENTS)]
    return sorted(found, key=lambda file: (file.suffix == DOCUMENTS, file.parent.name != WELCOME, file))


def _bring_deck(library: Library, file: Path) -> bool:
    return not library.import_decks(read_decks([str(file)])).faults


def _bring_document(library: Library, file: Path, before: str | None) -> bool:
    """Add a text, or put it in the place of the one that an earlier release brought: `before` is its sha256."""
    from flashrls.documents.reading import read_document  # only a text that changed needs it

    try:
        told = read_document(file.read_bytes(), file.name)
        held = {document.sha256 for document in library.documents()}
        if before in held and told.sha256 not in held:
            library.update_document(told, before)
        else:
            library.add_document(told)
    except (BadDocument, NoSuchDocument, Refused):  # the latter two: another process brought it just now
        return False
    return True

"""Deck files, folders and standard input, read into what an import is planned from."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from flashrls.cards import Deck
from flashrls.clean import clean_path
from flashrls.errors import FlashrlsError, NoSuchFile
from flashrls.formats.deckfile import decode, parse_deck
from flashrls.formats.faults import Fault

if TYPE_CHECKING:
    from flashrls.documents.text import Document

STDIN = "-"
STDIN_NAME = "<stdin>"
SUFFIX = ".md"
MOST_DECK_BYTES = 100_000_000
"""What a deck file or standard input may hold; a deck of 100,000 cards has some 20 MB."""

ReadFile = tuple[str, Deck | tuple[Fault, ...]]
"""A file's name, fit to print, with its deck or all of its faults."""


def read_decks(paths: Iterable[str], *, deck: str | None = None, stdin: BinaryIO | None = None) -> list[ReadFile]:
    """Read deck files; a folder stands for all `.md` files in it, `-` for standard input.

    Of a folder, hidden files and folders and files called README.md are left out.

    Args:
        paths: as the user gave them.
        deck: the name of a deck whose file gives it none; by default the file's own name.
        stdin: what `-` reads.

    Raises:
        NoSuchFile: a path leads nowhere.
        FlashrlsError: a folder without deck files, or a file that can't be read.
    """
    found: list[ReadFile] = []
    for path in paths:
        if path == STDIN and stdin is not None:
            found.append((STDIN_NAME, parse_content(read_stream(stdin, STDIN_NAME), deck or "")))
        else:
            files = ((file, deck or clean_path(file.stem)) for file in deck_files(path))
            found += [
                (clean_path(file), _placed(parse_content(read_content(file), name), file)) for file, name in files
            ]
    return found


def _placed(parsed: Deck | tuple[Fault, ...], file: Path) -> Deck | tuple[Fault, ...]:
    return replace(parsed, folder=str(file.absolute().parent)) if isinstance(parsed, Deck) else parsed


def read_document_file(path: str) -> Document:
    """Read a document.

    Raises:
        NoSuchFile: the path leads nowhere.
        BadDocument: the file can't be read as a text.
        FlashrlsError: the file can't be read at all.
    """
    from flashrls.documents.reading import MOST_BYTES, read_document  # few commands need documents

    file = _path(path)
    with _told(file), file.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)  # what is longer is refused, and must not fill the memory
    return read_document(content, clean_path(file))


def deck_files(name: str) -> list[Path]:
    """Return the deck files that a path stands for, as for `read_decks`, which tells the errors, too."""
    path = _path(name)
    with _told(path):
        if not stat.S_ISDIR(path.stat().st_mode):
            return [path]
        files = sorted(
            file
            for file in path.rglob(f"*{SUFFIX}")
            if file.is_file() and file.stem.casefold() != "readme" and not _hidden(file.relative_to(path))
        )
    if not files:
        raise FlashrlsError(
            f"{clean_path(path)}: there are no deck files ({SUFFIX}) in this folder.",
            "Name a folder with deck files, or the files themselves.",
        )
    return files


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read_content(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        NoSuchFile: the path leads nowhere.
        FlashrlsError: the file can't be read.
    """
    with _told(path), path.open("rb") as stream:
        return read_stream(stream, clean_path(path))


def read_stream(stream: BinaryIO, name: str) -> bytes:
    """Return what is left of a stream of bytes; `name` is what errors call it.

    Raises:
        FlashrlsError: it is larger than any deck; a device or a program may never end.
    """
    content = stream.read(MOST_DECK_BYTES + 1)
    if len(content) > MOST_DECK_BYTES:
        raise FlashrlsError(
            f"{name}: this is larger than {MOST_DECK_BYTES // 1_000_000} MB, and no deck.",
            "Name a deck file, or cut it into smaller ones.",
        )
    return content


def _path(name: str) -> Path:
    if not name:  # to a Path this is the folder one is in, and a script's variable that wasn't set
        raise NoSuchFile("''")
    return Path(name)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the file system's errors inside the block into errors told in words."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: no file can have this name
        raise NoSuchFile(clean_path(path)) from None
    except IsADirectoryError:
        raise FlashrlsError(f"{clean_path(path)}: this is a folder.", "Name a file.") from None
    except OSError as error:
        raise FlashrlsError(
            f"{clean_path(path)}: the file can't be read ({error.strerror}).", "Check its permissions."
        ) from None


def parse_content(content: bytes, name: str) -> Deck | tuple[Fault, ...]:
    """Return the deck that a file's bytes tell, or its faults; `name` is the deck's if the file gives none."""
    text = decode(content)
    if isinstance(text, Fault):
        return (text,)
    deck = parse_deck(text, name=name)
    if isinstance(deck, Deck) and not deck.name:
        return (Fault(1, "The deck has no name.", "Write `deck: NAME` into its head, or say --deck NAME."),)
    return deck

"""The images that a card names, as files beside its deck: which may be shown, and why another may not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from flashrls.clean import clean_line

if TYPE_CHECKING:
    from markdown_it.token import Token

LARGEST_BYTES = 20_000_000
MOST_IMAGES = 20
_LONGEST_READ = 20_000


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image that a card names.

    Attributes:
        file: its name as the card writes it, cleaned.
        description: what the card says of it, cleaned; may be empty.
        path: where it is; None if it can't be shown.
        reason: why not; empty if it can.
    """

    file: str
    description: str
    path: Path | None
    reason: str = ""


def image_files(markdown: str, folder: Path | None) -> tuple[ImageFile, ...]:
    """Return the images of a card's text, in their order, each once; at most 20.

    Only regular files below `folder` can be shown, wherever links lead: a deck of somebody else can't
    name other files of the learner. Nothing is ever fetched.

    Args:
        markdown: a card's question and answer.
        folder: where its deck's file lies; None if that isn't known.
    """
    if "![" not in markdown or len(markdown) > _LONGEST_READ:
        return ()
    from markdown_it import MarkdownIt

    found: dict[str, ImageFile] = {}
    for image in _images(MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)):
        name = unquote(str(image.attrs.get("src", "")))
        if name not in found and len(found) < MOST_IMAGES:
            found[name] = _looked_up(name, clean_line(image.content), folder)
    return tuple(found.values())


def _images(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "image":
            yield token
        yield from _images(token.children or [])


def _looked_up(name: str, description: str, folder: Path | None) -> ImageFile:
    path = folder / name if folder else None
    reason = "the folder of its deck isn't known" if folder is None else _refusal(name, folder)
    return ImageFile(clean_line(name), description, None if reason else path, reason)


def _refusal(name: str, folder: Path) -> str:
    """Why a file can't be shown; empty if it can."""
    if "://" in name or name.startswith(("data:", "//")):
        return "it isn't a file beside the deck, and nothing is fetched"
    if not name or "\0" in name or "\\" in name or Path(name).is_absolute() or ".." in Path(name).parts:
        return "only files below the deck's folder are shown"
    try:
        root = folder.resolve(strict=True)
        found = (root / name).resolve(strict=True)
        if not found.is_relative_to(root):
            return "it leads out of the deck's folder"
        about = found.stat()
    except (OSError, RuntimeError, ValueError):
        return "there is no such file"
    if not stat.S_ISREG(about.st_mode):
        return "it isn't a file"
    return "it is larger than 20 MB" if about.st_size > LARGEST_BYTES else ""


def read_image(path: Path) -> bytes:
    """Return a file's bytes, at most one more than `LARGEST_BYTES`.

    It was looked at before, but may be another by now: a pipe is never waited for, a link never followed.

    Raises:
        OSError: it can't be read, or isn't a regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path.resolve(), flags), "rb") as file:  # noqa: PTH123
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError("not a regular file")
        return file.read(LARGEST_BYTES + 1)

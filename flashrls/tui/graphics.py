"""What a terminal can paint images with, and the widgets that do; textual-image is imported without disturbing it.

It asks the terminal what it can as soon as it is imported, and waits for the answer on the standard input. Textual
reads that already, so the answer would be lost and a key with it. Here it is imported while there seems to be no
terminal, and what the terminal can is taken from the environment.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import Enum
from typing import TYPE_CHECKING

from textual.widget import Widget

if TYPE_CHECKING:
    from PIL.Image import Image

_CELL_PIXELS = (10, 20)


class Graphics(Enum):
    """How a terminal can show an image."""

    KITTY = "kitty"
    SIXEL = "sixel"
    CELLS = "cells"
    NONE = "none"


def graphics_of(environ: Mapping[str, str]) -> Graphics:
    """Return how the terminal of these environment variables can show an image, as far as they tell.

    Inside tmux or screen, and where nothing tells of more, coloured cells are used; `NO_COLOR` leaves the path.
    """
    terminal, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    if "NO_COLOR" in environ or terminal in ("", "dumb", "linux"):
        return Graphics.NONE
    if "TMUX" in environ or terminal.startswith(("screen", "tmux")):
        return Graphics.CELLS
    if "KITTY_WINDOW_ID" in environ or terminal in ("xterm-kitty", "xterm-ghostty") or program == "ghostty":
        return Graphics.KITTY
    sixel_terms = ("foot", "mlterm", "contour", "yaft")
    if (
        terminal.startswith(sixel_terms)
        or program in ("WezTerm", "iTerm.app", "mintty")
        or "KONSOLE_VERSION" in environ
    ):
        return Graphics.SIXEL
    return Graphics.CELLS


def image_widget(image: Image, graphics: Graphics) -> Widget:
    """Return a widget of class `shown` that paints an image; without graphics it does so in coloured cells."""
    with _no_terminal():
        from textual_image import widget as widgets
        from textual_image._terminal import CellSize, get_cell_size

    get_cell_size._result = CellSize(*_cell_pixels())  # type: ignore[attr-defined]
    kinds: dict[Graphics, type[Widget]] = {Graphics.KITTY: widgets.TGPImage, Graphics.SIXEL: widgets.SixelImage}
    return kinds.get(graphics, widgets.HalfcellImage)(image, classes="shown")  # type: ignore[arg-type]


@contextmanager
def _no_terminal() -> Iterator[None]:
    """There seems to be no terminal to ask: Textual paints on the standard error, so nothing is missed."""
    output = sys.__stdout__
    sys.__stdout__ = io.StringIO()  # type: ignore[misc,assignment]
    try:
        yield
    finally:
        sys.__stdout__ = output  # type: ignore[misc]


def _cell_pixels() -> tuple[int, int]:
    """Width and height of a cell, as the terminal's driver tells without being asked by escape sequences."""
    with suppress(ImportError, OSError, ValueError, ZeroDivisionError):
        import fcntl
        import struct
        import termios

        told = fcntl.ioctl(sys.__stderr__.fileno(), termios.TIOCGWINSZ, b"\0" * 8)  # type: ignore[union-attr]
        rows, columns, width, height = struct.unpack("HHHH", told)
        if width and height:
            return max(1, width // columns), max(1, height // rows)
    return _CELL_PIXELS

"""Where the migrations and the bundled decks are: inside the installed package, else in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder `name` ("migrations" or "decks") that travels with the program."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name

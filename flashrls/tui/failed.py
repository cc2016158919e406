"""The message with which a screen says that it can't go on."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from flashrls.errors import FlashrlsError


@dataclass
class Failed(Message):
    """The library can't be opened, or holds no such deck."""

    error: FlashrlsError

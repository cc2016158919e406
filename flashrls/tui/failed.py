"""How a screen says that it can't go on, and what is told of an edit that wasn't saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from flashrls.errors import FlashrlsError
from flashrls.study import StudyCard


@dataclass
class Failed(Message):
    """The library can't be opened, or holds no such deck."""

    error: FlashrlsError


class EditNotSaved(FlashrlsError):
    """An edited text that the library didn't take; it is kept in a file. `cards` are the note's as they stand."""

    def __init__(self, error: FlashrlsError, kept: str, cards: Sequence[StudyCard]) -> None:
        """Tell why, and where the text is."""
        super().__init__(error.message, f"Your text is in {kept}")
        self.cards = list(cards)

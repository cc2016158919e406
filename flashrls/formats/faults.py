"""What is wrong in a file of the user's, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TwiceUsed:
    """Two cards of a file with one id; a library can tell which of them is the new one.

    Attributes:
        deck: the id of the file's deck.
        key: the id they share.
        lines: where it is given, from 1, first the first.
        questions: what they ask.
    """

    deck: str
    key: str
    lines: tuple[int, int]
    questions: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of a file.

    Attributes:
        line: where it shows, from 1.
        message: one sentence that says what is wrong.
        mend: one sentence that says what to do about it.
        twice: the two cards, if the fault is their one id; else None.
    """

    line: int
    message: str
    mend: str
    twice: TwiceUsed | None = field(default=None, compare=False, repr=False)

"""What is wrong in a file of the user's, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One error of a file.

    Attributes:
        line: where it shows, from 1.
        message: one sentence that says what is wrong.
        mend: one sentence that says what to do about it.
    """

    line: int
    message: str
    mend: str

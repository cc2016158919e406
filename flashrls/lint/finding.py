"""What the lint finds: a rule that a card breaks, how bad that is, and the mend."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rules a machine can check; R13 and R14 need a reader."""

    SHORT_ANSWER = "R1"
    SHORT_QUESTION = "R2"
    ONE_FACT = "R3"
    NO_CHOICE = "R4"
    NO_LIST = "R5"
    ALONE = "R6"
    NO_GIVEAWAY = "R7"
    ONE_ANSWER = "R8"
    ANCHORED = "R9"
    HEDGED = "R10"
    FROM_SOURCE = "R11"
    NO_TWIN = "R12"
    WELL_FORMED = "R15"

    @property
    def label(self) -> str:
        """The rule in two or three words; stable, as scripts may look for it."""
        return _LABELS[self]


_MOST_SHOWN = 90
_LABELS = {
    Rule.SHORT_ANSWER: "short-answer",
    Rule.SHORT_QUESTION: "short-question",
    Rule.ONE_FACT: "one-fact",
    Rule.NO_CHOICE: "no-choice",
    Rule.NO_LIST: "no-list",
    Rule.ALONE: "stands-alone",
    Rule.NO_GIVEAWAY: "no-giveaway",
    Rule.ONE_ANSWER: "one-answer",
    Rule.ANCHORED: "anchored",
    Rule.HEDGED: "hedged",
    Rule.FROM_SOURCE: "from-source",
    Rule.NO_TWIN: "no-twin",
    Rule.WELL_FORMED: "well-formed",
}


class Severity(StrEnum):
    """Errors are certainly wrong, warnings a matter of judgement; the author let the card off what is waived."""

    ERROR = "error"
    WARNING = "warning"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of a rule.

    Attributes:
        rule: which one.
        severity: how bad it is; a `.draft` is never an error, since it isn't asked yet.
        line: of the card's first field in its file, from 1; 1 for what concerns the deck as a whole.
        note: the card's id in its file; None without one, or if the deck as a whole is meant.
        message: one sentence that says what is wrong.
        mend: one sentence that says what to do about it.
    """

    rule: Rule
    severity: Severity
    line: int
    note: str | None
    message: str
    mend: str


def shortened(text: str) -> str:
    """Return a text on one line, cut for a message if it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN].rstrip()} …"


@dataclass(frozen=True, slots=True)
class Trouble:
    """A finding before it is known what the author waived: `is_certain` tells errors from warnings."""

    rule: Rule
    message: str
    mend: str
    is_certain: bool = False

"""A candidate: a card that a rule proposes for a sentence, for a reader to judge."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """What proposed a candidate."""

    DEFINITION = "definition"
    OTHER_NAME = "other name"
    ABBREVIATION = "abbreviation"
    RELATION = "relation"
    NUMBER = "number"
    CLOZE = "cloze"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed card.

    Attributes:
        question: Markdown; for a cloze the whole text with numbered `{{1::…}}`.
        answer: Markdown; empty for a cloze.
        anchor: verbatim words of the source; empty stands for the whole sentence.
    """

    origin: Origin
    question: str
    answer: str = ""
    anchor: str = ""

    @property
    def is_cloze(self) -> bool:
        """Whether it is asked by hiding words."""
        return not self.answer

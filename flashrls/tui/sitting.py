"""What was answered since the learner sat down, and the summary made of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from flashrls.log import DRILLED, LONGEST_ANSWER_MS, EntryKind
from flashrls.sm2 import PASS

HARDEST = 3
"""How many of the hardest cards a summary names."""

RECENT = 50
"""So many of the newest answers make the pace."""

ENOUGH_FOR_A_PACE = 5
"""From so many answers on a sitting has a pace of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One grade given in this sitting.

    Attributes:
        entry: the id of its log entry.
        card: the card's reference.
        question: what was asked.
        kind: as what it was logged.
        grade: 0..5.
        milliseconds: how long it took in all.
    """

    entry: str
    card: int
    question: str
    kind: EntryKind
    grade: int
    milliseconds: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """All answers that still count, oldest first."""

    answers: tuple[Answer, ...] = ()

    def with_answer(self, answer: Answer) -> Sitting:
        """Return the sitting with one answer more."""
        return replace(self, answers=(*self.answers, answer))

    def without(self, entry: str) -> Sitting:
        """Return the sitting without an answer that was taken back."""
        return replace(self, answers=tuple(a for a in self.answers if a.entry != entry))

    @property
    def answer_ms(self) -> int | None:
        """The mean time of the newest answers; None before there are a few."""
        newest = Sitting(self.answers[-RECENT:])
        return newest.milliseconds // len(newest.answers) if len(newest.answers) >= ENOUGH_FOR_A_PACE else None

    @property
    def cards(self) -> int:
        """How many different cards were answered."""
        return len({answer.card for answer in self.answers})

    @property
    def milliseconds(self) -> int:
        """The time all answers took; a minute at most for each, as in the statistics."""
        return sum(min(answer.milliseconds, LONGEST_ANSWER_MS) for answer in self.answers)

    @property
    def at_first_try(self) -> int:
        """Cards whose first answer here was good enough to need no drill."""
        first: dict[int, Answer] = {}
        for answer in self.answers:
            first.setdefault(answer.card, answer)
        return sum(a.grade >= DRILLED and a.kind is not EntryKind.DRILL for a in first.values())

    @property
    def drilled(self) -> int:
        """Cards whose drill was brought to its end."""
        last = {answer.card: answer for answer in self.answers}
        return sum(a.kind is EntryKind.DRILL and a.grade >= DRILLED for a in last.values())

    @property
    def failed(self) -> list[tuple[int, int]]:
        """The cards that were failed, with how often, most failures first."""
        return Counter(answer.card for answer in self.answers if answer.grade < PASS).most_common()

    @property
    def hardest(self) -> list[tuple[str, int]]:
        """Up to three questions that were failed, with how often, most failures first."""
        questions = {answer.card: answer.question for answer in self.answers}
        return [(questions[card], times) for card, times in self.failed[:HARDEST]]

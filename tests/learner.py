"""Somebody who learns: a memory that fades and grows firmer, the buttons it presses, and how long that takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from random import Random

AGAIN, HARD, GOOD, EASY = 2, 3, 4, 5

_STUBBORN = 0.09
"""The share of cards that don't stick until something is done about them: leeches to be."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a learner keeps of a card.

    Attributes:
        firm_days: after so many days it is remembered nine times in ten.
        seen_on: the study day of its last scheduled review.
    """

    firm_days: float
    seen_on: date

    def recall(self, day: date) -> float:
        """How likely it is remembered on `day`, 0..1: by a power law, as forgetting is."""
        return 1 / (1 + max(0, (day - self.seen_on).days) / (9 * self.firm_days))


@dataclass(frozen=True, slots=True)
class Nature:
    """How a card lies with this learner: `first_days` firm after it was learnt, `growth` times that at a pass."""

    first_days: float
    growth: float


def nature_of(card: str, seed: int) -> Nature:
    """Return how the card of that id lies with the learner `seed`."""
    chance = Random(f"{seed} {card}")
    if chance.random() < _STUBBORN:
        return Nature(1.0, 1.35)
    return Nature(math.exp(chance.gauss(0.8, 0.6)), min(4.0, max(1.4, chance.gauss(2.3, 0.5))))


class Learner:
    """One learner's head. Everything that is left to chance is drawn from `chance`."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = Random(f"learner {seed}")
        self.traces: dict[str, Trace] = {}
        self.natures: dict[str, Nature] = {}

    def nature(self, card: str) -> Nature:
        """Return how a card lies with the learner now."""
        return self.natures.get(card) or nature_of(card, self.seed)

    def ease(self, card: str) -> None:
        """Something was done about a card that didn't stick: it does from now on."""
        self.natures[card] = Nature(2.5, 2.4)

    def grade(self, card: str, day: date) -> int:
        """Return the grade of a scheduled answer on `day`; the card is firmer or fainter from then on."""
        trace, nature = self.traces.get(card), self.nature(card)
        recall = 0.8 if trace is None else trace.recall(day)
        passed = self.chance.random() < recall
        grade = self._passing(recall) if passed else AGAIN
        before = nature.first_days if trace is None else trace.firm_days
        firm_days = before
        if not passed:
            firm_days = max(nature.first_days / 2, before * 0.35)
        elif trace is not None and day > trace.seen_on:
            firm_days = before * nature.growth
        self.traces[card] = Trace(firm_days, day)
        return grade

    def _passing(self, recall: float) -> int:
        """Mostly Good; what was nearly forgotten is Hard rather than Easy."""
        drawn = self.chance.random()
        hard = 0.06 + 0.4 * (1 - recall)
        return HARD if drawn < hard else EASY if drawn > 0.86 + 0.14 * (1 - recall) else GOOD

    def drill_grade(self) -> int:
        """Return the grade of an answer in the drill, minutes after the card was failed."""
        return self.chance.choices((AGAIN, HARD, GOOD, EASY), (8, 7, 80, 5))[0]

    def slip_of(self, grade: int) -> int:
        """Return the button beside the one that was meant."""
        return grade - 1 if grade > AGAIN else HARD

    def times_ms(self) -> tuple[int, int]:
        """Return the milliseconds until the answer is revealed, then graded: 3-20 s in all, or minutes."""
        if self.chance.random() < 0.015:
            return round(self.chance.uniform(60_000, 400_000)), round(self.chance.uniform(800, 9_000))
        reveal_ms = min(16_000.0, max(2_400.0, 1000 * math.exp(self.chance.gauss(1.7, 0.5))))
        return round(reveal_ms), round(self.chance.uniform(600, 4_000))

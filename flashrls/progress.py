"""Progress as one value: what the screen, `stats`, its JSON and its pictures all show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flashrls.stats import Rate


@dataclass(frozen=True, slots=True)
class Totals:
    """What was answered on a day, or on several.

    Attributes:
        answers: all graded answers; the sum of `new`, `young`, `mature`, `drilled` and `practised`.
        new: first answers to new cards.
        young, mature: scheduled reviews of cards seen before, by an interval below 21 days or not.
        young_passes, mature_passes: those of them graded Hard or better.
        drilled, practised: answers that changed no schedule.
        milliseconds: time they all took.
    """

    answers: int = 0
    new: int = 0
    young: int = 0
    mature: int = 0
    young_passes: int = 0
    mature_passes: int = 0
    drilled: int = 0
    practised: int = 0
    milliseconds: int = 0

    @property
    def reviews(self) -> int:
        """Scheduled reviews of cards seen before."""
        return self.young + self.mature

    @property
    def passes(self) -> int:
        """Those of them graded Hard or better."""
        return self.young_passes + self.mature_passes


@dataclass(frozen=True, slots=True)
class DayTotals:
    """A study day's answers."""

    day: date
    totals: Totals


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the learner's clock, 0..23: all answers, and reviews of cards seen before with their passes."""

    hour: int
    answers: int
    reviews: int
    passes: int

    @property
    def rate(self) -> Rate:
        """The share of passes."""
        return Rate(self.passes, self.reviews)


@dataclass(frozen=True, slots=True)
class Grade:
    """How often a grade, 0..5, was given, by what was asked; practice counts nowhere."""

    grade: int
    new: int
    young: int
    mature: int
    drilled: int


@dataclass(frozen=True, slots=True)
class CardCounts:
    """Cards by where they stand; each is counted once, so `total` is the sum of the others.

    Attributes:
        new: never reviewed.
        young, mature: reviewed, by an interval below 21 days or not.
        suspended: not asked until unsuspended.
        draft: never asked until accepted.
    """

    new: int = 0
    young: int = 0
    mature: int = 0
    suspended: int = 0
    draft: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.new + self.young + self.mature + self.suspended + self.draft


@dataclass(frozen=True, slots=True)
class Leech:
    """A card that was forgotten too often."""

    id: str
    question: str
    deck: str
    lapses: int


@dataclass(frozen=True, slots=True)
class Coming:
    """What a study day is going to ask, if every card is answered Good when it is due.

    Attributes:
        day: the study day; the first holds the overdue.
        due: reviews of cards that were seen already.
        returning: reviews of cards that are new today and will have been introduced by then.
        new: cards introduced on that day, at the present limits.
    """

    day: date
    due: int
    returning: int
    new: int

    @property
    def total(self) -> int:
        """All that it asks."""
        return self.due + self.returning + self.new


@dataclass(frozen=True, slots=True)
class Rest:
    """How long it takes to have seen every card of a deck, at the present limits.

    Attributes:
        deck: its name.
        new: its cards that were never seen.
        days: study days until the last is introduced; None if the limits never let it come.
        last_on: the study day of that; None likewise.
        milliseconds: time for their introduction and the reviews they bring until then, at the learner's pace;
            None while no pace is known, and if the limits never let the last one come.
    """

    deck: str
    new: int
    days: int | None
    last_on: date | None
    milliseconds: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """What a log adds up to.

    Attributes:
        day: the study day as of which all is told.
        is_now: whether that is today.
        scope: what it is narrowed down to, in words for people; "" for everything.
        first_on: the first study day with an answer, up to `day`; None without answers.
        since: the first study day of the period, inclusive; the last is `day`. No period begins before the first
            answer; without answers it is `day` alone.
        today: the answers of `day`.
        period: the answers of the whole period.
        days: every study day of the period, the oldest first, days without answers too.
        year: the answers of each day of the last 53 weeks up to `day`; the first is a Monday, the last is `day`.
        streak, longest_streak: study days in a row with an answer, the present one up to `day` or the day before.
        young, mature: the period's retention, by the interval before each review.
        hours: the 24 hours of the period.
        grades: the six grades in the period.
        cards: where the cards stand.
        intervals: for each interval in days how many cards have it, the shortest first; suspended ones left out.
        eases: likewise for each ease, in hundredths.
        leeches: the leeches with the most lapses, at most 20.
        leech_count: how many there are.
        forecast: the next 30 study days, the present one first.
        rest: for every deck with new cards how long they take.
        answer_ms: mean time of an answer in the last 30 study days; None without answers.
    """

    day: date
    is_now: bool
    scope: str
    first_on: date | None
    since: date
    today: Totals
    period: Totals
    days: tuple[DayTotals, ...]
    year: tuple[tuple[date, int], ...]
    streak: int
    longest_streak: int
    young: Rate
    mature: Rate
    hours: tuple[Hour, ...]
    grades: tuple[Grade, ...]
    cards: CardCounts
    intervals: tuple[tuple[int, int], ...]
    eases: tuple[tuple[int, int], ...]
    leeches: tuple[Leech, ...]
    leech_count: int
    forecast: tuple[Coming, ...]
    rest: tuple[Rest, ...]
    answer_ms: int | None

    @property
    def retention(self) -> Rate:
        """The period's passes among all scheduled reviews of cards seen before."""
        return Rate(self.young.passes + self.mature.passes, self.young.reviews + self.mature.reviews)

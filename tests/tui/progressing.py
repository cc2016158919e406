"""Hand-made progress, and desks that tell it without a library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from threading import Event

from flashrls.errors import FlashrlsError
from flashrls.progress import CardCounts, Coming, DayTotals, Grade, Hour, Leech, Progress, Rest, Totals
from flashrls.query import Query
from flashrls.settings import Settings
from flashrls.stats import Rate

TODAY = date(2026, 11, 22)
"""A Sunday."""


def progress(day: date = TODAY, *, period_days: int = 30, is_now: bool = True) -> Progress:
    """Thirty days of study with a pause on every fourth; a learner's figures that fit together in their kind."""
    days = tuple(
        DayTotals(
            day - timedelta(days=period_days - 1 - at),
            Totals()
            if at % 4 == 3
            else Totals(
                answers=10 + at % 7,
                new=2,
                young=5,
                mature=at % 7 + 2,
                young_passes=4,
                mature_passes=at % 7 + 2,
                drilled=1,
                milliseconds=90_000,
            ),
        )
        for at in range(period_days)
    )
    first = day - timedelta(days=52 * 7 + day.weekday())
    year = tuple((first + timedelta(days=at), at % 9) for at in range((day - first).days + 1))
    return Progress(
        day=day,
        is_now=is_now,
        scope="",
        first_on=year[0][0],
        since=days[0].day,
        today=days[-1].totals,
        period=Totals(
            answers=288,
            new=46,
            young=115,
            mature=104,
            young_passes=92,
            mature_passes=100,
            drilled=23,
            milliseconds=2_070_000,
        ),
        days=days,
        year=year,
        streak=3,
        longest_streak=14,
        young=Rate(92, 115),
        mature=Rate(100, 104),
        hours=tuple(
            Hour(
                hour,
                30 if hour == 7 else 50 if hour == 21 else 0,
                25 if hour in (7, 21) else 0,
                24 if hour == 7 else 20 if hour == 21 else 0,
            )
            for hour in range(24)
        ),
        grades=(
            Grade(0, 0, 0, 0, 0),
            Grade(1, 0, 0, 0, 0),
            Grade(2, 6, 23, 4, 3),
            Grade(3, 4, 20, 10, 0),
            Grade(4, 30, 60, 80, 20),
            Grade(5, 6, 12, 10, 0),
        ),
        cards=CardCounts(new=20, young=60, mature=35, suspended=2, draft=1),
        intervals=((1, 8), (6, 30), (15, 22), (40, 25), (120, 10)),
        eases=((130, 3), (210, 12), (250, 70), (260, 10)),
        leeches=(
            Leech("iron-enzyme", "Which enzyme has iron as its cofactor?", "Restless Leg Syndrome::Iron", 9),
            Leech("iron-where", "Where is [red]iron[/red] low?", "Restless Leg Syndrome::Iron", 8),
        ),
        leech_count=2,
        forecast=tuple(
            Coming(day + timedelta(days=at), 12 - at // 3, at // 5, 2 if at < 10 else 0) for at in range(30)
        ),
        rest=(
            Rest("Restless Leg Syndrome::Iron", 12, 4, day + timedelta(days=3), 840_000),
            Rest("How memory lasts", 8, None, None, None),
        ),
        answer_ms=7_187,
    )


@dataclass
class Told:
    """Stands in for a library: remembers what it was asked, and may be told to wait or to fail."""

    asked: list[tuple[str | None, Query | None, int, date | None]] = field(default_factory=list)
    settings: Settings = Settings()  # noqa: RUF009 (it is frozen)
    error: FlashrlsError | None = None
    empty: bool = False
    first_on: date | None = None
    gate: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def progress(
        self, deck: str | None = None, query: Query | None = None, period_days: int = 30, as_of: date | None = None
    ) -> Progress:
        """Answer as a library does."""
        self.asked.append((deck, query, period_days, as_of))
        assert self.gate.wait(10)
        if self.error is not None:
            raise self.error
        told = progress(as_of or TODAY, period_days=min(period_days, 400), is_now=as_of is None)
        told = replace(told, first_on=self.first_on or told.first_on)
        return nothing(told) if self.empty else told

    def deck_names(self) -> list[str]:
        """Three decks on two levels."""
        return ["Restless Leg Syndrome::Iron", "Restless Leg Syndrome::Overview", "How memory lasts"]

    @contextmanager
    def opened(self) -> Iterator[Told]:
        """As a library is opened."""
        yield self


def nothing(told: Progress) -> Progress:
    """The progress of a library without cards."""

    return replace(
        told,
        first_on=None,
        since=told.day,
        today=Totals(),
        period=Totals(),
        days=(DayTotals(told.day, Totals()),),
        year=tuple((day, 0) for day, _ in told.year),
        streak=0,
        longest_streak=0,
        young=Rate(0, 0),
        mature=Rate(0, 0),
        hours=tuple(Hour(hour, 0, 0, 0) for hour in range(24)),
        grades=tuple(Grade(grade, 0, 0, 0, 0) for grade in range(6)),
        cards=CardCounts(),
        intervals=(),
        eases=(),
        leeches=(),
        leech_count=0,
        forecast=tuple(Coming(one.day, 0, 0, 0) for one in told.forecast),
        rest=(),
        answer_ms=None,
    )

"""Progress made by hand, for the pages that tell it."""

from __future__ import annotations

from datetime import date, timedelta

from flashrls.progress import CardCounts, Coming, DayTotals, Grade, Hour, Leech, Progress, Rest, Totals
from flashrls.stats import Rate

DAY = date(2026, 11, 23)
"""A Monday."""

BUSY = Totals(30, 4, 16, 8, 14, 8, 2, 0, 300_000)
"""A day of 30 answers in five minutes: 4 new cards, 24 reviews with 22 passes, 2 drilled."""

_FIRST = date(2025, 11, 24)
_HOURS = {7: (200, 160, 152), 22: (100, 80, 68)}
_GRADES = {2: (10, 20, 0, 5), 3: (5, 20, 10, 5), 4: (20, 100, 60, 10), 5: (5, 20, 10, 0)}


def nothing(scope: str = "") -> Progress:
    """Nothing at all: no cards, no answers."""
    return Progress(
        day=DAY,
        is_now=True,
        scope=scope,
        first_on=None,
        since=DAY,
        today=Totals(),
        period=Totals(),
        days=(DayTotals(DAY, Totals()),),
        year=tuple((_FIRST + timedelta(days=at), 0) for at in range(365)),
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
        forecast=tuple(Coming(DAY + timedelta(days=at), 0, 0, 0) for at in range(30)),
        rest=(),
        answer_ms=None,
    )


def some(scope: str = "", *, is_now: bool = True) -> Progress:
    """Ten busy days up to the present one."""
    since = DAY - timedelta(days=29)
    return Progress(
        day=DAY,
        is_now=is_now,
        scope=scope,
        first_on=_FIRST,
        since=since,
        today=BUSY,
        period=Totals(300, 40, 160, 80, 140, 80, 20, 0, 3_000_000),
        days=tuple(DayTotals(since + timedelta(days=at), BUSY if at >= 20 else Totals()) for at in range(30)),
        year=tuple((_FIRST + timedelta(days=at), 30 if at >= 355 else 0) for at in range(365)),
        streak=10,
        longest_streak=10,
        young=Rate(140, 160),
        mature=Rate(9, 9),
        hours=tuple(
            Hour(hour, *{7: (200, 160, 152), 22: (100, 80, 68)}.get(hour, (0, 0, 0))) for hour in range(24)
        ),
        grades=tuple(Grade(grade, *_GRADES.get(grade, (0, 0, 0, 0))) for grade in range(6)),
        cards=CardCounts(60, 30, 12, 3, 2),
        intervals=((1, 10), (6, 15), (15, 5), (40, 12)),
        eases=((130, 2), (250, 30), (260, 10)),
        leeches=(Leech("sleep.ltp", "What is <LTP> & co? \x1b[31m{x}", "Sleep::Memory", 9),),
        leech_count=1,
        forecast=tuple(_coming(at) for at in range(30)),
        rest=(
            Rest("Sleep::Memory", 60, 15, DAY + timedelta(days=14), 1_800_000),
            Rest("Never", 5, None, None, None),
        ),
        answer_ms=10_000,
    )


def _coming(at: int) -> Coming:
    """Ten due on each of three days, then two; one of the new cards comes back a day; four new ones for 15 days."""
    return Coming(DAY + timedelta(days=at), 10 if at < 3 else 2, min(at, 1), 4 if at < 15 else 0)

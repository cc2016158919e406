"""The only reader of the wall clock, and the study day it falls on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

ROLLOVER_HOUR = 4
"""The local hour at which a new study day begins, unless the library says otherwise."""

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (wall clocks have no zone)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant as the learner's clock showed it.

    Attributes:
        at_ms: milliseconds since 1970-01-01 UTC.
        utc_offset_s: seconds that the local wall clock is ahead of UTC (negative in the west).
    """

    at_ms: int
    utc_offset_s: int

    @property
    def wall_clock(self) -> datetime:
        """What the learner's clock on the wall showed, without a zone; never past the calendar's ends."""
        try:
            return _EPOCH + timedelta(milliseconds=self.at_ms, seconds=self.utc_offset_s)
        except OverflowError:
            return datetime.max if self.at_ms > 0 else datetime.min  # noqa: DTZ901 (wall clocks have no zone)

    def study_day(self, rollover_hour: int = ROLLOVER_HOUR) -> date:
        """The study day: the local date, less one day while the wall clock reads before `rollover_hour` (0..23).

        Hours are never subtracted from the instant: that would be wrong on both clock-change days.
        """
        wall = self.wall_clock
        is_yesterday = wall.hour < rollover_hour and wall.date() > date.min
        return wall.date() - timedelta(days=1) if is_yesterday else wall.date()


Clock = Callable[[], Moment]
"""Reads the time; handed in wherever time matters, so that tests can hand in their own."""


def moment(instant: datetime) -> Moment:
    """Return the moment of an aware datetime.

    Raises:
        ValueError: the datetime is naive.
    """
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError("a moment needs a datetime with a time zone")
    since = instant.astimezone(UTC).replace(tzinfo=None) - _EPOCH
    return Moment(since // timedelta(milliseconds=1), int(offset.total_seconds()))


def system_clock() -> Moment:
    """Read the system's clock and time zone."""
    return moment(datetime.now(UTC).astimezone())


def zoned_clock(zone: str) -> Clock:
    """Return a clock that reads the system's time on the wall of a time zone.

    Args:
        zone: its IANA name, such as "Europe/Berlin"; empty for the system's own.

    Raises:
        ValueError: this machine knows no such zone.
    """
    if not zone:
        return system_clock
    from zoneinfo import ZoneInfo  # only those who name a zone wait for it

    try:
        place = ZoneInfo(zone)
    except (KeyError, OSError) as error:  # no such file; a folder of zones, such as "Europe"
        raise ValueError(f"{zone!r} is no time zone") from error
    return lambda: moment(datetime.now(place))


def ticks_ms() -> int:
    """Milliseconds on a clock that is never set back, for durations only."""
    return time.monotonic_ns() // 1_000_000

"""Days as a query tells them: `2026-12-01`, `2026-12`, `today`, and `7d`, which looks back, or ahead for `due`."""

from __future__ import annotations

import re
from datetime import date, timedelta

Day = date | int
"""A study day, or how many days it is from today, negative for the past."""

DAYS = ("due", "reviewed", "added", "edited")
"""The conditions that compare days: all but `due` look back."""

_NAMED = {"today": 0, "yesterday": -1, "tomorrow": 1}
_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}
_STRETCH = re.compile(r"([0-9]{1,5})([dwmy])")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FARTHEST_DAYS = 36_500


def day_bounds(name: str, value: str) -> tuple[Day, Day] | None:
    """Return the first and the last day that `value` means for the condition `name`; None if it means none.

    A year or a month is all its days. `7d` in a comparison is a single day, that far from today.
    """
    if value in _NAMED:
        return _NAMED[value], _NAMED[value]
    if stretch := _STRETCH.fullmatch(value):
        days = int(stretch[1]) * _UNITS[stretch[2]]
        far = days if name == "due" else -days
        return (far, far) if days <= _FARTHEST_DAYS else None
    if found := _DATE.fullmatch(value):
        try:
            return _dates(*found.groups())
        except (ValueError, OverflowError):
            return None
    return None


def stretch_bounds(name: str, value: str) -> tuple[Day, Day] | None:
    """Return the days of a stretch such as `7d`, today among them: the last seven, of `due` the next seven.

    None if `value` is no stretch.
    """
    found = _STRETCH.fullmatch(value)
    days = int(found[1]) * _UNITS[found[2]] if found else 0
    if not 0 < days <= _FARTHEST_DAYS:
        return None
    return (0, days - 1) if name == "due" else (1 - days, 0)


def _dates(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if day is not None:
        exact = date(int(year), int(month or ""), int(day))
        return exact, exact
    first = date(int(year), int(month or 1), 1)
    if month is None or first.month == 12:
        return first, date(first.year, 12, 31)
    return first, first.replace(month=first.month + 1) - timedelta(days=1)


def ordinal_of(day: Day, today: date) -> int:
    """Return a day's ordinal; one that is told by its distance counts from `today`."""
    return today.toordinal() + day if isinstance(day, int) else day.toordinal()

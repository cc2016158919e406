"""Study days on disk: whole days since 1970-01-01, so that SQLite's `date(day * 86400, 'unixepoch')` reads them."""

from __future__ import annotations

from datetime import date

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(day: date) -> int:
    """Return the number a study day is stored as."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """Return the study day stored as `number`."""
    return date.fromordinal(number + _EPOCH)


def number_or_none(day: date | None) -> int | None:
    """`day_number`, with None for no day."""
    return None if day is None else day_number(day)


def day_or_none(number: int | None) -> date | None:
    """`day_of`, with None for no day."""
    return None if number is None else day_of(number)

"""What the progress screen is asked to show, and the small steps from one question to the next."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date

from flashrls.clean import clean_line
from flashrls.telling import count
from flashrls.tui.words import ALL_DECKS, ASKED_LEECHES, day_words

PERIODS = (7, 30, 90, 365, 36_500)
"""Study days; the last is all there is."""

_FIRST = date(1970, 1, 1)
"""No log is older."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is counted.

    Attributes:
        deck: a deck with its sub-decks; None for all.
        query: what the cards are narrowed down to, as it was written; "" for nothing.
        period_days: study days, the last of them included.
        day: the study day as of which all is told; None for today, whichever that is by then.
    """

    deck: str | None = None
    query: str = ""
    period_days: int = 30
    day: date | None = None

    def longer(self, steps: int) -> Scope:
        """Return the scope with one of the other periods: a longer one, or a shorter one for -1."""
        at = PERIODS.index(self.period_days) + steps
        return replace(self, period_days=PERIODS[max(0, min(at, len(PERIODS) - 1))])

    def later(self, days: int, today: date) -> Scope:
        """Return the scope as of so many days later, earlier for a negative number, but never after today."""
        start = self.day or today
        at = max(_FIRST.toordinal(), min(start.toordinal() + days, today.toordinal()))
        return self._on(date.fromordinal(at), today)

    def months_later(self, months: int, today: date) -> Scope:
        """Return the scope as of the same day of another month, or its last day if it is shorter."""
        start = self.day or today
        year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
        if not _FIRST.year <= year <= today.year:
            return self._on(today if year > today.year else _FIRST, today)
        last = calendar.monthrange(year, month + 1)[1]
        return self._on(date(year, month + 1, min(start.day, last)), today)

    def _on(self, day: date, today: date) -> Scope:
        return replace(self, day=None if day >= today else max(day, _FIRST))

    @property
    def place(self) -> str:
        """The cards that are counted, in words fit to show."""
        deck = ALL_DECKS if self.deck is None else clean_line(self.deck).replace("::", " › ")
        return f"{deck} · {clean_line(self.query)}" if self.query else deck

    def when(self, today: date) -> str:
        """The period in words: "30 days up to Sun 22 Nov 2026"."""
        days = "All days" if self.period_days == PERIODS[-1] else count(self.period_days, "day")
        return f"{days} up to {'today, ' if self.day is None else ''}{day_words(self.day or today)}"

    @property
    def leeches(self) -> str:
        """The query that finds its leeches, those that are counted: the ones still asked."""
        parts = [ASKED_LEECHES]
        if self.deck is not None and '"' not in self.deck:
            parts.append(f'deck:"{self.deck}"')
        if self.query:
            parts.append(f"({self.query})")
        return " ".join(parts)

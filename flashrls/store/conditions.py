"""A query as plain SQL over the table `card`, which any connection can run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from flashrls.clock import Moment
from flashrls.foldedtext import fold_text, fold_words
from flashrls.log import MATURE_DAYS
from flashrls.query import AllOf, AnyOf, Not, Query, Term
from flashrls.querydays import ordinal_of
from flashrls.store.days import day_number
from flashrls.store.today import ASKED, LEECH, UNVERIFIED, Ask, Where, choose_decks

_DAY_MS = 86_400_000
_HOUR_MS = 3_600_000
_EPOCH = date(1970, 1, 1).toordinal()
_STATES = {
    "new": f"due_on IS NULL AND {ASKED}",
    "due": f"due_on <= :today AND {ASKED}",
    "drill": f"drill_on = :today AND {ASKED}",
    "young": f"interval_days < {MATURE_DAYS} AND {ASKED}",
    "mature": f"interval_days >= {MATURE_DAYS} AND {ASKED}",
    "suspended": "suspended = 1",
    "buried": "buried_on = :today",
    "draft": "held = 'draft'",
    "unverified": f"note_pk IN (SELECT note_pk FROM anchor WHERE {UNVERIFIED})",
}
_COLUMNS = {
    "ease": "ease",
    "interval": "interval_days",
    "lapses": "lapses",
    "reviews": "reviews",
    "due": "due_on",
    "reviewed": "reviewed_on",
}


@dataclass(frozen=True, slots=True)
class Standpoint:
    """When a query is asked.

    Attributes:
        day: the study day.
        utc_offset_s: seconds that the wall clock is ahead of UTC.
        rollover_hour: when a study day begins, 0..23.
    """

    day: date
    utc_offset_s: int = 0
    rollover_hour: int = 4

    def begins_ms(self, ordinal: int) -> int:
        """The instant at which a study day, by its ordinal, begins on today's wall clock, in milliseconds UTC."""
        return (ordinal - _EPOCH) * _DAY_MS + self.rollover_hour * _HOUR_MS - self.utc_offset_s * 1000


def standpoint(moment: Moment, rollover_hour: int) -> Standpoint:
    """Return the standpoint of a moment."""
    return Standpoint(moment.study_day(rollover_hour), moment.utc_offset_s, rollover_hour)


def where(ask: Ask, query: Query, now: Standpoint) -> Where:
    """Return the SQL for a query; what the texts of notes lost is never found.

    Raises:
        NoSuchDeck: it names a deck that isn't there.
    """
    builder = _Builder(ask, now)
    return Where(f"coalesce(held, '') <> 'gone' AND ({builder.sql(query)})", builder.values)


class _Builder:
    """Puts a query's SQL together, its texts and numbers as parameters."""

    def __init__(self, ask: Ask, now: Standpoint) -> None:
        self._ask = ask
        self._now = now
        self.values: dict[str, int | str] = {}

    def sql(self, query: Query, *, negated: bool = False) -> str:
        """Put a query as SQL. What is negated is so term by term, since SQLite's parser can't go deep."""
        match query:
            case Term():
                return f"NOT coalesce({self._term(query)}, 0)" if negated else self._term(query)
            case Not(part):
                return self.sql(part, negated=not negated)
            case AllOf(parts) | AnyOf(parts):
                joined = " AND " if isinstance(query, AllOf) is not negated else " OR "
                none = "0" if negated else "1"
                return f"({joined.join(self.sql(part, negated=negated) for part in parts) or none})"
        assert_never(query)

    def _term(self, term: Term) -> str:
        match term.field:
            case "text":
                return self._text(str(term.value), exact=term.exact)
            case "deck":
                return f"deck_pk IN ({', '.join(map(str, choose_decks(self._ask, str(term.value))))})"
            case "tag":
                wanted = fold_text(str(term.value))
                return self._note("tags", lambda tags: wanted in fold_text(tags).split())
            case "section":
                wanted = fold_text(str(term.value))
                return self._note("section", lambda section: wanted in fold_text(section))
            case "id":
                return self._id(str(term.value))
            case "is":
                return self._is(str(term.value))
            case "added" | "edited":
                return self._instant(term)
        return self._compared(term)

    def _value(self, value: int | str) -> str:
        name = f"q{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def _text(self, words: str, *, exact: bool) -> str:
        """Words by their beginnings, or in quotes whole; what is neither letter nor digit must stand as typed."""
        folded = fold_words(" ".join(words.split())).strip()
        conditions = []
        if any(map(str.isalnum, folded)):
            phrase = '"' + folded.replace('"', " ") + '"' + ("" if exact else " *")
            conditions.append(f"SELECT rowid FROM note_index WHERE note_index MATCH {self._value(phrase)}")
        if not all(c.isalnum() or c.isspace() for c in folded):
            spaced = "replace(lower(words), char(10), ' ')"
            conditions.append(f"SELECT pk FROM note_words WHERE instr({spaced}, {self._value(folded)})")
        found = " INTERSECT ".join(conditions) or "SELECT NULL"
        return f"(note_pk IN ({found}) OR {self._id(words)})"

    def _note(self, column: str, fits: Callable[[str], bool]) -> str:
        """Notes by a column with few different values: these are read, and those that fit looked for."""
        known = [row[0] for row in self._ask(f"SELECT DISTINCT {column} FROM note")]
        return f"note_pk IN (SELECT pk FROM note WHERE {column} IN {self._list(filter(fits, known))})"

    def _list(self, values: Iterable[str]) -> str:
        return f"(SELECT value FROM json_each({self._value(json.dumps(list(values)))}))"

    def _id(self, name: str) -> str:
        handle, sharp, part = name.partition("#")
        value = self._value(handle)
        notes = f"note_pk IN (SELECT pk FROM note WHERE handle = {value} OR uid = {value})"
        return f"({notes} AND part = {self._value(part)})" if sharp else notes

    def _is(self, state: str) -> str:
        if state == "leech":
            return f"(({LEECH}) OR {self._note('tags', lambda tags: 'leech' in tags.split())})"
        sql = _STATES[state]
        return (
            f"({sql.replace(':today', self._value(day_number(self._now.day)))})" if ":today" in sql else f"({sql})"
        )

    def _compared(self, term: Term) -> str:
        value = term.value
        if term.field in ("due", "reviewed"):
            value = ordinal_of(value, self._now.day) - _EPOCH  # type: ignore[arg-type]
        return f"{_COLUMNS[term.field]} {term.comparison} {self._value(int(value))}"  # type: ignore[arg-type]

    def _instant(self, term: Term) -> str:
        """A day's instants: from its beginning to that of the next day."""
        ordinal = ordinal_of(term.value, self._now.day)  # type: ignore[arg-type]
        begins, ends = (self._value(self._now.begins_ms(day)) for day in (ordinal, ordinal + 1))
        column = f"{'created' if term.field == 'added' else 'edited'}_ms"
        compared = {
            "<": f"{column} < {begins}",
            "<=": f"{column} < {ends}",
            ">": f"{column} >= {ends}",
            ">=": f"{column} >= {begins}",
            "=": f"{column} >= {begins} AND {column} < {ends}",
        }[term.comparison]
        return f"note_pk IN (SELECT pk FROM note WHERE {compared})"

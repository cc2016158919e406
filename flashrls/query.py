"""The language that finds cards: `word "two words" deck:sleep -is:new (ease<2 or lapses>3) reviewed:7d …`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

from flashrls.errors import BadQuery
from flashrls.querydays import DAYS, Day, day_bounds, stretch_bounds

Field = Literal[
    "text", "deck", "tag", "is", "section", "id", "ease", "interval", "lapses", "reviews",
    "due", "reviewed", "added", "edited",
]  # fmt: skip

STATES = ("new", "due", "drill", "young", "mature", "suspended", "buried", "draft", "leech", "unverified")
"""What may stand behind `is:`."""

Comparison = Literal["<=", ">=", "<", ">", "="]

_WORDED = ("deck", "tag", "is", "section", "id", "search")
_SPACED = ("deck", "section", "search")
"""What may have spaces in its name."""
_NUMBERED = ("ease", "interval", "lapses", "reviews")
_MEASURED = (*_NUMBERED, *DAYS)
_MOST_TERMS = 200
_MOST_NESTED = 8
"""So deep may groups lie in one another: SQLite reads an expression with a stack of a hundred places."""

_SPACED_CONDITION = re.compile(
    rf"\s(?:or\s|-|\(|(?:{'|'.join((*_WORDED, *DAYS))}):|(?:{'|'.join(_MEASURED)})[<>=:])"
)
_COMPARED = re.compile(r"([^\W\d]\w*)(<=|>=|<|>|=|:)(.*)", re.DOTALL)
_OR = re.compile(r"or(?=[\s()]|$)", re.IGNORECASE)
_MINUS = re.compile(r"-(?![\s)]|$)")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_LEAST_NAME = 3
"""Letters from which on `name<1` is taken for a misspelt condition, not for words such as `p<0.05`."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition.

    Attributes:
        field: what is looked at.
        value: a text, or a number in the field's own unit (ease in hundredths, intervals in days), or a study day.
        comparison: how a number or a day is compared with it.
        exact: of words in quotes: whole words, not their beginnings.
    """

    field: Field
    value: str | int | Day
    comparison: Comparison = "="
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """What the query inside doesn't find."""

    part: Query


@dataclass(frozen=True, slots=True)
class AllOf:
    """What all parts find; everything where there are none."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What any part finds."""

    parts: tuple[Query, ...]


Query = Term | Not | AllOf | AnyOf
EVERYTHING = AllOf(())
"""The empty query: it finds all cards."""


def parse_query(text: str, searches: Mapping[str, str] | None = None) -> Query:
    """Parse a query: words and conditions that hold together, `or`, `-` before what is not to hold, parentheses.

    Args:
        text: the query.
        searches: the saved searches by name, for `search:name`.

    Raises:
        BadQuery: an unknown prefix, state or search; a number or day that is none; an `or` with nothing beside
            it; parentheses that don't match.
    """
    if wrong := _NO_TEXT.search(text):
        raise BadQuery(text, wrong.start(), "what is no text", "Take it away, or write it in UTF-8.")
    return _Parser(text, searches or {}, (), _Spent()).parse()


def search_term(name: str) -> str:
    """Return the query that stands for a saved search."""
    return f'search:"{name}"'


def terms_of(query: Query) -> Iterator[Term]:
    """Yield all conditions of a query."""
    match query:
        case Term():
            yield query
        case Not(part):
            yield from terms_of(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from terms_of(part)


def quoted(argument: str) -> str:
    """Return a shell argument as a query's text: of `deck:A b` the shell has eaten the quotes around `A b`."""
    prefix, colon, value = argument.partition(":")
    whole = colon and prefix.removeprefix("-") in _SPACED and " " in value and '"' not in value
    return f'{prefix}:"{value}"' if whole and not _SPACED_CONDITION.search(value) else argument


@dataclass(slots=True)
class _Spent:
    """What a query and the saved searches in it take of what is allowed: conditions, and depth at the moment."""

    terms: int = 0
    depth: int = 0


class _Parser:
    """One pass over a query's text."""

    def __init__(self, text: str, searches: Mapping[str, str], within: tuple[str, ...], spent: _Spent) -> None:
        self._text = text
        self._searches = searches
        self._within = within
        self._spent = spent
        self._at = 0
        self._open = 0

    def parse(self) -> Query:
        query = self._any()
        if self._at < len(self._text):  # only a parenthesis ends a group early
            self._fail(self._at, "')' without a '(' before it", "Take it away, or put it in quotes.")
        return query

    def _any(self) -> Query:
        groups: list[list[Query]] = [[]]
        last_or = 0
        while self._skip_spaces() and self._text[self._at] != ")":
            if word := _OR.match(self._text, self._at):
                if not groups[-1]:
                    self._fail(self._at, "'or' with nothing before it", 'Write it between two conditions, or "or".')
                groups.append([])
                last_or, self._at = self._at, word.end()
            else:
                groups[-1].append(self._item())
        if len(groups) > 1 and not groups[-1]:
            self._fail(last_or, "'or' with nothing behind it", 'Write it between two conditions, or "or".')
        alternatives = [parts[0] if len(parts) == 1 else AllOf(tuple(parts)) for parts in groups]
        return alternatives[0] if len(alternatives) == 1 else AnyOf(tuple(alternatives))

    def _item(self) -> Query:
        negated = _MINUS.match(self._text, self._at) is not None
        self._at += negated
        query = self._group() if self._text[self._at] == "(" else self._condition()
        return Not(query) if negated else query

    def _group(self) -> Query:
        at = self._at
        self._at += 1
        self._open += 1
        with self._deeper(at):
            query = self._any()
        if self._at >= len(self._text):
            self._fail(at, "'(' that is never closed", "Write ')' where it ends, or put it in quotes.")
        if query == EVERYTHING:
            self._fail(at, "'(' with nothing inside", "Write a condition, or put the parentheses in quotes.")
        self._at += 1
        self._open -= 1
        return query

    @contextmanager
    def _deeper(self, at: int) -> Iterator[None]:
        self._spent.depth += 1
        if self._spent.depth > _MOST_NESTED:
            reason = f"more than {_MOST_NESTED} parentheses or saved searches in one another"
            self._fail(at, reason, "Ask for less at a time.")
        yield
        self._spent.depth -= 1

    def _condition(self) -> Query:
        at, body = self._at, self._word()
        self._spent.terms += 1
        if self._spent.terms > _MOST_TERMS:
            mend = "Ask for less at a time."
            raise BadQuery(self._text[:40] + "…", 0, f"more than {_MOST_TERMS} conditions", mend)
        if body.startswith('"'):
            return Term("text", body.strip('"'), exact=True)
        compared = _COMPARED.fullmatch(body)
        if compared is None:
            return Term("text", body)
        name, sign, value = compared.groups()
        if name in _MEASURED:
            return self._measured(name, sign, value, at + compared.start(3))
        if sign == ":":
            return self._worded(name, value.strip('"'), at, body)
        if len(name) >= _LEAST_NAME and value[:1].isdigit():
            self._fail(at, f"'{name}' can't be compared", f'Known are {", ".join(_MEASURED)}; a text: "{body}".')
        return Term("text", body)

    def _worded(self, name: str, value: str, at: int, body: str) -> Query:
        if name not in _WORDED:
            known = ", ".join(f"{name}:" for name in (*_WORDED, *_MEASURED))
            self._fail(
                at, f"unknown prefix '{name}:'", f'Known are {known}; to search for the text, write "{body}".'
            )
        if not value:
            self._fail(at, f"nothing behind '{name}:'", f"Write what to look for, as in {name}:word.")
        if name == "is" and value not in STATES:
            self._fail(at, f"unknown state '{value}'", f"Known are {', '.join(STATES)}.")
        return self._saved(value, at) if name == "search" else Term(name, value)  # type: ignore[arg-type]

    def _saved(self, name: str, at: int) -> Query:
        known = ", ".join(self._searches) or "none yet"
        if name not in self._searches:
            self._fail(at, f"no saved search '{name}'", f"Saved are: {known}.")
        if name in self._within:
            self._fail(at, f"the saved search '{name}' finds itself", "Change it: `flashrls config edit`.")
        with self._deeper(at):
            return _Parser(self._searches[name], self._searches, (*self._within, name), self._spent).parse()

    def _measured(self, name: str, sign: str, value: str, at: int) -> Query:
        first, dots, last = value.partition("..")
        if dots and sign in ":=":
            return self._range(name, first, last, at)
        if name in DAYS:
            bounds = self._bounds(name, value, at)
            if sign in ":=" and (stretch := stretch_bounds(name, value)):
                bounds = stretch
            return _all(_day_terms(name, sign, value, bounds))
        comparison: Comparison = "=" if sign == ":" else sign  # type: ignore[assignment]
        return Term(name, self._number(name, value, at), comparison)  # type: ignore[arg-type]

    def _range(self, name: str, first: str, last: str, at: int) -> Query:
        ends: list[tuple[Comparison, Any]] = []
        told: tuple[tuple[str, Comparison, int], ...] = ((first, ">=", at), (last, "<=", at + len(first) + 2))
        for value, sign, where in told:
            if value and name in DAYS:
                ends.append((sign, self._bounds(name, value, where)[sign == "<="]))
            elif value:
                ends.append((sign, self._number(name, value, where)))
        values = [value for _, value in ends]
        if not ends:
            self._fail(at, "a range without ends", f"Write one, as in {name}:{_EXAMPLES[name]}.")
        if len(ends) == 2 and type(values[0]) is type(values[1]) and values[0] > values[1]:
            self._fail(at, "a range that ends before it begins", f"Write it as in {name}:{_EXAMPLES[name]}.")
        return _all([Term(name, value, sign) for sign, value in ends])  # type: ignore[arg-type]

    def _bounds(self, name: str, value: str, at: int) -> tuple[Day, Day]:
        bounds = day_bounds(name, value)
        if bounds is None:
            mend = f"Write {name}<=2026-12-01, 2026-12, today, yesterday, tomorrow, or 7d, 2w, 1y as in {name}:7d."
            self._fail(at, f"'{value}' is no day" if value else "a day is missing", mend)
        return bounds

    def _number(self, name: str, text: str, at: int) -> int:
        if name == "ease":
            match = re.fullmatch(r"([0-9]{1,4})(?:\.([0-9]{1,2}))?", text)
            if match:
                return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
            self._fail(at, f"'{text}' is no ease", "Write it as in ease<2 or ease<2.3.")
        if not re.fullmatch(r"[0-9]{1,9}", text):
            self._fail(at, f"'{text}' is no whole number", f"Write it as in {name}>3.")
        return int(text)

    def _word(self) -> str:
        """The next word, with its quoted part whole; a `)` that it doesn't open itself ends it."""
        begin, depth = self._at, 0
        while self._at < len(self._text):
            letter = self._text[self._at]
            if letter == '"' and self._text[begin : self._at].endswith((":", '"')) | (self._at == begin):
                end = self._text.find('"', self._at + 1)
                self._at = len(self._text) if end < 0 else end + 1
                break
            if letter.isspace() or (letter == ")" and depth == 0 and self._open):
                break
            depth += {"(": 1, ")": -1}.get(letter, 0)
            self._at += 1
        return self._text[begin : self._at]

    def _skip_spaces(self) -> bool:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1
        return self._at < len(self._text)

    def _fail(self, at: int, reason: str, mend: str) -> NoReturn:
        raise BadQuery(self._text, at, reason, mend)


_EXAMPLES = {
    "ease": "1.3..2",
    "interval": "7..30",
    "lapses": "3..8",
    "reviews": "5..10",
    **dict.fromkeys(DAYS, "2026-11-01..2026-11-15"),
}


def _all(terms: list[Term]) -> Query:
    return terms[0] if len(terms) == 1 else AllOf(tuple(terms))


def _day_terms(name: str, sign: str, value: str, bounds: tuple[Day, Day]) -> list[Term]:
    """The comparisons with a stretch of days. Of a day back, `>30d` means longer ago: an earlier day."""
    first, last = bounds
    if name != "due" and stretch_bounds(name, value):
        sign = sign.translate(str.maketrans("<>", "><"))
    ends: dict[str, list[tuple[Comparison, Day]]] = {
        "<": [("<", first)],
        "<=": [("<=", last)],
        ">": [(">", last)],
        ">=": [(">=", first)],
    }
    chosen = ends.get(sign) or ([("=", first)] if first == last else [(">=", first), ("<=", last)])
    return [Term(name, day, comparison) for comparison, day in chosen]  # type: ignore[arg-type]

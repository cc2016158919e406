"""The language that finds cards: `word "two words" deck:sleep tag:x is:due -is:new ease<2 or …`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from flashrls.errors import BadQuery

Field = Literal["text", "deck", "tag", "is", "section", "ease", "interval", "lapses", "reviews"]

STATES = ("new", "due", "drill", "suspended", "buried", "draft", "leech")
"""What may stand behind `is:`."""

COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}

_WORDED = ("deck", "tag", "is", "section")
_NUMBERED = ("ease", "interval", "lapses", "reviews")
_MOST_TERMS = 200
_SPACED_CONDITION = re.compile(rf"\s(?:or\s|-|(?:{'|'.join(_WORDED)}):|(?:{'|'.join(_NUMBERED)})[<>=])")
_TOKEN = re.compile(r'\s*(-?)((?:[^\s":]+:)?"[^"]*"?|\S+)')
_COMPARED = re.compile(rf"({'|'.join(_NUMBERED)})(<=|>=|<|>|=)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `value` is in the field's own unit: ease in hundredths, intervals in days."""

    field: Field
    value: str | int
    comparison: str = "="
    negated: bool = False


Query = tuple[tuple[Term, ...], ...]
"""Alternatives, each a run of conditions that hold together; the empty query is `((),)`: all cards."""


def parse_query(text: str) -> Query:
    """Parse a query: words and conditions that hold together, `or` between alternatives, `-` before a negated one.

    Raises:
        BadQuery: an unknown prefix or state, a number that isn't one, an `or` with nothing beside it.
    """
    groups: list[list[Term]] = [[]]
    last_or = 0
    for found in _TOKEN.finditer(text):
        minus, body = found[1], found[2]
        at = found.start(2)
        if body.casefold() == "or" and not minus:
            if not groups[-1]:
                raise BadQuery(text, at, "'or' with nothing before it", 'Write it between two conditions, or "or".')
            groups.append([])
            last_or = at
            continue
        groups[-1].append(_term(text, body, at, bool(minus)))
    if len(groups) > 1 and not groups[-1]:
        raise BadQuery(text, last_or, "'or' with nothing behind it", 'Write it between two conditions, or "or".')
    if sum(map(len, groups)) > _MOST_TERMS:
        raise BadQuery(text[:40] + "…", 0, f"more than {_MOST_TERMS} conditions", "Ask for less at a time.")
    return tuple(tuple(group) for group in groups)


def quoted(argument: str) -> str:
    """Return a shell argument as a query's text: of `deck:A b` the shell has eaten the quotes around `A b`."""
    prefix, colon, value = argument.partition(":")
    whole = colon and prefix.removeprefix("-") in _WORDED and " " in value and '"' not in value
    return f'{prefix}:"{value}"' if whole and not _SPACED_CONDITION.search(value) else argument


def _term(query: str, body: str, at: int, negated: bool) -> Term:
    compared = _COMPARED.fullmatch(body)
    if compared:
        name, comparison, number = compared.groups()
        return Term(_field(name), _number(query, name, number, at + compared.start(3)), comparison, negated)
    if body.startswith('"'):
        return Term("text", body.strip('"'), negated=negated)
    prefix, colon, value = body.partition(":")
    if not colon or not prefix.isidentifier():
        return Term("text", body, negated=negated)
    if prefix not in _WORDED:
        known = ", ".join(f"{name}:" for name in _WORDED)
        raise BadQuery(
            query, at, f"unknown prefix '{prefix}:'", f'Known are {known}; to search for the text, write "{body}".'
        )
    value = value.strip('"')
    if prefix == "is" and value not in STATES:
        raise BadQuery(query, at, f"unknown state '{value}'", f"Known are {', '.join(STATES)}.")
    if not value:
        raise BadQuery(query, at, f"nothing behind '{prefix}:'", f"Write what to look for, as in {prefix}:word.")
    return Term(_field(prefix), value, negated=negated)


def _field(name: str) -> Field:
    return name  # type: ignore[return-value]  # one of the names above


def _number(query: str, name: str, text: str, at: int) -> int:
    if name == "ease":
        match = re.fullmatch(r"(\d{1,4})(?:\.(\d{1,2}))?", text)
        if match:
            return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
        raise BadQuery(query, at, f"'{text}' is no ease", "Write it as in ease<2 or ease<2.3.")
    if not re.fullmatch(r"\d{1,9}", text):
        raise BadQuery(query, at, f"'{text}' is no whole number", f"Write it as in {name}>3.")
    return int(text)

"""On which lines a TOML file says what; the parser tells only of its errors. Asked when there is a fault."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

_MOST_LINES = 200
"""Lines that one statement may take; behind a longer one no lines are known."""

_DEEPEST = 3
"""Levels that any setting has at most: decks, a deck, a limit."""

Place = tuple[str, ...]
"""A key with the keys of the tables it is in, outermost first."""


def lines_of(source: str) -> dict[Place, int]:
    """Return the first line, from 1, of every key and table of a valid TOML document."""
    found: dict[Place, int] = {}
    table: Place = ()
    for line, statement, told in _statements(source):
        if statement.startswith("["):
            table = ()
            inner: Any = told
            while isinstance(inner, dict) and inner:
                key, inner = next(iter(inner.items()))
                table = (*table, key)
            found.setdefault(table, line)
        else:
            for place in _places(told, table):
                found.setdefault(place, line)
    return found


def _statements(source: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The fewest lines that are a document by themselves, with the line they begin at and what they say."""
    begun, collected = 1, ""
    for number, line in enumerate(source.replace("\r\n", "\n").split("\n"), 1):
        if not collected:
            begun = number
        elif number - begun >= _MOST_LINES:
            return
        collected += line + "\n"
        try:
            told = tomllib.loads(collected)
        except (ValueError, RecursionError):
            continue
        if told:
            yield begun, collected.lstrip(), told
        collected = ""


def _places(told: dict[str, Any], table: Place) -> Iterator[Place]:
    for key, inner in told.items():
        yield (*table, key)
        if isinstance(inner, dict) and len(table) + 1 < _DEEPEST:
            yield from _places(inner, (*table, key))

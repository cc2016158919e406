"""QUERY as commands take it: words of the shell, made into the cards that they find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from flashrls.store.find import FoundCard
    from flashrls.store.library import Library

Command = TypeVar("Command", bound=Callable[..., Any])

# Only --help, since -h could stand in a negated condition; other letters behind a `-` are the query's.
QUERY_SETTINGS: dict[str, Any] = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""How click reads a command that takes a query."""


def query_argument(*, required: bool) -> Callable[[Command], Command]:
    """Return what gives a command its QUERY, of any number of words."""
    metavar = "QUERY" if required else "[QUERY]"
    return click.argument("query", nargs=-1, required=required, metavar=metavar, callback=_told)


def _told(context: click.Context, argument: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse the empty words of an unset shell variable, which would find everything, where a query is needed."""
    if argument.required and not any(map(str.strip, words)):
        raise click.MissingParameter(ctx=context, param=argument)
    return words


def find_by(context: click.Context, library: Library, words: Sequence[str]) -> list[FoundCard]:
    """Return the cards that a query's words find; a word that is found nowhere may be a card's id.

    Raises:
        BadQuery, NoSuchDeck, NoSuchOption: see `parse_query` and `Library.find`.
    """
    from flashrls.errors import AmbiguousCard, NoSuchCard
    from flashrls.query import parse_query, quoted

    for word in words:
        if word.startswith("--"):  # a `-` before a condition is a query's, so click lets options pass
            raise click.NoSuchOption(word, ctx=context)
    found = library.find(parse_query(" ".join(map(quoted, words)), dict(library.settings.searches)))
    if not found and len(words) == 1 and "#" in words[0]:
        try:
            return [library.card(words[0])]
        except (NoSuchCard, AmbiguousCard):
            return []
    return found

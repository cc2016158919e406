"""Which cards and which day `stats` is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flashrls.errors import Refused
from flashrls.query import AllOf, Query, Term, parse_query
from flashrls.querydays import day_bounds
from flashrls.store.conditions import Standpoint, where
from flashrls.store.today import LEVEL, Ask, Where, choose_decks
from flashrls.telling import count

_EARLIEST = date(1970, 1, 1)
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked about, as it was typed; None for no condition of that kind. All hold together."""

    deck: str | None = None
    tag: str | None = None
    section: str | None = None
    query: str | None = None


def day_of(typed: str | None, today: date) -> date:
    """Return the day that `--as-of` means: `2026-03-01`, `yesterday`, `30d` ago; `today` for None.

    Raises:
        Refused: it is no single day, lies ahead, or before 1970.
    """
    if typed is None:
        return today
    bounds = day_bounds("reviewed", typed.strip())
    mend = "Write --as-of 2026-03-01, yesterday, or 30d, 2w, 1y for so long ago."
    if bounds is None or bounds[0] != bounds[1]:
        raise Refused(f"'{typed}' is no day.", mend)
    named = bounds[0]
    day = today + timedelta(days=named) if isinstance(named, int) else named
    if day > today:
        raise Refused(f"{day} lies ahead: today's study day is {today}.", mend)
    if day < _EARLIEST:
        raise Refused(f"{day} lies before 1970.", mend)
    return day


def scope_of(
    ask: Ask, narrowing: Narrowing, now: Standpoint, searches: Mapping[str, str]
) -> tuple[Sequence[int] | Where | None, str]:
    """Return what the figures are narrowed down to, and how that is told; None and "" for everything.

    A deck alone is told by its references, since its figures are kept ready.

    Raises:
        NoSuchDeck: no deck is called so.
        BadQuery: the query doesn't parse.
    """
    parts: list[Query] = []
    words = []
    if narrowing.deck is not None:
        refs = choose_decks(ask, narrowing.deck)
        words.append(_deck_words(ask, refs, narrowing.deck))
        parts.append(Term("deck", narrowing.deck))
        if narrowing == Narrowing(deck=narrowing.deck):
            return refs, words[0]
    if narrowing.tag is not None:
        words.append(f"tag {narrowing.tag}")
        parts.append(Term("tag", narrowing.tag))
    if narrowing.section is not None:
        words.append(f"section {narrowing.section}")
        parts.append(Term("section", narrowing.section))
    if narrowing.query is not None:
        words.append(narrowing.query)
        parts.append(parse_query(narrowing.query, searches))
    if not parts:
        return None, ""
    return where(ask, AllOf(tuple(parts)), now), ", ".join(words)


def _deck_words(ask: Ask, refs: Sequence[int], typed: str) -> str:
    """The decks by their names; one stands for those below it, and so does a level that was named."""
    ours = [str(name) for ref, name in ask("SELECT pk, name FROM deck ORDER BY pk") if ref in set(refs)]
    names = list(dict.fromkeys(_root(name, typed.strip().casefold(), ours) for name in ours))
    if len(names) == 1:
        return f"deck {names[0]}"
    more = [f"{len(names) - _MOST_NAMED} more"] if len(names) > _MOST_NAMED else []
    return f"{count(len(names), 'deck')}: {', '.join([*names[:_MOST_NAMED], *more])}"


def _root(deck: str, wanted: str, ours: Sequence[str]) -> str:
    """The level of a deck's name that was wanted; where it goes by an id, the highest of our decks above it."""
    levels = deck.split(LEVEL)
    above = [LEVEL.join(levels[:depth]) for depth in range(1, len(levels) + 1)]
    named = (level for level in above if f"{LEVEL}{level.casefold()}".endswith(f"{LEVEL}{wanted}"))
    return next(named, None) or next(level for level in above if level in ours)

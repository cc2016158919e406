"""Where the cards stand, now or at the end of an earlier study day, counted by SQLite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flashrls.forecasting import FORECAST_DAYS, Waiting
from flashrls.log import LEECH_AGAIN, LEECH_LAPSES, MATURE_DAYS
from flashrls.progress import CardCounts, Leech
from flashrls.reckoning import MOST_LEECHES, Standing
from flashrls.store.browsing import browse_rows
from flashrls.store.days import day_of
from flashrls.store.today import ASKED, Ask

_LEECH = f"lapses >= {LEECH_LAPSES} AND lapses - lapses % {LEECH_AGAIN} > kept_lapses"


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of cards as they stood.

    Attributes:
        table: the table `card`, or SQL that gives its columns pk, deck_pk, held, suspended, due_on, ease,
            repetitions, interval_days, lapses and kept_lapses.
        inside: the condition that a card counts, by `pk` and `deck_pk`.
        values: the parameters of both.
    """

    table: str
    inside: str
    values: Mapping[str, int | str]


def standing(ask: Ask, source: Source, number: int, *, by_deck: bool) -> Standing:
    """Return where the cards stand on the study day `number`.

    Args:
        ask: runs the SQL.
        source: the cards.
        number: the study day.
        by_deck: whether the forecast must tell the decks apart.
    """
    parts: dict[str, list[Sequence[Any]]] = defaultdict(list)
    deck = "deck_pk" if by_deck else "0"
    # One statement, so that SQLite makes the cards of an earlier day once.
    rows = ask(_counting(source, deck), **source.values, soon=number + FORECAST_DAYS)
    for part, *told in rows:
        parts[part].append(told)
    held = {(interval, ease): cards for interval, ease, _, _, _, cards in parts["held"]}
    new = [(int(ref), int(cards)) for ref, _, _, _, _, cards in sorted(parts["new"])]
    idle = {name: cards for name, _, _, _, _, cards in parts["idle"]}
    young = sum(cards for (interval, _), cards in held.items() if interval < MATURE_DAYS)
    leeches = sorted(parts["leech"], key=lambda told: (-told[1], told[0]))
    names = dict(ask("SELECT pk, name FROM deck"))  # type: ignore[arg-type]
    return Standing(
        cards=CardCounts(
            new=sum(cards for _, cards in new),
            young=young,
            mature=sum(held.values()) - young,
            suspended=idle.get("suspended", 0),
            draft=idle.get("draft", 0),
        ),
        held=held,
        seen=[
            Waiting(deck, due_on - number, ease, repetitions, interval, cards)
            for deck, due_on, ease, repetitions, interval, cards in (*parts["soon"], *parts["later"])
        ],
        new=[(ref, names[ref], cards) for ref, cards in new],
        leeches=_leeches(ask, {ref: lapses for ref, lapses, *_ in leeches[:MOST_LEECHES]}, number),
        leech_count=len(leeches),
    )


def _counting(source: Source, deck: str) -> str:
    """Every row: the part, five values, and how many cards."""
    given = source.table == "card"
    cards = "card" if given else "standing_card"
    inside = source.inside
    seen = f"FROM {cards} WHERE {inside} AND due_on IS NOT NULL AND {ASKED}"
    return f"""
        {"" if given else f"WITH standing_card AS MATERIALIZED ({source.table})"}
        SELECT 'held', interval_days, ease, NULL, NULL, NULL, count(*) {seen} GROUP BY interval_days, ease
        UNION ALL
        SELECT 'idle', CASE WHEN held IS NULL THEN 'suspended' ELSE 'draft' END, NULL, NULL, NULL, NULL, count(*)
        FROM {cards} WHERE {inside} AND (held = 'draft' OR held IS NULL AND suspended = 1) GROUP BY 2
        UNION ALL
        SELECT 'new', deck_pk, NULL, NULL, NULL, NULL, count(*)
        FROM {cards} WHERE {inside} AND due_on IS NULL AND {ASKED} GROUP BY deck_pk
        UNION ALL
        SELECT 'soon', {deck}, due_on, ease, min(repetitions, 2), interval_days, count(*)
        {seen} AND due_on < :soon GROUP BY 2, due_on, ease, min(repetitions, 2), interval_days
        UNION ALL
        SELECT 'later', {deck}, due_on, sum(ease) / count(*), 2, max(1, sum(interval_days) / count(*)), count(*)
        {seen} AND due_on >= :soon GROUP BY 2, due_on
        UNION ALL
        SELECT 'leech', pk, lapses, NULL, NULL, NULL, 1
        FROM {cards} WHERE {inside} AND {_LEECH} AND {ASKED}
    """


def _leeches(ask: Ask, lapses: Mapping[int, int], number: int) -> tuple[Leech, ...]:
    """Those leeches, with the lapses they had, in the order they are given."""
    rows = browse_rows(ask, list(lapses), day_of(number)) if lapses else []
    return tuple(Leech(row.id, row.question, row.deck, lapses[row.ref]) for row in rows)

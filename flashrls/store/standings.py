"""Where the cards stand: now, or at the end of an earlier study day."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from flashrls.forecasting import FORECAST_DAYS, Waiting
from flashrls.log import MATURE_DAYS
from flashrls.progress import CardCounts, Leech
from flashrls.reckoning import MOST_LEECHES, Standing
from flashrls.store.browsing import browse_rows
from flashrls.store.days import day_number, day_of
from flashrls.store.earlier import Stood, stood_then
from flashrls.store.tallies import Among
from flashrls.store.today import ASKED, LEECH, Ask


def standing(ask: Ask, among: Among, number: int, *, by_deck: bool) -> Standing:
    """Return where the cards stand now.

    Args:
        ask: runs the SQL.
        among: the cards.
        number: the study day.
        by_deck: whether the forecast must tell the decks apart.
    """
    leeches = f"card WHERE {among.inside} AND {LEECH} AND {ASKED}"
    ((leech_count,),) = ask(f"SELECT count(*) FROM {leeches}", **among.values)
    worst = ask(f"SELECT pk, lapses FROM {leeches} ORDER BY lapses DESC, pk LIMIT {MOST_LEECHES}", **among.values)
    # An index would send SQLite back and forth between its pages and the table's.
    few = f"card WHERE {among.inside}"
    stood = Stood(f"card NOT INDEXED WHERE {among.inside}", among.values, leech_count, worst, few)
    return _standing(ask, stood, number, by_deck)


def standing_then(
    ask: Ask, among: Among, number: int, taken_back: frozenset[str], rollover_hour: int, *, by_deck: bool
) -> Standing:
    """Return where the cards stood at the end of an earlier study day, by what the log held then.

    Args:
        ask: runs the SQL.
        among: the cards.
        number: the study day.
        taken_back: the ids of entries that were taken back by then.
        rollover_hour: when a study day begins, 0..23, by the clock of the last entry until then.
        by_deck: whether the forecast must tell the decks apart.

    Cards of notes that came later are left out.
    """
    return _standing(ask, stood_then(ask, among, number, taken_back, rollover_hour), number, by_deck)


def _standing(ask: Ask, stood: Stood, number: int, by_deck: bool) -> Standing:
    statement = _one_statement("deck_pk" if by_deck else "0", stood.table)
    ((*texts, suspended, draft),) = ask(statement, **stood.values)
    places, schedules, decks = map(json.loads, texts)
    held = Counter[int](schedules)
    intervals = {(one >> _BITS, one & _MASK): cards for one, cards in held.items()}
    young = sum(cards for (interval, _), cards in intervals.items() if interval < MATURE_DAYS)
    new = sorted(Counter[int](decks).items())
    names = {ref: name for ref, name in ask("SELECT pk, name FROM deck")}  # noqa: C416 - rows are no pairs
    return Standing(
        cards=CardCounts(len(decks), young, held.total() - young, suspended, draft),
        held=intervals,
        seen=_seen(places, schedules, number),
        new=[(ref, names[ref], cards) for ref, cards in new],
        siblings=_siblings(ask, stood),
        leeches=_told(ask, stood.worst, number),
        leech_count=stood.leech_count,
    )


def _siblings(ask: Ask, stood: Stood) -> dict[int, list[int]]:
    """For decks in which notes have several new cards: how many each note has, of those introduced first."""
    table = stood.few or stood.table
    link = "AND" if stood.few else "WHERE"
    told = ask(
        f"""
        SELECT deck_pk, count(*) FROM
            (SELECT deck_pk, note_pk, position FROM {table} {link} due_on IS NULL AND {ASKED}
             ORDER BY deck_pk, position LIMIT {_MOST_SIBLINGS})
        GROUP BY deck_pk, position, note_pk ORDER BY deck_pk, position, note_pk
        """,
        **stood.values,
    )
    notes: defaultdict[int, list[int]] = defaultdict(list)
    for deck, cards in told:
        notes[deck].append(cards)
    return {deck: counts for deck, counts in notes.items() if max(counts) > 1}


_MOST_SIBLINGS = 2_000
"""New cards; those behind them are introduced so late that it hardly matters who their siblings are."""

_FIRST_DAY = day_number(date.min)
_DAY_BITS = 22
_DAY_MASK = (1 << _DAY_BITS + 2) - 1
_BITS = 40
_MASK = (1 << _BITS) - 1


def _one_statement(deck: str, table: str) -> str:
    """What asks for all cards at once, as texts of numbers: these are read several times faster than rows.

    Of cards seen before, a number holds deck, due day and repetitions up to 2; another holds interval and ease.
    """
    seen = f"{ASKED} AND due_on IS NOT NULL"
    return f"""
        SELECT json_group_array(((({deck} << {_DAY_BITS}) + due_on - {_FIRST_DAY}) << 2) + min(repetitions, 2))
                   FILTER (WHERE {seen}),
               json_group_array((interval_days << {_BITS}) + ease) FILTER (WHERE {seen}),
               json_group_array(deck_pk) FILTER (WHERE due_on IS NULL AND {ASKED}),
               count(*) FILTER (WHERE held IS NULL AND suspended = 1), count(*) FILTER (WHERE held = 'draft')
        FROM {table}
    """


def _seen(places: Sequence[int], schedules: Sequence[int], number: int) -> list[Waiting]:
    """Cards that the days foretold ask, those that wait alike together; later ones by their day and the mean."""
    soon: list[tuple[int, int]] = []
    later: defaultdict[int, int] = defaultdict(int)
    ends, counted = (number + FORECAST_DAYS - _FIRST_DAY) << 2, 1 << 2 * _BITS
    for place, schedule in zip(places, schedules, strict=True):
        if place & _DAY_MASK < ends:
            soon.append((place, schedule))
        else:
            later[place] += counted + schedule
    seen = [
        _waiting(place, schedule >> _BITS, schedule & _MASK, cards, number)
        for (place, schedule), cards in sorted(Counter(soon).items())
    ]
    for place, together in sorted(later.items()):
        cards = together >> 2 * _BITS
        interval_days, ease = (together >> _BITS & _MASK) // cards, (together & _MASK) // cards
        seen.append(_waiting(place, interval_days, ease, cards, number))
    return seen


def _waiting(place: int, interval: int, ease: int, cards: int, number: int) -> Waiting:
    due_on = ((place & _DAY_MASK) >> 2) + _FIRST_DAY
    return Waiting(place >> _DAY_BITS + 2, due_on - number, ease, place & 3, interval, cards)


def _told(ask: Ask, worst: Sequence[Sequence[int]], number: int) -> tuple[Leech, ...]:
    """Those leeches, with the lapses they had, in the order they are given."""
    lapses = {ref: times for ref, times in worst}  # noqa: C416 - rows are no pairs
    rows = browse_rows(ask, list(lapses), day_of(number)) if lapses else []
    return tuple(Leech(row.id, row.question, row.deck, lapses[row.ref]) for row in rows)

"""Where the cards stand, now or at the end of an earlier study day, counted by SQLite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flashrls.forecasting import FORECAST_DAYS, Waiting
from flashrls.log import MATURE_DAYS
from flashrls.progress import CardCounts, Leech
from flashrls.reckoning import MOST_LEECHES, Standing
from flashrls.sm2 import PASS
from flashrls.store.browsing import browse_rows
from flashrls.store.conditions import LEECH, Standpoint
from flashrls.store.days import day_of
from flashrls.store.tallies import LOG_ORDER, undone_by
from flashrls.store.today import ASKED, Ask


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
    for sql in _counting(source, deck, number):
        for part, *told in ask(sql, **source.values):
            parts[part].append(told)
    held = {(interval, ease): cards for interval, ease, _, _, _, cards in parts["held"]}
    new = sorted((int(ref), int(cards)) for ref, _, _, _, _, cards in parts["new"])
    idle = {name: cards for name, _, _, _, _, cards in parts["idle"]}
    young = sum(cards for (interval, _), cards in held.items() if interval < MATURE_DAYS)
    ((*_, leech_count),) = parts["leeches"]
    names = {ref: name for ref, name in ask("SELECT pk, name FROM deck")}  # noqa: C416 - rows are no pairs
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
        leeches=_leeches(ask, {ref: lapses for ref, lapses, *_ in parts["leech"]}, number),
        leech_count=leech_count,
    )


def as_of(ask: Ask, inside: str, values: Mapping[str, int | str], number: int, rollover_hour: int) -> Source:
    """Return the cards as they stood at the end of an earlier study day, by what the log held then.

    Args:
        ask: runs the SQL.
        inside: a condition on `pk` and `deck_pk` of a card.
        values: its parameters.
        number: the study day.
        rollover_hour: when a study day begins, 0..23, by the clock of the last entry until then.

    A card's state is the outcome of its last entry, an undo's too. Cards of notes that came later are left out.
    """
    offsets = ask("SELECT utc_offset_s FROM review WHERE study_day <= :day ORDER BY pk DESC LIMIT 1", day=number)
    then = Standpoint(day_of(number), offsets[0][0] if offsets else 0, rollover_hour)
    given = {
        **values,
        "day": number,
        "undone": undone_by(ask, number),
        "ends": then.begins_ms(then.day.toordinal() + 1),
    }
    return Source(_AS_OF.format(inside=inside), "1", given)


_AS_OF = f"""
    WITH line AS (
        SELECT card_pk, kind, grade, ease, repetitions, interval_days, due_on,
               undoes IS NULL AND id NOT IN (SELECT value FROM json_each(:undone)) AS stands,
               row_number() OVER (PARTITION BY card_pk ORDER BY {LOG_ORDER}) AS place,
               count(*) OVER (PARTITION BY card_pk) AS entries
        FROM review WHERE study_day <= :day AND card_pk IN (SELECT pk FROM card WHERE {{inside}})
    ), life AS (
        SELECT card_pk,
               max(CASE WHEN place = entries THEN ease END) AS ease,
               max(CASE WHEN place = entries THEN repetitions END) AS repetitions,
               max(CASE WHEN place = entries THEN interval_days END) AS interval_days,
               max(CASE WHEN place = entries THEN due_on END) AS due_on,
               max(CASE WHEN stands AND kind IN ('suspend', 'import-suspended') THEN place ELSE 0 END)
               > max(CASE WHEN stands AND kind IN ('unsuspend', 'import-unsuspended') THEN place ELSE 0 END)
               AS suspended,
               max(CASE WHEN stands AND kind = 'reset' THEN place ELSE 0 END) AS reset_at,
               max(CASE WHEN stands AND kind = 'keep' THEN place ELSE 0 END) AS kept_at
        FROM line GROUP BY card_pk
    ), lapsed AS (
        SELECT card_pk, count(*) AS lapses, sum(place < kept_at) AS kept_lapses
        FROM line JOIN life USING (card_pk)
        WHERE stands AND kind = 'scheduled' AND grade < {PASS} AND place > reset_at GROUP BY card_pk
    )
    SELECT card.pk AS pk, card.deck_pk AS deck_pk, card.held AS held, coalesce(life.suspended, 0) AS suspended,
           life.due_on AS due_on, life.ease AS ease, life.repetitions AS repetitions,
           life.interval_days AS interval_days, coalesce(lapsed.lapses, 0) AS lapses,
           coalesce(lapsed.kept_lapses, 0) AS kept_lapses
    FROM (SELECT * FROM card WHERE {{inside}}) AS card JOIN note ON note.pk = card.note_pk
         LEFT JOIN life ON life.card_pk = card.pk LEFT JOIN lapsed ON lapsed.card_pk = card.pk
    WHERE note.created_ms < :ends
"""
"""SQL: `place` counts a card's entries from 1, and `entries` is how many it has."""


def _counting(source: Source, deck: str, number: int) -> list[str]:
    """Statements whose every row is the part, five values, and how many cards.

    The cards of an earlier day come in one statement, so that they are made once. Those of now are read from one
    end to the other, since an index would send SQLite back and forth between its pages and the table's.
    """
    given = source.table == "card"
    cards = "card NOT INDEXED" if given else "standing_card"
    inside, soon = source.inside, number + FORECAST_DAYS
    seen = f"FROM {cards} WHERE {inside} AND due_on IS NOT NULL AND {ASKED}"
    leech = f"FROM {'card' if given else cards} WHERE {inside} AND {LEECH} AND {ASKED}"
    parts = [
        f"SELECT 'held', interval_days, ease, NULL, NULL, NULL, count(*) {seen} GROUP BY interval_days, ease",
        f"""
        SELECT 'idle', CASE WHEN held IS NULL THEN 'suspended' ELSE 'draft' END, NULL, NULL, NULL, NULL, count(*)
        FROM {cards} WHERE {inside} AND (held = 'draft' OR held IS NULL AND suspended = 1) GROUP BY 2
        """,
        f"""
        SELECT 'new', deck_pk, NULL, NULL, NULL, NULL, count(*)
        FROM {"card" if given else cards} WHERE {inside} AND due_on IS NULL AND {ASKED} GROUP BY deck_pk
        """,
        f"""
        SELECT 'soon', {deck}, due_on, ease, min(repetitions, 2), interval_days, count(*)
        {seen} AND due_on < {soon} GROUP BY 2, due_on, ease, min(repetitions, 2), interval_days
        """,
        f"""
        SELECT 'later', {deck}, due_on, sum(ease) / count(*), 2, max(1, sum(interval_days) / count(*)), count(*)
        {seen} AND due_on >= {soon} GROUP BY 2, due_on
        """,
        f"SELECT 'leeches', NULL, NULL, NULL, NULL, NULL, count(*) {leech}",
        f"""
        SELECT * FROM (
            SELECT 'leech', pk, lapses, NULL, NULL, NULL, 1 {leech} ORDER BY lapses DESC, pk LIMIT {MOST_LEECHES}
        )
        """,
    ]
    return parts if given else [f"WITH standing_card AS MATERIALIZED ({source.table}) {' UNION ALL '.join(parts)}"]


def _leeches(ask: Ask, lapses: Mapping[int, int], number: int) -> tuple[Leech, ...]:
    """Those leeches, with the lapses they had, in the order they are given."""
    rows = browse_rows(ask, list(lapses), day_of(number)) if lapses else []
    return tuple(Leech(row.id, row.question, row.deck, lapses[row.ref]) for row in rows)

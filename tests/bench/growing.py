"""Large libraries made from a small one by SQL.

`grow` makes what a queue, a grade and an undo look at; `study_years` the log that statistics read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import chain
from math import sqrt
from pathlib import Path
from random import Random

from flashrls.log import LONGEST_ANSWER_MS, MATURE_DAYS
from flashrls.sm2 import PASS
from tests.bench.lives import Life, Line, Outcome, diary, forgetting, outcome_of

_DAY_0 = date(1970, 1, 1)


def grow(path: Path, cards: int, *, due: int) -> None:
    """Copy the notes of the deck "bench" until it has so many cards, and schedule some.

    Args:
        path: a library whose deck "bench" holds basic notes only.
        cards: at least as many as it holds.
        due: so many are due today, evenly spread; of the others half are due later, half are new.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN IMMEDIATE")
        ((deck, notes, first),) = connection.execute(
            "SELECT deck.pk, count(*), min(note.pk) FROM note JOIN deck ON deck.pk = deck_pk "
            "WHERE deck.key = 'bench'"
        ).fetchall()
        numbers = (
            "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :copies) SELECT i FROM n)"
        )
        held: dict[str, int | str] = {
            "deck": deck,
            "copies": -(-cards // notes) - 1,
            "notes": notes,
            "first": first,
        }
        if held["copies"]:
            place = "(SELECT max(pk) FROM note) + (i - 1) * :notes + note.pk - :first + 1"
            fresh = {"pk": place, "position": "position + i * :notes"}
            fresh |= {name: f"{name} || '-' || i" for name in ("uid", "handle", "key")}
            _copy(connection, "note", fresh, f"{numbers} WHERE deck_pk = :deck", held)
            connection.execute(
                "INSERT INTO card (note_pk, deck_pk, part, position) SELECT pk, deck_pk, '', position FROM note "
                "WHERE deck_pk = :deck AND pk NOT IN (SELECT note_pk FROM card) ORDER BY pk",
                {"deck": deck},
            )
            # The program would index the copies with its next write, and a bench would measure that.
            connection.execute("INSERT INTO note_index (note_index) VALUES ('rebuild')")
            connection.execute("DELETE FROM note_changed")
        _schedule(connection, deck, due)
        connection.execute("COMMIT")


def _copy(
    connection: sqlite3.Connection, table: str, fresh: dict[str, str], beside: str, values: dict[str, int | str]
) -> None:
    names = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
    told = ", ".join(fresh.get(name, f'"{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    connection.execute(f"INSERT INTO {table} ({quoted}) SELECT {told} FROM {table}, {beside}", values)


def _schedule(connection: sqlite3.Connection, deck: int, due: int) -> None:
    today = (date.today() - _DAY_0).days  # noqa: DTZ011 - the library's day is the local one, too
    ((first, count),) = connection.execute(
        "SELECT min(pk), count(*) FROM card WHERE deck_pk = ?", (deck,)
    ).fetchall()
    values = {"today": today, "deck": deck, "first": first, "due": due, "count": count}
    known = "ease = 250, repetitions = 3, reviews = 3"
    # Whatever is due when: nothing was reviewed today, as when a day's first session begins.
    for chosen, due_on, interval_days in (
        ("((pk - :first) * :due) % :count < :due", ":today - (pk * 7919) % 60", "1 + (pk * 31) % 180"),
        ("(pk - :first) % 2", ":today + 1 + (pk * 7919) % 90", "(pk * 7919) % 90 + 2 + (pk * 31) % 90"),
    ):
        connection.execute(
            f"UPDATE card SET {known}, due_on = {due_on}, interval_days = {interval_days}, "
            f"reviewed_on = {due_on} - ({interval_days}) "
            f"WHERE deck_pk = :deck AND due_on IS NULL AND {chosen}",
            values,
        )


DECKS = (
    ("Medicine", 8),
    ("Medicine::Heart", 14),
    ("Medicine::Heart::Rhythm", 9),
    ("Medicine::Nerves", 12),
    ("Languages::Latin", 17),
    ("Languages::Latin::Verbs", 11),
    ("Languages::Greek", 6),
    ("History::Rome", 10),
    ("Music", 3),
)
"""Decks that take so many of a hundred notes each from the deck "bench", which keeps the rest."""

_UNSEEN = 0.1
"""This share of the cards is meant to stay new; a sample decides, so it comes out somewhat higher."""

_SPENT = f"min(reveal_ms + grade_ms, {LONGEST_ANSWER_MS})"
_HOUR = "(at_ms / 1000 + utc_offset_s) % 86400 / 3600"
_TALLIED = """
    (SELECT review.*, card.deck_pk,
            lag(review.interval_days) OVER (PARTITION BY card_pk ORDER BY review.pk) AS held
     FROM review JOIN card ON card.pk = card_pk)
"""


def study_years(path: Path, *, reviews: int, days: int = 365, end: date) -> None:
    """Give a grown library a log, with the cards, the day's and the hours' counts that go with it.

    Its notes are spread over `DECKS`, with tags and sections. The same arguments give the same log.

    Args:
        path: a library that `grow` made and that has no log; what it scheduled is forgotten.
        reviews: so many entries, drill and practice among them.
        days: so many study days they fall on, a few left out.
        end: the last of these.

    Raises:
        ValueError: there is a log, or so many entries don't fit into the days of so many cards.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -1000000")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN IMMEDIATE")
        if connection.execute("SELECT 1 FROM review LIMIT 1").fetchone():
            raise ValueError(f"{path} has a log already")
        _spread(connection)
        _live(connection, reviews, days, end)
        _log(connection)
        _count(connection)
        connection.execute("COMMIT")


def _spread(connection: sqlite3.Connection) -> None:
    """Put the notes of "bench" into decks, tag them, and give them sections."""
    ((bench,),) = connection.execute("SELECT pk FROM deck WHERE key = 'bench'").fetchall()
    connection.execute(
        "UPDATE note SET section = 'Part ' || (1 + pk % 4) || ' > Chapter ' || (1 + pk * 31 % 9), "
        "tags = trim(iif(pk % 50 = 0, 'marked ', '') || tags || ' topic' || (pk * 7919 % 12)) "
        "WHERE deck_pk = ?",
        (bench,),
    )
    from_share = 0
    for name, share in DECKS:
        key = name.casefold().replace("::", "-")
        fresh = {"pk": "(SELECT max(pk) + 1 FROM deck)", "key": ":key", "name": ":name"}
        _copy(
            connection,
            "deck",
            fresh,
            "(SELECT 1) WHERE deck.pk = :bench",
            {"bench": bench, "key": key, "name": name},
        )
        connection.execute(
            "UPDATE note SET deck_pk = (SELECT pk FROM deck WHERE key = ?) "
            "WHERE deck_pk = ? AND pk * 7919 % 100 >= ? AND pk * 7919 % 100 < ?",
            (key, bench, from_share, from_share + share),
        )
        from_share += share
    connection.execute("UPDATE card SET deck_pk = (SELECT deck_pk FROM note WHERE note.pk = note_pk)")


def _live(connection: sqlite3.Connection, reviews: int, days: int, end: date) -> None:
    """Live the cards one by one until there are so many lines, and note down both."""
    chance = Random(1)
    refs = [int(ref) for (ref,) in connection.execute("SELECT pk FROM card WHERE held IS NULL ORDER BY pk")]
    chance.shuffle(refs)
    book = diary(days, end, chance)
    # The fewer cards, the farther their lives may stay behind the mean.
    seen = len(refs) * (1 - _UNSEEN) - sqrt(len(refs)) / 2
    forgets = forgetting(reviews / seen, book)
    outcomes: list[tuple[int | None, ...]] = []

    def told() -> Iterator[list[tuple[int, *tuple[int | str, ...]]]]:
        left = reviews
        for ref in refs:
            lines = Life(chance, book, forgets).lines[:left]
            left -= len(lines)
            outcomes.append((*outcome_of(lines), ref))
            yield [(ref, *line) for line in lines]
            if not left:
                return
        raise ValueError(f"{left} of {reviews} entries don't fit into {days} days of {len(refs)} cards")

    columns = ", ".join(Line._fields)
    connection.execute(f"CREATE TEMP TABLE told (card_pk, {columns})")
    places = ", ".join("?" for _ in ("card_pk", *Line._fields))
    connection.executemany(f"INSERT INTO told VALUES ({places})", chain.from_iterable(told()))
    unseen = "ease = NULL, repetitions = NULL, interval_days = NULL, due_on = NULL, reviews = 0, lapses = 0"
    connection.execute(f"UPDATE card SET {unseen}, reviewed_on = NULL, drill_on = NULL WHERE due_on IS NOT NULL")
    changes = ", ".join(f"{name} = ?" for name in Outcome._fields)
    connection.executemany(f"UPDATE card SET {changes} WHERE pk = ?", outcomes)


def _log(connection: sqlite3.Connection) -> None:
    """Write the lines into the log in the order of their instants, and what follows from that."""
    columns = ", ".join(Line._fields)
    connection.execute(
        f"INSERT INTO review (pk, id, card_pk, {columns}, revision, clock_ms, clock_count, device) "
        "SELECT number, printf('%08x%016x', number * 2654435761 % 4294967296, number), "
        f"card_pk, {columns}, revision, at_ms, 0, coalesce((SELECT value FROM setting WHERE key = 'device'), '') "
        "FROM (SELECT told.*, note.revision, row_number() OVER (ORDER BY at_ms, card_pk) AS number "
        "FROM told JOIN card ON card.pk = card_pk JOIN note ON note.pk = note_pk) ORDER BY number"
    )
    connection.execute("DROP TABLE told")
    connection.execute(
        "UPDATE card SET last_entry = "
        "(SELECT id FROM review WHERE card_pk = card.pk ORDER BY review.pk DESC LIMIT 1) WHERE due_on IS NOT NULL"
    )
    connection.execute(
        "UPDATE note SET created_ms = first.at_ms - 3600000 FROM (SELECT note_pk, min(at_ms) AS at_ms "
        "FROM review JOIN card ON card.pk = card_pk GROUP BY note_pk) AS first WHERE first.note_pk = note.pk"
    )


def _count(connection: sqlite3.Connection) -> None:
    """Fill the counts of the days and of the hours from the log."""
    known = "kind = 'scheduled' AND held IS NOT NULL"
    connection.execute("DELETE FROM daily")
    connection.execute(
        "INSERT INTO daily "
        "(study_day, deck_pk, grade, introduced, young, mature, drilled, practised, milliseconds) "
        "SELECT study_day, deck_pk, grade, sum(kind = 'scheduled' AND held IS NULL), "
        f"sum({known} AND held < {MATURE_DAYS}), sum({known} AND held >= {MATURE_DAYS}), "
        f"sum(kind = 'drill'), sum(kind = 'practice'), sum({_SPENT}) FROM {_TALLIED} GROUP BY 1, 2, 3"
    )
    connection.execute("DELETE FROM hourly")
    connection.execute(
        "INSERT INTO hourly (study_day, deck_pk, hour, answers, reviews, passes) "
        f"SELECT study_day, deck_pk, {_HOUR}, count(*), sum({known}), sum({known} AND grade >= {PASS}) "
        f"FROM {_TALLIED} GROUP BY 1, 2, 3"
    )

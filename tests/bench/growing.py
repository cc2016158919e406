"""Large libraries made from a small one by SQL: only what a queue, a grade and an undo look at is true to life."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

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
        held = {"deck": deck, "copies": -(-cards // notes) - 1, "notes": notes, "first": first}
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
        _schedule(connection, deck, due)
        connection.execute("COMMIT")


def _copy(
    connection: sqlite3.Connection, table: str, fresh: dict[str, str], beside: str, values: dict[str, int]
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

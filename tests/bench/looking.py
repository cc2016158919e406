"""Browsing and progress in a large library, against bare SQL that answers the same questions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.bench.growing import study_years
from tests.bench.terminal import Terminal

REVIEWS = 2_000_000
QUIET_S = 0.3
_FRAME_S = 1 / 60
_BROWSE_GOAL = 2.0
_PROGRESS_GOAL = 0.2
"""A year's statistics need not ask the log: see the counts by day and hour."""
_EPOCH = date(1970, 1, 1)

Tell = Callable[[str, Callable[[], float], Callable[[], float], float, int], None]

_ROWS = """
    SELECT card.pk, handle, part, question, answer, name, section, tags, ease, interval_days, due_on, lapses
    FROM card JOIN note ON note.pk = note_pk JOIN deck ON deck.pk = card.deck_pk WHERE card.pk IN ({})
"""
_PLACE = "ORDER BY deck_pk, position, note_pk, part"
_FOUND = f"SELECT pk FROM card WHERE note_pk IN (SELECT rowid FROM note_index WHERE note_index MATCH ?) {_PLACE}"
_LOG = """
    WITH line AS (
        SELECT review.*, lag(interval_days) OVER (PARTITION BY card_pk ORDER BY clock_ms, clock_count) AS held
        FROM review WHERE undoes IS NULL AND id NOT IN (SELECT undoes FROM review WHERE undoes IS NOT NULL)
    )
    SELECT study_day, grade, sum(kind = 'scheduled' AND held IS NULL),
           sum(kind = 'scheduled' AND held < 21), sum(kind = 'scheduled' AND held >= 21), sum(kind = 'drill'),
           sum(min(coalesce(reveal_ms, 0) + coalesce(grade_ms, 0), 60000))
    FROM line WHERE grade IS NOT NULL GROUP BY study_day, grade
"""
_HOURS = """
    SELECT (at_ms / 1000 + utc_offset_s) % 86400 / 3600, count(*), sum(grade >= 3) FROM review
    WHERE grade IS NOT NULL GROUP BY 1
"""
_CARDS = (
    "SELECT interval_days, count(*) FROM card GROUP BY 1",
    "SELECT ease, count(*) FROM card GROUP BY 1",
    "SELECT due_on, count(*) FROM card GROUP BY 1",
    "SELECT deck_pk, count(*) FROM card WHERE due_on IS NULL GROUP BY 1",
)


def lived(grown: Path) -> Path:
    """Return a library of the grown one's cards with two million reviews of a year, made once."""
    path = grown.with_name("lived.db")
    if not path.exists():
        path.write_bytes(grown.read_bytes())
        study_years(path, reviews=REVIEWS, end=date.today())  # noqa: DTZ011 - the library's day is the local one
    return path


def looking(path: Path, flashrls: str, tell: Tell) -> None:
    """All of it: the store's answers first, then keys in a terminal."""
    from flashrls.query import EVERYTHING, parse_query
    from flashrls.store.library import open_library

    with open_library(path) as library, closing(sqlite3.connect(path)) as bare:

        def browsed(query: str) -> Callable[[], float]:
            asked = parse_query(query) if query else EVERYTHING
            return lambda: timed(lambda: library.rows(library.browse(asked)[:40]))

        def floor(sql: str, *values: str) -> Callable[[], float]:
            return lambda: timed(lambda: _first_page(bare, sql, values))

        tell("browse, first page / bare SQL", browsed(""), floor(f"SELECT pk FROM card {_PLACE}"), _BROWSE_GOAL, 15)
        for word in ("n", "numb"):
            tell(f"search '{word}' / bare SQL", browsed(word), floor(_FOUND, f'"{word}" *'), _BROWSE_GOAL, 15)
        # What finds little is over in no time: a frame of the screen is the measure of that.
        tell("search '9999' / a frame", browsed("9999"), lambda: _FRAME_S, 1.0, 15)
        due = f"SELECT pk FROM card WHERE due_on <= {(library.day - _EPOCH).days} AND suspended = 0 {_PLACE}"
        tell("search 'is:due' / bare SQL", browsed("is:due"), floor(due), _BROWSE_GOAL, 15)
        for name, ask in (
            ("everything", lambda: library.progress(period_days=365)),
            ("one deck", lambda: library.progress(library.deck_names()[0], period_days=365)),
            ("as of 60 days ago", lambda: library.progress(as_of=library.day - timedelta(days=60))),
        ):
            tell(
                f"progress of a year, {name} / bare SQL on the log",
                lambda ask=ask: timed(ask),  # type: ignore[misc]
                lambda: timed(lambda: [bare.execute(sql).fetchall() for sql in (_LOG, _HOURS, *_CARDS)]),
                _PROGRESS_GOAL,
                3,
            )
        tagged = parse_query("tag:topic1")
        tell("progress of a tag / of everything, bare", lambda: timed(lambda: library.progress(query=tagged)),
             lambda: timed(lambda: bare.execute(_LOG).fetchall()), 1.0, 3)  # fmt: skip
        in_terminal(path, flashrls, tell, lambda: floor(f"SELECT pk FROM card {_PLACE}")())


def in_terminal(path: Path, flashrls: str, tell: Tell, floor: Callable[[], float]) -> None:
    """From a key to the painted answer, against the same floor."""

    def first_page() -> float:
        with Terminal([flashrls, "--db", str(path)]) as terminal:
            terminal.wait(lambda text: "All decks" in text)
            terminal.settle(QUIET_S)
            pressed = terminal.press("/")
            return terminal.wait(lambda text: "100,1" in text and "›" in text) - pressed

    def letter() -> float:
        with Terminal([flashrls, "--db", str(path)]) as terminal:
            terminal.wait(lambda text: "All decks" in text)
            terminal.settle(QUIET_S)
            terminal.press("/")
            terminal.wait(lambda text: "100,1" in text)
            terminal.settle(QUIET_S)
            pressed = terminal.press("9")
            return terminal.wait(lambda text: "100,1" not in text and " cards" in text) - pressed

    def progress() -> float:
        with Terminal([flashrls, "--db", str(path)]) as terminal:
            terminal.wait(lambda text: "All decks" in text)
            terminal.settle(QUIET_S)
            pressed = terminal.press("p")
            return terminal.wait(lambda text: "Overview" in text and "passed" in text) - pressed

    for name, measure in (("/ to the first page", first_page), ("a letter to what it finds", letter)):
        tell(f"key: {name} / bare SQL", measure, floor, 5.0, 5)
    tell("key: p to the progress screen / bare SQL", progress, floor, 5.0, 5)


def timed(do: Callable[[], object]) -> float:
    """How long something takes, in seconds."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def _first_page(bare: sqlite3.Connection, sql: str, values: Sequence[str]) -> list[Any]:
    found = bare.execute(sql, values).fetchall()
    return bare.execute(_ROWS.format(", ".join(str(row[0]) for row in found[:40]) or "NULL")).fetchall()

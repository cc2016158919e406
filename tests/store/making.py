"""What the tests of the store are made with: libraries, a clock that can be set, decks, and looks into the file."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flashrls.cards import Deck, Kind, Note
from flashrls.clock import Moment, moment
from flashrls.log import EntryKind
from flashrls.store.library import Library, open_library
from flashrls.store.schema import make
from flashrls.study import StudyCard

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""When the clocks of tests begin: a Monday in March 2026, its study day is the 2nd."""

SCHEDULED, DRILL, PRACTICE = EntryKind.SCHEDULED, EntryKind.DRILL, EntryKind.PRACTICE
SUSPEND, UNSUSPEND = EntryKind.SUSPEND, EntryKind.UNSUSPEND
BURY, RESET, UNDO = EntryKind.BURY, EntryKind.RESET, EntryKind.UNDO

Files = list[tuple[str, Deck | tuple[Any, ...]]]


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> Moment:
        return moment(self.now)

    def forward(self, **ahead: float) -> None:
        """Move the clock, as by `days=1` or `hours=-3`."""
        self.now += timedelta(**ahead)


@cache
def _empty_library() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        make(path)
        with open_library(path):
            pass
        return path.read_bytes()


def make_library(folder: Path, *decks: Deck, name: str = "library.db", clock: FakeClock | None = None) -> Path:
    """Make a library in `folder` that holds the decks, and return its path."""
    path = folder / name
    path.touch(mode=0o600)
    path.write_bytes(_empty_library())
    if decks:
        with open_library(path, clock=clock or FakeClock()) as library:
            bring(library, *decks)
    return path


def bring(library: Library, *decks: Deck) -> None:
    """Import the decks; a fault is the test's mistake."""
    plan = library.import_decks(told(*decks))
    assert plan.faults == 0, plan


def told(*decks: Deck) -> Files:
    """The decks as an import takes them, each from a file named by its id."""
    return [(f"{deck.key}.md", deck) for deck in decks]


def basic(question: str, answer: str = "Antwort", key: str | None = None, **more: Any) -> Note:
    """A note that makes one card."""
    return Note(key, Kind.BASIC, question, answer, **more)


def both_ways(question: str, answer: str = "Antwort", key: str | None = None, **more: Any) -> Note:
    """A note that makes two cards."""
    return Note(key, Kind.REVERSED, question, answer, **more)


def gaps(text: str, key: str | None = None, **more: Any) -> Note:
    """A cloze note; its numbers must be written out."""
    return Note(key, Kind.CLOZE, text, "", **more)


def deck_of(*notes: Note, name: str = "Meer", key: str = "meer") -> Deck:
    return Deck(name, key, notes)


def numbered(count: int, *, name: str = "Meer", key: str = "meer", prefix: str = "k") -> Deck:
    """A deck of `count` notes called k1, k2…, that ask Frage 1, Frage 2…"""
    return deck_of(*(basic(f"Frage {n}", key=f"{prefix}{n}") for n in range(1, count + 1)), name=name, key=key)


def shown(library: Library, name: str) -> StudyCard:
    """The card of that id as it stands now."""
    return library.card(name).card


def grade(library: Library, name: str, grade: int, kind: EntryKind = SCHEDULED, **times: int) -> StudyCard:
    """Grade the card of that id as it stands now."""
    return library.grade(shown(library, name), kind, grade, **times)


def asked(library: Library, deck: str | None = None) -> list[tuple[str, str]]:
    """What is left to ask today: ids and kinds in order."""
    turns = library.session(deck).turns
    cards = library.cards([turn.card for turn in turns])
    return [(card.id, turn.kind.value) for card, turn in zip(cards, turns, strict=True)]


def asked_ids(library: Library, deck: str | None = None) -> list[str]:
    """The ids of what is left to ask today, in order."""
    return [card for card, _ in asked(library, deck)]


def digest(path: Path) -> str:
    """The file's content in short; only for files that nothing has open."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def beside(path: Path) -> list[str]:
    """The names of the other files in the path's folder."""
    return sorted(other.name for other in path.parent.iterdir() if other != path)


def rows(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the file with a connection that has nothing to do with the program."""
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        return connection.execute(sql, values).fetchall()


TABLES = ("deck", "document", "note", "anchor", "card", "review", "edit", "daily", "hourly", "setting")


def dump(path: Path, tables: Sequence[str] = TABLES) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables."""
    return {table: sorted(rows(path, f"SELECT * FROM {table}"), key=repr) for table in tables}


_COUNTED = """
    WITH line AS (
        SELECT review.*, card.deck_pk AS deck,
               lag(review.interval_days) OVER (PARTITION BY card_pk ORDER BY review.pk) AS held
        FROM review JOIN card ON card.pk = card_pk
    )
    SELECT study_day, deck, grade,
           sum(kind = 'scheduled' AND held IS NULL),
           sum(kind = 'scheduled' AND held IS NOT NULL AND held < 21),
           sum(kind = 'scheduled' AND held IS NOT NULL AND held >= 21),
           sum(kind = 'drill'), sum(kind = 'practice'),
           sum(min(coalesce(reveal_ms, 0) + coalesce(grade_ms, 0), 60000))
    FROM line
    WHERE grade IS NOT NULL AND id NOT IN (
        SELECT undoes FROM review AS undo
        WHERE undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM review AS redo WHERE redo.undoes = undo.id)
    )
    GROUP BY study_day, deck, grade ORDER BY study_day, deck, grade
"""


_HOURS = """
    WITH line AS (
        SELECT review.*, card.deck_pk AS deck,
               lag(review.interval_days) OVER (PARTITION BY card_pk ORDER BY review.pk) AS held
        FROM review JOIN card ON card.pk = card_pk
    )
    SELECT study_day, deck, CAST(strftime('%H', at_ms / 1000 + utc_offset_s, 'unixepoch') AS INTEGER) AS hour,
           count(*), sum(kind = 'scheduled' AND held IS NOT NULL),
           sum(kind = 'scheduled' AND held IS NOT NULL AND grade >= 3)
    FROM line
    WHERE grade IS NOT NULL AND id NOT IN (
        SELECT undoes FROM review AS undo
        WHERE undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM review AS redo WHERE redo.undoes = undo.id)
    )
    GROUP BY study_day, deck, hour ORDER BY study_day, deck, hour
"""


def recounted(path: Path) -> list[tuple[int, ...]]:
    """The day's counts, counted from the log by its audit columns; nothing of the program takes part."""
    return rows(path, _COUNTED)


def counted(path: Path) -> list[tuple[int, ...]]:
    """The day's counts as they are stored."""
    return rows(path, "SELECT * FROM daily ORDER BY study_day, deck_pk, grade")


def check_caches(path: Path, library: Library) -> None:
    """Every stored state is the fold of the card's log, and every day's counts are what the log says."""
    refs = [ref for (ref,) in rows(path, "SELECT pk FROM card ORDER BY pk")]
    for card in library.cards(refs):
        assert card.state == library.refold(card.ref), card.id
    assert counted(path) == recounted(path)
    assert rows(path, "SELECT * FROM hourly ORDER BY study_day, deck_pk, hour") == rows(path, _HOURS)
    check_words(path)


def check_words(path: Path) -> None:
    """The index of words holds what the notes hold, and nothing waits to be indexed."""
    assert rows(path, "SELECT * FROM note_changed") == []
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        connection.execute("INSERT INTO note_index (note_index, rank) VALUES ('integrity-check', 1)")

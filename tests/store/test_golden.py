"""Libraries that older releases wrote must open, be upgraded, and say the same as when they were written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from flashrls.log import NEW
from flashrls.store.library import open_library
from flashrls.store.schema import APPLICATION_ID, FORMAT, format_of
from tests.store.making import SCHEDULED, FakeClock, asked, check_caches, dump, grade, rows, shown

GOLDEN = sorted((Path(__file__).parent / "golden").glob("format-*.sql"))
ON_THE_TENTH = datetime(2026, 3, 10, 9, 0, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture(params=GOLDEN, ids=[golden.stem for golden in GOLDEN])
def golden(request: pytest.FixtureRequest, place: Path) -> Path:
    """A library of an older format as a file; the dumps don't hold the two numbers of the header."""
    source: Path = request.param
    path = place / "library.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(source.read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {source.stem.removeprefix('format-')}")
    return path


def test_every_format_so_far_has_a_library() -> None:
    assert [golden.stem for golden in GOLDEN] == [f"format-{number}" for number in range(1, FORMAT + 1)]


def test_an_old_library_opens_and_its_log_gives_the_stored_states(golden: Path) -> None:
    with open_library(golden, clock=FakeClock(ON_THE_TENTH)) as library:
        check_caches(golden, library)
    assert format_of(golden) == FORMAT
    assert rows(golden, "PRAGMA integrity_check") == [("ok",)]
    assert rows(golden, "PRAGMA foreign_key_check") == []


def test_an_old_library_still_says_what_it_said(golden: Path) -> None:
    with open_library(golden, clock=FakeClock(ON_THE_TENTH)) as library:
        today = library.today()
        assert [(deck.name, deck.cards, deck.seen, deck.due, deck.suspended) for deck in today.decks] == [
            ("Meer", 7, 4, 4, 1),
            ("Wald::Pilze", 2, 0, 0, 0),
        ]
        assert asked(library) == [
            ("salz#1", "scheduled"),
            ("graben", "scheduled"),
            ("kanal", "scheduled"),
            ("wald/kanal", "scheduled"),
            ("n-c30ed6e0a7f9", "scheduled"),
        ]
        states = {name: shown(library, name).state for name in ("kanal", "graben", "salz#1", "fern", "wald/kanal")}
    assert {name: (s.schedule and s.schedule.interval_days, s.reviews, s.lapses) for name, s in states.items()} == {
        "kanal": (6, 2, 0),
        "graben": (1, 3, 2),
        "salz#1": (1, 1, 0),
        "fern": (None, 0, 0),
        "wald/kanal": (None, 0, 0),
    }
    assert states["wald/kanal"] == NEW


def test_an_old_library_goes_on(golden: Path) -> None:
    before = dump(golden, ["review"])["review"]
    with open_library(golden, clock=FakeClock(ON_THE_TENTH)) as library:
        grade(library, "kanal", 4, SCHEDULED)
        assert shown(library, "kanal").state.schedule
        library.undo()
        check_caches(golden, library)
        assert len(library.log_of(shown(library, "kanal").ref)) == 6
    after = [line[: len(before[0])] for line in dump(golden, ["review"])["review"]]  # upgrades add columns
    assert set(before) < set(after)


def test_a_library_with_a_document_still_shows_the_passage(golden: Path) -> None:
    if (format_of(golden) or 0) < 2:
        pytest.skip("documents came with format 2")
    with open_library(golden, clock=FakeClock(ON_THE_TENTH)) as library:
        passages = library.passages(shown(library, "kanal").note_ref)
        assert passages.finder is not None
        (found,) = passages.placed
        assert found.place is not None
        assert passages.finder.words(found.place) == "174 … tief"
        (view,) = library.sources("Meer")
        assert [section.title for section in view.finder.outline.sections] == ["Das Meer", "Tiefe", "Salz"]
        assert [cover.skipped for cover in view.coverage.sentences][-1] == "nichts zu lernen"

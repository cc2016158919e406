"""What a grown library's counts and cards say is what its log adds up to."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from flashrls.log import NEW, CardState, Entry, EntryKind, step, tally_of
from flashrls.store.days import day_of
from flashrls.store.library import open_library
from tests.bench.growing import grow, study_years
from tests.bench.lives import Life, Line, diary, outcome_of
from tests.store.making import FakeClock, basic, check_caches, deck_of, make_library, rows

END = date(2026, 11, 22)
REVIEWS = 2_000

Counts = dict[tuple[int, ...], Counter[str]]


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifty cards and two thousand answers."""
    return _studied(tmp_path_factory.mktemp("grown"))


def _studied(folder: Path) -> Path:
    notes = (basic(f"Which number comes after {n}?", str(n + 1), key=f"n{n}", tags=("tag1",)) for n in range(25))
    path = make_library(folder, deck_of(*notes, name="Bench", key="bench"))
    grow(path, 50, due=5)
    study_years(path, reviews=REVIEWS, end=END)
    return path


def _counted(path: Path) -> tuple[Counts, Counts]:
    """The counts of days and hours, from folding the log entry by entry."""
    daily: Counts = {}
    hourly: Counts = {}
    states: dict[int, CardState] = {}
    for card, deck, kind, at_ms, offset_s, day, grade, ms in rows(
        path,
        "SELECT card_pk, deck_pk, kind, at_ms, utc_offset_s, study_day, grade, reveal_ms + grade_ms "
        "FROM review JOIN card ON card.pk = card_pk ORDER BY review.pk",
    ):
        entry = Entry("", "", EntryKind(kind), at_ms, offset_s, day_of(day), grade)
        state = states.get(card, NEW)
        tally = tally_of(state, entry)
        assert tally is not None
        daily.setdefault((day, deck, grade), Counter()).update({tally: 1, "milliseconds": min(ms, 60_000)})
        hour = datetime.fromtimestamp(at_ms / 1000 + offset_s, UTC).hour
        is_review = tally in ("young", "mature")
        told = {"answers": 1, "reviews": int(is_review), "passes": int(is_review and grade >= 3)}
        hourly.setdefault((day, deck, hour), Counter()).update(told)
        states[card] = step(state, entry)
    return daily, hourly


def _stored(path: Path, table: str) -> Counts:
    """The rows of a table of counts, whose first three columns are the key."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        found = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
    return {tuple(row.values())[:3]: Counter(dict(list(row.items())[3:])) for row in found}


def test_the_counts_of_days_and_hours_are_what_the_log_adds_up_to(studied: Path) -> None:
    daily, hourly = _counted(studied)
    assert _stored(studied, "daily") == daily
    assert _stored(studied, "hourly") == hourly
    assert sum(count["answers"] for count in hourly.values()) == REVIEWS


def test_cards_and_days_are_the_fold_of_the_log(studied: Path) -> None:
    """The stored states by the program's own fold, the days' counts by the log's audit columns."""
    with open_library(studied, clock=FakeClock(datetime(2026, 11, 23, 12, tzinfo=UTC))) as library:
        check_caches(studied, library)
        assert library.session().turns


def test_each_card_ends_with_its_newest_entry_and_its_outcome(studied: Path) -> None:
    wrong = rows(
        studied,
        "SELECT card.pk FROM card JOIN review ON review.pk = (SELECT max(pk) FROM review WHERE card_pk = card.pk) "
        "WHERE last_entry <> id OR card.due_on <> review.due_on OR card.ease <> review.ease",
    )
    assert wrong == []
    assert rows(studied, "SELECT count(*) FROM card WHERE (last_entry IS NULL) <> (due_on IS NULL)") == [(0,)]


def test_the_log_is_in_order_and_within_its_days(studied: Path) -> None:
    log = rows(studied, "SELECT at_ms, study_day FROM review ORDER BY pk")
    assert [at_ms for at_ms, _ in log] == sorted(at_ms for at_ms, _ in log)
    first, last = (min(day for _, day in log), max(day for _, day in log))
    assert date(2025, 11, 23) <= day_of(first) <= day_of(last) <= END


def test_all_kinds_of_answers_and_hours_are_there(studied: Path) -> None:
    kinds = dict(rows(studied, "SELECT kind, count(*) FROM review GROUP BY 1"))
    assert set(kinds) == {"scheduled", "drill", "practice"}
    hours = {hour for (hour,) in rows(studied, "SELECT DISTINCT hour FROM hourly")}
    assert {0, 1, 7, 8, 19, 20} <= hours


def test_notes_are_spread_over_decks_with_their_cards(studied: Path) -> None:
    decks = rows(studied, "SELECT name FROM deck WHERE pk IN (SELECT deck_pk FROM note)")
    assert len(decks) > 5
    assert rows(studied, "SELECT count(*) FROM card JOIN note ON note.pk = note_pk "
                "WHERE card.deck_pk <> note.deck_pk") == [(0,)]  # fmt: skip
    assert rows(studied, "SELECT count(*) FROM note WHERE tags LIKE '%topic%' AND section <> ''") == [(50,)]


def test_one_library_gives_one_log(studied: Path, tmp_path: Path) -> None:
    log = "SELECT id, card_pk, at_ms, grade FROM review ORDER BY pk"
    assert rows(_studied(tmp_path), log) == rows(studied, log)


def test_a_second_log_is_refused_and_nothing_changes(studied: Path) -> None:
    before = rows(studied, "SELECT * FROM card")
    with pytest.raises(ValueError, match="log already"):
        study_years(studied, reviews=10, end=END)
    assert rows(studied, "SELECT * FROM card") == before


def test_more_entries_than_fit_are_refused_and_nothing_changes(tmp_path: Path) -> None:
    path = make_library(tmp_path, deck_of(basic("Which?"), name="Bench", key="bench"))
    with pytest.raises(ValueError, match="don't fit"):
        study_years(path, reviews=1_000, days=10, end=END)
    assert rows(path, "SELECT count(*) FROM deck") == [(1,)]


def test_a_life_goes_on_by_sm2_and_only_on_open_days() -> None:
    chance = Random(5)
    book = diary(365, END, chance)
    life = Life(chance, book, 0.2)
    days = [line.study_day for line in life.lines]
    assert days == sorted(days)
    assert not book.off.intersection(days)
    scheduled = [line for line in life.lines if line.kind == "scheduled"]
    assert all(later.study_day >= sooner.due_on for sooner, later in pairwise(scheduled))


@pytest.mark.parametrize(
    ("drilled", "drill_on"), [((), 100), ((2,), 100), ((2, 4), None)], ids=["not begun", "failed again", "done"]
)
def test_a_drill_that_was_left_stays_with_the_card(drilled: tuple[int, ...], drill_on: int | None) -> None:
    graded = [("scheduled", 2), *(("drill", grade) for grade in drilled)]
    lines = [Line(kind, at, 0, 100, grade, 1, 1, 218, 0, 1, 101) for at, (kind, grade) in enumerate(graded)]
    assert outcome_of(lines) == (218, 0, 1, 101, 1, 1, 100, drill_on)

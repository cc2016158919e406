"""A played year is one that somebody could have studied, and the same whenever it is played."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from flashrls.store.library import open_library
from tests.learner import AGAIN, EASY, GOOD, HARD, Learner, Trace
from tests.store.making import FakeClock, check_caches, rows
from tests.year import AWAY, HOME, Watch, Year, a_year, sittings

DAYS, END = 40, date(2026, 11, 22)
_LOG = "SELECT id, card_pk, kind, at_ms, study_day, grade, reveal_ms FROM review ORDER BY pk"
_WALL = "(at_ms + utc_offset_s * 1000) / 1000"

Played = tuple[Path, Year]


@pytest.fixture(scope="module")
def forty_days(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Forty days that end after Berlin's clocks were set back."""
    path = tmp_path_factory.mktemp("year") / "library.db"
    return path, a_year(path, days=DAYS, end=END)


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., Path]:
    def play(**wanted: int) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.db"
        a_year(path, end=END, **wanted)
        return path

    return play


def test_one_seed_gives_one_log(forty_days: Played, play: Callable[..., Path]) -> None:
    """Ids and grades of all entries are the same when the days are played again."""
    log = rows(forty_days[0], _LOG)
    assert len(log) > 100
    assert rows(play(days=DAYS), _LOG) == log


def test_another_seed_gives_another_log(play: Callable[..., Path]) -> None:
    assert rows(play(days=5, seed=1), _LOG) != rows(play(days=5, seed=2), _LOG)


def test_the_caches_are_the_fold_of_what_was_played(forty_days: Played) -> None:
    path, _ = forty_days
    with open_library(path, clock=FakeClock(datetime(2026, 11, 23, 12, tzinfo=UTC))) as library:
        check_caches(path, library)


def test_nights_before_four_count_for_the_day_before(forty_days: Played) -> None:
    nights = rows(
        forty_days[0],
        f"SELECT {_WALL} / 86400 - study_day, {_WALL} / 3600 % 24 < 4, count(*) FROM review GROUP BY 1, 2",
    )
    assert {(later, is_night) for later, is_night, _ in nights} == {(0, 0), (1, 1)}


def test_the_log_never_runs_backwards_and_ends_on_the_last_day(forty_days: Played) -> None:
    log = rows(forty_days[0], "SELECT at_ms, study_day FROM review ORDER BY pk")
    assert log == sorted(log)
    assert date.fromordinal(log[-1][1] + date(1970, 1, 1).toordinal()) <= END


def test_the_summary_is_what_the_log_tells(forty_days: Played) -> None:
    path, year = forty_days
    ((days, answers),) = rows(
        path,
        "SELECT count(DISTINCT study_day), count(*) FROM review WHERE grade IS NOT NULL "
        "AND id NOT IN (SELECT undoes FROM review WHERE undoes IS NOT NULL)",
    )
    assert (year.days, year.answers) == (days, answers)
    assert 0 < year.passes <= year.reviews < year.answers
    assert 20 < year.days < DAYS, "some days are left out"


def test_both_winter_and_summer_time_are_in_the_log(forty_days: Played) -> None:
    offsets = rows(forty_days[0], "SELECT DISTINCT utc_offset_s / 3600 FROM review ORDER BY 1")
    assert offsets == [(1,), (2,)]


def test_nobody_studies_on_holiday_or_in_the_air() -> None:
    days = [date(2026, 2, 5), date(2026, 2, 16), *(date(2026, 7, day) for day in range(18, 32))]
    chance = Random(1)
    assert not any(sittings(day, chance) for day in days for _ in range(20))


def test_abroad_the_clock_on_the_wall_is_the_one_there() -> None:
    chance = Random(1)
    starts = [sitting.start for _ in range(20) for sitting in sittings(date(2026, 2, 10), chance)]
    assert starts
    assert {start.tzinfo for start in starts} == {AWAY}
    assert {start.utcoffset() for start in starts} == {datetime(2026, 2, 10, tzinfo=AWAY).utcoffset()}


def test_a_watch_never_shows_an_earlier_instant() -> None:
    watch = Watch(datetime(2026, 3, 2, 12, tzinfo=HOME))
    watch.put(datetime(2026, 3, 2, 12, tzinfo=AWAY))
    assert watch.instant == datetime(2026, 3, 2, 11, 1, tzinfo=UTC)


def test_a_library_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        a_year(path, days=1)
    assert path.read_text() == "mine"


def test_memory_fades_to_nine_in_ten_at_its_firmness() -> None:
    trace = Trace(10.0, date(2026, 3, 1))
    assert trace.recall(date(2026, 3, 1)) == 1.0
    assert trace.recall(date(2026, 3, 11)) == pytest.approx(0.9)
    assert trace.recall(date(2026, 5, 30)) == pytest.approx(0.5)


def test_a_learner_presses_the_four_buttons_and_mostly_good() -> None:
    learner = Learner(3)
    day = date(2026, 3, 1)
    grades = [learner.grade(f"card {number}", day) for number in range(400)]
    assert set(grades) == {AGAIN, HARD, GOOD, EASY}
    assert grades.count(GOOD) > 200
    assert all(sum(learner.times_ms()) >= 3_000 for _ in range(400))

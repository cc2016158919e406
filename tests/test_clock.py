"""Moments and study days: both clock changes, travel, every zone, and the system's clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from freezegun import freeze_time

from flashrls.clock import Moment, moment, system_clock, ticks_ms, zoned_clock

HOUR_MS = 3_600_000
QUARTER = timedelta(minutes=15)


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        pytest.skip(f"the system's time zone data has no {name}")


def berlin(month: int, day: int, hour: int, minute: int, *, fold: int = 0) -> Moment:
    return moment(datetime(2026, month, day, hour, minute, tzinfo=zone("Europe/Berlin"), fold=fold))


@pytest.fixture
def system_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Sets the zone of the process, and puts the old one back."""

    def use(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield use
    monkeypatch.undo()
    time.tzset()


def test_an_instant_keeps_its_milliseconds_and_its_offset() -> None:
    instant = datetime(2026, 3, 29, 4, 30, 0, 123_999, tzinfo=timezone(timedelta(hours=2)))
    assert moment(instant) == Moment(1_774_751_400_123, 7_200)


def test_an_instant_before_1970_is_counted_backwards() -> None:
    assert moment(datetime(1969, 12, 31, 23, 59, 59, 500, tzinfo=UTC)) == Moment(-1_000, 0)


def test_a_moment_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Moment(0, 0).at_ms = 1  # type: ignore[misc]


def test_the_wall_clock_is_ahead_of_utc_in_the_east_and_behind_in_the_west() -> None:
    assert Moment(0, 7_200).wall_clock == datetime(1970, 1, 1, 2, 0)  # noqa: DTZ001
    assert Moment(0, -16_200).wall_clock == datetime(1969, 12, 31, 19, 30)  # noqa: DTZ001


def test_a_datetime_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a moment needs a datetime with a time zone$"):
        moment(datetime(2026, 3, 29, 4, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("hour", "minute", "study_day"),
    [
        (23, 30, date(2026, 7, 14)),
        (0, 0, date(2026, 7, 13)),
        (3, 59, date(2026, 7, 13)),
        (4, 0, date(2026, 7, 14)),
    ],
)
def test_the_study_day_begins_at_four(hour: int, minute: int, study_day: date) -> None:
    assert moment(datetime(2026, 7, 14, hour, minute, tzinfo=UTC)).study_day() == study_day


def test_the_last_millisecond_before_four_is_still_yesterday() -> None:
    assert Moment(4 * HOUR_MS - 1, 0).study_day() == date(1969, 12, 31)
    assert Moment(4 * HOUR_MS, 0).study_day() == date(1970, 1, 1)


@pytest.mark.parametrize(
    ("rollover_hour", "hour", "study_day"),
    [
        (0, 0, date(2026, 7, 14)),
        (6, 5, date(2026, 7, 13)),
        (23, 22, date(2026, 7, 13)),
        (23, 23, date(2026, 7, 14)),
    ],
)
def test_another_rollover_hour_begins_the_study_day_then(rollover_hour: int, hour: int, study_day: date) -> None:
    assert moment(datetime(2026, 7, 14, hour, 30, tzinfo=UTC)).study_day(rollover_hour) == study_day


def test_the_day_clocks_go_forward_begins_at_four_on_the_wall() -> None:
    """Four hours before 04:30 summer time is 23:30 of the day before: subtracting hours would be wrong."""
    assert berlin(3, 29, 4, 30).study_day() == date(2026, 3, 29)
    assert berlin(3, 29, 4, 0).study_day() == date(2026, 3, 29)
    assert berlin(3, 29, 3, 30).study_day() == date(2026, 3, 28)
    assert berlin(3, 29, 1, 59).study_day() == date(2026, 3, 28)


def test_the_day_clocks_go_back_begins_at_four_on_the_wall() -> None:
    """Four hours before 03:30 winter time is 00:30 of the same day: subtracting hours would be wrong."""
    assert berlin(10, 25, 3, 30).study_day() == date(2026, 10, 24)
    assert berlin(10, 25, 4, 0).study_day() == date(2026, 10, 25)


def test_both_passes_of_a_repeated_hour_belong_to_the_day_before() -> None:
    first, second = berlin(10, 25, 2, 30), berlin(10, 25, 2, 30, fold=1)
    assert second.at_ms - first.at_ms == HOUR_MS
    assert (first.study_day(), second.study_day()) == (date(2026, 10, 24), date(2026, 10, 24))


def test_the_same_instant_is_another_study_day_in_tokyo_than_in_new_york() -> None:
    instant = datetime(2026, 7, 14, 20, 0, tzinfo=UTC)
    tokyo, new_york = (
        moment(instant.astimezone(zone("Asia/Tokyo"))),
        moment(instant.astimezone(zone("America/New_York"))),
    )
    assert tokyo.at_ms == new_york.at_ms
    assert (tokyo.study_day(), new_york.study_day()) == (date(2026, 7, 15), date(2026, 7, 14))


def test_travel_does_not_rewrite_a_moment(system_zone: Callable[[str], None]) -> None:
    system_zone("Asia/Tokyo")
    with freeze_time("2026-07-14 20:00:00"):
        in_tokyo = system_clock()
    system_zone("America/New_York")
    assert (in_tokyo.wall_clock, in_tokyo.study_day()) == (
        datetime(2026, 7, 15, 5, 0),  # noqa: DTZ001
        date(2026, 7, 15),
    )


def test_a_skipped_calendar_day_is_a_study_day_of_four_hours() -> None:
    """Samoa had no 2011-12-30: after 23:59 of the 29th came 00:00 of the 31st."""
    apia = zone("Pacific/Apia")
    midnight = datetime(2011, 12, 31, 0, 0, tzinfo=apia).astimezone(UTC)
    study_days = [
        moment((midnight + timedelta(minutes=minutes)).astimezone(apia)).study_day()
        for minutes in (-1, 0, 239, 240)
    ]
    assert study_days == [date(2011, 12, 29), date(2011, 12, 30), date(2011, 12, 30), date(2011, 12, 31)]


def test_a_clock_set_back_across_the_rollover_goes_back_to_the_day_before() -> None:
    """At the Troll station 03:00 becomes 01:00, so a study day that begins at two begins twice."""
    troll = zone("Antarctica/Troll")
    change = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    study_days = [
        moment((change + timedelta(minutes=minutes)).astimezone(troll)).study_day(2)
        for minutes in (-61, -60, -1, 0, 59, 60)
    ]
    assert study_days == [date(2026, 10, day) for day in (24, 25, 25, 24, 24, 25)]


def stretches(region: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Stretches of 2026 to walk through: three days of spring, and three around each change of the offset."""
    midnights = [datetime(2026, 1, 2, tzinfo=UTC) + timedelta(days=n) for n in range(362)]
    offsets = [midnight.astimezone(region).utcoffset() for midnight in midnights]
    changed = [n for n in range(1, 362) if offsets[n] != offsets[n - 1]]
    starts = [midnights[n - 1] - timedelta(days=1) for n in changed] + [datetime(2026, 5, 4, tzinfo=UTC)]
    return [(start, start + timedelta(days=3)) for start in starts]


def test_in_every_zone_the_study_day_is_the_date_on_the_wall_less_a_day_before_four() -> None:
    """Walked by quarter hours; in 2026 every zone also has exactly one rollover a day, at four on the wall."""
    names = sorted(available_timezones())
    if not names:
        pytest.skip("the system has no time zone data")
    wrong: list[tuple[str, datetime]] = []
    for name in names:
        region = ZoneInfo(name)
        for start, end in stretches(region):
            instant, last = start, None
            while instant < end:
                wall = instant.astimezone(region)
                study_day = moment(wall).study_day()
                if study_day.toordinal() != wall.toordinal() - (wall.hour < 4):
                    wrong.append((name, wall))
                if (
                    last is not None
                    and study_day != last
                    and (study_day.toordinal() - last.toordinal(), wall.hour) != (1, 4)
                ):
                    wrong.append((name, wall))
                last, instant = study_day, instant + QUARTER
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "utc_offset_s", "wall_clock", "study_day"),
    [
        ("UTC", 0, datetime(2026, 3, 29, 2, 30), date(2026, 3, 28)),  # noqa: DTZ001
        ("Europe/Berlin", 7_200, datetime(2026, 3, 29, 4, 30), date(2026, 3, 29)),  # noqa: DTZ001
        ("Asia/Kolkata", 19_800, datetime(2026, 3, 29, 8, 0), date(2026, 3, 29)),  # noqa: DTZ001
        ("America/New_York", -14_400, datetime(2026, 3, 28, 22, 30), date(2026, 3, 28)),  # noqa: DTZ001
    ],
)
def test_the_system_clock_gives_the_frozen_instant_in_the_systems_zone(
    system_zone: Callable[[str], None], name: str, utc_offset_s: int, wall_clock: datetime, study_day: date
) -> None:
    zone(name)
    system_zone(name)
    with freeze_time("2026-03-29 02:30:00.250"):
        now = system_clock()
    assert now == Moment(1_774_751_400_250, utc_offset_s)
    assert now.wall_clock == wall_clock + timedelta(milliseconds=250)
    assert now.study_day() == study_day


@pytest.mark.parametrize(
    ("tz_offset", "wall_clock", "study_day"),
    [
        (2, datetime(2026, 3, 29, 4, 30), date(2026, 3, 29)),  # noqa: DTZ001
        (-5, datetime(2026, 3, 28, 21, 30), date(2026, 3, 28)),  # noqa: DTZ001
    ],
)
def test_a_frozen_offset_shows_on_the_wall(
    system_zone: Callable[[str], None], tz_offset: int, wall_clock: datetime, study_day: date
) -> None:
    """Only the wall clock: freezegun's `tz_offset` also shifts an aware `now`, so the instant is its, not ours."""
    system_zone("UTC")
    with freeze_time("2026-03-29 02:30:00", tz_offset=tz_offset):
        now = system_clock()
    assert (now.wall_clock, now.study_day()) == (wall_clock, study_day)


def test_the_system_clock_moves_with_time(system_zone: Callable[[str], None]) -> None:
    system_zone("UTC")
    with freeze_time("2026-03-29 03:59:59") as frozen:
        before = system_clock()
        frozen.tick(timedelta(seconds=1))
        after = system_clock()
    assert after.at_ms - before.at_ms == 1_000
    assert (before.study_day(), after.study_day()) == (date(2026, 3, 28), date(2026, 3, 29))


def test_the_system_clock_agrees_with_the_systems_own_seconds(system_zone: Callable[[str], None]) -> None:
    """Not frozen: the real clock and the real offset."""
    zone("Asia/Kolkata")
    system_zone("Asia/Kolkata")
    earliest = time.time_ns() // 1_000_000
    now = system_clock()
    latest = time.time_ns() // 1_000_000
    assert earliest <= now.at_ms <= latest
    assert now.utc_offset_s == 19_800


def test_the_clock_of_a_zone_shows_the_instant_on_its_wall() -> None:
    zone("Asia/Kathmandu")
    with freeze_time("2026-03-02 20:00"):
        there = zoned_clock("Asia/Kathmandu")()
    assert there.at_ms == 1_772_481_600_000
    assert there.wall_clock == datetime(2026, 3, 3, 1, 45)  # noqa: DTZ001


def test_the_clock_of_no_zone_is_the_systems() -> None:
    assert zoned_clock("") is system_clock


@pytest.mark.parametrize("name", ["Berlin", "Europe", "../UTC", "/etc/localtime", "x\0y", "y" * 5000])
def test_an_unknown_zone_has_no_clock(name: str) -> None:
    with pytest.raises(ValueError):
        zoned_clock(name)


def test_durations_come_from_a_clock_that_setting_the_time_does_not_move(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 0.0)
    monkeypatch.setattr(time, "monotonic_ns", lambda: 4_999_999_999_999)
    assert ticks_ms() == 4_999_999


@pytest.mark.parametrize("at_ms", [253_402_300_799_999, 10**17, 10**25])
def test_a_clock_past_the_calendar_stays_at_its_last_day(at_ms: int) -> None:
    late = Moment(at_ms, 50_400)
    assert late.wall_clock == datetime.max  # noqa: DTZ901
    assert late.study_day() == date.max


@pytest.mark.parametrize("at_ms", [-62_135_596_800_000, -(10**17), -(10**25)])
def test_a_clock_before_the_calendar_stays_at_its_first_day(at_ms: int) -> None:
    early = Moment(at_ms, -50_400)
    assert early.wall_clock == datetime.min  # noqa: DTZ901
    assert early.study_day() == date.min

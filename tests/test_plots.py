"""Charts as lines of text: what stands where, and that nothing is wider or higher than there is room."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.plots import (
    Series,
    Tick,
    bars,
    bars_by_day,
    bars_by_ease,
    bars_by_hour,
    days_per_bar,
    heat_map,
    interval_bins,
    named_bars,
)

MONDAY = date(2025, 11, 24)


def days(count: int, first: date = MONDAY) -> list[date]:
    return [first + timedelta(days=at) for at in range(count)]


def columns(lines: list[str]) -> list[str]:
    """The bars of a chart from left to right, each from below; the axes are left out."""
    corner = next(line for line in lines if "└" in line or "0+" in line)
    left = corner.index("└" if "└" in corner else "+") + 1
    above = [line[left:].ljust(len(corner) - left) for line in lines[: lines.index(corner)]]
    return ["".join(cells)[::-1].rstrip() for cells in zip(*above, strict=True)]


def test_bars_stand_on_their_axis_in_proportion() -> None:
    drawn = bars([Series("cards", (4, 2, 0, 1))], [Tick(0, "a"), Tick(2, "c")], 6, 6)
    assert drawn == [
        "4┤█",
        " │█",
        "2┤██",
        " │██ █",
        "0└┬─┬─",
        "  a c",
    ]


def test_a_single_bar_is_drawn_to_an_eighth_of_a_row() -> None:
    assert columns(bars([Series("cards", (8, 7, 3, 1))], [], 6, 4)) == ["██", "█▆", "▆", "▂"]


def test_parts_of_a_bar_are_told_apart_by_characters_and_named_below() -> None:
    drawn = bars([Series("reviews", (2, 0)), Series("new", (1, 2)), Series("drill", (1, 0))], [], 40, 7)
    assert columns(drawn)[0] == "██▒░"
    assert "▒▒" in columns(drawn)
    assert drawn[-1] == "█ reviews  ▒ new  ░ drill"


def test_what_happened_once_is_seen_beside_what_happened_often() -> None:
    alone = bars([Series("cards", (2_000_000, 1, 0))], [], 20, 8)
    assert columns(alone)[0] == "██████"
    assert "▁" in columns(alone)
    stacked = bars([Series("reviews", (1_000, 1, 0)), Series("new", (0, 2, 0))], [], 20, 8)
    assert [column for column in columns(stacked) if column] == ["█████"] * 3 + ["▒"] * 3


def test_small_parts_make_no_bar_higher_than_it_is() -> None:
    """600 + 10 + 10 on an axis to 800, five rows high: the parts end at 3.75, 3.81 and 3.88 rows."""
    stacked = bars([Series("reviews", (600,)), Series("new", (10,)), Series("drill", (10,))], [], 20, 8)
    assert columns(stacked)[0] == "████"


@pytest.mark.parametrize(
    ("most", "labels"),
    [
        (1, {"1"}),
        (3, {"4", "2"}),
        (9, {"10", "5"}),
        (130, {"160", "80"}),
        (2_000_000, {"2M", "1M"}),
        (9_999, {"10k", "5,000"}),
    ],
)
def test_the_left_axis_counts_in_whole_numbers(most: int, labels: set[str]) -> None:
    drawn = bars([Series("cards", (float(most),))], [], 30, 8)
    assert {line.split("┤")[0].strip() for line in drawn if "┤" in line} == labels


def test_days_without_answers_leave_the_axis_empty() -> None:
    drawn = bars_by_day(days(30), [Series("answers", (0.0,) * 30)], 60, 8)
    assert not "".join(columns(drawn))
    assert drawn[-1].split() == ["24", "Nov", "1", "Dec", "8", "Dec", "15", "Dec"]


def test_nothing_to_show_is_no_line() -> None:
    assert bars([], [], 60, 8) == []
    assert bars_by_day([], [Series("answers", ())], 60, 8) == []
    assert bars_by_ease([], 60, 8) == []
    assert named_bars([], 60) == []
    assert heat_map([(MONDAY, 0)], 60) == []


def test_one_day_is_one_bar() -> None:
    drawn = bars_by_day([MONDAY], [Series("answers", (5.0,))], 60, 8)
    assert drawn[-1].split() == ["24", "Nov"]
    assert [column for column in columns(drawn) if column] == ["█████"] * 3  # 5 of 6, six rows high


def test_more_days_than_fit_are_added_up_and_the_last_bar_is_whole() -> None:
    """A year at 60 cells: a bar a week, 52 whole weeks and a first day."""
    values = tuple(1.0 if at == 0 else 2.0 for at in range(365))
    assert days_per_bar(365, 60) == 7
    drawn = columns(bars_by_day(days(365), [Series("answers", values)], 60, 10))
    assert len(drawn) == 53
    assert drawn[0] == "▄"  # 1 of 14 answers, on an axis to 16 of eight rows
    assert set(drawn[1:]) == {"███████"}


def test_labels_stay_with_their_days_where_a_bar_is_two_of_them() -> None:
    """Sixty days at 60 cells are thirty bars of one cell; a label every eight bars, sixteen days, has room."""
    drawn = bars_by_day(days(60), [Series("answers", (1.0,) * 60)], 60, 8)
    assert days_per_bar(60, 60) == 2
    assert drawn[-1].split() == ["24", "Nov", "10", "Dec", "26", "Dec", "11", "Jan"]


def test_months_name_the_weeks_of_a_year() -> None:
    drawn = bars_by_day(days(365), [Series("answers", (1.0,) * 365)], 60, 8)
    assert drawn[-1].split() == ["Dec", "2026", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]


def test_today_is_named_at_the_end_and_at_the_beginning() -> None:
    """Its name begins below its bar or, where there is no room for that, ends at the right edge; the mark stays."""
    values = Series("answers", (1.0,) * 30)
    drawn = bars_by_day(days(30), [values], 36, 6, today=MONDAY + timedelta(days=29))
    assert drawn[-1] == "  24 Nov 1 Dec  8 Dec      today"
    assert drawn[-2] == "0└┬──────┬──────┬──────────────┬"
    drawn = bars_by_day(days(30), [values], 36, 6, today=MONDAY)
    assert drawn[-1] == "  today  1 Dec  8 Dec  15 Dec"
    assert "today" in bars_by_day([MONDAY], [Series("answers", (5.0,))], 60, 8, today=MONDAY)[-1]


def test_hours_begin_at_midnight() -> None:
    drawn = bars_by_hour([Series("answers", tuple(9.0 if hour == 6 else 0.0 for hour in range(24)))], 60, 8)
    assert drawn[-1].split() == ["0", "3", "6", "9", "12", "15", "18", "21"]
    axis, bar = drawn[-2], drawn[-3]
    ticks = [at for at, mark in enumerate(axis) if mark == "┬"]
    assert bar.index("█") == ticks[2]


def test_eases_are_counted_by_tenths() -> None:
    drawn = bars_by_ease([(130, 1), (139, 1), (150, 4)], 60, 6)
    assert [column for column in columns(drawn) if column] == ["██"] * 3 + ["████"] * 3
    assert drawn[-1].split() == ["1.3", "1.5"]


def test_intervals_fall_into_days_weeks_and_months() -> None:
    pairs = [(1, 1), (2, 2), (3, 3), (7, 4), (8, 5), (30, 6), (31, 7), (91, 8), (92, 9), (365, 10), (366, 11)]
    assert interval_bins(pairs) == [
        ("1 day", 1),
        ("2–3 days", 5),
        ("4–7 days", 4),
        ("8–14 days", 5),
        ("15–30 days", 6),
        ("1–3 months", 15),
        ("3–12 months", 19),
        ("> 1 year", 11),
    ]


def test_named_bars_lie_beside_their_numbers() -> None:
    assert named_bars([("Again", 1), ("Good", 4), ("Easy", 0)], 16) == [
        "Again  1  ██",
        "Good   4  ██████",
        "Easy   0",
    ]


def test_a_map_of_the_year_puts_every_day_into_its_week_and_weekday() -> None:
    year = [(day, 0) for day in days(363)]  # up to Saturday, 21 November 2026
    year[17] = (MONDAY + timedelta(days=17), 4)  # a Thursday of the third week
    year[18] = (MONDAY + timedelta(days=18), 1)
    year[24] = (MONDAY + timedelta(days=24), 2)
    year[25] = (MONDAY + timedelta(days=25), 3)
    drawn = heat_map(year, 60)
    assert [line[:3] for line in drawn[1:8]] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert drawn[4][:10] == "Thu   █▒··"
    assert drawn[5][:10] == "Fri   ░▓··"
    assert drawn[1][:10] == "Mon    ···"  # nothing before the first answer
    assert [len(line) for line in drawn[1:8]] == [56, 56, 56, 56, 56, 56, 55]  # no Sunday in the last week
    assert drawn[8].split() == ["·", "0", "░", "1", "▒", "2", "▓", "3", "█", "4", "answers"]


def test_days_without_answers_are_told_from_days_before_the_first_ever() -> None:
    year = [(day, int(at == 20)) for at, day in enumerate(days(28))]
    assert [line[4:] for line in heat_map(year, 60)[1:8]] == ["   ·"] * 6 + ["  █·"]
    long_ago = heat_map(year, 60, first=date(2020, 1, 1))[1:8]
    assert [line[4:] for line in long_ago] == ["····"] * 6 + ["··█·"]
    assert [line[4:] for line in heat_map(year, 60, first=MONDAY + timedelta(days=7))[1:8]] == [" ···"] * 6 + [
        " ·█·"
    ]


def test_a_month_stands_above_the_week_of_its_first_day() -> None:
    drawn = heat_map([(day, 1) for day in days(365)], 60)
    week = (date(2026, 3, 1) - MONDAY).days // 7
    assert drawn[0][4 + week :].startswith("Mar")
    assert drawn[0].split()[0] == "Dec"


def test_a_narrow_map_shows_the_newest_weeks() -> None:
    year = [(day, 1 + (at >= 371 - 7)) for at, day in enumerate(days(371))]
    drawn = heat_map(year, 30)
    assert max(map(len, drawn)) <= 30
    assert len(drawn[1]) == 30
    assert drawn[1][-1] == "█"


plain = st.floats(min_value=0, max_value=5_000_000).map(lambda value: float(round(value)))


@given(st.lists(st.tuples(plain, plain, plain), min_size=1, max_size=400), st.integers(24, 120), st.integers(5, 20))
@settings(max_examples=40, deadline=None)
def test_a_chart_keeps_to_its_room(values: list[tuple[float, float, float]], width: int, height: int) -> None:
    series = [Series(name, row) for name, row in zip(("a", "b", "c"), zip(*values, strict=True), strict=True)]
    for only_ascii in (False, True):
        drawn = bars_by_day(days(len(values)), series, width, height, only_ascii=only_ascii)
        assert len(drawn) == height
        assert max(map(len, drawn)) <= width
        assert "".join(drawn).isascii() or not only_ascii


@given(st.lists(st.integers(0, 50), min_size=3, max_size=40))
@settings(max_examples=40, deadline=None)
def test_a_bar_is_there_exactly_where_something_happened(values: list[int]) -> None:
    drawn = columns(bars([Series("cards", tuple(map(float, values)))], [], len(values) + 4, 8))
    assert [bool(column) for column in drawn[: len(values)]] == [value > 0 for value in values]
    assert not any(drawn[len(values) :])


@given(st.lists(st.integers(0, 2_000_000), min_size=1, max_size=371), st.integers(20, 100))
@settings(max_examples=60, deadline=None)
def test_a_map_keeps_to_its_width_and_is_ascii_where_asked(answers: list[int], width: int) -> None:
    drawn = heat_map(list(zip(days(len(answers)), answers, strict=True)), width, only_ascii=True)
    assert len(drawn) == (9 if any(answers) else 0)
    assert all(len(line) <= width and line.isascii() for line in drawn)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=371))
@settings(max_examples=60, deadline=None)
def test_more_answers_are_never_a_lighter_shade(answers: list[int]) -> None:
    drawn = heat_map(list(zip(days(len(answers)), answers, strict=True)), 60)
    shades = {}
    for at, count in enumerate(answers):
        line = drawn[1 + at % 7] if drawn else ""
        shades[count] = line[4 + at // 7 : 5 + at // 7].strip()
    levels = [" ·░▒▓█".index(shades[count] or " ") for count in sorted(shades) if count]
    assert levels == sorted(levels)
    assert not levels or levels[-1] == 5


def test_charts_are_drawn_where_plotext_cannot_do_without_what_is_left_out() -> None:
    """In a process of its own; what stands for the manual stands for something that is needed here."""
    draw = "print('\\n'.join(canvas.drawn([canvas.Part('#', range(1), range(1))], [], {2: '2'}, 3, 2)))"
    code = f"from flashrls.plots import canvas; canvas._MANUAL = 'plotext._primitives.pixel'; {draw}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [line.rstrip() for line in done.stdout.splitlines()[:3]] == ["2┤", " │#", "0└───"]


def test_charts_drawn_on_several_threads_do_not_mix() -> None:
    wanted = {value: bars([Series("cards", (value, 1.0))], [], 20, 6) for value in (1.0, 4.0, 40.0)}
    wrong: list[float] = []

    def draw(value: float) -> None:
        drawn = [bars([Series("cards", (value, 1.0))], [], 20, 6) for _ in range(20)]
        wrong.extend(value for lines in drawn if lines != wanted[value])

    threads = [threading.Thread(target=draw, args=(value,)) for value in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong

"""Progress over real logs: every figure reckoned by hand, and the laws by which parts make the whole."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.errors import NothingToRedo, NothingToUndo
from flashrls.log import EntryKind
from flashrls.progress import CardCounts, DayTotals, Grade, Hour, Leech, Progress, Rest, Totals
from flashrls.query import parse_query
from flashrls.settings import DeckLimits
from flashrls.stats import Rate
from flashrls.store.figures import progress
from flashrls.store.glance import glancing
from flashrls.store.library import Library, open_library
from flashrls.store.today import settings as stored_settings
from tests.store.making import (
    BURY,
    DRILL,
    PRACTICE,
    RESET,
    SCHEDULED,
    SUSPEND,
    UNSUSPEND,
    FakeClock,
    basic,
    bring,
    deck_of,
    grade,
    make_library,
    numbered,
    shown,
)

law = settings(deadline=None, max_examples=25)
KEEP = EntryKind.KEEP
DAY = date(2026, 3, 2)
EVERYTHING = parse_query("")


def at(clock: FakeClock, month: int, day: int, hour: int, minute: int = 0) -> None:
    clock.now = datetime(2026, month, day, hour, minute, tzinfo=UTC)


def mark(library: Library, name: str, kind: EntryKind) -> None:
    library.mark([shown(library, name).ref], kind)


def parts_of(library: Library, part: str) -> dict[int, int]:
    """The days ahead on which the forecast has any of a part, and how many."""
    told = library.progress().forecast
    return {ahead: count for ahead, coming in enumerate(told) if (count := getattr(coming, part))}


@pytest.fixture
def path(place: Path) -> Path:
    """The file of a library with four cards in one deck and two in another."""
    return make_library(place, numbered(4), numbered(2, name="Berg", key="berg", prefix="b"))


@pytest.fixture
def studied(library: Library, clock: FakeClock) -> Library:
    """The log that the tests below reckon with, and the clock on 2 May, 12:00."""
    grade(library, "k1", 4, reveal_ms=3_000, grade_ms=1_000)  # 2 March, 12:00
    grade(library, "k2", 2, reveal_ms=50_000, grade_ms=20_000)  # counts as 60 s
    grade(library, "k2", 4, DRILL, reveal_ms=2_000)
    grade(library, "b1", 5)
    at(clock, 3, 2, 14)
    grade(library, "k3", 4, reveal_ms=1_000)
    library.undo()
    library.redo()
    at(clock, 3, 3, 9)
    grade(library, "k1", 4, reveal_ms=5_000)
    grade(library, "b1", 1, grade_ms=2_000)
    grade(library, "b1", 3, DRILL, reveal_ms=1_000)
    grade(library, "k3", 3, reveal_ms=9_000)
    library.undo()
    at(clock, 3, 4, 9)
    grade(library, "k1", 5, PRACTICE, reveal_ms=500)
    mark(library, "k4", SUSPEND)
    at(clock, 3, 6, 9)
    mark(library, "k2", RESET)
    grade(library, "k2", 4)
    grade(library, "b1", 4)
    at(clock, 3, 9, 9)
    grade(library, "k1", 4)  # interval 6, then 15
    at(clock, 3, 24, 9)
    grade(library, "k1", 4)  # interval 15, then 38
    at(clock, 5, 1, 23, 30)
    grade(library, "k1", 2, reveal_ms=7_000)  # interval 38: mature
    at(clock, 5, 2, 1, 30)
    grade(library, "b1", 4)  # before 4 in the morning: still 1 May
    at(clock, 5, 2, 12)
    return library


def test_totals_of_the_period_are_those_of_what_still_counts(studied: Library) -> None:
    """New: k1, k2, b1, k3 (undone and redone), k2 again after its reset.

    Young: k1 three times (intervals 1, 6, 15), b1 three times, failed once; k3's second answer was undone.
    Time: 4 + 60 + 2 + 0 + 1, 5 + 2 + 1, 0.5, 7 seconds.
    """
    told = studied.progress(period_days=90)
    assert (told.day, told.is_now, told.since) == (date(2026, 5, 2), True, date(2026, 3, 2))
    assert told.period == Totals(
        answers=15, new=5, young=6, mature=1, young_passes=5, drilled=2, practised=1, milliseconds=82_500
    )
    assert (told.young, told.mature, told.retention) == (Rate(5, 6), Rate(0, 1), Rate(5, 7))
    assert told.today == Totals()


def test_every_day_of_the_period_is_told_from_the_first_answer_on(studied: Library) -> None:
    """From 2 March to 2 May: 30 + 30 + 2 days."""
    told = studied.progress(period_days=90)
    assert [day.day for day in told.days] == [date(2026, 3, 2) + timedelta(days=n) for n in range(62)]
    assert [day for day in told.days if day.totals.answers] == [
        DayTotals(date(2026, 3, 2), Totals(answers=5, new=4, drilled=1, milliseconds=67_000)),
        DayTotals(date(2026, 3, 3), Totals(answers=3, young=2, young_passes=1, drilled=1, milliseconds=8_000)),
        DayTotals(date(2026, 3, 4), Totals(answers=1, practised=1, milliseconds=500)),
        DayTotals(date(2026, 3, 6), Totals(answers=2, new=1, young=1, young_passes=1)),
        DayTotals(date(2026, 3, 9), Totals(answers=1, young=1, young_passes=1)),
        DayTotals(date(2026, 3, 24), Totals(answers=1, young=1, young_passes=1)),
        DayTotals(date(2026, 5, 1), Totals(answers=2, young=1, mature=1, young_passes=1, milliseconds=7_000)),
    ]


def test_the_year_begins_on_the_monday_52_weeks_before_this_weeks(studied: Library) -> None:
    """2 May 2026 is a Saturday; its Monday is 27 April, and 364 days before that is 28 April 2025."""
    year = studied.progress().year
    assert (year[0], year[-1], len(year)) == ((date(2025, 4, 28), 0), (date(2026, 5, 2), 0), 52 * 7 + 6)
    assert {day.isoformat()[5:]: answers for day, answers in year if answers} == {
        "03-02": 5, "03-03": 3, "03-04": 1, "03-06": 2, "03-09": 1, "03-24": 1, "05-01": 2,
    }  # fmt: skip


def test_the_streak_ends_yesterday_while_today_has_no_answer(studied: Library) -> None:
    """1 May alone; the longest are 2, 3 and 4 March, the last of them with practice only."""
    told = studied.progress()
    assert (told.streak, told.longest_streak) == (1, 3)


def test_hours_are_the_clocks_and_count_reviews_of_cards_seen_before(studied: Library) -> None:
    """At 9: three on 3 March (a drill, two reviews, one passed), practice, a new card and four reviews passed.

    At 12 four on 2 March, at 14 the redone one, at 23 and 1 those of 1 May.
    """
    hours = studied.progress(period_days=90).hours
    assert [hour.hour for hour in hours] == list(range(24))
    assert [hour for hour in hours if hour.answers] == [
        Hour(1, 1, 1, 1), Hour(9, 8, 5, 4), Hour(12, 4, 0, 0), Hour(14, 1, 0, 0), Hour(23, 1, 1, 0),
    ]  # fmt: skip


def test_grades_are_told_by_what_was_asked_and_practice_counts_nowhere(studied: Library) -> None:
    assert studied.progress(period_days=90).grades == (
        Grade(0, 0, 0, 0, 0),
        Grade(1, 0, 1, 0, 0),  # b1 on 3 March
        Grade(2, 1, 0, 1, 0),  # k2 new, k1 mature
        Grade(3, 0, 0, 0, 1),  # b1's drill
        Grade(4, 3, 5, 0, 1),  # k1, k3 and k2 new; k1 three times, b1 twice; k2's drill
        Grade(5, 1, 0, 0, 0),  # b1 new
    )


def test_cards_stand_where_the_log_left_them(studied: Library) -> None:
    """Intervals: k1, k2 and k3 one day, b1 six. Eases: b1 250 + 10 - 54, k1 250 - 32, k2 and k3 250."""
    told = studied.progress()
    assert told.cards == CardCounts(new=1, young=4, suspended=1)
    assert told.intervals == ((1, 3), (6, 1))
    assert told.eases == ((206, 1), (218, 1), (250, 2))


def test_the_forecast_answers_everything_good(studied: Library) -> None:
    """Day 0 is 2 May. k1 (no repetition): 0, 1, 7, 7 + 6 x 2.18 up = 21. k2 and k3 (one): 0, 6, 21.

    b1 (two, six days, due on 7 May): 5, 5 + 6 x 2.06 up = 18. b2 is new: 0, then 1, 7, 22.
    """
    assert parts_of(studied, "due") == {0: 3, 1: 1, 5: 1, 6: 2, 7: 1, 18: 1, 21: 3}
    assert parts_of(studied, "returning") == {1: 1, 7: 1, 22: 1}
    assert parts_of(studied, "new") == {0: 1}
    assert [coming.day for coming in studied.progress().forecast] == [
        date(2026, 5, 2) + timedelta(days=ahead) for ahead in range(30)
    ]


def test_the_rest_takes_the_learners_pace(studied: Library) -> None:
    """Two answers in 30 days took 7 s, so one takes 3.5 s; b2 is introduced today."""
    told = studied.progress()
    assert told.answer_ms == 3_500
    assert told.rest == (Rest("Berg", 1, 1, date(2026, 5, 2), 3_500),)


def test_a_deck_is_told_alone(studied: Library) -> None:
    """b1: new, young failed, drilled, young, young."""
    told = studied.progress("Berg", period_days=90)
    assert told.period == Totals(answers=5, new=1, young=3, young_passes=2, drilled=1, milliseconds=3_000)
    assert (told.cards, told.intervals) == (CardCounts(new=1, young=1), ((6, 1),))


def test_a_query_is_told_from_the_log_of_what_it_finds(studied: Library) -> None:
    """k2: new and failed, drilled; reset; new and passed."""
    told = studied.progress(query=parse_query("id:k2"), period_days=90)
    assert told.period == Totals(answers=3, new=2, drilled=1, milliseconds=62_000)
    assert told.cards == CardCounts(young=1)


def test_a_query_within_a_deck_finds_what_both_hold(studied: Library) -> None:
    assert studied.progress("Berg", parse_query("is:young")).cards == CardCounts(young=1)


def test_as_of_an_earlier_day_only_what_was_in_the_log_counts(studied: Library) -> None:
    """At the end of 3 March: k4 not suspended yet, k2 not reset; k1 due on the 9th, b1 on the 4th.

    k2 and k3 are due; k2, which has no repetition, is back with b1 on the next day, k3 in six.
    """
    told = studied.progress(as_of=date(2026, 3, 3))
    assert (told.day, told.is_now, told.since) == (date(2026, 3, 3), False, date(2026, 3, 2))
    assert told.today == Totals(answers=3, young=2, young_passes=1, drilled=1, milliseconds=8_000)
    assert told.period == Totals(answers=8, new=4, young=2, young_passes=1, drilled=2, milliseconds=75_000)
    assert told.cards == CardCounts(new=2, young=4)
    assert told.intervals == ((1, 3), (6, 1))
    assert told.eases == ((206, 1), (218, 1), (250, 2))
    assert (told.streak, told.longest_streak, told.answer_ms) == (2, 2, 75_000 // 8)
    assert [(c.due, c.returning, c.new) for c in told.forecast[:2]] == [(2, 0, 2), (2, 2, 0)]


def test_an_undo_of_a_later_day_is_not_known_yet(library: Library, clock: FakeClock) -> None:
    grade(library, "k1", 4)
    clock.forward(days=1)
    library.undo()
    assert library.progress(as_of=DAY).today == Totals(answers=1, new=1)
    assert library.progress(as_of=DAY).cards == CardCounts(new=5, young=1)
    assert library.progress(as_of=DAY).forecast[0].new == 5
    assert library.progress().period == Totals()
    assert library.progress().cards == CardCounts(new=6)


def test_a_redo_of_a_later_day_is_not_known_yet_either(library: Library, clock: FakeClock) -> None:
    grade(library, "k1", 4, reveal_ms=1_000)
    grade(library, "k2", 4, reveal_ms=2_000)
    library.undo()
    clock.forward(days=1)
    library.redo()
    told = library.progress(as_of=DAY)
    assert told.today == told.period == Totals(answers=1, new=1, milliseconds=1_000)
    assert [hour for hour in told.hours if hour.answers] == [Hour(12, 1, 0, 0)]
    assert (told.cards, told.streak) == (CardCounts(new=5, young=1), 1)
    assert library.progress().period == Totals(answers=2, new=2, milliseconds=3_000)


def test_a_day_whose_answers_were_all_undone_later_was_studied_until_then(
    library: Library, clock: FakeClock
) -> None:
    """2 March in full; of 3 March a failed review, a drill, and a reset, all of them taken back on the 4th."""
    grade(library, "k1", 4)
    clock.forward(days=1)
    grade(library, "k1", 1, reveal_ms=4_000)
    grade(library, "k1", 4, DRILL, reveal_ms=1_000)
    mark(library, "k1", RESET)
    clock.forward(days=1)
    for _ in range(3):
        library.undo()
    told = library.progress(as_of=DAY + timedelta(days=1))
    assert told.today == Totals(answers=2, young=1, drilled=1, milliseconds=5_000)
    assert (told.streak, told.cards) == (2, CardCounts(new=6))
    assert told.year[-2:] == ((DAY, 1), (DAY + timedelta(days=1), 2))
    assert [told.grades[1], told.grades[4]] == [Grade(1, 0, 1, 0, 0), Grade(4, 1, 0, 0, 1)]
    now = library.progress()
    assert (now.period, now.streak, now.cards) == (Totals(answers=1, new=1), 0, CardCounts(new=5, young=1))
    assert library.progress("Berg", as_of=DAY).period == Totals()


def test_what_a_day_had_used_of_its_limits_is_told_as_it_was(path: Path, clock: FakeClock) -> None:
    """Berg: one of two new cards a day, and that came before its answer was undone on the next day."""
    with open_library(path, clock=clock, chosen={"decks": (DeckLimits("Berg", new_per_day=1),)}) as library:
        grade(library, "b1", 4)
        clock.forward(days=1)
        library.undo()
        assert [coming.new for coming in library.progress("Berg", as_of=DAY).forecast[:3]] == [0, 1, 0]
        assert [coming.new for coming in library.progress("Berg").forecast[:3]] == [1, 1, 0]


def test_a_card_that_was_moved_later_counts_where_it_is_now(library: Library, clock: FakeClock) -> None:
    grade(library, "k1", 4)
    grade(library, "b1", 4)
    clock.forward(days=1)
    library.move([shown(library, "k1").note_ref], "Berg")
    assert library.progress("Meer", as_of=DAY).period == Totals()
    told = library.progress("Berg", as_of=DAY)
    assert (told.period, told.cards) == (Totals(answers=2, new=2), CardCounts(new=1, young=2))
    for _ in range(3):
        library.undo()
    assert library.progress("Meer", as_of=DAY).period == Totals(answers=1, new=1)
    assert library.progress("Berg", as_of=DAY).period == Totals(answers=1, new=1)
    assert library.progress().period == Totals()


def test_several_entries_a_day_leave_the_card_where_the_last_one_did(library: Library, clock: FakeClock) -> None:
    """Failed, drilled, suspended, unsuspended, suspended, and that undone; on the next day suspended again."""
    grade(library, "k1", 1)
    grade(library, "k1", 4, DRILL)
    for kind in (SUSPEND, UNSUSPEND, SUSPEND):
        mark(library, "k1", kind)
    library.undo()
    clock.forward(days=1)
    mark(library, "k1", SUSPEND)
    clock.forward(days=1)
    told = library.progress(as_of=DAY)
    assert (told.cards, told.intervals, told.eases) == (CardCounts(new=5, young=1), ((1, 1),), ((196, 1),))
    assert library.progress(as_of=DAY + timedelta(days=1)).cards == CardCounts(new=5, suspended=1)


def test_notes_that_came_later_are_not_there_yet(library: Library, clock: FakeClock) -> None:
    grade(library, "k1", 4)
    clock.forward(days=3)
    bring(library, numbered(2, name="Tal", key="tal", prefix="t"))
    assert library.progress(as_of=DAY).cards == CardCounts(new=5, young=1)
    assert library.progress().cards == CardCounts(new=7, young=1)


def lapse(library: Library, clock: FakeClock, name: str, times: int) -> None:
    for _ in range(times):
        grade(library, name, 1)
        clock.forward(days=1)


def test_leeches_are_told_with_the_lapses_they_had(library: Library, clock: FakeClock) -> None:
    """Eight lapses on the eight days from 2 March; one that is kept is none until it has lapsed four times more."""
    lapse(library, clock, "k1", 8)
    lapse(library, clock, "b1", 9)
    mark(library, "k1", KEEP)
    assert library.progress().leeches == (Leech("b1", "Frage 1", "Berg", 9),)
    assert library.progress().leech_count == 1
    both = library.progress(as_of=DAY + timedelta(days=15))
    assert both.leeches == (Leech("k1", "Frage 1", "Meer", 8), Leech("b1", "Frage 1", "Berg", 8))
    assert both.leech_count == 2
    assert library.progress(as_of=DAY + timedelta(days=6)).leech_count == 0
    mark(library, "b1", SUSPEND)
    assert library.progress().leech_count == 0


def test_an_empty_library_has_nothing_to_tell(place: Path, clock: FakeClock) -> None:
    with open_library(make_library(place, name="empty.db"), clock=clock) as library:
        told = library.progress()
        assert (told.period, told.cards, told.rest, told.leeches) == (Totals(), CardCounts(), (), ())
        assert (told.streak, told.longest_streak, told.answer_ms) == (0, 0, None)
        assert (told.retention.share, told.intervals, told.eases) == (None, (), ())
        assert (len(told.days), len(told.forecast), len(told.hours)) == (1, 30, 24)
        assert told == library.progress(query=EVERYTHING)
        assert library.progress(as_of=DAY - timedelta(days=1)).cards == CardCounts()


def test_one_review_alone_is_too_few_for_a_rate(library: Library) -> None:
    grade(library, "k1", 4)
    told = library.progress()
    assert (told.period.answers, told.streak, told.retention.share) == (1, 1, None)


def test_a_year_without_reviews_leaves_the_longest_streak(library: Library, clock: FakeClock) -> None:
    grade(library, "k1", 4)
    clock.forward(days=1)
    grade(library, "k1", 4)
    clock.forward(days=400)
    told = library.progress()
    assert (told.streak, told.longest_streak, told.answer_ms) == (0, 2, None)
    assert sum(answers for _, answers in told.year) == 0
    assert told.rest[0].milliseconds is None
    assert (told.forecast[0].due, told.forecast[0].new) == (1, 5)


def test_a_clock_set_back_neither_loses_answers_nor_foretells_them(library: Library, clock: FakeClock) -> None:
    """Answers of 12 March, then the clock is back on the 2nd: they lie ahead, and count once it is the 12th."""
    clock.forward(days=10)
    grade(library, "k1", 4)
    clock.forward(days=-10)
    grade(library, "k2", 4)
    assert library.progress().period == Totals(answers=1, new=1)
    assert (library.progress().streak, library.progress().cards.young) == (1, 2)
    clock.forward(days=10)
    assert library.progress().period == Totals(answers=2, new=2)
    assert library.progress(query=EVERYTHING).period == Totals(answers=2, new=2)
    assert library.progress(as_of=DAY).period == Totals(answers=1, new=1)
    assert library.progress(as_of=DAY).cards == CardCounts(new=5, young=1)


def test_the_state_before_an_answer_is_the_logs_whatever_days_its_clock_showed(
    library: Library, clock: FakeClock
) -> None:
    """k1 is introduced on the 12th, then the clock goes back, and it is reviewed on the 2nd."""
    clock.forward(days=10)
    grade(library, "k1", 4)
    clock.forward(days=-10)
    grade(library, "k1", 4)
    reviewed = Totals(answers=1, young=1, young_passes=1)
    assert library.progress().period == library.progress(query=parse_query("k1")).period == reviewed


def test_a_journey_does_not_break_a_streak(library: Library, clock: FakeClock) -> None:
    """From UTC+13 to UTC-10 and back: study days are the dates where the learner is."""
    for day, offset in ((2, 13), (3, 13), (4, -10), (5, -10), (6, 13)):
        clock.now = datetime(2026, 3, day, 12, tzinfo=timezone(timedelta(hours=offset)))
        grade(library, f"k{1 + day % 3}", 4)
    assert (library.progress().streak, library.progress().longest_streak) == (5, 5)
    assert [hour for hour in library.progress().hours if hour.answers] == [Hour(12, 5, 2, 2)]


def test_a_limit_of_a_deck_slows_its_rest(path: Path, clock: FakeClock) -> None:
    """Meer: one of four a day, and it had one today; Berg: both today."""
    limits = (DeckLimits("Meer", new_per_day=1),)
    with open_library(path, clock=clock, chosen={"decks": limits}) as library:
        grade(library, "k1", 4, reveal_ms=1_000)
        told = library.progress()
        assert [(rest.deck, rest.new, rest.days) for rest in told.rest] == [("Meer", 3, 4), ("Berg", 2, 1)]
        assert [coming.new for coming in told.forecast[:5]] == [2, 1, 1, 1, 0]
        clock.forward(days=1)
        assert library.progress(as_of=DAY) == replace(told, is_now=False)


def test_a_draft_is_counted_as_such_on_an_earlier_day_too(library: Library, clock: FakeClock) -> None:
    bring(library, deck_of(basic("Entwurf", draft=True), name="D", key="d"))
    grade(library, "k1", 4)
    assert library.progress().cards == CardCounts(new=5, young=1, draft=1)
    clock.forward(days=1)
    assert library.progress(as_of=DAY).cards == CardCounts(new=5, young=1, draft=1)


def test_it_runs_without_sqlalchemy(studied: Library, path: Path) -> None:
    with glancing(path) as ask:
        assert ask is not None
        limits = stored_settings(ask)
        assert progress(ask, None, studied.day, 30, limits, studied.day) == studied.progress()
        then = date(2026, 3, 4)
        assert progress(ask, None, then, 7, limits, studied.day) == studied.progress(period_days=7, as_of=then)


# ---- laws ----

NAMES = ("k1", "k2", "k3", "b1", "b2")
Deed = Callable[[Library, FakeClock], None]


def answering(name: str, given: int, kind: EntryKind, reveal_ms: int | None) -> Deed:
    def deed(library: Library, clock: FakeClock) -> None:
        clock.forward(seconds=30)
        card = shown(library, name)
        if reveal_ms is None:
            library.grade(card, kind, given)
        else:
            library.grade(card, kind, given, reveal_ms=reveal_ms)

    return deed


def marking(name: str, kind: EntryKind) -> Deed:
    return lambda library, _: library.mark([shown(library, name).ref], kind)


def turning(*, redo: bool) -> Deed:
    def deed(library: Library, _: FakeClock) -> None:
        with suppress(NothingToUndo, NothingToRedo):
            library.redo() if redo else library.undo()

    return deed


def waiting(hours: int) -> Deed:
    return lambda _, clock: clock.forward(hours=hours)


names = st.sampled_from(NAMES)
answers = st.builds(
    answering,
    names,
    st.integers(0, 5),
    st.sampled_from((SCHEDULED, SCHEDULED, SCHEDULED, DRILL, PRACTICE)),
    st.none() | st.integers(0, 100_000),
)
deeds = st.lists(
    answers
    | answers
    | st.builds(marking, names, st.sampled_from((SUSPEND, UNSUSPEND, BURY, RESET, KEEP)))
    | st.builds(turning, redo=st.booleans())
    | st.builds(waiting, st.sampled_from((1, 5, 24, 24, 150, 700))),
    max_size=30,
)


@contextmanager
def fresh() -> Iterator[tuple[Library, FakeClock]]:
    clock = FakeClock()
    with tempfile.TemporaryDirectory() as folder:
        decks = numbered(3), numbered(2, name="Berg", key="berg", prefix="b")
        path = make_library(Path(folder), *decks, clock=clock)
        with open_library(path, clock=clock) as library:
            yield library, clock


def summed(*parts: Progress) -> dict[str, object]:
    """What parts of a library add up to: everything that is a sum."""
    intervals, eases = Counter[int](), Counter[int]()
    for part in parts:
        intervals.update(dict(part.intervals))
        eases.update(dict(part.eases))
    return {
        "period": total([part.period for part in parts], Totals),
        "days": {day: total(totals, Totals) for day, totals in by_day(parts).items()},
        "year": [sum(part.year[n][1] for part in parts) for n in range(len(parts[0].year))],
        "hours": [total([replace(part.hours[n], hour=0) for part in parts], Hour) for n in range(24)],
        "grades": [total([replace(part.grades[n], grade=0) for part in parts], Grade) for n in range(6)],
        "cards": total([part.cards for part in parts], CardCounts),
        "intervals": intervals,
        "eases": eases,
        "leeches": sum(part.leech_count for part in parts),
        "coming": [sum(part.forecast[n].total for part in parts) for n in range(30)],
    }


def by_day(parts: Iterable[Progress]) -> dict[date, list[Totals]]:
    """The days with answers: a part's period begins with its own first one."""
    told: dict[date, list[Totals]] = {}
    for day in (day for part in parts for day in part.days if day.totals.answers):
        told.setdefault(day.day, []).append(day.totals)
    return told


def total(values: list[Totals] | list[Hour] | list[Grade] | list[CardCounts], kind: type) -> dict[str, int]:
    return {field.name: sum(getattr(value, field.name) for value in values) for field in fields(kind)}


@law
@given(deeds)
def test_parts_make_the_whole(done: list[Deed]) -> None:
    """Decks, or a query and its negation, are everything; what finds all is everything, as of today is now."""
    with fresh() as (library, clock):
        for deed in done:
            deed(library, clock)
        whole = library.progress()
        assert summed(library.progress("Meer"), library.progress("Berg")) == summed(whole)
        for query in ("is:young", "frage 1", "ease<2.5", "is:suspended or b1"):
            found, left = parse_query(query), parse_query(f"-({query})")
            assert summed(library.progress(query=found), library.progress(query=left)) == summed(whole)
        assert library.progress(query=EVERYTHING) == whole == library.progress(as_of=library.day)
        assert whole.period.answers == sum(day.totals.answers for day in whole.days)
        assert whole.period.answers == sum(hour.answers for hour in whole.hours)
        given_grades = sum(g.new + g.young + g.mature + g.drilled for g in whole.grades)
        assert given_grades == whole.period.answers - whole.period.practised
        assert sum(cards for _, cards in whole.intervals) == whole.cards.young + whole.cards.mature
        assert whole.cards.total == len(NAMES)


@law
@given(deeds)
def test_as_of_a_day_is_what_was_told_at_its_end(done: list[Deed]) -> None:
    scopes = (None, None), ("Berg", None), (None, parse_query("id:k1")), (None, parse_query("-id:b1"))
    with fresh() as (library, clock):
        told: dict[date, tuple[Progress, ...]] = {}
        for deed in done:
            deed(library, clock)
            told[library.day] = tuple(library.progress(*scope) for scope in scopes)
        clock.forward(days=1)
        for day, parts in told.items():
            for scope, part in zip(scopes, parts, strict=True):
                assert library.progress(*scope, as_of=day) == replace(part, is_now=False)

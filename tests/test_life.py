"""A card's life: its story, what the buttons would do, and what the other `lapse_ease` would have made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.life import Life, life_of
from flashrls.log import EntryKind, LogLine, fold
from flashrls.rules import Rules
from flashrls.settings import Settings
from tests.lives import FIRST_DAY, card, entry, logged, reviewed_when_due

CLASSIC = Settings()
LAPSED = [4, 4, 4, 1, 4, 4, 4, 4]
"""The trajectory written out in the specification: 1 6 15 1 1 6 12 24 days, and with "keep" 1 6 15 1 1 6 15 38."""


def life(log: list[LogLine], day: date = date(2026, 4, 20), settings: Settings = CLASSIC) -> Life:
    return life_of(card(), log, settings, day)


def test_the_story_tells_each_entry_with_its_rule_and_what_came_of_it() -> None:
    told = life(reviewed_when_due([4, 4, 5, 2]))
    assert [(one.rule, one.ease, one.interval_days, str(one.due_on)) for one in told.entries] == [
        ("first pass: 1 day", 250, 1, "2026-03-03"),
        ("second pass: 6 days", 250, 6, "2026-03-09"),
        ("6 days x 2.50, rounded up: 15; ease +0.10", 260, 15, "2026-03-24"),
        ("lapse: back to 1 day; ease -0.32", 228, 1, "2026-03-25"),
    ]


def test_what_was_taken_back_counts_no_more_and_tells_what_it_had_done() -> None:
    first, second = entry(0, FIRST_DAY, grade=4), entry(1, date(2026, 3, 3), grade=1)
    log = logged([first, second, entry(2, date(2026, 3, 3), EntryKind.UNDO, undoes="1")])
    told = life(log)
    assert [(one.rule, one.ease, one.interval_days) for one in told.entries] == [
        ("first pass: 1 day", 250, 1),
        ("lapse: back to 1 day; ease -0.54", 196, 1),
        ("undo", 250, 1),
    ]
    assert [one.line.entry.id for one in told.reviews] == ["0"]
    assert (told.state.reviews, told.state.lapses) == (1, 0)
    assert told.what_if is not None and told.what_if.is_same


def test_a_changed_text_names_its_fields_and_a_moved_note_does_not() -> None:
    edited, moved = logged([entry(0, FIRST_DAY, EntryKind.EDIT), entry(1, FIRST_DAY, EntryKind.MOVE)])
    log = [replace(edited, changed=("answer", "tags")), replace(moved, changed=("deck",))]
    assert [one.rule for one in life(log).entries] == ["edited: answer, tags", "moved"]


def test_a_log_that_was_folded_by_other_rules_is_told_by_todays() -> None:
    log = reviewed_when_due([4, 2], Rules(lapse_ease="keep"))
    assert (log[-1].ease, life(log).entries[-1].ease) == (250, 218)


def test_each_button_tells_its_schedule_from_the_day_the_card_is_asked() -> None:
    told = life(reviewed_when_due(LAPSED))
    assert told.asked_on == date(2026, 5, 7)
    outcomes = [(o.button, o.name, o.grade, o.schedule.ease, o.schedule.interval_days) for o in told.outcomes]
    assert outcomes == [
        (1, "Again", 2, 164, 1),
        (2, "Hard", 3, 182, 48),
        (3, "Good", 4, 196, 48),
        (4, "Easy", 5, 206, 48),
    ]
    assert [(str(o.due_on), o.drill) for o in told.outcomes] == [
        ("2026-05-08", True),
        ("2026-06-24", True),
        ("2026-06-24", False),
        ("2026-06-24", False),
    ]


def test_an_overdue_card_counts_from_today() -> None:
    told = life(reviewed_when_due(LAPSED), date(2026, 6, 1))
    assert (told.asked_on, told.outcomes[2].due_on) == (date(2026, 6, 1), date(2026, 7, 19))


def test_all_six_grades_are_buttons_where_they_are_offered() -> None:
    told = life(reviewed_when_due(LAPSED), settings=Settings(grades="sm2"))
    assert [(o.button, o.grade, o.schedule.ease) for o in told.outcomes] == [
        (0, 0, 130),
        (1, 1, 142),
        (2, 2, 164),
        (3, 3, 182),
        (4, 4, 196),
        (5, 5, 206),
    ]


def test_the_longest_interval_moves_the_due_day_alone() -> None:
    told = life(reviewed_when_due(LAPSED), date(2026, 5, 7), Settings(maximum_interval=30))
    good = told.outcomes[2]
    assert (good.schedule.interval_days, good.due_on) == (48, date(2026, 6, 6))


def test_a_new_card_has_buttons_and_nothing_to_ask_what_if_of() -> None:
    told = life([])
    assert (told.asked_on, told.what_if, told.reviews) == (date(2026, 4, 20), None, ())
    assert [(o.schedule.interval_days, o.schedule.ease) for o in told.outcomes] == [
        (1, 218),
        (1, 236),
        (1, 250),
        (1, 260),
    ]


def test_a_card_that_is_new_again_has_nothing_to_ask_what_if_of() -> None:
    log = logged([entry(0, FIRST_DAY, grade=1), entry(1, FIRST_DAY, EntryKind.RESET)])
    assert life(log).what_if is None


@pytest.mark.parametrize(
    ("kind", "grade"), [(EntryKind.BURY, None), (EntryKind.SCHEDULED, 4)], ids=["buried", "reviewed"]
)
def test_a_card_that_had_its_turn_is_asked_tomorrow_at_the_earliest(kind: EntryKind, grade: int | None) -> None:
    assert life(logged([entry(0, FIRST_DAY, kind, grade)]), FIRST_DAY).asked_on == date(2026, 3, 3)


def test_what_if_a_lapse_had_kept_the_ease() -> None:
    other = life(reviewed_when_due(LAPSED)).what_if
    assert other is not None
    assert (other.lapse_ease, other.is_same, other.due_on) == ("keep", False, date(2026, 5, 21))
    assert (other.schedule.ease, other.schedule.interval_days, other.schedule.repetitions) == (250, 38, 4)
    assert [(one.line.entry.id, one.ease, one.interval_days) for one in other.otherwise] == [
        ("3", 250, 1),
        ("4", 250, 1),
        ("5", 250, 6),
        ("6", 250, 15),
        ("7", 250, 38),
    ]


def test_what_if_a_lapse_had_changed_the_ease() -> None:
    keeping = Settings(lapse_ease="keep")
    other = life(reviewed_when_due(LAPSED, keeping.rules), settings=keeping).what_if
    assert other is not None
    # Reviewed on 2026-04-16, when the card that keeps its ease was due: 12 days x 1.96.
    assert (other.lapse_ease, other.schedule.ease, other.schedule.interval_days) == ("change", 196, 24)
    assert other.due_on == date(2026, 5, 10)


grades = st.lists(st.integers(0, 5), min_size=1, max_size=40)
settings_of_all_kinds = st.builds(
    Settings,
    lapse_ease=st.sampled_from(("change", "keep")),
    maximum_interval=st.integers(1, 400),
    fuzz=st.booleans(),
)


@given(st.lists(st.integers(3, 5), min_size=1, max_size=40), settings_of_all_kinds)
def test_without_a_lapse_what_if_is_the_same(passes: list[int], settings: Settings) -> None:
    other = life(reviewed_when_due(passes, settings.rules), settings=settings).what_if
    assert other is not None and other.is_same and not other.otherwise


@given(grades, settings_of_all_kinds)
def test_the_last_entry_tells_the_state_that_the_log_folds_to(given: list[int], settings: Settings) -> None:
    log = reviewed_when_due(given, settings.rules)
    told = life(log, settings=settings)
    assert told.state == fold((line.entry for line in log), settings.rules)
    last = told.entries[-1]
    assert told.state.schedule is not None
    assert (last.ease, last.interval_days, last.due_on) == (
        told.state.schedule.ease,
        told.state.schedule.interval_days,
        told.state.due_on,
    )
    assert [(one.ease, one.interval_days, one.due_on) for one in told.entries] == [
        (line.ease, line.interval_days, line.due_on) for line in log
    ]


@given(grades, settings_of_all_kinds)
def test_what_if_is_the_fold_by_the_other_rule(given: list[int], settings: Settings) -> None:
    log = reviewed_when_due(given, settings.rules)
    other = life(log, settings=settings).what_if
    assert other is not None
    folded = fold((line.entry for line in log), replace(settings.rules, lapse_ease=other.lapse_ease))
    assert (other.schedule, other.due_on) == (folded.schedule, folded.due_on)
    assert other.lapse_ease != settings.lapse_ease


@given(grades, settings_of_all_kinds)
def test_a_button_does_what_it_told(given: list[int], settings: Settings) -> None:
    log = reviewed_when_due(given, settings.rules)
    told = life(log, FIRST_DAY, settings)
    for outcome in told.outcomes:
        pressed = entry(99, told.asked_on, grade=outcome.grade)
        after = fold([*(line.entry for line in log), pressed], settings.rules)
        assert (after.schedule, after.due_on) == (outcome.schedule, outcome.due_on)
        assert (after.drill_on == told.asked_on) == outcome.drill

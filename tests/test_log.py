"""The log: what each entry does to a card's state, undo, order, and ids."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date, timedelta
from functools import reduce
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.log import NEW, CardState, Entry, EntryKind, became_leech, fold, identified, standing, step, tally_of
from flashrls.rules import Rules
from flashrls.sm2 import LapseEase, Schedule, schedule_review

law = settings(deadline=None)
DAY = date(2026, 3, 1)
SCHEDULED, DRILL, PRACTICE = EntryKind.SCHEDULED, EntryKind.DRILL, EntryKind.PRACTICE
UNDO, RESET, BURY = EntryKind.UNDO, EntryKind.RESET, EntryKind.BURY
SUSPEND, UNSUSPEND = EntryKind.SUSPEND, EntryKind.UNSUSPEND
IMPORT_SUSPENDED, IMPORT_UNSUSPENDED = EntryKind.IMPORT_SUSPENDED, EntryKind.IMPORT_UNSUSPENDED
SUSPENSIONS = [SUSPEND, UNSUSPEND, IMPORT_SUSPENDED, IMPORT_UNSUSPENDED]


def entry(
    at: int, kind: EntryKind, grade: int | None = None, *, day: int = 1, undoes: Entry | None = None
) -> Entry:
    """Entry number `at` of a card on the `day`-th of March."""
    study_day = DAY + timedelta(days=day - 1)
    return identified(
        Entry(
            id="",
            card="anker",
            kind=kind,
            at_ms=at,
            utc_offset_s=3_600,
            study_day=study_day,
            grade=grade,
            undoes=undoes.id if undoes else None,
            clock_ms=at,
            device="laptop",
        )
    )


def scheduled(*grades: int) -> list[Entry]:
    """Scheduled reviews with these grades on the 1st, 2nd, 3rd… of March."""
    return [entry(at, SCHEDULED, grade, day=at) for at, grade in enumerate(grades, 1)]


deeds = st.one_of(
    st.tuples(st.sampled_from([SCHEDULED, SCHEDULED, DRILL, PRACTICE]), st.integers(0, 5)),
    st.tuples(st.sampled_from([*SUSPENSIONS, BURY, RESET]), st.none()),
)
readings = st.sampled_from(["change", "keep"])


@st.composite
def logs(draw: st.DrawFn, min_size: int = 0) -> list[Entry]:
    """Logs of one card without undos; several entries may share a study day."""
    told = draw(st.lists(st.tuples(deeds, st.integers(0, 2)), min_size=min_size, max_size=12))
    day, entries = 1, []
    for at, ((kind, grade), days_later) in enumerate(told):
        day += days_later
        entries.append(entry(at, kind, grade, day=day))
    return entries


def test_an_empty_log_is_a_new_card() -> None:
    assert fold([]) == NEW == CardState(None, 0, 0, None, None, False, None)


def test_scheduled_grades_move_the_schedule_and_count_reviews_and_lapses() -> None:
    assert fold(scheduled(4, 4, 4, 1, 5)) == CardState(
        schedule=Schedule(ease=206, repetitions=1, interval_days=1, due_on=date(2026, 3, 6)),
        reviews=5,
        lapses=1,
        reviewed_on=date(2026, 3, 5),
        due_on=date(2026, 3, 6),
    )


def test_one_step_changes_the_ease_on_a_lapse_unless_told_to_keep_it() -> None:
    lapse = entry(10, SCHEDULED, 1, day=2)
    before = fold(scheduled(4))
    assert step(before, lapse).schedule == Schedule(196, 0, 1, date(2026, 3, 3))
    assert step(before, lapse, Rules(lapse_ease="keep")).schedule == Schedule(250, 0, 1, date(2026, 3, 3))


def test_a_kept_ease_is_handed_to_the_scheduler() -> None:
    state = fold(scheduled(4, 4, 4, 1), Rules(lapse_ease="keep"))
    assert state.schedule == Schedule(250, 0, 1, date(2026, 3, 5))


@law
@given(st.lists(st.integers(0, 5), max_size=20), readings)
def test_scheduled_grades_on_days_of_their_own_are_plain_sm2(grades: list[int], lapse_ease: LapseEase) -> None:
    schedule = None
    for day, grade in enumerate(grades):
        schedule = schedule_review(schedule, grade, DAY + timedelta(days=day), lapse_ease=lapse_ease)
    state = fold(scheduled(*grades), Rules(lapse_ease=lapse_ease))
    assert (state.schedule, state.reviews, state.lapses) == (
        schedule,
        len(grades),
        len([grade for grade in grades if grade < 3]),
    )


@law
@given(logs(), readings)
def test_folding_is_taking_one_step_after_another(entries: list[Entry], lapse_ease: LapseEase) -> None:
    step_by_step = reduce(lambda state, one: step(state, one, Rules(lapse_ease=lapse_ease)), entries, NEW)
    assert fold(entries, Rules(lapse_ease=lapse_ease)) == step_by_step


@law
@given(st.data(), logs(min_size=2))
def test_the_order_in_which_entries_arrive_changes_nothing(choice: st.DataObject, entries: list[Entry]) -> None:
    taken_back = entry(100, UNDO, undoes=choice.draw(st.sampled_from(entries)))
    entries = [*entries, taken_back]
    assert fold(choice.draw(st.permutations(entries))) == fold(entries)


@law
@given(st.data(), logs(min_size=1))
def test_an_undone_entry_might_as_well_not_be_there(choice: st.DataObject, entries: list[Entry]) -> None:
    undone = choice.draw(st.sampled_from(entries))
    rest = [one for one in entries if one is not undone]
    assert fold([*entries, entry(100, UNDO, undoes=undone)]) == fold(rest)


@law
@given(st.data(), logs(min_size=1))
def test_undoing_an_undo_brings_the_entry_back(choice: st.DataObject, entries: list[Entry]) -> None:
    undo = entry(100, UNDO, undoes=choice.draw(st.sampled_from(entries)))
    assert fold([*entries, undo, entry(101, UNDO, undoes=undo)]) == fold(entries)


def test_undo_redo_and_undo_again_takes_the_entry_back() -> None:
    first, second = scheduled(4, 1)
    undo = entry(10, UNDO, undoes=second)
    redo = entry(11, UNDO, undoes=undo)
    again = entry(12, UNDO, undoes=redo)
    assert fold([first, second, undo, redo, again]) == fold([first])


def test_an_entry_that_two_machines_undid_stays_undone_when_one_redoes_it() -> None:
    first, second = scheduled(4, 1)
    here, there = entry(10, UNDO, undoes=second), replace(entry(11, UNDO, undoes=second), device="phone")
    assert fold([first, second, here, there, entry(12, UNDO, undoes=here)]) == fold([first])


@law
@given(logs())
def test_undoing_everything_gives_a_new_card(entries: list[Entry]) -> None:
    undos = [entry(100 + at, UNDO, undoes=one) for at, one in enumerate(reversed(entries))]
    assert fold([*entries, *undos]) == NEW


def test_an_undo_of_an_entry_that_is_not_there_changes_nothing() -> None:
    elsewhere = entry(9, SCHEDULED, 0)
    assert fold([*scheduled(4, 4), entry(10, UNDO, undoes=elsewhere)]) == fold(scheduled(4, 4))


def test_an_undo_that_names_nothing_changes_nothing() -> None:
    assert fold([*scheduled(4, 4), entry(10, UNDO)]) == fold(scheduled(4, 4))


def test_undoing_a_reset_brings_the_schedule_back() -> None:
    reset = entry(10, RESET, day=9)
    assert fold([*scheduled(4, 4), reset, entry(11, UNDO, undoes=reset, day=9)]) == fold(scheduled(4, 4))


def test_standing_entries_are_in_order_without_undos_and_the_undone() -> None:
    first, second, third = scheduled(4, 1, 5)
    undo = entry(10, UNDO, undoes=second)
    assert standing([undo, third, second, first]) == [first, third]


@law
@given(logs())
def test_drill_practice_and_burying_change_no_schedule(entries: list[Entry]) -> None:
    without = [one for one in entries if one.kind not in {DRILL, PRACTICE, BURY}]
    whole, classic = fold(entries), fold(without)
    assert replace(whole, drill_on=None, buried_on=None) == replace(classic, drill_on=None, buried_on=None)


@law
@given(logs())
def test_suspending_changes_nothing_but_the_suspension(entries: list[Entry]) -> None:
    without = [one for one in entries if one.kind not in SUSPENSIONS]
    assert replace(fold(entries), suspended=False) == fold(without)


@pytest.mark.parametrize("grade", range(6))
def test_practice_changes_nothing_at_all(grade: int) -> None:
    before = fold(scheduled(4, 2))
    assert step(before, entry(10, PRACTICE, grade, day=2)) == before


@pytest.mark.parametrize(("grade", "drilled"), [(0, True), (1, True), (2, True), (3, True), (4, False), (5, False)])
def test_a_scheduled_grade_below_4_puts_the_card_into_that_days_drill(grade: int, drilled: bool) -> None:
    assert fold(scheduled(4, grade)).drill_on == (date(2026, 3, 2) if drilled else None)


@pytest.mark.parametrize(("grade", "drilled"), [(0, True), (1, True), (2, True), (3, True), (4, False), (5, False)])
def test_a_drill_grade_of_4_ends_the_drill(grade: int, drilled: bool) -> None:
    state = fold([*scheduled(2), entry(10, DRILL, grade)])
    assert state == replace(fold(scheduled(2)), drill_on=DAY if drilled else None)


def test_a_good_scheduled_grade_ends_the_drill_of_an_earlier_day() -> None:
    assert fold(scheduled(2, 4)).drill_on is None


@pytest.mark.parametrize("off", [SUSPEND, IMPORT_SUSPENDED])
@pytest.mark.parametrize("on", [UNSUSPEND, IMPORT_UNSUSPENDED])
def test_a_suspended_card_can_be_unsuspended(off: EntryKind, on: EntryKind) -> None:
    """By the learner or by a deck file; the last word counts, whoever had the one before."""
    suspended = [*scheduled(4), entry(10, off)]
    assert fold(suspended) == replace(fold(scheduled(4)), suspended=True)
    assert fold([*suspended, entry(11, on)]) == fold(scheduled(4))


def test_a_buried_card_is_buried_on_that_day() -> None:
    assert fold([entry(1, BURY, day=5)]) == CardState(buried_on=date(2026, 3, 5))


def test_a_reset_makes_the_card_new() -> None:
    assert fold([*scheduled(4, 4, 1), entry(9, BURY, day=3), entry(10, RESET, day=3)]) == NEW


def test_a_suspension_survives_a_reset() -> None:
    assert fold([*scheduled(4), entry(9, SUSPEND), entry(10, RESET)]) == CardState(suspended=True)


def test_a_review_counts_again_on_the_day_of_a_reset() -> None:
    entries = [*scheduled(4, 4), entry(10, RESET, day=2), entry(11, SCHEDULED, 5, day=2)]
    assert fold(entries) == CardState(
        Schedule(260, 1, 1, date(2026, 3, 3)), 1, 0, date(2026, 3, 2), due_on=date(2026, 3, 3)
    )


@pytest.mark.parametrize("grade", [3, 4, 5])
def test_a_second_pass_on_one_study_day_is_counted_but_does_not_lengthen(grade: int) -> None:
    """Two machines can both ask a card before they meet."""
    before = fold(scheduled(4, 4, 4))
    after = fold([*scheduled(4, 4, 4), entry(10, SCHEDULED, grade, day=3)])
    assert after.schedule == before.schedule == Schedule(250, 3, 15, date(2026, 3, 18))
    assert (after.reviews, after.lapses, after.reviewed_on) == (4, 0, date(2026, 3, 3))
    assert after.drill_on == (date(2026, 3, 3) if grade == 3 else None)


def test_a_lapse_counts_also_as_the_second_review_of_a_study_day() -> None:
    assert fold([*scheduled(4, 4, 4), entry(10, SCHEDULED, 1, day=3)]) == CardState(
        schedule=Schedule(196, 0, 1, date(2026, 3, 4)),
        reviews=4,
        lapses=1,
        reviewed_on=date(2026, 3, 3),
        drill_on=date(2026, 3, 3),
        due_on=date(2026, 3, 4),
    )


def test_a_pass_after_a_lapse_on_one_study_day_does_not_lengthen() -> None:
    state = fold([*scheduled(4, 4, 1), entry(10, SCHEDULED, 5, day=3)])
    assert state.schedule == Schedule(196, 0, 1, date(2026, 3, 4))


@pytest.mark.parametrize(
    ("kind", "grade", "interval_days", "tally"),
    [
        (SCHEDULED, 4, None, "introduced"),
        (SCHEDULED, 4, 1, "young"),
        (SCHEDULED, 4, 20, "young"),
        (SCHEDULED, 0, 21, "mature"),
        (DRILL, 4, 21, "drilled"),
        (DRILL, 4, None, "drilled"),
        (PRACTICE, 4, 21, "practised"),
        (PRACTICE, 4, None, "practised"),
        (UNDO, None, 21, None),
        (SUSPEND, None, None, None),
        (BURY, None, 21, None),
        (RESET, None, 21, None),
    ],
)
def test_a_graded_entry_is_counted_by_the_state_before_it(
    kind: EntryKind, grade: int | None, interval_days: int | None, tally: str | None
) -> None:
    schedule = Schedule(250, 3, interval_days, DAY) if interval_days else None
    assert tally_of(CardState(schedule), entry(1, kind, grade)) == tally


def test_a_clock_set_back_does_not_change_the_order() -> None:
    """The lapse was written last, with a wall clock that a year had been taken from."""
    good = replace(entry(1, SCHEDULED, 4, day=2), at_ms=1_800_000_000_000, clock_ms=1_800_000_000_000)
    lapse = replace(entry(2, SCHEDULED, 1), at_ms=1_768_464_000_000, clock_ms=1_800_000_000_000, clock_count=1)
    assert standing([lapse, good]) == [good, lapse]
    assert fold([lapse, good]).schedule == Schedule(196, 0, 1, date(2026, 3, 2))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"clock_ms": 1, "clock_count": 9}, {"clock_ms": 2, "clock_count": 0}),
        ({"clock_count": 1, "device": "z"}, {"clock_count": 2, "device": "a"}),
        ({"device": "a", "id": "z"}, {"device": "b", "id": "a"}),
        ({"id": "a"}, {"id": "b"}),
    ],
)
def test_entries_are_ordered_by_clock_then_count_then_device_then_id(
    earlier: dict[str, Any], later: dict[str, Any]
) -> None:
    one, other = replace(entry(5, SUSPEND), **earlier), replace(entry(5, UNSUSPEND), **later)
    assert standing([other, one]) == [one, other]
    assert standing([one, other]) == [one, other]


ENTRY = Entry(
    id="",
    card="anker",
    kind=SCHEDULED,
    at_ms=1_774_751_400_000,
    utc_offset_s=7_200,
    study_day=date(2026, 3, 29),
    grade=4,
    reveal_ms=900,
    grade_ms=400,
    revision="abc",
    clock_ms=1_774_751_400_000,
    device="laptop",
)
OTHERS: dict[str, Any] = {
    "card": "boje",
    "kind": PRACTICE,
    "at_ms": 1_774_751_400_001,
    "utc_offset_s": 3_600,
    "study_day": date(2026, 3, 28),
    "grade": 5,
    "revision": "abd",
    "undoes": "0",
    "clock_ms": 1_774_751_400_001,
    "clock_count": 1,
    "device": "phone",
}


def test_an_id_is_the_same_in_every_release() -> None:
    """Logs of two machines are joined by it; the value came from `b2sum -l 96` over the content written out."""
    assert identified(ENTRY).id == "ff6133f6fd9fb0ef2f4e2bad"


def test_equal_content_has_an_equal_id_whatever_the_id_was_before() -> None:
    assert identified(replace(ENTRY, id="something")) == identified(replace(ENTRY)) == identified(identified(ENTRY))


def test_identifying_changes_nothing_but_the_id() -> None:
    assert replace(identified(ENTRY), id="") == ENTRY


@pytest.mark.parametrize("field", OTHERS)
def test_other_content_has_another_id(field: str) -> None:
    changed = replace(ENTRY, **{field: OTHERS[field]})
    assert identified(changed).id != identified(ENTRY).id


def test_every_field_of_an_entry_is_in_its_id_but_the_id_and_the_measured_times() -> None:
    """A field that is added must be weighed here; a deed's name comes from the ids of its entries."""
    assert {field.name for field in fields(Entry)} - {*OTHERS} == {"id", "reveal_ms", "grade_ms", "batch"}


def test_the_kinds_have_the_names_that_are_stored() -> None:
    assert [kind.value for kind in EntryKind] == [
        "scheduled",
        "drill",
        "practice",
        "undo",
        "suspend",
        "unsuspend",
        "bury",
        "reset",
        "keep",
        "edit",
        "move",
        "add",
        "import-edit",
        "import-suspended",
        "import-unsuspended",
    ]


def test_an_entry_of_which_nothing_more_is_told_has_no_grade_target_or_text() -> None:
    assert Entry("id", "anker", BURY, 1, 0, DAY) == Entry(
        id="id",
        card="anker",
        kind=BURY,
        at_ms=1,
        utc_offset_s=0,
        study_day=DAY,
        grade=None,
        reveal_ms=None,
        grade_ms=None,
        revision="",
        undoes=None,
        clock_ms=0,
        clock_count=0,
        device="",
    )


@pytest.mark.parametrize(("value", "field"), [(ENTRY, "id"), (NEW, "reviews")])
def test_values_are_frozen(value: object, field: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, 1)


def test_no_grade_and_no_target_have_ids_of_their_own() -> None:
    ids = {
        identified(replace(ENTRY, grade=grade, undoes=to)).id for grade in (None, 0) for to in (None, "", "None")
    }
    assert len(ids) == 6


def test_an_id_can_be_made_of_text_that_is_not_unicode() -> None:
    assert re.fullmatch("[0-9a-f]{24}", identified(replace(ENTRY, card="\ud800")).id)


@pytest.mark.parametrize(
    ("before", "after", "kept", "told"),
    [(7, 8, 0, True), (8, 9, 0, False), (11, 12, 0, True), (11, 12, 9, True), (12, 12, 0, False), (7, 8, 8, False)],
)
def test_a_learner_is_told_of_a_leech_at_eight_lapses_and_every_four_after(
    before: int, after: int, kept: int, told: bool
) -> None:
    held = CardState(reviews=20, lapses=before, kept_lapses=kept)
    assert became_leech(held, CardState(reviews=21, lapses=after, kept_lapses=kept)) is told

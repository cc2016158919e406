"""Grades, marks and undo: what they write, what they refuse, and that every cache is what the log says."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from flashrls.cards import Deck, Note
from flashrls.errors import BadGrade, NothingToUndo, StaleCard
from flashrls.log import NEW, CardState, EntryKind
from flashrls.plan import Change
from flashrls.sm2 import Schedule
from flashrls.store.library import Library, open_library
from tests.store.making import (
    BURY,
    DRILL,
    PRACTICE,
    RESET,
    SCHEDULED,
    SUSPEND,
    UNSUSPEND,
    FakeClock,
    asked,
    asked_ids,
    basic,
    both_ways,
    bring,
    check_caches,
    counted,
    deck_of,
    dump,
    gaps,
    grade,
    make_library,
    numbered,
    recounted,
    rows,
    shown,
)

DAY = date(2026, 3, 2)


@pytest.fixture
def path(place: Path) -> Path:
    """The file of a library with three cards."""
    return make_library(place, numbered(3))


def test_a_scheduled_grade_moves_the_schedule_and_is_logged(library: Library, path: Path) -> None:
    before = shown(library, "k1")
    assert (before.state, before.last_entry) == (NEW, None)
    after = library.grade(before, SCHEDULED, 5, reveal_ms=1_500, grade_ms=700)
    assert after.state == CardState(
        Schedule(260, 1, 1, DAY + timedelta(days=1)), 1, 0, DAY, due_on=DAY + timedelta(days=1)
    )
    assert after == shown(library, "k1")
    (line,) = library.log_of(before.ref)
    assert (line.entry.id, line.entry.card, line.entry.kind) == (after.last_entry, "meer/k1", SCHEDULED)
    assert (line.entry.grade, line.entry.reveal_ms, line.entry.grade_ms) == (5, 1_500, 700)
    assert (line.entry.at_ms, line.entry.utc_offset_s, line.entry.study_day) == (1_772_452_800_000, 0, DAY)
    assert line.entry.revision == before.revision
    assert (line.ease, line.repetitions, line.interval_days, line.due_on, line.undone) == (
        260,
        1,
        1,
        DAY + timedelta(days=1),
        False,
    )
    assert counted(path) == [(20_514, 1, 5, 1, 0, 0, 0, 0, 2_200)]


def test_a_scheduled_grade_below_4_puts_the_card_on_todays_drill(library: Library) -> None:
    after = grade(library, "k1", 3)
    assert after.state == CardState(
        Schedule(236, 1, 1, DAY + timedelta(days=1)), 1, 0, DAY, DAY, due_on=DAY + timedelta(days=1)
    )
    assert asked(library) == [("k2", "scheduled"), ("k3", "scheduled"), ("k1", "drill")]


def test_a_drill_grade_is_logged_and_changes_the_drill_alone(library: Library, path: Path) -> None:
    failed = grade(library, "k1", 1)
    still = grade(library, "k1", 3, DRILL)
    assert replace(still.state, drill_on=None) == replace(failed.state, drill_on=None)
    assert still.state.drill_on == DAY
    passed = grade(library, "k1", 4, DRILL)
    assert passed.state == replace(failed.state, drill_on=None)
    assert counted(path) == [
        (20_514, 1, 1, 1, 0, 0, 0, 0, 0),
        (20_514, 1, 3, 0, 0, 0, 1, 0, 0),
        (20_514, 1, 4, 0, 0, 0, 1, 0, 0),
    ]


def test_practice_is_logged_and_changes_nothing(library: Library, path: Path) -> None:
    before = grade(library, "k1", 4)
    after = grade(library, "k1", 0, PRACTICE)
    assert after.state == before.state
    assert [line.entry.kind for line in library.log_of(before.ref)] == [SCHEDULED, PRACTICE]
    assert counted(path)[0] == (20_514, 1, 0, 0, 0, 0, 0, 1, 0)


def test_a_grade_counts_as_young_or_mature_by_the_interval_before_it(
    library: Library, clock: FakeClock, path: Path
) -> None:
    for days in (0, 1, 6, 15, 38):
        clock.forward(days=days)
        grade(library, "k1", 4)
    assert [(introduced, young, mature) for _, _, _, introduced, young, mature, *_ in counted(path)] == [
        (1, 0, 0),
        (0, 1, 0),
        (0, 1, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]
    assert counted(path) == recounted(path)


def test_an_answer_that_took_hours_counts_for_a_minute(library: Library, path: Path) -> None:
    grade(library, "k1", 4, reveal_ms=7_200_000, grade_ms=5)
    assert counted(path)[0][-1] == 60_000
    assert library.log_of(1)[0].entry.reveal_ms == 7_200_000


@pytest.mark.parametrize("bad", [-1, 6, True, 2.5, "4", None])
def test_what_is_no_grade_is_refused_and_nothing_is_written(library: Library, path: Path, bad: object) -> None:
    before = dump(path)
    with pytest.raises(BadGrade):
        library.grade(shown(library, "k1"), SCHEDULED, bad)  # type: ignore[arg-type]
    assert dump(path) == before


def test_a_card_that_was_graded_meanwhile_is_stale(library: Library, path: Path, clock: FakeClock) -> None:
    seen = shown(library, "k1")
    with open_library(path, clock=clock) as elsewhere:
        grade(elsewhere, "k1", 2)
    before = dump(path)
    with pytest.raises(StaleCard, match="k1 was graded or changed elsewhere"):
        library.grade(seen, SCHEDULED, 5)
    assert dump(path) == before
    assert grade(library, "k1", 4, DRILL).state.drill_on is None


@pytest.mark.parametrize("kind", [SUSPEND, UNSUSPEND, BURY, RESET])
def test_a_card_that_was_marked_meanwhile_is_stale(library: Library, path: Path, kind: EntryKind) -> None:
    seen = shown(library, "k1")
    library.mark([seen.ref], kind)
    before = dump(path)
    with pytest.raises(StaleCard):
        library.grade(seen, SCHEDULED, 5)
    assert dump(path) == before


def test_a_card_whose_grade_was_taken_back_meanwhile_is_stale(library: Library) -> None:
    seen = grade(library, "k1", 4)
    library.undo()
    with pytest.raises(StaleCard):
        library.grade(seen, PRACTICE, 5)


def test_a_card_whose_text_was_edited_meanwhile_is_stale(library: Library, path: Path) -> None:
    """The log says which text was asked, so a grade for the old text can't be saved under the new one."""
    seen = shown(library, "k1")
    bring(library, deck_of(basic("Eine andere Frage", key="k1")))
    before = dump(path)
    with pytest.raises(StaleCard):
        library.grade(seen, SCHEDULED, 5)
    assert dump(path) == before
    again = shown(library, "k1")
    library.grade(again, SCHEDULED, 5)
    assert library.log_of(seen.ref)[0].entry.revision == again.revision != seen.revision


def test_a_card_that_only_moved_meanwhile_can_be_graded(library: Library) -> None:
    seen = shown(library, "k1")
    bring(library, deck_of(basic("Frage 1", key="k1", section="Woanders", tags=("neu",))))
    assert library.grade(seen, SCHEDULED, 5).state.reviews == 1


def test_the_same_showing_can_not_be_graded_twice(library: Library) -> None:
    seen = shown(library, "k1")
    library.grade(seen, SCHEDULED, 4)
    with pytest.raises(StaleCard):
        library.grade(seen, SCHEDULED, 4)


def test_marks_suspend_bury_and_reset(library: Library) -> None:
    grade(library, "k1", 1)
    library.mark([1, 2], SUSPEND)
    assert [card.state.suspended for card in library.cards([1, 2, 3])] == [True, True, False]
    assert asked_ids(library) == ["k3"]
    library.mark([1, 2], UNSUSPEND)
    assert asked_ids(library) == ["k2", "k3", "k1"]
    library.mark([3], BURY)
    assert asked_ids(library) == ["k2", "k1"]
    library.mark([1], RESET)
    assert shown(library, "k1").state == NEW
    assert asked_ids(library) == ["k1", "k2"]
    assert [line.entry.kind for line in library.log_of(1)] == [SCHEDULED, SUSPEND, UNSUSPEND, RESET]


def test_a_mark_of_several_cards_is_there_for_all_or_none(library: Library, path: Path) -> None:
    before = dump(path)
    with pytest.raises(KeyError):
        library.mark([1, 2, 99], SUSPEND)
    assert dump(path) == before


def test_a_suspension_survives_a_reset(library: Library) -> None:
    grade(library, "k1", 4)
    library.mark([1], SUSPEND)
    library.mark([1], RESET)
    assert shown(library, "k1").state == CardState(suspended=True)


def undo_kind(library: Library) -> EntryKind:
    return library.undo().entry.kind


def test_every_kind_of_entry_can_be_undone(library: Library, path: Path) -> None:
    start = {ref: library.refold(ref) for ref in (1, 2, 3)}
    states = []
    done = [
        lambda: grade(library, "k1", 1),
        lambda: grade(library, "k1", 4, DRILL),
        lambda: grade(library, "k1", 2, PRACTICE),
        lambda: library.mark([2], SUSPEND),
        lambda: library.mark([2], UNSUSPEND),
        lambda: library.mark([3], BURY),
        lambda: library.mark([1], RESET),
    ]
    for step in done:
        states.append([card.state for card in library.cards([1, 2, 3])])
        step()  # type: ignore[no-untyped-call]
    kinds = [RESET, BURY, UNSUSPEND, SUSPEND, PRACTICE, DRILL, SCHEDULED]
    for kind, before in zip(kinds, reversed(states), strict=True):
        assert undo_kind(library) is kind
        assert [card.state for card in library.cards([1, 2, 3])] == before
        check_caches(path, library)
    assert {ref: library.refold(ref) for ref in (1, 2, 3)} == start == dict.fromkeys((1, 2, 3), NEW)
    assert counted(path) == []
    assert len(rows(path, "SELECT * FROM review")) == 14
    with pytest.raises(NothingToUndo):
        library.undo()


def test_an_undo_gives_back_the_card_and_the_entry(library: Library) -> None:
    before = grade(library, "k2", 4)
    grade(library, "k2", 1, PRACTICE)
    undone = library.undo()
    assert (undone.entry.kind, undone.entry.grade) == (PRACTICE, 1)
    assert (undone.card.id, undone.card.state) == ("k2", before.state)
    assert library.grade(undone.card, PRACTICE, 4).last_entry != undone.card.last_entry


def test_an_undo_takes_back_the_newest_of_all_cards(library: Library, clock: FakeClock) -> None:
    for name in ("k2", "k1", "k3"):
        grade(library, name, 4)
        clock.forward(seconds=5)
    assert [library.undo().card.id for _ in range(3)] == ["k3", "k1", "k2"]


def test_an_undo_works_after_the_library_was_closed(path: Path, clock: FakeClock) -> None:
    with open_library(path, clock=clock) as library:
        grade(library, "k1", 4)
        grade(library, "k2", 1)
    clock.forward(days=400)
    for name in ("k2", "k1"):
        with open_library(path, clock=clock) as library:
            assert library.undo().card.id == name
    with open_library(path, clock=clock) as library:
        with pytest.raises(NothingToUndo):
            library.undo()
        assert [card.state for card in library.cards([1, 2, 3])] == [NEW] * 3
        check_caches(path, library)


def test_many_answers_are_undone_and_redone_to_the_first_and_last(library: Library) -> None:
    """However many undos stand at the log's end by then."""
    start = library.cards([1, 2, 3])
    for given in range(30):
        grade(library, "k1", given % 6)
    end = shown(library, "k1").state
    assert [library.undo().entry.grade for _ in range(30)] == [given % 6 for given in reversed(range(30))]
    with pytest.raises(NothingToUndo):
        library.undo()
    assert [card.state for card in library.cards([1, 2, 3])] == [card.state for card in start]
    assert [library.redo().entry.grade for _ in range(30)] == [given % 6 for given in range(30)]
    assert shown(library, "k1").state == end


def test_what_was_graded_after_an_undo_is_undone_first(library: Library) -> None:
    grade(library, "k1", 1)
    library.undo()
    grade(library, "k1", 5)
    assert library.undo().entry.grade == 5
    with pytest.raises(NothingToUndo):
        library.undo()


def test_an_undone_grade_is_shown_as_undone_in_the_log(library: Library) -> None:
    grade(library, "k1", 1)
    library.undo()
    grade(library, "k1", 5)
    assert [(line.entry.kind.value, line.undone, line.ease) for line in library.log_of(1)] == [
        ("scheduled", True, 196),
        ("undo", False, None),
        ("scheduled", False, 260),
    ]


def test_an_undo_passes_over_what_deck_files_did(library: Library) -> None:
    grade(library, "k1", 4)
    bring(library, deck_of(basic("Frage 1", key="k1", suspended=True)))
    assert shown(library, "k1").state.suspended
    assert library.undo().entry.grade == 4
    assert shown(library, "k1").state == CardState(suspended=True)
    with pytest.raises(NothingToUndo):
        library.undo()


def test_a_grade_can_be_undone_after_its_card_lost_its_text(library: Library, path: Path) -> None:
    """A plain card was made a cloze: the old card is gone from the queue, but its history is there."""
    grade(library, "k1", 4)
    bring(library, deck_of(gaps("Frage {{1::eins}} und {{2::zwei}}", key="k1")))
    assert library.undo().card.state == NEW
    check_caches(path, library)


def test_a_grade_that_was_undone_gives_the_day_its_new_card_back(library: Library, clock: FakeClock) -> None:
    library.remember("new_per_day", "1")
    with open_library(library.path, clock=clock) as again:
        assert asked_ids(again) == ["k1"]
        grade(again, "k1", 4)
        assert asked_ids(again) == []
        again.undo()
        assert asked_ids(again) == ["k1"]


def test_an_undo_on_another_day_corrects_the_day_of_the_grade(
    library: Library, path: Path, clock: FakeClock
) -> None:
    grade(library, "k1", 4, reveal_ms=900)
    grade(library, "k2", 4, reveal_ms=400)
    clock.forward(days=3)
    library.undo()
    assert counted(path) == [(20_514, 1, 4, 1, 0, 0, 0, 0, 900)]


def test_a_day_whose_answers_were_all_undone_was_not_studied(library: Library, clock: FakeClock) -> None:
    grade(library, "k1", 4)
    clock.forward(days=1)
    grade(library, "k2", 4)
    assert library.today().streak == 2
    library.undo()
    library.undo()
    assert library.today().streak == 0


def test_a_clock_that_is_set_back_changes_no_order(library: Library, path: Path, clock: FakeClock) -> None:
    for days, given in ((0, 4), (1, 4), (-400, 5), (0, 1), (400, 4)):
        clock.forward(days=days)
        check_caches(path, library)
        grade(library, "k1", given)
    assert [line.entry.grade for line in library.log_of(1)] == [4, 4, 5, 1, 4]
    assert [(line.entry.clock_ms, line.entry.clock_count) for line in library.log_of(1)] == [
        (1_772_452_800_000, 0),
        (1_772_539_200_000, 0),
        (1_772_539_200_000, 1),
        (1_772_539_200_000, 2),
        (1_772_539_200_000, 3),
    ]
    assert [line.entry.study_day.isoformat() for line in library.log_of(1)] == [
        "2026-03-02",
        "2026-03-03",
        "2025-01-27",
        "2025-01-27",
        "2026-03-03",
    ]
    for given in (4, 1, 5, 4, 4):
        assert library.undo().entry.grade == given
        check_caches(path, library)


def test_a_clock_ten_years_ahead_does_no_harm(library: Library, path: Path, clock: FakeClock) -> None:
    grade(library, "k1", 4)
    clock.forward(days=3_653)
    assert asked_ids(library)[0] == "k1"
    grade(library, "k1", 4)
    clock.forward(days=-3_653)
    assert asked_ids(library) == ["k2", "k3"]
    card = shown(library, "k1")
    assert card.state.schedule == Schedule(250, 2, 6, date(2036, 3, 8))
    assert library.grade(card, SCHEDULED, 4).state.schedule == Schedule(250, 3, 15, date(2026, 3, 17))
    check_caches(path, library)


def test_a_clock_at_the_end_of_the_calendar_does_no_harm(library: Library, clock: FakeClock) -> None:
    clock.forward(days=(date(9999, 12, 30) - DAY).days)
    schedule = grade(library, "k1", 4).state.schedule
    assert schedule == Schedule(250, 1, 1, date(9999, 12, 31))
    clock.forward(days=1)
    schedule = grade(library, "k1", 4).state.schedule
    assert schedule == Schedule(250, 2, 6, date(9999, 12, 31))
    assert library.today().day == date(9999, 12, 31)


def test_entries_have_ids_of_their_own_though_no_time_passes(library: Library) -> None:
    for _ in range(5):
        grade(library, "k1", 4, PRACTICE)
    assert len({line.entry.id for line in library.log_of(1)}) == 5


def test_a_kept_ease_is_a_setting_of_the_library(library: Library, clock: FakeClock) -> None:
    library.remember("lapse_ease", "keep")
    with open_library(library.path, clock=clock) as again:
        after = grade(again, "k1", 0)
        assert after.state.schedule == Schedule(250, 0, 1, DAY + timedelta(days=1))
        assert again.refold(1) == after.state


names = st.sampled_from(["k1", "k2", "k3", "k4"])
grades = st.integers(0, 5)
questions = st.sampled_from(["Wie tief?", "Wie weit?", "Wie {{1::alt}} und {{2::kalt}}?", "Wie {{2::kalt}}?"])


@st.composite
def told_notes(draw: st.DrawFn) -> Note:
    question = draw(questions)
    name = draw(names)
    marks: dict[str, Any] = {
        "draft": draw(st.booleans()),
        "suspended": draw(st.booleans()),
        "section": draw(st.sampled_from("ab")),
    }
    if "{{" in question:
        return gaps(question, key=name, **marks)
    make = both_ways if draw(st.booleans()) else basic
    return make(f"{question} {name}", key=name, **marks)


told_decks = st.lists(told_notes(), min_size=1, max_size=4, unique_by=lambda note: note.key).map(
    lambda notes: Deck("Meer", "meer", tuple(notes))
)
LIMITS = {"new_per_day": "2", "reviews_per_day": "3"}


class Life(RuleBasedStateMachine):
    """A learner with little discipline and a clock of little worth."""

    @initialize(deck=told_decks)
    def begin(self, deck: Deck) -> None:
        shared = Path("/dev/shm")
        self.folder = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
        self.clock = FakeClock()
        self.path = make_library(Path(self.folder.name))
        self.opening = open_library(self.path, clock=self.clock)
        self.library = self.opening.__enter__()
        for key, value in LIMITS.items():
            self.library.remember(key, value)
        self.reopen()
        self.log: list[tuple[object, ...]] = []
        self.undone = 0
        self.import_(deck)

    def teardown(self) -> None:
        if hasattr(self, "opening"):
            self.opening.__exit__(None, None, None)
            self.folder.cleanup()

    @rule()
    def reopen(self) -> None:
        self.opening.__exit__(None, None, None)
        self.opening = open_library(self.path, clock=self.clock)
        self.library = self.opening.__enter__()

    @rule(deck=told_decks)
    def import_(self, deck: Deck) -> None:
        states = self.states()
        done = self.library.import_decks([("meer.md", deck)])
        assert done.count(Change.NEW) + done.count(Change.UNCHANGED) <= len(deck.notes)
        again = self.library.plan([("meer.md", deck)])
        assert {note.change for deck_plan in again.decks for note in deck_plan.notes} <= {
            Change.UNCHANGED,
            Change.MISSING,
        }
        after = self.states()
        for ref, state in states.items():
            assert replace(after[ref], suspended=state.suspended) == state

    def states(self) -> dict[int, CardState]:
        refs = [ref for (ref,) in rows(self.path, "SELECT pk FROM card")]
        return {card.ref: card.state for card in self.library.cards(refs)}

    @rule(given=grades, at=st.integers(0, 3))
    def answer(self, given: int, at: int) -> None:
        turns = self.library.session().turns
        if not turns:
            return
        turn = turns[at % len(turns)]
        (card,) = self.library.cards([turn.card])
        after = self.library.grade(card, turn.kind, given, reveal_ms=100 * at)
        left = {(t.card, t.kind) for t in self.library.session().turns}
        assert (turn.card, SCHEDULED) not in left
        assert ((turn.card, DRILL) in left) is (given < 4)
        assert after == self.library.cards([turn.card])[0]

    @rule(given=grades, at=st.integers(0, 3))
    def practise(self, given: int, at: int) -> None:
        turns = self.library.practice().turns
        if turns:
            (card,) = self.library.cards([turns[at % len(turns)].card])
            assert self.library.grade(card, PRACTICE, given, grade_ms=at).state == card.state

    @rule(kind=st.sampled_from([SUSPEND, UNSUSPEND, BURY, RESET]), at=st.integers(0, 7))
    def mark(self, kind: EntryKind, at: int) -> None:
        refs = sorted(self.states())
        self.library.mark([refs[at % len(refs)]], kind)

    @rule()
    def undo(self) -> None:
        try:
            self.library.undo()
        except NothingToUndo:
            kinds = "SELECT count(*) FROM review WHERE kind NOT LIKE 'import%' AND kind <> 'undo'"
            ((deeds,),) = rows(self.path, kinds)
            ((undos,),) = rows(self.path, "SELECT count(*) FROM review WHERE kind = 'undo'")
            assert deeds == undos

    @rule()
    def undo_everything(self) -> None:
        with pytest.raises(NothingToUndo):
            while True:
                self.library.undo()
        assert {replace(state, suspended=False) for state in self.states().values()} <= {NEW}
        assert counted(self.path) == []

    @precondition(lambda self: self.clock.now.year < 2040)
    @rule(days=st.sampled_from([1, 1, 1, 2, 7, 40, 400, -1, -30]), hours=st.integers(0, 12))
    def wait(self, days: int, hours: int) -> None:
        self.clock.forward(days=days, hours=hours)

    @invariant()
    def caches_are_what_the_log_says(self) -> None:
        if hasattr(self, "log"):
            check_caches(self.path, self.library)

    @invariant()
    def the_log_is_only_ever_appended_to(self) -> None:
        if hasattr(self, "log"):
            log = rows(self.path, "SELECT * FROM review ORDER BY pk")
            assert log[: len(self.log)] == self.log
            self.log = log

    @invariant()
    def a_day_keeps_to_its_limits(self) -> None:
        if not hasattr(self, "log"):
            return
        today = self.library.today()
        assert (len(today.queue.new) <= 2, len(today.queue.due) <= 3) == (True, True)
        notes = [candidate.note for candidate in (*today.queue.due, *today.queue.new)]
        assert len(notes) == len(set(notes))
        assert all(deck.new >= 0 <= deck.due and deck.seen <= deck.cards for deck in today.decks)
        assert (today.retained <= today.reviewed, today.streak >= 0, min(today.week) >= 0) == (True, True, True)


TestLife = Life.TestCase
TestLife.settings = settings(
    deadline=None, max_examples=40, stateful_step_count=25, suppress_health_check=[HealthCheck.too_slow]
)

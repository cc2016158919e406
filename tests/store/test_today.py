"""Today's queue and numbers, asked of the database; the glance must give the same."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.errors import LibraryTooNew, NoSuchDeck
from flashrls.log import EntryKind
from flashrls.outlook import CatchUp, DeckCounts, Today
from flashrls.settings import DeckLimits
from flashrls.store import today
from flashrls.store.figures import due_days
from flashrls.store.glance import glancing
from flashrls.store.library import Library, open_library
from flashrls.store.schema import migrate
from flashrls.study import Queue, endangerment, session_of
from tests.store.making import (
    BURY,
    DRILL,
    PRACTICE,
    RESET,
    SCHEDULED,
    SUSPEND,
    FakeClock,
    asked,
    asked_ids,
    basic,
    both_ways,
    bring,
    deck_of,
    dump,
    gaps,
    grade,
    make_library,
    numbered,
    rows,
    shown,
)

DAY = date(2026, 3, 2)


def with_limits(library: Library, **limits: int) -> Library:
    """The same library with other limits; settings are read when a library is opened."""
    for name, value in limits.items():
        library.remember(name, str(value))
    library.settings = today.settings(_ask(library))
    return library


def _ask(library: Library) -> today.Ask:
    return lambda sql, /, **values: rows(library.path, sql.replace(":day", str(values.get("day"))))


def glanced(path: Path, day: date) -> Today:
    with glancing(path) as ask:
        assert ask is not None
        return today.today(ask, day)


def test_an_empty_library_has_nothing_to_ask(library: Library) -> None:
    assert library.today() == Today(day=DAY, decks=(), queue=Queue())
    assert library.session().turns == ()


def test_today_tells_what_there_is_and_what_was_done(library: Library, clock: FakeClock) -> None:
    bring(
        library, numbered(4), deck_of(both_ways("Hin", key="b"), basic("D", key="d", draft=True), name="B", key="b")
    )
    grade(library, "k1", 4, reveal_ms=3_000, grade_ms=1_000)
    clock.forward(days=1)
    grade(library, "k1", 4, reveal_ms=1_000)
    grade(library, "k2", 2, reveal_ms=1_000)
    clock.forward(days=1)
    grade(library, "k2", 5, reveal_ms=2_000)
    grade(library, "k2", 4, PRACTICE, reveal_ms=5_000)
    library.mark([shown(library, "k4").ref], SUSPEND)
    now = library.today()
    assert now.day == date(2026, 3, 4)
    assert now.decks == (
        DeckCounts(1, "Meer", "meer", notes=4, cards=4, seen=2, new=1, due=0, suspended=1),
        DeckCounts(2, "B", "b", notes=2, cards=3, seen=0, new=2, due=0, suspended=0),
    )
    assert [candidate.card for candidate in now.queue.new] == [3, 5]
    assert (now.queue.due, now.queue.drill) == ((), ())
    assert now.week == (0, 0, 0, 0, 1, 2, 2)
    assert (now.retained, now.reviewed) == (2, 2)
    assert (now.streak, now.tomorrow) == (3, 1)
    assert now.answer_ms == (4_000 + 1_000 + 1_000 + 2_000 + 5_000) // 5


def test_a_suspended_card_is_not_due_tomorrow(library: Library) -> None:
    bring(library, numbered(2))
    grade(library, "k1", 4)
    grade(library, "k2", 4)
    assert library.today().tomorrow == 2
    library.mark([1], SUSPEND)
    assert library.today().tomorrow == 1


def test_figures_older_than_30_days_are_left_out(library: Library, clock: FakeClock) -> None:
    bring(library, numbered(1))
    grade(library, "k1", 4, reveal_ms=10)
    clock.forward(days=1)
    grade(library, "k1", 1, reveal_ms=30)
    clock.forward(days=29)
    assert (library.today().reviewed, library.today().retained, library.today().answer_ms) == (1, 0, 30)
    clock.forward(days=1)
    assert (library.today().reviewed, library.today().answer_ms) == (0, None)


def test_a_streak_ends_today_or_yesterday(library: Library, clock: FakeClock) -> None:
    bring(library, numbered(9))
    for name, days, streak in (("k1", 0, 1), ("k2", 1, 2), ("k3", 1, 3), ("k4", 2, 1), ("k5", 1, 2)):
        clock.forward(days=days)
        grade(library, name, 4)
        assert library.today().streak == streak
    clock.forward(days=1)
    assert library.today().streak == 2
    clock.forward(days=1)
    assert library.today().streak == 0


def test_answers_of_days_to_come_are_of_no_streak(library: Library, clock: FakeClock) -> None:
    bring(library, numbered(2))
    clock.forward(days=5)
    grade(library, "k1", 4)
    clock.forward(days=-5)
    assert (library.today().streak, library.today().week) == (0, (0,) * 7)
    grade(library, "k2", 4)
    assert library.today().streak == 1


def test_siblings_are_asked_on_days_of_their_own(library: Library, clock: FakeClock) -> None:
    bring(library, deck_of(gaps("{{1::a}} {{2::b}} {{3::c}}", key="c"), both_ways("Hin", key="h")))
    assert asked_ids(library) == ["c#1", "h"]
    grade(library, "c#1", 3)
    assert asked(library) == [("h", "scheduled"), ("c#1", "drill")]
    clock.forward(days=1)
    assert asked(library) == [("c#1", "scheduled"), ("h", "scheduled")]
    grade(library, "c#1", 4)
    assert asked_ids(library) == ["h"]
    clock.forward(days=1)
    assert asked_ids(library) == ["c#2", "h"]


def test_a_day_introduces_no_more_than_its_limit_over_all_sessions_and_decks(
    library: Library, clock: FakeClock
) -> None:
    with_limits(library, new_per_day=3)
    bring(library, numbered(3), numbered(3, name="B", key="b", prefix="b"))
    assert asked_ids(library) == ["k1", "k2", "k3"]
    assert asked_ids(library, "B") == ["b1", "b2", "b3"]
    grade(library, "b1", 4)
    grade(library, "b2", 4)
    assert asked_ids(library) == ["k1"]
    with open_library(library.path, clock=clock) as elsewhere:
        assert asked_ids(elsewhere, "B") == ["b3"]
        grade(elsewhere, "b3", 4)
    assert asked_ids(library) == []
    assert len(library.session(new=2).turns) == 2
    clock.forward(days=1)
    assert asked_ids(library) == ["b1", "b2", "b3", "k1", "k2", "k3"]


def test_a_day_reviews_no_more_than_its_limit_and_new_cards_wait(library: Library, clock: FakeClock) -> None:
    with_limits(library, reviews_per_day=2)
    bring(library, numbered(5))
    for name in ("k1", "k2", "k3"):
        grade(library, name, 4)
    clock.forward(days=1)
    assert asked_ids(library) == ["k1", "k2"]
    grade(library, "k1", 4)
    assert asked_ids(library) == ["k2"]
    library.undo()
    assert asked_ids(library) == ["k1", "k2"]
    grade(library, "k1", 4)
    grade(library, "k2", 4)
    assert asked_ids(library) == []
    assert library.session(new=5).turns == ()
    clock.forward(days=1)
    assert asked_ids(library) == ["k3", "k4", "k5"]


def test_no_new_cards_are_asked_where_none_are_wanted(library: Library) -> None:
    with_limits(library, new_per_day=0)
    bring(library, numbered(3))
    assert asked_ids(library) == []
    assert len(library.session(new=2).turns) == 2


@pytest.mark.parametrize(("parts", "wanted"), [(25, 2), (120, 3)])
def test_a_note_of_many_parts_does_not_hide_the_notes_behind_it(library: Library, parts: int, wanted: int) -> None:
    with_limits(library, new_per_day=wanted)
    many = gaps(" ".join(f"{{{{{n}::x}}}}" for n in range(1, parts + 1)), key="c")
    bring(library, deck_of(many, *numbered(5).notes))
    assert asked_ids(library) == ["c#1", "k1", "k2"][:wanted]


def test_new_parts_of_notes_that_are_due_do_not_hide_other_new_notes(library: Library, clock: FakeClock) -> None:
    with_limits(library, new_per_day=1)
    notes = [gaps("{{1::a}} {{2::b}} {{3::c}} {{4::d}}", key=f"c{n}") for n in range(1, 6)]
    bring(library, deck_of(*notes, basic("Neu", key="neu")))
    for note in notes:
        grade(library, f"{note.key}#1", 4)
    clock.forward(days=1)
    assert asked_ids(library)[-1] == "neu"
    assert len(asked_ids(library)) == 6


def test_due_parts_of_one_note_do_not_hide_other_notes(library: Library, clock: FakeClock) -> None:
    with_limits(library, reviews_per_day=2)
    bring(library, deck_of(gaps(" ".join(f"{{{{{n}::x}}}}" for n in range(1, 50)), key="c"), *numbered(2).notes))
    for part in range(1, 50):
        grade(library, f"c#{part}", 4)
    clock.forward(days=3)
    grade(library, "k1", 4)
    clock.forward(days=1)
    assert asked_ids(library) == ["c#1", "k1", "k2"]


def test_what_was_buried_is_not_asked_today_and_is_asked_tomorrow(library: Library, clock: FakeClock) -> None:
    bring(library, numbered(2))
    library.mark([1], BURY)
    assert asked_ids(library) == ["k2"]
    assert library.card("k1").standing == "buried"
    clock.forward(days=1)
    assert asked_ids(library) == ["k1", "k2"]
    assert library.card("k1").standing == "new"


def test_a_card_is_due_from_the_rollover_of_its_day_on(library: Library, clock: FakeClock) -> None:
    bring(library, numbered(1))
    grade(library, "k1", 4)
    clock.now = clock.now.replace(day=3, hour=3, minute=59)
    assert asked_ids(library) == []
    clock.forward(minutes=1)
    assert asked_ids(library) == ["k1"]
    library.remember("rollover_hour", "5")
    with open_library(library.path, clock=clock) as again:
        assert asked_ids(again) == []


def test_the_drill_asks_first_what_waits_longest(library: Library, clock: FakeClock) -> None:
    bring(library, numbered(3))
    for name in ("k2", "k3", "k1"):
        grade(library, name, 1)
    assert asked(library) == [("k2", "drill"), ("k3", "drill"), ("k1", "drill")]
    grade(library, "k2", 1, DRILL)
    assert asked_ids(library) == ["k3", "k1", "k2"]
    grade(library, "k3", 4, DRILL)
    assert asked_ids(library) == ["k1", "k2"]
    library.mark([shown(library, "k1").ref], SUSPEND)
    assert asked_ids(library) == ["k2"]
    clock.forward(days=1)
    assert asked(library) == [("k2", "scheduled"), ("k3", "scheduled")]


def test_a_card_that_was_reset_is_new_on_the_same_day(library: Library) -> None:
    bring(library, numbered(2))
    grade(library, "k1", 1)
    library.mark([1], RESET)
    assert asked(library) == [("k1", "scheduled"), ("k2", "scheduled")]


def test_a_session_is_no_longer_than_was_asked_for(library: Library) -> None:
    bring(library, numbered(5))
    assert [len(library.session(most=most).turns) for most in (0, 2, 9)] == [0, 2, 5]


def test_practice_asks_seen_cards_that_are_not_due_the_next_due_first(library: Library, clock: FakeClock) -> None:
    bring(library, numbered(4))
    for name in ("k3", "k1", "k2"):
        grade(library, name, 4)
    clock.forward(days=1)
    grade(library, "k3", 4)
    clock.forward(days=1)
    grade(library, "k2", 1)
    practice = library.practice()
    assert [(turn.card, turn.kind) for turn in practice.turns] == [(2, PRACTICE), (3, PRACTICE)]
    assert [len(library.practice(most=most).turns) for most in (0, 1, 9)] == [0, 1, 2]
    with pytest.raises(NoSuchDeck):
        library.practice("Wald")


DECKS = [
    ("Meer", "meer"),
    ("Meer::Tiefe", "tiefe"),
    ("Meer::Tiefe::Gräben", "graeben"),
    ("Meeresvögel", "voegel"),
    ("meer", "klein"),
    ("Wald::Tiere::Käfer", "kaefer"),
    ("Wald::Pilze", "wald-pilze"),
]


@pytest.fixture
def forest(library: Library) -> Library:
    bring(library, *(numbered(1, name=name, key=key, prefix=key) for name, key in DECKS))
    return library


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Meer", ["meer", "tiefe", "graeben"]),
        ("meer", ["meer", "tiefe", "graeben", "klein"]),
        ("MEER", ["meer", "tiefe", "graeben", "klein"]),
        (" Meer::Tiefe ", ["tiefe", "graeben"]),
        ("meer::tiefe", ["tiefe", "graeben"]),
        ("Tiefe", ["tiefe", "graeben"]),
        ("tiefe", ["tiefe", "graeben"]),
        ("GRAEBEN", ["graeben"]),
        ("Gräben", ["graeben"]),
        ("gräben", ["graeben"]),
        ("Tiefe::Gräben", ["graeben"]),
        ("klein", ["klein"]),
        ("Wald", ["kaefer", "wald-pilze"]),
        ("wald-pilze", ["wald-pilze"]),
        ("Wald::Tiere", ["kaefer"]),
        ("käfer", ["kaefer"]),
    ],
)
def test_decks_are_chosen_by_name_parent_last_level_or_id(forest: Library, name: str, keys: list[str]) -> None:
    ids = [card.removesuffix("1") for card in asked_ids(forest, name)]
    assert ids == keys


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("Gräbne", "Did you mean 'Meer::Tiefe::Gräben'?"),
        ("wlad", "Did you mean 'Wald'?"),
        ("Vögel", "Did you mean 'Meeresvögel'?"),
        ("Quantenphysik", "`flashrls decks` lists the decks there are."),
        ("", "`flashrls decks` lists the decks there are."),
    ],
)
def test_a_deck_that_is_not_there_is_told_with_the_nearest(forest: Library, name: str, mend: str) -> None:
    with pytest.raises(NoSuchDeck) as raised:
        forest.session(name)
    if name:
        assert raised.value.mend == mend
    assert raised.value.message == f"There is no deck '{name}'."


@pytest.mark.parametrize("name", ["Mee%", "M__r", "Meer'", "'; DROP TABLE deck; --"])
def test_a_decks_name_is_taken_as_it_is(forest: Library, name: str) -> None:
    with pytest.raises(NoSuchDeck):
        forest.session(name)
    assert len(forest.today().decks) == 7


def scheduled_library(place: Path, count: int, seed: int) -> Path:
    """A library whose cards have schedules by chance, written past the program."""
    path = make_library(place, numbered(count), name=f"chance{seed}.db")
    chance = random.Random(seed)
    with closing(sqlite3.connect(path)) as connection:
        for pk in range(1, count + 1):
            interval = chance.choice([1, 1, 2, 3, 6, 6, 15, 36, 100, 1_000])
            due = 20_514 + chance.choice([0, 0, -1, -2, -3, -6, -15, -100, 1, 5])
            connection.execute(
                "UPDATE card SET ease = 250, repetitions = 3, interval_days = ?, due_on = ?, reviewed_on = ?"
                " WHERE pk = ?",
                (interval, due, due - interval, pk),
            )
        connection.commit()
    return path


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 10_000))
def test_a_backlog_is_asked_in_the_order_of_endangerment(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    path = scheduled_library(tmp_path_factory.mktemp("chance"), 300, seed)
    with open_library(path, clock=FakeClock()) as library:
        with_limits(library, reviews_per_day=9_999)
        cards = library.cards([turn.card for turn in library.session().turns])
        everything = library.cards(range(1, 301))
    due = [(card.state.due_on, card.state.schedule, card.ref) for card in everything]
    asked = [
        (*endangerment(DAY, on, held.interval_days), ref) for on, held, ref in due if on and held and on <= DAY
    ]
    assert [card.ref for card in cards] == [ref for *_, ref in sorted(asked)]
    assert len(cards) > 200


def test_a_glance_gives_the_same_as_the_library(library: Library, path: Path, clock: FakeClock) -> None:
    bring(library, numbered(30), deck_of(*(both_ways(f"B{n}", key=f"b{n}") for n in range(9)), name="B", key="b"))
    with_limits(library, new_per_day=7, reviews_per_day=5)
    chance = random.Random(7)
    for _ in range(12):
        assert glanced(path, library.day) == library.today()
        for turn in library.session().turns[:9]:
            (card,) = library.cards([turn.card])
            library.grade(card, turn.kind, chance.choice([1, 3, 4, 5]), reveal_ms=chance.randrange(9_000))
            assert glanced(path, library.day) == library.today()
        clock.forward(days=chance.choice([1, 1, 2, 9]))
    assert library.today().queue.total == 5


def test_a_glance_writes_nothing_and_makes_nothing(path: Path) -> None:
    before = dump(path)
    with glancing(path) as ask:
        assert ask is not None
        with pytest.raises(Exception, match="attempt to write a readonly database"):
            ask("DELETE FROM setting")
    assert dump(path) == before
    nowhere = path.with_name("nowhere.db")
    with glancing(nowhere) as ask:
        assert ask is None
    assert not nowhere.exists()


def test_a_glance_at_a_library_of_another_format_is_none_or_declined(path: Path) -> None:
    for version, expected in ((0, None), (99, LibraryTooNew)):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA user_version = {version}")
        if expected is None:
            with glancing(path) as ask:
                assert ask is None
        else:
            with pytest.raises(expected), glancing(path):
                pass
    migrate(path)


def test_a_session_can_be_made_of_a_glance(library: Library, path: Path) -> None:
    bring(library, numbered(3))
    assert session_of(glanced(path, library.day).queue) == library.session()


def test_the_days_ahead_tell_how_many_cards_that_are_asked_are_due(
    library: Library, path: Path, clock: FakeClock
) -> None:
    """k2 was failed, too, but is suspended; the drafts and what is new are due on no day."""
    bring(library, numbered(6), deck_of(basic("D", key="d", draft=True), name="D", key="d"))
    bring(library, numbered(1, name="B", key="b", prefix="b"))
    for name, answer in (("k1", 4), ("b1", 4), ("k2", 1)):
        grade(library, name, answer)
    clock.forward(days=1)
    grade(library, "k1", 4)
    library.mark([shown(library, "k3").ref, shown(library, "k2").ref], SUSPEND)
    grade(library, "k4", 2)
    library.undo()
    with glancing(path) as ask:
        assert ask is not None
        assert due_days(ask) == [(DAY + timedelta(days=1), 1), (DAY + timedelta(days=7), 1)]


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        ({}, (4, 20, 200, "change")),
        (
            {"rollover_hour": "0", "new_per_day": "0", "reviews_per_day": "0", "lapse_ease": "keep"},
            (0, 0, 0, "keep"),
        ),
        (
            {"rollover_hour": "99", "new_per_day": "99999", "reviews_per_day": "9999999"},
            (23, 9_999, 99_999, "change"),
        ),
        (
            {"rollover_hour": "-1", "new_per_day": "many", "reviews_per_day": "", "lapse_ease": "x"},
            (4, 20, 200, "change"),
        ),
        ({"new_per_day": "9" * 5_000, "reviews_per_day": "²"}, (4, 9_999, 200, "change")),
    ],
)
def test_settings_that_make_no_sense_stay_at_their_default(
    library: Library, stored: dict[str, str], found: tuple[int, int, int, str]
) -> None:
    for key, value in stored.items():
        library.remember(key, value)
    with open_library(library.path, clock=FakeClock()) as again:
        now = again.settings
    assert (now.rollover_hour, now.new_per_day, now.reviews_per_day, now.lapse_ease) == found


def test_a_turn_is_for_the_kind_that_the_queue_says(library: Library) -> None:
    bring(library, numbered(2))
    grade(library, "k1", 1)
    assert [turn.kind for turn in library.session().turns] == [SCHEDULED, EntryKind.DRILL]


def test_a_limit_of_a_deck_holds_for_its_sub_decks_and_counts_what_was_answered(
    path: Path, clock: FakeClock
) -> None:
    with open_library(path, clock=clock) as library:
        bring(library, numbered(9), numbered(9, name="Meer::Tief", key="tief", prefix="t"))
        bring(library, numbered(9, name="Wald", key="wald", prefix="w"))
    limits = (DeckLimits("Meer", new_per_day=3), DeckLimits("Meer::Tief", new_per_day=1), DeckLimits("Nirgends", 0))
    with open_library(path, clock=clock, chosen={"decks": limits, "new_per_day": 8}) as library:
        assert asked_ids(library) == ["k1", "k2", "k3", "w1", "w2", "w3", "w4", "w5"]
        grade(library, "t1", 5)
        assert asked_ids(library) == ["k1", "k2", "w1", "w2", "w3", "w4", "w5"]
        assert asked_ids(library, "Meer::Tief") == []
        assert library.today().queue.total == 7


def test_a_limited_deck_with_many_cards_does_not_hide_the_decks_behind_it(path: Path, clock: FakeClock) -> None:
    with open_library(path, clock=clock) as library:
        bring(library, numbered(900), numbered(5, name="Wald", key="wald", prefix="w"))
    chosen = {"decks": (DeckLimits("Meer", new_per_day=0),), "new_per_day": 2}
    with open_library(path, clock=clock, chosen=chosen) as library:
        assert asked_ids(library) == ["w1", "w2"]


def test_ten_more_are_due_cards_over_the_limit_first_and_then_new_ones(library: Library, clock: FakeClock) -> None:
    bring(library, numbered(20))
    for name in asked_ids(library)[:4]:
        grade(library, name, 4)
    clock.forward(days=1)
    with_limits(library, reviews_per_day=1, new_per_day=0)
    for name in asked_ids(library):
        grade(library, name, 4)
    assert asked_ids(library) == []
    turns = library.session(more=10).turns
    assert [card.id for card in library.cards([turn.card for turn in turns])] == [
        *("k2", "k3", "k4"),
        *("k5", "k6", "k7", "k8", "k9", "k10", "k11"),
    ]


def test_after_three_days_without_an_answer_the_learner_is_told_how_things_stand(
    library: Library, clock: FakeClock
) -> None:
    bring(library, numbered(12))
    assert library.today().catch_up is None
    for name in asked_ids(library):
        grade(library, name, 4)
    clock.forward(days=3)
    assert library.today().catch_up is None  # two days without an answer
    clock.forward(days=1)
    with_limits(library, reviews_per_day=5)
    assert library.today().catch_up == CatchUp(away_days=3, due=12, days=3)
    grade(library, "k1", 4)
    assert library.today().catch_up is None


def test_leeches_are_counted_that_are_asked_and_were_not_kept(library: Library) -> None:
    """A leech from 8 lapses on, and again at 12, 16 and so on if it was kept meanwhile."""
    bring(library, numbered(7))
    told = "lapses = ?, kept_lapses = ?, suspended = ?"
    states = ((7, 0, 0), (8, 0, 0), (11, 8, 0), (12, 8, 0), (13, 12, 0), (20, 12, 0), (9, 0, 1))
    with closing(sqlite3.connect(library.path)) as connection, connection:
        values = [(*one, at + 1) for at, one in enumerate(states)]
        connection.executemany(f"UPDATE card SET reviews = 20, {told} WHERE pk = ?", values)
    assert library.today().leeches == 3
    assert glanced(library.path, DAY).leeches == 3


def test_anchors_are_counted_that_have_no_place_and_whose_cards_are_asked(library: Library) -> None:
    """Those in several places, too; not those of drafts and of suspended cards; a note's cards count once."""
    notes = (
        basic("a", key="a", anchors=("one", "two")),
        both_ways("b", key="b", anchors=("three",)),
        basic("c", key="c", anchors=("four",), draft=True),
        basic("d", key="d", anchors=("five",), suspended=True),
        basic("e", key="e"),
    )
    bring(library, deck_of(*notes))
    assert library.today().unverified == 3
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE anchor SET standing = 'found' WHERE quote = 'one'")
        connection.execute("UPDATE anchor SET standing = 'lost' WHERE quote = 'two'")
        connection.execute("UPDATE anchor SET standing = 'reworded' WHERE quote = 'three'")
    assert glanced(library.path, DAY).unverified == 1


def test_anchors_without_a_place_are_counted_up_to_a_thousand(library: Library) -> None:
    many = tuple(f"phrase {n}" for n in range(1_001))
    bring(library, deck_of(basic("a", key="a", anchors=many)))
    assert library.today().unverified == 1_000

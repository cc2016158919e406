"""Undo and redo of everything a learner can do, one deed at a time, also after the library was closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.errors import NothingToRedo, NothingToUndo, StaleNote
from flashrls.log import EntryKind
from flashrls.store.library import Library, open_library
from tests.store.making import (
    BURY,
    RESET,
    SCHEDULED,
    SUSPEND,
    FakeClock,
    asked_ids,
    basic,
    bring,
    check_caches,
    deck_of,
    gaps,
    grade,
    make_library,
    numbered,
    rows,
    shown,
)

KEEP = EntryKind.KEEP


@pytest.fixture
def filled(library: Library) -> Library:
    bring(library, numbered(4), deck_of(gaps("{{1::a}} und {{2::b}}", key="ab"), name="Wald", key="wald"))
    return library


def texts(path: Path) -> list[tuple[Any, ...]]:
    """All that an edit could change, without what only grows."""
    columns = "deck_pk, kind, question, answer, tags, typed, section, base IS NULL, home_pk, key"
    notes = f"SELECT {columns} FROM note ORDER BY pk"
    cards = "SELECT note_pk, deck_pk, part, held FROM card WHERE coalesce(held, '') <> 'gone' ORDER BY pk"
    return [*rows(path, notes), *rows(path, cards), *rows(path, "SELECT * FROM daily")]


def states(path: Path) -> list[tuple[Any, ...]]:
    columns = (
        "ease, repetitions, interval_days, due_on, reviews, lapses, suspended, buried_on, drill_on, kept_lapses"
    )
    return rows(path, f"SELECT pk, {columns} FROM card WHERE coalesce(held, '') <> 'gone' ORDER BY pk")


def test_a_deed_of_many_cards_is_taken_back_at_once_and_done_again_at_once(filled: Library) -> None:
    filled.mark([1, 2, 3], SUSPEND)
    undone = filled.undo()
    assert (undone.entry.kind, undone.cards, undone.is_redo) == (SUSPEND, 3, False)
    assert asked_ids(filled)[:4] == ["k1", "k2", "k3", "k4"]
    redone = filled.redo()
    assert (redone.entry.kind, redone.cards, redone.is_redo) == (SUSPEND, 3, True)
    assert asked_ids(filled)[:1] == ["k4"]
    with pytest.raises(NothingToRedo):
        filled.redo()


def test_what_was_undone_last_is_redone_first_and_a_new_deed_ends_that(filled: Library) -> None:
    for name in ("k1", "k2", "k3"):
        grade(filled, name, 5)
    assert [filled.undo().card.id for _ in range(3)] == ["k3", "k2", "k1"]
    assert [filled.redo().card.id for _ in range(2)] == ["k1", "k2"]
    assert filled.undo().card.id == "k2"
    grade(filled, "k4", 4)
    with pytest.raises(NothingToRedo, match="nothing to redo"):
        filled.redo()
    assert [filled.undo().card.id for _ in range(2)] == ["k4", "k1"]
    with pytest.raises(NothingToUndo):
        filled.undo()


def test_undo_and_redo_go_on_after_the_library_was_closed(path: Path, clock: FakeClock) -> None:
    with open_library(path, clock=clock) as library:
        bring(library, numbered(2))
        grade(library, "k1", 2)
    clock.forward(days=40)
    with open_library(path, clock=clock) as library:
        assert library.undo().card.state.schedule is None
    with open_library(path, clock=clock) as library:
        after = library.redo().card.state
        assert (after.lapses, after.due_on and after.due_on.isoformat()) == (1, "2026-03-03")
        check_caches(path, library)


def test_an_edit_keeps_the_schedule_and_can_be_taken_back(filled: Library, path: Path) -> None:
    before = grade(filled, "k1", 4)
    note = filled.note(before.note_ref)
    (after,) = filled.edit(before.note_ref, note, replace(note, answer="Neu", tags=("x",)))
    assert (after.face.answer, after.tags, after.state) == ("Neu", ("x",), before.state)
    undone = filled.undo()
    assert (undone.entry.kind, set(undone.fields)) == (EntryKind.EDIT, {"answer", "tags"})
    assert (undone.card.face.answer, undone.card.tags, undone.card.state) == ("Antwort", (), before.state)
    assert filled.redo().card.face.answer == "Neu"
    check_caches(path, filled)


def test_an_edit_of_a_text_that_changed_meanwhile_is_refused(filled: Library) -> None:
    ref = shown(filled, "k1").note_ref
    note = filled.note(ref)
    filled.edit(ref, note, replace(note, answer="Zuerst"))
    with pytest.raises(StaleNote, match="k1 was changed elsewhere since you began"):
        filled.edit(ref, note, replace(note, answer="Danach"))
    assert shown(filled, "k1").face.answer == "Zuerst"


def test_a_cloze_that_loses_a_number_keeps_that_cards_history_and_gets_it_back(filled: Library) -> None:
    ref = grade(filled, "ab#2", 5).note_ref
    note = filled.note(ref)
    (left,) = filled.edit(ref, note, replace(note, question="{{1::a}} und b"))
    assert left.id == "ab#1"
    filled.undo()
    assert [card.state.reviews for card in filled.cards_of(ref)] == [0, 1]


def test_what_was_added_is_asked_and_gone_after_an_undo_and_back_after_a_redo(filled: Library, path: Path) -> None:
    (card,) = filled.add("Meer", [basic("Was ist neu?", "Dies")])
    assert card.id in asked_ids(filled)
    assert filled.undo().entry.kind is EntryKind.ADD
    assert card.id not in asked_ids(filled)
    assert [deck.notes for deck in filled.today().decks] == [4, 1]
    filled.redo()
    assert card.id in asked_ids(filled)
    check_caches(path, filled)


def test_adding_to_a_deck_that_is_not_there_makes_it(filled: Library) -> None:
    filled.add("Ganz::Neu", [basic("Eins?"), basic("Zwei?")])
    assert [(deck.name, deck.key, deck.cards) for deck in filled.today().decks][2:] == [
        ("Ganz::Neu", "ganz.neu", 2)
    ]
    assert filled.undo().cards == 2


def test_a_move_takes_cards_and_counts_along_and_back(filled: Library, path: Path) -> None:
    ref = grade(filled, "k1", 4).note_ref
    assert filled.move([ref], "Wald") == 1
    assert shown(filled, "k1").deck == "Wald"
    assert rows(path, "SELECT DISTINCT deck_pk FROM daily") == [(2,)]
    assert filled.undo().fields == ("deck",)
    assert shown(filled, "k1").deck == "Meer"
    assert rows(path, "SELECT DISTINCT deck_pk FROM daily") == [(1,)]
    assert rows(path, "SELECT home_pk FROM note") == [(None,)] * 5


def test_a_leech_that_is_kept_is_one_again_after_four_more_lapses(library: Library, clock: FakeClock) -> None:
    bring(library, numbered(1))
    seen = []
    for lapse in range(1, 17):
        clock.forward(days=1)
        card = grade(library, "k1", 2)
        seen.append(card.state.is_leech)
        if lapse in (9, 12):
            library.mark([card.ref], KEEP)
    # 8, 9 | kept | 12 | kept | 16
    assert [at for at, leech in enumerate(seen, 1) if leech] == [8, 9, 12, 16]
    library.undo()
    assert not shown(library, "k1").state.is_leech


ACTS: dict[str, Callable[[Library, int], object]] = {
    "good": lambda library, n: grade(library, f"k{n}", 4),
    "again": lambda library, n: grade(library, f"k{n}", 1),
    "suspend": lambda library, n: library.mark(range(1, n + 1), SUSPEND),
    "bury": lambda library, n: library.mark([n], BURY),
    "reset": lambda library, n: library.mark([n, 1], RESET),
    "keep": lambda library, n: library.mark([n], KEEP),
    "tag": lambda library, n: library.tag([1, n], add=[f"t{n}"]),
    "untag": lambda library, n: library.tag([1, 2, 3, 4], remove=[f"t{n}"]),
    "move": lambda library, n: library.move([n, 2], "Wald"),
    "home": lambda library, n: library.move([n], "Meer"),
    "add": lambda library, n: library.add("Wald", [basic(f"Neu {n}?")]),
    "edit": lambda library, n: library.edit(n, library.note(n), replace(library.note(n), answer=f"Antwort {n}")),
    "day": lambda library, n: library._clock.forward(days=n),  # type: ignore[attr-defined]
    "undo": lambda library, n: library.undo(),  # noqa: ARG005
    "redo": lambda library, n: library.redo(),  # noqa: ARG005
}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*ACTS]), st.integers(1, 4)), max_size=14))
def test_undoing_everything_gives_the_start_back_and_redoing_everything_the_end(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int]]
) -> None:
    clock = FakeClock()
    path = make_library(
        tmp_path_factory.mktemp("deeds"), numbered(4), deck_of(basic("W?"), name="Wald", key="wald")
    )
    with open_library(path, clock=clock) as library:
        start = texts(path), states(path)
        for act, n in acts:
            try:
                ACTS[act](library, n)
            except (NothingToUndo, NothingToRedo):
                continue
            check_caches(path, library)
        while _turned(library.redo):
            pass  # what was undone and could be redone belongs to the end
        end = texts(path), states(path)
        undone = 0
        while _turned(library.undo):
            undone += 1
        check_caches(path, library)
        assert _without_removed(path, texts(path)) == start[0]
        assert states(path) == start[1]
        for _ in range(undone):
            library.redo()
        check_caches(path, library)
        assert (texts(path), states(path)) == end


def _turned(turn: Callable[[], object]) -> bool:
    try:
        turn()
    except (NothingToUndo, NothingToRedo):
        return False
    return True


def _without_removed(path: Path, found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    removed = {key for (key,) in rows(path, "SELECT key FROM note WHERE base = 'removed'")}
    return [row for row in found if row[-1] not in removed]


@pytest.mark.parametrize(("name", "value"), [("lapse_ease", "keep"), ("maximum_interval", 10), ("fuzz", True)])
def test_another_rule_folds_all_cards_again_and_the_library_remembers_it(
    path: Path, clock: FakeClock, name: str, value: object
) -> None:
    with open_library(path, clock=clock) as library:
        bring(library, numbered(6))
        for _ in range(8):
            for card in asked_ids(library):
                grade(library, card, 2 if card == "k6" and clock.now.day % 2 else 4)
            clock.forward(days=20)
        before = states(path)
    with open_library(path, clock=clock, chosen={name: value}) as library:
        check_caches(path, library)
        assert states(path) != before
    with open_library(path, clock=clock) as library:
        assert getattr(library.settings, name) == value
        check_caches(path, library)
    log = rows(path, "SELECT id, ease, due_on FROM review")
    default = {"lapse_ease": "change", "maximum_interval": 36_500, "fuzz": False}[name]
    with open_library(path, clock=clock, chosen={name: default}) as library:
        assert states(path) == before
    assert rows(path, "SELECT id, ease, due_on FROM review") == log


def test_grades_of_a_day_without_scheduled_reviews_are_taken_back_in_the_counts(
    filled: Library, path: Path
) -> None:
    grade(filled, "k1", 1)
    grade(filled, "k1", 4, EntryKind.DRILL)
    filled.undo(), filled.undo()
    assert rows(path, "SELECT * FROM daily") == []
    filled.redo()
    assert rows(path, "SELECT grade, introduced, drilled FROM daily") == [(1, 1, 0)]
    assert shown(filled, "k1").last_entry == rows(path, "SELECT id FROM review ORDER BY pk DESC LIMIT 1")[0][0]
    grade(filled, "k1", 5, SCHEDULED)


def test_a_log_tells_an_undo_from_a_redo(filled: Library) -> None:
    ref = grade(filled, "k1", 4).ref
    filled.undo(), filled.redo(), filled.undo()
    log = filled.log_of(ref)
    assert [(line.entry.kind.value, line.undone, line.is_redo) for line in log] == [
        ("scheduled", True, False),
        ("undo", False, False),
        ("undo", False, True),
        ("undo", False, False),
    ]


def test_a_draft_that_was_added_is_a_draft_again_after_a_redo(filled: Library) -> None:
    (card,) = filled.add("Meer", [basic("Entwurf?", draft=True)])
    filled.undo(), filled.redo()
    assert shown(filled, card.id).held == "draft"
    assert card.id not in asked_ids(filled)


def test_many_moves_are_taken_back_each_to_its_own_deck(filled: Library) -> None:
    filled.add("Berg", [basic("Gipfel?")])
    refs = [filled.card(name).card.note_ref for name in ("k1", "ab#1", "k3")]
    assert filled.move(refs, "Berg") == 3
    filled.undo()
    assert [shown(filled, name).deck for name in ("k1", "ab#1", "k3")] == ["Meer", "Wald", "Meer"]
    filled.redo()
    assert {shown(filled, name).deck for name in ("k1", "ab#2", "k3")} == {"Berg"}

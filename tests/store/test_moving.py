"""Notes that change decks, leave their files and come back, and what the learner is asked about them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flashrls.cards import Deck, Kind, Note, Source, made_key
from flashrls.documents.text import Document
from flashrls.errors import LibraryChanged
from flashrls.plan import Change, Guess, ImportPlan
from flashrls.query import EVERYTHING, parse_query
from flashrls.store.library import Library, open_library
from flashrls.store.orphans import Orphan, orphans
from tests.store.making import (
    PRACTICE,
    SUSPEND,
    FakeClock,
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
    rows,
    shown,
    told,
)

DEPTH, WIDTH, SALT = "Wie tief ist der Marianengraben?", "Wer maß die Weite?", "Warum ist das Meer salzig?"
SALTIER = "Warum ist das Meer so salzig?"
NOON_MS = 1_772_452_800_000
DAY_MS = 86_400_000


def zwei(*notes: Note) -> Deck:
    return deck_of(*notes, name="Zwei", key="zwei")


def take(_plan: ImportPlan) -> Collection[Guess]:
    return ()


def keep(plan: ImportPlan) -> Collection[Guess]:
    return plan.guesses


def missing(path: Path) -> list[Orphan]:
    """What the files lack, asked as the command does."""

    def ask(sql: str, /, **_values: int | str) -> list[tuple[Any, ...]]:
        return rows(path, sql)

    return orphans(ask)


def test_a_note_that_moves_to_another_deck_keeps_everything(library: Library, path: Path, clock: FakeClock) -> None:
    a, b, c = both_ways(DEPTH, key="a"), basic(WIDTH, key="b"), basic(SALT, key="c")
    bring(library, deck_of(a, b), zwei(c))
    grade(library, "a", 4, reveal_ms=900)
    grade(library, "b", 2)
    clock.forward(days=1)
    grade(library, "a#rev", 5)
    before, logs = shown(library, "a"), rows(path, "SELECT * FROM review")
    bring(library, deck_of(b), zwei(c, a))
    after = shown(library, "a")
    assert after == replace(before, deck="Zwei")
    assert rows(path, "SELECT * FROM review") == logs
    assert rows(path, "SELECT uid, handle, key, deck_pk, position, missing_ms FROM note WHERE pk = 1") == [
        ("meer/a", "a", "a", 2, 1, None)
    ]
    assert rows(path, "SELECT DISTINCT deck_pk, position FROM card WHERE note_pk = 1") == [(2, 1)]
    assert missing(path) == []
    check_caches(path, library)
    assert {deck for _, deck, *_ in counted(path)} == {1, 2}
    library.undo()
    library.undo()
    library.undo()
    assert counted(path) == []


def test_the_plan_of_a_move_is_done_when_it_is_done(library: Library, path: Path) -> None:
    bring(library, deck_of(basic(DEPTH), basic(WIDTH)), zwei(basic(SALT)))
    files = told(deck_of(basic(WIDTH)), zwei(basic(SALT), basic(DEPTH)))
    done = library.import_decks(files)
    assert [(n.change, n.origin) for n in done.decks[1].notes] == [(Change.UNCHANGED, ""), (Change.MOVED, "Meer")]
    once = dump(path)
    assert library.import_decks(files).count(Change.UNCHANGED) == 3
    assert dump(path) == once


def test_a_note_that_moves_can_get_an_id_or_lose_it(library: Library, path: Path) -> None:
    bring(library, deck_of(basic(DEPTH), basic(WIDTH, key="b"), basic(SALT, key="c")))
    grade(library, "b", 4)
    bring(library, deck_of(basic(SALT, key="c")), zwei(basic(DEPTH, key="tiefe"), basic(WIDTH)))
    made = made_key(Kind.BASIC, DEPTH)
    assert rows(path, "SELECT uid, handle, key FROM note WHERE deck_pk = 2 ORDER BY position") == [
        (f"meer/{made}", "tiefe", "tiefe"),
        ("meer/b", "b", made_key(Kind.BASIC, WIDTH)),
    ]
    bring(library, zwei(basic(DEPTH, key="tiefe"), basic(WIDTH, key="b")))
    assert shown(library, "b").state.reviews == 1
    assert [found.card.id for found in library.find(EVERYTHING)] == ["c", "tiefe", "b"]


def test_an_id_that_a_moved_note_left_behind_begins_anew(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH, key="a"), basic(WIDTH, key="b")))
    grade(library, "a", 4)
    bring(library, deck_of(basic(WIDTH, key="b")), zwei(basic(DEPTH, key="a")))
    bring(library, deck_of(basic(WIDTH, key="b"), basic(SALT, key="a")))
    found = {one.card.face.question: (one.card.id, one.card.state.reviews) for one in library.find(EVERYTHING)}
    assert found == {DEPTH: ("a", 1), SALT: ("meer/a~3", 0), WIDTH: ("b", 0)}


def test_a_note_and_its_edit_move_together(library: Library) -> None:
    """A part that the new text lacks rests, one that is new stands in the new deck."""
    bring(library, deck_of(gaps("{{1::Salz}} und {{2::Wasser}}", key="s"), basic(WIDTH)))
    grade(library, "s#1", 4)
    moved = zwei(gaps("{{1::Salz}} und Wasser und {{3::Sand}}", key="s"))
    bring_all(library, deck_of(basic(WIDTH)), moved)
    assert [
        (one.card.id, one.card.deck, one.card.state.reviews) for one in library.find(parse_query("deck:zwei"))
    ] == [
        ("s#1", "Zwei", 1),
        ("s#3", "Zwei", 0),
    ]
    assert library.card("s#2").standing == "gone"


def bring_all(library: Library, *decks: Deck) -> ImportPlan:
    """Import, guesses taken."""
    return library.import_decks(told(*decks), take)


def test_anchors_are_looked_for_in_the_document_of_the_new_deck(library: Library, path: Path) -> None:
    library.add_document(Document("Meer", "meer.txt", "ab" * 32, "Das Meer ist elf Kilometer tief."))
    note = basic(DEPTH, anchors=("elf Kilometer",))
    bring(library, replace(deck_of(note, basic(WIDTH)), source=Source(file="meer.txt")))
    assert rows(path, "SELECT document_pk, start_at, standing FROM anchor") == [(1, 13, "found")]
    bring(library, replace(deck_of(basic(WIDTH)), source=Source(file="meer.txt")), zwei(note))
    assert rows(path, "SELECT document_pk, start_at, standing FROM anchor") == [(None, None, "unverified")]


def test_an_orphan_is_listed_with_the_first_import_that_missed_it(
    library: Library, path: Path, clock: FakeClock
) -> None:
    a, b, c = both_ways(DEPTH, key="a"), basic(WIDTH, key="b"), basic(SALT, key="c")
    bring(library, deck_of(a, b, c))
    grade(library, "a", 4)
    grade(library, "b", 4)
    library.mark([shown(library, "b").ref], SUSPEND)
    assert missing(path) == []
    clock.forward(days=1)
    bring(library, deck_of(b, c))
    clock.forward(days=1)
    bring(library, deck_of(c))
    bring(library, deck_of(c))
    assert missing(path) == [
        Orphan("a", "Meer", DEPTH, NOON_MS + DAY_MS, 1, True),
        Orphan("b", "Meer", WIDTH, NOON_MS + 2 * DAY_MS, 1, False),
    ]
    assert asked_ids(library) == ["a", "c"]


def test_an_orphan_that_is_graded_and_comes_back_goes_on(library: Library, path: Path, clock: FakeClock) -> None:
    a, b = basic(DEPTH, key="a"), basic(WIDTH, key="b")
    bring(library, deck_of(a, b))
    grade(library, "a", 4)
    bring(library, deck_of(b))
    clock.forward(days=1)
    graded = grade(library, "a", 4)
    files = told(deck_of(a, b))
    plan = library.plan(files)
    assert [(n.change, n.is_back) for n in plan.decks[0].notes] == [
        (Change.UNCHANGED, True),
        (Change.UNCHANGED, False),
    ]
    library.import_decks(files)
    assert shown(library, "a") == graded
    assert missing(path) == []
    assert not library.plan(files).decks[0].notes[0].is_back


def test_an_orphan_comes_back_in_another_deck_of_a_later_import(library: Library, path: Path) -> None:
    a, b = basic(DEPTH, key="a"), basic(WIDTH, key="b")
    bring(library, deck_of(a, b))
    grade(library, "a", 4)
    bring(library, deck_of(b))
    bring(library, zwei(basic(DEPTH, key="neu")))
    assert (shown(library, "neu").deck, shown(library, "neu").state.reviews) == ("Zwei", 1)
    assert missing(path) == []
    check_caches(path, library)


def test_a_note_is_copied_where_its_own_file_still_holds_it(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH, key="a"), basic(WIDTH, key="b")))
    grade(library, "a", 4)
    bring(library, zwei(basic(DEPTH, key="a")))
    assert [(one.card.id, one.card.state.reviews) for one in library.find(EVERYTHING)] == [
        ("a", 1),
        ("b", 0),
        ("zwei/a", 0),
    ]


def test_a_deck_whose_file_was_renamed_goes_on_under_its_new_name(library: Library, path: Path) -> None:
    """Without an id in its head a deck's name makes its id."""
    bring(library, deck_of(basic(DEPTH), basic(WIDTH, key="b")))
    grade(library, "b", 4)
    bring_all(library, zwei(basic(DEPTH), basic(WIDTH, key="b")))
    assert [(deck.name, deck.notes, deck.seen) for deck in library.today().decks] == [("Zwei", 2, 1)]
    assert shown(library, "b").state.reviews == 1
    check_caches(path, library)


def test_a_deck_that_kept_a_note_stays(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH), basic(WIDTH), basic("Wo?")))
    bring_all(library, zwei(basic(DEPTH), basic(WIDTH)))
    assert [(deck.name, deck.notes) for deck in library.today().decks] == [("Meer", 1), ("Zwei", 2)]


def test_two_decks_take_each_others_names(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH, key="a")), zwei(basic(WIDTH, key="b")))
    bring(
        library,
        deck_of(basic(DEPTH, key="a"), name="Zwei", key="meer"),
        deck_of(basic(WIDTH, key="b"), name="Meer", key="zwei"),
    )
    assert [shown(library, name).deck for name in ("a", "b")] == ["Zwei", "Meer"]


def test_nobody_asked_takes_guesses_in_a_deck_and_keeps_decks_apart(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH, key="a"), basic(WIDTH), basic(SALT)))
    bring(library, deck_of(basic(DEPTH, key="a"), basic(WIDTH + "?")))
    plan = library.import_decks(told(zwei(basic(SALTIER))))
    assert plan.count(Change.NEW) == 1
    assert [found.card.face.question for found in library.find(EVERYTHING)] == [DEPTH, WIDTH + "?", SALT, SALTIER]


def test_who_is_asked_decides_and_what_was_kept_apart_is_not_asked_again(library: Library, path: Path) -> None:
    bring(library, deck_of(basic(DEPTH), basic(SALT)))
    edited = told(deck_of(basic("Wie tief ist denn der Marianengraben?"), basic(SALTIER)))
    plan = library.import_decks(edited, lambda plan: plan.guesses[1:])
    assert [n.change for n in plan.decks[0].notes] == [Change.EDITED, Change.NEW, Change.MISSING]
    assert [orphan.question for orphan in missing(path)] == [SALT]
    again = library.import_decks(edited, keep)
    assert (again.guesses, again.count(Change.UNCHANGED), again.count(Change.MISSING)) == ((), 2, 1)


def test_nobody_is_asked_where_nothing_is_in_doubt_or_a_file_has_faults(library: Library) -> None:
    def refuse(plan: ImportPlan) -> Collection[Guess]:
        raise AssertionError(plan)

    bring(library, deck_of(basic(DEPTH), basic(SALT)))
    library.import_decks(told(deck_of(basic(SALT), basic("Neu?"))), refuse)
    faulty = [*told(deck_of(basic(SALTIER))), *told(deck_of(basic(WIDTH), name="Meer", key="x"))]
    assert library.import_decks(faulty, refuse).faults == 1


def test_an_asked_learner_who_leaves_changes_nothing(library: Library, path: Path) -> None:
    bring(library, deck_of(basic(SALT)))
    before = dump(path)

    def leave(_plan: ImportPlan) -> Collection[Guess]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.import_decks(told(deck_of(basic(SALTIER))), leave)
    assert dump(path) == before


def test_an_answer_does_not_count_for_what_was_not_shown(library: Library, path: Path, clock: FakeClock) -> None:
    """While the learner thinks, another program edits the very card."""
    bring(library, deck_of(basic(SALT)))

    def think(_plan: ImportPlan) -> Collection[Guess]:
        with open_library(path, clock=clock) as other:
            other.import_decks(told(deck_of(basic("Warum ist das Meer nur salzig?"))), take)
        return ()

    with pytest.raises(LibraryChanged) as error:
        library.import_decks(told(deck_of(basic(SALTIER))), think)
    assert error.value.message == f"{path}: the library was changed while you were asked; nothing was imported."
    assert rows(path, "SELECT question FROM note") == [("Warum ist das Meer nur salzig?",)]


def test_grades_given_while_the_learner_is_asked_are_kept(library: Library, path: Path, clock: FakeClock) -> None:
    bring(library, deck_of(basic(SALT), basic(WIDTH, key="w")))

    def think(_plan: ImportPlan) -> Collection[Guess]:
        with open_library(path, clock=clock, lock_timeout_s=0) as other:
            grade(other, "w", 4)
            grade(other, "w", 3, PRACTICE)
            bring(other, zwei(basic("Etwas anderes")))
        return ()

    plan = library.import_decks(told(deck_of(basic(SALTIER), basic(WIDTH, key="w"))), think)
    assert plan.count(Change.EDITED) == 1
    assert shown(library, "w").state.reviews == 1
    check_caches(path, library)

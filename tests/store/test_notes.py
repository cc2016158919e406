"""Imports carried out: what the library holds after them, and what they never touch."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashrls.cards import Deck, Kind, Note, Skip, Source, made_key
from flashrls.errors import AmbiguousCard, NoSuchCard
from flashrls.formats.deckfile import parse_deck
from flashrls.formats.faults import Fault
from flashrls.log import NEW, CardState, EntryKind
from flashrls.plan import Change, ImportPlan, plan_import
from flashrls.query import EVERYTHING
from flashrls.sm2 import Schedule
from flashrls.store.library import Library, open_library
from tests.store.making import (
    SUSPEND,
    UNSUSPEND,
    FakeClock,
    asked_ids,
    basic,
    both_ways,
    bring,
    check_caches,
    deck_of,
    dump,
    gaps,
    grade,
    make_library,
    numbered,
    rows,
    shown,
    told,
)

DAY = date(2026, 3, 2)
GRADED = CardState(Schedule(250, 1, 1, DAY + timedelta(days=1)), 1, 0, DAY, due_on=DAY + timedelta(days=1))
"""A new card after a 4 on the first day."""

DEPTH, WIDTH, SALT = "Wie tief ist der Marianengraben?", "Wer maß die Weite?", "Warum ist das Meer salzig?"


def changes(library: Library, *decks: Deck) -> list[str]:
    """What an import would do with each note."""
    return [note.change.value for deck in library.plan(told(*decks)).decks for note in deck.notes]


def test_an_import_fills_the_library(library: Library, path: Path) -> None:
    deck = Deck(
        "Meer::Tiefe",
        "tiefe",
        (
            Note("graben", Kind.REVERSED, DEPTH, "11 km", "A > B", ("geo", "meer"), ("x … y", "z"), typed=True),
            gaps("{{2::Salz}} und {{1::Wasser}}"),
        ),
        Source("Das Meer", "meer.txt", "ab12"),
        (Skip("Ende", "nichts zu lernen"),),
    )
    bring(library, deck)
    assert rows(path, "SELECT key, name, source_title, source_file, source_sha256, skip, created_ms FROM deck") == [
        (
            "tiefe",
            "Meer::Tiefe",
            "Das Meer",
            "meer.txt",
            "ab12",
            '[{"text": "Ende", "why": "nichts zu lernen"}]',
            1_772_452_800_000,
        )
    ]
    made = made_key(Kind.CLOZE, "{{2::Salz}} und {{1::Wasser}}")
    assert rows(path, "SELECT uid, handle, key, position, tags, typed FROM note ORDER BY pk") == [
        ("tiefe/graben", "graben", "graben", 0, "geo meer", 1),
        (f"tiefe/{made}", made, made, 1, "", 0),
    ]
    assert rows(path, "SELECT note_pk, position, quote FROM anchor") == [(1, 0, "x … y"), (1, 1, "z")]
    assert rows(path, "SELECT note_pk, part, position, held FROM card ORDER BY pk") == [
        (1, "", 0, None),
        (1, "rev", 0, None),
        (2, "1", 1, None),
        (2, "2", 1, None),
    ]
    card = shown(library, "graben#rev")
    assert (card.face.question, card.face.answer, card.deck, card.section) == (
        "11 km",
        DEPTH,
        "Meer::Tiefe",
        "A > B",
    )
    assert (card.tags, card.anchors, card.typed, card.state) == (("geo", "meer"), ("x … y", "z"), True, NEW)


def test_the_same_file_again_changes_nothing(library: Library, path: Path, clock: FakeClock) -> None:
    deck = deck_of(
        basic(DEPTH, key="a", anchors=("x",)),
        gaps("{{1::a}} {{2::b}}"),
        both_ways(WIDTH, suspended=True),
        basic(SALT),
    )
    bring(library, deck)
    grade(library, "a", 4)
    before = dump(path)
    clock.forward(days=1)
    plan = library.import_decks(told(deck))
    assert (plan.count(Change.UNCHANGED), plan.faults) == (4, 0)
    assert dump(path) == before


def test_a_plan_writes_nothing(library: Library, path: Path) -> None:
    bring(library, numbered(2))
    before = dump(path)
    assert changes(library, numbered(3)) == ["unchanged", "unchanged", "new"]
    assert dump(path) == before


@pytest.mark.parametrize(
    "edit",
    [
        {"question": "Etwas ganz anderes"},
        {"answer": "11 km"},
        {"tags": ("neu",)},
        {"anchors": ("tief", "unten")},
        {"section": "Gräben"},
        {"typed": True},
    ],
)
def test_an_edit_keeps_the_schedule_and_the_history(
    library: Library, clock: FakeClock, edit: dict[str, Any]
) -> None:
    before = basic(DEPTH, key="tiefe", anchors=("tief",))
    bring(library, deck_of(before))
    graded = grade(library, "tiefe", 4)
    clock.forward(days=1)
    bring(library, deck_of(replace(before, **edit)))
    card = shown(library, "tiefe")
    assert (card.ref, card.state, card.last_entry) == (graded.ref, GRADED, graded.last_entry)
    name, value = next(iter(edit.items()))
    told = {"question": card.face.question, "answer": card.face.answer, "tags": card.tags, "anchors": card.anchors}
    assert (told | {"section": card.section, "typed": card.typed})[name] == value
    assert [line.entry.card for line in library.log_of(card.ref)] == ["meer/tiefe"]
    assert changes(library, deck_of(replace(before, **edit))) == ["unchanged"]


def test_only_an_edit_is_an_edit(library: Library, path: Path, clock: FakeClock) -> None:
    bring(library, deck_of(basic(DEPTH, key="a"), basic(WIDTH, key="b"), basic(SALT, key="c")))
    clock.forward(days=1)
    bring(library, deck_of(basic(SALT, key="c", section="Neu"), basic(DEPTH, key="a"), basic("Weit?", key="b")))
    edited = rows(path, "SELECT key FROM note WHERE edited_ms > created_ms ORDER BY key")
    assert edited == [("b",)]


def test_notes_are_introduced_in_the_order_of_the_file(library: Library) -> None:
    a, b, c = basic(DEPTH, key="a"), basic(WIDTH, key="b"), both_ways(SALT, key="c")
    bring(library, deck_of(a, b, c))
    assert asked_ids(library) == ["a", "b", "c"]
    assert changes(library, deck_of(c, a, b)) == ["moved", "unchanged", "unchanged"]
    bring(library, deck_of(c, a, b))
    assert asked_ids(library) == ["c", "a", "b"]
    bring(library, deck_of(basic("Neu", key="n"), c, a, b))
    assert asked_ids(library) == ["n", "c", "a", "b"]


def test_decks_are_introduced_in_the_order_they_came(library: Library) -> None:
    bring(library, numbered(2, name="B", key="b", prefix="b"), numbered(2, name="A", key="a", prefix="a"))
    assert asked_ids(library) == ["b1", "b2", "a1", "a2"]


def test_a_note_missing_from_its_file_is_kept_and_asked(library: Library) -> None:
    bring(library, numbered(3))
    grade(library, "k2", 4)
    assert changes(library, numbered(1)) == ["unchanged", "missing", "missing"]
    bring(library, numbered(1))
    assert asked_ids(library) == ["k1", "k3"]
    assert shown(library, "k2").state == GRADED


def test_a_note_that_comes_back_goes_on(library: Library) -> None:
    a, b, c = numbered(3).notes
    bring(library, deck_of(a, b, c))
    grade(library, "k2", 4)
    bring(library, deck_of(a, c))
    assert changes(library, deck_of(a, b, c)) == ["unchanged"] * 3
    bring(library, deck_of(a, b, c))
    assert shown(library, "k2").state == GRADED
    assert asked_ids(library) == ["k1", "k3"]


def test_a_note_that_gets_an_id_is_called_by_it(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH)))
    made = made_key(Kind.BASIC, DEPTH)
    graded = grade(library, made, 4)
    named = deck_of(basic(DEPTH, key="tiefe"))
    assert changes(library, named) == ["unchanged"]
    bring(library, named)
    assert shown(library, "tiefe") == replace(graded, id="tiefe")
    with pytest.raises(NoSuchCard):
        library.card(made)
    assert [line.entry.card for line in library.log_of(graded.ref)] == [f"meer/{made}"]
    bring(library, deck_of(basic("Ganz anders", key="tiefe")))
    assert shown(library, "tiefe").state == GRADED
    assert library.refold(graded.ref) == GRADED


def test_a_note_without_an_id_keeps_its_history_through_an_edit(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH, anchors=("elf Kilometer",)), basic(SALT)))
    graded = grade(library, made_key(Kind.BASIC, DEPTH), 4)
    edited = deck_of(basic("Tiefe?", anchors=("elf Kilometer",)), basic("Warum ist das Meer so salzig?"))
    plan = library.import_decks(told(edited))
    assert [note.how for note in plan.decks[0].notes] == ["the same anchor", "a similar question"]
    assert library.cards([graded.ref])[0].state == GRADED
    assert library.cards([graded.ref])[0].face.question == "Tiefe?"
    assert changes(library, edited) == ["unchanged", "unchanged"]


def test_a_text_that_a_note_once_had_is_a_new_note(library: Library) -> None:
    """The note without an id was edited; what it was called after its old text may not lead to it."""
    bring(library, deck_of(basic(DEPTH, anchors=("elf",))))
    graded = grade(library, made_key(Kind.BASIC, DEPTH), 4)
    bring(library, deck_of(basic("Tiefe?", anchors=("elf",))))
    both = deck_of(basic("Tiefe?", anchors=("elf",)), basic(DEPTH))
    assert changes(library, both) == ["unchanged", "new"]
    bring(library, both)
    assert [(card.face.question, card.state) for card in library.cards([graded.ref, graded.ref + 1])] == [
        ("Tiefe?", GRADED),
        (DEPTH, NEW),
    ]
    assert changes(library, both) == ["unchanged", "unchanged"]
    old, fresh = (found.card.id for found in library.find(EVERYTHING))
    assert [shown(library, old).ref, shown(library, fresh).ref] == [graded.ref, graded.ref + 1]


def test_an_id_that_another_note_once_had_is_a_new_note(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH, key="a")))
    grade(library, "a", 4)
    bring(library, deck_of(basic(DEPTH, key="b")))
    swapped = deck_of(basic(DEPTH, key="b"), basic(WIDTH, key="a"))
    bring(library, swapped)
    assert [shown(library, name).state for name in ("b", "a")] == [GRADED, NEW]
    assert len({found.note for found in library.find(EVERYTHING)}) == 2
    assert changes(library, swapped) == ["unchanged", "unchanged"]
    grade(library, "a", 4)
    assert [line.entry.card for line in library.log_of(shown(library, "b").ref)] == ["meer/a"]
    assert [line.entry.card for line in library.log_of(shown(library, "a").ref)] == ["meer/a~2"]


def test_a_made_id_that_was_written_down_does_not_take_another_notes_text(library: Library) -> None:
    made = made_key(Kind.BASIC, DEPTH)
    bring(library, deck_of(basic(DEPTH, key=made)))
    bring(library, deck_of(basic("Ganz anders", key=made)))
    assert changes(library, deck_of(basic(DEPTH))) == ["new", "missing"]
    bring(library, deck_of(basic(DEPTH)))
    assert [found.card.face.question for found in library.find(EVERYTHING)] == ["Ganz anders", DEPTH]
    assert changes(library, deck_of(basic(DEPTH))) == ["unchanged", "missing"]


def test_an_id_written_out_as_it_was_made_and_its_old_text_are_two_notes(library: Library) -> None:
    """`--write-ids` writes made ids down; after an edit another note can have the text it was made from."""
    made = made_key(Kind.BASIC, DEPTH)
    bring(library, deck_of(basic(DEPTH, key=made)))
    grade(library, made, 4)
    both = deck_of(basic("Tiefe?", key=made), basic(DEPTH))
    bring(library, both)
    assert shown(library, made).face.question == "Tiefe?"
    assert [found.card.state for found in library.find(EVERYTHING)] == [GRADED, NEW]
    assert changes(library, both) == ["unchanged", "unchanged"]
    bring(library, deck_of(*reversed(both.notes)))
    assert shown(library, made).state == GRADED


def test_a_cloze_part_that_goes_keeps_its_history_and_is_asked_again_when_it_returns(
    library: Library, clock: FakeClock
) -> None:
    whole, half = gaps("{{1::Salz}} und {{2::Wasser}}", key="c"), gaps("{{1::Salz}} und Wasser", key="c")
    bring(library, deck_of(whole))
    grade(library, "c#2", 4)
    bring(library, deck_of(half))
    clock.forward(days=9)
    assert asked_ids(library) == ["c#1"]
    assert [found.card.id for found in library.find(EVERYTHING)] == ["c#1"]
    assert library.card("c#2").standing == "gone"
    assert library.today().decks[0].cards == 1
    bring(library, deck_of(whole))
    assert asked_ids(library) == ["c#2"]
    assert shown(library, "c#2").state == GRADED


def test_a_part_that_is_added_is_a_new_card_in_its_notes_place(library: Library, clock: FakeClock) -> None:
    bring(library, deck_of(basic("Vorher", key="a"), basic(DEPTH, "11 km", key="b"), basic("Nachher", key="c")))
    grade(library, "b", 4)
    bring(library, deck_of(basic("Vorher", key="a"), both_ways(DEPTH, "11 km", key="b"), basic("Nachher", key="c")))
    assert asked_ids(library) == ["a", "c"]
    clock.forward(days=1)
    assert asked_ids(library) == ["b", "a", "c"]
    clock.forward(hours=1)
    assert shown(library, "b#rev").state == NEW
    bring(library, deck_of(basic(DEPTH, "11 km", key="b")))
    assert library.card("b#rev").standing == "gone"
    assert shown(library, "b").state == GRADED


def test_a_card_that_became_a_cloze_is_called_by_its_parts(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH, key="a")))
    grade(library, "a", 4)
    bring(library, deck_of(gaps("Der Graben ist {{1::11}} km {{2::tief}}", key="a")))
    with pytest.raises(AmbiguousCard, match="Say which: a#1, a#2"):
        library.card("a")
    bring(library, deck_of(gaps("Der Graben ist {{1::11}} km tief", key="a")))
    assert library.card("a").card.id == "a#1"
    bring(library, deck_of(basic(DEPTH, key="a")))
    assert shown(library, "a").state == GRADED


def test_a_cloze_that_became_reversed_can_still_be_shown(library: Library, path: Path) -> None:
    bring(library, deck_of(both_ways(DEPTH, key="a")))
    grade(library, "a#rev", 4)
    bring(library, deck_of(gaps("Der Graben ist {{1::11}} km tief", key="a")))
    for part, question in (("#rev", "Der Graben ist 11 km tief"), ("#1", "Der Graben ist [...] km tief")):
        assert shown(library, f"a{part}").face.question == question
    check_caches(path, library)


def test_a_draft_is_not_scheduled_until_it_is_released(library: Library) -> None:
    bring(library, deck_of(both_ways(DEPTH, key="a", draft=True), basic(WIDTH, key="b")))
    assert asked_ids(library) == ["b"]
    assert library.card("a").standing == "draft"
    assert library.today().decks[0].new == 1
    released = deck_of(both_ways(DEPTH, key="a"), basic(WIDTH, key="b"))
    assert changes(library, released) == ["edited", "unchanged"]
    bring(library, released)
    assert asked_ids(library) == ["a", "b"]
    grade(library, "a", 4)
    bring(library, deck_of(both_ways(DEPTH, key="a", draft=True), basic(WIDTH, key="b")))
    assert asked_ids(library) == ["b"]
    assert shown(library, "a").state == GRADED


def test_the_mark_of_a_suspension_is_followed_when_it_comes_and_goes(library: Library, path: Path) -> None:
    plain, marked = deck_of(both_ways(DEPTH, key="a")), deck_of(both_ways(DEPTH, key="a", suspended=True))
    bring(library, marked)
    assert asked_ids(library) == []
    assert [found.standing for found in library.find(EVERYTHING)] == ["suspended", "suspended"]
    bring(library, plain)
    assert asked_ids(library) == ["a"]
    library.mark([1], SUSPEND)
    bring(library, plain)
    assert shown(library, "a").state.suspended
    bring(library, marked)
    library.mark([1, 2], UNSUSPEND)
    bring(library, marked)
    assert asked_ids(library) == ["a"]
    assert [line.entry.kind for line in library.log_of(1)] == [
        EntryKind.IMPORT_SUSPENDED,
        EntryKind.IMPORT_UNSUSPENDED,
        SUSPEND,
        EntryKind.IMPORT_SUSPENDED,
        UNSUSPEND,
    ]
    check_caches(path, library)


def test_the_mark_of_a_suspension_is_followed_for_a_note_without_an_id(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH, anchors=("x",))))
    bring(library, deck_of(basic("Tiefe?", anchors=("x",), suspended=True)))
    assert [found.standing for found in library.find(EVERYTHING)] == ["suspended"]
    bring(library, deck_of(basic("Tiefe?", anchors=("x",))))
    assert [found.standing for found in library.find(EVERYTHING)] == ["new"]


def test_a_part_that_is_added_to_a_suspended_note_begins_suspended(library: Library) -> None:
    bring(library, deck_of(gaps("{{1::Salz}} und Wasser", key="a", suspended=True)))
    library.mark([1], UNSUSPEND)
    bring(library, deck_of(gaps("{{1::Salz}} und {{2::Wasser}}", key="a", suspended=True)))
    assert [found.standing for found in library.find(EVERYTHING)] == ["new", "suspended"]


def test_a_deck_may_be_renamed(library: Library) -> None:
    bring(library, numbered(2))
    grade(library, "k1", 4)
    bring(library, numbered(2, name="Ozean::Tiefe"))
    assert [(deck.name, deck.key, deck.seen) for deck in library.today().decks] == [("Ozean::Tiefe", "meer", 1)]
    assert shown(library, "k1").deck == "Ozean::Tiefe"


def test_a_name_that_another_deck_has_is_a_fault_and_changes_nothing(library: Library, path: Path) -> None:
    bring(library, numbered(2))
    before = dump(path)
    plan = library.import_decks([("a.md", numbered(1, key="m2", prefix="x"))])
    assert plan.faults == 1
    assert plan.files[0].faults[0].message.startswith("The library already has a deck 'Meer', with the id 'meer'")
    assert dump(path) == before


def test_a_fault_in_one_file_keeps_all_files_out(library: Library, path: Path) -> None:
    before = dump(path)
    plan = library.import_decks(
        [("a.md", numbered(2)), ("b.md", (Fault(1, "No.", "Yes."),)), ("c.md", numbered(1, name="C", key="c"))]
    )
    assert (plan.faults, [one.path for one in plan.decks]) == (1, ["a.md", "c.md"])
    assert dump(path) == before


def test_two_files_with_the_same_deck_keep_both_out(library: Library, path: Path) -> None:
    before = dump(path)
    assert library.import_decks([("a.md", numbered(1)), ("b.md", numbered(2))]).faults == 1
    assert dump(path) == before


def test_the_same_id_in_two_decks_is_two_notes_with_ids_of_their_own(library: Library) -> None:
    bring(library, deck_of(basic(DEPTH, key="a")), deck_of(basic(WIDTH, key="a"), name="Zwei", key="zwei"))
    assert [found.card.id for found in library.find(EVERYTHING)] == ["a", "zwei/a"]
    for name, question in (("a", DEPTH), ("meer/a", DEPTH), ("zwei/a", WIDTH)):
        assert shown(library, name).face.question == question
    grade(library, "zwei/a", 4)
    assert [shown(library, name).state for name in ("a", "zwei/a")] == [NEW, GRADED]
    bring(library, deck_of(basic("Weit?", key="a"), name="Zwei", key="zwei"))
    assert shown(library, "zwei/a").state == GRADED


def test_the_same_text_without_ids_may_be_in_two_decks(library: Library) -> None:
    decks = deck_of(basic(DEPTH)), deck_of(basic(DEPTH), name="Zwei", key="zwei")
    bring(library, *decks)
    made = made_key(Kind.BASIC, DEPTH)
    assert [found.card.id for found in library.find(EVERYTHING)] == [made, f"zwei/{made}"]
    named = deck_of(basic(DEPTH, key="a")), deck_of(basic(DEPTH, key="a"), name="Zwei", key="zwei")
    bring(library, *named)
    assert [found.card.id for found in library.find(EVERYTHING)] == ["a", f"zwei/{made}"]
    assert changes(library, *named) == ["unchanged", "unchanged"]


def test_a_big_deck_is_imported_and_matched_in_full(library: Library) -> None:
    """More notes than a statement may name."""
    deck = deck_of(*(gaps(f"{{{{1::a{n}}}}} {{{{2::b}}}}", key=f"k{n}", anchors=("x",)) for n in range(1_300)))
    bring(library, deck)
    assert changes(library, deck) == ["unchanged"] * 1_300
    assert len(library.cards(range(1, 2_601))) == 2_600
    assert len(library.find(EVERYTHING)) == 2_600


def test_what_a_deck_file_tells_is_what_is_asked(library: Library) -> None:
    """---
    deck: Meer
    id: meer
    tags: [geo]
    ---

    # Tiefe

    {#graben .reversed .fern}
    Q: Wie tief?
    A: 11 km

    > elf Kilometer

    C: Das Meer ist {{1::salzig}}.
    """
    text = "\n".join(line.removeprefix("    ") for line in (_DOC or "").split("\n"))
    deck = parse_deck(text, name="")
    assert isinstance(deck, Deck)
    bring(library, deck)
    made = made_key(Kind.CLOZE, "Das Meer ist {{1::salzig}}.")
    assert [(found.card.id, found.card.tags) for found in library.find(EVERYTHING)] == [
        ("graben", ("fern", "geo")),
        ("graben#rev", ("fern", "geo")),
        (f"{made}#1", ("geo",)),
    ]
    assert changes(library, deck) == ["unchanged", "unchanged"]


_DOC = test_what_a_deck_file_tells_is_what_is_asked.__doc__

names = st.sampled_from([None, None, "a", "b", "c"])
words = st.sampled_from(["Meer", "tief", "weit", "Graben", "salzig", "{{1::kalt}}", "{{2::alt}}"])


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    told: list[Note] = []
    for _ in range(draw(st.integers(0, 5))):
        question = " ".join(draw(st.lists(words, min_size=1, max_size=4)))
        kind = Kind.CLOZE if "{{" in question else draw(st.sampled_from([Kind.BASIC, Kind.REVERSED]))
        key = draw(st.one_of(names, st.just(made_key(kind, question))))
        note = Note(
            key,
            kind,
            question,
            "" if kind is Kind.CLOZE else draw(words),
            section=draw(st.sampled_from(["", "A"])),
            anchors=tuple(draw(st.lists(words, max_size=1))),
            draft=draw(st.booleans()),
            suspended=draw(st.booleans()),
        )
        ids = {other.key for other in told if other.key}
        texts = {made_key(other.kind, other.question) for other in told if not other.key}
        if (key in ids) if key else (made_key(kind, question) in texts):
            continue
        told.append(note)
    return Deck(draw(st.sampled_from(["Meer", "Ozean"])), "meer", tuple(told))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(decks(), min_size=1, max_size=4))
def test_after_any_imports_the_last_file_is_unchanged_and_everybody_has_an_id(files: list[Deck]) -> None:
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        path = make_library(Path(folder))
        with open_library(path, clock=FakeClock()) as library:
            for deck in files:
                bring(library, deck)
                assert set(changes(library, deck)) <= {"unchanged", "missing"}
            found = library.find(EVERYTHING)
            assert len({one.card.id for one in found}) == len(found)
            for one in found:
                assert library.card(one.card.id).card == one.card
            (plan,) = library.plan(told(files[-1])).decks
            assert [one.known.position for one in plan.notes if one.note and one.known] == [
                *range(len(files[-1].notes))
            ]
            check_caches(path, library)


def test_a_grade_does_not_wait_for_an_import_that_is_being_planned(
    library: Library, path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(library, numbered(2))

    def plan_while_graded(files: Any, known: Any, apart: Any = ()) -> ImportPlan:
        with open_library(path, clock=clock, lock_timeout_s=0) as other:
            grade(other, "k1", 4)
        return plan_import(files, known, apart)

    monkeypatch.setattr("flashrls.store.library.plan_import", plan_while_graded)
    assert library.import_decks([("a.md", numbered(3))]).count(Change.NEW) == 1
    assert shown(library, "k1").state.reviews == 1


def test_an_import_is_planned_again_if_its_deck_changed_while_it_was_planned(
    library: Library, path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else two imports at one time would bring every note twice."""
    plans = 0

    def plan_while_imported(files: Any, known: Any, apart: Any = ()) -> ImportPlan:
        nonlocal plans
        plans += 1
        if plans == 1:
            with open_library(path, clock=clock) as other:
                other.import_decks(files)
        return plan_import(files, known, apart)

    monkeypatch.setattr("flashrls.store.library.plan_import", plan_while_imported)
    assert library.import_decks([("a.md", numbered(3))]).count(Change.UNCHANGED) == 3
    assert library.today().decks[0].notes == 3

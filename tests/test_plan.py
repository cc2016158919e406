"""The import plan: which note of a file is which of the library's, and what happens to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.cards import Deck, Kind, Note, made_key
from flashrls.formats.faults import Fault
from flashrls.plan import Change, DeckPlan, Known, KnownDeck, plan_deck, plan_import

law = settings(deadline=None)
NEW, EDITED, MOVED = Change.NEW, Change.EDITED, Change.MOVED
UNCHANGED, MISSING = Change.UNCHANGED, Change.MISSING

DEPTH, WIDTH, SALT = "Wie tief ist der Marianengraben?", "Wer maß die Weite?", "Warum ist das Meer salzig?"


def basic(question: str, answer: str = "Antwort", key: str | None = None, **more: Any) -> Note:
    return Note(key, Kind.BASIC, question, answer, **more)


def deck(*notes: Note, name: str = "Meer", key: str = "meer") -> Deck:
    return Deck(name, key, notes)


def known(*notes: Note, name: str = "Meer", key: str = "meer") -> KnownDeck:
    """The deck as the library holds it after the notes were imported; references count from 100."""
    held = [
        Known(100 + at, note.key or made_key(note.kind, note.question), note, note.fingerprint, at)
        for at, note in enumerate(notes)
    ]
    return KnownDeck(1, key, name, tuple(held))


def changes(plan: DeckPlan) -> list[tuple[str, int | None, str]]:
    """What happens to each note: change, reference of the library's note, and how it was recognised."""
    return [(note.change.value, note.known.ref if note.known else None, note.how) for note in plan.notes]


def planned(before: list[Note], after: list[Note]) -> list[tuple[str, int | None, str]]:
    return changes(plan_deck("meer.md", deck(*after), known(*before)))


def test_notes_of_a_new_deck_are_new_in_their_order() -> None:
    plan = plan_deck("meer.md", deck(basic(DEPTH), basic(WIDTH, key="w")), None)
    assert [(note.change, note.note and note.note.question, note.position) for note in plan.notes] == [
        (NEW, DEPTH, 0),
        (NEW, WIDTH, 1),
    ]
    assert (plan.count(NEW), plan.count(MISSING)) == (2, 0)


def test_the_same_file_again_is_unchanged() -> None:
    notes = [basic(DEPTH), basic(WIDTH, key="w", tags=("x",), anchors=("weit",)), basic(SALT, section="A > B")]
    assert planned(notes, notes) == [("unchanged", 100, ""), ("unchanged", 101, ""), ("unchanged", 102, "")]


@pytest.mark.parametrize(
    "edit",
    [
        {"question": "Etwas ganz anderes"},
        {"answer": "11 km"},
        {"kind": Kind.REVERSED},
        {"tags": ("neu",)},
        {"anchors": ("tief",)},
        {"typed": True},
        {"draft": True},
        {"suspended": True},
    ],
)
def test_a_note_with_an_id_is_edited_whatever_changes(edit: dict[str, Any]) -> None:
    before = basic(DEPTH, key="tiefe")
    assert planned([before], [replace(before, **edit)]) == [("edited", 100, "")]


def test_a_note_in_another_section_is_moved() -> None:
    before = basic(DEPTH, key="tiefe", section="Tiefe")
    assert planned([before], [replace(before, section="Gräben")]) == [("moved", 100, "")]


def test_the_line_of_a_note_changes_nothing() -> None:
    before = basic(DEPTH, key="tiefe", line=7)
    assert planned([before], [replace(before, line=99)]) == [("unchanged", 100, "")]


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        ("bcdea", "a"),
        ("eabcd", "e"),
        ("acdbe", "b"),
        ("cabfde", "cf"),
    ],
)
def test_only_the_notes_that_left_their_place_are_moved(order: str, moved: str) -> None:
    notes = {name: basic(f"Frage {name}", key=name) for name in sorted(order)}
    plan = plan_deck("meer.md", deck(*(notes[name] for name in order)), known(*notes.values()))
    found = [note.note.key for note in plan.notes if note.change is MOVED and note.note]
    assert found == list(moved)
    assert plan.count(UNCHANGED) == len(order) - len(moved)


def test_a_new_note_in_front_moves_nothing() -> None:
    before = [basic(DEPTH, key="a"), basic(WIDTH, key="b")]
    assert planned(before, [basic(SALT, key="c"), *before]) == [
        ("new", None, ""),
        ("unchanged", 100, ""),
        ("unchanged", 101, ""),
    ]


def test_a_note_that_is_no_more_in_the_file_is_missing_and_named_last() -> None:
    before = [basic(DEPTH, key="a"), basic(WIDTH, key="b")]
    plan = plan_deck("meer.md", deck(before[1]), known(*before))
    assert changes(plan) == [("unchanged", 101, ""), ("missing", 100, "")]
    assert plan.notes[1].note is None


def test_a_missing_note_that_comes_back_to_its_place_is_unchanged_like_all_others() -> None:
    """While it was away the note behind it took its place."""
    a, b, c = (basic(question, key=key) for question, key in ((DEPTH, "a"), (WIDTH, "b"), (SALT, "c")))
    held = known(a, b, c)
    first, away, last = held.notes
    held = replace(held, notes=(first, away, replace(last, position=1)))
    assert changes(plan_deck("meer.md", deck(a, b, c), held)) == [
        ("unchanged", 100, ""),
        ("unchanged", 101, ""),
        ("unchanged", 102, ""),
    ]


def test_an_id_that_is_added_keeps_the_note() -> None:
    before = basic(DEPTH)
    assert planned([before], [replace(before, key="tiefe")]) == [("unchanged", 100, "the same text")]


def test_an_id_that_is_taken_away_keeps_the_note() -> None:
    before = basic(DEPTH, key="tiefe")
    assert planned([before], [replace(before, key=None)]) == [("unchanged", 100, "the same text")]


def test_an_id_that_is_changed_keeps_the_note_with_the_same_text() -> None:
    before = basic(DEPTH, key="tiefe")
    assert planned([before], [replace(before, key="graben", answer="11 km")]) == [("edited", 100, "the same text")]


def test_spaces_and_case_make_no_other_text() -> None:
    assert planned([basic(DEPTH)], [basic(" wie  tief\nist der MARIANENGRABEN? ")]) == [("edited", 100, "")]


def test_a_note_without_an_id_is_recognised_by_its_anchors() -> None:
    before = basic(DEPTH, anchors=("elf Kilometer",))
    after = basic("Welche Tiefe?", anchors=("elf Kilometer",))
    assert planned([before], [after]) == [("edited", 100, "the same anchor")]


def test_a_note_without_an_id_is_recognised_by_a_similar_question() -> None:
    assert planned([basic(DEPTH)], [basic("Wie tief ist der Tonga-Graben?")]) == [
        ("edited", 100, "a similar question")
    ]


def test_a_question_that_is_not_similar_is_another_note() -> None:
    assert planned([basic(DEPTH)], [basic("Wie warm ist der Golfstrom?")]) == [
        ("new", None, ""),
        ("missing", 100, ""),
    ]


def test_an_anchor_that_two_notes_share_recognises_nobody() -> None:
    before = [basic("Eins", anchors=("x",)), basic("Zwei", anchors=("x",))]
    assert planned(before, [basic("Drei", anchors=("x",))])[0] == ("new", None, "")


def test_the_most_similar_question_is_the_same_note() -> None:
    before = [basic("Wie tief ist der Marianengraben heute?"), basic("Wie tief ist der Marianengraben?")]
    after = [basic("Wie tief ist der Marianengraben dort?"), basic("Wie tief ist der Marianengraben heute??")]
    assert [ref for _, ref, _ in planned(before, after)] == [101, 100]


@pytest.mark.parametrize(("old", "new"), [("a", "b"), ("n-1", "b")])
def test_two_ids_are_two_notes_though_anchor_and_question_are_alike(old: str, new: str) -> None:
    before = basic(DEPTH, key=old, anchors=("x",))
    after = basic(DEPTH + "?", key=new, anchors=("x",))
    assert planned([before], [after]) == [("new", None, ""), ("missing", 100, "")]


def test_the_id_decides_before_the_text() -> None:
    """The two notes changed texts."""
    before = [basic(DEPTH, key="a"), basic(WIDTH, key="b")]
    after = [basic(WIDTH, key="a"), basic(DEPTH, key="b")]
    assert planned(before, after) == [("edited", 100, ""), ("edited", 101, "")]


def test_an_id_of_a_file_decides_before_one_made_from_a_text() -> None:
    """The first note's id looks like the one that the second's text makes."""
    made = made_key(Kind.BASIC, WIDTH)
    before = [basic(DEPTH, key=made)]
    assert planned(before, [basic(WIDTH), before[0]]) == [("new", None, ""), ("unchanged", 100, "")]


def test_kinds_are_told_apart() -> None:
    before = basic("Wie {{1::tief}}?")
    after = Note(None, Kind.CLOZE, "Wie {{1::tief}}?", "")
    assert planned([before], [after]) == [("edited", 100, "a similar question")]


def test_a_long_deck_without_ids_is_matched_in_the_end() -> None:
    before = [basic(f"Frage {n} nach der Stadt {n * 7919 % 1000} am Fluss") for n in range(400)]
    after = [replace(note, question=f"{note.question}?") for note in before]
    assert planned(before, after) == [("edited", 100 + n, "a similar question") for n in range(400)]


def fault(files: list[tuple[str, Deck]], library: list[KnownDeck]) -> list[Fault]:
    plan = plan_import(files, library)
    return [fault for file in plan.files for fault in file.faults]


def test_a_file_with_faults_is_planned_as_its_faults() -> None:
    bad = (Fault(3, "No.", "Yes."), Fault(5, "No.", "Yes."))
    plan = plan_import([("a.md", deck(basic(DEPTH))), ("b.md", bad)], [])
    assert (plan.faults, [file.faults for file in plan.files]) == (2, [(), bad])
    assert [(one.path, one.deck.name) for one in plan.decks] == [("a.md", "Meer")]
    assert plan.count(NEW) == 1


def test_a_deck_may_take_another_name() -> None:
    plan = plan_import([("a.md", deck(basic(DEPTH), name="Ozean"))], [known(basic(DEPTH))])
    assert (plan.faults, plan.decks[0].known and plan.decks[0].known.ref, plan.count(UNCHANGED)) == (0, 1, 1)


def test_two_files_with_one_deck_are_a_fault_of_the_second() -> None:
    plan = plan_import([("a.md", deck(basic(DEPTH))), ("b.md", deck(basic(WIDTH)))], [])
    assert [file.faults for file in plan.files] == [
        (),
        (
            Fault(
                1,
                "The deck 'meer' is also in a.md.",
                "Give each file a deck name and an id of its own, or put their cards into one file.",
            ),
        ),
    ]


@pytest.mark.parametrize("other", [deck(name="Meer", key="m2"), deck(name="M2", key="meer")])
def test_one_name_or_one_id_in_two_files_is_a_fault(other: Deck) -> None:
    assert len(fault([("a.md", deck()), ("b.md", other)], [])) == 1


def test_the_name_of_one_deck_may_be_the_id_of_another() -> None:
    assert fault([("a.md", deck(name="Meer", key="meer")), ("b.md", deck(name="meer", key="m2"))], []) == []


def test_a_name_that_another_deck_of_the_library_has_is_a_fault() -> None:
    assert fault([("a.md", deck(name="Meer", key="m2"))], [known(basic(DEPTH))]) == [
        Fault(
            1,
            "The library already has a deck 'Meer', with the id 'meer', not 'm2'.",
            "Write `id: meer` into the head if it is the same deck, else give this one another name.",
        )
    ]


names = st.sampled_from([None, "a", "b", "c", "d"])
words = st.sampled_from(["Meer", "tief", "weit", "Graben", "salzig", "kalt"])
questions = st.lists(words, min_size=1, max_size=5).map(" ".join)


@st.composite
def decks(draw: st.DrawFn) -> list[Note]:
    notes = draw(
        st.lists(
            st.builds(
                basic,
                questions,
                words,
                names,
                anchors=st.lists(words, max_size=1).map(tuple),
                section=st.sampled_from(["", "A", "B"]),
            ),
            max_size=6,
        )
    )
    told: list[Note] = []
    for note in notes:
        taken = {other.key for other in told if other.key} | {
            made_key(other.kind, other.question) for other in told if not other.key
        }
        if (note.key or made_key(note.kind, note.question)) not in taken:
            told.append(note)
    return told


@law
@given(decks(), decks())
def test_every_note_is_planned_once_and_no_note_of_the_library_is_lost(
    before: list[Note], after: list[Note]
) -> None:
    plan = plan_deck("meer.md", deck(*after), known(*before))
    assert [note.note for note in plan.notes if note.note] == after
    refs = [note.known.ref for note in plan.notes if note.known]
    assert sorted(refs) == [100 + at for at in range(len(before))]
    for note in plan.notes:
        assert (note.known is None, note.note is None) == (note.change is NEW, note.change is MISSING)


@law
@given(decks(), decks())
def test_an_id_in_the_file_and_the_library_is_always_the_same_note(before: list[Note], after: list[Note]) -> None:
    plan = plan_deck("meer.md", deck(*after), known(*before))
    given_before = {note.key for note in before if note.key}
    for note in plan.notes:
        if note.note and note.note.key in given_before:
            assert note.known and note.known.key == note.note.key


@law
@given(decks())
def test_a_file_against_itself_is_unchanged(notes: list[Note]) -> None:
    plan = plan_deck("meer.md", deck(*notes), known(*notes))
    assert changes(plan) == [("unchanged", 100 + at, "") for at in range(len(notes))]


@law
@given(st.permutations(range(7)))
def test_the_fewest_notes_are_moved(order: list[int]) -> None:
    notes = [basic(f"Frage {n}", key=str(n)) for n in range(7)]
    plan = plan_deck("meer.md", deck(*(notes[n] for n in order)), known(*notes))
    kept = [int(note.note.key or 0) for note in plan.notes if note.change is UNCHANGED and note.note]
    assert kept == sorted(kept)
    assert len(kept) == _longest_rise(order)


def _longest_rise(order: list[int]) -> int:
    ends: list[int] = []
    for at, value in enumerate(order):
        ends.append(1 + max((ends[before] for before in range(at) if order[before] < value), default=0))
    return max(ends)


def test_two_long_questions_are_both_recognised_when_the_one_word_that_differs_is_edited_in_both() -> None:
    long = "Welche der Strömungen im nördlichen Teil des großen Ozeans fließt im Winter am weitesten nach {}?"
    before = [basic(long.format("Ost")), basic(long.format("West"))]
    after = [basic(long.format("Süd")), basic(long.format("Nord"))]
    assert {(change, how) for change, _, how in planned(before, after)} == {("edited", "a similar question")}

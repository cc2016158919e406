"""The import plan: which note of a file is which of the library's, and what happens to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.cards import Deck, Kind, Note, made_key
from flashrls.formats.faults import Fault, TwiceUsed
from flashrls.matching import Known, KnownDeck
from flashrls.plan import Change, DeckPlan, Guess, plan_import

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
        Known(100 + at, note.key or made_key(note.kind, note.question), name, note, note.fingerprint, at)
        for at, note in enumerate(notes)
    ]
    return KnownDeck(1, key, name, tuple(held))


def plan_deck(path: str, told: Deck, held: KnownDeck | None) -> DeckPlan:
    """The plan for one file."""
    (plan,) = plan_import([(path, told)], [held] if held else []).decks
    return plan


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


def library_of(*decks: KnownDeck) -> list[KnownDeck]:
    """Decks with references of their own, as one library holds them."""
    return [
        replace(held, ref=at, notes=tuple(replace(old, ref=100 * at + old.position) for old in held.notes))
        for at, held in enumerate(decks, 1)
    ]


def gone(held: KnownDeck, *positions: int) -> KnownDeck:
    """The deck after an import whose file lacked some of its notes."""
    notes = (replace(old, missing_ms=7) if old.position in positions else old for old in held.notes)
    return replace(held, notes=tuple(notes))


Outcome = tuple[str, int | None, str, bool, str]


def outcomes(files: list[Deck], library: list[KnownDeck], apart: Collection[Guess] = ()) -> list[list[Outcome]]:
    """Deck by deck: change, reference, how it was recognised, whether for certain, the deck it comes from."""
    plan = plan_import([(f"{told.key}.md", told) for told in files], library, apart)
    return [
        [(n.change.value, n.known.ref if n.known else None, n.how, n.is_sure, n.origin) for n in made.notes]
        for made in plan.decks
    ]


def zwei(*notes: Note) -> Deck:
    return deck(*notes, name="Zwei", key="zwei")


def known_zwei(*notes: Note) -> KnownDeck:
    return known(*notes, name="Zwei", key="zwei")


def test_only_ids_and_texts_are_certain() -> None:
    before = [basic(DEPTH), basic(WIDTH, anchors=("weit",)), basic(SALT, key="salz"), basic("Wo?", key="wo")]
    after = [
        basic("Wie tief ist der Tonga-Graben?"),
        basic("Weite?", anchors=("weit",)),
        basic(SALT),
        basic("Wohin?", key="wo"),
    ]
    plan = plan_deck("meer.md", deck(*after), known(*before))
    assert [(n.how, n.is_sure) for n in plan.notes] == [
        ("a similar question", False),
        ("the same anchor", False),
        ("the same text", True),
        ("", True),
    ]
    assert [(g.path, g.note.question, g.known.note.question, g.how, g.origin) for g in plan.guesses] == [
        ("meer.md", "Wie tief ist der Tonga-Graben?", DEPTH, "a similar question", ""),
        ("meer.md", "Weite?", WIDTH, "the same anchor", ""),
    ]


def test_the_notes_of_a_guess_that_is_kept_apart_are_a_new_one_and_a_missing_one() -> None:
    before = [basic(DEPTH), basic(SALT)]
    after = deck(basic("Wie tief ist der Tonga-Graben?"), basic("Warum ist das Meer so salzig?"))
    first, second = plan_import([("meer.md", after)], [known(*before)]).guesses
    assert first.known.ref == 100
    assert outcomes([after], [known(*before)], [first]) == [
        [
            ("new", None, "", True, ""),
            ("edited", 101, "a similar question", False, ""),
            ("missing", 100, "", True, ""),
        ]
    ]
    assert outcomes([after], [known(*before)], [first, second])[0][2:] == [
        ("missing", 100, "", True, ""),
        ("missing", 101, "", True, ""),
    ]


def test_a_question_with_the_same_answer_needs_less_likeness() -> None:
    old, new = "Which stage of sleep shows spindles?", "Where in a night's sleep are spindles?"
    assert planned([basic(old, "N2")], [basic(new, "N2")])[0] == ("edited", 100, "a similar question")
    assert planned([basic(old, "N2")], [basic(new, "N3")])[0] == ("new", None, "")


def test_words_in_another_order_are_a_similar_question() -> None:
    before = basic("Which gene is linked to RLS on chromosome 2?", "MEIS1")
    after = basic("On chromosome 2, which gene is linked to RLS?", "It is MEIS1")
    assert planned([before], [after]) == [("edited", 100, "a similar question")]


def test_cloze_marks_make_no_texts_alike() -> None:
    before = Note(None, Kind.CLOZE, "{{1::Salz}} und {{2::Wasser}}", "")
    after = Note(None, Kind.CLOZE, "{{1::Eisen}} oder {{2::Sand}}", "")
    assert planned([before], [after])[0] == ("new", None, "")


def test_a_note_that_comes_back_is_told_apart_from_one_that_was_there() -> None:
    plan = plan_deck("meer.md", deck(basic(DEPTH), basic(WIDTH)), gone(known(basic(DEPTH), basic(WIDTH)), 1))
    assert [(n.change, n.is_back) for n in plan.notes] == [(UNCHANGED, False), (UNCHANGED, True)]


def test_the_text_of_a_missing_note_does_not_hide_the_note_that_the_file_holds() -> None:
    """The file's has the id that was made of another text."""
    held = known(basic(DEPTH, key="a"), basic(DEPTH, key="b"))
    assert outcomes([deck(basic(DEPTH))], [gone(held, 0)]) == [
        [("unchanged", 101, "the same text", True, ""), ("missing", 100, "", True, "")]
    ]


def test_a_note_that_moves_between_two_files_is_one_note() -> None:
    library = library_of(known(basic(DEPTH, key="a"), basic(WIDTH)), known_zwei(basic(SALT)))
    assert outcomes([deck(basic(WIDTH)), zwei(basic(SALT), basic(DEPTH, key="a"))], library) == [
        [("unchanged", 101, "", True, "")],
        [("unchanged", 200, "", True, ""), ("moved", 100, "the same id and text", True, "Meer")],
    ]


def test_a_moved_note_may_change_its_id_and_all_but_its_text_and_answer() -> None:
    library = library_of(known(basic(DEPTH, key="a", tags=("x",)), basic(WIDTH)), known_zwei(basic(SALT)))
    assert outcomes([deck(basic(WIDTH)), zwei(basic(SALT), basic(DEPTH, key="b"))], library)[1][1] == (
        "edited",
        100,
        "the same text",
        True,
        "Meer",
    )


def test_a_note_that_left_its_file_long_ago_is_recognised_in_another_deck() -> None:
    library = library_of(gone(known(basic(DEPTH), basic(WIDTH)), 0))
    assert outcomes([zwei(basic(DEPTH))], library) == [[("moved", 100, "the same text", True, "Meer")]]


def test_a_note_that_is_in_its_file_is_not_another_decks() -> None:
    library = library_of(known(basic(DEPTH), basic(WIDTH)))
    assert outcomes([zwei(basic(DEPTH))], library) == [[("new", None, "", True, "")]]
    both = [deck(basic(DEPTH), basic(WIDTH)), zwei(basic(DEPTH))]
    assert outcomes(both, library)[1] == [("new", None, "", True, "")]


def test_one_text_that_two_decks_lost_is_a_guess() -> None:
    library = library_of(gone(known(basic(DEPTH), basic(WIDTH)), 0), gone(known_zwei(basic(DEPTH), basic(SALT)), 0))
    assert outcomes([deck(basic(DEPTH), name="Drei", key="drei")], library) == [
        [("moved", 100, "a similar question", False, "Meer")]
    ]


def test_a_note_of_the_deck_itself_goes_before_one_of_another() -> None:
    library = library_of(gone(known(basic(DEPTH), basic(WIDTH)), 0), gone(known_zwei(basic(DEPTH), basic(SALT)), 0))
    assert outcomes([zwei(basic(DEPTH), basic(SALT))], library)[0][0] == ("unchanged", 200, "", True, "")


def test_the_same_question_with_another_answer_in_another_deck_is_a_guess() -> None:
    library = library_of(gone(known(basic("Wie heißt er?", "Rhein"), basic(WIDTH)), 0))
    assert outcomes([zwei(basic("Wie heißt er?", "Elbe"))], library) == [
        [("edited", 100, "the same question", False, "Meer")]
    ]


def test_the_same_id_in_another_deck_is_no_more_than_a_hint() -> None:
    library = library_of(gone(known(basic(DEPTH, key="a"), basic(WIDTH)), 0))
    assert outcomes([zwei(basic("Wer war Vasco da Gama?", key="a"))], library) == [[("new", None, "", True, "")]]
    edited = "Wie tief ist denn der Marianengraben?"
    assert outcomes([zwei(basic(edited, key="a"))], library) == [
        [("edited", 100, "a similar question", False, "Meer")]
    ]
    assert outcomes([zwei(basic(edited, key="b"))], library) == [[("new", None, "", True, "")]]


def test_in_another_deck_a_question_must_be_more_alike() -> None:
    after = basic("Wie tief ist der Tonga-Graben?", "10 km")
    before = basic(DEPTH, "11 km")
    assert planned([before], [after])[0] == ("edited", 100, "a similar question")
    library = library_of(gone(known(before, basic(WIDTH)), 0))
    assert outcomes([zwei(after)], library) == [[("new", None, "", True, "")]]


def test_a_deck_that_is_split_and_two_that_are_joined_keep_their_notes() -> None:
    library = library_of(known(basic(DEPTH), basic(WIDTH)), known_zwei(basic(SALT)))
    drei = deck(basic(WIDTH), basic(SALT), name="Drei", key="drei")
    assert outcomes([deck(basic(DEPTH)), drei], library) == [
        [("unchanged", 100, "", True, "")],
        [("moved", 101, "the same text", True, "Meer"), ("moved", 200, "the same text", False, "Zwei")],
    ]


def test_a_deck_that_no_file_names_is_found_again_if_most_of_it_is_word_for_word() -> None:
    """Its file was renamed, and gave the deck its name."""
    held = known(basic(DEPTH), basic(WIDTH), basic(SALT, key="s"))
    renamed = zwei(basic(DEPTH), basic(WIDTH), basic("Warum ist das Meer so salzig?"))
    assert outcomes([renamed], [held]) == [
        [
            ("moved", 100, "the same text", False, "Meer"),
            ("moved", 101, "the same text", False, "Meer"),
            ("edited", 102, "a similar question", False, "Meer"),
        ]
    ]
    half = zwei(basic(DEPTH), basic("Ganz anders"))
    assert outcomes([half], [known(basic(DEPTH), basic(WIDTH))]) == [[("new", None, "", True, "")] * 2]


def test_two_decks_may_take_each_others_names() -> None:
    library = library_of(known(basic(DEPTH)), known_zwei(basic(WIDTH)))
    files = [deck(basic(DEPTH), name="Zwei", key="meer"), deck(basic(WIDTH), name="Meer", key="zwei")]
    assert outcomes(files, library) == [[("unchanged", 100, "", True, "")], [("unchanged", 200, "", True, "")]]


def twice(first: str, second: str, *, deck: str = "meer") -> tuple[str, tuple[Fault, ...]]:
    fault = Fault(9, "As told.", "Mend.", TwiceUsed(deck, "x", (3, 9), (first, second)))
    return "a.md", (fault,)


@pytest.mark.parametrize(("first", "second", "owner", "new"), [(DEPTH, WIDTH, 3, 9), (WIDTH, f" {DEPTH}\n", 9, 3)])
def test_of_two_cards_with_one_id_the_one_that_the_library_does_not_have_is_the_new_one(
    first: str, second: str, owner: int, new: int
) -> None:
    plan = plan_import([twice(first, second)], [known(basic(DEPTH, key="x"))])
    assert plan.files[0].faults == (
        Fault(
            new,
            f"The id 'x' is used twice; it is the id of the card in line {owner}, this one is new.",
            "Give this card another id.",
        ),
    )


@pytest.mark.parametrize(
    ("file", "held"),
    [
        (twice(DEPTH, WIDTH), known(basic(SALT, key="x"))),
        (twice(DEPTH, DEPTH), known(basic(DEPTH, key="x"))),
        (twice(DEPTH, WIDTH), known(basic(DEPTH, key="y"))),
        (twice(DEPTH, WIDTH, deck="zwei"), known(basic(DEPTH, key="x"))),
    ],
)
def test_where_the_library_does_not_know_either_or_both_nothing_is_claimed(
    file: tuple[str, tuple[Fault, ...]], held: KnownDeck
) -> None:
    assert plan_import([file], [held]).files[0].faults == (Fault(9, "As told.", "Mend."),)


@law
@given(decks(), decks(), decks(), decks())
def test_over_two_decks_no_note_is_lost_or_taken_twice(
    before: list[Note], other_before: list[Note], after: list[Note], other_after: list[Note]
) -> None:
    library = library_of(known(*before), known_zwei(*other_before))
    plan = plan_import([("a.md", deck(*after)), ("b.md", zwei(*other_after))], library)
    assert [[n.note for n in made.notes if n.note] for made in plan.decks] == [after, other_after]
    refs = [n.known.ref for made in plan.decks for n in made.notes if n.known]
    assert sorted(refs) == sorted(old.ref for held in library for old in held.notes)
    apart = plan.guesses
    kept = plan_import([("a.md", deck(*after)), ("b.md", zwei(*other_after))], library, apart)
    assert not kept.guesses
    assert kept.count(NEW) == plan.count(NEW) + len(apart)
    assert kept.count(MISSING) == plan.count(MISSING) + len(apart)


@law
@given(decks(), decks())
def test_notes_swapped_between_two_files_are_unchanged_or_moved_if_their_ids_and_texts_are_their_own(
    one: list[Note], two: list[Note]
) -> None:
    ours = [replace(note, key=f"a{at}", question=f"{note.question} a{at}") for at, note in enumerate(one)]
    theirs = [replace(note, key=f"b{at}", question=f"{note.question} b{at}") for at, note in enumerate(two)]
    plan = plan_import(
        [("a.md", deck(*theirs)), ("b.md", zwei(*ours))], library_of(known(*ours), known_zwei(*theirs))
    )
    assert [(n.change, n.is_sure) for made in plan.decks for n in made.notes] == [(MOVED, True)] * (
        len(one) + len(two)
    )


def test_of_very_many_notes_without_ids_the_edited_ones_are_recognised() -> None:
    """Too many to compare all with all."""
    before = [basic(f"Wie viele Einwohner hat die Stadt Nummer {n} am Fluss?", str(n)) for n in range(300)]
    after = [replace(note, question=note.question.replace("hat die", "zählt die")) for note in before]
    assert planned(before, after) == [("edited", 100 + n, "a similar question") for n in range(300)]


def test_questions_in_a_script_without_spaces_are_recognised_among_many() -> None:
    before = [basic(f"{chr(0x4E00 + n)}{chr(0x6E00 + n)}{chr(0x5E00 + n)}的首都是什么", str(n)) for n in range(200)]
    after = [replace(note, question=f"请问{note.question}") for note in before]
    assert planned(before, after) == [("edited", 100 + n, "a similar question") for n in range(200)]

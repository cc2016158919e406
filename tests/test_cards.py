"""Notes and their cards: parts, faces, ids, and hashes that outlive releases."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.cards import Deck, Face, Kind, Note, Skip, Source, Waiver, card_id, face, made_key

law = settings(deadline=None)
NOTE = Note(
    key="k",
    kind=Kind.BASIC,
    question="Q",
    answer="A",
    section="S",
    tags=("a", "b"),
    anchors=("x", "y"),
    typed=True,
    draft=False,
    suspended=True,
    line=7,
)
ASKED: dict[str, Any] = {"kind": Kind.REVERSED, "question": "Q2", "answer": "A2"}
TOLD: dict[str, Any] = {
    "waived": (Waiver("R5", "the three belong together"),),
    "section": "S2",
    "tags": ("a",),
    "anchors": ("x",),
    "typed": False,
    "draft": True,
    "suspended": False,
}
UNTOLD: dict[str, Any] = {"key": None, "line": 8}


def note(kind: Kind, question: str, answer: str = "") -> Note:
    return Note(key=None, kind=kind, question=question, answer=answer)


@pytest.mark.parametrize(
    ("kind", "question", "parts"),
    [
        (Kind.BASIC, "Q", ("",)),
        (Kind.REVERSED, "Q", ("", "rev")),
        (Kind.CLOZE, "{{1::a}}", ("1",)),
        (Kind.CLOZE, "{{10::a}} {{2::b}} {{2::c}} {{1::d}}", ("1", "2", "10")),
        (Kind.CLOZE, "nothing hidden", ()),
        (Kind.CLOZE, "{{1::never closed", ()),
        (Kind.BASIC, "{{1::no cloze note}}", ("",)),
    ],
)
def test_a_note_has_these_parts(kind: Kind, question: str, parts: tuple[str, ...]) -> None:
    assert note(kind, question).parts == parts


@pytest.mark.parametrize(
    ("kind", "question", "answer", "part", "expected"),
    [
        (Kind.BASIC, "Q", "A", "", Face("Q", "A", "A")),
        (Kind.REVERSED, "Q", "A", "", Face("Q", "A", "A")),
        (Kind.REVERSED, "Q", "A", "rev", Face("A", "Q", "Q")),
        (Kind.CLOZE, "{{1::a}} {{2::b::h}}", "", "1", Face("[...] b", "a", "**a** b")),
        (Kind.CLOZE, "{{1::a}} {{2::b::h}}", "", "2", Face("a [h]", "b", "a **b**")),
        (Kind.CLOZE, "{{1::a}} {{1::b}}", "", "1", Face("[...] [...]", "a, b", "**a** **b**")),
    ],
)
def test_a_card_is_asked_like_this(kind: Kind, question: str, answer: str, part: str, expected: Face) -> None:
    assert face(kind, question, answer, part) == expected


@pytest.mark.parametrize("field", ASKED)
def test_the_revision_changes_with_the_asked_text(field: str) -> None:
    assert replace(NOTE, **{field: ASKED[field]}).revision != NOTE.revision


@pytest.mark.parametrize("field", TOLD | UNTOLD)
def test_the_revision_does_not_change_with_anything_else(field: str) -> None:
    assert replace(NOTE, **{field: (TOLD | UNTOLD)[field]}).revision == NOTE.revision


@pytest.mark.parametrize("field", ASKED | TOLD)
def test_the_fingerprint_changes_with_everything_the_file_says(field: str) -> None:
    assert replace(NOTE, **{field: (ASKED | TOLD)[field]}).fingerprint != NOTE.fingerprint


@pytest.mark.parametrize("field", UNTOLD)
def test_the_fingerprint_does_not_change_with_id_and_line(field: str) -> None:
    assert replace(NOTE, **{field: UNTOLD[field]}).fingerprint == NOTE.fingerprint


def test_the_flags_are_told_apart_in_the_fingerprint() -> None:
    flags = [(True, False, False), (False, True, False), (False, False, True)]
    prints = {replace(NOTE, typed=t, draft=d, suspended=s).fingerprint for t, d, s in flags}
    assert len(prints) == 3


def test_every_field_of_a_note_is_accounted_for() -> None:
    """A field that is added must be sorted into one of the three tables above."""
    assert {*ASKED, *TOLD, *UNTOLD} == set(Note.__slots__)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a\x1fb", "c"), ("a", "b\x1fc")),
        (("a\x1eb", "c"), ("a\x1e0b", "c")),
        (("a\x1fb", "c"), ("a\x1e1b", "c")),
        (("", "a"), ("a", "")),
        (("a b", "c"), ("a  b", "c")),
        (("a", "c"), ("A", "c")),
    ],
)
def test_texts_that_differ_have_revisions_that_differ(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert note(Kind.BASIC, *one).revision != note(Kind.BASIC, *other).revision


@law
@given(
    st.tuples(st.text("\x1e\x1f01a"), st.text("\x1e\x1f01a")),
    st.tuples(st.text("\x1e\x1f01a"), st.text("\x1e\x1f01a")),
)
def test_revisions_are_equal_exactly_for_equal_texts(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (note(Kind.BASIC, *one).revision == note(Kind.BASIC, *other).revision) == (one == other)


@pytest.mark.parametrize(
    ("handle", "part", "expected"), [("k", "", "k"), ("k", "rev", "k#rev"), ("k", "12", "k#12")]
)
def test_a_cards_id_is_its_notes_and_the_part(handle: str, part: str, expected: str) -> None:
    assert card_id(handle, part) == expected


# Hashes are stored in libraries: these values came from `printf 'basic\x1f…' | b2sum -l 48` and must never change.
@pytest.mark.parametrize(
    ("kind", "question", "expected"),
    [
        (Kind.BASIC, "What is a card?", "n-d91bf5639239"),
        (Kind.CLOZE, "What is a card?", "n-3f4f910dc115"),
        (Kind.BASIC, "Straße", "n-493ad8b02c25"),
    ],
)
def test_a_made_key_is_the_same_in_every_release(kind: Kind, question: str, expected: str) -> None:
    assert made_key(kind, question) == expected


@pytest.mark.parametrize("question", ["What  is\na card?", " what is a card?\t", "WHAT IS A\u2003CARD?"])
def test_a_made_key_does_not_mind_white_space_and_case(question: str) -> None:
    assert made_key(Kind.BASIC, question) == "n-d91bf5639239"


@pytest.mark.parametrize("question", ["What is acard?", "What is a card", "Whatisacard?"])
def test_a_made_key_minds_everything_else(question: str) -> None:
    assert made_key(Kind.BASIC, question) != "n-d91bf5639239"


def test_a_revision_is_the_same_in_every_release() -> None:
    assert NOTE.revision == "88e04bde715a"


def test_a_fingerprint_is_the_same_in_every_release() -> None:
    assert NOTE.fingerprint == "47472b59ac41"


def test_text_that_is_not_unicode_still_has_a_key() -> None:
    assert made_key(Kind.BASIC, "a\ud800") != made_key(Kind.BASIC, "a\ud801")


def test_the_kinds_have_the_names_that_are_stored() -> None:
    assert [kind.value for kind in Kind] == ["basic", "reversed", "cloze"]


def test_a_note_of_which_nothing_more_is_told_is_plain() -> None:
    plain = Note(
        key=None,
        kind=Kind.BASIC,
        question="Q",
        answer="A",
        section="",
        tags=(),
        anchors=(),
        typed=False,
        draft=False,
        suspended=False,
        line=0,
    )
    assert note(Kind.BASIC, "Q", "A") == plain


def test_a_deck_of_which_nothing_more_is_told_has_no_source_and_leaves_nothing_out() -> None:
    assert Deck("D", "d", ()) == Deck(name="D", key="d", notes=(), source=Source("", "", ""), skip=())


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (NOTE, "question"),
        (Source(), "title"),
        (Skip("text", "why"), "why"),
        (Deck("D", "d", (NOTE,)), "name"),
        (Face("Q", "A", "A"), "answer"),
    ],
)
def test_values_are_frozen(value: object, field: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, "other")

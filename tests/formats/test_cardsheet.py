"""A card as a text for an editor, and what comes back from there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flashrls.cards import Deck, Kind, Note, Waiver
from flashrls.formats.cardsheet import card_sheet, read_sheet
from flashrls.formats.deckfile import parse_deck
from flashrls.formats.faults import Fault
from tests.formats.test_deck_laws import NEAR_DECKS, NOTES

NOTE = Note("iron", Kind.BASIC, "Which enzyme?", "Tyrosine hydroxylase", "Iron", ("b",), ("iron is a cofactor",))
COMMENTS = st.lists(st.one_of(st.text(), NEAR_DECKS), max_size=4)


def messages(text: str, before: Note | None = None) -> list[tuple[int, str]]:
    found = read_sheet(text, before=before)
    assert found
    return [(fault.line, fault.message) for fault in found if isinstance(fault, Fault)]


def test_a_sheet_looks_like_this() -> None:
    """The card as its deck file tells it, comments below."""
    assert card_sheet(NOTE, ["Deck: Sleep", "", "two\nlines \x1b[2J"]) == (
        "{#iron .b}\nQ: Which enzyme?\nA: Tyrosine hydroxylase\n\n> iron is a cofactor\n\n"
        "# Deck: Sleep\n#\n# two lines ␛[2J\n"
    )


@pytest.mark.parametrize("text", [card_sheet(None), "", "\n\n", "# only\n#\n# comments\r\n", "Q:\n\nC:\nA:  "])
def test_what_was_left_empty_is_no_card(text: str) -> None:
    """An untouched template, nothing at all, or comments alone."""
    assert read_sheet(text) == ()
    assert read_sheet(text, before=NOTE) == ()


@given(NOTES, st.sampled_from([None, "a.b-c", "ü1"]), COMMENTS)
def test_a_sheet_left_as_it_is_gives_the_note_back(note: Note, key: str | None, comments: list[str]) -> None:
    """Id, tags, anchors, marks and waivers too, whatever the comments hold."""
    note = replace(note, key=key)
    sheet = card_sheet(note, comments)
    assert read_sheet(sheet, before=note) == (note,)
    # Without knowing the note: the same but for escapes, and the same again from then on.
    (first,) = read_sheet(sheet, section=note.section)
    assert isinstance(first, Note)
    assert read_sheet(card_sheet(first, comments), section=note.section) == (first,)


@given(NEAR_DECKS.map("Q: a\nA: b\n{}".format) | NEAR_DECKS.map("C: {{{{a}}}} {}".format), COMMENTS)
def test_whatever_a_deck_file_can_tell_comes_back(text: str, comments: list[str]) -> None:
    """No line of a card is taken for a comment."""
    deck = parse_deck(text, name="d")
    assume(isinstance(deck, Deck))
    assert isinstance(deck, Deck)
    for note in deck.notes:
        expected = (replace(note, line=0),)
        assert read_sheet(card_sheet(note, comments), section=note.section) == expected


@given(NEAR_DECKS, COMMENTS)
def test_any_text_of_a_field_comes_back_letter_by_letter(text: str, comments: list[str]) -> None:
    """A field from elsewhere that isn't touched stays as it was, though the sheet shows it with escapes."""
    note = Note("i", Kind.BASIC, "q", f"x{text}", anchors=("a",))
    assert read_sheet(card_sheet(note, comments), before=note) == (note,)


@given(st.text() | NEAR_DECKS, st.sampled_from([None, NOTE]))
def test_any_text_is_notes_or_faults_in_its_lines(text: str, before: Note | None) -> None:
    found = read_sheet(text, before=before)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for one in found:
        assert isinstance(one, Note) or 1 <= one.line <= lines
    assert len({type(one) for one in found}) <= 1


def test_comments_go_and_code_stays() -> None:
    """A `#` inside a code block is code; elsewhere at the beginning of a line it begins a comment."""
    text = "# above\nQ: a\n# between\nA: b\n\n```\n# code\n```\n#tag\n\\# kept\n# below"
    (note,) = read_sheet(text, section="S")
    assert note == Note(None, Kind.BASIC, "a", "b\n\n```\n# code\n```\n#tag\n\\# kept", "S")


def test_faults_tell_the_line_of_the_sheet() -> None:
    """Comments above them count."""
    assert messages("# one\n# two\nQ: a\n# three\nA:\n") == [(5, "This answer is empty.")]
    assert messages("# one\n\nC: {{1::a") == [(3, "This cloze is never closed.")]


def test_what_would_vanish_without_a_word_is_a_fault() -> None:
    """A deck's head, a deeper heading, a thematic break."""
    assert messages("---\ndeck: x\n---\nQ: a\nA: b") == [(1, "A card has no head.")]
    assert messages("Q: a\nA: b\n## c") == [(3, "A heading ends the card here.")]
    assert messages("Q: a\nA: b\n\n---\n") == [(4, "A line ends the card here.")]


def test_an_edit_holds_one_card_with_its_id() -> None:
    """More cards are for a sheet without a note."""
    two = "{#iron}\nQ: a\nA: b\n\nQ: c\nA: d"
    assert messages(two, NOTE) == [(5, "This is a second card.")]
    assert [note.question for note in read_sheet(two) if isinstance(note, Note)] == ["a", "c"]
    assert messages("{#other}\nQ: a\nA: b", NOTE) == [(1, "The id of a card can't be edited.")]
    (note,) = read_sheet("Q: a\nA: b", before=NOTE)
    assert note == Note("iron", Kind.BASIC, "a", "b", "Iron")


def test_marks_and_waivers_can_be_edited() -> None:
    text = '{#iron .typed .draft .x allow-R5="why not"}\nC: {{a}} and {{b}}\n\n> c\n>\n> d'
    (note,) = read_sheet(text, before=NOTE)
    waived = (Waiver("R5", "why not"),)
    assert note == Note(
        "iron", Kind.CLOZE, "{{1::a}} and {{2::b}}", "", "Iron", ("x",), ("c", "d"), True, True, waived=waived
    )

"""Stretches of a document, cleaned: marks stay on their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flashrls.clean import clean_line
from flashrls.tui.marked import Marked, joined, marked


def test_white_space_becomes_single_spaces_and_marks_follow() -> None:
    """The document breaks lines where it likes."""
    text = "Iron is\n  a  cofactor\tfor it"
    start = text.index("a  co")
    assert marked(text, 0, len(text), [(start, start + 11)]) == Marked("Iron is a cofactor for it", ((8, 18),))


def test_what_cleaning_changes_moves_no_mark() -> None:
    text = "\ufeff\x1b[2J iron \ufeffis low"
    at = text.index("low")
    found = marked(text, 0, len(text), [(at, at + 3)])
    assert found.text == "␛[2J iron is low"
    assert [found.text[start:end] for start, end in found.marks] == ["low"]


def test_marks_outside_count_only_as_far_as_they_reach_in() -> None:
    assert marked("abcdef", 1, 4, [(0, 2), (3, 6)]) == Marked("bcd", ((0, 1), (2, 3)))
    assert marked("abcdef", 1, 4, [(0, 1), (4, 6)]) == Marked("bcd", ())


def test_overlapping_marks_are_one() -> None:
    assert list(joined([(4, 6), (0, 3), (2, 4), (8, 9)])) == [(0, 6), (8, 9)]


def test_marked_words_stand_in_guillemets() -> None:
    """They can be told apart without colour."""
    assert Marked("Iron is low", ((0, 4), (8, 11))).quoted("bold").plain == "«Iron» is «low»"


def test_a_mark_on_white_space_alone_is_none() -> None:
    assert marked("a  b", 0, 4, [(1, 3)]) == Marked("a b", ())


odd = st.text(st.sampled_from("ab \n\t\r\x1b\u202e\ufeff鉄\u2028é"), max_size=30)


@given(odd, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5))
def test_marks_change_nothing_of_the_text(text: str, marks: list[tuple[int, int]]) -> None:
    """With or without marks the words are those that cleaning makes of them, and marks rise without overlaps."""
    text = text.replace("\r", "")
    found = marked(text, 0, len(text), [(min(pair), max(pair)) for pair in marks])
    assert found.text == clean_line(text)
    ends = [offset for mark in found.marks for offset in mark]
    assert ends == sorted(ends)
    assert all(start < end <= len(found.text) for start, end in found.marks)

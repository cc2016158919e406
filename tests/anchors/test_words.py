"""What counts as a word."""

from __future__ import annotations

import pytest

from flashrls.anchors.words import is_one_word, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A brain-wide, “dim” switch (GABA).", ["A", "brain-wide", "dim", "switch", "GABA"]),
        ("It’s 1,000 or 3.5 %, e.g. here…there", ["It’s", "1,000", "or", "3.5", "e.g", "here", "there"]),
        ("one—two and/or three", ["one", "two", "and", "or", "three"]),
        ("cafe\u0301 na\u00efve", ["cafe\u0301", "na\u00efve"]),
        ("東京2020 is", ["東", "京", "2020", "is"]),
        ("- * … !", []),
        ("", []),
    ],
)
def test_words_are_without_the_punctuation_around_them(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in words(text, 0, len(text))] == expected


def test_words_are_looked_for_between_the_offsets_only() -> None:
    assert list(words("one two three", 2, 7)) == [(2, 3), (4, 7)]


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("a", "b", True),
        ("a", "1", True),
        ("a", "\u0301", True),
        ("a", "-", False),
        (" ", "b", False),
        ("東", "京", False),
        ("東", "a", True),
    ],
)
def test_two_characters_are_of_one_word(left: str, right: str, one: bool) -> None:
    assert is_one_word(left, right) is one

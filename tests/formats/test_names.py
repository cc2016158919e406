"""Ids, tags and the ids that decks get from their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.formats.names import deck_key, is_id, is_tag


@pytest.mark.parametrize("text", ["a", "1", "n2-spindles", "A.b_c-", "träume", "睡眠", "निद्रा", "e\u0301"])
def test_letters_of_any_script_make_an_id(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "-a", ".a", "_a", "a b", "a#b", "a/b", "\u0301a", "é ", "é#", "a\n"])
def test_other_characters_make_no_id(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    ("text", "sound"), [("a/b", True), ("C#", True), ("a b", False), ("", False), ("a}", False)]
)
def test_a_tag_is_one_word_without_braces_and_quotes(text: str, sound: bool) -> None:
    assert is_tag(text) is sound


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Sleep::Memory", "sleep-memory"),
        ("  Träume, 2. Teil ", "traume-2-teil"),
        ("Große ÉLAN", "grosse-elan"),
        ("睡眠", "d-e3280af3"),
    ],
)
def test_a_deck_gets_its_id_from_its_name(name: str, key: str) -> None:
    assert deck_key(name) == key


@given(st.text(min_size=1))
def test_the_id_of_any_name_is_an_id(name: str) -> None:
    assert is_id(deck_key(name))

"""Ids, tags and the ids that decks get from their names."""

import re

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
        ("Sleep::Deep Memory", "sleep.deep-memory"),
        ("Große Wellen", "grosse-wellen"),
        ("Träume, 2. Teil", "traume-2-teil_"),
        ("C++", "c_"),
        ("睡眠", "d_"),
    ],
)
def test_a_deck_gets_its_id_from_its_name(name: str, key: str) -> None:
    assert re.fullmatch(re.escape(key) + "[0-9a-f]{8}" * key.endswith("_"), deck_key(name))


def test_names_that_look_alike_get_different_ids() -> None:
    names = ["C", "C++", "C#", "A B", "A::B", "A-B", "A_B", "A.B", "A  B", " A B", "Ä B", "睡眠", "睡", ""]
    assert len({deck_key(name) for name in names}) == len(names)


def test_case_and_the_way_accents_are_stored_make_no_other_id() -> None:
    assert deck_key("TRÄUME") == deck_key("träume") == deck_key("Tra\u0308ume")
    assert deck_key("SLEEP") == deck_key("Sleep")


@given(st.text(min_size=1))
def test_the_id_of_any_name_is_an_id(name: str) -> None:
    assert is_id(deck_key(name))

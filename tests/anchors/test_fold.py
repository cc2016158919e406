"""Folding: what typesetting adds is gone, and every folded stretch knows where it came from."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flashrls.anchors.fold import fold
from tests.anchors.making import odd_texts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("It stays as it is, (really) 3.5 %!", "It stays as it is, (really) 3.5 %!"),
        ("Case Stays", "Case Stays"),
        ("a  b\tc\nd\r\n\r\ne\u00a0f\u2003g\u2028h", "a b c d e f g h"),
        ("the brain’s ‘dim’ ‛switch’", "the brain's 'dim' 'switch'"),
        ("“one” „two‟ «three» 4″", '"one" "two" "three" 4"'),
        ("5′ to 3′, don´t", "5' to 3', don't"),
        ("1–2, 3—4, 5−6, 7‑8, x – y", "1-2, 3-4, 5-6, 7-8, x - y"),
        ("wait --- 5 -- 6", "wait - 5 - 6"),
        ("brain-wide", "brainwide"),
        ("mag-\nnetic", "magnetic"),
        ("mag- \n\n netic", "magnetic"),
        ("a—b", "ab"),
        ("short- and long-term", "shortand longterm"),
        ("A-11, 5-HT, -5, x -y, z-", "A-11, 5-HT, -5, x -y, z-"),
        ("co\u00adop\u200ber\u2060ate\ufeff, \u202eabc\u202c", "cooperate, abc"),
        ("ﬁve eﬃcient ＡＢＣ ½ 10² Å …", "five efficient ABC 1\u20442 102 Å ..."),
        ("cafe\u0301 Vie\u0323\u0302t", "café Việt"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("ｶﾞ", "ガ"),
        ("", ""),
        ("\u00ad", ""),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "folded", "original"),
    [
        ("the mag-\nnetic field", "magnetic", "mag-\nnetic"),
        ("the mag-\nnetic field", "net", "net"),
        ("one  \n two", "one two", "one  \n two"),
        ("one  \n two", "two", "two"),
        ("a ﬁnal word", "final", "ﬁnal"),
        ("a ﬁnal word", "inal", "ﬁnal"),
        ("about ½ of it", "1", "½"),
        ("the cafe\u0301 there", "caf\u00e9", "cafe\u0301"),
        ("co\u00adop\u00aderate", "op", "op"),
        ("co\u00adop\u00aderate", "coop", "co\u00adop"),
        ("„so“ it—was", "itwas", "it—was"),
    ],
)
def test_a_folded_stretch_leads_back_to_its_original(text: str, folded: str, original: str) -> None:
    found = fold(text)
    start = found.text.index(folded)
    first, last = found.span(start, start + len(folded))
    assert text[first:last] == original


def test_an_original_stretch_leads_to_its_folded_one_and_a_dropped_one_to_nothing() -> None:
    found = fold("a  mag-\nnetic ﬁeld")
    assert found.text == "a magnetic field"
    assert found.stretch(3, 13) == (2, 10)
    assert found.stretch(6, 8) == (5, 5)
    assert found.stretch(14, 15) == (11, 13)


@given(odd_texts)
@example("a-\u00adb")
def test_a_folded_stretch_and_its_original_fold_to_the_same(text: str) -> None:
    found = fold(text)
    size = len(found.text)
    pairs = [(start, end) for start in range(size) for end in range(start + 1, size + 1)]
    for start, end in pairs:
        first, last = found.span(start, end)
        assert 0 <= first < last <= len(text)
        there, until = found.stretch(first, last)
        assert there <= start < end <= until
        left, right = found.span(there, until)
        assert left <= first < last <= right
        if (there, until) == (start, end):
            # A hyphen at an edge was perhaps dropped for the letter before it, and the space behind it.
            assert fold(text[first:last]).text.lstrip(" -") == found.text[start:end].lstrip(" -")


@given(odd_texts)
def test_the_characters_of_a_folded_text_come_one_after_the_other(text: str) -> None:
    found = fold(text)
    spans = [found.span(at, at + 1) for at in range(len(found.text))]
    assert spans == sorted(spans)
    ends = [end for _, end in spans]
    assert ends == sorted(ends)


@given(odd_texts)
def test_composed_and_decomposed_texts_fold_to_the_same(text: str) -> None:
    folded = {fold(unicodedata.normalize(form, text)).text for form in ("NFC", "NFD")}
    assert folded == {fold(text).text}


@given(odd_texts, st.sampled_from(["\n", "\r\n", "  ", "\u00a0", "\n\n\t"]))
def test_a_text_wrapped_otherwise_folds_to_the_same(text: str, space: str) -> None:
    assert fold(text.replace(" ", space)).text == fold(text).text


@given(odd_texts)
def test_what_has_no_width_changes_nothing(text: str) -> None:
    assert fold("\u200b".join(text)).text == fold(text).text


@given(odd_texts)
def test_no_white_space_but_single_spaces_is_left(text: str) -> None:
    folded = fold(text).text
    assert "  " not in folded
    assert all(character == " " or not character.isspace() for character in folded)


def test_lone_surrogates_and_long_heaps_of_marks_are_folded_too() -> None:
    assert fold("a \ud800  b").text == "a \ud800 b"
    heap = fold("x" + "\u0301\u0316" * 50_000)
    assert heap.text[:31] == "x" + "\u0316" * 15 + "\u0301" * 15

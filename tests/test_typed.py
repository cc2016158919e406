"""Typed answers: what is the same, what is wrong, what is missing; and what never counts."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.typed import LONGEST_BY_LETTERS, Comparison, Run, State, compare, plain_answer, typed_words

SAME, EXTRA, MISSING = State.SAME, State.EXTRA, State.MISSING
TEXTS = st.text(
    st.one_of(st.sampled_from("abAB é\u0301\n’ßİ👩\u200d🏽🇩"), st.characters(codec="utf-8")), max_size=30
)


def joined(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def letters(*runs: tuple[str, State]) -> tuple[Run, ...]:
    return tuple(Run(text, state) for text, state in runs)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("N2", "N2"),
        ("rem sleep", "REM sleep"),
        ("  REM\t sleep \n", "REM sleep"),
        ("Ramon y Cajal", "Ramón y Cajal"),
        ("strasse", "Straße"),
        ("Malmo", "Malmö"),
        ("Lodz", "Łódź"),
        ("d'Alembert", "d’Alembert"),
        ("1939-1945", "1939–1945"),
        ("µ-opioid", "μ-opioid"),
        ("a\u200bb", "ab"),
        ("e\u0301", "é"),
        ("", " "),
    ],
)
def test_forgiven(typed: str, answer: str) -> None:
    """Case, accents, white space, and what a keyboard doesn't have."""
    assert compare(typed, answer).is_right
    assert compare(answer, typed).is_right


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("N3", "N2"), ("", "N2"), ("N2", ""), ("か", "が"), ("REMsleep", "REM sleep"), ("हि", "ह"), ("👩🏽", "👩")],
)
def test_wrong(typed: str, answer: str) -> None:
    """Other letters, missing ones, and marks that make another letter."""
    assert not compare(typed, answer).is_right


def test_case_and_accents_count_when_they_are_to() -> None:
    """Each by itself; encodings of one letter are the same all the same."""
    assert not compare("rem", "REM", case=True).is_right
    assert not compare("Malmo", "Malmö", accents=True).is_right
    assert compare("malmö", "MALMÖ", accents=True).is_right
    assert compare("MALMO", "MALMÖ", case=True).is_right
    assert compare("Malmo\u0308", "Malmö", case=True, accents=True).is_right


def test_differing_letters() -> None:
    """A wrong letter is extra in the one and missing in the other."""
    assert compare("tyrosin hydraxylase", "tyrosine hydroxylase") == Comparison(
        letters(("tyrosin hydr", SAME), ("a", EXTRA), ("xylase", SAME)),
        letters(("tyrosin", SAME), ("e", MISSING), (" hydr", SAME), ("o", MISSING), ("xylase", SAME)),
        False,
    )


def test_letters_keep_their_marks() -> None:
    """Also those that no single character stands for, joined emoji, and flags."""
    assert compare("x", "q\u0323\u0301").answer == letters(("q\u0323\u0301", MISSING))
    assert compare("a👩\u200d🔬b", "a👩\u200d🚀b").typed == letters(("a", SAME), ("👩\u200d🔬", EXTRA), ("b", SAME))
    assert compare("🇩🇪", "🇩🇰").typed == letters(("🇩🇪", EXTRA))


def test_nothing_typed() -> None:
    """The whole answer is missing, and there is nothing to tell."""
    nothing = compare(" ", "N2")
    assert nothing == Comparison((), letters(("N2", MISSING)), False)
    assert typed_words(nothing) == ""


def test_long_texts_are_compared_by_words() -> None:
    """A text of some pages shows which words differ; a book only that it does."""
    page = "word " * (LONGEST_BY_LETTERS // 5)
    assert Run("wort", EXTRA) in compare(page + "wort end", page + "word end").typed
    book = compare("x " * 9_000, "y " * 9_000)
    assert (len(book.typed), len(book.answer), book.is_right) == (1, 1, False)
    library = compare("x " * 900_000, "X " * 900_000)
    assert (len(library.typed), len(library.answer), library.is_right) == (1, 1, False)


@given(TEXTS, TEXTS, st.booleans(), st.booleans())
def test_runs_are_the_texts(typed: str, answer: str, case: bool, accents: bool) -> None:
    """Joined they are what was typed and the answer; right means that nothing differs, whichever is which."""
    found = compare(typed, answer, case=case, accents=accents)
    dropped = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
    for runs, text in ((found.typed, typed), (found.answer, answer)):
        assert joined(runs) == " ".join(unicodedata.normalize("NFC", text).translate(dropped).split())
        assert all(run.text for run in runs)
    assert found.is_right == all(run.state is SAME for run in (*found.typed, *found.answer))
    assert found.is_right == compare(answer, typed, case=case, accents=accents).is_right


@given(TEXTS, st.booleans(), st.booleans())
def test_a_text_is_itself(text: str, case: bool, accents: bool) -> None:
    """In either encoding, and however strictly."""
    for form in ("NFC", "NFD"):
        assert compare(unicodedata.normalize(form, text), text, case=case, accents=accents).is_right


@given(TEXTS, TEXTS)
def test_strict_is_never_milder(typed: str, answer: str) -> None:
    """What is right strictly is right when case and accents are forgiven."""
    if compare(typed, answer, case=True, accents=True).is_right:
        assert compare(typed, answer).is_right


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("**Deep** sleep", "Deep sleep"),
        ("`x = 1`", "x = 1"),
        ("one\ntwo", "one two"),
        ("one\n\ntwo", "one\ntwo"),
        ("- a\n- b", "a\nb"),
        ("```py\nx = 1\n```", "x = 1"),
        ("[link](https://e.example)", "link"),
        ("![x-ray](a.png)", "x-ray"),
        ("a &amp; b", "a & b"),
        ("[50%] * 3", "[50%] * 3"),
        ("", ""),
    ],
)
def test_plain_answer(markdown: str, plain: str) -> None:
    """What a learner would type."""
    assert plain_answer(markdown) == plain


def test_words_need_no_colour() -> None:
    """For a screen reader; what a terminal would obey is shown."""
    assert typed_words(compare("ab", "xb")) == "You:    [-a-]b\nAnswer: [+x+]b"
    assert typed_words(compare("rem", "REM")) == "You:    rem (the same)"
    assert typed_words(compare("a\x1b[2J b", "a b")) == "You:    a[-␛[2J-] b\nAnswer: a b"

"""Stems and word lists."""

from hypothesis import given
from hypothesis import strategies as st

from flashrls.lint.words import GLUE, HEDGES, NEGATIONS, SOURCE_HEDGES, SOURCE_NEGATIONS, lowered, stems, words


def test_forms_of_a_word_have_one_stem() -> None:
    for forms in (
        "dopamine dopaminergic",
        "produce produces produced production",
        "regulate regulation regulating regulator",
        "move moved movement movements",
        "study studies studied",
        "deficit deficient deficiency deficiencies",
        "vulnerable vulnerability",
        "neuron neurons",
        "lower lowers lowered lowering",
        "discover discovers discovered",
        "drop drops dropped dropping",
        "six 6",
        "kilometre kilometers km",
    ):
        assert len(stems(forms)) == 1, forms


def test_words_that_only_look_alike_have_stems_of_their_own() -> None:
    for others in ("neuron neurotransmitter", "MEIS1 MEIS2", "interaction internal", "easy ease"):
        assert len(stems(others)) == 2, others


def test_a_word_with_a_hyphen_is_one_word_with_two_stems() -> None:
    assert words("risk-associated genes") == ["riskassociated", "genes"]
    assert stems("risk-associated genes") == {"risk", "associ", "gen"}
    assert words("one—two") == ["one", "two"]


def test_glue_and_what_belongs_to_no_word_carry_no_stem() -> None:
    assert stems("What is the … of it — and why?") == set()


def test_the_month_of_may_is_no_hedge() -> None:
    for text in ("on 5 May 1789", "In May she sleeps", "May 5 was a Monday", "since\nMay, it rains"):
        assert "may" not in lowered(text), text
    for text in ("It may rain", "May it rain?", "Rain? May be."):
        assert "may" in lowered(text), text


def test_a_shortened_not_is_a_not() -> None:
    assert "not" in lowered("They aren’t the same")
    assert "not" not in lowered("They are the same knot")


def test_what_counts_in_a_source_is_kept_by_the_same_word_in_a_card() -> None:
    assert SOURCE_HEDGES <= HEDGES
    assert SOURCE_NEGATIONS <= NEGATIONS
    assert GLUE.isdisjoint({"dopamine", "iron", "sleep"})


@given(st.text())
def test_stems_are_those_of_some_word_without_case(text: str) -> None:
    assert stems(text.upper().lower()) == stems(text.upper().lower().casefold())
    assert all(stem for stem in stems(text))

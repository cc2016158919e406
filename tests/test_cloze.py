"""Clozes: how they are found, what is wrong with the others, and how they are asked."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flashrls.cloze import Cloze, ClozeFault, ask, find_clozes, hidden_words, reveal, with_numbers

law = settings(deadline=None)

NOTHING = "this cloze hides nothing"
NO_CLOZE = "this is not a cloze"
UNCLOSED = "this cloze is never closed"
NESTED = "a cloze inside a cloze"


def sound(text: str) -> tuple[Cloze, ...]:
    found = find_clozes(text)
    assert not isinstance(found, ClozeFault), found
    return found


def told(text: str) -> list[tuple[int, str, str | None]]:
    """What each cloze of a sound text says: number, hidden words, hint."""
    return [(c.number, c.hidden, c.hint) for c in sound(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no cloze at all", []),
        ("", []),
        ("}} a :: b", []),
        ("{{1::Bern}}", [(1, "Bern", None)]),
        ("{{c1::Bern}}", [(1, "Bern", None)]),
        ("{{2::Bern::a city}}", [(2, "Bern", "a city")]),
        ("{{ c3 :: Bern :: a city }}", [(3, "Bern", "a city")]),
        ("{{1::Bern::}}", [(1, "Bern", None)]),
        ("{{1::a}} {{1::b}} {{2::c}}", [(1, "a", None), (1, "b", None), (2, "c", None)]),
        ("{{a}} and {{b}}", [(1, "a", None), (2, "b", None)]),
        ("{{a::hint}}", [(1, "a", "hint")]),
        ("{{5::a}} {{b}} {{2::c}} {{d}}", [(5, "a", None), (6, "b", None), (2, "c", None), (7, "d", None)]),
        ("{{1990}}", [(1, "1990", None)]),
        ("{{1990::year}}", [(1, "1990", "year")]),
        ("{{999::a}}", [(999, "a", None)]),
        ("{{007::a}}", [(7, "a", None)]),
        ("{{1::two\nlines}}", [(1, "two\nlines", None)]),
        ("std::vector {{1::a}} x::y", [(1, "a", None)]),
        ("{{1::x{y}z}}", [(1, "x{y}z", None)]),
        ("{{1::a}}}", [(1, "a", None)]),
    ],
)
def test_a_text_has_these_clozes(text: str, expected: list[tuple[int, str, str | None]]) -> None:
    assert told(text) == expected


def test_a_cloze_knows_where_it_stands() -> None:
    text = "In {{1::Bern}}, not {{b::B}}."
    assert [text[c.start : c.end] for c in sound(text)] == ["{{1::Bern}}", "{{b::B}}"]
    assert sound(text)[0] == Cloze(number=1, hidden="Bern", hint=None, start=3, end=14)


@pytest.mark.parametrize(
    ("text", "reason", "at"),
    [
        ("a {{1::b", UNCLOSED, 2),
        ("a {{1::b}", UNCLOSED, 2),
        ("{{1::a}} {{", UNCLOSED, 9),
        ("{{1::a {{2::b}} c}}", NESTED, 0),
        ("{{{{a}}}}", NESTED, 0),
        ("{{}}", NOTHING, 0),
        ("{{  }}", NOTHING, 0),
        ("{{1::}}", NOTHING, 0),
        ("{{c1:: ::hint}}", NOTHING, 0),
        ("{{::a}}", NOTHING, 0),
        ("{{0::a}}", NO_CLOZE, 0),
        ("x {{1::a::b::c}}", NO_CLOZE, 2),
        ("{{a::b::c}}", NO_CLOZE, 0),
        ("{{1::std::vector::hint}}", NO_CLOZE, 0),
        ("{{999::a}} {{b}}", "a cloze number over 999", 11),
    ],
)
def test_a_text_with_a_bad_cloze_tells_the_first_fault_and_its_place(text: str, reason: str, at: int) -> None:
    fault = find_clozes(text)
    assert isinstance(fault, ClozeFault)
    assert (fault.reason, fault.at) == (reason, at)


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("{{1::b", "Close it with '}}'."),
        ("{{1::a {{2::b}}", "Close the first with '}}' before the next begins."),
        ("{{}}", "Write the hidden words: {{1::words}}."),
        ("{{0::a}}", "Write {{1::words}} or {{1::words::hint}}."),
        ("{{999::a}} {{b}}", "Split this text into several notes."),
    ],
)
def test_a_fault_says_how_to_mend_it(text: str, mend: str) -> None:
    fault = find_clozes(text)
    assert isinstance(fault, ClozeFault)
    assert fault.mend == mend


CITIES = "{{1::Bern}} lies on the {{2::Aare::river}}, {{1::Basel}} on the {{3::Rhine}}."


@pytest.mark.parametrize(
    ("number", "asked", "revealed", "hidden"),
    [
        (
            1,
            "[...] lies on the Aare, [...] on the Rhine.",
            "**Bern** lies on the Aare, **Basel** on the Rhine.",
            "Bern, Basel",
        ),
        (
            2,
            "Bern lies on the [river], Basel on the Rhine.",
            "Bern lies on the **Aare**, Basel on the Rhine.",
            "Aare",
        ),
        (
            3,
            "Bern lies on the Aare, Basel on the [...].",
            "Bern lies on the Aare, Basel on the **Rhine**.",
            "Rhine",
        ),
        (4, "Bern lies on the Aare, Basel on the Rhine.", "Bern lies on the Aare, Basel on the Rhine.", ""),
    ],
)
def test_a_number_is_asked_revealed_and_told(number: int, asked: str, revealed: str, hidden: str) -> None:
    assert (ask(CITIES, number), reveal(CITIES, number), hidden_words(CITIES, number)) == (asked, revealed, hidden)


def test_a_text_with_a_fault_is_shown_as_it_stands() -> None:
    assert (ask("{{1::a", 1), reveal("{{1::a", 1), hidden_words("{{1::a", 1)) == ("{{1::a", "{{1::a", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{a}} and {{b::hint}}!", "{{1::a}} and {{2::b::hint}}!"),
        ("{{ c3 :: a :: h }}", "{{3::a::h}}"),
        ("{{1::a}} b", "{{1::a}} b"),
        ("none", "none"),
        (r"{{1::\frac{a}{b} }}", r"{{1::\frac{a}{b} }}"),
        ("{{1::a::{x} }}", "{{1::a::{x} }}"),
        ("{{1::a: ::h}}", "{{1::a: ::h}}"),
        ("{{7: ::h}}", "{{1::7: ::h}}"),
    ],
)
def test_numbers_are_written_into_the_text(text: str, expected: str) -> None:
    """A space stays where a last colon or brace would otherwise join the marks behind it."""
    assert with_numbers(text, sound(text)) == expected


words = st.text(st.sampled_from("ab1c :{}\nß٣"), min_size=1, max_size=5)
cloze_texts = st.builds(
    lambda number, hidden, hint, gap: f"{{{{{number}{hidden}{hint}}}}}{gap}",
    st.sampled_from(["", "1::", "c2::", "999::", " 7 :: ", "٣::"]),
    words,
    st.just("") | words.map(lambda hint: f"::{hint}"),
    words,
)
soups = st.lists(st.sampled_from(["{{", "}}", "::", "{", "}", ":", "1", "c2", "999", "a", " "])).map("".join)


@law
@given(st.lists(cloze_texts, max_size=4).map("".join) | soups)
def test_numbered_clozes_say_the_same_and_are_numbered_once_for_all(text: str) -> None:
    found = find_clozes(text)
    assume(not isinstance(found, ClozeFault) and found)
    numbered = with_numbers(text, sound(text))
    assert told(numbered) == told(text)
    assert with_numbers(numbered, sound(numbered)) == numbered


@law
@given(st.text() | soups)
def test_any_text_has_clozes_or_a_fault_inside_it(text: str) -> None:
    found = find_clozes(text)
    if isinstance(found, ClozeFault):
        assert text[found.at : found.at + 2] == "{{"
    else:
        assert [text[c.start : c.start + 2] + text[c.end - 2 : c.end] for c in found] == ["{{}}"] * len(found)


@law
@given(st.lists(cloze_texts, max_size=4).map("".join))
def test_an_asked_number_shows_one_gap_for_each_of_its_clozes(text: str) -> None:
    found = find_clozes(text)
    assume(not isinstance(found, ClozeFault) and found)
    number = sound(text)[-1].number
    assert ask(text, number).count("[") == len([c for c in sound(text) if c.number == number])


MILLION = 1_000_000


@pytest.mark.parametrize(
    ("text", "clozes"),
    [
        pytest.param("a" * MILLION, 0, id="words"),
        pytest.param("}}::" * (MILLION // 4), 0, id="closing braces"),
        pytest.param("{ " * (MILLION // 2), 0, id="single braces"),
        pytest.param("{{1::a}}" * (MILLION // 8), 125_000, id="clozes"),
        pytest.param("{{1::" + "a" * (MILLION - 7) + "}}", 1, id="one long cloze"),
        pytest.param("{{1::a}}" + "}}" * (MILLION // 2 - 4), 1, id="closing braces behind a cloze"),
    ],
)
def test_a_million_characters_are_read(text: str, clozes: int) -> None:
    assert len(sound(text)) == clozes
    assert "{{" not in ask(text, 1)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("{{c1::" * (MILLION // 6), UNCLOSED, id="openings"),
        pytest.param("{{" * (MILLION // 2), UNCLOSED, id="opening braces"),
        pytest.param("{{1::" + "::" * (MILLION // 2 - 4) + "}}", NOTHING, id="colons"),
        pytest.param("{{a" + "{{" * (MILLION // 2 - 3) + "}}", NESTED, id="nested"),
        pytest.param("{{1::" + "1" * (MILLION - 15) + "::a::b}}", NO_CLOZE, id="digits"),
        pytest.param("{{a}}" * (MILLION // 5), "a cloze number over 999", id="clozes without numbers"),
    ],
)
def test_a_million_characters_with_a_fault_are_refused(text: str, reason: str) -> None:
    fault = find_clozes(text)
    assert isinstance(fault, ClozeFault)
    assert fault.reason == reason

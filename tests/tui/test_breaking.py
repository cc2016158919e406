"""Where lines break: every law of it, for any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from flashrls.tui.breaking import line_breaks

ODD = [
    "a",
    "iron",
    " ",
    "  ",
    "鉄",
    "ｘ",
    "é",
    "e\u0301",
    "👩\u200d🔬",
    "❤\ufe0f",
    "\u0301",
    "\u200d",
    "ab-cd",
    "—",
]
texts = st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=6)), max_size=40).map("".join)
clean_texts = texts.map(lambda text: " ".join(text.split()))


def shown(text: str, cells: int) -> list[str]:
    return [text[start:end] for start, end in line_breaks(text, cells)]


def test_breaks_at_spaces() -> None:
    assert shown("Iron is a cofactor for it", 10) == ["Iron is a", "cofactor", "for it"]


def test_what_fits_is_one_line() -> None:
    assert shown("Iron is", 7) == ["Iron is"]
    assert shown("", 7) == [""]


def test_wide_characters_count_double_and_break_anywhere() -> None:
    """Japanese has no spaces between its words; a line is filled up before the next begins."""
    assert shown("鉄欠乏は多い", 5) == ["鉄欠", "乏は", "多い"]
    assert shown("RLS 鉄欠乏は多い", 8) == ["RLS 鉄欠", "乏は多い"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert shown("an incomprehensibility so", 10) == ["an incompr", "ehensibili", "ty so"]
    assert shown("see incomprehensibility", 4) == ["see", "inco", "mpre", "hens", "ibil", "ity"]


def test_what_a_terminal_draws_as_one_is_never_cut() -> None:
    assert shown("e\u0301e\u0301e\u0301", 2) == ["e\u0301e\u0301", "e\u0301"]
    assert shown("👩\u200d🔬👩\u200d🔬", 3) == ["👩\u200d🔬", "👩\u200d🔬"]


@given(clean_texts, st.integers(1, 30))
def test_nothing_is_lost_but_spaces(text: str, cells: int) -> None:
    """The lines, one after the other, hold every character in its order but the spaces at which they break."""
    at = 0
    for start, end in line_breaks(text, cells):
        assert start <= end
        assert text[at:start] in ("", " ")
        at = end
    assert at == len(text)


@given(clean_texts, st.integers(2, 30))
def test_lines_fit(text: str, cells: int) -> None:
    """No line is wider than asked for; two cells hold every character."""
    assert all(cell_len(line) <= cells for line in shown(text, cells))


@given(clean_texts, st.integers(1, 30))
def test_lines_hold_something(text: str, cells: int) -> None:
    assert all(shown(text, cells)) or text == ""

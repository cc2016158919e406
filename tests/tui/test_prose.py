"""Markdown as lines of text: each block looks like what it is, and nothing is wider than its place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.tui.code import LONGEST_HIGHLIGHTED
from flashrls.tui.longtext import LongText
from flashrls.tui.prose import LONGEST_PARSED, prose


def drawn(markdown: str, width: int = 40) -> list[str]:
    return [line.plain.rstrip() for line in prose(markdown).lines(width)]


def spans(markdown: str) -> set[tuple[str, str]]:
    """The styled stretches of the first line."""
    line = prose(markdown).lines(60)[0]
    return {(line.plain[span.start : span.end], str(span.style)) for span in line.spans}


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("one\ntwo", ["one two"]),
        ("one  \ntwo", ["one", "two"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("- a\n- b\n  - c\n- d", ["• a", "• b", "  • c", "• d"]),
        ("- a\n\n- b", ["• a", "", "• b"]),
        ("3. a\n4. b", ["3. a", "4. b"]),
        ("# Head\n\ntext", ["Head", "", "text"]),
        ("> quote\n> more", ["│ quote more"]),
        ("a\n\n---\n\nb", ["a", "", "─────", "", "b"]),
        ("```py\nx = 1\n\ny\n```", ["x = 1", "", "y"]),
        ("- a\n\n  ```\n  x\n  ```", ["• a", "", "  x"]),
        ("text\n- a\n- b", ["text", "", "• a", "• b"]),
        ("| a | long |\n|---|---|\n| bbb | c |", ["a    long", "───  ────", "bbb  c"]),
        ("![x-ray](a.png)", ["[image: x-ray · a.png]"]),
        ("![](a.png)", ["[image: a.png]"]),
        ("![x](a%20b.png)", ["[image: x · a b.png]"]),
        ("![]()", ["[image: nothing is said of it]"]),
        ("[text](https://e.example)", ["text (https://e.example)"]),
        ("<https://e.example>", ["https://e.example"]),
        ("a <b>bold</b> &amp; c", ["a <b>bold</b> & c"]),
        ("1 < 2 and [50%] * 3", ["1 < 2 and [50%] * 3"]),
        ("", []),
    ],
)
def test_blocks(markdown: str, expected: list[str]) -> None:
    """What a reader sees of each kind of block."""
    assert drawn(markdown) == expected


def test_emphasis() -> None:
    """Bold, italic, struck out and code, also inside each other."""
    assert spans("a **b** *c* ~~d~~ ***e***") == {
        ("b", "bold"),
        ("c", "italic"),
        ("d", "strike"),
        ("e", "italic bold"),
    }


def test_lines_hang_below_their_bullet() -> None:
    """A long item goes on under its text, not under its bullet."""
    assert drawn("- one two three four", 12) == ["• one two", "  three four"]


def test_cells_of_a_table_wrap() -> None:
    """The widest column gives way."""
    assert drawn("| a | b |\n|---|---|\n| x | one two three four |", 16) == [
        "a    b",
        "───  ───────────",
        "x    one two",
        "     three four",
    ]


def test_very_long_text_is_plain() -> None:
    """Beyond 20,000 characters a text is shown as it was written."""
    assert drawn("**x** " * (LONGEST_PARSED // 6 + 1))[0].startswith("**x** **x**")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "- a ",
                "1. ",
                "> ",
                "\n",
                "\n\n",
                "| a | b ",
                "|---|---|\n",
                "```\n",
                "**",
                "`x` ",
                "日本 ",
                "word ",
                "x" * 30,
            ]
        ),
        max_size=40,
    ).map("".join),
    st.integers(4, 80),
)
def test_no_line_is_too_wide(markdown: str, width: int) -> None:
    """Whatever the text, a line fits; double-width characters count double."""
    assert all(line.cell_length <= width for line in prose(markdown).lines(width))


@pytest.mark.parametrize("piece", ["- x\n", "[", "![a](", "*a _", "| a |\n", "> ", "`"])
def test_hostile_texts_take_no_time(piece: str) -> None:
    """The longest text that is parsed takes a fraction of a second."""
    markdown = (piece * LONGEST_PARSED)[:LONGEST_PARSED]
    start = time.perf_counter()
    prose(markdown).lines(72)
    assert time.perf_counter() - start < 2


def test_what_lies_too_deep_is_shown_as_written() -> None:
    """The parser leaves out what lies under too many quotes; a card never does."""
    assert drawn(">" * 200 + "a", 300) == [">" * 200 + "a"]
    assert drawn("> " * 30 + "a", 300) == ["│ " * 30 + "a"]


def test_code_is_told_apart_without_colour() -> None:
    """Keywords are bold and comments slanted; the language may be followed by other words."""
    found = {words: style.split() for words, style in spans("```python title=x\ndef f(): # why\n```")}
    assert "bold" in found["def"]
    assert "italic" in found["# why"]


@pytest.mark.parametrize("language", ["", "no-such-language", "x" * 50, "{}", "\x1b[2J"])
def test_code_of_no_known_language_is_plain(language: str) -> None:
    """It is shown as it is."""
    assert drawn(f"```{language}\ndef f(): pass\n```") == ["def f(): pass"]
    assert {style for _, style in spans(f"```{language}\ndef f(): pass\n```")} == {"on $foreground 8%"}


def test_long_code_is_plain() -> None:
    """Some lexers take the square of a text's length."""
    assert "def" not in {words for words, _ in spans("```python\ndef f():\n" + "#" * LONGEST_HIGHLIGHTED + "\n```")}


def test_code_is_cleaned_before_it_is_coloured() -> None:
    """An escape sequence in a string is shown, and the colours stay where they belong."""
    assert drawn("```python\nx = '\x1b[2J' # \u202e\n```") == ["x = '␛[2J' # \ufffd"]
    assert "# \ufffd" in {words for words, _ in spans("```python\nx = '\x1b[2J' # \u202e\n```")}


@given(st.text(alphabet="ab \n\u0301日", max_size=200).map(lambda text: text * 150))
@settings(deadline=None)
def test_parts_of_a_long_text_are_the_text(text: str) -> None:
    """Nothing is lost or told twice between them."""
    long = LongText(text)
    assert "".join(long.part(number) for number in range(long.parts)) == text
    assert long.left(long.parts) == ""


def test_parts_end_at_lines_else_at_words() -> None:
    """So that no word is torn where a part ends."""
    assert LongText("one two\n" * 1_000).part(0).endswith("two\n")
    assert LongText("word " * 2_000).part(0).endswith("word ")
    assert len(LongText("x" * 9_000).part(0)) == 4_000


@pytest.mark.parametrize(
    ("characters", "left"), [(4_000, ""), (5_000, "1 KB"), (104_000, "0.1 MB"), (10_000_000, "10.0 MB")]
)
def test_what_is_left_is_told(characters: int, left: str) -> None:
    """In thousands or millions of characters."""
    assert LongText("x" * characters).left(1) == left

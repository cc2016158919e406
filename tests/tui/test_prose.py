"""Markdown as lines of text: each block looks like what it is, and nothing is wider than its place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        ("![x-ray](a.png)", ["[image: x-ray]"]),
        ("![](a.png)", ["[image: no description]"]),
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

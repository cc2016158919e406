"""ASCII only: every cell keeps its place, nothing else reaches the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.filter import LineFilter

from flashrls.clean import clean
from flashrls.tui.app import FlashRLS
from flashrls.tui.ascii import AsciiOnly, in_ascii, needs_ascii
from tests.tui.bench import THREE, Bench, press, text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("▂▅▇▃▆·█", "25736.#"),
        ("█████▁··", "#####1.."),
        ("│ ┃ ─────", "| # -----"),
        ("“don’t” – «a»", '"don\'t" - "a"'),
        ("Łódź, Malmö, Straße", "Lodz, Malmo, Strase"),
        ("a → b … c", "a > b ~ c"),
        ("• one\u00a0two", "* one two"),
        ("日本", "????"),
        ("👩\u200d👩\u200d👧!", "??!"),
        ("e\u0301q\u0323\u0301", "eq"),
        ("10² α ≤ β", "10? ? ? ?"),
        ("␛[2J", "^[2J"),
        ("█▓▒", "#=-"),
        ("▁" * 60, "_" * 60),
        ("▁▁▁▁▁▁▁", "1111111"),
        ("🔎", "/ "),
        ("", ""),
    ],
)
def test_likenesses(text: str, expected: str) -> None:
    """What is most like it, or a question mark for each cell; never another number."""
    assert in_ascii(text) == expected


@given(st.text(max_size=60).map(clean))
def test_ascii_keeps_its_width(text: str) -> None:
    """Whatever the text, so that columns stay below each other."""
    text = text.replace("\n", " ").replace("\t", " ")
    assert in_ascii(text).isascii()
    assert cell_len(in_ascii(text)) == cell_len(text)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "ANSI_X3.4-1968", "no-such", "", None])
def test_terminals_that_need_it(encoding: str | None) -> None:
    """Those that can't print a line, a block and every letter."""
    assert needs_ascii(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf_8", "gb18030"])
def test_terminals_that_do_not(encoding: str) -> None:
    """Those that can."""
    assert not needs_ascii(encoding)


class _Plain(FlashRLS):
    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), AsciiOnly()]


async def test_all_screens_are_ascii(bench: Bench) -> None:
    """Home, question, answer, why, source, keys and palette."""
    odd = THREE.replace("N2", "Zwölf — „日本“ 👩\u200d👧 \u202e [@click=app.quit]x[/]").replace("REM", "R\u0301EM")
    app = bench.bring(odd).app()
    app.__class__ = _Plain
    seen = []
    async with bench.running(app, size=(80, 24)) as pilot:
        for key in (
            "enter",
            "space",
            "i",
            "escape",
            "?",
            "escape",
            "space",
            "space",
            "ctrl+p",
            "escape",
            "escape",
            "s",
        ):
            seen.append(text(pilot))
            await press(pilot, key)
        seen.append(text(pilot))
    assert 'Zwolf - "????" ??' in "".join(seen)
    assert not {letter for shown in seen for letter in shown if not letter.isascii()}

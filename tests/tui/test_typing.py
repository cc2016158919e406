"""The field for a typed answer, and the comparison that a reveal shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.pilot import Pilot

from flashrls.cards import Face
from flashrls.tui.cardtext import CardText
from flashrls.tui.typedlines import typed_lines
from flashrls.tui.typing import LONGEST, Typed
from flashrls.typed import compare
from tests.tui.bench import text
from tests.tui.test_text_of_others import PAYLOADS


class Desk(App[None]):
    """A card and a field below it; `q` leaves a mark."""

    FACE = Face("Which enzyme?", "Tyrosine hydroxylase", "Tyrosine hydroxylase")

    def __init__(self) -> None:
        super().__init__()
        self.submitted: list[str] = []
        self.pressed = 0

    def compose(self) -> ComposeResult:
        yield CardText()
        yield Typed()

    def on_mount(self) -> None:
        self.query_one(CardText).show(self.FACE, revealed=False)
        self.query_one(Typed).begin()

    @on(Typed.Submitted)
    def _submitted(self, event: Typed.Submitted) -> None:
        self.submitted.append(event.text)
        typed = compare(event.text, self.FACE.answer)
        self.query_one(CardText).show(self.FACE, revealed=True, typed=typed)

    def key_q(self) -> None:
        self.pressed += 1


@asynccontextmanager
async def desk(size: tuple[int, int] = (60, 20)) -> AsyncIterator[tuple[Desk, Pilot[None]]]:
    app = Desk()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


def plain(typed: str, answer: str, width: int = 40) -> list[str]:
    return [line.plain.rstrip() for line in typed_lines(compare(typed, answer), width)]


async def test_enter_submits_what_was_typed() -> None:
    """Letters that are keys elsewhere are text here; Enter is no new line."""
    async with desk() as (app, pilot):
        await pilot.press("q", "u", "space", "1", "?", "enter")
        await pilot.pause()
        assert (app.submitted, app.pressed) == (["qu 1?"], 0)


async def test_nothing_typed_is_submitted_as_nothing() -> None:
    """Who doesn't know presses Enter."""
    async with desk() as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert app.submitted == [""]
        assert "You" not in text(pilot)


async def test_escape_leaves_the_field() -> None:
    """Then letters are keys again, and what was typed is still there."""
    async with desk() as (app, pilot):
        await pilot.press("a", "escape", "q")
        assert (app.query_one(Typed).typed, app.pressed, app.focused) == ("a", 1, None)


async def test_the_field_grows_to_three_lines() -> None:
    """And no further."""
    async with desk((30, 12)) as (app, pilot):
        heights = []
        for _ in range(5):
            heights.append(app.query_one(Typed).size.height)
            await pilot.press(*"words and some ")
            await pilot.press(*"more words yet ")
        assert heights[0] == 1
        assert heights[-1] == 3


async def test_the_next_card_begins_empty() -> None:
    """What was typed for the last one can't be brought back either."""
    async with desk() as (app, pilot):
        await pilot.press("a", "b")
        app.query_one(Typed).begin()
        await pilot.press("ctrl+z")
        assert app.query_one(Typed).typed == ""


async def test_a_huge_paste_is_cut() -> None:
    """A book in the clipboard doesn't freeze the field."""
    async with desk() as (app, pilot):
        for _ in range(2):
            app.query_one(Typed).post_message(Paste("word " * 1_000_000))
            await pilot.pause()
        await pilot.press("x")
        assert len(app.query_one(Typed).text) <= LONGEST


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
async def test_payloads_are_only_shown(payload: str) -> None:
    """Pasted, compared and shown they are harmless, on either side."""
    async with desk() as (app, pilot):
        app.query_one(Typed).post_message(Paste(payload))
        await pilot.pause()
        app.FACE = Face("q", payload, payload)
        await pilot.press("enter")
        await pilot.pause()
        for forbidden in "\x1b\x9b\x9d\x07\x08\x00\u202e\u2066\udc80":
            assert forbidden not in text(pilot)
        for spot in ((2, 3), (10, 4), (12, 5), (4, 19)):
            await pilot.click(offset=spot)
        assert not app._exit


async def test_the_question_stays_where_it_is() -> None:
    """The comparison stands between the rule and the answer."""
    async with desk() as (_, pilot):
        before = text(pilot).splitlines().index("  Which enzyme?")
        await pilot.press(*"tyrosin", "enter")
        await pilot.pause()
        rows = [row.strip() for row in text(pilot).splitlines()]
        assert rows.index("Which enzyme?") == before
        assert rows[before + 2 : before + 7] == [
            "─────",
            "You     tyrosin",
            "Answer  Tyrosine hydroxylase",
            "",
            "Tyrosine hydroxylase",
        ]


def test_differences_are_seen_without_colour() -> None:
    """Wrong letters are reversed, missing ones underlined."""
    mine, right = typed_lines(compare("tan", "tens"), 40)
    assert {(mine.plain[s.start : s.end], "reverse" in str(s.style)) for s in mine.spans if s.start >= 8} == {
        ("a", True)
    }
    missing = {right.plain[s.start : s.end] for s in right.spans if "underline" in str(s.style)}
    assert missing == {"e", "s"}


def test_what_is_right_takes_one_line() -> None:
    """And what wasn't typed none."""
    assert plain("rem", "REM") == ["You     rem · the same"]
    assert plain("", "REM") == []


@pytest.mark.parametrize("width", [4, 10, 30])
def test_lines_fit(width: int) -> None:
    """Also where there is hardly any room, and with letters that are two cells wide."""
    lines = typed_lines(compare("日本語 " * 20, "日木語 " * 20), width)
    assert all(line.cell_length <= width for line in lines)

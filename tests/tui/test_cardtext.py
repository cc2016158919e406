"""The card on the screen: also one of ten megabytes, of which only what is looked at is laid out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from flashrls.cards import Face
from flashrls.tui.cardlines import CardLines
from flashrls.tui.cardtext import CardText
from flashrls.tui.prose import prose
from flashrls.typed import compare
from tests.tui.bench import lines, text

HUGE = {
    "one line": "word " * 2_000_000,
    "a word": "x" * 10_000_000,
    "lines": "a line\n" * 500_000,
    "empty lines": "\n" * 500_000,
    "long words": ("y" * 10_000 + " ") * 1_000,
    "deep lists": "".join("  " * (at % 300) + "- a\n" for at in range(30_000)),
    "quotes": ">" * 1_000_000,
    "marks": "a" + "\u0301" * 1_000_000,
    "code": "```python\n" + "x = (\n" * 500_000,
}


class _Desk(App[None]):
    def compose(self) -> ComposeResult:
        yield CardText()


@asynccontextmanager
async def shown(question: str, answer: str = "A") -> AsyncIterator[tuple[CardText, Face, Pilot[None]]]:
    app = _Desk()
    async with app.run_test(size=(60, 20)) as pilot:
        card, face = app.query_one(CardText), Face(question, answer, answer)
        card.show(face, revealed=False)
        await pilot.pause()
        yield card, face, pilot


@pytest.mark.parametrize("name", list(HUGE))
async def test_a_huge_card_is_laid_out_in_parts(name: str) -> None:
    """Shown, revealed and scrolled, it never has more lines than were asked for and one part more."""
    async with shown(HUGE[name], HUGE[name]) as (card, face, pilot):
        assert len(card._lay_out().lines) < 4_100
        card.show(face, revealed=True)
        for _ in range(10):
            card.scroll_lines(10)
        await pilot.pause()
        assert len(card._lay_out().lines) < 8_300


async def test_what_is_left_is_told_and_comes_when_scrolled_to() -> None:
    """The end of the first part says how much there is; going on brings it, to the last word."""
    async with shown("word " * 3_000 + "end") as (card, _, pilot):
        top = 0
        said = False
        for _ in range(60):
            card.scroll_lines(10)
            await pilot.pause()
            said = said or "more: PgDn" in text(pilot)
            top, before = card._top, top
            if top == before:
                break
        assert "end" in text(pilot)
        assert "more: PgDn" not in text(pilot)


async def test_the_answer_of_a_huge_question_is_in_view() -> None:
    """As much of the question as was read stays above it, with what is left of it."""
    async with shown("word " * 100_000, "The answer") as (card, face, pilot):
        card.show(face, revealed=True)
        await pilot.pause()
        assert "The answer" in text(pilot)
        card.scroll_lines(-2)
        await pilot.pause()
        assert "0.5 MB more of the question" in text(pilot)


async def test_a_question_hidden_again_is_as_it_was() -> None:
    """What was typed and the answer go, as when a grade is taken back."""
    async with shown("Q?", "Deep sleep") as (card, face, pilot):
        before = lines(pilot)
        card.show(face, revealed=True, typed=compare("deap sleep", "Deep sleep"))
        await pilot.pause()
        assert "You     deap sleep" in text(pilot)
        card.show(face, revealed=False)
        await pilot.pause()
        assert lines(pilot) == before


@pytest.mark.parametrize("come", ["at the same width", "after a resize", "another card"])
async def test_a_card_that_was_expected_is_shown_as_any_other(come: str) -> None:
    """Its lines were laid out while the one before it was read, perhaps for another width."""
    long = "a word and " * 12 + "the end"
    expected = Face(long, "A", "A")
    async with shown("Q?") as (card, _, pilot):
        card.expect(expected)
        if come == "after a resize":
            await pilot.resize_terminal(40, 20)
        face = Face("Another?", "A", "A") if come == "another card" else expected
        card.show(face, revealed=False)
        await pilot.pause()
        painted = " ".join(text(pilot).split())
        assert ("the end" in painted, "Another?" in painted) == (face is expected, face is not expected)
        assert "Q?" not in painted
        assert card._lay_out().width == card._cells


def test_lines_grow_only_at_their_end() -> None:
    """Laying out more moves nothing that is there, and all of it together is the text."""
    written = "\n".join(f"line {number}" for number in range(3_000))
    card = CardLines(40, prose(written))
    while True:
        before = [line.plain for line in card.lines[:-1]]
        if not card.lay_out_more():
            break
        assert [line.plain for line in card.lines[: len(before)]] == before
    assert [line.plain.strip() for line in card.lines] == written.split("\n")

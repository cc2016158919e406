"""Writing cards on the screen: one after the other, into the deck that is named, and nothing written is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from flashrls.tui import edit as edit_module
from flashrls.tui.add import AddScreen
from flashrls.tui.home import HomeScreen
from tests.store.making import rows
from tests.tui.bench import THREE, Bench, click, lines, press, settled, text

APART = "---\ndeck: Law\nid: law\n---\n\nQ: three\nA: 3\n"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit_module, "LINT_AFTER_S", 0.001)


async def write(pilot: Pilot[None], words: str) -> None:
    """Type into the field that has the focus."""
    await pilot.press(*("space" if letter == " " else letter for letter in words))
    await settled(pilot)


def notes(path: Path) -> list[tuple[object, ...]]:
    """Deck, kind and texts of all notes, the oldest first."""
    columns = "deck.name, kind, question, answer, tags"
    return rows(path, f"SELECT {columns} FROM note JOIN deck ON deck.pk = deck_pk ORDER BY note.pk")


async def test_cards_are_added_one_after_the_other_into_the_chosen_deck(bench: Bench) -> None:
    """The deck and the tags stay, the texts go, and home counts the new cards."""
    async with bench.bring(APART, THREE).home() as pilot:
        await press(pilot, "down", "a")
        await write(pilot, "What is a writ")
        await press(pilot, "tab")
        await write(pilot, "An order")
        await press(pilot, "tab")
        await write(pilot, "court")
        await press(pilot, "ctrl+s")
        assert "Added n-" in text(pilot)
        assert "to Law." in text(pilot)
        assert "What is a writ" not in text(pilot)
        await write(pilot, "And a plea")
        await press(pilot, "tab")
        await write(pilot, "An answer")
        await press(pilot, "ctrl+s", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert "6 to study today" in text(pilot)
    assert notes(bench.path)[4:] == [
        ("Law", "basic", "What is a writ", "An order", "court"),
        ("Law", "basic", "And a plea", "An answer", "court"),
    ]


async def test_words_in_braces_make_a_cloze_that_needs_no_answer(bench: Bench) -> None:
    async with bench.bring(APART).home() as pilot:
        await press(pilot, "a")
        await write(pilot, "A {{writ}} and a {{plea}}")
        assert "none is needed" in text(pilot)
        await press(pilot, "ctrl+s")
        assert "Added 2 cards to Law." in text(pilot)
        assert "none is needed" not in text(pilot)
    assert notes(bench.path)[1:] == [("Law", "cloze", "A {{1::writ}} and a {{2::plea}}", "", "")]


async def test_numbered_braces_beside_an_answer_are_not_guessed_about(bench: Bench) -> None:
    async with bench.bring(APART).home() as pilot:
        await press(pilot, "a")
        await write(pilot, "A {{1::writ}}")
        await press(pilot, "tab", "x", "ctrl+s")
        assert "Not added." in text(pilot)
        assert "there is an answer, too" in text(pilot)
        await press(pilot, "backspace", "ctrl+s")
        assert "to Law." in text(pilot)


async def test_braces_without_a_number_may_stand_in_a_question(bench: Bench) -> None:
    """Templates are written so."""
    async with bench.bring(APART).home() as pilot:
        await press(pilot, "a")
        await write(pilot, "What does {{ x }} do")
        await press(pilot, "tab", "y", "ctrl+s")
    assert notes(bench.path)[1:] == [("Law", "basic", "What does {{ x }} do", "y", "")]


async def test_a_card_with_faults_is_not_added_and_stays(bench: Bench) -> None:
    async with bench.bring(APART).home() as pilot:
        await press(pilot, "a", "q", "ctrl+s")
        assert "Not added." in text(pilot)
        assert "The answer is empty." in text(pilot)
        await press(pilot, "escape")
        assert "Esc again throws this card away." in text(pilot)
        assert isinstance(pilot.app.screen, AddScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
    assert len(notes(bench.path)) == 1


async def test_a_name_like_that_of_a_deck_is_asked_about_and_another_makes_a_deck(bench: Bench) -> None:
    async with bench.bring(APART, THREE).home() as pilot:
        await press(pilot, "a")
        await write(pilot, "Lae")
        await press(pilot, "tab", "q", "tab", "a", "ctrl+s")
        assert "There is no deck “Lae”. Is “Law” meant? Ctrl+S again makes a new one." in text(pilot)
        assert len(notes(bench.path)) == 4
        await press(pilot, "ctrl+s")
        assert "to Lae (a new deck)." in text(pilot)
    assert notes(bench.path)[4:] == [("Lae", "basic", "q", "a", "")]


async def test_a_deck_without_a_name_or_level_is_told(bench: Bench) -> None:
    async with bench.home() as pilot:
        await press(pilot, "a", "tab", "q", "tab", "a", "ctrl+s")
        assert "The deck has no name." in text(pilot)
        await press(pilot, "shift+tab", "shift+tab")
        await write(pilot, "A::")
        await press(pilot, "ctrl+s")
        assert "The deck name 'A::' has an empty level." in text(pilot)
    assert notes(bench.path) == []


async def test_the_first_card_of_an_empty_library_makes_its_deck(bench: Bench) -> None:
    async with bench.home() as pilot:
        await press(pilot, "a")
        await write(pilot, "Trees")
        await press(pilot, "tab", "q", "tab", "a", "ctrl+s", "escape")
        assert "1 to study today" in text(pilot)
        assert "Trees" in text(pilot)


async def test_what_the_library_does_not_take_stays_in_the_fields(bench: Bench) -> None:
    async with bench.bring(APART).home() as pilot:
        await press(pilot, "a", "q", "tab", "a")
        with bench.locked():
            await press(pilot, "ctrl+s")
            assert "Not added: another program is writing to the library" in " ".join(text(pilot).split())
        await press(pilot, "ctrl+s")
        assert "to Law." in text(pilot)
    assert notes(bench.path)[1:] == [("Law", "basic", "q", "a", "")]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_all_fields_can_be_seen_and_reached(bench: Bench, size: tuple[int, int]) -> None:
    async with bench.bring(APART).home(size=size) as pilot:
        await press(pilot, "a")
        for words in ("Deck", "Law", "Question", "Answer", "Tags", "Ctrl+S adds the card"):
            assert words in text(pilot)
        assert lines(pilot)[-1].startswith(" Ctrl+S add it   Esc leave")
        await click(pilot, "Esc leave")
        assert isinstance(pilot.app.screen, HomeScreen)

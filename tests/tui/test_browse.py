"""The table of all cards: what is found while typing, what is done to which cards, and how it looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.binding import Binding
from textual.pilot import Pilot
from textual.widgets import Input

from flashrls.cards import Deck, Kind, Note
from flashrls.log import EntryKind
from flashrls.query import parse_query
from flashrls.store.browsing import SORTS, BrowseRow, Sort
from flashrls.tui import browsedeeds as deeds
from flashrls.tui.app import FlashRLS
from flashrls.tui.browse import BrowseScreen
from flashrls.tui.browsecolumns import SORT_WORDS, columns_for, row_line
from flashrls.tui.browsekeys import BROWSE_KEYS, SEARCH_KEYS
from flashrls.tui.browsetable import CardTable
from flashrls.tui.home import HomeScreen
from flashrls.tui.prompt import Prompt
from flashrls.tui.review import ReviewScreen
from tests.store.making import bring, check_caches
from tests.tui.bench import THREE, Bench, click, line_with, lines, press, settled, text
from tests.tui.test_pictures import DECKS, compare
from tests.tui.test_text_of_others import _FORBIDDEN, PAYLOADS

NUMBERS = Deck("Numbers", "numbers", tuple(Note(f"n{n:02}", Kind.BASIC, f"number {n:02}", "x") for n in range(30)))


@asynccontextmanager
async def browsing(
    bench: Bench, query: str = "", *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    """The table above the home screen, its first results shown; with "" the search has the keys."""
    async with bench.home(size=size) as pilot:
        screen = BrowseScreen(pilot.app.desk, query)  # type: ignore[attr-defined]
        await pilot.app.push_screen(screen)
        await settled(pilot)
        yield pilot


def table(pilot: Pilot[None]) -> CardTable:
    """The table of the screen."""
    return pilot.app.screen.query_one(CardTable)


async def write(pilot: Pilot[None], words: str) -> None:
    """Type words."""
    names = {" ": "space", ":": "colon", "(": "left_parenthesis", ")": "right_parenthesis", "<": "less_than_sign"}
    names |= {"-": "minus", "+": "plus", "!": "exclamation_mark"}
    await press(pilot, *(names.get(letter, letter) for letter in words))


async def enter(pilot: Pilot[None], query: str) -> None:
    """Have a query in the search, as if it were pasted."""
    pilot.app.screen.query_one("#search", Input).value = query
    await settled(pilot)


def states(bench: Bench, wanted: str) -> set[str]:
    """The ids of the cards in a state."""
    with bench.library() as library:
        return {row.id for row in library.rows(library.browse(parse_query(""))) if row.state == wanted}


def numbers(bench: Bench) -> Bench:
    """The bench with thirty cards, numbered."""
    with bench.library() as library:
        bring(library, NUMBERS)
    return bench


async def test_results_come_while_typing(bench: Bench) -> None:
    """The search has the keys at first; each letter narrows the table, Enter goes into it."""
    async with browsing(bench.bring(THREE)) as pilot:
        assert "3 cards" in text(pilot)
        await write(pilot, "drea")
        assert "1 card" in lines(pilot)[0]
        assert "most vivid" in text(pilot)
        assert "spindles" not in text(pilot)
        await press(pilot, "enter")
        assert pilot.app.focused is table(pilot)


async def test_a_query_that_does_not_parse_keeps_what_was_found(bench: Bench) -> None:
    """One quiet line says what is wrong, where, and the mend; Enter says it in full and leads nowhere else."""
    async with browsing(bench.bring(THREE)) as pilot:
        await enter(pilot, "dreams")
        await enter(pilot, "dreams ease<x")
        assert "1 card" in lines(pilot)[0]
        assert lines(pilot)[1].lstrip().startswith("^ 'x' is no ease.")
        assert lines(pilot)[1].index("^") == lines(pilot)[0].index("<x") + 1
        assert not pilot.app.screen.query_one("#complaint").has_class("-unfinished")
        await press(pilot, "enter")
        assert "'x' is no ease at character 13" in text(pilot)


async def test_what_is_struck_behind_a_mistaken_search_changes_no_card(bench: Bench) -> None:
    """The cards shown are those of an earlier search."""
    async with browsing(bench.bring(THREE)) as pilot:
        await enter(pilot, "foo:bar")
        await press(pilot, "enter", "at")
        assert "foo:bar@ " in lines(pilot)[0]
    assert states(bench, "suspended") == set()


@pytest.mark.parametrize(
    "words", ["(dreams", "deck:", "dreams or", "dreams (", "ease<", '"two wor', "is:due or (a"]
)
def test_what_may_be_finished_yet_is_no_fault(words: str) -> None:
    """A parenthesis, a quote or a condition that is being written."""
    assert deeds.is_unfinished(words)


@pytest.mark.parametrize("words", ["ease<x", "foo:bar", "a ) b"])
def test_a_fault_is_one_however_it_goes_on(words: str) -> None:
    """No letter behind it mends it."""
    assert not deeds.is_unfinished(words)


async def test_a_deck_that_is_being_written_is_looked_for_quietly(bench: Bench) -> None:
    """There is no deck of that name yet; what was found stays."""
    async with browsing(bench.bring(THREE)) as pilot:
        await enter(pilot, "deck:sle")
        assert "3 cards" in lines(pilot)[0]
        assert "There is no deck 'sle'" in lines(pilot)[1]
        assert pilot.app.screen.query_one("#complaint").has_class("-unfinished")


async def test_keys_struck_behind_enter_meet_what_was_searched_for(bench: Bench) -> None:
    """Typing ahead of a search never acts on what was found before."""
    async with browsing(bench.bring(THREE)) as pilot:
        await pilot.press("d", "e", "e", "p", "enter", "at")
        await settled(pilot)
    assert states(bench, "suspended") == {"deep"}


async def test_escape_clears_and_leaves(bench: Bench) -> None:
    """First the search, then the screen; in the table first the choice."""
    async with browsing(bench.bring(THREE)) as pilot:
        await write(pilot, "deep")
        await press(pilot, "escape")
        assert "3 cards" in lines(pilot)[0]
        await press(pilot, "enter", "a")
        assert "3 chosen" in lines(pilot)[0]
        await press(pilot, "escape")
        assert "chosen" not in lines(pilot)[0]
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_a_query_that_is_handed_in_is_shown_at_once(bench: Bench) -> None:
    """The table has the keys then."""
    async with browsing(bench.bring(THREE), "dreams") as pilot:
        assert pilot.app.focused is table(pilot)
        assert lines(pilot)[0].split() == ["dreams", "1", "card"]


async def test_the_preview_asks_as_a_review_does(bench: Bench) -> None:
    """Question first; Space shows the answer, and the next card hides its own."""
    async with browsing(bench.bring(THREE), "-x") as pilot:
        assert "N2" not in text(pilot)
        await press(pilot, "space")
        assert "N2" in text(pilot)
        await press(pilot, "j")
        assert "REM sleep" not in text(pilot)
        await press(pilot, "p")
        assert "Space" not in text(pilot)
        assert len([line for line in lines(pilot) if "In which stage" in line]) == 1


async def test_many_cards_are_read_as_they_come_into_sight(bench: Bench) -> None:
    """End, Home, pages and the wheel; no row stays empty."""
    async with browsing(numbers(bench), "number") as pilot:
        await press(pilot, "end")
        assert "number 29" in text(pilot)
        assert "…" not in text(pilot)
        assert table(pilot).chosen == 29
        await press(pilot, "home", "pagedown")
        assert "number 15" in text(pilot)
        table(pilot).give([], [])
        await press(pilot, "g", "k")
        assert table(pilot).chosen == 0


async def test_sorting_by_key_and_click(bench: Bench) -> None:
    """The list, the keys beside it, and heads, which turn the order round when they are clicked again."""
    async with browsing(numbers(bench), "number") as pilot:
        await press(pilot, "s", "down", "down", "enter")
        assert "question▲" in text(pilot)
        await press(pilot, "r")
        assert "question▼" in text(pilot)
        assert table(pilot).row(table(pilot).refs[0]).question == "number 29"  # type: ignore[union-attr]
        await click(pilot, "lapses")
        assert "lapses▲" in text(pilot)
        await click(pilot, "lapses")
        assert "lapses▼" in text(pilot)
        await press(pilot, "less_than_sign")
        assert "ease▲" in text(pilot)
        await press(pilot, "s", "escape")
        assert "ease▲" in text(pilot)


async def test_choosing_by_key_and_mouse(bench: Bench) -> None:
    """x, ranges, all and none, and clicks on a row's mark."""
    async with browsing(numbers(bench), "number") as pilot:
        await press(pilot, "x")
        assert (len(table(pilot).marks), table(pilot).chosen) == (1, 1)
        await press(pilot, "j", "j", "X")
        assert len(table(pilot).marks) == 4
        await press(pilot, "shift+down")
        assert len(table(pilot).marks) == 5
        await press(pilot, "a")
        assert "30 chosen" in text(pilot)
        await press(pilot, "a")
        assert "chosen" not in text(pilot)
        row = line_with(pilot, "number 02")
        await pilot.click(offset=(1, row))
        await pilot.click(offset=(20, row + 3), shift=True)
        await settled(pilot)
        assert len(table(pilot).marks) == 4
        await pilot.click(offset=(20, row), control=True)
        await settled(pilot)
        assert len(table(pilot).marks) == 3


async def test_a_choice_lasts_while_sorting_and_ends_with_what_is_not_found(bench: Bench) -> None:
    """Another search says which chosen cards it doesn't find."""
    async with browsing(numbers(bench), "number") as pilot:
        await press(pilot, "x", "x", "s", "down", "down", "enter", "r")
        assert "2 chosen" in text(pilot)
        await press(pilot, "slash")
        await write(pilot, " 01")
        assert "1 card · 1 chosen" in text(pilot)
        assert "1 chosen card not among these" in text(pilot)


async def test_suspending_and_back(bench: Bench) -> None:
    """Cards that are all suspended are asked again; u takes back, U does again."""
    async with browsing(bench.bring(THREE), "-x") as pilot:
        await press(pilot, "at")
        assert states(bench, "suspended") == {"spindles"}
        assert "Suspended: “Which stage of sleep shows spindles?”" in text(pilot)
        await press(pilot, "a", "at")
        assert len(states(bench, "suspended")) == 3
        assert "2 cards suspended · u takes it back" in text(pilot)
        await press(pilot, "at")
        assert not states(bench, "suspended")
        await press(pilot, "u")
        assert len(states(bench, "suspended")) == 3
        assert "Undone" in text(pilot)
        await press(pilot, "U")
        assert not states(bench, "suspended")


async def test_burying_and_making_new(bench: Bench) -> None:
    """Bury is for today; new again is asked about always, and touches no card that is new already."""
    with bench.bring(THREE).library() as library:
        (card,) = library.cards(library.browse(parse_query("id:deep")))
        library.grade(card, EntryKind.SCHEDULED, 4)
    async with browsing(bench, "-x") as pilot:
        await press(pilot, "minus")
        assert states(bench, "buried") == {"spindles"}
        await press(pilot, "a", "R")
        assert "3 cards become new again." in text(pilot)
        await press(pilot, "n")
        assert bench.card("deep").state.schedule is not None
        await press(pilot, "R", "y")
        assert bench.card("deep").state.schedule is None
        assert "Reset: “What is slow-wave sleep" in text(pilot)
        await press(pilot, "R", "y")
        assert "New already." in text(pilot)


async def test_many_are_asked_about_once(bench: Bench) -> None:
    """More than ten; a no leaves all of them."""
    async with browsing(numbers(bench), "number") as pilot:
        await press(pilot, "a", "at")
        assert "Suspend 30 cards" in text(pilot)
        await press(pilot, "escape")
        assert not states(bench, "suspended")
        await press(pilot, "at", "y")
        assert len(states(bench, "suspended")) == 30
        assert "30 cards suspended" in text(pilot)
        await press(pilot, "at")
        assert "Unsuspend 30 cards? y/n" in text(pilot)


async def test_a_long_question_still_says_how_to_answer(bench: Bench) -> None:
    """It is cut before that."""
    async with browsing(numbers(bench), "number", size=(60, 20)) as pilot:
        await press(pilot, "a", "m")
        pilot.app.screen.query_one("#words", Input).value = "Long " * 20
        await press(pilot, "enter")
        assert lines(pilot)[-1].endswith("… y/n")


async def test_tags_come_and_go(bench: Bench) -> None:
    """Of notes, as one deed; what makes no sense is asked again."""
    async with browsing(bench.bring(THREE), "-x") as pilot:
        await press(pilot, "x", "x", "t")
        await write(pilot, "+new -night")
        await press(pilot, "enter")
        assert bench.card("spindles").tags == ("new",)
        assert bench.card("dreams").tags == ("new",)
        assert bench.card("deep").tags == ("night",)
        assert "2 notes tagged +new -night" in text(pilot)
        await press(pilot, "t")
        await write(pilot, "a -a")
        await press(pilot, "enter")
        assert "'a' is to come and to go." in text(pilot)
        assert "a -a" in lines(pilot)[-1]
        await press(pilot, "escape", "u")
        assert bench.card("dreams").tags == ("night",)


async def test_moving(bench: Bench) -> None:
    """Into a deck that is there; another name is asked for again, with those that come nearest."""
    async with browsing(numbers(bench.bring(THREE)), "dreams") as pilot:
        await press(pilot, "m")
        await write(pilot, "Numbrs")
        await press(pilot, "enter")
        assert "Did you mean 'Numbers'?" in text(pilot)
        assert "Numbrs" in lines(pilot)[-1]
        await press(pilot, "ctrl+u")
        await write(pilot, "xyz")
        await press(pilot, "enter")
        assert "There is no deck 'xyz'. → completes a name." in text(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "Numb")
        await write(pilot, "ers")
        await press(pilot, "enter")
        assert bench.card("dreams").deck == "Numbers"
        assert "1 note moved to Numbers" in text(pilot)


@pytest.mark.parametrize(
    ("burst", "deck", "tags"),
    [("mNumbers\r", "Numbers", ("night",)), ("tStudy u\r", "Sleep::Memory", ("Study", "night", "u"))],
)
async def test_letters_in_one_burst_go_where_the_first_key_leads(
    bench: Bench, burst: str, deck: str, tags: tuple[str, ...]
) -> None:
    """Over a slow line they come all at once; none of them may be a key of the table."""
    async with browsing(numbers(bench.bring(THREE)), "dreams") as pilot:
        for letter in burst:
            name = {"\r": "enter", " ": "space"}.get(letter, letter)
            pilot.app.post_message(events.Key(name, letter))
        await pilot.pause(0.1)
        await settled(pilot)
        assert isinstance(pilot.app.screen, BrowseScreen)
    card = bench.card("dreams")
    assert (card.deck, card.tags) == (deck, tags)


async def test_a_search_typed_in_one_burst_is_whole(bench: Bench) -> None:
    async with browsing(numbers(bench.bring(THREE)), "is:new") as pilot:
        for letter in "/x or dreams":
            pilot.app.post_message(events.Key({"/": "slash", " ": "space"}.get(letter, letter), letter))
        await pilot.pause(0.1)
        await settled(pilot)
        assert "is:newx or dreams" in lines(pilot)[0]


async def test_the_cursor_stays_where_its_card_goes(bench: Bench) -> None:
    """On its place, when a deed takes the card out of what is found."""
    async with browsing(numbers(bench), "-is:suspended") as pilot:
        await press(pilot, "j", "j", "at")
        assert "29 cards" in text(pilot)
        assert table(pilot).chosen == 2
        assert lines(pilot)[line_with(pilot, "›")].split()[1:3] == ["number", "03"]


async def test_pages_of_one_card(bench: Bench) -> None:
    """The card, its life, its passage, and its text to edit."""
    async with browsing(bench.bring(THREE), "-x") as pilot:
        await press(pilot, "enter")
        assert "N2" in text(pilot)
        await press(pilot, "escape", "i")
        assert "never reviewed" in text(pilot)
        await press(pilot, "escape", "o")
        assert "spindles mark stage N2" in text(pilot)
        await press(pilot, "escape", "e")
        await write(pilot, "So ")
        await press(pilot, "ctrl+s")
        assert bench.card("spindles").face.question == "So Which stage of sleep shows spindles?"
        assert "So Which stage" in lines(pilot)[line_with(pilot, "›")]


async def test_what_is_found_is_studied(bench: Bench) -> None:
    """The chosen cards, else all; back from the review, the table shows how things stand."""
    async with browsing(bench.bring(THREE), "-x") as pilot:
        await press(pilot, "j", "x", "S")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "most vivid" in text(pilot)
        assert "1 left" in text(pilot)
        await press(pilot, "space", "3", "q")
        assert isinstance(pilot.app.screen, BrowseScreen)
        assert "2026-03-03" in text(pilot)
        await press(pilot, "S")
        assert "None of these is left for today. Practise, without effect? y/n" in text(pilot)
        await press(pilot, "y")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_a_chosen_card_is_studied_without_its_notes_others(bench: Bench) -> None:
    """An id without a part would stand for the whole note, and the way back would be asked as well."""
    both_ways = "---\nid: sleep\n---\n{#ltp .reversed}\nQ: LTP\nA: Long-term potentiation\n"
    async with browsing(bench.bring(both_ways), "LTP") as pilot:
        assert "2 cards" in lines(pilot)[0]
        await press(pilot, "@", "x", "S")
        assert "None of these is left for today. Practise, without effect? y/n" in text(pilot)


async def test_the_search_is_handed_on_to_be_saved(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the name that the learner writes; there must be something to save."""
    saved: list[tuple[str, str]] = []
    hear = "on_browse_screen_save"
    monkeypatch.setattr(FlashRLS, hear, lambda _, told: saved.append((told.name, told.query)), raising=False)
    async with browsing(bench.bring(THREE), "dreams") as pilot:
        await press(pilot, "ctrl+s")
        assert "Save “dreams” as:" in lines(pilot)[-1]
        await write(pilot, "night")
        await press(pilot, "enter")
        await enter(pilot, "")
        await press(pilot, "ctrl+s")
        assert "There is no search to save" in text(pilot)
    assert saved == [("night", "dreams")]


async def test_a_locked_library_is_told_of(bench: Bench) -> None:
    """Nothing is changed, and the screen goes on."""
    async with browsing(bench.bring(THREE), "-x") as pilot:
        with bench.locked():
            await press(pilot, "at")
            assert "not saved: another program is writing" in text(pilot)
        await press(pilot, "at")
    assert states(bench, "suspended") == {"spindles"}


async def test_an_empty_library(bench: Bench) -> None:
    """Nothing to choose, nothing that fails."""
    async with browsing(bench, "x") as pilot:
        assert "No card is found." in text(pilot)
        await press(
            pilot, "at", "x", "a", "X", "enter", "space", "S", "R", "t", "m", "e", "i", "o", "end", "G", "r"
        )
        assert isinstance(pilot.app.screen, BrowseScreen)


@settings(max_examples=15, deadline=None)
@given(st.sets(st.integers(0, 9), min_size=1), st.sampled_from(SORTS), st.booleans())
def test_a_deed_touches_just_the_marked_cards(chosen: set[int], by: str, descending: bool) -> None:
    """Whichever they are and however they are sorted when it is done."""
    with TemporaryDirectory() as folder:
        bench = numbers(Bench(Path(folder)))
        wanted = asyncio.run(_suspended(bench, chosen, Sort(by, descending)))
        assert states(bench, "suspended") == wanted


async def _suspended(bench: Bench, chosen: set[int], sort: Sort) -> set[str]:
    """Mark the cards at these places, sort, suspend what is marked, and return the ids of what was marked."""
    async with browsing(bench, "number") as pilot:
        shown = table(pilot)
        for at in chosen:
            shown.choose(at)
            shown.turn_mark(go_on=True)
        rows = [shown.row(ref) for ref in shown.marks]
        pilot.app.screen.sort_by(sort)  # type: ignore[attr-defined]
        await settled(pilot)
        await press(pilot, "at")
    return {row.id for row in rows if row is not None}


KEYS = sorted(
    {
        key
        for binding in (*BROWSE_KEYS, *SEARCH_KEYS, *CardTable.BINDINGS, *Prompt.BINDINGS)
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }
    | {"d", "left_parenthesis", "less_than_sign"}
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(KEYS), max_size=15))
def test_any_keys_leave_a_sound_library(keys: list[str]) -> None:
    """In any order: nothing fails, and what the library holds of its cards is what its log says."""
    with TemporaryDirectory() as folder:
        bench = Bench(Path(folder)).bring(THREE)
        asyncio.run(_pressed(bench, keys))
        with bench.library() as library:
            check_caches(bench.path, library)


async def _pressed(bench: Bench, keys: list[str]) -> None:
    async with browsing(bench, "-x") as pilot:
        for key in keys:
            if isinstance(pilot.app.screen, HomeScreen):
                break  # its keys are others
            await press(pilot, key)


@given(st.integers(1, 250), st.sampled_from(SORTS))
def test_columns_fill_the_width(cells: int, by: str) -> None:
    """Never more than there is; where there is room, the column that is sorted by is shown."""
    columns = columns_for(cells, Sort(by))
    assert sum(width for _, width in columns) + 2 * (len(columns) - 1) == cells
    assert columns[0][0].sort == "question"
    if cells >= 40 and by != "place":
        assert by in [column.sort for column, _ in columns]


@given(st.integers(20, 200), st.text())
def test_rows_are_as_long_as_the_table_is_wide(cells: int, words: str) -> None:
    """Whatever stands in them, on one line."""
    row = BrowseRow(
        1, 2, words, words, words, words, (words,), "due", 250, 12, date(2026, 3, 5), 9, 20, None, 0, 0, True
    )
    line = row_line(row, columns_for(cells, Sort("tags")), date(2026, 3, 5))
    assert line.cell_length == cells
    assert "\n" not in line.plain
    assert not _FORBIDDEN.search(line.plain)


def test_every_order_has_a_name() -> None:
    """What the list of orders shows."""
    assert set(SORT_WORDS) == set(SORTS)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
async def test_text_of_others_is_only_shown(bench: Bench, payload: str) -> None:
    """In cells, preview, questions to the learner, and what is told."""
    storable = payload.encode("utf-8", "replace").decode()
    name = " ".join(storable.split())[:100] or "deck"
    note = Note("n", Kind.BASIC, storable, storable, section=storable, tags=("t",), anchors=(storable,))
    with bench.library() as library:
        bring(library, Deck(name, "k", (note,)))
    async with browsing(bench, "is:new", size=(170, 24)) as pilot:
        seen = [text(pilot)]
        for keys in (["space"], ["at"], ["u"], ["m"], ["escape", "enter"], ["escape", "t", "z", "enter"]):
            await press(pilot, *keys)
            seen.append(text(pilot))
        await pilot.click(offset=(10, 3))
        assert not pilot.app._exit
    assert not _found(seen)


def _found(seen: Iterable[str]) -> list[str]:
    return [found[0] for shown in seen for found in _FORBIDDEN.finditer(shown.replace("\n", ""))]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (160, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_pictures(bench: Bench, size: tuple[int, int]) -> None:
    """The search, a choice with an answer, a question, and the list of orders."""
    suffix = f"{size[0]}x{size[1]}"
    with bench.bring(*DECKS).library() as library:
        for ref, grade in zip(library.browse(parse_query("")), (4, 5, 2), strict=False):
            (card,) = library.cards([ref])
            library.grade(card, EntryKind.SCHEDULED, grade)
    async with browsing(bench, size=size) as pilot:
        compare(f"browse-{suffix}", pilot)
        await press(pilot, "enter", "x", "x", "space", "greater_than_sign")
        compare(f"browse-chosen-{suffix}", pilot)
        await press(pilot, "t")
        compare(f"browse-tags-{suffix}", pilot)
        await press(pilot, "escape", "s")
        compare(f"browse-sorts-{suffix}", pilot)

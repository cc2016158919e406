"""The source screen: the document by what is quoted and by what is remembered, its sentences and their cards."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot
from textual.widgets import Static

from flashrls.clean import clean_line
from flashrls.errors import LibraryLocked
from flashrls.knowledge import SourceView
from flashrls.log import EntryKind
from flashrls.store.library import Library
from flashrls.tui.plan import Plan
from flashrls.tui.source import SourceScreen
from flashrls.tui.sourcepane import SourcePane
from tests.tui.bench import THREE, Bench, click, lines, press, settled, text
from tests.tui.sources import ARTICLE, DECK, attach, document

SECOND_DECK = """---
deck: Sleep::Dreams
id: dreaming
source: {title: "Why we dream"}
---

Q: Who dreams?
A: Everyone

> everyone dreams
"""


@pytest.fixture
def studied(bench: Bench) -> Bench:
    """A bench with the deck and its document."""
    return attach(bench.bring(DECK), document(ARTICLE))


def marks(pilot: Pilot[None]) -> dict[str, str]:
    """The mark before each number of a sentence or section in sight."""
    found = [line.lstrip(" ›").split() for line in lines(pilot)]
    return {words[1]: words[0] for words in found if len(words) > 2 and words[1].replace(".", "").isdigit()}


def chosen(pilot: Pilot[None]) -> str:
    """The number of the chosen sentence, which the line below the document begins with too."""
    (row,) = [line for line in lines(pilot) if line.startswith(" ›")]
    number = row.split()[2]
    assert facts(pilot).startswith(f"{number} · ")
    return number


def facts(pilot: Pilot[None]) -> str:
    """What the line below the document says."""
    return str(pilot.app.screen.query_one("#facts", Static).content)


async def test_coverage_is_shown_first(studied: Bench) -> None:
    """A mark for each sentence and section; what it means, and what it doesn't, stands below."""
    async with studied.home() as pilot:
        assert "s source" in lines(pilot)[-1]
        await press(pilot, "s")
        assert lines(pilot)[0] == " How we sleep" + " " * 43 + "4 of 5 sentences quoted"
        assert marks(pilot) == {
            "1": "▒",
            "1.1": "·",
            "1.2": "▒",
            "1.3": "█",
            "1.4": "×",
            "2": "▓",
            "2.1": "▓",
            "2.2": "▓",
        }
        assert "2 of 4 sentences quoted · 1 left out · 2 cards" in text(pilot)
        assert "█ quoted  ▓ half  ▒ less  · nothing  × left out  Quoted is not yet learned." in text(pilot)
        assert "%" not in text(pilot)


async def test_retention_by_sentence_and_section(studied: Bench) -> None:
    """r marks what the log says: no lapse, one, more, not begun, no card; below 20 reviews there is no rate."""
    with studied.library() as library:
        library.grade(studied.card("spindles"), EntryKind.SCHEDULED, 4)
        library.grade(studied.card("dreams"), EntryKind.SCHEDULED, 2)
    async with studied.home() as pilot:
        await press(pilot, "s", "r")
        assert marks(pilot) == {"1.1": "·", "1.2": "█", "1.3": "▓", "1.4": "×", "2.1": "○", "2.2": "○"}
        assert "too few reviews yet · 2 cards · 1 lapse" in text(pilot)
        assert "too few reviews yet · 1 card · 1 not begun" in text(pilot)
        assert "█ no lapse  ▓ one lapse  ▒ more  ○ not begun  · no card" in text(pilot)
        assert "%" not in text(pilot)
        await press(pilot, "r")
        assert "Quoted is not yet learned." in text(pilot)


async def test_rates_have_their_interval(studied: Bench) -> None:
    """From 20 first reviews of a day on a section shows how many are remembered; two lapses have their own mark."""
    for day in range(25):
        with studied.library() as library:
            library.grade(studied.card("dreams"), EntryKind.SCHEDULED, 2 if day in (5, 9) else 4)
        studied.clock.forward(days=1)
    async with studied.home() as pilot:
        await press(pilot, "s", "tab")
        assert "92 % (74–98) remembered · 2 cards · 1 not begun · 2 lapses" in text(pilot)
        assert marks(pilot)["1.3"] == "▒"
        await press(pilot, "j", "j")
        assert facts(pilot).startswith("1.3 · 1 card · 92 % (74–98) remembered · 2 lapses")


async def test_keys_move_among_sentences(studied: Bench) -> None:
    """Up and down go from sentence to sentence, Home and End to the first and last."""
    async with studied.home() as pilot:
        await press(pilot, "s")
        assert chosen(pilot) == "1.1"
        await press(pilot, "j", "down")
        assert chosen(pilot) == "1.3"
        await press(pilot, "k")
        assert chosen(pilot) == "1.2"
        assert facts(pilot) == "1.2 · 4 of 12 words quoted · 1 card"
        await press(pilot, "up", "up")
        assert chosen(pilot) == "1.1"
        assert facts(pilot) == "1.1 · no card quotes it"
        await press(pilot, "end")
        assert chosen(pilot) == "2.2"
        await press(pilot, "j")
        assert chosen(pilot) == "2.2"
        await press(pilot, "home", "j", "j", "j")
        assert facts(pilot) == "1.4 · left out on purpose: an aside"


async def test_pages(bench: Bench) -> None:
    """Page keys scroll by a screen, whatever is in sight then is chosen; the wheel scrolls as well."""
    told = document("\n\n".join(f"Sentence {n} stands here." for n in range(1, 101)))
    async with attach(bench.bring(DECK), told).home() as pilot:
        await press(pilot, "s", "pagedown")
        assert chosen(pilot) == "1.8"
        await press(pilot, "pageup", "space")
        assert chosen(pilot) == "1.8"
        await press(pilot, *["pagedown"] * 20)
        assert chosen(pilot) == "1.100"
        await press(pilot, *["pageup"] * 20)
        assert chosen(pilot) == "1.1"
        assert "(before the first heading)" in text(pilot)
        pane = pilot.app.screen.query_one(SourcePane)
        await pilot._post_mouse_events([MouseScrollDown] * 3, pane, offset=(5, 5))
        await settled(pilot)
        assert chosen(pilot) != "1.1"
        assert "(before the first heading)" not in text(pilot)
        await pilot._post_mouse_events([MouseScrollUp] * 9, pane, offset=(5, 5))
        await settled(pilot)
        assert "(before the first heading)" in text(pilot)


async def test_gaps(studied: Bench) -> None:
    """n and p go to the sentences that no card quotes and none leaves out, round and round."""
    async with studied.home() as pilot:
        await press(pilot, "s", "j", "n")
        assert chosen(pilot) == "1.1"
        await press(pilot, "j", "p")
        assert chosen(pilot) == "1.1"
    told = document("Nobody knows why. Spindles mark stage N2.\n", title="X", file="x.txt")
    deck = DECK.replace("id: sleep", "id: x").replace("Memory", "X").replace("spindles mark", "Spindles mark")
    attach(studied.bring(deck), told, deck="Sleep::X")
    async with studied.home(Plan(deck="Sleep::X")) as pilot:
        await press(pilot, "s", "n")
        assert "Every sentence is quoted, at least in part, or left out on purpose." in text(pilot)
        await press(pilot, "j")
        assert "Every sentence" not in text(pilot)


async def test_lapses(studied: Bench) -> None:
    """By retention n and p go to the sentences whose cards were forgotten."""
    async with studied.home() as pilot:
        await press(pilot, "s", "r")
        assert "n next lapse" in lines(pilot)[-1]
        await press(pilot, "n")
        assert "No card of this text was forgotten so far." in text(pilot)
    with studied.library() as library:
        library.grade(studied.card("dreams"), EntryKind.SCHEDULED, 2)
    async with studied.home() as pilot:
        await press(pilot, "s", "r", "n")
        assert chosen(pilot) == "1.3"
        await press(pilot, "end", "p")
        assert chosen(pilot) == "1.3"


async def test_a_sentence_and_its_cards(studied: Bench) -> None:
    """Enter shows the sentence, what is quoted of it, and its cards; Enter there why a card is asked."""
    async with studied.home() as pilot:
        await press(pilot, "s", "end", "enter")
        shown = text(pilot)
        assert lines(pilot)[0].startswith(" Uses, sentence 2 of 2")
        assert "It is «deepest in the first half» of the night." in shown
        assert "› What is deep sleep also called?" in shown
        assert "deep · new" in shown
        await press(pilot, "enter")
        assert "It has no log yet." in text(pilot)
        assert "Uses, sentence 1 of 2" in text(pilot)
        await press(pilot, "escape")
        assert text(pilot) == shown
        await press(pilot, "escape")
        assert chosen(pilot) == "2.2"


async def test_clicks(studied: Bench) -> None:
    """A click on a sentence shows its cards, one on a card its log, one on a key does what the key does."""
    async with studied.home() as pilot:
        await click(pilot, "s source")
        await click(pilot, "Dreams are most")
        assert "«Dreams are most vivid in REM sleep»." in text(pilot)
        await click(pilot, "In which stage")
        assert "It has no log yet." in text(pilot)
        await press(pilot, "escape", "escape")
        assert chosen(pilot) == "1.3"
        await click(pilot, "r retention")
        assert "○ not begun" in text(pilot)
        await click(pilot, "Stages")
        assert "REM sleep" in text(pilot), "a heading opens nothing"
        await click(pilot, "Esc back")
        assert "to study today" in text(pilot)


async def test_cards_tell_how_they_stand(studied: Bench) -> None:
    """When it is due, how it went, and that it is suspended."""
    for day in range(2):
        with studied.library() as library:
            library.grade(studied.card("spindles"), EntryKind.SCHEDULED, 2 if day else 4)
            if day:
                library.mark([studied.card("dreams").ref], EntryKind.SUSPEND)
        studied.clock.forward(days=1)
    async with studied.home() as pilot:
        await press(pilot, "s", "j", "enter")
        assert "spindles · due today · 0 of 1 review passed · 1 lapse" in text(pilot)
        await press(pilot, "escape", "j", "enter")
        assert "dreams · suspended" in text(pilot)


async def test_sentences_without_cards(studied: Bench) -> None:
    """What to do about it, or why it is left out; there is nothing to study."""
    async with studied.home() as pilot:
        await press(pilot, "s", "enter")
        assert "No card quotes this sentence." in text(pilot)
        before = text(pilot)
        assert lines(pilot)[-1].split() == ["Esc", "back", "?", "keys"]
        await press(pilot, "s", "p", "enter", "j")
        assert text(pilot) == before
        await press(pilot, "escape", "j", "j", "j", "enter")
        assert "The deck leaves this sentence out on purpose: an aside" in text(pilot)


async def test_studying_a_sentence(studied: Bench) -> None:
    """s studies its cards alone; afterwards the screen shows how they stand now."""
    async with studied.home() as pilot:
        await press(pilot, "s", "r", "j", "j", "enter", "s")
        assert "In which stage" in text(pilot)
        assert "1 left" in text(pilot)
        await press(pilot, "space", "1", "q")
        assert marks(pilot)["1.3"] == "▓"
        assert chosen(pilot) == "1.3"
        await press(pilot, "escape")
        assert "3 to study today" in text(pilot)


async def test_studying_the_section_of_the_chosen_sentence(studied: Bench) -> None:
    """Of three cards, the section "Uses" has one."""
    async with studied.home() as pilot:
        await press(pilot, "s", "end", "s")
        assert "What is deep sleep also called?" in text(pilot)
        assert "1 left" in text(pilot)
        await press(pilot, "space", "3", "enter")
        assert isinstance(pilot.app.screen, SourceScreen)
        await press(pilot, "s")
        assert facts(pilot) == "Nothing of this section is left to study today."


async def test_nothing_to_study_or_practise(studied: Bench) -> None:
    """The screen says so instead of showing an empty review."""
    async with studied.home() as pilot:
        await press(pilot, "s", "j", "enter", "p")
        assert facts(pilot) == "Its cards are new or due: s studies them."
        await press(pilot, "enter", "s", "space", "3", "enter", "enter", "s")
        assert facts(pilot) == "Nothing of this sentence is left to study today; p asks its cards for practice."
        await press(pilot, "enter", "p", "space", "3")
        assert "Practice is over." in text(pilot)
        await press(pilot, "enter")
        assert chosen(pilot) == "1.2"
    assert [entry[0] for entry in studied.log()] == ["scheduled", "practice"]


async def test_two_documents(studied: Bench) -> None:
    """d shows the next document; the sentence's number is meant in the one that is shown."""
    told = document("# Who\n\nIt is said that everyone dreams.\n", title="Why we dream", file="why.txt")
    attach(studied.bring(SECOND_DECK), told)
    async with studied.home() as pilot:
        await press(pilot, "s")
        assert "text 1 of 2 · How we sleep" in text(pilot)
        await press(pilot, "j", "d")
        assert "text 2 of 2 · Why we dream" in text(pilot)
        assert chosen(pilot) == "1.1"
        await press(pilot, "enter", "s")
        assert "Who dreams?" in text(pilot)
        await press(pilot, "q")
        assert "text 2 of 2" in text(pilot)
        await press(pilot, "d")
        assert "text 1 of 2" in text(pilot)


async def test_the_chosen_deck_counts(studied: Bench) -> None:
    """Only its document is shown, and there is nothing to turn to."""
    told = document("It is said that everyone dreams.\n", title="Why we dream", file="why.txt")
    attach(studied.bring(SECOND_DECK), told)
    async with studied.home(Plan(deck="Sleep::Dreams")) as pilot:
        await press(pilot, "s", "d")
        assert "Why we dream" in lines(pilot)[0]
        assert "text 1" not in text(pilot)


async def test_not_attached(bench: Bench) -> None:
    """An invitation that names the text and says how to attach it; the keys for a document aren't offered."""
    async with bench.bring(DECK).home() as pilot:
        await press(pilot, "s")
        shown = " ".join(text(pilot).split())
        assert "The document belongs here." in shown
        assert "If you have the text “How we sleep”: `flashrls source add FILE` attaches it." in shown
        assert lines(pilot)[-1].split() == ["Esc", "back", "?", "keys"]
        before = text(pilot)
        await press(pilot, "j", "n", "p", "r", "d", "enter", "pagedown", "end")
        assert text(pilot) == before
        await press(pilot, "q")
        assert "to study today" in text(pilot)


async def test_not_attached_and_not_named(bench: Bench) -> None:
    async with bench.bring(THREE).home(Plan(deck="Sleep::Memory")) as pilot:
        await press(pilot, "s")
        shown = " ".join(text(pilot).split())
        assert "None is attached to “Memory” yet." in shown
        assert "`flashrls source add FILE --deck DECK` attaches one." in shown


async def test_decks_without_their_document_beside_others(studied: Bench) -> None:
    """Said once, until the next key."""
    async with studied.bring(SECOND_DECK).home() as pilot:
        await press(pilot, "s")
        assert facts(pilot).startswith("Not verified: Dreams. If you have the text “Why we dream”:")
        await press(pilot, "j")
        assert facts(pilot).startswith("1.2 · ")


async def test_anchors_that_do_not_stand_in_the_text(bench: Bench) -> None:
    attach(bench.bring(DECK), document(ARTICLE.replace("spindles", "sigma waves")))
    async with bench.home() as pilot:
        await press(pilot, "s")
        assert "3 of 5 sentences quoted · 1 anchor not in it" in lines(pilot)[0]


async def test_empty_library(bench: Bench) -> None:
    """Without cards there is no source."""
    async with bench.home() as pilot:
        await press(pilot, "s")
        assert "No cards yet" in text(pilot)


async def test_a_text_without_sentences(bench: Bench) -> None:
    """Headings alone: nothing is chosen, no key does anything."""
    async with attach(bench.bring(DECK), document("# Stages\n\n# Uses\n")).home() as pilot:
        await press(pilot, "s", "j", "n", "r", "n", "enter", "end", "pagedown")
        assert "no text of its own" in text(pilot)
        assert "Uses" in text(pilot)


async def test_wide_characters(bench: Bench) -> None:
    """Japanese wraps at the right column; its marks keep to their words."""
    deck = "---\ndeck: D\nid: d\nsource: {file: sleep.txt}\n---\n\nQ: 何\nA: 鉄\n\n> 鉄欠乏\n"
    told = document("# 鉄\n\n" + "脳の鉄欠乏は" + "とても" * 30 + "多い。\n")
    async with attach(bench.bring(deck), told).home(size=(60, 20)) as pilot:
        await press(pilot, "s")
        assert "脳の鉄欠乏は" in text(pilot)
        assert all(strip.cell_length <= 60 for strip in pilot.app.screen._compositor.render_strips())
        await press(pilot, "enter")
        assert "脳の«鉄欠乏»は" in text(pilot)


async def test_resizing_keeps_the_chosen_sentence_in_sight(bench: Bench) -> None:
    told = document(
        "\n\n".join(f"Sentence {n} stands here, and it is long enough to be broken." for n in range(99))
    )
    async with attach(bench.bring(DECK), told).home() as pilot:
        await press(pilot, "s", "end", *["k"] * 9)
        assert chosen(pilot) == "1.90"
        for size in ((40, 12), (160, 50), (30, 10), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert any(line.startswith("›") or "› " in line for line in lines(pilot)), size
        assert chosen(pilot) == "1.90"


async def test_the_smallest_screens(studied: Bench) -> None:
    """Nothing breaks where there is hardly any room."""
    async with studied.home(size=(80, 24)) as pilot:
        await press(pilot, "s")
        for size in ((20, 6), (8, 4), (2, 2)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            await press(pilot, "j", "r", "pagedown", "enter", "escape")
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "How we sleep" in text(pilot)


async def test_without_colour(studied: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The marks say what colours do."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with studied.home() as pilot:
        await press(pilot, "s")
        assert (marks(pilot)["1.1"], marks(pilot)["1.3"]) == ("·", "█")
        await press(pilot, "j", "enter")
        assert "The «spindles mark stage N2», which" in text(pilot)


async def test_a_terminal_without_these_characters(studied: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks are ASCII where the encoding has no others."""
    monkeypatch.setattr(sys, "__stderr__", io.TextIOWrapper(io.BytesIO(), "ascii"))
    async with studied.home() as pilot:
        await press(pilot, "s")
        shown = marks(pilot)
        assert [shown[number] for number in ("1.1", "1.2", "1.3", "1.4", "2.1")] == [".", "-", "#", "x", "+"]
        assert "# quoted  + half  - less  . nothing  x left out" in text(pilot)
        await press(pilot, "r")
        assert "# no lapse  + one lapse  - more  o not begun  . no card" in text(pilot)


def test_only_the_pages_that_need_documents_load_what_reads_them() -> None:
    """The first frame and the way to the next card stay as quick as they are without."""
    code = "import sys, flashrls.tui.app as app; app.import_review(); print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "flashrls.tui.review" in loaded
    heavy = ("flashrls.anchors", "flashrls.documents", "flashrls.knowledge", "flashrls.tui.source", "sentencex")
    assert [name for name in loaded if name.startswith(heavy)] == []


async def test_sixty_thousand_words(bench: Bench) -> None:
    """A book opens, and only what is in sight is drawn."""
    book = "\n\n".join(
        f"# Chapter {n}\n\n" + " ".join(f"Here the story of part {n} goes on, step {m}." for m in range(60))
        for n in range(100)
    )
    assert len(book.split()) > 60_000
    async with attach(bench.bring(DECK), document(book)).home() as pilot:
        await press(pilot, "s")
        assert "1.1" in marks(pilot)
        await press(pilot, "end")
        assert chosen(pilot) == "100.60"
        await press(pilot, "pageup", "home")
        assert chosen(pilot) == "1.1"


async def test_a_sentence_longer_than_the_screen(bench: Bench) -> None:
    """Down goes through it before it goes on."""
    told = document("# Stages\n\n" + "word " * 3_000 + "spindles mark stage N2.\n\nThe end comes.\n")
    async with attach(bench.bring(DECK), told).home() as pilot:
        await press(pilot, "s", "j", "j")
        assert "word word" in text(pilot)
        assert facts(pilot).startswith("1.1 · ")
        await press(pilot, *["j"] * 30)
        assert facts(pilot).startswith("1.2 · ")
        await press(pilot, "home", "enter")
        assert "word…" in clean_line(text(pilot)) or "word …" in clean_line(text(pilot))
        assert "Which stage of sleep" in text(pilot)


async def test_library_that_cannot_be_read(studied: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen says why, and goes back."""

    def fail(*_: object) -> list[SourceView]:
        raise LibraryLocked(str(studied.path))

    monkeypatch.setattr(Library, "sources", fail)
    async with studied.home() as pilot:
        await press(pilot, "s")
        assert "another program is writing to the library" in facts(pilot)
        await press(pilot, "escape")
        assert "to study today" in text(pilot)


async def test_leaving_while_it_is_being_read(studied: Bench) -> None:
    """What comes too late is shown nowhere."""
    async with studied.home() as pilot:
        await pilot.press("s", "escape")
        await settled(pilot)
        assert not isinstance(pilot.app.screen, SourceScreen)
        assert "to study today" in text(pilot)


async def test_palette_and_list_of_keys(studied: Bench) -> None:
    async with studied.home(size=(80, 40)) as pilot:
        await press(pilot, "s", "?")
        shown = text(pilot)
        for key in ("↓ j", "↑ k", "PgDn", "PgUp", "Home g", "End G", "Enter", "n", "p", "r", "d", "Esc"):
            assert any(line.strip().startswith(key + " ") for line in shown.splitlines()), key
        await press(pilot, "escape", "ctrl+p")
        await pilot.press(*"retention")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        assert "○ not begun" in text(pilot)

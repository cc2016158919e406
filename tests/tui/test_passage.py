"""Where the source says so: the passage page, from the review."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from flashrls.errors import LibraryLocked
from flashrls.knowledge import Passages
from flashrls.store.library import Library
from flashrls.tui.plan import Plan
from tests.tui.bench import Bench, click, line_with, lines, press, settled, text
from tests.tui.sources import ARTICLE, DECK, attach, document

QUESTION, SECOND, THIRD = "Which stage of sleep", "In which stage", "What is deep sleep"
HINT = "o  where it says so"
OFFER = "o last card's source"
MARKS = str.maketrans("│┃", "  ")


def flowing(pilot: Pilot[None]) -> str:
    """The screen as one line: where its lines break doesn't matter."""
    return " ".join(text(pilot).split())


@pytest.fixture
def studied(bench: Bench) -> Bench:
    """A bench with the deck and its document."""
    return attach(bench.bring(DECK), document(ARTICLE))


@pytest.mark.parametrize("key", ["o", "escape", "q", "enter"])
async def test_passage_of_a_revealed_card(studied: Bench, key: str) -> None:
    """o shows the section, the sentence and the quoted words in their surroundings; back is the card as it was."""
    async with studied.review() as pilot:
        await press(pilot, "space")
        before = text(pilot)
        assert HINT in before
        await press(pilot, "o")
        shown = flowing(pilot)
        assert "Stages, sentence 2 of 4" in lines(pilot)[0]
        assert lines(pilot)[0].endswith("from the source")
        assert "Sleep comes in stages, and they differ. The «spindles mark stage N2», which" in shown
        assert "Nobody knows why." in shown
        assert "Deep sleep" not in shown, "the next section is no surroundings"
        await press(pilot, key)
        assert text(pilot) == before
    assert studied.log() == []


async def test_the_hint_moves_nothing(studied: Bench) -> None:
    """It stands in a line that was empty, and only with the answer."""
    async with studied.review() as pilot:
        before = lines(pilot)
        assert HINT not in text(pilot)
        await press(pilot, "space")
        row = line_with(pilot, HINT)
        assert before[row] == ""
        assert line_with(pilot, "1 Again") == row + 3


async def test_no_hint_where_there_is_no_anchor_or_no_room(bench: Bench) -> None:
    """A long answer needs the line itself."""
    long = " ".join(f"word{n}" for n in range(300))
    async with bench.bring(f"Q: one\nA: 1\n\nQ: two\nA: {long}\n\n> two\n").review() as pilot:
        await press(pilot, "space")
        assert HINT not in text(pilot)
        await press(pilot, "3", "space")
        assert "word0 " in text(pilot)
        assert HINT not in text(pilot)


async def test_before_the_reveal_it_would_give_the_answer_away(studied: Bench) -> None:
    async with studied.review() as pilot:
        before = text(pilot)
        await press(pilot, "o")
        assert text(pilot) == before


async def test_after_a_lapse_the_footer_offers_the_failed_cards_source(studied: Bench) -> None:
    """o on the next question shows the card just failed; once that next card is revealed, o shows its own."""
    async with studied.review() as pilot:
        await press(pilot, "space", "1")
        assert SECOND in text(pilot)
        assert OFFER in lines(pilot)[-1]
        await press(pilot, "o")
        assert "«spindles mark stage N2»" in text(pilot)
        await press(pilot, "escape")
        assert SECOND in text(pilot)
        assert "REM sleep" not in text(pilot)
        await press(pilot, "space")
        assert OFFER not in text(pilot)
        await press(pilot, "o")
        assert "«Dreams are most vivid in REM sleep»" in text(pilot)


async def test_the_offer_takes_clicks(studied: Bench) -> None:
    async with studied.review() as pilot:
        await press(pilot, "space", "1")
        await click(pilot, OFFER)
        assert "«spindles mark stage N2»" in text(pilot)


@pytest.mark.parametrize("key", ["2", "3", "4"])
async def test_no_offer_without_a_lapse(studied: Bench, key: str) -> None:
    async with studied.review() as pilot:
        await press(pilot, "space", key)
        assert SECOND in text(pilot)
        assert OFFER not in text(pilot)


async def test_no_offer_while_the_failed_card_itself_is_asked(studied: Bench) -> None:
    """On the drill its source would tell the answer."""
    async with studied.review(Plan(most=1)) as pilot:
        await press(pilot, "space", "1")
        assert QUESTION in text(pilot)
        before = text(pilot)
        assert OFFER not in before
        await press(pilot, "o")
        assert text(pilot) == before


async def test_an_undo_takes_the_offer_back(studied: Bench) -> None:
    async with studied.review() as pilot:
        await press(pilot, "space", "1", "u")
        assert QUESTION in text(pilot)
        assert OFFER not in text(pilot)


async def test_grades_ask_nothing_of_the_document(studied: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way to the next card is as short as without a document: passages are read when o is pressed."""
    asked: list[int] = []
    read = Library.passages

    def watched(library: Library, note: int) -> Passages:
        asked.append(note)
        return read(library, note)

    monkeypatch.setattr(Library, "passages", watched)
    async with studied.review() as pilot:
        await press(pilot, "space", "1", "space", "3", "space")
        assert asked == []
        await press(pilot, "o")
        assert len(asked) == 1


async def test_time_on_a_page_is_no_time_on_the_card(studied: Bench) -> None:
    """Half a second a key: the passage and the log are read for a minute each, before and after the reveal."""
    async with studied.review() as pilot:
        await press(pilot, "i")
        studied.ticks.forward(60_000)
        await press(pilot, "escape", "space", "o")
        studied.ticks.forward(60_000)
        await press(pilot, "escape", "3")
    assert studied.log() == [("scheduled", 4, 1_000, 1_000)]


async def test_several_anchors(studied: Bench) -> None:
    """The first one is shown, every one marked; n and p turn to the others."""
    async with studied.review() as pilot:
        await press(pilot, "space", "3", "space", "3", "space")
        assert THIRD in text(pilot)
        await press(pilot, "o")
        shown = flowing(pilot)
        assert "Uses, sentence 1 of 2" in shown
        assert "anchor 1 of 2 · from the source" in shown
        assert "«Deep sleep», also called «slow-wave sleep, restores» the body. It is «deepest in the" in shown
        await press(pilot, "n")
        assert "Uses, sentence 2 of 2" in text(pilot)
        assert "anchor 2 of 2" in text(pilot)
        await press(pilot, "n")
        assert "anchor 1 of 2" in text(pilot)
        await press(pilot, "p")
        assert "anchor 2 of 2" in text(pilot)


async def test_not_attached(bench: Bench) -> None:
    """A calm page says why there is no passage, how to attach the text, and what the card quotes."""
    async with bench.bring(DECK).review() as pilot:
        await press(pilot, "space", "o")
        shown = flowing(pilot)
        assert "Where the source says so" in shown
        assert "Its source is not attached." in shown
        assert "“How we sleep”: `flashrls source add FILE` attaches it." in shown
        assert "“spindles mark stage N2”" in shown
        await press(pilot, "escape")
        assert QUESTION in text(pilot)


async def test_no_anchor(bench: Bench) -> None:
    async with bench.bring("Q: one\nA: 1\n").review() as pilot:
        await press(pilot, "space", "o")
        assert "This card has no anchor" in text(pilot)


async def test_not_in_the_document(bench: Bench) -> None:
    """An anchor that the attached text doesn't hold."""
    attach(bench.bring(DECK), document(ARTICLE.replace("spindles", "waves of sigma")))
    async with bench.review() as pilot:
        await press(pilot, "space", "o")
        assert "Its anchor is not in the attached document" in flowing(pilot)


async def test_one_anchor_of_two_is_missing(bench: Bench) -> None:
    """What stands in the text is shown; what doesn't is told below."""
    attach(bench.bring(DECK), document(ARTICLE.replace("It is deepest in the first half of the night.", "")))
    async with bench.review(Plan(sentence="2.1")) as pilot:
        await press(pilot, "space", "o")
        shown = flowing(pilot)
        assert "«Deep sleep»" in shown
        assert "Another anchor is not in the document: “deepest in the first half”." in shown
        assert "anchor 1" not in shown


async def test_reworded(studied: Bench) -> None:
    """A changed text: the words that stand there now are marked, and what the card quoted is told."""
    with studied.library() as library:
        library.update_document(document(ARTICLE.replace("spindles mark stage N2", "spindles mark the stage N2")))
    async with studied.review() as pilot:
        await press(pilot, "space", "o")
        shown = flowing(pilot)
        assert "«spindles mark the stage N2»" in shown
        assert "The words changed since the card was made; it quoted “spindles mark stage N2”." in shown


async def test_passage_cannot_be_read(studied: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The review says so, and that nothing was to be saved."""

    def fail(_: Library, __: int) -> Passages:
        raise LibraryLocked(str(studied.path))

    async with studied.review() as pilot:
        await press(pilot, "space")
        monkeypatch.setattr(Library, "passages", fail)
        await press(pilot, "o")
        assert "not read: another program" in text(pilot)
        assert "N2" in text(pilot)


async def test_a_paragraph_of_a_megabyte(bench: Bench) -> None:
    """Only the surroundings are shown, cut at words, with dots where the text goes on."""
    far = "word " * 100_000
    attach(bench.bring(DECK), document(f"{far}spindles mark stage N2 {far}"))
    async with bench.review() as pilot:
        await press(pilot, "space", "o")
        shown = text(pilot)
        assert "…word word" in shown
        assert "«spindles mark stage N2»" in shown
        await press(pilot, *["pagedown"] * 4)
        assert "word…" in text(pilot)


async def test_an_anchor_in_a_heading(bench: Bench) -> None:
    """Headings can be quoted too."""
    deck = "---\ndeck: D\nid: d\nsource: {file: sleep.txt}\n---\n\nQ: one\nA: 1\n\n> Dreams at night\n"
    attach(bench.bring(deck), document("# Dreams at night\n\nThey come late. They go.\n"))
    async with bench.review() as pilot:
        await press(pilot, "space", "o")
        assert "the heading “Dreams at night”" in text(pilot)
        assert "«Dreams at night»" in text(pilot)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 50)])
async def test_the_quoted_words_are_in_sight(bench: Bench, size: tuple[int, int]) -> None:
    """On every screen, however much stands before them in their paragraph."""
    before = "Much is said before it comes to that. " * 40
    attach(bench.bring(DECK), document(f"# Stages\n\n{before}The spindles mark stage N2.\n"))
    async with bench.review(size=size) as pilot:
        await press(pilot, "space", "o")
        assert "«spindles mark stage N2»" in " ".join(text(pilot).translate(MARKS).split())


async def test_why_says_where_the_anchors_stand(studied: Bench) -> None:
    async with studied.review() as pilot:
        await press(pilot, "i")
        rows = lines(pilot)
        at = line_with(pilot, "“spindles mark stage N2”")
        assert rows[at + 1].strip() == "Stages, sentence 2 of 4"


async def test_why_says_that_anchors_are_not_verified_and_how_to_attach(bench: Bench) -> None:
    async with bench.bring(DECK).review() as pilot:
        await press(pilot, "i")
        shown = flowing(pilot)
        assert "“spindles mark stage N2”" in shown
        assert "Not verified: Its source is not attached. If you have the text “How we sleep”:" in shown


async def test_resizing(studied: Bench) -> None:
    async with studied.review() as pilot:
        await press(pilot, "space", "o")
        await pilot.resize_terminal(40, 12)
        await settled(pilot)
        assert "«spindles" in text(pilot)
        await press(pilot, "escape")
        assert QUESTION in text(pilot)


async def test_studying_one_sentence_or_section(studied: Bench) -> None:
    """The screens take what `review --sentence` and `--section` were given, and say it at the end."""
    async with studied.review(Plan(sentence="1.3")) as pilot:
        assert SECOND in text(pilot)
        assert "1 left" in text(pilot)
        await press(pilot, "space", "3")
        assert "Done in sentence 1.3 for today." in text(pilot)
    async with studied.review(Plan(section="uses")) as pilot:
        assert THIRD in text(pilot)
    async with studied.review(Plan(sentence="1.3")) as pilot:
        assert "Nothing is left to study in sentence 1.3 today." in text(pilot)

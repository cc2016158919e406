"""The review as its keys drive it: every key, and what is in the log afterwards."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from flashrls.errors import LibraryLocked, LibraryUnusable
from flashrls.log import EntryKind
from flashrls.outlook import Today
from flashrls.store.library import Library
from flashrls.study import StudyCard
from flashrls.tui.plan import Plan
from tests.tui.bench import THREE, Bench, click, line_with, lines, press, settled, text

QUESTION, SECOND, THIRD = "Which stage of sleep", "In which stage", "What is slow-wave"


async def test_question_first_then_answer_then_next_card(bench: Bench) -> None:
    """Space shows the answer, Space again means Good, and the next question comes."""
    async with bench.bring(THREE).review() as pilot:
        assert QUESTION in text(pilot)
        assert "N2" not in text(pilot)
        assert "3 left" in text(pilot)
        await press(pilot, "space")
        assert "N2" in text(pilot)
        await press(pilot, "space")
        assert SECOND in text(pilot)
        assert "2 left" in text(pilot)
    assert bench.log() == [("scheduled", 4, 500, 500)]


@pytest.mark.parametrize(("key", "grade"), [("1", 2), ("2", 3), ("3", 4), ("4", 5)])
async def test_digits_grade(bench: Bench, key: str, grade: int) -> None:
    """1 to 4 are Again, Hard, Good and Easy."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "enter", key)
        assert SECOND in text(pilot)
    assert [entry[1] for entry in bench.log()] == [grade]


async def test_digits_before_the_reveal_are_no_grades(bench: Bench) -> None:
    """Nobody grades what they haven't seen."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "1", "2", "3", "4")
        assert QUESTION in text(pilot)
    assert bench.log() == []


async def test_question_does_not_move(bench: Bench) -> None:
    """The answer appears below the question, which stays where it is, as do the buttons."""
    async with bench.bring(THREE).review() as pilot:
        before = line_with(pilot, QUESTION), line_with(pilot, "Space  show the answer")
        await press(pilot, "space")
        assert (line_with(pilot, QUESTION), line_with(pilot, "1 Again")) == before
        assert line_with(pilot, "N2") > before[0]


async def test_space_struck_twice_is_one_reveal(bench: Bench) -> None:
    """A second Space within 150 ms is not a grade; one after that is."""
    async with bench.bring(THREE).review() as pilot:
        await pilot.press("space")
        bench.ticks.forward(149)
        await pilot.press("space")
        await settled(pilot)
        assert bench.log() == []
        bench.ticks.forward(150)
        await pilot.press("space")
        await settled(pilot)
        assert len(bench.log()) == 1


async def test_space_held_down_never_grades(bench: Bench) -> None:
    """A keyboard's auto-repeat sends a key every 33 ms: the answer shows and stays."""
    async with bench.bring(THREE).review() as pilot:
        for _ in range(40):
            await pilot.press("space")
            bench.ticks.forward(33)
        await settled(pilot)
        assert "N2" in text(pilot)
    assert bench.log() == []


async def test_one_showing_takes_one_grade(bench: Bench) -> None:
    """Keys that come while a grade is being saved are not grades for the card that isn't seen yet."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space")
        with bench.locked():
            await pilot.press("3", "3", "3", "1")
        await settled(pilot)
        assert SECOND in text(pilot)
    assert [entry[1] for entry in bench.log()] == [4]


async def test_buttons_show_their_intervals(bench: Bench) -> None:
    """Each button says when the card would come again."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "3", "space", "3", "space", "3")
    bench.clock.forward(days=1)
    async with bench.review() as pilot:
        await press(pilot, "space")
        below = lines(pilot)[line_with(pilot, "1 Again") + 1]
        assert below.split("  ") and below.split() == ["today", "6", "days", "6", "days", "6", "days"]


async def test_drill_until_good(bench: Bench) -> None:
    """A card graded below Good comes back at the end, until it is graded Good."""
    async with bench.bring(THREE).review(Plan(most=1)) as pilot:
        await press(pilot, "space", "1")
        assert "0 left · 1 to drill" in text(pilot)
        await press(pilot, "space")
        below = lines(pilot)[line_with(pilot, "1 Again") + 1]
        assert below.split() == ["again", "again", "done", "done"]
        await press(pilot, "2", "space", "3")
        assert "1 drilled to the end" in text(pilot)
    assert [entry[:2] for entry in bench.log()] == [("scheduled", 2), ("drill", 3), ("drill", 4)]


async def test_practice_has_no_effect_and_says_so(bench: Bench) -> None:
    """Practice asks what isn't due and changes no schedule."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, *["space", "3"] * 3)
    before = bench.card("spindles").state
    async with bench.review(Plan(practice=True)) as pilot:
        await press(pilot, "space")
        assert text(pilot).count("no effect") == 4
        await press(pilot, "1", "space", "3", "space", "3")
        assert "Practice is over" in text(pilot)
    assert bench.card("spindles").state == before


async def test_undo_brings_the_card_back(bench: Bench) -> None:
    """u takes the last grade back, says so, and the card is asked again."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "4", "u")
        assert QUESTION in text(pilot)
        assert "Undone: Easy for “Which stage of sleep" in text(pilot)
        assert "3 left" in text(pilot)
        await press(pilot, "space")
        assert "Undone" not in text(pilot)
    assert bench.card("spindles").state.schedule is None


async def test_undo_reaches_into_earlier_sittings(bench: Bench) -> None:
    """The log is the truth: what was done before the last start can be taken back too."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "1")
    async with bench.review() as pilot:
        await press(pilot, "u")
        assert QUESTION in text(pilot)
        assert "3 left" in text(pilot)
        assert "to drill" not in text(pilot)
        await press(pilot, "u")
        assert "There is nothing to undo." in text(pilot)
        assert QUESTION in text(pilot)


async def test_undo_from_the_summary(bench: Bench) -> None:
    """The last card's grade can be mended too."""
    async with bench.bring(THREE).review(Plan(most=1)) as pilot:
        await press(pilot, "space", "3")
        assert "at first try" in text(pilot)
        await press(pilot, "u", "space", "1")
        assert "1 to drill" in text(pilot)


async def test_suspend_and_bury_and_their_undo(bench: Bench) -> None:
    """@ and - take the card away and say so; u brings it back."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "@")
        assert SECOND in text(pilot)
        assert "Suspended: “Which stage" in text(pilot)
        await press(pilot, "-")
        assert "Buried until tomorrow: “In which stage" in text(pilot)
        assert "1 left" in text(pilot)
        await press(pilot, "u", "u")
        assert QUESTION in text(pilot)
        assert "3 left" in text(pilot)
    assert [entry[0] for entry in bench.log()] == ["suspend", "bury", "undo", "undo"]


REVERSED = "{#pair .reversed}\nQ: LTP\nA: Long-term potentiation\n\n{#other}\nQ: other\nA: x\n"


@pytest.mark.parametrize(("key", "kind"), [("!", "suspend"), ("=", "bury")])
async def test_whole_note(bench: Bench, key: str, kind: str) -> None:
    """! and = mark all cards of the note; the first undo brings back the card that was shown."""
    async with bench.bring(REVERSED).review() as pilot:
        assert "LTP" in text(pilot)
        await press(pilot, key)
        assert "other" in text(pilot)
        assert [entry[0] for entry in bench.log()] == [kind, kind]
        await press(pilot, "u")
        assert "LTP" in lines(pilot)[line_with(pilot, "LTP")]
    assert bench.card("pair").state.suspended is False


async def test_why_lists_the_log(bench: Bench) -> None:
    """i shows what made the card's schedule, its tags and its anchors; Esc goes back to the card."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, *["space", "3"] * 3)
    bench.clock.forward(days=1)
    async with bench.review() as pilot:
        await press(pilot, "i")
        shown = text(pilot)
        for words in ("spindles", "night", "“spindles mark stage N2”", "2026-03-02", "Good", "2.50", "1 day"):
            assert words in shown
        await press(pilot, "escape")
        assert QUESTION in text(pilot)


async def test_all_keys_are_listed(bench: Bench) -> None:
    """? lists what the bindings say; ? or Esc closes the list."""
    async with bench.bring(THREE).review(size=(80, 40)) as pilot:
        await press(pilot, "?")
        shown = text(pilot)
        for key in ("Space", "1", "2", "3", "4", "u", "@", "!", "-", "=", "i", "?", "q Esc", "j ↓", "PgDn"):
            assert any(line.strip().startswith(key + " ") for line in shown.splitlines()), key
        await press(pilot, "?")
        assert QUESTION in text(pilot)


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_leaving_in_the_middle_keeps_all(bench: Bench, key: str) -> None:
    """Everything is saved already: the next start goes on."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "3", "space", key)
        assert pilot.app._exit
    async with bench.review() as pilot:
        assert SECOND in text(pilot)
        assert "2 left" in text(pilot)


async def test_locked_library(bench: Bench) -> None:
    """While another program writes: saving…, then not saved; the card stays and the same key works later."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space")
        with bench.locked():
            await pilot.press("3")
            await asyncio.sleep(0.2)
            await pilot.pause()
            assert "saving…" in text(pilot)
            await pilot.press("?")
            await pilot.pause()
            assert "All keys" in text(pilot), "keys are answered while the library is locked"
            await pilot.press("?")
            await settled(pilot)
        assert "not saved: another program is writing to the library" in text(pilot)
        assert "N2" in text(pilot)
        assert bench.log() == []
        await press(pilot, "3")
        assert SECOND in text(pilot)
        assert "not saved" not in text(pilot)
    assert len(bench.log()) == 1


async def test_leaving_waits_for_the_grade(bench: Bench) -> None:
    """q while a grade is being saved: it is saved, then the review ends."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space")
        with bench.locked():
            await pilot.press("3", "q")
            assert not pilot.app._exit
        await settled(pilot)
        assert pilot.app._exit
    assert len(bench.log()) == 1


async def test_card_graded_elsewhere(bench: Bench) -> None:
    """A grade given in another window counts; this one is declined, and the review goes on."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space")
        with bench.library() as library:
            library.grade(bench.card("spindles"), EntryKind.SCHEDULED, 5)
        await press(pilot, "3")
        assert "elsewhere" in text(pilot)
        assert SECOND in text(pilot)
    assert [entry[1] for entry in bench.log()] == [5]


async def test_card_failed_elsewhere_comes_on_the_drill(bench: Bench) -> None:
    """What was failed in another window is asked here as the drill it is now."""
    async with bench.bring(THREE).review(Plan(most=1)) as pilot:
        await press(pilot, "space")
        with bench.library() as library:
            library.grade(bench.card("spindles"), EntryKind.SCHEDULED, 2)
        await press(pilot, "3")
        assert QUESTION in text(pilot)
        assert "0 left · 1 to drill" in text(pilot)


async def test_buttons_take_clicks(bench: Bench) -> None:
    """The mouse reveals and grades as the keys do."""
    async with bench.bring(THREE).review() as pilot:
        await click(pilot, "show the answer")
        assert "N2" in text(pilot)
        await click(pilot, "4 Easy")
        assert SECOND in text(pilot)
        await click(pilot, "u undo")
        assert QUESTION in text(pilot)
    assert [entry[:2] for entry in bench.log()] == [("scheduled", 5), ("undo", None)]


async def test_times_are_measured_by_ticks(bench: Bench) -> None:
    """Time to the reveal and from there to the grade, whatever the wall clock does."""
    async with bench.bring(THREE).review() as pilot:
        bench.clock.forward(days=-4000)
        bench.ticks.forward(2_500)
        await press(pilot, "space")
        bench.ticks.forward(700)
        await press(pilot, "4")
    assert bench.log() == [("scheduled", 5, 3_000, 1_200)]


async def test_summary(bench: Bench) -> None:
    """At the end: how many, how long, how well, the hardest, and what comes."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "1", "space", "3", "space", "3", "space", "1", "space", "3")
        shown = text(pilot)
        assert "Done for today." in shown
        assert "3 cards in 0:05 · 2 at first try · 1 drilled to the end" in shown
        assert "Which stage of sleep shows spindles? (2×)" in shown
        assert "3 due, about 1 minute" in shown
        assert "1 day" in shown
        await press(pilot, "q")
        assert pilot.app._exit


async def test_nothing_to_study(bench: Bench) -> None:
    """A review with nothing to ask says so and when there will be something."""
    async with bench.bring(THREE).review(Plan(new=0)) as pilot:
        assert "Nothing is left to study here today." in text(pilot)
        await press(pilot, "u")
        assert "There is nothing to undo." in text(pilot)


async def test_two_thousand_characters(bench: Bench) -> None:
    """A long card scrolls; its answer's beginning is shown at the reveal."""
    question = " ".join(f"word{n}" for n in range(300))
    async with bench.bring(f"Q: {question}\nA: the end\n").review() as pilot:
        assert "word0 " in text(pilot)
        await press(pilot, "j")
        assert "word0 " not in text(pilot)
        await press(pilot, "k", "pagedown", "pageup")
        assert "word0 " in text(pilot)
        await press(pilot, "space")
        assert "the end" in text(pilot)
        await press(pilot, "pageup", "pageup", "pageup", "pageup")
        assert "word0 " in text(pilot)


BLOCKS = """\
Q: Which?
A: Several:

- one `code`
- two
  1. nested

```python
def f():
    return [1]
```

| a | b |
|---|---|
| x | y |
"""


async def test_blocks_of_markdown(bench: Bench) -> None:
    """Lists, code and tables look like what they are."""
    async with bench.bring(BLOCKS).review(size=(80, 40)) as pilot:
        await press(pilot, "space")
        shown = text(pilot)
        for words in ("• one code", "• two", "1. nested", "def f():", "    return [1]", "a    b", "x    y"):
            assert words in shown


async def test_midnight_passes_during_a_review(bench: Bench) -> None:
    """Grades count for the study day on which they are given."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "3")
        bench.clock.forward(days=1)
        await press(pilot, "space", "3")
    assert bench.card("dreams").state.reviewed_on == bench.card("spindles").state.reviewed_on + timedelta(days=1)  # type: ignore[operator]


async def test_palette_knows_the_keys(bench: Bench) -> None:
    """Ctrl+P finds what the keys do, and does it."""
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "ctrl+p")
        await pilot.press(*"bury")
        await pilot.pause(0.5)
        await press(pilot, "enter")
        assert SECOND in text(pilot)
        assert "Buried until tomorrow" in text(pilot)
    assert [entry[0] for entry in bench.log()] == ["bury"]


async def test_reading_fails_after_the_last_grade(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last grade is saved; that the summary's figures can't be read must not look as if it weren't."""

    def fail(_: Library) -> Today:
        raise LibraryLocked("library.db")

    async with bench.bring(THREE).review(Plan(most=1)) as pilot:
        monkeypatch.setattr(Library, "today", fail)
        await press(pilot, "space", "3")
        assert "not saved" not in text(pilot)
        assert "1 card in 0:01" in text(pilot)
    assert len(bench.log()) == 1


async def test_disk_full_then_freed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not saved: the card stays as it is; when there is room again the same session goes on."""

    def fail(*_: object, **__: object) -> StudyCard:
        raise LibraryUnusable(f"{bench.path}: the disk is full; this was not saved.", "Free some space.")

    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space")
        with monkeypatch.context() as full:
            full.setattr(Library, "grade", fail)
            await press(pilot, "3")
        assert "not saved: the disk is full" in text(pilot)
        assert "N2" in text(pilot)
        await press(pilot, "3")
        assert SECOND in text(pilot)
    assert len(bench.log()) == 1

"""What a review can do beside grading: undo and redo of everything, marks, editing, leeches, ten more, own keys."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flashrls.config.values import ScreenSettings
from flashrls.log import EntryKind
from flashrls.tui.ascii import AsciiOnly
from flashrls.tui.keymap import complaints, key_words
from flashrls.tui.plan import Plan
from flashrls.tui.reviewkeys import REVIEW_KEYS
from flashrls.tui.sitting import Answer, Sitting
from tests.tui.bench import THREE, Bench, click, line_with, lines, press, settled, text

QUESTION, SECOND, THIRD = "Which stage of sleep", "In which stage", "What is slow-wave"
PAIR = "{#pair .reversed}\nQ: LTP\nA: Long-term potentiation\n\n{#other}\nQ: other\nA: x\n"


@pytest.mark.parametrize("key", ["U", "ctrl+r"])
async def test_redo_does_the_grade_again(bench: Bench, key: str) -> None:
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "1", "u", key)
        assert "Redone: Again for “Which stage of sleep" in text(pilot)
        assert SECOND in text(pilot)
        assert "2 left · 1 to drill" in text(pilot)
        await press(pilot, key)
        assert "There is nothing to redo." in text(pilot)
    assert bench.card("spindles").state.lapses == 1


async def test_redone_grade_counts_in_the_summary(bench: Bench) -> None:
    async with bench.bring(THREE).review(Plan(most=1)) as pilot:
        await press(pilot, "space", "3", "u", "U")
        assert "1 card in 0:01 · 1 at first try" in text(pilot)


async def test_redo_of_a_suspension_and_its_undo(bench: Bench) -> None:
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "@", "u", "U")
        assert "Redone: “Which stage of sleep shows spindles?” suspended" in text(pilot)
        assert SECOND in text(pilot)
        await press(pilot, "u")
        assert QUESTION in text(pilot)
        assert "3 left" in text(pilot)


async def test_redo_after_a_restart(bench: Bench) -> None:
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "3", "u", "q")
    async with bench.review() as pilot:
        await press(pilot, "U")
        assert SECOND in text(pilot)
        assert "2 left" in text(pilot)


async def test_undo_of_many_brings_all_back_that_are_asked_today(bench: Bench) -> None:
    """Suspended elsewhere before the review began; one card of each note, as the day's queue has it."""
    bench.bring(THREE)
    with bench.library() as library:
        refs = [library.card(name).card.ref for name in ("spindles", "dreams")]
        library.mark(refs, EntryKind.SUSPEND)
    async with bench.review() as pilot:
        assert "1 left" in text(pilot)
        await press(pilot, "u")
        assert "Undone: 2 cards suspended, such as" in text(pilot)
        assert "3 left" in text(pilot)


async def test_whole_note_is_one_deed(bench: Bench) -> None:
    async with bench.bring(PAIR).review() as pilot:
        await press(pilot, "!")
        assert "other" in text(pilot)
        await press(pilot, "u")
        assert "2 left" in text(pilot)
    assert not bench.card("pair#rev").state.suspended


async def test_undo_and_redo_at_home(bench: Bench) -> None:
    async with bench.bring(THREE).home() as pilot:
        await press(pilot, "enter", "space", "3", "q", "u")
        assert "Undone: Good for “Which stage" in text(pilot)
        assert "3 to study today" in text(pilot)
        await press(pilot, "U")
        assert "Redone: Good for “Which stage" in text(pilot)
        assert "2 to study today" in text(pilot)


async def test_star_marks_the_note_and_unmarks_it(bench: Bench) -> None:
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "*")
        assert "Marked: “Which stage" in text(pilot)
        assert lines(pilot)[0].startswith(" marked · ")
        assert "N2" in text(pilot), "the card stays as it was"
        assert bench.card("spindles").tags == ("marked", "night")
        await press(pilot, "*")
        assert "No longer marked" in text(pilot)
        await press(pilot, "u")
        assert "Undone: “Which stage of sleep shows spindles?” edited (tags)" in text(pilot)
        assert lines(pilot)[0].startswith(" marked · ")
        await press(pilot, "3")
        assert SECOND in text(pilot)


async def test_edit_keeps_the_card_and_its_schedule(bench: Bench) -> None:
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "e")
        bench.ticks.forward(60_000)
        await press(pilot, "home", "X", "ctrl+s")
        assert "XWhich stage of sleep" in text(pilot)
        assert "N2" in text(pilot)
        assert "Saved:" in text(pilot)
        await press(pilot, "u")
        assert "XWhich" not in text(pilot).replace("“XWhich", "")
        assert "edited (question)" in text(pilot)
        await press(pilot, "U", "3")
        assert SECOND in text(pilot)
    kind, grade, reveal_ms, grade_ms = bench.log()[-1]
    assert (kind, grade, reveal_ms) == ("scheduled", 4, 500)
    assert grade_ms <= 3_000, "a minute in the editor is no time spent on the card"


async def test_an_edit_of_a_card_that_changed_elsewhere_is_kept_in_a_file(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "e", "X")
        with bench.library() as library:
            ref = library.card("spindles").card.note_ref
            now = library.note(ref)
            library.edit(ref, now, replace(now, answer="N 2"))
        await press(pilot, "ctrl+s")
        assert "changed elsewhere" in text(pilot)
        assert "Your text is in" in text(pilot)
        assert QUESTION in text(pilot)
        await press(pilot, "e", "Y", "ctrl+s")
        assert "Saved:" in text(pilot)
    (left,) = kept.rglob("*.md")
    assert "X" in left.read_text()
    assert left.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("grade", range(6))
async def test_six_grades(bench: Bench, grade: int) -> None:
    bench.chosen = {"grades": "sm2"}
    async with bench.bring(THREE).review(size=(60, 20)) as pilot:
        await press(pilot, "space")
        row = lines(pilot)[line_with(pilot, "0 Blackout")]
        assert " ".join(row.split()) == "0 Blackout 1 Wrong 2 Almost 3 Hard 4 Good 5 Easy"
        await press(pilot, str(grade))
        assert SECOND in text(pilot)
    assert [entry[1] for entry in bench.log()] == [grade]


async def test_space_is_good_among_six_and_the_mouse_finds_each(bench: Bench) -> None:
    bench.chosen = {"grades": "sm2"}
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "space", "space")
        await click(pilot, "2 Almost")
        assert THIRD in text(pilot)
    assert [entry[1] for entry in bench.log()] == [4, 2]


async def test_buttons_tell_the_longest_interval(bench: Bench) -> None:
    bench.chosen = {"maximum_interval": 4}
    async with bench.bring(THREE).review(Plan(most=1)) as pilot:
        await press(pilot, "space", "3")
    bench.clock.forward(days=1)
    async with bench.review(Plan(most=1)) as pilot:
        await press(pilot, "space")
        below = lines(pilot)[line_with(pilot, "1 Again") + 1]
        assert below.split() == ["today", "4", "days", "4", "days", "4", "days"]


async def test_buttons_tell_what_fuzz_will_do(bench: Bench) -> None:
    """What stands below Good is the day on which the card then is due."""
    bench.chosen = {"fuzz": True}
    async with bench.bring(THREE).review(Plan(most=1)) as pilot:
        await press(pilot, "space", "3")
    bench.clock.forward(days=1)
    async with bench.review(Plan(most=1)) as pilot:
        await press(pilot, "space")
        days = int(lines(pilot)[line_with(pilot, "1 Again") + 1].split()[3])
        await press(pilot, "3")
    state = bench.card("spindles").state
    assert state.due_on is not None
    assert state.reviewed_on is not None
    assert state.due_on - state.reviewed_on == timedelta(days=days)


def almost_a_leech(bench: Bench) -> None:
    """Seven lapses, on seven days."""
    for _ in range(7):
        with bench.library() as library:
            library.grade(library.card("spindles").card, EntryKind.SCHEDULED, 2)
        bench.clock.forward(days=1)


@pytest.mark.parametrize(
    ("key", "expected"), [("k", "keep"), ("@", "suspend"), ("escape", "scheduled"), ("e", "scheduled")]
)
async def test_leech_is_told_and_decided(bench: Bench, key: str, expected: str) -> None:
    almost_a_leech(bench.bring(THREE))
    async with bench.review(Plan(most=1)) as pilot:
        await press(pilot, "space", "1")
        shown = text(pilot)
        for words in ("forgotten 8 times", QUESTION, "N2", "spindles mark stage N2", "2026-03-09"):
            assert words in shown
        await press(pilot, key)
        if key == "e":
            assert "the schedule stays" in text(pilot)
            await press(pilot, "escape")
        if key == "escape":
            assert "leech · 8 lapses" in text(pilot)
            await press(pilot, "k")
            assert "Kept as it is" in text(pilot)
            assert "leech" not in lines(pilot)[0]
            return
    assert bench.log()[-1][0] == expected


async def test_catch_up_notice(bench: Bench) -> None:
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, *["space", "3"] * 3)
    bench.clock.forward(days=6)
    async with bench.home(size=(60, 20)) as pilot:
        shown = " ".join(text(pilot).split())
        assert "5 days away: 3 due; at 200 a day that is 1 day" in shown
        assert "Nothing was rescheduled." in shown
        await press(pilot, "enter")
        assert "5 days away: 3 due" in text(pilot)
        await press(pilot, "space")
        assert "days away" not in text(pilot)


async def test_time_an_answer_took_and_what_is_left(bench: Bench) -> None:
    async with bench.bring(THREE).review() as pilot:
        assert "3 left · about 1 minute" in text(pilot)
        bench.ticks.forward(6_600)
        await press(pilot, "space")
        assert lines(pilot)[-1].endswith("0:07")


async def test_hardest_cards_can_be_looked_at(bench: Bench) -> None:
    async with bench.bring(THREE).review(Plan(most=2)) as pilot:
        await press(pilot, "space", "1", "space", "3", "space", "3")
        await press(pilot, "enter")
        assert "▸ Which stage of sleep shows spindles? (1×)" in text(pilot)
        await press(pilot, "enter")
        assert "N2" in text(pilot)
        await press(pilot, "e", "home", "X", "ctrl+s")
        assert "XWhich stage" in text(pilot)
        await press(pilot, "i")
        assert "interval 1 day" in text(pilot)
        await press(pilot, "escape", "escape")
        assert "The hardest of this sitting" in text(pilot)
        await press(pilot, "escape")
        assert "2 cards in" in text(pilot)


async def test_ten_more(bench: Bench) -> None:
    bench.chosen = {"new_per_day": 1}
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "3")
        assert "t ten more" in text(pilot)
        await press(pilot, "t")
        assert SECOND in text(pilot)
        assert "2 left" in text(pilot)
        await press(pilot, "space", "3", "space", "3")
        assert "3 cards in" in text(pilot)
        assert "ten more" not in text(pilot)


async def test_own_keys_work_and_are_shown(bench: Bench) -> None:
    """Undo on z; reveal on x, which leaves Space to Good alone."""
    bench.screen = ScreenSettings(keys={"undo": "z,ctrl+g", "reveal": "x"})
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "space", "u")
        assert "N2" not in text(pilot)
        await press(pilot, "x", "space")
        assert SECOND in text(pilot)
        assert "z Ctrl+G undo" in lines(pilot)[-1]
        await press(pilot, "z")
        assert QUESTION in text(pilot)
        await press(pilot, "?")
        assert "z Ctrl+G" in text(pilot)


async def test_own_keys_work_where_all_cards_are_and_in_the_search(bench: Bench) -> None:
    bench.screen = ScreenSettings(keys={"clear": "ctrl+u", "study": "n"})
    async with bench.bring(THREE).home() as pilot:
        await press(pilot, "slash", *"spindles", "ctrl+u")
        assert "spindles" not in lines(pilot)[0]
        assert "Ctrl+U clear" in lines(pilot)[-1]
        await press(pilot, "enter")
        assert "n study" in lines(pilot)[-1]


async def test_own_keys_work_on_the_progress_screen(bench: Bench) -> None:
    bench.screen = ScreenSettings(keys={"longer": "plus", "search": "f"})
    async with bench.bring(THREE).home() as pilot:
        await press(pilot, "p", "plus")
        assert "90 days up to today" in lines(pilot)[0]
        await press(pilot, "f", *"is:new", "enter")
        assert "is:new" in lines(pilot)[0]


async def test_leeches_are_reached_from_the_progress_and_left_to_it(bench: Bench) -> None:
    """The count told is that of the list: a suspended leech is in neither."""
    bench.bring(THREE)
    with closing(sqlite3.connect(bench.path)) as connection, connection:
        connection.execute("UPDATE card SET reviews = 8, lapses = 8, suspended = pk - 1 WHERE pk < 3")
    async with bench.home() as pilot:
        await press(pilot, "p", "l")
        assert "is:leech -is:suspended" in lines(pilot)[0]
        assert lines(pilot)[0].endswith(" 1 card")
        await press(pilot, "escape")
        assert "up to today" in lines(pilot)[0]


@pytest.mark.parametrize(
    ("theme", "is_told"), [("lihgt", True), ("light", False), ("dark", False), ("nord", False)]
)
async def test_a_theme_that_is_not_there_is_told_at_home(bench: Bench, theme: str, is_told: bool) -> None:
    bench.screen = ScreenSettings(theme=theme)
    async with bench.bring(THREE).home() as pilot:
        assert (f"No theme “{theme}”. There are dark, light and contrast." in text(pilot)) == is_told


async def test_own_keys_that_cannot_be_are_told_at_home(bench: Bench) -> None:
    bench.screen = ScreenSettings(keys={"undoo": "z", "undo": "i"})
    async with bench.bring(THREE).home() as pilot:
        assert "No key is called “undoo”. i is both undo and why." in text(pilot)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"reveal": "x", "good": "x"}, []),
        ({"bury": "@", "suspend": "-"}, []),
        ({"bury": "@"}, ["@ is both bury and suspend."]),
    ],
)
def test_keys_may_be_shared_where_they_never_meet(keys: dict[str, str], told: list[str]) -> None:
    bindings: list[Any] = list(REVIEW_KEYS)
    assert complaints(bindings, keys) == told


def test_keys_as_a_keyboard_shows_them() -> None:
    assert [key_words(key) for key in ("u", "U", "ctrl+z", "escape", "f5")] == ["u", "U", "Ctrl+Z", "Esc", "F5"]


TYPED = "{#cap .typed}\nQ: Capital of France?\nA: Paris\n\n{#plain}\nQ: plain\nA: y\n"


async def test_typed_answer_is_compared_and_graded_by_the_learner(bench: Bench) -> None:
    async with bench.bring(TYPED).review() as pilot:
        await press(pilot, *"Pbris", "enter")
        shown = text(pilot)
        assert "Pbris" in shown
        assert "Paris" in shown
        assert bench.log() == []
        await press(pilot, "3")
        assert "plain" in text(pilot)
        await press(pilot, "space", "3")
    assert [entry[1] for entry in bench.log()] == [4, 4]


async def test_esc_leaves_the_field_and_tab_comes_back(bench: Bench) -> None:
    async with bench.bring(TYPED).review() as pilot:
        await press(pilot, "P", "escape", "@")
        assert "Suspended" in text(pilot)
        await press(pilot, "u", "escape", "tab", "q", "enter")
        assert "Paris" in text(pilot)


async def test_time_stopped_by_ctrl_z_does_not_count(bench: Bench) -> None:
    async with bench.bring(THREE).review() as pilot:
        pilot.app.app_suspend_signal.publish(pilot.app)
        bench.ticks.forward(50_000)
        pilot.app.app_resume_signal.publish(pilot.app)
        await settled(pilot)
        await press(pilot, "space", "3")
    assert bench.log() == [("scheduled", 4, 500, 500)]


async def test_v_without_images_says_so(bench: Bench) -> None:
    async with bench.bring(THREE).review() as pilot:
        await press(pilot, "v")
        assert "This card shows no images." in text(pilot)


async def test_v_shows_the_images_of_what_is_shown(bench: Bench) -> None:
    """Those of the answer only once it is revealed; the time spent looking doesn't count."""
    async with bench.bring("Q: map\nA: ![Europe](europe.png)\n").review() as pilot:
        await press(pilot, "v")
        assert "shows no images" in text(pilot)
        await press(pilot, "space", "v")
        assert "Europe" in text(pilot)
        bench.ticks.forward(60_000)
        await press(pilot, "escape", "3")
    ((_, _, _, grade_ms),) = bench.log()
    assert grade_ms <= 1_500


async def test_theme_ascii_and_motion_are_put_on(bench: Bench) -> None:
    bench.screen = ScreenSettings(theme="contrast", ascii=True, motion=True)
    async with bench.bring(THREE).home() as pilot:
        assert pilot.app.theme == "contrast"
        assert pilot.app.animation_level == "full"
        assert any(isinstance(one, AsciiOnly) for one in pilot.app.get_line_filters())


async def test_a_theme_that_is_not_there_changes_nothing(bench: Bench) -> None:
    bench.screen = ScreenSettings(theme="no such theme")
    async with bench.bring(THREE).home() as pilot:
        assert "3 to study today" in text(pilot)


def test_pace_of_a_sitting_needs_a_few_answers() -> None:
    """Four say nothing; five of 2, 2, 2, 2 and 12 seconds make 4 seconds each."""
    answers = [Answer(str(n), n, "q", EntryKind.SCHEDULED, 4, ms) for n, ms in enumerate([2_000] * 4 + [12_000])]
    assert Sitting(tuple(answers[:4])).answer_ms is None
    assert Sitting(tuple(answers)).answer_ms == 4_000

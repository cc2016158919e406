"""`review --plain`: everything that the screen can, line by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time

from tests.cli.conftest import Run

NUMBERS = "---\ndeck: Numbers\nid: numbers\n---\n\n" + "".join(
    f"{{#n{n}}}\nQ: Number {n}?\nA: {n}\n\n" for n in range(1, 15)
)


@pytest.fixture
def bring(run: Run, tmp_path: Path) -> Callable[[str], None]:
    """Imports a deck file of this text."""

    def bring(text: str) -> None:
        file = tmp_path / "deck.md"
        file.write_text(text)
        assert run("import", str(file)).code == 0

    return bring


@pytest.fixture
def config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Makes a text the file of settings."""

    def write(text: str) -> None:
        (tmp_path / "config.toml").write_text(text)
        monkeypatch.setenv("FLASHRLS_CONFIG", str(tmp_path / "config.toml"))

    return write


def log(run: Run, card: str) -> list[tuple[str, Any]]:
    return [(entry["kind"], entry["grade"]) for entry in run("why", card, "--json").json["log"]]


@pytest.mark.usefixtures("sleep")
def test_undo_and_redo_name_what_they_turn(run: Run) -> None:
    ran = run("review", "--plain", stdin="\n1\nu\nr\nq\n")
    assert "Undone: Again for “Which stage of sleep shows spindles?”.\n" in ran.out
    assert "Redone: Again for “Which stage of sleep shows spindles?”.\n" in ran.out
    assert run("show", "spindles", "--json").json["lapses"] == 1
    assert "There is nothing to redo." in run("review", "--plain", stdin="r\n").out


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize(
    ("key", "told", "states"),
    [
        ("-", "Buried until tomorrow: “LTP”.", {"ltp": "buried", "ltp#rev": "new"}),
        ("=", "Buried until tomorrow, the whole note: “LTP”.", {"ltp": "buried", "ltp#rev": "buried"}),
        ("@", "Suspended: “LTP”.", {"ltp": "suspended", "ltp#rev": "new"}),
        ("!", "Suspended, the whole note: “LTP”.", {"ltp": "suspended", "ltp#rev": "suspended"}),
    ],
)
def test_a_card_or_its_note_is_buried_or_suspended_and_undone(
    run: Run, key: str, told: str, states: dict[str, str]
) -> None:
    ran = run("review", "--plain", stdin=f"\n3\n{key}\nq\n")
    assert told in ran.out
    assert ran.out.index(told) < ran.out.index("Q: Memory is [...]")
    assert {card: run("show", card, "--json").json["state"] for card in states} == states
    again = run("review", "--plain", stdin="u\nq\n").out
    assert "Undone: " in again
    assert "Q: LTP" in again.partition("Undone: ")[2]
    assert {run("show", card, "--json").json["state"] for card in states} == {"new"}


@pytest.mark.usefixtures("sleep")
def test_a_star_marks_the_note_and_takes_the_mark_away(run: Run) -> None:
    assert "\nMarked: “Which stage" in run("review", "--plain", stdin="*\n").out
    assert "marked" in run("show", "spindles", "--json").json["tags"]
    assert "\nNo longer marked: “Which" in run("review", "--plain", stdin="*\n").out


@pytest.mark.usefixtures("sleep")
def test_the_log_the_source_and_all_commands_are_told(run: Run) -> None:
    out = run("review", "--plain", stdin="i\n\no\n?\nk\ne\nq\n").out
    assert "spindles: Which stage of sleep shows spindles?\nIt was never asked." in out
    assert "Its source is not attached." in out
    assert "1  Again   2  Hard   3  Good   4  Easy" in out
    assert "It is no leech" in out
    assert "An editor needs a terminal. `flashrls edit spindles` edits it later." in out


def test_an_edit_in_the_editor_shows_the_card_anew(
    run: Run, bring: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bring("---\ndeck: D\nid: d\n---\n\n{#a}\nQ: Old?\nA: old\n")
    monkeypatch.setattr("flashrls.cli.plain.on_terminal", lambda: True)
    monkeypatch.setattr("flashrls.editor.edit_text", lambda text: text.replace("Old?", "New?"))
    monkeypatch.setenv("EDITOR", "ed")
    out = run("review", "--plain", stdin="\ne\n3\nq\n").out
    assert "Edited a: question. Its schedule stays.\n" in out
    assert "Q: New?\nA: old\n1 Again" in out.partition("Edited a")[2]
    assert log(run, "a") == [("edit", None), ("scheduled", 4)]


def test_a_typed_answer_is_compared_and_never_graded(run: Run, bring: Callable[[str], None]) -> None:
    bring("---\ndeck: D\nid: d\n---\n\n{#a .typed}\nQ: Capital?\nA: **Paris**\n\n{#b .typed}\nQ: Two?\nA: u\n")
    ran = run("review", "--plain", stdin="Parus\n3\nU\n4\n")
    assert "You:    Par[-u-]s\nAnswer: Par[+i+]s\nA: **Paris**\n1 Again" in ran.out
    assert "You:    U (the same)\n" in ran.out
    assert log(run, "b") == [("scheduled", 5)]


def test_while_an_answer_is_typed_commands_begin_with_a_colon(run: Run, bring: Callable[[str], None]) -> None:
    bring("---\ndeck: D\nid: d\n---\n\n{#a .typed}\nQ: Letter?\nA: q\n")
    out = run("review", "--plain", stdin=":-\nu\n:x\n:?\nq\n3\n").out
    assert "Buried until tomorrow: “Letter?”" in out
    assert "Undone: “Letter?” buried until tomorrow." in out
    assert "Type the answer, or leave the line empty; :? tells all commands." in out
    assert "You:    q (the same)" in out
    assert log(run, "a") == [("bury", None), ("undo", None), ("scheduled", 4)]


def test_six_grades_are_offered_where_they_are_chosen(
    run: Run, bring: Callable[[str], None], config: Callable[[str], None]
) -> None:
    config('grades = "sm2"\n')
    bring(NUMBERS)
    ran = run("review", "--plain", stdin="\n6\n0\nq\n")
    assert "0 Blackout (today)   1 Wrong (today)   2 Almost (today)   3 Hard (1 day)" in ran.out
    assert "6 is not a grade. 0, 1, 2, 3, 4 or 5 is a grade; ? tells all commands." in ran.out
    assert log(run, "n1") == [("scheduled", 0)]


def test_buttons_tell_the_real_waits_under_a_longest_interval(
    run: Run, bring: Callable[[str], None], config: Callable[[str], None]
) -> None:
    config("maximum_interval = 4\n")
    bring("---\ndeck: D\nid: d\n---\n\n{#a}\nQ: A?\nA: a\n")
    with freeze_time("2026-03-02 12:00"):
        run("review", "--plain", stdin="\n3\n")
    with freeze_time("2026-03-03 12:00"):
        out = run("review", "--plain", stdin="\n").out
    assert "1 Again (today)   2 Hard (4 days)   3 Good (4 days)   4 Easy (4 days)" in out


def test_a_leech_is_told_with_its_lapses_and_may_be_kept_or_suspended(
    run: Run, bring: Callable[[str], None]
) -> None:
    bring("---\ndeck: D\nid: d\n---\n\n{#a}\nQ: A?\nA: a\n")
    outs = []
    for day in range(1, 9):
        with freeze_time(f"2026-03-{day:02} 12:00"):
            outs.append(run("review", "--plain", stdin="\n1\nx\nk\n\n3\n").out)
    assert not any("A leech" in out for out in outs[:-1])
    assert "A leech: “A?” was forgotten 8 times (2026-03-08, 2026-03-07, " in outs[-1]
    assert outs[-1].count("e edits it, @ suspends it, k keeps it as it is, o shows its source") == 2
    assert "Kept as it is: “A?”." in outs[-1]
    assert "leech" not in run("show", "a", "--json").json["tags"]
    run("undo")
    run("undo")
    assert run("show", "a", "--json").json["tags"] == ["leech"]
    assert "leech     8 lapses" in run("show", "a").out
    with freeze_time("2026-03-08 13:00"):
        run("undo")
        out = run("review", "--plain", stdin="\n1\n@\n").out
    assert "Suspended: “A?”" in out
    assert run("show", "a", "--json").json["state"] == "suspended"


def test_after_days_away_it_is_told_how_things_stand(
    run: Run, bring: Callable[[str], None], config: Callable[[str], None]
) -> None:
    config("reviews_per_day = 5\n")
    bring(NUMBERS)
    with freeze_time("2026-03-02 12:00"):
        run("review", "--plain", stdin="\n3\n" * 14)
    with freeze_time("2026-03-12 12:00"):
        out = run("review", "--plain", stdin="").out
        practised = run("review", "--plain", "--practice", stdin="").out
    assert out.startswith("You were away for 9 days: 14 cards are due. At 5 a day that takes 3 days. ")
    assert "You were away" not in practised


def test_the_end_sums_up_and_offers_ten_more(
    run: Run, bring: Callable[[str], None], config: Callable[[str], None]
) -> None:
    config("new_per_day = 2\n")
    bring(NUMBERS)
    out = run("review", "--plain", stdin="\n1\n\n3\n\n3\nt\nq\n").out
    assert (
        "2 cards, 1 at first try, 1 drilled to the end, 3 answers.\n"
        "Hard: Number 1? (failed 1 time)\nDone for today, 2 due tomorrow. Streak: 1 day.\n" in out
    )
    assert "Numbers (10 left, " in out
    assert "Q: Number 3?" in out


def test_an_undo_behind_the_end_goes_on(run: Run, bring: Callable[[str], None]) -> None:
    bring("---\ndeck: D\nid: d\n---\n\n{#a}\nQ: A?\nA: a\n")
    out = run("review", "--plain", stdin="\n3\nu\n\n4\n").out
    assert out.count("Q: A?") == 2
    assert run("show", "a", "--json").json["ease"] == 260


@pytest.mark.usefixtures("run")
def test_texts_of_others_reach_no_terminal(run: Run, bring: Callable[[str], None]) -> None:
    bring("---\ndeck: D\nid: d\n---\n\n{#a}\nQ: Bad\u202e?\nA: bad\n")
    out = run("review", "--plain", stdin="-\nu\ni\n\n1\nq\n").out
    assert "\u202e" not in out

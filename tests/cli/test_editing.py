"""`add` and `edit`: cards written by options or in an editor, with every word kept."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

Editor = Callable[[str], None]


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Editor:
    """Makes $EDITOR a program that leaves a text; `{}` in it is what the program found."""
    monkeypatch.delenv("VISUAL", raising=False)
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfile, text = Path(sys.argv[2]), Path(sys.argv[1]).read_text()\n"
        "Path(sys.argv[1] + '.seen').write_text(file.read_text())\nfile.write_text(text)\n"
    )

    def leaves(text: str) -> None:
        (tmp_path / "left.md").write_text(text)
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script} {tmp_path / 'left.md'}")

    return leaves


@pytest.mark.usefixtures("sleep")
def test_a_card_is_added_by_options_and_an_undo_takes_it_away(run: Run) -> None:
    ran = run("add", "--question", "What is REM?", "--answer", "Rapid eye movement", "--tag", "exam")
    assert ran.code == 0
    assert re.fullmatch(r"1 card added to Sleep::Memory:\n  n-[0-9a-f]{12}  What is REM\?\n", ran.out)
    (card,) = run("cards", "tag:exam", "--json").json
    assert (card["answer"], card["state"]) == ("Rapid eye movement", "new")
    assert run("undo").out.startswith("Undone: “What is REM?” added")
    assert run("cards", "tag:exam", "--json").json == []
    run("redo")
    assert len(run("cards", "tag:exam", "--json").json) == 1


@pytest.mark.usefixtures("sleep")
def test_a_cloze_and_a_reversed_card_make_their_cards(run: Run) -> None:
    told = run("add", "--cloze", "Sleep {{has}} two {{phases::what}}.", "--section", "Intro", "--json").json
    assert [card["question"] for card in told["cards"]] == ["Sleep [...] two phases.", "Sleep has two [what]."]
    assert told["new_deck"] is False
    told = run("add", "--question", "EEG", "--answer", "Electroencephalogram", "--reversed", "--json").json
    assert [card["question"] for card in told["cards"]] == ["EEG", "Electroencephalogram"]


@pytest.mark.usefixtures("sleep")
def test_a_deck_that_is_not_there_is_made_and_the_next_card_goes_there(run: Run) -> None:
    ran = run("add", "--deck", "Heart::Rhythm", "--question", "What is a P wave?", "--answer", "Atrial activity")
    assert ran.out.startswith("1 card added to Heart::Rhythm (new deck):\n")
    ran = run("add", "--question", "What is a T wave?", "--answer", "Repolarisation")
    assert ran.out.startswith("1 card added to Heart::Rhythm:\n")
    assert run("add", "--deck", "Heart", "--question", "Where?", "--answer", "Here").out.startswith(
        "1 card added to Heart (new deck):\n"
    )


@pytest.mark.usefixtures("sleep")
def test_without_a_deck_to_guess_one_must_be_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("Q: A?\nA: a\n")
    run("import", str(tmp_path / "other.md"))
    ran = run("add", "--question", "B?", "--answer", "b")
    assert (ran.code, "Which deck are the cards for?" in ran.err) == (2, True)
    ran = run("add", "--deck", " ", "--question", "B?", "--answer", "b")
    assert (ran.code, "The deck's name is empty." in ran.err) == (2, True)


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--question", "Q?"), "--question needs --answer."),
        (("--answer", "a"), "--answer needs --question."),
        (("--question", " ", "--answer", "a"), "The question is empty."),
        (("--question", "Q?", "--answer", ""), "The answer is empty."),
        (("--cloze", "nothing hidden"), "The text hides nothing."),
        (("--cloze", "{{a", "--tag", "x"), "This cloze is never closed."),
        (("--cloze", "{{a}}", "--question", "Q?"), "--cloze stands instead"),
        (("--cloze", "{{a}}", "--reversed"), "A cloze can't be reversed."),
        (("--question", "Q?", "--answer", "a", "--tag", "typed"), "'typed' is a mark"),
        (("--question", "Q?", "--answer", "a", "--anchor", " "), "An anchor is empty."),
    ],
)
def test_options_that_tell_no_card_are_refused_in_words(run: Run, options: tuple[str, ...], told: str) -> None:
    ran = run("add", *options)
    assert ran.code == 2
    assert told in ran.err
    assert len(run("cards", "--json").json) == 6


@pytest.mark.usefixtures("sleep")
def test_a_second_card_that_asks_the_same_is_told_and_added(run: Run) -> None:
    ran = run("add", "--question", "which stage of sleep  shows spindles?", "--answer", "N2")
    assert ran.code == 0
    assert "R12 no-twin: It asks the same as spindles." in ran.err
    assert len(run("cards", "--json").json) == 7


@pytest.mark.usefixtures("sleep")
def test_texts_that_look_like_a_deck_file_stay_texts(run: Run) -> None:
    """A line that would begin another card or a heading is escaped, not obeyed."""
    told = run("add", "--question", "What?\nA: no answer", "--answer", "# [bold]no[/bold]\n\nQ: x", "--json").json
    assert len(told["cards"]) == 1
    assert "[bold]" in told["cards"][0]["answer"]


@pytest.mark.usefixtures("sleep")
def test_all_cards_written_in_the_editor_are_added(run: Run, editor: Editor, tmp_path: Path) -> None:
    editor("# a comment\nQ: One?\nA: 1\n\n{.x}\nC: {{Two}} is two.\n")
    ran = run("add", "--section", "Counting", "--tag", "exam")
    assert ran.out.startswith("2 cards added to Sleep::Memory:\n")
    seen = (tmp_path / "left.md.seen").read_text()
    assert seen.startswith("Q: \nA: \n\n# New cards for Sleep::Memory, section Counting.\n")
    found = run("cards", "tag:exam", "section:Counting", "--json").json
    assert [card["question"] for card in found] == ["One?", "[...] is two."]


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize("left", ["", "Q: \nA: \n\n# New cards\n"])
def test_an_empty_sheet_adds_nothing(run: Run, editor: Editor, left: str) -> None:
    editor(left)
    ran = run("add")
    assert (ran.code, ran.out, ran.err) == (1, "", "Nothing was added.\n")


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize("left", ["Q: One?\n\nQ: Two?\nA: 2\n", "{#spindles}\nQ: One?\nA: 1\n"])
def test_what_cannot_be_added_is_kept_in_a_file(run: Run, editor: Editor, left: str) -> None:
    editor(left)
    ran = run("add")
    assert ran.code != 0
    found = re.search(r"What you wrote is in (\S+)\.(\s|$)", ran.err)
    assert found
    kept = Path(found[1])
    assert kept.read_text() == left
    kept.unlink()
    kept.parent.rmdir()
    assert len(run("cards", "--json").json) == 6


@pytest.mark.usefixtures("sleep")
def test_an_editor_needs_a_terminal_or_a_name(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    ran = run("add")
    assert ran.code == 2
    assert "An editor needs a terminal." in ran.err


@pytest.mark.usefixtures("sleep")
def test_an_edit_keeps_the_schedule_and_is_in_the_log(run: Run) -> None:
    run("review", "--plain", stdin="\n3\nq\n")
    before = run("show", "spindles", "--json").json
    ran = run("edit", "spindles", "--answer", "Stage N2", "--tag", "exam", "--untag", "night")
    assert ran.out == "Edited spindles: answer, tags. Its schedule stays.\n"
    after = run("show", "spindles", "--json").json
    assert (after["answer"], after["tags"]) == ("Stage N2", ["exam"])
    assert {name for name in after if after[name] != before[name]} == {"answer", "tags"}
    assert set(run("why", "spindles", "--json").json["log"][-1]["changed"]) == {"answer", "tags"}
    assert "edited: answer, tags" in run("why", "spindles").out
    assert run("undo").out.startswith("Undone: “Which stage of sleep shows spindles?” edited (answer, tags)")
    assert run("show", "spindles", "--json").json == before


@pytest.mark.usefixtures("sleep")
def test_a_note_of_several_cards_is_edited_by_its_own_id(run: Run) -> None:
    assert run("edit", "ltp", "--question", "LTP?").out == "Edited ltp: question. Its schedule stays.\n"
    assert run("show", "ltp#rev", "--json").json["answer"] == "LTP?"


@pytest.mark.usefixtures("sleep")
def test_a_cloze_that_loses_a_number_lets_that_card_rest(run: Run) -> None:
    ran = run("edit", "phases#1", "--cloze", "Memory is {{1::encoded}}, consolidated and {{3::retrieved}}.")
    assert ran.out == (
        "Edited phases#1: question. Its schedule stays.\n"
        "phases#2 rests: its words are gone from the text; its history is kept.\n"
    )
    assert [card["id"] for card in run("cards", "memory", "--json").json if "phases" in card["id"]] == [
        "phases#1",
        "phases#3",
    ]
    assert "This card is a cloze" in run("edit", "phases#1", "--question", "Q?").err


@pytest.mark.usefixtures("sleep")
def test_the_editor_shows_the_card_and_its_change_is_saved(run: Run, editor: Editor, tmp_path: Path) -> None:
    editor("{#spindles .night}\nQ: Which stage shows spindles?\nA: N2\n\n> spindles mark stage N2\n\n# comment\n")
    assert run("edit", "spindles").out == "Edited spindles: question. Its schedule stays.\n"
    assert (tmp_path / "left.md.seen").read_text().startswith("{#spindles .night}\nQ: Which stage of sleep")
    assert run("edit", "spindles").out == "Nothing changed.\n"
    editor("")
    assert run("edit", "spindles").out == "Nothing changed.\n"
    told = run("edit", "spindles", "--answer", "N2", "--json").json
    assert (told["card"], told["changed"]) == ("spindles", [])
    assert run("edit", "nope", "--answer", "x").code == 4

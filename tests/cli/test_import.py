"""`flashrls import`: deck files come in whole or not at all, and again without harm."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import DECK, Run


def test_a_deck_file_is_planned_imported_and_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sleep.md"
    file.write_text(DECK)
    ran = run("import", str(file))
    assert ran.code == 0
    assert ran.out == f"{file}: Sleep::Memory (new deck)\n  3 new\nImported: 3 new.\n"


def test_importing_the_same_file_again_changes_nothing(run: Run, sleep: Path, library_path: Path) -> None:
    before = _dump(library_path)
    ran = run("import", str(sleep), "--json")
    assert ran.code == 0
    assert ran.json == {
        "files": [
            {
                "path": str(sleep),
                "deck": "Sleep::Memory",
                "new": 0,
                "edited": 0,
                "moved": 0,
                "unchanged": 3,
                "missing": 0,
                "errors": [],
            }
        ],
        "new": 0,
        "edited": 0,
        "moved": 0,
        "unchanged": 3,
        "missing": 0,
    }
    assert _dump(library_path) == before


def test_an_edit_keeps_the_schedule(run: Run, sleep: Path) -> None:
    run("review", "--plain", "--limit", "1", stdin="\n3\n")
    before = run("cards", "spindles", "--json").json[0]
    sleep.write_text(
        DECK.replace("Which stage of sleep shows spindles?", "In which sleep stage are spindles seen?")
    )
    ran = run("import", str(sleep))
    after = run("cards", "spindles", "--json").json[0]
    assert ran.out == (
        f"{sleep}: Sleep::Memory\n  1 edited, 2 unchanged\n"
        "  edited spindles: Which stage of sleep shows spindles?\n"
        "    now: In which sleep stage are spindles seen?\n"
        "Imported: 1 edited, 2 unchanged.\n"
    )
    assert after == {**before, "question": "In which sleep stage are spindles seen?"}
    assert before["interval_days"] == 1
    assert len(run("why", "spindles", "--json").json["log"]) == 1


def test_a_note_that_left_the_file_is_kept_and_said(run: Run, sleep: Path) -> None:
    sleep.write_text(DECK[: DECK.index("{#phases}")])
    ran = run("import", str(sleep))
    assert ran.code == 0
    assert "missing from the file, kept: phases  Memory is {{1::encoded}}" in ran.out
    assert [card["id"] for card in run("cards", "Memory", "--json").json] == ["phases#1", "phases#2", "phases#3"]


def test_a_dry_run_shows_the_plan_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sleep.md"
    file.write_text(DECK)
    ran = run("import", "--dry-run", str(file))
    assert ran.code == 0
    assert ran.out.endswith("Would import: 3 new.\n")
    assert run("decks", "--json").json == []


def test_a_folder_stands_for_its_deck_files(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "decks"
    (folder / "more").mkdir(parents=True)
    (folder / "a.md").write_text("Q: a?\nA: 1\n")
    (folder / "more" / "b.md").write_text("Q: b?\nA: 2\n")
    (folder / "README.md").write_text("not a deck")
    (folder / ".hidden.md").write_text("not a deck")
    assert run("import", str(folder)).code == 0
    assert [deck["name"] for deck in run("decks", "--json").json] == ["a", "b"]


def test_standard_input_is_a_deck_file_too(run: Run) -> None:
    ran = run("import", "-", stdin=DECK)
    assert ran.out == "<stdin>: Sleep::Memory (new deck)\n  3 new\nImported: 3 new.\n"


def test_standard_input_without_a_deck_name_needs_one(run: Run) -> None:
    ran = run("import", "-", stdin="Q: a?\nA: 1\n")
    assert ran.code == 1
    assert "<stdin>:1: The deck has no name.\n    Write `deck: NAME` into its head, or say --deck NAME." in ran.err
    assert run("import", "-", "--deck", "Odds", stdin="Q: a?\nA: 1\n").code == 0
    assert [deck["name"] for deck in run("decks", "--json").json] == ["Odds"]


def test_all_errors_of_all_files_are_told_and_nothing_is_imported(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(DECK)
    bad.write_text("Q: one\n\nQ: two\nA: 2\n\nC: no cloze\n")
    ran = run("import", str(good), str(bad))
    assert ran.code == 1
    assert ran.out == ""
    assert f"{bad}:1: " in ran.err
    assert f"{bad}:6: " in ran.err
    assert ran.err.endswith(
        "flashrls: 2 errors in 1 file; nothing was imported.\n  Mend the lines named above and import again.\n"
    )
    assert run("decks", "--json").json == []


def test_errors_are_values_in_the_json_plan(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_text("{#x}\nQ: one?\nA: 1\n\n{#x}\nQ: two?\nA: 2\n")
    ran = run("import", "--json", str(bad))
    assert ran.code == 1
    (error,) = ran.json["files"][0]["errors"]
    assert error["line"] == 5
    assert "'x'" in error["message"]
    assert "line 1" in error["message"]
    assert ran.error["code"] == 1
    assert ran.error["kind"] == "bad-deck-files"


def test_ten_thousand_errors_are_all_told(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_text("".join(f"Q: no answer {number}\n\n" for number in range(10_000)))
    ran = run("import", str(bad))
    assert ran.code == 1
    assert sum(line.startswith(f"{bad}:") for line in ran.err.splitlines()) == 10_000


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ":1: The file is empty."),
        (b"caf\xe9\n", ":1: "),
        ("Q: a?\nA: b\n".encode("utf-16"), ":1: "),
        (b"# Only a heading\n", ":1: The file holds no card."),
        (b"---\ndeck: [\n---\n\nQ: a?\nA: b\n", "bad.md:"),
        (b"---\ncolour: red\n---\n\nQ: a?\nA: b\n", "bad.md:2: "),
        (b"C: an {{1::open cloze\n", ":1: "),
        (b"Q: a?\nA: b\n\n> Q: inside\n", ":4: "),
    ],
)
def test_a_bad_file_is_told_with_its_line_and_changes_nothing(
    run: Run, tmp_path: Path, content: bytes, told: str
) -> None:
    file = tmp_path / "bad.md"
    file.write_bytes(content)
    ran = run("import", str(file))
    assert ran.code == 1
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert run("decks", "--json").json == []


def test_a_missing_file_is_no_such_thing(run: Run, tmp_path: Path) -> None:
    ran = run("import", str(tmp_path / "none.md"))
    assert ran.code == 4
    assert ran.err.startswith(f"flashrls: {tmp_path}/none.md: there is no such file or folder.")


def test_a_name_that_no_file_can_have_is_told_in_words(run: Run, tmp_path: Path) -> None:
    ran = run("import", str(tmp_path / ("x" * 300)))
    assert ran.code == 1
    assert ran.err.startswith(f"flashrls: {tmp_path}/{'x' * 300}: the file can't be read (File name too long).")
    assert run("import", "a\ud800b").code == 4
    assert run("import", "a\0b").code == 4


@pytest.mark.parametrize("refused", ["stat", "rglob", "read_bytes"])
def test_a_file_in_a_folder_without_permission_is_told_in_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    """The tests may run as root, who may do everything."""
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "a.md").write_text("Q: a?\nA: 1\n")
    assert run("decks").code == 0

    whole = getattr(Path, refused)

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.is_relative_to(folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return whole(path, *arguments, **options)

    monkeypatch.setattr(Path, refused, refuse)
    ran = run("import", str(folder))
    assert ran.code == 1
    assert "can't be read (Permission denied).\n  Check its permissions." in ran.err


def test_a_file_name_with_control_characters_makes_a_deck_name_without(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a\x1bb.md"
    file.write_text("Q: a?\nA: 1\n")
    assert run("import", str(file)).code == 0
    assert [deck["name"] for deck in run("decks", "--json").json] == ["a␛b"]


def test_a_folder_without_decks_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("import", str(tmp_path / "empty"))
    assert ran.code == 1
    assert "there are no deck files (.md) in this folder" in ran.err


def test_escape_sequences_in_a_file_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "e\x1b]0;T\x07vil.md"
    file.write_text("---\ndeck: \x9b31m\u202eD\n---\n\nQ: a\x1b[2J?\nA: b\n")
    ran = run("import", str(file))
    again = run("import", str(file), "--deck", "x")
    listed = run("cards")
    for text in (ran.out, ran.err, again.out, listed.out, run("decks").out):
        assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e"}


def _dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        dump = list(connection.iterdump())
    connection.close()
    return dump

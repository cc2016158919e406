"""`flashrls import`: deck files come in whole or not at all, and again without harm."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flashrls.cards import Kind, made_key
from tests.cli.conftest import DECK, Run


def test_a_deck_file_is_planned_imported_and_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sleep.md"
    file.write_text(DECK)
    ran = run("import", str(file))
    assert ran.code == 0
    assert ran.out == f"{file}: Sleep::Memory (new deck)\n  3 new\nImported: 3 new.\n"


def test_drafts_are_told_apart_as_they_are_not_asked(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "sheet.md"
    file.write_text("Q: A?\nA: a\n\n{.draft}\nQ: B?\nA: b\n\n{.draft}\nQ: C?\nA: c\n")
    out = run("import", str(file)).out
    assert out == (
        f"{file}: sheet (new deck)\n  3 new\n  2 of them are drafts, not asked before `flashrls accept`\n"
        "Imported: 3 new.\n"
    )


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
                "edited_here": 0,
                "conflicting": 0,
                "added_here": 0,
                "matches": [],
                "conflicts": [],
                "errors": [],
            }
        ],
        "new": 0,
        "edited": 0,
        "moved": 0,
        "unchanged": 3,
        "missing": 0,
        "edited_here": 0,
        "conflicting": 0,
        "added_here": 0,
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


@pytest.mark.parametrize("refused", ["stat", "rglob", "open"])
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


PLAIN = """---
deck: Sleep
id: sleep
---

Q: Which stage of sleep shows spindles?
A: N2

Q: What are spindles for?
A: Memory, it seems

Q: Who reads hypnograms?
A: Sleep laboratories
"""

EDITED = PLAIN.replace("Which stage of sleep shows", "Which stage of sleep has").replace(
    "spindles for", "spindles good for"
)

GUESSES = """\
  1  Which stage of sleep shows spindles?
     → Which stage of sleep has spindles?
     (a similar question; {file}:6)
  2  What are spindles for?
     → What are spindles good for?
     (a similar question; {file}:9)
"""


@pytest.fixture
def plain(run: Run, tmp_path: Path) -> Path:
    """An imported deck without ids, one card of it reviewed, and then two of its questions edited."""
    file = tmp_path / "plain.md"
    file.write_text(PLAIN)
    assert run("import", str(file)).code == 0
    assert run("review", "--plain", "--limit", "1", stdin="\n3\n").code == 0
    file.write_text(EDITED)
    return file


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is there to ask."""
    monkeypatch.setattr("flashrls.cli.agreeing.on_terminal", lambda: True)


def _questions(run: Run) -> list[tuple[str, int]]:
    return [(card["question"], card["repetitions"]) for card in run("cards", "--json").json]


TAKEN = [
    ("Which stage of sleep has spindles?", 1),
    ("What are spindles good for?", 0),
    ("Who reads hypnograms?", 0),
]
KEPT = [
    ("Which stage of sleep shows spindles?", 1),
    ("Which stage of sleep has spindles?", 0),
    ("What are spindles for?", 0),
    ("What are spindles good for?", 0),
    ("Who reads hypnograms?", 0),
]


def test_guesses_are_refused_where_nobody_can_be_asked(run: Run, plain: Path, library_path: Path) -> None:
    before = _dump(library_path)
    ran = run("import", str(plain))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == GUESSES.format(file=plain) + (
        "flashrls: 2 cards may be edited or new; nothing was imported.\n"
        "  Say --yes if they are edited cards that you have, --keep if they are new ones. "
        "An id above a card, {#name}, settles it for good.\n"
    )
    assert _dump(library_path) == before


def test_yes_takes_guesses_as_edits_and_shows_them(run: Run, plain: Path) -> None:
    ran = run("import", "--yes", str(plain))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        f"{plain}: Sleep\n  2 edited, 1 unchanged\n"
        "2 cards not recognised for certain, taken as edited:\n"
        f"{GUESSES.format(file=plain)}Imported: 2 edited, 1 unchanged.\n"
    )
    assert _questions(run) == TAKEN
    assert run("import", str(plain)).out.endswith("Imported: 3 unchanged.\n")


def test_keep_leaves_the_old_cards_and_brings_new_ones(run: Run, plain: Path) -> None:
    ran = run("import", "--keep", str(plain))
    assert ran.code == 0
    assert ran.out.endswith("Imported: 2 new, 1 unchanged, 2 missing.\n")
    assert sorted(_questions(run)) == sorted(KEPT)
    assert run("import", str(plain)).code == 0


def test_yes_and_keep_together_are_wrong_usage(run: Run, plain: Path) -> None:
    ran = run("import", "--yes", "--keep", str(plain))
    assert ran.code == 2
    assert ran.err.startswith("flashrls: --yes and --keep say opposite things.")


@pytest.mark.usefixtures("terminal")
def test_a_dry_run_shows_guesses_and_asks_nothing(run: Run, plain: Path, library_path: Path) -> None:
    before = _dump(library_path)
    ran = run("import", "--dry-run", str(plain))
    assert ran.code == 0
    heading = "2 cards not recognised for certain, the import asks, or takes --yes or --keep:\n"
    assert heading + GUESSES.format(file=plain) in ran.out
    assert "taken as edited" in run("import", "--dry-run", "--yes", str(plain)).out
    assert run("import", "--dry-run", "--keep", str(plain)).out.endswith(
        "Would import: 2 new, 1 unchanged, 2 missing.\n"
    )
    assert _dump(library_path) == before


@pytest.mark.usefixtures("terminal")
def test_guesses_are_told_in_json(run: Run, plain: Path) -> None:
    ran = run("import", "--json", str(plain))
    assert (ran.code, ran.error["kind"]) == (1, "unsure-matches")
    (file,) = ran.json["files"]
    assert file["matches"][1] == {
        "id": made_key(Kind.BASIC, "What are spindles for?"),
        "from": None,
        "old": "What are spindles for?",
        "new": "What are spindles good for?",
        "by": "a similar question",
        "sure": False,
    }
    assert (file["edited"], ran.json["edited"], ran.json["unchanged"]) == (2, 0, 0)
    done = run("import", "--json", "--yes", str(plain))
    assert (done.code, done.json["edited"], done.json["files"][0]["matches"]) == (0, 2, file["matches"])


@pytest.mark.parametrize(
    ("typed", "questions"),
    [
        ("\n", TAKEN),
        ("y\n", TAKEN),
        ("what?\nYES\n", TAKEN),
        ("n\n", KEPT),
        ("o\ny\ny\n", TAKEN),
        ("o\na\n", TAKEN),
        ("o\nn\nN\n", KEPT),
        ("o\n\nn\n", [*TAKEN[:1], *KEPT[2:]]),
    ],
)
@pytest.mark.usefixtures("terminal")
def test_the_learner_is_asked_about_guesses(
    run: Run, plain: Path, typed: str, questions: list[tuple[str, int]]
) -> None:
    ran = run("import", str(plain), stdin=typed)
    assert ran.code == 0
    assert ran.err.startswith("2 cards may be edited, or new:\n\n" + GUESSES.format(file=plain))
    assert sorted(_questions(run)) == sorted(questions)
    assert run("import", str(plain)).code == 0


@pytest.mark.parametrize(("typed", "code"), [("q\n", 1), ("o\ny\nq\n", 1), ("", 130), ("o\n", 130)])
@pytest.mark.usefixtures("terminal")
def test_a_learner_who_leaves_the_question_imports_nothing(
    run: Run, plain: Path, library_path: Path, typed: str, code: int
) -> None:
    before = _dump(library_path)
    ran = run("import", str(plain), stdin=typed)
    assert (ran.code, ran.out) == (code, "")
    assert _dump(library_path) == before


@pytest.mark.usefixtures("terminal")
def test_one_guess_is_one_question(run: Run, plain: Path) -> None:
    plain.write_text(EDITED.replace("good for", "for"))
    ran = run("import", str(plain), stdin="n\n")
    assert ran.err.startswith("1 card may be edited, or new:\n")
    assert "\nEdited? [Y/n/q]" in ran.err
    assert len(_questions(run)) == 4


def test_guesses_are_asked_on_a_real_terminal(plain: Path) -> None:
    command = [sys.executable, "-m", "flashrls", "import", str(plain)]
    ours, theirs = os.openpty()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while b"[q]uit" not in seen:
            seen += os.read(ours, 4096)
        os.write(ours, b"n\n")
        while chunk := _read(ours):
            seen += chunk
    os.close(ours)
    assert process.returncode == 0
    assert b"Imported: 2 new, 1 unchanged, 2 missing." in seen


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the process closed its end
        return b""


@pytest.mark.usefixtures("terminal")
def test_a_deck_whose_file_was_renamed_is_one_question(run: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    cards = PLAIN.split("---\n")[2]
    old.write_text(cards)
    assert run("import", str(old)).code == 0
    new.write_text(cards)
    ran = run("import", str(new), stdin="y\n")
    assert (
        f"  1  3 cards of the deck 'old' are in {new} word for word;\n"
        "     no file here is that deck's, so it seems renamed or joined with another\n"
    ) in ran.err
    assert ran.out.endswith("Imported: 3 moved.\n")
    assert [deck["name"] for deck in run("decks", "--json").json] == ["new"]


def test_a_card_that_moves_between_files_is_told_with_its_deck(run: Run, sleep: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    at = DECK.index("{#phases}")
    sleep.write_text(DECK[:at])
    other.write_text("---\ndeck: Other\ntags: [night]\n---\n\n# Stages\n\n" + DECK[at:])
    ran = run("import", str(sleep), str(other))
    assert ran.out == (
        f"{sleep}: Sleep::Memory\n  2 unchanged\n"
        f"{other}: Other (new deck)\n  1 moved\n"
        "  moved phases from the deck 'Sleep::Memory' (recognised by the same id and text): "
        "Memory is {{1::encoded}}, {{2::consolidated}} and {{3::retrieved::brought back}}.\n"
        "Imported: 1 moved, 2 unchanged.\n"
    )


def test_a_card_that_comes_back_is_told(run: Run, sleep: Path) -> None:
    at = DECK.index("{#phases}")
    sleep.write_text(DECK[:at])
    run("import", str(sleep))
    sleep.write_text(DECK)
    ran = run("import", str(sleep))
    assert "  back, goes on: phases: Memory is {{1::encoded}}" in ran.out
    assert ran.out.endswith("Imported: 3 unchanged.\n")


def test_of_two_cards_with_one_id_the_error_names_the_new_one(run: Run, sleep: Path) -> None:
    sleep.write_text(DECK.replace("{#ltp", "{#spindles}\nQ: Which waves are slow?\nA: Delta\n\n{#ltp", 1))
    ran = run("import", str(sleep))
    line = DECK.count("\n", 0, DECK.index("{#spindles}")) + 1
    assert ran.code == 1
    assert ran.err.startswith(
        f"{sleep}:{line + 6}: The id 'spindles' is used twice; it is the id of the card in line {line}, "
        "this one is new.\n    Give this card another id.\n"
    )


@pytest.mark.usefixtures("terminal")
def test_escape_sequences_in_guesses_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "e\x1b[2Jvil.md"
    file.write_text("Q: What does a\x9b31m do, if it comes\u202e?\nA: b\n")
    run("import", str(file))
    file.write_text("Q: What does a\x1b]0;T\x07 do, if it comes\u202e?\nA: b\n")
    asked = run("import", str(file), stdin="q\n")
    taken = run("import", "--yes", str(file))
    assert "(a similar question; " in asked.err
    assert "(a similar question; " in taken.out
    for text in (asked.err, taken.out):
        assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e"}


def _dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        dump = list(connection.iterdump())
    connection.close()
    return dump

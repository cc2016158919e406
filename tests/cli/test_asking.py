"""Questions before much is changed: asked on a terminal, and taken at their word."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

MANY = "---\ndeck: Numbers\nid: numbers\n---\n\n" + "".join(
    f"{{#n{n}}}\nQ: Number {n}?\nA: {n}\n\n" for n in range(12)
)


def on_terminal(library_path: Path, typed: str, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run the program with its input and talk on a terminal where `typed` is typed; return its code and talk."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "flashrls", *arguments],
            stdin=theirs,
            stderr=theirs,
            stdout=subprocess.DEVNULL,
            timeout=60,
            env={**os.environ, "FLASHRLS_DB": str(library_path), "TERM": "dumb", **environment},
        )
        talk = os.read(ours, 65536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    return ran.returncode, talk.replace("\r\n", "\n")


@pytest.fixture
def numbers(run: Run, tmp_path: Path) -> None:
    """A deck of twelve cards."""
    file = tmp_path / "numbers.md"
    file.write_text(MANY)
    assert run("import", str(file)).code == 0


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize(("typed", "code", "suspended"), [("y\n", 0, 12), ("n\n", 1, 0), ("\n", 1, 0)])
def test_more_than_ten_cards_are_changed_only_after_a_yes(
    run: Run, library_path: Path, typed: str, code: int, suspended: int
) -> None:
    ended, talk = on_terminal(library_path, typed, "suspend", "deck:Numbers")
    assert ended == code
    assert "  n0  Number 0?\n" in talk
    assert "… and 7 more\n" in talk
    assert "12 cards will be suspended. Go on? [y/N]" in talk
    assert ("Nothing was changed." in talk) == (code == 1)
    assert len(run("cards", "is:suspended", "--json").json) == suspended


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize(("typed", "deck"), [("\n", "Numbers"), ("y\n", "Numbers"), ("n\n", "Numbrs")])
def test_a_deck_that_is_nearly_there_is_asked_about(run: Run, library_path: Path, typed: str, deck: str) -> None:
    arguments = ("add", "--deck", "Numbrs", "--question", "Zebra?", "--answer", "Here")
    ended, talk = on_terminal(library_path, typed, *arguments)
    assert ended == 0
    assert "There is no deck 'Numbrs'. Add to 'Numbers' instead? [Y/n]" in talk
    assert [card["deck"] for card in run("cards", "zebra?", "--json").json] == [deck]


@pytest.mark.usefixtures("numbers")
def test_a_faulty_sheet_can_be_edited_again(run: Run, library_path: Path, tmp_path: Path) -> None:
    """The editor appends what is missing, so that the second time the card is whole."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\nfile = open(sys.argv[1], 'r+')\ntext = file.read()\nfile.seek(0)\nfile.truncate()\n"
        "file.write(text + 'A: whole\\n' if text == 'Q: Zebra?\\n' else 'Q: Zebra?\\n')\n"
    )
    arguments = ("add", "--deck", "Numbers")
    ended, talk = on_terminal(library_path, "y\n", *arguments, EDITOR=f"{sys.executable} {script}", VISUAL="")
    assert ended == 0
    assert "line 1: This question has no answer." in talk
    assert [card["answer"] for card in run("cards", "zebra?", "--json").json] == ["whole"]

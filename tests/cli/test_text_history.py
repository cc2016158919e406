"""`show --history`: what a card said before, and what was taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from flashrls.cli import main


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command on a library with one card, and return what it prints."""
    file, library = tmp_path / "s.md", str(tmp_path / "l.db")
    file.write_text("---\ndeck: S\nid: s\n---\n\n{#a}\nQ: Frage?\nA: alt\n")

    def ran(*arguments: str) -> str:
        assert main(["--db", library, *arguments]) == 0
        return capsys.readouterr().out

    ran("import", str(file))
    return ran


def test_earlier_texts_are_told_oldest_first_also_those_taken_back(run: Callable[..., str]) -> None:
    assert run("show", "a", "--history") == "Its text was never changed here.\n"
    run("edit", "a", "--answer", "neu")
    run("edit", "a", "--answer", "neuer\x1b[2J", "--tag", "x")
    run("undo")
    told = [line[18:] if line[:2] == "20" else line for line in run("show", "a", "--history").splitlines()]
    assert told == [
        *("edited", "  answer", "    - alt", "    + neu"),
        *("edited (undone)", "  answer", "    - neu", "    + neuer␛[2J", "  tags", "    - (nothing)", "    + x"),
    ]
    history = json.loads(run("show", "a", "--history", "--json"))["history"]
    assert [(one["before"], one["after"], one["undone"]) for one in history] == [
        ({"answer": "alt"}, {"answer": "neu"}, False),
        ({"answer": "neu", "tags": []}, {"answer": "neuer\x1b[2J", "tags": ["x"]}, True),
    ]

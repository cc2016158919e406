"""The command line as its users run it: in this process, or as a process of its own."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flashrls.cli import main

DECK = """---
deck: Sleep::Memory
id: sleep
tags: [night]
---

# Stages

{#spindles}
Q: Which stage of sleep shows spindles?
A: N2

> spindles mark stage N2

{#ltp .reversed .terms}
Q: LTP
A: Long-term potentiation

{#phases}
C: Memory is {{1::encoded}}, {{2::consolidated}} and {{3::retrieved::brought back}}.
"""


@dataclass(frozen=True)
class Ran:
    """What a run of the program left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout as the one JSON document it must be."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The JSON error on stderr."""
        return json.loads(self.err)["error"]


Run = Callable[..., Ran]


class _Stdin(io.TextIOWrapper):
    """A standard input made of a text."""

    def __init__(self, text: str) -> None:
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8")


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    return tmp_path / "library" / "cards.db"


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], library_path: Path, tmp_path: Path
) -> Run:
    """Runs `flashrls` with arguments and standard input, in this process, on a library without bundled decks."""
    no_decks = tmp_path / "no-decks"
    no_decks.mkdir()
    monkeypatch.setattr("flashrls.bundled.folder", lambda _name: no_decks)
    monkeypatch.setenv("FLASHRLS_DB", str(library_path))

    def run(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", _Stdin(stdin))
        capsys.readouterr()
        code = main(arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def sleep(run: Run, tmp_path: Path) -> Path:
    """The deck file `sleep.md`, imported."""
    file = tmp_path / "sleep.md"
    file.write_text(DECK, encoding="utf-8")
    assert run("import", str(file)).code == 0
    return file


@pytest.fixture
def process(library_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs `python -m flashrls` as a process of its own, with the bundled decks."""

    def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        import os

        return subprocess.run(
            [sys.executable, "-m", "flashrls", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "FLASHRLS_DB": str(library_path), **environment},
        )

    return run

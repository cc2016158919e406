"""The program as a process: imports, exit codes, pipes, locks, first start."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flashrls.store.schema import FORMAT

Process = Callable[..., subprocess.CompletedProcess[str]]


def test_the_command_line_loads_nothing_heavy() -> None:
    code = (
        "import sys, flashrls.cli; "
        "print([m for m in ('sqlalchemy', 'alembic', 'textual', 'rich', 'markdown_it', 'yaml', 'platformdirs') "
        "if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("command", [["due"], ["decks"]])
def test_a_short_command_never_imports_sqlalchemy(process: Process, library_path: Path, command: list[str]) -> None:
    process("decks")
    code = f"import sys; from flashrls.cli import main; main({command!r}); print('sqlalchemy' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "FLASHRLS_DB": str(library_path)},
    )
    assert ran.stdout.endswith("False\n")


def test_the_first_start_brings_the_bundled_decks(process: Process, library_path: Path) -> None:
    ran = process("decks", "--json")
    assert ran.returncode == 0, ran.stderr
    assert [deck["id"] for deck in json.loads(ran.stdout)] == [
        "welcome",
        "rls-overview",
        "rls-dopamine",
        "rls-iron",
        "rls-genetics",
        "rls-hyperexcitability",
    ]
    assert library_path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        (["nonsense"], 2),
        (["cards", "--nonsense"], 2),
        (["due", "--nonsense"], 2),
        (["show", "nonsense"], 4),
        (["review", "--plain", "--limit", "x"], 2),
        (["--db", "postgresql://host/db", "due"], 2),
        (["--db", "", "due"], 2),
        (["--db", "~nobody-of-that-name/x", "due"], 0),
        (["--db", ":memory:", "due"], 0),
        (["review", "--plain", "--new", "9" * 20], 2),
        (["cards", "word " * 1000], 2),
        (["cards", "-hormone"], 0),
        (["cards", "\udcff"], 2),
        (["--db", "\udcff.db", "due"], 0),
    ],
)
def test_exit_codes(
    process: Process, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = process(*arguments)
    assert ran.returncode == code, ran.stderr
    assert "Traceback" not in ran.stderr


def test_an_output_without_unicode_gets_question_marks_not_a_traceback(process: Process) -> None:
    ran = process("cards", "is:new", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.returncode == 0, ran.stderr
    assert "Which" in ran.stdout


def test_input_that_is_no_text_is_no_grade(library_path: Path, process: Process) -> None:
    process("due")
    ran = subprocess.run(
        [sys.executable, "-m", "flashrls", "review", "--plain"],
        input=b"\n\xff\xfe\n3\nq\n",
        capture_output=True,
        timeout=60,
        env={**os.environ, "FLASHRLS_DB": str(library_path)},
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(process("due", "--json").stdout)["new"] == 19


def test_a_full_disk_behind_stdout_is_told_in_one_line(process: Process, library_path: Path) -> None:
    process("due")
    ran = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m flashrls due > /dev/full"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "FLASHRLS_DB": str(library_path)},
    )
    assert (ran.returncode, ran.stderr) == (1, "flashrls: No space left on device\n")


def test_a_grade_that_could_not_be_saved_fails_the_review(process: Process, library_path: Path) -> None:
    process("due")
    with contextlib.closing(sqlite3.connect(library_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = process("review", "--plain", "--limit", "1", stdin="\n3\n")
    assert ran.returncode == 7
    assert "Not saved: " in ran.stderr


def test_a_card_done_by_another_program_meanwhile_is_not_asked_again(process: Process, library_path: Path) -> None:
    process("due")
    with subprocess.Popen(
        [sys.executable, "-m", "flashrls", "review", "--plain", "--limit", "3"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "FLASHRLS_DB": str(library_path), "PYTHONUNBUFFERED": "1"},
    ) as review:
        assert review.stdout is not None
        while "Q: " not in review.stdout.readline():
            pass
        process("review", "--plain", "--limit", "2", stdin="\n3\n\n3\n")
        out, err = review.communicate("\n1\n\n3\n", timeout=60)
    assert "forgetting-speed was graded or changed elsewhere" in err
    assert out.count("Q: ") == 1
    log = json.loads(process("why", "forgetting-speed", "--json").stdout)["log"]
    assert [entry["grade"] for entry in log] == [4]


def test_every_command_has_help_with_an_example(process: Process) -> None:
    for command in ("review", "import", "decks", "cards", "show", "why", "due", "undo", "stats"):
        ran = process(command, "--help")
        assert ran.returncode == 0
        assert "Example" in ran.stdout


def test_a_reader_that_leaves_early_meets_no_traceback(process: Process, library_path: Path) -> None:
    process("due")
    ran = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m flashrls cards --json | head -n 1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "FLASHRLS_DB": str(library_path)},
    )
    assert ran.stdout == "[\n"
    assert ran.stderr == ""
    assert ran.returncode == 141


def test_ctrl_c_ends_a_review_with_130_and_all_grades_kept(process: Process, library_path: Path) -> None:
    process("due")
    review = subprocess.Popen(
        [sys.executable, "-m", "flashrls", "review", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "FLASHRLS_DB": str(library_path), "PYTHONUNBUFFERED": "1"},
    )
    assert review.stdin is not None
    assert review.stdout is not None
    review.stdin.write("\n3\n")
    review.stdin.flush()
    while "(19 left" not in (line := review.stdout.readline()):
        assert line, "it ended before the next card came"
    review.send_signal(signal.SIGINT)
    _, err = review.communicate(timeout=30)
    assert review.returncode == 130
    assert "Traceback" not in err
    assert json.loads(process("due", "--json").stdout)["new"] == 19


def test_a_locked_library_is_told_and_waited_for_only_so_long(process: Process, library_path: Path) -> None:
    process("due")
    with contextlib.closing(sqlite3.connect(library_path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        ran = process("undo", "--json")
    assert ran.returncode == 7
    error = json.loads(ran.stderr)["error"]
    assert (error["code"], error["kind"]) == (7, "library-locked")


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "the file is empty"), (b"not a database, but long enough to be one" * 30, "not an SQLite file")],
)
def test_a_file_that_is_no_library_is_declined_untouched(
    process: Process, library_path: Path, content: bytes, told: str
) -> None:
    library_path.parent.mkdir()
    library_path.write_bytes(content)
    for command in (["due"], ["cards"], ["import", "-"]):
        ran = process(*command)
        assert ran.returncode == 1
        assert told in ran.stderr
    assert library_path.read_bytes() == content
    assert [path.name for path in library_path.parent.iterdir()] == ["cards.db"]


def test_a_library_of_a_newer_release_is_declined_untouched(process: Process, library_path: Path) -> None:
    process("due")
    with contextlib.closing(sqlite3.connect(library_path)) as other:
        other.execute("PRAGMA user_version = 99")
    before = library_path.read_bytes()
    ran = process("decks")
    assert ran.returncode == 1
    assert f"a newer FlashRLS wrote this library (format 99, this program knows {FORMAT})" in ran.stderr
    assert "pip install --upgrade flashrls" in ran.stderr
    assert library_path.read_bytes() == before


def test_a_closed_standard_output_is_no_error(library_path: Path, process: Process) -> None:
    process("due")
    ran = subprocess.run(
        f"{sys.executable} -m flashrls source --text >&-",
        shell=True,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "FLASHRLS_DB": str(library_path)},
    )
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)

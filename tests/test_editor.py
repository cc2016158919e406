"""The user's editor, as real programs: what they leave is read, and what they wrote is never lost."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flashrls import editor
from flashrls.editor import edit_text, keep_text
from flashrls.errors import EditorFailed, EditorInterrupted

Editor = Callable[[str], Path]


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which texts are handed to the editor."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scratch: Path) -> Editor:  # noqa: ARG001
    """Makes a shell script the editor; its $1 is the file."""

    def used(script: str) -> Path:
        path = tmp_path / "an editor"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", f"'{path}'")
        return path

    return used


def kept(error: EditorFailed | EditorInterrupted) -> bytes:
    """What the file holds that the error tells of."""
    found = re.search(r"What you wrote is in (\S+)\. ?", error.mend)
    assert found, error.mend
    return Path(found[1]).read_bytes()


def left(scratch: Path) -> list[str]:
    return [str(path) for path in scratch.rglob("*")]


def test_what_was_written_comes_back_and_nothing_stays(use: Editor, scratch: Path) -> None:
    """Line ends become LF; what the editor left beside the file goes, too."""
    use(r'printf "bé\r\nc" >> "$1"; touch "$1~"')
    assert edit_text("a\n") == "a\nbé\nc"
    assert left(scratch) == []


def test_the_file_is_the_owners_alone_and_named_for_its_language(
    use: Editor, tmp_path: Path, scratch: Path
) -> None:
    use(f'stat -c "%a %n" "$1" "$(dirname "$1")" > {tmp_path}/modes')
    assert edit_text("a", suffix=".toml") == "a"
    file, folder = (tmp_path / "modes").read_text().splitlines()
    assert file.startswith("600 ") and file.endswith(".toml")
    assert folder.startswith("700 ")
    assert left(scratch) == []


def test_visual_goes_first_and_may_hold_arguments(use: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    script = use('echo "$1" > "$2"')
    monkeypatch.setenv("VISUAL", f"'{script}' 'two words'")
    monkeypatch.setenv("EDITOR", "/nowhere")
    assert edit_text("a") == "two words\n"


def test_a_new_file_in_the_old_ones_place_is_read(use: Editor) -> None:
    """Many editors save so."""
    use('echo b > "$1.new"; mv "$1.new" "$1"')
    assert edit_text("a") == "b\n"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 3", "ended with exit code 3"),
        ("kill -9 $$", "was ended by SIGKILL"),
        ("kill -TERM $$", "was ended by SIGTERM"),
    ],
)
def test_an_editor_that_fails_is_told_and_its_text_kept(
    use: Editor, scratch: Path, script: str, reason: str
) -> None:
    """Kept only if something was written."""
    use(script)
    with pytest.raises(EditorFailed, match=f"{reason}. Nothing was changed"):
        edit_text("a")
    assert left(scratch) == []
    use(f'echo mine >> "$1"; {script}')
    with pytest.raises(EditorFailed, match=reason) as failed:
        edit_text("a\n")
    assert kept(failed.value) == b"a\nmine\n"


@pytest.mark.parametrize(
    ("script", "reason", "start"),
    [
        (r'printf "\351t\351" > "$1"', "0xE9, is not UTF-8", b"\xe9t\xe9"),
        (r'printf "abcd\000e" > "$1"', "There is a NUL at byte 4", b"abcd\0e"),
        ('head -c 100000000 /dev/zero | tr "\\0" x > "$1"', "longer than 10 MB", b"xxx"),
    ],
)
def test_nonsense_is_refused_and_kept(use: Editor, script: str, reason: str, start: bytes) -> None:
    use(script)
    with pytest.raises(EditorFailed, match=reason) as failed:
        edit_text("a")
    assert kept(failed.value).startswith(start)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ('rm "$1"', "deleted the file"),
        ('rm "$1"; mkfifo "$1"', "is no file"),
        ('rm "$1"; mkdir "$1"', "is no file"),
        ('rm "$1"; ln -s /etc/passwd "$1"', "can't be read"),
    ],
)
def test_a_file_that_is_gone_or_none_is_told(use: Editor, scratch: Path, script: str, reason: str) -> None:
    use(script)
    with pytest.raises(EditorFailed, match=reason):
        edit_text("a")
    assert left(scratch) == []


def test_a_name_that_is_no_program_is_told(monkeypatch: pytest.MonkeyPatch, scratch: Path) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    for said, reason in [("/nowhere/ed", "No such file"), ("'a", "never closed"), ("\x1b[2J", "can't be run")]:
        monkeypatch.setenv("EDITOR", said)
        with pytest.raises(EditorFailed, match=reason) as failed:
            edit_text("a")
        assert "\x1b" not in str(failed.value)
    assert left(scratch) == []


def test_without_any_editor_the_mend_names_the_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", " ")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EditorFailed) as failed:
        edit_text("a")
    assert failed.value.mend == "Set the variable EDITOR, as in: export EDITOR=nano"
    for name in ("nano", "vi"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {name} > $1\n")
        (tmp_path / name).chmod(0o700)
        assert edit_text("a") == f"{name}\n"


def test_a_folder_that_is_full_or_missing_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    monkeypatch.setenv("EDITOR", "true")
    with pytest.raises(EditorFailed, match="No file can be made"):
        edit_text("a")


@pytest.mark.parametrize("writes", [False, True])
def test_ctrl_c_ends_an_editor_that_hangs(tmp_path: Path, scratch: Path, use: Editor, writes: bool) -> None:
    """As a terminal sends it: to the editor and to us; what was saved by then is kept."""
    ready = tmp_path / "ready"
    save = 'echo mine > "$1"; ' if writes else ""
    use(f"{save}echo > {ready}; exec sleep 60")
    program = (
        "import sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from flashrls.editor import edit_text\n"
        "from flashrls.errors import EditorInterrupted\n"
        "try: edit_text('a')\n"
        "except EditorInterrupted as error: print(error.mend); sys.exit(error.exit_code)\n"
        "except KeyboardInterrupt: sys.exit(130)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(scratch)], stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        while not ready.exists():
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=30)[0].decode()
    assert process.returncode == 130
    if writes:
        assert kept(EditorInterrupted(told.partition(" is in ")[2].strip().removesuffix("."))) == b"mine\n"
    else:
        assert told == ""
        assert left(scratch) == []


def test_ctrl_c_in_an_editor_that_knows_it_is_none_of_ours(use: Editor) -> None:
    """vi uses it to leave insert mode; our own handler is back afterwards."""
    before = signal.getsignal(signal.SIGINT)
    use('trap : INT; kill -INT $PPID; echo b > "$1"')
    assert edit_text("a") == "b\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_a_text_can_be_kept(scratch: Path) -> None:
    path = keep_text("a\né")
    assert path.is_relative_to(scratch)
    assert path.read_text() == "a\né"
    assert path.stat().st_mode & 0o777 == 0o600
    assert editor.MOST_BYTES == 10_000_000

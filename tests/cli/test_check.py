"""`flashrls check`: what is wrong with deck files, and ids written into them."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SOURCE = "Spindles mark stage N2. Caffeine delays sleep.\n"
GOOD = """---
deck: Sleep
id: sleep
source: {title: sleep}
---

{#spindles}
Q: Which stage shows spindles?
A: N2

> Spindles mark stage N2
"""
DECLINED = "What a machine can check is checked; whether a card is good, a reader decides."
UNVERIFIED = (
    "{}: its anchors were not verified: the source isn't at hand.\n"
    "    Name it with --source DOC, or attach it for good: `flashrls source add DOC`.\n"
)


@pytest.fixture
def source(tmp_path: Path) -> str:
    file = tmp_path / "sleep.txt"
    file.write_text(SOURCE)
    return str(file)


def file_with(folder: Path, text: str, name: str = "sleep.md") -> Path:
    file = folder / name
    file.write_text(text)
    return file


def test_a_deck_without_findings_is_said_to_be_checked_not_to_be_good(
    run: Run, tmp_path: Path, source: str
) -> None:
    ran = run("check", str(file_with(tmp_path, GOOD)), "--source", source)
    assert (ran.code, ran.out, ran.err) == (0, "", f"1 note checked: 0 errors, 0 warnings. {DECLINED}\n")


def test_findings_are_told_with_file_line_rule_reason_and_mend(run: Run, tmp_path: Path, source: str) -> None:
    file = file_with(tmp_path, GOOD.replace("> Spindles mark", "> Spindles show"))
    ran = run("check", str(file), "--source", source)
    assert ran.code == 1
    assert ran.out == (
        f"{file}:8: error R9 anchored: The anchor 'Spindles show stage N2' is not in the source.\n"
        "    The nearest words are 'Spindles mark stage N2'.\n"
    )
    assert ran.err == f"1 note checked: 1 error, 0 warnings. {DECLINED}\n"


def test_files_that_are_no_decks_are_told_first_in_the_same_shape(run: Run, tmp_path: Path) -> None:
    good = file_with(tmp_path, GOOD.replace("stage shows", "stage  shows"), "a.md")
    bad = file_with(tmp_path, "Q: a\n\nC: b\n", "b.md")
    ran = run("check", str(tmp_path))
    assert ran.code == 1
    assert ran.out == (
        f"{bad}:1: error syntax: This question has no answer.\n"
        "    Write it below, behind 'A:'.\n"
        f"{bad}:3: error syntax: This 'C:' hides nothing.\n"
        "    Put what is to be asked into braces: {{1::words}}.\n"
        f"{good}:8: warning R15 well-formed: In the question, there are two spaces in a row.\n"
        "    Leave one; a word may be missing there.\n"
    )
    assert ran.err == UNVERIFIED.format(good) + f"1 note checked: 2 errors, 1 warning. {DECLINED}\n"


@pytest.mark.parametrize(("strict", "code"), [((), 0), (("--strict",), 1)])
def test_warnings_fail_only_when_strict(
    run: Run, tmp_path: Path, source: str, strict: tuple[str, ...], code: int
) -> None:
    file = file_with(tmp_path, GOOD.replace("stage shows", "stage  shows"))
    ran = run("check", str(file), "--source", source, *strict)
    assert (ran.code, ran.out.count("warning R15")) == (code, 1)


def test_a_waived_rule_is_silent_and_counted(run: Run, tmp_path: Path, source: str) -> None:
    waived = GOOD.replace("stage shows", "stage  shows").replace("{#spindles}", '{#spindles allow-R15="a table"}')
    ran = run("check", "--strict", str(file_with(tmp_path, waived)), "--source", source)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"1 note checked: 0 errors, 0 warnings, 1 waived. {DECLINED}\n"


def test_one_json_document_tells_it_all(run: Run, tmp_path: Path, source: str) -> None:
    good = file_with(tmp_path, GOOD, "a.md")
    bad = file_with(tmp_path, "Q: Is it so?\nA: Yes\n\nQ: a\n", "b.md")
    ran = run("check", "--json", str(good), str(bad), "-", "--source", source, stdin="Q: Is N2 so?\nA: Yes\n")
    assert ran.code == 1
    assert ran.err == ""
    files = {file["path"]: file for file in ran.json["files"]}
    assert {key: value for key, value in ran.json.items() if key != "files"} == {
        "errors": 2,
        "warnings": 1,
        "waived": 0,
    }
    assert files[str(good)]["notes"] == 1
    assert files[str(good)]["deck"] == "Sleep"
    assert files[str(good)]["findings"] == []
    assert set(files[str(good)]["source"]) == {"title", "file", "sha256"}
    assert files[str(good)]["source"]["file"] == "sleep.txt"
    assert files[str(bad)] == {
        "path": str(bad),
        "deck": None,
        "notes": 0,
        "findings": [
            {
                "line": 4,
                "severity": "error",
                "rule": "syntax",
                "note": None,
                "message": "This question has no answer.",
                "mend": "Write it below, behind 'A:'.",
            }
        ],
        "source": None,
    }
    assert [(found["rule"], found["severity"]) for found in files["<stdin>"]["findings"]] == [
        ("R4", "error"),
        ("R9", "warning"),
    ]


def test_without_its_source_a_file_says_so_once_and_passes(run: Run, tmp_path: Path) -> None:
    file = file_with(tmp_path, GOOD + GOOD[GOOD.index("{#") :].replace("spindles", "others"))
    ran = run("check", "--strict", str(file))
    assert ran.code == 0
    assert ran.err == UNVERIFIED.format(file) + f"2 notes checked: 0 errors, 0 warnings. {DECLINED}\n"
    assert run("check", "--json", str(file)).json["files"][0]["source"] is None


def test_a_library_is_asked_for_the_document_and_never_made(
    run: Run, tmp_path: Path, source: str, library_path: Path
) -> None:
    file = file_with(tmp_path, GOOD.replace("> Spindles mark", "> Spindles show"))
    assert run("check", str(file)).code == 0
    assert not library_path.exists()
    assert run("source", "add", source).code == 0
    ran = run("check", str(file))
    assert ran.code == 1
    assert "R9 anchored: The anchor 'Spindles show stage N2' is not in the source." in ran.out


def test_a_library_that_fails_is_told_and_the_check_goes_on(run: Run, tmp_path: Path, library_path: Path) -> None:
    library_path.parent.mkdir()
    library_path.write_text("no library at all, but a text")
    ran = run("check", str(file_with(tmp_path, GOOD)))
    assert ran.code == 0
    assert "the library was not asked for documents: " in ran.err
    assert library_path.read_text() == "no library at all, but a text"


def test_another_state_of_the_source_is_a_warning(run: Run, tmp_path: Path, source: str) -> None:
    file = file_with(tmp_path, GOOD.replace("{title: sleep}", f"{{sha256: {'0' * 64}}}"))
    ran = run("check", str(file), "--source", source)
    assert ran.code == 0
    assert f"{file}:1: warning R9 anchored: The head names another state of the source: sha256 00000000…" in ran.out


def test_ids_are_written_and_told_and_a_second_time_there_is_nothing_to_write(run: Run, tmp_path: Path) -> None:
    file = file_with(tmp_path, GOOD.replace("{#spindles}\n", "") + "\nC: {{N2}} and {{N3}} are calm.\n")
    file.chmod(0o640)
    first = run("check", "--write-ids", str(file))
    assert f"{file}: wrote 2 ids (n2-spindles, n2-calm) and 2 cloze numbers.\n" in first.err
    content = file.read_bytes()
    assert b"{#n2-spindles}\nQ: Which" in content
    assert content.endswith(b"{#n2-calm}\nC: {{1::N2}} and {{2::N3}} are calm.\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(tmp_path.glob("**/.flashrls*")) == []
    before = file.stat()
    second = run("check", "--write-ids", "--json", str(file))
    assert second.json["files"][0]["written"] == {"ids": [], "numbers": 0}
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_lines_are_told_as_they_are_after_writing(run: Run, tmp_path: Path) -> None:
    file = file_with(tmp_path, "Q: a1?\nA: b1\n\nQ: Is c1 so?\nA: d1\n")
    assert f"{file}:6: error R4" in run("check", "--write-ids", str(file)).out


def test_a_file_with_faults_is_not_touched_but_others_are(run: Run, tmp_path: Path) -> None:
    bad = file_with(tmp_path, "Q: a1?\nA: b1\n\nQ: lost\n", "a.md")
    wide = tmp_path / "b.md"
    wide.write_bytes("Q: a?\nA: b".encode("utf-16"))
    good = file_with(tmp_path, "Q: a1?\nA: b1\n", "c.md")
    ran = run("check", "--write-ids", str(tmp_path))
    assert ran.code == 1
    assert bad.read_text() == "Q: a1?\nA: b1\n\nQ: lost\n"
    assert wide.read_bytes() == "Q: a?\nA: b".encode("utf-16")
    assert f"{wide}:1: error syntax: The file is UTF-16, not UTF-8." in ran.out
    assert good.read_text() == "{#b1-a1}\nQ: a1?\nA: b1\n"


def test_a_link_stays_a_link(run: Run, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = file_with(tmp_path / "real", "Q: a1?\nA: b1\n")
    link = tmp_path / "link.md"
    link.symlink_to(real)
    run("check", "--write-ids", str(link))
    assert link.is_symlink()
    assert real.read_text() == "{#b1-a1}\nQ: a1?\nA: b1\n"


def test_a_file_named_twice_is_checked_once(run: Run, tmp_path: Path) -> None:
    file = file_with(tmp_path, GOOD)
    assert "1 note checked" in run("check", str(file), str(tmp_path), str(file)).err


def test_standard_input_is_checked_but_not_written_to(run: Run) -> None:
    assert run("check", "-", stdin="Q: Which a?\nA: N2\n").code == 0
    ran = run("check", "-", "--write-ids", stdin="Q: Which a?\nA: N2\n")
    assert ran.code == 2
    assert ran.err == "flashrls: Standard input can't be written to.\n  Name a file to write ids into.\n"


@pytest.mark.parametrize("arguments", [("nowhere.md",), ("{file}", "--source", "nowhere.txt")])
def test_what_is_not_there_is_told_before_anything_is_written(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    file = file_with(tmp_path, "Q: a1?\nA: b1\n")
    named = [argument.format(file=file) for argument in arguments]
    ran = run("check", str(file), "--write-ids", *named)
    assert ran.code == 4
    assert "there is no such file or folder" in ran.err
    assert file.read_text() == "Q: a1?\nA: b1\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_to_is_told(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    file = file_with(folder, "Q: a1?\nA: b1\n")
    folder.chmod(0o500)
    ran = run("check", "--write-ids", str(file))
    folder.chmod(0o700)
    assert (ran.code, "it was left as it is" in ran.err) == (1, True)


def test_what_a_file_says_cannot_command_the_terminal(run: Run, tmp_path: Path) -> None:
    file = file_with(tmp_path, "Q: Is \x1b]0;T\x07 so\x9b31m?\nA: Yes\n\n> \x1b[2J\u202e\n")
    ran = run("check", str(file), "--source", str(file))
    assert ran.code == 1
    assert not set(ran.out + ran.err) & set("\x1b\x07\x9b\u202e")


def test_ids_written_by_a_process_of_its_own(
    process: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, library_path: Path
) -> None:
    file = tmp_path / "sleep.md"
    file.write_bytes(b"\xef\xbb\xbfQ: Which a1?\r\nA: b1\r\nC: {{c1}}")
    ran = process("check", str(file), "--write-ids")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert file.read_bytes() == b"\xef\xbb\xbf{#b1-a1}\r\nQ: Which a1?\r\nA: b1\r\n{#c1}\r\nC: {{1::c1}}"
    assert not library_path.exists()


@pytest.mark.parametrize("command", [("check",), ("check", "--write-ids"), ("import",), ("source", "add")])
def test_an_empty_name_is_no_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """A script's variable that wasn't set must not stand for everything in the current folder."""
    file = file_with(tmp_path, "Q: a1?\nA: b1\n")
    monkeypatch.chdir(tmp_path)
    assert run(*command, "").code == 4
    assert file.read_text() == "Q: a1?\nA: b1\n"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
@pytest.mark.parametrize("command", [("check",), ("import",), ("accept", "--all")])
def test_what_never_ends_is_no_deck(run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    monkeypatch.setattr("flashrls.intake.MOST_DECK_BYTES", 1_000_000)
    ran = run(*command, "/dev/zero", "--json")
    assert (ran.code, ran.error["message"]) == (1, "/dev/zero: this is larger than 1 MB, and no deck.")


def test_standard_input_that_never_ends_is_no_deck(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flashrls.intake.MOST_DECK_BYTES", 10)
    for command in ("check", "import"):
        assert "<stdin>: this is larger" in run(command, "-", stdin="Q: a1?\nA: b1\n").err

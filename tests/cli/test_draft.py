"""`flashrls draft` and `flashrls accept`: a worksheet of a document, and its cards taken into use."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXT = """Sleep and memory

Light sleep

A spindle is a burst of brain waves that marks light sleep. These bursts last about 2 seconds. Why?

Deep sleep

Deep sleep may lead to stronger memories. All the people I know do sleep.
"""
CARD = {
    "question": "What may deep sleep lead to?",
    "answer": "stronger memories",
    "anchor": "Deep sleep may lead to stronger memories",
}


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The document `sleep.txt` in the current folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    file = folder / "sleep.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def sheet(text: Path) -> Path:
    """Where its worksheet goes."""
    return text.with_suffix(".md")


def python(program: str) -> str:
    """A command that runs a Python program."""
    return shlex.join([sys.executable, "-c", program])


def printing(*lines: object) -> str:
    """A command that reads its input to the end and prints these lines."""
    return python(f"import sys, json; sys.stdin.read()\nfor line in {lines!r}: print(json.dumps(line))")


def test_a_worksheet_is_written_beside_and_told(run: Run, sheet: Path) -> None:
    ran = run("draft", "sleep.txt")
    assert ran.code == 0
    assert ran.out == ""
    first, second, *_ = ran.err.splitlines()
    assert first == "sleep.md: 5 of 5 sentences added."
    assert second.startswith("Candidates to read: ")
    assert second.endswith("Nothing is asked before you accept it.")
    written = sheet.read_text(encoding="utf-8")
    assert "Q: What is a spindle?\nA: a burst of brain waves that marks light sleep\n" in written
    assert "Q: What may deep sleep lead to?\nA: stronger memories\n" in written
    assert sheet.stat().st_mode & 0o777 == 0o666 & ~_umask()
    assert not list(sheet.parent.glob(".*"))


def _umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def test_a_second_run_changes_no_byte(run: Run, sheet: Path) -> None:
    run("draft", "sleep.txt")
    before = sheet.read_bytes()
    ran = run("draft", "sleep.txt")
    assert ran.code == 0
    assert ran.err == "sleep.md: 0 of 5 sentences added, 5 stand there already.\nNo new candidates.\n"
    assert sheet.read_bytes() == before


def test_a_changed_document_adds_its_new_sentences_and_says_that_the_head_is_old(
    run: Run, text: Path, sheet: Path
) -> None:
    run("draft", "sleep.txt")
    before = b"\xef\xbb\xbf" + sheet.read_bytes()
    sheet.write_bytes(before)
    text.write_text(TEXT + "\nOne more sentence is here.\n", encoding="utf-8")
    ran = run("draft", "sleep.txt")
    assert ran.code == 0
    assert "sleep.md: 1 of 6 sentences added, 5 stand there already." in ran.err
    assert "The head names an earlier text of sleep.txt." in ran.err
    after = sheet.read_bytes()
    assert after.startswith(before)
    assert b"One more sentence is here." in after[len(before) :]


def test_drafts_are_imported_but_not_asked_until_they_are_accepted(run: Run, sheet: Path) -> None:
    run("draft", "sleep.txt")
    key = next(line[2:].split()[0] for line in sheet.read_text().splitlines() if line.startswith("{#spindle"))
    assert run("import", "sleep.md").code == 0
    assert run("due", "--json").json["total"] == 0
    ran = run("accept", "sleep.md", key)
    assert ran.code == 0
    assert ran.out.startswith("sleep.md: 1 card accepted, ")
    assert ran.err == "Next: `flashrls import sleep.md`\n"
    assert f"{{#{key}}}\n" in sheet.read_text()
    assert run("import", "sleep.md").code == 0
    assert run("due", "--json").json["total"] == 1
    assert run("cards", "is:new", "--json").json[0]["id"] == key
    again = run("accept", "sleep.md", key)
    assert (again.code, again.err) == (0, f"{key} was no draft any more.\n")


@pytest.mark.usefixtures("text")
def test_all_drafts_are_accepted_at_once(run: Run) -> None:
    made = sum(run("draft", "sleep.txt", "--json").json["candidates"].values())
    ran = run("accept", "sleep.md", "--all", "--json")
    assert (len(ran.json["accepted"]), ran.json["drafts"]) == (made, 0)
    assert run("draft", "sleep.txt", "--json").json["added"] == 0


def test_an_id_that_is_not_there_accepts_nothing_and_lists_near_ones(run: Run, sheet: Path) -> None:
    run("draft", "sleep.txt")
    before = sheet.read_bytes()
    key = next(line[2:].split()[0] for line in sheet.read_text().splitlines() if line.startswith("{#spindle"))
    ran = run("accept", "sleep.md", key, f"{key}x")
    assert ran.code == 4
    assert ran.err.startswith(f"flashrls: sleep.md has no card '{key}x'.\n  Did you mean {key}")
    assert sheet.read_bytes() == before


@pytest.mark.parametrize("arguments", [(), ("a", "--all")])
@pytest.mark.usefixtures("text")
def test_accept_wants_either_ids_or_all(run: Run, arguments: tuple[str, ...]) -> None:
    run("draft", "sleep.txt")
    assert run("accept", "sleep.md", *arguments).code == 2


def test_a_file_with_faults_accepts_nothing(run: Run, sheet: Path) -> None:
    sheet.write_text("{#a .draft}\nQ: a?\n")
    ran = run("accept", "sleep.md", "a")
    assert ran.code == 1
    assert ran.err == (
        "sleep.md:2: This question has no answer.\n    Write it below, behind 'A:'.\n"
        "flashrls: 1 error in 1 file; it was not touched.\n"
        "  Mend the lines named above, or name another file.\n"
    )


def test_bare_makes_places_only(run: Run, sheet: Path) -> None:
    ran = run("draft", "sleep.txt", "--bare", "--json")
    assert ran.json == {
        "path": "sleep.md",
        "deck": "Sleep and memory",
        "written": True,
        "sentences": 5,
        "added": 5,
        "candidates": {},
        "refused": [],
        "notes": [],
    }
    assert sheet.read_text().count("\nQ:\nA:\n") == 5


def test_a_dry_run_writes_nothing(run: Run, sheet: Path) -> None:
    ran = run("draft", "sleep.txt", "--dry-run")
    assert ran.code == 0
    assert ran.err.startswith("sleep.md: 5 of 5 sentences would be added.\n")
    assert not sheet.exists()


@pytest.mark.usefixtures("text")
def test_the_file_and_the_deck_can_be_named(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "other.md"
    assert run("draft", "sleep.txt", "--out", str(out), "--deck", "Sleep::Light").code == 0
    assert out.read_text().startswith("---\ndeck: Sleep::Light\n")
    ran = run("draft", "sleep.txt", "--out", str(out), "--deck", "Another")
    assert ran.code == 2
    assert "is the deck 'Sleep::Light'." in ran.err


def test_a_text_that_is_not_english_gets_places_and_is_told(run: Run, text: Path, sheet: Path) -> None:
    text.write_text("Der Schlaf ist ein Zustand der Ruhe. Nachts schlafen fast alle Menschen.\n")
    ran = run("draft", "sleep.txt")
    assert ran.code == 0
    assert "No candidates were made: the rules know English only" in ran.err
    assert sheet.read_text().count("\nQ:\nA:\n") == 2


def test_without_the_extra_there_are_no_clozes_and_the_way_to_get_them(
    run: Run, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "wordfreq", None)
    ran = run("draft", "sleep.txt")
    assert ran.code == 0
    assert "pip install 'flashrls[draft]'" in ran.err
    assert "What is a spindle?" in sheet.read_text()


def test_a_markdown_document_is_never_written_over(run: Run, text: Path) -> None:
    document = text.with_suffix(".md")
    document.write_text("# Sleep\n\nA spindle is a burst of waves in the brain.\n")
    before = document.read_bytes()
    assert run("draft", "sleep.md").code == 0
    assert document.read_bytes() == before
    assert (document.parent / "sleep-cards.md").exists()
    ran = run("draft", "sleep.md", "--out", "./sleep.md")
    assert ran.code == 2
    assert "is the document itself" in ran.err
    assert document.read_bytes() == before


@pytest.mark.parametrize(
    "content",
    [
        b"my shopping list",
        b"",
        b"\xff\xfe\x00",
        b"---\ndeck: Mine\nsource: {file: other.txt}\n---\n\nQ: a?\nA: 1\n",
        b"Q: a?\nA: 1\n",
    ],
)
def test_a_file_that_is_no_worksheet_of_the_document_is_not_touched(run: Run, sheet: Path, content: bytes) -> None:
    sheet.write_bytes(content)
    ran = run("draft", "sleep.txt")
    assert ran.code == 1
    assert "not touched" in ran.err
    assert sheet.read_bytes() == content


def test_another_document_of_the_same_name_does_not_get_into_the_worksheet(
    run: Run, text: Path, sheet: Path
) -> None:
    run("draft", "sleep.txt")
    before = sheet.read_bytes()
    text.write_text("Iron is a metal that rusts. The sea is a home of many fish.\n")
    ran = run("draft", "sleep.txt")
    assert (ran.code, sheet.read_bytes()) == (1, before)
    assert ran.err.startswith("flashrls: sleep.md: this file is no worksheet of sleep.txt; it was not touched.")


def test_a_document_without_a_sentence_makes_no_worksheet(run: Run, text: Path, sheet: Path) -> None:
    text.write_text("*** ---\n")
    ran = run("draft", "sleep.txt")
    assert ran.code == 1
    assert not sheet.exists()


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere/sleep.txt", "a\0b"])
@pytest.mark.usefixtures("text")
def test_a_document_that_is_not_there_is_told(run: Run, name: str) -> None:
    assert run("draft", name).code == 4


@pytest.mark.parametrize("out", ["nowhere/sleep.md", ".", "sleep.txt/x.md", "", "-"])
def test_a_place_that_cannot_be_written_is_told(run: Run, text: Path, out: str) -> None:
    ran = run("draft", "sleep.txt", "--out", out)
    assert ran.code in (1, 2, 4)
    assert ran.err.startswith("flashrls: ")
    assert sorted(file.name for file in text.parent.iterdir()) == ["sleep.txt"]


# Commands of the user's


def test_a_command_s_cards_go_through_the_gate(run: Run, sheet: Path) -> None:
    bad = {"question": "Why do we dream?", "answer": "nobody knows", "anchor": "nobody knows this"}
    ran = run("draft", "sleep.txt", "--from-command", printing(CARD, bad))
    assert ran.code == 0
    assert "refused, line 2: Why do we dream?\n    its anchor is not in the text, word for word\n" in ran.err
    assert "Candidates to read: 1 (1 from the command). Nothing is asked before you accept it." in ran.err
    written = sheet.read_text()
    assert (
        " .draft}\nQ: What may deep sleep lead to?\nA: stronger memories\n\n"
        "> Deep sleep may lead to stronger memories\n"
    ) in written
    assert written.count("\nQ:\nA:\n") == 4
    assert "nobody" not in written
    again = run("draft", "sleep.txt", "--from-command", printing(CARD), "--json")
    assert again.json["written"] is False
    assert [one["words"] for one in again.json["refused"]] == ["What may deep sleep lead to?"]
    assert sheet.read_text() == written


def test_the_command_gets_the_text_and_the_form_that_is_wanted(run: Run, text: Path) -> None:
    program = (
        f"import sys; open('prompt', 'w').write(sys.stdin.read()); print({str(CARD)!r}.replace(chr(39), chr(34)))"
    )
    assert run("draft", "sleep.txt", "--from-command", python(program)).code == 0
    prompt = (text.parent / "prompt").read_text()
    assert "A spindle is a burst of brain waves that marks light sleep." in prompt
    assert '{"question": "…?", "answer": "…", "anchor": "…"}' in prompt


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("print('I am a poem.')", "printed 1 line, but no JSON object that could be a card"),
        ("pass", "printed 0 lines, but no JSON object that could be a card"),
        ("print('{oops')", "printed 1 line, but no JSON object that could be a card"),
        ("import sys; print('no key\\x1b[2J', file=sys.stderr); sys.exit(3)", "failed with exit code 3"),
        ("import os; os.kill(os.getpid(), 9)", "was ended by SIGKILL"),
        ("while True: print('x' * 100000)", "printed more than 10 MB and was ended"),
    ],
)
def test_a_command_that_gives_no_cards_changes_nothing(run: Run, sheet: Path, program: str, told: str) -> None:
    ran = run("draft", "sleep.txt", "--from-command", python(program))
    assert ran.code == 1
    assert told in ran.err
    assert "nothing was changed" in ran.err
    assert "\x1b" not in ran.err
    assert not sheet.exists()


@pytest.mark.usefixtures("text")
def test_the_last_words_of_a_command_that_failed_are_shown(run: Run) -> None:
    program = "import sys; [print(n, file=sys.stderr) for n in range(100)]; sys.exit(1)"
    ran = run("draft", "sleep.txt", "--from-command", python(program))
    assert "It said:\n    92\n" in ran.err
    assert "    99\n" in ran.err
    assert "    91\n" not in ran.err


def test_a_command_that_hangs_is_ended_with_all_that_it_started(run: Run, text: Path, sheet: Path) -> None:
    child = "import os, time; open('child', 'w').write(str(os.getpid())); time.sleep(600)"
    program = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    ran = run("draft", "sleep.txt", "--from-command", python(program), "--timeout", "1")
    assert ran.code == 1
    assert "did not finish within 1 seconds and was ended; nothing was changed." in ran.err
    assert not sheet.exists()
    number = int((text.parent / "child").read_text())
    assert _ends(number)


def _ends(number: int) -> bool:
    """Whether a process is gone, or a zombie that only waits for its parent, within some seconds."""
    for _ in range(100):
        try:
            if "\nState:\tZ" in Path(f"/proc/{number}/status").read_text():
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_command_first(text: Path, library_path: Path, number: signal.Signals) -> None:
    process, command = _waiting(text, library_path)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode in (130, -number)
    assert b"Traceback" not in err
    assert _ends(command)
    assert not text.with_suffix(".md").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_second_signal_ends_a_command_that_ignores_the_first(
    text: Path, library_path: Path, number: signal.Signals
) -> None:
    process, command = _waiting(text, library_path, "signal.signal(signal.SIGTERM, signal.SIG_IGN)")
    process.send_signal(number)
    time.sleep(0.5)  # within the grace that the command has to end by itself
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode in (130, -number)
    assert b"Traceback" not in err
    assert _ends(command)


def _waiting(text: Path, library_path: Path, first: str = "pass") -> tuple[subprocess.Popen[bytes], int]:
    """Return `draft` as it waits for a command that takes forever, and the command's process id."""
    child = (
        f"import os, signal, time; {first}; open('child', 'w').write(str(os.getpid())); "
        "os.rename('child', 'ready'); time.sleep(600)"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "flashrls", "draft", "sleep.txt", "--from-command", python(child)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "FLASHRLS_DB": str(library_path)},
    )
    ready = text.parent / "ready"
    for _ in range(400):
        if ready.exists():
            break
        time.sleep(0.05)
    return process, int(ready.read_text())


def test_a_command_that_reads_nothing_may_still_print(text: Path, library_path: Path) -> None:
    text.write_text(TEXT + "\nAnd so it goes on and on. " * 20_000)
    program = f"import os, sys; os.close(0); print({str(CARD)!r}.replace(chr(39), chr(34)))"
    ran = subprocess.run(
        [sys.executable, "-m", "flashrls", "draft", "sleep.txt", "--from-command", python(program)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "FLASHRLS_DB": str(library_path)},
    )
    assert (ran.returncode, "1 from the command" in ran.stderr) == (0, True)


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("no-such-program-anywhere -x", 1, "'no-such-program-anywhere' can't be run"),
        ("echo 'x", 2, "A quote in the command is never closed"),
        ("  ", 2, "The command is empty"),
        ("a\0b", 2, "The command is empty"),
    ],
)
def test_a_command_that_cannot_be_run_is_told(run: Run, sheet: Path, command: str, code: int, told: str) -> None:
    ran = run("draft", "sleep.txt", "--from-command", command)
    assert ran.code == code
    assert told in ran.err
    assert not sheet.exists()


def test_no_shell_reads_the_command(run: Run, text: Path) -> None:
    ran = run("draft", "sleep.txt", "--from-command", "echo x > made; touch made")
    assert ran.code == 1
    assert not (text.parent / "made").exists()


@pytest.mark.usefixtures("text")
def test_bare_and_a_command_exclude_each_other(run: Run) -> None:
    assert run("draft", "sleep.txt", "--bare", "--from-command", "cat").code == 2


@pytest.mark.usefixtures("text")
def test_a_time_that_is_no_number_is_refused(run: Run) -> None:
    ran = run("draft", "sleep.txt", "--from-command", "cat", "--timeout", "nan")
    assert (ran.code, "'nan' is not a number" in ran.err) == (2, True)


@pytest.mark.parametrize("arguments", [("draft", "sleep.txt"), ("accept", "sleep.md", "--all")])
def test_a_file_s_faults_are_part_of_the_one_json_error(run: Run, sheet: Path, arguments: tuple[str, ...]) -> None:
    sheet.write_text("my shopping list\n")
    ran = run(*arguments, "--json")
    assert (ran.code, ran.out) == (1, "")
    assert ran.error["kind"] == "bad-deck-files"
    assert [(one["path"], one["line"]) for one in ran.error["faults"]] == [("sleep.md", 1)]


def test_a_link_that_leads_nowhere_is_told(run: Run, sheet: Path) -> None:
    sheet.symlink_to("nowhere.md")
    ran = run("draft", "sleep.txt")
    assert (ran.code, "leads nowhere" in ran.err) == (2, True)

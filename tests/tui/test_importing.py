"""Importing on the screen: what would change is shown before anything is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot

from flashrls.tui.home import HomeScreen
from flashrls.tui.importing import PathField
from tests.store.making import rows
from tests.tui.bench import THREE, Bench, lines, press, settled, text

GOOD = """---
deck: Law
id: law
---

{#writ}
Q: What is a writ?
A: An order

{#plea}
Q: A plea?
A: An answer
"""


async def look_at(pilot: Pilot[None], path: Path | str) -> str:
    """Open the import screen, write a path, press Enter, and return what is shown on one line."""
    if isinstance(pilot.app.screen, HomeScreen):
        await press(pilot, "i")
    pilot.app.screen.query_one(PathField).value = str(path)
    await settled(pilot)
    await press(pilot, "enter")
    return " ".join(text(pilot).split())


def held(bench: Bench) -> list[str]:
    """The names of the decks."""
    return [str(name) for (name,) in rows(bench.path, "SELECT name FROM deck ORDER BY pk")]


async def test_the_plan_is_shown_first_and_enter_imports_it(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "law.md"
    file.write_text(GOOD)
    async with bench.bring(THREE).home() as pilot:
        shown = await look_at(pilot, file)
        assert "Law (a new deck): 2 new" in shown
        assert "Enter imports: 2 new." in shown
        assert held(bench) == ["Sleep::Memory"]
        await press(pilot, "enter")
        assert "Imported: 2 new." in text(pilot)
        await press(pilot, "escape")
        assert "5 to study today" in text(pilot)
    assert held(bench) == ["Sleep::Memory", "Law"]


async def test_importing_again_tells_what_changed(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "law.md"
    file.write_text(GOOD)
    async with bench.home() as pilot:
        await look_at(pilot, file)
        await press(pilot, "enter")
        file.write_text(GOOD.replace("An order", "A command").partition("{#plea}")[0])
        shown = await look_at(pilot, file)
        assert "edited: What is a writ?" in shown
        assert "missing from the file, kept: A plea?" in shown
        assert "Enter imports: 1 edited, 1 missing." in shown


async def test_esc_writes_nothing(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "law.md"
    file.write_text(GOOD)
    async with bench.home() as pilot:
        await look_at(pilot, file)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)
    assert held(bench) == []


async def test_faults_are_told_by_line_with_their_mend_and_nothing_can_be_imported(
    bench: Bench, tmp_path: Path
) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "good.md").write_text(GOOD)
    (tmp_path / "decks" / "bad.md").write_text("---\ndeck: Bad\n---\n\nQ: no answer\n")
    async with bench.home(size=(160, 50)) as pilot:
        shown = await look_at(pilot, tmp_path / "decks")
        assert "1 error; nothing can be imported before they are mended." in shown
        assert "bad.md:5: This question has no answer. Write it below, behind 'A:'." in shown
        await press(pilot, "enter")
    assert held(bench) == []


async def test_what_cannot_be_read_is_told_and_the_path_stays(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "program.md").write_bytes(b"\x7fELF\0\0\1")
    os.mkfifo(tmp_path / "pipe.md")
    async with bench.home(size=(160, 50)) as pilot:
        for name, words in (
            ("nowhere.md", "there is no such file or folder."),
            ("empty", "there are no deck files (.md) in this folder."),
            ("program.md", "this is not a text"),
            ("pipe.md", "this is neither a file nor a folder."),
            ("nul\0", "there is no such file or folder."),
        ):
            assert words in await look_at(pilot, tmp_path / name), name
            assert name.strip("\0") in lines(pilot)[3]
        assert "Nothing is written." in await look_at(pilot, " ")
    assert held(bench) == []


@pytest.mark.parametrize(
    "written", ["'{0}/my law.md'", '"{0}/my law.md"', "{0}/my\\ law.md", " {0}/my law.md ", "~/my law.md"]
)
async def test_a_path_is_taken_as_a_terminal_drops_it(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "my law.md").write_text(GOOD)
    async with bench.home() as pilot:
        assert "Enter imports: 2 new." in await look_at(pilot, written.format(tmp_path))


async def test_another_path_is_looked_at_before_it_is_imported(bench: Bench, tmp_path: Path) -> None:
    """What was shown is gone as soon as the path changes."""
    file = tmp_path / "law.md"
    file.write_text(GOOD)
    async with bench.home() as pilot:
        await look_at(pilot, file)
        await press(pilot, "shift+tab", "x")
        assert "Enter imports" not in text(pilot)
        await press(pilot, "enter")
        assert "there is no such file" in text(pilot)
    assert held(bench) == []


async def test_a_file_is_mended_and_looked_at_again(bench: Bench, tmp_path: Path) -> None:
    """Enter once more, without writing the path again."""
    file = tmp_path / "law.md"
    file.write_text(GOOD.replace("A: An order\n", ""))
    async with bench.home() as pilot:
        assert "1 error" in await look_at(pilot, file)
        file.write_text(GOOD)
        await press(pilot, "enter")
        assert "Enter imports: 2 new." in text(pilot)


async def test_what_has_to_be_decided_is_left_to_the_shell(bench: Bench, tmp_path: Path) -> None:
    """Cards changed on both sides are counted; nothing is imported from here."""
    file = tmp_path / "law.md"
    file.write_text(GOOD)
    async with bench.home() as pilot:
        await look_at(pilot, file)
        await press(pilot, "enter")
        with bench.library() as library:
            ref = library.card("writ").card.note_ref
            before = library.note(ref)
            library.edit(ref, before, type(before)(before.key, before.kind, before.question, "Mine"))
        file.write_text(GOOD.replace("An order", "Theirs"))
        shown = await look_at(pilot, file)
        assert "1 card was changed here and in the file. You decide that one by one in your shell:" in shown
        assert "flashrls import " in shown
        await press(pilot, "enter", "enter")
    assert rows(bench.path, "SELECT answer FROM note WHERE key = 'writ'") == [("Mine",)]


async def test_text_of_others_is_only_shown(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "[bold]law.md"
    file.write_text(GOOD.replace("Law", '"[b]Law[/b]"'))
    async with bench.home(size=(160, 50)) as pilot:
        shown = await look_at(pilot, file)
        assert "[b]Law[/b] (a new deck): 2 new" in shown
        assert "[bold]law.md" in shown

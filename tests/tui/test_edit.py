"""Editing a card in place: nothing written is lost, nothing faulty is saved, and texts are data."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.app import App
from textual.pilot import Pilot

from flashrls.cards import Deck, Kind, Note
from flashrls.lint.deck import lint_deck
from flashrls.lint.finding import Finding
from flashrls.tui import edit as edit_module
from flashrls.tui.edit import EditScreen
from flashrls.tui.edited import Reason, edited, fields_of
from flashrls.tui.editfields import TextField
from tests.tui.bench import Bench, FakeTicks, click, lines, settled, text
from tests.tui.test_text_of_others import _FORBIDDEN, PAYLOADS

NOTE = Note(
    "iron", Kind.BASIC, "Which enzyme has iron as its cofactor?", "Tyrosine hydroxylase", "Iron", ("a", "b"), line=7
)
CLOZE = Note("phases", Kind.CLOZE, "Memory is {{1::encoded}}.", "", anchors=("one two three", "four", "five"))


def lint(note: Note) -> Sequence[Finding]:
    return lint_deck(Deck("d", "d", (note,)))


class Host(App[Note | None]):
    """Shows one edit, and keeps what it was dismissed with."""

    def __init__(self, note: Note, rules: Callable[[Note], Sequence[Finding]] = lint) -> None:
        super().__init__()
        self.animation_level = "none"
        self.ticks = FakeTicks()
        self.closed_with: list[Note | None] = []
        self._edit = EditScreen(note, "Sleep · Iron", rules, ticks=self.ticks)

    def on_mount(self) -> None:
        self.push_screen(self._edit, self._dismissed)

    def _dismissed(self, note: Note | None) -> None:
        self.closed_with.append(note)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit_module, "LINT_AFTER_S", 0.001)


@asynccontextmanager
async def editing(
    note: Note, *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Host, Pilot[Note | None]]]:
    app = Host(note)
    async with app.run_test(size=size) as pilot:
        await rested(pilot)
        yield app, pilot


async def rested(pilot: Pilot[Note | None]) -> None:
    await pilot.pause(0.02)
    await settled(pilot)  # type: ignore[arg-type]


async def press(pilot: Pilot[Note | None], *keys: str) -> None:
    """Press keys half a second apart on the ticks."""
    for key in keys:
        assert isinstance(pilot.app, Host)
        pilot.app.ticks.forward(500)
        await pilot.press(key)
    await rested(pilot)


def shown(pilot: Pilot[Note | None]) -> str:
    return text(pilot)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_everything_can_be_seen(size: tuple[int, int]) -> None:
    """Both texts, tags, phrases of the source, what the lint says, and the keys."""
    note = replace(NOTE, anchors=("iron is a cofactor for it",))
    async with editing(note, size=size) as (_, pilot):
        for words in ("Edit · Sleep", "the schedule stays", NOTE.question, NOTE.answer, "a b"):
            assert words in shown(pilot)
        assert "“iron is a cofactor for it”" in shown(pilot)
        assert "anchored" in shown(pilot)
        assert lines(pilot)[-1].startswith(" Ctrl+S save   Esc leave   Ctrl+O in your editor   F1 keys")  # type: ignore[arg-type]


async def test_saving_gives_the_new_note_and_keeps_the_rest() -> None:
    async with editing(NOTE) as (app, pilot):
        await press(pilot, "X", "tab", "end", "!", "tab", "end", "space", "c", "ctrl+s")
        assert app.closed_with == [
            replace(NOTE, question=f"X{NOTE.question}", answer=f"{NOTE.answer}!", tags=("a", "b", "c"))
        ]


async def test_saving_without_a_change_saves_nothing() -> None:
    async with editing(NOTE) as (app, pilot):
        await press(pilot, "X", "backspace", "ctrl+s")
        assert app.closed_with == [None]


async def test_esc_leaves_at_once_if_nothing_was_changed() -> None:
    async with editing(NOTE) as (app, pilot):
        await press(pilot, "escape")
        assert app.closed_with == [None]


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_esc_asks_once_before_changes_go(key: str) -> None:
    """Asked again after more was typed; a key held down is no answer."""
    async with editing(NOTE) as (app, pilot):
        await press(pilot, "X", key)
        assert "Esc again throws your changes away" in shown(pilot)
        await press(pilot, "Y", key)
        await pilot.press(key)
        await rested(pilot)
        assert app.closed_with == []
        await press(pilot, key)
        assert app.closed_with == [None]


async def test_faults_stop_saving_and_say_why() -> None:
    async with editing(NOTE) as (app, pilot):
        await press(pilot, "tab", "f7", "delete")
        assert "can't be saved  The answer is empty." in shown(pilot)
        await press(pilot, "ctrl+s")
        assert "Not saved." in shown(pilot)
        assert app.closed_with == []
        await press(pilot, "N", "2")
        assert "can't be saved" not in shown(pilot)
        await press(pilot, "ctrl+s")
        assert app.closed_with == [replace(NOTE, answer="N2")]


async def test_warnings_dont_stop_saving() -> None:
    """They come as one types, with the rule's label."""
    async with editing(NOTE) as (app, pilot):
        assert "Nothing to complain about." in shown(pilot)
        await press(pilot, "f7", "D", "o", "e", "s", "space", "i", "t", "?")
        assert "R4 no-choice" in shown(pilot)
        await press(pilot, "ctrl+s")
        assert app.closed_with == [replace(NOTE, question="Does it?")]


async def test_a_cloze_has_one_text_and_its_numbers_are_written() -> None:
    async with editing(CLOZE) as (app, pilot):
        assert "Answer" not in shown(pilot)
        assert "and 2 more phrases of the source" in shown(pilot)
        await press(pilot, "end", *"{{b")
        assert "This cloze is never closed." in shown(pilot)
        await press(pilot, *"}}", "ctrl+s")
        assert app.closed_with == [replace(CLOZE, question="Memory is {{1::encoded}}.{{2::b}}")]


@pytest.mark.parametrize(
    ("tags", "message"),
    [('x"y', "'x\"y' is not a tag."), ("{x}", "'{x}' is not a tag."), ("typed", "'typed' is a mark, not a tag.")],
)
def test_a_tag_that_no_file_can_hold_is_a_fault(tags: str, message: str) -> None:
    found = edited(NOTE, replace(fields_of(NOTE), tags=tags))
    assert isinstance(found, tuple)
    assert [reason.message for reason in found] == [message]
    assert all(isinstance(reason, Reason) for reason in found)


def test_a_changed_text_becomes_what_its_file_will_say_and_others_stay() -> None:
    """So that a later export and import finds nothing changed."""
    note = replace(NOTE, question="a\n# b\x1b[2J")
    found = edited(note, replace(fields_of(note), answer="c\n# d"))
    assert found == replace(note, answer="c\n\\# d")
    assert edited(note, fields_of(note)) == note


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
async def test_payloads_are_only_shown(payload: str) -> None:
    """In every field, loaded and pasted; untouched they stay as they are."""
    storable = payload.encode("utf-8", "replace").decode()
    note = Note("n", Kind.BASIC, f"q{storable}", f"a{storable}", "S", ("t",), (" ".join(storable.split()),))
    async with editing(note) as (app, pilot):
        seen = [shown(pilot)]
        await press(pilot, "tab", "tab")
        pilot.app.focused.post_message(events.Paste(payload))  # type: ignore[union-attr]
        await rested(pilot)
        await press(pilot, "shift+tab")
        pilot.app.focused.post_message(events.Paste(payload))  # type: ignore[union-attr]
        await rested(pilot)
        seen.append(shown(pilot))
        await pilot.click(offset=(4, 3))
        await rested(pilot)
        seen.append(shown(pilot))
        assert not pilot.app._exit
        await press(pilot, "escape", "escape")
        assert app.closed_with == [None]
    assert not [found[0] for told in seen for found in _FORBIDDEN.finditer(told.replace("\n", ""))]
    assert edited(note, fields_of(note)) == note


async def test_a_text_too_long_for_a_field_is_left_to_the_editor() -> None:
    """It can't be changed by accident, and stays whole when the rest is saved."""
    note = replace(NOTE, answer="x" * 60_000)
    async with editing(note) as (app, pilot):
        assert "60,000 characters, too many to edit here" in shown(pilot)
        await press(pilot, "X", "tab", "Y", "ctrl+s")
        assert app.closed_with == [replace(note, question=f"X{note.question}")]


async def test_the_mouse_reaches_fields_and_keys() -> None:
    async with editing(NOTE) as (app, pilot):
        await click(pilot, "Tyrosine")  # type: ignore[arg-type]
        assert isinstance(pilot.app.focused, TextField)
        assert pilot.app.focused.id == "answer"
        await press(pilot, "X")
        await click(pilot, "save")  # type: ignore[arg-type]
        assert app.closed_with == [replace(NOTE, answer=f"X{NOTE.answer}")]


async def test_tab_goes_round() -> None:
    async with editing(NOTE) as (_, pilot):
        went = []
        for _ in range(4):
            went.append(pilot.app.focused.id if pilot.app.focused else None)
            await press(pilot, "tab")
        assert went == ["question", "answer", "tags", "question"]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes a shell script the editor, and a terminal that can be lent to it."""

    @contextmanager
    def lent(app: App[object]) -> Iterator[None]:  # noqa: ARG001
        yield

    def used(script: str) -> None:
        path = tmp_path / "ed"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)
        monkeypatch.setenv("VISUAL", str(path))

    monkeypatch.setattr(App, "suspend", lent)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return used


async def test_the_whole_card_can_be_edited_elsewhere(editor: Callable[[str], None], tmp_path: Path) -> None:
    """With what was typed here; what comes back is in the fields, still to be saved."""
    editor(f'cp "$1" {tmp_path}/seen; printf "{{#iron .c .typed}}\nQ: new\nA: N2\n\n> d e f\n" > "$1"')
    async with editing(NOTE) as (app, pilot):
        await press(pilot, "X", "ctrl+o")
        sheet = (tmp_path / "seen").read_text()
        assert sheet.startswith(
            "{#iron .a .b}\nQ: XWhich enzyme has iron as its cofactor?\nA: Tyrosine hydroxylase\n\n# "
        )
        assert "# Deck: Sleep · Iron" in sheet
        assert "“d e f”" in shown(pilot)
        await press(pilot, "ctrl+s")
        assert app.closed_with == [
            replace(NOTE, question="new", answer="N2", tags=("c",), typed=True, anchors=("d e f",))
        ]


async def test_a_sheet_with_faults_is_kept_to_go_on_with(editor: Callable[[str], None]) -> None:
    """The fields stay, the line is told; leaving and saving ask first."""
    editor('printf "Q: mine\n" > "$1"')
    async with editing(NOTE) as (app, pilot):
        await press(pilot, "ctrl+o")
        assert "Line 1: This question has no answer." in shown(pilot)
        assert NOTE.question in shown(pilot)
        await press(pilot, "escape")
        assert app.closed_with == []
        await press(pilot, "ctrl+s")
        assert "still has faults" in shown(pilot)
        editor('echo "A: yours" >> "$1"')
        await press(pilot, "ctrl+o", "ctrl+s")
        assert app.closed_with == [replace(NOTE, question="mine", answer="yours", tags=())]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 1", "exit code 1"),
        ('echo mine > "$1"; kill -9 $$', "What you wrote is in"),
        ('printf "\\377" > "$1"', "is no text"),
        ("kill -INT $$", "interrupted"),
        (': > "$1"', "empty in your editor"),
    ],
)
async def test_an_editor_that_fails_changes_nothing_here(
    editor: Callable[[str], None], script: str, said: str
) -> None:
    editor(script)
    async with editing(NOTE, size=(150, 30)) as (app, pilot):
        await press(pilot, "X", "ctrl+o")
        assert said in " ".join(shown(pilot).split())
        await press(pilot, "ctrl+s")
        assert app.closed_with == [replace(NOTE, question=f"X{NOTE.question}")]


async def test_where_no_editor_can_be_opened_it_is_told() -> None:
    """The tests' own terminal can't be lent."""
    async with editing(NOTE) as (_, pilot):
        await press(pilot, "ctrl+o")
        assert "An editor can't be opened in this terminal." in shown(pilot)


async def test_f1_tells_all_keys_and_a_question_mark_is_a_letter(bench: Bench) -> None:
    async with bench.home() as pilot:
        screen = EditScreen(NOTE, "Sleep", lint)
        await pilot.app.push_screen(screen)
        await pilot.press("?")
        await settled(pilot)
        assert f"?{NOTE.question}" in text(pilot)
        await pilot.press("f1")
        await settled(pilot)
        assert "Save the card; its schedule stays" in text(pilot)
        assert text(pilot).count("All keys") == 2, "the title and F1"
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.screen is screen

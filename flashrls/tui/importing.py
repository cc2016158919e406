"""Importing deck files from the screen: first what it would do, then, with Enter, the import."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NoReturn

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from flashrls.clean import clean_path
from flashrls.errors import Conflicts, FlashrlsError, NoSuchFile, UnsureMatches
from flashrls.intake import read_decks
from flashrls.plan import Conflict, Guess, ImportPlan, ReadFile
from flashrls.store.library import Library
from flashrls.tui.desk import Desk
from flashrls.tui.editfields import WordsField
from flashrls.tui.importplan import Look, change_words, look_lines
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.telling import told

_HOW = "You see what would change before anything does. What you know of cards that you have stays."


class ImportScreen(Screen[None]):
    """A path to write, and below it what its files would bring; both keys are Enter."""

    AUTO_FOCUS = "#path"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "bring", "import", key_display="Enter", tooltip="Import what is shown"),
        Binding("escape", "leave", "leave", key_display="Esc", tooltip="Go back"),
        Binding("f1", "keys", "keys", key_display="F1", tooltip="All keys"),
    ]

    DEFAULT_CSS = """
    ImportScreen {
        #heading { height: 2; border-bottom: solid $foreground 20%; color: $text-muted; }
        .label { height: 1; padding: 0 2; color: $text-muted; }
        #found { height: 1fr; padding: 0 2; margin: 1 0 0 0; }
        #found Static { height: auto; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        """Make the screen; `desk` is the library."""
        super().__init__()
        self._desk = desk
        self._files: list[ReadFile] | None = None

    def compose(self) -> ComposeResult:
        yield Line(Content.styled("Import", "bold $foreground"), id="heading")
        yield Static("A deck file or a folder of them; ~ is your home", classes="label", markup=False)
        yield PathField("path")
        with VerticalScroll(id="found"):
            yield Static(Content(_HOW), id="told", markup=False)
        yield KeyLine()

    def _say(self, *lines: Content) -> None:
        self.query_one("#told", Static).update(Content("\n").join(lines))
        self.query_one("#found").scroll_home(animate=False)
        self.refresh_bindings()

    @on(WordsField.Changed)
    def _changed(self) -> None:
        """What was read belongs to another path."""
        if self._files is not None:
            self._files = None
            self._say(Content(_HOW))

    @on(WordsField.Submitted)
    def _look(self) -> None:
        """Read the files and show what importing them would do."""
        self._say(Content("Reading…"))
        self.run_worker(self._looked(self.query_one(PathField).value), group="import", exclusive=True)

    async def _looked(self, written: str) -> None:
        try:
            files, look = await self._desk.call(lambda library: looked(library, written))
        except FlashrlsError as error:
            self._say(Content.styled(told(error, self._desk.path), "bold $text-warning"))
            return
        self._files = files if look.is_clear else None
        self._say(*look_lines(look, written.strip()))
        if self._files is not None:
            self.query_one("#found").focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what was shown can be imported."""
        return action != "bring" or self._files is not None

    def action_bring(self) -> None:
        """Import what is shown; if it can't be, nothing is written."""
        files, self._files = self._files, None
        if files is not None:
            self._say(Content("Importing…"))
            self.run_worker(self._brought(files), group="import", exclusive=True)

    async def _brought(self, files: list[ReadFile]) -> None:
        try:
            plan = await self._desk.call(lambda library: library.import_decks(files, _unsure, _conflicting))
        except FlashrlsError as error:
            self._say(Content.styled(told(error, self._desk.path), "bold $text-warning"))
        else:
            field = self.query_one(PathField)
            with field.prevent(WordsField.Changed):
                field.value = ""
            self._say(Content.styled(f"Imported: {change_words(plan)}.", "bold"))
        self.query_one(PathField).focus()

    def action_leave(self) -> None:
        self.dismiss()

    async def action_keys(self) -> None:
        """Show all keys; in the field `?` is a letter."""
        await self.app.run_action("keys", self.app)


class PathField(WordsField):
    """The path; Enter reads what is there."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "look", key_display="Enter", tooltip="Show what importing it would do"),
    ]


def path_of(written: str) -> Path:
    """Return the path that was written or dropped into a terminal, which may quote it.

    Raises:
        NoSuchFile: it leads nowhere.
        FlashrlsError: it leads to what is neither a file nor a folder; reading a pipe may never end.
    """
    words = written.strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "'\"":
        words = words[1:-1]
    for found in (words, words.replace("\\ ", " ")):
        path = Path(os.path.expanduser(found))  # noqa: PTH111 (Path's own raises for ~nobody)
        try:
            if found and path.exists():
                break
        except (OSError, ValueError):
            continue
    else:
        if not words:
            raise FlashrlsError("Nothing is written.", "Write the path of a deck file or a folder.")
        raise NoSuchFile(clean_path(words))
    if not (path.is_file() or path.is_dir()):
        raise FlashrlsError(f"{clean_path(path)}: this is neither a file nor a folder.", "Name a deck file.")
    return path


def looked(library: Library, written: str) -> tuple[list[ReadFile], Look]:
    """Read the files of a path and plan their import, noting what it would ask."""
    files = read_decks([str(path_of(written))])
    asked: list[int] = []
    settled: list[int] = []

    def guess(plan: ImportPlan) -> Sequence[Guess]:
        asked.append(len(plan.guesses))
        return ()

    def settle(plan: ImportPlan) -> Sequence[Conflict]:
        settled.append(len(plan.conflicts))
        return plan.conflicts

    plan = library.plan(files, guess, settle)
    return files, Look(plan, sum(asked), sum(settled))


def _unsure(plan: ImportPlan) -> NoReturn:
    raise UnsureMatches(len(plan.guesses))


def _conflicting(plan: ImportPlan) -> NoReturn:
    raise Conflicts(len(plan.conflicts))

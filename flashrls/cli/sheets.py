"""Cards written in the user's editor: faults are told and can be mended, and no word is ever lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from flashrls.cli.agreeing import on_terminal
from flashrls.cli.output import say
from flashrls.errors import FaultySheet, FlashrlsError, Refused

if TYPE_CHECKING:
    from flashrls.cards import Note
    from flashrls.formats.faults import Fault

Read = Callable[[str], "tuple[Note, ...] | tuple[Fault, ...]"]
"""Reads the notes of a sheet, or all of its faults."""

Save = Callable[[Sequence["Note"]], None]
"""Stores what a sheet tells."""


def can_edit() -> bool:
    """Whether an editor may be started: on a terminal, or where the user named one that may need none."""
    return on_terminal() or any(os.environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))


def edit_sheet(sheet: str, read: Read, save: Save) -> bool:
    """Let the user edit a sheet and save what it tells; return whether it told anything.

    What can't be saved is kept in a file that the error names.

    Raises:
        Refused: no terminal is there, and no editor is named.
        EditorFailed, EditorInterrupted: see `flashrls.editor.edit_text`.
        FaultySheet: the sheet has faults that nobody mends now.
        FlashrlsError: what `save` raises.
    """
    from flashrls.editor import edit_text

    if not can_edit():
        raise Refused("An editor needs a terminal.", "Say the texts as options: --help tells them.")
    while True:
        sheet = edit_text(sheet)
        notes = _notes(read(sheet))
        if notes is not None:
            break
        if not on_terminal() or not click.confirm("Edit again?", default=True, err=True):
            raise FaultySheet(_kept(sheet))
    if notes:
        _save(notes, save, sheet)
    return bool(notes)


def _notes(found: tuple[Note, ...] | tuple[Fault, ...]) -> list[Note] | None:
    """The notes that were read; None if there are faults, which are told."""
    from flashrls.cards import Note
    from flashrls.clean import clean_line

    faults = [one for one in found if not isinstance(one, Note)]
    for fault in faults:
        say(f"line {fault.line}: {clean_line(fault.message)}\n    {clean_line(fault.mend)}", err=True)
    return None if faults else [one for one in found if isinstance(one, Note)]


def _save(notes: Sequence[Note], save: Save, sheet: str) -> None:
    try:
        save(notes)
    except FlashrlsError as error:
        # Its class tells the exit code, so it stays the same error.
        error.mend = f"What you wrote is in {_kept(sheet)}. {error.mend}".strip()
        raise


def _kept(sheet: str) -> str:
    from flashrls.clean import clean_path
    from flashrls.editor import keep_text

    return clean_path(keep_text(sheet))

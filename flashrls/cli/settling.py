"""Cards that the learner edited here and somebody else in their file: side by side, and the learner decides."""

from __future__ import annotations

import itertools
import sys
import textwrap
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import click

from flashrls.cli.output import can_print, say, terminal_width

if TYPE_CHECKING:
    from flashrls.cards import Note
    from flashrls.plan import Conflict, ImportPlan

_MINE, _THEIRS, _ALL, _EACH, _QUIT = "l", "f", "a", "o", "q"
_MOST_LINES = 12
"""How many lines of a text are shown; a long one's beginning is enough to know it by."""


def keep_ours(plan: ImportPlan) -> Collection[Conflict]:
    """Let the library's texts stay."""
    return plan.conflicts


def take_theirs(_plan: ImportPlan) -> Collection[Conflict]:
    """Let the files' texts win."""
    return ()


def ask_sides(plan: ImportPlan) -> Collection[Conflict]:
    """Show a plan's conflicts, ask about each or about all, and return those in which the library's text stays.

    Leaving ends the command: nothing is imported.
    """
    conflicts = plan.conflicts
    count = "1 card was" if len(conflicts) == 1 else f"{len(conflicts)} cards were"
    say(f"{count} changed here and in the file:\n", err=True)
    say("\n".join(conflict_lines(conflicts)), err=True)
    say("The text that isn't taken stays in the card's log.", err=True)
    if len(conflicts) == 1:
        answer = _answer("Keep the [l]ibrary's, take the [f]ile's, [q]uit", _MINE + _THEIRS + _QUIT)
        return conflicts if answer == _MINE else ()
    question = "Keep the [l]ibrary's of all, take the [f]ile's of all, [o]ne by one, [q]uit"
    answer = _answer(question, _MINE + _THEIRS + _EACH + _QUIT)
    if answer == _EACH:
        return _ask_each(conflicts)
    return conflicts if answer == _MINE else ()


def _ask_each(conflicts: Sequence[Conflict]) -> list[Conflict]:
    ours: list[Conflict] = []
    for number, conflict in enumerate(conflicts, 1):
        say("\n" + "\n".join(_lines(number, conflict)), err=True)
        question = f"Keep the [l]ibrary's, take the [f]ile's, [q]uit ({number} of {len(conflicts)})"
        if _answer(question, _MINE + _THEIRS + _QUIT) == _MINE:
            ours.append(conflict)
    return ours


def _answer(question: str, letters: str) -> str:
    """Ask until one of the letters is typed: no text is given up by an empty line."""
    while True:
        letter = click.prompt(question, default="", show_default=False, err=True).strip().casefold()[:1]
        if letter == _QUIT:
            say("Nothing was imported.", err=True)
            raise click.exceptions.Exit(1)
        if letter and letter in letters:
            return str(letter)


def conflict_lines(conflicts: Sequence[Conflict], *, err: bool = True) -> list[str]:
    """Return the conflicts as numbered blocks of lines, the library's text on the left, the file's on the right."""
    return [line for number, one in enumerate(conflicts, 1) for line in [*_lines(number, one, err=err), ""]]


def conflict_document(conflict: Conflict) -> dict[str, Any]:
    """Return a conflict as JSON tells it."""
    fields = {
        name: {"library": _text(conflict.known.here, name), "file": _text(conflict.note, name)}
        for name in fields_shown(conflict)
    }
    return {"id": conflict.known.key, "line": conflict.note.line, "fields": fields}


def fields_shown(conflict: Conflict) -> list[str]:
    """Return the fields in conflict; where the kind is one of them, all words of the card."""
    texts = ("kind", "question", "answer")
    whole = [name for name in texts if getattr(conflict.known.here, name) != getattr(conflict.note, name)]
    return (
        [*whole, *(n for n in conflict.fields if n not in texts)]
        if "kind" in conflict.fields
        else [*conflict.fields]
    )


def _lines(number: int, conflict: Conflict, *, err: bool = True) -> list[str]:
    bar = "│" if can_print("│", sys.stderr if err else sys.stdout) else "|"
    width = (terminal_width() - 5 - 3) // 2
    found = [f"{number:3}  {conflict.known.key}  ({conflict.path}:{conflict.note.line})"]
    found.append(_row("in the library", "in the file", bar, width))
    for name in fields_shown(conflict):
        sides = [_wrapped(_text(side, name), width) for side in (conflict.known.here, conflict.note)]
        found.append(f"     {name}:")
        found += [_row(left, right, bar, width) for left, right in itertools.zip_longest(*sides, fillvalue="")]
    return found


def _row(left: str, right: str, bar: str, width: int) -> str:
    from rich.cells import set_cell_size

    return f"     {set_cell_size(left, width)} {bar} {right}".rstrip()


def _wrapped(text: str, width: int) -> list[str]:
    from rich.cells import cell_len, chop_cells

    from flashrls.clean import clean

    lines: list[str] = []
    for line in clean(text).expandtabs(4).split("\n"):
        for part in textwrap.wrap(line, width) or [""]:
            lines += [part] if cell_len(part) <= width else chop_cells(part, width)
        if len(lines) > _MOST_LINES:
            return [*lines[:_MOST_LINES], "…" if can_print("…", sys.stderr) else "..."]
    return lines


def _text(note: Note, name: str) -> str:
    value = getattr(note, name)
    if name == "waived":
        return "\n".join(f"{waiver.rule}: {waiver.reason}" for waiver in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(value) if isinstance(value, tuple) else str(value)

"""Printing: everything cleaned, data on stdout, talk on stderr, one JSON document if asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

if TYPE_CHECKING:
    from flashrls.errors import FlashrlsError

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """Give a command its `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a line of text, cleaned."""
    from flashrls.clean import clean

    click.echo(clean(text), err=err, nl=nl)


def say_json(document: object) -> None:
    """Print a JSON document. Whatever a terminal could obey in its texts is escaped."""
    import json

    click.echo(json.dumps(document, indent=2))


def complain(error: FlashrlsError, *, as_json: bool) -> None:
    """Tell an error on stderr, with the faults of a file behind it."""
    from flashrls.errors import FaultyFile

    faults = error.faults if isinstance(error, FaultyFile) else ()
    path = error.path if isinstance(error, FaultyFile) else ""
    if as_json:
        import json

        told: dict[str, Any] = {"code": error.exit_code, "kind": error.kind}
        told |= {"message": error.message, "mend": error.mend}
        if faults:
            told["faults"] = [
                {"path": path, "line": line, "message": message, "mend": mend} for line, message, mend in faults
            ]
        click.echo(json.dumps({"error": told}), err=True)
    else:
        for line, message, mend in faults:
            say(f"{path}:{line}: {message}\n    {mend}", err=True)
        say(f"flashrls: {error}", err=True)


def table(
    rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset(), last: int | None = None
) -> list[str]:
    """Return rows as aligned lines.

    Args:
        rows: the first is the header; all have the same length.
        right: columns to align right.
        last: cells that the last column may take; None for any number. What is longer is cut with `…`.
    """
    from rich.cells import cell_len, set_cell_size

    from flashrls.clean import clean_line

    cells = [[clean_line(cell) for cell in row] for row in rows]
    widths = [max(cell_len(row[column]) for row in cells) for column in range(len(cells[0]))]
    lines = []
    for row in cells:
        shown = []
        for column, cell in enumerate(row):
            space = " " * (widths[column] - cell_len(cell))
            if column == len(row) - 1 and column not in right:
                too_long = last is not None and cell_len(cell) > last
                shown.append(set_cell_size(cell, last - 1) + "…" if too_long and last else cell)
            else:
                shown.append(space + cell if column in right else cell + space)
        lines.append("  ".join(shown).rstrip())
    return lines


def room_for(taken: int) -> int | None:
    """Return the cells left on a terminal's line behind `taken`, at least 20; None when not on a terminal."""
    import shutil
    import sys

    return max(20, shutil.get_terminal_size().columns - taken) if sys.stdout and sys.stdout.isatty() else None


def can_print(characters: str, stream: TextIO | None) -> bool:
    """Whether a stream's encoding has these characters; one that was closed before we began takes all."""
    if stream is None:
        return True
    try:
        characters.encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def terminal_width() -> int:
    """Return the cells of a terminal's line, between 40 and 100; 80 when not on a terminal."""
    import shutil

    return min(100, max(40, shutil.get_terminal_size((80, 24)).columns))

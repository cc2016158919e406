"""`import`: deck files into the library."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from flashrls.cli.output import json_option, say, say_json
from flashrls.errors import BadDeckFiles

if TYPE_CHECKING:
    from flashrls.plan import DeckPlan, ImportPlan, NotePlan

_DETAILS = 20
"""How many changed notes of a deck are told one by one."""


@click.command(
    "import",
    epilog="Examples: `flashrls import sleep.md`, `flashrls import decks/ --dry-run`, `… | flashrls import -`.",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--deck", metavar="NAME", help="The deck of a file that doesn't name its own.")
@json_option
@click.pass_context
def import_(context: click.Context, paths: tuple[str, ...], dry_run: bool, deck: str | None, as_json: bool) -> None:
    """Bring deck files into the library: files, folders of them, or `-` for standard input.

    Importing a file again changes only what its text changed: schedules and history stay. Nothing is
    ever deleted, and if any file has an error, nothing at all is imported.
    """
    from flashrls.intake import read_decks

    files = read_decks(paths, deck=deck, stdin=sys.stdin.buffer if sys.stdin else None)
    with context.obj.library() as library:
        plan = library.plan(files) if dry_run else library.import_decks(files)
    if as_json:
        say_json(_document(plan))
    if plan.faults:
        if not as_json:
            _say_faults(plan)
        raise BadDeckFiles(plan.faults, sum(bool(file.faults) for file in plan.files))
    if not as_json:
        for planned in plan.decks:
            _say_deck(planned)
        _say_total(plan, dry_run=dry_run)


def _document(plan: ImportPlan) -> dict[str, Any]:
    from flashrls.plan import Change

    files = [
        {
            "path": file.path,
            "deck": file.deck.deck.name if file.deck else None,
            **{change.value: file.deck.count(change) if file.deck else 0 for change in Change},
            "errors": [{"line": f.line, "message": f.message, "mend": f.mend} for f in file.faults],
        }
        for file in plan.files
    ]
    totals = {} if plan.faults else {change.value: plan.count(change) for change in Change}
    return {"files": files, **dict.fromkeys((change.value for change in Change), 0), **totals}


def _say_faults(plan: ImportPlan) -> None:
    faults = [(file.path, fault) for file in plan.files for fault in file.faults]
    lines = [f"{path}:{fault.line}: {fault.message}\n    {fault.mend}" for path, fault in faults]
    say("\n".join(lines), err=True)


def _say_deck(planned: DeckPlan) -> None:
    from flashrls.plan import Change

    say(f"{planned.path}: {planned.deck.name}" + ("" if planned.known else " (new deck)"))
    say("  " + (_counts(planned) or "nothing to import"))
    changed = [note for note in planned.notes if note.change in (Change.EDITED, Change.MOVED, Change.MISSING)]
    for note in changed[:_DETAILS]:
        say(f"  {_change(note)}")
    if len(changed) > _DETAILS:
        say(f"  … and {len(changed) - _DETAILS} more")


def _change(note: NotePlan) -> str:
    from flashrls.clean import clean_line

    old = note.known.note.question if note.known else ""
    name = note.known.key if note.known else ""
    if note.note is None:
        return f"missing from the file, kept: {name}  {clean_line(old)}"
    told = clean_line(note.note.question)
    how = f" (recognised by {note.how})" if note.how else ""
    if note.note.question != old:
        return f"{note.change.value} {name}{how}: {clean_line(old)}\n    now: {told}"
    return f"{note.change.value} {name}{how}: {told}"


def _say_total(plan: ImportPlan, *, dry_run: bool) -> None:
    total = ", ".join(f"{count} {word}" for word, count in _changes(plan).items() if count) or "nothing"
    say(f"{'Would import' if dry_run else 'Imported'}: {total}.")


def _counts(planned: DeckPlan) -> str:
    return ", ".join(f"{count} {word}" for word, count in _changes(planned).items() if count)


def _changes(planned: DeckPlan | ImportPlan) -> dict[str, int]:
    from flashrls.plan import Change

    return {change.value: planned.count(change) for change in Change}


commands = (import_,)

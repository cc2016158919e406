"""`import`: deck files into the library."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import click

from flashrls.cli.output import json_option, say, say_json
from flashrls.errors import BadDeckFiles, Conflicts, Refused, UnsureMatches

if TYPE_CHECKING:
    from flashrls.plan import Conflict, Decide, DeckPlan, Guess, ImportPlan, NotePlan, Settle

_DETAILS = 20
"""How many changed notes of a deck are told one by one."""


@click.command(
    "import",
    epilog="Examples: `flashrls import sleep.md`, `flashrls import decks/ --dry-run`, `… | flashrls import -`.",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("--deck", metavar="NAME", help="The deck of a file that doesn't name its own.")
@click.option("--yes", is_flag=True, help="Cards that may be edits of cards you have are edits; don't ask.")
@click.option("--keep", is_flag=True, help="They are new cards, and those you have stay; don't ask.")
@click.option("--ours", is_flag=True, help="Of cards changed here and in the file, keep the library's text.")
@click.option("--theirs", is_flag=True, help="Of those, take the file's text.")
@json_option
@click.pass_context
def import_(
    context: click.Context,
    paths: tuple[str, ...],
    dry_run: bool,
    deck: str | None,
    yes: bool,
    keep: bool,
    ours: bool,
    theirs: bool,
    as_json: bool,
) -> None:
    """Bring deck files into the library: files, folders of them, or `-` for standard input.

    Importing a file again changes only what its text changed: schedules and history stay. A card is
    known by its id, else by its text; where that changed too, you are asked. What you edited here stays;
    where the file changed the same words, both are shown and you choose. Nothing is ever deleted, and if
    any file has an error, nothing at all is imported.
    """
    from flashrls.intake import read_decks

    if yes and keep:
        raise Refused("--yes and --keep say opposite things.", "Say one of them.")
    if ours and theirs:
        raise Refused("--ours and --theirs say opposite things.", "Say one of them.")
    files = read_decks(paths, deck=deck, stdin=sys.stdin.buffer if sys.stdin else None)
    decide = _decide(yes=yes, keep=keep, dry_run=dry_run, as_json=as_json)
    settle = _settle(ours=ours, theirs=theirs, dry_run=dry_run, as_json=as_json)
    with context.obj.library() as library:
        do = library.plan if dry_run else library.import_decks
        plan = do(files, decide, settle)
    if as_json:
        say_json(_document(plan, done=not plan.faults))
    if plan.faults:
        if not as_json:
            _say_faults(plan)
        raise BadDeckFiles(plan.faults, sum(bool(file.faults) for file in plan.files))
    if not as_json:
        for planned in plan.decks:
            _say_deck(planned)
        if yes or dry_run:
            _say_guesses(plan, is_decided=yes)
        if ours or theirs or dry_run:
            _say_conflicts(plan, kept="library" if ours else "file" if theirs else "")
        _say_total(plan, dry_run=dry_run)


def _decide(*, yes: bool, keep: bool, dry_run: bool, as_json: bool) -> Decide:
    """Who decides about guesses: an option, the learner, or nobody, and then nothing is imported."""
    from flashrls.cli.agreeing import ask_all, keep_all, on_terminal, take_all

    if keep:
        return keep_all
    if yes or dry_run:
        return take_all
    if as_json:
        return _refuse_as_json
    return ask_all if on_terminal() else _refuse


def _settle(*, ours: bool, theirs: bool, dry_run: bool, as_json: bool) -> Settle:
    """Who decides between an edit made here and one of the file, as for guesses."""
    from flashrls.cli.agreeing import on_terminal
    from flashrls.cli.settling import ask_sides, keep_ours, take_theirs

    if theirs:
        return take_theirs
    if ours or dry_run:
        return keep_ours
    if as_json:
        return _stop_as_json
    return ask_sides if on_terminal() else _stop


def _stop(plan: ImportPlan) -> Collection[Conflict]:
    from flashrls.cli.settling import conflict_lines

    say("\n".join(conflict_lines(plan.conflicts)), err=True)
    raise Conflicts(len(plan.conflicts))


def _stop_as_json(plan: ImportPlan) -> Collection[Conflict]:
    say_json(_document(plan, done=False))
    raise Conflicts(len(plan.conflicts))


def _refuse(plan: ImportPlan) -> Collection[Guess]:
    from flashrls.cli.agreeing import grouped, guess_lines

    say("\n".join(guess_lines(grouped(plan.guesses))), err=True)
    raise UnsureMatches(len(plan.guesses))


def _refuse_as_json(plan: ImportPlan) -> Collection[Guess]:
    say_json(_document(plan, done=False))
    raise UnsureMatches(len(plan.guesses))


def _document(plan: ImportPlan, *, done: bool) -> dict[str, Any]:
    from flashrls.cli.settling import conflict_document
    from flashrls.plan import Change

    files = [
        {
            "path": file.path,
            "deck": file.deck.deck.name if file.deck else None,
            **{change.value: file.deck.count(change) if file.deck else 0 for change in Change},
            "matches": [_match(note) for note in file.deck.notes if note.how] if file.deck else [],
            "conflicts": [conflict_document(one) for one in file.deck.conflicts] if file.deck else [],
            "errors": [{"line": f.line, "message": f.message, "mend": f.mend} for f in file.faults],
        }
        for file in plan.files
    ]
    return {"files": files, **{change.value: plan.count(change) if done else 0 for change in Change}}


def _match(planned: NotePlan) -> dict[str, Any]:
    """A note that was recognised by something else than its id in its deck."""
    return {
        "id": planned.known and planned.known.key,
        "from": planned.origin or None,
        "old": planned.known and planned.known.note.question,
        "new": planned.note and planned.note.question,
        "by": planned.how,
        "sure": planned.is_sure,
    }


def _say_faults(plan: ImportPlan) -> None:
    faults = [(file.path, fault) for file in plan.files for fault in file.faults]
    lines = [f"{path}:{fault.line}: {fault.message}\n    {fault.mend}" for path, fault in faults]
    say("\n".join(lines), err=True)


def _say_deck(planned: DeckPlan) -> None:
    say(f"{planned.path}: {planned.deck.name}" + ("" if planned.known else " (new deck)"))
    say("  " + (_counts(planned) or "nothing to import"))
    if drafts := sum(note.note is not None and note.note.draft for note in planned.notes):
        are = "is a draft" if drafts == 1 else "are drafts"
        say(f"  {drafts} of them {are}, not asked before `flashrls accept`")
    changed = [note for note in planned.notes if note.is_sure and _is_told(note)]
    for note in changed[:_DETAILS]:
        say(f"  {_change(note)}")
    if len(changed) > _DETAILS:
        say(f"  … and {len(changed) - _DETAILS} more")


def _is_told(note: NotePlan) -> bool:
    from flashrls.plan import Change

    quiet = (Change.NEW, Change.UNCHANGED, Change.EDITED_HERE, Change.ADDED_HERE)
    return note.is_back or note.change not in quiet


def _change(note: NotePlan) -> str:
    from flashrls.clean import clean_line

    old = note.known.here.question if note.known else ""
    name = note.known.key if note.known else ""
    if note.note is None:
        return f"missing from the file, kept: {name}  {clean_line(old)}"
    now = (note.text or note.note).question
    told = clean_line(now)
    how = f" (recognised by {note.how})" if note.how else ""
    did = f"back, goes on: {name}" if note.is_back else f"{note.change.words} {name}"
    if note.origin:
        did += f" from the deck '{clean_line(note.origin)}'"
    if now != old:
        return f"{did}{how}: {clean_line(old)}\n    now: {told}"
    return f"{did}{how}: {told}"


def _say_guesses(plan: ImportPlan, *, is_decided: bool) -> None:
    """Show the guesses that were taken, or about which the import would ask."""
    from flashrls.cli.agreeing import count_words, grouped, guess_lines

    if plan.guesses:
        number = count_words(len(plan.guesses))
        then = "taken as edited" if is_decided else "the import asks, or takes --yes or --keep"
        say(f"{number} not recognised for certain, {then}:")
        say("\n".join(guess_lines(grouped(plan.guesses), err=False)))


def _say_conflicts(plan: ImportPlan, *, kept: str) -> None:
    """Show what was changed here and in a file; `kept` says whose text was taken, empty if it is to be asked."""
    from flashrls.cli.agreeing import count_words
    from flashrls.cli.settling import conflict_lines

    if plan.conflicts:
        then = f"the {kept}'s text is taken" if kept else "the import asks, or takes --ours or --theirs"
        say(f"{count_words(len(plan.conflicts))} changed here and in the file, {then}:")
        say("\n".join(conflict_lines(plan.conflicts, err=False)))


def _say_total(plan: ImportPlan, *, dry_run: bool) -> None:
    total = ", ".join(f"{count} {word}" for word, count in _changes(plan).items() if count) or "nothing"
    say(f"{'Would import' if dry_run else 'Imported'}: {total}.")


def _counts(planned: DeckPlan) -> str:
    return ", ".join(f"{count} {word}" for word, count in _changes(planned).items() if count)


def _changes(planned: DeckPlan | ImportPlan) -> dict[str, int]:
    from flashrls.plan import Change

    return {change.words: planned.count(change) for change in Change}


commands = (import_,)

"""`source update` and `source remove`: a document's text changed, or forgotten."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from flashrls.cli.output import json_option, say, say_json
from flashrls.errors import Refused

if TYPE_CHECKING:
    from flashrls.store.documents import StoredDocument
    from flashrls.store.revising import Changed, Updated

_DETAILS = 40
"""How many changed anchors are told one by one."""


def stored_json(stored: StoredDocument) -> dict[str, Any]:
    """Return a document as `--json` prints it in lists."""
    return {
        "title": stored.title,
        "file": stored.file,
        "sha256": stored.sha256,
        "characters": stored.characters,
        "decks": list(stored.decks),
    }


@click.command(epilog="Example: `flashrls source update sleep.pdf --dry-run`.")
@click.argument("file")
@click.option("--document", metavar="NAME", help="Which document it replaces, if file name and title don't tell.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of the anchors.")
@json_option
@click.pass_context
def update(context: click.Context, file: str, document: str | None, dry_run: bool, as_json: bool) -> None:
    """Take a changed text: every anchor is found again, and told unchanged, moved, reworded or lost.

    Cards, schedules and history stay as they are.
    """
    from flashrls.intake import read_document_file

    told = read_document_file(file)
    with context.obj.library() as library:
        updated = library.update_document(told, document, dry_run=dry_run)
    if as_json:
        say_json(_updated(updated))
    else:
        _say_updated(updated, dry_run=dry_run)


def _updated(updated: Updated) -> dict[str, Any]:
    from flashrls.anchors.refind import Standing

    anchors = [
        {
            "note": one.note_id,
            "deck": one.deck,
            "quote": one.quote,
            "standing": one.standing.value,
            "was": one.was.value,
            "words": one.words,
        }
        for one in updated.anchors
    ]
    counts = {standing.value: updated.count(standing) for standing in Standing}
    return {"document": stored_json(updated.document), "changed": updated.is_new, **counts, "anchors": anchors}


def _say_updated(updated: Updated, *, dry_run: bool) -> None:
    from flashrls.anchors.refind import Standing

    title = updated.document.title
    if not updated.is_new:
        say(f"“{title}”: the library has this very text already; nothing changed.")
        return
    kinds = [_became(one) for one in updated.anchors]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in _KINDS if kind in kinds)
    verb = "Would update" if dry_run else "Updated"
    say(f"{verb} “{title}”. Anchors: {counts or 'none'}. Schedules and history stay.")
    changed = [one for one in updated.anchors if one.standing is not Standing.FOUND]
    changed.sort(key=lambda one: _WORST.index(_became(one)))
    for one in changed[:_DETAILS]:
        say(f"  {_became(one):<10} {one.note_id}: “{one.quote}”")
        if one.standing is Standing.REWORDED:
            say(f"{'now':>12} “{one.words}”")
    if len(changed) > _DETAILS:
        say(f"  … and {len(changed) - _DETAILS} more; --json lists all")
    if any(one.standing in (Standing.REWORDED, Standing.LOST) for one in changed):
        say("Read those cards: write the new words into their anchors (`> words`) and import the deck file again.")


_KINDS = ("unchanged", "moved", "reworded", "lost", "still lost", "in several places")
_WORST = ("lost", "reworded", "in several places", "moved", "still lost")


def _became(one: Changed) -> str:
    """What became of an anchor, in a word; one that wasn't in the text before is not this change's loss."""
    from flashrls.anchors.refind import Standing

    if one.standing is Standing.LOST and one.was is Standing.LOST:
        return "still lost"
    words = {Standing.FOUND: "unchanged", Standing.UNVERIFIED: "in several places"}
    return words.get(one.standing, one.standing.value)


@click.command(epilog="Example: `flashrls source remove old-notes.txt`.")
@click.argument("document")
@click.option("--yes", is_flag=True, help="Don't ask.")
@json_option
@click.pass_context
def remove(context: click.Context, document: str, yes: bool, as_json: bool) -> None:
    """Forget DOCUMENT: its text goes, and the anchors of its decks are unverified again.

    Cards, schedules and history stay as they are. DOCUMENT is a title, file, beginning of a sha256, or deck.
    """
    with context.obj.library() as library:
        stored, _ = library.document(document)
        if not yes:
            _ask(stored)
        library.remove_document(stored.sha256)
    if as_json:
        say_json(stored_json(stored))
    else:
        say(f"Removed “{stored.title}” ({stored.file}); {_loose(stored)}.")


def _ask(stored: StoredDocument) -> None:
    if not (sys.stdin and sys.stdin.isatty()):
        raise Refused("`source remove` forgets a text that may not be had again.", "Say --yes if you mean it.")
    say(f"“{stored.title}” ({stored.file}), {stored.characters:,} characters; {_loose(stored)}.", err=True)
    click.confirm("Remove it?", abort=True, err=True)


def _loose(stored: StoredDocument) -> str:
    if not stored.decks:
        return "no deck has it"
    number = len(stored.decks)
    return f"{number} deck{'s' * (number != 1)} without a document then; cards and history stay"

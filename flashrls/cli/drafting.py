"""`draft` and `accept`: a worksheet made of a document, and its cards taken into use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flashrls.cli.numbers import Real
from flashrls.cli.output import json_option, say, say_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashrls.cli.worksheets import Drafted
    from flashrls.draft.candidates import Origin

_TIMEOUT_S = 300.0
_DETAILS = 40
"""How many refusals are told one by one; `--json` tells all."""


@click.command(
    epilog="Examples: `flashrls draft sleep.txt`, `flashrls draft sleep.txt --bare`, "
    "`flashrls draft sleep.txt --from-command 'llm -m small'`."
)
@click.argument("document")
@click.option("--out", metavar="FILE", help="The worksheet.  [default: the document's name with .md, here]")
@click.option("--deck", metavar="NAME", help="The deck's name.  [default: the document's title]")
@click.option("--bare", is_flag=True, help="No candidates: every sentence with a place for your own card.")
@click.option(
    "--from-command", "command", metavar="CMD", help="Take candidates from a program: text in, JSON lines out."
)
@click.option(
    "--timeout",
    "timeout_s",
    type=Real(0, min_open=True, max=86_400),
    default=_TIMEOUT_S,
    metavar="SECONDS",
    help=f"How long the program may take.  [default: {_TIMEOUT_S:g}]",
)
@click.option("--dry-run", is_flag=True, help="Only say what would be written.")
@json_option
def draft(
    document: str,
    out: str | None,
    deck: str | None,
    bare: bool,
    command: str | None,
    timeout_s: float,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a worksheet of DOCUMENT: a deck file with its sentences in order, each quoted below a candidate card.

    The candidates come from simple rules that know English, or from a program of yours; they are there to be
    read, mended and thrown away. All are drafts: nothing is asked before `flashrls accept FILE ID` or you take
    the `.draft` away. Where no rule finds a card, a comment holds the sentence and a place for yours.

    A second run adds only sentences that the file lacks. A sentence you don't want belongs into the head's
    `skip`, with the reason.

    The program gets the text and the rules of a good card on its standard input. A card of its is taken only if
    its anchor stands in the text word for word and holds the answer, and every check of `flashrls check` passes.
    """
    from flashrls.cli.worksheets import Wish, make

    if bare and command is not None:
        raise click.UsageError("--bare and --from-command exclude each other.")
    drafted = make(document, Wish(out, deck, bare, command, timeout_s, dry_run))
    if as_json:
        say_json(_document(drafted, written=drafted.is_changed and not dry_run))
    else:
        _say_refusals(drafted)
        say("\n".join(_summary(drafted, dry_run=dry_run)), err=True)


def _document(drafted: Drafted, *, written: bool) -> dict[str, Any]:
    return {
        "path": drafted.path,
        "deck": drafted.deck,
        "written": written,
        "sentences": drafted.worksheet.sentences,
        "added": drafted.worksheet.added,
        "candidates": {origin.value: count for origin, count in drafted.worksheet.made.items()},
        "refused": [{"line": one.line, "words": one.words, "reason": one.reason} for one in drafted.refused],
        "notes": list(drafted.remarks),
    }


def _say_refusals(drafted: Drafted) -> None:
    from flashrls.clean import clean_line

    for one in drafted.refused[:_DETAILS]:
        say(f"refused, line {one.line}: {clean_line(one.words)}\n    {clean_line(one.reason)}", err=True)
    if len(drafted.refused) > _DETAILS:
        say(f"… and {len(drafted.refused) - _DETAILS} more; --json lists all.", err=True)


def _summary(drafted: Drafted, *, dry_run: bool) -> list[str]:
    sheet = drafted.worksheet
    standing = sheet.sentences - sheet.added
    made = sum(sheet.made.values())
    told = ", ".join(_counted(origin, count) for origin, count in sorted(sheet.made.items()))
    lines = [f"{drafted.path}: {sheet.added} of {sheet.sentences} sentences {'would be ' * dry_run}added"]
    lines[0] += f", {standing} stand there already." if standing else "."
    if drafted.refused:
        lines.append(f"{len(drafted.refused)} refused.")
    if made:
        lines.append(f"Candidates to read: {made} ({told}). Nothing is asked before you accept it.")
        if not dry_run:
            lines.append(f"Next: read {drafted.path}, then `flashrls accept {drafted.path} ID` and import it.")
    else:
        lines.append("No new candidates.")
    return [*lines, *drafted.remarks]


def _counted(origin: Origin, count: int) -> str:
    if origin.value == "command":
        return f"{count} from the command"
    return f"{count} {origin.value}{'s' * (count != 1)}"


@click.command(epilog="Examples: `flashrls accept sleep.md spindles-2f9c01`, `flashrls accept sleep.md --all`.")
@click.argument("file")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "every", is_flag=True, help="All cards of the file that are drafts.")
@json_option
def accept(file: str, ids: Sequence[str], every: bool, as_json: bool) -> None:
    """Take the `.draft` off cards in a deck FILE, so that the next import brings them in to be asked.

    Nothing else in the file changes, not a byte.
    """
    from flashrls.cli.accepting import accept_cards

    if bool(ids) == every:
        raise click.UsageError("Name the cards to accept, or say --all." if every is False else "IDs or --all?")
    accepted = accept_cards(file, ids, every=every)
    if as_json:
        told = {
            "path": accepted.path,
            "accepted": accepted.keys,
            "already": accepted.already,
            "drafts": accepted.left,
        }
        say_json(told)
        return
    for key in accepted.already:
        say(f"{key} was no draft any more.", err=True)
    count = len(accepted.keys)
    say(f"{accepted.path}: {count} card{'s' * (count != 1)} accepted, {accepted.left} still drafts.")
    if count:
        say(f"Next: `flashrls import {accepted.path}`", err=True)


commands = (draft, accept)

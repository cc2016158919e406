"""`export`: a deck, or what was edited of it here, into its deck file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from flashrls.cli.output import json_option, say, say_json
from flashrls.errors import FlashrlsError, Refused

if TYPE_CHECKING:
    from pathlib import Path

    from flashrls.cards import Deck, Note
    from flashrls.formats.exporting import Revised
    from flashrls.plan import DeckPlan
    from flashrls.store.exporting import Outgoing
    from flashrls.store.library import Library

_STDOUT = "-"


@click.command(
    epilog="Examples: `flashrls export sleep.md`, `flashrls export new.md --deck Sleep`, `… export - …`."
)
@click.argument("file", metavar="FILE")
@click.option("--deck", metavar="DECK", help="The deck; left out, that of the file, or the only one.")
@click.option("--force", is_flag=True, help="Write the whole deck over a file that is there.")
@json_option
@click.pass_context
def export(context: click.Context, file: str, deck: str | None, force: bool, as_json: bool) -> None:
    """Write a deck to a deck file (.md), or to standard output for `-`.

    A new file gets the whole deck, with an id for every card. In the deck's own file only the cards that
    you edited, added or moved here are written; all else in it stays, byte for byte.
    """
    from pathlib import Path

    if file == _STDOUT:
        with context.obj.library() as library:
            _print(library, deck, as_json=as_json)
        return
    path = Path(file)
    if path.suffix.lower() != ".md":
        raise Refused(
            f"A deck file's name ends in .md, not in '{path.suffix or path.name}'.", "Name a file like deck.md."
        )
    with context.obj.library() as library:
        counts = write_back(library, path, deck) if path.exists() and not force else _create(library, path, deck)
    if as_json:
        say_json({"path": _shown(path), **counts})


def _shown(path: Path) -> str:
    from flashrls.clean import clean_path

    return clean_path(path)


def _print(library: Library, name: str | None, *, as_json: bool) -> None:
    from flashrls.formats.render import render_deck

    told, _ = _whole(library, name)
    if as_json:
        raise Refused("A deck file on standard output is no JSON.", "Leave out --json, or name a file.")
    if sys.stdout and sys.stdout.isatty():
        say(render_deck(told), nl=False)
    else:
        click.echo(render_deck(told).encode(), nl=False)  # the deck's own bytes: what reads them is no terminal


def _whole(library: Library, name: str | None) -> tuple[Deck, list[int]]:
    """The deck as a file can tell it: an id for every card."""
    from dataclasses import replace

    from flashrls.formats.ids import new_ids

    told, refs = library.whole(_chosen(library, name))
    if not told.notes:
        raise FlashrlsError(f"The deck '{told.name}' holds no card.", "There is nothing to write.")
    made = iter(new_ids(told.notes))
    return replace(told, notes=tuple(n if n.key else replace(n, key=next(made)) for n in told.notes)), refs


def _chosen(library: Library, name: str | None) -> str:
    if name is not None:
        return name
    names = library.deck_names()
    if len(names) != 1:
        raise Refused(f"The library has {len(names)} decks, and a file holds one.", "Say which: --deck DECK.")
    return names[0]


def _create(library: Library, path: Path, name: str | None) -> dict[str, object]:
    """Write the whole deck, into a new file or over another."""
    from dataclasses import replace

    from flashrls.cli.rewriting import rewrite
    from flashrls.cli.saving import create
    from flashrls.formats.deckfile import parse_deck
    from flashrls.formats.exporting import as_told
    from flashrls.formats.render import render_deck
    from flashrls.intake import read_content
    from flashrls.store.exporting import Exported

    told, refs = _whole(library, name)
    text = render_deck(told)
    after = parse_deck(text, name=told.name)
    if isinstance(after, tuple) or [replace(note, line=0) for note in after.notes] != [*map(as_told, told.notes)]:
        raise FlashrlsError(f"The deck '{told.name}' can't be told by a deck file; nothing was written.", _REPORT)
    if path.exists():
        rewrite(path, read_content(path), text.encode())
    else:
        create(path, text.encode())
    both = zip(refs, after.notes, told.notes, strict=True)
    written = [Exported(ref, note, at, before) for at, (ref, note, before) in enumerate(both)]
    library.exported(written, folder=str(path.absolute().parent))
    say(f"{_shown(path)}: {_cards(len(refs))} of {told.name} written.", err=True)
    return {"deck": told.name, "edited": 0, "added": len(refs), "removed": 0}


_REPORT = "This should not be: please tell the makers of the program."


def _cards(count: int) -> str:
    return "1 card" if count == 1 else f"{count} cards"


def write_back(library: Library, path: Path, name: str | None) -> dict[str, object]:
    """Write what was edited, added and moved here into the deck's own file."""
    from flashrls.cli.deckfile import encoded, faulty
    from flashrls.cli.rewriting import rewrite
    from flashrls.formats.deckfile import decode, parse_deck
    from flashrls.formats.exporting import revise
    from flashrls.formats.faults import Fault
    from flashrls.intake import read_content
    from flashrls.store.exporting import outgoing

    content = read_content(path)
    text = decode(content)
    told = (text,) if isinstance(text, Fault) else parse_deck(text, name=path.stem)
    if isinstance(text, Fault) or isinstance(told, tuple):
        raise faulty(path, told if isinstance(told, tuple) else ())
    plan = _plan(library, path, told, name)
    out = outgoing(plan)
    if out.stale:
        raise FlashrlsError(
            f"{_shown(path)}: {_cards(len(out.stale))} changed here and in the file, in line "
            f"{', '.join(map(str, out.stale))}; nothing was written.",
            f"Import first, which shows both: flashrls import {_shown(path)}",
        )
    cards, added = _with_ids(told, out, plan)
    revised = revise(text, told, cards, added)
    if revised is None:
        raise FlashrlsError(
            f"{_shown(path)}: the cards can't be written without changing others; nothing was written.",
            "Write them into a new file: flashrls export NEW.md --deck DECK",
        )
    if revised.text != text:
        rewrite(path, content, encoded(revised.text, content))
    _keep(library, path, told, out, revised)
    _tell(path, out)
    return {"deck": told.name, "edited": len(out.rewrite), "added": len(added), "removed": len(out.remove)}


def _plan(library: Library, path: Path, told: Deck, name: str | None) -> DeckPlan:
    """What importing the file would do: its deck has to be the one that is meant."""
    from flashrls.cli.agreeing import keep_all

    (file,) = library.plan([(_shown(path), told)], keep_all).files
    deck = file.deck
    if deck is None or deck.known is None:
        raise FlashrlsError(
            f"{_shown(path)}: this file holds the deck '{told.name}', which isn't in the library as it is there; "
            "it was left as it is.",
            "Name a new file, or write over this one with --force.",
        )
    if name is not None and library.whole(name)[0].key != told.key:
        raise FlashrlsError(
            f"{_shown(path)}: this file holds the deck '{told.name}', not '{name}'; it was left as it is.",
            "Name that deck's file, or write over this one with --force.",
        )
    return deck


def _with_ids(told: Deck, out: Outgoing, plan: DeckPlan) -> tuple[dict[int, Note | None], list[Note]]:
    """What becomes of the file's cards by their lines, and those to add; what is written gets an id."""
    from dataclasses import replace

    from flashrls.formats.ids import new_ids

    in_file = {note.key for note in told.notes if note.key}
    fresh = [replace(note, key=None) if note.key in in_file else note for _, note in out.append]
    wanted = [note for _, note in out.rewrite.values()] + fresh
    held = [old.key for old in (plan.known.notes if plan.known else ())]
    made = iter(new_ids(wanted, [*in_file, *held]))
    named = [note if note.key else replace(note, key=next(made)) for note in wanted]
    rewritten = dict(zip(out.rewrite, named, strict=False))
    return {**rewritten, **dict.fromkeys(out.remove, None)}, named[len(out.rewrite) :]


def _keep(library: Library, path: Path, told: Deck, out: Outgoing, revised: Revised) -> None:
    """Let the library know what the file tells now."""
    from flashrls.store.exporting import Exported

    own = {line: ref for line, (ref, _) in out.rewrite.items()} | out.same
    refs = [own.get(note.line) or out.others.get(note.line) for note in told.notes if note.line not in out.remove]
    refs += [ref for ref, _ in out.append]
    before = dict((*out.rewrite.values(), *out.append))
    before |= {ref: note for note in told.notes if (ref := out.same.get(note.line)) is not None}
    written = [
        Exported(ref, note, at, before.get(ref))
        for at, (ref, note) in enumerate(zip(refs, revised.notes, strict=True))
        if ref is not None
    ]
    library.exported(written, let_go=list(out.remove.values()), folder=str(path.absolute().parent))


def _tell(path: Path, out: Outgoing) -> None:
    counts = {"edited": len(out.rewrite), "added": len(out.append), "moved away": len(out.remove)}
    said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    say(f"{_shown(path)}: {said or 'nothing to write, the file tells all of it'}.", err=True)
    for home in out.homes:
        say(f"  The file of the deck '{home}' still tells cards of these: export it, too.", err=True)


commands = (export,)

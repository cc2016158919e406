"""`suspend`, `unsuspend`, `bury`, `reset`, `tag`, `move`: one deed for all cards that a query finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from flashrls.cli.agreeing import on_terminal
from flashrls.cli.output import json_option, say, say_json
from flashrls.cli.querying import QUERY_SETTINGS, find_by, query_argument
from flashrls.errors import Refused

if TYPE_CHECKING:
    from datetime import date

    from flashrls.log import CardState
    from flashrls.store.find import FoundCard
    from flashrls.store.library import Library
    from flashrls.study import StudyCard

Do = Callable[["Library", list["StudyCard"]], None]
"""Does the deed to cards."""

MANY = 10
"""More cards than these are changed only after a question, or with --yes."""

_SHOWN = 5
_QUERY_EPILOG = "QUERY is as for `flashrls cards`, which shows what would be found. `flashrls undo` takes it back."


class Asked(NamedTuple):
    """How a command that changes many cards was called."""

    query: tuple[str, ...]
    yes: bool
    dry_run: bool
    as_json: bool


def _changing(example: str) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command that changes the cards that QUERY finds."""

    def decorate(function: Callable[..., None]) -> click.Command:
        epilog = f"Example: `{example}`. {_QUERY_EPILOG}"
        options = (
            query_argument(required=True),
            click.option("--yes", is_flag=True, help=f"Don't ask, even if more than {MANY} cards change."),
            click.option("--dry-run", is_flag=True, help="Only tell what would change."),
            json_option,
            click.pass_context,
        )
        made: Any = function
        for option in reversed(options):
            made = option(made)
        command: click.Command = click.command(context_settings=QUERY_SETTINGS, epilog=epilog)(made)
        return command

    return decorate


@_changing("flashrls suspend tag:enzyme lapses>5")
def suspend(context: click.Context, **asked: Any) -> None:
    """Don't ask the cards that QUERY finds until they are unsuspended.

    It always says how many. Finding nothing, or nothing left to change, is no failure: the exit code is 0.
    """
    _mark(context, Asked(**asked), "suspend", "suspended", lambda state, _: not state.suspended)


@_changing("flashrls unsuspend deck:Sleep")
def unsuspend(context: click.Context, **asked: Any) -> None:
    """Ask the suspended cards that QUERY finds again; their schedules are as they were."""
    _mark(context, Asked(**asked), "unsuspend", "unsuspended", lambda state, _: state.suspended)


@_changing("flashrls bury section:Stages")
def bury(context: click.Context, **asked: Any) -> None:
    """Don't ask the cards that QUERY finds today; tomorrow they come back."""
    _mark(context, Asked(**asked), "bury", "buried until tomorrow", lambda state, day: state.buried_on != day)


@_changing("flashrls reset spindles")
def reset(context: click.Context, **asked: Any) -> None:
    """Make the cards that QUERY finds new again; their log stays."""
    _mark(context, Asked(**asked), "reset", "new again", lambda state, _: state.reviews > 0)


@_changing("flashrls tag deck:Sleep --add exam --remove later")
@click.option("--add", multiple=True, metavar="TAG", help="Give them this tag; repeatable.")
@click.option("--remove", multiple=True, metavar="TAG", help="Take this tag away; repeatable.")
def tag(context: click.Context, add: tuple[str, ...], remove: tuple[str, ...], **asked: Any) -> None:
    """Give tags to the notes whose cards QUERY finds, or take tags away."""
    from flashrls.cli.tags import checked_tags

    added, removed = checked_tags(add), frozenset(remove)
    if not added and not removed:
        raise Refused("No tag is named.", "Say --add TAG or --remove TAG.")
    if both := added & removed:
        raise Refused(f"'{min(both)}' is to be added and removed.", "Say one of them.")

    def do(library: Library, cards: list[StudyCard]) -> None:
        library.tag(_notes(cards), add=added, remove=removed)

    told = Asked(**asked)
    with context.obj.library() as library:
        found = find_by(context, library, told.query)
        changing = [
            one.card for one in _a_note(found) if (set(one.card.tags) | added) - removed != set(one.card.tags)
        ]
        _carry_out(library, told, found, changing, "tagged", do, what="note")


@_changing("flashrls move tag:rem --to Sleep::REM")
@click.option("--to", "deck", required=True, metavar="DECK", help="The deck they go to, which must be there.")
def move(context: click.Context, deck: str, **asked: Any) -> None:
    """Put the notes whose cards QUERY finds into another deck, with all of their cards."""
    from flashrls.store.today import choose_deck

    told = Asked(**asked)
    with context.obj.glance() as (ask, _day):
        _, name = choose_deck(ask, deck)

    def do(library: Library, cards: list[StudyCard]) -> None:
        library.move(_notes(cards), name)

    with context.obj.library() as library:
        found = find_by(context, library, told.query)
        changing = [one.card for one in _a_note(found) if one.card.deck != name]
        _carry_out(library, told, found, changing, f"moved to {name}", do, what="note")


def _mark(
    context: click.Context, asked: Asked, kind: str, done: str, changes: Callable[[CardState, date], bool]
) -> None:
    """Mark those of the found cards that `changes` by it, on the present study day."""
    from flashrls.log import EntryKind

    mark = EntryKind(kind)

    def do(library: Library, cards: list[StudyCard]) -> None:
        library.mark([card.ref for card in cards], mark)

    with context.obj.library() as library:
        found = find_by(context, library, asked.query)
        changing = [one.card for one in found if changes(one.card.state, library.day)]
        _carry_out(library, asked, found, changing, done, do)


def _a_note(found: Sequence[FoundCard]) -> list[FoundCard]:
    """The first found card of each note."""
    return list({one.card.note_ref: one for one in reversed(found)}.values())[::-1]


def _notes(cards: Sequence[StudyCard]) -> list[int]:
    return list(dict.fromkeys(card.note_ref for card in cards))


def _carry_out(
    library: Library,
    asked: Asked,
    found: Sequence[FoundCard],
    cards: list[StudyCard],
    done: str,
    do: Do,
    what: str = "card",
) -> None:
    """Ask if it is much, do it as one deed, and tell; `what` is counted, and `cards` holds one of each.

    Raises:
        Refused: it is much, and nobody is there to ask.
    """
    if cards and not asked.dry_run:
        if len(cards) > MANY and not asked.yes:
            _agree(cards, done, what)
        do(library, cards)
    if asked.as_json:
        ids = [card.id for card in cards]
        say_json({"cards": len(found), "changed": len(cards), "ids": ids, "dry_run": asked.dry_run})
    else:
        _tell(len(found if what == "card" else _a_note(found)), cards, done, what, dry_run=asked.dry_run)


def _agree(cards: Sequence[StudyCard], done: str, what: str) -> None:
    from flashrls.clean import clean_line
    from flashrls.telling import count

    many = count(len(cards), what)
    if not on_terminal():
        raise Refused(f"{many} would be {done}; nothing was changed.", "Say --yes if they all should be.")
    say("\n".join(_lines(cards)), err=True)
    if not click.confirm(clean_line(f"{many} will be {done}. Go on?"), err=True):
        say("Nothing was changed.", err=True)
        raise click.exceptions.Exit(1)


def _tell(found: int, cards: Sequence[StudyCard], done: str, what: str, *, dry_run: bool) -> None:
    from flashrls.telling import count

    if not found:
        say("No card is found; nothing was changed.")
    elif not cards:
        say(f"Nothing to change: {count(found, what)} found, {'it is' if found == 1 else 'all are'} so already.")
    elif dry_run:
        say(f"{count(len(cards), what)} would be {done}:")
        say("\n".join(_lines(cards)))
    else:
        same = found - len(cards)
        others = f" ({same:,} more {'was' if same == 1 else 'were'} so already)" if same else ""
        say(f"{count(len(cards), what)} {done}{others}.")


def _lines(cards: Sequence[StudyCard]) -> list[str]:
    from flashrls.telling import short

    lines = [f"  {card.id}  {short(card.face.question, 60)}" for card in cards[:_SHOWN]]
    return lines + ([f"  … and {len(cards) - _SHOWN:,} more"] if len(cards) > _SHOWN else [])


commands = (suspend, unsuspend, bury, reset, tag, move)

"""`review`, `undo`, `redo`: today's work."""

from __future__ import annotations

import gc
import signal
import sys
from typing import TYPE_CHECKING

import click

from flashrls.cli.context import Context
from flashrls.cli.output import json_option, say, say_json
from flashrls.errors import Refused

if TYPE_CHECKING:
    from flashrls.config.values import Config
    from flashrls.store.deeds import Undone


def open_screen(
    context: click.Context,
    *,
    home: bool = False,
    deck: str | None = None,
    limit: int | None = None,
    new: int | None = None,
    practice: bool = False,
    section: str = "",
    sentence: str = "",
    query: str = "",
) -> None:
    """Open the interface on the home screen, or on a review, and end the process with its exit code.

    Raises:
        Refused: the program doesn't run in a terminal.
    """
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        raise Refused(
            "The screens need a terminal.", "In a pipe or script use `flashrls review --plain`, or see --help."
        )
    # The collector would search all that is imported now several times over; the interface turns it on
    # again when everything is loaded.
    gc.disable()
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # a grade that is being saved is more than a pipe
    from flashrls.config.reading import config_path, is_absent
    from flashrls.tui.app import run

    options: Context = context.obj
    # Without a file there is nothing to read it with.
    given = {} if is_absent(config_path()) else {"screen": options.config.screen}
    context.exit(
        run(
            options.path,
            deck=deck,
            limit=limit,
            new=new,
            practice=practice,
            section=section,
            sentence=sentence,
            query=query,
            study=not home,
            no_color=options.no_color,
            clock=options.clock,
            chosen=options.chosen,
            settings_file=_SettingsFile(),
            **given,
        )
    )


class _SettingsFile:
    """The learner's file of settings, for the screens."""

    def edit(self) -> Config:
        """Open it in the learner's editor, and return what it says then."""
        from flashrls.cli.configfile import edit_by_hand
        from flashrls.config.reading import config_path, read_config

        edit_by_hand(config_path())
        return read_config(config_path())

    def save_search(self, name: str, query: str) -> Config:
        """Write a saved search into it, and return what it says then.

        Raises:
            Refused: a search can't have that name.
            FlashrlsError: the file can't be changed.
        """
        from flashrls.cli.configfile import change
        from flashrls.config.editing import with_value
        from flashrls.config.kinds import is_search_name
        from flashrls.config.reading import config_path, read_config

        if not is_search_name(name):
            raise Refused("This can't be the name of a search.", "A name is up to 60 letters, without quotes.")
        change(config_path(), lambda source: with_value(source, ("searches", name), query))
        return read_config(config_path())


@click.command(
    epilog='Examples: `flashrls review`, `flashrls review "Sleep::Memory" --limit 10`, `flashrls review --plain`.'
)
@click.argument("deck", required=False)
@click.option("--plain", is_flag=True, help="Ask line by line on stdin and stdout: for screen readers and pipes.")
@click.option("--limit", type=click.IntRange(0, 99_999), metavar="N", help="At most N cards.")
@click.option(
    "--new", type=click.IntRange(0, 99_999), metavar="N", help="N new cards, whatever the day's limit says."
)
@click.option("--practice", is_flag=True, help="Cards that are not due: logged, without any effect.")
@click.option("--section", default="", metavar="TITLE", help="Only cards of this section of their document.")
@click.option("--sentence", default="", metavar="N.M", help="Only cards of this sentence, as `source` numbers it.")
@click.option("--query", default="", metavar="QUERY", help="Only cards that it finds; see `flashrls cards --help`.")
@click.pass_context
def review(
    context: click.Context,
    deck: str | None,
    plain: bool,
    limit: int | None,
    new: int | None,
    practice: bool,
    section: str,
    sentence: str,
    query: str,
) -> None:
    """Study what today holds: DECK with its sub-decks, or everything.

    With --plain an empty line shows the answer, then 1 2 3 4 grade it Again Hard Good Easy; ? tells all
    commands, q leaves, and so does the end of the input. Every grade is saved when the next card shows.
    """
    if not plain:
        with context.obj.glance() as (ask, _):
            from flashrls.store.today import choose_decks

            choose_decks(ask, deck)
        if section or sentence:
            _check_place(context, deck, section, sentence)
        if query:
            _check_query(context, query)
        open_screen(
            context,
            deck=deck,
            limit=limit,
            new=new,
            practice=practice,
            section=section,
            sentence=sentence,
            query=query,
        )
    from flashrls.cli.plain import review_plainly
    from flashrls.tui.plan import Plan

    plan = Plan(deck, new, limit, practice, section, sentence, query=query)
    with context.obj.library() as library:
        review_plainly(library, plan, sys.stdin or ())


def _check_place(context: click.Context, deck: str | None, section: str, sentence: str) -> None:
    """Complain of a section or sentence that isn't there before the screen opens."""
    with context.obj.library() as library:
        library.session(deck, section=section, sentence=sentence)


def _check_query(context: click.Context, query: str) -> None:
    """Complain of a query that can't be asked before the screen opens."""
    from flashrls.query import parse_query
    from flashrls.store.conditions import Standpoint, where

    asked = parse_query(query, dict(context.obj.chosen.get("searches", ())))
    with context.obj.glance() as (ask, day):
        where(ask, asked, Standpoint(day))


@click.command(epilog="Example: `flashrls undo`, as often as you like.")
@json_option
@click.pass_context
def undo(context: click.Context, as_json: bool) -> None:
    """Take back the last thing you did: a grade, an edit, cards added or suspended, also of earlier days."""
    with context.obj.library() as library:
        undone = library.undo()
    _say_undone(undone, "undone", as_json=as_json)


@click.command(epilog="Example: `flashrls redo`, as long as you did nothing else since the undo.")
@json_option
@click.pass_context
def redo(context: click.Context, as_json: bool) -> None:
    """Do again what `undo` took back last."""
    with context.obj.library() as library:
        redone = library.redo()
    _say_undone(redone, "redone", as_json=as_json)


def _say_undone(deed: Undone, key: str, *, as_json: bool) -> None:
    """Tell what was taken back or done again, and when it was first done."""
    entry, card = deed.entry, deed.card
    if as_json:
        told = {key: entry.id, "card": card.id, "kind": entry.kind.value, "grade": entry.grade}
        say_json({**told, "cards": deed.cards, "changed": list(deed.fields), "kept": list(deed.kept)})
        return
    from flashrls.clock import Moment
    from flashrls.telling import undone_words

    when = Moment(entry.at_ms, entry.utc_offset_s).wall_clock
    which = f"{card.id}, " if deed.cards == 1 else ""
    say(f"{undone_words(deed)} ({which}{when:%Y-%m-%d %H:%M})")


commands = (review, undo, redo)

"""`due`: what today still holds, for people, shell prompts, status bars and cron."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from flashrls.cli.output import json_option, say, say_json
from flashrls.errors import Refused

if TYPE_CHECKING:
    from datetime import date

    from flashrls.store.today import Ask
    from flashrls.study import Queue

_NAMES = ("due", "new", "drill", "total", "minutes", "streak", "tomorrow", "day")


@click.command(
    epilog="Examples: `flashrls due --format '{total} cards, {minutes} min'`, "
    "`flashrls due --exit-code >/dev/null || echo 'cards are waiting'`."
)
@click.option("--deck", help="Only this deck and its sub-decks.")
@click.option(
    "--format",
    "template",
    metavar="TEXT",
    help=f"Print TEXT with {', '.join(f'{{{name}}}' for name in _NAMES)} filled in.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 if something is due, with 0 if not.")
@json_option
@click.pass_context
def due(context: click.Context, deck: str | None, template: str | None, exit_code: bool, as_json: bool) -> None:
    """Say what today still holds, within the day's limits."""
    from flashrls.store.today import choose_decks, queue, settings

    if template is not None and as_json:
        raise Refused("--format and --json are two ways to print.", "Say one of them.")
    fields = () if template is None else _fields(template)
    with context.obj.glance() as (ask, day):
        left = queue(ask, day, choose_decks(ask, deck), settings(ask, context.obj.chosen))
        filled = {name: _value(name, ask, day, left) for name in fields}
    counts = {"new": len(left.new), "due": len(left.due), "drill": len(left.drill)}
    if as_json:
        say_json({"day": day.isoformat(), **counts, "total": left.total})
    elif template is not None:
        say(_filled(template, filled))
    elif left.total:
        parts = [f"{count} {word if word != 'drill' else 'to drill'}" for word, count in counts.items() if count]
        say(f"{left.total} to study today: {', '.join(parts)}")
    else:
        say("Nothing to study today.")
    if exit_code:
        context.exit(1 if left.total else 0)


def _fields(template: str) -> set[str]:
    """Return the names that a template fills in; only these are asked of the library.

    Raises:
        Refused: a brace without its other half, or a name that isn't known.
    """
    from string import Formatter

    try:
        named = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise Refused(f"This format can't be read: {error}.", "Write {{ and }} for braces that stay.") from None
    if unknown := sorted(named - set(_NAMES)):
        known = ", ".join(f"{{{name}}}" for name in _NAMES)
        raise Refused(f"A format knows no {{{unknown[0]}}}.", f"Known are {known}; write {{{{ for a brace.")
    return named


def _value(name: str, ask: Ask, day: date, left: Queue) -> int | str:
    values: dict[str, Callable[[], int | str]] = {
        "due": lambda: len(left.due),
        "new": lambda: len(left.new),
        "drill": lambda: len(left.drill),
        "total": lambda: left.total,
        "minutes": lambda: _minutes(ask, day, left.total),
        "streak": lambda: _streak(ask, day),
        "tomorrow": lambda: _tomorrow(ask, day),
        "day": day.isoformat,
    }
    return values[name]()


def _minutes(ask: Ask, day: date, cards: int) -> int:
    from flashrls.store.today import pace_ms
    from flashrls.telling import minutes_for

    return minutes_for(cards, pace_ms(ask, day))


def _streak(ask: Ask, day: date) -> int:
    from flashrls.store.today import streak

    return streak(ask, day)


def _tomorrow(ask: Ask, day: date) -> int:
    from flashrls.store.today import due_tomorrow

    return due_tomorrow(ask, day)


def _filled(template: str, values: dict[str, int | str]) -> str:
    try:
        return template.format_map(values)
    except (ValueError, LookupError, AttributeError, OverflowError, MemoryError) as error:
        raise Refused(f"This format can't be filled in: {error}.", "Write it as in '{total} cards'.") from None


commands = (due,)

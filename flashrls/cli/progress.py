"""`stats`: progress in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from flashrls.cli.output import json_option, say, say_json

if TYPE_CHECKING:
    from flashrls.cli.statsscope import Narrowing
    from flashrls.progress import Progress

_MOST_DAYS = 36_500


@click.command(
    epilog="Examples: `flashrls stats`, `flashrls stats --deck Sleep --days 90`, `flashrls stats --as-of 30d`, "
    "`flashrls stats --svg year.svg`, `flashrls stats --json | jq .retention`."
)
@click.option(
    "--days",
    type=click.IntRange(1, _MOST_DAYS),
    default=30,
    show_default=True,
    help="How many days to look back, not beyond the first answer.",
)
@click.option("--as-of", "as_of", metavar="DATE", help="A day gone by: 2026-03-01, yesterday, 30d, 2w, 1y.")
@click.option("--deck", metavar="DECK", help="Only this deck and those below it.")
@click.option("--tag", metavar="TAG", help="Only cards with this tag.")
@click.option("--section", metavar="TITLE", help="Only cards from this section of the document.")
@click.option("--query", metavar="QUERY", help="Only cards that a query finds, as in `flashrls cards`.")
@json_option
@click.option("--svg", metavar="FILE", help="Write the page as a picture into a new file; - for standard output.")
@click.option("--html", metavar="FILE", help="Write it as a page for browsers likewise.")
@click.pass_context
def stats(
    context: click.Context,
    days: int,
    as_of: str | None,
    deck: str | None,
    tag: str | None,
    section: str | None,
    query: str | None,
    as_json: bool,
    svg: str | None,
    html: str | None,
) -> None:
    """Report your progress: what you retain, the year, what falls due, and where your cards stand.

    Retention counts passes (Hard or better) among scheduled reviews of cards seen before; first answers
    to new cards and drills say nothing about memory and are left out. Several conditions hold together;
    they choose cards as they are now, for an earlier day, too.

    In JSON, shares are 0 to 1, null under 20 reviews, low and high their 95 % interval; intervals are days,
    eases hundredths, times milliseconds, pace_ms the mean answer of 30 days; rest has a deck's days until its
    last new card, null if the limits never let it come.
    """
    if as_json + (svg is not None) + (html is not None) > 1:
        raise click.UsageError("--json, --svg and --html can't be written at once.")
    from flashrls.cli.statsscope import Narrowing

    progress = _progress(context, Narrowing(deck, tag, section, query), as_of, days)
    if as_json:
        from flashrls.cli.statsjson import document

        say_json(document(progress, days))
    elif svg is not None or html is not None:
        _share(progress, svg or html or "", is_svg=svg is not None)
    else:
        _report(progress)


def _progress(context: click.Context, narrowing: Narrowing, as_of: str | None, days: int) -> Progress:
    from flashrls.cli.statsscope import day_of, scope_of
    from flashrls.store.conditions import standpoint
    from flashrls.store.figures import progress
    from flashrls.store.today import settings

    with context.obj.glance() as (ask, today):
        day = day_of(as_of, today)
        limits = settings(ask, context.obj.chosen)
        now = standpoint(context.obj.clock(), limits.rollover_hour)
        scope, words = scope_of(ask, narrowing, now, dict(limits.searches))
        return progress(ask, scope, day, days, limits, today, words=words)


def _report(progress: Progress) -> None:
    import sys

    from flashrls.cli.output import can_print, terminal_width
    from flashrls.cli.statswords import opening, page

    width = terminal_width()
    say("\n".join(opening(progress, width)))
    for section in page(progress, width, only_ascii=not can_print("█▒░▁┤·–", sys.stdout)):
        say(f"\n{section.heading}")
        say("\n".join(section.lines))


def _share(progress: Progress, name: str, *, is_svg: bool) -> None:
    import os
    from pathlib import Path

    from flashrls.clean import clean_path
    from flashrls.cli.saving import create
    from flashrls.cli.statsfiles import WIDTH, as_html, as_svg
    from flashrls.cli.statswords import page, summary, title
    from flashrls.errors import FlashrlsError, Refused

    path = Path(name)
    if not name:
        raise Refused("The file needs a name.", "Name one, or - for standard output.")
    if name != "-" and os.path.lexists(path):
        raise FlashrlsError(
            f"{clean_path(path)}: this file is there already; it was not touched.", "Name a new one."
        )
    write = as_svg if is_svg else as_html
    text = write(title(progress), summary(progress), page(progress, WIDTH))
    if name == "-":
        click.echo(text, nl=False)
        return
    create(path, text.encode())
    say(f"{clean_path(path)}: written.", err=True)


commands = (stats,)

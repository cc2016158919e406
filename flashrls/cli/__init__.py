"""The command line. Nothing heavy is imported here: each command imports its rooms when it runs."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from flashrls import __version__
from flashrls.cli import (
    bulk,
    checking,
    configuring,
    drafting,
    editing,
    exporting,
    importing,
    looking,
    progress,
    reminding,
    sourcing,
    studying,
)
from flashrls.cli.context import Context
from flashrls.cli.output import complain
from flashrls.errors import FlashrlsError, Refused

INTERRUPTED = 130


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Examples: `flashrls`, `flashrls review --plain`, `flashrls import notes.md`, `flashrls cards --help`.",
)
@click.option(
    "--db",
    metavar="PATH",
    envvar="FLASHRLS_DB",
    help="The library file.  [default: FLASHRLS_DB, else in your data folder]",
)
@click.option("--no-color", is_flag=True, help="No colours, as with NO_COLOR set.")
@click.version_option(__version__, "-V", "--version", prog_name="flashrls", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, db: str | None, no_color: bool) -> None:
    """Study any document until you know it, in your terminal.

    Without a command, the home screen opens: your decks, what today holds, Enter studies.
    """
    context.obj = Context(db, no_color)
    if no_color:
        os.environ["NO_COLOR"] = "1"
    if context.invoked_subcommand is None:
        studying.open_screen(context, home=True)


for command in (
    *studying.commands,
    *reminding.commands,
    *importing.commands,
    *exporting.commands,
    *looking.commands,
    *editing.commands,
    *bulk.commands,
    *progress.commands,
    *sourcing.commands,
    *checking.commands,
    *drafting.commands,
    *configuring.commands,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the process's exit code."""
    said = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in said
    if arguments is None:
        # A reader that leaves early ends us without a word, as it ends other programs.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # bytes that are no text, characters that no terminal here has
            stream.reconfigure(errors="replace")
    try:
        outcome = cli.main(said, prog_name="flashrls", standalone_mode=False)
        if sys.stdout:
            sys.stdout.flush()
    except FlashrlsError as error:
        complain(error, as_json=as_json)
        return error.exit_code
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "flashrls"
        complain(Refused(error.format_message(), f"`{where} --help` tells how to use it."), as_json=as_json)
        return error.exit_code
    except click.ClickException as error:
        complain(FlashrlsError(error.format_message()), as_json=as_json)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        return INTERRUPTED
    except UnicodeEncodeError:
        complain(Refused("An argument is not text.", "Write it in UTF-8, as your terminal does."), as_json=as_json)
        return Refused.exit_code
    except OSError as error:  # standard output can't take what is printed
        print(f"flashrls: {error.strerror or error}", file=sys.stderr)  # noqa: T201
        _give_up(sys.stdout)
        return FlashrlsError.exit_code
    return outcome if isinstance(outcome, int) else 0


def _give_up(stream: TextIO | None) -> None:
    """Let what a stream still holds go nowhere: Python would try to write it again at its end, and complain."""
    try:
        if stream is not None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
    except (OSError, ValueError):  # it has no file of its own
        return

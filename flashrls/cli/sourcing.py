"""`source`: documents in the library, and what the decks quote and know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flashrls.cli.changing import remove, stored_json, update
from flashrls.cli.numbers import Real
from flashrls.cli.output import json_option, say, say_json, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashrls.cards import Source
    from flashrls.knowledge import SourceView
    from flashrls.store.documents import Added

_DETAILS = 40
"""How many changed anchors are told one by one."""
_SHOWN = "show-coverage"


class _SourceGroup(click.Group):
    """`source [DECK]` shows coverage; a first word that is a command's name is that command."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        first = arguments[0] if arguments else ""
        if first not in self.commands and first not in self.get_help_option_names(context):
            arguments = [_SHOWN, *arguments]
        return super().parse_args(context, arguments)

    def format_options(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of `source [DECK]`, which are those of its hidden command."""
        options = [one for one in self.commands[_SHOWN].get_params(context) if isinstance(one, click.Option)]
        with formatter.section("Options"):
            formatter.write_dl([record for one in options if (record := one.get_help_record(context))])
        self.format_commands(context, formatter)


@click.group(
    cls=_SourceGroup,
    subcommand_metavar="[DECK] | COMMAND [ARGS]...",
    epilog="Examples: `flashrls source`, `flashrls source Sleep --text`, `flashrls source add sleep.pdf`. "
    "A deck that is called like a command: `flashrls source show-coverage add`.",
)
def source() -> None:
    """Show what the decks quote of their document, and what your reviews say is known of it.

    One mark a sentence: █ quoted wholly or nearly so, ▓ at least half, ▒ less, · not at all, × left out on
    purpose (`skip` in the deck's head). Quoted is not yet learned: what is known stands below it.
    """


@source.command(_SHOWN, hidden=True)
@click.argument("deck", required=False)
@click.option("--text", "whole", is_flag=True, help="Print the whole document, what no card quotes in [brackets].")
@click.option(
    "--min",
    "least",
    type=Real(0, 100),
    metavar="PERCENT",
    help="Exit with 1 unless so many of the sentences are quoted, at least in part; skipped ones don't count.",
)
@json_option
@click.pass_context
def show_coverage(
    context: click.Context, deck: str | None, whole: bool, least: float | None, as_json: bool
) -> None:
    """Show what DECK and its sub-decks, or all decks, quote of their document and know of it."""
    from flashrls.cli.coverage import document_of, report, whole_text
    from flashrls.errors import FlashrlsError, NoDocument

    with context.obj.library() as library:
        views = library.sources(deck)
        loose = library.unattached(deck)
    if as_json:
        say_json({"documents": [document_of(view) for view in views]})
    else:
        for number, view in enumerate(views):
            say("\n" * bool(number) + (whole_text(view) if whole else report(view)))
        say_unattached(loose)
    if not views:
        raise NoDocument(deck)
    if least is not None and (short := [view for view in views if not _reaches(view, least)]):
        raise FlashrlsError(
            f"Fewer than {least:g} % of the sentences are quoted in {', '.join(map(_shortfall, short))}.",
            "Write cards for those marked · or list them under `skip` in the deck's head, with the reason.",
        )


def say_unattached(decks: Sequence[tuple[str, Source]]) -> None:
    """Say of decks with anchors but without a document how to attach it, once for each document."""
    from flashrls.knowledge import how_to_attach

    for named in dict.fromkeys(source for _, source in decks):
        names = [name for name, source in decks if source == named]
        others = f" and {len(names) - 1} more" * (len(names) > 1)
        say(f"{names[0]}{others}: anchors unverified. {how_to_attach(named)}", err=True)


def _reaches(view: SourceView, least: float) -> bool:
    coverage = view.coverage
    return coverage.touched * 100 >= least * (len(coverage.sentences) - coverage.skipped)


def _shortfall(view: SourceView) -> str:
    coverage = view.coverage
    return f"'{view.finder.document.title}' ({coverage.touched} of {len(coverage.sentences) - coverage.skipped})"


@source.command(epilog="Examples: `flashrls source add sleep.pdf`, `flashrls source add notes.html --deck Sleep`.")
@click.argument("file")
@click.option("--deck", metavar="DECK", help="Attach it to this deck and its sub-decks, whatever their heads name.")
@json_option
@click.pass_context
def add(context: click.Context, file: str, deck: str | None, as_json: bool) -> None:
    """Keep the text of FILE (.txt, .md, .html, .pdf) in the library and attach it to the decks made from it.

    Without --deck these are the decks whose head names it: by its sha256, else by its file's name or its title.
    Their anchors are looked up at once. The file itself is not needed any more.
    """
    from flashrls.intake import read_document_file

    document = read_document_file(file)
    with context.obj.library() as library:
        added = library.add_document(document, deck)
    if as_json:
        say_json(_added(added))
    else:
        _say_added(added)


def _added(added: Added) -> dict[str, Any]:
    attached = [
        {
            "deck": one.deck,
            "by": one.by,
            "differs": one.differs,
            "anchors": {standing.value: count for standing, count in one.standings.items()},
        }
        for one in added.attached
    ]
    passed = list(added.passed)
    return {"document": stored_json(added.document), "new": added.is_new, "attached": attached, "passed": passed}


_BY = {
    "sha256": "its head names this very text",
    "file": "its head names a file of this name",
    "title": "its head names a text of this title",
    "asked": "as you said",
}


def _say_added(added: Added) -> None:
    from flashrls.cards import Source
    from flashrls.formats.render import render_source

    stored = added.document
    verb = "Added" if added.is_new else "In the library already:"
    say(f"{verb} “{stored.title}” ({stored.file}), {stored.characters:,} characters.")
    for one in added.attached:
        say(f"  attached to {one.deck}: {_BY[one.by]}")
        say(f"    {_standings(one.standings)}")
        if one.differs:
            say("    It was made from another state of the text (its sha256 differs); this one judges it now.")
    for name in added.passed:
        say(f"  {name} names it, too, but keeps the document it has; `--deck` changes that.")
    if not stored.decks:
        named = "No deck names it. " * (not added.passed)
        say(f"{named}`flashrls source add FILE --deck DECK` attaches it, or a deck's head does:")
        say(f"  {render_source(Source(stored.title, stored.file, stored.sha256))}")


_WORDS = {
    "found": "found",
    "moved": "moved",
    "reworded": "reworded",
    "lost": "not in the text",
    "unverified": "in several places",
}


def _standings(standings: dict[Any, int]) -> str:
    if not standings:
        return "it has no anchors"
    counted = ", ".join(f"{standings[how]} {words}" for how, words in _WORDS.items() if standings.get(how))
    lost = standings.get("lost", 0) + standings.get("unverified", 0)
    return f"anchors: {counted}" + ("; `flashrls check` on its file tells which" if lost else "")


@source.command("list")
@json_option
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """List the documents in the library and the decks they are attached to."""
    with context.obj.library() as library:
        documents = library.documents()
    if as_json:
        say_json([stored_json(stored) for stored in documents])
    elif documents:
        rows = [("characters", "sha256", "file", "title")]
        rows += [(f"{one.characters:,}", one.sha256[:8], one.file, one.title) for one in documents]
        lines = table(rows, right=frozenset({0}))
        say(lines[0])
        for line, stored in zip(lines[1:], documents, strict=True):
            say(line)
            say("\n".join(f"    attached to {name}" for name in stored.decks) or "    attached to no deck")
    else:
        say("There are no documents yet. `flashrls source add FILE` adds one.")


@source.command(epilog="Example: `flashrls source show sleep.pdf | less`.")
@click.argument("document", required=False)
@json_option
@click.pass_context
def show(context: click.Context, document: str | None, as_json: bool) -> None:
    """Print the text that the library keeps of DOCUMENT: a title, file, beginning of a sha256, or deck."""
    with context.obj.library() as library:
        stored, told = library.document(document)
    if not as_json:
        say(told.text)
        return
    from flashrls.documents.outline import outline

    parts = outline(told)
    sentences = [
        {"section": one.section + 1, "start": one.start, "end": one.end, "text": told.text[one.start : one.end]}
        for one in parts.sentences
    ]
    sections = [
        {"title": one.title, "path": one.path, "start": one.start, "end": one.end} for one in parts.sections
    ]
    say_json({**stored_json(stored), "text": told.text, "sections": sections, "sentences": sentences})


source.add_command(update)
source.add_command(remove)

commands = (source,)

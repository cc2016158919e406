"""`check`: what a machine can tell about deck files."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from flashrls.cli.output import json_option, say, say_json
from flashrls.errors import FlashrlsError, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from flashrls.anchors.find import Finder
    from flashrls.cards import Deck, Source
    from flashrls.cli.context import Context
    from flashrls.formats.faults import Fault
    from flashrls.formats.ids import Written
    from flashrls.lint.files import Finders


@dataclass(slots=True)
class _File:
    """A deck file: its name, fit to print, its place (None for standard input), and what it holds."""

    name: str
    path: Path | None
    content: bytes
    written: Written | None = None


@click.command(
    epilog="Examples: `flashrls check sleep.md`, `flashrls check decks/ --source sleep.txt --strict`, "
    "`flashrls check sleep.md --write-ids`."
)
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--source", metavar="DOC", help="The document that the cards answer to.  [default: the library's]")
@click.option("--write-ids", is_flag=True, help="Write missing ids and cloze numbers into the files.")
@click.option("--strict", is_flag=True, help="Warnings end in exit code 1, too.")
@json_option
@click.pass_context
def check(
    context: click.Context, paths: tuple[str, ...], source: str | None, write_ids: bool, strict: bool, as_json: bool
) -> None:
    """Tell what is wrong with deck files: files, folders of them, or `-` for standard input.

    Every card is asked what a machine can ask: whether it is short, stands alone, quotes its source
    word for word … A rule is switched off for one card above it: {#id allow-R5="the reason"}.
    Errors end in exit code 1. Nothing is imported, and without --write-ids no file is changed.
    """
    from flashrls.cli.findings import Told, as_document, say_findings, total
    from flashrls.lint.files import check_files
    from flashrls.lint.finding import Severity

    files = _read(paths, write_ids=write_ids)
    named = _named_source(source)
    if write_ids:
        _write(files)
    read = [(file.name, _parsed(file)) for file in files]
    checked = check_files(read, named or _library_finders(context.obj, [deck for _, deck in read]))
    told = [Told(one, file.written) for file, one in zip(files, checked, strict=True)]
    if as_json:
        say_json(as_document(told))
    else:
        say_findings(told)
    if total(told, Severity.ERROR) or (strict and total(told, Severity.WARNING)):
        context.exit(1)


def _read(paths: Iterable[str], *, write_ids: bool) -> list[_File]:
    from flashrls.clean import clean_path
    from flashrls.intake import STDIN, STDIN_NAME, deck_files, read_content, read_stream

    files: list[_File] = []
    seen: set[Path] = set()
    for path in dict.fromkeys(paths):
        if path == STDIN and sys.stdin:
            if write_ids:
                raise Refused("Standard input can't be written to.", "Name a file to write ids into.")
            files.append(_File(STDIN_NAME, None, read_stream(sys.stdin.buffer, STDIN_NAME)))
            continue
        for file in deck_files(path):
            if (real := file.resolve()) not in seen:
                seen.add(real)
                files.append(_File(clean_path(file), file, read_content(file)))
    return files


def _parsed(file: _File) -> Deck | tuple[Fault, ...]:
    from flashrls.clean import clean_path
    from flashrls.intake import parse_content

    # Standard input needs no name: nothing is imported.
    return parse_content(file.content, clean_path(file.path.stem) if file.path else file.name)


def _write(files: Iterable[_File]) -> None:
    """Write ids into all files that can be read as decks."""
    from flashrls.cli.rewriting import rewrite
    from flashrls.formats.ids import Written, write_ids

    for file in files:
        written = write_ids(file.content)
        if file.path is None or not isinstance(written, Written):
            continue
        if written.content != file.content:
            rewrite(file.path, file.content, written.content)
        file.content, file.written = written.content, written


def _named_source(path: str | None) -> Finders | None:
    if path is None:
        return None
    from flashrls.anchors.find import Finder
    from flashrls.intake import read_document_file

    finder = Finder(read_document_file(path))
    return lambda _: finder


def _library_finders(context: Context, found: Iterable[Deck | tuple[Fault, ...]]) -> Finders:
    """Return what finds the library's documents; a library is never made for it, and one that fails is told."""
    sources = {deck.source for deck in found if not isinstance(deck, tuple)}
    sources = {source for source in sources if source.title or source.file or source.sha256}
    finders: dict[Source, Finder] = {}
    if sources:
        try:
            finders = dict(_documents(context.path, sources))
        except FlashrlsError as error:
            say(f"flashrls: the library was not asked for documents: {error}", err=True)
    return finders.get


def _documents(library_path: Path, sources: Iterable[Source]) -> Iterator[tuple[Source, Finder]]:
    try:
        if not library_path.exists():
            return
    except OSError:
        return
    from flashrls.anchors.find import Finder
    from flashrls.store.library import open_library

    finders: dict[str, Finder] = {}
    with open_library(library_path) as library:
        for source in sources:
            if document := library.document_for(source):
                yield source, finders.setdefault(document.sha256, Finder(document))


commands = (check,)

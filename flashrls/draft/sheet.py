"""A worksheet as it stands: which lines of the file hold which cards, comments and headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from flashrls.cards import Deck, Note, Skip, Source
from flashrls.formats.blocks import COMMENT, Block, BlockKind, read_blocks
from flashrls.formats.deckfile import parse_deck
from flashrls.formats.faults import Fault
from flashrls.formats.head import read_head

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_COMMENTED_ID = re.compile(r"\{#([^\s{}]+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A card, or a place for one in a comment.

    Attributes:
        end: the number of the line behind its last, from 0.
        section: the headings above it, as in `Note.section`.
        quotes: its anchors.
        key: its id; None without one.
        note: None for a comment.
    """

    begin: int
    end: int
    section: str
    quotes: tuple[str, ...]
    key: str | None
    note: Note | None


@dataclass(frozen=True, slots=True)
class Title:
    """A heading in its line, from 0; `section` is the path that holds from it on, `levels` of its titles."""

    line: int
    level: int
    section: str
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet's text, read.

    Attributes:
        lines: with their ends.
        body: the number of the first line behind the head, from 0.
        deck: the name that its head gives it; empty without one.
    """

    lines: tuple[str, ...]
    body: int
    deck: str
    source: Source
    skip: tuple[Skip, ...]
    entries: tuple[Entry, ...]
    titles: tuple[Title, ...]

    def title_above(self, line: int) -> Title | None:
        """Return the last heading above a line; None if there is none."""
        at = bisect_left(self.titles, line, key=lambda title: title.line)
        return self.titles[at - 1] if at else None

    def titles_from(self, line: int) -> Iterator[Title]:
        """Return the headings in and below a line."""
        at = bisect_left(self.titles, line, key=lambda title: title.line)
        return (self.titles[number] for number in range(at, len(self.titles)))


def read_sheet(text: str) -> Sheet | tuple[Fault, ...]:
    """Return the worksheet that a file's text holds, or its faults; a file without any card is none."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = read_blocks(plain)
    deck = parse_deck(plain, name="worksheet")
    if not isinstance(deck, Deck) and (len(deck) > 1 or _holds_cards(blocks) or not plain.strip()):
        return deck
    head = blocks[0] if blocks and blocks[0].kind is BlockKind.HEAD else None
    said = read_head(head.text) if head else None
    if said and said.faults:
        return tuple(said.faults)
    notes = deck.notes if isinstance(deck, Deck) else ()
    lines = plain.split("\n")
    titles = tuple(_titles(blocks))
    entries = [*_cards(blocks, notes), *_comments(lines, blocks, titles)]
    return Sheet(
        tuple(_LINE.findall(text)),
        head.end if head else 0,
        (said.deck or "") if said else "",
        said.source if said else Source(),
        said.skip if said else (),
        tuple(sorted(entries, key=lambda entry: entry.begin)),
        titles,
    )


def _holds_cards(blocks: list[Block]) -> bool:
    return any(block.kind not in (BlockKind.HEAD, BlockKind.HEADING, BlockKind.RULE) for block in blocks)


def _titles(blocks: list[Block]) -> Iterator[Title]:
    above: dict[int, str] = {}
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            above = {level: title for level, title in above.items() if level < block.level}
            if title := " ".join(block.text.split()):
                above[block.level] = title
            yield Title(block.first, block.level, " > ".join(above.values()), tuple(above))


def _cards(blocks: list[Block], notes: tuple[Note, ...]) -> Iterator[Entry]:
    """Pair the notes with their lines; a file without faults has a note for each of its question blocks."""
    left = iter(notes)
    begin: int | None = None
    spans: list[list[int]] = []
    is_open = False
    for block in blocks:
        if block.kind is BlockKind.ATTRIBUTES:
            begin = block.first if begin is None else begin
            is_open = False
        elif block.kind in (BlockKind.QUESTION, BlockKind.CLOZE):
            spans.append([block.first if begin is None else begin, block.end])
            begin, is_open = None, True
        elif block.kind in (BlockKind.HEADING, BlockKind.RULE):
            begin, is_open = None, False
        elif is_open:
            spans[-1][1] = block.end
    for (first, end), note in zip(spans, left, strict=True):
        yield Entry(first, end, note.section, note.anchors, note.key, note)


def _comments(lines: list[str], blocks: list[Block], titles: tuple[Title, ...]) -> Iterator[Entry]:
    """Find what is commented out: lines that no block holds are comments or blank."""
    held = bytearray(len(lines) + 1)
    for block in blocks:
        held[block.first : block.end] = b"\1" * (block.end - block.first)
    section, following = "", iter([*titles, Title(len(lines) + 1, 0, "", ())])
    title = next(following)
    at = 0
    while at < len(lines):
        if held[at] or not lines[at].lstrip(" ").startswith(COMMENT):
            at += 1
            continue
        end = at
        while end + 1 < len(lines) and "-->" not in lines[end]:
            end += 1
        while title.line < at:
            section, title = title.section, next(following)
        inside = lines[at : end + 1]
        quotes = tuple(line.lstrip()[1:].strip() for line in inside if line.lstrip().startswith(">"))
        key = next((found[1] for line in inside if (found := _COMMENTED_ID.match(line.lstrip()))), None)
        if quotes or key:
            yield Entry(at, end + 1, section, tuple(filter(None, quotes)), key, None)
        at = end + 1

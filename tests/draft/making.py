"""Documents and worksheets for tests."""

from __future__ import annotations

import re

from flashrls.anchors.find import Finder
from flashrls.cards import Deck
from flashrls.documents.text import Document, Heading
from flashrls.draft.proposing import propose
from flashrls.draft.sheet import Sheet, read_sheet
from flashrls.draft.worksheet import Worksheet, add_to, new_sheet
from flashrls.formats.deckfile import parse_deck

SLEEP = """# Sleep

A spindle is a burst of brain waves that marks light sleep. These bursts last about 2 seconds.

## Memory

The hippocampus, an area that stores memories, is active in dreams. Dreams may result from old memories.
"""


def document(text: str, *, file: str = "sleep.txt") -> Document:
    """A document of lines, those that begin with `#` being headings."""
    plain: list[str] = []
    headings: list[Heading] = []
    at = 0
    for line in text.split("\n"):
        level = len(line) - len(line.lstrip("#"))
        words = line[level:].strip() if level else line
        if level and words:
            headings.append(Heading(at, at + len(words), level))
        plain.append(words)
        at += len(words) + 1
    return Document("Sleep and memory", file, "0" * 64, "\n".join(plain), tuple(headings))


def rarity(word: str) -> float:
    """A frequency that finds long words rare."""
    return max(0.0, 7.0 - len(word) / 2)


def sheet_of(text: str) -> Sheet:
    """A worksheet that must be readable."""
    sheet = read_sheet(text)
    assert isinstance(sheet, Sheet), sheet
    return sheet


def drafted(finder: Finder, text: str = "", *, bare: bool = False) -> Worksheet:
    """The worksheet of a document: a new one, or one that goes on with `text`."""
    return add_to(sheet_of(text or new_sheet(finder)), finder, {} if bare else propose(finder, rarity))


def deck_of(text: str) -> Deck:
    """The deck of a file that must have no faults."""
    deck = parse_deck(text, name="d")
    assert isinstance(deck, Deck), deck
    return deck


def unhashed(text: str) -> str:
    """A worksheet without the hashes in its ids, which nobody can write by hand."""
    return re.sub(r"(?<=-)[0-9a-f]{6}(?= |-\d| \.|$)", "******", text)

"""Taking the `.draft` off cards in a deck file, every other byte of it left as it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flashrls.cards import Note, made_key
from flashrls.formats.blocks import BlockKind, read_blocks

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_TOKEN = re.compile(r"""\s*(?:"(?:[^"\\]|\\.)*"|[^\s"{}])+""")
_CLASSES = re.compile(r'(class=)("?)([^"]*)("?)')


@dataclass(frozen=True, slots=True)
class Drafted:
    """A note with the attribute lines above it, from 0."""

    note: Note
    lines: tuple[int, ...]

    @property
    def key(self) -> str:
        """The id by which it can be named: its own, else the one made from its text."""
        return self.note.key or made_key(self.note.kind, self.note.question)


def with_attribute_lines(text: str, notes: Collection[Note]) -> list[Drafted]:
    """Return the notes of a deck file without faults, each with its attribute lines."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    by_line = {note.line: note for note in notes}
    found: list[Drafted] = []
    above: list[int] = []
    for block in read_blocks(plain):
        if block.kind is BlockKind.ATTRIBUTES:
            above.append(block.first)
        elif block.kind in (BlockKind.QUESTION, BlockKind.CLOZE) and block.first + 1 in by_line:
            found.append(Drafted(by_line[block.first + 1], tuple(above)))
            above = []
        else:
            above = []
    return found


def accept(text: str, drafted: Collection[Drafted]) -> str:
    """Return a deck file's text in which these notes are drafts no more; a line left empty is taken out."""
    numbers = {line for one in drafted for line in one.lines}
    lines: Iterator[str] = iter(_LINE.findall(text))
    return "".join(_without_draft(line) if number in numbers else line for number, line in enumerate(lines))


def _without_draft(line: str) -> str:
    bare = line.rstrip("\r\n")
    opening, closing = bare.find("{"), bare.rfind("}")
    tokens = _TOKEN.findall(bare[opening + 1 : closing])
    kept = [_without_class(token) for token in tokens if token.strip() != ".draft"]
    kept = [token for token in kept if token]
    if kept == tokens:
        return line
    if not kept:
        return ""
    inside = "".join(kept)
    # What stood first loses the space that parted it from the mark before it.
    inside = inside if tokens[0].strip() != ".draft" else tokens[0][: -len(".draft")] + inside.lstrip(" \t")
    tail = bare[opening + 1 : closing][sum(map(len, tokens)) :]
    return f"{bare[: opening + 1]}{inside}{tail}{bare[closing:]}{line[len(bare) :]}"


def _without_class(token: str) -> str:
    """Take `draft` out of a `class="draft other"`; a token left without a class is empty."""
    found = _CLASSES.fullmatch(token.strip())
    if not found or "draft" not in found[3].split():
        return token
    classes = " ".join(word for word in found[3].split() if word != "draft")
    lead = token[: len(token) - len(token.lstrip(" \t"))]
    return f"{lead}{found[1]}{found[2]}{classes}{found[4]}" if classes else ""

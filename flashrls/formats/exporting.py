"""Cards of a deck file written anew, taken out or added, every other byte of it left as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flashrls.cards import Deck, Kind, Note
from flashrls.formats.blocks import Block, BlockKind, read_blocks
from flashrls.formats.deckfile import parse_deck, read_drafts
from flashrls.formats.drafts import Draft
from flashrls.formats.head import read_head
from flashrls.formats.render import (
    render_anchors,
    render_attributes,
    render_deck,
    render_field,
    render_headings,
    render_note,
)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_END = re.compile(r"\r\n|\r|\n")

Edit = tuple[int, int, str]
"""Lines of a file, from 0, `end` exclusive, and what stands there instead; with LF, and at its end, too."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A deck file with other cards: its text, and the notes that it tells, in their order."""

    text: str
    notes: tuple[Note, ...]


def revise(text: str, deck: Deck, cards: Mapping[int, Note | None], added: Sequence[Note]) -> Revised | None:
    """Return a deck file's text in which some cards say something else; None if others would change with them.

    Only the fields of a card that differ are written, so that comments in and between cards stay.

    Args:
        text: the file's, without faults.
        deck: what it tells.
        cards: by the line of the card's question, as `Note.line` has it: what it is to say, None to take it out.
        added: what is to stand at the end, each below its section's heading.
    """
    plain = _END.sub("\n", text)
    blocks = read_blocks(plain)
    common = read_head(blocks[0].text).tags if blocks and blocks[0].kind is BlockKind.HEAD else ()
    edits: list[Edit] = []
    drafts = read_drafts(plain)
    _trim(drafts, plain.split("\n"))
    pieces = _pieces(drafts, blocks)
    for note, piece in zip(deck.notes, pieces, strict=True):
        if note.line in cards:
            wanted = cards[note.line]
            edits += piece.without(plain) if wanted is None else piece.rewritten(note, wanted, common)
    said = _revised(text, edits)
    said += _behind(said, added, drafts[-1].section if drafts else "", common)
    expected = [cards.get(note.line, note) for note in deck.notes]
    return _checked(said, deck, [*(note for note in expected if note), *added], common)


def _checked(text: str, deck: Deck, expected: Sequence[Note], common: Sequence[str]) -> Revised | None:
    """Make sure that the text tells just these notes, each with the tags of the head."""
    after = parse_deck(text, name=deck.name)
    given = [as_told(note) if note.line == 0 else note for note in expected]
    wanted = [replace(note, line=0, tags=tuple(sorted({*note.tags, *common}))) for note in given if note]
    if not isinstance(after, Deck) or [replace(note, line=0) for note in after.notes] != wanted:
        return None
    return Revised(text, after.notes)


def as_told(note: Note) -> Note | None:
    """Return a note as it reads once a file holds it, lines that mean something there escaped; None if none can."""
    parsed = parse_deck(render_deck(Deck("x", "x", (note,))), name="x")
    return replace(parsed.notes[0], line=0) if isinstance(parsed, Deck) and len(parsed.notes) == 1 else None


@dataclass(frozen=True, slots=True)
class _Piece:
    """The lines of one card: of its attributes, its fields and its anchors."""

    draft: Draft
    attributes: tuple[Block, ...]
    quotes: tuple[Block, ...]

    def rewritten(self, old: Note, new: Note, common: Sequence[str]) -> Iterator[Edit]:
        """What is to be changed in its lines so that they tell another note."""
        question, answer = self.draft.question, self.draft.answer
        if question is None:
            return
        line = render_attributes(new, common)
        if line != render_attributes(old, common):
            first = self.attributes[0].first if self.attributes else question.first
            yield from ((block.first, block.end, "") for block in self.attributes[1:])
            yield first, first + len(self.attributes[:1]), f"{line}\n" if line else ""
        end = (answer or question).end
        if (new.kind is Kind.CLOZE) != (old.kind is Kind.CLOZE):
            yield question.first, end, _fields(new) + self._gap(end)
        else:
            mark = "C:" if new.kind is Kind.CLOZE else "Q:"
            if new.question != old.question:
                yield (
                    question.first,
                    question.end,
                    render_field(mark, new.question) + "\n" + self._gap(question.end),
                )
            if answer and new.answer != old.answer:
                yield answer.first, answer.end, render_field("A:", new.answer) + "\n" + self._gap(answer.end)
        if new.anchors != old.anchors:
            yield from self._anchored(end, new.anchors)

    def _gap(self, end: int) -> str:
        """A blank line where anchors stand right below a field, lest a list or a code block takes them in."""
        return "\n" if any(block.first == end for block in self.quotes) else ""

    def _anchored(self, end: int, anchors: Sequence[str]) -> Iterator[Edit]:
        said = f"{render_anchors(anchors)}\n" if anchors else ""
        if self.quotes:
            yield self.quotes[0].first, self.quotes[0].end, said
            yield from ((block.first, block.end, "") for block in self.quotes[1:])
        else:
            yield end, end, f"\n{said}"

    def without(self, plain: str) -> list[Edit]:
        """Take the card out, with the blank lines behind it."""
        fields = [(field.first, field.end) for field in (self.draft.question, self.draft.answer) if field]
        spans = [*fields, *((block.first, block.end) for block in (*self.attributes, *self.quotes))]
        lines = plain.split("\n")
        end = max(end for _, end in spans)
        last = end
        while last < len(lines) - 1 and not lines[last].strip():
            last += 1
        return [*((first, end, "") for first, end in spans), (end, last, "")]


def _fields(note: Note) -> str:
    if note.kind is Kind.CLOZE:
        return render_field("C:", note.question) + "\n"
    return f"{render_field('Q:', note.question)}\n{render_field('A:', note.answer)}\n"


def _pieces(drafts: Sequence[Draft], blocks: Sequence[Block]) -> list[_Piece]:
    """The cards' lines; attributes stand above a card's question, anchors below its fields."""
    found: list[_Piece] = []
    starts = [_start(draft) for draft in drafts]
    at = 0
    for number, draft in enumerate(drafts):
        end = starts[number + 1] if number + 1 < len(drafts) else 1 << 60
        mine: list[Block] = []
        while at < len(blocks) and blocks[at].first < end:
            mine += [blocks[at]] * (blocks[at].first >= starts[number])
            at += 1
        question = draft.question.first if draft.question else 0
        fields = (draft.answer or draft.question or _NOWHERE).end
        above = [b for b in mine if b.kind is BlockKind.ATTRIBUTES and b.first < question]
        quotes = [b for b in mine if b.kind is BlockKind.QUOTE and b.first >= fields]
        found.append(_Piece(draft, tuple(above), tuple(quotes)))
    return found


def _trim(drafts: Sequence[Draft], lines: Sequence[str]) -> None:
    """Leave out the blank lines that a list or a code block takes along."""
    for field in (field for draft in drafts for field in (draft.question, draft.answer) if field):
        while field.end > field.first + 1 and not lines[field.end - 1].strip():
            field.end -= 1


def _start(draft: Draft) -> int:
    if draft.attributes.line:
        return draft.attributes.line - 1
    return draft.question.first if draft.question else 0


_NOWHERE = Block(BlockKind.TEXT, 0, 0)


def _revised(text: str, edits: Sequence[Edit]) -> str:
    end = _line_end(text)
    lines = _LINE.findall(text if text.endswith(("\n", "\r")) or not edits else text + end)
    # From the end, so that lines keep their numbers; what is put between two lines comes before what is put there.
    for first, last, said in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
        lines[first:last] = [said.replace("\n", end)] if said else []
    return "".join(lines)


def _behind(text: str, added: Sequence[Note], section: str, common: Sequence[str]) -> str:
    """What is to be written behind a text, so that it tells these cards, too."""
    parts: list[str] = []
    for note in added:
        if note.section != section:
            parts += render_headings(section, note.section)
            section = note.section
        parts.append(render_note(note, common))
    if not parts:
        return ""
    end = _line_end(text)
    lead = "" if text.endswith(end) else end
    lead += "" if text.endswith((end * 2, "\r\r")) else end
    return lead + "\n\n".join(parts).replace("\n", end) + end


def _line_end(text: str) -> str:
    found = _END.search(text)
    return found[0] if found else "\n"

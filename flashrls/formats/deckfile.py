"""Deck files: Markdown with `Q:`, `A:` and `C:`, read into a deck or into all of its faults.

First the text becomes a flat list of top-level blocks, then a small state machine makes drafts of
cards out of the blocks, then the drafts become notes.
"""

from __future__ import annotations

from flashrls.cards import Deck
from flashrls.formats.attributes import Attributes, read_attributes, two_ids, waived_twice
from flashrls.formats.blocks import COMMENT, MARKS, Block, BlockKind, read_blocks
from flashrls.formats.decoding import decode
from flashrls.formats.drafts import Draft, Field, NoteMaker
from flashrls.formats.faults import Fault
from flashrls.formats.head import Head, read_head
from flashrls.formats.names import bad_deck_name, deck_key
from flashrls.formats.render import render_deck

__all__ = ["decode", "parse_deck", "read_drafts", "render_deck"]

_FIRST_CARD = "Write a line that begins with 'Q:', and below it one that begins with 'A:'."
_FORGOTTEN_MARK = "Did you forget 'Q:' or 'C:'?"


def parse_deck(text: str, *, name: str) -> Deck | tuple[Fault, ...]:
    """Return the deck that a file's text tells, or every fault in it, sorted by line.

    `name` is the deck's name if the head gives none. Lines may end in LF, CRLF or CR.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return (Fault(1, "The file is empty.", _FIRST_CARD),)
    head, reader = _read(text)
    deck = head.deck or name
    key = head.key or deck_key(deck)
    maker = NoteMaker(reader.lines, head.tags, key)
    notes = tuple(note for note in map(maker.make, reader.drafts) if note is not None)
    if not notes and not reader.faults and head.is_closed:
        reader.fault(0, "The file holds no card.", _FIRST_CARD)
    if not head.faults and head.deck is None and (wrong := bad_deck_name(name)):
        reader.fault(0, *wrong)
    if faults := [*head.faults, *reader.faults, *maker.faults]:
        return tuple(sorted(faults, key=lambda fault: fault.line))
    return Deck(deck, key, notes, head.source, head.skip)


def read_drafts(text: str) -> list[Draft]:
    """Return the cards of a deck file's text by the lines they stand in; lines end as for `parse_deck`.

    Of a text without faults they are one for one the deck's notes.
    """
    return _read(text.replace("\r\n", "\n").replace("\r", "\n"))[1].drafts


def _read(text: str) -> tuple[Head, _Reader]:
    head, blocks = _split_head(text, read_blocks(text))
    reader = _Reader(text.split("\n"))
    for block in blocks:
        reader.read(block)
    reader.close()
    return head, reader


def _split_head(text: str, blocks: list[Block]) -> tuple[Head, list[Block]]:
    if blocks and blocks[0].kind is BlockKind.HEAD:
        return read_head(blocks[0].text), blocks[1:]
    if not text.startswith("---"):
        return Head(), blocks
    fault = Fault(1, "The head is never closed.", "Close it with a line '---' above the first card.")
    body = next((at for at, b in enumerate(blocks) if b.kind not in (BlockKind.RULE, BlockKind.TEXT)), len(blocks))
    return Head(faults=[fault], is_closed=False), blocks[body:]


class _Reader:
    """The state machine: which card is being told, which of its fields is open, what waits for a card."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.faults: list[Fault] = []
        self.drafts: list[Draft] = []
        self.card: Draft | None = None
        self.field: Field | None = None
        self.waiting: Attributes | None = None
        self.headings: dict[int, str] = {}
        self.section = ""

    def fault(self, line: int, message: str, mend: str) -> None:
        """Note a fault; `line` counts from 0."""
        self.faults.append(Fault(line + 1, message, mend))

    def read(self, block: Block) -> None:
        match block.kind:
            case BlockKind.QUESTION | BlockKind.CLOZE:
                self.begin_card(block)
            case BlockKind.ANSWER:
                self.begin_answer(block)
            case BlockKind.TEXT:
                self.add_text(block)
            case BlockKind.QUOTE:
                self.add_anchors(block)
            case BlockKind.ATTRIBUTES:
                self.add_attributes(block)
            case BlockKind.UNCLOSED:
                self.add_unclosed(block)
            case BlockKind.HEADING:
                self.close()
                self.begin_section(block)
            case _:
                self.close()

    def begin_card(self, block: Block) -> None:
        attributes, self.waiting = self.waiting or Attributes(), None
        self.close()
        self.field = Field(block.first, block.end)
        self.card = Draft(attributes, self.section, self.field, is_cloze=block.kind is BlockKind.CLOZE)
        self.drafts.append(self.card)

    def begin_answer(self, block: Block) -> None:
        self.drop_waiting()
        card = self.card
        if card is None or card.is_cloze:
            self.fault(block.first, "This answer has no question.", "Did you forget 'Q:' above it?")
            self.card = card = Draft()
        elif card.answer is not None:
            message = f"This question has an answer already, in line {card.answer.first + 1}."
            self.fault(block.first, message, "Did you forget the 'Q:' of the next card?")
            self.card = card = Draft()
        self.field = card.answer = Field(block.first, block.end)

    def add_text(self, block: Block) -> None:
        if self.field is not None:
            self.field.end = block.end
        elif self.card is None or self.card.question is not None:
            self.waiting = None
            self.fault(block.first, "This text belongs to no card.", _FORGOTTEN_MARK)
            self.close()
            self.card = Draft()

    def add_unclosed(self, block: Block) -> None:
        what, close = ("comment", "-->") if block.text == COMMENT else ("code block", block.text)
        self.fault(block.first, f"This {what} is never closed.", f"Close it with a line '{close}'.")
        self.waiting = None
        if self.field is not None:
            self.field.end = block.end

    def add_anchors(self, block: Block) -> None:
        self.drop_waiting()
        self.field = None
        anchors: list[list[str]] = [[]]
        for number in range(block.first, block.end):
            words = self.lines[number].lstrip().removeprefix(">").strip()
            if words[:2] in MARKS:
                self.fault(number, "A card inside an anchor.", f"Take away the '>' before '{words[:2]}'.")
            if words:
                anchors[-1].append(words)
            elif anchors[-1]:
                anchors.append([])
        if not anchors[0]:
            self.fault(block.first, "This anchor is empty.", "Write words of the source behind the '>'.")
        elif self.card is None:
            self.fault(block.first, "This anchor belongs to no card.", "Put it below the card it supports.")
        else:
            self.card.anchors += [" ".join(words) for words in anchors if words]

    def add_attributes(self, block: Block) -> None:
        found, faults = read_attributes(self.lines[block.first], block.first + 1)
        self.faults += faults
        if found.key is None and not found.classes and not found.waived:
            # It may have been meant as text: what follows is no second error.
            if self.field is not None:
                self.field.end = block.end
            return
        self.field = None
        above = self.waiting
        if above is None:
            self.waiting = found
            return
        if above.key is not None and found.key is not None:
            self.faults.append(two_ids(above.key, found.key, found.line))
        rules = {waiver.rule for waiver in above.waived}
        self.faults += [waived_twice(w.rule, found.line) for w in found.waived if w.rule in rules]
        self.waiting = Attributes(
            above.line, above.key or found.key, above.classes + found.classes, above.waived + found.waived
        )

    def begin_section(self, block: Block) -> None:
        kept = {level: title for level, title in self.headings.items() if level < block.level}
        title = " ".join(block.text.split())
        self.headings = {**kept, block.level: title} if title else kept
        self.section = " > ".join(self.headings.values())

    def drop_waiting(self) -> None:
        if self.waiting is not None:
            mend = "Put it right above the 'Q:' or 'C:' it is meant for."
            self.fault(self.waiting.line - 1, "This attribute line has no card below it.", mend)
            self.waiting = None

    def close(self) -> None:
        """End the card being told: nothing but a new one can follow."""
        self.drop_waiting()
        card, self.card, self.field = self.card, None, None
        if card is not None and card.question is not None and card.answer is None and not card.is_cloze:
            self.fault(card.question.first, "This question has no answer.", "Write it below, behind 'A:'.")

"""A card as a text for an editor and back: the deck-file language, with git's kind of comments below.

A comment is a line that Markdown takes for a heading of the first level, `# …` or `#`. A card's own
text never holds one outside of code blocks, since rendering escapes it; so leaving comments out takes
nothing from a card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flashrls.cards import Deck, Note
from flashrls.clean import clean_line
from flashrls.formats.blocks import MARKS, Block, BlockKind, read_blocks
from flashrls.formats.deckfile import parse_deck, read_drafts
from flashrls.formats.faults import Fault
from flashrls.formats.render import render_note

TEMPLATE = "Q: \nA: "
"""A card that isn't written yet."""

FORMAT_WORDS = (
    "Q: the question, A: its answer. Both may be several lines of Markdown.",
    "C: a text with {{1::hidden words}} or {{1::hidden words::a hint}}, instead of Q: and A:.",
    "> words of the source, letter by letter, below the card; an empty '>' begins the next phrase.",
    "{#id .tag .reversed .typed .draft .suspended} above the card: its id, tags and marks.",
    "Lines that begin with '# ' are left out, except in code. Empty everything to change nothing.",
)
"""What the marks of a sheet mean, as comments."""


def card_sheet(note: Note | None, comments: Sequence[str] = FORMAT_WORDS) -> str:
    """Return a card as a text to edit; `read_sheet` reads it back.

    Args:
        note: the card; None for an empty template.
        comments: lines to stand below it; each is made one line, whatever is in it.
    """
    card = TEMPLATE if note is None else render_note(note)
    told = "".join(f"# {clean_line(comment)}".rstrip() + "\n" for comment in comments)
    return f"{card}\n\n{told}"


def read_sheet(text: str, *, section: str = "", before: Note | None = None) -> tuple[Note, ...] | tuple[Fault, ...]:
    """Return the cards that a sheet tells, or all of its faults by line; nothing if it was left empty.

    Args:
        text: the sheet; lines may end in LF, CRLF or CR.
        section: what the cards' section is to be; a sheet tells none.
        before: the note that was edited. The sheet must tell one card then, which keeps its id, its
            section and its line; a field that wasn't touched stays letter by letter, even one that
            a deck file can't tell without escapes.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    blocks = read_blocks(text) if text.strip() else []
    bare = _without(text, (block for block in blocks if _is_comment(block)))
    if all(line.strip() in ("", *MARKS) for line in bare.split("\n")):
        return ()
    found = parse_deck(bare, name="card")
    faults = [*_out_of_place(blocks), *(() if isinstance(found, Deck) else found)]
    if before is not None:
        faults += _not_the_same(bare, before)
    if faults or not isinstance(found, Deck):
        return tuple(sorted(faults, key=lambda fault: fault.line))
    if before is not None:
        return (_kept(found.notes[0], before),)
    return tuple(replace(note, section=section, line=0) for note in found.notes)


def _is_comment(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.level == 1


def _without(text: str, blocks: Iterable[Block]) -> str:
    """Return the text with the blocks' lines emptied, so that all others keep their numbers."""
    lines = text.split("\n")
    for block in blocks:
        lines[block.first : block.end] = [""] * (block.end - block.first)
    return "\n".join(lines)


def _out_of_place(blocks: Sequence[Block]) -> Iterator[Fault]:
    """What a deck file may hold around its cards, and what would be lost here without a word."""
    for block in blocks:
        if block.kind is BlockKind.HEAD:
            yield Fault(block.first + 1, "A card has no head.", "Take the lines between the '---' away.")
        elif block.kind is BlockKind.HEADING and block.level > 1:
            marks = "#" * block.level
            mend = f"Write '\\{marks}' if it belongs to the card, '# ' if it is a comment."
            yield Fault(block.first + 1, "A heading ends the card here.", mend)
        elif block.kind is BlockKind.RULE:
            yield Fault(
                block.first + 1, "A line ends the card here.", "Put a '\\' before it if it belongs to the card."
            )


def _not_the_same(text: str, before: Note) -> Iterator[Fault]:
    drafts = [draft for draft in read_drafts(text) if draft.question is not None]
    if len(drafts) > 1 and drafts[1].question is not None:
        yield Fault(drafts[1].question.first + 1, "This is a second card.", "Edit one at a time; `add` makes more.")
    found = drafts[0].attributes if drafts else None
    if found is not None and found.key not in (None, before.key):
        mend = f"Leave {{#{before.key}}} there." if before.key is not None else "Take it away."
        yield Fault(found.line, "The id of a card can't be edited.", mend)


def _kept(note: Note, before: Note) -> Note:
    """Return what was read of an edited note, with all that is as `before` was told."""
    told = read_sheet(card_sheet(before, ()))
    same = told[0] if len(told) == 1 else None
    question, answer, tags, anchors, waived = note.question, note.answer, note.tags, note.anchors, note.waived
    if isinstance(same, Note):
        question = before.question if question == same.question else question
        answer = before.answer if answer == same.answer else answer
        tags = before.tags if tags == same.tags else tags
        anchors = before.anchors if anchors == same.anchors else anchors
        waived = before.waived if waived == same.waived else waived
    return replace(
        note,
        key=before.key,
        section=before.section,
        line=before.line,
        question=question,
        answer=answer,
        tags=tags,
        anchors=anchors,
        waived=waived,
    )

"""What is written in the fields of an edit, made into a note or into the reasons why it is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flashrls.cards import Kind, Note
from flashrls.clean import clean, clean_line
from flashrls.cloze import ClozeFault, find_clozes
from flashrls.formats.attributes import FLAGS
from flashrls.formats.cardsheet import card_sheet, read_sheet
from flashrls.formats.faults import Fault
from flashrls.formats.names import is_tag


@dataclass(frozen=True, slots=True)
class Fields:
    """A note's texts as they stand in the fields, fit for a terminal; tags are parted by blanks."""

    question: str
    answer: str
    tags: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the fields tell no note: one sentence, and one that says the mend."""

    message: str
    mend: str


def fields_of(note: Note) -> Fields:
    """Return a note's texts as fields show them."""
    return Fields(_shown(note.question), _shown(note.answer), clean_line(" ".join(note.tags)))


def _shown(text: str) -> str:
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def edited(note: Note, fields: Fields) -> Note | tuple[Reason, ...]:
    """Return the note as the fields tell it, or the reasons why it can't be saved.

    A field that says what it said keeps its text letter by letter. A changed one becomes what its deck
    file will say, so that writing it there and reading it again changes nothing: clozes get their
    numbers, and a line that would end the card is escaped.
    """
    wanted = drafted(note, fields)
    if reasons := _reasons(wanted):
        return reasons
    found = read_sheet(card_sheet(wanted, ()), before=note)
    faults = tuple(Reason(one.message, one.mend) for one in found if isinstance(one, Fault))
    notes = [one for one in found if isinstance(one, Note)]
    return notes[0] if notes and not faults else faults


def drafted(note: Note, fields: Fields) -> Note:
    """Return the note with the fields' texts as they are, whether it can be saved or not."""
    before = fields_of(note)
    tags = note.tags if fields.tags.split() == before.tags.split() else tuple(sorted(set(fields.tags.split())))
    return replace(
        note,
        question=note.question if fields.question == before.question else fields.question,
        answer=note.answer if fields.answer == before.answer else fields.answer,
        tags=tags,
    )


def _reasons(note: Note) -> tuple[Reason, ...]:
    found = []
    if not note.question.strip():
        found.append(Reason("The question is empty.", "Write what is to be asked."))
    elif note.kind is Kind.CLOZE:
        clozes = find_clozes(note.question)
        if isinstance(clozes, ClozeFault):
            found.append(Reason(f"{clozes.reason[0].upper()}{clozes.reason[1:]}.", clozes.mend))
        elif not clozes:
            found.append(Reason("The text hides nothing.", "Put what is to be asked into braces: {{1::words}}."))
    if note.kind is not Kind.CLOZE and not note.answer.strip():
        found.append(Reason("The answer is empty.", "Write what is to be known."))
    for tag in note.tags:
        if tag in FLAGS:
            found.append(Reason(f"'{tag}' is a mark, not a tag.", "Ctrl+O shows the marks above the card."))
        elif not is_tag(tag):
            found.append(Reason(f"'{tag}' is not a tag.", "A tag is one word without braces or quotes."))
    return tuple(found)

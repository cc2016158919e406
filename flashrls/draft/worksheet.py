"""A worksheet: a deck file in the document's order, every sentence with a candidate card or a place for one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flashrls.anchors.find import Finder
from flashrls.cards import Deck, Kind, Note, Source
from flashrls.draft.candidates import Candidate, Origin
from flashrls.draft.english import needs_name
from flashrls.draft.placing import Placing
from flashrls.draft.quoting import in_comment, one_line
from flashrls.draft.sheet import Sheet
from flashrls.draft.slots import Slot, slots_of, standing
from flashrls.formats.names import deck_key
from flashrls.formats.render import render_deck, render_note

Proposals = Mapping[int, Sequence[Candidate]]
"""Candidates by the number of their sentence in the outline."""

_LEVEL = re.compile("::+")


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet's text, and what is in it.

    Attributes:
        text: the whole file.
        sentences: of the document, told twice counted once.
        added: sentences that were added to the file.
        made: the added candidates, counted by their origin.
    """

    text: str
    sentences: int
    added: int
    made: Mapping[Origin, int]


def new_sheet(finder: Finder, deck: str = "") -> str:
    """Return the head of a new worksheet; `deck` is the deck's name, by default the document's title."""
    document = finder.document
    title = one_line(document.title)
    name = deck or _LEVEL.sub(":", title).strip(" :") or "Document"
    source = Source(title, one_line(document.file), document.sha256)
    return render_deck(Deck(name, deck_key(name), (), source))


def add_to(sheet: Sheet, finder: Finder, proposals: Proposals, *, to_standing: bool = False) -> Worksheet:
    """Return the worksheet with the sentences that it lacks, each in its place; no other byte changes.

    Args:
        sheet: the file as it stands; at first only a head.
        finder: of the document.
        proposals: candidates; one whose question the file asks already is left out.
        to_standing: also add candidates to sentences that have a place in the file.
    """
    slots = slots_of(finder)
    has = standing(finder, slots, sheet)
    writer = _Writer(sheet)
    placing = Placing(sheet, slots, has.entries)
    added = 0
    for slot in slots:
        is_new = slot not in has
        candidates = proposals.get(slot.number, ()) if is_new or to_standing else ()
        blocks = list(writer.blocks(slot, candidates, with_place=is_new))
        placing.put(slot, blocks)
        added += is_new
    return Worksheet(placing.text(), len(slots), added, writer.made)


class _Writer:
    """Writes cards, keeping track of the ids and questions that the file has."""

    def __init__(self, sheet: Sheet) -> None:
        self.keys = {entry.key for entry in sheet.entries if entry.key}
        self.questions = {asked(entry.note.question) for entry in sheet.entries if entry.note}
        self.made: Counter[Origin] = Counter()

    def blocks(self, slot: Slot, candidates: Sequence[Candidate], *, with_place: bool) -> Iterator[str]:
        name = needs_name(slot.quote)
        is_empty = True
        for candidate in candidates:
            question = asked(candidate.question)
            if question in self.questions:
                continue
            self.questions.add(question)
            self.made[candidate.origin] += 1
            is_empty = False
            comment = f"<!-- name it: {in_comment(name)} -->\n" if name else ""
            yield comment + render_note(_note(self.key(slot), candidate, slot))
        if is_empty and with_place:
            yield _place(self.key(slot), slot, name)

    def key(self, slot: Slot) -> str:
        key, count = slot.key, 2
        while key in self.keys:
            key, count = f"{slot.key}-{count}", count + 1
        self.keys.add(key)
        return key


def asked(question: str) -> str:
    """Return what two questions have in common that ask the same."""
    return " ".join(question.split()).casefold()


def _note(key: str, candidate: Candidate, slot: Slot) -> Note:
    kind = Kind.CLOZE if candidate.is_cloze else Kind.BASIC
    anchors = (candidate.anchor or slot.quote,)
    return Note(key, kind, candidate.question, candidate.answer, anchors=anchors, draft=True)


def _place(key: str, slot: Slot, name: str) -> str:
    """Return a card to be filled in, in a comment: deleting the comment's first and last line opens it."""
    opening = f"<!-- name it: {in_comment(name)}" if name else "<!--"
    return f"{opening}\n{{#{key} .draft}}\nQ:\nA:\n\n> {in_comment(slot.quote)}\n-->"

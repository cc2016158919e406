"""A note as options tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from flashrls.errors import Refused

if TYPE_CHECKING:
    from flashrls.cards import Note


class Texts(NamedTuple):
    """What the options `--question`, `--answer` and `--cloze` say; None for an option that wasn't given."""

    question: str | None
    answer: str | None
    cloze: str | None

    @property
    def are_given(self) -> bool:
        """Whether there is any, so that no editor is needed."""
        return (self.question, self.answer, self.cloze) != (None, None, None)


def new_note(texts: Texts) -> Note:
    """Return the note that the options tell.

    Raises:
        Refused: they tell none.
    """
    from flashrls.cards import Kind, Note

    if texts.cloze is None and (texts.question is None or texts.answer is None):
        given, missing = ("answer", "question") if texts.question is None else ("question", "answer")
        raise Refused(f"--{given} needs --{missing}.", "Say both, or --cloze; without any of them an editor opens.")
    kind = Kind.BASIC if texts.cloze is None else Kind.CLOZE
    return reworded(Note(None, kind, "", ""), texts)


def reworded(note: Note, texts: Texts) -> Note:
    """Return the note with the options' texts.

    Raises:
        Refused: they don't fit together or to the note, or tell no card.
    """
    from dataclasses import replace

    from flashrls.cards import Kind, Note
    from flashrls.tui.edited import Fields, edited

    if texts.cloze is not None and (texts.question, texts.answer) != (None, None):
        raise Refused("--cloze stands instead of --question and --answer.", "Say either.")
    if texts.cloze is None and note.kind is Kind.CLOZE and texts.are_given:
        raise Refused("This card is a cloze: it has no question and answer.", "Say --cloze TEXT.")
    if texts.cloze is not None and note.kind is not Kind.CLOZE:
        note = replace(note, kind=Kind.CLOZE, answer="")
    question = texts.question if texts.cloze is None else texts.cloze
    fields = Fields(
        note.question if question is None else question,
        note.answer if texts.answer is None else texts.answer,
        " ".join(note.tags),
    )
    found = edited(note, fields)
    if not isinstance(found, Note):
        raise Refused(found[0].message, found[0].mend)
    return found


def checked_anchors(anchors: Sequence[str]) -> tuple[str, ...]:
    """Return anchors, each on one line and without repeats.

    Raises:
        Refused: one is empty.
    """
    from flashrls.clean import clean_line

    told = tuple(dict.fromkeys(clean_line(anchor) for anchor in anchors))
    if "" in told:
        raise Refused("An anchor is empty.", "Say words of the source, letter by letter.")
    return told

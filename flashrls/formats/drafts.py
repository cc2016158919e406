"""Cards as a deck file tells them, line by line, made into notes or into faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flashrls.cards import Kind, Note, made_key
from flashrls.cloze import ClozeFault, find_clozes, with_numbers
from flashrls.formats.attributes import FLAGS, Attributes
from flashrls.formats.faults import Fault, TwiceUsed

MARK_WIDTH = 2


@dataclass(slots=True)
class Field:
    """The lines of a question, answer or cloze text, from 0, `end` exclusive; the first holds the mark."""

    first: int
    end: int

    def text(self, lines: Sequence[str]) -> tuple[str, int]:
        """Return the text without its mark and outer blank lines, and the line it begins in, from 0."""
        first, end = self.first, self.end
        begin = lines[first][MARK_WIDTH:].lstrip(" \t")
        if end - first == 1:
            return begin.rstrip(" \t"), first
        inner = [begin, *lines[first + 1 : end]]
        while inner and not inner[-1].strip():
            inner.pop()
        blank = 0
        while blank < len(inner) and not inner[blank].strip():
            blank += 1
        return "\n".join(inner[blank:]).rstrip(" \t"), first + blank


@dataclass(slots=True)
class Draft:
    """A card while its blocks come in.

    Attributes:
        question: a question or a cloze text; None for a lost card, which only soaks up what follows an error.
    """

    attributes: Attributes = field(default_factory=Attributes)
    section: str = ""
    question: Field | None = None
    answer: Field | None = None
    is_cloze: bool = False
    anchors: list[str] = field(default_factory=list)


class NoteMaker:
    """Makes notes of drafts and collects the faults that show only in a whole card or between two."""

    def __init__(self, lines: Sequence[str], tags: Iterable[str], deck: str) -> None:
        """Take the file's lines, and its deck's tags and id."""
        self.lines = lines
        self.deck = deck
        self.tags = frozenset(tags)
        self.faults: list[Fault] = []
        self._ids: dict[str, tuple[int, str]] = {}
        self._questions: dict[str, int] = {}

    def make(self, draft: Draft) -> Note | None:
        """Return the note of a draft; None if it is lost or has a fault that leaves no text to ask."""
        if draft.question is None:
            return None
        question, begin = draft.question.text(self.lines)
        answer = ""
        classes = draft.attributes.classes
        kind = Kind.REVERSED if "reversed" in classes else Kind.BASIC
        if draft.is_cloze:
            kind = Kind.CLOZE
            question = self._numbered(question, begin, draft)
        else:
            if not question.strip():
                self._fault(begin, "This question is empty.", "Write it behind 'Q:'.")
            if draft.answer is not None:
                answer, _ = draft.answer.text(self.lines)
                if not answer.strip():
                    self._fault(draft.answer.first, "This answer is empty.", "Write it behind 'A:'.")
        line = draft.question.first + 1
        self._check_identity(draft, kind, question, line)
        return Note(
            key=draft.attributes.key,
            kind=kind,
            question=question,
            answer=answer,
            section=draft.section,
            tags=tuple(sorted(self.tags.union(classes) - FLAGS)),
            anchors=tuple(draft.anchors),
            typed="typed" in classes,
            draft="draft" in classes,
            suspended="suspended" in classes,
            waived=draft.attributes.waived,
            line=line,
        )

    def _numbered(self, text: str, begin: int, draft: Draft) -> str:
        if "reversed" in draft.attributes.classes:
            mend = "Take '.reversed' away, or write it with 'Q:' and 'A:'."
            self._fault(draft.attributes.line - 1, "A cloze text can't be reversed.", mend)
        clozes = find_clozes(text)
        if isinstance(clozes, ClozeFault):
            reason = clozes.reason[0].upper() + clozes.reason[1:]
            self._fault(begin + text.count("\n", 0, clozes.at), f"{reason}.", clozes.mend)
            return text
        if not clozes:
            self._fault(begin, "This 'C:' hides nothing.", "Put what is to be asked into braces: {{1::words}}.")
        return with_numbers(text, clozes)

    def _check_identity(self, draft: Draft, kind: Kind, question: str, line: int) -> None:
        key = draft.attributes.key
        if key is not None:
            here = draft.attributes.line
            first, asked = self._ids.setdefault(key, (here, question))
            if first != here:
                message = f"The id '{key}' is used twice, first in line {first}."
                twice = TwiceUsed(self.deck, key, (first, here), (asked, question))
                self.faults.append(Fault(here, message, "Give one of the two cards another id.", twice))
        elif question.strip():
            first = self._questions.setdefault(made_key(kind, question), line)
            if first != line:
                message = f"This card asks the same as the one in line {first}, and neither has an id."
                self._fault(line - 1, message, "Give each an id in the line above it: {#name}.")

    def _fault(self, line: int, message: str, mend: str) -> None:
        self.faults.append(Fault(line + 1, message, mend))

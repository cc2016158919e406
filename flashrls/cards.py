"""What is learnt, as values: notes as a deck file tells them, and the cards made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b

from flashrls import cloze


class Kind(StrEnum):
    """How many cards a note makes: one, one each way, or one a cloze number."""

    BASIC = "basic"
    REVERSED = "reversed"
    CLOZE = "cloze"


REVERSE_PART = "rev"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A lint rule ("R5") that its author switched off for one note, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to learn, as its deck file tells it.

    Attributes:
        key: its id in the file; None if the file gives it none.
        kind: how its cards are made.
        question: Markdown; for a cloze the whole text with numbered `{{1::…}}`.
        answer: Markdown; empty for a cloze.
        section: the headings above it, outermost first, joined by " > "; empty without one.
        tags: its own and its deck's, sorted, without repeats.
        anchors: verbatim phrases of the source, `…` joining two parts.
        typed: the answer is to be typed.
        draft: never scheduled until the mark is taken away.
        suspended: its cards begin suspended.
        waived: lint rules that don't hold for it.
        line: where it stands in its file, from 1; 0 if it came from elsewhere.
    """

    key: str | None
    kind: Kind
    question: str
    answer: str
    section: str = ""
    tags: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    typed: bool = False
    draft: bool = False
    suspended: bool = False
    waived: tuple[Waiver, ...] = ()
    line: int = 0

    @property
    def revision(self) -> str:
        """A short hash of what is asked; it changes when, and only when, the asked text does."""
        return _digest(self.kind, self.question, self.answer)

    @property
    def fingerprint(self) -> str:
        """A short hash of everything the file says of the note but its id and line."""
        flags = f"{self.typed:d}{self.draft:d}{self.suspended:d}"
        waived = [_digest("waived", waiver.rule, waiver.reason) for waiver in self.waived]
        texts = (self.kind, self.question, self.answer, self.section, " ".join(self.tags), flags)
        return _digest(*texts, *self.anchors, *waived)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that tell its cards apart: "", "rev", or cloze numbers in rising order."""
        if self.kind is Kind.CLOZE:
            found = cloze.find_clozes(self.question)
            numbers = set() if isinstance(found, cloze.ClozeFault) else {c.number for c in found}
            return tuple(str(number) for number in sorted(numbers))
        return ("", REVERSE_PART) if self.kind is Kind.REVERSED else ("",)


@dataclass(frozen=True, slots=True)
class Source:
    """The document a deck was made from, as the deck's head names it; any of it may be empty."""

    title: str = ""
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """A stretch of the document that is left without cards on purpose, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck as its file tells it: name with `::` levels, id, source, and notes in their order.

    `folder` is the file's, absolute, from where its images are found; empty if it came from elsewhere.
    """

    name: str
    key: str
    notes: tuple[Note, ...]
    source: Source = Source()
    skip: tuple[Skip, ...] = ()
    folder: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Face:
    """A card as it is asked.

    Attributes:
        question: Markdown; a cloze shows `[...]` or `[hint]` where the words are hidden.
        answer: Markdown; for a cloze the hidden words alone.
        revealed: Markdown to show as the answer; for a cloze the whole text, filled in.
    """

    question: str
    answer: str
    revealed: str


def face(kind: Kind, question: str, answer: str, part: str) -> Face:
    """Return how the card `part` of a note with these texts is asked."""
    if kind is Kind.CLOZE:
        number = int(part)
        return Face(
            cloze.ask(question, number), cloze.hidden_words(question, number), cloze.reveal(question, number)
        )
    if part == REVERSE_PART:
        return Face(answer, question, question)
    return Face(question, answer, answer)


def card_id(handle: str, part: str) -> str:
    """Return a card's id: its note's, and behind a `#` the part, if it has one."""
    return f"{handle}#{part}" if part else handle


def made_key(kind: Kind, question: str) -> str:
    """Return the id of a note whose file gives it none; the same text gives the same id everywhere."""
    return f"n-{_digest(kind, ' '.join(question.split()).casefold())}"


def is_made_key(key: str) -> bool:
    """Whether an id looks as `made_key` makes them."""
    return _MADE.fullmatch(key) is not None


_MADE = re.compile("n-[0-9a-f]{12}")


def _digest(*texts: str) -> str:
    # The separator is escaped inside the texts: two ways to cut one string must not look alike.
    escaped = (text.replace("\x1e", "\x1e0").replace("\x1f", "\x1e1") for text in texts)
    return blake2b("\x1f".join(escaped).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

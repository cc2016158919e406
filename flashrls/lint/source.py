"""R9, R10 and R11: a card and its source. R10 knows English hedges and negations only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from flashrls.anchors.find import Ambiguous, Finder, Missing, Place
from flashrls.lint.asked import Asked
from flashrls.lint.finding import Rule, Trouble, shortened
from flashrls.lint.words import (
    HEDGES,
    NEGATIONS,
    SOURCE_HEDGES,
    SOURCE_NEGATIONS,
    lowered,
    missing_share,
    stems,
    words,
)

LEAST_WORDS = 3
MOST_MISSING = 0.5
"""Which share of the answer's stems may be said in other words than the anchor's."""

LEAST_LIKENESS = 0.6
"""What is less like a missing quote than this is no help to its author."""

_MOST_LOOKS = 20
_MOST_WIDER = 300
"""Characters on either side that may belong to a clause: a text without full stops is one sentence."""

_CLAUSE_END = re.compile(
    r"[,;:()\n]|[.!?](?=\s|$)|\s[-–—]\s|\b(?:but|while|whereas|although|though|because)\b"
    r"|\band (?=(?:can|could|may|might|that|what|why|how)\b)"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]|\n)[\s\"'“‘(*_\[-]*$")
_MOST_CAPITALS = 0.12
"""Above this share of capitals within sentences a language writes more than names with them, as German does."""


@dataclass(slots=True)
class Judge:
    """A document as the rules ask it.

    Attributes:
        finder: finds quotes in it.
        looks: for how many more missing quotes the nearest words are sought, which takes a while.
        found: what was found already, by quote and sections.
        known: its words in lower case and its numbers.
        has_names: its language writes names, and little else, with a capital.
    """

    finder: Finder
    looks: int = _MOST_LOOKS
    found: dict[tuple[str, tuple[str, ...]], Place | Ambiguous | Missing] = field(default_factory=dict)
    known: set[str] = field(init=False)
    has_names: bool = field(init=False)

    def __post_init__(self) -> None:
        document = self.finder.document
        found = words(document.text)
        apart = words(f"{document.title} {document.text}".replace("-", " "))
        self.known = {form for word in (*found, *apart) for form in _forms(word)}
        self.known |= {number.replace(",", "") for number in _NUMBER.findall(document.text)}
        inner = re.findall(r"(?<=[a-zß-ÿ,] )\w", document.text)
        self.has_names = sum(map(str.isupper, inner)) <= _MOST_CAPITALS * len(inner)

    def find(self, quote: str, sections: tuple[str, ...]) -> Place | Ambiguous | Missing:
        """Find a quote as the finder does, once."""
        key = (quote, sections)
        if key not in self.found:
            self.found[key] = self.finder.find(quote, sections)
        return self.found[key]

    def nearest(self, quote: str) -> str:
        """Return the words of the document that come nearest to a missing quote; empty if none do."""
        if self.looks <= 0:
            return ""
        self.looks -= 1
        near = self.finder.near(quote)
        return "" if near.nearest is None or near.likeness < LEAST_LIKENESS else self.finder.words(near.nearest)


def anchored(asked: Asked, judge: Judge | None, sections: tuple[str, ...]) -> Iterator[Trouble]:
    """R9: a verbatim phrase of the source, at least 3 words, that holds the answer's content words."""
    note = asked.note
    if not note.anchors:
        yield Trouble(Rule.ANCHORED, "It quotes no source.", "Quote the phrase it rests on below it, behind '>'.")
        return
    for quote in note.anchors:
        if len(words(quote)) < LEAST_WORDS:
            message = f"The anchor '{shortened(quote)}' has fewer than {LEAST_WORDS} words."
            yield Trouble(Rule.ANCHORED, message, "Quote more of the words around it.")
        if judge is not None:
            yield from _unfound(quote, judge, sections)
    held = stems(" ".join(note.anchors))
    if missing_share(asked.wanted, held) > MOST_MISSING:
        missing = len(asked.wanted - held)
        message = f"{missing} of the answer's {len(asked.wanted)} telling words are not in its anchor."
        if len(asked.wanted) == 1:
            message = f"The answer '{shortened(asked.answer)}' is not in its anchor."
        yield Trouble(Rule.ANCHORED, message, "Quote the phrase that holds the answer, or use its words.")


def _unfound(quote: str, judge: Judge, sections: tuple[str, ...]) -> Iterator[Trouble]:
    found = judge.find(quote, sections)
    if isinstance(found, Ambiguous):
        message = f"The anchor '{shortened(quote)}' stands {found.count} times in the source."
        yield Trouble(Rule.ANCHORED, message, "Quote more of the words around it.", is_certain=True)
    elif isinstance(found, Missing):
        near = judge.nearest(quote)
        mend = "Copy the words from the source; `…` joins two parts."
        if near:
            mend = f"The nearest words are '{shortened(near)}'."
        message = f"The anchor '{shortened(quote)}' is not in the source."
        yield Trouble(Rule.ANCHORED, message, mend, is_certain=True)


def hedged(asked: Asked, judge: Judge | None, sections: tuple[str, ...]) -> Iterator[Trouble]:
    """R10: what the source says with reserve or denies, the card does, too.

    Looked at are the clauses that an anchor touches; without the source the anchor alone.
    """
    said = lowered(asked.text)
    for quote in asked.note.anchors:
        clauses = lowered(_clauses(quote, judge, sections))
        hedges, denials = sorted(clauses & SOURCE_HEDGES), sorted(clauses & SOURCE_NEGATIONS)
        if hedges and not said & HEDGES:
            yield Trouble(
                Rule.HEDGED,
                f"The source says this with '{hedges[0]}', the card without reserve.",
                f"Keep its '{hedges[0]}', in the question or in the answer.",
            )
            return
        if denials and not said & NEGATIONS:
            message = f"The source has '{denials[0]}' here, the card doesn't."
            yield Trouble(Rule.HEDGED, message, f"Keep its '{denials[0]}', or quote only what the card says.")
            return


def _clauses(quote: str, judge: Judge | None, sections: tuple[str, ...]) -> str:
    if judge is None:
        return quote
    place = judge.find(quote, sections)
    if not isinstance(place, Place):
        return quote
    return " ".join(_widened(judge.finder, start, end) for start, end in place.parts)


def _widened(finder: Finder, start: int, end: int) -> str:
    """Return a stretch of the document with the rest of the clauses that it begins and ends in."""
    text, outline = finder.document.text, finder.outline
    touched = outline.touching(start, end)
    first = outline.sentences[touched[0]].start if touched else start
    last = outline.sentences[touched[-1]].end if touched else end
    first, last = max(min(first, start), start - _MOST_WIDER), min(max(last, end), end + _MOST_WIDER)
    ends = [match.end() for match in _CLAUSE_END.finditer(text, first, start)]
    after = _CLAUSE_END.search(text, end, last)
    return text[ends[-1] if ends else first : after.start() if after else last]


def from_source(asked: Asked, judge: Judge) -> Iterator[Trouble]:
    """R11: no number, name or abbreviation that the source lacks, even if it is true."""
    fields = (asked.question,) if asked.is_cloze else (asked.question, asked.answer)
    strangers = dict.fromkeys(word for text in fields for word in _strangers(text, judge))
    for word in strangers:
        what = "number" if word[0].isdigit() else "name"
        message = f"The {what} '{word}' is not in the source."
        yield Trouble(Rule.FROM_SOURCE, message, "Leave out what the source doesn't say.", is_certain=True)


def _strangers(text: str, judge: Judge) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        inside_word = text[: match.start()][-1:].isalpha() or text[match.end() :][:1].isalpha()
        if not inside_word and match[0].replace(",", "") not in judge.known:
            yield match[0]
    for match in _NAME.finditer(text):
        word = match[0]
        is_code = any(c.isalpha() for c in word) and any(c.isdigit() or c.isupper() for c in word[1:])
        is_name = judge.has_names and word[0].isupper() and not _starts_sentence(text, match.start())
        if (is_code or is_name) and not _forms(word) & judge.known:
            yield word


def _starts_sentence(text: str, at: int) -> bool:
    return _SENTENCE_START.search(text[max(0, at - 12) : at]) is not None if at else True


def _forms(word: str) -> set[str]:
    """The forms under which a word may stand in another text."""
    plain = re.sub("['’][sS]?$", "", word).casefold()
    return {plain, plain.removesuffix("s"), word.casefold()}

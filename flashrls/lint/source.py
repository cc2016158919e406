"""R9 and R11: a card and its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from flashrls.anchors.find import Ambiguous, Finder, Missing, Place
from flashrls.lint.asked import Asked
from flashrls.lint.finding import Rule, Trouble, shortened
from flashrls.lint.words import GLUE, NUMBERS, SOURCE_NEGATIONS, UNITS, lowered, missing_share, stems, words

LEAST_WORDS = 3
MOST_MISSING = 0.5
"""Which share of the answer's stems may be said in other words than the anchor's."""

LEAST_LIKENESS = 0.6
"""What is less like a missing quote than this is no help to its author."""

_MOST_LOOKS = 20
_DENIALS = stems(" ".join(SOURCE_NEGATIONS))
"""The answer "None" is held by "no single cause"."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]|\n)[\s\"'“‘(*_\[-]*$")
_MOST_CAPITALS = 0.12
"""Above this share of capitals within sentences a language writes more than names with them, as German does."""

_LEAST_GLUE = 0.3
"""From this share of English glue on a text is English, where names alone have capitals, however many there are."""


@dataclass(slots=True)
class Judge:
    """A document as the rules ask it.

    Attributes:
        finder: finds quotes in it.
        looks: for how many more missing quotes the nearest words are sought, which takes a while.
        found: what was found already, by quote and sections.
        known: its words in lower case and its numbers.
        openings: the first three letters, in lower case, of its words with a capital.
        has_names: its language writes names, and little else, with a capital.
    """

    finder: Finder
    looks: int = _MOST_LOOKS
    found: dict[tuple[str, tuple[str, ...]], Place | Ambiguous | Missing] = field(default_factory=dict)
    known: set[str] = field(init=False)
    openings: set[str] = field(init=False)
    has_names: bool = field(init=False)

    def __post_init__(self) -> None:
        document = self.finder.document
        found = words(document.text)
        apart = words(f"{document.title} {document.text}".replace("-", " "))
        self.known = {form for word in (*found, *apart) for form in _forms(word)}
        self.known |= {number.replace(",", "") for number in _NUMBER.findall(document.text)}
        self.openings = {word[:3].casefold() for word in apart if word[0].isupper() and word.casefold() not in GLUE}
        inner = re.findall(r"(?<=[a-zß-ÿ,] )\w", document.text)
        is_english = sum(word.casefold() in GLUE for word in found) >= _LEAST_GLUE * len(found)
        self.has_names = is_english or sum(map(str.isupper, inner)) <= _MOST_CAPITALS * len(inner)

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
    quoted = " ".join(note.anchors)
    held = stems(quoted) | (_DENIALS if lowered(quoted) & SOURCE_NEGATIONS else set())
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


def from_source(asked: Asked, judge: Judge) -> Iterator[Trouble]:
    """R11: no number, name or abbreviation that the source lacks, even if it is true."""
    fields = (asked.question,) if asked.is_cloze else (asked.question, asked.answer)
    strangers = dict.fromkeys(word for text in fields for word in _strangers(text, judge))
    quoted = {NUMBERS.get(word.casefold()) for word in words(" ".join(asked.note.anchors))}
    for word in (stranger for stranger in strangers if stranger not in quoted):
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
        if not (is_code or is_name) or _forms(word) & judge.known:
            continue
        if not _is_unit(text, match, judge) and not _is_origin(word, judge):
            yield word


def _is_origin(word: str, judge: Judge) -> bool:
    """Whether it is Venetian where the source speaks of Venice."""
    return word.endswith(("an", "ans", "ese", "ish")) and word[:3].casefold() in judge.openings


def _is_unit(text: str, match: re.Match[str], judge: Judge) -> bool:
    """Whether it is the sign of a unit, behind a number, that the source calls by its name."""
    before = text[max(0, match.start() - 2) : match.start()].rstrip()[-1:]
    unit = UNITS.get(match[0], "")
    return (before.isdigit() or before == "°") and not judge.known.isdisjoint(
        {unit, unit.replace("ter", "tre")} - {""}
    )


def _starts_sentence(text: str, at: int) -> bool:
    return _SENTENCE_START.search(text[max(0, at - 12) : at]) is not None if at else True


def _forms(word: str) -> set[str]:
    """The forms under which a word may stand in another text."""
    plain = re.sub("['’][sS]?$", "", word).casefold()
    return {plain, plain.removesuffix("s"), word.casefold()}

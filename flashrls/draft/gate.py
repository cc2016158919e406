"""The gate: which of a command's cards the document bears out. What can't be shown to be in it is refused.

The rules of the lint decide, every one of them, and three that are stricter: the anchor is found, it
holds all of the answer, and what hedges or denies anywhere in its sentence is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flashrls.anchors.find import Ambiguous, Finder, Place
from flashrls.cards import Deck, Kind, Note
from flashrls.cloze import ClozeFault, find_clozes, with_numbers
from flashrls.draft.candidates import Candidate, Origin
from flashrls.draft.quoting import one_line, quotable
from flashrls.draft.replies import Refusal, Reply
from flashrls.draft.slots import Slot, same_words, slots_of, touched
from flashrls.lint.asked import Asked
from flashrls.lint.deck import lint_deck, lint_together
from flashrls.lint.words import HEDGES, NEGATIONS, SOURCE_HEDGES, SOURCE_NEGATIONS, lowered, stems, words

FEWEST_ANCHOR_WORDS = 3
MOST_ANCHOR_WORDS = 60

_REPLY = "reply-"
_KEY = re.compile(rf" \({_REPLY}\d+\)")
"""How the lint calls another reply, beside its line in the command's output."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What the gate let through, by the number of its sentence, and what it refused, by line."""

    proposals: Mapping[int, Sequence[Candidate]]
    refused: tuple[Refusal, ...]

    @property
    def count(self) -> int:
        """How many cards got through."""
        return sum(map(len, self.proposals.values()))


@dataclass(frozen=True, slots=True)
class _Case:
    """A reply whose anchor is found."""

    reply: Reply
    slot: Slot
    sentence: str
    note: Note


def admit(replies: Iterable[Reply], finder: Finder, known: Sequence[Note] = ()) -> Admitted:
    """Judge cards that a command proposed.

    Args:
        replies: the cards as they came.
        finder: of the document.
        known: notes that the worksheet has; a card that asks the same is refused.
    """
    refused: list[Refusal] = []
    cases: list[_Case] = []
    court = _Court(finder)
    for number, reply in enumerate(replies):
        case = court.hear(reply, f"{_REPLY}{number}")
        if isinstance(case, _Case):
            cases.append(case)
        else:
            refused.append(Refusal(reply.line, reply.shown, case))
    reasons = _linted(cases, finder, known)
    proposals: dict[int, list[Candidate]] = {}
    for case in cases:
        if reason := reasons.get(case.note.key or ""):
            refused.append(Refusal(case.reply.line, case.reply.shown, reason))
        else:
            note = case.note
            candidate = Candidate(Origin.COMMAND, note.question, note.answer, note.anchors[0])
            proposals.setdefault(case.slot.number, []).append(candidate)
    return Admitted(proposals, tuple(sorted(refused, key=lambda refusal: refusal.line)))


class _Court:
    """Hears replies one by one, against the document."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        slots = slots_of(finder)
        self.by_number = {slot.number: slot for slot in slots}
        self.by_words = {same_words(slot.quote): slot for slot in slots}

    def hear(self, reply: Reply, key: str) -> _Case | str:
        """Return the case, or the reason why there is none."""
        note = _note(reply, key)
        if isinstance(note, str):
            return note
        place = self._place(reply)
        if isinstance(place, str):
            return place
        numbers = list(touched(self.finder, place))
        slot = self._slot(numbers)
        if slot is None:
            return "its anchor stands in no sentence of the text"
        anchor = quotable(self.finder.words(place))
        note = replace(note, anchors=(anchor,), section=slot.path, line=reply.line)
        sentence = " ".join(map(self._text, numbers))
        return _borne_out(note, anchor, sentence) or _Case(reply, slot, sentence, note)

    def _place(self, reply: Reply) -> Place | str:
        if not reply.anchor:
            return "it has no anchor"
        count = len(words(reply.anchor))
        if not FEWEST_ANCHOR_WORDS <= count <= MOST_ANCHOR_WORDS:
            few = count < FEWEST_ANCHOR_WORDS
            bound = f"fewer than {FEWEST_ANCHOR_WORDS}" if few else f"more than {MOST_ANCHOR_WORDS}"
            return f"its anchor has {bound} words"
        place = self.finder.find(reply.anchor, reply.section.split(" > "))
        if isinstance(place, Ambiguous):
            return (
                f"its anchor stands {place.count} times in the text; more of the words around it would tell which"
            )
        return place if isinstance(place, Place) else "its anchor is not in the text, word for word"

    def _slot(self, numbers: Sequence[int]) -> Slot | None:
        for number in numbers:
            slot = self.by_number.get(number) or self.by_words.get(same_words(quotable(self._text(number))))
            if slot:
                return slot
        return None

    def _text(self, number: int) -> str:
        sentence = self.finder.outline.sentences[number]
        return self.finder.document.text[sentence.start : sentence.end]


def _note(reply: Reply, key: str) -> Note | str:
    question, answer, cloze = map(one_line, (reply.question, reply.answer, reply.cloze))
    if cloze and not question and not answer:
        found = find_clozes(cloze)
        if isinstance(found, ClozeFault):
            return found.reason
        if not found:
            return "its cloze hides nothing"
        return Note(key, Kind.CLOZE, with_numbers(cloze, found), "", draft=True)
    if cloze:
        return "it is a question and a cloze at once"
    if not question or not answer:
        return "it has no question" if not question else "it has no answer"
    if question.count("?") != 1 or not question.endswith("?"):
        return "its question doesn't end with its one question mark"
    return Note(key, Kind.BASIC, question, answer, draft=True)


def _borne_out(note: Note, anchor: str, sentence: str) -> str:
    """Return why the document doesn't bear a card out; empty if it does."""
    asked = Asked(note, note.section)
    if not asked.wanted:
        return "its answer has no word that tells anything"
    if missing := asked.wanted - stems(anchor):
        strange = [word for word in words(asked.answer) if stems(word) & missing]
        return f"'{strange[0] if strange else min(missing)}' of the answer is not in its anchor"
    said, source = lowered(asked.text), lowered(sentence)
    if (hedges := source & SOURCE_HEDGES) and not said & HEDGES:
        return f"its sentence says '{min(hedges)}', the card speaks without reserve"
    if (denials := source & SOURCE_NEGATIONS) and not said & NEGATIONS:
        return f"its sentence has '{min(denials)}', the card has not"
    return ""


def _linted(cases: Sequence[_Case], finder: Finder, known: Sequence[Note]) -> dict[str, str]:
    """Return by key what the lint finds first in each card, its warnings too."""
    deck = Deck(finder.document.title or "text", "replies", tuple(case.note for case in cases))
    held = Deck("the worksheet", "held", tuple(known))
    reasons: dict[str, str] = {}
    alone = {note.key: note for note in deck.notes}
    for finding in [*lint_deck(deck, finder), *lint_together([held, deck])[1]]:
        if finding.note in alone:
            message = _KEY.sub("", finding.message)
            told = f"{message[0].lower()}{message[1:]}".rstrip(".")
            reasons.setdefault(finding.note or "", f"{finding.rule}: {told}")
    return reasons

"""R3, R4, R6 and the blank words of R8: one question that stands alone and isn't answered by yes or no.

These rules know English; a text in another language is hardly ever caught by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flashrls.lint.asked import Asked, without_code
from flashrls.lint.finding import Rule, Trouble
from flashrls.lint.words import BLANKS, stem, stems, words

_AUXILIARY = (
    "is|are|was|were|am|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would|"
    "isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|hadn't|can't|couldn't|won't|wouldn't|shouldn't"
)
_ASKING = "what|which|who|whom|whose|when|where|why|how"
_SECOND_QUESTION = re.compile(
    rf"(?:\b(?:and|or)\b|;)\s+(?:(?:in|to|for|by|from|at|on)\s+)?(?:{_ASKING})\b", re.IGNORECASE
)
_YES_NO_OPENING = re.compile(rf"\W*(?:{_AUXILIARY})\s", re.IGNORECASE)
_YES_NO_ANSWER = re.compile(r"\W*(?:yes|no|true|false|correct|incorrect)\b(?:\W|$)", re.IGNORECASE)
_YES_NO_ALONE = re.compile(r"\W*(?:yes|no|true|false)\W*", re.IGNORECASE)
_TRUE_OR_FALSE = re.compile(r"\b(?:true or false|yes or no|right or wrong)\b", re.IGNORECASE)
_OR = re.compile(r"\bor\b|/", re.IGNORECASE)

_TEXT = "(?:text|article|passage|paragraph|document|excerpt)"
_THE_TEXT = re.compile(
    rf"\b(?:in|according to) (?:the|this) (?:above |following |given |preceding )?{_TEXT}\b"
    r"|\baccording to the authors?\b"
    rf"|\b(?:does|do|did) (?:the|this) (?:{_TEXT}|authors?) "
    rf"|\b(?:the|this) {_TEXT} (?:says?|states?|mentions?|describes?|suggests?|claims?|lists?)\b"
    r"|\b(?:mentioned|described|listed|discussed|stated) (?:above|below|earlier)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(r"\b(this|these)\b(?: ([^\W\d_]+))?(?: ([^\W\d_]+))?", re.IGNORECASE)
_LATTER = re.compile(r"\bthe (?:latter|former)\b", re.IGNORECASE)
_LEADING = re.compile(
    rf"\W*(?:(?:{_ASKING}|but|and|so|then)\s+)?(?:(?:{_AUXILIARY})\s+)?"
    r"(it|its|they|them|their|he|him|his|she|her|hers)\b(?!\s+(?:called|takes?|that)\b)",
    re.IGNORECASE,
)
_POINTED_AT = re.compile(
    r"\W*(?:who|what|which)\s+(?!(?:is|was|makes?|made|takes?|took)\s+it\b)[^\W\d_]+\s+(?:him|it|them)\b",
    re.IGNORECASE,
)
"""A verb alone stands between the asking word and the pronoun, so no noun; "what makes it rain" means none."""


def one_fact(asked: Asked) -> Iterator[Trouble]:
    """R3: one question mark, no second question, no semicolon in the answer."""
    if not asked.is_cloze and asked.question.count("?") > 1:
        count = asked.question.count("?")
        yield Trouble(Rule.ONE_FACT, f"There are {count} question marks in it.", "Make a card of each question.")
    elif not asked.is_cloze and (found := _SECOND_QUESTION.search(asked.question)):
        message = f"'{' '.join(found[0].split())}' asks a second question."
        yield Trouble(Rule.ONE_FACT, message, "Make a card of each question.")
    hidden = without_code(asked.note.answer) if not asked.is_cloze else asked.answer
    if ";" in re.sub(r"&#?\w{1,8};", "", hidden):
        yield Trouble(
            Rule.ONE_FACT, "There is a semicolon in the answer.", "Keep one fact; make cards of the rest."
        )


def no_choice(asked: Asked) -> Iterator[Trouble]:
    """R4: no yes/no, no either/or."""
    mend = "Ask for the fact itself: what, which, how, why …"
    is_question = not asked.is_cloze and "?" in asked.question
    if any(_YES_NO_ALONE.fullmatch(card.answer) for card in asked.cards):
        yield Trouble(Rule.NO_CHOICE, "It is answered by yes or no.", mend, is_certain=True)
    elif is_question and _YES_NO_OPENING.match(asked.question):
        first = words(asked.question)[0].casefold()
        if offers_answer(asked):
            message = f"It begins with '{first}' and names its answer: a choice of two."
        else:
            message = f"It begins with '{first}': a guess is right every other time."
        yield Trouble(Rule.NO_CHOICE, message, mend, is_certain=True)
    elif _TRUE_OR_FALSE.search(asked.question) and (_YES_NO_ANSWER.match(asked.answer) or is_question):
        yield Trouble(Rule.NO_CHOICE, "It asks for true or false.", mend, is_certain=True)
    elif offers_answer(asked):
        yield Trouble(Rule.NO_CHOICE, "It offers its answer among a few: a choice.", mend)


def offers_answer(asked: Asked) -> bool:
    """Whether the question, or the hint of a cloze, names the answer beside an "or"."""
    if not asked.is_cloze:
        said = asked.question
        return bool(asked.wanted and _OR.search(said) and asked.wanted <= stems(said) and "?" in said)
    hinted = ((stems(cloze.hidden), cloze.hint) for cloze in asked.clozes if cloze.hint and _OR.search(cloze.hint))
    return any(hidden and hidden <= stems(hint) for hidden, hint in hinted)


def stands_alone(asked: Asked) -> Iterator[Trouble]:
    """R6: no "this pathway", no "it" without its noun, never "in the text"; deck and section count as context."""
    said = asked.question
    mend = "Name it: a card is asked alone, months later."
    if found := _THE_TEXT.search(said):
        message = f"'{found[0].strip()}' points to a text that isn't on the screen."
        yield Trouble(Rule.ALONE, message, "Leave it out; the section is shown with the card.")
        return
    pointing = _LEADING.match(said) or _POINTED_AT.match(said) or _LATTER.search(said)
    if pointing:
        yield Trouble(Rule.ALONE, f"'{words(pointing[0])[-1]}' stands for something that isn't named.", mend)
        return
    for found in _POINTING.finditer(said):
        before = stems(f"{asked.context} {said[: found.start()]}")
        nouns = {stem(word.casefold()) for word in found.groups()[1:] if word}
        if not nouns & before:
            yield Trouble(Rule.ALONE, f"'{_pointed(found)}' points to something that isn't named.", mend)
            return


def _pointed(found: re.Match[str]) -> str:
    return f"{found[1]} {found[2]}" if found[2] else found[1]


def telling_blank(asked: Asked) -> Iterator[Trouble]:
    """R8, for one card: what is to be filled in isn't a word that fits many things."""
    if not asked.is_cloze:
        return
    for card in asked.cards:
        wanted = [word.casefold() for word in words(card.answer)]
        wanted = [word for word in wanted if word not in ("a", "an", "the")]
        if len(wanted) == 1 and BLANKS & {wanted[0], wanted[0].removesuffix("s"), wanted[0].removesuffix("es")}:
            message = f"'{card.answer}' is hidden, a word that many others could stand for."
            yield Trouble(Rule.ONE_ANSWER, message, "Hide a word that only this fact has.")

"""R7: what is shown doesn't give away what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flashrls.lint.asked import Asked
from flashrls.lint.finding import Rule, Trouble, shortened
from flashrls.lint.wording import offers_answer
from flashrls.lint.words import stems

MOST_SHARE = 0.5

_HIDDEN = r"\[[^\[\]]*\]"
_ARTICLE = r"(?:(?:or|the|an?) ){0,2}"
_BESIDE = re.compile(
    rf"{_HIDDEN}\s?\((?:{_ARTICLE})([^()]{{1,80}})\)|([^\s()\[\]]{{2,20}}) \({_HIDDEN}\)"
    rf"|{_HIDDEN}, {_ARTICLE}([^\s()\[\],;.]{{2,20}})|([^\s()\[\],]{{2,20}}), {_ARTICLE}{_HIDDEN}"
)
_MOST_LETTERS = 10
_MOST_HIDDEN = 80


def no_giveaway(asked: Asked) -> Iterator[Trouble]:
    """R7: at most half of the answer's content words in the question; no abbreviation beside its blank."""
    if offers_answer(asked):
        return  # told by R4
    for card in asked.cards:
        if asked.is_cloze and (shown := _abbreviated(card.question, card.answer)):
            message = f"'{shown}' beside the blank gives '{shortened(card.answer)}' away."
            yield Trouble(Rule.NO_GIVEAWAY, message, "Hide both under one number, or leave one of them out.")
            continue
        wanted, shown_stems = stems(card.answer), stems(card.question)
        shared = wanted & shown_stems
        if len(shared) > MOST_SHARE * len(wanted):
            said = "the text around it" if asked.is_cloze else "the question"
            message = f"'{shortened(card.answer)}' stands in {said}."
            if len(wanted) > 1:
                told = f"{len(shared)} of the {len(wanted)} telling words of '{shortened(card.answer)}'"
                message = f"{told} stand in {said}."
            mend = "Say it in other words there, or ask for another part of the fact."
            yield Trouble(Rule.NO_GIVEAWAY, message, mend)


def _abbreviated(shown: str, hidden: str) -> str:
    if len(hidden) > _MOST_HIDDEN:
        return ""
    for match in _BESIDE.finditer(shown):
        beside = "".join(filter(None, match.groups())).strip()
        if abbreviates(beside, hidden) or abbreviates(hidden, beside):
            return beside
    return ""


def abbreviates(short: str, long: str) -> bool:
    """Whether `short`, mostly capitals, is made of letters of `long` in their order, beginning with its first."""
    letters = [c for c in short if c.isalnum()]
    if not 2 <= len(letters) <= _MOST_LETTERS or " " in short.strip() or len(long) <= len(short) + 2:
        return False
    if sum(c.isupper() for c in letters) * 2 < len(letters) or long[0].casefold() != letters[0].casefold():
        return False
    rest = iter(long.casefold())
    return all(letter.casefold() in rest for letter in letters)

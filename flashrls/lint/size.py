"""R1, R2 and R5: answers and questions are short, and no answer is a list.

What is over its bound is a matter of judgement; over twice the bound it is an error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from flashrls.lint.asked import Asked, without_code
from flashrls.lint.finding import Rule, Trouble, shortened
from flashrls.lint.words import words

MOST_HIDDEN_WORDS = 6
MOST_ANSWER_WORDS = 15
MOST_CLOZE_WORDS = 40
MOST_QUESTION_WORDS = 30
MOST_ITEMS = 3

_ITEM = re.compile(r"^[ \t]*(?:[-+*]|\d{1,3}[.)])[ \t]", re.MULTILINE)
_JOINED = re.compile(r"[,;]\s*(?:and|or)\b|[,;]|\b(?:and|or)\b", re.IGNORECASE)
_MOST_ITEM_WORDS = 5


def short_answer(asked: Asked) -> Iterator[Trouble]:
    """R1: at most 6 words in a cloze, 15 otherwise."""
    for card in asked.cards:
        most = MOST_HIDDEN_WORDS if asked.is_cloze else MOST_ANSWER_WORDS
        count = len(words(card.answer))
        if count > most:
            told = f"'{shortened(card.answer)}' has" if asked.is_cloze else "The answer has"
            mend = (
                "Hide the key words only." if asked.is_cloze else "Ask for one thing, and make cards of the rest."
            )
            yield Trouble(
                Rule.SHORT_ANSWER, f"{told} {count} words; {most} are enough.", mend, is_certain=count > 2 * most
            )


def short_question(asked: Asked) -> Iterator[Trouble]:
    """R2: at most 30 words, a cloze text 40."""
    what, most = ("cloze text", MOST_CLOZE_WORDS) if asked.is_cloze else ("question", MOST_QUESTION_WORDS)
    count = len(words(asked.question))
    if count > most:
        mend = "Leave out what isn't needed to answer."
        message = f"The {what} has {count} words; {most} are enough."
        yield Trouble(Rule.SHORT_QUESTION, message, mend, is_certain=count > 2 * most)


def no_list(asked: Asked) -> Iterator[Trouble]:
    """R5: no list of more than 3."""
    mend = "Make overlapping clozes of it, one hidden and the others shown, or a card for each."
    for count in _lengths(asked):
        if count > MOST_ITEMS:
            message = f"This asks for a list of {count}; more than {MOST_ITEMS} are hard to keep."
            yield Trouble(Rule.NO_LIST, message, mend, is_certain=count > 2 * MOST_ITEMS)
            return


def _lengths(asked: Asked) -> Iterator[int]:
    if asked.is_cloze:
        hidden_together = Counter(cloze.number for cloze in asked.clozes)
        yield len(hidden_together)
        yield max(hidden_together.values(), default=0)
        yield max((_enumerated(cloze.hidden) for cloze in asked.clozes), default=0)
    else:
        answer = without_code(asked.note.answer)
        yield len(_ITEM.findall(answer))
        yield max(map(_enumerated, re.split(r"[.!?](?:\s|$)|\n", answer)), default=0)


def _enumerated(text: str) -> int:
    """Count the items of "a, b, c and d"; 0 if the text is another kind of sentence."""
    marks = len(re.findall("[,;]", text))
    items = [item for item in _JOINED.split(text) if item.strip()]
    if marks < 2 or any(len(item.split()) > _MOST_ITEM_WORDS for item in items[1:]):
        return 0
    return len(items)

"""Candidates for all sentences of a document: patterns first, where none fits a cloze."""

from __future__ import annotations

import re

from flashrls.anchors.find import Finder
from flashrls.draft.candidates import Candidate
from flashrls.draft.english import is_english, words
from flashrls.draft.patterns import find_patterns
from flashrls.draft.rare import Frequency, rare_cloze
from flashrls.draft.slots import slots_of
from flashrls.draft.usage import Usage, usage_of
from flashrls.lint.words import stems

_MOST_QUESTION_WORDS = 30
_STATEMENT = re.compile(r"[.!…][\"'”’)\]]*$")


def propose(finder: Finder, frequency: Frequency | None) -> dict[int, list[Candidate]]:
    """Return the candidates by the number of their sentence; sentences without one are left out.

    Nothing is proposed for a text that doesn't read like English, which is all the rules know.

    Args:
        finder: of the document.
        frequency: how often English uses a word; None for no clozes.
    """
    if not is_english(finder.document.text):
        return {}
    usage = usage_of(finder.document.text)
    found = {slot.number: candidates_of(slot.quote, usage, frequency) for slot in slots_of(finder)}
    return {number: candidates for number, candidates in found.items() if candidates}


def candidates_of(sentence: str, usage: Usage, frequency: Frequency | None) -> list[Candidate]:
    """Return the candidates for one sentence on one line; a heading, a question or a list item has none."""
    if not _STATEMENT.search(sentence):
        return []
    fit = [candidate for candidate in find_patterns(sentence, usage) if _is_fit(candidate)]
    if fit or frequency is None:
        return fit
    cloze = rare_cloze(sentence, usage, frequency)
    return [cloze] if cloze else []


def _is_fit(candidate: Candidate) -> bool:
    """Whether a card is short, and its question doesn't give more than half of the answer away."""
    if candidate.is_cloze:
        return True
    told = stems(candidate.answer)
    shared = told & stems(candidate.question)
    return len(words(candidate.question)) <= _MOST_QUESTION_WORDS and len(shared) * 2 <= len(told)

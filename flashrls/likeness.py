"""How alike two questions are, and which of very many are alike without comparing all with all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import TypeVar

Ours = TypeVar("Ours", bound=Hashable)
Theirs = TypeVar("Theirs", bound=Hashable)

_LONGEST = 500
"""Characters of a question that are compared: enough to know it by, and few enough for thousands."""

_ALL = 10_000
"""Up to so many pairs, all are compared."""

_RIVALS = 16
"""Beyond that, how many of theirs a question is compared with: those that share its rarest words."""

_HOLDERS = 64
"""How many of theirs a word brings up at most."""

_VERY = 90
"""Beyond that, no more of theirs are compared once one is so much alike."""

_ENOUGH = 100
"""When the rarest words brought up so many, the others are not asked."""

_LONG_WORD = 12
"""From so many characters on, a word counts by its triples, as in tongues with compounds."""

_UNSPACED = "\u2e80"
"""From this character on, scripts put no spaces between words."""

_WORD = re.compile(r"\w+")
_CLOZE_MARKS = re.compile(r"\{\{\d+::|\}\}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A note's texts as they are compared: in lower case, without cloze marks; `in_order` has sorted words."""

    question: str
    in_order: str
    answer: str

    @classmethod
    def of(cls, question: str, answer: str) -> Asked:
        """Return the texts of a question and its answer."""
        words = _CLOZE_MARKS.sub("", question[:_LONGEST]).casefold().split()
        return cls(" ".join(words), " ".join(sorted(words)), " ".join(answer.casefold().split()))


def similar(
    ours: Mapping[Ours, Asked], theirs: Mapping[Theirs, Asked], least: float
) -> Iterator[tuple[Ours, Theirs, float]]:
    """Yield pairs of questions with their likeness, 0..100, if that is `least` or more.

    Two questions are alike if their letters are, or their words in any order. Of many, each is compared
    with those few that share its rarest words.
    """
    from rapidfuzz.fuzz import ratio  # only files that changed need it

    all_of_them = list(theirs)
    is_small = len(ours) * len(theirs) <= _ALL
    holders = {} if is_small else _holders(theirs)
    for mine, asked in ours.items():
        for other in all_of_them if is_small else _rivals(asked, holders):
            question, in_order = theirs[other].question, theirs[other].in_order
            likeness = ratio(asked.question, question, score_cutoff=least)
            likeness = max(likeness, ratio(asked.in_order, in_order, score_cutoff=max(least, likeness)))
            if likeness >= least:
                yield mine, other, likeness
                if likeness >= _VERY and not is_small:
                    break


def _holders(theirs: Mapping[Theirs, Asked]) -> dict[str, list[Theirs]]:
    """Which of theirs hold a word."""
    holders: defaultdict[str, list[Theirs]] = defaultdict(list)
    for other, asked in theirs.items():
        for word in _words(asked.question):
            holders[word].append(other)
    return dict(holders)


def _rivals(asked: Asked, holders: Mapping[str, list[Theirs]]) -> list[Theirs]:
    votes: defaultdict[Theirs, float] = defaultdict(float)
    rarest = sorted(_words(asked.question) & holders.keys(), key=lambda word: (len(holders[word]), word))
    looked_at = 0
    for word in rarest:
        if looked_at > _ENOUGH:
            break
        vote = 1 / len(holders[word])  # else the words of all outvote the rare ones
        for other in holders[word][:_HOLDERS]:
            votes[other] += vote
            looked_at += 1
    return nlargest(_RIVALS, votes, key=votes.__getitem__)


def _words(text: str) -> set[str]:
    words: set[str] = set()
    for word in _WORD.findall(text):
        if len(word) < _LONG_WORD and (word.isascii() or max(word) < _UNSPACED):
            words.add(word)
        else:
            words.update(word[at : at + 3] for at in range(max(1, len(word) - 2)))
    return words

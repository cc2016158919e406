"""The rarest words of a sentence, hidden: the last resort for a sentence that no pattern fits."""

from __future__ import annotations

import re
from collections.abc import Callable

from flashrls.draft.candidates import Candidate, Origin
from flashrls.draft.english import GLUE, WORD
from flashrls.draft.patterns import MOST_CLOZE_WORDS
from flashrls.draft.usage import Usage
from flashrls.lint.words import BLANKS

Frequency = Callable[[str], float]
"""A word's Zipf frequency in English: about 7 for "the", 1 for a word in a hundred million, 0 if unknown."""

_FEWEST_WORDS = 6
_NEVER = 9.0
_TOO_COMMON = 4.6
"""Words from here on ("system", "body") tell nothing as a blank."""

_RARE_COMPANION = 5.0
"""A neighbour below this that often stands beside the rare word belongs to its term: "tyrosine hydroxylase"."""

_MOST_CHARACTERS = 600
_INFLECTED = 1.0
"""What an -ing or -ed counts as more frequent: as a blank it is often glue between the terms."""


def english_frequency() -> Frequency | None:
    """Return how often English uses a word, or None where the extra `draft` isn't installed."""
    try:
        from wordfreq import zipf_frequency
    except ImportError:
        return None

    def frequency(word: str) -> float:
        return float(zipf_frequency(word, "en"))

    return frequency


def rare_cloze(sentence: str, usage: Usage, frequency: Frequency) -> Candidate | None:
    """Return the sentence with its rarest term hidden, one or two words; None if no word is rare enough.

    Where the term stands twice it is hidden twice, so that it doesn't give itself away.
    """
    if len(sentence) > _MOST_CHARACTERS or "{{" in sentence or "}}" in sentence:
        return None
    found = list(WORD.finditer(sentence))
    if not _FEWEST_WORDS <= len(found) <= MOST_CLOZE_WORDS:
        return None
    rarities = [_rarity(word[0], frequency) for word in found]
    at = rarities.index(min(rarities))
    if rarities[at] >= _TOO_COMMON:
        return None
    term = sentence[slice(*_term(sentence, found, at, usage, frequency))]
    same = re.compile(rf"(?<![^\W_]){re.escape(term)}(?![^\W_])", re.IGNORECASE)
    return Candidate(Origin.CLOZE, same.sub(lambda place: f"{{{{1::{place[0]}}}}}", sentence))


def _rarity(word: str, frequency: Frequency) -> float:
    folded = word.casefold()
    if len(word) < 4 or folded in GLUE or folded.endswith("ly") or not any(map(str.isalpha, word)):
        return _NEVER
    if folded in BLANKS or folded.removesuffix("s") in BLANKS:
        return _NEVER
    return frequency(word) + (_INFLECTED if folded.endswith(("ing", "ed")) else 0)


def _term(
    sentence: str, found: list[re.Match[str]], at: int, usage: Usage, frequency: Frequency
) -> tuple[int, int]:
    """Return the bounds of the word at `at`, with the neighbour that the document often puts beside it."""
    for left in (at - 1, at):
        if left < 0 or left + 1 >= len(found):
            continue
        first, second = found[left], found[left + 1]
        other = (second if left == at else first)[0]
        is_pair = (first[0].casefold(), second[0].casefold()) in usage.pairs
        if (
            is_pair
            and sentence[first.end() : second.start()] == " "
            and _rarity(other, frequency) < _RARE_COMPANION
        ):
            return first.start(), second.end()
    return found[at].span()

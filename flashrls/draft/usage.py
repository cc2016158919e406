"""How a document uses its words: which it writes in lower case, which it puts side by side again and again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from flashrls.draft.english import GLUE, WORD

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]*")
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ness|ity|ism|logy|ous|ive|able|ical)s?$")
_PEOPLES = ("an", "ish", "ese", "ch")
"""How names of peoples and tongues end, which keep their capital as adjectives."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What the rules want to know of a whole document.

    Attributes:
        lower: words that stand in lower case somewhere; a sentence's first word that doesn't may be a name.
        names: words, in lower case, that stand capitalised inside a sentence.
        pairs: neighbours that stand together at least twice, in lower case: "tyrosine hydroxylase".
    """

    lower: frozenset[str]
    names: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    def uncapitalised(self, start: str) -> str:
        """Return the start of a sentence as it stands inside one: names keep their capital."""
        first, _, rest = start.partition(" ")
        word = re.split("['’-]", first, maxsplit=1)[0].lower()
        if first[1:] != first[1:].lower():
            return start
        is_common = word in self.lower or word in GLUE or _ABSTRACT.search(word) is not None
        is_adjective = word not in self.names and rest[:1].islower() and not word.endswith(_PEOPLES)
        if is_common or (is_adjective and rest.split()[0] not in GLUE):
            return start[0].lower() + start[1:]
        return start


def usage_of(text: str) -> Usage:
    """Return how a text uses its words."""
    found = WORD.findall(text)
    folded = [word.casefold() for word in found]
    pairs = Counter(pairwise(folded))
    return Usage(
        frozenset(word for word in found if word[0].islower()),
        frozenset(word.casefold() for word in _NAME.findall(text)),
        frozenset(pair for pair, count in pairs.items() if count > 1),
    )

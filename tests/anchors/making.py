"""Documents and odd texts for the tests of this folder."""

from __future__ import annotations

import re
from hashlib import blake2b

from hypothesis import strategies as st

from flashrls.anchors.find import Ambiguous, Finder, Missing, Place
from flashrls.documents.text import Document, Heading

# What folding treats in a way of its own, beside ordinary letters: marks, jamo, ligatures, white space,
# characters without width, quotes and dashes of all kinds, a letter beyond the sixteen-bit plane.
ODD = (
    "aeiox AB 12 .,'\"-\n\t\r\u00a0\u2003\u2028"
    "\u0301\u0308\u0323\u034f\u00e9\u1ec7\u212b\u00bd\u00b2\ufb01\ufb03\uff21\uff0d\uff76\uff9e"
    "\u1100\u1161\u11a8\uac00\u3131\u314f\u0915\u094d\u093f"
    "\u00ad\u200b\u200d\u2060\ufeff\u202e"
    "\u2019\u201c\u00ab\u2033\u2010\u2014\u2212\u2026\u00b4\u00a8\U0001d400\u4e00\U0001f600\ufdfa"
)
odd_texts = st.one_of(st.text(st.sampled_from(ODD), max_size=40), st.text(max_size=40))


_LETTERS = ("bdfgklmnprstvz", "aeiou")


def document(text: str, *headings: str) -> Document:
    """A document whose headings are these lines of it, `# ` for the first level, `## ` for the second."""
    found: list[Heading] = []
    at = 0
    for heading in headings:
        marks, _, title = heading.partition(" ")
        at = re.compile(f"^{re.escape(title)}$", re.MULTILINE).search(text, at).start()  # type: ignore[union-attr]
        found.append(Heading(at, at + len(title), len(marks)))
        at += len(title)
    return Document("Title", "title.txt", "0" * 64, text, tuple(found))


def finder(text: str, *headings: str) -> Finder:
    return Finder(document(text, *headings))


def quoted(finder: Finder, found: Place | Ambiguous | Missing) -> str:
    """The words of the document at the place that was found."""
    assert isinstance(found, Place), found
    return finder.words(found)


def word(number: int) -> str:
    """A word of ten letters that is like no other's."""
    digest = blake2b(str(number).encode(), digest_size=10).digest()
    return "".join(_LETTERS[at % 2][byte % len(_LETTERS[at % 2])] for at, byte in enumerate(digest))


def sentence(number: int, words: int = 8) -> str:
    """A sentence whose words stand in no other."""
    return " ".join(word(number * 100 + at) for at in range(words)).capitalize() + "."

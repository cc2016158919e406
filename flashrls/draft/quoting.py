"""A document's sentences and titles as lines that a deck file can hold, whatever is in them."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from flashrls.draft.english import content_words, words

MOST_CHARACTERS = 2000
"""A longer stretch without a sentence's end, as a table may be, is quoted by its beginning."""

_SLUG_WORDS = 3
_MOST_SLUG_WORD = 12
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]+")
_MARKS = ("Q:", "A:", "C:")
_CLOSES_COMMENT = re.compile(r"-{2,}>")
_SLUG = re.compile(r"[a-z0-9]+")


def one_line(text: str) -> str:
    """Return a text on one line, without what a file or a terminal could choke on."""
    return " ".join(_UNWRITABLE.sub(" ", text.translate(_INVISIBLE)).split())


def quotable(sentence: str) -> str:
    """Return a sentence as an anchor's line; empty if it holds no word.

    Characters that no file can hold become `…`, which joins two parts of an anchor. A mark at its
    start ("Q:") is left out, as a deck file would take it for a card.
    """
    parts = (" ".join(part.split()) for part in _UNWRITABLE.split(sentence.translate(_INVISIBLE)))
    line = " … ".join(part for part in parts if part)
    while line.startswith(_MARKS):
        line = line[2:].lstrip()
    if len(line) > MOST_CHARACTERS:
        line = line[:MOST_CHARACTERS].rpartition(" ")[0] or line[:MOST_CHARACTERS]
    return line if words(line) else ""


def in_comment(line: str) -> str:
    """Return a line so that it can't close the comment around it; anchors fold its hyphens alike."""
    return _CLOSES_COMMENT.sub("->", line)


def sentence_id(line: str, folded: str) -> str:
    """Return the id of a sentence's card, the same for the same words: `tyrosine-hydroxylase-rate-3f2a10`.

    Args:
        line: the sentence as it is quoted.
        folded: the same as anchors compare it.
    """
    plain = unicodedata.normalize("NFKD", " ".join(content_words(line[:200]) or words(line[:200])).lower())
    found = _SLUG.findall(re.sub("[\u0300-\u036f'’]", "", plain))[:_SLUG_WORDS]
    slugs = [slug[:_MOST_SLUG_WORD] for slug in found]
    digest = blake2b(folded.encode(), digest_size=3).hexdigest()
    return "-".join(["-".join(slugs) or "s", digest])

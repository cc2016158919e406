"""Text as searching compares it: without case and accents, and scripts without spaces letter by letter."""

from __future__ import annotations

import re
import unicodedata

from flashrls.cloze import filled_in

# Thai, Lao, Burmese, Khmer, kana, and the Han characters: words that nothing separates.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)


def fold_text(text: str) -> str:
    """Return `text` without case and accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def fold_words(text: str) -> str:
    """Return `text` folded, with each letter of a script without spaces standing alone."""
    folded = fold_text(text)
    return folded if folded.isascii() else _UNSPACED.sub(r" \g<0> ", folded)


def search_text(question: str, answer: str, *, is_cloze: bool) -> str | None:
    """Return a note's words as their index is to hold them; None where its texts will do as they are."""
    text = filled_in(question) if is_cloze else f"{question} {answer}"
    return fold_words(text) if is_cloze or not text.isascii() else None

"""What a word is: for telling whether a quote cuts one, and for counting them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Chinese, Japanese and the scripts of South East Asia put no spaces between words: a letter counts as one.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_WORD = re.compile(
    rf"(?=[^\W_])[{_UNSPACED}]"
    rf"|{_LETTER}(?:[^\s—–/…{_UNSPACED}]*{_LETTER})?[\u0300-\u036f]*"
)
_ALONE = re.compile(f"[{_UNSPACED}]")


def words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the words between two offsets begin and end (exclusive), without punctuation around them."""
    return (match.span() for match in _WORD.finditer(text, start, end))


def is_one_word(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word: letters, digits, accents on them."""
    return _is_of_word(left) and _is_of_word(right) and not (_ALONE.match(left) and _ALONE.match(right))


def _is_of_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"

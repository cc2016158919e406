"""What ids and tags may look like, and the id a deck gets from its name."""

from __future__ import annotations

import hashlib
import re
import unicodedata

ID_MEND = "An id begins with a letter or digit, then letters, digits, '.', '_' and '-' may follow."

_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SLUG_WORD = re.compile(r"[a-z0-9]+")


def is_id(text: str) -> bool:
    """Say whether `text` may be the id of a deck or a note; letters of any script are fine."""
    if text.isascii():
        return _PLAIN_ID.fullmatch(text) is not None
    # Vowel signs and combining accents are parts of letters, but not alphanumeric by themselves.
    return text[0].isalnum() and all(
        c.isalnum() or c in "._-" or unicodedata.category(c).startswith("M") for c in text
    )


def is_tag(text: str) -> bool:
    """Say whether `text` is one word that can be written as a class: no spaces, braces or double quotes."""
    return text.split() == [text] and not set(text) & set('{}"')


def deck_key(name: str) -> str:
    """Return the id of a deck whose file gives it none: the name's ASCII words in lower case, joined by `-`.

    Accents are dropped; a name without an ASCII letter or digit gets a short hash.
    """
    words = _SLUG_WORD.findall(unicodedata.normalize("NFKD", name.casefold()).translate(_ACCENTS))
    if words:
        return "-".join(words)
    return "d-" + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))

"""What ids and tags may look like, and the id a deck gets from its name."""

from __future__ import annotations

import hashlib
import re
import unicodedata

ID_MEND = "An id begins with a letter or digit, then letters, digits, '.', '_' and '-' may follow."

_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PLAIN_NAME = re.compile(r"[a-z0-9]+(?:(?: |::)[a-z0-9]+)*")
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


def bad_deck_name(name: str) -> tuple[str, str] | None:
    """Return what is wrong with a deck's name and how to mend it, or None."""
    if found := unprintable(name):
        return f"The deck name holds {found}.", "Remove it."
    if name and not all(level.strip() for level in name.split("::")):
        return f"The deck name '{name}' has an empty level.", "Write words on both sides of every '::'."
    return None


def unprintable(text: str, *, allowed: str = "") -> str:
    """Name the first control character or lone surrogate in `text`; empty if there is none."""
    for character in text:
        category = unicodedata.category(character)
        if category in _UNPRINTABLE and character not in allowed:
            return f"{_UNPRINTABLE[category]}, U+{ord(character):04X}"
    return ""


def deck_key(name: str) -> str:
    """Return the id of a deck whose file gives it none; names that differ in more than case get different ids.

    A name of ASCII words becomes itself in lower case, with `-` for spaces and `.` for `::`. Any other
    becomes the ASCII words that are in it, without accents, and a short hash.
    """
    folded = unicodedata.normalize("NFC", name.casefold())
    if _PLAIN_NAME.fullmatch(folded):
        return folded.replace("::", ".").replace(" ", "-")
    words = _SLUG_WORD.findall(unicodedata.normalize("NFKD", folded).translate(_ACCENTS))
    digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{'-'.join(words) or 'd'}_{digest}"  # no plain name has a '_'


_ACCENTS = dict.fromkeys(range(0x0300, 0x0370))
_UNPRINTABLE = {"Cc": "a control character", "Cs": "half a character"}

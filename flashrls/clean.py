"""Make text of others harmless for a terminal: the last step before every widget, echo and error.

The stored text stays as it was written. A terminal obeys control characters wherever they come
from, and no widget or printing library removes them, so a card could set the clipboard, retitle
the window or clear the screen.
"""

from __future__ import annotations

import os

_C0 = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
_C1 = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_BREAKS = {0x2028: "\n", 0x2029: "\n"}
_DROPPED = dict.fromkeys([0xFEFF, *range(0xE0000, 0xE0080)])
_TABLE: dict[int, str | None] = {0x7F: "\u2421", **_C0, **_C1, **_BIDI, **_SURROGATES, **_BREAKS, **_DROPPED}


def clean(text: str) -> str:
    """Return `text` with everything a terminal could obey made visible or dropped.

    Control characters become their pictures (`␛`), C1 controls, bidirectional controls and lone
    surrogates become U+FFFD, U+2028/9 become newlines, byte order marks and tag characters go.
    Tabs and newlines stay; a CR before a newline is dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_TABLE)


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line: white space of any kind becomes single spaces."""
    return " ".join(clean(text).split())


def clean_path(path: str | os.PathLike[str]) -> str:
    """Return a file's name fit to print, also when it isn't valid UTF-8 or holds escape sequences."""
    try:
        name = os.fsencode(path).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # no file can have this name, but an error must be able to tell it
        name = os.fspath(path)
    return clean(name).replace("\n", "␊").replace("\t", "␉")

"""The bytes of a deck file as text, or the fault why they are none."""

from __future__ import annotations

from flashrls.decoding import decoded
from flashrls.formats.faults import Fault


def decode(content: bytes) -> str | Fault:
    """Return UTF-8 content as text without its byte order mark, or why it isn't UTF-8.

    The fault names the line, and the offset of the first bad byte, from 0.
    """
    found = decoded(content)
    return found if isinstance(found, str) else Fault(found.line, found.message, found.mend)

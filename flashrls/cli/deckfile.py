"""One deck file of the learner's: its faults as an error, its text in bytes again."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

from flashrls.clean import clean_path
from flashrls.errors import FaultyFile
from flashrls.formats.faults import Fault


def faulty(path: Path, faults: Sequence[Fault]) -> FaultyFile:
    """Return the error that tells a file's faults and ends the command."""
    return FaultyFile(clean_path(path), [(fault.line, fault.message, fault.mend) for fault in faults])


def encoded(text: str, before: bytes) -> bytes:
    """Return a file's new bytes, with the byte order mark if it had one."""
    return (codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b"") + text.encode()

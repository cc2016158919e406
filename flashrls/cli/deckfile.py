"""One deck file of the learner's: its faults told, its text in bytes again."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from pathlib import Path

from flashrls.clean import clean_path
from flashrls.cli.output import say
from flashrls.errors import BadDeckFiles
from flashrls.formats.faults import Fault


def faulty(path: Path, faults: Sequence[Fault]) -> BadDeckFiles:
    """Tell a file's faults on stderr and return the error that ends the command."""
    for fault in faults:
        say(f"{clean_path(path)}:{fault.line}: {fault.message}\n    {fault.mend}", err=True)
    return BadDeckFiles(len(faults), 1, "it was not touched", "Mend the lines named above, or name another file.")


def encoded(text: str, before: bytes) -> bytes:
    """Return a file's new bytes, with the byte order mark if it had one."""
    return (codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b"") + text.encode()

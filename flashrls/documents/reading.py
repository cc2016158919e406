"""Files read into documents: plain text, Markdown, HTML and PDF."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from flashrls.clean import clean_path
from flashrls.decoding import NotText, decoded
from flashrls.documents.manuscript import Manuscript, Unreadable, title_of
from flashrls.documents.text import Document
from flashrls.errors import BadDocument

MOST_BYTES = 20_000_000
"""The largest file that is read."""
MOST_CHARACTERS = 5_000_000
"""The longest text that is kept: some 800,000 words."""

_KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
}
SUFFIXES = tuple(_KINDS)
"""Of the files that are known by their names, in lower case; any other is known by what it holds."""

_PDF = b"%PDF-"
_FIRST_TAG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,1000}(?:<\?xml[^<>]{0,200}>\s{0,1000})?<(?:!doctype\s+html|html)\b", re.I
)
_OTHERS = {
    b"PK\x03\x04": "a Word, EPUB or zip file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3\0": "a database",
    b"\x7fELF": "a program",
}
_SAVE_AS = "Save its text as .txt, .md, .html or .pdf."


def read_document(content: bytes, name: str) -> Document:
    """Return the document that a file holds.

    Its text has LF as its only line end and no control characters but LF and tab; its words stay as they
    are written. A file without any title is called by its name.

    Args:
        content: the file's bytes, at most `MOST_BYTES` of them.
        name: its name, whose suffix tells the kind of file; folders before it are left out. Without a
            known suffix the content tells.

    Raises:
        BadDocument: the file can't be read as a text; the reason and the mend are told.
    """
    path = PurePath(name)
    file = path.name or name
    try:
        manuscript = _read(content, _kind(content, path.suffix.lower()))
        _check_length(manuscript.text)
    except Unreadable as wrong:
        raise BadDocument(f"{clean_path(file)}: {wrong.message}", wrong.mend) from wrong.__cause__
    title = manuscript.title or title_of(path.stem) or file
    sha256 = hashlib.sha256(content).hexdigest()
    return Document(title, file, sha256, manuscript.text, manuscript.headings)


def _kind(content: bytes, suffix: str) -> str:
    if len(content) > MOST_BYTES:
        raise Unreadable(
            f"the file is larger than {MOST_BYTES // 1_000_000} MB.",
            "Cut it into smaller files, or save its text alone.",
        )
    if not content.strip(b" \t\r\n\f\v\xef\xbb\xbf"):
        raise Unreadable("the file is empty.", "Give a file with a text in it.")
    if _PDF in content[:1024] and (suffix not in _KINDS or content.startswith(_PDF)):
        return "pdf"
    for start, what in _OTHERS.items():
        if content.startswith(start):
            raise Unreadable(f"this is {what}, which can't be read.", _SAVE_AS)
    return _KINDS.get(suffix) or ("html" if _FIRST_TAG.match(content) else "text")


def _read(content: bytes, kind: str) -> Manuscript:
    if kind == "pdf":
        return _read_pdf(content)
    if kind == "html":
        return _read_html(content)
    text = _text(content)
    if kind == "markdown":
        from flashrls.documents.markdown import read_markdown

        return read_markdown(text)
    from flashrls.documents.plaintext import read_plain

    return read_plain(text)


def _read_pdf(content: bytes) -> Manuscript:
    from flashrls.documents.pdf import read_pdf

    try:
        return read_pdf(content, MOST_CHARACTERS)
    except ImportError:
        raise _missing("PDF", "pdf") from None


def _read_html(content: bytes) -> Manuscript:
    from flashrls.documents.page import declared_charset, read_page

    charset = declared_charset(content)
    try:
        return read_page(content.decode(charset, "replace") if charset else _text(content))
    except ImportError:
        raise _missing("HTML", "html") from None


def _missing(kind: str, extra: str) -> Unreadable:
    return Unreadable(f"reading {kind} needs the extra '{extra}'.", f"Install it: pip install 'flashrls[{extra}]'")


def _text(content: bytes) -> str:
    found = decoded(content)
    if isinstance(found, NotText):
        raise Unreadable(found.message[:1].lower() + found.message[1:], found.mend)
    _check_length(found)
    return found


def _check_length(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"its text is longer than {MOST_CHARACTERS:,} characters.", "Cut it into smaller files.")
    if not any(map(str.isalnum, text)):
        raise Unreadable("there is no text in it.", "Give a file with a text in it.")

"""A PDF's text: its pages' lines, put together into paragraphs."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from flashrls.documents.manuscript import Manuscript, Unreadable, title_of
from flashrls.documents.pagelines import Bookmark, set_pages
from flashrls.documents.quiet import quiet

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_PAGES = 5_000
_MOST_OPERATIONS = 8_000_000
"""Drawing operations of all pages; a page full of text has a few thousand, a million takes some two seconds."""
_MOST_OF_A_PAGE = 20_000_000
"""Bytes that a page's drawing may unpack to."""
_MOST_BOOKMARKS = 10_000

_UNPROTECT = "Save a copy without the protection (print it into a PDF, or `qpdf --decrypt OLD NEW`)."
_SAVE_AGAIN = "Open it in a PDF viewer and save it anew, or save its text as plain text."
_RECOGNIZE = "Recognize its text first, with an OCR program (`ocrmypdf OLD NEW`)."
_CUT = "Cut it into smaller files."


class _TooMuch(Exception):
    """A page draws more than any text needs."""


def read_pdf(content: bytes, most_characters: int) -> Manuscript:
    """Return the text of a PDF with its headings: its bookmarks, where they stand on their pages, else by shape.

    Lines that recur at the head or foot of several pages, and page numbers, are left out. Words cut at
    a line's end stay cut.

    Args:
        content: the file's bytes.
        most_characters: where reading stops, with an error.

    Raises:
        Unreadable: it is encrypted, damaged, too large, or holds no text.
        ImportError: the extra `pdf` isn't installed.
    """
    with quiet("pypdf"):
        import pypdf

        overwrites: dict[str, Any] = {
            "zlib_maximum_output_length": _MOST_OF_A_PAGE,
            "lzw_maximum_output_length": _MOST_OF_A_PAGE,
            "run_length_maximum_output_length": _MOST_OF_A_PAGE,
            "array_based_stream_maximum_output_length": _MOST_OF_A_PAGE,
            "jbig2dec_binary": None,
        }
        try:
            with pypdf.apply_configuration(**overwrites):
                return _read(content, most_characters)
        except Unreadable:
            raise
        except _TooMuch:
            raise Unreadable("its pages draw too much to be text.", _CUT) from None
        except pypdf.errors.LimitReachedError:
            raise Unreadable("a part of it is too large to be read.", _SAVE_AGAIN) from None
        except MemoryError:
            raise
        except Exception as error:  # pypdf meets damage of every kind with errors of every kind
            raise Unreadable("the PDF is damaged.", _SAVE_AGAIN) from error


def _read(content: bytes, most_characters: int) -> Manuscript:
    reader = _opened(content)
    pages = _pages(reader, most_characters)
    if not any(line.strip() for page in pages for line in page):
        raise Unreadable("the PDF holds pictures of pages, no text.", _RECOGNIZE)
    found = set_pages(pages, _bookmarks(reader))
    return Manuscript(_title(reader) or found.title, found.text, found.headings)


def _opened(content: bytes) -> PdfReader:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(BytesIO(content), strict=False)
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("the PDF is encrypted: it needs a password.", _UNPROTECT)
    except DependencyError:
        raise Unreadable("the PDF is encrypted.", _UNPROTECT) from None
    return reader


def _pages(reader: PdfReader, most_characters: int) -> list[list[str]]:
    if len(reader.pages) > _MOST_PAGES:
        raise Unreadable(f"the PDF has more than {_MOST_PAGES:,} pages.", _CUT)
    operations = 0
    characters = 0

    def count(*_: Any) -> None:
        nonlocal operations
        operations += 1
        if operations > _MOST_OPERATIONS:
            raise _TooMuch

    pages: list[list[str]] = []
    for page in reader.pages:
        text = page.extract_text(visitor_operand_before=count)
        characters += len(text)
        if characters > most_characters:
            raise Unreadable(f"its text is longer than {most_characters:,} characters.", _CUT)
        pages.append(text.splitlines())
    return pages


def _bookmarks(reader: PdfReader) -> list[Bookmark]:
    """Return the bookmarks in order, those that lead nowhere left out; none if they can't be read."""
    try:
        places = {
            page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference
        }
        pending: list[tuple[Any, int]] = [(entry, 1) for entry in reversed(reader.outline)]
        found: list[Bookmark] = []
        while pending and len(found) < _MOST_BOOKMARKS:
            entry, level = pending.pop()
            if isinstance(entry, list):
                pending += [(inner, level + 1) for inner in reversed(entry)]
            elif (page := places.get(getattr(entry.page, "idnum", -1))) is not None:
                found.append(Bookmark(title_of(str(entry.title)), page, level))
    except Exception:  # the text is there without them
        return []
    return found


def _title(reader: PdfReader) -> str:
    """Return the title in the PDF's own words, unless a program wrote its file's name there."""
    try:
        title = title_of(str((reader.metadata and reader.metadata.title) or ""))
    except Exception:  # the text is there without it
        return ""
    is_name = title.lower().endswith((".pdf", ".doc", ".docx", ".odt", ".tex", ".dvi", ".indd", ".qxd", ".rtf"))
    return "" if is_name or title.lower().startswith(("untitled", "microsoft ")) else title

"""A web page as its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flashrls.documents.manuscript import Manuscript, Unreadable
from flashrls.documents.quiet import quiet
from flashrls.documents.readable import readable
from flashrls.documents.walk import Kind, walk, write

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_ELEMENTS = 200_000
_LONGEST_TAG = 2000
"""In characters; of a longer one only the name is kept: the parser takes the square of its attributes."""

_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?:script|style)\b[^<>]*[\s\"']/>"
    r"|<(script|style)\b.*?(?:</\1\s*>|\Z)"
    r"|</(?:body|html)\b[^>]*>?"
    r"|<[a-z][^\s/>]*+(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]++)?+)?+)*+",
    re.DOTALL | re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,30})", re.IGNORECASE)
_SUPPORTED = re.compile(
    r"windows-125[0-8]|iso-8859-(?:[1-9]|1[013-6])|latin-?1|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gbk|gb18030|gb2312|big5"
)


def declared_charset(content: bytes) -> str:
    """Return the encoding that a page claims, in Python's words; empty if it is UTF-8, unknown or unsaid."""
    found = _CHARSET.search(content[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    if not _SUPPORTED.fullmatch(name):
        return ""
    # What is called Latin-1 on the web is Windows-1252.
    return "windows-1252" if name in ("iso-8859-1", "latin1", "latin-1") else name


def read_page(markup: str) -> Manuscript:
    """Return the readable text of a page in HTML with its headings.

    Menus, scripts and what surrounds the text are left out.

    Raises:
        Unreadable: there is no text, or it is nested too deeply, or has too many elements.
        ImportError: the extra `html` isn't installed.
    """
    with quiet("trafilatura", "justext", "htmldate", "readability"):
        import trafilatura  # noqa: F401  a page is only read if it can be read as on every other machine

        tree = _parsed(markup)
        whole = walk(tree)
        if not any(block.kind is not Kind.HEADING for block in whole):
            raise Unreadable(
                "there is no readable text in this page.",
                "If a script writes its text, open it in a browser and save the text from there.",
            )
        chosen = readable(whole, tree)
    return write(chosen, _title(tree))


def _parsed(markup: str) -> HtmlElement:
    from lxml import etree, html

    parser = html.HTMLParser(
        remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8", no_network=True, huge_tree=True
    )
    try:
        tree = html.document_fromstring(_MARKUP.sub(_tamed, markup).encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        tree = html.Element("html")
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise Unreadable("its elements are nested more than 2,000 deep.", "Save the text alone, as plain text.")
    if sum(1 for _ in zip(tree.iter(), range(_MOST_ELEMENTS + 1), strict=False)) > _MOST_ELEMENTS:
        raise Unreadable(f"it has more than {_MOST_ELEMENTS:,} elements.", "Save the text alone, as plain text.")
    return tree


def _tamed(found: re.Match[str]) -> str:
    tag = found[0]
    # What stands behind </html> is part of the page to browsers, but not to the parser.
    if tag.startswith(("<!", "</")) or found[1] or tag.endswith(">"):
        return ""
    return tag if len(tag) <= _LONGEST_TAG else re.split(r"[\s/]", tag, maxsplit=1)[0]


def _title(tree: HtmlElement) -> str:
    title = next(tree.iter("title"), None)
    return "" if title is None else str(title.text_content())

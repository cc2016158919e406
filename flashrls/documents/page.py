"""A web page's text: trafilatura tells what of it is worth reading, the walk keeps its headings and lists."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from flashrls.documents.manuscript import Manuscript, Unreadable
from flashrls.documents.quiet import quiet
from flashrls.documents.walk import Block, Kind, walk, write

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_ELEMENTS = 200_000
_MOST_GUESSED = 50_000
"""Elements of a page that trafilatura is asked about; it takes some 20 ms for a thousand."""
_DEEPEST_GUESSED = 200
_WIDEST_GUESSED = 100
"""Cells of a row: trafilatura's time grows with their square."""
_LONGEST_TAG = 2000
"""In characters; of a longer one only the name is kept: the parser takes the square of its attributes."""
_NEARLY_ALL = 0.8
_NEARLY_NOTHING = 0.1

_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style)\b.*?(?:</\1\s*>|\Z)"
    r"|</(?:body|html)\b[^>]*>?"
    r"|<[a-z][^\s/>]*+(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>]++)?+)?+)*+",
    re.DOTALL | re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,30})", re.IGNORECASE)
_SUPPORTED = re.compile(
    r"windows-125\d|iso-8859-\d{1,2}|latin-?1|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gbk|gb18030|gb2312|big5"
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

    Menus, scripts and what surrounds the text are left out. Where that is hardly anything, the whole
    page is taken: what a guess left out of it would be missed.

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
        chosen = _chosen(whole, _guessed(tree))
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
    if tag.startswith(("<!", "</")) or found[1]:
        return ""
    return tag if len(tag) <= _LONGEST_TAG else re.split(r"[\s/]", tag, maxsplit=1)[0]


def _guessed(tree: HtmlElement) -> list[Block]:
    """Return what trafilatura takes for the page's text; empty if it wasn't asked or found nothing."""
    if not _is_ordinary(tree):
        return []
    import trafilatura
    from trafilatura.settings import use_config

    config = use_config()
    # Below this length it gives up headings and lists for bare text.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "0")
    options: dict[str, Any] = {"include_comments": False, "include_tables": True, "output_format": "xml"}
    try:
        found = trafilatura.bare_extraction(_as_article(tree), fast=True, config=config, **options)
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        logging.getLogger(__name__).debug("trafilatura gave up", exc_info=True)
        return []
    body = getattr(found, "body", None)
    return [] if body is None else walk(body)


def _is_ordinary(tree: HtmlElement) -> bool:
    from lxml import etree

    depth = elements = 0
    for event, element in etree.iterwalk(tree, ("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > _DEEPEST_GUESSED or elements > _MOST_GUESSED:
            return False
        if event == "start" and element.tag == "tr" and len(element) > _WIDEST_GUESSED:
            return False
    return True


def _as_article(tree: HtmlElement) -> HtmlElement:
    """Return a copy in which the whole body is the article if no part of it says so; else headings get lost."""
    from copy import deepcopy

    copy = deepcopy(tree)
    body = copy.find("body")
    if body is not None and next(copy.iter("article", "main"), None) is None:
        article = body.makeelement("article")
        article.text, body.text = body.text, None
        article.extend(list(body))
        body.append(article)
    return copy


def _chosen(whole: list[Block], guessed: list[Block]) -> list[Block]:
    share = _words(guessed) / max(1, _words(whole))
    return guessed if _NEARLY_NOTHING <= share < _NEARLY_ALL else whole


def _words(blocks: list[Block]) -> int:
    return sum(len(words.split()) for block in blocks for words in block.words)


def _title(tree: HtmlElement) -> str:
    title = next(tree.iter("title"), None)
    return "" if title is None else str(title.text_content())

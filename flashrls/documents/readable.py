"""Which part of a page is its text: trafilatura finds it, the page's own structure says where it ends.

trafilatura's own rendering drops headings, short items and loose text; a sentence that is missing from a
document is worse than a line too many, which a deck can skip. So only the place is taken from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flashrls.documents.walk import NEVER_READ, Block, Kind, walk

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_ELEMENTS = 50_000
"""Of a page that trafilatura is asked about; it takes some 20 ms for a thousand."""
_DEEPEST = 200
_WIDEST_ROW = 100
"""In cells: trafilatura's time grows with their square."""
_SHORTEST_MATCH = 20
"""In letters; shorter ones may stand in a menu as well."""
_NEARLY_ALL = 0.8
_NEARLY_NOTHING = 0.1

_NOT_WORDS = re.compile(r"[\W_]+")


def readable(whole: list[Block], tree: HtmlElement) -> list[Block]:
    """Return those of a page's blocks that are its text, with the heading above them.

    It is what stands in the innermost element that holds all that trafilatura found. If that is hardly
    anything or hardly less than the whole, it is the whole.
    """
    keys = {_key(block) for block in _found(tree)} if _is_ordinary(tree) else set()
    matched = [at for at, block in enumerate(whole) if _key(block) in keys and len(_key(block)) >= _SHORTEST_MATCH]
    if not matched:
        return whole
    first, last = _widened(whole, matched[0], matched[-1])
    share = sum(map(_words, whole[first : last + 1])) / max(1, sum(map(_words, whole)))
    if not _NEARLY_NOTHING <= share < _NEARLY_ALL:
        return whole
    return [*_title_above(whole, first), *whole[first : last + 1]]


def _is_ordinary(tree: HtmlElement) -> bool:
    from lxml import etree

    depth = elements = 0
    for event, element in etree.iterwalk(tree, ("start", "end")):
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > _DEEPEST or elements > _MOST_ELEMENTS:
            return False
        if event == "start" and element.tag == "tr" and len(element) > _WIDEST_ROW:
            return False
    return True


def _found(tree: HtmlElement) -> list[Block]:
    from copy import deepcopy

    import trafilatura
    from lxml import etree
    from trafilatura.settings import use_config

    config = use_config()
    # Below this length it gives up paragraphs for bare text.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "0")
    options: dict[str, Any] = {"include_comments": False, "include_tables": True, "output_format": "xml"}
    copy = deepcopy(tree)
    # It would take them out one by one, and the text behind each would be moved again and again.
    etree.strip_elements(copy, *NEVER_READ, with_tail=False)
    try:
        found = trafilatura.bare_extraction(copy, fast=True, config=config, **options)
    except (RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return []  # odd markup trips it here and there; the whole page is taken then
    body = getattr(found, "body", None)
    return [] if body is None else walk(body)


def _widened(whole: list[Block], first: int, last: int) -> tuple[int, int]:
    """Return the first and last block of the innermost element that holds both; else with the headings above.

    A block alone needs an element around its own, but for words that stand loose among other blocks.
    """
    around = set(_around(whole[last]))
    shared = [element for element in _around(whole[first]) if element in around]
    if shared and first == last and _extent(whole, shared[0], first, last) == (first, last):
        del shared[0]
    if not shared or shared[0].tag in ("body", "html"):
        while first > 0 and whole[first - 1].kind is Kind.HEADING:
            first -= 1
        return first, last
    return _extent(whole, shared[0], first, last)


def _extent(whole: list[Block], element: Any, first: int, last: int) -> tuple[int, int]:
    """Return the first and last block, side by side with those given, that an element holds."""
    while first > 0 and element in _around(whole[first - 1]):
        first -= 1
    while last + 1 < len(whole) and element in _around(whole[last + 1]):
        last += 1
    return first, last


def _around(block: Block) -> list[Any]:
    """Return the element that holds a block, and those around it, the innermost first."""
    return [] if block.place is None else [block.place, *block.place.iterancestors()]


def _title_above(whole: list[Block], first: int) -> list[Block]:
    if any(block.kind is Kind.HEADING and block.level == 1 for block in whole[first:]):
        return []
    titles = [block for block in whole[:first] if block.kind is Kind.HEADING and block.level == 1]
    return titles[-1:]


def _words(block: Block) -> int:
    return sum(len(words.split()) for words in block.words)


def _key(block: Block) -> str:
    return _NOT_WORDS.sub("", "".join(block.words)).casefold()

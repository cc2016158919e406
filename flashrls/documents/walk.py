"""A tree of HTML, or of trafilatura's own XML, as blocks in the order they are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from flashrls.documents.manuscript import Manuscript, Writer

if TYPE_CHECKING:
    from lxml.etree import _Element


class Kind(Enum):
    """What a block of a page is."""

    HEADING = auto()
    PARAGRAPH = auto()
    CODE = auto()
    ROW = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page.

    Attributes:
        kind: what it is.
        words: its text; of a row one for each cell, of everything else just one.
        level: of a heading, from 1; of a row 1 if it is its table's first, else 0.
        place: the element that holds it.
    """

    kind: Kind
    words: tuple[str, ...]
    level: int = 0
    place: _Element | None = field(default=None, compare=False, repr=False)


_LONGEST_CELL = 200
"""In characters; tables with longer ones are there for the layout, and their cells are read like pages."""
_SPACE = re.compile(r"[^\S\xa0]+")
_SPACES = re.compile(r" {2,}")
_PERMALINK = re.compile(r"[ \xa0]*(?:¶|\[edit\])$")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CODE = frozenset({"pre", "listing", "xmp"})
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_LINE_BREAKS = frozenset({"br", "lb"})
_INLINE_TAGS = """
    a abbr acronym b bdi bdo big cite code data del dfn em font hi i ins kbd label mark q ref ruby s samp small span
    strike strong sub sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_TAGS.split())
_HIDDEN_TAGS = """
    annotation applet audio base button canvas datalist embed frame frameset iframe img input link map meta
    meter nav noframes noscript object option progress rp rt script select source style svg template textarea title
    track video
"""
NEVER_READ = frozenset(_HIDDEN_TAGS.split())
"""Elements of a page that hold no text, or none that is part of it."""
_BESIDE = frozenset({"aside", "footer"})
_WITHIN = frozenset({"article", "main", "section", "blockquote"})


def walk(tree: _Element) -> list[Block]:
    """Return the blocks of a tree; menus, buttons, scripts and pictures are left out. The time is linear."""
    from lxml import etree

    walker = _Walker()
    context = etree.iterwalk(tree, ("start", "end"))
    for event, element in context:
        if event == "end":
            walker.leave(element)
        elif walker.hides(element):
            context.skip_subtree()
        else:
            walker.enter(element)
    walker.flush(tree)
    return walker.blocks


@dataclass(slots=True)
class _Row:
    before: list[Block]
    """Where the row's own block goes, or its cells' if they are too much for a line."""
    parts: list[tuple[bool, list[Block]]] = field(default_factory=list)
    """Its cells, and between them, where False stands, what a page wrongly has outside of cells."""

    def begin(self, *, is_cell: bool) -> list[Block]:
        """Return where the blocks go from here on."""
        self.parts.append((is_cell, []))
        return self.parts[-1][1]


class _Walker:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.rows: list[_Row] = []
        self.level = 0
        self.code = 0
        self.within = 0
        self.is_first_row = True

    def hides(self, element: _Element) -> bool:
        """Return whether an element and all in it isn't part of the text; asked at its start and its end."""
        tag = element.tag
        if not isinstance(tag, str) or tag in NEVER_READ or (tag in _BESIDE and not self.within):
            return True
        if tag == "head":
            # trafilatura calls its headings so.
            parent = element.getparent()
            return parent is not None and parent.tag == "html"
        return element.get("hidden") is not None or element.get("aria-hidden") == "true"

    def enter(self, element: _Element) -> None:
        """Take an element's start and the text right behind it."""
        tag = element.tag
        self.within += tag in _WITHIN
        if tag in _LINE_BREAKS:
            self.words.append("\n")
        elif tag not in _INLINE or _is_code(element):
            self.flush(element.getparent())
        self.level = _heading_level(element) or self.level
        self.code += _is_code(element)
        if tag == "table":
            self.is_first_row = True
        elif tag in _ROWS:
            self.rows.append(_Row(self.blocks))
            self.blocks = self.rows[-1].begin(is_cell=False)
        elif tag in _CELLS and self.rows:
            self.blocks = self.rows[-1].begin(is_cell=True)
        self.text(element.text)

    def leave(self, element: _Element) -> None:
        """Take an element's end and the text behind it."""
        tag = element.tag
        if not self.hides(element):
            self.within -= tag in _WITHIN
            if (tag not in _INLINE and tag not in _LINE_BREAKS) or _is_code(element):
                self.flush(element)
            if _heading_level(element):
                self.level = 0
            self.code -= _is_code(element)
            if tag in _ROWS:
                self.end_row(self.rows.pop(), element)
            elif tag in _CELLS and self.rows:
                self.blocks = self.rows[-1].begin(is_cell=False)
        self.text(element.tail)

    def text(self, text: str | None) -> None:
        """Take text as it stands in the tree."""
        if text:
            self.words.append(text if self.code else _SPACE.sub(" ", text))

    def flush(self, place: _Element) -> None:
        """End a block that stands in the element `place`."""
        if not self.words:
            return
        text = "".join(self.words)
        self.words.clear()
        if not text.strip():
            return
        if self.code:
            self.blocks.append(Block(Kind.CODE, (text,), 0, place))
        elif self.level:
            self.blocks.append(Block(Kind.HEADING, (_PERMALINK.sub("", text.strip()),), self.level, place))
        else:
            self.blocks.append(Block(Kind.PARAGRAPH, (_SPACES.sub(" ", text).strip(),), 0, place))

    def end_row(self, row: _Row, place: _Element) -> None:
        """Make a row one line, or, if a cell holds more than a line, go through its cells."""
        self.blocks = row.before
        parts = [blocks for is_cell, blocks in row.parts if is_cell or blocks]
        if all(map(_is_short, parts)):
            cells = tuple(part[0].words[0] if part else "" for part in parts)
            self.blocks.append(Block(Kind.ROW, cells, int(self.is_first_row), place))
            self.is_first_row = False
        else:
            self.blocks += [block for part in parts for block in part]


def _heading_level(element: _Element) -> int:
    name = element.get("rend", "") if element.tag == "head" else str(element.tag)
    return _HEADINGS.get(name, 0)


def _is_code(element: _Element) -> bool:
    if element.tag in _CODE:
        return True
    # trafilatura turns <pre> into these, and keeps ends of lines nowhere else.
    if element.tag not in ("code", "quote") or element.getroottree().getroot().tag == "html":
        return False
    inner = element[0] if element.tag == "code" and len(element) else element
    return "\n" in (inner.text or "").strip()


def _is_short(cell: list[Block]) -> bool:
    if not cell:
        return True
    return len(cell) == 1 and cell[0].kind is Kind.PARAGRAPH and len(cell[0].words[0]) <= _LONGEST_CELL


def write(blocks: list[Block], title: str) -> Manuscript:
    """Return the blocks set down as a text, called by its first heading if that is of level 1, else `title`.

    Raises:
        Unreadable: there are more headings than an outline can show.
    """
    writer = Writer()
    for block in blocks:
        match block.kind:
            case Kind.HEADING:
                writer.heading(block.words[0], block.level)
            case Kind.PARAGRAPH:
                writer.paragraph(block.words[0])
            case Kind.CODE:
                writer.verbatim(block.words[0])
            case Kind.ROW:
                writer.row(block.words, is_first=block.level == 1)
    first = next((block for block in blocks if block.kind is Kind.HEADING), None)
    return writer.manuscript(first.words[0] if first and first.level == 1 else title)

"""Markdown of cards as blocks of styled text: linear in its length, and never more than text.

Textual's own Markdown widget mounts a widget for every block (seconds for a long list), moves things
while it does, and shows what entities decode to as it is. Here a card is one text, so revealing it is one repaint.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token
from textual.content import Content

from flashrls.clean import clean, clean_line
from flashrls.tui.code import highlighted
from flashrls.tui.longtext import LongText
from flashrls.tui.table import Table

LONGEST_PARSED = 20_000
"""Characters; a longer text is shown as it was written, one part of it after the other."""

MOST_LINES = 600
"""Lines of a text whose Markdown is read; each may be a block, and those take their time."""

_DEEPEST = 60
"""Levels of lists and quotes; the parser leaves out what lies deeper, so such a text is shown as it was written."""

_CODE = "on $foreground 8%"
_STYLES = {"strong_open": "bold", "em_open": "italic", "s_open": "strike", "link_open": "underline"}
_CLOSERS = ("strong_close", "em_close", "s_close")


@dataclass(frozen=True, slots=True)
class Text:
    """A block of text.

    Attributes:
        first: what stands before its first line: indentation, a bullet.
        rest: what stands before its other lines, equally wide.
        content: the text.
        is_code: lines are filled up to the width, and broken anywhere.
        first_style: the style of what stands before the first line.
    """

    first: str
    rest: str
    content: Content
    is_code: bool = False
    first_style: str = ""

    def lines(self, width: int) -> list[Content]:
        """Return its lines, at most `width` cells long."""
        kept = min(len(self.rest), width // 2)  # of a margin that nested lists made wider than the text
        first, rest = (margin[len(margin) - kept :] for margin in (self.first, self.rest))
        room = max(1, width - kept)
        if self.is_code:
            code = self.content.expand_tabs(4).split(allow_blank=True)
            cells = min(room, max(line.cell_length for line in code) + 1)
            wrapped = [
                piece.pad_right(cells - piece.cell_length).stylize_before(_CODE)
                for line in code
                for piece in line.fold(room)
            ]
        else:
            wrapped = self.content.wrap(room)
        heads = [Content.styled(first, self.first_style), *[Content(rest)] * (len(wrapped) - 1)]
        return [head + line for head, line in zip(heads, wrapped, strict=True)]


class Block(Protocol):
    """What lays itself out below the others of a text."""

    def lines(self, width: int) -> list[Content]:
        """Return its lines, at most `width` cells long."""
        ...


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as blocks; `gaps` are the indexes of blocks with an empty line above.

    Of a text that is too long to be laid out at once, `long` gives the parts; `lines` has the first of them.
    """

    blocks: tuple[Block, ...]
    gaps: frozenset[int]
    long: LongText | None = None

    def lines(self, width: int) -> list[Content]:
        """Return all lines, at most `width` cells long."""
        lines: list[Content] = []
        for at, block in enumerate(self.blocks):
            if at in self.gaps:
                lines.append(Content())
            lines += block.lines(width)
        return lines if self.long is None else [*lines, *self.long.lines(0, width)]


def labelled(label: str, cells: int, value: Content, *, style: str = "$foreground-muted") -> Text:
    """Return one of a list of facts: a label, and behind so many cells its value, on as many lines as it takes."""
    return Text(f"{label:<{cells}}", " " * cells, value, first_style=style)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable(["table", "strikethrough"])


@lru_cache(maxsize=64)
def prose(markdown: str) -> Prose:
    """Return a Markdown text as blocks; a very long or very deep one as plain text."""
    if len(markdown) > LONGEST_PARSED or markdown.count("\n") >= MOST_LINES:
        return Prose((), frozenset(), LongText(markdown))
    tokens = _parser().parse(markdown)
    if any(token.level >= _DEEPEST - 2 for token in tokens):
        return Prose((), frozenset(), LongText(markdown))
    return _Builder().build(tokens)


class _Builder:
    """Walks over the parser's flat tokens; lists and quotes only move the margin."""

    def __init__(self) -> None:
        self.blocks: list[Text | Table] = []
        self.gaps: set[int] = set()
        self.margin: list[str] = []
        self.bullet = ""
        self.numbers: list[int | None] = []
        self.tight = False
        self.heading = False
        self.rows: list[list[Content]] = []

    def build(self, tokens: list[Token]) -> Prose:
        for token in tokens:
            self.read(token)
        return Prose(tuple(self.blocks), frozenset(self.gaps))

    def read(self, token: Token) -> None:
        match token.type:
            case "inline" if self.rows:
                self.rows[-1].append(inline(token.children or []))
            case "inline":
                content = inline(token.children or [])
                self.add(content.stylize("bold") if self.heading else content)
            case "paragraph_open":
                self.tight = token.hidden
            case "heading_open" | "heading_close":
                self.heading, self.tight = token.nesting == 1, False
            case "fence" | "code_block":
                self.tight = False
                self.add(highlighted(clean(token.content.rstrip("\n")), token.info), is_code=True)
            case "hr":
                self.tight = False
                self.add(Content("─" * 5))
            case "bullet_list_open":
                self.numbers.append(None)
            case "ordered_list_open":
                self.numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self.numbers.pop()
            case "list_item_open":
                self.begin_item()
            case "blockquote_open":
                self.margin.append("│ ")
            case "list_item_close" | "blockquote_close":
                self.margin.pop()
            case "tr_open":
                self.rows.append([])
            case "table_close":
                self.tight = False
                self.append(Table("".join(self.margin), tuple(map(tuple, self.rows))))
                self.rows = []

    def begin_item(self) -> None:
        number = self.numbers[-1]
        if number is None:
            self.bullet = "• "
        else:
            self.bullet = f"{number}. "
            self.numbers[-1] = number + 1
        self.margin.append(" " * len(self.bullet))

    def add(self, content: Content, *, is_code: bool = False) -> None:
        rest = "".join(self.margin)
        first = rest[: len(rest) - len(self.bullet)] + self.bullet
        self.bullet = ""
        self.append(Text(first, rest, content, is_code))

    def append(self, block: Text | Table) -> None:
        if self.blocks and not (self.tight and self.numbers and self.listed):
            self.gaps.add(len(self.blocks))
        self.listed = bool(self.numbers)
        self.blocks.append(block)

    listed = False


def inline(tokens: list[Token]) -> Content:
    """Return a paragraph's text with its emphasis; what links lead to stands behind them as text."""
    parts: list[str | tuple[str, str]] = []
    styles: list[str] = []
    target = ""
    for token in tokens:
        match token.type:
            case "text" | "html_inline" if token.content:
                parts.append((clean(token.content), " ".join(styles)))
            case "code_inline":
                parts.append((clean(token.content), " ".join([*styles, _CODE])))
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "image":
                parts.append((f"[image: {_image_words(token)}]", "italic"))
            case "link_close":
                styles.pop()
                if target and target not in "".join(p if isinstance(p, str) else p[0] for p in parts[-3:]):
                    parts.append((f" ({target})", "dim"))
            case kind if kind in _STYLES:
                styles.append(_STYLES[kind])
                if kind == "link_open":
                    target = clean(str(token.attrs.get("href", ""))).replace("\n", " ")
            case kind if kind in _CLOSERS:
                styles.pop()
    return Content.assemble(*parts)


def _image_words(image: Token) -> str:
    """An image's description and its file."""
    file = clean_line(unquote(str(image.attrs.get("src", ""))))
    return " · ".join(word for word in (clean_line(image.content), file) if word) or "nothing is said of it"

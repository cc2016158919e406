"""Markdown as it is read: no marks of emphasis, of links only the words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from flashrls.documents.manuscript import Manuscript, Writer, settled

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    Rule = Callable[[StateBlock, int, int, bool], bool]

_DEEPEST = 8
"""Of the lists and quotes in each other; what lies deeper is prose. A list and its item count as two."""
_TITLE = re.compile(r"^title:([^\n]*)$", re.MULTILINE)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_BREAKING_TAG = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def read_markdown(text: str) -> Manuscript:
    """Return a Markdown text without its markup.

    Front matter is left out, but for its title if that is a plain one; code is kept as it is written,
    images are their alternative texts, items and rows of tables stand on lines of their own.

    Raises:
        Unreadable: there are more headings than an outline can show.
    """
    reader = _Reader()
    for token in _markdown().parse(settled(text)):
        reader.read(token)
    return reader.writer.manuscript(reader.title)


class _Reader:
    def __init__(self) -> None:
        self.writer = Writer()
        self.title = ""
        self.level = 0
        self.number = ""
        self.cells: list[str] | None = None
        self.is_first_row = True

    def read(self, token: Token) -> None:
        """Take one token of the block level."""
        match token.type:
            case "heading_open":
                # Inside a list or a quote a heading parts nothing of the document.
                self.level = 0 if token.level else int(token.tag[1:])
            case "inline":
                self.inline(_words(token))
            case "list_item_open":
                self.number = f"{token.info}{token.markup} " if token.info else ""
            case "list_item_close":
                self.number = ""
            case "fence" | "code_block":
                self.writer.verbatim(token.content)
            case "html_block":
                self.writer.paragraph(_without_tags(token.content))
            case "front_matter":
                self.title = _plain_title(token.content)
            case "table_open":
                self.is_first_row = True
            case "tr_open":
                self.cells = []
            case "tr_close":
                self.writer.row(self.cells or [], is_first=self.is_first_row)
                self.cells, self.is_first_row = None, False

    def inline(self, words: str) -> None:
        """Take the words of a heading, a cell or a paragraph."""
        if self.cells is not None:
            self.cells.append(words)
        elif self.level:
            if not self.title and self.level == 1:
                self.title = words
            self.writer.heading(words, self.level)
            self.level = 0
        else:
            self.writer.paragraph(self.number + words)
            self.number = ""


def _words(token: Token) -> str:
    return "".join(map(_word, token.children or ()))


def _word(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "html_inline":
            return "\n" if _BREAKING_TAG.match(token.content) else ""
        case "image":
            return _words(token)
        case _:
            return token.content


def _without_tags(markup: str) -> str:
    broken = _BREAKING_TAG.sub("\n", _HIDDEN.sub("", markup))
    return html.unescape(_TAG.sub("", broken))


def _plain_title(head: str) -> str:
    """Return the title of a front matter if it is words, quoted or not, and none of YAML's constructions."""
    found = _TITLE.search(head)
    title = found[1].strip() if found else ""
    if title[:1] in ('"', "'"):
        return title[1:-1] if title[-1] == title[0] else ""
    return "" if title[:1] in tuple("|>&*!{[#%@`") else title


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, list_block
    from mdit_py_plugins.front_matter import front_matter_plugin

    markdown = MarkdownIt("commonmark", {"maxNesting": 20}).enable(["table", "strikethrough"])
    markdown.use(front_matter_plugin)
    ruler = markdown.block.ruler
    ruler.at("blockquote", _shallow(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.at("list", _shallow(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    return markdown


def _shallow(rule: Rule) -> Rule:
    # At its own limit of depth markdown-it drops the rest of the text without a word.
    def guarded(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        return state.level < _DEEPEST and rule(state, line, end, silent)

    return guarded

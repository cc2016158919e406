"""The top-level blocks of a deck file, found by markdown-it with two rules of ours.

Only the block phase runs, and of that only the rules that can hide or make structure. Tables, link
references, underlined headings and HTML are left out: to us they are paragraphs, and `<div>` would
swallow the card right below it without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import blockquote as blockquote_rule
from markdown_it.rules_block import html_block as html_rule
from markdown_it.rules_block import list_block as list_rule
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from flashrls.formats.attributes import is_attribute_line

Rule = Callable[[StateBlock, int, int, bool], bool]


class BlockKind(StrEnum):
    """What a top-level block is to a deck."""

    HEAD = "head"
    HEADING = "heading"
    QUESTION = "Q:"
    ANSWER = "A:"
    CLOZE = "C:"
    ATTRIBUTES = "attributes"
    QUOTE = "quote"
    RULE = "rule"
    TEXT = "text"
    UNCLOSED = "unclosed"


class Block(NamedTuple):
    """A block with its lines, from 0, `end` exclusive.

    A tuple, as a big file has 50,000 and a frozen dataclass takes four times as long to make.

    Attributes:
        text: a heading's words, the head's YAML, or what opens a code block or comment that is never closed.
        level: of a heading, from 1.
    """

    kind: BlockKind
    first: int
    end: int
    text: str = ""
    level: int = 0


COMMENT = "<!--"
MARKS = {kind.value: kind for kind in (BlockKind.QUESTION, BlockKind.ANSWER, BlockKind.CLOZE)}

_KINDS = {
    "front_matter": BlockKind.HEAD,
    "heading_open": BlockKind.HEADING,
    "attributes": BlockKind.ATTRIBUTES,
    "blockquote_open": BlockKind.QUOTE,
    "hr": BlockKind.RULE,
}
_INTERRUPTS = ["paragraph", "reference", "blockquote", "list"]
_RULES = (
    "mark",
    "attributes",
    "front_matter",
    "code",
    "fence",
    "blockquote",
    "hr",
    "list",
    "html_block",
    "heading",
)
_DEEPEST = 2
_MARK_IN_HEAD = re.compile(r"^[QAC]:", re.MULTILINE)
_RESUME = re.compile(r"^(?:[QAC]:|\{[#.])", re.MULTILINE)


def read_blocks(text: str) -> list[Block]:
    """Return the top-level blocks of a text whose lines end in LF, in order.

    Comments are left out. A mark's block holds the first block of its field, so that `A: # x`
    isn't a heading. After a code block or comment that is never closed the next card is sought,
    twice at most, so that the time stays linear.
    """
    # Without a last line end markdown-it reads past the end of some quotes and comments.
    text = text if text.endswith("\n") else f"{text}\n"
    state = StateBlock(text, _markdown(), {}, [])
    blocks = list(_top_level(state, 0))
    if blocks and blocks[0].kind is BlockKind.HEAD and _MARK_IN_HEAD.search(blocks[0].text):
        # The head was never closed, and a thematic break further down was taken for its end.
        blocks = list(_top_level(state, 1))
    for _ in range(2):
        if not blocks or blocks[-1].kind is not BlockKind.UNCLOSED:
            break
        after = state.eMarks[blocks[-1].first]
        found = _RESUME.search(text, after)
        if found is None:
            break
        blocks += _top_level(state, blocks[-1].end + text.count("\n", after + 1, found.start()))
    return blocks


def _top_level(state: StateBlock, first: int) -> Iterator[Block]:
    state.tokens.clear()
    state.md.block.tokenize(state, first, state.lineMax)
    tokens = state.tokens
    for at, token in enumerate(tokens):
        if token.level or token.nesting < 0 or token.map is None:
            continue
        begin, end = token.map
        if token.type == "mark":
            kind = MARKS[token.markup]
            yield Block(kind, begin, begin + 1 if token.info else end)
            if token.info:
                yield Block(BlockKind.UNCLOSED, begin, begin + 1, token.info)
        elif token.type == "heading_open":
            yield Block(BlockKind.HEADING, begin, end, tokens[at + 1].content, len(token.markup))
        elif unclosed := _unclosed(state, token):
            yield Block(BlockKind.UNCLOSED, begin, begin + 1, unclosed)
        elif token.type != "html_block" or not _is_all_comment(token.content):
            yield Block(_KINDS.get(token.type, BlockKind.TEXT), begin, end, token.content)


def _unclosed(state: StateBlock, token: Token) -> str:
    if token.type == "html_block":
        return "" if "-->" in token.content else COMMENT
    if token.type != "fence" or token.map is None or token.map[1] < state.lineMax:
        return ""
    first, end = token.map
    last = state.src[state.bMarks[end - 1] : state.eMarks[end - 1]].strip(" \t")
    is_closed = end - first > 1 and last.startswith(token.markup) and not last.strip(token.markup[0])
    return "" if is_closed else token.markup


def _is_all_comment(html: str) -> bool:
    return html.find("-->") == len(html.rstrip()) - 3


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"html": True, "maxNesting": 100}).use(front_matter_plugin)
    ruler = markdown.block.ruler
    ruler.before("front_matter", "mark", _mark, {"alt": _INTERRUPTS})
    ruler.before("front_matter", "attributes", _attributes, {"alt": _INTERRUPTS})
    ruler.at("blockquote", _shallow(blockquote_rule), {"alt": _INTERRUPTS})
    ruler.at("list", _shallow(list_rule), {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.at("html_block", _comment, {"alt": ["paragraph", "reference", "blockquote"]})
    ruler.enable(_RULES)
    return markdown


def _starts_line(state: StateBlock, at: int) -> bool:
    # Inside a quote, an indented item or a field the character before isn't a line's end.
    return at == 0 or state.src[at - 1] == "\n"


def _mark(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    at = state.bMarks[line] + state.tShift[line]
    markup = state.src[at : at + 2]
    if markup not in MARKS or not _starts_line(state, at):
        return False
    if silent:
        return True
    token = state.push("mark", "", 0)
    token.markup = markup
    behind = state.skipSpaces(at + 2)
    if behind < state.eMarks[line]:
        # For once the line begins behind its mark, so that what follows opens a fence, a list …
        state.bMarks[line] = behind
        inner = len(state.tokens)
        for rule in state.md.block.ruler.getRules(""):
            if rule(state, line, end, False):
                break
        token.info = _unclosed(state, state.tokens[inner])
        del state.tokens[inner:]
        state.bMarks[line] = at
    else:
        state.line = line + 1
    token.map = [line, state.line]
    return True


def _attributes(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    at = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("{", at) or not _starts_line(state, at):
        return False
    if not is_attribute_line(state.src[at : state.eMarks[line]]):
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        token.map = [line, line + 1]
        state.line = line + 1
    return True


def _shallow(rule: Rule) -> Rule:
    # Lists and quotes at a third level are paragraphs to us: they hardly bear on where the outermost
    # ends, and would cost a pass each. At its own limit of depth markdown-it drops the rest of the file.
    def guarded(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        if silent or state.level:
            return (silent or state.level < _DEEPEST) and rule(state, line, end, silent)
        outer = len(state.tokens)
        found = rule(state, line, end, silent)
        # Only the lines of the whole are wanted: the fewer tokens stay, the less the garbage collector visits.
        del state.tokens[outer + 1 :]
        return found

    return guarded


def _comment(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    at = state.bMarks[line] + state.tShift[line]
    return state.src.startswith(COMMENT, at) and html_rule(state, line, end, silent)

"""Code of a card with its keywords, names and comments told apart, in weight and slant as well as in colour."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from textual.content import Content, Span

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

LONGEST_HIGHLIGHTED = 3_000
"""Characters; longer code stays in one colour: several lexers take the square of its length."""

_STYLES = {
    "Comment": "italic $foreground-muted",
    "Keyword": "bold $text-accent",
    "Operator.Word": "bold $text-accent",
    "Literal.String": "$text-success",
    "Literal.Number": "$text-warning",
    "Name.Class": "$text-primary",
    "Name.Function": "$text-primary",
    "Name.Decorator": "$text-primary",
    "Name.Tag": "bold $text-primary",
    "Generic.Deleted": "$text-error",
    "Generic.Inserted": "$text-success",
    "Generic.Heading": "bold",
    "Generic.Subheading": "bold",
}


def highlighted(code: str, language: str) -> Content:
    """Return code, coloured as its language wants it; as it is where the language isn't known.

    Args:
        code: cleaned text.
        language: what stands behind a fence, as "python" or "py title=x"; may be empty.
    """
    name = language.split(maxsplit=1)[0].strip("{}.").casefold() if language.strip() else ""
    if not name or len(code) > LONGEST_HIGHLIGHTED or len(name) > 40:
        return Content(code)
    lexer = _lexer(name)
    if lexer is None:
        return Content(code)
    return Content(code, spans=list(_spans(code, lexer)))


@lru_cache(maxsize=32)
def _lexer(language: str) -> Lexer | None:
    # Pygments is heavy, and only cards with code need it.
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


def _spans(code: str, lexer: Lexer) -> Iterator[Span]:
    """The stretches that have a style of their own, by their place in the text."""
    for at, kind, token in lexer.get_tokens_unprocessed(code):
        if token.strip() and (style := _style(kind)):
            yield Span(at, at + len(token), style)


def _style(kind: _TokenType) -> str:
    """The style of the narrowest of a token's kinds that has one."""
    names = list(kind)
    while names:
        if style := _STYLES.get(".".join(names)):
            return style
        names.pop()
    return ""

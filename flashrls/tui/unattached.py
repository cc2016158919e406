"""What the source screen shows where no document is attached: how to attach the one that the decks name."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from flashrls.cards import Source
from flashrls.clean import clean_line
from flashrls.knowledge import how_to_attach
from flashrls.telling import short
from flashrls.tui.prose import Prose, Text
from flashrls.tui.words import deck_words

_MOST = 3
"""How many of the documents that decks name are told one by one."""


def invitation(deck: str | None, loose: Sequence[tuple[str, Source]]) -> Prose:
    """Return what to do where `deck` (None: all) has no document; `loose` are decks with the source they name."""
    where = f"“{short(deck_words(deck))}”" if deck else "any deck"
    blocks = [
        _text("The document belongs here.", "bold"),
        _text(
            f"None is attached to {where} yet. With one, each card shows where its source says so, "
            "and this screen shows what the cards quote, what they leave out, and what you remember."
        ),
        *(_text(words) for words in _ways(loose)),
        _text("Text, Markdown, HTML and PDF will do. The file stays as it is.", "$foreground-muted"),
    ]
    return Prose(tuple(blocks), frozenset(range(1, len(blocks))))


def _ways(loose: Sequence[tuple[str, Source]]) -> list[str]:
    """From your shell, how to attach each document that is named, once."""
    named = {(source.title, source.file): source for _, source in loose if source.title or source.file}
    ways = [how_to_attach(source) for source in list(named.values())[:_MOST]] or [how_to_attach(Source())]
    more = len(named) - _MOST
    return [*ways, f"{more:,} more documents are named by other decks."] if more > 0 else ways


def loose_words(loose: Sequence[tuple[str, Source]]) -> str:
    """Return one line on decks without a document beside others that have one; empty without such decks."""
    if not loose:
        return ""
    (deck, source), more = loose[0], len(loose) - 1
    others = f" and {more:,} more" if more else ""
    return clean_line(f"Not verified: {short(deck_words(deck))}{others}. {how_to_attach(source)}")


def _text(words: str, style: str = "") -> Text:
    return Text("", "", Content.styled(clean_line(words), style))

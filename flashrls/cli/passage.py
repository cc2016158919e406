"""The passage that a card comes from, as lines of text."""

from __future__ import annotations

import textwrap

from flashrls.anchors.find import Finder, Place
from flashrls.anchors.refind import Standing
from flashrls.clean import clean_line
from flashrls.cli.output import terminal_width
from flashrls.knowledge import Passages, StoredAnchor, place_words

_PARAGRAPH = "\n\n"
_MOST = 2_000
"""Characters on either side of an anchor that are shown at most."""


def passage_lines(passages: Passages) -> list[str]:
    """Return what the source says around a card's anchors, their words in « », or why it can't be shown."""
    if passages.finder is None or passages.missing:
        return [passages.missing]
    lines: list[str] = []
    for anchor in passages.placed:
        if anchor.place is not None:
            lines += [*_reworded(anchor), f"{clean_line(place_words(passages.finder, anchor.place))}:"]
            lines += textwrap.wrap(_marked(passages.finder, anchor.place), terminal_width())
    return lines


def _reworded(anchor: StoredAnchor) -> list[str]:
    changed = anchor.standing is Standing.REWORDED
    return [f"The text was reworded since; the card quotes “{clean_line(anchor.quote)}”."] if changed else []


def _marked(finder: Finder, place: Place) -> str:
    text = finder.document.text
    above = text.rfind(_PARAGRAPH, 0, place.start)
    start = max(0 if above < 0 else above + len(_PARAGRAPH), place.start - _MOST)
    below = text.find(_PARAGRAPH, place.end)
    end = min(len(text) if below < 0 else below, place.end + _MOST)
    pieces, at = [], start
    for first, last in place.parts:
        pieces += [text[at:first], "«", text[first:last], "»"]
        at = last
    return clean_line("".join([*pieces, text[at:end]]))

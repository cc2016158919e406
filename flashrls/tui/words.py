"""Numbers, days and names as the screens write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from flashrls.clean import clean_line
from flashrls.study import StudyCard

ELLIPSIS = "…"
_HEIGHTS = "▁▂▃▄▅▆▇█"
ALL_DECKS = "All decks"
ASKED_LEECHES = "is:leech -is:suspended"
"""The query that finds the leeches that are counted: a suspended one wants no care."""
BAR_CELLS = 8
_MOST_LOOKED_AT = 4_000  # characters; no screen has a line as long


def day_words(day: date) -> str:
    """Return a day as in "Sun 22 Nov 2026"."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def time_words(milliseconds: int) -> str:
    """Return a stretch of time as in "5:40" or "1:05:40"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def cut(text: str, cells: int) -> Content:
    """Return a text of others on one line of at most `cells` cells, an ellipsis where it was cut."""
    return Content(clean_line(text[:_MOST_LOOKED_AT])).truncate(max(0, cells), ellipsis=True)


def sparkline(values: Sequence[int]) -> str:
    """Return one block for each value, `·` for zero, the highest block for the largest."""
    most = max(values, default=0)
    return "".join(_HEIGHTS[-(-value * len(_HEIGHTS) // most) - 1] if value else "·" for value in values)


def progress_bar(seen: int, cards: int) -> str:
    """Return eight cells that say which share of the cards was seen, "not begun" for none."""
    if not seen or not cards:
        return "not begun" if cards else ""
    full = min(max(1, seen * BAR_CELLS // cards), BAR_CELLS)
    return "█" * full + "·" * (BAR_CELLS - full)


def side_by_side(left: Content, right: Content, cells: int) -> Content:
    """Return one line with `left` and `right` at its ends; the left one is cut where they would meet."""
    right = right.truncate(cells, ellipsis=True)
    room = cells - right.cell_length
    if right:
        room -= 2
    left = left.truncate(max(0, room), ellipsis=True)
    return Content.assemble(left, " " * max(0, cells - left.cell_length - right.cell_length), right)


def packed(items: Sequence[Content], cells: int, *, gap: int = 4) -> list[Content]:
    """Return the items on as few lines as they fit on."""
    lines: list[list[Content]] = []
    room = 0
    for item in items:
        needed = item.cell_length + gap
        if not lines or needed > room:
            lines.append([item])
            room = cells - item.cell_length
        else:
            lines[-1].append(item)
            room -= needed
    return [Content(" " * gap).join(line) for line in lines]


def deck_words(deck: str | None) -> str:
    """Return a deck's last level, or what all decks are called for None."""
    return ALL_DECKS if deck is None else clean_line(deck.rpartition("::")[2])


def place_words(card: StudyCard) -> Content:
    """Return where a card stands: its deck's last level, and its section if that says more."""
    deck = clean_line(card.deck.rpartition("::")[2])
    section = clean_line(card.section).replace(" > ", " › ")
    if section and section.casefold() != deck.casefold():
        return Content.assemble((deck, "$foreground"), f" · {section}")
    return Content.styled(deck, "$foreground")

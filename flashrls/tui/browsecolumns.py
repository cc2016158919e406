"""The columns of the table of all cards: which of them fit, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from textual.content import Content

from flashrls.lifelines import ease_words
from flashrls.store.browsing import BrowseRow, Sort
from flashrls.tui.words import cut

GAP = 2
_LEAST_QUESTION = 31
"""Cells that the question keeps before another column is shown."""

_MOST_LOOKED_AT = 300  # characters of a question; no table has a column as wide
_WORDED = ("draft", "suspended", "buried", "new")


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        sort: what cards are sorted by when its head is clicked; one of `flashrls.store.browsing.SORTS`.
        head: what stands above it.
        cells: how wide it is; for the question the least.
        draw: returns what stands in it for a card, on a study day.
        is_number: its texts stand at its right.
    """

    sort: str
    head: str
    cells: int
    draw: Callable[[BrowseRow, date], Content]
    is_number: bool = False


def _due(row: BrowseRow, day: date) -> Content:
    """The day, or why there is none."""
    if row.state in _WORDED or row.due_on is None:
        return Content.styled(row.state, "$foreground-muted")
    return Content.styled(row.due_on.isoformat(), "bold" if row.due_on <= day else "")


def _number(value: int | None) -> Content:
    return Content("" if value is None else f"{value:,}")


def _lapses(row: BrowseRow, _: date) -> Content:
    if not row.reviews and not row.lapses:
        return Content()
    return _number(row.lapses).stylize("bold $text-warning") if row.is_leech else _number(row.lapses)


def _interval(row: BrowseRow, _: date) -> Content:
    return Content("" if row.interval_days is None else f"{row.interval_days:,} d")


def _on(milliseconds: int) -> Content:
    return Content(datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat() if milliseconds else "")


QUESTION = Column("question", "question", _LEAST_QUESTION, lambda row, _: cut(row.question[:_MOST_LOOKED_AT], 999))

_OTHERS = (
    Column("due", "due", 10, _due),
    Column("interval", "interval", 9, _interval, is_number=True),
    Column(
        "ease", "ease", 5, lambda row, _: Content("" if row.ease is None else ease_words(row.ease)), is_number=True
    ),
    Column("lapses", "lapses", 7, _lapses, is_number=True),
    Column("deck", "deck", 16, lambda row, _: cut(row.deck.rpartition("::")[2], 16)),
    Column("tags", "tags", 14, lambda row, _: cut(" ".join(row.tags), 14)),
    Column("reviews", "reviews", 8, lambda row, _: _number(row.reviews), is_number=True),
    Column("section", "section", 16, lambda row, _: cut(row.section.rpartition(" > ")[2], 16)),
    Column(
        "reviewed", "reviewed", 10, lambda row, _: Content(row.reviewed_on.isoformat() if row.reviewed_on else "")
    ),
    Column("state", "state", 9, lambda row, _: Content(row.state)),
    Column("card", "card", 12, lambda row, _: cut(row.id, 12)),
    Column("added", "added", 10, lambda row, _: _on(row.added_ms)),
    Column("edited", "edited", 10, lambda row, _: _on(row.edited_ms)),
)

SORT_WORDS = {
    "place": "place in its deck",
    "question": QUESTION.head,
    **{other.sort: other.head for other in _OTHERS},
}
"""What cards can be sorted by, as it is called."""


def columns_for(cells: int, sort: Sort) -> list[tuple[Column, int]]:
    """Return the columns that fit into so many cells, each with its width; the one sorted by is among them."""
    first = [column for column in _OTHERS if column.sort == sort.by]
    shown: list[Column] = []
    room = cells
    for column in [*first, *(other for other in _OTHERS if other.sort != sort.by)]:
        needed = column.cells + GAP
        if room - needed < _LEAST_QUESTION and not (column in first and room - needed > GAP):
            break
        shown.append(column)
        room -= needed
    shown.sort(key=_OTHERS.index)
    return [(QUESTION, max(1, room)), *((column, column.cells) for column in shown)]


def head_line(columns: Sequence[tuple[Column, int]], sort: Sort) -> Content:
    """Return the columns' names, the one sorted by marked with its direction."""
    heads = []
    for column, cells in columns:
        is_sorted = column.sort == sort.by
        mark = ("▼" if sort.descending else "▲") if is_sorted else ""
        heads.append(_filled(Content.styled(column.head + mark, "bold" if is_sorted else ""), cells, column))
    return Content(" " * GAP).join(heads)


def row_line(row: BrowseRow, columns: Sequence[tuple[Column, int]], day: date) -> Content:
    """Return a card as a line of the table."""
    return Content(" " * GAP).join(_filled(column.draw(row, day), cells, column) for column, cells in columns)


def column_at(columns: Sequence[tuple[Column, int]], cell: int) -> Column | None:
    """Return the column to which a cell of the line belongs; None beside all of them."""
    start = 0
    for column, cells in columns:
        if start <= cell < start + cells:
            return column
        start += cells + GAP
    return None


def _filled(text: Content, cells: int, column: Column) -> Content:
    text = text.truncate(cells, ellipsis=True)
    free = max(0, cells - text.cell_length)
    return text.pad_left(free) if column.is_number else text.pad_right(free)

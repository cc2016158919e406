"""The table of cards: as many as there are, of which only the rows in sight are read and drawn.

DataTable takes seconds for 100,000 rows, and textual-fastdatatable brings over 100 MB (pyarrow) and wants all of
them in memory; neither is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from flashrls.store.browsing import BrowseRow, Sort
from flashrls.tui.browsecolumns import Column, column_at, columns_for, head_line, row_line
from flashrls.tui.chooser import Chooser
from flashrls.tui.keybinding import fixed

LEAD_CELLS = 3
"""Cells before a row: one for the cursor, one for the mark, one free."""

_MOST_KEPT = 5_000
"""Rows; when more were read, those out of sight are forgotten."""


class CardTable(Chooser, inherit_bindings=False):
    """References of cards in their order, a cursor on one of them, and marks on any of them."""

    DEFAULT_CSS = """
    CardTable { height: 1fr; text-wrap: nowrap; text-overflow: clip; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        fixed("down,j", "move(1)", "down", "↓ j", "Go to the next card"),
        fixed("up,k", "move(-1)", "up", "↑ k", "Go to the card before"),
        fixed("pagedown", "page(1)", "page down", "PgDn", "Go a page down"),
        fixed("pageup", "page(-1)", "page up", "PgUp", "Go a page up"),
        fixed("home,g", "end(False)", "top", "Home g", "Go to the first card"),
        fixed("end,G", "end(True)", "bottom", "End G", "Go to the last card"),
    ]

    @dataclass
    class Missing(Message):
        """Rows in sight, or a page from there, were not read yet."""

    @dataclass
    class Marked(Message):
        """Cards were marked, or are so no longer."""

    def __init__(self, sort: Sort) -> None:
        """Make an empty table; `sort` is told, not done, by it."""
        super().__init__()
        self._refs: Sequence[int] = ()
        self._rows: dict[int, BrowseRow | None] = {}
        self._fresh: set[int] = set()
        self._marks: set[int] = set()
        self._marked_last: int | None = None
        self.sort = sort
        self.day = date.min

    @property
    def ref(self) -> int | None:
        """The card at the cursor; None where there is none."""
        return self._refs[self._at] if self._refs else None

    @property
    def refs(self) -> Sequence[int]:
        """All cards, in their order."""
        return self._refs

    @property
    def marks(self) -> frozenset[int]:
        """The cards that are marked."""
        return frozenset(self._marks)

    @property
    def targets(self) -> list[int]:
        """What a key acts on: the marked cards in their order, else the one at the cursor."""
        if self._marks:
            return [ref for ref in self._refs if ref in self._marks]
        return [] if self.ref is None else [self.ref]

    @property
    def columns(self) -> list[tuple[Column, int]]:
        """The columns at the present width."""
        return columns_for(max(1, self.cells - LEAD_CELLS), self.sort)

    def row(self, ref: int) -> BrowseRow | None:
        """A card's row; None if it wasn't read, or is no more there."""
        return self._rows.get(ref)

    def things(self) -> int:
        """How many cards there are."""
        return len(self._refs)

    def row_count(self) -> int:
        """Each has one row."""
        return len(self._refs)

    def rows_of(self, at: int) -> range:
        """The one row."""
        return range(at, at + 1)

    def thing_on(self, row: int) -> int | None:
        """The card on a row."""
        return row if 0 <= row < len(self._refs) else None

    def show(self, refs: Sequence[int], sort: Sort, day: date, *, keep: int | None = None) -> int:
        """Show other cards and return how many marked ones are not among them, and are marked no longer.

        Args:
            refs: the cards, in their order.
            sort: how they were sorted.
            day: today's study day.
            keep: the card to which the cursor goes if it is there, else the cursor keeps its place; None for
                the first card.
        """
        self._refs, self.sort, self.day = refs, sort, day
        lost = self._marks.difference(refs) if self._marks else set()
        self._marks -= lost
        if keep is None:
            self._top = 0
            self.choose(0)
        else:
            self.choose(refs.index(keep) if keep in refs else self._at)
        self.post_message(self.Marked())
        return len(lost)

    def forget(self) -> None:
        """Rows may have changed: read them again; until then they are shown as they were."""
        self._fresh.clear()
        self.refresh()

    def give(self, refs: Iterable[int], rows: Iterable[BrowseRow]) -> None:
        """Take what was read for `refs`; a card without a row is no more there."""
        if len(self._rows) > _MOST_KEPT:
            near = set(self._refs[slice(*self._near())])
            self._rows = {ref: row for ref, row in self._rows.items() if ref in near}
            self._fresh &= near
        asked = list(refs)
        self._rows.update(dict.fromkeys(asked))
        self._rows.update((row.ref, row) for row in rows)
        self._fresh.update(asked)
        self.refresh()

    def missing(self) -> list[int]:
        """The cards in sight and a page either way whose rows are to be read."""
        return [ref for ref in self._refs[slice(*self._near())] if ref not in self._fresh]

    def _near(self) -> tuple[int, int]:
        return max(0, self._top - self._room), self._top + 2 * self._room

    def render(self) -> Content:
        """The rows in sight; what isn't read yet is asked for."""
        if not self._refs:
            return Content.styled(
                " " * LEAD_CELLS + ("" if self.day == date.min else "No card is found."), "$foreground-muted"
            )
        shown = super().render()
        if any(ref not in self._fresh for ref in self._refs[self._top : self._top + self._room]):
            self.post_message(self.Missing())
        return shown

    def draw(self, row: int, *, chosen: bool) -> Content:
        """A card, `›` before the one at the cursor and `x` before those that are marked."""
        ref = self._refs[row]
        told = self._rows.get(ref)
        mark = "x" if ref in self._marks else " "
        lead = Content.assemble("›" if chosen else " ", (mark, "bold $text-accent"), " ")
        if told is None:
            gone = "no more there" if ref in self._fresh else "…"
            line = Content.assemble(lead, (gone, "$foreground-muted"))
        else:
            line = lead + row_line(told, self.columns, self.day)
        style = "bold" if chosen else ""
        return line.pad_right(max(0, self.cells - line.cell_length)).stylize_before(style) if style else line

    def turn_mark(self, *, go_on: bool) -> None:
        """Mark the card at the cursor, or don't any longer; then the next one is looked at."""
        if self.ref is not None:
            self._marks ^= {self.ref}
            self._marked_last = self.ref if self.ref in self._marks else None
            self._tell_marks()
            if go_on:
                self.choose(self._at + 1)

    def mark_to(self, at: int) -> None:
        """Mark all from the card that was marked last (else the one at the cursor) to the one at `at`."""
        if not self._refs:
            return
        at = max(0, min(at, len(self._refs) - 1))
        last = self._marked_last
        start = self._refs.index(last) if last is not None and last in self._refs else self._at
        self._marks.update(self._refs[min(start, at) : max(start, at) + 1])
        self._marked_last = self._refs[at]
        self.choose(at)
        self._tell_marks()

    def extend(self, steps: int) -> None:
        """Mark the card at the cursor and the one so many steps on, and go there."""
        self._marked_last = self.ref
        self.mark_to(self._at + steps)

    def mark_range(self) -> None:
        """Mark all between the card that was marked last and the cursor."""
        self.mark_to(self._at)

    def mark_all(self) -> None:
        """Mark all cards that are found; none if all are."""
        everything = set(self._refs)
        self._marks = set() if self._marks >= everything else everything
        self._marked_last = None
        self._tell_marks()

    def clear_marks(self) -> None:
        """Mark none."""
        self._marks = set()
        self._marked_last = None
        self._tell_marks()

    def _tell_marks(self) -> None:
        self.refresh()
        self.post_message(self.Marked())

    def on_click(self, event: events.Click) -> None:
        """Go to a card; on its mark, or with Ctrl, mark it; with Shift all up to it; twice opens it."""
        event.prevent_default()
        clicked = event.get_content_offset(self)
        at = None if clicked is None else self.thing_on(self._top + clicked.y)
        if clicked is None or at is None:
            return
        if event.shift:
            self.mark_to(at)
            return
        self.choose(at)
        if event.ctrl or clicked.x < LEAD_CELLS:
            self.turn_mark(go_on=False)
        elif event.chain == 2:
            self.post_message(self.Opened(at))


class ColumnHeads(Widget):
    """The names of a table's columns; a click on one sorts by it."""

    DEFAULT_CSS = """
    ColumnHeads { height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: clip; }
    """

    @dataclass
    class Clicked(Message):
        """A head was clicked."""

        sort: str

    def __init__(self, table: CardTable) -> None:
        """Make the heads of `table`."""
        super().__init__()
        self._table = table

    def render(self) -> Content:
        """The names, as far apart as the columns are wide."""
        return Content(" " * LEAD_CELLS) + head_line(self._table.columns, self._table.sort)

    def on_click(self, event: events.Click) -> None:
        """Sort by what was clicked."""
        clicked = event.get_content_offset(self)
        column = None if clicked is None else column_at(self._table.columns, clicked.x - LEAD_CELLS)
        if column is not None:
            self.post_message(self.Clicked(column.sort))

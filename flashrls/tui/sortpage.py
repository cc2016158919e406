"""The list of what the table of all cards can be sorted by."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from flashrls.store.browsing import SORTS, Sort
from flashrls.tui.browsecolumns import SORT_WORDS
from flashrls.tui.chooser import Chooser
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line


class SortList(Chooser):
    """The names, one a row."""

    DEFAULT_CSS = """
    SortList { height: 1fr; padding: 0 1; }
    """

    def __init__(self, now: Sort) -> None:
        """Make the list; the present order is chosen at first."""
        super().__init__()
        self._now = now
        self._at = self._told = SORTS.index(now.by)

    def things(self) -> int:
        """All of them."""
        return len(SORTS)

    def row_count(self) -> int:
        """A row each."""
        return len(SORTS)

    def rows_of(self, at: int) -> range:
        """The one row."""
        return range(at, at + 1)

    def thing_on(self, row: int) -> int | None:
        """What stands on a row."""
        return row if row < len(SORTS) else None

    def draw(self, row: int, *, chosen: bool) -> Content:
        """A name, and behind the present one its direction."""
        mark = ("▼" if self._now.descending else "▲") if SORTS[row] == self._now.by else ""
        words = f"{'›' if chosen else ' '} {SORT_WORDS[SORTS[row]]} {mark}"
        return Content.styled(words, "bold" if chosen else "")


class SortPage(Screen[Sort | None]):
    """Lets the learner choose an order; the present one chosen again is turned round."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "sort", "sort by it", key_display="Enter", tooltip="Sort by it; once more turns it round"),
        Binding("escape,q,s", "back", "back", key_display="Esc", tooltip="Leave the order as it is"),
    ]

    DEFAULT_CSS = """
    SortPage #heading { height: 2; border-bottom: solid $foreground 20%; text-style: bold; }
    """

    def __init__(self, now: Sort) -> None:
        """Make the page for the present order."""
        super().__init__()
        self._now = now

    def compose(self) -> ComposeResult:
        yield Line(Content("Sort by"), id="heading")
        yield SortList(self._now)
        yield KeyLine()

    def action_sort(self) -> None:
        self.query_one(SortList).action_open()

    @on(Chooser.Opened)
    def _opened(self, event: Chooser.Opened) -> None:
        self.dismiss(resorted(self._now, SORTS[event.at]))

    def action_back(self) -> None:
        self.dismiss(None)


def resorted(now: Sort, by: str) -> Sort:
    """Return the order by `by`, turned round if it is that already."""
    return Sort(by, not now.descending if by == now.by else False)


def open_sorts(app: App[object], now: Sort, then: Callable[[Sort], None]) -> None:
    """Let the learner choose an order; `then` is told it, unless it is left as it is."""

    def chosen(sort: Sort | None) -> None:
        if sort is not None:
            then(sort)

    app.push_screen(SortPage(now), chosen)

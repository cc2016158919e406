"""A line at a screen's edge: quiet text at its left and right end."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from flashrls.tui.words import side_by_side


class Line(Widget):
    """One line; setting it never moves anything else."""

    DEFAULT_CSS = """
    Line {
        text-wrap: nowrap;
        text-overflow: clip;
        height: 1;
        padding: 0 1;
    }
    """

    def __init__(self, left: Content = Content(), right: Content = Content(), *, id: str | None = None) -> None:  # noqa: A002, B008
        """Make a line that shows `left` and `right` at its ends."""
        super().__init__(id=id)
        self._ends = (left, right)

    def show(self, left: Content, right: Content = Content()) -> None:  # noqa: B008
        """Show other texts; nothing is painted if they are the same."""
        before, self._ends = self._ends, (left, right)
        if not (left.is_same(before[0]) and right.is_same(before[1])):
            self.refresh()

    def render(self) -> Content:
        """Both texts, as far apart as the line is long."""
        return side_by_side(*self._ends, self.size.width)

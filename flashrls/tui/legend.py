"""What a screen's marks mean: short items on as few lines as they fit on."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from flashrls.tui.words import packed

_GAP = 2


class Legend(Widget):
    """Quiet items at a screen's foot."""

    DEFAULT_CSS = """
    Legend { height: auto; min-height: 1; padding: 0 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        """Make an empty one."""
        super().__init__()
        self._items: Sequence[Content] = ()

    def show(self, items: Sequence[Content]) -> None:
        """Show other items."""
        self._items = items
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as they take at this width."""
        return max(1, len(packed(self._items, width, gap=_GAP)))

    def render(self) -> Content:
        """All of them."""
        return Content("\n").join(packed(self._items, self.size.width, gap=_GAP))

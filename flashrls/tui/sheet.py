"""Lines that scroll: only those in sight are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from flashrls.tui.scrolling import with_marks

_WHEEL_LINES = 3


class Sheet(Widget):
    """Shows lines that were laid out elsewhere."""

    DEFAULT_CSS = """
    Sheet {
        text-wrap: nowrap;
        text-overflow: clip;
        height: 1fr;
        padding: 0 1 0 2;
    }
    """

    class Resized(Message):
        """There is another room for lines."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Make an empty one."""
        super().__init__(id=id)
        self._lines: Sequence[Content] = ()
        self._top = 0

    @property
    def cells(self) -> int:
        """How wide a line may be; two cells are kept for the mark of scrolling."""
        return max(1, self.size.width - 2)

    def show(self, lines: Sequence[Content], *, anew: bool) -> None:
        """Show other lines, from the first on if `anew`, else from where the present ones were scrolled to."""
        self._lines = lines
        if anew:
            self._top = 0
        self.refresh()

    def scroll_lines(self, lines: int) -> None:
        """Scroll down, or up for a negative number, as far as there are lines."""
        top = max(0, min(self._top + lines, self._last_top))
        if top != self._top:
            self._top = top
            self.refresh()

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - max(1, self.size.height))

    def render(self) -> Content:
        """The lines in sight."""
        self._top = min(self._top, self._last_top)
        shown = [line.truncate(self.cells) for line in self._lines[self._top : self._top + self.size.height]]
        return Content("\n").join(with_marks(shown, top=self._top, last_top=self._last_top, cells=self.size.width))

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-_WHEEL_LINES)

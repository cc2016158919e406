"""A long list of things that take several rows each, one of them chosen; only the rows in sight are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from flashrls.tui.keybinding import fixed
from flashrls.tui.scrolling import with_marks

_WHEEL_ROWS = 3
_ALL = 10**9


class Chooser(Widget, can_focus=True):
    """Scrolls rows and moves among the things they belong to.

    Subclasses say how many things there are, on which rows each stands, and how a row looks.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        fixed("down,j", "move(1)", "down", "↓ j", "Go to the next one"),
        fixed("up,k", "move(-1)", "up", "↑ k", "Go to the one before"),
        fixed("pagedown,space", "page(1)", "page down", "PgDn", "Go a page down"),
        fixed("pageup", "page(-1)", "page up", "PgUp", "Go a page up"),
        fixed("home,g", "end(False)", "top", "Home g", "Go to the beginning"),
        fixed("end,G", "end(True)", "bottom", "End G", "Go to the end"),
    ]

    @dataclass
    class Moved(Message):
        """Another one is chosen."""

        at: int

    @dataclass
    class Opened(Message):
        """One was clicked, or Enter pressed on it."""

        at: int

    def __init__(self) -> None:
        """Make one without anything in it."""
        super().__init__()
        self._at = self._told = 0
        self._top = 0

    @property
    def chosen(self) -> int | None:
        """The index of what is chosen; None if there is nothing."""
        return self._at if self.things() else None

    def things(self) -> int:
        """How many things there are."""
        raise NotImplementedError

    def row_count(self) -> int:
        """How many rows there are, at the present width."""
        raise NotImplementedError

    def rows_of(self, at: int) -> range:
        """The rows of the thing `at`, at the present width."""
        raise NotImplementedError

    def thing_on(self, row: int) -> int | None:
        """The thing to which a row belongs; None if to none."""
        raise NotImplementedError

    def draw(self, row: int, *, chosen: bool) -> Content:
        """A row as it looks, at most `cells` wide; `chosen` if it belongs to the chosen thing."""
        raise NotImplementedError

    @property
    def cells(self) -> int:
        """How wide a row may be; two cells are kept for the mark of scrolling."""
        return max(1, self.size.width - 2)

    def choose(self, at: int) -> None:
        """Choose a thing and scroll just so far that it can be seen, its beginning at least."""
        things = self.things()
        self._at = max(0, min(at, things - 1))
        if things:
            rows = self.rows_of(self._at)
            lead = self._lead(rows.start)
            self._scroll(min(max(self._top, rows.stop - self._room), lead))
        self._changed()

    def _lead(self, row: int) -> int:
        """The row to show first so that `row` is seen with what leads to it, such as a heading."""
        before = self.rows_of(self._at - 1).stop if self._at else 0
        return before if 0 < row - before < self._room // 2 else row

    @property
    def _room(self) -> int:
        return max(1, self.size.height)

    def _scroll(self, top: int) -> None:
        self._top = max(0, min(top, self.row_count() - self._room))

    def _changed(self) -> None:
        self.refresh()
        if self._at != self._told:
            self._told = self._at
            self.post_message(self.Moved(self._at))

    def render(self) -> Content:
        """The rows in sight."""
        self._scroll(self._top)
        last_top = max(0, self.row_count() - self._room)
        seen = range(self._top, min(self._top + self._room, self.row_count()))
        chosen = self.rows_of(self._at) if self.things() else range(0)
        lines = [self.draw(row, chosen=row in chosen) for row in seen]
        return Content("\n").join(with_marks(lines, top=self._top, last_top=last_top, cells=self.size.width))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There must be something to open."""
        return action != "open" or self.things() > 0

    def on_resize(self) -> None:
        """What is chosen stays in sight."""
        if self.things():
            self.choose(self._at)

    def action_move(self, steps: int) -> None:
        """Go on; in something longer than the screen first to its end."""
        if not self.things():
            return
        rows = self.rows_of(self._at)
        goes_on = rows.stop > self._top + self._room if steps > 0 else rows.start < self._top
        if goes_on and len(rows) > self._room:
            self.action_page(steps)
        else:
            self.choose(self._at + steps)

    def action_open(self) -> None:
        """Open what is chosen."""
        if self.things():
            self.post_message(self.Opened(self._at))

    def action_page(self, pages: int) -> None:
        """Scroll by a screen; what is in sight then is chosen."""
        before = self._top
        self._scroll(self._top + pages * max(1, self._room - 1))
        if self._top == before:
            self.action_end(pages > 0)
        else:
            self._choose_in_sight()

    def action_end(self, last: bool) -> None:
        """Go to the first or the last."""
        self._scroll(_ALL if last else 0)
        self._at = self.things() - 1 if last and self.things() else 0
        self._changed()

    def _choose_in_sight(self) -> None:
        """Keep what is chosen if any of it can be seen, else choose the nearest that can."""
        seen = range(self._top, min(self._top + self._room, self.row_count()))
        rows = self.rows_of(self._at) if self.things() else range(0)
        if rows.stop <= seen.start or rows.start >= seen.stop:
            order = seen if rows.stop <= seen.start else reversed(seen)
            self._at = next((at for row in order if (at := self.thing_on(row)) is not None), self._at)
        self._changed()

    def on_click(self, event: events.Click) -> None:
        """Open what is clicked."""
        clicked = event.get_content_offset(self)
        at = None if clicked is None else self.thing_on(self._top + clicked.y)
        if at is not None:
            self._at = at
            self._changed()
            self.post_message(self.Opened(at))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(self._top + _WHEEL_ROWS)
        self._choose_in_sight()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(self._top - _WHEEL_ROWS)
        self._choose_in_sight()

"""A page to read: a title, text that scrolls, and a key that goes back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line


class Page(Screen[None]):
    """Shows `body` under `heading` until it is closed."""

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", key_display="Esc", tooltip="Go back"),
        Binding("j,down", "scroll_page(1)", "down", show=False, key_display="j ↓", tooltip="Scroll down"),
        Binding("k,up", "scroll_page(-1)", "up", show=False, key_display="k ↑", tooltip="Scroll up"),
        Binding(
            "pagedown,space",
            "scroll_page(10)",
            "more",
            show=False,
            key_display="PgDn",
            tooltip="Scroll a page down",
        ),
        Binding(
            "pageup", "scroll_page(-10)", "page up", show=False, key_display="PgUp", tooltip="Scroll a page up"
        ),
    ]

    DEFAULT_CSS = """
    Page {
        #heading { height: 2; border-bottom: solid $foreground 20%; text-style: bold; }
        #page { height: 1fr; padding: 1 3; scrollbar-size-vertical: 1; }
        #text { height: auto; max-width: 100; }
    }
    """

    def __init__(self, heading: Content, body: Content) -> None:
        """Make a page; both texts are clean already."""
        super().__init__()
        self._heading = heading
        self._body = body

    def compose(self) -> ComposeResult:
        yield Line(self._heading, id="heading")
        with VerticalScroll(id="page", can_focus=False):
            yield Static(self._body, id="text", markup=False)
        yield KeyLine()

    def action_back(self) -> None:
        self.dismiss()

    def action_scroll_page(self, lines: int) -> None:
        self.query_one("#page", VerticalScroll).scroll_relative(y=lines, animate=False)

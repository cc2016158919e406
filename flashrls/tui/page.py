"""A page to read: a title, text that scrolls, and a key that goes back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from flashrls.tui.cardtext import CardText
from flashrls.tui.keybinding import fixed
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.prose import Prose


class Page(Screen[None]):
    """Shows a text under its title until it is closed."""

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "back", "back", key_display="Esc", tooltip="Go back"),
        fixed("j,down", "scroll_page(1)", "down", "j ↓", "Scroll down"),
        fixed("k,up", "scroll_page(-1)", "up", "k ↑", "Scroll up"),
        fixed("pagedown,space", "scroll_page(10)", "page down", "PgDn", "Scroll down by ten lines"),
        fixed("pageup", "scroll_page(-10)", "page up", "PgUp", "Scroll up by ten lines"),
    ]

    DEFAULT_CSS = """
    Page {
        #heading { height: 2; border-bottom: solid $foreground 20%; text-style: bold; }
    }
    """

    def __init__(self, heading: Content, text: Prose, right: Content = Content()) -> None:  # noqa: B008
        """Make a page; all texts are clean already, and `right` stands at the end of the heading's line."""
        super().__init__()
        self._heading = (heading, right)
        self._text = text

    def compose(self) -> ComposeResult:
        yield Line(*self._heading, id="heading")
        yield CardText()
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(CardText).show_page(self._text)

    def show(self, heading: Content, text: Prose, right: Content = Content()) -> None:  # noqa: B008
        """Show another text in place of the present one."""
        self.query_one("#heading", Line).show(heading, right)
        self.query_one(CardText).show_page(text)

    def action_back(self) -> None:
        self.dismiss()

    def action_scroll_page(self, lines: int) -> None:
        self.query_one(CardText).scroll_lines(lines)

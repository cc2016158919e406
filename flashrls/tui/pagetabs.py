"""The names of a screen's pages with their keys, and a rule that is thick below the present one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

_GAP = 3


class PageTabs(Widget):
    """Two lines; a page is chosen by a click here or by the screen."""

    DEFAULT_CSS = """
    PageTabs {
        text-wrap: nowrap;
        text-overflow: clip;
        height: 2;
        padding: 0 1;
    }
    """

    @dataclass
    class Chosen(Message):
        """A page's name was clicked; pages are counted from 0."""

        at: int

    def __init__(self, names: Sequence[str]) -> None:
        """Make tabs for pages of these names, the first of them the present one."""
        super().__init__()
        self._names = [f"{at + 1} {name}" for at, name in enumerate(names)]
        self._at = 0

    def choose(self, at: int) -> None:
        """Mark another page as the present one."""
        self._at = at
        self.refresh()

    def render(self) -> Content:
        """The names and the rule."""
        names = [
            Content.styled(name, "bold $foreground" if at == self._at else "$foreground-muted")
            for at, name in enumerate(self._names)
        ]
        before = sum(len(name) + _GAP for name in self._names[: self._at])
        here = len(self._names[self._at])
        width = self.size.width
        rule = Content.assemble(
            ("─" * before, "$foreground 20%"),
            ("━" * here, "$text-accent"),
            ("─" * max(0, width - before - here), "$foreground 20%"),
        )
        return Content("\n").join([Content(" " * _GAP).join(names).truncate(width), rule.truncate(width)])

    def on_click(self, event: events.Click) -> None:
        """Tell which name was clicked."""
        at = 0
        clicked = event.get_content_offset(self)
        for number, name in enumerate(self._names):
            if clicked is not None and at <= clicked.x < at + len(name):
                self.post_message(self.Chosen(number))
            at += len(name) + _GAP

"""The four buttons, each with what it does to the card; before the reveal one button in the same place."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from flashrls.study import BUTTON_NAMES

_COLOURS = {1: "$text-error", 2: "$text-warning", 3: "$text-success", 4: "$text-primary"}
_WIDEST = 18


class GradeBar(Widget):
    """Two lines: the buttons' names, and below them words for each."""

    DEFAULT_CSS = """
    GradeBar {
        height: 2;
        padding: 0 1 0 2;
    }
    """

    @dataclass
    class Pressed(Message):
        """A button was clicked; `button` is 1 to 4, or None for the one that stands there before the reveal."""

        button: int | None

    def __init__(self) -> None:
        """Make an empty bar."""
        super().__init__()
        self._words: dict[int, str] = {}
        self._offer: tuple[str, str] | None = None

    def offer(self, key: str, does: str) -> None:
        """Show one key and what it does."""
        self._offer, self._words = (key, does), {}
        self.refresh()

    def show(self, words: dict[int, str]) -> None:
        """Show the four buttons, each with its words; none for no words."""
        self._offer, self._words = None, words
        self.refresh()

    @property
    def _cells(self) -> int:
        return min(_WIDEST, self.size.width // len(BUTTON_NAMES))

    @property
    def _margin(self) -> int:
        """The buttons begin where the card's text does."""
        return max(0, (self.size.width - 1 - _WIDEST * len(BUTTON_NAMES)) // 2)

    def render(self) -> Content:
        """The buttons."""
        if self._offer is not None:
            key, does = self._offer
            return Content.assemble(" " * self._margin, (key, "bold"), f"  {does}")
        names: list[str | tuple[str, str]] = [" " * self._margin]
        below: list[str | tuple[str, str]] = ["\n", " " * self._margin]
        for button, word in self._words.items():
            name = f"{button} {BUTTON_NAMES[button]}"
            names.append((f"{name:<{self._cells}}", f"bold {_COLOURS[button]}"))
            below.append((f"{'  ' + word:<{self._cells}}", "$foreground-muted"))
        return Content.assemble(*names, *below)

    def on_click(self, event: events.Click) -> None:
        """Say which button was clicked."""
        if self._offer is not None:
            self.post_message(self.Pressed(None))
            return
        at = (event.x - self.styles.padding.left - self._margin) // max(1, self._cells)
        if at + 1 in self._words:
            self.post_message(self.Pressed(at + 1))

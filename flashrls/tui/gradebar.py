"""The buttons, each with what it does to the card; before the reveal one button in the same place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from flashrls.study import BUTTON_NAMES

_COLOURS = {"Hard": "$text-warning", "Good": "$text-success", "Easy": "$text-primary"}
_FAILED = "$text-error"
_WIDEST = 18
_GAP = 2
_SHORTER = ((" months", " mo"), (" years", " y"), (" days", " d"), (" day", " d"), ("no effect", "none"))


class GradeBar(Widget):
    """Two lines: the buttons' names, and below them words for each."""

    DEFAULT_CSS = """
    GradeBar {
        text-wrap: nowrap;
        text-overflow: clip;
        height: 2;
        padding: 0 1 0 2;
    }
    """

    @dataclass
    class Pressed(Message):
        """A button was clicked; `button` is its digit, or None for the one that stands there before the reveal."""

        button: int | None

    def __init__(self) -> None:
        """Make an empty bar."""
        super().__init__()
        self._words: dict[int, str] = {}
        self._names: Mapping[int, str] = BUTTON_NAMES
        self._offer: tuple[str, str] | None = None

    def offer(self, key: str, does: str) -> None:
        """Show one key and what it does."""
        self._offer, self._words = (key, does), {}
        self.refresh()

    def show(self, words: dict[int, str], names: Mapping[int, str] = BUTTON_NAMES) -> None:
        """Show the buttons of these names, each with its words; none for no words."""
        self._offer, self._words, self._names = None, words, names
        self.refresh()

    def _cells(self) -> list[tuple[str, str, int]]:
        """Each button's name, its words and how wide it is."""
        named = [(f"{button} {self._names[button]}", f"  {word}") for button, word in self._words.items()]
        if len(named) <= len(BUTTON_NAMES):
            cells = min(_WIDEST, self.size.width // len(BUTTON_NAMES))
            return [(name, word, cells) for name, word in named]
        return self._natural(named)

    def _natural(self, named: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
        """Six buttons don't fit at one width: each is as wide as it must be, its words short if need be."""
        for gap in (_GAP, 1):
            wide = [(name, word, max(len(name), len(word)) + gap) for name, word in named]
            if sum(cells for *_, cells in wide) - gap <= self.size.width:
                return wide
            named = [(name, _shorter(word)) for name, word in named]
        wide = [(name, word, max(len(name), len(word)) + 1) for name, word in named]
        return wide if sum(cells for *_, cells in wide) <= self.size.width + 1 else _squeezed(wide, self.size.width)

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
        for name, word, cells in self._cells():
            names.append((f"{name:<{cells}}", f"bold {_COLOURS.get(name[2:], _FAILED)}"))
            below.append((f"{word:<{cells}}", "$foreground-muted"))
        return Content.assemble(*names, *below)

    def on_click(self, event: events.Click) -> None:
        """Say which button was clicked."""
        if self._offer is not None:
            self.post_message(self.Pressed(None))
            return
        at = event.x - self.styles.padding.left - self._margin
        for button, (*_, cells) in zip(self._words, self._cells(), strict=True):
            if 0 <= at < cells:
                self.post_message(self.Pressed(button))
            at -= cells


def _shorter(word: str) -> str:
    for long, brief in _SHORTER:
        word = word.replace(long, brief)
    return word


def _squeezed(wide: list[tuple[str, str, int]], width: int) -> list[tuple[str, str, int]]:
    """Cut in a terminal that is too narrow for all: the digits stay."""
    cells = max(2, width // len(wide))
    return [(name[: cells - 1], word[: cells - 1], cells) for name, word, _ in wide]

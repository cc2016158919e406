"""Bare programs that nothing built on these libraries can beat, for the benchmarks to be measured against."""

from __future__ import annotations

import sys
from typing import ClassVar


def bare_screen() -> None:
    """A Textual app of one label and one key, `x`, which changes the label."""
    from textual.app import App, ComposeResult
    from textual.binding import Binding
    from textual.widgets import Static

    class Bare(App[None]):
        BINDINGS: ClassVar = [Binding("x", "change", show=False)]
        pressed = 0

        def compose(self) -> ComposeResult:
            yield Static("ready 0", id="label")

        def action_change(self) -> None:
            self.pressed += 1
            self.query_one("#label", Static).update(f"ready {self.pressed}")

    Bare().run()


def bare_card() -> None:
    """A Textual app that on a key repaints as many lines as a review does, with nothing behind them."""
    from textual.app import App, ComposeResult
    from textual.binding import Binding
    from textual.widgets import Static

    class Card(App[None]):
        BINDINGS: ClassVar = [Binding("x", "change", show=False)]
        CSS = "#text { height: 1fr; }"
        pressed = 0

        def compose(self) -> ComposeResult:
            yield Static(id="above")
            yield Static(id="text")
            yield Static(id="buttons")
            yield Static(id="keys")

        def on_mount(self) -> None:
            self.show()

        def action_change(self) -> None:
            self.pressed += 1
            self.show()

        def show(self) -> None:
            number = self.pressed
            self.query_one("#above", Static).update(f"A deck and its section, ready {number}")
            self.query_one("#text", Static).update("\n\n" + f"A question of two lines, number {number}. " * 3)
            self.query_one("#buttons", Static).update(f"{number} a key and what it does\n")
            self.query_one("#keys", Static).update(f"{number} keys that are possible now, five or six of them")

    Card().run()


if __name__ == "__main__":
    {"screen": bare_screen, "card": bare_card}[sys.argv[1]]()

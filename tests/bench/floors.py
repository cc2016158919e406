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


if __name__ == "__main__":
    {"screen": bare_screen}[sys.argv[1]]()

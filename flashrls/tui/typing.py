"""The field below a question whose answer is to be typed; imported only for such cards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import TextArea

from flashrls.clean import clean_line

LONGEST = 4_000
"""Characters that the field takes."""


class Typed(TextArea):
    """One line that grows to three. Enter submits, Esc leaves the field: then letters are keys again."""

    DEFAULT_CSS = """
    Typed {
        height: auto;
        min-height: 1;
        max-height: 3;
        padding: 0;
        border: none;
        background: $foreground 8%;
        scrollbar-size: 0 0;
    }
    Typed:focus { border: none; }
    Typed > .text-area--cursor { text-style: reverse; }
    Typed > .text-area--placeholder { color: $foreground-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "answer", key_display="Enter", tooltip="Compare what you typed with the answer"),
        Binding(
            "escape", "leave_field", "keys", key_display="Esc", tooltip="Leave the field: letters are keys again"
        ),
    ]

    @dataclass
    class Submitted(Message):
        """Enter was pressed.

        Attributes:
            text: what was typed, on one line; empty for nothing.
        """

        text: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        """Make an empty field."""
        super().__init__(
            compact=True, soft_wrap=True, highlight_cursor_line=False, placeholder=Content("type the answer"), id=id
        )
        self.cursor_blink = False

    @property
    def typed(self) -> str:
        """What was typed so far, on one line."""
        return clean_line(self.text)

    def begin(self) -> None:
        """Be empty, for another card, and take the keys."""
        self.clear()
        self.history.clear()
        self.focus()

    def action_submit(self) -> None:
        self.post_message(self.Submitted(self.typed))

    def action_leave_field(self) -> None:
        self.screen.set_focus(None)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" or (event.is_printable and len(self.text) >= LONGEST):
            event.stop()
            event.prevent_default()
            if event.key == "enter":
                self.action_submit()
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        """A field shows what it holds as it is, so what is pasted is cleaned and cut before."""
        event.stop()
        event.prevent_default()
        pasted = clean_line(event.text[:LONGEST])[: max(0, LONGEST - len(self.text))]
        self._replace_via_keyboard(pasted, *self.selection)

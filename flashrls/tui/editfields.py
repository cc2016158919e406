"""Fields to write in: they hold only what a terminal can be shown, whatever is typed, pasted or loaded."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit

from flashrls.clean import clean, clean_line

LONGEST_EDITED = 50_000
"""Characters; a longer text would make every key wait, and is edited in the user's editor."""


class TextField(TextArea):
    """Several lines of plain text; Tab leaves it."""

    DEFAULT_CSS = """
    TextField {
        height: 1fr;
        min-height: 1;
        padding: 0 1;
        background: $background;
        border: none;
        border-left: blank;
        &:focus { border: none; border-left: outer $accent; }
    }
    """

    def __init__(self, id: str) -> None:  # noqa: A002
        """Make an empty one."""
        super().__init__(id=id, compact=False, highlight_cursor_line=False)
        self.cursor_blink = False

    def fill(self, text: str) -> None:
        """Show a text, fit for a terminal already; one that is too long only says so and can't be changed."""
        self.read_only = len(text) > LONGEST_EDITED
        said = f"{len(text):,} characters, too many to edit here. Ctrl+O opens them in your editor."
        self.load_text(said if self.read_only else text)

    def edit(self, edit: Edit) -> Any:
        edit.text = clean(edit.text.replace("\r\n", "\n").replace("\r", "\n"))
        return super().edit(edit)


class WordsField(Input):
    """One line of words."""

    DEFAULT_CSS = """
    WordsField, WordsField.-textual-compact {
        height: 1;
        padding: 0 1;
        background: $background;
        border: none;
        border-left: blank !important;
        &:focus { border-left: outer $accent !important; background-tint: 0%; }
    }
    """

    def __init__(self, id: str) -> None:  # noqa: A002
        """Make an empty one."""
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Blanks stay as they are typed; everything else is made one line."""
        return value if value.isprintable() and clean(value) == value else clean_line(value)

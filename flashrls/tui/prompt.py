"""A question at a screen's foot: yes or no, or some words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from flashrls.clean import clean_line
from flashrls.tui.editfields import WordsField
from flashrls.tui.words import cut

_YES_NO_CELLS = 6
"""What `y/n` and the edges take; however long a question is, how to answer it is seen."""


class Prompt(Horizontal, can_focus=True):
    """One line, hidden until something is asked; it takes the keys until it is answered or left."""

    DEFAULT_CSS = """
    Prompt {
        display: none;
        height: 1;
        #question { width: auto; max-width: 75%; height: 1; padding: 0 1; color: $text-warning; }
        WordsField { width: 1fr; min-width: 12; }
        &.-asking { display: block; }
        &.-yes-no WordsField { display: none; }
        &.-yes-no #question { max-width: 100%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "yes", tooltip="Yes, do it"),
        Binding("n,q", "leave", "no", key_display="n", tooltip="No, leave it"),
        Binding("escape", "leave", "leave it", key_display="Esc", tooltip="Leave it"),
    ]

    @dataclass
    class Asking(Message):
        """It asks something."""

    @dataclass
    class Left(Message):
        """It was answered or left, and is hidden."""

    def __init__(self) -> None:
        """Make one that asks nothing yet."""
        super().__init__()
        self._then: Callable[[str], None] | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="question", markup=False)
        yield WordsField("words")

    @property
    def is_asking(self) -> bool:
        """Whether it waits for an answer."""
        return self._then is not None

    def confirm(self, question: str, then: Callable[[], None]) -> None:
        """Ask for yes or no; `then` is called for yes."""
        words = cut(question, self.screen.size.width - _YES_NO_CELLS).plain
        self._ask(f"{words} y/n", lambda _: then(), is_words=False)
        self.screen.set_focus(self)

    def ask(self, question: str, then: Callable[[str], None], *, words: str = "") -> None:
        """Ask for words; `then` is called with them.

        Args:
            question: what to write.
            then: what happens with it.
            words: what stands there at first.
        """
        self._ask(question, then, is_words=True)
        field = self.query_one(WordsField)
        field.suggester = None
        field.value = words
        field.cursor_position = len(words)
        self.screen.set_focus(field)  # `focus` would come later than keys that wait

    def know(self, words: Iterable[str]) -> None:
        """Complete what is written by one of these words when → is pressed."""
        shown = [word for word in words if clean_line(word) == word]
        self.query_one(WordsField).suggester = SuggestFromList(shown, case_sensitive=False) if shown else None

    def leave(self) -> None:
        """Ask nothing any more."""
        self._then = None
        self.remove_class("-asking")
        self.post_message(self.Left())

    def _ask(self, question: str, then: Callable[[str], None], *, is_words: bool) -> None:
        self._then = then
        self.query_one("#question", Static).update(Content(clean_line(question)))
        self.set_class(not is_words, "-yes-no")
        self.add_class("-asking")
        self.post_message(self.Asking())

    def _answer(self, words: str) -> None:
        then = self._then
        self.leave()
        if then is not None:
            then(words)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._answer(event.value)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()

    def action_yes(self) -> None:
        self._answer("")

    def action_leave(self) -> None:
        self.leave()

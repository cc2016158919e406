"""The way back to the cards that were failed in a sitting: a list, and each card with its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from flashrls.study import StudyCard
from flashrls.telling import count, short
from flashrls.tui.cardtext import CardText
from flashrls.tui.page import Page
from flashrls.tui.prose import Prose, Text
from flashrls.tui.words import place_words

Do = Callable[[str, StudyCard], None]
"""Does "edit", "why" or "passage" with a card."""

Read = Callable[[int], StudyCard]
"""Returns a card, by its reference, as it stands now."""

_QUESTION_LETTERS = 60


class HardestPage(Page):
    """The failed cards, most failures first; one is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "look", "look at it", key_display="Enter", tooltip="Show the chosen card with its answer"),
        Binding("j,down", "move(1)", "down", show=False, key_display="j ↓", tooltip="Go to the card below"),
        Binding("k,up", "move(-1)", "up", show=False, key_display="k ↑", tooltip="Go to the card above"),
    ]

    def __init__(self, failed: Sequence[tuple[int, int]], read: Read, do: Do) -> None:
        """Make the list of card references, each with how often it was failed."""
        self._failed = failed
        self._read = read
        self._do_it = do
        self._at = 0
        super().__init__(*self._shown())

    def _shown(self) -> tuple[Content, Prose, Content]:
        rows = [self._row(at, *failed) for at, failed in enumerate(self._failed)]
        cards = Content.styled(count(len(rows), "card"), "not bold $foreground-muted")
        return Content("The hardest of this sitting"), Prose(tuple(rows), frozenset()), cards

    def _row(self, at: int, ref: int, times: int) -> Text:
        question = short(self._read(ref).face.question, _QUESTION_LETTERS)
        text = Content.styled(f"{question} ({times}×)", "bold" if at == self._at else "")
        return Text("▸ " if at == self._at else "  ", "  ", text)

    def action_move(self, rows: int) -> None:
        at = max(0, min(self._at + rows, len(self._failed) - 1))
        if at != self._at:
            self._at = at
            self.show(*self._shown())
            self.query_one(CardText).scroll_lines(max(0, at - self.size.height // 2))

    def action_look(self) -> None:
        card = self._failed[self._at][0]
        self.app.push_screen(CardPage(card, self._read, self._do_it), lambda _: self.show(*self._shown()))


class CardPage(Page):
    """One card, its answer shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "do_it('edit')", "edit", tooltip="Edit the card; its schedule stays"),
        Binding("o", "do_it('passage')", "source", tooltip="Where the source says so"),
        Binding("i", "do_it('why')", "why", tooltip="Its log, tags and anchors"),
    ]

    def __init__(self, card: int, read: Read, do: Do) -> None:
        """Make the page of the card of this reference."""
        self._card = card
        self._read = read
        self._do_it = do
        super().__init__(place_words(read(card)), Prose((), frozenset()))

    def on_mount(self) -> None:
        self.look_again()

    def on_screen_resume(self) -> None:
        self.look_again()

    def look_again(self) -> None:
        """Show the card as it stands now."""
        self.query_one(CardText).show(self._read(self._card).face, revealed=True)

    def action_do_it(self, what: str) -> None:
        self._do_it(what, self._read(self._card))

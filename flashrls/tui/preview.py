"""The card at the cursor of a table, as it will be asked."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from flashrls.clean import clean_line
from flashrls.study import StudyCard
from flashrls.telling import count
from flashrls.tui.cardtext import CardText
from flashrls.tui.line import Line
from flashrls.tui.prose import Prose
from flashrls.tui.words import place_words


class Preview(Vertical):
    """Where the card stands, its question, and its answer when that is asked for."""

    DEFAULT_CSS = """
    Preview {
        height: 35%;
        max-height: 20;
        border-top: solid $foreground 20%;
        #place { color: $text-muted; }
    }
    """

    def __init__(self) -> None:
        """Make one without a card."""
        super().__init__()
        self._card: StudyCard | None = None
        self._is_revealed = False

    def compose(self) -> ComposeResult:
        yield Line(id="place")
        yield CardText()

    @property
    def card(self) -> StudyCard | None:
        """The card that is shown."""
        return self._card

    def show(self, card: StudyCard | None) -> None:
        """Show a card; its answer is hidden unless it is the one that was shown before."""
        is_same = card is not None and self._card is not None and card.ref == self._card.ref
        self._card = card
        self._is_revealed = self._is_revealed and is_same
        self._paint()

    def turn(self) -> None:
        """Show the answer, or hide it."""
        self._is_revealed = not self._is_revealed
        self._paint()

    def _paint(self) -> None:
        card, text, place = self._card, self.query_one(CardText), self.query_one("#place", Line)
        if card is None:
            place.show(Content())
            text.show_page(Prose((), frozenset()))
        else:
            place.show(place_words(card), Content(_facts(card)))
            text.show(card.face, revealed=self._is_revealed)


def _facts(card: StudyCard) -> str:
    """What the table may have no room for, as in "#night · 2 anchors"."""
    tags = " ".join(f"#{clean_line(tag)}" for tag in card.tags[:4])
    anchors = count(len(card.anchors), "anchor") if card.anchors else ""
    return " · ".join(part for part in (tags, anchors, "typed" if card.typed else "") if part)

"""A sentence of the document with the cards that quote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from flashrls.clean import clean_line
from flashrls.errors import FlashrlsError
from flashrls.knowledge import CardRecord
from flashrls.study import StudyCard
from flashrls.telling import count, short
from flashrls.tui.chooser import Chooser
from flashrls.tui.desk import Desk
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.marked import Marked
from flashrls.tui.prose import Text
from flashrls.tui.telling import told
from flashrls.tui.why import open_why

_WIDEST = 72
_INDENT = 2
_LONGEST = 1_200
"""Characters of a sentence that are shown; one that is longer is cut, so that its cards stay near."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as its page shows it.

    Attributes:
        place: where it is, in words, clean.
        text: its text, what cards quote of it marked.
        skipped: why the deck leaves it out; None if it doesn't.
        cards: the cards that quote it, with what their logs say.
    """

    place: str
    text: Marked
    skipped: str | None
    cards: Sequence[tuple[StudyCard, CardRecord]]


class CardChooser(Chooser):
    """The sentence, and below it its cards, one of them chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "why", key_display="Enter", tooltip="Show the log of the chosen card"),
    ]

    DEFAULT_CSS = """
    CardChooser { height: 1fr; padding: 1 0 0 1; }
    """

    def __init__(self, sentence: Sentence, day: date) -> None:
        """Make one; `day` is the study day, by which cards are due."""
        super().__init__()
        self._sentence = sentence
        self._day = day
        self._laid_out: tuple[int, list[Content], list[range]] | None = None

    def _lay_out(self) -> tuple[list[Content], list[range]]:
        cells = max(1, min(_WIDEST, self.cells - 2 * _INDENT))
        if self._laid_out is None or self._laid_out[0] != cells:
            self._laid_out = (cells, *self._lines(cells))
        return self._laid_out[1:]

    def _lines(self, cells: int) -> tuple[list[Content], list[range]]:
        lines = [*Text("", "", _cut(self._sentence.text)).lines(cells), Content()]
        if not self._sentence.cards:
            lines += Text("", "", Content.styled(_no_cards(self._sentence), "$foreground-muted")).lines(cells)
        places: list[range] = []
        for card, record in self._sentence.cards:
            question = Text("", "", Content(short(record.question, 2_000)))
            facts = Text("", "", Content.styled(_facts(card, record, self._day), "$foreground-muted"))
            shown = [*question.lines(cells), *facts.lines(cells)]
            places.append(range(len(lines), len(lines) + len(shown)))
            lines += [*shown, Content()]
        return lines[:-1] if places else lines, places

    def things(self) -> int:
        """How many cards there are."""
        return len(self._sentence.cards)

    def row_count(self) -> int:
        """How many rows there are, the sentence's included."""
        return len(self._lay_out()[0])

    def rows_of(self, at: int) -> range:
        """The rows of a card."""
        return self._lay_out()[1][at]

    def thing_on(self, row: int) -> int | None:
        """The card to which a row belongs; None above the cards and between them."""
        return next((at for at, rows in enumerate(self._lay_out()[1]) if row in rows), None)

    def draw(self, row: int, *, chosen: bool) -> Content:
        """A row, behind the pointer if it is the chosen card's first."""
        margin = " " * max(0, (self.cells - 2 * _INDENT - _WIDEST) // 2)
        begins = chosen and self.rows_of(self._at).start == row
        line = Content.assemble(margin, " " * _INDENT, "› " if begins else "  ", self._lay_out()[0][row])
        return line.stylize("bold") if begins else line


class SentencePage(Screen[str | None]):
    """Ends with "study" or "practise" where that is to be done with its cards, else with None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "end_with('study')", "study these", tooltip="Study what these cards have due and new today"),
        Binding("p", "end_with('practise')", "practise", tooltip="Ask those that aren't due, without any effect"),
        Binding("escape,q", "back", "back", key_display="Esc", tooltip="Go back to the document"),
    ]

    DEFAULT_CSS = """
    SentencePage {
        #heading { height: 2; border-bottom: solid $foreground 20%; text-style: bold; }
        #said { height: auto; min-height: 1; max-height: 3; padding: 0 3; color: $text-warning; }
    }
    """

    def __init__(self, desk: Desk, sentence: Sentence) -> None:
        """Make the page of a sentence."""
        super().__init__()
        self._desk = desk
        self._sentence = sentence

    def compose(self) -> ComposeResult:
        right = Content.styled(count(len(self._sentence.cards), "card"), "not bold $foreground-muted")
        yield Line(Content(self._sentence.place), right, id="heading")
        yield CardChooser(self._sentence, self._desk.day)
        yield Static(id="said", markup=False)
        yield KeyLine()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There must be cards to study."""
        return action != "end_with" or bool(self._sentence.cards)

    @on(Chooser.Opened)
    async def _open(self, event: Chooser.Opened) -> None:
        card, _ = self._sentence.cards[event.at]
        try:
            await open_why(self.app, self._desk, card)
        except FlashrlsError as error:
            self.query_one("#said", Static).update(Content(f"not read: {told(error, self._desk.path)}"))

    def action_end_with(self, deed: str) -> None:
        self.dismiss(deed)

    def action_back(self) -> None:
        self.dismiss(None)


def _cut(sentence: Marked) -> Content:
    if len(sentence.text) <= _LONGEST:
        return sentence.quoted("bold $text-accent")
    marks = tuple((start, min(end, _LONGEST)) for start, end in sentence.marks if start < _LONGEST)
    return Marked(sentence.text[:_LONGEST], marks).quoted("bold $text-accent") + Content("…")


def _no_cards(sentence: Sentence) -> str:
    if sentence.skipped is not None:
        why = f": {clean_line(sentence.skipped)}" if sentence.skipped.strip() else "."
        return f"The deck leaves this sentence out on purpose{why}"
    return (
        "No card quotes this sentence. A line “> words of it” below a card in the deck file anchors the card here."
    )


def _facts(card: StudyCard, record: CardRecord, day: date) -> str:
    """The id, when it is due, and how it went, in one line."""
    passed = f"{record.passes:,} of {count(record.reviews, 'review')} passed" if record.reviews else ""
    lapses = count(record.lapses, "lapse") if record.lapses else ""
    return " · ".join(part for part in (clean_line(card.id), _state(card, day), passed, lapses) if part)


def _state(card: StudyCard, day: date) -> str:
    due_on = card.state.due_on
    if card.state.suspended:
        return "suspended"
    if due_on is None:
        return "new"
    if card.state.drill_on == day:
        return "to drill today"
    return "due today" if due_on <= day else f"due {due_on}"

"""A page on which one of all decks is chosen, each with its levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from flashrls.store.today import LEVEL
from flashrls.tui.chooser import Chooser
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.words import ALL_DECKS, cut


@dataclass(frozen=True, slots=True)
class DeckChoice:
    """A deck, or a level of deck names that stands for all below it; `deck` is None for all decks."""

    deck: str | None

    @property
    def depth(self) -> int:
        """0 for all decks and for those of the first level."""
        return self.deck.count(LEVEL) if self.deck else 0

    @property
    def level(self) -> str:
        """The last level of its name."""
        return ALL_DECKS if self.deck is None else self.deck.rpartition(LEVEL)[2]


def deck_choices(names: Sequence[str]) -> list[DeckChoice]:
    """Return all that can be chosen where decks have these names: every level above the levels below it."""
    tree: dict[str, dict[str, object]] = {}
    for name in names:
        branch = tree
        for level in name.split(LEVEL):
            branch = branch.setdefault(level, {})  # type: ignore[assignment]
    return [DeckChoice(None), *_below(tree, ())]


def _below(branch: dict[str, dict[str, object]], above: tuple[str, ...]) -> list[DeckChoice]:
    found: list[DeckChoice] = []
    for level, deeper in branch.items():
        path = (*above, level)
        found += [DeckChoice(LEVEL.join(path)), *_below(deeper, path)]  # type: ignore[arg-type]
    return found


class DeckList(Chooser):
    """The decks, a line each."""

    DEFAULT_CSS = """
    DeckList { height: 1fr; margin: 1 2 0 3; text-wrap: nowrap; text-overflow: clip; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "choose", key_display="Enter", tooltip="Choose this deck with all below it")
    ]

    def __init__(self, choices: Sequence[DeckChoice], chosen: str | None) -> None:
        """Make a list with a deck chosen at first."""
        super().__init__()
        self._choices = choices
        self._first = next((at for at, choice in enumerate(choices) if choice.deck == chosen), 0)

    def on_mount(self) -> None:
        self.call_after_refresh(self.choose, self._first)

    def things(self) -> int:
        return len(self._choices)

    def row_count(self) -> int:
        return len(self._choices)

    def rows_of(self, at: int) -> range:
        return range(at, at + 1)

    def thing_on(self, row: int) -> int | None:
        return row if 0 <= row < len(self._choices) else None

    def draw(self, row: int, *, chosen: bool) -> Content:
        choice = self._choices[row]
        indent = "  " * min(choice.depth, 10)
        line = Content.assemble("▸ " if chosen else "  ", indent, cut(choice.level, self.cells - 2 - len(indent)))
        return line.stylize("bold $text-accent") if chosen else line


class DeckPage(Screen[DeckChoice | None]):
    """Gives back what was chosen, None if it was left without a choice."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d", "back", "back", key_display="Esc", tooltip="Back, as it was")
    ]
    DEFAULT_CSS = """
    DeckPage #heading { height: 2; border-bottom: solid $foreground 20%; text-style: bold; }
    """

    def __init__(self, names: Sequence[str], chosen: str | None) -> None:
        """Make a page of the decks of these names, one of them (None for all) chosen at first."""
        super().__init__()
        self._choices = deck_choices(names)
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        yield Line(Content("Which deck?"), id="heading")
        yield DeckList(self._choices, self._chosen)
        yield KeyLine()

    @on(Chooser.Opened)
    def _opened(self, event: Chooser.Opened) -> None:
        self.dismiss(self._choices[event.at])

    def action_back(self) -> None:
        self.dismiss(None)

"""The decks on the home screen: a tree that folds, and beside each deck what it asks today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from flashrls.outlook import SearchCounts, Today
from flashrls.store.today import LEVEL
from flashrls.tui.decktree import Branch, grow, searches_of, unfolded
from flashrls.tui.keybinding import fixed
from flashrls.tui.scrolling import with_marks
from flashrls.tui.words import ALL_DECKS, cut, progress_bar

INVITATION = """\
  Three ways to begin:

  i    import a deck file, or a folder of them
  a    write cards of your own
  b    bring in the decks that come with FlashRLS

  From your shell: flashrls import FILE.md, or what
  another program writes: … | flashrls import -\
"""

_NUMBER_CELLS = 8
_BAR_CELLS = 12
_ROOM_FOR_BAR = 62
_INDENT = 2
_HEADER_ROWS = 1
_SEARCH = "/ "
"""Marks a saved search, as the key does that searches."""


class DeckTable(Widget, can_focus=True):
    """The decks; the chosen row, marked `›`, is the one that Enter studies."""

    DEFAULT_CSS = """
    DeckTable { height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study", "study", key_display="Enter", tooltip="Study the chosen deck with its sub-decks"),
        fixed("up,k", "move(-1)", "up", "↑ k", "Go to the deck above"),
        fixed("down,j", "move(1)", "down", "↓ j", "Go to the deck below"),
        fixed("pageup", "move(-10)", "page up", "PgUp", "Go ten decks up"),
        fixed("pagedown", "move(10)", "page down", "PgDn", "Go ten decks down"),
        fixed("home,g", "move(-99999)", "top", "Home g", "Go to the first deck"),
        fixed("end,G", "move(99999)", "bottom", "End G", "Go to the last deck"),
        fixed("space", "turn", "fold", "Space", "Fold or unfold the deck"),
        fixed("left", "fold(True)", "fold", "←", "Fold the deck, or go to its parent"),
        fixed("right", "fold(False)", "unfold", "→", "Unfold the deck"),
    ]

    @dataclass
    class Chosen(Message):
        """A deck is to be studied; `branch` is the row."""

        branch: Branch

    def __init__(self, *, deck: str | None = None) -> None:
        """Make an empty table; `deck` is the name of the row to choose once it is there."""
        super().__init__()
        self._wanted = deck
        self._root = Branch(None, ALL_DECKS, 0)
        self._rows: list[Branch] | None = None
        self._searches: list[Branch] = []
        self._folded: set[str] = set()
        self._at = 0
        self._top = 0

    @property
    def chosen(self) -> Branch | None:
        """The chosen row; None where there are no cards."""
        return self._rows[self._at] if self._rows else None

    def show(self, today: Today, searches: Sequence[SearchCounts] = ()) -> None:
        """Show a day's decks, and the saved searches; the chosen row and what is folded stay."""
        self._searches = searches_of(searches)
        wanted = self._wanted if self._rows is None or self.chosen is None else self.chosen.path
        self._root = grow(today)
        self._lay_out(wanted)

    def _lay_out(self, chosen: str | None) -> None:
        """Show the rows that aren't folded away; the one of the path `chosen`, or its nearest parent, is chosen."""
        self._rows = [*unfolded(self._root, self._folded), *self._searches] if self._root.cards else []
        places = {row.path: at for at, row in enumerate(self._rows)}
        while chosen is not None and chosen not in places:
            chosen = chosen.rpartition(LEVEL)[0] or None
        self._go_to(places.get(chosen, 0))

    def _go_to(self, row: int) -> None:
        """Choose a row, and scroll just so far that it can be seen."""
        self._at = row
        if room := self.size.height - _HEADER_ROWS:
            self._top = min(max(self._top, row - room + 1), row)
        self.refresh()
        self.screen.refresh_bindings()

    def render(self) -> Content:
        """The columns' names, and the rows that fit."""
        if self._rows is None:
            return Content()
        if not self._rows:
            return Content(INVITATION)
        cells, room = self.size.width, max(1, self.size.height - _HEADER_ROWS)
        last_top = max(0, len(self._rows) - room)
        self._top = min(self._top, last_top)
        visible = enumerate(self._rows[self._top : self._top + room], self._top)
        rows = [self._render_row(at, row, cells - 2) for at, row in visible]
        header = _line(Content(), self._columns({"due": "due", "new": "new", "drill": "drill"}), "", cells - 2)
        return Content("\n").join([header, *with_marks(rows, top=self._top, last_top=last_top, cells=cells)])

    def _render_row(self, at: int, row: Branch, cells: int) -> Content:
        lead = "› " if at == self._at else "  "
        if row is not self._root:
            fold = _SEARCH if row.search else "  " if not row.below else "▸ " if row.path in self._folded else "▾ "
            lead += " " * (_INDENT * row.depth) + fold
        columns = self._columns({"due": row.due, "new": row.new, "drill": row.drill})
        name = cut(row.level, _name_cells(len(columns), cells) - len(lead) - 1)
        bar = progress_bar(row.seen, row.cards) if row is not self._root and not row.search else ""
        if row.fault:
            name = Content.assemble(name, ("  can't be asked", "$text-warning")).truncate(cells, ellipsis=True)
        line = _line(Content(lead) + name, columns, bar, cells)
        return line.stylize("bold on $foreground 10%") if at == self._at else line

    def _columns(self, numbers: dict[str, int] | dict[str, str]) -> list[Content]:
        """The numbers worth a column: the drill has one only while there is any."""
        shown = ("due", "new", "drill") if self._root.drill else ("due", "new")
        return [_number(name, numbers[name]) for name in shown]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Folding is only offered where there is something below."""
        row = self.chosen
        if action == "turn":
            return row is not None and row is not self._root and bool(row.below)
        return row is not None

    def action_study(self) -> None:
        if row := self.chosen:
            self.post_message(self.Chosen(row))

    def action_move(self, rows: int) -> None:
        self._go_to(max(0, min(self._at + rows, len(self._rows or ()) - 1)))

    def action_turn(self) -> None:
        if (row := self.chosen) and row.path is not None and row.below:
            self._folded ^= {row.path}
            self._lay_out(row.path)

    def action_fold(self, fold: bool) -> None:
        row = self.chosen
        if row is None or row.path is None:
            return
        if row.below and (row.path in self._folded) != fold:
            self.action_turn()
        elif fold:
            self._lay_out(row.path.rpartition(LEVEL)[0] or None)

    def on_click(self, event: events.Click) -> None:
        """A click on a deck studies it; a click on its mark folds it."""
        clicked = event.get_content_offset(self)
        at = self._top + clicked.y - _HEADER_ROWS if clicked else -1
        if clicked is None or clicked.y < _HEADER_ROWS or not self._rows or at >= len(self._rows):
            return
        self._go_to(at)
        row = self._rows[at]
        if row is not self._root and row.below and clicked.x < _INDENT * (row.depth + 2):
            self.action_turn()
        else:
            self.action_study()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_move(-1)


def _name_cells(columns: int, cells: int) -> int:
    return max(0, cells - _NUMBER_CELLS * columns - (_BAR_CELLS if cells >= _ROOM_FOR_BAR else 0))


def _line(name: Content, columns: list[Content], bar: str, cells: int) -> Content:
    name = name.pad_right(max(0, _name_cells(len(columns), cells) - name.cell_length))
    progress = f"   {bar:<{_BAR_CELLS - 3}}" if cells >= _ROOM_FOR_BAR else ""
    return Content.assemble(name, *columns, (progress, "$foreground-muted"))


def _number(column: str, value: int | str) -> Content:
    if isinstance(value, str):
        return Content.styled(f"{value:>{_NUMBER_CELLS}}", "$foreground-muted")
    if not value:
        return Content.styled(f"{'–':>{_NUMBER_CELLS}}", "$foreground-disabled")
    return Content.styled(f"{value:>{_NUMBER_CELLS},}", "$text-accent" if column == "due" else "")

"""The card: its question, and from the reveal on its answer below, as one text that doesn't move."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from flashrls.cards import Face
from flashrls.tui.cardlines import CardLines
from flashrls.tui.prose import Prose
from flashrls.tui.scrolling import with_marks
from flashrls.tui.words import side_by_side
from flashrls.typed import Comparison

_WIDEST = 72
_WHEEL_LINES = 3


class CardText(Widget):
    """The only large thing on the screen, at most 72 cells wide.

    It has all the room there is and scrolls by itself, so that a card or its reveal is one repaint
    and never a new layout.
    """

    DEFAULT_CSS = """
    CardText {
        text-wrap: nowrap;
        text-overflow: clip;
        height: 1fr;
        padding: 0 1 0 2;
    }
    """

    def __init__(self) -> None:
        """Make an empty card."""
        super().__init__()
        self._face: Face | None = None
        self._page: Prose | None = None
        self._revealed = False
        self._top = 0
        self._typed: Comparison | None = None
        self._laid_out: CardLines | None = None
        self._expected: tuple[Face, CardLines] | None = None
        self._painted: list[Content] = []
        self._hint = Content()

    def show(
        self,
        face: Face,
        *,
        revealed: bool,
        hint: Content = Content(),  # noqa: B008
        typed: Comparison | None = None,
    ) -> None:
        """Show a question, with its answer if it is revealed; a new card is shown from its beginning.

        Args:
            face: the card.
            revealed: show its answer, too.
            hint: stands at the right of the last line, if the text leaves that free.
            typed: what was typed and what is right, to stand above the answer.
        """
        self._hint = hint
        if face is not self._face or not revealed:
            self._top = 0
        if face is not self._face or self._page is not None:
            self._laid_out = None
        self._face, self._page, self._revealed, self._typed = face, None, revealed, typed
        if self._laid_out is not None:
            self._laid_out.reveal(revealed, typed)
        if revealed:
            self._answer_into_view()
        self._repaint()

    def expect(self, face: Face) -> None:
        """Lay out the question that probably comes next, while there is time: a grade is waited for."""
        self._expected = (face, CardLines(self._cells, face))

    def show_page(self, page: Prose) -> None:
        """Show a text of our own in place of a card."""
        self._page, self._top, self._laid_out, self._hint = page, 0, None, Content()
        self._repaint()

    def scroll_lines(self, lines: int) -> None:
        """Scroll down, or up for a negative number, as far as there is text."""
        self._go_to(self._top + lines)

    def _repaint(self) -> None:
        """Paint the lines that changed, no others: a terminal takes its time for each."""
        before, now = self._painted, self._render_rows()
        rows = range(max(len(before), len(now)))
        nothing = Content()
        changed = [
            row
            for row in rows
            if not (before[row] if row < len(before) else nothing).is_same(now[row] if row < len(now) else nothing)
        ]
        if changed:
            self.refresh(*(Region(0, first, self.size.width, last - first) for first, last in _runs(changed)))

    def render(self) -> Content:
        """The lines that fit."""
        self._painted = self._render_rows()
        return Content("\n").join(self._painted)

    def _render_rows(self) -> list[Content]:
        """All rows, the text centred as a block; at the right how far it was scrolled, if it doesn't fit."""
        margin = " " * max(0, (self._width - _WIDEST) // 2)
        above = self._above
        self._reach(self._top)
        self._top = min(self._top, self._last_top)
        shown = self._lay_out().lines[self._top : self._top + self._rows]
        shown = with_marks(shown, top=self._top, last_top=self._last_top, cells=self._width - len(margin))
        rows = [*[Content()] * above, *(Content(margin) + line for line in shown)]
        free = self.size.height - len(rows)
        if free > 1 and self._hint:
            cells = len(margin) + min(_WIDEST, self._width - 2)
            rows += [
                *[Content()] * (free - 1),
                side_by_side(Content(), self._hint, cells).stylize("$foreground-muted"),
            ]
        return rows

    @property
    def _width(self) -> int:
        """Cells in a line; two are kept for the mark of scrolling, so that nothing is wrapped anew for it."""
        return max(1, self.size.width - 1)

    @property
    def _above(self) -> int:
        """Empty lines above the text: more on a high screen, where the eye looks."""
        height = self.size.height
        return 0 if height < 8 else 1 if height < 15 else 2 if height < 30 else height // 6

    @property
    def _rows(self) -> int:
        return max(1, self.size.height - self._above)

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lay_out().lines) - self._rows)

    def _go_to(self, top: int) -> None:
        self._reach(top)
        top = max(0, min(top, self._last_top))
        if top != self._top:
            self._top = top
            self._repaint()

    def _answer_into_view(self) -> None:
        """The question stays where it is, unless it is so long that its answer would begin below the screen."""
        answer_row = self._lay_out().answer_row
        if answer_row + 1 >= self._top + self._rows:
            self._top = min(answer_row, self._last_top)

    @property
    def _cells(self) -> int:
        """How wide the text is laid out."""
        return max(1, min(_WIDEST, self._width - 2))

    def _lay_out(self) -> CardLines:
        """The card's lines at the present width."""
        width = self._cells
        if self._laid_out is None or self._laid_out.width != width:
            shown = self._page or self._face
            expected, self._expected = self._expected, None
            is_there = expected is not None and expected[0] is shown and expected[1].width == width
            self._laid_out = expected[1] if expected is not None and is_there else CardLines(width, shown)
            self._laid_out.reveal(self._revealed, self._typed)
        return self._laid_out

    def _reach(self, top: int) -> None:
        """Lay out more of a text that is too long for once, until the rows from `top` on are there."""
        text = self._lay_out()
        while top + self._rows > len(text.lines) and text.lay_out_more():
            pass

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(_WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-_WHEEL_LINES)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    """Rising numbers as stretches, start inclusive, end exclusive."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row:
            runs[-1] = (runs[-1][0], row + 1)
        else:
            runs.append((row, row + 1))
    return runs

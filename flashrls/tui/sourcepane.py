"""The document on the source screen: marks at its margin, its words coloured, one sentence chosen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from flashrls.knowledge import SourceView
from flashrls.tui.chooser import Chooser
from flashrls.tui.lens import MUTED, Lens, Look, look_at_section, look_at_sentence, section_words
from flashrls.tui.prose import Prose
from flashrls.tui.sourcelayout import Row, SourceLayout, SourceText

_WIDEST = 72
_POINTER, _MARK = 2, 2
_ROOM_FOR_LABELS = 44
_CHOSEN = "on $foreground 10%"


class SourcePane(Chooser):
    """A whole document; however long it is, only the rows in sight are drawn."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "cards", key_display="Enter", tooltip="Show the cards of the chosen sentence"),
    ]

    DEFAULT_CSS = """
    SourcePane { height: 1fr; padding: 0 0 0 1; }
    """

    def __init__(self, *, ascii_only: bool = False) -> None:
        """Make an empty one; `ascii_only` for terminals that have no other characters."""
        super().__init__()
        self._ascii_only = ascii_only
        self._lens = Lens.COVERAGE
        self._text: SourceText | None = None
        self._laid_out: SourceLayout | None = None
        self._words: Prose | None = None

    def show(self, view: SourceView, lens: Lens, *, at: int | None = None) -> None:
        """Show a document; `at` is the sentence to choose, None for the one that is chosen."""
        if self._text is None or self._text.view is not view:
            self._text, self._laid_out = SourceText(view), None
        self._lens, self._words = lens, None
        self.choose(self._at if at is None else at)

    def say(self, words: Prose) -> None:
        """Show a text of our own in the document's place."""
        self._text, self._words = None, words
        self.refresh()

    def render(self) -> Content:
        """The rows in sight, or what is said in their place."""
        if self._text is None:
            lines = self._words.lines(min(_WIDEST, self.cells - 2)) if self._words else []
            margin = Content(" " * (self._margin + 2))
            return Content("\n").join([Content(), *(margin + line for line in lines)])
        return super().render()

    @property
    def _gutter(self) -> int:
        """Cells before the text: the pointer, the mark, and the sentence's number where there is room."""
        labels = self._text.label_cells + 2 if self._text and self.size.width >= _ROOM_FOR_LABELS else 0
        return _POINTER + _MARK + labels

    @property
    def _margin(self) -> int:
        return max(0, (self.cells - self._gutter - _WIDEST) // 2)

    def _lay_out(self) -> SourceLayout | None:
        """The rows at the present width; None without a document."""
        cells = max(1, min(_WIDEST, self.cells - self._gutter))
        if self._text and (self._laid_out is None or self._laid_out.cells != cells):
            self._laid_out = SourceLayout(self._text, cells)
        return self._laid_out if self._text else None

    def things(self) -> int:
        """How many sentences there are."""
        return len(self._text.sentences) if self._text else 0

    def row_count(self) -> int:
        """How many rows they take."""
        layout = self._lay_out()
        return len(layout.rows) if layout else 0

    def rows_of(self, at: int) -> range:
        """The rows of a sentence."""
        layout = self._lay_out()
        return layout.of_sentence[at] if layout else range(0)

    def thing_on(self, row: int) -> int | None:
        """The sentence to which a row belongs; None for headings and empty rows."""
        layout = self._lay_out()
        return layout.rows[row].sentence if layout and row < len(layout.rows) else None

    def draw(self, row: int, *, chosen: bool) -> Content:
        """A row with its gutter."""
        layout = self._lay_out()
        shown = layout.rows[row] if layout else Row()
        line = Content()
        if layout and shown.sentence is not None:
            begins = layout.of_sentence[shown.sentence].start == row
            line = self._draw_sentence(layout.text, shown, shown.sentence, begins=begins, chosen=chosen)
        elif layout and shown.section is not None:
            line = self._draw_heading(layout.text, shown, shown.section)
        return Content(" " * self._margin) + line

    def _draw_sentence(self, text: SourceText, row: Row, at: int, *, begins: bool, chosen: bool) -> Content:
        look = look_at_sentence(text.view, at, self._lens, ascii_only=self._ascii_only)
        label = text.view.label(at) if begins else ""
        line = self._draw_gutter(look if begins else None, label, chosen=chosen) + _coloured(text, at, row, look)
        if chosen:
            line = line.pad_right(max(0, self.cells - 2 * self._margin - line.cell_length)).stylize(_CHOSEN)
        return line

    def _draw_heading(self, text: SourceText, row: Row, at: int) -> Content:
        if not row.end:
            words = section_words(text.view, at, self._lens).truncate(self.cells - self._gutter, ellipsis=True)
            return self._draw_gutter(None, "") + words
        look = look_at_section(text.view, at, self._lens, ascii_only=self._ascii_only)
        gutter = self._draw_gutter(None, "") if row.start else self._draw_gutter(look, str(at + 1))
        return gutter + Content.styled(text.titles[at][row.start : row.end], look.text)

    def _draw_gutter(self, look: Look | None, label: str, *, chosen: bool = False) -> Content:
        pointer = "› " if chosen and look else "  "
        sign = (f"{look.mark} ", look.style) if look else "  "
        room = self._gutter - _POINTER - _MARK
        return Content.assemble(pointer, sign, (f"{label:<{room}}"[:room], MUTED))


def _coloured(text: SourceText, at: int, row: Row, look: Look) -> Content:
    """A stretch of a sentence, each word as the look has it."""
    sentence = text.sentences[at]
    if look.untouched == look.text:
        return Content.styled(sentence.text[row.start : row.end], look.text)
    parts: list[tuple[str, str]] = []
    done = row.start
    for start, end in sentence.marks:
        start, end = max(start, done), min(end, row.end)
        if start < end:
            parts += [(sentence.text[done:start], look.text), (sentence.text[start:end], look.untouched)]
            done = end
    return Content.assemble(*parts, (sentence.text[done : row.end], look.text))

"""A document broken into rows: each sentence begins on a line of its own, under the heading of its section."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flashrls.clean import clean_line
from flashrls.knowledge import SourceView
from flashrls.tui.breaking import line_breaks
from flashrls.tui.marked import Marked, marked

UNTITLED = "(before the first heading)"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of text: the stretch `start` to `end` of a sentence, or of a heading; an empty one separates.

    Attributes:
        sentence: the index of the sentence; None in a heading.
        section: the index of the section; None in a sentence. Both are None in an empty row.
        start, end: offsets in the clean text; of the row below a heading, which says how it stands, both 0.
    """

    sentence: int | None = None
    section: int | None = None
    start: int = 0
    end: int = 0


class SourceText:
    """A document's sentences and headings, clean, whatever the width."""

    def __init__(self, view: SourceView) -> None:
        """Clean all texts of `view`."""
        self.view = view
        self.titles = [clean_line(section.title) or UNTITLED for section in view.finder.outline.sections]
        text = view.finder.document.text
        self.sentences: list[Marked] = [
            marked(text, cover.sentence.start, cover.sentence.end, cover.untouched)
            for cover in view.coverage.sentences
        ]

    @cached_property
    def label_cells(self) -> int:
        """How wide the widest number of a sentence is."""
        sections = self.view.coverage.sections
        return max((len(f"{at + 1}.{len(cover.sentences)}") for at, cover in enumerate(sections)), default=0)

    def begins_paragraph(self, sentence: int) -> bool:
        """Whether a blank line stands before a sentence in the document."""
        covers = self.view.coverage.sentences
        before = self.view.finder.document.text[covers[sentence - 1].sentence.end : covers[sentence].sentence.start]
        return before.count("\n") > 1


class SourceLayout:
    """The rows of a document whose lines are `cells` wide."""

    def __init__(self, text: SourceText, cells: int) -> None:
        """Break the text, which takes time in proportion to its length."""
        self.text = text
        self.cells = cells
        self.rows: list[Row] = []
        self.of_sentence: list[range] = []
        for at, cover in enumerate(text.view.coverage.sections):
            self._add_heading(text, at)
            for sentence in cover.sentences:
                if sentence > cover.sentences.start and text.begins_paragraph(sentence):
                    self.rows.append(Row())
                self._add_sentence(text, sentence)

    def _add_heading(self, text: SourceText, at: int) -> None:
        if self.rows:
            self.rows.append(Row())
        breaks = line_breaks(text.titles[at], self.cells)
        self.rows += [Row(section=at, start=start, end=end) for start, end in breaks]
        self.rows += [Row(section=at), Row()]

    def _add_sentence(self, text: SourceText, at: int) -> None:
        first = len(self.rows)
        breaks = line_breaks(text.sentences[at].text, self.cells)
        self.rows += [Row(sentence=at, start=start, end=end) for start, end in breaks]
        self.of_sentence.append(range(first, len(self.rows)))

"""Ways through a document, as values: surroundings of a quote, rows of a text, the deck that several share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flashrls.anchors.find import Finder, Place
from flashrls.clean import clean_line
from flashrls.knowledge import SourceView
from flashrls.tui.passage import AFTER, BEFORE, passage
from flashrls.tui.sourcelayout import SourceLayout, SourceText
from flashrls.tui.sources import common_level
from tests.tui.sources import ARTICLE, document

pieces = st.sampled_from(
    ["\n# Sleep\n\n", "It is deep. ", "\n\n", "\n", "鉄 ", "Many words follow. " * 40, "\x1b[2J ", "x"]
)
texts = st.lists(pieces, min_size=1, max_size=12).map("".join)


@given(texts, st.data())
def test_what_is_quoted_stands_in_its_passage(text: str, data: st.DataObject) -> None:
    """Whatever the text: the quoted words are there, marked, and the surroundings are not endless."""
    told = document(text)
    words = [at for at, letter in enumerate(told.text) if letter.isalnum()]
    if not words:
        return
    start = data.draw(st.sampled_from(words))
    end = data.draw(st.sampled_from([at for at in words if start <= at < start + 60])) + 1
    shown = passage(Finder(told), Place(start, end, ((start, end),)), [(start, end)])
    quoted = [paragraph.text[first:last] for paragraph in shown.paragraphs for first, last in paragraph.marks]
    assert "".join("".join(quoted).split()) == "".join(clean_line(told.text[start:end]).split())
    assert shown.paragraphs[shown.main].marks
    assert sum(len(paragraph.text) for paragraph in shown.paragraphs) <= BEFORE + AFTER + (end - start) + 2


@given(texts, st.integers(1, 80))
def test_rows_hold_every_word_once(text: str, cells: int) -> None:
    """All sentences in their order, nothing but spaces lost."""
    view = SourceView(Finder(document(text)), ("D",), (), ())
    source = SourceText(view)
    layout = SourceLayout(source, cells)
    rows = [row for row in layout.rows if row.sentence is not None]
    shown = "".join(source.sentences[row.sentence or 0].text[row.start : row.end] for row in rows)
    assert shown.replace(" ", "") == "".join(sentence.text for sentence in source.sentences).replace(" ", "")
    assert [layout.rows[at].sentence for rows in layout.of_sentence for at in rows] == [
        row.sentence for row in rows
    ]


def test_headings_and_paragraphs_are_parted() -> None:
    """A blank row before a heading, behind it, and where the document begins a paragraph."""
    layout = SourceLayout(SourceText(SourceView(Finder(document(ARTICLE)), ("D",), (), ())), 80)
    kinds = ["h" if row.section is not None else " " if row.sentence is None else "s" for row in layout.rows]
    assert "".join(kinds) == "hh ss ss hh ss"


def test_the_level_that_decks_share() -> None:
    """By levels, not by letters."""
    assert common_level(["A::B::C", "A::B::D"]) == "A::B"
    assert common_level(["A::B", "A::B::D"]) == "A::B"
    assert common_level(["A::Bc", "A::Bd"]) == "A"
    assert common_level(["A", "B"]) is None
    assert common_level([]) is None

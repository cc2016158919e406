"""An outline answers for stretches and sections as a look at every sentence would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from flashrls.documents.text import Outline, Section, Sentence


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    lengths = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6), st.booleans()), max_size=12))
    sentences: list[Sentence] = []
    at = section = 0
    for gap, length, is_new in lengths:
        section += is_new
        sentences.append(Sentence(at + gap, at + gap + length, section))
        at += gap + length
    sections = tuple(Section("", "", 1, 0, 0) for _ in range(section + 1))
    return Outline(sections, tuple(sentences))


@given(outlines(), st.integers(0, 60), st.integers(0, 60))
def test_the_sentences_touched_are_those_that_share_a_character(outline: Outline, start: int, end: int) -> None:
    stretch = set(range(start, end))
    shared = [at for at, s in enumerate(outline.sentences) if stretch & set(range(s.start, s.end))]
    assert list(outline.touching(start, end)) == shared


@given(outlines(), st.integers(0, 14))
def test_a_section_s_sentences_are_all_that_name_it(outline: Outline, section: int) -> None:
    named = [at for at, sentence in enumerate(outline.sentences) if sentence.section == section]
    assert list(outline.of_section(section)) == named


def test_a_stretch_without_a_character_touches_nothing() -> None:
    outline = Outline((Section("", "", 0, 0, 5),), (Sentence(0, 5, 0),))
    assert list(outline.touching(2, 2)) == []
    assert list(outline.touching(4, 2)) == []
    assert list(outline.touching(4, 9)) == [0]

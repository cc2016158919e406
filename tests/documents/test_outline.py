"""Sections by headings, sentences by paragraphs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.documents.outline import outline
from flashrls.documents.text import Document, Heading
from tests.documents.looking import sentences, sentences_of

WORDS = st.sampled_from(
    ["a", "Word", "é", "漢字", "😀", "[1]", "¹", "\xa0", "\u2009", "\t", "|", '"', "(", ")", "“", "”"]
)
ENDS = st.sampled_from(
    [" ", "\n", "\n\n", " \n ", ". ", "? ", "!", "… ", "....", "。", "Fig. ", "e.g. ", "- ", "1. ", "• "]
)
TEXTS = st.one_of(st.lists(WORDS | ENDS, max_size=60).map("".join), st.text(max_size=80))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Texts any of whose lines are headings."""
    text = draw(TEXTS)
    headings: list[Heading] = []
    offset = 0
    for line in text.split("\n"):
        if line.strip() and draw(st.integers(0, 3)) == 0:
            start = offset + len(line) - len(line.lstrip())
            headings.append(Heading(start, start + len(line.strip()), draw(st.integers(1, 4))))
        offset += len(line) + 1
    return Document("t", "t.txt", "", text, tuple(headings))


@given(documents())
def test_sentences_are_in_order_apart_and_inside_their_sections(document: Document) -> None:
    found = outline(document)
    end = 0
    for sentence in found.sentences:
        section = found.sections[sentence.section]
        assert end <= sentence.start < sentence.end
        assert section.start <= sentence.start
        assert sentence.end <= section.end
        end = sentence.end


@given(documents())
def test_sentences_begin_and_end_with_what_is_no_space(document: Document) -> None:
    assert all(words == words.strip() for words in sentences(document))


@given(documents())
def test_sentences_and_headings_hold_everything_but_spaces(document: Document) -> None:
    held = {at for heading in document.headings for at in range(heading.start, heading.end)}
    for sentence in outline(document).sentences:
        stretch = set(range(sentence.start, sentence.end))
        assert not stretch & held
        held |= stretch
    assert all(char.isspace() for at, char in enumerate(document.text) if at not in held)


@given(documents())
def test_no_sentence_spans_a_blank_line(document: Document) -> None:
    for words in sentences(document):
        assert all(line.strip() for line in words.split("\n"))


@given(documents())
def test_sections_follow_one_another_without_a_gap(document: Document) -> None:
    found = outline(document).sections
    assert all(section.end == after.start for section, after in pairwise(found))
    assert not found or found[-1].end == len(document.text)
    assert not document.text[: found[0].start if found else len(document.text)].strip()


@given(documents())
def test_the_same_document_gives_the_same_outline(document: Document) -> None:
    assert outline(document) == outline(document)


def test_a_section_s_path_names_the_headings_it_lies_under() -> None:
    text = "T\n\nA\n\nB\n\nx.\n\nC\n\nD\n"
    levels = [("T", 1), ("A", 2), ("B", 4), ("C", 3), ("D", 2)]
    headings = tuple(Heading(text.index(words), text.index(words) + 1, level) for words, level in levels)
    found = outline(Document("T", "t.txt", "", text, headings))
    assert [section.path for section in found.sections] == ["T", "T > A", "T > A > B", "T > A > C", "T > D"]
    assert [section.level for section in found.sections] == [1, 2, 4, 3, 2]
    assert [(s.start, s.end) for s in found.sections] == [(0, 3), (3, 6), (6, 13), (13, 16), (16, 18)]


def test_text_above_the_first_heading_is_a_section_without_a_title() -> None:
    found = outline(Document("", "", "", "Before. It.\n\nHead\n\nAfter.", (Heading(13, 17, 1),)))
    assert [(section.title, section.level) for section in found.sections] == [("", 0), ("Head", 1)]
    assert [sentence.section for sentence in found.sentences] == [0, 0, 1]


def test_a_section_without_text_has_no_sentences() -> None:
    found = outline(Document("", "", "", "A\n\nB\n\nText.", (Heading(0, 1, 1), Heading(3, 4, 2))))
    assert list(found.of_section(0)) == []
    assert list(found.of_section(1)) == [0]


@pytest.mark.parametrize("text", ["", " \n\n\t\n"])
def test_a_text_without_words_has_no_sections(text: str) -> None:
    found = outline(Document("", "", "", text))
    assert found.sections == ()
    assert found.sentences == ()


@pytest.mark.parametrize(
    "whole",
    [
        "Dr. Weber met Prof. Lang and Mr. Hall.",
        "See Fig. 2 and figs. 3–5, eq. 7, ch. 4 and vol. 12 of it.",
        "As Jones et al. (2019) found, it may rise.",
        "It weighs approx. 3.5 mg, i.e. hardly more than ca. 3 mg.",
        "The U.S. Government pays.",
        "It opens at 5 p.m. on weekdays.",
        "E. coli and B. subtilis were grown.",
        "Some substances (e.g. caffeine, nicotine etc.) keep us awake.",
        '"What?!" he asked.',
        "Well... maybe.",
        "Well… maybe.",
        "Install it with pip install '.[pdf]' first.",
        "1. Melatonin rises in the evening.",
        "a) Melatonin rises in the evening.",
        "Version 2.0.1 of example.org/a.html is used.",
    ],
)
def test_what_only_looks_like_an_end_ends_no_sentence(whole: str) -> None:
    assert sentences_of(f"{whole} It is so.") == [whole, "It is so."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Does it?! It does! So.", ["Does it?!", "It does!", "So."]),
        ("He said “Stop.” She left.", ["He said “Stop.”", "She left."]),
        ('He said "Stop." She left.', ['He said "Stop."', "She left."]),
        ("It ended… Then it began.", ["It ended…", "Then it began."]),
        ("It ended... Then it began.", ["It ended...", "Then it began."]),
        ("Sleep helps.[1] Dreams may.[2,3] Naps do.", ["Sleep helps.[1]", "Dreams may.[2,3]", "Naps do."]),
        ("Sleep helps.¹² Dreams may.", ["Sleep helps.¹²", "Dreams may."]),
        ("睡眠很重要。记忆也是！对吗？好。", ["睡眠很重要。", "记忆也是！", "对吗？", "好。"]),
        ("これは文です。次の文です。", ["これは文です。", "次の文です。"]),
        ("It is 😀. So it is.", ["It is 😀.", "So it is."]),
        ("One. . . Two.", ["One. . .", "Two."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


def test_the_end_of_a_line_ends_no_sentence() -> None:
    text = "Sleep has stages that follow\none another, as Fig.\n2 shows. They last\nuntil 1999\nor so."
    assert sentences_of(text) == [
        "Sleep has stages that follow\none another, as Fig.\n2 shows.",
        "They last\nuntil 1999\nor so.",
    ]


def test_items_of_a_list_are_apart_and_keep_their_own_lines_and_sentences() -> None:
    text = "There are\n- light sleep,\n  also called N1\n- deep sleep. It is N3.\n\n1. First\n2. Second\n• Last"
    assert sentences_of(text) == [
        "There are",
        "- light sleep,\n  also called N1",
        "- deep sleep.",
        "It is N3.",
        "1. First",
        "2. Second",
        "• Last",
    ]


def test_a_line_of_prose_that_begins_with_a_number_is_no_item() -> None:
    text = "It was found in the year\n1999. It was page\n12. Then no more."
    assert sentences_of(text) == ["It was found in the year\n1999.", "It was page\n12.", "Then no more."]


@pytest.mark.parametrize(
    "rows",
    [
        ["Stage\tShare", "N1. Light\t5 %", "N2\t50 %. More"],
        ["| Stage | Share |", "| N1. Light | 5 % |"],
        ["1 Sleep . . . . . . . 3", "2 Memory.............4"],
    ],
)
def test_rows_of_a_table_are_one_sentence_each(rows: list[str]) -> None:
    assert sentences_of("Above it.\n" + "\n".join(rows) + "\nBelow it.") == ["Above it.", *rows, "Below it."]


def test_a_sentence_far_into_a_long_paragraph_is_found_whole() -> None:
    sentence = "The {} studies of the sleeping brain, as in Fig. 2, found nothing new."
    long = [sentence.format(number) for number in range(1000)]
    assert sentences_of(" ".join(long)) == long


def test_a_paragraph_without_an_end_is_one_sentence_however_long() -> None:
    assert len(sentences_of("word " * 5000)) == 1

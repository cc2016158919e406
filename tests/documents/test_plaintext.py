"""Headings of plain text are known by their shape."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.documents.outline import outline
from flashrls.documents.reading import read_document
from tests.documents.looking import headings, read, sentences
from tests.documents.making import long_text

ARTICLE = os.environ.get("FLASHRLS_ARTICLE", "")
BODY = "It goes on here."


def test_the_first_line_is_the_title_and_other_short_lines_are_headings_below_it() -> None:
    document = read(f"Sleep and memory\n\n{BODY}\n\nStages of sleep\n\n{BODY}\n\nWhat is a dream?\n\n{BODY}\n")
    assert headings(document) == [(1, "Sleep and memory"), (2, "Stages of sleep"), (2, "What is a dream?")]
    assert document.title == "Sleep and memory"


def test_a_text_that_begins_with_a_paragraph_is_called_by_its_file() -> None:
    document = read(f"{BODY}\n\nStages\n\n{BODY}", "folder/on sleep.txt")
    assert headings(document) == [(2, "Stages")]
    assert document.title == "on sleep"
    assert document.file == "on sleep.txt"


@pytest.mark.parametrize(
    "line",
    [
        "This is a sentence.",
        "Among them are:",
        "one thing;",
        "for example,",
        "and so on…",
        "「睡眠」。",
        "- an item",
        "• An item",
        "* An item",
        "a) An item",
        "(1) An item",
        "2) An item",
        "> Quoted words",
        "“Quoted words”",
        '"Quoted words"',
        "(It ends here.)",
        "The words of this line are more than twelve, so that it is prose",
        "continued on the next page",
        "Stage   Share   Minutes",
        "| Stage | Share |",
        "12 345",
        "* * *",
    ],
)
def test_what_has_another_shape_is_no_heading(line: str) -> None:
    document = read(f"{BODY}\n\n{line}\n\n{BODY}")
    assert headings(document) == []


@pytest.mark.parametrize(
    "line",
    [
        "The Connection to Iron",
        "REM",
        "mRNA and sleep",
        "(Un)rest",
        "Who sleeps?",
        "5-HT",
        "睡眠と記憶",
        "CHAPTER IV.",
        "Part 2: Dreams",
    ],
)
def test_a_short_line_alone_is_a_heading(line: str) -> None:
    assert headings(read(f"{BODY}\n\n{line}\n\n{BODY}")) == [(2, line)]


def test_headings_without_text_below_them_are_sentences() -> None:
    document = read(f"Title\n\n{BODY}\n\nRelated Articles\n\nSleep and You\n\n10 Tips for Naps")
    assert headings(document) == [(1, "Title")]
    assert sentences(document) == [BODY, "Related Articles", "Sleep and You", "10 Tips for Naps"]


def test_a_lone_line_is_a_sentence() -> None:
    document = read("Hello world")
    assert headings(document) == []
    assert sentences(document) == ["Hello world"]


def test_headings_right_below_each_other_are_headings() -> None:
    document = read(f"Title\n\nPart One\n\nThe Beginning\n\n{BODY}")
    assert headings(document) == [(1, "Title"), (2, "Part One"), (2, "The Beginning")]


def test_many_short_lines_in_a_row_are_a_list() -> None:
    lines = ["Light sleep", "Deep sleep", "REM sleep", "Waking", "Dozing"]
    document = read("\n\n".join(["Title", *lines, BODY]))
    assert headings(document) == [(1, "Title")]
    assert sentences(document) == [*lines, BODY]


def test_an_enumeration_with_blank_lines_has_no_headings() -> None:
    assert headings(read(f"{BODY}\n\n1. Apples\n\n2. Pears\n\n{BODY}")) == []


def test_numbered_headings_lie_as_deep_as_their_numbers() -> None:
    document = read(
        f"1 Sleep\n\n{BODY}\n\n1.1 Stages\n\n{BODY}\n\n1.1.2. Deep sleep\n\n{BODY}\n\n2. Memory\n\n{BODY}"
    )
    assert headings(document) == [(2, "1 Sleep"), (3, "1.1 Stages"), (4, "1.1.2. Deep sleep"), (2, "2. Memory")]


def test_underlined_lines_are_headings_and_underlines_are_no_text() -> None:
    document = read(f"Sleep, and what it does:\n====\n{BODY}\n\nstages of it\n------------\n\n{BODY}\n")
    assert headings(document) == [(1, "Sleep, and what it does:"), (2, "stages of it")]
    assert sentences(document) == [BODY, BODY]
    assert document.title == "Sleep, and what it does:"


def test_lines_of_ornaments_part_paragraphs_and_are_no_text() -> None:
    document = read(f"{BODY}\nMore.\n-----\n{BODY}\n\n* * *\n\n{BODY}\n~~~~\n")
    assert headings(document) == []
    assert sentences(document) == [BODY, "More.", BODY, BODY]


def test_hard_wrapped_text_has_the_sentences_of_the_unwrapped() -> None:
    document = read(
        dedent(
            """\
            Sleep and memory

              Sleep is more than rest: while it lasts, the brain replays what the
              day has left in it, as in Fig.
              2. That may
              help. Some naps

              do, too.

            Stages

            There are four of them. Each has
            a name
            """
        )
    )
    assert headings(document) == [(1, "Sleep and memory"), (2, "Stages")]
    assert [" ".join(words.split()) for words in sentences(document)] == [
        "Sleep is more than rest: while it lasts, the brain replays what the day has left in it, as in Fig. 2.",
        "That may help.",
        "Some naps",
        "do, too.",
        "There are four of them.",
        "Each has a name",
    ]


def test_line_ends_of_all_systems_are_read_as_one() -> None:
    document = read("Title\r\n\r\nA text.\r\rAnother\rone.\u2028And a third.\x0cFourth.")
    assert document.text == "Title\n\nA text.\n\nAnother\none.\nAnd a third.\nFourth."
    assert headings(document) == [(1, "Title")]


def test_control_characters_are_dropped_and_others_stay() -> None:
    document = read("A\x1b[31m\x07 text\x7f\x9b with\ta tab\u202e and e\u0301 \ufb01.")
    assert document.text == "A[31m text with\ta tab\u202e and e\u0301 \ufb01."


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_what_is_read_holds_every_letter_in_its_order(text: str) -> None:
    document = read(f"x{text}")
    assert [char for char in document.text if char.isalnum()] == [char for char in f"x{text}" if char.isalnum()]


@given(
    st.lists(
        st.sampled_from(["Short Line", "1. Item", "A sentence.", "Two\nlines", "Under\n=====", "----", "lower"])
    )
)
def test_headings_are_whole_lines_in_order_with_text_below_the_last(blocks: list[str]) -> None:
    document = read("\n\n".join(["Start.", *blocks]))
    end = 0
    for heading in document.headings:
        assert end <= heading.start < heading.end
        assert "\n" not in document.text[heading.start : heading.end]
        assert document.text[heading.start - 1] == "\n"
        assert document.text[heading.end] == "\n"
        end = heading.end
    assert document.text[end:].strip()


def test_long_texts_are_deterministic_and_have_their_headings() -> None:
    text = long_text(5000, 1)
    assert text == long_text(5000, 1)
    assert text != long_text(5000, 2)
    assert 5000 <= len(text.split()) < 5200
    found = outline(read(text))
    assert found.sections[0].level == 1
    assert len(found.sections) > 5
    assert all(len(found.of_section(at)) for at in range(1, len(found.sections)))


@pytest.mark.skipif(
    not ARTICLE, reason="the article isn't the project's to ship; FLASHRLS_ARTICLE names no copy of it"
)
def test_the_article_has_its_five_sections_and_its_last_lines_are_sentences() -> None:
    path = Path(ARTICLE)
    document = read_document(path.read_bytes(), path.name)
    assert headings(document) == [
        (1, "The Pathophysiology of Restless Leg Syndrome"),
        (2, "The Central Role of Dopamine"),
        (2, "The Connection to Iron"),
        (2, "Genetic Predisposition"),
        (2, "Nervous System Hyperexcitability"),
    ]
    assert sentences(document)[-3:] == [
        "Hypermethylation: Impacts on Genes and Disease",
        "Cefprozil: Mechanism, Pharmacokinetics, Interactions, Resistance",
        "How Inactivated Vaccines Activate Immune Defense Mechanisms",
    ]

"""The text of PDFs."""

from __future__ import annotations

import logging

import pytest

from flashrls.documents.reading import read_document
from flashrls.documents.text import Document
from flashrls.errors import BadDocument
from tests.documents.looking import headings, sentences
from tests.documents.pdfs import pdf_of

PAGES = [
    [
        "Sleep and Memory",
        "Sleep helps memory in many ways that are only partly under-",
        "stood today. It does so at night, when nothing else is going on.",
        "It ends in the morning.",
        "Stages of Sleep",
        "There are four stages of sleep that follow one another in cycles",
        "of ninety minutes each, as was found",
    ],
    [
        "by several groups. Dreams come late in the night, in most of the",
        "people who were woken.",
    ],
]


def read(content: bytes, name: str = "sleep.pdf") -> Document:
    return read_document(content, name)


def refusal(content: bytes) -> BadDocument:
    with pytest.raises(BadDocument) as caught:
        read(content)
    return caught.value


def test_lines_become_paragraphs_and_go_on_over_the_end_of_a_page() -> None:
    assert sentences(read(pdf_of(PAGES))) == [
        "Sleep helps memory in many ways that are only partly under-\nstood today.",
        "It does so at night, when nothing else is going on.",
        "It ends in the morning.",
        "\n".join([*PAGES[0][5:], "by several groups."]),
        "Dreams come late in the night, in most of the\npeople who were woken.",
    ]


def test_headings_are_known_by_their_shape_where_there_are_no_bookmarks() -> None:
    document = read(pdf_of(PAGES))
    assert headings(document) == [(1, "Sleep and Memory"), (2, "Stages of Sleep")]
    assert document.title == "Sleep and Memory"


def test_bookmarks_are_the_headings_where_they_stand_on_their_pages() -> None:
    marks = [("It ends in the morning", 0), ("2. stages of sleep", 0), ("Sleep and Memory", 1), ("Nowhere", 1)]
    document = read(pdf_of(PAGES, bookmarks=marks))
    assert headings(document) == [(1, "It ends in the morning."), (1, "Stages of Sleep")]
    assert sentences(document)[0] == "Sleep and Memory"


def test_a_bookmark_over_two_lines_is_one_heading() -> None:
    pages = [["3.1 How Sleep Helps", "Memory at Night", "The text goes on here, as before."]]
    document = read(pdf_of(pages, bookmarks=[("How Sleep Helps Memory at Night", 0)]))
    assert headings(document) == [(1, "3.1 How Sleep Helps Memory at Night")]
    assert sentences(document) == ["The text goes on here, as before."]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("On Sleep", "On Sleep"), ("Microsoft Word - sleep", "sleep"), ("draft.docx", "sleep"), ("untitled", "sleep")],
)
def test_the_title_is_the_pdf_s_own_unless_a_program_made_it_up(title: str, expected: str) -> None:
    assert read(pdf_of([["It is only a text."]], title=title)).title == expected


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [[f"A Book {at + 7}", f"Page {at} says this.", "It says more.", f"{at + 1} of 4"] for at in range(4)]
    words = [sentence for at in range(4) for sentence in (f"Page {at} says this.", "It says more.")]
    assert sentences(read(pdf_of(pages))) == words


def test_lines_of_a_chapter_s_own_stay_at_the_head_of_its_page() -> None:
    pages = [[f"Chapter {at * at}", "The chapter says something here.", "It says more."] for at in range(1, 5)]
    text = read(pdf_of(pages)).text
    assert [f"Chapter {at * at}" in text for at in range(1, 5)] == [True] * 4


def test_short_pages_keep_lines_that_recur() -> None:
    assert sentences(read(pdf_of([["The same."]] * 4))) == ["The same."] * 4


def test_a_pdf_that_everybody_may_read_is_read() -> None:
    assert read(pdf_of(PAGES, password="")).text == read(pdf_of(PAGES)).text


def test_an_encrypted_pdf_is_refused() -> None:
    caught = refusal(pdf_of(PAGES, password="secret"))
    assert caught.message == "sleep.pdf: the PDF is encrypted: it needs a password."
    assert caught.mend == "Save a copy without the protection (print it into a PDF, or `qpdf --decrypt OLD NEW`)."


def test_pictures_of_pages_are_refused() -> None:
    caught = refusal(pdf_of([[], []]))
    assert caught.message == "sleep.pdf: the PDF holds pictures of pages, no text."
    assert caught.mend == "Recognize its text first, with an OCR program (`ocrmypdf OLD NEW`)."


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n",
        b"%PDF-1.7\n" + b"garbage " * 1000,
        b"not a pdf at all",
        pdf_of(PAGES)[:700],
        pdf_of(PAGES).replace(b"/Pages", b"/Xages"),
    ],
    ids=["only its first line", "garbage", "a text", "cut off", "no pages"],
)
def test_a_damaged_pdf_is_refused(content: bytes) -> None:
    caught = refusal(content)
    assert caught.message == "sleep.pdf: the PDF is damaged."
    assert caught.mend == "Open it in a PDF viewer and save it anew, or save its text as plain text."


def test_bytes_before_and_behind_a_pdf_do_no_harm() -> None:
    content = b"\n\n" + pdf_of(PAGES) + b"\n" * 50
    assert read(content).text == read(pdf_of(PAGES)).text


def test_a_page_that_unpacks_to_a_flood_is_refused() -> None:
    caught = refusal(pdf_of([[" " * 50_000_000]]))
    assert caught.message == "sleep.pdf: a part of it is too large to be read."


def test_a_longer_text_than_is_kept_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flashrls.documents.reading.MOST_CHARACTERS", 100)
    assert refusal(pdf_of(PAGES)).message == "sleep.pdf: its text is longer than 100 characters."


def test_reading_says_nothing_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger("pypdf").level
    refusal(pdf_of(PAGES)[:700])
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pypdf").level == before


def test_the_same_pdf_gives_the_same_document() -> None:
    content = pdf_of(PAGES, bookmarks=[("Stages of Sleep", 0)])
    assert read(content) == read(content)

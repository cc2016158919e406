"""Which kind a file is, and which files are no documents."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.documents.reading import MOST_BYTES, MOST_CHARACTERS, SUFFIXES, read_document
from flashrls.errors import BadDocument
from tests.documents.looking import headings
from tests.documents.pdfs import pdf_of

MARKDOWN = "## *Stages*\n\nThe text of it."
PAGE = "<!DOCTYPE html>\n<html><body><h3>Stages</h3><p>The text of it.</p></body></html>"


def refusal(content: bytes, name: str = "notes.txt") -> tuple[str, str]:
    with pytest.raises(BadDocument) as caught:
        read_document(content, name)
    return caught.value.message, caught.value.mend


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (MARKDOWN, "a.md", [(2, "Stages")]),
        (MARKDOWN, "a.MARKDOWN", [(2, "Stages")]),
        (MARKDOWN, "a.txt", [(1, "## *Stages*")]),
        (MARKDOWN, "a", [(1, "## *Stages*")]),
        (PAGE, "a.html", [(3, "Stages")]),
        (PAGE, "a.HTM", [(3, "Stages")]),
        (PAGE, "a.xhtml", [(3, "Stages")]),
        (PAGE, "a", [(3, "Stages")]),
        (f'<?xml version="1.0" encoding="utf-8"?>\n{PAGE}', "a.php", [(3, "Stages")]),
        (PAGE, "a.txt", []),
    ],
)
def test_the_suffix_tells_the_kind_and_else_the_content(content: str, name: str, expected: list[object]) -> None:
    assert headings(read_document(content.encode(), name)) == expected


@pytest.mark.parametrize("name", ["a.pdf", "a.PDF", "a", "a.bin", "a.txt"])
def test_a_pdf_is_known_by_its_first_bytes(name: str) -> None:
    assert read_document(pdf_of([["The text of it."]]), name).text == "The text of it."


def test_every_suffix_that_is_known_is_told() -> None:
    assert SUFFIXES == (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf")


def test_a_document_keeps_its_file_s_name_and_the_hash_of_its_bytes() -> None:
    content = "\ufeffText.\r\n".encode()
    document = read_document(content, "some/where/on sleep.txt")
    assert document.file == "on sleep.txt"
    assert document.title == "on sleep"
    assert document.text == "Text.\n"
    assert document.sha256 == hashlib.sha256(content).hexdigest()


EMPTY = ("notes.txt: the file is empty.", "Give a file with a text in it.")
OTHER = "Save its text as .txt, .md, .html or .pdf."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", EMPTY, id="nothing"),
        pytest.param(b" \n\t\r\n", EMPTY, id="white space"),
        pytest.param(b"\xef\xbb\xbf\n", EMPTY, id="a byte order mark"),
        pytest.param(
            "\u2003\u3000\n".encode(), ("notes.txt: there is no text in it.", EMPTY[1]), id="wide white space"
        ),
        pytest.param(b"\x1b\x07\n", ("notes.txt: there is no text in it.", EMPTY[1]), id="control characters"),
        pytest.param("\u200b\u200b\n".encode(), ("notes.txt: there is no text in it.", EMPTY[1]), id="no width"),
        pytest.param(b"?! ...\n", ("notes.txt: there is no text in it.", EMPTY[1]), id="signs only"),
        pytest.param(b"-----\n\n*****\n", ("notes.txt: there is no text in it.", EMPTY[1]), id="ornaments"),
        pytest.param(
            b"Text \0 text",
            ("notes.txt: there is a NUL at byte 5: this is not a text.", "Give a text file."),
            id="NUL",
        ),
        pytest.param(
            b"na\xefve",
            (
                "notes.txt: byte 2 of the file, 0xEF, is not UTF-8.",
                "Convert the file: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
            ),
            id="Latin-1",
        ),
        pytest.param(
            "Text".encode("utf-16"),
            ("notes.txt: the file is UTF-16, not UTF-8.", "Convert the file: iconv -f UTF-16 -t UTF-8 OLD > NEW"),
            id="UTF-16",
        ),
        pytest.param(
            b"PK\x03\x04rest",
            ("notes.txt: this is a Word, EPUB or zip file, which can't be read.", OTHER),
            id="zip",
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n", ("notes.txt: this is a picture, which can't be read.", OTHER), id="PNG"),
        pytest.param(b"{\\rtf1 x}", ("notes.txt: this is an RTF file, which can't be read.", OTHER), id="RTF"),
    ],
)
def test_what_is_no_text_is_refused_with_reason_and_mend(content: bytes, expected: tuple[str, str]) -> None:
    assert refusal(content) == expected


def test_a_file_or_text_that_is_too_large_is_refused() -> None:
    file = ("notes.txt: the file is larger than 20 MB.", "Cut it into smaller files, or save its text alone.")
    text = ("notes.txt: its text is longer than 5,000,000 characters.", "Cut it into smaller files.")
    assert refusal(b"a" * (MOST_BYTES + 1)) == file
    assert refusal(b"a" * MOST_BYTES) == text
    assert refusal(b"a" * (MOST_CHARACTERS + 1)) == text


def test_a_name_that_could_harm_a_terminal_is_told_harmlessly() -> None:
    assert refusal(b"", "a\x1b[2J.txt")[0] == "a␛[2J.txt: the file is empty."


@pytest.mark.parametrize(
    ("name", "module", "expected"),
    [
        ("page.html", "trafilatura", ("page.html: reading HTML needs the extra 'html'.", "html")),
        ("paper.pdf", "pypdf", ("paper.pdf: reading PDF needs the extra 'pdf'.", "pdf")),
    ],
)
def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str, expected: tuple[str, str]
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    message, extra = expected
    assert refusal(b"<p>text</p>", name) == (message, f"Install it: pip install 'flashrls[{extra}]'")


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a"]))
def test_any_bytes_are_read_or_refused_in_words(content: bytes, name: str) -> None:
    try:
        document = read_document(content, name)
    except BadDocument as caught:
        assert caught.message.startswith(f"{name}: ")
        assert caught.mend
    else:
        assert document.text.strip()


def test_plain_text_is_read_without_the_libraries_for_other_kinds() -> None:
    heavy = ["lxml", "markdown_it", "pypdf", "sentencex", "trafilatura"]
    code = (
        "import sys; from flashrls.documents.reading import read_document; read_document(b'Text.', 'a.txt'); "
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"

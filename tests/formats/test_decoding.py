"""Bytes as text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.formats.deckfile import decode
from flashrls.formats.faults import Fault


@given(st.text().filter(lambda text: "\0" not in text and not text.startswith("\ufeff")), st.booleans())
def test_utf_8_is_read_with_or_without_a_byte_order_mark(text: str, marked: bool) -> None:
    assert decode((codecs.BOM_UTF8 if marked else b"") + text.encode()) == text


@given(st.binary())
def test_any_bytes_are_text_or_a_fault(content: bytes) -> None:
    assert isinstance(decode(content), str | Fault)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(
            b"Q: a\r\nA: b\rn\xe4h\n",
            Fault(
                3,
                "Byte 12 of the file, 0xE4, is not UTF-8.",
                "Convert the file: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
            ),
            id="Latin-1",
        ),
        pytest.param(
            codecs.BOM_UTF8 + b"\xff",
            Fault(
                1,
                "Byte 3 of the file, 0xFF, is not UTF-8.",
                "Convert the file: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW",
            ),
            id="behind a byte order mark",
        ),
        pytest.param(
            "Q: ä".encode("utf-16"),
            Fault(1, "The file is UTF-16, not UTF-8.", "Convert the file: iconv -f UTF-16 -t UTF-8 OLD > NEW"),
            id="UTF-16",
        ),
        pytest.param(
            "Q: ä".encode("utf-16-le"),
            Fault(1, "The file is UTF-16LE, not UTF-8.", "Convert the file: iconv -f UTF-16LE -t UTF-8 OLD > NEW"),
            id="UTF-16LE",
        ),
        pytest.param(
            "Q: ä".encode("utf-16-be"),
            Fault(1, "The file is UTF-16BE, not UTF-8.", "Convert the file: iconv -f UTF-16BE -t UTF-8 OLD > NEW"),
            id="UTF-16BE",
        ),
        pytest.param(
            "Q: ä".encode("utf-32"),
            Fault(1, "The file is UTF-32, not UTF-8.", "Convert the file: iconv -f UTF-32 -t UTF-8 OLD > NEW"),
            id="UTF-32",
        ),
        pytest.param(
            b"Q: a\nA: \0",
            Fault(2, "There is a NUL at byte 8: this is not a text.", "Give a text file."),
            id="NUL",
        ),
    ],
)
def test_other_bytes_are_refused_with_their_place(content: bytes, fault: Fault) -> None:
    assert decode(content) == fault

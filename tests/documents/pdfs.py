"""PDFs for tests."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def pdf_of(
    pages: Sequence[Sequence[str]],
    *,
    bookmarks: Sequence[tuple[str, int]] = (),
    title: str = "",
    password: str | None = None,
    algorithm: str = "RC4-128",
) -> bytes:
    """Return a PDF whose pages hold these lines, in Latin letters.

    Args:
        pages: lines of text for each page; a page without any is blank.
        bookmarks: titles with their page, from 0.
        title: the title in its metadata.
        password: what it is encrypted with; "" lets everybody read, None doesn't encrypt.
        algorithm: of the encryption, as pypdf calls it.
    """
    writer = PdfWriter()
    for lines in pages:
        _add_page(writer, lines)
    for words, page in bookmarks:
        writer.add_outline_item(title=words, page_number=page)
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, "owner", algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _add_page(writer: PdfWriter, lines: Sequence[str]) -> None:
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    shown = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    drawing = DecodedStreamObject()
    drawing.set_data(
        "\n".join(["BT /F1 11 Tf 14 TL 50 800 Td", *(f"({line}) Tj T*" for line in shown), "ET"]).encode("cp1252")
    )
    page[NameObject("/Contents")] = writer._add_object(drawing.flate_encode())

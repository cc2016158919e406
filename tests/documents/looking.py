"""What tests look at in a document."""

from __future__ import annotations

from flashrls.documents.outline import outline
from flashrls.documents.reading import read_document
from flashrls.documents.text import Document


def read(text: str, name: str = "notes.txt") -> Document:
    return read_document(text.encode(), name)


def headings(document: Document) -> list[tuple[int, str]]:
    return [(heading.level, document.text[heading.start : heading.end]) for heading in document.headings]


def sentences(document: Document) -> list[str]:
    return [document.text[sentence.start : sentence.end] for sentence in outline(document).sentences]


def sentences_of(text: str) -> list[str]:
    return sentences(Document("", "", "", text))

"""A document's outline: its headings make sections, its paragraphs fall into sentences."""

from __future__ import annotations

from flashrls.documents.text import Document, Outline, Section, Sentence


def outline(document: Document) -> Outline:
    """Return the document's sections and sentences; the same text and headings give the same outline."""
    sections = _sections(document)
    sentences = [
        sentence for number, section in enumerate(sections) for sentence in _sentences(document, section, number)
    ]
    return Outline(tuple(sections), tuple(sentences))


def _sections(document: Document) -> list[Section]:
    text, headings = document.text, document.headings
    bounds = [*(heading.start for heading in headings), len(text)]
    sections = [Section("", "", 0, 0, bounds[0])] if text[: bounds[0]].strip() else []
    above: list[tuple[int, str]] = []
    for heading, end in zip(headings, bounds[1:], strict=True):
        title = " ".join(text[heading.start : heading.end].split())
        above = [*(pair for pair in above if pair[0] < heading.level), (heading.level, title)]
        path = " > ".join(words for _, words in above)
        sections.append(Section(title, path, heading.level, heading.start, end))
    return sections


def _sentences(document: Document, section: Section, number: int) -> list[Sentence]:
    from sentencex import get_sentence_boundaries

    heading = next((h for h in document.headings if h.start == section.start and section.level), None)
    begin = heading.end if heading else section.start
    found: list[Sentence] = []
    for bounds in get_sentence_boundaries("en", document.text[begin : section.end]):
        stretch = document.text[begin + bounds["start_index"] : begin + bounds["end_index"]]
        start = begin + bounds["start_index"] + len(stretch) - len(stretch.lstrip())
        if stretch.strip():
            found.append(Sentence(start, start + len(stretch.strip()), number))
    return found

"""Documents for tests and benches: long texts, PDFs, pages."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

_SUBJECTS = (
    "the sleeping brain", "a tired learner", "each memory", "slow oscillation", "the hippocampus", "Dr. Weber",
    "every spindle", "the night shift", "an early lesson", "the cortex", "a long nap", "the control group",
)  # fmt: skip
_VERBS = (
    "strengthens", "may weaken", "rarely changes", "follows", "depends on", "is compared with", "replays", "limits",
    "cannot replace", "predicts", "is measured by", "slowly forgets",
)  # fmt: skip
_OBJECTS = (
    "the traces of the day", "new words", "a list of 20 names", "the first half of the night", "old habits",
    "recall after 3.5 hours", "the rhythm of sleep", "what was learnt twice", "the results of Fig. 2",
    "motor skills", "attention on the next morning", "a short test",
)  # fmt: skip
_ENDINGS = (
    "in most people", "as several studies suggest", "without any effort", "(see p. 12)", "under these conditions",
    "at about 5 a.m. on weekdays", "in the U.S. and elsewhere", "for a week or longer", "when nothing disturbs it",
)  # fmt: skip
_TOPICS = ("Sleep", "Memory", "Forgetting", "Attention", "Rhythm", "Learning", "Practice", "Recall", "Dreams")


def long_text(words: int, seed: int) -> str:
    """Return a plain text of about `words` words, at least that many, always the same for the same `seed`.

    It has a title, a heading of at most five words every eight paragraphs, and paragraphs of three to
    seven sentences; hardly any two sentences are the same.
    """
    chance = random.Random(seed)
    blocks = [f"{chance.choice(_TOPICS)} and {chance.choice(_TOPICS)}: A Long Text"]
    count = len(blocks[0].split())
    while count < words:
        if len(blocks) % 9 == 1:
            blocks.append(f"{chance.choice(_TOPICS)} in Part {len(blocks) // 9 + 1}")
        else:
            blocks.append(" ".join(_sentence(chance) for _ in range(chance.randint(3, 7))))
        count += len(blocks[-1].split())
    return "\n\n".join(blocks) + "\n"


def _sentence(chance: random.Random) -> str:
    subject, verb, what, ending = (chance.choice(words) for words in (_SUBJECTS, _VERBS, _OBJECTS, _ENDINGS))
    sentence = f"{subject} {verb} {what} {ending} in {chance.randint(2, 999)} of {chance.randint(1000, 9999)} cases"
    return f"{sentence[0].upper()}{sentence[1:]}{chance.choice('....!?')}"


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

"""Ids and cloze numbers written into a deck file; not a byte of anything else changes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flashrls.cards import Deck, Kind, Note, is_made_key
from flashrls.cloze import OPEN, ClozeFault, find_clozes, reveal
from flashrls.formats.deckfile import parse_deck, read_drafts
from flashrls.formats.decoding import decode
from flashrls.formats.drafts import MARK_WIDTH, Draft, Field
from flashrls.formats.faults import Fault

MOST_LETTERS = 40

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_WORD = re.compile(r"[a-z0-9]+")
_NO_WORD = "card"
_WORDS_OF_ANSWER = 2
_GLUE = frozenset(
    _WORD.findall(
        "a about an and are as at be because been by can could did do does for from had has have how if in into is "
        "it its may might more most no not of on one or other s so some such t than that the their them then there "
        "these they this to was were what when where which while who whose why will with would you"
    )
)


@dataclass(frozen=True, slots=True)
class Written:
    """A deck file with ids: its new content, the ids that were added, and how many cloze numbers were."""

    content: bytes
    ids: tuple[str, ...]
    numbers: int


def write_ids(content: bytes) -> Written | tuple[Fault, ...]:
    """Return a deck file's content with an id for every card and a number for every cloze, or its faults.

    An id is made of telling words of the answer and the question, at most 40 letters, none that the
    file has already. The deck that the content tells stays the same but for ids and lines, and a
    second time nothing changes.
    """
    text = decode(content)
    if isinstance(text, Fault):
        return (text,)
    deck = parse_deck(text, name="deck")
    if not isinstance(deck, Deck):
        return deck
    lines = _LINES.findall(text)
    drafts = read_drafts(text)
    numbers = sum(_write_numbers(lines, draft.question) for draft in drafts if draft.is_cloze and draft.question)
    bare = [(draft, note) for draft, note in zip(drafts, deck.notes, strict=True) if note.key is None]
    made = list(_made_ids(deck.notes))
    for (draft, _), key in zip(bare, made, strict=True):
        _write_id(lines, draft, key)
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return Written(mark + "".join(lines).encode(), tuple(made), numbers)


def new_ids(notes: Iterable[Note], taken: Iterable[str] = ()) -> list[str]:
    """Return ids for those of a deck's notes that have none, in their order, none of which is `taken`."""
    return list(_made_ids(notes, taken))


def _write_id(lines: list[str], draft: Draft, key: str) -> None:
    if draft.attributes.line:
        at = draft.attributes.line - 1
        lines[at] = f"{{#{key} {lines[at][1:]}"
    elif draft.question is not None:
        at = draft.question.first
        lines[at] = f"{{#{key}}}{_line_end(lines, at)}{lines[at]}"


def _line_end(lines: Sequence[str], at: int) -> str:
    """Return how a line ends, or the one above it, if it is the last; LF for an only one."""
    for line in (lines[at], lines[at - 1] if at else ""):
        if end := line[len(line.rstrip("\r\n")) :]:
            return end
    return "\n"


def _write_numbers(lines: list[str], field: Field) -> int:
    """Write the missing cloze numbers into a cloze text's lines and return how many there were."""
    bare = [line.rstrip("\r\n") for line in lines[field.first : field.end]]
    text, begin = Field(0, len(bare)).text(bare)
    clozes = find_clozes(text)
    missing = [] if isinstance(clozes, ClozeFault) else [cloze for cloze in clozes if not cloze.is_numbered]
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
    row = len(starts) - 1
    for cloze in reversed(missing):  # from the end, so that what comes before stays where it is
        while starts[row] > cloze.start:
            row -= 1
        line = lines[field.first + begin + row]
        at = cloze.start - starts[row] + len(OPEN) + (_indent(line) if begin + row == 0 else 0)
        lines[field.first + begin + row] = f"{line[:at]}{cloze.number}::{line[at:]}"
    return len(missing)


def _indent(line: str) -> int:
    """Return where the text begins in a line that begins with a mark."""
    behind = line[MARK_WIDTH:]
    return MARK_WIDTH + len(behind) - len(behind.lstrip(" \t"))


def _made_ids(notes: Iterable[Note], others: Iterable[str] = ()) -> Iterator[str]:
    """Make ids for the notes without one, in their order."""
    notes = tuple(notes)
    taken = {note.key.casefold() for note in notes if note.key is not None} | {key.casefold() for key in others}
    told = [_telling(note) for note in notes]
    counts = Counter(word for _, question in told for word in question)
    numbers: Counter[str] = Counter()
    for note, (answer, question) in zip(notes, told, strict=True):
        if note.key is None:
            key = _free(_slug(answer, question, counts), taken, numbers)
            taken.add(key)
            yield key


def _telling(note: Note) -> tuple[list[str], list[str]]:
    """Return the words of the answer (of a cloze what it hides first) and those of the question."""
    if note.kind is Kind.CLOZE:
        found = find_clozes(note.question)
        hidden = "" if isinstance(found, ClozeFault) or not found else found[0].hidden
        return _words(hidden), _words(reveal(note.question, 0))
    return _words(note.answer), _words(note.question)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text[:2000].casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return [word for word in dict.fromkeys(_WORD.findall(letters)) if word not in _GLUE]


def _slug(answer: list[str], question: list[str], counts: Counter[str]) -> str:
    """Return the first words of the answer and the rarest of the question, joined by hyphens."""
    first = answer[:_WORDS_OF_ANSWER]
    others = (word for word in question if word not in first)
    rarest = min(others, key=lambda word: (counts[word], -len(word)), default="")
    chosen = [*first, *([rarest] if rarest else [])]
    slug = ""
    for word in chosen:
        if len(slug) + 1 + len(word) <= MOST_LETTERS:
            slug = f"{slug}-{word}" if slug else word
    return slug or (chosen[0][:MOST_LETTERS] if chosen else _NO_WORD)


def _free(slug: str, taken: set[str], numbers: Counter[str]) -> str:
    """Return the slug, with a number behind it if it is taken or looks like an id that the program makes.

    `numbers` remembers how far a slug has been counted.
    """
    key = slug
    while key in taken or is_made_key(key):
        numbers[slug] += 1
        end = f"-{numbers[slug] + 1}"
        key = slug[: MOST_LETTERS - len(end)].rstrip("-") + end
    return key

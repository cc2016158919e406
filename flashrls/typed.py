"""An answer that was typed, beside the one that is right: what is the same, what is wrong, what is missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from flashrls.clean import clean_line

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST_BY_LETTERS = 2_000
"""Letters; where either text has more, the two are compared by words."""

MOST_WORDS = 4_000
"""Words and the spaces between them; of longer texts is only told whether they are the same."""

LONGEST_COMPARED = 100_000
"""Characters; longer texts are the same only if they are so letter for letter."""

LONGEST_PARSED = 20_000
"""Characters of an answer whose Markdown is read; a longer one is compared as it was written."""

_ZWJ = "\u200d"
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LIKE_KEYS = str.maketrans(
    {**dict.fromkeys("‘’‚ʼ′", "'"), **dict.fromkeys("“”„«»″", '"'), **dict.fromkeys("‐‑‒–—−", "-"), "…": "..."}
)
_BARED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
    | {"Ø": "O", "Ł": "L", "Đ": "D", "Ħ": "H", "Ŧ": "T", "Æ": "AE", "Œ": "OE", "Ð": "D", "Þ": "TH"}
)
# Those of Latin, Greek and Cyrillic, and the points that Hebrew and Arabic are mostly written without.
# Kana keep theirs: が is another letter than か.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u064b-\u0652]")


class State(Enum):
    """What a stretch of a text is, measured by the other text."""

    SAME = "same"
    EXTRA = "extra"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one of the texts, never empty; letters keep the marks that belong to them."""

    text: str
    state: State


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts beside each other.

    Attributes:
        typed: what was typed, as runs that are the same or extra (wrong ones are extra, too).
        answer: the right answer, as runs that are the same or missing.
        is_right: nothing differs that counts. It is never a grade.
    """

    typed: tuple[Run, ...]
    answer: tuple[Run, ...]
    is_right: bool


def compare(typed: str, answer: str, *, case: bool = False, accents: bool = False) -> Comparison:
    """Compare a typed text with the answer.

    White space of any length counts as one space, at the ends as none; curly quotes and long dashes count as
    those of a keyboard; two ways to encode a letter are the same.

    Args:
        typed: what was typed.
        answer: the right answer, without Markdown.
        case: capital letters differ from small ones.
        accents: a letter with an accent differs from the bare one.
    """
    if max(len(typed), len(answer)) > LONGEST_COMPARED:
        return _told_apart(typed.strip(), answer.strip(), typed.strip() == answer.strip())
    left, right = _letters(typed), _letters(answer)
    if _counts("".join(left), case, accents) == _counts("".join(right), case, accents):
        return _told_apart("".join(left), "".join(right), True)
    if max(len(left), len(right)) > LONGEST_BY_LETTERS:
        left, right = _words(left), _words(right)
    if max(len(left), len(right)) > MOST_WORDS:
        return _told_apart("".join(left), "".join(right), False)
    return _aligned(left, right, case, accents)


def _told_apart(typed: str, answer: str, is_right: bool) -> Comparison:
    """Two texts as wholes."""
    mine, theirs = (State.SAME, State.SAME) if is_right else (State.EXTRA, State.MISSING)
    return Comparison(_runs([(typed, mine)]), _runs([(answer, theirs)]), is_right)


def _aligned(left: Sequence[str], right: Sequence[str], case: bool, accents: bool) -> Comparison:
    from rapidfuzz.distance import Levenshtein  # only a card whose answer is typed needs it

    keys = [[_counts(piece, case, accents) for piece in pieces] for pieces in (left, right)]
    mine: list[tuple[str, State]] = []
    theirs: list[tuple[str, State]] = []
    for step in Levenshtein.opcodes(*keys):
        same = step.tag == "equal"
        mine.append(("".join(left[step.src_start : step.src_end]), State.SAME if same else State.EXTRA))
        theirs.append(("".join(right[step.dest_start : step.dest_end]), State.SAME if same else State.MISSING))
    return Comparison(_runs(mine), _runs(theirs), False)


def _runs(pieces: Iterable[tuple[str, State]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for text, state in pieces:
        if text and runs and runs[-1].state is state:
            runs[-1] = Run(runs[-1].text + text, state)
        elif text:
            runs.append(Run(text, state))
    return tuple(runs)


def _counts(text: str, case: bool, accents: bool) -> str:
    """What counts of a text: two that are to be the same have the same."""
    if text.isascii():
        return text if case else text.lower()
    text = text.translate(_LIKE_KEYS)
    if not accents:
        text = text.translate(_BARED)
    if not case:
        text = unicodedata.normalize("NFD", text).casefold()
    if not accents:
        text = _ACCENTS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", text)


def _letters(text: str) -> list[str]:
    """Every letter with its marks; what is joined to one emoji is one."""
    text = " ".join(unicodedata.normalize("NFC", text).translate(_UNSEEN).split())
    if text.isascii():
        return list(text)
    letters: list[str] = []
    for character in text:
        if letters and _belongs(character, letters[-1]):
            letters[-1] += character
        else:
            letters.append(character)
    return letters


def _belongs(character: str, before: str) -> bool:
    """Whether a character is part of what stands before it."""
    if character == _ZWJ or before[-1] == _ZWJ or unicodedata.category(character)[0] == "M":
        return len(before) < 64  # marks without end are no letter
    if "\U0001f3fb" <= character <= "\U0001f3ff":  # a colour of skin
        return ord(before[0]) > 0x2600
    return len(before) == 1 and _is_flag_half(character) and _is_flag_half(before)


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _words(letters: Iterable[str]) -> list[str]:
    return re.findall(r"\S+|\s", "".join(letters))


def typed_words(comparison: Comparison) -> str:
    """Return a comparison without colours, as `[-wrong-]` and `[+missing+]`; empty if nothing was typed."""
    if not comparison.typed:
        return ""
    if comparison.is_right:
        return f"You:    {_marked(comparison.typed)} (the same)"
    return f"You:    {_marked(comparison.typed)}\nAnswer: {_marked(comparison.answer)}"


def _marked(runs: tuple[Run, ...]) -> str:
    marks = {State.SAME: ("", ""), State.EXTRA: ("[-", "-]"), State.MISSING: ("[+", "+]")}
    return "".join(run_text(run).join(marks[run.state]) for run in runs)


def run_text(run: Run, most: int = 4_000) -> str:
    """Return a run's text, cleaned and cut behind `most` characters; the spaces at its ends stay."""
    text = run.text if len(run.text) <= most else run.text[:most] + "…"
    before, after = (" " if end.isspace() else "" for end in (text[0], text[-1]))
    inner = clean_line(text)
    return f"{before}{inner}{after}" if inner else " "


def plain_answer(markdown: str) -> str:
    """Return what a learner would type for a Markdown answer: its words, each block on a line of its own."""
    if len(markdown) > LONGEST_PARSED:
        return markdown.strip()
    from markdown_it import MarkdownIt

    lines: list[str] = []
    for token in MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).parse(markdown):
        if token.type == "inline":
            lines.append(_plain(token.children or []))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.strip("\n"))
    return "\n".join(line for line in lines if line.strip())


def _plain(tokens: Iterable[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(token.type, token.content) for token in tokens)

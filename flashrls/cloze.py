"""Clozes: `{{1::hidden}}` and `{{1::hidden::hint}}` in a text, found by one linear scan."""

from __future__ import annotations

from dataclasses import dataclass, field

OPEN, CLOSE, PART = "{{", "}}", "::"
MOST_NUMBER = 999
"""Longer digits are words to hide, as in `{{1990::year}}`."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """One hidden stretch of a text.

    Attributes:
        number: the card it belongs to, from 1; stretches of one number are hidden together.
        hidden: the words that are asked for.
        hint: shown in their place while hidden; None for `[...]`.
        start: index of the opening braces in the text, inclusive.
        end: index behind the closing braces, exclusive.
        is_numbered: the number stands in the text; it makes no difference between two clozes.
    """

    number: int
    hidden: str
    hint: str | None
    start: int
    end: int
    is_numbered: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class ClozeFault:
    """Why a text's clozes can't be read: the reason, the mend, and the index where it shows."""

    reason: str
    mend: str
    at: int


def find_clozes(text: str) -> tuple[Cloze, ...] | ClozeFault:
    """Return the text's clozes in order, or the first fault.

    A cloze without a number takes the one after the highest so far, as in `{{a}} and {{b}}`.
    """
    found: list[Cloze] = []
    at = highest = 0
    while (start := text.find(OPEN, at)) >= 0:
        end = text.find(CLOSE, start + 2)
        if end < 0:
            return ClozeFault("this cloze is never closed", "Close it with '}}'.", start)
        inside = text[start + 2 : end]
        if OPEN in inside:
            return ClozeFault("a cloze inside a cloze", "Close the first with '}}' before the next begins.", start)
        parts = [part.strip() for part in inside.split(PART)]
        number = _number(parts[0]) if len(parts) > 1 else None
        is_numbered = number is not None
        if number is None:
            number = highest + 1
        else:
            del parts[0]
        if not parts[0]:
            return ClozeFault("this cloze hides nothing", "Write the hidden words: {{1::words}}.", start)
        if number < 1 or len(parts) > 2:
            return ClozeFault("this is not a cloze", "Write {{1::words}} or {{1::words::hint}}.", start)
        if number > MOST_NUMBER:
            return ClozeFault(f"a cloze number over {MOST_NUMBER}", "Split this text into several notes.", start)
        hint = (parts[1] or None) if len(parts) == 2 else None
        found.append(Cloze(number, parts[0], hint, start, end + 2, is_numbered))
        highest = max(highest, number)
        at = end + 2
    return tuple(found)


def _number(part: str) -> int | None:
    digits = part.removeprefix("c")
    return int(digits) if digits.isdecimal() and len(digits) <= 3 else None


def with_numbers(text: str, clozes: tuple[Cloze, ...]) -> str:
    """Return the text with every cloze written as `{{number::hidden}}` or with its hint."""
    return _replace(text, [(c, _written(c)) for c in clozes])


def _written(cloze: Cloze) -> str:
    # A space keeps a last ":" apart from "::" and a last "}" (LaTeX) apart from "}}".
    parts = [cloze.hidden, cloze.hint] if cloze.hint else [cloze.hidden]
    spaced = [f"{part} " if part.endswith((":", "}")) else part for part in parts]
    return OPEN + PART.join([str(cloze.number), *spaced]) + CLOSE


def ask(text: str, number: int) -> str:
    """Return the text with the clozes of `number` shown as `[...]` or `[hint]`, the others filled in."""
    return _replace(text, [(c, f"[{c.hint or '...'}]" if c.number == number else c.hidden) for c in _sound(text)])


def reveal(text: str, number: int) -> str:
    """Return the text filled in, the words of `number` in bold Markdown."""
    return _replace(text, [(c, f"**{c.hidden}**" if c.number == number else c.hidden) for c in _sound(text)])


def filled_in(text: str) -> str:
    """Return the text with all its clozes filled in."""
    return _replace(text, [(c, c.hidden) for c in _sound(text)])


def hidden_words(text: str, number: int) -> str:
    """Return the words that the clozes of `number` hide, joined by commas in the order of the text."""
    return ", ".join(c.hidden for c in _sound(text) if c.number == number)


def _sound(text: str) -> tuple[Cloze, ...]:
    found = find_clozes(text)
    return () if isinstance(found, ClozeFault) else found


def _replace(text: str, pieces: list[tuple[Cloze, str]]) -> str:
    out: list[str] = []
    at = 0
    for cloze, words in pieces:
        out += (text[at : cloze.start], words)
        at = cloze.end
    return "".join(out) + text[at:]

"""The line above a card: `{#id .reversed .tag}`."""

from __future__ import annotations

from dataclasses import dataclass

from mdit_py_plugins.attrs.parse import ParseError, parse

from flashrls.formats.faults import Fault
from flashrls.formats.names import ID_MEND, is_id, is_tag

FLAGS = frozenset({"reversed", "typed", "draft", "suspended"})


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the lines above a card say of it.

    Attributes:
        line: the first of them, from 1; 0 if there is none.
        key: the card's id; None without one.
        classes: flags and tags in their order.
    """

    line: int = 0
    key: str | None = None
    classes: tuple[str, ...] = ()


def is_attribute_line(line: str) -> bool:
    """Say whether a line that begins with `{` is an attribute line, well formed or not.

    `{#` and `{.` always begin one, so that a typo in it is told instead of becoming an answer's text.
    """
    return line[1:2] in ("#", ".") or bool(_parsed(line))


def read_attributes(text: str, line: int) -> tuple[Attributes, tuple[Fault, ...]]:
    """Return what an attribute line says, and its faults; `line` is its number, from 1."""
    found = _words(text) or _parsed(text)
    if not found:
        mend = "Write it on one line of its own, like {#id .tag}, and nothing behind it."
        return Attributes(line), (Fault(line, "This is not an attribute line.", mend),)
    keys = [value for name, value in found if name == "id"]
    classes = tuple(word for name, value in found if name == "class" for word in value.split())
    faults = [_unknown(name, line) for name, _ in found if name not in ("id", "class")]
    faults += [Fault(line, f"'{key}' is not an id.", ID_MEND) for key in keys if not is_id(key)]
    faults += [
        Fault(line, f"'{word}' is not a tag.", "A tag is one word without braces or quotes.")
        for word in classes
        if not is_tag(word)
    ]
    if len(keys) > 1:
        faults.append(two_ids(keys[0], keys[1], line))
    return Attributes(line, keys[0] if keys else None, classes), tuple(faults)


def two_ids(first: str, second: str, line: int) -> Fault:
    """Return the fault of a card that is given two ids."""
    return Fault(line, f"This card has two ids, '{first}' and '{second}'.", "Keep one of them.")


def _words(text: str) -> list[tuple[str, str]]:
    """Read a line of nothing but `#id` and `.class`, the plain case.

    The plugin's parser takes no `.` in an id, keeps the last of two ids without a word, and is slower.
    """
    inside = text.rstrip(" \t")
    if not inside.endswith("}") or '"' in inside or inside.count("{") + inside.count("}") != 2:
        return []
    words = inside[1:-1].split()
    if any(word[0] not in "#." or len(word) < 2 for word in words):
        return []
    return [("id" if word[0] == "#" else "class", word[1:]) for word in words]


def _parsed(text: str) -> list[tuple[str, str]]:
    text = text.rstrip(" \t")
    try:
        end, found = parse(text)
    except ParseError:
        return []
    return list(found.items()) if end == len(text) - 1 else []


def _unknown(name: str, line: int) -> Fault:
    return Fault(line, f"There is no attribute '{name}'.", "Allowed are an id and classes: {#id .reversed .tag}.")

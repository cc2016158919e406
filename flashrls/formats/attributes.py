"""The line above a card: `{#id .reversed .tag allow-R5="a reason"}`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mdit_py_plugins.attrs.parse import ParseError, parse

from flashrls.cards import Waiver
from flashrls.formats.faults import Fault
from flashrls.formats.names import ID_MEND, is_id, is_tag

FLAGS = frozenset({"reversed", "typed", "draft", "suspended"})
RULES = (*(f"R{number}" for number in range(1, 13)), "R15")
"""The rules of the lint that a card can be let off."""

ALLOW = "allow-"

_WORD = re.compile(r'\s*(?:([#.])([^\s{}"]+)|([\w:-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"{}]*)))(?=[\s}])')
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the lines above a card say of it.

    Attributes:
        line: the first of them, from 1; 0 if there is none.
        key: the card's id; None without one.
        classes: flags and tags in their order.
        waived: the rules it is let off, in their order.
    """

    line: int = 0
    key: str | None = None
    classes: tuple[str, ...] = ()
    waived: tuple[Waiver, ...] = ()


def is_attribute_line(line: str) -> bool:
    """Say whether a line that begins with `{` is an attribute line, well formed or not.

    `{#`, `{.` and `{allow-` always begin one, so that a typo in it is told instead of becoming an
    answer's text.
    """
    return line[1:2] in ("#", ".") or _is_allow(line[1:]) or bool(_parsed(line))


def read_attributes(text: str, line: int) -> tuple[Attributes, tuple[Fault, ...]]:
    """Return what an attribute line says, and its faults; `line` is its number, from 1."""
    found = _words(text) or _parsed(text)
    if not found:
        example = '{#id allow-R5="a reason"}' if ALLOW in text.lower() else "{#id .tag}"
        mend = f"Write it on one line of its own, like {example}, and nothing behind it."
        return Attributes(line), (Fault(line, "This is not an attribute line.", mend),)
    keys = [value for name, value in found if name == "id"]
    classes = tuple(word for name, value in found if name == "class" for word in value.split())
    waived, faults = _waivers([(name, value) for name, value in found if _is_allow(name)], line)
    others = dict.fromkeys(name for name, _ in found if name not in ("id", "class") and not _is_allow(name))
    faults += [_unknown(name, line) for name in others]
    faults += [Fault(line, f"'{key}' is not an id.", ID_MEND) for key in keys if not is_id(key)]
    faults += [
        Fault(line, f"'{word}' is not a tag.", "A tag is one word without braces or quotes.")
        for word in classes
        if not is_tag(word)
    ]
    if len(keys) > 1:
        faults.append(two_ids(keys[0], keys[1], line))
    return Attributes(line, keys[0] if keys else None, classes, waived), tuple(faults)


def two_ids(first: str, second: str, line: int) -> Fault:
    """Return the fault of a card that is given two ids."""
    return Fault(line, f"This card has two ids, '{first}' and '{second}'.", "Keep one of them.")


def waived_twice(rule: str, line: int) -> Fault:
    """Return the fault of a card that is let off the same rule twice."""
    return Fault(line, f"This card is let off {rule} twice.", "Keep one of the two reasons.")


def _is_allow(name: str) -> bool:
    return name[: len(ALLOW)].lower() == ALLOW


def _waivers(found: list[tuple[str, str]], line: int) -> tuple[tuple[Waiver, ...], list[Fault]]:
    waived: dict[str, Waiver] = {}
    faults = []
    for name, value in found:
        rule = name[len(ALLOW) :].upper()
        reason = _ESCAPED.sub(r"\1", value).strip()
        if rule not in RULES:
            mend = f'The rules are {RULES[0]} to {RULES[-2]} and {RULES[-1]}, as in {{#id allow-R5="a reason"}}.'
            faults.append(Fault(line, f"There is no rule '{name[len(ALLOW) :]}' to be let off.", mend))
        elif not reason:
            mend = f'Say why it doesn\'t hold for this card: allow-{rule}="a reason".'
            faults.append(Fault(line, f"This card is let off {rule} without a reason.", mend))
        elif rule in waived:
            faults.append(waived_twice(rule, line))
        else:
            waived[rule] = Waiver(rule, reason)
    return tuple(waived.values()), faults


def _words(text: str) -> list[tuple[str, str]]:
    """Read a line of `#id`, `.class` and `key="value"`, the plain case; empty if there is anything else.

    The plugin's parser takes no `.` in an id and no brace in a value, keeps the last of two ids without
    a word, and is slower.
    """
    inside = text.rstrip(" \t")
    words = []
    at = 1
    while word := _WORD.match(inside, at):
        mark, name, key, quoted, bare = word.groups()
        if mark:
            words.append(("id" if mark == "#" else "class", name))
        else:
            words.append((key, bare if quoted is None else quoted))
        at = word.end()
    return words if inside[at:].strip() == "}" else []


def _parsed(text: str) -> list[tuple[str, str]]:
    text = text.rstrip(" \t")
    try:
        end, found = parse(text)
    except ParseError:
        return []
    return list(found.items()) if end == len(text) - 1 else []


def _unknown(name: str, line: int) -> Fault:
    return Fault(line, f"There is no attribute '{name}'.", "Allowed are an id and classes: {#id .reversed .tag}.")

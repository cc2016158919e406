"""What a command printed, read: one JSON object a line, whatever talk stands around them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

MOST_LINE = 20_000
"""Characters of a line; a card has far fewer."""

_MOST_REPLIES = 20_000
_FIELDS = ("question", "answer", "cloze", "anchor", "section")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """A card as a command proposes it, unchecked; what it doesn't say is empty.

    Attributes:
        line: of the output, from 1.
    """

    line: int
    question: str = ""
    answer: str = ""
    cloze: str = ""
    anchor: str = ""
    section: str = ""

    @property
    def shown(self) -> str:
        """The words by which a reader recognises it."""
        return self.question or self.cloze


@dataclass(frozen=True, slots=True)
class Refusal:
    """A card that was not taken, or a line that holds none, and why.

    Attributes:
        line: of the output, from 1.
        words: its question or cloze, else the beginning of the line.
    """

    line: int
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Replies:
    """A command's output: cards, lines that look like cards and are none, and how many lines are neither."""

    cards: tuple[Reply, ...]
    refused: tuple[Refusal, ...]
    talk: int

    @property
    def objects(self) -> int:
        """How many lines hold JSON, or try to."""
        return len(self.cards) + len(self.refused)


def read_replies(output: str) -> Replies:
    """Return the cards of an output. Blank lines and code fences don't count as talk."""
    cards: list[Reply] = []
    refused: list[Refusal] = []
    talk = 0
    for number, line in enumerate(output.replace("\r\n", "\n").split("\n"), 1):
        text = line.strip()
        if text[:1] not in ("{", "["):
            talk += bool(text.strip("`~[] \t,")) and not text.startswith("```")
        elif text not in ("[", "{") and text.strip("[], "):
            for reply in _of_line(number, text):
                (cards if isinstance(reply, Reply) else refused).append(reply)  # type: ignore[arg-type]
        if len(cards) + len(refused) >= _MOST_REPLIES:
            break
    return Replies(tuple(cards), tuple(refused), talk)


def _of_line(number: int, text: str) -> Iterator[Reply | Refusal]:
    if len(text) > MOST_LINE:
        yield Refusal(number, text[:_SHOWN], f"the line is longer than {MOST_LINE:,} characters")
        return
    try:
        found = json.loads(text.rstrip(", \t"), parse_constant=_refuse, object_pairs_hook=_object)
    except _SaidTwice as twice:
        yield Refusal(number, text[:_SHOWN], f"'{twice.key}' is said twice")
        return
    except (ValueError, RecursionError):  # a number of more than 4,300 digits, NaN, depth
        yield Refusal(number, text[:_SHOWN], "this is not JSON")
        return
    for one in found if isinstance(found, list) else [found]:
        yield _reply(number, one, text)


def _reply(number: int, found: Any, text: str) -> Reply | Refusal:
    if not isinstance(found, dict):
        return Refusal(number, text[:_SHOWN], "this is not a JSON object")
    said = {field: found[field] for field in _FIELDS if found.get(field) is not None}
    wrong = next((field for field, value in said.items() if not isinstance(value, str)), None)
    if wrong:
        return Refusal(number, text[:_SHOWN], f"'{wrong}' is not a text")
    broken = next((field for field, value in said.items() if any("\ud800" <= c <= "\udfff" for c in value)), None)
    if broken:
        return Refusal(number, text[:_SHOWN], f"'{broken}' holds half a character")
    return Reply(number, **{field: " ".join(value.split()) for field, value in said.items()})


class _SaidTwice(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _SaidTwice(key)
        found[key] = value
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)

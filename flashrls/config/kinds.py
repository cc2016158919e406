"""What a setting may be: which values it takes, and how a word of the command line is read as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from flashrls.clock import zoned_clock
from flashrls.config.values import Value

_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_THEME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_LONGEST_QUERY = 1_000
_LONGEST_NAME = 60
_MOST_KEYS = 100
"""Characters in the keys of one binding."""


class Kind(Protocol):
    """The values that a setting takes."""

    @property
    def allowed(self) -> str:
        """What they are, in words."""

    def accepts(self, value: object) -> bool:
        """Say whether `value`, as a TOML file gives it, is one of them."""

    def read(self, word: str) -> object:
        """Return what a word typed by the user means; it needn't be allowed."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`, both included."""

    least: int
    most: int

    @property
    def allowed(self) -> str:
        return f"a whole number from {self.least} to {self.most}"

    def accepts(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most

    def read(self, word: str) -> object:
        return int(word) if _WHOLE.fullmatch(word) else word


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    @property
    def allowed(self) -> str:
        return "true or false"

    def accepts(self, value: object) -> bool:
        return isinstance(value, bool)

    def read(self, word: str) -> object:
        return _FLAGS.get(word.lower(), word)


class _Text:
    """What is written as it is typed."""

    __slots__ = ()

    def read(self, word: str) -> object:
        return word


@dataclass(frozen=True, slots=True)
class Choice(_Text):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def allowed(self) -> str:
        return " or ".join(f'"{word}"' for word in self.words)

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and value in self.words


@dataclass(frozen=True, slots=True)
class Zone(_Text):
    """An IANA time zone that this machine knows, or nothing."""

    @property
    def allowed(self) -> str:
        return 'the name of a time zone, such as "Europe/Berlin", or "" for the system\'s'

    def accepts(self, value: object) -> bool:
        if not isinstance(value, str):
            return False
        try:
            zoned_clock(value)
        except ValueError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Theme(_Text):
    """A word; which themes there are, the screens know."""

    @property
    def allowed(self) -> str:
        return '"dark", "light", "contrast", or a theme of the palette such as "nord"'

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and _THEME.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Keys(_Text):
    """Names of keys with commas between them."""

    @property
    def allowed(self) -> str:
        return 'keys with commas between them, such as "u,ctrl+z"'

    def accepts(self, value: object) -> bool:
        if not isinstance(value, str) or len(value) > _MOST_KEYS:
            return False
        return all(key.strip() and key.isprintable() for key in value.split(","))


@dataclass(frozen=True, slots=True)
class Search(_Text):
    """A query that finds cards; whether it is one is told where it is used."""

    @property
    def allowed(self) -> str:
        return 'a query, such as "is:leech or ease<1.6"'

    def accepts(self, value: object) -> bool:
        return isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST_QUERY and value.isprintable()


def is_search_name(name: str) -> bool:
    """Say whether a search may be saved as `name`: up to 60 letters on a line, without quotes."""
    return name == name.strip() and 0 < len(name) <= _LONGEST_NAME and name.isprintable() and '"' not in name


def shown(value: Value) -> str:
    """Return a value as the command line shows and takes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)

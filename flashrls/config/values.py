"""What a file of settings says, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flashrls.settings import Chosen

Value = str | int | bool
"""Of one setting."""


@dataclass(frozen=True, slots=True)
class ScreenSettings:
    """How the screens look and which keys they have.

    Attributes:
        theme: "dark", "light", "contrast", or a word that may be the name of another theme.
        ascii: only ASCII characters are drawn.
        motion: things may move and fade.
        keys: for the id of a key binding the keys that do it instead, as "u,ctrl+z"; an id may be unknown.
    """

    theme: str = "dark"
    ascii: bool = False
    motion: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConfigFault:
    """Something in a file of settings that can't be taken; it counts as absent.

    Attributes:
        path: the file's name, fit to print.
        line: where, from 1; None for the file as a whole.
        key: which setting, as `new_per_day`, `decks.Sleep.new_per_day` or `keys.undo`; "" for none.
        message: what is wrong, in a sentence.
        mend: what to do about it.
    """

    path: str
    line: int | None
    key: str
    message: str
    mend: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}\n  {self.mend}"


@dataclass(frozen=True, slots=True)
class Config:
    """What a file of settings says, without its faults.

    Attributes:
        given: the single settings that the file gives, by name; neither decks nor keys.
        chosen: what it gives of `flashrls.settings.Settings`, decks among them.
        screen: what it gives about the screens, the rest at its default.
        faults: what is wrong with it, in the order of its lines.
        is_toml: whether it could be read at all.
    """

    given: Mapping[str, Value] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=dict)
    screen: ScreenSettings = ScreenSettings()
    faults: tuple[ConfigFault, ...] = ()
    is_toml: bool = True

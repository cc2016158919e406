"""The text of a file of settings, checked value by value: what is wrong is told, the rest is taken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flashrls.clean import clean_line
from flashrls.config.kinds import Kind, Zone, is_search_name, shown
from flashrls.config.lines import Place, lines_of
from flashrls.config.registry import (
    DECKS,
    KEY,
    KEYS,
    OF_A_DECK,
    OF_STUDY,
    SEARCH,
    SEARCHES,
    SETTINGS,
    Definition,
    near,
)
from flashrls.config.values import Config, ConfigFault, ScreenSettings, Value
from flashrls.settings import DeckLimits

_WHERE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_MOST_SHOWN = 40
_SYSTEMS = "the system's"
_LISTS = "`flashrls config list` tells all settings."
_ABOVE = "It is one of the whole program's: write it above the first line in [brackets]."


def parse_config(source: str, path: str) -> Config:
    """Return what a file of settings says; everything that can't be taken is a fault of it.

    Args:
        source: the file's text.
        path: its name, fit to print.
    """
    try:
        told = tomllib.loads(source)
    except RecursionError:
        return _unread(path, None, "tables or lists lie too deep in each other")
    except ValueError as error:
        where = _WHERE.search(str(error))
        line = int(where[1]) if where and where[1] else source.rstrip().count("\n") + 1 if where else None
        # Only a number that Python refuses to read is told without its place.
        return _unread(
            path, line, clean_line(_WHERE.sub("", str(error))) if where else "a number in it is too long"
        )
    reading = _Reading()
    config = reading.config(told)
    if not reading.wrong:
        return config
    lines = lines_of(source)
    faults = [
        ConfigFault(path, _line(lines, wrong.place), _dotted(wrong.place), wrong.message, wrong.mend)
        for wrong in reading.wrong
    ]
    faults.sort(key=lambda fault: fault.line or 0)
    return Config(config.given, config.chosen, config.screen, tuple(faults))


def _unread(path: str, line: int | None, reason: str) -> Config:
    mend = "No setting of the file counts until this is mended; `flashrls config edit` opens it."
    return Config(faults=(ConfigFault(path, line, "", f"This is not TOML: {reason}.", mend),), is_toml=False)


def _line(lines: Mapping[Place, int], place: Place) -> int | None:
    """The line of a key, else of the nearest table around it."""
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None


def _dotted(place: Place) -> str:
    return ".".join(clean_line(key) if key.isidentifier() else f'"{clean_line(key)}"' for key in place)


@dataclass(frozen=True, slots=True)
class _Wrong:
    place: Place
    message: str
    mend: str


@dataclass(slots=True)
class _Reading:
    """A walk through a document; `wrong` collects what can't be taken."""

    wrong: list[_Wrong] = field(default_factory=list)

    def config(self, told: dict[str, Any]) -> Config:
        given: dict[str, Value] = {}
        decks: tuple[DeckLimits, ...] = ()
        searches: tuple[tuple[str, str], ...] = ()
        keys: dict[str, str] = {}
        for name, value in told.items():
            if name == DECKS:
                decks = tuple(self._decks(value))
            elif name == KEYS:
                keys = dict(self._keys(value))
            elif name == SEARCHES:
                searches = tuple(self._searches(value))
            elif name not in SETTINGS:
                self._unknown((name,), [*SETTINGS, DECKS, KEYS, SEARCHES])
            elif self._takes((name,), SETTINGS[name], value):
                given[name] = value
        chosen: dict[str, Any] = {name: value for name, value in given.items() if name in OF_STUDY}
        if decks:
            chosen[DECKS] = decks
        if searches:
            chosen[SEARCHES] = searches
        screen: dict[str, Any] = {name: value for name, value in given.items() if name not in OF_STUDY}
        return Config(given, chosen, ScreenSettings(**screen, keys=keys))

    def _takes(self, place: Place, definition: Definition, value: object) -> bool:
        if definition.kind.accepts(value):
            return True
        instead = f"the default, {shown(definition.default) or _SYSTEMS}, counts"
        if len(place) > 1:
            instead = "the deck has no limit of its own"
        self._refuse(place, value, instead, allowed_words(definition.kind, value))
        return False

    def _refuse(self, place: Place, value: object, instead: str, allowed: str) -> None:
        self.wrong.append(_Wrong(place, f"{place[-1]} can't be {in_words(value)}; {instead}.", allowed))

    def _unknown(self, place: Place, names: list[str]) -> None:
        name = clean_line(place[-1])[:_MOST_SHOWN]
        where = "" if len(place) == 1 else f" of {'a deck' if place[0] == DECKS else 'the keys'}"
        nearest = near(name, names)
        if len(place) > 1 and name in SETTINGS and name not in names:
            mend = _ABOVE
        else:
            mend = f"Did you mean {' or '.join(nearest)}?" if nearest else _LISTS
        self.wrong.append(_Wrong(place, f"There is no setting '{name}'{where}.", mend))

    def _decks(self, told: object) -> Iterator[DeckLimits]:
        if not isinstance(told, dict):
            self._refuse((DECKS,), told, "it is left out", 'Limits of decks stand below a line [decks."NAME"].')
            return
        for deck, limits in told.items():
            if not isinstance(limits, dict) or not deck.strip():
                mend = f'Below a line [decks."NAME"] stand its limits: {" and ".join(OF_A_DECK)}.'
                self.wrong.append(_Wrong((DECKS, deck), "These are no limits of a deck; they are left out.", mend))
                continue
            taken = {}
            for name, value in limits.items():
                if name not in OF_A_DECK:
                    self._unknown((DECKS, deck, name), list(OF_A_DECK))
                elif self._takes((DECKS, deck, name), SETTINGS[name], value):
                    taken[name] = value
            if taken:
                yield DeckLimits(deck, **taken)

    def _keys(self, told: object) -> Iterator[tuple[str, str]]:
        if not isinstance(told, dict):
            self._refuse((KEYS,), told, "it is left out", 'Keys stand below a line [keys], as undo = "u".')
            return
        for binding, keys in told.items():
            if binding in SETTINGS:
                self._unknown((KEYS, binding), [])
            elif not KEY.accepts(keys):
                self._refuse((KEYS, binding), keys, "its keys stay as they are", f"It takes {KEY.allowed}.")
            else:
                yield binding, keys

    def _searches(self, told: object) -> Iterator[tuple[str, str]]:
        if not isinstance(told, dict):
            mend = 'Saved searches stand below a line [searches], as hard = "is:leech".'
            self._refuse((SEARCHES,), told, "it is left out", mend)
            return
        for name, query in told.items():
            if not is_search_name(name):
                mend = "A name is up to 60 letters, without quotes."
                self.wrong.append(_Wrong((SEARCHES, name), "This can't be the name of a search.", mend))
            elif not SEARCH.accepts(query):
                self._refuse((SEARCHES, name), query, "it is left out", f"It takes {SEARCH.allowed}.")
            else:
                yield name, query


def allowed_words(kind: Kind, value: object) -> str:
    """Return what a setting takes instead of `value`, with what may be meant by it."""
    allowed = f"It takes {kind.allowed}."
    if isinstance(kind, Zone) and isinstance(value, str):
        from zoneinfo import available_timezones

        known = available_timezones()
        if not known:
            return "This machine knows no time zones: install its tzdata, or `pip install tzdata`."
        if nearest := _near_zones(value, known):
            return f"Did you mean {' or '.join(nearest)}? {allowed}"
    return allowed


def _near_zones(value: str, known: set[str]) -> list[str]:
    """Zones that `value` may mean, also by their city alone."""
    wanted = value[:100].strip().replace(" ", "_").lower()
    cities = sorted(zone for zone in known if zone.lower().endswith(f"/{wanted}"))
    folded = {zone.lower(): zone for zone in sorted(known)}
    return cities[:3] or [folded[name] for name in near(wanted, folded)]


def in_words(value: object) -> str:
    """Return a value of a TOML document as its reader knows it, on one short line."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f'"{_short(value)}"'
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**_MOST_SHOWN:
        return "a number that long"
    return _short(str(value).lower() if isinstance(value, bool) else str(value))


def _short(text: str) -> str:
    line = clean_line(text[: 4 * _MOST_SHOWN])
    return line if len(line) <= _MOST_SHOWN else f"{line[: _MOST_SHOWN - 1]}…"

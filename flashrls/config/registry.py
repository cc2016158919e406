"""Every setting there is, defined once: what it takes, what it is by itself, what it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flashrls.config.kinds import Choice, Flag, Keys, Kind, Search, Theme, Whole, Zone
from flashrls.config.values import ScreenSettings, Value
from flashrls.settings import Settings
from flashrls.sm2 import MOST_INTERVAL_DAYS

DECKS = "decks"
KEYS = "keys"
SEARCHES = "searches"
KEY = Keys()
"""What a binding of the table `[keys]` takes."""

SEARCH = Search()
"""What a search of the table `[searches]` takes."""

_STUDY, _SCREEN = Settings(), ScreenSettings()


@dataclass(frozen=True, slots=True)
class Definition:
    """A setting.

    Attributes:
        name: as the file and the command line write it.
        kind: what it takes.
        default: what it is where the file says nothing.
        meaning: what it does, in a sentence.
    """

    name: str
    kind: Kind
    default: Value
    meaning: str


_DEFINED = (
    Definition("new_per_day", Whole(0, 9_999), _STUDY.new_per_day, "New cards that a day brings at most."),
    Definition("reviews_per_day", Whole(0, 99_999), _STUDY.reviews_per_day, "Due cards that a day asks at most."),
    Definition("rollover_hour", Whole(0, 23), _STUDY.rollover_hour, "The hour at which a new study day begins."),
    Definition(
        "time_zone", Zone(), _STUDY.time_zone, "The zone whose clock makes the day; empty for the system's."
    ),
    Definition(
        "lapse_ease",
        Choice(("change", "keep")),
        _STUDY.lapse_ease,
        "Whether forgetting a card changes its ease, as after every grade, or keeps it.",
    ),
    Definition(
        "maximum_interval",
        Whole(1, MOST_INTERVAL_DAYS),
        _STUDY.maximum_interval,
        "The most days until a card comes again.",
    ),
    Definition("fuzz", Flag(), _STUDY.fuzz, "Spread due days, so that cards learnt together come apart."),
    Definition(
        "grades",
        Choice(("four", "sm2")),
        _STUDY.grades,
        "Offer Again, Hard, Good and Easy, or all six grades of SM-2.",
    ),
    Definition("typed_case", Flag(), _STUDY.typed_case, "Small and capital letters count in typed answers."),
    Definition("typed_accents", Flag(), _STUDY.typed_accents, "Accents count in typed answers."),
    Definition("theme", Theme(), _SCREEN.theme, "The colours of the screens."),
    Definition("ascii", Flag(), _SCREEN.ascii, "Draw the screens with ASCII characters only."),
    Definition("motion", Flag(), _SCREEN.motion, "Let things on the screens move and fade."),
)

SETTINGS = {definition.name: definition for definition in _DEFINED}
"""All settings by name, in the order they are told."""

OF_A_DECK = ("new_per_day", "reviews_per_day")
"""Those that a table `[decks."NAME"]` may hold."""

OF_STUDY = frozenset(SETTINGS) - {"theme", "ascii", "motion"}
"""Those that are fields of `Settings`; the others are fields of `ScreenSettings`."""


def near(name: str, names: Iterable[str]) -> list[str]:
    """Return up to three of `names` that `name` may be a slip for, best first."""
    from difflib import get_close_matches

    return get_close_matches(name[:100].lower(), sorted(names), n=3)

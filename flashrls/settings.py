"""What can be set about studying, as values; `flashrls.config` reads them from the learner's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from flashrls.clock import ROLLOVER_HOUR
from flashrls.rules import Rules
from flashrls.sm2 import MOST_INTERVAL_DAYS, LapseEase

Grades = Literal["four", "sm2"]
"""Whether a review offers Again, Hard, Good, Easy, or all six of SM-2's grades."""

FOLDED = ("lapse_ease", "maximum_interval", "fuzz")
"""What the stored states of a library were folded by; it keeps these, so that another machine folds alike."""


@dataclass(frozen=True, slots=True)
class DeckLimits:
    """A deck's own limits, sub-decks included, beside those of the day; None for no limit of its own.

    Attributes:
        deck: its name, with `::` levels.
        new_per_day, reviews_per_day: as in `Settings`.
    """

    deck: str
    new_per_day: int | None = None
    reviews_per_day: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """A library's settings.

    Attributes:
        rollover_hour: local hour at which a study day begins, 0..23.
        new_per_day: new cards that a study day introduces at most; 0 for none.
        reviews_per_day: due cards that a study day asks at most.
        lapse_ease, maximum_interval, fuzz: see `flashrls.rules.Rules`.
        grades: which grades a review offers.
        time_zone: IANA name of the zone whose wall clock makes the study day; empty for the system's.
        decks: limits of single decks.
        searches: saved searches, each a name and its query.
        typed_case, typed_accents: whether they count in an answer that is typed.
    """

    rollover_hour: int = ROLLOVER_HOUR
    new_per_day: int = 20
    reviews_per_day: int = 200
    lapse_ease: LapseEase = "change"
    maximum_interval: int = MOST_INTERVAL_DAYS
    fuzz: bool = False
    grades: Grades = "four"
    time_zone: str = ""
    decks: tuple[DeckLimits, ...] = ()
    searches: tuple[tuple[str, str], ...] = ()
    typed_case: bool = False
    typed_accents: bool = False

    @property
    def rules(self) -> Rules:
        """How the log is folded."""
        return Rules(self.lapse_ease, self.maximum_interval, self.fuzz)


Chosen = Mapping[str, Any]
"""Settings that the learner chose, by the names of `Settings`; they go before what a library keeps."""


def settings_from(stored: Mapping[str, str], chosen: Chosen | None = None) -> Settings:
    """Return the settings of a library: as `chosen`, else what its stored words mean, else the default.

    A stored word that is invalid counts as absent.
    """
    default = Settings()

    def whole(key: str, otherwise: int, most: int) -> int:
        value = stored.get(key, "")
        # Digits behind the tenth can't matter, and Python refuses to read thousands of them.
        return min(int(value.lstrip("0")[:10] or 0), most) if value.isdecimal() else otherwise

    lapse_ease = stored.get("lapse_ease")
    kept = Settings(
        rollover_hour=whole("rollover_hour", default.rollover_hour, 23),
        new_per_day=whole("new_per_day", default.new_per_day, 9_999),
        reviews_per_day=whole("reviews_per_day", default.reviews_per_day, 99_999),
        lapse_ease=cast("LapseEase", lapse_ease) if lapse_ease in ("change", "keep") else default.lapse_ease,
        maximum_interval=max(1, whole("maximum_interval", default.maximum_interval, MOST_INTERVAL_DAYS)),
        fuzz=stored.get("fuzz") == "true",
    )
    return replace(kept, **chosen) if chosen else kept


def stored_words(settings: Settings) -> dict[str, str]:
    """Return the words under which a library keeps what it is folded by."""
    return {
        "lapse_ease": settings.lapse_ease,
        "maximum_interval": str(settings.maximum_interval),
        "fuzz": "true" if settings.fuzz else "false",
    }

"""What can be set about studying. The values live in the library, so that every machine folds its log alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flashrls.clock import ROLLOVER_HOUR
from flashrls.sm2 import LapseEase


@dataclass(frozen=True, slots=True)
class Settings:
    """A library's settings.

    Attributes:
        rollover_hour: local hour at which a study day begins, 0..23.
        new_per_day: new cards that a study day introduces at most; 0 for none.
        reviews_per_day: due cards that a study day asks at most.
        lapse_ease: see `flashrls.sm2.schedule_review`.
    """

    rollover_hour: int = ROLLOVER_HOUR
    new_per_day: int = 20
    reviews_per_day: int = 200
    lapse_ease: LapseEase = "change"


def settings_from(stored: Mapping[str, str]) -> Settings:
    """Return the settings that a library's stored words mean; what is absent or invalid stays at its default."""
    default = Settings()

    def whole(key: str, otherwise: int, most: int) -> int:
        value = stored.get(key, "")
        # Digits behind the tenth can't matter, and Python refuses to read thousands of them.
        return min(int(value.lstrip("0")[:10] or 0), most) if value.isdecimal() else otherwise

    lapse_ease = stored.get("lapse_ease")
    return Settings(
        rollover_hour=whole("rollover_hour", default.rollover_hour, 23),
        new_per_day=whole("new_per_day", default.new_per_day, 9_999),
        reviews_per_day=whole("reviews_per_day", default.reviews_per_day, 99_999),
        lapse_ease=cast("LapseEase", lapse_ease) if lapse_ease in ("change", "keep") else default.lapse_ease,
    )

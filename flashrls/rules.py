"""What may move a card's due day away from SM-2's, and never its state: the longest interval, and fuzz."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flashrls.sm2 import MOST_INTERVAL_DAYS, LapseEase, Schedule

_FUZZED_FROM_DAYS = 3
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))
"""Of the part of an interval between two lengths in days, the share by which its due day may move."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a log is folded.

    Attributes:
        lapse_ease: see `flashrls.sm2.schedule_review`.
        maximum_interval: the most days until a card is due again, 1..36,500; its interval stays SM-2's.
        fuzz: whether due days are spread, so that cards learnt together don't come together for ever.
    """

    lapse_ease: LapseEase = "change"
    maximum_interval: int = MOST_INTERVAL_DAYS
    fuzz: bool = False


CLASSIC = Rules()
"""SM-2 and nothing else."""


def due_day(schedule: Schedule, card: str, reviews: int, rules: Rules) -> date:
    """Return the day on which a card is asked again.

    Args:
        schedule: the card's, as SM-2 gives it.
        card: its id across machines, which with `reviews` decides the fuzz, so that a replay is exact.
        reviews: its scheduled reviews so far.
        rules: the library's.
    """
    later = wait_days(schedule.interval_days, card, reviews, rules) - schedule.interval_days
    # A clock set to the calendar's last year must not end a review.
    latest, earliest = (date.max - schedule.due_on).days, (date.min - schedule.due_on).days
    return schedule.due_on + timedelta(days=max(earliest, min(later, latest)))


def wait_days(interval_days: int, card: str, reviews: int, rules: Rules) -> int:
    """Return how many days an interval makes a card wait; see `due_day`."""
    days = min(interval_days, rules.maximum_interval)
    if rules.fuzz and days >= _FUZZED_FROM_DAYS:
        days = min(days + fuzz_days(days, card, reviews), rules.maximum_interval)
    return days


def fuzz_days(interval_days: int, card: str, reviews: int) -> int:
    """Return by how many days fuzz moves the due day of an interval; 0 below three days.

    At most 1 day + 15 % of the part of the interval in 2.5-7 days, 10 % of 7-20, 5 % above.
    """
    if interval_days < _FUZZED_FROM_DAYS:
        return 0
    from hashlib import blake2b  # for the few who want fuzz

    reach = int(1 + sum(share * max(0.0, min(interval_days, most) - least) for least, most, share in _FUZZ))
    digest = blake2b(f"{card}\x1f{reviews}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % (2 * reach + 1) - reach

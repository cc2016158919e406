"""The figures of progress: of everything, of decks, or of what a query finds; now, or as the log stood earlier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flashrls.forecasting import Allowance, Limits
from flashrls.progress import Progress
from flashrls.reckoning import first_needed, make_progress, period_start
from flashrls.settings import Settings
from flashrls.stats import DayCounts
from flashrls.store.days import day_number, day_of
from flashrls.store.standings import Source, as_of, standing
from flashrls.store.tallies import Span, from_log, kept_ready
from flashrls.store.today import ASKED, Ask, Where, within

Scope = Sequence[int] | Where | None
"""What is counted: the cards of some decks, those that a condition finds, or None for everything."""


def both(decks: Sequence[int] | None, found: Where) -> Where:
    """Return the condition that finds what another finds in some decks; None for all."""
    return found if decks is None else Where(f"{_of_decks(decks)} AND ({found.sql})", found.values)


def progress(
    ask: Ask, scope: Scope, day: date, period_days: int, settings: Settings, today: date, *, words: str = ""
) -> Progress:
    """Return the progress as of the end of the study day `day`.

    Args:
        ask: runs the SQL.
        scope: what is counted. Answers to cards that the texts of their notes lost count for everything and for
            decks; a condition from a query never finds such cards.
        day: the study day; one behind `today` is told as the present.
        period_days: the period's length up to `day`, at least 1.
        settings: the library's, for the day's limits as they are now.
        today: the present study day.
        words: what it is narrowed down to, for people.

    What isn't in the log is told as it is now, for an earlier day, too: which deck a note is in, which cards
    it makes, whether it is a draft, and what a condition finds.
    """
    number, is_now = day_number(day), day >= today
    span = Span(number, day_number(period_start(day, period_days)), day_number(first_needed(day, period_days)))
    cards, values = _among(ask, scope)
    if is_now and not isinstance(scope, Where):
        answered = kept_ready(ask, cards, span)
    else:
        answered = from_log(ask, f"card_pk IN (SELECT pk FROM card WHERE {cards})", values, span)
    source = Source("card", cards, values) if is_now else as_of(ask, cards, values, number, settings.rollover_hour)
    told = standing(ask, source, number, by_deck=bool(settings.decks))
    used = _used_now(ask, number) if is_now else _used_then(ask, number)
    limits = _limits(ask, used, settings)
    return make_progress(day, is_now, period_days, words, answered, told, limits)


def _among(ask: Ask, scope: Scope) -> tuple[str, dict[str, int | str]]:
    """A condition on `pk` and `deck_pk` of a card, with its parameters; a condition's cards are looked for once."""
    match scope:
        case None:
            return "1", {}
        case Where(sql, values):
            ((found,),) = ask(f"SELECT json_group_array(pk) FROM card WHERE {sql}", **values)
            return "pk IN (SELECT value FROM json_each(:found))", {"found": found}
    return _of_decks(scope), {}


def _of_decks(refs: Sequence[int]) -> str:
    return f"deck_pk IN ({', '.join(str(int(ref)) for ref in refs) or 'NULL'})"


Used = Callable[[str], tuple[int, int]]
"""How many reviews and new cards a day has had, of decks by a condition on `deck_pk`."""


def _used_now(ask: Ask, number: int) -> Used:
    def used(decks: str) -> tuple[int, int]:
        ((reviewed, introduced),) = ask(
            "SELECT coalesce(sum(young + mature), 0), coalesce(sum(introduced), 0) FROM daily "
            f"WHERE study_day = :day AND {decks}",
            day=number,
        )
        return reviewed, introduced

    return used


def _used_then(ask: Ask, number: int) -> Used:
    """The counts of an earlier day may have lost since what was in the log at its end."""

    def used(decks: str) -> tuple[int, int]:
        cards = (
            "card_pk IN (SELECT card_pk FROM review WHERE study_day = :day "
            f"INTERSECT SELECT pk FROM card WHERE {decks})"
        )
        answered = from_log(ask, cards, {}, Span(number, number, number))
        days = [counts for counts in answered.days if day_number(counts.day) == number]
        return sum(counts.reviews for counts in days), sum(counts.introduced for counts in days)

    return used


def _limits(ask: Ask, used: Used, settings: Settings) -> Limits:
    """What the days allow; what was answered on the first counts over all cards, as in the daily queue."""
    names = ask("SELECT pk, name FROM deck") if settings.decks else ()
    own = []
    for limit in settings.decks:
        refs = [int(ref) for ref, name in names if within(name, limit.deck)]
        allowance = Allowance(limit.reviews_per_day, limit.new_per_day, *used(_of_decks(refs)))
        own.append((frozenset(refs), allowance))
    whole = Allowance(settings.reviews_per_day, settings.new_per_day, *used("1"))
    return Limits(whole, tuple(own), settings.maximum_interval)


def due_days(ask: Ask) -> list[tuple[date, int]]:
    """Return how many cards that are asked are due on which day, overdue days included, the oldest first."""
    due = ask(
        f"SELECT due_on, count(*) FROM card WHERE due_on IS NOT NULL AND {ASKED} GROUP BY due_on ORDER BY due_on"
    )
    return [(day_of(number), cards) for number, cards in due]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a study log adds up to.

    Attributes:
        day: the present study day.
        days: the counts of every study day and grade with an answer, oldest first.
        due: how many cards are due on which day, overdue days included, oldest first.
        cards, new, suspended: how many cards there are, never seen, and suspended.
    """

    day: date
    days: tuple[DayCounts, ...]
    due: tuple[tuple[date, int], ...]
    cards: int
    new: int
    suspended: int


def figures(ask: Ask, day: date) -> Figures:
    """Return the figures as of `day`."""
    days = ask(
        """
        SELECT study_day, grade, sum(introduced), sum(young), sum(mature), sum(drilled), sum(practised),
               sum(milliseconds)
        FROM daily WHERE study_day <= :day GROUP BY study_day, grade ORDER BY study_day, grade
        """,
        day=day_number(day),
    )
    due = ask(
        f"SELECT due_on, count(*) FROM card WHERE due_on IS NOT NULL AND {ASKED} GROUP BY due_on ORDER BY due_on"
    )
    ((cards, new, suspended),) = ask(
        """
        SELECT count(*), count(CASE WHEN due_on IS NULL AND suspended = 0 THEN 1 END),
               count(CASE WHEN suspended = 1 THEN 1 END)
        FROM card WHERE held IS NULL
        """
    )
    return Figures(
        day=day,
        days=tuple(DayCounts(day_of(number), *counts) for number, *counts in days),
        due=tuple((day_of(number), count) for number, count in due),
        cards=cards,
        new=new,
        suspended=suspended,
    )

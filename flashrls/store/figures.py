"""The figures of progress: of everything, of decks, or of what a query finds; now, or as the log stood earlier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from flashrls.forecasting import Allowance, Limits
from flashrls.progress import Progress
from flashrls.reckoning import first_needed, make_progress, period_start
from flashrls.settings import Settings
from flashrls.store.days import day_number, day_of
from flashrls.store.standings import standing, standing_then
from flashrls.store.tallies import Among, Counts, Span, Undone, changed_since, from_log, kept_until, undone
from flashrls.store.today import ASKED, Ask, Where, within

_MOST_FROM_LOG = 0.5
"""From this share of all cards on the log of the others is shorter."""

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
    among, found = _among(ask, scope), isinstance(scope, Where)
    # What is kept ready for now needs to know of no undo.
    taken_back = Undone() if is_now and not found else undone(ask, None if is_now else number)
    counts = (_of_found if found else kept_until)(ask, among, span, taken_back)
    by_deck = bool(settings.decks)
    if is_now:
        told = standing(ask, among, number, by_deck=by_deck)
    else:
        told = standing_then(ask, among, number, taken_back.then, settings.rollover_hour, by_deck=by_deck)
    limits = _limits(ask, _used(ask, number, taken_back), settings)
    return make_progress(day, is_now, period_days, words, counts.answered(), told, limits)


def _among(ask: Ask, scope: Scope) -> Among:
    """The cards that count; those of a condition are looked for once."""
    match scope:
        case None:
            return Among()
        case Where(sql, values):
            ((found, cards),) = ask(f"SELECT json_group_array(pk), count(*) FROM card WHERE {sql}", **values)
            return Among(f"pk IN ({_FOUND})", {"found": found}, _share(ask, cards))
    decks = _of_decks(scope)
    ((cards,),) = ask(f"SELECT count(*) FROM card WHERE {decks}")
    return Among(decks, share=_share(ask, cards))


_FOUND = "SELECT value FROM json_each(:found)"


def _share(ask: Ask, cards: int) -> float:
    ((whole,),) = ask("SELECT count(*) FROM card")
    return float(cards / max(1, whole))


def _of_found(ask: Ask, found: Among, span: Span, taken_back: Undone) -> Counts:
    """The answers to cards that a condition found: from their log, or all answers but those to the others."""
    if found.share <= _MOST_FROM_LOG:
        return from_log(ask, found, span, taken_back.then)
    others = Among(f"pk NOT IN ({_FOUND})", found.values, 1 - found.share)
    return kept_until(ask, Among(), span, taken_back).plus(from_log(ask, others, span, taken_back.then), -1)


def _of_decks(refs: Sequence[int]) -> str:
    return f"deck_pk IN ({', '.join(str(int(ref)) for ref in refs) or 'NULL'})"


Used = Callable[[str], tuple[int, int]]
"""How many reviews and new cards a day has had, of decks by a condition on `deck_pk`."""


def _used(ask: Ask, number: int, taken_back: Undone) -> Used:
    """The counts of an earlier day may have lost since what was in the log at its end."""

    def used(decks: str) -> tuple[int, int]:
        ((reviewed, introduced),) = ask(
            "SELECT coalesce(sum(young + mature), 0), coalesce(sum(introduced), 0) FROM daily "
            f"WHERE study_day = :day AND {decks}",
            day=number,
        )
        change = changed_since(ask, Among(decks), Span(number, number, number), taken_back).days.values()
        return reviewed + sum(told[1] + told[2] for told in change), introduced + sum(told[0] for told in change)

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

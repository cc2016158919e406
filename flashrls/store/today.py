"""What a study day holds, in plain SQL that any connection can run.

The home screen's first frame and the shell prompt can't wait for SQLAlchemy to be imported, so these
questions, and only these, are asked in words that SQLite's driver and SQLAlchemy both understand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from flashrls.errors import NoSuchDeck, Refused
from flashrls.log import LEECH_AGAIN, LEECH_LAPSES
from flashrls.outlook import AWAY_DAYS, CatchUp, DeckCounts, Today, catch_up_days
from flashrls.settings import Chosen, Settings, settings_from
from flashrls.sm2 import PASS
from flashrls.store.days import day_number, day_of
from flashrls.study import Candidate, Queue, Quota, build_queue

LEVEL = "::"
RETENTION_DAYS = 30

ASKED = "suspended = 0 AND held IS NULL"
"""SQL: the card takes part in the daily queue. The partial indexes use these very words."""
LEECH = f"lapses >= {LEECH_LAPSES} AND lapses - lapses % {LEECH_AGAIN} > kept_lapses"
"""SQL: the card is a leech by its lapses. Indexes help with this and the next, too."""
UNVERIFIED = "standing IN ('unverified', 'lost')"
"""SQL: the anchor wasn't found in an attached document."""
_NOT_BURIED = "(buried_on IS NULL OR buried_on <> :day)"
_NOTE_RESTS = "note_pk IN (SELECT note_pk FROM card WHERE reviewed_on = :day)"
LAST_DECK = "last_added_deck"
"""What the library remembers the deck under to which cards were added last."""

MOST_UNVERIFIED = 1_000
"""So many phrases without a place are counted, no more: each costs a look at its note's cards."""

_SLACK = 10
"""Cards fetched at first for each card the limit allows, since cards of one note are asked on different days."""


class Ask(Protocol):
    """Runs a SELECT with `:name` parameters and returns its rows."""

    def __call__(self, sql: str, /, **values: int | str) -> Sequence[Sequence[Any]]: ...


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on rows of `card`, with the values of its parameters."""

    sql: str
    values: Mapping[str, int | str]


def among(refs: Iterable[int]) -> Where:
    """Return the condition that a card is one of these."""
    return Where(f"pk IN ({_numbers(refs)})", {})


def settings(ask: Ask, chosen: Chosen | None = None) -> Settings:
    """Return the library's settings; those that the learner chose go before those that it keeps."""
    return settings_from({key: value for key, value in ask("SELECT key, value FROM setting")}, chosen)  # noqa: C416


def decks(ask: Ask, day: date) -> tuple[DeckCounts, ...]:
    """Return all decks with their counts, in the order they came."""
    rows = ask(
        f"""
        SELECT deck.pk, deck.name, deck.key,
               (SELECT count(*) FROM note WHERE note.deck_pk = deck.pk AND coalesce(note.base, '') <> 'removed'),
               count(card.pk),
               count(CASE WHEN due_on IS NOT NULL THEN 1 END),
               count(CASE WHEN due_on IS NULL AND {ASKED} THEN 1 END),
               count(CASE WHEN due_on <= :day AND {ASKED} THEN 1 END),
               count(CASE WHEN suspended = 1 THEN 1 END)
        FROM deck LEFT JOIN card ON card.deck_pk = deck.pk AND (held IS NULL OR held <> 'gone')
        GROUP BY deck.pk, deck.name, deck.key ORDER BY deck.pk
        """,
        day=day_number(day),
    )
    return tuple(DeckCounts(*row) for row in rows)


def choose_decks(ask: Ask, name: str | None) -> list[int]:
    """Return the references of the deck `name` and of all decks below it; of all decks for None.

    A deck's id or the last level of its name will do too; case counts only where it tells decks apart.

    Raises:
        NoSuchDeck: no deck is called so; the nearest names are offered.
    """
    known = [
        (int(ref), str(deck), str(key)) for ref, deck, key in ask("SELECT pk, name, key FROM deck ORDER BY pk")
    ]
    if name is None:
        return [ref for ref, _, _ in known]
    for fold in (str, str.casefold):
        wanted = fold(name.strip())
        named = {wanted, *(fold(deck) for _, deck, key in known if fold(key) == wanted)}
        ending = {fold(deck) for _, deck, _ in known if fold(deck).endswith(LEVEL + wanted)}
        for roots in (named, ending):
            refs = [r for r, deck, _ in known if any(within(fold(deck), root) for root in roots)]
            if refs:
                return refs
    raise NoSuchDeck(name, _nearest(name, [deck for _, deck, _ in known]))


def choose_deck(ask: Ask, name: str) -> tuple[int, str]:
    """Return the reference and the name of the one deck that is called `name`, as for `choose_decks`.

    Raises:
        NoSuchDeck: none is called so; that others stand below that name doesn't make it a deck.
        Refused: several are.
    """
    within = set(choose_decks(ask, name))
    known = ask("SELECT pk, name, key FROM deck ORDER BY pk")
    decks = [(int(ref), str(deck), str(key)) for ref, deck, key in known if ref in within]
    for fold in (str, str.casefold):
        wanted = fold(name.strip())
        whole = [(ref, deck) for ref, deck, key in decks if wanted in (fold(deck), fold(key))]
        found = whole or [(ref, deck) for ref, deck, _ in decks if fold(deck).endswith(LEVEL + wanted)]
        if len(found) > 1:
            named = ", ".join(f"'{deck}'" for _, deck in found)
            raise Refused(f"'{name}' names {len(found)} decks.", f"Say which: {named}.")
        if found:
            return found[0]
    raise NoSuchDeck(name, [deck for _, deck, _ in decks][:3])


def within(deck: str, wanted: str) -> bool:
    """Return whether a deck is the one that is wanted, or below it."""
    return deck == wanted or deck.startswith(wanted + LEVEL)


def _nearest(name: str, decks: list[str]) -> list[str]:
    """Up to three names close to `name`: whole names, their last levels, and the parents' names."""
    from difflib import get_close_matches  # only a misspelling needs it

    full = {deck: deck for deck in decks}
    for deck in decks:
        levels = deck.split(LEVEL)
        for depth in range(1, len(levels)):
            parent = LEVEL.join(levels[:depth])
            full.setdefault(parent, parent)
        full.setdefault(levels[-1], deck)
    lower = {short.casefold(): deck for short, deck in full.items()}
    close = get_close_matches(name.casefold(), lower, n=3, cutoff=0.5)
    holding = [short for short in lower if name.casefold() in short]
    return list(dict.fromkeys(lower[short] for short in (*close, *holding)))[:3]


def queue(
    ask: Ask,
    day: date,
    refs: Sequence[int],
    limits: Settings,
    *,
    new: int | None = None,
    wheres: Sequence[Where] = (),
    more: int | None = None,
) -> Queue:
    """Return what is left to ask on `day` from the decks `refs`.

    Args:
        ask: runs the SQL.
        day: the study day.
        refs: references of decks.
        limits: the settings with the day's limits, which count over all decks.
        new: how many new cards to ask, whatever the day's limit says; None for the limit.
        wheres: conditions that all cards must fulfil.
        more: so many due and so many new cards, whatever the limits say; None for the limits.
    """
    number = day_number(day)
    ((introduced, reviewed),) = ask(
        "SELECT coalesce(sum(introduced), 0), coalesce(sum(young + mature), 0) FROM daily WHERE study_day = :day",
        day=number,
    )
    reviews_left = max(0, limits.reviews_per_day - reviewed)
    new_left = max(0, limits.new_per_day - introduced) if new is None else new
    quotas = _quotas(ask, number, limits) if limits.decks and more is None else ()
    if more is not None:
        reviews_left = new_left = more
    inside, values = _inside(refs, wheres), _values(wheres)
    slack = _SLACK
    due_sql = f"""
        SELECT pk, note_pk, deck_pk FROM card
        WHERE {inside} AND due_on IS NOT NULL AND due_on <= :day
              AND {ASKED} AND {_NOT_BURIED} AND NOT {_NOTE_RESTS}
        ORDER BY (:day - due_on) * 1.0 / interval_days DESC, interval_days, position, pk LIMIT :most
    """
    new_sql = f"""
        SELECT pk, note_pk, deck_pk FROM card
        WHERE {inside} AND due_on IS NULL AND {ASKED} AND {_NOT_BURIED} AND NOT {_NOTE_RESTS}
        ORDER BY deck_pk, position, pk LIMIT :most
    """
    drill_rows = ask(
        f"""
        SELECT card.pk, note_pk, deck_pk FROM card JOIN review ON review.id = card.last_entry
        WHERE drill_on = :day AND {inside} AND {ASKED} AND {_NOT_BURIED}
        ORDER BY review.clock_ms, review.clock_count
        """,
        day=number,
        **values,
    )
    drill = [Candidate(*row) for row in drill_rows]
    while True:
        most_due, most_new = (reviews_left + 1) * slack, new_left * slack
        due = [Candidate(*row) for row in ask(due_sql, day=number, most=most_due, **values)]
        fresh = [Candidate(*row) for row in ask(new_sql, day=number, most=most_new, **values)]
        chosen = build_queue(due, fresh, drill, reviews_left=reviews_left, new_left=new_left, quotas=quotas)
        backlog = len({c.note for c in due}) > reviews_left and (not quotas or len(chosen.due) >= reviews_left)
        enough = backlog or (len(due) < most_due and (len(fresh) < most_new or len(chosen.new) >= new_left))
        if enough:
            return chosen
        slack *= 10


def _quotas(ask: Ask, number: int, limits: Settings) -> tuple[Quota, ...]:
    """What the limits of single decks leave of the study day; decks that aren't there have none."""
    answered = ask(
        "SELECT deck_pk, sum(introduced), sum(young + mature) FROM daily WHERE study_day = :day GROUP BY deck_pk",
        day=number,
    )
    names = ask("SELECT pk, name FROM deck")
    quotas = []
    for limit in limits.decks:
        refs = frozenset(ref for ref, name in names if within(name, limit.deck))
        introduced, reviewed = (sum(row[column] for row in answered if row[0] in refs) for column in (1, 2))
        reviews = None if limit.reviews_per_day is None else max(0, limit.reviews_per_day - reviewed)
        new = None if limit.new_per_day is None else max(0, limit.new_per_day - introduced)
        quotas.append(Quota(refs, reviews, new))
    return tuple(quotas)


def _inside(refs: Iterable[int], wheres: Sequence[Where]) -> str:
    """SQL: the card is of one of the decks, and fulfils the conditions."""
    decks = f"deck_pk IN ({_numbers(refs)})"
    return " AND ".join([decks, *(f"card.pk IN (SELECT pk FROM card WHERE {where.sql})" for where in wheres)])


def _values(wheres: Sequence[Where]) -> dict[str, int | str]:
    return {name: value for where in wheres for name, value in where.values.items()}


def _numbers(refs: Iterable[int]) -> str:
    return ", ".join(str(int(ref)) for ref in refs) or "NULL"


def practice(
    ask: Ask, day: date, refs: Sequence[int], most: int, *, wheres: Sequence[Where] = ()
) -> list[Candidate]:
    """Return up to `most` cards seen before that aren't due, the next due first; `wheres` as in `queue`."""
    rows = ask(
        f"""
        SELECT pk, note_pk, deck_pk FROM card
        WHERE {_inside(refs, wheres)} AND due_on IS NOT NULL AND due_on > :day AND {ASKED}
        ORDER BY due_on, position, pk LIMIT :most
        """,
        day=day_number(day),
        most=most,
        **_values(wheres),
    )
    return [Candidate(*row) for row in rows]


def today(ask: Ask, day: date, chosen: Chosen | None = None) -> Today:
    """Return all that the home screen shows of the study day `day`; `chosen` as in `settings`."""
    limits = settings(ask, chosen)
    counts = decks(ask, day)
    number = day_number(day)
    daily = ask(
        """
        SELECT study_day, sum(introduced + young + mature + drilled + practised), sum(young + mature),
               sum(CASE WHEN grade >= :passed THEN young + mature ELSE 0 END), sum(milliseconds)
        FROM daily WHERE study_day <= :day AND study_day > :since GROUP BY study_day
        """,
        day=number,
        since=number - RETENTION_DAYS,
        passed=PASS,
    )
    answers = {row[0]: row[1] for row in daily}
    total = sum(answers.values())
    return Today(
        day=day,
        decks=counts,
        queue=queue(ask, day, [deck.ref for deck in counts], limits),
        week=tuple(answers.get(number - back, 0) for back in range(6, -1, -1)),
        retained=sum(row[3] for row in daily),
        reviewed=sum(row[2] for row in daily),
        streak=streak(ask, day),
        tomorrow=due_tomorrow(ask, day),
        answer_ms=sum(row[4] for row in daily) // total if total else None,
        catch_up=catch_up(ask, day, limits),
        leeches=leeches(ask),
        unverified=unverified(ask),
    )


def leeches(ask: Ask) -> int:
    """Return how many cards that are asked are leeches now; see `flashrls.log.leech_lapses`."""
    ((found,),) = ask(f"SELECT count(*) FROM card WHERE {LEECH} AND {ASKED}")
    return int(found)


def unverified(ask: Ask) -> int:
    """Return how many phrases of cards that are asked have no place in a document; at most `MOST_UNVERIFIED`."""
    ((found,),) = ask(
        f"""
        SELECT count(*) FROM (
            SELECT 1 FROM anchor WHERE {UNVERIFIED}
            AND EXISTS (SELECT 1 FROM card WHERE card.note_pk = anchor.note_pk AND {ASKED}) LIMIT :most
        )
        """,
        most=MOST_UNVERIFIED,
    )
    return int(found)


def due_tomorrow(ask: Ask, day: date) -> int:
    """Return how many cards fall due on the day after `day`."""
    ((cards,),) = ask(
        f"SELECT count(*) FROM card WHERE due_on IS NOT NULL AND due_on = :tomorrow AND {ASKED}",
        tomorrow=day_number(day) + 1,
    )
    return int(cards)


def pace_ms(ask: Ask, day: date) -> int | None:
    """Return the mean time of an answer in the last 30 study days, in milliseconds; None without answers."""
    ((answers, spent_ms),) = ask(
        """
        SELECT sum(introduced + young + mature + drilled + practised), sum(milliseconds)
        FROM daily WHERE study_day <= :day AND study_day > :since
        """,
        day=day_number(day),
        since=day_number(day) - RETENTION_DAYS,
    )
    return spent_ms // answers if answers else None


def catch_up(ask: Ask, day: date, limits: Settings) -> CatchUp | None:
    """Return how things stand after some study days without an answer, if any card is due; else None."""
    ((last,),) = ask("SELECT max(study_day) FROM daily WHERE study_day <= :day", day=day_number(day))
    away_days = 0 if last is None else day_number(day) - last - 1
    if away_days < AWAY_DAYS:
        return None
    rows = ask(f"SELECT due_on, count(*) FROM card WHERE due_on IS NOT NULL AND {ASKED} GROUP BY due_on")
    due = [(day_of(number), cards) for number, cards in rows]
    waiting = sum(cards for due_on, cards in due if due_on <= day)
    return CatchUp(away_days, waiting, catch_up_days(due, day, limits.reviews_per_day)) if waiting else None


def streak(ask: Ask, day: date) -> int:
    """Return the study days in a row with a graded answer, up to today, or to yesterday if today has none yet."""
    number = day_number(day)
    rows = ask("SELECT DISTINCT study_day FROM daily WHERE study_day <= :day ORDER BY study_day DESC", day=number)
    studied = [row[0] for row in rows]
    if not studied or studied[0] < number - 1:
        return 0
    length = 1
    while length < len(studied) and studied[length] == studied[0] - length:
        length += 1
    return length

"""What was answered, by day, grade and hour: from the counts that are kept ready, or from the log itself."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flashrls.log import LONGEST_ANSWER_MS, MATURE_DAYS
from flashrls.reckoning import Answered
from flashrls.sm2 import PASS
from flashrls.stats import DayCounts
from flashrls.store.days import day_of
from flashrls.store.today import Ask

TALLIES = ("introduced", "young", "mature", "drilled", "practised")

LOG_ORDER = "review.pk"
"""SQL: the log's order: entries are appended in the order of its own clock, and an index has them so by card."""


@dataclass(frozen=True, slots=True)
class Span:
    """Study days by their numbers.

    Attributes:
        day: the last that counts.
        since: the first of the period.
        needed: the first whose counts are needed day by day.
    """

    day: int
    since: int
    needed: int


def kept_ready(ask: Ask, decks: str, span: Span) -> Answered:
    """Return what the counts of days and hours hold; `decks` is a condition on their `deck_pk`."""
    sums = ", ".join(f"sum({name})" for name in (*TALLIES, "milliseconds"))
    days = ask(
        f"SELECT study_day, grade, {sums} FROM daily "
        f"WHERE study_day BETWEEN :needed AND :day AND {decks} GROUP BY study_day, grade",
        needed=span.needed,
        day=span.day,
    )
    studied = ask(
        f"SELECT DISTINCT study_day FROM daily WHERE study_day <= :day AND {decks} AND {' + '.join(TALLIES)} > 0",
        day=span.day,
    )
    hours = ask(
        "SELECT hour, sum(answers), sum(reviews), sum(passes) FROM hourly "
        f"WHERE study_day BETWEEN :since AND :day AND {decks} GROUP BY hour",
        since=span.since,
        day=span.day,
    )
    return Answered(
        days=[DayCounts(day_of(number), *counts) for number, *counts in days],
        studied=[day_of(number) for (number,) in studied],
        hours={hour: (answers, reviews, passes) for hour, answers, reviews, passes in hours},
    )


def from_log(ask: Ask, cards: str, values: Mapping[str, int | str], span: Span) -> Answered:
    """Return what the log holds up to the end of a study day, as if it ended there.

    The state before an answer is the outcome stored with the entry before it, an undo's too: that is the state
    after the undo.

    Args:
        ask: runs the SQL.
        cards: a condition on `card_pk`.
        values: its parameters.
        span: which days.
    """
    rows = ask(
        f"""
        WITH line AS (
            SELECT id, study_day, kind, grade, (at_ms / 1000 + utc_offset_s) % 86400 AS second,
                   min(coalesce(reveal_ms, 0) + coalesce(grade_ms, 0), {LONGEST_ANSWER_MS}) AS spent_ms,
                   lag(ease) OVER turn IS NOT NULL AS seen,
                   lag(interval_days) OVER turn >= {MATURE_DAYS} AS mature
            FROM review WHERE study_day <= :day AND {cards}
            WINDOW turn AS (PARTITION BY card_pk ORDER BY {LOG_ORDER})
        )
        SELECT study_day, grade, CASE WHEN study_day >= :since THEN (second + 86400) % 86400 / 3600 END,
               sum(kind = 'scheduled' AND NOT seen), sum(kind = 'scheduled' AND seen AND NOT mature),
               sum(kind = 'scheduled' AND seen AND mature), sum(kind = 'drill'), sum(kind = 'practice'),
               sum(spent_ms)
        FROM line WHERE grade IS NOT NULL AND id NOT IN (SELECT value FROM json_each(:undone)) GROUP BY 1, 2, 3
        """,
        **values,
        since=span.since,
        day=span.day,
        undone=undone_by(ask, span.day),
    )
    days: dict[tuple[int, int], Counter[int]] = {}
    hours: dict[int, Counter[str]] = {}
    for number, grade, hour, *counts in rows:
        days.setdefault((number, grade), Counter()).update(dict(enumerate(counts)))
        if hour is not None:
            reviews = counts[1] + counts[2]
            told = {"answers": sum(counts[:5]), "reviews": reviews, "passes": reviews * (grade >= PASS)}
            hours.setdefault(hour, Counter()).update(told)
    return Answered(
        days=[
            DayCounts(day_of(number), grade, *(counts[at] for at in range(6)))
            for (number, grade), counts in days.items()
        ],
        studied={day_of(number) for number, _ in days},
        hours={hour: (told["answers"], told["reviews"], told["passes"]) for hour, told in hours.items()},
    )


def undone_by(ask: Ask, number: int) -> str:
    """Return, as JSON, the ids of what undos up to the end of a study day had taken back; an undo can be undone."""
    # The plus keeps SQLite on the small index of undos, instead of reading the whole log from its end.
    undos = ask(
        f"SELECT id, undoes FROM review WHERE undoes IS NOT NULL AND study_day <= :day ORDER BY +{LOG_ORDER} DESC",
        day=number,
    )
    undone: set[str] = set()
    for entry, undoes in undos:
        if entry not in undone:
            undone.add(undoes)
    return json.dumps(sorted(undone))

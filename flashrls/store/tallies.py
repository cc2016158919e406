"""What was answered, by day, grade and hour: from the counts that are kept ready, or from the log itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from flashrls.log import LONGEST_ANSWER_MS, MATURE_DAYS
from flashrls.reckoning import Answered
from flashrls.sm2 import PASS
from flashrls.stats import DayCounts
from flashrls.store.days import day_of
from flashrls.store.today import Ask

TALLIES = ("introduced", "young", "mature", "drilled", "practised")

LOG_ORDER = "review.pk"
"""SQL: the log's order: entries are appended in the order of its own clock, and an index has them so by card."""

_MOST_LOOKED_FOR = 1 / 6


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


@dataclass(frozen=True, slots=True)
class Among:
    """The cards that count.

    Attributes:
        inside: a condition on the `pk` and `deck_pk` of a card.
        values: its parameters.
        share: their share of all cards, 0..1, roughly.
    """

    inside: str = "1"
    values: Mapping[str, int | str] = field(default_factory=dict)
    share: float = 1.0

    @property
    def log(self) -> str:
        """SQL: the log, read in the faster way for so many cards."""
        # The index has entries by card, but a step from it to the log for each of many entries takes longer than
        # reading the log from one end to the other.
        return f"review {'NOT INDEXED' if self.share > _MOST_LOOKED_FOR else 'INDEXED BY review_by_card'}"

    @property
    def theirs(self) -> str:
        """SQL: an entry is of one of the cards; stand it behind conditions that are quicker to check."""
        return "1" if self.inside == "1" else f"card_pk IN (SELECT pk FROM card WHERE {self.inside})"


@dataclass(frozen=True, slots=True)
class Undone:
    """The ids of entries that were taken back: by the end of a study day, and by now."""

    then: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()


Key = TypeVar("Key")
Sums = Mapping[Key, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers that can be added up.

    Attributes:
        days: of a study day and grade: the tallies and the milliseconds.
        hours: of an hour: answers, reviews and passes.
        studied: of a study day: all answers.
    """

    days: Sums[tuple[int, int]]
    hours: Sums[int]
    studied: Sums[int]

    def plus(self, more: Counts, by: int = 1) -> Counts:
        """Return these with others added; taken away for `by` -1."""
        return Counts(
            _added(self.days, more.days, by),
            _added(self.hours, more.hours, by),
            _added(self.studied, more.studied, by),
        )

    def answered(self) -> Answered:
        """Return them as progress is made of them."""
        return Answered(
            days=[DayCounts(day_of(number), grade, *sums) for (number, grade), sums in self.days.items()],
            studied=[day_of(number) for number, (answers,) in self.studied.items() if answers],
            hours={hour: (answers, reviews, passes) for hour, (answers, reviews, passes) in self.hours.items()},
        )


def _added(sums: Sums[Key], more: Sums[Key], by: int) -> Sums[Key]:
    added = dict(sums)
    for key, told in more.items():
        known = added.get(key, (0,) * len(told))
        added[key] = [old + by * new for old, new in zip(known, told, strict=True)]
    return added


def undone(ask: Ask, number: int | None) -> Undone:
    """Return what was taken back by the end of a study day, None for now."""
    # The plus keeps SQLite on the small index of undos, instead of reading the whole log from its end.
    undos = ask(f"SELECT id, undoes, study_day FROM review WHERE undoes IS NOT NULL ORDER BY +{LOG_ORDER} DESC")
    now = _taken_back((entry, undoes) for entry, undoes, _ in undos)
    if number is None:
        return Undone(now, now)
    return Undone(_taken_back((entry, undoes) for entry, undoes, day in undos if day <= number), now)


def _taken_back(newest_first: Iterable[tuple[str, str]]) -> frozenset[str]:
    """An undo can be undone."""
    gone: set[str] = set()
    for entry, undoes in newest_first:
        if entry not in gone:
            gone.add(undoes)
    return frozenset(gone)


def kept_ready(ask: Ask, decks: str, span: Span) -> Counts:
    """Return what the counts of days and hours hold: what counts now; `decks` is a condition on their `deck_pk`."""
    sums = ", ".join(f"sum({name})" for name in (*TALLIES, "milliseconds"))
    days = ask(
        f"SELECT study_day, grade, {sums} FROM daily "
        f"WHERE study_day BETWEEN :needed AND :day AND {decks} GROUP BY study_day, grade",
        needed=span.needed,
        day=span.day,
    )
    studied = ask(
        f"SELECT study_day, sum({' + '.join(TALLIES)}) FROM daily WHERE study_day <= :day AND {decks} "
        "GROUP BY study_day",
        day=span.day,
    )
    hours = ask(
        "SELECT hour, sum(answers), sum(reviews), sum(passes) FROM hourly "
        f"WHERE study_day BETWEEN :since AND :day AND {decks} GROUP BY hour",
        since=span.since,
        day=span.day,
    )
    return Counts(
        days={(number, grade): counts for number, grade, *counts in days},
        hours={hour: counts for hour, *counts in hours},
        studied={number: counts for number, *counts in studied},
    )


def kept_until(ask: Ask, among: Among, span: Span, taken_back: Undone) -> Counts:
    """Return what counted at the end of a study day.

    What is kept ready counts now. They differ by the answers that an undo of a later day took back, and by those
    that one brought back.
    """
    return kept_ready(ask, among.inside, span).plus(changed_since(ask, among, span, taken_back))


def changed_since(ask: Ask, among: Among, span: Span, taken_back: Undone) -> Counts:
    """Return what must be added to what counts now, so that it is what counted at the end of a study day."""
    change = Counts({}, {}, {})
    for ids, by in ((taken_back.now - taken_back.then, 1), (taken_back.then - taken_back.now, -1)):
        if ids:
            told = json.dumps(sorted(ids))
            theirs = (
                "SELECT card_pk FROM review WHERE grade IS NOT NULL AND id IN (SELECT value FROM json_each(:ids))"
            )
            few = Among(f"({among.inside}) AND pk IN ({theirs})", {**among.values, "ids": told}, share=0.0)
            change = change.plus(_logged(ask, few, span, "IN", told), by)
    return change


def from_log(ask: Ask, among: Among, span: Span, taken_back: frozenset[str]) -> Counts:
    """Return what the log holds up to the end of a study day, without the entries that were taken back."""
    return _logged(ask, among, span, "NOT IN", json.dumps(sorted(taken_back)))


def _logged(ask: Ask, among: Among, span: Span, standing: str, ids: str) -> Counts:
    """The answers with, or without, these ids.

    The interval before an answer is the outcome stored with the entry before it, an undo's too: that is the state
    after the undo. A new card has none, told as 0.
    """
    rows = ask(
        f"""
        WITH line AS (
            SELECT id, study_day, kind, grade, (at_ms / 1000 + utc_offset_s) % 86400 AS second,
                   min(coalesce(reveal_ms, 0) + coalesce(grade_ms, 0), {LONGEST_ANSWER_MS}) AS spent_ms,
                   coalesce(lag(interval_days) OVER (PARTITION BY card_pk ORDER BY {LOG_ORDER}), 0) AS before
            FROM {among.log} WHERE {among.theirs}
        )
        SELECT study_day, grade, CASE WHEN study_day >= :since THEN (second + 86400) % 86400 / 3600 END,
               sum(kind = 'scheduled' AND before = 0),
               sum(kind = 'scheduled' AND before BETWEEN 1 AND {MATURE_DAYS - 1}),
               sum(kind = 'scheduled' AND before >= {MATURE_DAYS}), sum(kind = 'drill'), sum(kind = 'practice'),
               sum(spent_ms)
        FROM line
        WHERE grade IS NOT NULL AND study_day <= :day AND id {standing} (SELECT value FROM json_each(:ids))
        GROUP BY 1, 2, 3
        """,
        **{**among.values, "since": span.since, "day": span.day, "ids": ids},
    )
    days: dict[tuple[int, int], list[int]] = {}
    hours: dict[int, list[int]] = {}
    studied: dict[int, list[int]] = {}
    for number, grade, hour, *counts in rows:
        answers, reviews = sum(counts[:5]), counts[1] + counts[2]
        _add(studied, number, [answers])
        if number >= span.needed:
            _add(days, (number, grade), counts)
        if hour is not None:
            _add(hours, hour, [answers, reviews, reviews * (grade >= PASS)])
    return Counts(days, hours, studied)


def _add(sums: dict[Key, list[int]], key: Key, told: Sequence[int]) -> None:
    known = sums.setdefault(key, [0] * len(told))
    for at, amount in enumerate(told):
        known[at] += amount

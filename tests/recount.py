"""Statistics counted once more, from the library's file alone: nothing of the program takes part.

Slow and plain on purpose. Every entry of the log is read, what an undo took back is struck out, and each card
is folded by SM-2 as its specification puts it.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FIRST = date(1970, 1, 1)
TALLIES = ("new", "young", "mature", "drill", "practice")


@dataclass
class Card:
    """A card and what its log says of it, entry by entry."""

    pk: int
    id: str
    deck: str
    held: str | None
    created_ms: int
    ease: int = 250
    repetitions: int = 0
    interval: int | None = None
    due: int | None = None
    last: int | None = None
    reviews: int = 0
    lapses: int = 0
    kept: int = 0
    suspended: bool = False

    def forget(self) -> None:
        """A reset: only whether it is suspended stays."""
        self.ease, self.repetitions, self.interval, self.due, self.last = 250, 0, None, None, None
        self.reviews = self.lapses = self.kept = 0

    def review(self, grade: int, day: int, *, keeps_ease: bool) -> None:
        """A scheduled answer; a pass of a card that was reviewed on the same day already changes no schedule."""
        if self.interval is None or self.last != day or grade < 3:
            self.sm2(grade, keeps_ease=keeps_ease)
            self.due = day + (self.interval or 0)
        self.last = day
        self.reviews += 1
        self.lapses += grade < 3

    def sm2(self, grade: int, *, keeps_ease: bool) -> None:
        """One step of SM-2; the ease before the grade makes the interval."""
        longer = min(36_500, (self.interval or 0) * self.ease // 100 + ((self.interval or 0) * self.ease % 100 > 0))
        self.interval = 1 if grade < 3 or self.repetitions == 0 else 6 if self.repetitions == 1 else longer
        self.repetitions = 0 if grade < 3 else self.repetitions + 1
        if grade >= 3 or not keeps_ease:
            self.ease = max(130, self.ease + {0: -80, 1: -54, 2: -32, 3: -14, 4: 0, 5: 10}[grade])

    @property
    def stands(self) -> str:
        """Where it is counted; each card once."""
        if self.held == "draft":
            return "draft"
        if self.suspended:
            return "suspended"
        return "new" if self.interval is None else "young" if self.interval < 21 else "mature"

    @property
    def is_leech(self) -> bool:
        """At 8 lapses, 12, 16…; kept at that many or more it is none."""
        return max((n for n in range(8, self.lapses + 1, 4)), default=0) > self.kept


@dataclass(frozen=True)
class Answer:
    """A graded answer that counts: `tally` is one of `TALLIES`."""

    day: int
    hour: int
    grade: int
    tally: str
    milliseconds: int


@dataclass
class Recount:
    """What the log up to a study day adds up to."""

    day: int
    cards: list[Card] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


def everything(_: Card) -> bool:
    """Chooses every card."""
    return True


def read(
    path: Path,
    day: date,
    choose: Callable[[Card], bool] = everything,
    *,
    created_before_ms: int | None = None,
    is_now: bool = False,
) -> Recount:
    """Return what the log at the end of the study day `day` says of the cards that are chosen.

    Args:
        path: the library's file.
        day: answers of later study days don't count, and undos of later days aren't known.
        choose: which cards are counted.
        created_before_ms: notes made from then on aren't there yet; None for all.
        is_now: `day` is the present one: all undos and all that was done to the cards is known, even if the
            clock was set back since and says that it lies ahead.
    """
    number = (day - FIRST).days
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        kept = dict(file.execute("SELECT key, value FROM setting").fetchall())
        cards = {card.pk: card for card in map(_card, file.execute(_CARDS)) if choose(card)}
        known = "1" if is_now else f"study_day <= {number}"
        log = file.execute(f"SELECT * FROM review WHERE {known} ORDER BY pk").fetchall()
    told = Recount(number)
    keeps_ease = kept.get("lapse_ease") == "keep"
    for line in _standing(log):
        if line["card_pk"] in cards:
            told.answers.extend(_lived(cards[line["card_pk"]], line, keeps_ease=keeps_ease))
    told.answers = [answer for answer in told.answers if answer.day <= number]
    there = (c for c in cards.values() if created_before_ms is None or c.created_ms < created_before_ms)
    told.cards = [card for card in there if card.held != "gone"]
    return told


_CARDS = """
    SELECT card.pk, note.uid, card.part, deck.name, card.held, note.created_ms
    FROM card, note, deck WHERE note.pk = card.note_pk AND deck.pk = note.deck_pk ORDER BY card.pk
"""


def _card(row: sqlite3.Row) -> Card:
    return Card(row[0], f"{row[1]} {row[2]}", row[3], row[4], row[5])


def _standing(log: Iterable[sqlite3.Row]) -> list[sqlite3.Row]:
    """The entries that count: each undo that counts strikes one out, be it an undo itself."""
    struck: set[str] = set()
    lines = []
    for line in sorted(log, key=lambda line: line["pk"], reverse=True):
        if line["id"] in struck:
            continue
        if line["undoes"] is None:
            lines.append(line)
        else:
            struck.add(line["undoes"])
    return lines[::-1]


def _lived(card: Card, line: sqlite3.Row, *, keeps_ease: bool) -> list[Answer]:
    """Move the card along by an entry; return the answer if it is one."""
    kind, grade = line["kind"], line["grade"]
    tally = {"drill": "drill", "practice": "practice"}.get(kind)
    if kind == "scheduled":
        tally = "new" if card.interval is None else "young" if card.interval <= 20 else "mature"
        card.review(grade, line["study_day"], keeps_ease=keeps_ease)
    elif kind in ("suspend", "import-suspended", "unsuspend", "import-unsuspended"):
        card.suspended = kind in ("suspend", "import-suspended")
    elif kind == "reset":
        card.forget()
    elif kind == "keep":
        card.kept = card.lapses
    if tally is None:
        return []
    took = min(60_000, (line["reveal_ms"] or 0) + (line["grade_ms"] or 0))
    hour = (line["at_ms"] + 1000 * line["utc_offset_s"]) // 3_600_000 % 24
    return [Answer(line["study_day"], hour, grade, tally, took)]


def document(told: Recount, days: int) -> dict[str, Any]:
    """Return what `flashrls stats --json` must say of it, but for `PLANS` and what is only named.

    The period begins with the first answer if that is less than `days` ago, and with the day itself without any.
    """
    last = told.day
    since = max(last - days + 1, min((a.day for a in told.answers), default=last))
    period = [a for a in told.answers if a.day >= since]
    return {
        "day": _iso(last),
        "first_on": _iso(min(a.day for a in told.answers)) if told.answers else None,
        "since": _iso(since),
        "today": totals(a for a in told.answers if a.day == last),
        "period": totals(period),
        "days": _by_day(period, since, last),
        "year": _year(told),
        "streak": _streak({a.day for a in told.answers}, last),
        "retention": {
            "days": days,
            **rate(a for a in period if a.tally in ("young", "mature")),
            **{part: rate(a for a in period if a.tally == part) for part in ("young", "mature")},
        },
        "hours": [_hour(hour, [a for a in period if a.hour == hour]) for hour in range(24)],
        "buttons": [
            {"grade": grade, **{part: _given(period, grade, part) for part in TALLIES[:4]}} for grade in range(6)
        ],
        **_standings(told.cards),
        "pace_ms": _pace([a.milliseconds for a in told.answers if a.day > last - 30]),
    }


PLANS = ("forecast", "rest", "as_of", "scope")
"""What a recount doesn't tell."""


def compared(told: dict[str, Any]) -> dict[str, Any]:
    """Return a document of `flashrls stats --json` as far as a recount tells it, shares rounded alike."""
    kept = {key: value for key, value in told.items() if key not in PLANS}
    kept["leeches"] = {
        "count": kept["leeches"]["count"],
        "lapses": [leech["lapses"] for leech in kept["leeches"]["cards"]],
    }
    rounded: dict[str, Any] = json.loads(json.dumps(kept), parse_float=lambda number: round(float(number), 6))
    return rounded


def totals(answers: Iterable[Answer]) -> dict[str, int]:
    """The totals of some answers."""
    mine = list(answers)
    number = {tally: sum(a.tally == tally for a in mine) for tally in TALLIES}
    passed = {tally: sum(a.tally == tally and a.grade >= 3 for a in mine) for tally in ("young", "mature")}
    return {
        "answers": len(mine),
        "reviews": number["young"] + number["mature"],
        "passes": passed["young"] + passed["mature"],
        **number,
        "young_passes": passed["young"],
        "mature_passes": passed["mature"],
        "milliseconds": sum(a.milliseconds for a in mine),
    }


def rate(answers: Iterable[Answer]) -> dict[str, Any]:
    """The share of passes with Wilson's interval, as the roots of (p - x)² = z² x (1 - x) / n."""
    grades = [a.grade for a in answers]
    n, passes = len(grades), sum(grade >= 3 for grade in grades)
    told: dict[str, Any] = {"passes": passes, "reviews": n, "share": None, "low": None, "high": None}
    if n >= 20:
        z, p = 1.959964, passes / n
        a, b, c = 1 + z * z / n, -(2 * p + z * z / n), p * p
        root = math.sqrt(max(0.0, b * b - 4 * a * c))
        low, high = (-b - root) / (2 * a), (-b + root) / (2 * a)
        told |= {"share": round(p, 6), "low": round(max(0.0, low), 6), "high": round(min(1.0, high), 6)}
    return told


def _by_day(answers: list[Answer], since: int, last: int) -> list[dict[str, Any]]:
    on: dict[int, list[Answer]] = {}
    for answer in answers:
        on.setdefault(answer.day, []).append(answer)
    return [{"day": _iso(day), **totals(on.get(day, []))} for day in range(since, last + 1)]


def _year(told: Recount) -> list[dict[str, Any]]:
    """From the Monday 52 weeks before the one of the day's week; 1970 began on a Thursday."""
    on = Counter(a.day for a in told.answers)
    monday = told.day - (told.day + 3) % 7
    return [{"day": _iso(day), "answers": on[day]} for day in range(monday - 364, told.day + 1)]


def _streak(studied: set[int], day: int) -> dict[str, int]:
    def back(from_day: int) -> int:
        length = 0
        while from_day - length in studied:
            length += 1
        return length

    current = back(day) or back(day - 1)
    return {"current": current, "longest": max((back(last) for last in studied), default=0)}


def _hour(hour: int, answers: list[Answer]) -> dict[str, Any]:
    reviews = rate(a for a in answers if a.tally in ("young", "mature"))
    return {"hour": hour, "answers": len(answers), **reviews}


def _given(answers: list[Answer], grade: int, tally: str) -> int:
    return sum((a.grade, a.tally) == (grade, tally) for a in answers)


def _standings(cards: list[Card]) -> dict[str, Any]:
    stands = Counter(card.stands for card in cards)
    asked = [card for card in cards if card.stands in ("young", "mature")]
    intervals, eases = Counter(card.interval for card in asked), Counter(card.ease for card in asked)
    leeches = sorted(-c.lapses for c in cards if c.is_leech and not c.held and not c.suspended)
    return {
        "cards": {
            "total": len(cards) - stands["draft"],
            **{part: stands[part] for part in ("new", "young", "mature", "suspended", "draft")},
        },
        "intervals": [{"interval_days": i, "cards": n} for i, n in sorted(intervals.items(), key=_days_first)],
        "eases": [{"ease": ease, "cards": n} for ease, n in sorted(eases.items())],
        "leeches": {"count": len(leeches), "lapses": [-lapses for lapses in leeches[:20]]},
    }


def _days_first(pair: tuple[int | None, int]) -> int:
    """The sort key of an interval and its cards."""
    return pair[0] or 0


def _pace(milliseconds: list[int]) -> int | None:
    return sum(milliseconds) // len(milliseconds) if milliseconds else None


def _iso(day: int) -> str:
    return (FIRST + timedelta(days=day)).isoformat()

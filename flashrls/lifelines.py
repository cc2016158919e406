"""A card's life in lines of text, which the shell and the screen share: trends, buttons, what if, entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import log

from flashrls.clock import Moment
from flashrls.life import Life, LifeEntry
from flashrls.log import EntryKind
from flashrls.sm2 import FIRST_EASE, LEAST_EASE, PASS
from flashrls.study import StudyCard, interval_words
from flashrls.why import deed

BLOCKS, DIGITS = "▁▂▃▄▅▆▇█", "12345678"
"""The eight heights of a trend, and what stands for them where there is nothing but ASCII."""

LABEL_CELLS = 10
"""Behind so many cells what is said begins."""

_LEAST_REVIEWS = 2
_UNHEARD = {
    "draft": "It is a draft and isn't asked. If it were, each button would give:",
    "gone": "It isn't in its deck's file any more and isn't asked. If it were, each button would give:",
}
HEAD = f"{'date':<10}  {'grade':<9}  {'ease':<4}  {'interval':<11}  due"
"""Stands above what `entry_lines` returns."""


def ease_words(ease: int) -> str:
    """Return an ease, given in hundredths, as in "2.50"."""
    return f"{ease / 100:.2f}"


def trend_lines(reviews: Sequence[LifeEntry], cells: int, heights: str = BLOCKS) -> list[str]:
    """Return rows that plot the intervals, by their logarithm, and the ease; none for fewer than two reviews.

    Args:
        reviews: scheduled grades that count, oldest first; of too many the newest are shown.
        cells: how wide a line may be.
        heights: the eight characters that stand for the heights, lowest first.
    """
    if len(reviews) < _LEAST_REVIEWS:
        return []
    shown = reviews[-max(_LEAST_REVIEWS, cells - LABEL_CELLS) :]
    intervals = [max(1, review.interval_days or 1) for review in shown]
    eases = [review.ease or FIRST_EASE for review in shown]
    rows = [
        ("interval", _intervals_row(intervals, heights), _ends(interval_words, min(intervals), max(intervals))),
        ("ease", _eases_row(eases, heights), f"{_ends(ease_words, min(eases), max(eases))} (least 1.30)"),
    ]
    fits = all(LABEL_CELLS + len(row) + 2 + len(ends) <= cells for _, row, ends in rows)
    told = []
    for label, row, ends in rows:
        told.append(f"{label:<{LABEL_CELLS}}{row}" + (f"  {ends}" if fits else ""))
        if not fits:
            told.append(" " * LABEL_CELLS + ends)
    lapse = "×" if heights == BLOCKS else "x"
    lapses = "".join(lapse if (review.line.entry.grade or 0) < PASS else " " for review in shown).rstrip()
    told += [f"{'lapses':<{LABEL_CELLS}}{lapses}"] if lapses else []
    is_cut = len(shown) < len(reviews)
    return [*told, " " * LABEL_CELLS + f"the newest {len(shown)} of {len(reviews):,} reviews"] if is_cut else told


def _intervals_row(intervals: Sequence[int], heights: str) -> str:
    lowest, highest = log(min(intervals)), log(max(intervals))
    return "".join(_height(log(days), lowest, highest, heights) for days in intervals)


def _eases_row(eases: Sequence[int], heights: str) -> str:
    highest = max(FIRST_EASE, *eases)
    return "".join(_height(ease, LEAST_EASE, highest, heights) for ease in eases)


def _height(value: float, lowest: float, highest: float, heights: str) -> str:
    share = (value - lowest) / (highest - lowest) if highest > lowest else 0.0
    return heights[round(share * (len(heights) - 1))]


def _ends(words: Callable[[int], str], least: int, most: int) -> str:
    return f"{words(least)} to {words(most)}" if least != most else f"always {words(least)}"


def buttons_heading(life: Life, card: StudyCard, day: date) -> str:
    """Return when the buttons would do what `button_lines` tells; `day` is today."""
    if card.held:
        return _UNHEARD.get(card.held, _UNHEARD["draft"])
    if life.state.suspended:
        return "It is suspended. Were it asked, each button would give:"
    if life.asked_on == day:
        return "Asked today, each button gives:"
    drill = "It is in today's drill, which changes no schedule. " if life.state.drill_on == day else ""
    return f"{drill}Asked on {life.asked_on}, each button gives:"


def button_lines(life: Life) -> list[str]:
    """Return a line for each button: ease, interval and due day after it, and whether it drills."""
    told = [
        f"{f'{outcome.button} {outcome.name}':<10}  ease {ease_words(outcome.schedule.ease)}  "
        f"{interval_words(outcome.schedule.interval_days):<11}  {outcome.due_on}" + "  drill" * outcome.drill
        for outcome in life.outcomes
    ]
    is_moved = any(outcome.due_on != outcome.schedule.due_on for outcome in life.outcomes)
    return [*told, "Fuzz or the longest interval moves the due day."] if is_moved else told


def what_if_words(life: Life) -> str:
    """Return what the other `lapse_ease` would make of the same grades; empty for a new card."""
    other, schedule = life.what_if, life.state.schedule
    if other is None or schedule is None:
        return ""
    told = f"With lapse_ease = {other.lapse_ease}: "
    if not other.otherwise:
        why = "its lapses met an ease of 1.30 already" if life.state.lapses else "it has no lapse"
        return f"{told}the same, for {why}."
    first = other.otherwise[0].line.entry
    since = (
        f"{len(other.otherwise):,} of {len(life.reviews):,} reviews come out otherwise, from {first.study_day} on"
    )
    if other.is_same:
        return f"{told}the same now, though {since}."
    then = f"ease {ease_words(other.schedule.ease)}, interval {interval_words(other.schedule.interval_days)}"
    now = f"{ease_words(schedule.ease)}, {interval_words(schedule.interval_days)}, {life.state.due_on}"
    return f"{told}{then}, due {other.due_on} (now: {now}); {since}."


def entry_lines(told: LifeEntry) -> tuple[str, str]:
    """Return an entry and, for a line below it, its rule; the second is empty where it would say the same."""
    entry = told.line.entry
    name = "redo" if told.line.is_redo else deed(entry)
    reason = f"(undone) {told.rule}" if told.line.undone else "" if told.rule == name else told.rule
    when = f"{Moment(entry.at_ms, entry.utc_offset_s).wall_clock:%Y-%m-%d}"
    if entry.grade is None and entry.kind is not EntryKind.UNDO:
        # What is no grade moves no due day (a reset takes it away); its words may be long.
        return (f"{when}  {told.rule}", "(undone)" if told.line.undone else "")
    if told.ease is None or told.interval_days is None:
        return f"{when}  {name}", reason
    interval = interval_words(told.interval_days)
    return f"{when}  {name:<9}  {ease_words(told.ease)}  {interval:<11}  {told.due_on or ''}".rstrip(), reason

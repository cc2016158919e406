"""A card's life as `why` prints it, and as its JSON document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from flashrls.cli.output import can_print, room_for, table

if TYPE_CHECKING:
    from flashrls.life import Life, LifeEntry, Otherwise, Outcome, WhatIf
    from flashrls.log import Entry
    from flashrls.study import StudyCard

_LONGEST_HEADING = 200
_WIDEST_TREND = 100
_INDENT = "  "


def life_lines(card: StudyCard, life: Life, day: date, cells: int | None = None) -> list[str]:
    """Return a card's life in lines: the card, its log, its trend, the buttons, what if.

    Args:
        card: the card.
        life: its life.
        day: today's study day.
        cells: how wide a line may be; None for the terminal's width, or any where there is no terminal.
    """
    cells = room_for(0) if cells is None else cells
    heading = table([(f"{card.id}: {card.face.question}",)], last=cells or _LONGEST_HEADING)
    parts = [_log_lines(life, cells), _trend(life, cells), _buttons(card, life, day, cells), _what_if(life, cells)]
    log, *others = [part for part in parts if part]
    return [*heading, *log, *(line for part in others for line in ("", *part))]


def _log_lines(life: Life, cells: int | None) -> list[str]:
    if not life.entries:
        return ["It was never asked."]
    lines = table([("when", "grade", "ease", "interval", "due", "why"), *map(_row, life.entries)])
    if cells is None or all(len(line) <= cells for line in lines):
        return lines
    return list(_narrow(life, cells))


def _narrow(life: Life, cells: int) -> Iterator[str]:
    from flashrls.lifelines import HEAD, entry_lines

    yield HEAD
    for told in life.entries:
        facts, reason = entry_lines(told)
        yield from _wrapped(facts, cells)
        if reason:
            yield from _wrapped(reason, cells, _INDENT)


def _row(told: LifeEntry) -> tuple[str, ...]:
    from flashrls.why import deed

    return (
        f"{_when(told.line.entry):%Y-%m-%d %H:%M}",
        "redo" if told.line.is_redo else deed(told.line.entry),
        f"{told.ease / 100:.2f}" if told.ease else "-",
        f"{told.interval_days} d" if told.interval_days else "-",
        told.due_on.isoformat() if told.due_on else "-",
        f"(undone) {told.rule}" if told.line.undone else told.rule,
    )


def _trend(life: Life, cells: int | None) -> list[str]:
    import sys

    from flashrls.lifelines import BLOCKS, DIGITS, trend_lines

    heights = BLOCKS if can_print(f"{BLOCKS}×", sys.stdout) else DIGITS
    return trend_lines(life.reviews, min(cells or _WIDEST_TREND, _WIDEST_TREND), heights)


def _buttons(card: StudyCard, life: Life, day: date, cells: int | None) -> list[str]:
    from flashrls.lifelines import button_lines, buttons_heading

    lines = [line for told in button_lines(life) for line in _wrapped(told, cells, _INDENT)]
    return [*_wrapped(buttons_heading(life, card, day), cells), *lines]


def _what_if(life: Life, cells: int | None) -> list[str]:
    from flashrls.lifelines import what_if_words

    return _wrapped(what_if_words(life), cells)


def _wrapped(text: str, cells: int | None, indent: str = "") -> list[str]:
    if cells is None or len(indent) + len(text) <= cells:
        return [indent + text] if text else []
    return wrap(text, cells, initial_indent=indent, subsequent_indent=indent or _INDENT)


def life_document(life: Life) -> dict[str, Any]:
    """Return what `why --json` tells of a life."""
    return {
        "log": [_logged(told) for told in life.entries],
        "asked_on": life.asked_on.isoformat(),
        "now": [_outcome(outcome) for outcome in life.outcomes],
        "what_if": life.what_if and _other(life.what_if),
    }


def _logged(told: LifeEntry) -> dict[str, Any]:
    line = told.line
    document = {
        "id": line.entry.id,
        "reviewed_at": _when(line.entry).isoformat(timespec="milliseconds"),
        "study_day": line.entry.study_day.isoformat(),
        "kind": line.entry.kind.value,
        "grade": line.entry.grade,
        "ease": line.ease,
        "repetitions": line.repetitions,
        "interval_days": line.interval_days,
        "due_on": line.due_on and line.due_on.isoformat(),
        "undone": line.undone,
        "rule": told.rule,
    }
    return document | {"changed": list(line.changed)} if line.changed else document


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "button": outcome.button,
        "name": outcome.name,
        "grade": outcome.grade,
        "interval_days": outcome.schedule.interval_days,
        "due_on": outcome.due_on.isoformat(),
        "ease": outcome.schedule.ease,
        "drill": outcome.drill,
    }


def _other(what_if: WhatIf) -> dict[str, Any]:
    return {
        "lapse_ease": what_if.lapse_ease,
        "ease": what_if.schedule.ease,
        "interval_days": what_if.schedule.interval_days,
        "repetitions": what_if.schedule.repetitions,
        "due_on": what_if.due_on.isoformat(),
        "same": what_if.is_same,
        "otherwise": [_otherwise(other) for other in what_if.otherwise],
    }


def _otherwise(other: Otherwise) -> dict[str, Any]:
    return {"id": other.line.entry.id, "ease": other.ease, "interval_days": other.interval_days}


def _when(entry: Entry) -> datetime:
    """The entry's instant as the learner's clock showed it, with its offset."""
    from flashrls.clock import Moment

    zone = timezone(timedelta(seconds=entry.utc_offset_s))
    return Moment(entry.at_ms, entry.utc_offset_s).wall_clock.replace(tzinfo=zone)

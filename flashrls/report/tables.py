"""The parts of progress that are told in columns."""

from __future__ import annotations

from collections.abc import Sequence

from flashrls.progress import Progress, Rest
from flashrls.report.part import Paper, Part
from flashrls.report.words import cut, duration_words, passed_words
from flashrls.stats import TOO_FEW
from flashrls.study import BUTTON_NAMES, BUTTONS, SIX_NAMES
from flashrls.telling import count

_LEAST_NAME = 14


def retention_rows(progress: Progress) -> list[tuple[str, str]]:
    """Return all, young and mature with their rates; only all of them while there are too few."""
    all_ = progress.retention
    if all_.share is None:
        return [("all", f"too few reviews yet: {all_.passes:,} of {all_.reviews:,} passed, {TOO_FEW} are needed")]
    rates = (("all", all_), ("young", progress.young), ("mature", progress.mature))
    return [(name, passed_words(rate)) for name, rate in rates]


def retention(progress: Progress, paper: Paper) -> Part:
    """Return the period's retention, with its interval."""
    rows = retention_rows(progress)
    if len(rows) == 1:
        return Part("Retention", paper.told(rows[0][1]), of_period=True)
    lines = paper.told(*(f"{name:<7} {words}" for name, words in rows))
    return Part("Retention", (), lines, paper.told(WHAT_RETENTION_IS), of_period=True)


WHAT_RETENTION_IS = "In parentheses the 95 % confidence interval. Mature: 21 days or longer."


def buttons(progress: Progress, paper: Paper) -> Part:
    """Return how often each button was pressed; grades that none gives are left out where they were never given."""
    names = SIX_NAMES | {grade: BUTTON_NAMES[button] for button, grade in BUTTONS.items()}
    rows: list[tuple[str, ...]] = [("", "new", "young", "mature", "drill")]
    pressed = 0
    for grade in progress.grades:
        numbers = (grade.new, grade.young, grade.mature, grade.drilled)
        pressed += sum(numbers)
        if any(numbers) or grade.grade in BUTTONS.values():
            rows.append((names[grade.grade], *(f"{number:,}" for number in numbers)))
    if not pressed:
        return Part("Buttons", paper.told("none was pressed"), of_period=True)
    return Part("Buttons", (), _aligned(rows, right=range(1, 5)), of_period=True)


def leeches(progress: Progress, paper: Paper, most: int, hint: str) -> Part:
    """Return the cards forgotten too often, `most` of them; `hint` tells how the others are seen."""
    heading = f"Leeches: {progress.leech_count:,}"
    if not progress.leech_count:
        return Part(heading, paper.told("no card was forgotten too often"))
    rows = [(count(leech.lapses, "lapse"), leech.question) for leech in progress.leeches[:most]]
    widest = max(len(lapses) for lapses, _ in rows)
    lines = tuple(f"{lapses:>{widest}}  {cut(question, paper.width - widest - 2)}" for lapses, question in rows)
    more = progress.leech_count - len(rows)
    return Part(heading, (), lines, paper.told(f"and {more:,} more: {hint}") if more else ())


def rest(progress: Progress, paper: Paper, most: int) -> Part:
    """Return how long it takes until every card of a deck was seen, for the first `most` decks."""
    heading = "Until every card was seen"
    if not progress.rest:
        return Part(heading, paper.told("every card was seen"))
    shown = progress.rest[:most]
    aligned = _aligned([("new", "days", "done on", "takes"), *map(_rest_cells, shown)], right=range(4))
    if paper.width - len(aligned[0]) < _LEAST_NAME:
        aligned = _aligned([("new", "days", "done on"), *(_rest_cells(one)[:3] for one in shown)], right=range(3))
    room = paper.width - len(aligned[0]) - 2
    decks = ["deck", *(one.deck for one in shown)]
    more = len(progress.rest) - len(shown)
    noted = [f"and {count(more, 'more deck')}"] * (more > 0)
    if any(one.days is None for one in progress.rest):
        noted.append("never: at the present limits the last one isn't reached within ten years")
    lines = tuple(f"{line}  {cut(deck, room)}" for line, deck in zip(aligned, decks, strict=True))
    return Part(heading, (), lines, paper.told(*noted))


def _rest_cells(one: Rest) -> tuple[str, ...]:
    takes = duration_words(one.milliseconds) if one.milliseconds is not None else "?"
    days = f"{one.days:,}" if one.days is not None else "–"
    return f"{one.new:,}", days, one.last_on.isoformat() if one.last_on else "never", takes


def _aligned(rows: Sequence[Sequence[str]], *, right: range) -> tuple[str, ...]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return tuple(line.rstrip() for line in lines)

"""The pages of the progress screen: which parts of a progress stand on each, and how they are laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from flashrls import report
from flashrls.progress import Progress
from flashrls.report import Paper, Part

_WIDE = 116
"""Cells from which on parts stand in two columns."""
_WIDEST = 76
_GAP = 6
_LABEL_CELLS = 12
_QUIET = "$foreground-muted"
_CHART = "$text-accent"
_MOST_LEECHES = 20
_MOST_RESTS = 100
_LEAST_CHART, _MOST_CHART = 5, 12
_BESIDE_CHARTS = 4
"""Rows of a page that two charts leave over: two headings, a legend and a gap."""


@dataclass(frozen=True, slots=True)
class Room:
    """The room for a page, in cells and rows."""

    cells: int
    rows: int


def page_lines(progress: Progress, at: int, room: Room) -> list[Content]:
    """Return a page as lines; pages are counted from 0 as in `progresskeys.PAGES`."""
    if not progress.cards.total and not progress.longest_streak:
        return [Content(_nothing(progress))]
    is_wide = room.cells >= _WIDE
    cells = min(_WIDEST, (room.cells - _GAP) // 2 if is_wide else room.cells)
    rows = max(_LEAST_CHART, min(_MOST_CHART, (room.rows - _BESIDE_CHARTS) // 2))
    blocks = list(_MAKERS[at](progress, Paper(cells, rows)))
    return _two_columns(blocks, cells) if is_wide and len(blocks) > 1 else _stacked(blocks)


def _nothing(progress: Progress) -> str:
    if progress.scope:
        return "No card is found here, so there is nothing to count."
    if not progress.is_now:
        return "There was no card yet by the end of that day."
    return "There are no cards yet. Add or import some on the home screen, study them, and look again."


Block = Sequence[Content]


def _stacked(blocks: Sequence[Block]) -> list[Content]:
    lines: list[Content] = []
    for block in blocks:
        lines += [*([Content()] if lines else []), *block]
    return lines


def _two_columns(blocks: Sequence[Block], cells: int) -> list[Content]:
    """The first half of the blocks at the left, the others beside them."""
    half = -(-len(blocks) // 2)
    left, right = _stacked(blocks[:half]), _stacked(blocks[half:])
    lines = []
    for row in range(max(len(left), len(right))):
        one = left[row] if row < len(left) else Content()
        other = right[row] if row < len(right) else Content()
        lines.append(Content.assemble(one, " " * max(1, cells + _GAP - one.cell_length), other))
    return lines


def _block(part: Part, drawn: str = _CHART) -> Block:
    """A part with its chart in colour, or as plain as a table."""
    return [
        Content.styled(part.heading, "bold"),
        *(Content.styled(line, _QUIET) for line in part.said),
        *(Content.styled(line, drawn) for line in part.drawn),
        *(Content.styled(line, _QUIET) for line in part.noted),
    ]


def _chart_alone(part: Part) -> Block:
    """A part without its words, which are on the overview; where there is no chart, with them."""
    return _block(Part(part.heading, (), part.drawn) if part.drawn else part)


def _overview(progress: Progress, paper: Paper) -> Iterator[Block]:
    yield _facts(progress, paper)
    yield _block(report.year(progress, paper))


def _facts(progress: Progress, paper: Paper) -> Block:
    """What there is to say in one line each."""
    (_, retained), *parts = report.retention_rows(progress)
    facts = [
        ("Retention", retained, "bold" if parts else _QUIET),
        *((f"  {name}", words, "") for name, words in parts),
        ("Streak", report.streak_words(progress), ""),
        ("Today" if progress.is_now else "That day", report.day_words(progress.today), ""),
        ("Period", _period(progress), ""),
        ("Cards", report.card_words(progress), ""),
    ]
    beside = Paper(paper.width - _LABEL_CELLS)
    lines: list[Content] = []
    for name, words, style in facts:
        for at, piece in enumerate(beside.told(words)):
            label = f"{name if at == 0 else '':<{_LABEL_CELLS}}"
            lines.append(Content.assemble((label, _QUIET), (piece, style)))
    return [*lines, *(Content.styled(line, _QUIET) for line in report.retention(progress, paper).noted)]


def _period(progress: Progress) -> str:
    """The period's answers and time; since when, where it begins with the first answer."""
    if not progress.period.answers:
        return report.answers_words(progress)
    told = f"{report.answers_words(progress)}, {report.minutes_words(progress)}"
    if progress.since == progress.first_on != progress.day:
        told += f"; {report.period_words(progress)}"
    return told


def _days(progress: Progress, paper: Paper) -> Iterator[Block]:
    yield _chart_alone(report.answers(progress, paper))
    yield _chart_alone(report.minutes(progress, paper))


def _to_come(progress: Progress, paper: Paper) -> Iterator[Block]:
    yield _block(report.forecast(progress, paper))
    yield _block(report.rest(progress, paper, _MOST_RESTS), "")


def _cards(progress: Progress, paper: Paper) -> Iterator[Block]:
    yield _block(report.intervals(progress, paper))
    yield _block(report.eases(progress, paper))
    yield _block(report.leeches(progress, paper, _MOST_LEECHES, "l looks at all of them"), "")


def _answers(progress: Progress, paper: Paper) -> Iterator[Block]:
    yield _block(report.hours(progress, paper))
    yield _block(report.buttons(progress, paper), "")


_MAKERS: tuple[Callable[[Progress, Paper], Iterator[Block]], ...] = (_overview, _days, _to_come, _cards, _answers)

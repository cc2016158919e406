"""Progress as a page of plain text, for the terminal and for files to share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from flashrls import report
from flashrls.clean import clean_line
from flashrls.progress import Progress
from flashrls.report import Paper, Part
from flashrls.telling import count

INDENT = "  "
_MOST_RESTS = 12
_MOST_LEECHES = 10


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


def page(progress: Progress, width: int, *, only_ascii: bool = False) -> list[Section]:
    """Return all of a progress as sections, whose lines take at most `width` cells with their indent.

    There are none where there is neither a card nor an answer.

    Args:
        progress: what to tell.
        width: cells, at least 40.
        only_ascii: whether charts do without blocks.
    """
    if is_empty(progress):
        return []
    paper = Paper(width - len(INDENT), only_ascii=only_ascii)
    dash = "-" if only_ascii else "–"
    return [
        Section(_headed(part, progress, width), tuple(INDENT + line.replace("–", dash) for line in part.lines))
        for part in _parts(progress, paper)
    ]


def is_empty(progress: Progress) -> bool:
    """Whether there is neither a card nor an answer to tell of."""
    return not progress.cards.total and not progress.longest_streak


def title(progress: Progress) -> str:
    """Return what a page is about, as in "Progress on Monday 23 November 2026, of deck Sleep"."""
    day = f"{progress.day:%A} {progress.day.day} {progress.day:%B} {progress.day.year}"
    scope = f", of {progress.scope}" if progress.scope else ""
    return clean_line(f"Progress {'on' if progress.is_now else 'as it stood on'} {day}{scope}")


def opening(progress: Progress, width: int) -> list[str]:
    """Return the title in lines of at most `width` cells; where nothing was answered yet, how to begin."""
    lines, begin = wrap(title(progress), width), _beginning(progress)
    return [*lines, "", *wrap(begin, width)] if begin else lines


def _beginning(progress: Progress) -> str:
    """What to say where there is no card or no answer; nobody can begin on an earlier day."""
    if is_empty(progress):
        if not progress.is_now:
            return "There was no card yet by the end of that day."
        if progress.scope:
            return "No card is found. `flashrls decks` lists the decks, `flashrls cards` the cards."
        return "There is nothing to tell yet: `flashrls import FILE.md` brings cards in."
    if progress.longest_streak:
        return ""
    return "Nothing was answered yet. `flashrls review` begins." if progress.is_now else "Nothing was answered yet."


def summary(progress: Progress) -> str:
    """Return the gist in some sentences, for those who can't see a picture of the page."""
    share = progress.retention.share
    kept = f" {share * 100:.0f} % of the reviews were passed." if share is not None else ""
    period = report.period_words(progress)
    return (
        f"{title(progress)}. {count(progress.period.answers, 'answer')}{', ' * bool(period)}{period}.{kept} "
        f"Streak: {count(progress.streak, 'day')}. {report.card_words(progress)}."
    ).replace("\xa0", " ")


def _headed(part: Part, progress: Progress, width: int) -> str:
    """A part's heading with the period, if it tells of that and there is room."""
    period = report.period_words(progress) if part.of_period else ""
    heading = f"{part.heading}, {period}" if period else part.heading
    return heading if len(heading) <= width else heading.removesuffix(", the first answer")


def _parts(progress: Progress, paper: Paper) -> Iterator[Part]:
    yield Part("Today" if progress.is_now else "That day", paper.told(report.day_words(progress.today)))
    yield Part("Streak", paper.told(report.streak_words(progress)))
    yield report.retention(progress, paper)
    yield Part("Cards", paper.told(report.card_words(progress)))
    yield report.year(progress, paper)
    yield report.answers(progress, paper)
    yield report.minutes(progress, paper)
    yield report.forecast(progress, paper)
    yield report.intervals(progress, paper)
    yield report.eases(progress, paper)
    yield report.hours(progress, paper)
    yield report.buttons(progress, paper)
    yield report.leeches(progress, paper, _MOST_LEECHES, "`flashrls cards is:leech -is:suspended`")
    yield report.rest(progress, paper, _MOST_RESTS)

"""Progress as a page of plain text, for the terminal and for files to share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from flashrls.clean import clean_line
from flashrls.plots import (
    Series,
    bars_by_day,
    bars_by_ease,
    bars_by_hour,
    days_per_bar,
    heat_map,
    interval_bins,
    named_bars,
)
from flashrls.progress import Progress, Rest, Totals
from flashrls.stats import TOO_FEW, Rate
from flashrls.study import BUTTON_NAMES, BUTTONS, SIX_NAMES
from flashrls.telling import count, short

INDENT = "  "
_CHART_ROWS = 8
_MOST_RESTS = 12
_LEAST_NAME = 14
_MOST_LEECHES = 10


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Paper:
    """What is written on: so many cells a line, with or without blocks."""

    width: int
    only_ascii: bool

    def told(self, *texts: str) -> list[str]:
        """Sentences of our own, wrapped; a number stays with its word where a no-break space joins them."""
        lines = [line for text in texts for line in wrap(text, self.width, break_on_hyphens=False)]
        return [line.replace("\xa0", " ") for line in lines]

    def chart(self, days: Sequence[date], *series: Series, rows: int = _CHART_ROWS) -> list[str]:
        return bars_by_day(days, series, self.width, rows + (len(series) > 1), only_ascii=self.only_ascii)


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
    paper = _Paper(width - len(INDENT), only_ascii)
    dash = "-" if only_ascii else "–"
    return [
        Section(heading, tuple(INDENT + line.replace("–", dash) for line in lines))
        for heading, lines in _sections(progress, paper)
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
    lines = wrap(title(progress), width)
    if is_empty(progress) and not progress.scope:
        lines += ["", *wrap("There is nothing to tell yet: `flashrls import FILE.md` brings cards in.", width)]
    elif is_empty(progress):
        lines += [
            "",
            *wrap("No card is found. `flashrls decks` lists the decks, `flashrls cards` the cards.", width),
        ]
    elif not progress.longest_streak:
        lines += ["", *wrap("Nothing was answered yet. `flashrls review` begins.", width)]
    return lines


def summary(progress: Progress) -> str:
    """Return the gist in some sentences, for those who can't see a picture of the page."""
    share = progress.retention.share
    kept = f" {share * 100:.0f} % of the reviews were passed." if share is not None else ""
    return (
        f"{title(progress)}. {_answers(progress.period)}, {_period(progress)}.{kept} "
        f"Streak: {count(progress.streak, 'day')}. {_cards(progress)}."
    ).replace("\xa0", " ")


def _sections(progress: Progress, paper: _Paper) -> Iterator[tuple[str, list[str]]]:
    period = _period(progress)
    yield "Today" if progress.is_now else "That day", paper.told(_today(progress.today))
    streak, longest = count(progress.streak, "day"), count(progress.longest_streak, "day")
    yield "Streak", paper.told(f"{streak}; the longest was {longest}")
    yield f"Retention, {period}", _retention(progress, paper)
    yield "Cards", paper.told(_cards(progress))
    map_ = heat_map(progress.year, paper.width, only_ascii=paper.only_ascii)
    yield "The year, day by day", map_ or paper.told("no answers in it")
    yield f"Answers a day, {period}", _days(progress, paper)
    yield f"Minutes a day, {period}", _minutes(progress, paper)
    yield f"The next {count(len(progress.forecast), 'day')}", _forecast(progress, paper)
    yield "Intervals", _intervals(progress, paper)
    eases = bars_by_ease(progress.eases, paper.width, _CHART_ROWS, only_ascii=paper.only_ascii)
    yield "Ease", eases or paper.told("no card was reviewed yet")
    yield f"Hours of the day, {period}", _hours(progress, paper)
    yield f"Buttons, {period}", _grades(progress, paper)
    yield f"Leeches: {progress.leech_count:,}", _leeches(progress, paper)
    yield "Until every card was seen", _rest(progress, paper)


def _period(progress: Progress) -> str:
    return "today" if len(progress.days) == 1 else f"last {len(progress.days):,} days"


def _today(today: Totals) -> str:
    if not today.answers:
        return "no answers"
    parts = [f"{today.new:,}\xa0new", f"{count(today.reviews, 'review')} ({today.passes:,} passed)"]
    parts += [f"{today.drilled:,}\xa0in the drill"]
    parts += [f"{today.practised:,}\xa0of practice"] * bool(today.practised)
    return f"{_answers(today)} in {time_words(today.milliseconds)}: {', '.join(parts)}"


def _answers(totals: Totals) -> str:
    return count(totals.answers, "answer")


def time_words(milliseconds: int) -> str:
    """Return a stretch of time as in "0:40 min", "5:40 min" or "3 h 20 min"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours:,} h {rest:02} min" if hours else f"{minutes}:{seconds:02} min"


def _retention(progress: Progress, paper: _Paper) -> list[str]:
    rates = (("all", progress.retention), ("young", progress.young), ("mature", progress.mature))
    if progress.retention.share is None:
        all_ = progress.retention
        return paper.told(f"too few reviews yet: {_passed(all_)}, {TOO_FEW} are needed")
    lines = paper.told(*[f"{name:<7} {_rate(rate)}" for name, rate in rates])
    return [*lines, *paper.told("In parentheses: where it lies with 95 % confidence. Mature: 21 days or longer.")]


def _rate(rate: Rate) -> str:
    if rate.share is None or rate.interval is None:
        return f"too few: {_passed(rate)}, {TOO_FEW} are needed"
    low, high = (round(end * 100) for end in rate.interval)
    return f"{rate.share * 100:.0f} % ({low}–{high})  {_passed(rate)}"


def _passed(rate: Rate) -> str:
    return f"{rate.passes:,} of {rate.reviews:,} passed"


def _cards(progress: Progress) -> str:
    cards = progress.cards
    parts = [(cards.new, "new"), (cards.young, "young"), (cards.mature, "mature")]
    parts += [(cards.suspended, "suspended"), (cards.draft, "draft")]
    told = ", ".join(f"{number:,}\xa0{name}" for number, name in parts if number)
    return f"{count(cards.total, 'card')}{': ' * bool(told)}{told}"


def _days(progress: Progress, paper: _Paper) -> list[str]:
    if not progress.period.answers:
        return paper.told("no answers")
    totals = [day.totals for day in progress.days]
    series = [Series("reviews", tuple(float(total.reviews) for total in totals))]
    series += [Series("new", tuple(float(total.new) for total in totals))]
    others = tuple(float(total.drilled + total.practised) for total in totals)
    series += [Series("drill and practice", others)] if any(others) else []
    days = [day.day for day in progress.days]
    studied = sum(1 for total in totals if total.answers)
    mean = round(progress.period.answers / studied)
    said = f"{_answers(progress.period)} on {count(studied, 'day')}, {mean:,} on each of them"
    return [*paper.told(said + _steps(len(days), paper)), *paper.chart(days, *series)]


def _steps(days: int, paper: _Paper) -> str:
    step = days_per_bar(days, paper.width)
    return f"; a bar for {count(step, 'day')}" if step > 1 else ""


def _minutes(progress: Progress, paper: _Paper) -> list[str]:
    if not progress.period.milliseconds:
        return paper.told("no time was measured")
    minutes = Series("minutes", tuple(day.totals.milliseconds / 60_000 for day in progress.days))
    pace = f", {progress.answer_ms / 1000:.1f} s an answer" if progress.answer_ms is not None else ""
    said = f"{time_words(progress.period.milliseconds)} in all{pace}"
    days = [day.day for day in progress.days]
    return [*paper.told(said + _steps(len(days), paper)), *paper.chart(days, minutes)]


def _forecast(progress: Progress, paper: _Paper) -> list[str]:
    total = sum(coming.total for coming in progress.forecast)
    if not total:
        return paper.told("nothing is due, and no new card comes")
    kinds: list[tuple[str, list[int]]] = [
        ("due", [coming.due for coming in progress.forecast]),
        ("new", [coming.new for coming in progress.forecast]),
        ("new ones coming back", [coming.returning for coming in progress.forecast]),
    ]
    series = [Series(name, tuple(map(float, numbers))) for name, numbers in kinds if name == "due" or any(numbers)]
    mean = round(total / len(progress.forecast))
    first = f"{count(progress.forecast[0].total, 'card')} {'today' if progress.is_now else 'on that day'}"
    said = f"{first}; {count(total, 'card')} in all, about {mean:,} a day, "
    said += "if every answer is Good"
    return [*paper.told(said), *paper.chart([coming.day for coming in progress.forecast], *series)]


def _intervals(progress: Progress, paper: _Paper) -> list[str]:
    if not progress.intervals:
        return paper.told("no card was reviewed yet")
    return named_bars(interval_bins(progress.intervals), paper.width, only_ascii=paper.only_ascii)


def _hours(progress: Progress, paper: _Paper) -> list[str]:
    answers = tuple(float(hour.answers) for hour in progress.hours)
    if not any(answers):
        return paper.told("no answers")
    lines = bars_by_hour([Series("answers", answers)], paper.width, _CHART_ROWS, only_ascii=paper.only_ascii)
    shares = [(hour.rate.share, hour.hour) for hour in progress.hours if hour.rate.share is not None]
    if len(shares) > 1:
        (best, at), (worst, then) = max(shares), min(shares)
        told = f"passed most at {_hour(at)} ({best * 100:.0f} %), least at {_hour(then)} ({worst * 100:.0f} %)"
        lines += paper.told(told)
    return lines


def _hour(hour: int) -> str:
    return f"{hour}–{hour + 1} h"


def _grades(progress: Progress, paper: _Paper) -> list[str]:
    names = SIX_NAMES | {grade: BUTTON_NAMES[button] for button, grade in BUTTONS.items()}
    rows: list[tuple[str, ...]] = [("", "new", "young", "mature", "drill")]
    for grade in progress.grades:
        numbers = (grade.new, grade.young, grade.mature, grade.drilled)
        if any(numbers) or grade.grade in BUTTONS.values():
            rows.append((names[grade.grade], *(f"{number:,}" for number in numbers)))
    if not any(grade.new + grade.young + grade.mature + grade.drilled for grade in progress.grades):
        return paper.told("none was pressed")
    return _aligned(rows, right=range(1, 5))


def _aligned(rows: Sequence[Sequence[str]], *, right: range) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
    return [line.rstrip() for line in lines]


def _leeches(progress: Progress, paper: _Paper) -> list[str]:
    if not progress.leech_count:
        return paper.told("no card was forgotten too often")
    rows = [(f"{leech.lapses} times", leech.question, leech.deck) for leech in progress.leeches[:_MOST_LEECHES]]
    times = max(len(row[0]) for row in rows)
    room = paper.width - times - 2
    lines = [f"{told:>{times}}  {_cut(question, room)}" for told, question, _deck in rows]
    more = progress.leech_count - len(rows)
    return [*lines, *paper.told(*[f"and {more:,} more: `flashrls cards is:leech`"] * (more > 0))]


def _cut(text: str, cells: int) -> str:
    """A text of others in at most so many cells, whatever letters it is made of."""
    from rich.cells import cell_len, set_cell_size

    line = short(text, max(1, cells))
    return line if cell_len(line) <= cells else set_cell_size(line, cells - 1).rstrip() + "…"


def _rest(progress: Progress, paper: _Paper) -> list[str]:
    if not progress.rest:
        return paper.told("every card was seen")
    shown = progress.rest[:_MOST_RESTS]
    aligned = _aligned([("new", "days", "done on", "takes"), *map(_rest_cells, shown)], right=range(4))
    if paper.width - len(aligned[0]) < _LEAST_NAME:
        aligned = _aligned([("new", "days", "done on"), *(_rest_cells(rest)[:3] for rest in shown)], right=range(3))
    room = paper.width - len(aligned[0]) - 2
    decks = ["deck", *(rest.deck for rest in shown)]
    lines = [f"{line}  {_cut(deck, room)}" for line, deck in zip(aligned, decks, strict=True)]
    more = len(progress.rest) - len(shown)
    never = any(rest.days is None for rest in progress.rest)
    said = [f"and {count(more, 'more deck')}"] * (more > 0)
    said += ["never: at the present limits the last one isn't reached within ten years"] * never
    return [*lines, *paper.told(*said)]


def _rest_cells(rest: Rest) -> tuple[str, ...]:
    takes = time_words(rest.milliseconds) if rest.milliseconds is not None else "?"
    days = f"{rest.days:,}" if rest.days is not None else "–"
    return f"{rest.new:,}", days, rest.last_on.isoformat() if rest.last_on else "never", takes

"""The pages of the progress screen as lines: what there is to see, in words and charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from flashrls.progress import DayTotals, Progress
from flashrls.stats import TOO_FEW, Rate
from flashrls.telling import count
from flashrls.tui.progresscharts import Series, bars, columns, heat_map
from flashrls.tui.telling import grade_words
from flashrls.tui.words import cut, time_words

PAGES = ("Overview", "Days", "To come", "Cards", "Answers")

_WIDE = 116
"""Cells from which on parts stand in two columns."""
_WIDEST = 76
_GAP = 6
_LABEL_CELLS = 12
_QUIET = "$foreground-muted"
_CHART = "$text-accent"
_WEEK_DAYS = 7
_MINUTE_MS = 60_000
_SCALE_CELLS = 7
"""What a chart's scale may take."""
_EASIEST = 400
"""Hundredths; an ease has no end upwards."""
_NO_END = 10**9
_INTERVALS = (1, 3, 7, 14, 30, 90, 365)
"""Days; the longest interval of each bar but the last."""


@dataclass(frozen=True, slots=True)
class Room:
    """The room for a page, in cells and rows."""

    cells: int
    rows: int


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the lines below it; there may be no heading."""

    heading: str
    lines: list[Content]

    @property
    def all_lines(self) -> list[Content]:
        """Both."""
        return [Content.styled(self.heading, "bold"), *self.lines] if self.heading else self.lines


def page_lines(progress: Progress, at: int, room: Room) -> list[Content]:
    """Return a page as lines; pages are counted from 0 as in `PAGES`."""
    if not progress.cards.total and not progress.period.answers:
        return [Content(_nothing(progress))]
    is_wide = room.cells >= _WIDE
    cells = min(_WIDEST, (room.cells - _GAP) // 2 if is_wide else room.cells)
    rows = max(6, min(12, (room.rows - 3) // 2))
    parts = _MAKERS[at](progress, cells, rows)
    return _two_columns(parts, cells) if is_wide and len(parts) > 1 else _stacked(parts)


def _nothing(progress: Progress) -> str:
    if progress.scope:
        return "No card is found here, so there is nothing to count."
    return "There are no cards yet. Add or import some on the home screen, study them, and look again."


def _stacked(parts: Sequence[Part]) -> list[Content]:
    lines: list[Content] = []
    for part in parts:
        lines += [*([Content()] if lines else []), *part.all_lines]
    return lines


def _two_columns(parts: Sequence[Part], cells: int) -> list[Content]:
    """The first half of the parts at the left, the others beside them."""
    half = -(-len(parts) // 2)
    left, right = _stacked(parts[:half]), _stacked(parts[half:])
    lines = []
    for row in range(max(len(left), len(right))):
        one = left[row] if row < len(left) else Content()
        other = right[row] if row < len(right) else Content()
        lines.append(Content.assemble(one, " " * max(1, cells + _GAP - one.cell_length), other))
    return lines


def _facts(facts: Sequence[tuple[str, str]], cells: int) -> list[Content]:
    """Names and values; a value that is too long goes on below itself."""
    lines: list[Content] = []
    for name, value in facts:
        for at, piece in enumerate(Content(value).wrap(max(1, cells - _LABEL_CELLS))):
            lines.append(Content.assemble((f"{name if at == 0 else '':<{_LABEL_CELLS}}", _QUIET), piece))
    return lines


def _chart(lines: Sequence[str]) -> list[Content]:
    return [Content.styled(line, _CHART) for line in lines]


def _quiet(words: str) -> list[Content]:
    return [Content.styled(words, _QUIET)]


def _overview(progress: Progress, cells: int, rows: int) -> list[Part]:  # noqa: ARG001
    retention = Content.assemble(
        (f"{'Retention':<{_LABEL_CELLS}}", _QUIET), (rate_words(progress.retention), "bold")
    )
    facts = [
        ("  young", rate_words(progress.young)),
        ("  mature", rate_words(progress.mature)),
        ("Streak", f"{count(progress.streak, 'day')}, the longest was {count(progress.longest_streak, 'day')}"),
        ("Today" if progress.is_now else f"{progress.day.day} {progress.day:%b}", _day_words(progress)),
        ("Period", _period_words(progress)),
        ("Cards", _card_words(progress)),
    ]
    year: list[Content]
    if any(answers for _, answers in progress.year):
        year = _chart(heat_map(progress.year, cells))
    else:
        year = _quiet("No answers in this year.")
    return [Part("", [retention, *_facts(facts, cells)]), Part("Answers of a year", year)]


def rate_words(rate: Rate) -> str:
    """Return a rate with its interval and what it was made from, or that there are too few reviews for one."""
    if rate.share is None or rate.interval is None:
        return f"too few reviews yet: {rate.passes} of {rate.reviews} passed, {TOO_FEW} are needed"
    low, high = rate.interval
    return (
        f"{rate.share:.0%} ({low:.0%} to {high:.0%}): {rate.passes:,} of {count(rate.reviews, 'review')}".replace(
            "%", " %"
        )
    )


def _day_words(progress: Progress) -> str:
    today = progress.today
    if not today.answers:
        return "nothing answered yet" if progress.is_now else "nothing answered"
    parts = [f"{count(today.answers, 'answer')} in {time_words(today.milliseconds)}"]
    if today.reviews:
        parts.append(f"{today.passes:,} of {count(today.reviews, 'review')} passed")
    parts += [f"{number:,} {name}" for number, name in ((today.new, "new"), (today.drilled, "drilled")) if number]
    return " · ".join(parts)


def _period_words(progress: Progress) -> str:
    period = progress.period
    if not period.answers:
        return "nothing answered"
    told = f"{count(period.answers, 'answer')} in {time_words(period.milliseconds)}"
    studied = sum(1 for day in progress.days if day.totals.answers)
    pace = f" · {progress.answer_ms / 1000:.0f} s an answer" if progress.answer_ms is not None else ""
    return f"{told}, on {count(studied, 'day')}{pace}"


def _card_words(progress: Progress) -> str:
    cards = progress.cards
    named = (
        (cards.new, "new"),
        (cards.young, "young"),
        (cards.mature, "mature"),
        (cards.suspended, "suspended"),
        (cards.draft, "draft"),
    )
    return f"{cards.total:,}: " + ", ".join(f"{number:,} {name}" for number, name in named if number)


def _days(progress: Progress, cells: int, rows: int) -> list[Part]:
    groups = _grouped(_from_first_answer(progress.days), cells - _SCALE_CELLS)
    if not groups:
        return [Part("Answers by day", _quiet("Nothing was answered in this period."))]
    labels = [_day_label(group[-1].day, progress) for group in groups]
    totals = [[day.totals for day in group] for group in groups]
    series = (
        Series("new", "░", tuple(sum(one.new for one in some) for some in totals)),
        Series("young", "▒", tuple(sum(one.young for one in some) for some in totals)),
        Series("mature", "█", tuple(sum(one.mature for one in some) for some in totals)),
        Series("drill", "·", tuple(sum(one.drilled + one.practised for one in some) for some in totals)),
    )
    spent = Series("time", "█", tuple(sum(one.milliseconds for one in some) for some in totals))
    step = len(groups[-1])
    by = "by day" if step == 1 else f"by {count(step, 'day')}"
    return [
        Part(f"Answers {by}", _stack(labels, series, cells, rows)),
        Part(f"Minutes {by}", _chart(columns(labels, [spent], cells, rows, unit=_MINUTE_MS))),
    ]


def _stack(labels: Sequence[str], series: Sequence[Series], cells: int, rows: int) -> list[Content]:
    """A chart of the series that have anything to show."""
    return _chart(columns(labels, [one for one in series if any(one.values)], cells, rows))


def _from_first_answer(days: Sequence[DayTotals]) -> Sequence[DayTotals]:
    """The days from the first with an answer on, a week at least; none where there are no answers."""
    first = next((at for at, day in enumerate(days) if day.totals.answers), None)
    return [] if first is None else days[max(0, min(first, len(days) - _WEEK_DAYS)) :]


def _grouped(days: Sequence[DayTotals], room: int) -> list[Sequence[DayTotals]]:
    """Days as stretches of equal length, so many that there is room for them; the first may be shorter."""
    step = 1 if len(days) <= room else _WEEK_DAYS * -(-len(days) // (room * _WEEK_DAYS))
    first = (len(days) - 1) % step + 1
    starts = [0, *range(first, len(days), step)] if days else []
    return [days[start : start + (first if start == 0 else step)] for start in starts]


def _day_label(day: date, progress: Progress) -> str:
    return "today" if day == progress.day and progress.is_now else f"{day.day} {day:%b}"


def _to_come(progress: Progress, cells: int, rows: int) -> list[Part]:
    forecast = progress.forecast
    series = (
        Series("due", "█", tuple(coming.due for coming in forecast)),
        Series("new ones again", "▒", tuple(coming.returning for coming in forecast)),
        Series("new", "░", tuple(coming.new for coming in forecast)),
    )
    total = sum(coming.total for coming in forecast)
    if total:
        labels = [_day_label(coming.day, progress) for coming in forecast]
        chart = _stack(labels, series, cells, rows + 1)
    else:
        chart = _quiet("Nothing comes in the next 30 days.")
    heading = f"The next {count(len(forecast), 'day')}, if all is answered Good: {count(total, 'card')}"
    return [Part(heading[:cells], chart), Part("Until every card was seen", _rest(progress, cells))]


def _rest(progress: Progress, cells: int) -> list[Content]:
    if not progress.rest:
        return _quiet("No new cards are left.")
    lines = []
    for rest in progress.rest:
        if rest.days is None:
            words = "never, at the present limits"
        else:
            words = count(rest.days, "day")
            if rest.milliseconds is not None:
                words += f", {time_words(rest.milliseconds)} of study"
        right = f"{rest.new:,} new · {words}"
        room = max(8, cells - len(right) - 2)
        name = cut(rest.deck.rpartition("::")[2], room)
        lines.append(Content.assemble(name, " " * (room - name.cell_length + 2), (right, _QUIET)).truncate(cells))
    return lines


def _cards(progress: Progress, cells: int, rows: int) -> list[Part]:
    return [
        Part("Intervals, in days", _intervals(progress.intervals, cells)),
        Part("Ease", _eases(progress.eases, cells, rows)),
        Part(_leech_heading(progress), _leeches(progress, cells)),
    ]


def _intervals(intervals: Sequence[tuple[int, int]], cells: int) -> list[Content]:
    if not intervals:
        return _quiet("No card was reviewed yet.")
    lows = [1, *(most + 1 for most in _INTERVALS)]
    rows = []
    for low, high in zip(lows, [*_INTERVALS, _NO_END], strict=True):
        name = f"over {_INTERVALS[-1]}" if high == _NO_END else f"{low}" if low == high else f"{low}–{high}"
        rows.append((name, sum(cards for days, cards in intervals if low <= max(1, days) <= high)))
    return _chart(bars(rows, cells))


def _eases(eases: Sequence[tuple[int, int]], cells: int, rows: int) -> list[Content]:
    """By tenths, those without cards in between left in: gaps are to be seen. The last takes all above it."""
    if not eases:
        return _quiet("No card was reviewed yet.")
    lowest, highest = eases[0][0] // 10, max(eases[0][0], min(eases[-1][0], _EASIEST)) // 10
    by_tenth = Counter[int]()
    for ease, cards in eases:
        by_tenth[min(ease // 10, highest)] += cards
    tenths = range(lowest, highest + 1)
    labels = [f"{tenth / 10:.1f}" for tenth in tenths]
    return _chart(columns(labels, [Series("cards", "█", tuple(by_tenth[at] for at in tenths))], cells, rows - 1))


def _leech_heading(progress: Progress) -> str:
    leeches = count(progress.leech_count, "leech", "leeches")
    return f"{leeches} (l looks at them)" if progress.leech_count else "Leeches"


def _leeches(progress: Progress, cells: int) -> list[Content]:
    if not progress.leeches:
        return _quiet("None: no card was forgotten again and again.")
    lines = []
    for leech in progress.leeches:
        right = count(leech.lapses, "lapse")
        question = cut(leech.question, max(8, cells - len(right) - 2))
        gap = max(2, cells - question.cell_length - len(right))
        lines.append(Content.assemble(question, " " * gap, (right, _QUIET)).truncate(cells))
    return lines


def _answers(progress: Progress, cells: int, rows: int) -> list[Part]:
    if not progress.period.answers:
        return [Part("Hours and buttons", _quiet("Nothing was answered in this period."))]
    hours = Series("answers", "█", tuple(hour.answers for hour in progress.hours))
    labels = [f"{hour.hour}" if hour.hour % 4 == 0 else "" for hour in progress.hours]
    told = [hour for hour in progress.hours if hour.rate.share is not None]
    best = ""
    if len(told) > 1:
        highest, lowest = (pick(told, key=lambda hour: hour.rate.share or 0) for pick in (max, min))
        best = (
            f"Kept best from {highest.hour} to {highest.hour + 1} ({highest.rate.share:.0%}), "
            f"worst from {lowest.hour} to {lowest.hour + 1} ({lowest.rate.share:.0%})."
        ).replace("%", " %")
    return [
        Part(
            "Answers by the hour of the day",
            [*_chart(columns(labels, [hours], cells, rows)), *_wrapped(best, cells)],
        ),
        Part("Buttons pressed", _buttons(progress, cells)),
    ]


def _wrapped(words: str, cells: int) -> list[Content]:
    return [line.stylize(_QUIET) for line in Content(words).wrap(cells)] if words else []


def _buttons(progress: Progress, cells: int) -> list[Content]:
    """How often each grade was given; the grades that no button gives are left out where they were never given."""
    rows = [
        (grade_words(grade.grade), grade.new, grade.young, grade.mature, grade.drilled)
        for grade in progress.grades
        if grade.new + grade.young + grade.mature + grade.drilled
    ]
    if not rows:
        return _quiet("Only practice, which counts nowhere.")
    named = max(len(name) for name, *_ in rows)
    head = f"{'':<{named}}" + "".join(f"{name:>9}" for name in ("new", "young", "mature", "drill"))
    lines = [f"{name:<{named}}" + "".join(f"{number:>9,}" for number in numbers) for name, *numbers in rows]
    return [Content.styled(head[:cells], _QUIET), *(Content(line[:cells]) for line in lines)]


_MAKERS: tuple[Callable[[Progress, int, int], list[Part]], ...] = (_overview, _days, _to_come, _cards, _answers)

"""The parts of progress that are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

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
from flashrls.progress import Progress
from flashrls.report.part import Paper, Part
from flashrls.report.words import NO_ANSWERS, answers_words, forecast_words, hours_words, mean_words, minutes_words
from flashrls.telling import count

_WEEK = 7
_NOT_REVIEWED = "no card was reviewed yet"


def year(progress: Progress, paper: Paper) -> Part:
    """Return the year's answers as a map."""
    map_ = heat_map(progress.year, paper.width, first=progress.first_on, only_ascii=paper.only_ascii)
    return Part("The year, day by day", () if map_ else paper.told("no answers in it"), tuple(map_))


def answers(progress: Progress, paper: Paper) -> Part:
    """Return the period's answers by day."""
    said = paper.told(", ".join(filter(None, (answers_words(progress), mean_words(progress)))))
    heading = f"Answers {_by(progress, paper)}"
    if not progress.period.answers:
        return Part(heading, said, of_period=True)
    totals = [day.totals for day in progress.days]
    kinds = {
        "reviews": [one.reviews for one in totals],
        "new": [one.new for one in totals],
        "drill and practice": [one.drilled + one.practised for one in totals],
    }
    return Part(heading, said, _by_day([day.day for day in progress.days], kinds, progress, paper), of_period=True)


def minutes(progress: Progress, paper: Paper) -> Part:
    """Return the period's minutes by day."""
    said = paper.told(minutes_words(progress))
    heading = f"Minutes {_by(progress, paper)}"
    if not progress.period.milliseconds:
        return Part(heading, said, of_period=True)
    spent = {"minutes": [one.totals.milliseconds / 60_000 for one in progress.days]}
    return Part(heading, said, _by_day([one.day for one in progress.days], spent, progress, paper), of_period=True)


def _by(progress: Progress, paper: Paper) -> str:
    """What a bar stands for: "by day", "by 2 days", "by week"."""
    step = days_per_bar(len(progress.days), paper.width)
    if step > 1 and step % _WEEK == 0:
        return f"by {count(step // _WEEK, 'week')}" if step > _WEEK else "by week"
    return f"by {count(step, 'day')}" if step > 1 else "by day"


def forecast(progress: Progress, paper: Paper) -> Part:
    """Return what the coming days are going to ask."""
    heading, said = f"The next {count(len(progress.forecast), 'day')}", forecast_words(progress)
    if not said:
        return Part(heading, paper.told("nothing is due, and no new card comes"))
    kinds = {
        "due": [coming.due for coming in progress.forecast],
        "new": [coming.new for coming in progress.forecast],
        "new ones coming back": [coming.returning for coming in progress.forecast],
    }
    days = [coming.day for coming in progress.forecast]
    return Part(heading, paper.told(said), _by_day(days, kinds, progress, paper))


def _by_day(
    days: Sequence[date], kinds: Mapping[str, Sequence[float]], progress: Progress, paper: Paper
) -> tuple[str, ...]:
    """Bars of all kinds, so that each has its own character everywhere; of the first alone if there is no other."""
    series = [Series(name, tuple(map(float, numbers))) for name, numbers in kinds.items()]
    series = series if any(any(row.values) for row in series[1:]) else series[:1]
    today = progress.day if progress.is_now else None
    rows = paper.rows + (len(series) > 1)
    return tuple(bars_by_day(days, series, paper.width, rows, today=today, only_ascii=paper.only_ascii))


def intervals(progress: Progress, paper: Paper) -> Part:
    """Return how many cards have which interval."""
    if not progress.intervals:
        return Part("Intervals", paper.told(_NOT_REVIEWED))
    named = interval_bins(progress.intervals)
    return Part("Intervals", (), tuple(named_bars(named, paper.width, only_ascii=paper.only_ascii)))


def eases(progress: Progress, paper: Paper) -> Part:
    """Return how many cards have which ease."""
    if not progress.eases:
        return Part("Ease", paper.told(_NOT_REVIEWED))
    drawn = bars_by_ease(progress.eases, paper.width, paper.rows, only_ascii=paper.only_ascii)
    return Part("Ease", (), tuple(drawn))


def hours(progress: Progress, paper: Paper) -> Part:
    """Return the period's answers by the hour of the day."""
    heading, numbers = "Hours of the day", tuple(float(hour.answers) for hour in progress.hours)
    if not any(numbers):
        return Part(heading, paper.told(NO_ANSWERS), of_period=True)
    drawn = bars_by_hour([Series("answers", numbers)], paper.width, paper.rows, only_ascii=paper.only_ascii)
    return Part(heading, (), tuple(drawn), paper.told(hours_words(progress)), of_period=True)

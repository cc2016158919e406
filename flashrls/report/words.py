"""The figures of progress in sentences."""

from __future__ import annotations

from datetime import date

from flashrls.clean import clean_line
from flashrls.progress import Hour, Progress, Totals
from flashrls.stats import TOO_FEW, Rate
from flashrls.telling import count, rate_words, short

NO_ANSWERS = "no answers"


def duration_words(milliseconds: int) -> str:
    """Return a stretch of time as in "0:40 min", "5:40 min" or "3 h 20 min"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours:,} h {rest:02} min" if hours else f"{minutes}:{seconds:02} min"


def period_words(progress: Progress) -> str:
    """Return which days are told of: "last 30 days", or since the first answer; empty where there is none."""
    if progress.first_on is None:
        return ""
    if progress.since == progress.day:
        return "today" if progress.is_now else "that day"
    if progress.since == progress.first_on:
        return f"since {_date_words(progress.since)}, the first answer"
    return f"last {count(len(progress.days), 'day')}"


def _date_words(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def streak_words(progress: Progress) -> str:
    """Return the present and the longest streak."""
    if not progress.longest_streak:
        return "none yet"
    return f"{count(progress.streak, 'day')}; the longest was {count(progress.longest_streak, 'day')}"


def day_words(totals: Totals) -> str:
    """Return a day's answers, as in "9 answers in 1:10 min: 1 new, 8 reviews (7 passed)"."""
    if not totals.answers:
        return NO_ANSWERS
    parts = [
        (totals.new, f"{totals.new:,}\xa0new"),
        (totals.reviews, f"{count(totals.reviews, 'review')} ({totals.passes:,}\xa0passed)"),
        (totals.drilled, f"{totals.drilled:,}\xa0drilled"),
        (totals.practised, f"{totals.practised:,}\xa0practised"),
    ]
    told = ", ".join(words for number, words in parts if number)
    return f"{count(totals.answers, 'answer')} in {duration_words(totals.milliseconds)}: {told}"


def answers_words(progress: Progress) -> str:
    """Return the period's answers, as in "173 answers on 28 days"."""
    if not progress.period.answers:
        return NO_ANSWERS
    return f"{count(progress.period.answers, 'answer')} on {count(_studied(progress), 'day')}"


def mean_words(progress: Progress) -> str:
    """Return how many answers that are on a day with any, as in "about 6 on each"; empty below two such days."""
    studied = _studied(progress)
    return f"about {round(progress.period.answers / studied):,} on each" if studied > 1 else ""


def _studied(progress: Progress) -> int:
    return sum(1 for day in progress.days if day.totals.answers)


def minutes_words(progress: Progress) -> str:
    """Return the period's time, in all and of an answer; not the pace, which is that of 30 days."""
    period = progress.period
    if not period.milliseconds:
        return "no time was measured"
    mean_s = period.milliseconds / period.answers / 1000
    return f"{duration_words(period.milliseconds)} in all, {mean_s:.1f} s an answer"


def card_words(progress: Progress) -> str:
    """Return how many cards stand where, as in "9 cards: 4 new, 5 young"."""
    cards = progress.cards
    parts = [(cards.new, "new"), (cards.young, "young"), (cards.mature, "mature")]
    parts += [(cards.suspended, "suspended"), (cards.draft, "draft")]
    told = ", ".join(f"{number:,}\xa0{name}" for number, name in parts if number)
    return f"{count(cards.total, 'card')}{': ' * bool(told)}{told}"


def passed_words(rate: Rate) -> str:
    """Return a rate with its interval and what it is made from, or that there are too few reviews for one."""
    passed = f"{rate.passes:,} of {rate.reviews:,} passed"
    return f"too few: {passed}, {TOO_FEW} are needed" if rate.share is None else f"{rate_words(rate)}  {passed}"


def forecast_words(progress: Progress) -> str:
    """Return what the coming days ask; empty where that is nothing."""
    total = sum(coming.total for coming in progress.forecast)
    if not total:
        return ""
    first = f"{count(progress.forecast[0].total, 'card')} {'today' if progress.is_now else 'on that day'}"
    mean = round(total / len(progress.forecast))
    by_day = f"about {mean:,} a day" if mean else "less than one a day"
    return f"{first}; {count(total, 'card')} in all, {by_day}, if every answer is Good"


def hours_words(progress: Progress) -> str:
    """Return when most and when least was passed; empty unless two hours have enough reviews."""
    shares = [(hour.rate.share, hour) for hour in progress.hours if hour.rate.share is not None]
    if len(shares) < 2:
        return ""
    (best, at), (worst, then) = (pick(shares, key=lambda one: (one[0], one[1].hour)) for pick in (max, min))
    return f"passed most at {_hour(at)} ({best * 100:.0f} %), least at {_hour(then)} ({worst * 100:.0f} %)"


def _hour(hour: Hour) -> str:
    return f"{hour.hour}–{hour.hour + 1} h"


def cut(text: str, cells: int) -> str:
    """Return a text of others in at most so many cells, whatever letters it is made of."""
    from rich.cells import cell_len, set_cell_size

    line = short(clean_line(text), max(1, cells))
    return line if cell_len(line) <= cells else set_cell_size(line, cells - 1).rstrip() + "…"

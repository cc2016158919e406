"""`stats`: progress in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flashrls.cli.output import json_option, say, say_json

if TYPE_CHECKING:
    from flashrls.store.figures import Figures

_RETENTION_DAYS = 30
_FORECAST_DAYS = 30
_BAR = 40
"""Cells of the longest bar."""


@click.command(epilog="Example: `flashrls stats --json | jq .retention`.")
@json_option
@click.pass_context
def stats(context: click.Context, as_json: bool) -> None:
    """Report your progress: today, your streak, what you retain, and what falls due in the next 30 days.

    Retention counts passes (Hard or better) among scheduled reviews of cards seen before; first answers
    to new cards and drills say nothing about memory and are left out.
    """
    from flashrls.store.figures import figures

    with context.obj.glance() as (ask, day):
        document = _document(figures(ask, day))
    if as_json:
        say_json(document)
    else:
        _report(document)


def _document(figures: Figures) -> dict[str, Any]:
    from datetime import timedelta

    from flashrls.sm2 import PASS
    from flashrls.stats import forecast, retention, streaks

    today = [counts for counts in figures.days if counts.day == figures.day]
    rate = retention(figures.days, since=figures.day - timedelta(days=_RETENTION_DAYS - 1))
    low, high = rate.interval or (None, None)
    current, longest = streaks(figures.days, figures.day)
    return {
        "day": figures.day.isoformat(),
        "today": {
            "answers": sum(counts.answers for counts in today),
            "new": sum(counts.introduced for counts in today),
            "reviews": sum(counts.reviews for counts in today),
            "passes": sum(counts.reviews for counts in today if counts.grade >= PASS),
            "drill": sum(counts.drilled for counts in today),
            "practice": sum(counts.practised for counts in today),
            "milliseconds": sum(counts.milliseconds for counts in today),
        },
        "streak": {"current": current, "longest": longest},
        "retention": {
            "days": _RETENTION_DAYS,
            "passes": rate.passes,
            "reviews": rate.reviews,
            "share": rate.share,
            "low": low,
            "high": high,
        },
        "forecast": [
            {"day": day.isoformat(), "due": cards}
            for day, cards in forecast(figures.due, figures.day, _FORECAST_DAYS)
        ],
        "cards": {"total": figures.cards, "new": figures.new, "suspended": figures.suspended},
    }


def _report(told: dict[str, Any]) -> None:
    today, rate = told["today"], told["retention"]
    say(f"Today, {told['day']}")
    say(
        f"  {_counted(today['answers'], 'answer')} in {_minutes(today['milliseconds'])}: {today['new']} new, "
        f"{_counted(today['reviews'], 'review')} ({today['passes']} passed), {today['drill']} in the drill"
    )
    streak = told["streak"]
    say(f"\nStreak\n  {_counted(streak['current'], 'day')}; the longest was {_counted(streak['longest'], 'day')}")
    say(f"\nRetention, last {rate['days']} days")
    if rate["share"] is None:
        say(f"  too few reviews yet: {rate['passes']} of {rate['reviews']} passed, 20 are needed")
    else:
        say(
            f"  {rate['share']:.0%} ({rate['low']:.0%} to {rate['high']:.0%} with 95 % confidence): "
            f"{rate['passes']} of {rate['reviews']} reviews passed"
        )
    cards = told["cards"]
    say(f"\nCards\n  {cards['total']} in all, {cards['new']} new, {cards['suspended']} suspended")
    _say_forecast(told["forecast"])


def _say_forecast(forecast: list[dict[str, Any]]) -> None:
    from datetime import date

    from flashrls.cli.output import bar_cells

    total = sum(day["due"] for day in forecast)
    say(f"\nDue in the next {len(forecast)} days: {total}, new cards to come not counted")
    if not total:
        return
    most = max(day["due"] for day in forecast)
    for day in forecast:
        when = f"{date.fromisoformat(day['day']):%a %d %b}" if day is not forecast[0] else "today"
        say(f"  {when:<10} {day['due']:>5}  {bar_cells(day['due'], most, _BAR)}".rstrip())


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"


def _minutes(milliseconds: int) -> str:
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02} min"


commands = (stats,)

"""Progress as one JSON document."""

from __future__ import annotations

from typing import Any

from flashrls.progress import Progress, Totals
from flashrls.stats import Rate


def document(progress: Progress, period_days: int) -> dict[str, Any]:
    """Return all of a progress over the days that were asked for; `flashrls stats --help` tells the units."""
    return {
        "day": progress.day.isoformat(),
        "as_of": None if progress.is_now else progress.day.isoformat(),
        "scope": progress.scope or None,
        "first_on": progress.first_on and progress.first_on.isoformat(),
        "since": progress.since.isoformat(),
        "today": _totals(progress.today),
        "period": _totals(progress.period),
        "days": [{"day": day.day.isoformat(), **_totals(day.totals)} for day in progress.days],
        "year": [{"day": day.isoformat(), "answers": answers} for day, answers in progress.year],
        "streak": {"current": progress.streak, "longest": progress.longest_streak},
        "retention": {
            "days": period_days,
            **_rate(progress.retention),
            "young": _rate(progress.young),
            "mature": _rate(progress.mature),
        },
        "hours": [{"hour": hour.hour, "answers": hour.answers, **_rate(hour.rate)} for hour in progress.hours],
        "buttons": [
            {"grade": g.grade, "new": g.new, "young": g.young, "mature": g.mature, "drill": g.drilled}
            for g in progress.grades
        ],
        "forecast": [
            {"day": coming.day.isoformat(), "due": coming.due, "returning": coming.returning, "new": coming.new}
            for coming in progress.forecast
        ],
        **_cards(progress),
        "pace_ms": progress.answer_ms,
    }


def _totals(totals: Totals) -> dict[str, int]:
    return {
        "answers": totals.answers,
        "new": totals.new,
        "reviews": totals.reviews,
        "passes": totals.passes,
        "young": totals.young,
        "young_passes": totals.young_passes,
        "mature": totals.mature,
        "mature_passes": totals.mature_passes,
        "drill": totals.drilled,
        "practice": totals.practised,
        "milliseconds": totals.milliseconds,
    }


def _rate(rate: Rate) -> dict[str, float | int | None]:
    low, high = rate.interval or (None, None)
    return {"passes": rate.passes, "reviews": rate.reviews, "share": rate.share, "low": low, "high": high}


def _cards(progress: Progress) -> dict[str, Any]:
    cards = progress.cards
    return {
        "cards": {
            "total": cards.total - cards.draft,
            "new": cards.new,
            "young": cards.young,
            "mature": cards.mature,
            "suspended": cards.suspended,
            "draft": cards.draft,
        },
        "intervals": [{"interval_days": days, "cards": number} for days, number in progress.intervals],
        "eases": [{"ease": ease, "cards": number} for ease, number in progress.eases],
        "leeches": {
            "count": progress.leech_count,
            "cards": [
                {"id": leech.id, "question": leech.question, "deck": leech.deck, "lapses": leech.lapses}
                for leech in progress.leeches
            ],
        },
        "rest": [
            {
                "deck": rest.deck,
                "new": rest.new,
                "days": rest.days,
                "last_on": rest.last_on and rest.last_on.isoformat(),
                "milliseconds": rest.milliseconds,
            }
            for rest in progress.rest
        ],
    }

"""What was done and what went wrong, in a line that fits a screen."""

from __future__ import annotations

from pathlib import Path

from flashrls.clean import clean_line, clean_path
from flashrls.errors import FlashrlsError
from flashrls.log import EntryKind
from flashrls.outlook import Today
from flashrls.study import BUTTONS, StudyCard
from flashrls.telling import DONE, count, named

_BUTTON_OF_GRADE = {grade: button for button, grade in BUTTONS.items()}


def told(error: FlashrlsError, path: Path) -> str:
    """Return an error and its mend on one line, without the library's path: there is only one library here."""
    message = error.message.removeprefix(f"{clean_path(path)}: ")
    return clean_line(f"{message} {error.mend}")


def marked_words(kind: EntryKind, card: StudyCard, *, note: bool) -> str:
    """Return what was done to a card or its whole note, as in "Suspended: “Which enzyme…”"."""
    word = DONE[kind].capitalize()
    return f"{word}{', all cards of this note' if note else ''}: {named(card)} · u takes it back"


def tagged_words(card: StudyCard, *, is_marked: bool) -> str:
    """Return that a note was marked or is so no longer."""
    return f"{'Marked' if is_marked else 'No longer marked'}: {named(card)}"


def catch_up_words(today: Today, reviews_per_day: int) -> str:
    """Return how things stand after some days away; empty without such, or where nothing is due."""
    away = today.catch_up
    if away is None or not away.due:
        return ""
    lasts = "more comes than gets done" if away.days is None else f"that is {count(away.days, 'day')}"
    return (
        f"{count(away.away_days, 'day')} away: {away.due:,} due; at {reviews_per_day:,} a day {lasts}, "
        "the most endangered first. Nothing was rescheduled."
    )

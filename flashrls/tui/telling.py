"""What was done and what went wrong, in a line that fits a screen."""

from __future__ import annotations

from pathlib import Path

from flashrls.clean import clean_line, clean_path
from flashrls.errors import FlashrlsError
from flashrls.log import Entry, EntryKind
from flashrls.study import BUTTON_NAMES, BUTTONS, StudyCard
from flashrls.tui.words import short

_BUTTON_OF_GRADE = {grade: button for button, grade in BUTTONS.items()}
_DONE = {
    EntryKind.SUSPEND: "suspended",
    EntryKind.UNSUSPEND: "unsuspended",
    EntryKind.BURY: "buried until tomorrow",
    EntryKind.RESET: "reset",
}


def told(error: FlashrlsError, path: Path) -> str:
    """Return an error and its mend on one line, without the library's path: there is only one library here."""
    message = error.message.removeprefix(f"{clean_path(path)}: ")
    return clean_line(f"{message} {error.mend}")


def grade_words(grade: int | None) -> str:
    """Return a grade as its button is called: "Good"; grades that no button gives as numbers."""
    if grade in _BUTTON_OF_GRADE:
        return BUTTON_NAMES[_BUTTON_OF_GRADE[grade]]
    return "" if grade is None else f"grade {grade}"


def named(card: StudyCard) -> str:
    """Return a card's question in quotes, cut to a few words."""
    return f"“{short(card.face.question)}”"


def undone_words(entry: Entry, card: StudyCard) -> str:
    """Return what an undo took back, as in "Undone: Good for “Which enzyme…”"."""
    what = _DONE.get(entry.kind)
    return f"Undone: {named(card)} {what}" if what else f"Undone: {grade_words(entry.grade)} for {named(card)}"


def marked_words(kind: EntryKind, card: StudyCard, *, note: bool) -> str:
    """Return what was done to a card or its whole note, as in "Suspended: “Which enzyme…”"."""
    word = {"suspended": "Suspended", "buried until tomorrow": "Buried until tomorrow"}[_DONE[kind]]
    return f"{word}{', all cards of this note' if note else ''}: {named(card)} · u takes it back"

"""Why a card is due when it is: each entry of its log with the rule that made its outcome."""

from __future__ import annotations

from flashrls.log import DRILLED, CardState, Entry, EntryKind
from flashrls.rules import CLASSIC, Rules, wait_days
from flashrls.sm2 import FIRST_EASE, LEAST_EASE, MOST_INTERVAL_DAYS, PASS, schedule_review
from flashrls.study import BUTTON_NAMES, BUTTONS

GRADE_NAMES = {grade: BUTTON_NAMES[button] for button, grade in BUTTONS.items()}
"""What the button that gives a grade is called; 0 and 1 have none."""

_DEEDS = {
    EntryKind.UNDO: "undo",
    EntryKind.SUSPEND: "suspended",
    EntryKind.UNSUSPEND: "unsuspended",
    EntryKind.BURY: "buried for the day",
    EntryKind.RESET: "new again",
    EntryKind.KEEP: "kept, though a leech",
    EntryKind.EDIT: "edited",
    EntryKind.MOVE: "moved",
    EntryKind.ADD: "added",
    EntryKind.IMPORT_EDIT: "edited by its deck file",
    EntryKind.IMPORT_SUSPENDED: "suspended by its deck file",
    EntryKind.IMPORT_UNSUSPENDED: "unsuspended by its deck file",
}


def deed(entry: Entry) -> str:
    """Return what an entry did in a word or two: "Good", "grade 0", "suspended"."""
    if entry.grade is None:
        return _DEEDS.get(entry.kind, entry.kind.value)
    return GRADE_NAMES.get(entry.grade, f"grade {entry.grade}")


def rule(before: CardState, entry: Entry, rules: Rules = CLASSIC) -> str:
    """Return the rule that made an entry's outcome, for a card that stood at `before`."""
    if entry.kind is EntryKind.DRILL:
        return "drill: changes no schedule" + (", done" if (entry.grade or 0) >= DRILLED else ", again today")
    if entry.kind is EntryKind.PRACTICE:
        return "practice: changes nothing"
    if entry.grade is None:
        return _DEEDS.get(entry.kind, entry.kind.value)
    if before.reviewed_on == entry.study_day and entry.grade >= PASS:
        return "a second pass on one day: changes nothing"
    after = schedule_review(before.schedule, entry.grade, entry.study_day, lapse_ease=rules.lapse_ease)
    ease, repetitions, interval = (
        (before.schedule.ease, before.schedule.repetitions, before.schedule.interval_days)
        if before.schedule
        else (FIRST_EASE, 0, 0)
    )
    if entry.grade < PASS:
        told = "lapse: back to 1 day"
    elif repetitions == 0:
        told = "first pass: 1 day"
    elif repetitions == 1:
        told = "second pass: 6 days"
    elif after.interval_days == MOST_INTERVAL_DAYS:
        told = f"{interval} days x {ease / 100:.2f}, at most {MOST_INTERVAL_DAYS}"
    else:
        told = f"{interval} days x {ease / 100:.2f}, rounded up: {after.interval_days}"
    waits = wait_days(after.interval_days, entry.card, before.reviews + 1, rules)
    if waits != after.interval_days:
        told += f", due after {waits}"
    change = after.ease - ease
    least = " (least)" if after.ease == LEAST_EASE else ""
    return f"{told}; ease {change / 100:+.2f}{least}" if change else told

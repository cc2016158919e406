"""What a review says line by line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flashrls.log import LogLine
from flashrls.outlook import CatchUp, Today
from flashrls.settings import Grades, Settings
from flashrls.study import BUTTON_NAMES, SIX_NAMES, StudyCard
from flashrls.telling import count, lapse_words, minutes_words, named, short
from flashrls.tui.course import Course, Showing, button_words
from flashrls.tui.sitting import Sitting

_FOUR, _SIX = "1, 2, 3 or 4", "0, 1, 2, 3, 4 or 5"
_QUESTION_LETTERS = 60

HELP = """\
(empty line) show the answer
{grades}
u  undo, what was done on an earlier day too
r  redo what was undone last
e  edit the card; its schedule stays
*  mark the note, or take the mark away
-  bury the card until tomorrow, =  its whole note
@  suspend the card, !  its whole note
i  why it is asked: its log
o  where the source says so, once the answer is shown
k  keep a leech as it is
q  leave; everything is saved
Where the answer is to be typed, the line is what you type;
a command begins with a colon there, as in :u"""

LEECH_OFFERS = "e edits it, @ suspends it, k keeps it as it is, o shows its source; an empty line goes on."
END_OFFERS = "t: ten more cards. u: undo. An empty line or q: leave."


def help_words(grades: Grades) -> str:
    """Return all commands, for narrow terminals, too."""
    names = SIX_NAMES if grades == "sm2" else BUTTON_NAMES
    return HELP.format(grades="   ".join(f"{button}  {name}" for button, name in names.items()))


def unrevealed_words(showing: Showing) -> str:
    """Return what can be done before the answer is shown."""
    if showing.card.typed:
        return "Type the answer, or leave the line empty; :? tells all commands."
    return "An empty line shows the answer; ? tells all commands."


def revealed_words(grades: Grades) -> str:
    """Return what can be done once the answer is shown."""
    return f"{_SIX if grades == 'sm2' else _FOUR} is a grade; ? tells all commands."


def head_words(course: Course, showing: Showing, today: Today) -> str:
    """Return where a card stands and how much is left, at the learner's own pace."""
    parts = [f"{course.left} left"]
    if course.to_drill:
        parts.append(f"{course.to_drill} to drill")
    parts.append(minutes_words(course.left + course.to_drill, course.sitting.answer_ms or today.answer_ms))
    return f"{showing.card.place} ({', '.join(parts)})"


def grade_line(showing: Showing, day: date, settings: Settings) -> str:
    """Return the buttons with what each would really do."""
    names = SIX_NAMES if settings.grades == "sm2" else BUTTON_NAMES
    does = button_words(showing, day, settings)
    return "   ".join(f"{button} {name} ({does[button]})" for button, name in names.items())


def catch_up_words(catch_up: CatchUp, reviews_per_day: int) -> str:
    """Return how things stand after some days away."""
    told = f"You were away for {count(catch_up.away_days, 'day')}: {count(catch_up.due, 'card')} are due."
    if catch_up.due == 1:
        told = told.replace("card are", "card is")
    if catch_up.days is None:
        told += f" At {reviews_per_day:,} a day there will always be more; `flashrls config` sets reviews_per_day."
    elif catch_up.days > 1:
        told += f" At {reviews_per_day:,} a day that takes {count(catch_up.days, 'day')}."
    return f"{told} Those most in danger come first; nothing was rescheduled."


def leech_words(card: StudyCard, log: Sequence[LogLine]) -> str:
    """Return that a card is a leech, and when it was forgotten, the newest first."""
    return f"A leech: {named(card)} was forgotten {count(card.state.lapses, 'time')} ({lapse_words(log)})."


def summary_lines(sitting: Sitting, today: Today, place: str = "") -> list[str]:
    """Return how it went, what was hard, and what comes; `place` is what the review was narrowed down to."""
    lines = [] if sitting.answers or not place else [f"Nothing is left to study in {short(place)} today."]
    if sitting.answers:
        parts = [count(sitting.cards, "card"), f"{sitting.at_first_try:,} at first try"]
        parts += [f"{sitting.drilled:,} drilled to the end"] if sitting.drilled else []
        lines.append(", ".join([*parts, count(len(sitting.answers), "answer")]) + ".")
    for question, times in sitting.hardest:
        lines.append(f"Hard: {short(question, _QUESTION_LETTERS)} (failed {count(times, 'time')})")
    left = f"{today.queue.total:,} left today" if today.queue.total else "Done for today"
    streak = f" Streak: {count(today.streak, 'day')}." if today.streak else ""
    return [*lines, f"{left}, {today.tomorrow:,} due tomorrow.{streak}"]

"""The end of a sitting: what was done, what was hard, what comes tomorrow."""

from __future__ import annotations

from textual.content import Content

from flashrls.outlook import Today
from flashrls.telling import count, minutes_words, short
from flashrls.tui.plan import Plan
from flashrls.tui.prose import Prose, Text, labelled
from flashrls.tui.sitting import Sitting
from flashrls.tui.words import time_words

_LABEL_CELLS = 12
_QUESTION_LETTERS = 52


def summary(sitting: Sitting, today: Today | None, plan: Plan) -> Prose:
    """Return the summary of a sitting whose session has ended; `today` is None if that can't be read."""
    blocks = [Text("", "", Content.styled(_headline(sitting, today, plan), "bold"))]
    if sitting.answers:
        blocks.append(Text("", "", Content(_done(sitting, plan))))
    facts = [("Hardest" if at == 0 else "", _failed(*hard)) for at, hard in enumerate(sitting.hardest)]
    if today is not None:
        facts += [("Tomorrow", _tomorrow(today)), ("Streak", count(today.streak, "day"))]
    gaps = frozenset(range(1, len(blocks) + 1))
    return Prose((*blocks, *(labelled(label, _LABEL_CELLS, Content(value)) for label, value in facts)), gaps)


def _headline(sitting: Sitting, today: Today | None, plan: Plan) -> str:
    if plan.practice:
        return "Practice is over." if sitting.answers else "There is nothing to practise here yet."
    if today is not None and not today.queue.total:
        return "Done for today."
    place = plan.place or (plan.deck or "").rpartition("::")[2]
    where = f"in {short(place)}" if place else "here"
    return f"Done {where} for today." if sitting.answers else f"Nothing is left to study {where} today."


def _done(sitting: Sitting, plan: Plan) -> str:
    parts = [f"{count(sitting.cards, 'card')} in {time_words(sitting.milliseconds)}"]
    if not plan.practice:
        parts.append(f"{sitting.at_first_try:,} at first try")
    if sitting.drilled:
        parts.append(f"{sitting.drilled:,} drilled to the end")
    return " · ".join(parts)


def _failed(question: str, times: int) -> str:
    return f"{short(question, _QUESTION_LETTERS)} ({times}×)"


def _tomorrow(today: Today) -> str:
    about = minutes_words(today.tomorrow, today.answer_ms)
    return f"{today.tomorrow:,} due, {about}" if about else f"{today.tomorrow:,} due"

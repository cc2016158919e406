"""The end of a sitting: what was done, what was hard, what comes tomorrow."""

from __future__ import annotations

from textual.content import Content

from flashrls.study import Today
from flashrls.tui.plan import Plan
from flashrls.tui.sitting import Sitting
from flashrls.tui.words import count, minutes_words, short, time_words

_LABEL_CELLS = 12


def summary(sitting: Sitting, today: Today, plan: Plan) -> Content:
    """Return the summary of a sitting whose session has ended."""
    parts: list[str | tuple[str, str]] = [(_headline(sitting, today, plan), "bold"), "\n"]
    if sitting.answers:
        parts.append(f"\n{count(sitting.cards, 'card')} in {time_words(sitting.milliseconds)}")
        if not plan.practice:
            parts.append(f" · {sitting.at_first_try:,} at first try")
        if sitting.drilled:
            parts.append(f" · {sitting.drilled:,} drilled to the end")
        parts.append("\n")
    rows = [("Hardest" if at == 0 else "", _failed(*hard)) for at, hard in enumerate(sitting.hardest)]
    tomorrow = f"{today.tomorrow:,} due"
    if today.tomorrow:
        tomorrow += f", {minutes_words(today.tomorrow, today.answer_ms)}"
    rows += [("Tomorrow", tomorrow), ("Streak", count(today.streak, "day"))]
    for label, value in rows:
        parts += ["\n", (f"{label:<{_LABEL_CELLS}}", "$text-muted"), value]
    return Content.assemble(*parts)


def _headline(sitting: Sitting, today: Today, plan: Plan) -> str:
    left = today.queue.total
    if plan.practice:
        return "Practice is over." if sitting.answers else "There is nothing to practise here yet."
    if not left:
        return "Done for today."
    where = f"in {short(plan.deck.rpartition('::')[2])}" if plan.deck else "here"
    done = "Done" if sitting.answers else "Nothing is left to study"
    return f"{done} {where} for today." if done == "Done" else f"{done} {where} today."


def _failed(question: str, times: int) -> str:
    return f"{short(question, 48)} ({times}×)"

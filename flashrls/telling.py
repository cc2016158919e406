"""What was done, and what an undo took back, in words that the shell and the screens share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flashrls.clean import clean_line
from flashrls.log import REWRITING, EntryKind, LogLine
from flashrls.sm2 import PASS
from flashrls.stats import Rate
from flashrls.study import StudyCard
from flashrls.why import deed as deed_of

if TYPE_CHECKING:
    from flashrls.store.deeds import Undone

DEFAULT_ANSWER_MS = 15_000
"""What an answer takes, until there are some to measure."""

_MOST_LOOKED_AT = 4_000
_MOST_LAPSES = 8
DONE = {
    EntryKind.SUSPEND: "suspended",
    EntryKind.UNSUSPEND: "unsuspended",
    EntryKind.BURY: "buried until tomorrow",
    EntryKind.RESET: "reset",
    EntryKind.KEEP: "kept as it is",
    EntryKind.EDIT: "edited",
    EntryKind.MOVE: "moved",
    EntryKind.ADD: "added",
}
"""What became of a card by a deed that is no grade."""


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 day", "1,234 days"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short(text: str, letters: int = 40) -> str:
    """Return a text of others on one line, cut behind so many letters."""
    line = clean_line(text[:_MOST_LOOKED_AT])
    return line if len(line) <= letters else line[: letters - 1].rstrip() + "…"


def named(card: StudyCard) -> str:
    """Return a card's question in quotes, cut to a few words."""
    return f"“{short(card.face.question)}”"


def rate_words(rate: Rate) -> str:
    """Return a rate with its interval, as in "91 % (83–95)"."""
    if rate.share is None or rate.interval is None:
        return "too few reviews yet"
    low, high = rate.interval
    return f"{rate.share * 100:.0f} % ({low * 100:.0f}–{high * 100:.0f})"


def minutes_words(cards: int, answer_ms: int | None) -> str:
    """Return how long so many cards will take, as in "about 6 minutes"; empty without cards."""
    if not cards:
        return ""
    minutes = minutes_for(cards, answer_ms)
    return f"about {round(minutes / 60):,} hours" if minutes >= 120 else f"about {count(minutes, 'minute')}"


def minutes_for(cards: int, answer_ms: int | None) -> int:
    """Return how many minutes so many cards will take, at least 1 where there are any; `answer_ms` is the pace."""
    return max(1, round(cards * (answer_ms or DEFAULT_ANSWER_MS) / 60_000)) if cards else 0


def lapse_words(log: Sequence[LogLine]) -> str:
    """Return the days on which a card was forgotten, the newest eight first, as in "2026-03-09, 2026-03-02"."""
    lapses = [
        str(line.entry.study_day)
        for line in reversed(log)
        if line.entry.kind is EntryKind.SCHEDULED and not line.undone and (line.entry.grade or 0) < PASS
    ]
    more = f" and {len(lapses) - _MOST_LAPSES:,} more" if len(lapses) > _MOST_LAPSES else ""
    return ", ".join(lapses[:_MOST_LAPSES]) + more


def undone_words(deed: Undone) -> str:
    """Return what an undo took back, as in "Undone: Good for “Which enzyme…”", or what a redo did again."""
    kind = deed.entry.kind
    what = DONE.get(kind)
    if what is None:
        told = f"{deed_of(deed.entry)} for {named(deed.card)}"
    elif deed.cards > 1:
        told = f"{count(deed.cards, 'note' if kind in REWRITING else 'card')} {what}, such as {named(deed.card)}"
    else:
        told = f"{named(deed.card)} {what}"
    if kind is EntryKind.EDIT and deed.fields:
        told += f" ({', '.join(deed.fields)})"
    if deed.kept:
        told += f"; {', '.join(deed.kept)} changed again since and stayed"
    return f"{'Redone' if deed.is_redo else 'Undone'}: {told}"

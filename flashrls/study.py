"""Today's queue and a session's way through it: what is asked, in which order, and what a grade does to that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from flashrls.log import DRILLED, CardState, EntryKind

if TYPE_CHECKING:  # counts, and the first frame, need no cards' texts
    from flashrls.cards import Face, Kind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that could be asked today: its own, its note's and its deck's reference in this library."""

    card: int
    note: int
    deck: int


@dataclass(frozen=True)
class Queue:
    """What a study day asks, each part in the order of asking."""

    due: tuple[Candidate, ...] = ()
    new: tuple[Candidate, ...] = ()
    drill: tuple[Candidate, ...] = ()

    @property
    def total(self) -> int:
        """How many cards are left to ask."""
        return len(self.due) + len(self.new) + len(self.drill)

    @cached_property
    def by_deck(self) -> dict[str, Counter[int]]:
        """For "due", "new" and "drill": how many cards of each deck."""
        parts = {"due": self.due, "new": self.new, "drill": self.drill}
        return {name: Counter(candidate.deck for candidate in part) for name, part in parts.items()}


@dataclass(frozen=True, slots=True)
class Quota:
    """What a deck's own limits still allow today; None where it has no such limit.

    Attributes:
        decks: the references of the deck and its sub-decks.
        reviews_left, new_left: due and new cards, at least 0.
    """

    decks: frozenset[int]
    reviews_left: int | None = None
    new_left: int | None = None


def build_queue(
    due: Iterable[Candidate],
    new: Iterable[Candidate],
    drill: Iterable[Candidate],
    *,
    reviews_left: int,
    new_left: int,
    quotas: Sequence[Quota] = (),
) -> Queue:
    """Choose what is asked today.

    Args:
        due: due cards, most endangered first, without notes that were reviewed today.
        new: new cards in the order of introduction, likewise.
        drill: the cards on today's drill, the one failed first first.
        reviews_left: due cards that the day's limit still allows.
        new_left: new cards that the day's limit still allows.
        quotas: what the limits of single decks still allow.

    Only one card of a note is asked a day, and new cards wait while more is due than the limit allows,
    the day's or their deck's.
    """
    notes: set[int] = set()
    apart = _one_a_note(due, notes)
    chosen_due = _within(apart, reviews_left, [(quota.decks, quota.reviews_left) for quota in quotas])
    backlog = len(apart) > reviews_left
    waiting = [_new_quota(quota, apart) for quota in quotas]
    chosen_new = () if backlog else _within(_one_a_note(new, notes), new_left, waiting)
    return Queue(chosen_due, chosen_new, tuple(drill))


def _new_quota(quota: Quota, due: Sequence[Candidate]) -> tuple[frozenset[int], int | None]:
    """How many new cards of a deck may come: none while more of it is due than its limit allows."""
    waits = quota.reviews_left is not None and sum(c.deck in quota.decks for c in due) > quota.reviews_left
    return quota.decks, 0 if waits else quota.new_left


def _within(
    candidates: Sequence[Candidate], most: int, limits: Sequence[tuple[frozenset[int], int | None]]
) -> tuple[Candidate, ...]:
    """The first candidates that all limits allow: `most` in all, and so many of the decks of each."""
    own = [(decks, [left]) for decks, left in limits if left is not None]
    if not own:
        return tuple(candidates[:most])
    kept: list[Candidate] = []
    for candidate in candidates:
        counters = [left for decks, left in own if candidate.deck in decks]
        if len(kept) < most and all(left[0] > 0 for left in counters):
            kept.append(candidate)
            for left in counters:
                left[0] -= 1
    return tuple(kept)


def _one_a_note(candidates: Iterable[Candidate], notes: set[int]) -> list[Candidate]:
    kept: list[Candidate] = []
    for candidate in candidates:
        if candidate.note not in notes:
            notes.add(candidate.note)
            kept.append(candidate)
    return kept


def endangerment(day: date, due_on: date, interval_days: int) -> tuple[float, int]:
    """The sort key of a backlog: overdue days ÷ interval, largest first; ties: the shorter interval first."""
    return (-(day - due_on).days / interval_days, interval_days)


@dataclass(frozen=True, slots=True)
class StudyCard:
    """A card as it is asked: everything a screen needs, read once.

    Attributes:
        ref, note_ref: the card's and its note's reference in this library.
        id: the id that commands take.
        deck, section: where it stands.
        kind, part: how it was made.
        face: the texts.
        typed: the answer is to be typed.
        anchors: verbatim phrases of its source.
        tags: its tags.
        state: what the log says of it.
        last_entry: id of the newest entry the learner could know of; None without entries.
        revision: hash of the asked text.
        held: "draft" or "gone" (from its note's text) if it isn't to be asked, else None.
        folder: the folder of its deck's file, where its images are; empty if that isn't known.
        uid: its id across machines, which its log entries bear.
    """

    ref: int
    note_ref: int
    id: str
    deck: str
    section: str
    kind: Kind
    part: str
    face: Face
    typed: bool
    anchors: tuple[str, ...]
    tags: tuple[str, ...]
    state: CardState
    last_entry: str | None
    revision: str
    held: str | None = None
    folder: str = ""
    uid: str = ""

    @property
    def place(self) -> str:
        """The deck, and the section where it isn't what the deck is called."""
        if not self.section or self.deck.split("::")[-1] == self.section:
            return self.deck
        return f"{self.deck} > {self.section}"


@dataclass(frozen=True, slots=True)
class Turn:
    """One asking of a card: `kind` says what its grade will be logged as."""

    card: int
    note: int
    kind: EntryKind


@dataclass(frozen=True, slots=True)
class Session:
    """What is left to ask, first turn first. Every method returns the session that follows.

    Attributes:
        turns: scheduled (or practice) turns, behind them the drill.
        done: turns graded in this session and not undone.
    """

    turns: tuple[Turn, ...]
    done: int = 0

    @property
    def current(self) -> Turn | None:
        """The turn to ask now; None at the end."""
        return self.turns[0] if self.turns else None

    @property
    def left(self) -> int:
        """Turns that are not drill."""
        return sum(turn.kind is not EntryKind.DRILL for turn in self.turns)

    @property
    def to_drill(self) -> int:
        """Turns of the drill."""
        return len(self.turns) - self.left

    def graded(self, grade: int) -> Session:
        """The current turn was graded: below 4 the card goes to the end of the drill, practice aside."""
        turn, *rest = self.turns
        if grade < DRILLED and turn.kind is not EntryKind.PRACTICE:
            rest.append(replace(turn, kind=EntryKind.DRILL))
        return Session(tuple(rest), self.done + 1)

    def undone(self, turn: Turn) -> Session:
        """An answer was taken back: its turn comes first again, and the drill it caused is gone."""
        rest = tuple(t for t in self.turns if t.card != turn.card)
        return Session((turn, *rest), max(0, self.done - 1))

    def changed_elsewhere(self, card: StudyCard, day: date) -> Session:
        """The session if `card` stands so now: its turn stays, goes to the end of the drill, or goes away."""
        turn = next((turn for turn in self.turns if turn.card == card.ref), None)
        if turn is None:
            return self
        kind = kind_of_turn(card, turn.kind, day)
        if kind is turn.kind:
            return self
        others = self.without(card=card.ref)
        return others if kind is None else replace(others, turns=(*others.turns, replace(turn, kind=kind)))

    def without(self, *, card: int | None = None, note: int | None = None) -> Session:
        """The card, or all cards of the note, were suspended or buried."""
        return replace(self, turns=tuple(t for t in self.turns if t.card != card and t.note != note))


def kind_of_turn(card: StudyCard, planned: EntryKind, day: date) -> EntryKind | None:
    """Return as what a card whose turn was planned as `planned` is to be asked on `day`; None for not at all."""
    state = card.state
    if card.held or state.suspended or state.buried_on == day:
        return None
    if planned is EntryKind.PRACTICE:
        return planned
    if state.drill_on == day:
        return EntryKind.DRILL
    return None if planned is EntryKind.DRILL or state.reviewed_on == day else EntryKind.SCHEDULED


def session_of(queue: Queue, *, most: int | None = None) -> Session:
    """Return a session over the queue: due cards, then new ones, then the drill; at most `most` turns."""
    scheduled = [Turn(c.card, c.note, EntryKind.SCHEDULED) for c in (*queue.due, *queue.new)]
    drill = [Turn(c.card, c.note, EntryKind.DRILL) for c in queue.drill]
    return Session(tuple([*scheduled, *drill][:most]))


def practice_of(candidates: Sequence[Candidate], *, most: int | None = None) -> Session:
    """Return a session that asks the cards for practice alone: logged, without any effect."""
    return Session(tuple(Turn(c.card, c.note, EntryKind.PRACTICE) for c in candidates)[:most])


BUTTONS = {1: 2, 2: 3, 3: 4, 4: 5}
"""The grade that each of the four buttons Again, Hard, Good, Easy gives."""

SIX_NAMES = {0: "Blackout", 1: "Wrong", 2: "Almost", 3: "Hard", 4: "Good", 5: "Easy"}
"""What SM-2's six grades are called where all of them are offered; each is its own button."""

GOOD = 4
"""The grade that Space gives once the answer is shown."""

BUTTON_NAMES = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}


def interval_words(days: int, *, again_today: bool = False) -> str:
    """Return an interval as a button shows it: "today", "1 day", "15 days", "4.1 months", "2.3 years"."""
    if again_today:
        return "today"
    if days < 2:
        return "1 day"
    if days < 61:
        return f"{days} days"
    if days < 730:
        return f"{days / 30.44:.1f} months"
    return f"{days / 365.25:.1f} years"

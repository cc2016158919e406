"""Where a sitting stands: what is asked now, what comes, what was answered. No screen, no library."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from flashrls.log import CardState, Entry, EntryKind
from flashrls.settings import Settings
from flashrls.sm2 import PASS, preview
from flashrls.study import BUTTONS, Session, StudyCard, Turn, interval_words
from flashrls.tui.sitting import Answer, Sitting

Ticks = Callable[[], int]
"""Reads milliseconds on a clock that is never set back."""

_GRADED = frozenset({EntryKind.SCHEDULED, EntryKind.DRILL, EntryKind.PRACTICE})


@dataclass(frozen=True, slots=True)
class Showing:
    """One showing of a card; it takes one grade.

    Attributes:
        turn: the session's turn.
        card: the card as the learner sees it.
        shown_ms: when the question came, in ticks.
        revealed_ms: when the answer came; None before that.
    """

    turn: Turn
    card: StudyCard
    shown_ms: int
    revealed_ms: int | None = None


class Course:
    """The way through a session, one showing at a time."""

    def __init__(self, ticks: Ticks) -> None:
        """Begin with nothing to ask."""
        self._ticks = ticks
        self._session = Session(())
        self._cards: dict[int, StudyCard] = {}
        self._removed: dict[int, Turn] = {}
        self.sitting = Sitting()
        self.showing: Showing | None = None

    @property
    def left(self) -> int:
        """Cards left to ask, the drill aside."""
        return self._session.left

    @property
    def to_drill(self) -> int:
        """Cards on the drill."""
        return self._session.to_drill

    @property
    def is_revealed(self) -> bool:
        """Whether the answer is shown."""
        return self.showing is not None and self.showing.revealed_ms is not None

    @property
    def failed(self) -> StudyCard | None:
        """The card of the last answer if that was a failure and its source may be shown now.

        Not while a card of the same note is asked: the source would tell its answer.
        """
        if not self.sitting.answers or self.sitting.answers[-1].grade >= PASS:
            return None
        card = self._cards[self.sitting.answers[-1].card]
        asked = self.showing is not None and self.showing.card.note_ref == card.note_ref
        return None if asked or not card.anchors else card

    def begin(self, session: Session, cards: Iterable[StudyCard]) -> None:
        """Take up a session with all of its cards."""
        self._session = session
        self._cards = {card.ref: card for card in cards}
        self.show()

    def show(self) -> None:
        """Show the current turn's card, question first; none at the end."""
        turn = self._session.current
        self.showing = None if turn is None else Showing(turn, self._cards[turn.card], self._ticks())

    def reveal(self) -> None:
        """The answer is shown from now on."""
        if self.showing is not None:
            self.showing = replace(self.showing, revealed_ms=self._ticks())

    def away(self, milliseconds: int) -> None:
        """The learner was elsewhere for so long: that is no time spent on the card."""
        showing = self.showing
        if showing is not None:
            revealed = None if showing.revealed_ms is None else showing.revealed_ms + milliseconds
            self.showing = replace(showing, shown_ms=showing.shown_ms + milliseconds, revealed_ms=revealed)

    def times(self, showing: Showing) -> tuple[int, int]:
        """Return how long the learner took to reveal the answer, and from there until now, in milliseconds."""
        revealed = showing.shown_ms if showing.revealed_ms is None else showing.revealed_ms
        return revealed - showing.shown_ms, max(0, self._ticks() - revealed)

    def graded(self, showing: Showing, grade: int, milliseconds: int, after: StudyCard) -> None:
        """A grade was saved; `after` is the card as it stands now."""
        turn = showing.turn
        question = showing.card.face.question
        answer = Answer(after.last_entry or "", turn.card, question, turn.kind, grade, milliseconds)
        self.sitting = self.sitting.with_answer(answer)
        self._cards[turn.card] = after
        self._session = self._session.graded(grade)
        self.show()

    def removed(self, showing: Showing, *, note: bool) -> None:
        """The card, or its whole note, was suspended or buried."""
        turn = showing.turn
        for other in self._session.turns:
            if other.card == turn.card or (note and other.note == turn.note):
                self._removed.setdefault(other.card, other)
        self._session = self._session.without(card=turn.card, note=turn.note if note else None)
        self.show()

    def taken_back(self, entry: Entry, card: StudyCard, day: date) -> bool:
        """An entry was taken back; its card is asked next if it is to be asked today. Return whether it is."""
        self.sitting = self.sitting.without(entry.id)
        self._cards[card.ref] = card
        if entry.kind in _GRADED:
            turn: Turn | None = Turn(card.ref, card.note_ref, entry.kind)
        else:
            turn = self._removed.pop(card.ref, None) or _turn_for(card, day)
        if turn is None or card.state.suspended or card.state.buried_on == day:
            return False
        self._session = self._session.undone(turn)
        self.show()
        return True

    def reread(self, card: StudyCard, day: date) -> None:
        """The current card was changed elsewhere: ask it as it stands now, if it is still to be asked."""
        self._cards[card.ref] = card
        self._session = self._session.changed_elsewhere(card, day)
        self.show()


def _turn_for(card: StudyCard, day: date) -> Turn | None:
    """How a card that came back from outside the session is to be asked on `day`, if at all."""
    state = card.state
    if state.drill_on == day:
        return Turn(card.ref, card.note_ref, EntryKind.DRILL)
    if _is_due(state, day):
        return Turn(card.ref, card.note_ref, EntryKind.SCHEDULED)
    return None


def _is_due(state: CardState, day: date) -> bool:
    return state.reviewed_on != day and (state.due_on is None or state.due_on <= day)


def button_words(showing: Showing, day: date, settings: Settings) -> dict[int, str]:
    """Return what each button would do to the card, in words that fit below it."""
    match showing.turn.kind:
        case EntryKind.DRILL:
            return {1: "again", 2: "again", 3: "done", 4: "done"}
        case EntryKind.PRACTICE:
            return dict.fromkeys(BUTTONS, "no effect")
    outcomes = preview(showing.card.state.schedule, day, lapse_ease=settings.lapse_ease)
    return {
        button: interval_words(outcomes[grade].interval_days, again_today=button == 1)
        for button, grade in BUTTONS.items()
    }

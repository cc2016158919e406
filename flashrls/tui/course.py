"""Where a sitting stands: what is asked now, what comes, what was answered. No screen, no library."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from flashrls.log import DRILLED, CardState, Entry, EntryKind
from flashrls.rules import wait_days
from flashrls.settings import Grades, Settings
from flashrls.sm2 import PASS, preview
from flashrls.study import BUTTONS, SIX_NAMES, Session, StudyCard, Turn, interval_words, kind_of_turn
from flashrls.tui.sitting import Answer, Sitting
from flashrls.tui.turning import Turning

Ticks = Callable[[], int]
"""Reads milliseconds on a clock that is never set back."""

_GRADED = frozenset({EntryKind.SCHEDULED, EntryKind.DRILL, EntryKind.PRACTICE})
_TAKING_AWAY = frozenset({EntryKind.SUSPEND, EntryKind.BURY, EntryKind.RESET})


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
        self._taken: dict[str, Answer] = {}
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
    def known(self) -> frozenset[int]:
        """The references of all cards that were or are to be asked."""
        return frozenset(self._cards)

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

    @property
    def upcoming(self) -> StudyCard | None:
        """The card that comes after a grade of this one; None if none is left but perhaps this one again."""
        rest = self._session.turns[1:2]
        return self._cards[rest[0].card] if rest else None

    def begin(self, session: Session, cards: Iterable[StudyCard]) -> None:
        """Take up a session with all of its cards."""
        self._session = session
        self._cards |= {card.ref: card for card in cards}
        self.show()

    def card(self, ref: int) -> StudyCard:
        """Return one of the known cards as it stands now."""
        return self._cards[ref]

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

    def removed(self, card: StudyCard, *, note: bool) -> None:
        """A card, or its whole note, was suspended or buried."""
        for other in self._session.turns:
            if other.card == card.ref or (note and other.note == card.note_ref):
                self._removed.setdefault(other.card, other)
        self._session = self._session.without(card=card.ref, note=card.note_ref if note else None)
        self._go_on()

    def turned(self, turning: Turning, day: date) -> None:
        """A deed was taken back or done again; what an undo brought back is asked next."""
        deed = turning.deed
        for entry in reversed(deed.entries):
            self._count(entry, again=deed.is_redo)
        back = [] if deed.is_redo else self._brought_back(turning, day)
        self.reread((*turning.cards, *turning.also), day)
        turns = [Turn(card.ref, card.note_ref, EntryKind.SCHEDULED) for card in turning.also]
        for turn in (*reversed(turns), *reversed(back)):
            self._session = self._session.undone(turn)
            self._removed.pop(turn.card, None)
        if back or turns:
            self.show()

    def _count(self, entry: Entry, *, again: bool) -> None:
        """An answer of this sitting counts no longer, or again."""
        if again and entry.id in self._taken:
            self.sitting = self.sitting.with_answer(self._taken.pop(entry.id))
        elif not again:
            self._taken |= {answer.entry: answer for answer in self.sitting.answers if answer.entry == entry.id}
            self.sitting = self.sitting.without(entry.id)

    def _brought_back(self, turning: Turning, day: date) -> list[Turn]:
        """The turns that an undo gives back, the newest entry's card first."""
        newest, card = turning.deed.entry, turning.deed.card
        found: dict[int, Turn | None] = {}
        if newest.kind in _GRADED:
            kind = kind_of_turn(card, newest.kind, day)
            found[card.ref] = Turn(card.ref, card.note_ref, kind) if kind else _turn_for(card, day)
        elif newest.kind in _TAKING_AWAY and card.ref not in self._removed:
            found[card.ref] = _turn_for(card, day)
        for other in sorted(turning.cards, key=lambda other: other.ref != card.ref):
            removed = self._removed.get(other.ref)
            if removed is not None and (kind := kind_of_turn(other, removed.kind, day)) is not None:
                found[other.ref] = replace(removed, kind=kind)
        return [turn for turn in found.values() if turn is not None]

    def reread(self, cards: Iterable[StudyCard], day: date) -> None:
        """Cards were changed: each is asked as it stands now, if it is still to be asked."""
        for card in cards:
            self._cards[card.ref] = card
            planned = next((turn for turn in self._session.turns if turn.card == card.ref), None)
            if planned is not None:
                self._session = self._session.changed_elsewhere(card, day)
                if all(turn.card != card.ref for turn in self._session.turns):
                    self._removed.setdefault(card.ref, planned)
        self._go_on()

    def _go_on(self) -> None:
        """Show what is current; the same turn as before goes on with its times."""
        turn, showing = self._session.current, self.showing
        if turn is None or showing is None or turn != showing.turn:
            self.show()
        else:
            self.showing = replace(showing, card=self._cards[turn.card])


def _turn_for(card: StudyCard, day: date) -> Turn | None:
    """How a card that came back from outside the session is to be asked on `day`, if at all."""
    state = card.state
    if card.held or state.suspended or state.buried_on == day:
        return None
    if state.drill_on == day:
        return Turn(card.ref, card.note_ref, EntryKind.DRILL)
    if _is_due(state, day):
        return Turn(card.ref, card.note_ref, EntryKind.SCHEDULED)
    return None


def _is_due(state: CardState, day: date) -> bool:
    return state.reviewed_on != day and (state.due_on is None or state.due_on <= day)


def grade_of(button: int, grades: Grades) -> int:
    """Return the grade, 0..5, that a button gives."""
    return button if grades == "sm2" else BUTTONS[button]


def button_words(showing: Showing, day: date, settings: Settings) -> dict[int, str]:
    """Return what each button would really do to the card, in words that fit below it."""
    buttons = {button: grade_of(button, settings.grades) for button in _buttons(settings.grades)}
    match showing.turn.kind:
        case EntryKind.DRILL:
            return {button: "done" if grade >= DRILLED else "again" for button, grade in buttons.items()}
        case EntryKind.PRACTICE:
            return dict.fromkeys(buttons, "no effect")
    card, state = showing.card, showing.card.state
    outcomes = preview(state.schedule, day, lapse_ease=settings.lapse_ease)
    words: dict[int, str] = {}
    for button, grade in buttons.items():
        waits = wait_days(outcomes[grade].interval_days, card.uid, state.reviews + 1, settings.rules)
        words[button] = interval_words(waits, again_today=grade < PASS)
    return words


def _buttons(grades: Grades) -> Iterable[int]:
    return SIX_NAMES if grades == "sm2" else BUTTONS

"""A review line by line on stdin and stdout, for screen readers and pipes."""

from __future__ import annotations

from collections.abc import Iterable

from flashrls.cli.output import say
from flashrls.clock import ticks_ms
from flashrls.errors import FlashrlsError, NothingToUndo, StaleCard
from flashrls.log import EntryKind
from flashrls.sm2 import PASS, preview
from flashrls.store.library import Library
from flashrls.study import BUTTON_NAMES, BUTTONS, Session, StudyCard, Turn, interval_words
from flashrls.why import deed

_UNREVEALED = "An empty line shows the answer; u takes the last grade back, q leaves."
_REVEALED = "1, 2, 3 or 4 is a grade; o shows where the source says so, u takes the last one back, q leaves."


def review_plainly(library: Library, session: Session, answers: Iterable[str]) -> None:
    """Ask the session's cards until it ends, `q`, or the end of the input; every grade is saved at once.

    Raises:
        FlashrlsError: the last grade could not be saved.
    """
    review = _Review(library, session)
    review.run(answers)
    if review.unsaved:
        raise review.unsaved


class _Review:
    """A session, the card on show, and what the summary will tell."""

    def __init__(self, library: Library, session: Session) -> None:
        self.library = library
        self.session = session
        self.first_tries: dict[int, bool] = {}
        self.revealed = False
        self.shown_ms = self.revealed_ms = 0
        self.card: StudyCard | None = None
        self.unsaved: FlashrlsError | None = None
        self.lapsed: StudyCard | None = None

    def run(self, answers: Iterable[str]) -> None:
        self.show()
        for line in answers if self.card else ():
            word = line.strip().casefold()
            if word == "q":
                break
            self.obey(word)
            if self.card is None:
                break
        self.close()

    def show(self) -> None:
        """Show the session's next card that is still to be asked."""
        self.card = None
        while (turn := self.session.current) is not None:
            (card,) = self.library.cards([turn.card])
            self.session = self.session.changed_elsewhere(card, self.library.day)
            if self.session.current == turn:
                self.card = card
                break
        self.revealed = False
        self.shown_ms = ticks_ms()
        if turn is None or self.card is None:
            return
        drill = f", {self.session.to_drill} to drill" if self.session.to_drill else ""
        say(f"\n{self.card.place} ({self.session.left} left{drill})")
        say(f"Q: {self.card.face.question}")

    def obey(self, word: str) -> None:
        """Do what a line of input says."""
        if word == "u":
            self.undo()
        elif word == "o" and (asked := self.card if self.revealed else self.lapsed):
            self.show_passage(asked)
        elif not self.revealed and not word:
            self.reveal()
        elif not self.revealed:
            say(_UNREVEALED)
        elif word in ("1", "2", "3", "4"):
            self.grade(BUTTONS[int(word)])
        elif word.isdigit():
            say(f"{word} is not a grade. {_REVEALED}")
        else:
            say(_REVEALED)

    def reveal(self) -> None:
        """Show the answer and what each grade would do."""
        turn, card = self.session.current, self.card
        if turn is None or card is None:
            return
        self.revealed, self.revealed_ms = True, ticks_ms()
        say(f"A: {card.face.revealed}")
        outcomes = preview(card.state.schedule, self.library.day, lapse_ease=self.library.settings.lapse_ease)
        buttons = []
        for button, name in BUTTON_NAMES.items():
            grade = BUTTONS[button]
            words = interval_words(outcomes[grade].interval_days, again_today=button == 1)
            buttons.append(f"{button} {name}" + (f" ({words})" if turn.kind is EntryKind.SCHEDULED else ""))
        say("   ".join(buttons))

    def show_passage(self, card: StudyCard) -> None:
        """Show what the source says around the card's anchors."""
        from flashrls.cli.passage import passage_lines

        say("\n".join(passage_lines(self.library.passages(card.note_ref))))

    def grade(self, grade: int) -> None:
        """Save a grade, then show the next card; what can't be saved is said, and the card stays."""
        turn, card = self.session.current, self.card
        if turn is None or card is None:
            return
        try:
            self.library.grade(
                card,
                turn.kind,
                grade,
                reveal_ms=self.revealed_ms - self.shown_ms,
                grade_ms=ticks_ms() - self.revealed_ms,
            )
        except StaleCard as error:
            say(str(error), err=True)
            self.show()
            return
        except FlashrlsError as error:
            say(f"Not saved: {error}", err=True)
            self.unsaved = error
            return
        self.unsaved = None
        self.first_tries.setdefault(card.ref, grade >= BUTTONS[3])
        self.session = self.session.graded(grade)
        self.lapsed = card if grade < PASS and card.anchors else None
        if self.lapsed:
            say("o shows where the source says so.")
        self.show()

    def undo(self) -> None:
        """Take the last grade back and show its card again."""
        try:
            undone = self.library.undo()
        except NothingToUndo as error:
            say(str(error))
            return
        say(f"Undone: {deed(undone.entry)} for {undone.card.id}.")
        if undone.entry.grade is not None:
            turn = Turn(undone.card.ref, undone.card.note_ref, undone.entry.kind)
            self.session = self.session.undone(turn)
            if undone.entry.kind is EntryKind.SCHEDULED:
                self.first_tries.pop(undone.card.ref, None)
        self.show()

    def close(self) -> None:
        """Say how it went."""
        today = self.library.today()
        say()
        if self.session.done:
            good = sum(self.first_tries.values())
            cards, answers = len(self.first_tries), self.session.done
            say(f"{cards} card{'s' * (cards != 1)}, {good} at first try, {answers} answer{'s' * (answers != 1)}.")
        left = f"{today.queue.total} left" if today.queue.total else "Done for"
        say(f"{left} today, {today.tomorrow} due tomorrow.")

"""A review line by line on stdin and stdout, for screen readers and pipes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from flashrls.cli import plainwords as words
from flashrls.cli.agreeing import on_terminal
from flashrls.cli.output import say
from flashrls.clock import ticks_ms
from flashrls.errors import EditorInterrupted, FlashrlsError, NothingToRedo, NothingToUndo, StaleCard
from flashrls.log import EntryKind, became_leech
from flashrls.sm2 import PASS
from flashrls.store.library import Library
from flashrls.study import StudyCard
from flashrls.telling import named, undone_words
from flashrls.tui.course import Course, grade_of
from flashrls.tui.marking import MARKED, keep, mark, toggle_marked
from flashrls.tui.plan import Plan, load
from flashrls.tui.turning import turn

_MARKS = {
    "-": (EntryKind.BURY, False, "Buried until tomorrow"),
    "=": (EntryKind.BURY, True, "Buried until tomorrow, the whole note"),
    "@": (EntryKind.SUSPEND, False, "Suspended"),
    "!": (EntryKind.SUSPEND, True, "Suspended, the whole note"),
}
_COLON = ":"


def review_plainly(library: Library, plan: Plan, answers: Iterable[str]) -> None:
    """Ask what the plan holds until it ends, `q`, or the end of the input; every grade is saved at once.

    Raises:
        FlashrlsError: there is no such deck or place, or the last grade could not be saved.
    """
    review = _Review(library, plan)
    review.run(answers)
    if review.unsaved:
        raise review.unsaved


class _Review:
    """The way through a session, and what the next line of input is about."""

    def __init__(self, library: Library, plan: Plan) -> None:
        self.library = library
        self.plan = plan
        self.course = Course(ticks_ms)
        self.today = library.today()
        self.settings = library.settings
        self.unsaved: FlashrlsError | None = None
        self.leech: StudyCard | None = None
        self.is_over = False
        self.commands: dict[str, Callable[[], None]] = {
            "u": lambda: self.turn(redo=False),
            "r": lambda: self.turn(redo=True),
            "e": lambda: self.edit(self.asked),
            "*": self.toggle_marked,
            "i": self.why,
            "o": self.passage,
            "k": lambda: self.keep(self.asked),
            "?": lambda: say(words.help_words(self.settings.grades)),
            **{key: lambda key=key: self.mark(key) for key in _MARKS},  # type: ignore[misc]
        }

    @property
    def asked(self) -> StudyCard | None:
        """The card that is asked now."""
        return None if self.course.showing is None else self.course.showing.card

    def run(self, answers: Iterable[str]) -> None:
        self.course.begin(*load(self.library, self.plan))
        if self.today.catch_up and not self.plan.practice:
            say(words.catch_up_words(self.today.catch_up, self.settings.reviews_per_day))
        self.show()
        if not self.is_over:
            for line in answers:
                if self.leaves(line.strip()):
                    break
        if not self.is_over:
            self.close()

    def leaves(self, said: str) -> bool:
        """Do what a line of input says; tell whether it ends the review."""
        word = said.casefold()
        if self.is_over:
            return self.after_the_end(word)
        if self.leech is not None:
            return self.decided(word)
        showing = self.course.showing
        if showing is not None and showing.card.typed and not self.course.is_revealed:
            if not said.startswith(_COLON):
                self.reveal(said)
                return False
            word = word.removeprefix(_COLON).strip()
        if word == "q":
            return True
        self.obey(word)
        return False

    def obey(self, word: str) -> None:
        """Do what a word asks for; what can't be done or saved is told, and the card stays."""
        try:
            if word in self.commands:
                self.commands[word]()
            elif not self.course.is_revealed:
                self.reveal() if not word else self.say_how()
            elif word.isdecimal() and word.isascii() and len(word) == 1 and self.is_button(int(word)):
                self.grade(int(word))
            else:
                self.say_how(f"{word} is not a grade. " if word.isdigit() else "")
        except (NothingToUndo, NothingToRedo) as error:
            say(str(error))
        except FlashrlsError as error:
            say(f"Not done: {error}", err=True)

    def is_button(self, button: int) -> bool:
        return 0 <= button <= 5 if self.settings.grades == "sm2" else 1 <= button <= 4

    def say_how(self, before: str = "") -> None:
        """Tell what can be done now."""
        showing = self.course.showing
        if showing is not None:
            is_revealed = self.course.is_revealed
            how = words.revealed_words(self.settings.grades) if is_revealed else words.unrevealed_words(showing)
            say(before + how)

    def show(self) -> None:
        """Ask the next card as it stands now, or end."""
        while (showing := self.course.showing) is not None:
            (card,) = self.library.cards([showing.card.ref])
            self.course.reread([card], self.library.day)
            if self.course.showing is not None and self.course.showing.card is card:
                break
        if self.course.showing is None:
            self.close()
            return
        say(f"\n{words.head_words(self.course, self.course.showing, self.today)}")
        say(f"Q: {self.course.showing.card.face.question}")
        if self.course.is_revealed:
            self.show_answer()

    def show_answer(self) -> None:
        if (showing := self.course.showing) is not None:
            say(f"A: {showing.card.face.revealed}")
            say(words.grade_line(showing, self.library.day, self.settings))

    def reveal(self, typed: str = "") -> None:
        """Show the answer, what was typed beside it, and what each grade would do; the learner grades."""
        self.course.reveal()
        if typed and (card := self.asked) is not None:
            from flashrls.typed import compare, plain_answer, typed_words

            answer = plain_answer(card.face.answer)
            case, accents = self.settings.typed_case, self.settings.typed_accents
            say(typed_words(compare(typed, answer, case=case, accents=accents)))
        self.show_answer()

    def grade(self, button: int) -> None:
        """Save a grade, then show the next card."""
        showing = self.course.showing
        if showing is None:
            return
        card, grade = showing.card, grade_of(button, self.settings.grades)
        reveal_ms, grade_ms = self.course.times(showing)
        try:
            after = self.library.grade(card, showing.turn.kind, grade, reveal_ms=reveal_ms, grade_ms=grade_ms)
        except StaleCard as error:
            say(str(error), err=True)
            self.show()
            return
        except FlashrlsError as error:
            say(f"Not saved: {error}", err=True)
            self.unsaved = error
            return
        self.unsaved = None
        self.course.graded(showing, grade, reveal_ms + grade_ms, after)
        if became_leech(card.state, after.state):
            self.leech = after
            say(words.leech_words(after, self.library.log_of(after.ref)))
            self.show_passage(after)
            say(words.LEECH_OFFERS)
            return
        if grade < PASS and self.course.failed is not None:
            say("o shows where the source says so.")
        self.show()

    def decided(self, word: str) -> bool:
        """Do what was decided about a leech; tell whether the review ends."""
        card = self.leech
        try:
            if word == "o":
                self.show_passage(card)
            elif word == "e":
                self.edit(card, asks_again=False)
            elif word == "k":
                self.keep(card)
            elif word == "@" and card is not None:
                self.library.mark([card.ref], EntryKind.SUSPEND)
                say(f"Suspended: {named(card)}")
            elif word not in ("", "q", "u"):
                say(words.LEECH_OFFERS)
        except FlashrlsError as error:
            say(f"Not done: {error}", err=True)
        if word in ("", "q", "u", "e", "k", "@"):
            self.leech = None
        if word == "u":
            self.obey(word)
        elif word in ("", "e", "k", "@"):
            self.show()
        return word == "q"

    def turn(self, *, redo: bool) -> None:
        """Take the last deed back, or do it again, and show what is asked then."""
        turning = turn(self.library, self.plan, self.course.known, redo=redo)
        self.course.turned(turning, self.library.day)
        say(f"{undone_words(turning.deed)}.")
        self.is_over = False
        self.show()

    def mark(self, key: str) -> None:
        """Bury or suspend the card, or its whole note."""
        if (showing := self.course.showing) is None:
            return
        kind, note, done = _MARKS[key]
        mark(self.library, showing.card, kind, note=note)
        self.course.removed(showing.card, note=note)
        say(f"{done}: {named(showing.card)}. u takes it back.")
        self.show()

    def toggle_marked(self) -> None:
        if (card := self.asked) is not None:
            cards = toggle_marked(self.library, card)
            self.course.reread(cards, self.library.day)
            is_marked = any(MARKED in one.tags for one in cards)
            say(f"{'Marked' if is_marked else 'No longer marked'}: {named(card)}.")

    def keep(self, card: StudyCard | None) -> None:
        """Let a leech go on as it is."""
        if card is None:
            return
        if not card.state.is_leech:
            say("It is no leech: there is nothing to decide.")
            return
        self.course.reread([keep(self.library, card)], self.library.day)
        say(f"Kept as it is: {named(card)}. You are told again after four more lapses.")

    def edit(self, card: StudyCard | None, *, asks_again: bool = True) -> None:
        """Edit a card in the user's editor; its schedule stays."""
        if card is None:
            return
        if not on_terminal():
            say(f"An editor needs a terminal. `flashrls edit {card.id}` edits it later.")
            return
        from flashrls.cli.editing import edit_in_editor, edit_words

        left_ms = ticks_ms()
        try:
            outcome = edit_in_editor(self.library, card, self.library.note(card.note_ref))
        except (EditorInterrupted, KeyboardInterrupt) as error:
            say(str(error) or "The editor was interrupted. Nothing was changed.", err=True)
            return
        finally:
            self.course.away(ticks_ms() - left_ms)
        say(edit_words(card, outcome))
        known = [one for one in outcome.cards if one.ref in self.course.known]
        gone = self.library.cards([card.ref]) if outcome.resting else []
        self.course.reread([*known, *gone], self.library.day)
        if outcome.changed and asks_again:
            self.show()

    def why(self) -> None:
        """Tell the card's log."""
        if (card := self.asked) is not None:
            from flashrls.cli.life import life_lines
            from flashrls.life import life_of

            life = life_of(card, self.library.log_of(card.ref), self.settings, self.library.day)
            say("\n".join(life_lines(card, life, self.library.day)))

    def passage(self) -> None:
        """Show where the source says so: once the answer is shown, or after a lapse of the card before."""
        card = self.asked if self.course.is_revealed else self.course.failed
        if card is None:
            self.say_how()
        else:
            self.show_passage(card)

    def show_passage(self, card: StudyCard | None) -> None:
        """Show what the source says around a card's anchors."""
        if card is not None and card.anchors:
            from flashrls.cli.passage import passage_lines

            say("\n".join(passage_lines(self.library.passages(card.note_ref))))
        elif card is not None and self.leech is None:
            say("This card quotes no source.")

    def close(self) -> None:
        """Say how it went, and what can be done then."""
        self.is_over = True
        say()
        self.today = self.library.today()
        say("\n".join(words.summary_lines(self.course.sitting, self.today, self.plan.place)))
        if self.course.showing is None and on_terminal():
            say(words.END_OFFERS)

    def after_the_end(self, word: str) -> bool:
        """Do what is said after the summary; tell whether that was to leave."""
        if word in ("u", "r"):
            self.obey(word)
            return False
        if word != "t":
            return True
        self.plan = replace(self.plan, most=None, more=10)
        session, cards = load(self.library, self.plan)
        if not session.turns:
            say("There is nothing more to ask.")
            return True
        self.is_over = False
        self.course.begin(session, cards)
        self.show()
        return False

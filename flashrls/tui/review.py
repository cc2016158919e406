"""The review: one card, its answer, a grade; the next card comes when the grade is safe on disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from flashrls.errors import FlashrlsError, StaleCard
from flashrls.log import EntryKind, became_leech
from flashrls.study import GOOD, StudyCard
from flashrls.telling import named, undone_words
from flashrls.tui.cardtext import CardText
from flashrls.tui.course import Showing, grade_of
from flashrls.tui.failed import EditNotSaved
from flashrls.tui.gradebar import GradeBar
from flashrls.tui.marking import MARKED, keep, mark, toggle_marked
from flashrls.tui.plan import Plan, load
from flashrls.tui.reviewframe import ReviewFrame
from flashrls.tui.reviewkeys import REVIEW_KEYS
from flashrls.tui.telling import marked_words, tagged_words, told
from flashrls.tui.turning import turn

if TYPE_CHECKING:
    from flashrls.cards import Note
    from flashrls.tui.typing import Typed

REPEAT_MS = 150
"""Space or Enter again within so many milliseconds is a key held down or struck twice, not a grade."""


class ReviewScreen(ReviewFrame):
    """Asks the cards of one plan, and ends with a summary."""

    BINDINGS = REVIEW_KEYS

    @dataclass
    class Left(Message):
        """The learner goes back."""

    @dataclass
    class Saved(Message):
        """A card was edited: a page that shows it above the review looks again."""

    def went(self) -> None:
        self.post_message(self.Left())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What is possible now; the footer shows the same."""
        match action:
            case "reveal":
                return self._course.showing is not None and not self._course.is_revealed
            case "good":
                return self._course.is_revealed
            case "grade" | "six":
                return self._course.is_revealed and (action == "six") == (self._desk.settings.grades == "sm2")
            case "mark" | "why" | "edit" | "toggle_marked" | "images":
                return self._course.showing is not None
            case "keep":
                return self._course.showing is not None and self._course.showing.card.state.is_leech
            case "passage":
                return self._course.is_revealed
            case "failed":
                return not self._course.is_revealed and self._course.failed is not None
            case "hardest":
                return self._is_over and bool(self._course.sitting.failed)
            case "more":
                return self._is_over and self._more is not None
            case "back":
                return self._is_over and not self._course.sitting.failed
            case "done":
                return self._is_over
        return True

    def action_reveal(self) -> None:
        if self._is_busy:
            return
        self._confirmed_ms = self._ticks()
        if self._field is not None and self._field.display:
            self._compare(self._field)
        self._course.reveal()
        self._paint()
        self.call_after_refresh(self._expect)

    def _expect(self) -> None:
        """While the learner reads the answer there is time for the next question's lines."""
        if (card := self._course.upcoming) is not None:
            self.query_one(CardText).expect(card.face)

    def _compare(self, field: Typed) -> None:
        """The field goes; what was typed, if anything, is shown beside the answer."""
        from flashrls.tui.reviewpages import compared

        showing = self._course.showing
        self.set_focus(None)
        field.display = False
        if field.typed and showing is not None:
            self._comparison = compared(field.typed, showing.card, self._desk.settings)

    def on_typed_submitted(self) -> None:
        if self._course.showing is not None and not self._course.is_revealed:
            self.action_reveal()

    def action_good(self) -> None:
        """Good, unless the key is held down or was struck twice."""
        before, self._confirmed_ms = self._confirmed_ms, self._ticks()
        if before is None or self._confirmed_ms - before >= REPEAT_MS:
            self._begin_grade(GOOD)

    def action_grade(self, button: int) -> None:
        self._begin_grade(grade_of(button, "four"))

    def action_six(self, grade: int) -> None:
        self._begin_grade(grade)

    def _begin_grade(self, grade: int) -> None:
        showing = self._course.showing
        if showing is not None and self._course.is_revealed:
            self._do(partial(self._grade, showing, grade, *self._course.times(showing)))

    async def _grade(self, showing: Showing, grade: int, reveal_ms: int, grade_ms: int) -> None:
        card, kind = showing.card, showing.turn.kind
        try:
            after = await self._desk.call(
                lambda library: library.grade(card, kind, grade, reveal_ms=reveal_ms, grade_ms=grade_ms)
            )
        except StaleCard as error:
            await self._reread(card, error)
        else:
            self._course.graded(showing, grade, reveal_ms + grade_ms, after)
            await self._show()
            if became_leech(card.state, after.state):
                await self._leech(after)

    async def _leech(self, card: StudyCard) -> None:
        from flashrls.tui.leech import open_leech  # few cards come to that

        left_ms = self._ticks()

        def decided(decision: str) -> None:
            self._course.away(self._ticks() - left_ms)
            self._decide(decision, card)

        try:
            await open_leech(self.app, self._desk, card, decided)
        except FlashrlsError as error:  # the grade was saved, whatever can't be read
            self._say(f"not read: {told(error, self._desk.path)}")

    def _decide(self, decision: str, card: StudyCard) -> None:
        """Do what was decided about a leech."""
        match decision:
            case "edit":
                self._do(partial(self._edit, card), "reading…", "not read")
            case "suspend":
                self._do(partial(self._mark, card, EntryKind.SUSPEND, note=False))
            case "keep":
                self._do(partial(self._keep, card))

    def action_keep(self) -> None:
        if (showing := self._course.showing) is not None:
            self._do(partial(self._keep, showing.card))

    async def _keep(self, card: StudyCard) -> None:
        kept = await self._desk.call(partial(keep, card=card))
        self._course.reread([kept], self._desk.day)
        await self._show(marked_words(EntryKind.KEEP, card, note=False))

    async def _reread(self, card: StudyCard, error: StaleCard) -> None:
        (now,) = await self._desk.call(lambda library: library.cards([card.ref]))
        self._course.reread([now], self._desk.day)
        await self._show(told(error, self._desk.path))

    def action_undo(self) -> None:
        self._do(partial(self._turn, redo=False))

    def action_redo(self) -> None:
        self._do(partial(self._turn, redo=True))

    async def _turn(self, *, redo: bool) -> None:
        turning = await self._desk.call(partial(turn, plan=self._plan, known=self._course.known, redo=redo))
        self._course.turned(turning, self._desk.day)
        await self._show(undone_words(turning.deed))

    def action_mark(self, kind: str, note: bool) -> None:
        if (showing := self._course.showing) is not None:
            self._do(partial(self._mark, showing.card, EntryKind(kind), note=note))

    async def _mark(self, card: StudyCard, kind: EntryKind, *, note: bool) -> None:
        await self._desk.call(partial(mark, card=card, kind=kind, note=note))
        self._course.removed(card, note=note)
        await self._show(marked_words(kind, card, note=note))

    def action_toggle_marked(self) -> None:
        if (showing := self._course.showing) is not None:
            self._do(partial(self._toggle_marked, showing.card))

    async def _toggle_marked(self, card: StudyCard) -> None:
        cards = await self._desk.call(partial(toggle_marked, card=card))
        self._course.reread(cards, self._desk.day)
        await self._show(tagged_words(card, is_marked=any(MARKED in now.tags for now in cards)))

    def action_edit(self) -> None:
        if (showing := self._course.showing) is not None:
            self._do(partial(self._edit, showing.card), "reading…", "not read")

    async def _edit(self, card: StudyCard) -> None:
        from flashrls.tui.reviewpages import open_edit  # it brings the rules for cards

        left_ms = self._ticks()

        def closed(before: Note, after: Note | None) -> None:
            self._course.away(self._ticks() - left_ms)
            if after is not None:
                self._do(partial(self._save, card, before, after))

        await open_edit(self.app, self._desk, card, closed)

    async def _save(self, card: StudyCard, before: Note, after: Note) -> None:
        from flashrls.tui.reviewpages import save_edit

        try:
            cards = await save_edit(self._desk, card, before, after)
        except EditNotSaved as error:
            # Read again first: what the card says elsewhere by now is what an edit begins with next time.
            self._course.reread(error.cards, self._desk.day)
            await self._show(told(error, self._desk.path))
            return
        self._course.reread(cards, self._desk.day)
        await self._show(f"Saved: {named(card)} · u takes it back")
        self.post_message(self.Saved())

    def action_images(self) -> None:
        from flashrls.tui.images import open_images
        from flashrls.tui.reviewpages import images_of

        showing = self._course.showing
        if showing is None:
            return
        if files := images_of(showing.card, revealed=self._course.is_revealed):
            open_images(self.app, files, self._back_since(self._ticks()))
        else:
            self._say("This card shows no images.")

    def action_hardest(self) -> None:
        from flashrls.tui.hardest import HardestPage

        failed, card = self._course.sitting.failed, self._course.card
        self.app.push_screen(HardestPage(failed, card, self._do_with))

    @on(Saved)
    def _saved(self) -> None:
        from flashrls.tui.hardest import CardPage

        if isinstance(self.app.screen, CardPage):
            self.app.screen.look_again()

    def _do_with(self, what: str, card: StudyCard) -> None:
        """Do something with a card of the list of the hardest."""
        works = {"edit": self._edit, "why": self._why, "passage": self._passage}
        self._do(partial(works[what], card), "reading…", "not read")

    def action_more(self) -> None:
        if self._more is not None:
            self._do(partial(self._go_on, self._more), "reading…", "not read")

    async def _go_on(self, plan: Plan) -> None:
        session, cards = await self._desk.call(partial(load, plan=plan))
        self._plan = plan
        self._course.begin(session, cards)
        await self._show()

    def action_why(self) -> None:
        if (showing := self._course.showing) is not None:
            self._do(partial(self._why, showing.card), "reading…", "not read")

    async def _why(self, card: StudyCard) -> None:
        from flashrls.tui.why import open_why  # pages are for few cards

        await open_why(self.app, self._desk, card, closed=self._back_since(self._ticks()))

    def action_passage(self) -> None:
        """Show where the source says what the card asks."""
        if self._course.is_revealed and (showing := self._course.showing) is not None:
            self._do(partial(self._passage, showing.card), "reading…", "not read")

    def action_failed(self) -> None:
        """Show where the source says what the card before this one asked."""
        if not self._course.is_revealed and (card := self._course.failed) is not None:
            self._do(partial(self._passage, card), "reading…", "not read")

    async def _passage(self, card: StudyCard) -> None:
        from flashrls.tui.passagepage import open_passage

        await open_passage(self.app, self._desk, card.note_ref, closed=self._back_since(self._ticks()))

    def _back_since(self, left_ms: int) -> Callable[[None], None]:
        """What happens when the learner is back from a page: the time there doesn't count for the card."""
        return lambda _: self._course.away(self._ticks() - left_ms)

    def action_scroll_card(self, lines: int) -> None:
        self.query_one(CardText).scroll_lines(lines)

    def action_back(self) -> None:
        self.action_leave()

    def action_done(self) -> None:
        self.action_leave()

    def action_leave(self) -> None:
        """Leave; a grade that is being saved is waited for."""
        self._is_leaving = True
        if not self._is_busy:
            self.went()

    @on(GradeBar.Pressed)
    def _pressed(self, event: GradeBar.Pressed) -> None:
        if event.button is not None:
            self._begin_grade(grade_of(event.button, self._desk.settings.grades))
        elif self._is_over and self._course.sitting.failed:
            self.action_hardest()
        elif self._is_over:
            self.action_leave()
        else:
            self.action_reveal()

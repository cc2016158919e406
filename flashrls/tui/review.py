"""The review: one card, its answer, a grade; the next card comes when the grade is safe on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from flashrls.clock import ticks_ms
from flashrls.errors import FlashrlsError, NothingToUndo, StaleCard
from flashrls.log import EntryKind
from flashrls.study import BUTTONS, StudyCard, Today
from flashrls.tui.cardtext import CardText
from flashrls.tui.course import Course, Showing, Ticks, button_words
from flashrls.tui.desk import Desk
from flashrls.tui.failed import Failed
from flashrls.tui.gradebar import GradeBar
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.marking import mark
from flashrls.tui.plan import Plan, load
from flashrls.tui.reviewkeys import REVIEW_KEYS
from flashrls.tui.summary import summary
from flashrls.tui.telling import marked_words, told, undone_words
from flashrls.tui.words import deck_words, place_words, short

SAVING_AFTER_S = 0.1
"""From then on the screen says that a grade is being saved."""

REPEAT_MS = 150
"""Space or Enter again within so many milliseconds is a key held down or struck twice, not a grade."""

SOURCE_HINT = Content.assemble(("o", "bold"), "  where it says so")


class ReviewScreen(Screen[None]):
    """Asks the cards of one plan, and ends with a summary."""

    AUTO_FOCUS = ""
    BINDINGS = REVIEW_KEYS

    DEFAULT_CSS = """
    ReviewScreen {
        #above { height: 2; color: $text-muted; border-bottom: solid $foreground 20%; }
        #said { height: auto; min-height: 1; max-height: 3; padding: 0 3; color: $text-warning; }
        GradeBar { height: 3; border-top: solid $foreground 20%; }
    }
    """

    @dataclass
    class Left(Message):
        """The learner goes back."""

    def __init__(self, desk: Desk, plan: Plan, *, ticks: Ticks = ticks_ms) -> None:
        """Make a review of `plan`; `ticks` measures how long answers take."""
        super().__init__()
        self._desk = desk
        self._plan = plan
        self._ticks = ticks
        self._course = Course(ticks)
        self._is_over = self._is_busy = self._is_leaving = False
        self._confirmed_ms: int | None = None

    def compose(self) -> ComposeResult:
        yield Line(id="above")
        yield CardText()
        yield Static(id="said", markup=False)
        yield GradeBar()
        yield KeyLine()

    def on_mount(self) -> None:
        self.call_after_refresh(self._do, self._begin, "opening your library…")

    async def _begin(self) -> None:
        try:
            await self._desk.open()
            self._course.begin(*await self._desk.call(partial(load, plan=self._plan)))
        except FlashrlsError as error:
            self.post_message(Failed(error))
        else:
            await self._show()

    def _do(
        self, work: Callable[[], Awaitable[None]], meanwhile: str = "saving…", failing: str = "not saved"
    ) -> None:
        """Do something that takes the library; meanwhile keys are answered, but none that does the like.

        If it takes long, the screen says `meanwhile`; if it fails, `failing` and why.
        """
        if not self._is_busy:
            self._is_busy = True
            self.run_worker(self._done(work, meanwhile, failing), group="library")

    async def _done(self, work: Callable[[], Awaitable[None]], meanwhile: str, failing: str) -> None:
        late = asyncio.get_running_loop().call_later(SAVING_AFTER_S, self._say, meanwhile)
        try:
            await work()
        except NothingToUndo as error:
            self._say(told(error, self._desk.path))
        except FlashrlsError as error:
            self._say(f"{failing}: {told(error, self._desk.path)}")
        finally:
            late.cancel()
            self._is_busy = False
        if self._is_leaving:
            self.post_message(self.Left())

    async def _show(self, said: str = "") -> None:
        """Show what the course asks now, with a word on what has just been done; at the end the summary."""
        showing = self._course.showing
        self._is_over = showing is None
        if showing is None:
            self.query_one(CardText).show_page(summary(self._course.sitting, await self._today(), self._plan))
        self._say(said)
        self._paint()

    async def _today(self) -> Today | None:
        """What today holds now; None if that can't be read, which must not look like a grade that wasn't saved."""
        try:
            return await self._desk.call(lambda library: library.today())
        except FlashrlsError:
            return None

    def _paint(self) -> None:
        """Bring all lines around the card, and the card itself, up to date."""
        course = self._course
        showing = course.showing
        above, bar = self.query_one("#above", Line), self.query_one(GradeBar)
        if showing is None:
            above.show(Content.styled(_plan_words(self._plan), "$foreground"))
            bar.offer("Enter", "back")
        else:
            above.show(place_words(showing.card), _left_words(course))
            hint = SOURCE_HINT if course.is_revealed and showing.card.anchors else Content()
            self.query_one(CardText).show(showing.card.face, revealed=course.is_revealed, hint=hint)
            if course.is_revealed:
                bar.show(button_words(showing, self._desk.day, self._desk.settings))
            else:
                bar.offer("Space", "show the answer")
        self.refresh_bindings()

    def _say(self, words: str) -> None:
        """Say something between card and buttons; it stays until the next key."""
        said = self.query_one("#said", Static)
        if str(said.content) != words:
            said.update(Content(words))

    def on_key(self) -> None:
        if not self._is_busy:
            self._say("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What is possible now; the footer shows the same."""
        match action:
            case "reveal":
                return self._course.showing is not None and not self._course.is_revealed
            case "good" | "grade":
                return self._course.is_revealed
            case "mark" | "why":
                return self._course.showing is not None
            case "passage":
                return self._course.is_revealed
            case "failed":
                return not self._course.is_revealed and self._course.failed is not None
            case "back":
                return self._is_over
        return True

    def action_reveal(self) -> None:
        if self._is_busy:
            return
        self._confirmed_ms = self._ticks()
        self._course.reveal()
        self._paint()

    def action_good(self) -> None:
        """Good, unless the key is held down or was struck twice."""
        before, self._confirmed_ms = self._confirmed_ms, self._ticks()
        if before is None or self._confirmed_ms - before >= REPEAT_MS:
            self.action_grade(3)

    def action_grade(self, button: int) -> None:
        showing = self._course.showing
        if showing is not None and self._course.is_revealed:
            self._do(partial(self._grade, showing, BUTTONS[button], *self._course.times(showing)))

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

    async def _reread(self, card: StudyCard, error: StaleCard) -> None:
        (now,) = await self._desk.call(lambda library: library.cards([card.ref]))
        self._course.reread(now, self._desk.day)
        await self._show(told(error, self._desk.path))

    def action_undo(self) -> None:
        self._do(self._undo)

    async def _undo(self) -> None:
        undone = await self._desk.call(lambda library: library.undo())
        self._course.taken_back(undone.entry, undone.card, self._desk.day)
        await self._show(undone_words(undone.entry, undone.card))

    def action_mark(self, kind: str, note: bool) -> None:
        if (showing := self._course.showing) is not None:
            self._do(partial(self._mark, showing, EntryKind(kind), note=note))

    async def _mark(self, showing: Showing, kind: EntryKind, *, note: bool) -> None:
        await self._desk.call(partial(mark, card=showing.card, kind=kind, note=note))
        self._course.removed(showing, note=note)
        await self._show(marked_words(kind, showing.card, note=note))

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

    def action_leave(self) -> None:
        """Leave; a grade that is being saved is waited for."""
        self._is_leaving = True
        if not self._is_busy:
            self.post_message(self.Left())

    @on(GradeBar.Pressed)
    def _pressed(self, event: GradeBar.Pressed) -> None:
        if event.button is not None:
            self.action_grade(event.button)
        elif self._is_over:
            self.action_leave()
        else:
            self.action_reveal()


def _plan_words(plan: Plan) -> str:
    """What is studied, as in "Sleep · sentence 3.7"."""
    return f"{deck_words(plan.deck)} · {short(plan.place)}" if plan.place else deck_words(plan.deck)


def _left_words(course: Course) -> Content:
    """How many are left, as in "7 left · 1 to drill"."""
    drill = f" · {course.to_drill:,} to drill" if course.to_drill else ""
    return Content(f"{course.left:,} left{drill}")

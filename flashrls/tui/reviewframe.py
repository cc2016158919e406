"""The frame of a review: the card and the lines around it, painted as the course stands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from flashrls.clock import ticks_ms
from flashrls.errors import FlashrlsError, NothingToRedo, NothingToUndo
from flashrls.outlook import Today
from flashrls.study import BUTTON_NAMES, SIX_NAMES, StudyCard
from flashrls.telling import count, minutes_words, short
from flashrls.tui.cardtext import CardText
from flashrls.tui.course import Course, Showing, Ticks, button_words
from flashrls.tui.desk import Desk
from flashrls.tui.failed import Failed
from flashrls.tui.gradebar import GradeBar
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.marking import MARKED
from flashrls.tui.plan import Plan, load, session_for
from flashrls.tui.summary import summary
from flashrls.tui.telling import catch_up_words, told
from flashrls.tui.words import deck_words, place_words, time_words

if TYPE_CHECKING:
    from flashrls.store.library import Library
    from flashrls.tui.typing import Typed
    from flashrls.typed import Comparison

SAVING_AFTER_S = 0.1
"""From then on the screen says that a grade is being saved."""

MORE = 10
"""So many cards are offered when all of today's are done."""

_ROOMY = 70
"""From so many cells on there is room for how long what is left will take."""

SOURCE_HINT = Content.assemble(("o", "bold"), "  where it says so")


class ReviewFrame(Screen[None]):
    """Shows what the course asks, and asks the library one thing at a time."""

    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    ReviewFrame {
        #above { height: 2; color: $text-muted; border-bottom: solid $foreground 20%; }
        #field { margin: 0 3; }
        #said { height: auto; min-height: 1; max-height: 3; padding: 0 3; color: $text-warning; }
        GradeBar { height: 3; border-top: solid $foreground 20%; }
    }
    """

    def __init__(self, desk: Desk, plan: Plan, *, today: Today | None = None, ticks: Ticks = ticks_ms) -> None:
        """Make a review.

        Args:
            desk: the library.
            plan: what is studied.
            today: how things stand at the start; None if that isn't known.
            ticks: measures how long answers take.
        """
        super().__init__()
        self._at_start = today
        self._more: Plan | None = None
        self._field: Typed | None = None
        self._typed_turn: object = None
        self._comparison: Comparison | None = None
        self._stopped_ms: int | None = None
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
        self.app.app_suspend_signal.subscribe(self, lambda _: self._stop(), immediate=True)
        self.app.app_resume_signal.subscribe(self, lambda _: self._wake(), immediate=True)
        self.call_after_refresh(self._do, self._begin, "opening your library…")

    async def _begin(self) -> None:
        try:
            await self._desk.open()
            self._course.begin(*await self._desk.call(partial(load, plan=self._plan)))
        except FlashrlsError as error:
            self.post_message(Failed(error))
        else:
            today = self._at_start
            limit = self._desk.settings.reviews_per_day
            is_told = today is not None and not self._plan.practice
            await self._show(catch_up_words(today, limit) if today is not None and is_told else "")

    def _stop(self) -> None:
        """The process is stopped; a page above takes care of its own time."""
        self._stopped_ms = self._ticks() if self.is_current else None

    def _wake(self) -> None:
        stopped, self._stopped_ms = self._stopped_ms, None
        if stopped is not None:
            self._course.away(self._ticks() - stopped)

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
        except (NothingToUndo, NothingToRedo) as error:
            self._say(told(error, self._desk.path))
        except FlashrlsError as error:
            self._say(f"{failing}: {told(error, self._desk.path)}")
        finally:
            late.cancel()
            self._is_busy = False
        if self._is_leaving:
            self.went()

    async def _show(self, said: str = "") -> None:
        """Show what the course asks now, with a word on what has just been done; at the end the summary."""
        showing = self._course.showing
        self._is_over = showing is None
        if showing is None:
            today = await self._ending()
            self.query_one(CardText).show_page(summary(self._course.sitting, today, self._plan))
        if self._field is not None or (showing is not None and showing.card.typed):
            await self._offer_field()
        self._say(said)
        self._paint()

    async def _ending(self) -> Today | None:
        """What today holds now, and whether there is more to offer.

        None if that can't be read, which must not look like a grade that wasn't saved.
        """
        self._more = None
        more = replace(self._plan, more=MORE, most=None)

        def read(library: Library) -> tuple[Today, bool]:
            return library.today(), not more.practice and bool(session_for(library, more).turns)

        try:
            today, is_more = await self._desk.call(read)
        except FlashrlsError:
            return None
        self._more = more if is_more else None
        return today

    async def _offer_field(self) -> None:
        """Show the field for an answer that is to be typed, or hide it."""
        from flashrls.tui.typing import Typed  # few cards are typed

        showing = self._course.showing
        wanted = showing is not None and showing.card.typed and not self._course.is_revealed
        if wanted and self._field is None:
            self._field = Typed(id="field")
            await self.mount(self._field, before="#said")
        if self._field is None:
            return
        self._field.display = wanted
        if showing is None or not wanted:
            self.set_focus(None)
        elif showing.turn is not self._typed_turn:
            self._typed_turn, self._comparison = showing.turn, None
            self._field.begin()

    def _paint(self) -> None:
        """Bring all lines around the card, and the card itself, up to date."""
        course = self._course
        showing = course.showing
        above, bar = self.query_one("#above", Line), self.query_one(GradeBar)
        if showing is None:
            above.show(Content.styled(_plan_words(self._plan), "$foreground"))
            self.query_one(KeyLine).aside = ""
            bar.offer("Enter", "look at the hardest" if course.sitting.failed else "back")
        else:
            self._paint_card(showing, above, bar)
        self.refresh_bindings()

    def _paint_card(self, showing: Showing, above: Line, bar: GradeBar) -> None:
        course, card, settings = self._course, showing.card, self._desk.settings
        above.show(_place_words(card), _left_words(course, self._pace_ms, is_roomy=self.size.width >= _ROOMY))
        hint = SOURCE_HINT if course.is_revealed and card.anchors else Content()
        typed = self._comparison if course.is_revealed else None
        self.query_one(CardText).show(card.face, revealed=course.is_revealed, hint=hint, typed=typed)
        self.query_one(KeyLine).aside = time_words(course.times(showing)[0]) if course.is_revealed else ""
        if course.is_revealed:
            names = SIX_NAMES if settings.grades == "sm2" else BUTTON_NAMES
            bar.show(button_words(showing, self._desk.day, settings), names)
        elif card.typed:
            bar.offer("Enter", "compare with the answer")
        else:
            bar.offer("Space", "show the answer")

    @property
    def _pace_ms(self) -> int | None:
        """How long an answer takes: in this sitting, before that in the last 30 days."""
        own = self._course.sitting.answer_ms
        return own if own is not None or self._at_start is None else self._at_start.answer_ms

    def _say(self, words: str) -> None:
        """Say something between card and buttons; it stays until the next key."""
        said = self.query_one("#said", Static)
        if str(said.content) != words:
            said.update(Content(words))

    def on_key(self) -> None:
        if not self._is_busy:
            self._say("")

    @property
    def absent_actions(self) -> frozenset[str]:
        """The grades that aren't offered: the four or the six."""
        return frozenset({"grade" if self._desk.settings.grades == "sm2" else "six"})

    def went(self) -> None:
        """The learner goes back; whoever shows the screen is told."""
        raise NotImplementedError


def _plan_words(plan: Plan) -> str:
    """What is studied, as in "Sleep · sentence 3.7"."""
    return f"{deck_words(plan.deck)} · {short(plan.place)}" if plan.place else deck_words(plan.deck)


def _place_words(card: StudyCard) -> Content:
    """Where a card stands, and before that whether it is marked or a leech, which no long name may push away."""
    flags = [MARKED] if MARKED in card.tags else []
    flags += [f"leech · {count(card.state.lapses, 'lapse')}"] if card.state.is_leech else []
    place = place_words(card)
    return Content.assemble((f"{' · '.join(flags)} · ", "$text-warning"), place) if flags else place


def _left_words(course: Course, answer_ms: int | None, *, is_roomy: bool) -> Content:
    """What is left, as in "7 left · 1 to drill · about 2 minutes"."""
    drill = f" · {course.to_drill:,} to drill" if course.to_drill else ""
    about = minutes_words(course.left + course.to_drill, answer_ms) if is_roomy else ""
    return Content(f"{course.left:,} left{drill}{about and f' · {about}'}")

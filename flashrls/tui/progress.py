"""The progress screen: how it has been going, on a few pages, by deck, query, period and day."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from flashrls.errors import FlashrlsError
from flashrls.progress import Progress
from flashrls.query import parse_query
from flashrls.tui.deckpage import DeckChoice, DeckPage
from flashrls.tui.desk import Desk
from flashrls.tui.editfields import WordsField
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.pagetabs import PageTabs
from flashrls.tui.progresskeys import PAGES, PROGRESS_KEYS
from flashrls.tui.progresspages import Room, page_lines
from flashrls.tui.progressscope import Scope
from flashrls.tui.sheet import Sheet
from flashrls.tui.telling import told

if TYPE_CHECKING:
    from flashrls.store.library import Library

COUNTING = "Counting…"
_EDGE_ROWS = 5
"""Those above and below the page."""
_MOMENT_S = 0.15
"""What is there sooner needs no words."""


class QueryField(WordsField):
    """Where a query is written that narrows down what is counted; Esc leaves it without effect."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "count", key_display="Enter", tooltip="Count only what this finds"),
        Binding("escape", "leave_field", "leave", key_display="Esc", tooltip="Leave the query as it was"),
    ]

    class Left(Message):
        """The field is to go; what was counted stays."""

    def action_leave_field(self) -> None:
        self.post_message(self.Left())


class ProgressScreen(Screen[None]):
    """Paints its frame at once; what was counted before stays until newer figures are there."""

    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = PROGRESS_KEYS

    DEFAULT_CSS = """
    ProgressScreen {
        #scope { text-style: bold; }
        #state { color: $text-muted; padding: 0 3; }
        #note { color: $text-warning; padding: 0 3; height: auto; max-height: 4; display: none; }
        QueryField { display: none; margin: 0 2; }
    }
    """

    @dataclass
    class Browse(Message):
        """The cards that a query finds are to be shown."""

        query: str

    def __init__(self, desk: Desk, deck: str | None, query: str = "") -> None:
        """Make the screen.

        Args:
            desk: the library.
            deck: what is counted at first, with its sub-decks; None for all.
            query: what that is narrowed down to; "" for nothing.
        """
        super().__init__()
        self._desk = desk
        self._scope = self._shown = Scope(deck, query)
        self._progress: Progress | None = None
        self._is_stale = False
        self._at = 0
        self._drawn: dict[int, list[Content]] = {}
        self._room = Room(0, 0)

    def compose(self) -> ComposeResult:
        yield Line(id="scope")
        yield PageTabs(PAGES)
        yield Line(id="state")
        yield Sheet()
        yield Static(id="note", markup=False)
        yield QueryField("query")
        yield KeyLine()

    def on_mount(self) -> None:
        self._show_scope()
        self.call_after_refresh(self._count)

    @on(events.ScreenResume)
    def _count_again(self) -> None:
        """The learner is back from the leeches, which may have changed."""
        if self._is_stale:
            self._is_stale = False
            self._count()

    @property
    def _today(self) -> date:
        return self._desk.day

    def _show_scope(self) -> None:
        right = Content.styled(self._scope.when(self._today), "not bold $foreground-muted")
        self.query_one("#scope", Line).show(Content(self._scope.place), right)

    def _note(self, words: str) -> None:
        note = self.query_one("#note", Static)
        note.display = bool(words)
        note.update(Content(words))

    def _say(self, words: str) -> None:
        self.query_one("#state", Line).show(Content(words))

    def _ask(self, scope: Scope) -> None:
        """Count something else; nothing happens if it is the same."""
        if scope != self._scope:
            self._scope = scope
            self._show_scope()
            self._count()

    @work(group="counting", exclusive=True)
    async def _count(self) -> None:
        """Count; what was begun before is overtaken, and is not even asked if it still waits for the desk."""
        scope = self._scope
        said = self.set_timer(_MOMENT_S, partial(self._say, COUNTING))
        try:
            progress = await self._desk.call(partial(_read, scope=scope))
        except FlashrlsError as error:
            self._refuse(error)
        else:
            self._note("")
            if self.query_one(QueryField).value.strip() == scope.query:
                self._leave_field()
            self._progress, self._drawn, self._shown = progress, {}, scope
            await self._draw()
            self.refresh_bindings()
        finally:
            said.stop()
        self._say("")

    def _refuse(self, error: FlashrlsError) -> None:
        """Say what is wrong; the figures before stay, and what the heading says of them."""
        self._note(told(error, self._desk.path))
        self._scope = self._shown
        self._show_scope()

    @work(group="drawing", exclusive=True)
    async def _redraw(self) -> None:
        await self._draw()

    async def _draw(self) -> None:
        """Lay out the present page, then the others, so that they are there when their key is pressed."""
        progress, room = self._progress, self._room
        if progress is None or not room.cells:
            return
        for at in sorted(range(len(PAGES)), key=lambda page: page != self._at):
            if at in self._drawn:
                continue
            lines = await asyncio.to_thread(page_lines, progress, at, room)
            if progress is not self._progress or room != self._room:
                return  # overtaken
            self._drawn[at] = lines
            if at == self._at:
                self.query_one(Sheet).show(lines, anew=False)

    @on(Sheet.Resized)
    def _measure(self) -> None:
        """Lay out everything anew; a note at the foot covers lines but changes none."""
        room = Room(self.query_one(Sheet).cells, self.size.height - _EDGE_ROWS)
        if room != self._room:
            self._room, self._drawn = room, {}
            self._redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There must be leeches to look at, another day to go back to today from, and no query being written."""
        match action:
            case "narrow":
                return not isinstance(self.focused, QueryField)
            case "leeches":
                return self._progress is not None and self._progress.leech_count > 0
            case "today":
                return self._scope.day is not None
        return True

    def action_back(self) -> None:
        self.dismiss()

    def action_page(self, at: int) -> None:
        """Show another page from its beginning."""
        if at == self._at:
            return
        self._at = at
        self.query_one(PageTabs).choose(at)
        self.query_one(Sheet).show(self._drawn.get(at, []), anew=True)
        if at not in self._drawn:
            self._redraw()

    def action_next_page(self, steps: int) -> None:
        self.action_page((self._at + steps) % len(PAGES))

    @on(PageTabs.Chosen)
    def _chosen(self, event: PageTabs.Chosen) -> None:
        self.action_page(event.at)

    def action_scroll_sheet(self, lines: int) -> None:
        self.query_one(Sheet).scroll_lines(lines)

    def action_period(self, steps: int) -> None:
        self._ask(self._scope.longer(steps))

    def action_later(self, days: int) -> None:
        self._go(self._scope.later(days, self._today))

    def action_months(self, months: int) -> None:
        self._go(self._scope.months_later(months, self._today))

    def action_today(self) -> None:
        self._go(replace(self._scope, day=None))

    def _go(self, scope: Scope) -> None:
        self._ask(scope)
        self.refresh_bindings()

    def action_leeches(self) -> None:
        self._is_stale = True
        self.post_message(self.Browse(self._scope.leeches))

    def action_deck(self) -> None:
        self._choose_deck()

    @work(group="decks", exclusive=True)
    async def _choose_deck(self) -> None:
        try:
            names = await self._desk.call(lambda library: library.deck_names())
        except FlashrlsError as error:
            self._note(told(error, self._desk.path))
        else:
            await self.app.push_screen(DeckPage(names, self._scope.deck), self._deck_chosen)

    def _deck_chosen(self, choice: DeckChoice | None) -> None:
        if choice is not None:
            self._ask(replace(self._scope, deck=choice.deck))

    def action_narrow(self) -> None:
        """Write the query at the foot."""
        field = self.query_one(QueryField)
        field.value = self._scope.query
        field.placeholder = "tag:night  is:leech  ease<2  reviewed:7d  …; nothing for all cards"
        field.display = True
        self.set_focus(field)

    @on(QueryField.Left)
    def _leave_field(self) -> None:
        """Hide the field, and what was wrong with its query."""
        self._note("")
        self.query_one(QueryField).display = False
        self.set_focus(None)

    @on(Input.Submitted)
    def _narrowed(self, event: Input.Submitted) -> None:
        """Count what the query finds; one that can't be read stays to be mended."""
        query = event.value.strip()
        try:
            parse_query(query, dict(self._desk.settings.searches))
        except FlashrlsError as error:
            self._note(told(error, self._desk.path))
            return
        self._note("")
        if query == self._scope.query:
            self._leave_field()
        self._ask(replace(self._scope, query=query))


def _read(library: Library, scope: Scope) -> Progress:
    query = parse_query(scope.query, dict(library.settings.searches)) if scope.query else None
    return library.progress(scope.deck, query, scope.period_days, scope.day)

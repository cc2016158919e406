"""The frame of the table of all cards: what is searched, read and painted, each as seldom as it can be."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from flashrls.errors import BadQuery, FlashrlsError, NothingToRedo, NothingToUndo
from flashrls.query import parse_query
from flashrls.store.browsing import Sort
from flashrls.telling import count
from flashrls.tui import browsedeeds as deeds
from flashrls.tui.browsekeys import SEARCH_KEYS
from flashrls.tui.browsetable import CardTable, ColumnHeads
from flashrls.tui.chooser import Chooser
from flashrls.tui.desk import Desk
from flashrls.tui.editfields import WordsField
from flashrls.tui.keyline import KeyLine
from flashrls.tui.latest import Latest
from flashrls.tui.line import Line
from flashrls.tui.preview import Preview
from flashrls.tui.prompt import Prompt
from flashrls.tui.telling import told

TYPING_S = 0.06
"""So long a search waits for the next letter."""

_SAVING_AFTER_S = 0.1
_MOST_WAITED_S = 1.0
_FIELD_CELLS = 2  # before the text of the field
_EXAMPLES = "words, deck:sleep tag:night is:due ease<2 due<=7d -not (a or b)"


class SearchField(WordsField):
    """Where the query is written."""

    BINDINGS = SEARCH_KEYS


class BrowseFrame(Screen[None]):
    """Search, table, preview, and the lines around them; asks the library one thing at a time."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 (the base's own way)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012

    DEFAULT_CSS = """
    BrowseFrame {
        #above { height: 1; }
        #search { width: 1fr; }
        #counted { width: auto; height: 1; padding: 0 1; color: $text-muted; }
        #complaint { height: 1; padding: 0; color: $text-warning; }
        #complaint.-unfinished { color: $text-muted; }
        #middle { height: 1fr; }
        #cards { height: 1fr; width: 1fr; }
        #said { height: auto; min-height: 1; max-height: 3; padding: 0 1; color: $text-warning; }
        &.-wide #middle { layout: horizontal; }
        &.-wide Preview {
            width: 42%; height: 100%; max-height: 100%; border-top: none; border-left: solid $foreground 20%;
        }
        &.-low Preview, &.-unseen Preview { display: none; }
        &.-asking KeyLine { display: none; }
    }
    """

    def __init__(self, desk: Desk, query: str = "") -> None:
        """Make the screen.

        Args:
            desk: the library.
            query: what is searched for at first; "" shows all cards, and the search takes the keys.
        """
        super().__init__()
        self.desk = desk
        self.found_by = self._begins_with = query
        self.search = SearchField("search")
        self.search.placeholder = _EXAMPLES
        self.search.value = query
        self.table = CardTable(Sort())
        self.preview = Preview()
        self.prompt = Prompt()
        self.is_stale = False
        self._error: FlashrlsError | None = None
        self._sort = Sort()
        self._keeps = self._is_busy = self._is_typing = False
        self._finding = Latest(self, partial(self._told, self._find), "search")
        self._reading = Latest(self, partial(self._told, self._read_rows), "rows")
        self._looking = Latest(self, partial(self._told, self._look_at), "preview")

    def compose(self) -> ComposeResult:
        with Horizontal(id="above"):
            yield self.search
            yield Static(id="counted", markup=False)
        yield Line(id="complaint")
        with Container(id="middle"):
            with Vertical(id="cards"):
                yield ColumnHeads(self.table)
                yield self.table
            yield self.preview
        yield Static(id="said", markup=False)
        yield self.prompt
        yield KeyLine()

    def on_mount(self) -> None:
        self.set_focus(self.table if self._begins_with else self.search)
        self._paint_complaint()
        self._finding.want()

    def on_resize(self) -> None:
        self._paint_complaint()
        self.call_after_refresh(self.look_at_card)

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self._is_typing = True
        self._finding.want()

    async def searched(self) -> bool:
        """Wait for the search that goes on, not too long; return whether what is shown is what was found."""
        return await self._finding.done(_MOST_WAITED_S)

    def look_again(self) -> None:
        """Search and read again; the cursor stays on its card, or on its place."""
        self._keeps = True
        self._finding.want()

    def sort_by(self, sort: Sort) -> None:
        """Sort by something else, and show what comes first then."""
        self._sort = sort
        self._finding.want()

    async def _told(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except FlashrlsError as error:
            self.say(told(error, self.desk.path))

    async def _find(self) -> None:
        typing, self._is_typing = self._is_typing, False
        if typing:
            await asyncio.sleep(TYPING_S)
        if self._finding.is_wanted:
            self._is_typing = self._is_typing or typing
            return
        text, sort, keeps = self.search.value, self._sort, self._keeps and not typing
        if not self.desk.is_open:
            await self.desk.open()
        try:
            query = parse_query(text, dict(self.desk.settings.searches))
            found = await self.desk.call(partial(deeds.find, query=query, sort=sort, first=2 * self.size.height))
        except FlashrlsError as error:
            self._error = error
            self._paint_complaint()
            return
        self._error, self.found_by = None, text
        self._paint_complaint()
        if self.is_attached:
            self._show(found, sort, keeps=keeps)

    def _show(self, found: deeds.Found, sort: Sort, *, keeps: bool) -> None:
        table = self.table
        self._keeps = False
        table.forget()
        table.give([row.ref for row in found.rows], found.rows)
        keep = table.ref if keeps else None
        lost = table.show(found.refs, sort, found.day, keep=keep)
        self.query_one(ColumnHeads).refresh()
        if lost and not keeps:
            self.say(f"{count(lost, 'chosen card')} not among these: chosen no longer.")
        self.look_at_card()
        self.refresh_bindings()

    @on(CardTable.Missing)
    def _missing(self) -> None:
        self._reading.want()

    async def _read_rows(self) -> None:
        if refs := self.table.missing():
            self.table.give(refs, await self.desk.call(lambda library: library.rows(refs)))

    @on(Chooser.Moved)
    def look_at_card(self) -> None:
        """Show the card at the cursor in the preview."""
        self._looking.want()

    async def _look_at(self) -> None:
        if not self.preview.display:
            return
        ref = self.table.ref
        cards = await self.desk.call(lambda library: library.cards([ref])) if ref is not None else []
        if self.is_attached and not self._looking.is_wanted:
            self.preview.show(cards[0] if cards else None)

    @on(CardTable.Marked)
    def _count(self) -> None:
        marked = len(self.table.marks)
        chosen = f" · {marked:,} chosen" if marked else ""
        self.query_one("#counted", Static).update(Content(count(len(self.table.refs), "card") + chosen))

    def say_complaint(self) -> bool:
        """Say in full what is wrong with the search, since all of it is written; return whether anything is."""
        if self._error is None:
            return False
        self.say(told(self._error, self.desk.path))
        return True

    def _paint_complaint(self) -> None:
        """Say quietly, on a line that is a rule otherwise, what is wrong with the search."""
        line, error, cells = self.query_one("#complaint", Line), self._error, max(1, self.size.width)
        if error is None:
            line.show(Content.styled("─" * cells, "$foreground 20%"))
            return
        text = self.search.value
        at = None
        if isinstance(error, BadQuery):
            at = _FIELD_CELLS + Content(text[: error.position]).cell_length - round(self.search.scroll_offset.x)
        line.set_class(deeds.is_unfinished(text), "-unfinished")
        line.show(Content(deeds.complaint(error, at, cells)))

    def do(
        self, work: Callable[[], Awaitable[None]], meanwhile: str = "saving…", failing: str = "not saved"
    ) -> None:
        """Do something that takes the library.

        If it takes long, `meanwhile` is said; if it fails, `failing` and why.
        """
        if self._is_busy:
            self.say("One thing at a time: the last one is still being done.")
            return
        self._is_busy = True
        self.run_worker(self._done(work, meanwhile, failing), group="library")

    async def _done(self, work: Callable[[], Awaitable[None]], meanwhile: str, failing: str) -> None:
        late = asyncio.get_running_loop().call_later(_SAVING_AFTER_S, self.say, meanwhile)
        try:
            await work()
            late.cancel()
            self._unsay(meanwhile)
        except (NothingToUndo, NothingToRedo) as error:
            self.say(told(error, self.desk.path))
        except FlashrlsError as error:
            self.say(f"{failing}: {told(error, self.desk.path)}")
        finally:
            late.cancel()
            self._is_busy = False

    def say_done(self, words: str) -> None:
        """Say what was done, and show how things stand now."""
        self.say(words)
        self.look_again()

    def say(self, words: str) -> None:
        """Say something at the foot; it stays until the next key."""
        said = self.query_one("#said", Static)
        if str(said.content) != words:
            said.update(Content(words))

    def _unsay(self, words: str) -> None:
        if str(self.query_one("#said", Static).content) == words:
            self.say("")

    def on_key(self) -> None:
        if not self._is_busy and not self.prompt.is_asking:
            self.say("")

    @on(Prompt.Asking)
    def _asking(self) -> None:
        self.add_class("-asking")
        self.refresh_bindings()

    @on(Prompt.Left)
    def _prompt_left(self) -> None:
        if not self.prompt.is_asking:
            self.remove_class("-asking")
            self.set_focus(self.table)
            self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """Who looks elsewhere has left the question."""
        focused = self.focused
        if self.prompt.is_asking and focused is not None and self.prompt not in focused.ancestors_with_self:
            self.prompt.leave()
        self.refresh_bindings()

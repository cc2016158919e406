"""The home screen: what there is to study today, deck by deck, and how it has been going."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from flashrls.errors import FlashrlsError
from flashrls.outlook import SearchCounts, Today
from flashrls.telling import minutes_words, short, undone_words
from flashrls.tui.decktable import DeckTable
from flashrls.tui.decktree import Branch
from flashrls.tui.desk import Desk
from flashrls.tui.failed import Failed
from flashrls.tui.figures import Figures
from flashrls.tui.homekeys import HOME_KEYS
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.telling import catch_up_words, told
from flashrls.tui.words import ASKED_LEECHES, day_words

if TYPE_CHECKING:
    from flashrls.store.deeds import Undone
    from flashrls.store.library import Library

MAKING = "Making your library…"
_MINUTE_S = 60


class HomeScreen(Screen[None]):
    """Paints at once with what was glanced at before; the library is opened behind its first frame."""

    BINDINGS: ClassVar[list[BindingType]] = HOME_KEYS

    DEFAULT_CSS = """
    HomeScreen {
        #masthead { color: $text-muted; margin: 0 0 1 0; }
        #headline { text-style: bold; }
        #note { color: $text-warning; }
        #catch-up { color: $text-muted; height: auto; display: none; }
        #headline, #note, #catch-up { padding: 0 5; }
        DeckTable { margin: 0 2 0 3; }
        Figures { margin: 1 5; }
        &.-narrow {
            #headline, #note, #catch-up { padding: 0 3; }
            DeckTable { margin: 0 0 0 1; }
            Figures { margin: 1 3; }
        }
        #body { height: 1fr; align-horizontal: center; }
        #body > * { max-width: 100; }
    }
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-roomy")]  # noqa: RUF012 (the base's own way)

    @dataclass
    class Study(Message):
        """A deck and its sub-decks are to be studied, None for all; or what a query finds, "" for all."""

        deck: str | None
        query: str = ""

    @dataclass
    class Source(Message):
        """The documents of a deck and its sub-decks are to be shown; None for all."""

        deck: str | None

    @dataclass
    class Browse(Message):
        """The cards that a query finds are to be shown; "" for all."""

        query: str

    @dataclass
    class Progress(Message):
        """How a deck and its sub-decks have been going is to be shown, None for all; or what a query finds."""

        deck: str | None
        query: str = ""

    @dataclass
    class Add(Message):
        """Cards are to be written into a deck; None for the one that cards were added to last."""

        deck: str | None

    @dataclass
    class Settings(Message):
        """The learner's settings are to be edited."""

    def __init__(self, desk: Desk, today: Today | None, *, deck: str | None = None, said: str = "") -> None:
        """Make the screen.

        Args:
            desk: the library.
            today: what the first frame shows; None where the library must first be made.
            deck: the deck that is chosen at first; None for all.
            said: what the note says at first, fit to show; "" for nothing.
        """
        super().__init__()
        self._desk = desk
        self._today = today
        self._deck = deck
        self._said = said
        self._counted: dict[str, SearchCounts] = {}

    def compose(self) -> ComposeResult:
        yield Line(id="masthead")
        with Vertical(id="body"):
            yield Line(id="headline")
            yield Static(id="catch-up", markup=False)
            yield Line(id="note")
            yield DeckTable(deck=self._deck)
            yield Figures()
        yield KeyLine()

    def on_mount(self) -> None:
        if self._today is not None:
            self._show(self._today)
        else:
            self._show_masthead(self._desk.day)
            self.query_one("#headline", Line).show(Content(MAKING))
        self._note(self._said)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """After the first frame: open the library, then look at it now and then."""
        self.run_worker(self._open(), group="library")
        self.set_interval(_MINUTE_S, self._look_if_new_day)

    async def _open(self) -> None:
        try:
            await self._desk.open()
            await self._look()
        except FlashrlsError as error:
            self.post_message(Failed(error))

    async def _look(self) -> None:
        today, next_due = await self._desk.call(_look_at)
        if not self.is_attached:
            return
        self._show(today, next_due)
        if self._desk.settings.searches:  # what they ask may take longer to find than all the rest
            counted = await self._desk.call(lambda library: library.searched())
            self._counted = {one.name: one for one in counted}
            if self.is_attached:
                self.query_one(DeckTable).show(today, self._searches())

    def _searches(self) -> list[SearchCounts]:
        """The saved searches with what was counted last; a new one has its row before it is counted."""
        return [self._counted.get(name) or SearchCounts(name) for name, _ in self._desk.settings.searches]

    async def _look_again(self) -> None:
        try:
            await self._look()
        except FlashrlsError as error:
            self._note(f"Not read: {told(error, self._desk.path)}")

    @on(events.ScreenResume)
    def look_again(self) -> None:
        """Show the library as it stands now: the learner is back from a review."""
        if self._desk.is_open:
            self.run_worker(self._look_again(), group="library")

    def _look_if_new_day(self) -> None:
        if self._today is not None and self._today.day != self._desk.day:
            self.look_again()

    def tell(self, words: str) -> None:
        """Show the library as it stands now, and say what was done, fit to show."""
        self._note(words)
        self.look_again()

    def _note(self, words: str) -> None:
        self.query_one("#note", Line).show(Content(words))

    def on_key(self) -> None:
        """A note stays until the next key."""
        self._note("")

    def _show(self, today: Today, next_due: tuple[date, int] | None = None) -> None:
        self._today = today
        self._show_masthead(today.day)
        self.query_one("#headline", Line).show(_headline(today, next_due))
        away, notice = (
            catch_up_words(today, self._desk.settings.reviews_per_day),
            self.query_one("#catch-up", Static),
        )
        notice.display = bool(away)
        if away:
            notice.update(Content(away))
        self.query_one(DeckTable).show(today, self._searches())
        self.query_one(Figures).show(today)

    def _show_masthead(self, day: date) -> None:
        name = Content.styled("FlashRLS", "bold $foreground")
        self.query_one("#masthead", Line).show(name, Content(day_words(day)))

    @on(DeckTable.Chosen)
    def _chosen(self, event: DeckTable.Chosen) -> None:
        row = event.branch
        if row.fault:
            self._note(row.fault)
        elif row.asked:
            self.post_message(self.Study(row.deck, _query_of(row)))
        else:
            where = f"in {short(row.level)} " if row.path else ""
            self._note(f"Nothing is left to study {where}today.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Without cards there is nothing to look at, but there are ways in."""
        has_cards = self.query_one(DeckTable).chosen is not None
        match action:
            case "browse" | "progress" | "source":
                return has_cards
            case "browse_leeches":
                return self._today is not None and self._today.leeches > 0
            case "browse_unverified":
                return self._today is not None and self._today.unverified > 0
            case "bundled":
                return self._today is not None and not has_cards
        return True

    def action_source(self) -> None:
        if row := self.query_one(DeckTable).chosen:
            self.post_message(self.Source(row.deck))

    def action_progress(self) -> None:
        if row := self.query_one(DeckTable).chosen:
            self.post_message(self.Progress(row.deck, _query_of(row)))

    def action_browse(self) -> None:
        row = self.query_one(DeckTable).chosen
        self.post_message(self.Browse(_query_of(row) if row else ""))

    def action_browse_leeches(self) -> None:
        self.post_message(self.Browse(ASKED_LEECHES))

    def action_browse_unverified(self) -> None:
        self.post_message(self.Browse("is:unverified"))

    def action_add(self) -> None:
        """Write cards into the chosen deck."""
        row = self.query_one(DeckTable).chosen
        if self._desk.is_open:
            self.post_message(self.Add(row.deck if row else None))

    def action_import(self) -> None:
        from flashrls.tui.importing import ImportScreen  # it brings all that reads decks

        self.app.push_screen(ImportScreen(self._desk))

    def action_settings(self) -> None:
        if self._desk.is_open:
            self.post_message(self.Settings())

    def action_bundled(self) -> None:
        """Bring in the decks that come with the program, also where they were there before."""
        self._note("Bringing them in…")
        self.run_worker(self._bring(), group="library")

    async def _bring(self) -> None:
        try:
            await self._desk.call(_bring_bundled)
            await self._look()
        except FlashrlsError as error:
            self._note(told(error, self._desk.path))
        else:
            has_cards = self.query_one(DeckTable).chosen is not None
            self._note("" if has_cards else "No decks came with this copy of the program.")

    def action_undo(self) -> None:
        """Take back the newest thing that was done, in this sitting or an earlier one."""
        if self._desk.is_open:
            self.run_worker(self._turn(lambda library: library.undo()), group="library")

    def action_redo(self) -> None:
        """Do again what was taken back last."""
        if self._desk.is_open:
            self.run_worker(self._turn(lambda library: library.redo()), group="library")

    async def _turn(self, turn: Callable[[Library], Undone]) -> None:
        try:
            deed = await self._desk.call(turn)
            await self._look()
        except FlashrlsError as error:
            self._note(told(error, self._desk.path))
        else:
            self._note(undone_words(deed))

    def action_refresh(self) -> None:
        self.look_again()

    async def action_quit(self) -> None:
        await self.app.action_quit()


def _bring_bundled(library: Library) -> None:
    from flashrls.bundled import bring  # rarely needed
    from flashrls.resources import folder

    bring(library, folder("decks"), again=True)


def _query_of(row: Branch) -> str:
    """The query that stands for a saved search; "" for a deck."""
    if not row.search:
        return ""
    from flashrls.query import search_term  # not needed for the first frame

    return search_term(row.search)


def _look_at(library: Library) -> tuple[Today, tuple[date, int] | None]:
    """Today, and where nothing is left of it, the next day with due cards and how many these are."""
    from flashrls.store.figures import due_days  # not needed for the first frame
    from flashrls.store.glance import glancing

    today = library.today()
    if today.queue.total:
        return today, None
    with glancing(library.path) as ask:
        later = [due for due in due_days(ask) if due[0] > today.day] if ask else []
    return today, later[0] if later else None


def _headline(today: Today, next_due: tuple[date, int] | None) -> Content:
    """What is to be done, or when there will be something."""
    asked = today.queue.total
    if asked:
        about = minutes_words(asked, today.answer_ms)
        return Content.assemble(f"{asked:,} to study today", (f" · {about}", "not bold $foreground-muted"))
    if not any(deck.cards for deck in today.decks):
        return Content("No cards yet")
    if next_due is None:
        return Content("Done for today")
    when = "tomorrow" if (next_due[0] - today.day).days == 1 else f"on {day_words(next_due[0])}"
    return Content.assemble("Done for today", (f" · {next_due[1]:,} due {when}", "not bold $foreground-muted"))

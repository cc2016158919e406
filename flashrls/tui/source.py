"""The source screen: the document itself, by what is quoted of it or by what is remembered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from flashrls.clean import clean_line
from flashrls.errors import FlashrlsError
from flashrls.knowledge import SourceView
from flashrls.study import StudyCard
from flashrls.telling import count
from flashrls.tui.chooser import Chooser
from flashrls.tui.desk import Desk
from flashrls.tui.keyline import KeyLine
from flashrls.tui.legend import Legend
from flashrls.tui.lens import MARKS, Lens, can_show, headline, legend, sentence_words
from flashrls.tui.line import Line
from flashrls.tui.plan import Plan, load
from flashrls.tui.sentence import SentencePage
from flashrls.tui.sourcepane import SourcePane
from flashrls.tui.sources import Sources, common_level, next_gap, next_lapse, read_sources, sentence_of
from flashrls.tui.telling import told
from flashrls.tui.unattached import invitation, loose_words
from flashrls.tui.words import deck_words


class SourceScreen(Screen[None]):
    """Shows one document at a time, a sentence of it chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "gap(1)", "next gap", tooltip="Go to the next sentence that no card quotes"),
        Binding("p", "gap(-1)", "gap before", show=False, tooltip="Go to the unquoted sentence before"),
        Binding("n", "lapse(1)", "next lapse", tooltip="Go to the next sentence that was forgotten"),
        Binding("p", "lapse(-1)", "lapse before", show=False, tooltip="Go to the forgotten sentence before"),
        Binding("r,tab", "look('retention')", "retention", key_display="r", tooltip="Mark by what is remembered"),
        Binding("r,tab", "look('coverage')", "coverage", key_display="r", tooltip="Mark by what is quoted"),
        Binding("d", "turn", "next text", tooltip="Show the next document of these decks"),
        Binding("escape,q", "back", "back", key_display="Esc", tooltip="Go back to the decks"),
        Binding("s", "study", "study section", tooltip="Study what this section's cards have due and new today"),
    ]

    DEFAULT_CSS = """
    SourceScreen {
        #above { height: 2; color: $text-muted; border-bottom: solid $foreground 20%; }
        #facts { height: 2; padding: 0 1; border-top: solid $foreground 20%; }
        #facts.-said { color: $text-warning; }
        &.-narrow #facts { height: 3; }
        &.-narrow Legend { min-height: 2; }
        &.-unattached #facts, &.-unattached Legend { display: none; }
    }
    """

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (78, "-roomy")]  # noqa: RUF012 (the base's own way)

    @dataclass
    class Study(Message):
        """The cards of a sentence or a section are to be studied."""

        plan: Plan

    @dataclass
    class Left(Message):
        """The learner goes back."""

    def __init__(self, desk: Desk, deck: str | None) -> None:
        """Make the screen for the documents of a deck and its sub-decks; None for all decks."""
        super().__init__()
        self._desk = desk
        self._deck = deck
        self._ascii_only = not can_show(MARKS)
        self._sources: Sources | None = None
        self._which = 0
        self._lens = Lens.COVERAGE
        self._is_stale = False

    def compose(self) -> ComposeResult:
        yield Line(id="above")
        yield SourcePane(ascii_only=self._ascii_only)
        yield Static(id="facts", markup=False)
        yield Legend()
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#above", Line).show(Content.styled(deck_words(self._deck), "$foreground"))
        self._say("reading the document…")
        self._do(self._load)

    @on(events.ScreenResume)
    def _look_again(self) -> None:
        """Show how things stand after a review."""
        if self._is_stale:
            self._is_stale = False
            self._do(self._load)

    def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        self.run_worker(self._done(work), group="library")

    async def _done(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except FlashrlsError as error:
            self._say(told(error, self._desk.path))

    async def _load(self) -> None:
        sources = await self._desk.call(partial(read_sources, deck=self._deck))
        if not self.is_attached:
            return
        first = self._sources is None
        self._sources = sources
        self._which = min(self._which, max(0, len(sources.views) - 1))
        self._show()
        if first and sources.views and (words := loose_words(sources.loose)):
            self._say(words)

    @property
    def _view(self) -> SourceView | None:
        """The document that is shown; None if there is none, or not yet."""
        return self._sources.views[self._which] if self._sources and self._sources.views else None

    @property
    def _pane(self) -> SourcePane:
        return self.query_one(SourcePane)

    def _show(self, *, at: int | None = None) -> None:
        """Show the document by the present lens."""
        view = self._view
        self.set_class(view is None, "-unattached")
        if view is None:
            self._pane.say(invitation(self._deck, self._sources.loose if self._sources else ()))
        else:
            self._pane.show(view, self._lens, at=at)
            self.query_one("#above", Line).show(*self._title(view))
            self.query_one(Legend).show(legend(self._lens, ascii_only=self._ascii_only))
            self._say("")
        self.refresh_bindings()

    def _title(self, view: SourceView) -> tuple[Content, Content]:
        texts = len(self._sources.views) if self._sources else 0
        which = f"text {self._which + 1} of {texts} · " if texts > 1 else ""
        lost = f" · {count(len(view.unplaced), 'anchor')} not in it" if view.unplaced else ""
        title = Content.assemble(which, (clean_line(view.finder.document.title), "$foreground"))
        return title, Content(headline(view, self._lens) + lost)

    def _say(self, words: str) -> None:
        """Say something; without words, how the chosen sentence stands."""
        view, at = self._view, self._pane.chosen
        facts = self.query_one("#facts", Static)
        facts.set_class(bool(words), "-said")
        known = sentence_words(view, at, self._lens) if view and at is not None else ""
        facts.update(Content(words or known))

    def on_key(self) -> None:
        self._say("")

    @on(Chooser.Moved)
    def _moved(self) -> None:
        self._say("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is possible now; the footer shows the same."""
        if action in ("gap", "lapse", "look", "study", "turn") and self._view is None:
            return False
        match action:
            case "gap":
                return self._lens is Lens.COVERAGE
            case "lapse":
                return self._lens is Lens.RETENTION
            case "look":
                return parameters != (self._lens.value,)
            case "turn":
                return bool(self._sources and len(self._sources.views) > 1)
        return True

    def action_look(self, lens: str) -> None:
        self._lens = Lens(lens)
        self._show()

    def action_turn(self) -> None:
        if self._sources:
            self._which = (self._which + 1) % len(self._sources.views)
            self._show(at=0)

    def action_gap(self, steps: int) -> None:
        if self._view and self._pane.chosen is not None:
            found = next_gap(self._view, self._pane.chosen, steps)
            self._go(found, "Every sentence is quoted, at least in part, or left out on purpose.")

    def action_lapse(self, steps: int) -> None:
        if self._view and self._pane.chosen is not None:
            found = next_lapse(self._view, self._pane.chosen, steps)
            self._go(found, "No card of this text was forgotten so far.")

    def _go(self, at: int | None, nothing: str) -> None:
        if at is None:
            self._say(nothing)
        else:
            self._pane.choose(at)

    @on(Chooser.Opened)
    def _opened(self, event: Chooser.Opened) -> None:
        if (view := self._view) is not None:
            self._do(partial(self._open, view, event.at))

    async def _open(self, view: SourceView, at: int) -> None:
        records = view.cards_of(view.coverage.sentences[at].notes)
        cards = await self._desk.call(lambda library: library.cards([record.ref for record in records]))
        page = SentencePage(self._desk, sentence_of(view, at, cards))
        plan = Plan(self._deck_of(cards), sentence=view.label(at))
        await self.app.push_screen(page, partial(self._decided, plan))

    def _deck_of(self, cards: Sequence[StudyCard]) -> str | None:
        """Where there are several documents, the number of a sentence is one only together with a deck."""
        if self._sources and len(self._sources.views) == 1:
            return self._deck
        return common_level([card.deck for card in cards])

    def _decided(self, plan: Plan, deed: str | None) -> None:
        if deed is not None:
            self._do(partial(self._study, replace(plan, practice=deed == "practise")))

    def action_study(self) -> None:
        if (view := self._view) is not None and self._pane.chosen is not None:
            self._do(partial(self._study_section, view, view.finder.outline.sentences[self._pane.chosen].section))

    async def _study_section(self, view: SourceView, section: int) -> None:
        records = view.cards_of(view.coverage.sections[section].notes)
        cards = await self._desk.call(lambda library: library.cards([record.ref for record in records]))
        if cards:
            await self._study(Plan(self._deck_of(cards), section=str(section + 1)))
        else:
            self._say("No card quotes this section.")

    async def _study(self, plan: Plan) -> None:
        """Begin a review of the cards of a sentence or a section, if there is anything to ask."""
        session, _ = await self._desk.call(partial(load, plan=plan))
        if session.current is not None:
            self._is_stale = True
            self.post_message(self.Study(plan))
        elif plan.practice:
            self._say("Its cards are new or due: s studies them.")
        elif plan.section:
            self._say("Nothing of this section is left to study today.")
        else:
            self._say("Nothing of this sentence is left to study today; p asks its cards for practice.")

    def action_back(self) -> None:
        self.post_message(self.Left())

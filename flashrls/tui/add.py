"""Writing new cards: as an edit of an empty one, over and over, each saved into the deck that is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from flashrls.cards import Deck, Kind, Note
from flashrls.clean import clean_line
from flashrls.clock import ticks_ms
from flashrls.cloze import find_clozes
from flashrls.errors import FlashrlsError, NoSuchDeck
from flashrls.formats.names import bad_deck_name
from flashrls.lint.deck import lint_deck
from flashrls.lint.finding import Finding
from flashrls.store.glance import glancing
from flashrls.store.library import Library
from flashrls.store.today import LAST_DECK, choose_deck
from flashrls.study import StudyCard
from flashrls.telling import count
from flashrls.tui.desk import Desk
from flashrls.tui.edit import SHEET_LEFT, EditScreen
from flashrls.tui.edited import Fields, Reason, edited
from flashrls.tui.editfields import TextField, WordsField
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.telling import told

BLANK = Note(None, Kind.BASIC, "", "")
_THROWS_AWAY = "Esc again throws this card away. Ctrl+S saves it."
_TWICE = Reason(
    "The text hides words in braces, and there is an answer, too.", "Take the answer away, or the braces."
)
_ANSWER = "Answer"
_NO_ANSWER = "Answer: none is needed, the words in braces are asked"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The deck that a name means: `is_new` where it is still to be made, `nearest` then tells names like it."""

    name: str
    is_new: bool
    nearest: tuple[str, ...] = ()


async def open_add(app: App[None], desk: Desk, deck: str | None, ticks: Callable[[], int]) -> None:
    """Let the learner write cards into `deck`; None for the one that cards were added to last.

    Raises:
        FlashrlsError: the library can't be read.
    """
    usual = await desk.call(_usual_deck) if deck is None else deck
    await app.push_screen(AddScreen(desk, usual, ticks=ticks))


def _usual_deck(library: Library) -> str:
    """The deck that cards were added to last, if it is still there, or the only one; else ""."""
    known = library.deck_names()
    last = library.remembered(LAST_DECK)
    if last in known:
        return last or ""
    return known[0] if len(known) == 1 else ""


class AddScreen(EditScreen):
    """Fields for a new card; it stays until the learner leaves."""

    ALL_WELL = "Ctrl+S adds the card, and you go on with the next one."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "add it", key_display="Ctrl+S", tooltip="Add the card, and go on with the next"),
        Binding("escape,ctrl+c", "leave", "leave", key_display="Esc", tooltip="Leave; what was added stays"),
    ]

    def __init__(self, desk: Desk, deck: str, *, ticks: Callable[[], int] = ticks_ms) -> None:
        """Make the screen.

        Args:
            desk: the library.
            deck: the name that stands in the deck's field at first; may be empty.
            ticks: tells Esc held down from Esc pressed again, in milliseconds.
        """
        super().__init__(BLANK, deck, self._judged, ticks=ticks)
        self._desk = desk
        self._first_deck = deck

    def compose(self) -> ComposeResult:
        yield Line(Content.styled("Add cards", "bold $foreground"), id="heading")
        yield Static("Deck; a new name makes a new deck", classes="label", markup=False)
        yield WordsField("deck")
        yield Static("Question, or a text that hides {{1::words}}", id="asked", classes="label", markup=False)
        yield TextField("question")
        yield Static(_ANSWER, id="answered", classes="label", markup=False)
        yield TextField("answer")
        yield Static("Tags", classes="label", markup=False)
        yield WordsField("tags")
        yield Static(id="anchors", markup=False)
        with VerticalScroll(id="found", can_focus=False):
            yield Static(id="told", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        super().on_mount()
        field = self.query_one("#deck", WordsField)
        field.value = self._first_deck
        if not self._first_deck:
            field.focus()

    def _fill(self, note: Note) -> None:
        super()._fill(note)
        if note.kind is not Kind.CLOZE:
            self.query_one("#asked", Static).update("Question, or a text that hides {{1::words}}")

    @property
    def _deck(self) -> str:
        return clean_line(self.query_one("#deck", WordsField).value)

    def _judged(self, note: Note) -> Sequence[Finding]:
        return lint_deck(Deck("added", self._place or "Deck", (note,)))

    @on(WordsField.Changed, "#deck")
    def _moved(self) -> None:
        self._place = self._deck

    @on(TextField.Changed, "#question")
    def _ask_for_answer(self) -> None:
        words = _NO_ANSWER if _kind(self._fields(), Kind.BASIC) is Kind.CLOZE else _ANSWER
        self.query_one("#answered", Static).update(words)

    @property
    def _is_changed(self) -> bool:
        """A card was begun; the deck and the tags stay for the next one anyway."""
        fields = self._fields()
        return self._faulty_sheet is not None or bool(fields.question.strip() or fields.answer.strip())

    @property
    def _is_written(self) -> bool:
        fields = self._fields()
        return bool(fields.question.strip()) and (
            bool(fields.answer.strip()) or _kind(fields, self._now.kind) is Kind.CLOZE
        )

    def _look(self) -> None:
        """Nothing is wrong with a card that is still being written."""
        if self._is_written:
            super()._look()
        else:
            self._reasons, self._findings = (), ()
            self._tell()

    def _read(self, fields: Fields) -> Note | tuple[Reason, ...]:
        kind = _kind(fields, self._now.kind)
        if kind is not Kind.CLOZE and _hides_for_certain(fields.question):
            return (_TWICE,)
        return edited(replace(self._now, kind=kind), fields)

    def _draft(self) -> Note:
        return replace(super()._draft(), kind=_kind(self._fields(), self._now.kind))

    def action_leave(self) -> None:
        if not self._is_changed or self._is_confirmed("leave", _THROWS_AWAY):
            self.dismiss(None)

    async def action_save(self) -> None:
        """Add the card; what can't be added stays in the fields."""
        found = self._read(self._fields())
        reasons = (*_deck_reasons(self._deck), *(() if isinstance(found, Note) else found))
        if reasons or not isinstance(found, Note):
            self._reasons, self._findings = reasons, ()
            self._say("Not added.")
        elif self._faulty_sheet is None or self._is_confirmed("save", SHEET_LEFT):
            try:
                await self._add(found)
            except FlashrlsError as error:
                self._say(f"Not added: {told(error, self._desk.path)}")

    async def _add(self, note: Note) -> None:
        name = self._deck
        deck = await self._desk.call(lambda library: _chosen(library.path, name))
        if deck.nearest and not self._is_confirmed(f"deck {name}", _nearest_words(deck)):
            return
        cards = await self._desk.call(lambda library: _added(library, deck.name, note))
        self._begin_next(note.tags)
        self._say(_added_words(cards, deck))

    def _begin_next(self, tags: tuple[str, ...]) -> None:
        """Empty the fields for the next card; it gets the same deck and tags."""
        self._faulty_sheet, self._warned = None, ""
        self._reasons, self._findings = (), ()
        question, answer = self._field("question"), self._field("answer")
        with question.prevent(TextField.Changed), answer.prevent(TextField.Changed):
            self._fill(replace(BLANK, tags=tags))
        self._ask_for_answer()
        question.focus()


def _kind(fields: Fields, otherwise: Kind) -> Kind:
    """What the fields tell: a cloze if the text hides words and there is no answer."""
    if fields.answer.strip():
        return Kind.BASIC if otherwise is Kind.CLOZE else otherwise
    return Kind.CLOZE if find_clozes(fields.question) else otherwise


def _hides_for_certain(text: str) -> bool:
    """Whether it has numbered clozes: `{{a}}` alone may be meant as it stands, `{{1::a}}` hardly."""
    found = find_clozes(text)
    return isinstance(found, tuple) and any(cloze.is_numbered for cloze in found)


def _deck_reasons(name: str) -> tuple[Reason, ...]:
    if not name:
        return (Reason("The deck has no name.", "Write which deck the card is for."),)
    bad = bad_deck_name(name)
    return (Reason(*bad),) if bad else ()


def _chosen(library: Path, name: str) -> Chosen:
    with glancing(library) as ask:
        if ask is None:
            return Chosen(name, is_new=False)
        known = {str(deck) for (deck,) in ask("SELECT name FROM deck")}
        try:
            return Chosen(choose_deck(ask, name)[1], is_new=False)
        except NoSuchDeck as error:
            return Chosen(name, is_new=True, nearest=tuple(deck for deck in error.nearest if deck in known))


def _added(library: Library, deck: str, note: Note) -> list[StudyCard]:
    cards = library.add(deck, [note])
    library.remember(LAST_DECK, deck)
    return cards


def _nearest_words(deck: Chosen) -> str:
    near = " or ".join(f"“{clean_line(name)}”" for name in deck.nearest)
    return f"There is no deck “{deck.name}”. Is {near} meant? Ctrl+S again makes a new one."


def _added_words(cards: Sequence[StudyCard], deck: Chosen) -> str:
    which = cards[0].id if len(cards) == 1 else count(len(cards), "card")
    return f"Added {which} to {clean_line(deck.name)}{' (a new deck)' * deck.is_new}."

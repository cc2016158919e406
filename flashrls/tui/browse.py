"""All cards: found while the query is written, sorted, shown as they will be asked, and changed many at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.message import Message

from flashrls.errors import FlashrlsError, NoSuchDeck, Refused
from flashrls.store.browsing import SORTS, Sort
from flashrls.telling import count, short, undone_words
from flashrls.tui import browsedeeds as deeds
from flashrls.tui.browsekeys import BROWSE_KEYS
from flashrls.tui.browsetable import ColumnHeads
from flashrls.tui.cardtext import CardText
from flashrls.tui.chooser import Chooser
from flashrls.tui.onecard import OneCard
from flashrls.tui.plan import Plan, load
from flashrls.tui.sortpage import open_sorts, resorted
from flashrls.tui.telling import told

if TYPE_CHECKING:
    from flashrls.store.library import Library

MOST_UNASKED = 10
"""So many cards are changed without a question."""

_MOST_NAMED = 100
"""A query can name so many cards."""

_OF_CARDS = (
    "reveal", "look", "edit", "why", "passage", "suspend", "bury", "reset", "tags", "move_notes", "study",
    "choose", "choose_to", "extend", "choose_all", "scroll_card",
)  # fmt: skip
_IN_SEARCH = ("to_cards", "clear")
_ANYWHERE = ("save", "refresh")

Deed = Callable[["Library", Sequence[int]], str]
"""Does something with cards and returns what was done."""


class BrowseScreen(OneCard):
    """A search, the table of what it finds, and the card at the cursor."""

    BINDINGS = BROWSE_KEYS

    @dataclass
    class Left(Message):
        """The learner goes back."""

    @dataclass
    class Study(Message):
        """Some of the cards are to be studied."""

        plan: Plan

    @dataclass
    class Save(Message):
        """The search is to be kept under a name; `tell` shows what became of that."""

        name: str
        query: str
        tell: Callable[[str], None]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What is possible now; the footer shows the same."""
        if self.prompt.is_asking:
            return False
        if action in _IN_SEARCH:
            return self.search.has_focus
        if action in _ANYWHERE:
            return True
        if self.search.has_focus:
            return False
        if action == "reveal":
            return self.table.ref is not None and self.preview.display
        return action not in _OF_CARDS or self.table.ref is not None

    def action_search(self) -> None:
        self.set_focus(self.search)

    async def action_to_cards(self) -> None:
        """Go to what was found; keys struck meanwhile wait, so that they don't meet what was found before.

        A search with a mistake is not left: what is shown then is what another one found.
        """
        if not await self.searched():
            self.say("searching…")
        elif not self.say_complaint():
            self.set_focus(self.table)

    def action_clear(self) -> None:
        """Clear the search, or leave where there is nothing to clear."""
        if self.search.value:
            self.search.value = ""
        else:
            self.post_message(self.Left())

    def action_leave(self) -> None:
        if self.table.marks:
            self.table.clear_marks()
        else:
            self.post_message(self.Left())

    def action_refresh(self) -> None:
        self.look_again()

    def action_save(self) -> None:
        """Keep the search that found what is shown; everything needs no name."""
        query = self.found_by.strip()
        if query:
            self.prompt.ask(f"Save “{short(query)}” as:", partial(self._save, query))
        else:
            self.say("There is no search to save: write one (/).")

    def _save(self, query: str, name: str) -> None:
        if name.strip():
            self.post_message(self.Save(name.strip(), query, self.say))

    def action_preview(self) -> None:
        self.toggle_class("-unseen")
        self.refresh_bindings()

    def action_reveal(self) -> None:
        self.preview.turn()

    def action_scroll_card(self, lines: int) -> None:
        self.query_one(CardText).scroll_lines(lines)

    def action_choose(self) -> None:
        self.table.turn_mark(go_on=True)

    def action_choose_to(self) -> None:
        self.table.mark_range()

    def action_extend(self, steps: int) -> None:
        self.table.extend(steps)

    def action_choose_all(self) -> None:
        self.table.mark_all()

    def action_sort(self) -> None:
        open_sorts(self.app, self.table.sort, self.sort_by)

    def action_sort_by(self, steps: int) -> None:
        """Sort by the next of the columns in sight."""
        shown = [column.sort for column, _ in self.table.columns]
        by = self.table.sort.by
        at = shown.index(by) + steps if by in shown else 0
        self.sort_by(Sort(shown[at % len(shown)]))

    def action_reverse(self) -> None:
        self.sort_by(resorted(self.table.sort, self.table.sort.by))

    @on(ColumnHeads.Clicked)
    def _head_clicked(self, event: ColumnHeads.Clicked) -> None:
        if event.sort in SORTS:
            self.sort_by(resorted(self.table.sort, event.sort))

    @on(Chooser.Opened)
    def _opened(self) -> None:
        self.action_look()

    def action_suspend(self) -> None:
        refs = self.table.targets
        if len(refs) > MOST_UNASKED:
            self.do(partial(self._ask_suspend, refs), "reading…", "not read")
        else:
            self._begin(deeds.suspend, refs)

    async def _ask_suspend(self, refs: Sequence[int]) -> None:
        """Many cards are asked about in the words of what would be done."""
        sleep = await self.desk.call(lambda library: deeds.would_suspend(library, refs))
        question = "Suspend {}?" if sleep else "Unsuspend {}?"
        self._when_sure(question, partial(self._begin, deeds.suspend, refs), refs)

    def action_bury(self) -> None:
        self._change("Bury {} until tomorrow?", deeds.bury)

    def action_reset(self) -> None:
        refs = self.table.targets
        words = f"{count(len(refs), 'card')} become{'s' * (len(refs) == 1)} new again."
        self.prompt.confirm(words, partial(self._begin, deeds.reset, refs))

    def action_tags(self) -> None:
        self._ask_tags(self.table.targets, "")

    def _ask_tags(self, refs: Sequence[int], words: str) -> None:
        then = partial(self._tag, refs)
        self.prompt.ask(f"Tags for {count(len(refs), 'card')}, as in +give -take:", then, words=words)

    def _tag(self, refs: Sequence[int], words: str) -> None:
        if not words.strip():
            return
        try:
            deeds.read_tags(words)
        except Refused as error:
            self._ask_tags(refs, words)
            self.say(told(error, self.desk.path))
            return
        deed = partial(_with_words, deeds.tag, words)
        self._when_sure(f"Tag {{}} {words.strip()}?", partial(self._begin, deed, refs), refs)

    def action_move_notes(self) -> None:
        self._ask_deck(self.table.targets, "")

    def _ask_deck(self, refs: Sequence[int], words: str) -> None:
        question = f"Move {count(len(refs), 'card')} to the deck:"
        self.prompt.ask(question, partial(self._move, refs), words=words)
        self.run_worker(self._know_decks(), group="decks")

    async def _know_decks(self) -> None:
        """The decks' names complete what is written, once they are read."""
        with suppress(FlashrlsError):  # whoever moves cards is told
            self.prompt.know(await self.desk.call(lambda library: library.deck_names()))

    def _move(self, refs: Sequence[int], words: str) -> None:
        """Move notes; where there is no such deck, its name is asked for again."""
        deed = partial(_with_words, deeds.move, words.strip())
        begin = partial(self.do, partial(self._do_move, deed, refs, words))
        if words.strip():
            self._when_sure(f"Move {{}} to {words.strip()}?", begin, refs)

    async def _do_move(self, deed: Deed, refs: Sequence[int], words: str) -> None:
        try:
            await self._do_deed(deed, refs)
        except NoSuchDeck as error:
            self._ask_deck(refs, words)
            self.say(told(error, self.desk.path) if error.nearest else f"{error.message} → completes a name.")

    def _change(self, question: str, deed: Deed) -> None:
        refs = self.table.targets
        self._when_sure(question, partial(self._begin, deed, refs), refs)

    def _when_sure(self, question: str, begin: Callable[[], None], refs: Sequence[int]) -> None:
        """Begin at once with few cards, with more when the learner says so."""
        if len(refs) > MOST_UNASKED:
            self.prompt.confirm(question.replace("{}", count(len(refs), "card"), 1), begin)
        else:
            begin()

    def _begin(self, deed: Deed, refs: Sequence[int]) -> None:
        self.do(partial(self._do_deed, deed, refs))

    async def _do_deed(self, deed: Deed, refs: Sequence[int]) -> None:
        self.say_done(await self.desk.call(lambda library: deed(library, refs)))

    def action_undo(self) -> None:
        self.do(partial(self._turn, redo=False))

    def action_redo(self) -> None:
        self.do(partial(self._turn, redo=True))

    async def _turn(self, *, redo: bool) -> None:
        deed = await self.desk.call(lambda library: library.redo() if redo else library.undo())
        self.say_done(undone_words(deed))

    def action_study(self) -> None:
        self.do(self._study, "reading…", "not read")

    async def _study(self) -> None:
        """Study the chosen cards, else all found; what isn't due can be practised."""
        query = await self._query_of_these()
        plan = Plan(query=query)
        session, _ = await self.desk.call(partial(load, plan=plan))
        if session.current is not None:
            self._go(plan)
        elif self.table.refs:
            question = "None of these is left for today. Practise, without effect?"
            self.prompt.confirm(question, partial(self._go, Plan(query=query, practice=True)))

    async def _query_of_these(self) -> str:
        """A query for the chosen cards, else the one that found all.

        Raises:
            Refused: more are chosen than a query can name.
        """
        marked = self.table.targets if self.table.marks else []
        if not marked or len(marked) == len(self.table.refs):
            return self.found_by
        if len(marked) > _MOST_NAMED:
            raise Refused(
                f"{len(marked):,} cards are chosen; up to {_MOST_NAMED} can be studied so.",
                "Give them a tag (t) and search for it.",
            )
        rows = await self.desk.call(lambda library: library.rows(marked))
        # A bare id would mean all cards of its note.
        ids = (row.id if "#" in row.id else f"{row.id}#" for row in rows)
        return " or ".join(f'id:"{card}"' for card in ids)

    def _go(self, plan: Plan) -> None:
        self.is_stale = True
        self.post_message(self.Study(plan))

    @on(events.ScreenResume)
    def _resumed(self) -> None:
        """Show how things stand after a review."""
        if self.is_stale:
            self.is_stale = False
            self.look_again()


def _with_words(
    deed: Callable[[Library, Sequence[int], str], str], words: str, library: Library, refs: Sequence[int]
) -> str:
    return deed(library, refs, words)

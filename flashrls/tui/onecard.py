"""What the table of all cards opens above itself for the one at the cursor: its page, life, source and text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from flashrls.cards import Note
from flashrls.study import StudyCard
from flashrls.telling import named
from flashrls.tui.browseframe import BrowseFrame
from flashrls.tui.failed import EditNotSaved
from flashrls.tui.telling import told


class OneCard(BrowseFrame):
    """The frame with the keys that are for one card, whatever is marked."""

    _looked_at: StudyCard | None = None

    def action_look(self) -> None:
        self._with_card(self._look)

    async def _look(self, card: StudyCard) -> None:
        from flashrls.tui.hardest import CardPage

        self._looked_at = card
        await self.app.push_screen(CardPage(card.ref, lambda _: self._looked_at or card, self._do_with))

    def _do_with(self, what: str, card: StudyCard) -> None:
        """Do something with the card of a page."""
        works = {"edit": self._edit, "why": self._why, "passage": self._passage}
        self.do(partial(works[what], card), "reading…", "not read")

    def action_edit(self) -> None:
        self._with_card(self._edit)

    def action_why(self) -> None:
        self._with_card(self._why)

    def action_passage(self) -> None:
        self._with_card(self._passage)

    def _with_card(self, work: Callable[[StudyCard], Awaitable[None]]) -> None:
        if (ref := self.table.ref) is not None:
            self.do(partial(self._read, ref, work), "reading…", "not read")

    async def _read(self, ref: int, work: Callable[[StudyCard], Awaitable[None]]) -> None:
        for card in await self.desk.call(lambda library: library.cards([ref])):
            await work(card)

    async def _why(self, card: StudyCard) -> None:
        from flashrls.tui.why import open_why

        await open_why(self.app, self.desk, card)

    async def _passage(self, card: StudyCard) -> None:
        from flashrls.tui.passagepage import open_passage

        await open_passage(self.app, self.desk, card.note_ref)

    async def _edit(self, card: StudyCard) -> None:
        from flashrls.tui.reviewpages import open_edit  # it brings the rules for cards

        def closed(before: Note, after: Note | None) -> None:
            if after is not None:
                self.do(partial(self._save_edit, card, before, after))

        await open_edit(self.app, self.desk, card, closed)

    async def _save_edit(self, card: StudyCard, before: Note, after: Note) -> None:
        from flashrls.tui.hardest import CardPage
        from flashrls.tui.reviewpages import save_edit

        try:
            cards = await save_edit(self.desk, card, before, after)
        except EditNotSaved as error:
            cards = error.cards
            self.say_done(told(error, self.desk.path))
        else:
            self.say_done(f"Saved: {named(card)} · u takes it back")
        self._looked_at = next((now for now in cards if now.ref == card.ref), card)
        if isinstance(self.app.screen, CardPage):
            self.app.screen.look_again()

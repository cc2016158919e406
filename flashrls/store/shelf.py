"""A library's documents: kept, attached to decks, changed, and asked what the decks quote and know of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, select

from flashrls.cards import Source
from flashrls.clock import Clock
from flashrls.settings import Chosen
from flashrls.store import today
from flashrls.store.opened import Opened, asking
from flashrls.store.tables import document

if TYPE_CHECKING:  # documents are for few commands, and cost an import
    from flashrls.anchors.find import Finder
    from flashrls.documents.text import Document
    from flashrls.knowledge import Passages, SourceView
    from flashrls.store.documents import Added, StoredDocument
    from flashrls.store.revising import Updated

_FINDERS = 3
"""How many documents stay folded."""


class Shelf(Opened):
    """The part of a library that holds documents."""

    def __init__(self, engine: Engine, path: Path, clock: Clock, chosen: Chosen | None = None) -> None:
        """Wrap an engine on a library of today's format; `chosen` settings go before those that it keeps."""
        super().__init__(engine, path, clock, chosen)
        self._finders: dict[str, Finder] = {}

    def _within(
        self, connection: Connection, refs: Sequence[int], section: str, sentence: str
    ) -> Collection[int] | None:
        if not section and not sentence:
            return None
        from flashrls.store import sources  # few commands need documents

        return sources.cards_within(connection, refs, section, sentence, self.day, self._finder)

    def _finder(self, told: Document) -> Finder:
        """The finder of a document; the last few stay, since folding a long text takes a while."""
        from flashrls.anchors.find import Finder

        known = self._finders.pop(told.sha256, None)
        finder = known if known is not None and known.document == told else Finder(told)
        self._finders[told.sha256] = finder
        while len(self._finders) > _FINDERS:
            del self._finders[next(iter(self._finders))]
        return finder

    def _find_anchors(self, connection: Connection, deck_keys: Sequence[str]) -> None:
        """Attach to imported decks the documents that their heads name, and find their new anchors."""
        if connection.execute(select(document.c.pk).limit(1)).first() is not None:
            from flashrls.store import documents

            documents.after_import(connection, deck_keys, self._finder)

    def documents(self) -> list[StoredDocument]:
        """Return all documents, the oldest first."""
        from flashrls.store import documents

        with self._reading() as connection:
            return documents.listed(connection)

    def document(self, name: str | None = None) -> tuple[StoredDocument, Document]:
        """Return the document that a title, file, beginning of a sha256 or deck means; None for the only one.

        Raises:
            NoSuchDocument, Refused: it means none, or several.
        """
        from flashrls.store import documents

        with self._reading() as connection:
            stored = documents.choose(connection, name)
            return stored, documents.load(connection, stored.ref)

    def document_for(self, source: Source) -> Document | None:
        """Return the document that a deck's head names, by sha256, else by file or title; None if there is none."""
        from flashrls.store import documents

        with self._reading() as connection:
            ref = documents.named(connection, source)
            return None if ref is None else documents.load(connection, ref)

    def add_document(self, told: Document, deck: str | None = None) -> Added:
        """Keep a document and attach it to the decks whose head names it, or to `deck` and its sub-decks.

        Raises:
            NoSuchDeck: there is no such deck.
            Refused: the decks whose head names its file have another text of that name.
        """
        from flashrls.store import documents

        # Looking anchors up may take seconds, and a grade must not wait for it: the lock is taken only to write.
        with self._reading() as connection:
            refs = None if deck is None else today.choose_decks(asking(connection), deck)
            kept, quotes = documents.sought(connection, told, refs)
        finder = self._finder(kept)
        found = {quote: finder.find(*quote) for quote in quotes}
        with self._writing() as connection:
            refs = None if deck is None else today.choose_decks(asking(connection), deck)
            return documents.add(connection, told, refs, self._clock(), self._finder, found)

    def update_document(self, told: Document, name: str | None = None, *, dry_run: bool = False) -> Updated:
        """Put a changed text in a document's place and find every anchor again; schedules stay as they are.

        Args:
            told: the changed document.
            name: which document it replaces, as for `document`; None for the one of the same file or title.
            dry_run: only tell what would become of the anchors.

        Raises:
            NoSuchDocument, Refused: which document is meant is not clear, or the text is another document's.
        """
        from flashrls.store import revising

        # As in adding one: a long text with thousands of anchors takes a minute, and others write meanwhile.
        with self._reading() as connection:
            before = revising.held(connection, told, name)
        refound = revising.follow(before, told, self._finder)
        if dry_run:
            return revising.outcome(before, told, refound)
        moment = self._clock()
        with self._writing() as connection:
            now = revising.held(connection, told, name)
            if now != before:
                before, refound = now, revising.follow(now, told, self._finder)
            stored = revising.put(connection, before, told, refound, moment)
        return revising.outcome(before, told, refound, stored)

    def remove_document(self, name: str | None = None) -> StoredDocument:
        """Forget a document and return what it was; the cards of its decks and their history stay.

        Raises:
            NoSuchDocument, Refused: the name means none, or several; see `document`.
        """
        from flashrls.store import documents

        with self._writing() as connection:
            stored = documents.choose(connection, name)
            documents.remove(connection, stored.ref)
        return stored

    def sources(self, deck: str | None = None) -> list[SourceView]:
        """Return the documents of the deck and its sub-decks, each with what those decks quote and know of it.

        Raises:
            NoSuchDeck: there is no such deck.
        """
        from flashrls.store import sources

        with self._reading() as connection:
            refs = today.choose_decks(asking(connection), deck)
            return sources.views(connection, refs, self.day, self._finder)

    def unattached(self, deck: str | None = None) -> list[tuple[str, Source]]:
        """Return the decks that have anchors but no document, each with the source its head names.

        Raises:
            NoSuchDeck: there is no such deck.
        """
        from flashrls.store import sources

        with self._reading() as connection:
            return sources.unattached(connection, today.choose_decks(asking(connection), deck))

    def passages(self, note_ref: int) -> Passages:
        """Return where the anchors of a note stand in its deck's document."""
        from flashrls.store import sources

        with self._reading() as connection:
            return sources.passages(connection, note_ref, self._finder)

"""What can be asked of an open library: today, sessions, cards, their logs, progress. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from flashrls.cards import Deck, Note
from flashrls.errors import BadQuery, NoSuchDeck
from flashrls.log import CardState, LogLine
from flashrls.outlook import SearchCounts, Today
from flashrls.query import Query, parse_query, search_term
from flashrls.store import exporting, find, history, rewording, today
from flashrls.store.browsing import BrowseRow, Sort, browse_rows, found_refs
from flashrls.store.conditions import where
from flashrls.store.find import FoundCard
from flashrls.store.history import TextChange
from flashrls.store.opened import asking
from flashrls.store.shelf import Shelf
from flashrls.store.tables import card as card_table
from flashrls.store.tables import deck, setting
from flashrls.store.today import Where
from flashrls.study import Session, StudyCard, practice_of, session_of

if TYPE_CHECKING:
    from flashrls.progress import Progress


class Reading(Shelf):
    """The questions that a library answers, each in one transaction that never waits for a writer."""

    def today(self) -> Today:
        """What the present study day holds."""
        with self._reading() as connection:
            return today.today(asking(connection), self.day, self._chosen)

    def session(
        self,
        deck: str | None = None,
        *,
        new: int | None = None,
        most: int | None = None,
        section: str = "",
        sentence: str = "",
        more: int | None = None,
        query: Query | None = None,
    ) -> Session:
        """Return the session that is left to study today.

        Args:
            deck: a deck's name or id, its sub-decks included; None for all decks.
            new: how many new cards to ask whatever the day's limit says; None for the limit.
            most: how many turns at most; None for all.
            section: only cards of this section of their document; see `sources.cards_within`.
            sentence: only cards that quote this sentence of their document.
            more: so many turns whatever the day's limits say, due cards first; None for the limits.
            query: only cards that it finds; None for all.

        Raises:
            NoSuchDeck, NoSuchPlace: there is no such deck, section or sentence.
            Refused: the sentence fits several documents.
        """
        with self._reading() as connection:
            ask = asking(connection)
            refs = today.choose_decks(ask, deck)
            wheres = self._wheres(connection, refs, section, sentence, query)
            queue = today.queue(ask, self.day, refs, self.settings, new=new, wheres=wheres, more=more)
            return session_of(queue, most=most if more is None else more)

    def searched(self) -> list[SearchCounts]:
        """Return the saved searches with what each asks today; one that can't be asked says why."""
        return [self._searched(name) for name, _ in self.settings.searches]

    def _searched(self, name: str) -> SearchCounts:
        try:
            query = parse_query(search_term(name), dict(self.settings.searches))
            with self._reading() as connection:
                ask = asking(connection)
                refs, wheres = today.choose_decks(ask, None), [where(ask, query, self._standpoint())]
                queue = today.queue(ask, self.day, refs, self.settings, wheres=wheres)
        except (BadQuery, NoSuchDeck) as error:
            return SearchCounts(name, fault=error.message)
        return SearchCounts(name, len(queue.due), len(queue.new), len(queue.drill))

    def practice(
        self,
        deck: str | None = None,
        *,
        most: int | None = None,
        section: str = "",
        sentence: str = "",
        query: Query | None = None,
    ) -> Session:
        """Return a session over cards that aren't due, the next due first: logged, without any effect.

        Raises:
            NoSuchDeck, NoSuchPlace, Refused: see `session`.
        """
        with self._reading() as connection:
            ask = asking(connection)
            refs = today.choose_decks(ask, deck)
            limit = self.settings.reviews_per_day if most is None else most
            wheres = self._wheres(connection, refs, section, sentence, query)
            return practice_of(today.practice(ask, self.day, refs, limit, wheres=wheres))

    def _wheres(
        self, connection: Connection, refs: Sequence[int], section: str, sentence: str, query: Query | None
    ) -> list[Where]:
        """What narrows a session down beside its decks."""
        only = self._within(connection, refs, section, sentence)
        wheres = [] if only is None else [today.among(only)]
        return wheres if query is None else [*wheres, where(asking(connection), query, self._standpoint())]

    def cards(self, refs: Sequence[int]) -> list[StudyCard]:
        """Return the cards of these references, in the same order."""
        with self._reading() as connection:
            return find.study_cards(connection, refs)

    def find(self, query: Query) -> list[FoundCard]:
        """Return all cards that a query finds, by deck and place.

        Raises:
            NoSuchDeck: the query names a deck that isn't there.
        """
        with self._reading() as connection:
            ask, now = asking(connection), self._standpoint()
            return find.find_cards(connection, where(ask, query, now), now.day)

    def browse(self, query: Query, sort: Sort = Sort()) -> list[int]:  # noqa: B008
        """Return the references of all cards that a query finds, in the order of `sort`.

        Raises:
            NoSuchDeck: the query names a deck that isn't there.
        """
        with self._reading() as connection:
            ask, now = asking(connection), self._standpoint()
            return found_refs(ask, where(ask, query, now), sort, now.day)

    def rows(self, refs: Sequence[int]) -> list[BrowseRow]:
        """Return cards as rows of a table, in the order of `refs`; a card that is no more there is left out."""
        with self._reading() as connection:
            return browse_rows(asking(connection), refs, self.day)

    def progress(
        self, deck: str | None = None, query: Query | None = None, period_days: int = 30, as_of: date | None = None
    ) -> Progress:
        """Return the progress as of the end of a study day; see `flashrls.store.figures.progress`.

        Args:
            deck: of a deck and its sub-decks; None for all.
            query: of the cards that it finds now; None for all.
            period_days: the period's length, at least 1.
            as_of: the study day; None for today.

        Raises:
            NoSuchDeck: there is no such deck, or the query names one.
        """
        from flashrls.store import figures  # few commands tell it

        with self._reading() as connection:
            ask, now = asking(connection), self._standpoint()
            decks = None if deck is None else today.choose_decks(ask, deck)
            scope = decks if query is None else figures.both(decks, where(ask, query, now))
            day = now.day if as_of is None else as_of
            return figures.progress(ask, scope, day, period_days, self.settings, now.day, words=deck or "")

    def card(self, name: str) -> FoundCard:
        """Return the card that an id names.

        Raises:
            NoSuchCard, AmbiguousCard: it names none, or several.
        """
        with self._reading() as connection:
            return find.find_card(connection, name, self.day)

    def log_of(self, ref: int) -> list[LogLine]:
        """Return the log of the card `ref`, oldest entry first."""
        with self._reading() as connection:
            return history.card_log(connection, ref)

    def refold(self, ref: int) -> CardState:
        """Return the state that the log gives the card `ref`; its stored state is a cache of this."""
        with self._reading() as connection:
            return history.refold(connection, ref, self.settings)

    def note(self, note_ref: int) -> Note:
        """Return the note of this reference as it stands now."""
        with self._reading() as connection:
            return rewording.notes_of(connection, [note_ref])[note_ref]

    def text_changes(self, note_ref: int) -> list[TextChange]:
        """Return all changes of a note's text, tags and deck that the log holds, oldest first."""
        with self._reading() as connection:
            return history.text_changes(connection, note_ref)

    def cards_of(self, note_ref: int) -> list[StudyCard]:
        """Return the cards of a note, those left out that its text lost."""
        with self._reading() as connection:
            return self._cards_of(connection, note_ref)

    def _cards_of(self, connection: Connection, note_ref: int) -> list[StudyCard]:
        mine = select(card_table.c.pk).where(card_table.c.note_pk == note_ref).order_by(card_table.c.pk)
        cards = find.study_cards(connection, connection.execute(mine).scalars().all())
        return [card for card in cards if card.held != "gone"]

    def deck_names(self) -> list[str]:
        """Return the names of all decks, the oldest first."""
        with self._reading() as connection:
            return list(connection.execute(select(deck.c.name).order_by(deck.c.pk)).scalars())

    def whole(self, deck_name: str) -> tuple[Deck, list[int]]:
        """Return a deck with all notes that are in it, an id only where a file gave one, and the notes' references.

        Raises:
            NoSuchDeck, Refused: no deck is called so, or several are.
        """
        with self._reading() as connection:
            return exporting.whole(connection, today.choose_deck(asking(connection), deck_name)[0])

    def remembered(self, key: str) -> str | None:
        """Return a stored word, such as which bundled decks were imported last; None if there is none."""
        with self._reading() as connection:
            return connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()

"""An open library: values go in, values come out, each call one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

from flashrls.cards import Deck
from flashrls.clock import Clock, system_clock
from flashrls.errors import LibraryReadOnly
from flashrls.formats.faults import Fault
from flashrls.log import CardState, Entry, EntryKind, LogLine
from flashrls.plan import ImportPlan, plan_import
from flashrls.query import Query
from flashrls.settings import Settings
from flashrls.store import answers, find, history, notes, today
from flashrls.store.driver import LOCK_TIMEOUT_S, told
from flashrls.store.engine import WRITES, open_engine
from flashrls.store.find import FoundCard
from flashrls.store.schema import FORMAT, format_of, make, upgrade
from flashrls.store.tables import setting
from flashrls.study import Session, StudyCard, Today, practice_of, session_of


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back: the entry, and its card as it stands now."""

    entry: Entry
    card: StudyCard


@contextmanager
def open_library(
    path: Path, *, clock: Clock = system_clock, lock_timeout_s: float = LOCK_TIMEOUT_S
) -> Iterator[Library]:
    """Open the library at `path`; it is made where no file is, and upgraded where an older release left it.

    Args:
        path: the SQLite file.
        clock: reads the time.
        lock_timeout_s: how long a write waits for another process.

    Raises:
        FlashrlsError: the file is not a library, too new, locked, read-only or damaged.
    """
    found = format_of(path, lock_timeout_s=lock_timeout_s)
    if found is None:
        make(path)
    elif found < FORMAT:
        upgrade(path, found)
    engine = open_engine(path, lock_timeout_s=lock_timeout_s)
    try:
        with told(path):
            library = Library(engine, path, clock)
        yield library
    finally:
        engine.dispose()


class Library:
    """A library that `open_library` opened. Its methods may be called from any one thread at a time.

    Every method that writes raises `LibraryLocked`, `LibraryReadOnly` or `LibraryUnusable` where the
    file doesn't let it, and has then changed nothing.
    """

    def __init__(self, engine: Engine, path: Path, clock: Clock) -> None:
        """Wrap an engine on a library of today's format."""
        self.path = path
        self._engine = engine
        self._clock = clock
        with engine.connect() as connection:
            self.settings: Settings = today.settings(_asking(connection))
            named = connection.execute(select(setting.c.value).where(setting.c.key == "device")).scalar()
        if named is None:
            self._name_device()

    def _name_device(self) -> None:
        """Give this copy of the library a name of its own in the log; a read-only one goes without."""
        try:
            with self._writing() as connection:
                known = select(setting.c.key).where(setting.c.key == "device")
                if connection.execute(known).first() is None:
                    connection.execute(insert(setting), {"key": "device", "value": secrets.token_hex(4)})
        except LibraryReadOnly:
            return

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with (
            told(self.path),
            self._engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @property
    def day(self) -> date:
        """The study day it is now."""
        return self._clock().study_day(self.settings.rollover_hour)

    def today(self) -> Today:
        """What the present study day holds."""
        with self._reading() as connection:
            return today.today(_asking(connection), self.day)

    def session(self, deck: str | None = None, *, new: int | None = None, most: int | None = None) -> Session:
        """Return the session that is left to study today.

        Args:
            deck: a deck's name or id, its sub-decks included; None for all decks.
            new: how many new cards to ask whatever the day's limit says; None for the limit.
            most: how many turns at most; None for all.

        Raises:
            NoSuchDeck: there is no such deck.
        """
        with self._reading() as connection:
            ask = _asking(connection)
            refs = today.choose_decks(ask, deck)
            return session_of(today.queue(ask, self.day, refs, self.settings, new=new), most=most)

    def practice(self, deck: str | None = None, *, most: int | None = None) -> Session:
        """Return a session over cards that aren't due, the next due first: logged, without any effect.

        Raises:
            NoSuchDeck: there is no such deck.
        """
        with self._reading() as connection:
            ask = _asking(connection)
            refs = today.choose_decks(ask, deck)
            limit = self.settings.reviews_per_day if most is None else most
            return practice_of(today.practice(ask, self.day, refs, limit))

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
            return find.find_cards(connection, _asking(connection), query, self.day)

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

    def grade(
        self,
        shown: StudyCard,
        kind: EntryKind,
        grade: int,
        *,
        reveal_ms: int | None = None,
        grade_ms: int | None = None,
    ) -> StudyCard:
        """Log a grade for a card as it was shown and return the card as it stands now; durable on return.

        Args:
            shown: the card, as the learner saw it.
            kind: scheduled, drill or practice.
            grade: 0..5.
            reveal_ms: milliseconds until the answer was revealed; None if not measured.
            grade_ms: milliseconds from there to the grade; None if not measured.

        Raises:
            BadGrade: the grade is not 0..5.
            StaleCard: the card was graded or changed elsewhere since it was shown.
        """
        moment = self._clock()
        with self._writing() as connection:
            answer = answers.Answer(grade, reveal_ms, grade_ms)
            return answers.grade_card(connection, shown, kind, answer, moment, self.settings)

    def mark(self, refs: Iterable[int], kind: EntryKind) -> None:
        """Log that the cards were suspended, unsuspended, buried for today or reset."""
        moment = self._clock()
        with self._writing() as connection:
            for ref in refs:
                answers.mark_card(connection, ref, kind, moment, self.settings)

    def undo(self) -> Undone:
        """Take back the newest thing the learner did that still counts, and say what it was.

        Raises:
            NothingToUndo: nothing is left to take back.
        """
        moment = self._clock()
        with self._writing() as connection:
            ref, entry = answers.undo_last(connection, moment, self.settings)
            (card,) = find.study_cards(connection, [ref])
        return Undone(entry, card)

    def plan(self, files: Sequence[tuple[str, Deck | tuple[Fault, ...]]]) -> ImportPlan:
        """Return what importing the parsed files would do; nothing is written."""
        with self._reading() as connection:
            known = notes.known_decks(connection, _deck_keys(files))
        return plan_import(files, known)

    def import_decks(self, files: Sequence[tuple[str, Deck | tuple[Fault, ...]]]) -> ImportPlan:
        """Import the parsed files in one transaction and return what was done.

        If any file has a fault, nothing is written; the plan that comes back holds the faults.
        """
        keys = _deck_keys(files)
        # Planning may take seconds, and a grade must not wait for it: the lock is taken only to write.
        with self._reading() as connection:
            known = notes.known_decks(connection, keys)
        plan = plan_import(files, known)
        if plan.faults:
            return plan
        moment = self._clock()
        with self._writing() as connection:
            known_now = notes.known_decks(connection, keys)
            if known_now != known:
                plan = plan_import(files, known_now)
            if not plan.faults:
                for deck in plan.decks:
                    notes.apply(connection, deck, moment, self.settings)
        return plan

    def remembered(self, key: str) -> str | None:
        """Return a stored word, such as which bundled decks were imported last; None if there is none."""
        with self._reading() as connection:
            return connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()

    def remember(self, key: str, value: str) -> None:
        """Store a word for `remembered`."""
        with self._writing() as connection:
            connection.execute(
                text(
                    "INSERT INTO setting (key, value) VALUES (:key, :value) "
                    "ON CONFLICT (key) DO UPDATE SET value = :value"
                ),
                {"key": key, "value": value},
            )


def _deck_keys(files: Sequence[tuple[str, Deck | tuple[Fault, ...]]]) -> list[str]:
    return [parsed.key for _, parsed in files if isinstance(parsed, Deck)]


def _asking(connection: Connection) -> today.Ask:
    def ask(sql: str, /, **values: int | str) -> Sequence[Sequence[Any]]:
        return connection.execute(text(sql), values).all()

    return ask

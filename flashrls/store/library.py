"""An open library: values go in, values come out, each call one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, select

from flashrls.cards import Note
from flashrls.clean import clean_path
from flashrls.clock import Clock, system_clock
from flashrls.errors import LibraryChanged, StaleNote
from flashrls.log import EntryKind
from flashrls.matching import KnownDeck
from flashrls.plan import Conflict, Decide, Guess, ImportPlan, ReadFile, Settle, plan_import, settled
from flashrls.settings import Chosen
from flashrls.store import adding, answers, deeds, exporting, find, known, notes, rewording, today
from flashrls.store.chunks import chunks
from flashrls.store.deeds import Turned, Undone
from flashrls.store.driver import LOCK_TIMEOUT_S, told
from flashrls.store.engine import open_engine
from flashrls.store.exporting import Exported
from flashrls.store.opened import KEEP, asking
from flashrls.store.reading import Reading
from flashrls.store.schema import FORMAT, format_of, make, upgrade
from flashrls.store.tables import card as card_table
from flashrls.store.tables import deck
from flashrls.study import StudyCard


@contextmanager
def open_library(
    path: Path,
    *,
    clock: Clock = system_clock,
    lock_timeout_s: float = LOCK_TIMEOUT_S,
    chosen: Chosen | None = None,
) -> Iterator[Library]:
    """Open the library at `path`; it is made where no file is, and upgraded where an older release left it.

    Args:
        path: the SQLite file.
        clock: reads the time.
        lock_timeout_s: how long a write waits for another process.
        chosen: the learner's settings, by the names of `Settings`; they go before those that the library keeps.

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
            library = Library(engine, path, clock, chosen)
        yield library
    finally:
        engine.dispose()


class Library(Reading):
    """A library that `open_library` opened. Its methods may be called from any one thread at a time.

    Every method that writes raises `LibraryLocked`, `LibraryReadOnly` or `LibraryUnusable` where the
    file doesn't let it, and has then changed nothing.
    """

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
        """Log, as one deed, that the cards were suspended, unsuspended, buried for today, reset or kept."""
        moment = self._clock()
        with self._writing() as connection:
            answers.mark_cards(connection, list(refs), kind, moment, self.settings)

    def undo(self) -> Undone:
        """Take back the newest thing the learner did that still counts, and say what it was.

        Raises:
            NothingToUndo: nothing is left to take back.
        """
        moment = self._clock()
        with self._writing() as connection:
            return self._told(connection, deeds.undo_last(connection, moment, self.settings))

    def redo(self) -> Undone:
        """Do again what was taken back last, and say what it was.

        Raises:
            NothingToRedo: nothing was taken back, or something else was done since.
        """
        moment = self._clock()
        with self._writing() as connection:
            return self._told(connection, deeds.redo_last(connection, moment, self.settings))

    def _told(self, connection: Connection, turned: Turned) -> Undone:
        if turned.fields:
            self._find_anchors(connection, self._deck_keys(connection, [turned.ref]))
        (card,) = find.study_cards(connection, [turned.ref])
        newest = turned.entries[0]
        return Undone(newest, card, turned.cards, turned.entries, turned.fields, turned.is_redo, turned.kept)

    def _deck_keys(self, connection: Connection, cards: Sequence[int]) -> list[str]:
        keys = select(deck.c.key).join(card_table, card_table.c.deck_pk == deck.c.pk).distinct()
        return [
            key
            for some in chunks(cards)
            for key in connection.execute(keys.where(card_table.c.pk.in_(some))).scalars()
        ]

    def edit(self, note_ref: int, before: Note, after: Note) -> list[StudyCard]:
        """Give a note another text and return its cards as they stand then; schedules stay.

        Args:
            note_ref: the note's reference.
            before: the note as `note` told it when the learner began.
            after: what it says now; its id and section stay.

        Raises:
            StaleNote: the note was changed elsewhere since.
        """
        moment = self._clock()
        with self._writing() as connection:
            if rewording.notes_of(connection, [note_ref])[note_ref] != before:
                raise StaleNote(self._cards_of(connection, note_ref)[0].id)
            rewording.reword(connection, {note_ref: after}, moment, self.settings)
            cards = self._cards_of(connection, note_ref)
            self._find_anchors(connection, self._deck_keys(connection, [card.ref for card in cards]))
            return cards

    def tag(self, note_refs: Sequence[int], *, add: Collection[str] = (), remove: Collection[str] = ()) -> int:
        """Give notes tags and take others away, as one deed; return how many notes changed."""
        moment = self._clock()
        with self._writing() as connection:
            now = rewording.notes_of(connection, note_refs)
            told = {
                ref: replace(note, tags=tuple(sorted({*note.tags, *add} - set(remove))))
                for ref, note in now.items()
            }
            return rewording.reword(connection, told, moment, self.settings)

    def move(self, note_refs: Sequence[int], deck_name: str) -> int:
        """Put notes into another deck, as one deed; return how many moved. Their files may still tell them.

        Raises:
            NoSuchDeck, Refused: no deck is called so, or several.
        """
        moment = self._clock()
        with self._writing() as connection:
            into, _ = today.choose_deck(asking(connection), deck_name)
            return rewording.move(connection, note_refs, into, moment, self.settings)

    def add(self, deck_name: str, told: Sequence[Note]) -> list[StudyCard]:
        """Add notes to a deck, which is made if there is none of that name, as one deed; return their cards."""
        moment = self._clock()
        with self._writing() as connection:
            refs = adding.add_notes(connection, asking(connection), deck_name, told, moment, self.settings)
            cards = [card for ref in refs for card in self._cards_of(connection, ref)]
            self._find_anchors(connection, self._deck_keys(connection, [card.ref for card in cards]))
            return cards

    def plan(
        self, files: Sequence[ReadFile], ask: Decide | None = None, settle: Settle | None = None
    ) -> ImportPlan:
        """Return what importing the parsed files would do; nothing is written. Arguments as for `import_decks`."""
        with self._reading() as connection:
            held = known.known_decks(connection, files)
        plan = _decided(files, held, ask)[0]
        return settled(plan, _ours(plan, settle))

    def import_decks(
        self, files: Sequence[ReadFile], ask: Decide | None = None, settle: Settle | None = None
    ) -> ImportPlan:
        """Import the parsed files in one transaction and return what was done.

        If any file has a fault, nothing is written; the plan that comes back holds the faults.

        Args:
            files: each a path with its deck or its faults.
            ask: is told a plan that holds guesses, and returns those that are two notes. What it raises
                ends the import before anything is written. None takes guesses inside a deck as edits, and
                keeps those across decks apart.
            settle: is told a plan that holds conflicts between the learner's edits and the files', and returns
                those in which the library's text stays; as `ask` it may raise. None keeps the library's.
                Either way the other text is logged with the note.

        Raises:
            LibraryChanged: the library changed meanwhile so that there is something else to ask or to settle.
        """
        # Planning may take seconds, and a grade must not wait for it: the lock is taken only to write.
        with self._reading() as connection:
            held = known.known_decks(connection, files)
        plan, guesses, apart = _decided(files, held, ask)
        if plan.faults:
            return plan
        conflicts, ours = plan.conflicts, _ours(plan, settle)
        moment = self._clock()
        with self._writing() as connection:
            held_now = known.known_decks(connection, files)
            if held_now != held:
                plan, guesses_now, apart = _decided(files, held_now, None if ask is None else lambda _: apart)
                is_asked = ask is not None and guesses_now != guesses
                if is_asked or (settle is not None and plan.conflicts != conflicts):
                    raise LibraryChanged(clean_path(self.path))
                ours = plan.conflicts if settle is None else ours
            plan = settled(plan, ours)
            if not plan.faults:
                notes.apply(connection, plan, moment, self.settings)
                self._find_anchors(connection, [deck.deck.key for deck in plan.decks])
        return plan

    def exported(self, told: Sequence[Exported], *, let_go: Collection[int] = (), folder: str = "") -> None:
        """Keep in mind what a file of a deck was written to tell: none of that is the library's alone any more.

        Args:
            told: the deck's notes in the file.
            let_go: references of notes that the file told until now, and that are in another deck.
            folder: the file's, for a deck that had none.
        """
        moment = self._clock()
        with self._writing() as connection:
            exporting.exported(connection, told, let_go, moment, folder)

    def remember(self, key: str, value: str) -> None:
        """Store a word for `remembered`."""
        with self._writing() as connection:
            connection.execute(KEEP, {"key": key, "value": value})


def _ours(plan: ImportPlan, settle: Settle | None) -> Collection[Conflict]:
    """The conflicts in which the library's text stays."""
    if settle is None or not plan.conflicts or plan.faults:
        return plan.conflicts
    return settle(plan)


def _decided(
    files: Sequence[ReadFile], held: Sequence[KnownDeck], ask: Decide | None
) -> tuple[ImportPlan, tuple[Guess, ...], Collection[Guess]]:
    """Plan, and let `ask` decide: the plan as decided, all its guesses, and those that are two notes."""
    plan = plan_import(files, held)
    guesses = plan.guesses
    if plan.faults or not guesses:
        return plan, guesses, ()
    apart = [guess for guess in guesses if guess.origin] if ask is None else ask(plan)
    return (plan_import(files, held, apart) if apart else plan), guesses, apart

"""Files edited, cards moved, taken out and put back, imports in between: what was learnt is never lost."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from flashrls.cards import Deck, Kind, Note, made_key
from flashrls.errors import NothingToUndo
from flashrls.plan import Change, Guess, ImportPlan
from flashrls.store.library import open_library
from tests.store.making import RESET, SUSPEND, FakeClock, Files, check_caches, make_library, rows

DECKS = ("a", "b", "c")
QUIET = {Change.UNCHANGED, Change.MISSING}

at = st.integers(0, 50)
decks = st.sampled_from(DECKS)
ids = st.sampled_from([None, None, "x", "y", "z", made_key(Kind.BASIC, "meer tief")])
vocabulary = st.sampled_from(["Meer", "tief", "weit", "Graben", "salzig", "{{1::kalt}}"])
words = st.lists(vocabulary, min_size=1, max_size=4)
texts = words.map(" ".join)
answers = st.sampled_from(["ja", "nein"])
anchors = st.lists(st.sampled_from(["elf Kilometer", "im Westen"]), max_size=1).map(tuple)


@st.composite
def fresh_notes(draw: st.DrawFn) -> Note:
    question = draw(texts)
    if "{{" in question:
        return Note(draw(ids), Kind.CLOZE, question, "", anchors=draw(anchors))
    kind = draw(st.sampled_from([Kind.BASIC, Kind.REVERSED]))
    return Note(draw(ids), kind, question, draw(answers), anchors=draw(anchors), suspended=draw(st.booleans()))


def name_of(note: Note) -> str:
    return note.key or made_key(note.kind, note.question)


class Desk(RuleBasedStateMachine):
    """Three deck files that somebody edits, a bin for cards that were taken out, and the library."""

    @initialize(written=st.lists(st.tuples(decks, fresh_notes()), min_size=1, max_size=6))
    def begin(self, written: list[tuple[str, Note]]) -> None:
        shared = Path("/dev/shm")
        self.folder = tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)
        self.clock = FakeClock()
        self.path = make_library(Path(self.folder.name))
        self.opening = open_library(self.path, clock=self.clock)
        self.library = self.opening.__enter__()
        self.files: dict[str, list[Note]] = {key: [] for key in DECKS}
        self.names = {key: key.upper() for key in DECKS}
        self.bin: list[Note] = []
        self.imported: dict[str, list[Note]] = {}
        self.log: dict[str, tuple[object, ...]] = {}
        for key, note in written:
            self.put(key, note, 0)
        self.import_(set(DECKS), 0)
        self.grade([4, 2])

    def teardown(self) -> None:
        if hasattr(self, "opening"):
            self.opening.__exit__(None, None, None)
            self.folder.cleanup()

    def put(self, key: str, note: Note, place: int) -> bool:
        """Put a card into a file, unless the file would have a fault then."""
        names = {name_of(one) for one in self.files[key] if bool(one.key) == bool(note.key)}
        if name_of(note) in names:
            return False
        self.files[key].insert(place % (len(self.files[key]) + 1), note)
        return True

    def take(self, place: int) -> tuple[str, Note] | None:
        """Take a card out of whatever file."""
        written = [(key, note) for key in DECKS for note in self.files[key]]
        if not written:
            return None
        key, note = written[place % len(written)]
        self.files[key].remove(note)
        return key, note

    @rule(note=fresh_notes(), key=decks, place=at)
    def write(self, note: Note, key: str, place: int) -> None:
        self.put(key, note, place)

    @rule(place=at, question=texts, answer=answers, quotes=anchors, what=st.integers(0, 3))
    def edit(self, place: int, question: str, answer: str, quotes: tuple[str, ...], what: int) -> None:
        if (taken := self.take(place)) is None:
            return
        key, note = taken
        kind = Kind.CLOZE if "{{" in question else Kind.BASIC
        edited = (
            replace(note, kind=kind, question=question, answer="" if kind is Kind.CLOZE else answer),
            replace(note, answer=answer) if note.kind is not Kind.CLOZE else note,
            replace(note, anchors=quotes),
            replace(note, question=f"{note.question} {question.replace('{{1::kalt}}', 'kalt').split()[0]}"),
        )[what]
        if not self.put(key, edited, place):
            self.put(key, note, place)

    @rule(place=at, name=ids)
    def name(self, place: int, name: str | None) -> None:
        if (taken := self.take(place)) and not self.put(taken[0], replace(taken[1], key=name), place):
            self.put(*taken, place)

    @rule(place=at, other=decks, there=at)
    def move(self, place: int, other: str, there: int) -> None:
        if (taken := self.take(place)) and not self.put(other, taken[1], there):
            self.put(*taken, place)

    @rule(place=at, other=decks, there=at, policy=st.integers(0, 3))
    def carry(self, place: int, other: str, there: int, policy: int) -> None:
        """A card that was asked goes into another file, and all come in."""
        self.grade([4])
        self.move(place, other, there)
        self.import_(set(DECKS), policy)

    @rule(key=decks, other=decks)
    def join(self, key: str, other: str) -> None:
        """All cards of one file go into another."""
        stay = [note for note in self.files[key] if key == other or not self.put(other, note, 50)]
        self.files[key] = stay

    @rule(key=decks, place=at, other=decks, there=at)
    def copy(self, key: str, place: int, other: str, there: int) -> None:
        if self.files[key]:
            self.put(other, self.files[key][place % len(self.files[key])], there)

    @rule(place=at)
    def delete(self, place: int) -> None:
        if taken := self.take(place):
            self.bin.append(taken[1])

    @precondition(lambda self: self.bin)
    @rule(key=decks, place=at, which=at)
    def put_back(self, key: str, place: int, which: int) -> None:
        note = self.bin.pop(which % len(self.bin))
        self.put(key, note, place)

    @rule(key=decks, other=decks)
    def swap_names(self, key: str, other: str) -> None:
        """The two files must come in together, or the library knows the name as the other's."""
        self.names[key], self.names[other] = self.names[other], self.names[key]

    @rule(chosen=st.sets(decks, min_size=1), policy=st.integers(0, 3))
    def import_some(self, chosen: set[str], policy: int) -> None:
        self.import_(chosen, policy)

    @rule(policy=st.integers(0, 3))
    def import_all(self, policy: int) -> None:
        self.import_(set(DECKS), policy)

    def import_(self, chosen: set[str], policy: int) -> None:
        """Import the chosen files; guesses are taken (0), kept apart (1), both (2), or nobody asks."""
        files: Files = [
            (f"{key}.md", Deck(self.names[key], key, tuple(self.files[key])))
            for key in sorted(chosen)
            if self.files[key]
        ]
        asked = []

        def decide(plan: ImportPlan) -> Collection[Guess]:
            asked.append(plan.guesses)
            return {0: (), 1: plan.guesses, 2: plan.guesses[::2]}[policy]

        ids_before = self.ids()
        done = self.library.import_decks(files, None if policy == 3 else decide)
        if done.faults:
            assert self.ids() == ids_before
            return
        assert len(asked) <= 1
        self.imported |= {deck.deck.key: list(deck.deck.notes) for deck in done.decks}
        again = self.library.plan(files, decide)
        assert {note.change for deck in again.decks for note in deck.notes} <= QUIET
        assert not again.guesses
        for deck in done.decks:
            self.check_deck(deck.deck.key)
            self.check_ids(deck.deck, ids_before)
        check_caches(self.path, self.library)

    def ids(self) -> dict[tuple[str, str], int]:
        found = rows(self.path, "SELECT deck.key, note.key, note.pk FROM note JOIN deck ON deck.pk = deck_pk")
        return {(deck, key): ref for deck, key, ref in found}

    def check_ids(self, deck: Deck, before: dict[tuple[str, str], int]) -> None:
        """A card with an id that the deck had is the card that it was, and none is called by another's."""
        after = self.ids()
        for note in deck.notes:
            if note.key:
                assert before.get((deck.key, note.key), after[deck.key, note.key]) == after[deck.key, note.key]

    def check_deck(self, key: str) -> None:
        """The library has the file's cards in their order, and since when the file lacks the others."""
        held = rows(
            self.path,
            "SELECT note.question, note.answer FROM note JOIN deck ON deck.pk = deck_pk "
            "WHERE deck.key = ? AND missing_ms IS NULL ORDER BY position",
            key,
        )
        assert held == [(note.question, note.answer) for note in self.imported[key]]

    @rule(given=st.lists(st.integers(0, 5), min_size=1, max_size=3))
    def grade(self, given: list[int]) -> None:
        for grade in given:
            turns = self.library.session().turns
            if turns:
                (card,) = self.library.cards([turns[0].card])
                self.library.grade(card, turns[0].kind, grade, reveal_ms=10 * len(turns))

    @rule(place=at, kind=st.sampled_from([SUSPEND, RESET]))
    def mark(self, place: int, kind: object) -> None:
        cards = rows(self.path, "SELECT pk FROM card ORDER BY pk")
        if cards:
            self.library.mark([cards[place % len(cards)][0]], SUSPEND if kind is SUSPEND else RESET)

    @rule()
    def undo(self) -> None:
        try:
            self.library.undo()
        except NothingToUndo:
            return
        check_caches(self.path, self.library)

    @rule()
    def sleep(self) -> None:
        self.clock.forward(days=1)

    @invariant()
    def the_log_only_grows(self) -> None:
        """Every entry is there, as it was, and belongs to the card that it was made for."""
        if not hasattr(self, "log"):
            return
        found = rows(
            self.path,
            "SELECT review.*, note.uid, card.part, card.pk FROM review "
            "JOIN card ON card.pk = card_pk JOIN note ON note.pk = note_pk",
        )
        now = {row[1]: row for row in found}
        assert {entry: now.get(entry) for entry in self.log} == self.log
        self.log = now

    @invariant()
    def every_note_is_somewhere_once(self) -> None:
        """A file's cards are the library's unless they were moved to another deck; the rest is missing."""
        if not hasattr(self, "log"):
            return
        for key, notes in self.imported.items():
            held = rows(
                self.path,
                "SELECT note.question FROM note JOIN deck ON deck.pk = deck_pk "
                "WHERE deck.key = ? AND missing_ms IS NULL",
                key,
            )
            assert not Counter(question for (question,) in held) - Counter(note.question for note in notes)
        strays = "SELECT count(*) FROM card JOIN note ON note.pk = note_pk WHERE card.deck_pk <> note.deck_pk"
        assert rows(self.path, strays) == [(0,)]
        assert rows(self.path, "SELECT count(*) FROM daily WHERE min(introduced, young, mature, drilled) < 0") == [
            (0,)
        ]


TestDesk = Desk.TestCase
TestDesk.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

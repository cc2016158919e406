"""Which note of the files is which of the library's, how that was seen, and whether it is certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flashrls.cards import Deck, Note, is_made_key, made_key
from flashrls.likeness import Asked, similar

SIMILAR = 75
"""The least likeness of two questions, 0..100, at which one may be the other's edit.

Of the bundled decks' 112 questions, four have another one that is this much like them.
"""

SIMILAR_SAME_ANSWER = 60
"""The same where the two have one answer: then a third of the questions would do."""

FARTHER = 10
"""How much more alike they must be in two decks."""

SAME_TEXT = "the same text"
"""How a note is recognised word for word; across decks that is a guess only if the deck's file isn't there."""

Place = tuple[int, int]
"""A note of the files: the number of its deck among them, and its own in the deck."""


@dataclass(frozen=True, slots=True)
class Known:
    """A note as the library holds it.

    Attributes:
        ref: its reference in this library.
        key: its id in its deck.
        deck: the name of its deck.
        note: what was imported last; of one that no file tells, what the learner wrote.
        fingerprint: that note's.
        position: its place in the deck, from 0.
        missing_ms: the instant since when its file lacks it; None if, as far as is known, it is in its file.
        local: the note as the learner has it since it was edited here; None if that is what was imported.
        is_added: it was added here, and no file tells it.
        is_removed: it was added here, and that was undone.
        away: of a deck's note that the learner moved into another, that deck's reference; else None.
        home: of a note that the learner moved here, the name of the deck whose file tells it; else empty.
    """

    ref: int
    key: str
    deck: str
    note: Note
    fingerprint: str
    position: int
    missing_ms: int | None = None
    local: Note | None = None
    is_added: bool = False
    is_removed: bool = False
    away: int | None = None
    home: str = ""

    @property
    def here(self) -> Note:
        """The note as the library has it now."""
        return self.local or self.note

    @property
    def is_told(self) -> bool:
        """Whether its deck's own file tells it, or did."""
        return not (self.is_added or self.is_removed or self.home)

    @property
    def has_made_key(self) -> bool:
        """Whether its id was made from its text, since its file gave it none."""
        return is_made_key(self.key)


@dataclass(frozen=True, slots=True)
class KnownDeck:
    """A deck as the library holds it: with the notes in it, and those that were moved out of it.

    Of a deck that no file names, it is enough to give the notes that its file lacks, and all notes if
    `is_found_again` holds for them.
    """

    ref: int
    key: str
    name: str
    notes: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A note of the library that a note of a file is.

    Attributes:
        known: the library's note.
        how: by what it was recognised; empty where that was the id.
        is_sure: whether that leaves no doubt; a learner is asked about the others.
        origin: the name of the deck it comes from, if that is another one; else empty.
    """

    known: Known
    how: str = ""
    is_sure: bool = True
    origin: str = ""


def is_found_again(notes: int, told: int) -> bool:
    """Whether a deck that no file names seems to have been renamed or merged into one that a file does name.

    Args:
        notes: how many notes it has that its file didn't lack.
        told: how many of them the files hold word for word.
    """
    return 2 * told > notes


def match_notes(
    decks: Sequence[Deck], known: Sequence[KnownDeck | None], others: Iterable[KnownDeck]
) -> list[list[Match | None]]:
    """Match the notes of decks with the library's; None stands for a new note.

    First the ids decide, then the exact text, inside a deck, then across decks. What is left is
    recognised, with doubts, by anchors and by similar questions. Two ids that files give inside a deck
    are two notes. A note that is in its file is never another deck's note.

    Args:
        decks: as the files tell them.
        known: for each the library's deck; None for a new one.
        others: the library's decks that no file names.
    """
    matcher = _Matcher(decks, known, others)
    for number, deck in enumerate(known):
        if deck is not None and deck.notes:
            matcher.inside(number, deck)
    matcher.across()
    matcher.found_again()
    matcher.free = {ref: old for ref, old in matcher.free.items() if old.is_told}
    for number, deck in enumerate(known):
        if deck is not None:
            matcher.anchored(number)
    matcher.guess()
    return matcher.matches


class _Matcher:
    """The notes of the files and of the library that are not matched yet, and the matches so far."""

    def __init__(
        self, decks: Sequence[Deck], known: Sequence[KnownDeck | None], others: Iterable[KnownDeck]
    ) -> None:
        self.known = known
        self.matches: list[list[Match | None]] = [[None] * len(deck.notes) for deck in decks]
        self.open = {(at, index): note for at, deck in enumerate(decks) for index, note in enumerate(deck.notes)}
        # One that was moved is of two decks: of the one it is in, and of the one whose file tells it.
        self.home = {(old.ref, at) for at, deck in enumerate(known) if deck for old in deck.notes}
        self.free = {old.ref: old for deck in known if deck for old in deck.notes}
        self.elsewhere = [
            [old for old in deck.notes if old.missing_ms is None and old.is_told and old.away is None]
            for deck in others
        ]  # in their files, as far as is known
        self.free |= {old.ref: old for deck in others for old in deck.notes if old.missing_ms is not None}

    def settle(self, pairs: Iterable[tuple[Place, Known]], how: str, *, sure: bool) -> None:
        """Match pairs, the first of two that want the same note."""
        for place, old in pairs:
            if place in self.open and old.ref in self.free:
                origin = "" if self.is_home(place, old) else old.deck
                self.matches[place[0]][place[1]] = Match(old, how, sure, origin)
                del self.open[place], self.free[old.ref]

    def is_home(self, place: Place, old: Known) -> bool:
        """Whether the library's note is of the very deck."""
        return (old.ref, place[0]) in self.home

    def of_deck(self, number: int) -> tuple[dict[Place, Note], dict[int, Known]]:
        """What is left of one deck, in its file and in the library."""
        places = ((number, index) for index in range(len(self.matches[number])))
        notes = {place: self.open[place] for place in places if place in self.open}
        deck = self.known[number]
        return notes, {old.ref: old for old in deck.notes if old.ref in self.free} if deck else {}

    def inside(self, number: int, deck: KnownDeck) -> None:
        """Match by id and by text."""
        notes, _ = self.of_deck(number)
        by_key = {old.key: old for old in deck.notes}
        given = ((place, note.key) for place, note in notes.items() if note.key)
        self.settle([(place, by_key[key]) for place, key in given if key in by_key], "", sure=True)
        made = ((place, made_key(note.kind, note.question)) for place, note in notes.items() if not note.key)
        # An id that was made may have been written down since, and its note may have another text by now.
        told = ((place, by_key[key]) for place, key in made if key in by_key)
        pairs = [(place, old) for place, old in told if _text(old.note) == _text(notes[place])]
        self.settle(pairs, "", sure=True)
        notes, free = self.of_deck(number)
        # What its file lacked may have the text of what it holds.
        here = {ref: old for ref, old in free.items() if old.missing_ms is None}
        self.settle(_same(notes, here, _text), SAME_TEXT, sure=True)
        self.settle(_same(*self.of_deck(number), _text), SAME_TEXT, sure=True)

    def across(self) -> None:
        """Match by text what left one deck and came into another."""
        if not (self.open and self.free):
            return
        named = _same(self.open, self.free, lambda note: (note.key, _text(note)) if note.key else None)
        self.settle(named, "the same id and text", sure=True)
        self.settle(_same(self.open, self.free, _texts), SAME_TEXT, sure=True)

    def found_again(self) -> None:
        """Match the notes of decks that no file names, if the files tell most of them word for word."""
        for notes in self.elsewhere:
            told = _same(self.open, {old.ref: old for old in notes}, _texts)
            if is_found_again(len(notes), len(told)):
                self.free |= {old.ref: old for old in notes}
                self.settle(told, SAME_TEXT, sure=False)

    def anchored(self, number: int) -> None:
        """Match by anchors inside a deck."""
        notes, free = self.of_deck(number)
        pairs = [(place, old) for place, old in _same(notes, free, _anchors) if self.may_be(place, old)]
        self.settle(pairs, "the same anchor", sure=False)

    def guess(self) -> None:
        """Match what is alike, in one deck or in two."""
        self.settle(self.unsure(_same(self.open, self.free, _text)), "the same question", sure=False)
        self.settle(self.unsure(_same(self.open, self.free, _anchors)), "the same anchor", sure=False)
        for _ in range(3):  # again for notes whose rivals that were looked at are others' now
            left = len(self.open)
            if left and self.free:
                self.settle(self.unsure(self.similar()), "a similar question", sure=False)
            if len(self.open) == left:
                break

    def unsure(self, pairs: Iterable[tuple[Place, Known]]) -> list[tuple[Place, Known]]:
        return [(place, old) for place, old in pairs if self.may_be(place, old)]

    def may_be(self, place: Place, old: Known) -> bool:
        """An id that a file gives is its author's word: two of them are two notes."""
        key = self.open[place].key
        return key is None or old.has_made_key or (key == old.key and not self.is_home(place, old))

    def similar(self) -> list[tuple[Place, Known]]:
        """Pairs of similar questions, the most alike first."""
        ours = {place: _asked(note) for place, note in self.open.items()}
        theirs = {ref: _asked(old.note) for ref, old in self.free.items()}
        found: list[tuple[float, bool, Place, int]] = []
        for place, ref, likeness in similar(ours, theirs, SIMILAR_SAME_ANSWER):
            old, is_far = self.free[ref], not self.is_home(place, self.free[ref])
            same = bool(ours[place].answer) and ours[place].answer == theirs[ref].answer
            same = same or self.open[place].key == old.key
            if likeness >= (SIMILAR_SAME_ANSWER if same else SIMILAR) + FARTHER * is_far:
                found.append((-likeness, is_far, place, ref))
        return [(place, self.free[ref]) for _, _, place, ref in sorted(found)]


def _text(note: Note) -> Hashable:
    return note.kind, " ".join(note.question.split()).casefold()


def _texts(note: Note) -> Hashable:
    return _text(note), note.answer


def _anchors(note: Note) -> Hashable | None:
    return note.anchors or None


def _asked(note: Note) -> Asked:
    return Asked.of(note.question, note.answer)


def _same(
    notes: Mapping[Place, Note], known: Mapping[int, Known], trait: Callable[[Note], Hashable | None]
) -> list[tuple[Place, Known]]:
    """Pairs that share a trait which nobody else on either side has."""
    if not (notes and known):
        return []
    ours: defaultdict[Hashable, list[Place]] = defaultdict(list)
    theirs: defaultdict[Hashable, list[Known]] = defaultdict(list)
    for place, note in notes.items():
        ours[trait(note)].append(place)
    for old in known.values():
        theirs[trait(old.note)].append(old)
    return [
        (places[0], theirs[shared][0])
        for shared, places in ours.items()
        if shared is not None and len(places) == 1 and len(theirs.get(shared, ())) == 1
    ]

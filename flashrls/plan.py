"""What an import would do, as a value: every note of the files matched with the library's, nothing written yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from flashrls.cards import Deck, Note
from flashrls.formats.faults import Fault
from flashrls.matching import Known, KnownDeck, Match, match_notes
from flashrls.merging import Merged, is_same, merge, with_ours
from flashrls.order import longest_rise


class Change(StrEnum):
    """What an import does with a note."""

    NEW = "new"
    EDITED = "edited"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    MISSING = "missing"
    EDITED_HERE = "edited_here"
    CONFLICTING = "conflicting"
    ADDED_HERE = "added_here"

    @property
    def words(self) -> str:
        """The change as it is told."""
        return _WORDS.get(self, self.value)


_WORDS = {Change.EDITED_HERE: "edited here", Change.ADDED_HERE: "added here, in no file"}


@dataclass(frozen=True, slots=True)
class NotePlan:
    """What happens to one note; `note` is None for one that the file lacks, `known` for a new one.

    Attributes:
        position: its place in the file, from 0; a missing one's last place.
        how: by what the two were matched, where that was not the id.
        is_sure: whether they are certainly one.
        origin: the name of the deck it comes from, if that is another one; else empty.
        text: what the library is to hold, where that is not just what the file tells; else None.
        conflicts: the fields that the learner and the file changed differently.
    """

    change: Change
    note: Note | None
    known: Known | None
    position: int
    how: str = ""
    is_sure: bool = True
    origin: str = ""
    text: Note | None = None
    conflicts: tuple[str, ...] = ()

    @property
    def is_back(self) -> bool:
        """Whether its file lacked it until now."""
        return self.note is not None and self.known is not None and self.known.missing_ms is not None

    @property
    def is_written(self) -> bool:
        """Whether what the library holds of its text changes, or what it knows of the file's."""
        if self.note is None or self.known is None:
            return False
        if self.change in (Change.EDITED, Change.MOVED, Change.CONFLICTING):
            return True
        old = self.known
        return old.is_added or (old.local is not None and self.note.fingerprint != old.fingerprint)


@dataclass(frozen=True, slots=True)
class Guess:
    """A note of a file that may be one of the library's; the learner knows.

    Attributes:
        path: the file.
        note: the file's note.
        known: the library's.
        how: what they have in common.
        origin: the name of the deck that the library's note is in, if that is another one; else empty.
    """

    path: str
    note: Note
    known: Known
    how: str
    origin: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A note that the learner edited here and somebody else in its file, differently.

    Attributes:
        path: the file.
        note: the file's note.
        known: the library's; `known.here` is the learner's.
        fields: what differs, as "question"; "kind" stands for all of its words.
    """

    path: str
    note: Note
    known: Known
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeckPlan:
    """What happens to one deck: `known` is None for a new one."""

    path: str
    deck: Deck
    known: KnownDeck | None
    notes: tuple[NotePlan, ...]

    def count(self, change: Change) -> int:
        """How many notes change so."""
        return sum(note.change is change for note in self.notes)

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """The matches that are not certain, in the order of the file."""
        return tuple(
            Guess(self.path, planned.note, planned.known, planned.how, planned.origin)
            for planned in self.notes
            if planned.note and planned.known and not planned.is_sure
        )

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What the learner and the file changed differently, in the order of the file."""
        return tuple(
            Conflict(self.path, planned.note, planned.known, planned.conflicts)
            for planned in self.notes
            if planned.note and planned.known and planned.conflicts
        )


@dataclass(frozen=True, slots=True)
class FilePlan:
    """One file of an import: a plan for its deck, or its faults."""

    path: str
    deck: DeckPlan | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A whole import. It is applied only if no file has a fault."""

    files: tuple[FilePlan, ...]

    @property
    def faults(self) -> int:
        """How many faults all files have together."""
        return sum(len(file.faults) for file in self.files)

    @property
    def decks(self) -> tuple[DeckPlan, ...]:
        """The plans of the files without faults."""
        return tuple(file.deck for file in self.files if file.deck)

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """The matches that are not certain, file by file."""
        return tuple(guess for deck in self.decks for guess in deck.guesses)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What the learner and the files changed differently, file by file."""
        return tuple(conflict for deck in self.decks for conflict in deck.conflicts)

    def count(self, change: Change) -> int:
        """How many notes change so, over all files."""
        return sum(deck.count(change) for deck in self.decks)


ReadFile = tuple[str, Deck | tuple[Fault, ...]]
"""A file's name, fit to print, with its deck or all of its faults."""

Decide = Callable[[ImportPlan], Collection[Guess]]
"""Is told a plan, and returns those of its guesses that are two notes."""

Settle = Callable[[ImportPlan], Collection[Conflict]]
"""Is told a plan, and returns those of its conflicts in which the library's text stays."""


def plan_import(
    files: Sequence[ReadFile],
    library: Iterable[KnownDeck],
    apart: Collection[Guess] = (),
) -> ImportPlan:
    """Plan an import of parsed files, each a path with its deck or its faults, into the library's decks.

    The same files and library give the same guesses; the notes of those that are kept `apart` are a
    new one and one that its file lacks.
    """
    by_key = {deck.key: deck for deck in library}
    faults = _faults(files, by_key)
    told = [(at, path, one) for at, (path, one) in enumerate(files) if isinstance(one, Deck) and not faults[at]]
    named = {deck.key for _, _, deck in told}
    known = [by_key.get(deck.key) for _, _, deck in told]
    others = [deck for deck in by_key.values() if deck.key not in named]
    matches = match_notes([deck for _, _, deck in told], known, others)
    divorced = {(guess.path, guess.note.line, guess.note, guess.known.ref) for guess in apart}
    for (_, path, deck), mine in zip(told, matches, strict=True):
        for index, (note, match) in enumerate(zip(deck.notes, mine, strict=True)):
            if match and not match.is_sure and (path, note.line, note, match.known.ref) in divorced:
                mine[index] = None
    kept = {match.known.ref for mine in matches for match in mine if match}
    plans = {
        at: _plan_deck(path, deck, held, mine, kept)
        for (at, path, deck), held, mine in zip(told, known, matches, strict=True)
    }
    return ImportPlan(tuple(FilePlan(path, plans.get(at), faults[at]) for at, (path, _) in enumerate(files)))


def _faults(files: Sequence[ReadFile], by_key: dict[str, KnownDeck]) -> list[tuple[Fault, ...]]:
    """Each file's faults: its own, or that its deck can't be told from another."""
    names = {deck.key: deck.name for deck in by_key.values()}
    names |= {deck.key: deck.name for _, deck in reversed(files) if isinstance(deck, Deck)}
    owners = {deck.name: deck.key for deck in by_key.values() if names[deck.key] == deck.name}
    claimed: dict[tuple[str, str], str] = {}
    found: list[tuple[Fault, ...]] = []
    for path, parsed in files:
        if not isinstance(parsed, Deck):
            found.append(tuple(_with_owner(fault, by_key) for fault in parsed))
            continue
        fault = _clash(parsed, owners, claimed)
        found.append((fault,) if fault else ())
        if not fault:
            claimed |= dict.fromkeys(_names(parsed), path)
    return found


def _names(deck: Deck) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("id", deck.key), ("name", deck.name)


def _clash(deck: Deck, owners: dict[str, str], claimed: dict[tuple[str, str], str]) -> Fault | None:
    """Two decks of one name or id can't be told apart when they are imported again."""
    for taken in _names(deck):
        if taken in claimed:
            return Fault(
                1,
                f"The deck '{taken[1]}' is also in {claimed[taken]}.",
                "Give each file a deck name and an id of its own, or put their cards into one file.",
            )
    owner = owners.get(deck.name, deck.key)
    if owner != deck.key:
        return Fault(
            1,
            f"The library already has a deck '{deck.name}', with the id '{owner}', not '{deck.key}'.",
            f"Write `id: {owner}` into the head if it is the same deck, else give this one another name.",
        )
    return None


def _with_owner(fault: Fault, by_key: dict[str, KnownDeck]) -> Fault:
    """Where two cards of a file have one id, say which of them has it in the library, if one has."""
    twice = fault.twice
    deck = by_key.get(twice.deck) if twice else None
    old = next((old for old in deck.notes if old.key == twice.key), None) if twice and deck else None
    if twice is None or old is None:
        return fault
    asks = " ".join(old.note.question.split())
    is_first, is_second = (" ".join(text.split()) == asks for text in twice.questions)
    if is_first == is_second:
        return fault
    owner, other = twice.lines if is_first else reversed(twice.lines)
    return replace(
        fault,
        line=other,
        message=f"The id '{twice.key}' is used twice; it is the id of the card in line {owner}, this one is new.",
        mend="Give this card another id.",
    )


def settled(plan: ImportPlan, ours: Collection[Conflict]) -> ImportPlan:
    """Return a plan in which the library's text stays in the conflicts `ours`, and the file's wins the others."""
    if not ours:
        return plan
    mine = {(conflict.path, conflict.known.ref) for conflict in ours}
    files = [
        replace(
            file, deck=replace(file.deck, notes=tuple(_settled(note, file.path, mine) for note in file.deck.notes))
        )
        if file.deck
        else file
        for file in plan.files
    ]
    return ImportPlan(tuple(files))


def _settled(planned: NotePlan, path: str, mine: Collection[tuple[str, int]]) -> NotePlan:
    if not (planned.conflicts and planned.text and planned.known) or (path, planned.known.ref) not in mine:
        return planned
    merged = Merged(planned.text, planned.conflicts)
    return replace(planned, text=with_ours(merged, planned.known.here))


def _plan_deck(
    path: str, deck: Deck, known: KnownDeck | None, matches: Sequence[Match | None], kept: Collection[int]
) -> DeckPlan:
    """Say what happens to each note, missing ones last; `kept` are the library's notes that some file holds."""
    old_places = [match.known.position if match and _is_placed(match) else -1 for match in matches]
    in_order = _unmoved(old_places)
    twins = _twins(known, matches, kept)
    plans = [
        _plan_note(match, note, position, position in in_order)
        for position, (note, match) in enumerate(zip(deck.notes, matches, strict=True))
        if match or note.key not in twins
    ]
    left = [old for old in (known.notes if known else ()) if old.ref not in kept]
    plans += [NotePlan(Change.ADDED_HERE, None, old, old.position) for old in left if old.is_added]
    gone = [old for old in left if old.is_told and old.away is None]
    plans += [NotePlan(Change.MISSING, None, old, old.position) for old in gone]
    return DeckPlan(path, deck, known, tuple(plans))


def _is_placed(match: Match) -> bool:
    """Whether the place that a note has in the library was once its place in this file."""
    return not match.origin and match.known.away is None


def _twins(known: KnownDeck | None, matches: Sequence[Match | None], kept: Collection[int]) -> set[str]:
    """The ids of moved notes that the deck's file and another deck's both tell; the other one's was taken."""
    moved = [
        old for old in (known.notes if known else ()) if old.ref in kept and (old.home or old.away is not None)
    ]
    if not moved:
        return set()
    mine = {match.known.ref for match in matches if match}
    return {old.key for old in moved if old.ref not in mine}


def _plan_note(match: Match | None, note: Note, position: int, in_order: bool) -> NotePlan:
    if match is None:
        return NotePlan(Change.NEW, note, None, position)
    old = match.known
    in_order = in_order or old.away is not None
    change = _change(old, note, in_order)
    planned = NotePlan(change, note, old, position, match.how, match.is_sure, match.origin)
    if old.local is None and not old.is_added:
        return planned
    if change is not Change.EDITED and not old.is_added:
        return replace(planned, change=Change.EDITED_HERE, text=replace(old.here, section=note.section))
    merged = merge(None if old.is_added else old.note, old.here, note)
    if merged.conflicts:
        return replace(planned, change=Change.CONFLICTING, text=merged.note, conflicts=merged.conflicts)
    if not is_same(merged.note, old.here):
        change = Change.EDITED
    elif is_same(merged.note, note):
        change = Change.UNCHANGED if in_order and note.section == old.here.section else Change.MOVED
    else:
        change = Change.EDITED_HERE
    return replace(planned, change=change, text=merged.note)


def _change(old: Known, note: Note, in_order: bool) -> Change:
    if old.is_removed or replace(note, section=old.note.section).fingerprint != old.fingerprint:
        return Change.EDITED
    return Change.UNCHANGED if in_order and note.section == old.note.section else Change.MOVED


def _unmoved(positions: Sequence[int]) -> set[int]:
    """The indexes of the notes that kept their order among the old positions (-1: none).

    Two notes have one position if the first was missing from the file while the other took its place.
    """
    placed = [index for index, position in enumerate(positions) if position >= 0]
    return {placed[at] for at in longest_rise([positions[index] for index in placed])}

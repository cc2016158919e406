"""What an import would do, as a value: every note of the files matched with the library's, nothing written yet."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from heapq import nlargest

from flashrls.cards import Deck, Note, is_made_key, made_key
from flashrls.formats.faults import Fault

SIMILAR = 0.75
"""The least likeness of two questions, 0..1, at which one counts as the other's edit."""

_SURE = 0.9
"""The likeness from which on no rival that shares less is looked at."""

_RIVALS = 8
"""How many of the library's notes a question is compared with: those that share its rarest words."""


class Change(StrEnum):
    """What an import does with a note."""

    NEW = "new"
    EDITED = "edited"
    MOVED = "moved"
    UNCHANGED = "unchanged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Known:
    """A note as the library holds it: its reference, its id in the file, what was imported last, its place."""

    ref: int
    key: str
    note: Note
    fingerprint: str
    position: int

    @property
    def has_made_key(self) -> bool:
        """Whether its id was made from its text, since its file gave it none."""
        return is_made_key(self.key)


@dataclass(frozen=True, slots=True)
class KnownDeck:
    """A deck as the library holds it."""

    ref: int
    key: str
    name: str
    notes: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class NotePlan:
    """What happens to one note; `note` is None for a missing one, `known` for a new one.

    `how` says by what the two were matched where that was not the id.
    """

    change: Change
    note: Note | None
    known: Known | None
    position: int
    how: str = ""


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

    def count(self, change: Change) -> int:
        """How many notes change so, over all files."""
        return sum(deck.count(change) for deck in self.decks)


def plan_import(files: Sequence[tuple[str, Deck | tuple[Fault, ...]]], library: Iterable[KnownDeck]) -> ImportPlan:
    """Plan an import of parsed files, each a path with its deck or its faults, into the library's decks."""
    by_key = {deck.key: deck for deck in library}
    by_name = {deck.name: deck for deck in by_key.values()}
    claimed: dict[tuple[str, str], str] = {}
    planned: list[FilePlan] = []
    for path, parsed in files:
        if not isinstance(parsed, Deck):
            planned.append(FilePlan(path, None, parsed))
            continue
        fault = _clash(parsed, by_name, claimed)
        if fault:
            planned.append(FilePlan(path, None, (fault,)))
            continue
        claimed |= dict.fromkeys(_names(parsed), path)
        planned.append(FilePlan(path, plan_deck(path, parsed, by_key.get(parsed.key))))
    return ImportPlan(tuple(planned))


def _names(deck: Deck) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("id", deck.key), ("name", deck.name)


def _clash(deck: Deck, by_name: dict[str, KnownDeck], claimed: dict[tuple[str, str], str]) -> Fault | None:
    """Two decks of one name or id can't be told apart when they are imported again."""
    for taken in _names(deck):
        if taken in claimed:
            return Fault(
                1,
                f"The deck '{taken[1]}' is also in {claimed[taken]}.",
                "Give each file a deck name and an id of its own, or put their cards into one file.",
            )
    namesake = by_name.get(deck.name)
    if namesake and namesake.key != deck.key:
        return Fault(
            1,
            f"The library already has a deck '{deck.name}', with the id '{namesake.key}', not '{deck.key}'.",
            f"Write `id: {namesake.key}` into the head if it is the same deck, else give this one another name.",
        )
    return None


def plan_deck(path: str, deck: Deck, known: KnownDeck | None) -> DeckPlan:
    """Match a deck's notes with the library's and say what happens to each, missing ones last."""
    matches = _match(deck.notes, known.notes if known else ())
    kept_order = _longest_rise([match[0].position if match else -1 for match in matches])
    plans: list[NotePlan] = []
    for position, (note, match) in enumerate(zip(deck.notes, matches, strict=True)):
        if match is None:
            plans.append(NotePlan(Change.NEW, note, None, position))
            continue
        old, how = match
        plans.append(NotePlan(_change(old, note, position in kept_order), note, old, position, how))
    found = {match[0].ref for match in matches if match}
    missing = [old for old in (known.notes if known else ()) if old.ref not in found]
    plans += [NotePlan(Change.MISSING, None, old, old.position) for old in missing]
    return DeckPlan(path, deck, known, tuple(plans))


def _change(old: Known, note: Note, in_order: bool) -> Change:
    if replace(note, section=old.note.section).fingerprint != old.fingerprint:
        return Change.EDITED
    return Change.UNCHANGED if in_order and note.section == old.note.section else Change.MOVED


def _match(notes: Sequence[Note], known: Sequence[Known]) -> list[tuple[Known, str] | None]:
    """For each note the library's note that it is, and by what it was recognised; None for a new one.

    First the ids decide, then the exact text. Notes whose file gives them no id are also recognised
    by their anchors or a similar question; two different ids are two different notes.
    """
    matches: list[tuple[Known, str] | None] = [None] * len(notes)
    free = {old.ref: old for old in known}
    open_notes = dict(enumerate(notes))

    def settle(pairs: Iterable[tuple[int, Known]], how: str) -> None:
        for index, old in pairs:
            if index in open_notes and old.ref in free:
                matches[index] = (old, how)
                del open_notes[index], free[old.ref]

    by_key = {old.key: old for old in known}
    given = ((index, note.key) for index, note in enumerate(notes) if note.key)
    settle([(index, by_key[key]) for index, key in given if key in by_key], "")
    made = ((index, made_key(note.kind, note.question)) for index, note in enumerate(notes) if not note.key)
    # An id that was made may have been written down since, and its note may have another text by now.
    told = ((index, by_key[key]) for index, key in made if key in by_key)
    settle([(index, old) for index, old in told if _text(old.note) == _text(notes[index])], "")
    settle(_same(open_notes, free, _text), "the same text")

    # An id that a file gives is its author's word, so from here on one side must have none.
    def unsure(index: int, old: Known) -> bool:
        return open_notes[index].key is None or old.has_made_key

    anchored = _same(open_notes, free, lambda note: note.anchors or None)
    settle([(i, old) for i, old in anchored if unsure(i, old)], "the same anchor")
    for _ in range(2):  # again for notes whose only rival that was looked at is another's
        similar = _similar(open_notes, free)
        settle([(i, old) for i, old in similar if unsure(i, old)], "a similar question")
    return matches


def _text(note: Note) -> Hashable:
    return note.kind, " ".join(note.question.split()).casefold()


def _same(
    notes: dict[int, Note], known: dict[int, Known], trait: Callable[[Note], Hashable | None]
) -> list[tuple[int, Known]]:
    """Pairs that share a trait which nobody else on either side has."""
    ours: defaultdict[Hashable, list[int]] = defaultdict(list)
    theirs: defaultdict[Hashable, list[Known]] = defaultdict(list)
    for index, note in notes.items():
        ours[trait(note)].append(index)
    for old in known.values():
        theirs[trait(old.note)].append(old)
    return [
        (indexes[0], theirs[shared][0])
        for shared, indexes in ours.items()
        if shared is not None and len(indexes) == 1 and len(theirs.get(shared, ())) == 1
    ]


def _similar(notes: dict[int, Note], known: dict[int, Known]) -> list[tuple[int, Known]]:
    """Pairs of similar questions, the most alike first; each note is compared with a few rivals only."""
    holders: defaultdict[str, list[Known]] = defaultdict(list)
    for old in known.values():
        for word in set(old.note.question.casefold().split()):
            holders[word].append(old)
    found: list[tuple[float, int, Known]] = []
    for index, note in notes.items():
        votes: defaultdict[int, float] = defaultdict(float)
        words = sorted(set(note.question.casefold().split()) & holders.keys(), key=lambda w: (len(holders[w]), w))
        for word in words[:_RIVALS]:
            for old in holders[word][: _RIVALS * 4]:
                votes[old.ref] += 1 / len(holders[word])  # else the words of all outvote the rare ones
        matcher = SequenceMatcher(None, "", note.question[:500], autojunk=False)  # it caches the second text
        votes_of_sure = 0.0
        for ref in nlargest(_RIVALS, votes, key=votes.__getitem__):
            if votes[ref] < votes_of_sure:
                break
            matcher.set_seq1(known[ref].note.question[:500])
            if matcher.real_quick_ratio() < SIMILAR or matcher.quick_ratio() < SIMILAR:
                continue  # both are upper bounds, and cheap
            likeness = matcher.ratio()
            if likeness >= SIMILAR:
                found.append((-likeness, index, known[ref]))
            if likeness >= _SURE:
                votes_of_sure = votes[ref]
    found.sort(key=lambda pair: (pair[0], pair[1], pair[2].ref))
    return [(index, old) for _, index, old in found]


def _longest_rise(positions: Sequence[int]) -> set[int]:
    """The indexes of the longest rising run of the old positions (-1: none): the notes that did not move.

    Two notes have one position if the first was missing from the file while the other took its place.
    """
    tails: list[int] = []
    tail_indexes: list[int] = []
    before: dict[int, int | None] = {}
    for index, position in enumerate(positions):
        if position < 0:
            continue
        at = bisect_right(tails, position)
        before[index] = tail_indexes[at - 1] if at else None
        tails[at : at + 1] = [position]
        tail_indexes[at : at + 1] = [index]
    kept: set[int] = set()
    index_or_none = tail_indexes[-1] if tail_indexes else None
    while index_or_none is not None:
        kept.add(index_or_none)
        index_or_none = before[index_or_none]
    return kept

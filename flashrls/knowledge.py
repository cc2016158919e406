"""A document with its cards: what they quote of it, and what their reviews say is known of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from flashrls.anchors.coverage import Coverage, Quoted, cover
from flashrls.anchors.find import Finder, Place
from flashrls.anchors.fold import fold
from flashrls.anchors.refind import Standing
from flashrls.cards import Skip, Source
from flashrls.stats import Rate


@dataclass(frozen=True, slots=True)
class StoredAnchor:
    """An anchor as the library holds it.

    Attributes:
        note: its note's reference in this library.
        note_id: the id by which commands call the note.
        quote: the words as the deck file gives them.
        standing: found, moved, reworded, lost, or unverified: there is no document, or several places fit.
        place: where it stands in the document; None if it doesn't.
    """

    note: int
    note_id: str
    quote: str
    standing: Standing
    place: Place | None


@dataclass(frozen=True, slots=True)
class CardRecord:
    """A card and what its log says.

    Attributes:
        ref, note: its own and its note's reference in this library.
        id: the id that commands take.
        question: as it is asked.
        passes, reviews: among the first reviews of a study day, answers to new cards left out.
        lapses: how often it was forgotten.
        is_seen: it was answered before.
        is_due: it is due today or was before, and takes part in the queue.
    """

    ref: int
    note: int
    id: str
    question: str
    passes: int
    reviews: int
    lapses: int
    is_seen: bool
    is_due: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """What the cards of a stretch of the document say of it.

    Attributes:
        cards: how many quote it.
        seen: how many of them were answered before.
        due: how many are due.
        lapses: theirs together.
        rate: passes among their first reviews of a day.
    """

    cards: int
    seen: int
    due: int
    lapses: int
    rate: Rate


@dataclass(frozen=True)
class SourceView:
    """A document with the cards of some decks.

    Attributes:
        finder: the document, folded, with its outline.
        decks: the names of the decks, as they came.
        anchors: theirs; those of drafts, and of cards whose text is gone, are left out.
        cards: theirs, likewise.
        skips: stretches that the decks leave out on purpose.
    """

    finder: Finder
    decks: tuple[str, ...]
    anchors: tuple[StoredAnchor, ...]
    cards: tuple[CardRecord, ...]
    skips: tuple[Skip, ...] = ()

    @cached_property
    def coverage(self) -> Coverage:
        """What the anchors quote of the document."""
        placed = (Quoted(anchor.note, anchor.place) for anchor in self.anchors if anchor.place)
        return cover(self.finder, placed, self.skips)

    @property
    def unplaced(self) -> tuple[StoredAnchor, ...]:
        """The anchors that don't stand in the document."""
        return tuple(anchor for anchor in self.anchors if anchor.place is None)

    @cached_property
    def _cards_by_note(self) -> dict[int, list[CardRecord]]:
        cards: defaultdict[int, list[CardRecord]] = defaultdict(list)
        for card in self.cards:
            cards[card.note].append(card)
        return cards

    def cards_of(self, notes: Iterable[int]) -> list[CardRecord]:
        """Return the cards of notes, in the order of the notes."""
        return [card for note in notes for card in self._cards_by_note.get(note, ())]

    def of_sentence(self, sentence: int) -> Measured:
        """Return what is measured of a sentence; `sentence` counts from 0."""
        return measured(self.cards_of(self.coverage.sentences[sentence].notes))

    def of_section(self, section: int) -> Measured:
        """Return what is measured of a section; `section` counts from 0."""
        return measured(self.cards_of(self.coverage.sections[section].notes))

    def weakest(self, most: int) -> list[int]:
        """Return up to `most` sentences that were forgotten, the most often forgotten first."""
        lapses = {at: self.of_sentence(at) for at, cover in enumerate(self.coverage.sentences) if cover.notes}
        weak = [at for at, known in lapses.items() if known.lapses]
        return sorted(weak, key=lambda at: (-lapses[at].lapses, lapses[at].rate.passes, at))[:most]

    def label(self, sentence: int) -> str:
        """Return a sentence's number as people read and type it: its section's, a dot, its own in there, from 1."""
        section = self.finder.outline.sentences[sentence].section
        return f"{section + 1}.{sentence - self.coverage.sections[section].sentences.start + 1}"


def measured(cards: Sequence[CardRecord]) -> Measured:
    """Return what some cards say together."""
    return Measured(
        cards=len(cards),
        seen=sum(card.is_seen for card in cards),
        due=sum(card.is_due for card in cards),
        lapses=sum(card.lapses for card in cards),
        rate=Rate(sum(card.passes for card in cards), sum(card.reviews for card in cards)),
    )


@dataclass(frozen=True)
class Passages:
    """Where a note's anchors stand in the document of its deck.

    Attributes:
        source: the document that the deck's head names; any of it may be empty.
        finder: the attached document; None if none is.
        anchors: the note's, in the order of its file.
    """

    source: Source
    finder: Finder | None
    anchors: tuple[StoredAnchor, ...]

    @property
    def placed(self) -> tuple[StoredAnchor, ...]:
        """The anchors that stand in the document."""
        return tuple(anchor for anchor in self.anchors if anchor.place)

    @property
    def missing(self) -> str:
        """Why no passage can be shown and what to do about it; empty if one can."""
        if self.placed:
            return ""
        if not self.anchors:
            return "This card has no anchor: it doesn't say where in its source it comes from."
        if self.finder is not None:
            return (
                "Its anchor is not in the attached document, or fits several places: "
                "`flashrls check` on the deck file tells more."
            )
        return f"Its source is not attached. {how_to_attach(self.source)}"


def place_words(finder: Finder, place: Place) -> str:
    """Return where a place is in words: "The Connection to Iron, sentence 3 of 12"."""
    touched = finder.outline.touching(place.start, place.end)
    if not touched:
        heading = next((s for s in finder.outline.sections if s.start <= place.start < s.end), None)
        return f"the heading “{heading.title}”" if heading and heading.title else finder.document.title
    number = finder.outline.sentences[touched.start].section
    inside = finder.outline.of_section(number)
    title = finder.outline.sections[number].title or finder.document.title
    return f"{title}, sentence {touched.start - inside.start + 1} of {len(inside)}"


def how_to_attach(source: Source) -> str:
    """Return how to attach the document that a deck's head names."""
    name = source.title and f"“{source.title}”"
    if name or source.file:
        return f"If you have the text {name or source.file}: `flashrls source add FILE` attaches it."
    return "`flashrls source add FILE --deck DECK` attaches one."


def is_named(source: Source, *, title: str, file: str, sha256: str) -> str:
    """Return by what a deck's head names a document: "sha256", "file", "title", or "" if it doesn't."""
    if source.sha256 and source.sha256.casefold() == sha256:
        return "sha256"
    if source.file and _same(source.file.replace("\\", "/").rpartition("/")[2], file):
        return "file"
    return "title" if source.title and _same(source.title, title) else ""


def _same(one: str, other: str) -> bool:
    return fold(one).text.strip().casefold() == fold(other).text.strip().casefold()

"""The sentences of a document that want a place in its worksheet, and those that have one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flashrls.anchors.find import Ambiguous, Finder, Place
from flashrls.anchors.fold import fold
from flashrls.cards import Skip
from flashrls.draft.quoting import one_line, quotable, sentence_id
from flashrls.draft.sheet import Entry, Sheet

_COUNTED = re.compile(r"-\d+$")


@dataclass(frozen=True, slots=True)
class Slot:
    """A sentence as a worksheet holds it.

    Attributes:
        number: the sentence's in the outline, from 0.
        section: its section's number in the outline, from 0.
        path: the headings above it as a deck file tells them.
        quote: the sentence on one line, fit to be an anchor.
        key: the id of a card made of it.
    """

    number: int
    section: int
    path: str
    quote: str
    key: str


def slots_of(finder: Finder) -> list[Slot]:
    """Return the document's sentences in order; one that is told again word for word counts once."""
    found: dict[str, Slot] = {}
    taken: set[str] = set()
    outline, text = finder.outline, finder.document.text
    paths = [" > ".join(filter(None, map(one_line, section.path.split(" > ")))) for section in outline.sections]
    for number, sentence in enumerate(outline.sentences):
        quote = quotable(text[sentence.start : sentence.end])
        folded = same_words(quote)
        if not quote or folded in found:
            continue
        key = sentence_id(quote, folded)
        while key in taken:
            key += "x"
        taken.add(key)
        found[folded] = Slot(number, sentence.section, paths[sentence.section], quote, key)
    return list(found.values())


def same_words(quote: str) -> str:
    """Return what two quotes of the same words have in common."""
    return fold(quote).text.strip()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a worksheet holds already.

    Attributes:
        entries: the entries of each sentence that has any, by the sentence's number.
        skipped: numbers of the sentences that the head's `skip` names.
    """

    entries: Mapping[int, tuple[Entry, ...]]
    skipped: frozenset[int]

    def __contains__(self, slot: Slot) -> bool:
        return slot.number in self.entries or slot.number in self.skipped


def standing(finder: Finder, slots: Iterable[Slot], sheet: Sheet) -> Standing:
    """Return which sentences a worksheet has cards or comments for: by their words, by their ids, by anchors.

    An anchor that fits several places counts for none of them, so that no sentence is missed.
    """
    slots = list(slots)
    by_words = {same_words(slot.quote): slot for slot in slots}
    by_key = {slot.key: slot for slot in slots}
    numbers = {slot.number for slot in slots}
    entries: dict[int, tuple[Entry, ...]] = {}
    for entry in sheet.entries:
        for number in {*_by_id(entry, by_key), *_by_anchor(finder, entry, by_words)} & numbers:
            entries[number] = (*entries.get(number, ()), entry)
    return Standing(entries, frozenset(_skipped(finder, sheet.skip, by_words)))


def _by_id(entry: Entry, by_key: Mapping[str, Slot]) -> Iterator[int]:
    key = entry.key or ""
    slot = by_key.get(key) or by_key.get(_COUNTED.sub("", key))
    if slot:
        yield slot.number


def _by_anchor(finder: Finder, entry: Entry, by_words: Mapping[str, Slot]) -> Iterator[int]:
    for quote in entry.quotes:
        if slot := by_words.get(same_words(quote)):
            yield slot.number
        elif isinstance(place := finder.find(quote, entry.section.split(" > ")), Place):
            yield from touched(finder, place)


def _skipped(finder: Finder, skips: Iterable[Skip], by_words: Mapping[str, Slot]) -> Iterator[int]:
    for skip in skips:
        if slot := by_words.get(same_words(skip.text)):
            yield slot.number
            continue
        place = finder.find(skip.text)
        for found in place.places if isinstance(place, Ambiguous) else [place]:
            if isinstance(found, Place):
                yield from touched(finder, found)


def touched(finder: Finder, place: Place) -> Iterator[int]:
    """Return the numbers of the sentences that a place has words of."""
    for start, end in place.parts:
        yield from finder.outline.touching(start, end)

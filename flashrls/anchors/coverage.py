"""What the anchors of a deck quote of a document, sentence by sentence and section by section."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flashrls.anchors.find import Finder, Place
from flashrls.anchors.words import words
from flashrls.cards import Skip
from flashrls.documents.text import Outline, Section, Sentence

_SHADES = (("█", "#", 8), ("▓", "+", 5))
"""Marks and how many of ten words must be quoted for each."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """An anchor of a note, placed in the document; `note` is whatever number its caller tells notes by."""

    note: int
    place: Place


@dataclass(frozen=True, slots=True)
class SentenceCover:
    """What is quoted of a sentence.

    Attributes:
        sentence: where it stands.
        words: how many it has; 0 for a row of dots.
        quoted: how many of them at least one anchor touches.
        notes: the notes with an anchor that touches the sentence, in rising order.
        untouched: the stretches of words that no anchor touches, as offsets in the document's text.
        skipped: the reason for which a deck leaves it out; None if none does.
    """

    sentence: Sentence
    words: int
    quoted: int
    notes: tuple[int, ...]
    untouched: tuple[tuple[int, int], ...]
    skipped: str | None


@dataclass(frozen=True, slots=True)
class SectionCover:
    """What is quoted of a section.

    Attributes:
        section: where it stands.
        sentences: the indexes of its sentences; empty, but where they would stand, if it has none.
        words: how many its sentences have together, skipped ones left out.
        quoted: how many of those at least one anchor touches.
        skipped: how many sentences are skipped.
        notes: the notes with an anchor in its sentences, skipped ones left out, in rising order.
    """

    section: Section
    sentences: range
    words: int
    quoted: int
    skipped: int
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is quoted of a document; `lost_skips` are those whose text is not in it, or more than once."""

    sections: tuple[SectionCover, ...]
    sentences: tuple[SentenceCover, ...]
    lost_skips: tuple[Skip, ...] = ()

    @property
    def words(self) -> int:
        """How many words the sentences have, skipped ones left out."""
        return sum(section.words for section in self.sections)

    @property
    def quoted(self) -> int:
        """How many of the words at least one anchor touches."""
        return sum(section.quoted for section in self.sections)

    @property
    def touched(self) -> int:
        """How many sentences have an anchor, skipped ones left out."""
        return sum(bool(sentence.notes) and sentence.skipped is None for sentence in self.sentences)

    @property
    def skipped(self) -> int:
        """How many sentences are skipped."""
        return sum(section.skipped for section in self.sections)


def cover(finder: Finder, quoted: Iterable[Quoted], skips: Sequence[Skip] = ()) -> Coverage:
    """Return what the anchors quote of the finder's document; their order doesn't matter.

    Args:
        finder: of the document that the anchors were placed in.
        quoted: the anchors.
        skips: what is left out on purpose. Each is found like an anchor and takes every sentence it
            touches, and if it touches a heading, everything below that heading.
    """
    outline = finder.outline
    notes: defaultdict[int, set[int]] = defaultdict(set)
    parts: list[tuple[int, int]] = []
    for one in quoted:
        parts += one.place.parts
        for at in _touched(outline, one.place):
            notes[at].add(one.note)
    reasons, lost = _skipped(finder, skips)
    covered = _merged(parts)
    starts = [start for start, _ in covered]
    text = finder.document.text
    sentences: list[SentenceCover] = []
    for at, sentence in enumerate(outline.sentences):
        spans = list(words(text, sentence.start, sentence.end))
        is_quoted = [_touches(word, covered, starts) for word in spans]
        sentences.append(
            SentenceCover(
                sentence,
                len(spans),
                sum(is_quoted),
                tuple(sorted(notes.get(at, ()))),
                _untouched(spans, is_quoted),
                reasons.get(at),
            )
        )
    return Coverage(tuple(_sections(outline, sentences)), tuple(sentences), lost)


def _touched(outline: Outline, place: Place) -> Iterable[int]:
    return (at for start, end in place.parts for at in outline.touching(start, end))


def _merged(parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same characters as rising stretches that don't touch each other."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return merged


def _touches(word: tuple[int, int], covered: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, word[1]) - 1
    return at >= 0 and covered[at][1] > word[0]


def _untouched(words: Sequence[tuple[int, int]], is_quoted: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    goes_on = False
    for (start, end), quoted in zip(words, is_quoted, strict=True):
        if not quoted and goes_on:
            runs[-1] = (runs[-1][0], end)
        elif not quoted:
            runs.append((start, end))
        goes_on = not quoted
    return tuple(runs)


def _skipped(finder: Finder, skips: Sequence[Skip]) -> tuple[dict[int, str], tuple[Skip, ...]]:
    """The reasons by sentence, and the skips that have no one place; of two reasons the first counts."""
    outline = finder.outline
    reasons: dict[int, str] = {}
    lost: list[Skip] = []
    for skip in skips:
        place = finder.find(skip.text)
        if not isinstance(place, Place):
            lost.append(skip)
            continue
        for at in (*_touched(outline, place), *_below_headings(outline, place)):
            reasons.setdefault(at, skip.why)
    return reasons, tuple(lost)


def _below_headings(outline: Outline, place: Place) -> Iterable[int]:
    """The sentences below the headings that a place touches, down to the next heading of such a level."""
    sections, sentences = outline.sections, outline.sentences
    starts = [section.start for section in sections]
    first = max(0, bisect_right(starts, place.start) - 1)
    for number in range(first, bisect_left(starts, place.end)):
        level = sections[number].level
        if level and place.start < _heading_end(outline, number):
            after = (other for other in range(number + 1, len(sections)) if sections[other].level <= level)
            last = next(after, len(sections))
            begin = bisect_left(sentences, number, key=lambda sentence: sentence.section)
            yield from range(begin, bisect_left(sentences, last, key=lambda sentence: sentence.section))


def _heading_end(outline: Outline, number: int) -> int:
    section = outline.sections[number]
    first = bisect_left(outline.sentences, number, key=lambda sentence: sentence.section)
    inside = outline.sentences[first : first + 1]
    return inside[0].start if inside and inside[0].section == number else section.end


def _sections(outline: Outline, sentences: Sequence[SentenceCover]) -> Iterable[SectionCover]:
    begin = 0
    for number, section in enumerate(outline.sections):
        end = begin
        while end < len(sentences) and sentences[end].sentence.section == number:
            end += 1
        counted = [one for one in sentences[begin:end] if one.skipped is None]
        yield SectionCover(
            section=section,
            sentences=range(begin, end),
            words=sum(one.words for one in counted),
            quoted=sum(one.quoted for one in counted),
            skipped=end - begin - len(counted),
            notes=tuple(sorted({note for one in counted for note in one.notes})),
        )
        begin = end


def mark(words: int, quoted: int, *, skipped: bool = False, ascii_only: bool = False) -> str:
    """Return one mark for how much is quoted: all or nearly all, at least half, some, none; or skipped."""
    if skipped:
        return "x" if ascii_only else "×"
    if not quoted:
        return "." if ascii_only else "·"
    for shade, plain, least in _SHADES:
        if 10 * quoted >= least * words:
            return plain if ascii_only else shade
    return "-" if ascii_only else "▒"


def least_quoted(coverage: Coverage, most: int) -> list[int]:
    """Return the indexes of up to `most` sentences with words that nobody quotes, the smallest share first.

    Skipped sentences are left out; of equal shares the first in the document comes first.
    """
    wanting = [at for at, one in enumerate(coverage.sentences) if one.untouched and one.skipped is None]
    share = {at: coverage.sentences[at].quoted / coverage.sentences[at].words for at in wanting}
    return sorted(wanting, key=lambda at: (share[at], at))[: max(0, most)]

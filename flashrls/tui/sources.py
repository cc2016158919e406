"""What the source screen asks of the library, and ways through a document's sentences. No screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flashrls.anchors.find import Place
from flashrls.cards import Source
from flashrls.clean import clean_line
from flashrls.knowledge import SourceView, place_words
from flashrls.study import StudyCard
from flashrls.tui.marked import marked
from flashrls.tui.sentence import Sentence

if TYPE_CHECKING:
    from flashrls.store.library import Library


@dataclass(frozen=True, slots=True)
class Sources:
    """Documents, and the decks that have anchors but no document, each with the source that its head names."""

    views: tuple[SourceView, ...]
    loose: tuple[tuple[str, Source], ...]


def read_sources(library: Library, deck: str | None) -> Sources:
    """Return the documents of a deck and its sub-decks, None for all; what takes long is worked out here.

    Raises:
        FlashrlsError: there is no such deck, or the library can't be read.
    """
    views = library.sources(deck)
    for view in views:
        _ = view.coverage  # kept by the view
    return Sources(tuple(views), tuple(library.unattached(deck)))


def sentence_of(view: SourceView, at: int, cards: Sequence[StudyCard]) -> Sentence:
    """Return the sentence `at` with its cards, which come in the order of `view.cards_of`."""
    cover = view.coverage.sentences[at]
    start, end = cover.sentence.start, cover.sentence.end
    quoted = [part for anchor in view.anchors if anchor.place for part in anchor.place.parts]
    place = clean_line(place_words(view.finder, Place(start, end, ((start, end),))))
    text = marked(view.finder.document.text, start, end, quoted)
    return Sentence(place, text, cover.skipped, tuple(zip(cards, view.cards_of(cover.notes), strict=True)))


def next_gap(view: SourceView, at: int, steps: int) -> int | None:
    """Return the nearest sentence after `at` (before it for -1) that no card quotes and that isn't left out.

    After the last comes the first again; None if there is none.
    """
    covers = view.coverage.sentences
    return _next(len(covers), at, steps, lambda other: not covers[other].notes and covers[other].skipped is None)


def next_lapse(view: SourceView, at: int, steps: int) -> int | None:
    """Return the nearest sentence after `at` (before it for -1) whose cards have lapses; None if there is none."""
    covers = view.coverage.sentences
    return _next(len(covers), at, steps, lambda other: bool(covers[other].notes and view.of_sentence(other).lapses))


def _next(length: int, at: int, steps: int, wanted: Callable[[int], bool]) -> int | None:
    order = ((at + steps * ahead) % length for ahead in range(1, length + 1))
    return next((other for other in order if wanted(other)), None)


def common_level(decks: Sequence[str]) -> str | None:
    """Return the longest deck name, by levels, under which all of the decks stand; None if there is none."""
    shared: list[str] = []
    for level in zip(*(deck.split("::") for deck in decks), strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return "::".join(shared) or None

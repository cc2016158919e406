"""The welcome deck and its text: every card answers to the text, which stands beside it."""

from __future__ import annotations

import hashlib

import pytest

from flashrls.anchors.coverage import Quoted, cover
from flashrls.anchors.find import Finder, Place
from flashrls.cards import Deck, Kind, Note
from flashrls.documents.outline import outline
from flashrls.documents.reading import read_document
from flashrls.formats.deckfile import parse_deck
from flashrls.lint.files import check_files
from flashrls.resources import folder
from flashrls.sm2 import FIRST_EASE, LEAST_EASE, preview, schedule_review
from tests.store.making import NOON

FILE = folder("decks") / "welcome" / "how-memory-lasts.md"
TEXT = FILE.with_suffix(".txt")


def _deck() -> Deck:
    deck = parse_deck(FILE.read_text(encoding="utf-8"), name="")
    assert isinstance(deck, Deck), deck
    return deck


DECK = _deck()
DOCUMENT = read_document(TEXT.read_bytes(), TEXT.name)
FINDER = Finder(DOCUMENT)

each_note = pytest.mark.parametrize("note", DECK.notes, ids=[note.key for note in DECK.notes])


def _places(note: Note) -> list[Place]:
    found = [FINDER.find(anchor, note.section.split(" > ")) for anchor in note.anchors]
    assert all(isinstance(place, Place) for place in found), (note.anchors, found)
    return [place for place in found if isinstance(place, Place)]


def test_it_is_ten_to_fifteen_notes_mostly_questions_with_ids_of_their_own() -> None:
    assert 10 <= len(DECK.notes) <= 15
    assert sum(note.kind is not Kind.CLOZE for note in DECK.notes) >= 0.75 * len(DECK.notes)
    keys = {note.key for note in DECK.notes}
    assert None not in keys
    assert len(keys) == len(DECK.notes)


def test_its_head_names_the_text_beside_it() -> None:
    content = TEXT.read_bytes()
    assert DECK.source.sha256 == hashlib.sha256(content).hexdigest() == DOCUMENT.sha256
    assert DECK.source.file == TEXT.name == DOCUMENT.file
    assert DECK.source.title == content.decode("utf-8").splitlines()[0] == DOCUMENT.title


def test_the_text_is_short_and_has_three_sections_under_its_title() -> None:
    assert 350 <= len(DOCUMENT.text.split()) <= 500
    assert [section.title for section in outline(DOCUMENT).sections] == [
        "How Memory Lasts",
        "Forgetting and Recalling",
        "When a Card Comes Back",
        "What the Program Keeps",
    ]


@each_note
def test_every_anchor_is_in_the_text_in_the_section_of_its_card(note: Note) -> None:
    (section,) = (section for section in outline(DOCUMENT).sections if section.title == note.section)
    places = _places(note)
    assert places
    assert all(section.start <= place.start < place.end <= section.end for place in places)


def test_the_lint_finds_nothing_and_nothing_is_waived() -> None:
    (checked,) = check_files([(FILE.name, DECK)], lambda _source: FINDER)
    assert checked.findings == ()


def test_the_cards_quote_most_sentences_and_leave_some_to_see() -> None:
    quoted = [Quoted(at, place) for at, note in enumerate(DECK.notes) for place in _places(note)]
    coverage = cover(FINDER, quoted, DECK.skip)
    touched = [
        (sum(bool(coverage.sentences[at].notes) for at in section.sentences), len(section.sentences))
        for section in coverage.sections
    ]
    assert touched == [(0, 2), (7, 8), (7, 10), (4, 7)]


def test_what_the_text_says_of_the_schedule_is_what_the_program_does() -> None:
    """A new card: one day, six days, then the last interval times the ease; what each grade does to the ease."""
    day = NOON.date()
    first = schedule_review(None, 4, day)
    second = schedule_review(first, 4, day)
    third = schedule_review(second, 4, day)
    assert [first.interval_days, second.interval_days, third.interval_days] == [1, 6, 15]
    again, hard, good, easy = (preview(third, day)[grade] for grade in (2, 3, 4, 5))
    assert (FIRST_EASE, LEAST_EASE) == (250, 130)
    assert again.interval_days == 1
    assert again.ease < hard.ease < good.ease == third.ease < easy.ease
    assert hard.interval_days > third.interval_days

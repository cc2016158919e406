"""What the cards of a document's stretches say together, counted by hand."""

from __future__ import annotations

import pytest

from flashrls.anchors.find import Finder, Place
from flashrls.anchors.refind import Standing
from flashrls.cards import Source
from flashrls.documents.text import Document, Heading
from flashrls.knowledge import (
    CardRecord,
    Passages,
    SourceView,
    StoredAnchor,
    how_to_attach,
    is_named,
    measured,
    place_words,
)

TEXT = "The Sea\n\nSalt is heavy. Cold water sinks.\n\nTides\n\nThe moon pulls."
FINDER = Finder(Document("The Sea", "sea.txt", "ab" * 32, TEXT, (Heading(0, 7, 1), Heading(43, 48, 2))))


def card(
    ref: int, note: int, passes: int = 0, reviews: int = 0, *, lapses: int = 0, due: bool = False
) -> CardRecord:
    return CardRecord(ref, note, f"c{ref}", "?", passes, reviews, lapses, reviews > 0, due)


def anchor(note: int, quote: str) -> StoredAnchor:
    place = FINDER.find(quote)
    found = place if isinstance(place, Place) else None
    return StoredAnchor(note, f"n{note}", quote, Standing.FOUND if found else Standing.LOST, found)


VIEW = SourceView(
    FINDER,
    ("Meer",),
    (anchor(1, "Salt is heavy"), anchor(2, "heavy. Cold water"), anchor(3, "The moon pulls"), anchor(4, "nowhere")),
    (
        card(1, 1, passes=9, reviews=10, lapses=1),
        card(2, 1, passes=5, reviews=10, lapses=5, due=True),
        card(3, 2, passes=3, reviews=4, lapses=1, due=True),
        card(4, 3),
        card(5, 4, passes=7, reviews=7),
    ),
)


def test_a_sentence_is_known_by_all_cards_that_quote_it() -> None:
    """The first sentence has two notes with three cards, the second one note, the third a card never asked."""
    first, second, third = (VIEW.of_sentence(at) for at in range(3))
    assert (first.cards, first.seen, first.due, first.lapses) == (3, 3, 2, 7)
    assert (first.rate.passes, first.rate.reviews) == (17, 24)
    assert (second.cards, second.rate.passes, second.rate.reviews) == (1, 3, 4)
    assert (third.cards, third.seen, third.rate.reviews) == (1, 0, 0)


def test_a_section_counts_a_card_once_though_it_quotes_two_sentences() -> None:
    sea, tides = VIEW.of_section(0), VIEW.of_section(1)
    assert (sea.cards, sea.rate.passes, sea.rate.reviews) == (3, 17, 24)
    assert sea.rate.share == pytest.approx(17 / 24)
    assert tides.rate.share is None  # too few to say


def test_the_weakest_sentences_are_those_forgotten_most_often() -> None:
    assert VIEW.weakest(5) == [0, 1]
    assert VIEW.weakest(1) == [0]


def test_sentences_are_numbered_within_their_section() -> None:
    assert [VIEW.label(at) for at in range(3)] == ["1.1", "1.2", "2.1"]


def test_an_anchor_that_stands_nowhere_is_told_apart() -> None:
    assert [one.quote for one in VIEW.unplaced] == ["nowhere"]
    assert measured([]).rate.share is None


def test_a_place_is_named_by_its_section_and_sentence() -> None:
    assert place_words(FINDER, Place(24, 28, ((24, 28),))) == "The Sea, sentence 2 of 2"
    assert place_words(FINDER, Place(43, 48, ((43, 48),))) == "the heading “Tides”"


def test_what_is_missing_is_told_with_the_mend() -> None:
    source = Source(title="The Sea")
    found = StoredAnchor(1, "n", "Salt is heavy", Standing.FOUND, Place(9, 22, ((9, 22),)))
    lost = StoredAnchor(1, "n", "nowhere", Standing.LOST, None)
    assert Passages(source, FINDER, (lost, found)).missing == ""
    assert "has no anchor" in Passages(source, FINDER, ()).missing
    assert "not in the attached document" in Passages(source, FINDER, (lost,)).missing
    assert "“The Sea”: `flashrls source add FILE`" in Passages(source, None, (lost,)).missing
    assert how_to_attach(Source()) == "`flashrls source add FILE --deck DECK` attaches one."


@pytest.mark.parametrize(
    ("source", "by"),
    [
        (Source(sha256="AB" * 32, file="other.txt"), "sha256"),
        (Source(file="C:\\texts\\Sea.TXT"), "file"),
        (Source(title="the   sea"), "title"),
        (Source(title="The Lake", file="lake.txt", sha256="cd" * 32), ""),
        (Source(), ""),
    ],
)
def test_a_head_names_a_document_by_sha256_file_or_title(source: Source, by: str) -> None:
    assert is_named(source, title="The Sea", file="sea.txt", sha256="ab" * 32) == by

"""The bundled decks: every rule a machine can check holds, and none of the article's sentences is left out.

The article is at hand only where it may be; without it the anchors are taken at their word.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import pytest

from flashrls.anchors.find import Finder
from flashrls.anchors.fold import fold
from flashrls.cards import Deck, Kind
from flashrls.documents.reading import read_document
from flashrls.formats.deckfile import parse_deck
from flashrls.formats.ids import Written, write_ids
from flashrls.lint.deck import lint_deck, lint_together
from flashrls.lint.words import words
from flashrls.resources import folder

FILES = sorted((folder("decks") / "rls").glob("*.md"))
ARTICLE = os.environ.get("FLASHRLS_ARTICLE", "")


def _deck(file: Path) -> Deck:
    deck = parse_deck(file.read_text(encoding="utf-8"), name=file.stem)
    assert isinstance(deck, Deck), deck
    return deck


DECKS = [_deck(file) for file in FILES]
NOTES = [note for deck in DECKS for note in deck.notes]


@pytest.fixture(scope="module")
def article() -> Finder:
    if not ARTICLE:
        pytest.skip("the article isn't the project's to ship; FLASHRLS_ARTICLE names no copy of it")
    return Finder(read_document(Path(ARTICLE).read_bytes(), Path(ARTICLE).name))


def test_there_is_a_deck_for_each_section_under_one_parent() -> None:
    assert [deck.name for deck in DECKS] == [
        "Restless Leg Syndrome::Overview",
        "Restless Leg Syndrome::The Central Role of Dopamine",
        "Restless Leg Syndrome::The Connection to Iron",
        "Restless Leg Syndrome::Genetic Predisposition",
        "Restless Leg Syndrome::Nervous System Hyperexcitability",
    ]


def test_questions_outnumber_clozes_three_to_one() -> None:
    assert 85 <= len(NOTES) <= 100
    assert sum(note.kind is not Kind.CLOZE for note in NOTES) >= 0.75 * len(NOTES)


def test_ids_are_given_and_unique_over_all_decks() -> None:
    keys = [note.key for note in NOTES]
    assert None not in keys
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_id_and_cloze_number_is_written(file: Path) -> None:
    assert write_ids(file.read_bytes()) == Written(file.read_bytes(), (), 0)


@pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.key)
def test_the_lint_finds_nothing_in_a_deck_by_itself(deck: Deck) -> None:
    assert lint_deck(deck) == []


def test_no_two_cards_ask_the_same() -> None:
    assert lint_together(DECKS) == [[] for _ in DECKS]


@pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.key)
def test_the_lint_finds_nothing_in_a_deck_against_the_article(deck: Deck, article: Finder) -> None:
    """Every anchor is in it, once, and every name and number; no rule is waived."""
    assert lint_deck(deck, article) == []


def test_anchors_are_phrases_not_sentences() -> None:
    """Of a text that isn't the project's to hand on, 3 to 12 words are quoted at a time."""
    lengths = [len(words(anchor.replace("…", " "))) for note in NOTES for anchor in note.anchors]
    assert min(lengths) >= 3
    assert max(lengths) <= 12


def test_the_decks_name_this_very_article(article: Finder) -> None:
    digest = hashlib.sha256(Path(ARTICLE).read_bytes()).hexdigest()
    assert {deck.source.sha256 for deck in DECKS} == {digest}
    assert {deck.source.title for deck in DECKS} == {article.document.text.splitlines()[0].strip()}


@pytest.mark.usefixtures("article")
def test_every_sentence_is_asked_or_skipped_with_a_reason() -> None:
    skipped = {fold(skip.text).text for deck in DECKS for skip in deck.skip if skip.why}
    anchors = [fold(part).text.strip() for note in NOTES for anchor in note.anchors for part in anchor.split("…")]
    lines = Path(ARTICLE).read_text(encoding="utf-8").splitlines()
    paragraphs = [fold(line).text for line in lines[1:] if line.strip()]
    sentences = [
        sentence
        for line in paragraphs
        if line.endswith(".")
        for sentence in re.split(r"(?<=[.])\s+(?=[A-Z])", line)
    ]
    headings = {line for line in paragraphs if not line.endswith(".")}
    assert len(sentences) == 55
    assert [s for s in sentences if not any(anchor in s for anchor in anchors)] == []
    assert headings - skipped == {deck.name.split("::")[1] for deck in DECKS} - {"Overview"}

"""The rules on the bundled decks' article, which is at hand only where it may be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flashrls.anchors.find import Finder
from flashrls.draft.candidates import Origin
from flashrls.draft.worksheet import Worksheet
from flashrls.intake import read_document_file
from flashrls.lint.deck import lint_deck
from flashrls.lint.finding import Rule
from tests.draft.making import deck_of, drafted

ARTICLE = os.environ.get("FLASHRLS_ARTICLE", "")


@pytest.fixture(scope="module")
def finder() -> Finder:
    if not ARTICLE:
        pytest.skip("the article isn't the project's to ship; FLASHRLS_ARTICLE names no copy of it")
    return Finder(read_document_file(str(Path(ARTICLE))))


@pytest.fixture(scope="module")
def sheet(finder: Finder) -> Worksheet:
    return drafted(finder)


def test_every_sentence_has_its_place_and_some_twenty_a_pattern(sheet: Worksheet) -> None:
    assert (sheet.sentences, sheet.added) == (58, 58)
    assert sum(count for origin, count in sheet.made.items() if origin is not Origin.CLOZE) == 22


def test_the_lint_finds_nothing_but_pointers_and_hedges_of_other_clauses(sheet: Worksheet, finder: Finder) -> None:
    found = lint_deck(deck_of(sheet.text), finder)
    assert {finding.rule for finding in found} <= {Rule.ALONE, Rule.HEDGED}
    clozes = {note.key for note in deck_of(sheet.text).notes if note.parts != ("",)}
    assert {finding.note for finding in found if finding.rule is Rule.ALONE} <= clozes

"""The forecast beside a month that is really studied, every answer Good, with the bundled decks."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashrls.bundled import bring
from flashrls.log import EntryKind
from flashrls.resources import folder
from flashrls.store.library import Library, open_library
from tests.store.making import FakeClock, make_library


def study(library: Library) -> tuple[int, int]:
    """Answer Good to all that today asks, and return how many reviews and new cards that were."""
    cards = library.cards([turn.card for turn in library.session().turns])
    for card in cards:
        library.grade(card, EntryKind.SCHEDULED, 4)
    new = sum(card.state.schedule is None for card in cards)
    return len(cards) - new, new


@pytest.mark.parametrize("new_per_day", [20, 7])
def test_a_new_learner_is_told_what_will_be_asked(tmp_path: Path, new_per_day: int) -> None:
    """To the card, though many notes have several: these are asked on different days."""
    clock = FakeClock()
    path = make_library(tmp_path)
    with open_library(path, clock=clock, chosen={"new_per_day": new_per_day}) as library:
        bring(library, folder("decks"))
        told = library.progress()
        introduced_on: dict[str, int] = {}
        for ahead, coming in enumerate(told.forecast):
            assert study(library) == (coming.due + coming.returning, coming.new), ahead
            for deck in told.rest:
                left = library.progress(deck.deck).cards.new if deck.deck not in introduced_on else 0
                if not left:
                    introduced_on.setdefault(deck.deck, ahead + 1)
            clock.forward(days=1)
    assert {deck.deck: deck.days for deck in told.rest} == introduced_on

"""Cards written anew inside a deck file: all other bytes stay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flashrls.cards import Deck, Kind, Note
from flashrls.formats.deckfile import parse_deck
from flashrls.formats.exporting import revise

FILE = """---
deck: Sea
id: sea
tags: [water]
---

# Depth
<!-- from the atlas -->
{#deep .numbers}
Q: How deep?
<!-- metres -->
A: Eleven kilometres

> eleven kilometres
>
> at most

{#wide}
Q: How wide?
A: - very
   - really

# Salt

C: {{1::Salt}} comes from {{2::rocks}}
"""


def told(text: str) -> Deck:
    deck = parse_deck(text, name="x")
    assert isinstance(deck, Deck), deck
    return deck


def revised(index: int, text: str = FILE, **fields: Any) -> str:
    deck = told(text)
    note = deck.notes[index]
    found = revise(text, deck, {note.line: replace(note, line=0, **fields)}, [])
    assert found is not None
    return found.text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_only_the_field_that_differs_is_written(end: str) -> None:
    file = FILE.replace("\n", end)
    assert revised(0, file, answer="11 km\n\n- about") == file.replace(
        "A: Eleven kilometres", f"A: 11 km{end}{end}- about"
    )
    assert revised(1, file, question="How wide is it?") == file.replace("How wide?", "How wide is it?")
    assert revised(0, file, tags=("mine", "water")) == file.replace(".numbers", ".mine")
    assert revised(2, file, tags=("mine", "water")) == file.replace("C: {{1", "{.mine}" + end + "C: {{1")


def test_anchors_come_and_go() -> None:
    assert revised(0, anchors=("eleven",)) == FILE.replace("> eleven kilometres\n>\n> at most", "> eleven")
    assert "> broad\n" in revised(1, anchors=("broad",))
    assert "> " not in revised(0, anchors=())


def test_a_card_becomes_a_cloze() -> None:
    text = revised(1, kind=Kind.CLOZE, question="It is {{1::very}} wide", answer="")
    assert text == FILE.replace("Q: How wide?\nA: - very\n   - really", "C: It is {{1::very}} wide")


def test_a_card_is_taken_out_and_comments_stay() -> None:
    deck = told(FILE)
    found = revise(FILE, deck, {deck.notes[0].line: None}, [])
    assert found is not None
    begin, end = FILE.index("{#deep"), FILE.index("{#wide")
    assert found.text == FILE[:begin] + "<!-- metres -->\n\n" + FILE[end:]


def test_cards_are_added_at_the_end_below_their_sections() -> None:
    deck = told(FILE)
    salt = Note("more", Kind.BASIC, "How salty?", "3.5 %", section="Salt", tags=("water",))
    ice = Note("ice", Kind.REVERSED, "Ice", "Eis", section="Ice > North", tags=("mine",))
    found = revise(FILE, deck, {}, [salt, ice])
    assert found is not None
    assert found.text == FILE + (
        "\n{#more}\nQ: How salty?\nA: 3.5 %\n\n# Ice\n\n## North\n\n{#ice .reversed .mine}\nQ: Ice\nA: Eis\n"
    )
    assert [note.tags for note in found.notes[-2:]] == [("water",), ("mine", "water")]


def test_a_last_line_without_an_end_gets_one() -> None:
    text = "Q: A?\nA: a"
    deck = told(text)
    found = revise(text, deck, {1: replace(deck.notes[0], anchors=("a",))}, [Note("b", Kind.BASIC, "B?", "b")])
    assert found is not None
    assert found.text == "Q: A?\nA: a\n\n> a\n\n{#b}\nQ: B?\nA: b\n"


def test_a_file_is_not_left_without_cards() -> None:
    text = "Q: A?\nA: a\n"
    assert revise(text, told(text), {1: None}, []) is None

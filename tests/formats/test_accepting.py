"""Accepting drafts: the mark goes, and no other byte of the file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.cards import Deck
from flashrls.formats.accepting import accept, with_attribute_lines
from flashrls.formats.deckfile import parse_deck


def deck_of(text: str) -> Deck:
    deck = parse_deck(text, name="d")
    assert isinstance(deck, Deck), deck
    return deck


def accepted(text: str, *keys: str) -> str:
    """The text with the cards of these ids, or all drafts, accepted."""
    cards = with_attribute_lines(text, deck_of(text).notes)
    return accept(text, [one for one in cards if one.note.draft and (not keys or one.key in keys)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{#a .draft}\n", "{#a}\n"),
        ("{.draft #a}\n", "{#a}\n"),
        ("{#a .draft .x}\n", "{#a .x}\n"),
        ("{.draft .x}\n", "{.x}\n"),
        ("{ .draft  .x }\n", "{ .x }\n"),
        ("{.draft}\n", ""),
        ("{ .draft }  \n", ""),
        ("{#a}\n{.draft}\n", "{#a}\n"),
        ("{.draft}\n{#a .draft}\n", "{#a}\n"),
        ("{#a .draft .drafts .x.draft}\t\n", "{#a .drafts .x.draft}\t\n"),
        ('{#a class="x draft y"}\n', '{#a class="x y"}\n'),
        ("{#a class=draft}\n", "{#a}\n"),
        ('{#a allow-R5="a .draft of it } {" .draft}\n', '{#a allow-R5="a .draft of it } {"}\n'),
        ('{.draft allow-R5="say \\" .draft"}\n', '{allow-R5="say \\" .draft"}\n'),
    ],
)
def test_the_mark_goes_and_nothing_else(before: str, after: str) -> None:
    rest = "Q: one .draft?\nA: {.draft}  text\n\n> .draft words here\n"
    assert accepted(before + rest) == after + rest


def test_only_the_named_cards_are_accepted() -> None:
    text = "{#a .draft}\nQ: a?\nA: 1\n\n{#b .draft}\nC: {{1::b}}\n\n{#c}\nQ: c?\nA: 3\n"
    assert accepted(text, "b", "c") == text.replace("#b .draft", "#b")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay(end: str) -> None:
    text = f"# one{end}{end}{{#a .draft}}{end}Q: a?{end}A: 1{end}{{.draft}}{end}Q: b?{end}A: 2"
    assert accepted(text) == f"# one{end}{end}{{#a}}{end}Q: a?{end}A: 1{end}Q: b?{end}A: 2"


def test_a_card_without_an_id_goes_by_the_one_made_of_its_text() -> None:
    (one,) = with_attribute_lines("{.draft}\nQ: a?\nA: 1\n", deck_of("{.draft}\nQ: a?\nA: 1\n").notes)
    assert one.key.startswith("n-")


def test_code_and_comments_that_look_like_marks_stay() -> None:
    text = "<!--\n{#z .draft}\nQ:\nA:\n-->\n{#a .draft}\nQ: a?\nA:\n```\n{#b .draft}\nQ: no card\n```\n"
    assert accepted(text) == text.replace("{#a .draft}", "{#a}")


CLASSES = st.lists(st.sampled_from([".draft", ".x", ".typed", 'allow-R1="a .draft"', ".drafty"]), unique=True)
CARDS = st.lists(st.tuples(CLASSES, st.booleans(), st.sampled_from([" ", "  ", "\t"])), min_size=1, max_size=6)


@given(CARDS)
def test_accepting_all_leaves_the_same_deck_without_drafts(cards: list[tuple[list[str], bool, str]]) -> None:
    lines = []
    for number, (classes, split, gap) in enumerate(cards):
        rows = [[f"#i{number}"], classes] if split else [[f"#i{number}", *classes]]
        lines += [f"{{{gap.join(row)}}}\n" for row in rows if row]
        lines.append(f"Q: {number}?\nA: .draft\n\n")
    text = "".join(lines)
    done = accepted(text)
    assert [replace(note, draft=False, line=0) for note in deck_of(text).notes] == [
        replace(note, line=0) for note in deck_of(done).notes
    ]
    assert accepted(done) == done
    left = iter(text)
    assert all(character in left for character in done)

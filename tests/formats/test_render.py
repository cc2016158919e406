"""Decks written as deck files and read back."""

from dataclasses import replace

import pytest

from flashrls.cards import Deck, Kind, Note, Skip, Source, Waiver
from flashrls.formats.deckfile import parse_deck, render_deck


def without_lines(deck: Deck) -> Deck:
    return replace(deck, notes=tuple(replace(note, line=0) for note in deck.notes))


def read_back(deck: Deck) -> Deck:
    again = parse_deck(render_deck(deck), name="other")
    assert isinstance(again, Deck), again
    return without_lines(again)


def test_a_deck_is_written_like_this() -> None:
    deck = Deck(
        "Sleep::Memory",
        "sleep",
        (
            Note(None, Kind.BASIC, "a", "b", tags=("all",)),
            Note("r", Kind.REVERSED, "c", "d\n\n- e", "S > T", ("all", "own"), ("x … y", "z"), typed=True),
            Note("c", Kind.CLOZE, "{{1::f}}", "", "S > U", ("all",), draft=True, suspended=True),
            Note("w", Kind.BASIC, "g", "h", tags=("all",), waived=(Waiver("R5", 'a "\\" b'), Waiver("R1", "c"))),
        ),
        Source("Sleep: a book", "sleep.txt"),
        (Skip("g", "h"),),
    )
    assert render_deck(deck) == (
        "---\n"
        "deck: Sleep::Memory\n"
        "id: sleep\n"
        "source: {title: 'Sleep: a book', file: sleep.txt}\n"
        "tags: [all]\n"
        "skip:\n"
        "  - {text: g, why: h}\n"
        "---\n\n"
        "Q: a\nA: b\n\n"
        "# S\n\n"
        "## T\n\n"
        "{#r .reversed .typed .own}\nQ: c\nA: d\n\n- e\n\n> x … y\n>\n> z\n\n"
        "## U\n\n"
        "{#c .draft .suspended}\nC: {{1::f}}\n\n"
        "#\n\n"
        '{#w allow-R5="a \\"\\\\\\" b" allow-R1="c"}\nQ: g\nA: h\n'
    )
    assert read_back(deck) == deck


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("a\n# b", "a\n\\# b"),
        ("a\n> b\n> c", "a\n\\> b\n\\> c"),
        ("a\nQ: b", "a\n Q: b"),
        ("a\n{#b}", "a\n\\{#b}"),
        ("a\n\n***\n\nb", "a\n\n\\***\n\nb"),
        ("```\n# a", "```\n# a\n```"),
        ("a\n<!-- b", "a\n\\<!-- b"),
        ("<!-- b", "\\<!-- b"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_text_from_elsewhere_is_escaped_where_it_would_mean_something(answer: str, written: str) -> None:
    deck = Deck("d", "d", (Note(None, Kind.BASIC, "q", answer), Note(None, Kind.BASIC, "r", "s")))
    assert [note.answer for note in read_back(deck).notes] == [written, "s"]

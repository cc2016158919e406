"""Deck files with errors: every error is told, with its line and its mend."""

from textwrap import dedent

import pytest

from flashrls.cards import Deck
from flashrls.formats.deckfile import parse_deck
from flashrls.formats.faults import Fault


def faults(text: str) -> tuple[Fault, ...]:
    found = parse_deck(dedent(text), name="Sleep")
    assert not isinstance(found, Deck), found
    return found


WRITE = "Write a line that begins with 'Q:', and below it one that begins with 'A:'."
FORGOT = "Did you forget 'Q:' or 'C:'?"
OTHER_LINE = "Put it right above the 'Q:' or 'C:' it is meant for."
ID_MEND = "An id begins with a letter or digit, then letters, digits, '.', '_' and '-' may follow."
NO_LINE = "Write it on one line of its own, like {#id .tag}, and nothing behind it."
GOOD = "\nQ: good?\nA: yes\n"


@pytest.mark.parametrize(
    ("text", "line", "message", "mend"),
    [
        pytest.param("Q: a\n", 1, "This question has no answer.", "Write it below, behind 'A:'.", id="at the end"),
        pytest.param(
            "Q: a\n\n# S", 1, "This question has no answer.", "Write it below, behind 'A:'.", id="section"
        ),
        pytest.param("Q: \n\nA: b", 1, "This question is empty.", "Write it behind 'Q:'.", id="empty question"),
        pytest.param("Q: a\nA:\n\n", 2, "This answer is empty.", "Write it behind 'A:'.", id="empty answer"),
        pytest.param("Q: a\nA:\n> b", 2, "This answer is empty.", "Write it behind 'A:'.", id="anchor as answer"),
        pytest.param(
            "Q: a\nA: b\nA: c\n> d",
            3,
            "This question has an answer already, in line 2.",
            "Did you forget the 'Q:' of the next card?",
            id="two answers",
        ),
        pytest.param(
            "A: b\n> c", 1, "This answer has no question.", "Did you forget 'Q:' above it?", id="no question"
        ),
        pytest.param(
            "C: {{a}}\nA: b",
            2,
            "This answer has no question.",
            "Did you forget 'Q:' above it?",
            id="cloze answered",
        ),
        pytest.param("\nWhy?\nA: b\n> c\n", 2, "This text belongs to no card.", FORGOT, id="no mark"),
        pytest.param("Q: a\nA: b\n> c\n\nd\n\ne\n> f", 5, "This text belongs to no card.", FORGOT, id="stray text"),
        pytest.param("{#x}\nWhy?\nA: b", 2, "This text belongs to no card.", FORGOT, id="no mark below an id"),
        pytest.param(
            "C: nothing",
            1,
            "This 'C:' hides nothing.",
            "Put what is to be asked into braces: {{1::words}}.",
            id="C:",
        ),
        pytest.param("C: {{a}}\n\nb {{c", 3, "This cloze is never closed.", "Close it with '}}'.", id="open cloze"),
        pytest.param(
            "C:\n\na {{b {{c}}",
            3,
            "A cloze inside a cloze.",
            "Close the first with '}}' before the next begins.",
            id="nested cloze",
        ),
        pytest.param(
            "C: a\n{{1::}}",
            2,
            "This cloze hides nothing.",
            "Write the hidden words: {{1::words}}.",
            id="empty cloze",
        ),
        pytest.param(
            "C: {{1::a::b::c}}",
            1,
            "This is not a cloze.",
            "Write {{1::words}} or {{1::words::hint}}.",
            id="too many parts",
        ),
        pytest.param(
            "{#x .reversed}\nC: {{a}}",
            1,
            "A cloze text can't be reversed.",
            "Take '.reversed' away, or write it with 'Q:' and 'A:'.",
            id="reversed cloze",
        ),
        pytest.param(
            "> x", 1, "This anchor belongs to no card.", "Put it below the card it supports.", id="early anchor"
        ),
        pytest.param(
            "Q: a\nA: b\n# S\n> x",
            4,
            "This anchor belongs to no card.",
            "Put it below the card it supports.",
            id="anchor below a heading",
        ),
        pytest.param(
            "Q: a\nA: b\n\n>\n",
            4,
            "This anchor is empty.",
            "Write words of the source behind the '>'.",
            id="anchor",
        ),
        pytest.param(
            "Q: a\nA: b\n\n> x\n> Q: c",
            5,
            "A card inside an anchor.",
            "Take away the '>' before 'Q:'.",
            id="quoted card",
        ),
        pytest.param("{#x}\n", 1, "This attribute line has no card below it.", OTHER_LINE, id="no card below"),
        pytest.param("{#x}\n# S", 1, "This attribute line has no card below it.", OTHER_LINE, id="heading below"),
        pytest.param("Q: a\n{#x}\nA: b", 2, "This attribute line has no card below it.", OTHER_LINE, id="between"),
        pytest.param(
            "{#x #y}\nQ: a\nA: b", 1, "This card has two ids, 'x' and 'y'.", "Keep one of them.", id="two ids"
        ),
        pytest.param(
            "{#x}\n{#y}\nQ: a\nA: b",
            2,
            "This card has two ids, 'x' and 'y'.",
            "Keep one of them.",
            id="stacked ids",
        ),
        pytest.param("{#-x}\nQ: a\nA: b", 1, "'-x' is not an id.", ID_MEND, id="dash first"),
        pytest.param("{#a/b}\nQ: a\nA: b", 1, "'a/b' is not an id.", ID_MEND, id="slash"),
        pytest.param("{#é#b}\nQ: a\nA: b", 1, "'é#b' is not an id.", ID_MEND, id="number sign"),
        pytest.param("{#a .b\nQ: a\nA: b", 1, "This is not an attribute line.", NO_LINE, id="brace left open"),
        pytest.param("Q: a\nA: b\n{#}\nc", 3, "This is not an attribute line.", NO_LINE, id="no id"),
        pytest.param("{.a} b\nQ: a\nA: b", 1, "This is not an attribute line.", NO_LINE, id="text behind"),
        pytest.param("{#a b}\nQ: a\nA: b", 1, "This is not an attribute line.", NO_LINE, id="a bare word"),
        pytest.param(
            "{#x due=today}\nQ: a\nA: b",
            1,
            "There is no attribute 'due'.",
            "Allowed are an id and classes: {#id .reversed .tag}.",
            id="unknown attribute",
        ),
        pytest.param(
            '{#x allow-R13="so"}\nQ: a\nA: b',
            1,
            "There is no rule 'R13' to be let off.",
            'The rules are R1 to R12 and R15, as in {#id allow-R5="a reason"}.',
            id="waiver of no rule",
        ),
        pytest.param(
            '{allow-R5=" "}\nQ: a\nA: b',
            1,
            "This card is let off R5 without a reason.",
            'Say why it doesn\'t hold for this card: allow-R5="a reason".',
            id="waiver without a reason",
        ),
        pytest.param(
            '{#x allow-R5="so"}\n{allow-r5="and so"}\nQ: a\nA: b',
            2,
            "This card is let off R5 twice.",
            "Keep one of the two reasons.",
            id="waiver twice",
        ),
        pytest.param(
            "{allow-R5}\nQ: a\nA: b",
            1,
            "This is not an attribute line.",
            'Write it on one line of its own, like {#id allow-R5="a reason"}, and nothing behind it.',
            id="waiver that says nothing",
        ),
        pytest.param(
            '{class="a\\"b"}\nQ: a\nA: b',
            1,
            "'a\\\"b' is not a tag.",
            "A tag is one word without braces or quotes.",
            id="quote in a tag",
        ),
        pytest.param(
            "{#x}\nQ: a\nA: b\n\n{#x}\nQ: c\nA: d",
            5,
            "The id 'x' is used twice, first in line 1.",
            "Give one of the two cards another id.",
            id="same id",
        ),
        pytest.param(
            "Q: What is  it?\nA: b\n\nQ: what\n  is it?\nA: d",
            4,
            "This card asks the same as the one in line 1, and neither has an id.",
            "Give each an id in the line above it: {#name}.",
            id="same question",
        ),
        pytest.param("Q: a\nA: ```py\nx\n", 2, "This code block is never closed.", "Close it with a line '```'."),
        pytest.param(
            "Q: a\nA: b\n\n~~~~\nx", 4, "This code block is never closed.", "Close it with a line '~~~~'."
        ),
        pytest.param("Q: a\nA: b\n<!-- x\n", 3, "This comment is never closed.", "Close it with a line '-->'."),
        pytest.param("# Only a heading", 1, "The file holds no card.", WRITE, id="no card"),
        pytest.param("---\ndeck: x\n---\n", 1, "The file holds no card.", WRITE, id="only a head"),
    ],
)
def test_an_error_is_told_once_with_line_and_mend(text: str, line: int, message: str, mend: str) -> None:
    assert faults(text) == (Fault(line, message, mend),)


@pytest.mark.parametrize("text", ["", "\n", " \r\n\t\r"])
def test_an_empty_file_is_a_fault(text: str) -> None:
    assert faults(text) == (Fault(1, "The file is empty.", WRITE),)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\ndeck: x\ntags:\n  - a\n", id="no more text"),
        pytest.param("---\ndeck: x\n\nQ: a\nA: b\n", id="no other break"),
        pytest.param("---\ndeck: x\nQ: a\nA: b\n\n---\n\nQ: c\nA: d\n", id="a break further down"),
    ],
)
def test_a_head_that_is_never_closed_is_one_fault(text: str) -> None:
    assert faults(text) == (
        Fault(1, "The head is never closed.", "Close it with a line '---' above the first card."),
    )


def test_one_error_hides_no_other() -> None:
    text = """\
        ---
        dek: x
        tags: words
        ---
        {#a}
        Q: a

        Q: b
        A: ```
        # code

        {#a}
        C: {{c
        > x
        A: d

        {#e}
        """
    assert [(fault.line, fault.message) for fault in faults(text)] == [
        (2, "The head has no key 'dek'."),
        (3, "'tags' is not a list of words."),
        (6, "This question has no answer."),
        (9, "This code block is never closed."),
        (12, "The id 'a' is used twice, first in line 5."),
        (13, "This cloze is never closed."),
        (15, "This answer has no question."),
        (17, "This attribute line has no card below it."),
    ]


def test_ten_thousand_errors_are_all_told() -> None:
    found = faults("".join(f"Q: a{n}\n\nC: {{{{b{n}\n\n{{#x/{n}}}\nQ: c\nA:\n\n" for n in range(2500)))
    assert [fault.line for fault in found[:8]] == [1, 3, 5, 7, 9, 11, 13, 15]
    assert len(found) == 10_000


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("::A", "The deck name '::A' has an empty level."),
        ("A\x1bB", "The deck name holds a control character, U+001B."),
        ("A\ud800", "The deck name holds half a character, U+D800."),
    ],
)
def test_a_bad_deck_name_that_the_caller_gives_is_told_in_line_1(name: str, message: str) -> None:
    found = parse_deck("Q: a\nA: b\n", name=name)
    assert not isinstance(found, Deck)
    assert [(fault.line, fault.message) for fault in found] == [(1, message)]
    assert isinstance(parse_deck("---\ndeck: A\n---\nQ: a\nA: b\n", name=name), Deck)

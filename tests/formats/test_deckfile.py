"""Deck files that are sound: what they tell."""

from textwrap import dedent

import pytest

from flashrls.cards import Deck, Kind, Note, Skip, Source, Waiver
from flashrls.formats.deckfile import parse_deck


def parsed(text: str) -> Deck:
    deck = parse_deck(dedent(text), name="Sleep")
    assert isinstance(deck, Deck), deck
    return deck


def only_note(text: str) -> Note:
    (note,) = parsed(text).notes
    return note


WHOLE = """\
---
deck: Sleep::Memory
id: sleep-memory
source: {title: "Sleep and memory", file: sleep.txt, sha256: abc}
tags: [sleep]
skip: [{text: "Related articles", why: "not part of the text"}]
---

# Stages

{#n2-spindles}
Q: Which stage of sleep shows spindles?
A: N2

> spindles mark stage N2

{#ltp .reversed .terms}
Q: LTP
A: Long-term potentiation

{#phases}
C: Memory is {{1::encoded}}, {{2::consolidated}} and {{3::retrieved::brought back}}.
"""


def test_a_whole_file_is_read() -> None:
    assert parsed(WHOLE) == Deck(
        "Sleep::Memory",
        "sleep-memory",
        (
            Note(
                "n2-spindles",
                Kind.BASIC,
                "Which stage of sleep shows spindles?",
                "N2",
                section="Stages",
                tags=("sleep",),
                anchors=("spindles mark stage N2",),
                line=12,
            ),
            Note(
                "ltp",
                Kind.REVERSED,
                "LTP",
                "Long-term potentiation",
                section="Stages",
                tags=("sleep", "terms"),
                line=18,
            ),
            Note(
                "phases",
                Kind.CLOZE,
                "Memory is {{1::encoded}}, {{2::consolidated}} and {{3::retrieved::brought back}}.",
                "",
                section="Stages",
                tags=("sleep",),
                line=22,
            ),
        ),
        Source("Sleep and memory", "sleep.txt", "abc"),
        (Skip("Related articles", "not part of the text"),),
    )


def test_a_file_without_a_head_takes_the_name_it_is_given_and_an_id_made_of_it() -> None:
    deck = parse_deck("Q: a\nA: b", name="Sleep::REM Sleep")
    assert deck == Deck("Sleep::REM Sleep", "sleep.rem-sleep", (Note(None, Kind.BASIC, "a", "b", line=1),))


def test_an_empty_head_is_no_head() -> None:
    assert parsed("---\n---\nQ: a\nA: b").name == "Sleep"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_any_line_ends_are_read(end: str) -> None:
    assert parse_deck(WHOLE.replace("\n", end), name="Sleep") == parsed(WHOLE)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("one line", id="a line"),
        pytest.param("two\nlines", id="lines"),
        pytest.param("a hard  \nbreak", id="a hard break"),
        pytest.param("a paragraph\n\nand another", id="paragraphs"),
        pytest.param("- one\n- two\n  - nested\n\n    deep", id="a list"),
        pytest.param("intro:\n\n1. one\n2. two", id="a list after a paragraph"),
        pytest.param("```python\nQ: x\n# x\n> x\n---\n{#x}\n```", id="fenced code"),
        pytest.param("see\n\n~~~\nA: x\n~~~\n\nand more", id="fenced code between paragraphs"),
        pytest.param("- code:\n\n  ```\n  > x\n  ```", id="fenced code in a list"),
        pytest.param("see\n\n    # indented code", id="indented code"),
        pytest.param("| a | b |\n|---|---|\n| 1 | 2 |", id="a table"),
        pytest.param("![a picture](brain.png)", id="an image"),
        pytest.param("# not a heading", id="a number sign"),
        pytest.param("> not an anchor\n> at all", id="a quote"),
        pytest.param("--- not a break", id="dashes"),
        pytest.param("{#no-id}", id="braces"),
        pytest.param("A: not an answer", id="another mark"),
        pytest.param("{}\n{x}\n{{1::x}}", id="lines that begin with braces"),
        pytest.param("a\n Q: x", id="an indented mark"),
        pytest.param("title\n=====", id="no underlined heading"),
        pytest.param("[a]: b", id="no link reference"),
        pytest.param("<div>\nx", id="html"),
        pytest.param("- - - - - - - - - - - - - - - x", id="a deep list"),
        pytest.param("a <!-- comment --> b", id="a comment in a line"),
        pytest.param("*   \n\nb", id="an empty item"),
        pytest.param("```\nx\n```\n\n    y", id="indented code behind fenced code"),
        pytest.param("a\n\n<!-- comment -->\n\nb", id="a comment between paragraphs"),
        pytest.param("\ttab\tin\u00a0it\u2028x".strip(), id="odd white space"),
    ],
)
def test_markdown_in_an_answer_stays_as_it_was_written(answer: str) -> None:
    notes = parsed(f"Q: first?\nA: {answer}\n\n> anchor\n{{#next}}\nQ: next?\nA: b").notes
    assert (notes[0].answer, notes[0].anchors, notes[1].question) == (answer, ("anchor",), "next?")


@pytest.mark.parametrize("answer", ["- one\n- two", "```\nx\n```", "    code", "word"])
def test_a_mark_may_stand_alone_above_its_text(answer: str) -> None:
    assert only_note(f"Q:\n\nwhy?\nA:\n{answer}\n") == Note(None, Kind.BASIC, "why?", answer, line=1)


@pytest.mark.parametrize("above", ["b", "- b", "- b\n\n  c", "```\nb\n```", "1. b\n2. c", "<div>", "<b>"])
def test_cards_need_no_blank_line_between_them(above: str) -> None:
    notes = parsed(f"Q: a\nA: {above}\n{{#c}}\nQ: c\nA: {above}\nC: {{{{e}}}}\n# S\nQ: f\nA: g").notes
    assert [(note.key, note.question, note.answer, note.section) for note in notes] == [
        (None, "a", above, ""),
        ("c", "c", above, ""),
        (None, "{{1::e}}", "", ""),
        (None, "f", "g", "S"),
    ]


def test_a_mark_ends_an_anchor_right_above_it() -> None:
    assert [(n.question, n.anchors) for n in parsed("Q: a\nA: b\n> c\nQ: d\nA: e\n> f").notes] == [
        ("a", ("c",)),
        ("d", ("f",)),
    ]


def test_every_paragraph_of_a_quote_and_every_quote_is_an_anchor() -> None:
    text = "Q: a\nA: b\n\n> one\n> phrase\n>\n> another … part\n\n\n>third\nlazy\n\n> - fourth\n"
    assert only_note(text).anchors == ("one phrase", "another … part", "third lazy", "- fourth")


def test_anchors_may_stand_between_question_and_answer() -> None:
    note = only_note("Q: a\n> x\nA: b\n> y")
    assert (note.question, note.answer, note.anchors) == ("a", "b", ("x", "y"))


def test_a_cloze_text_may_have_several_blocks_and_gets_numbers() -> None:
    note = only_note("C: {{a}} and {{3::b}}\n\n- {{c::hint}}\n\n> anchor")
    assert note == Note(
        None, Kind.CLOZE, "{{1::a}} and {{3::b}}\n\n- {{4::c::hint}}", "", anchors=("anchor",), line=1
    )


def test_an_empty_item_behind_a_mark_does_not_swallow_the_anchor() -> None:
    note = only_note("Q: a\nA: *\n\n> b")
    assert (note.answer, note.anchors) == ("*", ("b",))


@pytest.mark.parametrize("end", ["> - <!-- b\n>  <!-- c\n>", "- <!-- b\n ", "> -\n>", "> ```\n>", "- ```\n "])
def test_a_file_may_end_inside_a_container(end: str) -> None:
    assert only_note(f"Q: a\nA: b\n{end}").question == "a"


def test_clozes_in_a_question_are_text() -> None:
    assert only_note("Q: what is {{this\nA: Jinja").question == "what is {{this"


def test_headings_nest_by_level() -> None:
    text = "Q: 0\nA: x\n# A\nQ: 1\nA: x\n### B\nQ: 2\nA: x\n## C  c ##\nQ: 3\nA: x\n# D\nQ: 4\nA: x\n#\nQ: 5\nA: x"
    assert [note.section for note in parsed(text).notes] == ["", "A", "A > B", "A > C c", "D", ""]


def test_breaks_and_comments_between_cards_are_ignored() -> None:
    text = """\
        <!-- mine -->
        Q: a
        A: b
        <!-- Q: x
        A: y -->

        ---

        <!-- c -->
        {#d}
        <!-- d -->
        Q: d
        A: e
        ***
        """
    assert [(n.key, n.question, n.answer) for n in parsed(text).notes] == [(None, "a", "b"), ("d", "d", "e")]


def test_flags_are_not_tags() -> None:
    note = only_note("---\ntags: [z, a]\n---\n{.draft .m .typed .suspended .a .reversed}\nQ: a\nA: b")
    assert note.tags == ("a", "m", "z")
    assert (note.kind, note.typed, note.draft, note.suspended) == (Kind.REVERSED, True, True, True)


def test_attribute_lines_stack() -> None:
    note = only_note("{.b}\n\n{#id.1-x_y .a}\n{.typed}\nC: {{x}}")
    assert (note.key, note.tags, note.typed, note.line) == ("id.1-x_y", ("a", "b"), True, 5)


def test_attributes_may_be_written_with_keys() -> None:
    note = only_note('{id="x1" class="a b"}\nQ: a\nA: b')
    assert (note.key, note.tags) == ("x1", ("a", "b"))


def test_a_rule_of_the_lint_is_waived_with_a_reason() -> None:
    note = only_note('{.a allow-r5="the \\"three\\" {belong} together" #b.c allow-R10=hardly}\nQ: a\nA: b')
    assert (note.key, note.tags) == ("b.c", ("a",))
    assert note.waived == (Waiver("R5", 'the "three" {belong} together'), Waiver("R10", "hardly"))


def test_the_same_question_is_fine_with_an_id_or_as_another_kind() -> None:
    assert len(parsed("Q: a\nA: b\n{#x}\nQ: a\nA: c\n{.reversed}\nQ: a\nA: c").notes) == 3


def test_yaml_values_are_text() -> None:
    deck = parsed("---\ndeck: no\nid: 1_000\ntags: [yes, 0x10, 12:34:56]\nsource:\n---\nQ: a\nA: b")
    assert (deck.name, deck.key, deck.source) == ("no", "1_000", Source())
    assert deck.notes[0].tags == ("0x10", "12:34:56", "yes")

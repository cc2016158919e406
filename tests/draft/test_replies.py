"""What a command prints: JSON lines are read, talk around them is passed over, and nothing can break the reader."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.draft.replies import MOST_LINE, Reply, read_replies

CARD = '{"question": "What?", "answer": "This", "anchor": "a b c"}'


def test_cards_are_read_amid_talk_and_fences() -> None:
    replies = read_replies(
        f"Sure, here they are:\r\n```json\r\n[\r\n{CARD},\r\n{CARD}\r\n]\r\n```\r\nThat is all.\r\n"
    )
    assert replies.cards == (
        Reply(4, question="What?", answer="This", anchor="a b c"),
        Reply(5, question="What?", answer="This", anchor="a b c"),
    )
    assert (replies.refused, replies.talk) == ((), 2)


def test_a_list_on_one_line_holds_several_cards() -> None:
    assert [reply.question for reply in read_replies(f"[{CARD}, {CARD}]").cards] == ["What?", "What?"]


def test_white_space_in_a_field_becomes_single_spaces() -> None:
    (reply,) = read_replies('{"cloze": " a\\n {{b}}\\t", "anchor": "a  b", "more": 1, "section": null}').cards
    assert (reply.cloze, reply.anchor, reply.section) == ("a {{b}}", "a b", "")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{oops", "this is not JSON"),
        ('{"question": NaN}', "this is not JSON"),
        ('{"question": ' + "9" * 5000 + "}", "this is not JSON"),
        ('{"a":' * 3000, "this is not JSON"),
        ("[[[1]]]", "this is not a JSON object"),
        ('{"question": 5}', "'question' is not a text"),
        ('{"question": "a?", "answer": "b", "question": "c?"}', "'question' is said twice"),
        ('[{"a": {"x": 1, "x": 1}}]', "'x' is said twice"),
        ('{"anchor": ["a"]}', "'anchor' is not a text"),
        ('{"answer": "\\ud800"}', "'answer' holds half a character"),
        ('{"question": "' + "x" * MOST_LINE + '"}', "the line is longer than 20,000 characters"),
    ],
)
def test_a_line_that_holds_no_card_is_refused_with_its_reason(line: str, reason: str) -> None:
    replies = read_replies(f"\n{line}\n")
    assert replies.cards == ()
    (refusal,) = replies.refused
    assert (refusal.line, refusal.reason) == (2, reason)


def test_a_pair_of_halves_is_a_character() -> None:
    (reply,) = read_replies('{"question": "\\ud83d\\ude00?"}').cards
    assert reply.question == "😀?"


@pytest.mark.parametrize("output", ["", "\n\n", "```\n```\n", "I can't do that."])
def test_an_output_without_json_has_no_cards(output: str) -> None:
    assert read_replies(output).cards == ()
    assert read_replies(output).refused == ()


@given(
    st.text() | st.lists(st.sampled_from(["{", "}", "[", "]", '"', ":", ",", "\n", CARD, "\\u", "1"])).map("".join)
)
def test_any_output_is_read(output: str) -> None:
    replies = read_replies(output)
    assert all(isinstance(reply, Reply) for reply in replies.cards)
    assert all(1 <= refusal.line <= output.count("\n") + 1 for refusal in replies.refused)


@given(st.dictionaries(st.sampled_from(["question", "answer", "anchor"]), st.text(st.characters(codec="utf-8"))))
def test_what_a_program_writes_as_json_comes_through(fields: dict[str, str]) -> None:
    (reply,) = read_replies(json.dumps(fields)).cards
    assert {name: getattr(reply, name) for name in fields} == {
        name: " ".join(value.split()) for name, value in fields.items()
    }

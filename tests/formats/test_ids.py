"""Ids and cloze numbers written into deck files, and nothing else changed."""

from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from flashrls.cards import Deck, Kind, is_made_key
from flashrls.formats.deckfile import decode, parse_deck, render_deck
from flashrls.formats.faults import Fault
from flashrls.formats.ids import MOST_LETTERS, Written, write_ids
from tests.formats.test_deck_laws import DECKS, NEAR_DECKS


def written(text: str) -> str:
    found = write_ids(text.encode())
    assert isinstance(found, Written), found
    return found.content.decode()


def test_ids_are_made_of_telling_words_and_stand_above_their_cards() -> None:
    text = """\
        # Stages

        Q: Which stage of sleep shows spindles?
        A: N2

        > spindles mark stage N2

        {.typed}
        Q: Who found *REM* sleep?
        A: Aserinsky & Kleitman

        {#kept .draft}
        C: Memory is {{encoded}}, {{2::kept}} and {{retrieved::brought back}}.
        {.draft}
        C: Sleep has
        `{{stages}}` and
        {{cycles}}.
        """
    assert written(dedent(text)) == dedent(
        """\
        # Stages

        {#n2-spindles}
        Q: Which stage of sleep shows spindles?
        A: N2

        > spindles mark stage N2

        {#aserinsky-kleitman-found .typed}
        Q: Who found *REM* sleep?
        A: Aserinsky & Kleitman

        {#kept .draft}
        C: Memory is {{1::encoded}}, {{2::kept}} and {{3::retrieved::brought back}}.
        {#stages-cycles .draft}
        C: Sleep has
        `{{1::stages}}` and
        {{2::cycles}}.
        """
    )


def test_what_was_written_is_told() -> None:
    found = write_ids(b"C: {{c}} and {{1::d}}\n{#x}\nC: {{e}}")
    assert found == Written(b"{#c-d}\nC: {{1::c}} and {{1::d}}\n{#x}\nC: {{1::e}}", ("c-d",), 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(b"\xef\xbb\xbfQ: a1?\nA: b1", b"\xef\xbb\xbf{#b1-a1}\nQ: a1?\nA: b1", id="byte order mark"),
        pytest.param(b"Q: a1?\r\nA: b1\r\n", b"{#b1-a1}\r\nQ: a1?\r\nA: b1\r\n", id="CRLF"),
        pytest.param(b"Q: a1?\rA: b1\r", b"{#b1-a1}\rQ: a1?\rA: b1\r", id="CR"),
        pytest.param(
            b"Q: a1?  \r\nA: b1\t\nC: {{c1}}",
            b"{#b1-a1}\r\nQ: a1?  \r\nA: b1\t\n{#c1}\nC: {{1::c1}}",
            id="mixed line ends, none at the end",
        ),
        pytest.param(b"C: {{c1}}", b"{#c1}\nC: {{1::c1}}", id="one line without an end"),
        pytest.param(b"C:\t  {{ c1 }} {{d1}}\n", b"{#c1-d1}\nC:\t  {{1:: c1 }} {{2::d1}}\n", id="spaces"),
        pytest.param(b"C:\n\n x {{c1\n}}\n", b"{#c1-x}\nC:\n\n x {{1::c1\n}}\n", id="text below its mark"),
        pytest.param(
            b"C: {{1990::year}} {{7}}", b"{#1990-7}\nC: {{1::1990::year}} {{2::7}}", id="years and digits"
        ),
        pytest.param(b"{ .typed }\nQ: a1?\nA: b1", b"{#b1-a1  .typed }\nQ: a1?\nA: b1", id="loose attributes"),
        pytest.param(b'{allow-R1="so"}\nQ: a1?\nA: b1', b'{#b1-a1 allow-R1="so"}\nQ: a1?\nA: b1', id="waiver"),
        pytest.param(b"{.a}\n\n{.b}\nQ: a1?\nA: b1", b"{#b1-a1 .a}\n\n{.b}\nQ: a1?\nA: b1", id="two lines above"),
    ],
)
def test_nothing_else_changes_byte_for_byte(text: bytes, expected: bytes) -> None:
    found = write_ids(text)
    assert isinstance(found, Written)
    assert found.content == expected


def test_an_id_is_never_one_that_the_file_has_nor_one_that_the_program_makes() -> None:
    text = "{#b1-A1}\nQ: x\nA: y\n\nQ: a1\nA: b1\n\nQ: b1\nA: a1\n\nQ: a1 b1\nA: b1\n\nQ: abcdef012345\nA: n\n"
    keys = [note.key for note in read(written(text)).notes]
    assert keys == ["b1-A1", "b1-a1-2", "a1-b1", "b1-a1-3", "n-abcdef012345-2"]


def test_an_id_of_long_words_is_cut_and_one_without_plain_letters_is_called_card() -> None:
    x, y, z = "x" * 50, "y" * 30, "z" * 9
    text = f"Q: {x}?\nA: {y} {z}\n\nQ: {x}x?\nA: 睡眠\n\nQ: 記憶?\nA: 睡眠\n\nQ: 夢?\nA: 眠り\n"
    keys = [note.key for note in read(written(text)).notes]
    assert keys == [f"{y}-{z}", "x" * 40, "card", "card-2"]


def test_accents_and_capitals_are_folded() -> None:
    (note,) = read(written("Q: Où?\nA: Woźniak’s ÉCOLE\n")).notes
    assert note.key == "wozniak-ecole-ou"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Q: a\n",
        b"C: nothing\n",
        b"no card",
        b"Q: a\xff?\nA: b",
        "Q: a?\nA: b".encode("utf-16"),
        b"Q: a\0\nA: b",
    ],
)
def test_a_file_with_faults_gets_no_ids(content: bytes) -> None:
    found = write_ids(content)
    assert isinstance(found, tuple)
    assert all(isinstance(fault, Fault) for fault in found)


def read(text: str) -> Deck:
    found = parse_deck(text, name="d")
    assert isinstance(found, Deck), found
    return found


def without_keys(deck: Deck) -> Deck:
    return replace(deck, notes=tuple(replace(note, key=None, line=0) for note in deck.notes))


def check_laws(text: str) -> None:
    before = parse_deck(text, name="d")
    assume(isinstance(before, Deck))
    assert isinstance(before, Deck)
    once = write_ids(text.encode())
    assert isinstance(once, Written)
    decoded = decode(once.content)
    assert isinstance(decoded, str)
    after = read(decoded)
    assert without_keys(after) == without_keys(before)
    keys = [note.key for note in after.notes]
    assert len(set(keys)) == len(keys) and None not in keys
    assert all(old.key in (None, new.key) for old, new in zip(before.notes, after.notes, strict=True))
    assert all(len(key) <= MOST_LETTERS and not is_made_key(key) and key.isascii() for key in once.ids)
    assert write_ids(once.content) == Written(once.content, (), 0)


SOUND = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@given(
    st.one_of(
        NEAR_DECKS,
        NEAR_DECKS.map("Q: a\nA: b\n{}".format),
        NEAR_DECKS.map("C: {{{{a}}}} {}".format),
        st.text(SOUND, max_size=30).map("C: x{{{{1a}}}}{}\n".format),
    )
)
def test_any_deck_file_keeps_its_deck_and_gets_ids_once(text: str) -> None:
    assume("\0" not in text)
    check_laws(text)


@given(DECKS, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_a_written_deck_without_ids_gets_them_back_and_keeps_all_else(deck: Deck, end: str, cloze: bool) -> None:
    notes = [replace(note, key=None, question=f"{at} {note.question}") for at, note in enumerate(deck.notes)]
    if cloze:
        notes[0] = replace(notes[0], kind=Kind.CLOZE, question="{{1::a}} {{2::b}}", answer="")
    text = render_deck(replace(deck, notes=tuple(notes))).replace("{{1::", "{{").replace("{{2::", "{{")
    check_laws(text.replace("\n", end))

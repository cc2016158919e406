"""Text of others is harmless when it is printed, and plain text stays as it was."""

from __future__ import annotations

import html
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.clean import clean, clean_line, clean_path

law = settings(deadline=None)
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
EVERY_CODE_POINT = "".join(map(chr, range(0x110000)))


def forbidden(character: str) -> bool:
    """Whether a terminal could obey it or a reader be misled by it, by what Unicode says of the character."""
    category = unicodedata.category(character)
    return (
        (category == "Cc" and character not in "\t\n")
        or category in {"Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(character) in BIDI
        or character in "\u061c\u200e\u200f\ufeff"
        or 0xE0000 <= ord(character) <= 0xE007F
    )


FORBIDDEN = [character for character in EVERY_CODE_POINT if forbidden(character)]
any_text = st.text(st.characters(exclude_categories=()) | st.sampled_from([*FORBIDDEN, "\r", "\n", "[", "\\"]))


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        ("\x1b]52;c;SEFDS0VE\x07", "␛]52;c;SEFDS0VE␇"),
        ("\x1b]8;;https://e.example\x1b\\x\x1b]8;;\x1b\\", "␛]8;;https://e.example␛\\x␛]8;;␛\\"),
        ("\x1b]0;T\x07", "␛]0;T␇"),
        ("\x1b[2J", "␛[2J"),
        ("\x1b[6n", "␛[6n"),
        ("\x1bc", "␛c"),
        ("\x9b31m", "\ufffd31m"),
        ("\x9d52;c;QUJD\x9c", "\ufffd52;c;QUJD\ufffd"),
        ("a\x00b", "a␀b"),
        ("a\x08b", "a␈b"),
        ("a\rb", "a␍b"),
        ("a\x7fb", "a␡b"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("\u2066x\u2069", "\ufffdx\ufffd"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83d\ude00", "\ufffd\ufffd"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("\ufeffa\U000e0041b", "ab"),
        ("a\r\nb", "a\nb"),
        ("\r\r\n\n", "␍\n\n"),
    ],
)
def test_what_a_terminal_could_obey_is_shown_instead(payload: str, shown: str) -> None:
    assert clean(payload) == shown


def test_a_bidi_control_written_as_an_entity_is_cleaned_once_it_is_decoded() -> None:
    assert clean("&#x202e;") == "&#x202e;"
    assert clean(html.unescape("&#x202e;")) == "\ufffd"


@pytest.mark.parametrize(
    "payload",
    [
        "[/",
        "[/]",
        "x[/foo]y",
        '[a="',
        "[50%]",
        "[bold",
        "[link=https://e.example]bank[/link]",
        "[@click=app.quit]x[/]",
        "[latex]x[/latex]",
        "[sound:foo.mp3]",
    ],
)
def test_brackets_are_left_to_widgets_that_know_no_markup(payload: str) -> None:
    assert clean(payload) == payload


@pytest.mark.parametrize(
    "text", ["", "plain", "tab\tand\nnewline", "Grüße, 日本語, עברית, 🙂", "e\u0301", "a\u200db", "\xa0\xad"]
)
def test_plain_text_comes_back_as_it_was(text: str) -> None:
    assert clean(text) == text


def test_of_all_code_points_exactly_the_forbidden_ones_are_changed() -> None:
    changed = [character for character in EVERY_CODE_POINT if clean(character) != character]
    assert changed == FORBIDDEN


def test_all_code_points_together_come_out_without_a_forbidden_one() -> None:
    assert [character for character in clean(EVERY_CODE_POINT) if forbidden(character)] == []


@law
@given(any_text)
def test_cleaned_text_holds_nothing_forbidden(text: str) -> None:
    assert [character for character in clean(text) if forbidden(character)] == []


@law
@given(any_text)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@law
@given(any_text)
def test_cleaned_text_can_be_encoded(text: str) -> None:
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)


@law
@given(st.text().filter(lambda text: not any(map(forbidden, text))))
def test_text_without_a_forbidden_character_comes_back_as_it_was(text: str) -> None:
    assert clean(text) == text


def test_a_line_has_single_spaces_for_white_space_of_any_kind() -> None:
    assert clean_line("  a\n\n b\tc\u2028d\xa0e  \r\n") == "a b c d e"


def test_a_line_shows_control_characters_too() -> None:
    assert clean_line("\x1b[2J\na\x1cb") == "␛[2J a␜b"


@law
@given(any_text)
def test_a_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("decks/Grüße.md", "decks/Grüße.md"),
        ("a\x1b[2J.md", "a␛[2J.md"),
        ("a\nb\tc.md", "a␊b␉c.md"),
        ("a\u2028b", "a␊b"),
        ("gnp\u202e.md", "gnp\ufffd.md"),
        ("a\\b.md", "a\\b.md"),
    ],
)
def test_a_path_is_shown_on_one_line_without_escape_sequences(path: str, shown: str) -> None:
    assert clean_path(path) == shown
    assert clean_path(Path(path)) == shown


def test_a_path_that_is_not_utf_8_shows_its_bytes() -> None:
    assert clean_path(os.fsdecode(b"a\xff\x1bb\xc3\xa4.md")) == "a\\xff␛bä.md"


def test_a_name_no_file_can_have_is_shown_all_the_same() -> None:
    assert clean_path("a\ud800\x1b.md") == "a\ufffd␛.md"


@law
@given(any_text)
def test_any_path_is_one_line_without_anything_forbidden(path: str) -> None:
    shown = clean_path(path)
    assert [character for character in shown if forbidden(character) or character in "\t\n"] == []

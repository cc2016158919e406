"""Markdown is read without its markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.documents.reading import read_document
from flashrls.errors import BadDocument
from tests.documents.looking import headings, read, sentences


def text_of(markdown: str) -> str:
    return read(markdown, "notes.md").text


def test_headings_keep_their_levels_and_are_lines_of_the_text() -> None:
    document = read("# Sleep *and* memory #\nText.\n\n### Stages\n\nMore.\n\nDreams\n---\n\nLast.\n", "notes.md")
    assert document.text == "Sleep and memory\n\nText.\n\nStages\n\nMore.\n\nDreams\n\nLast."
    assert headings(document) == [(1, "Sleep and memory"), (3, "Stages"), (2, "Dreams")]
    assert document.title == "Sleep and memory"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("A **bold**, *slanted* and ~~struck~~ word.", "A bold, slanted and struck word."),
        (
            "See [the *other* paper](http://example.org 'x') and <http://example.org>.",
            "See the other paper and http://example.org.",
        ),
        ("See [it][1].\n\n[1]: http://example.org", "See it."),
        ("A ![curve of *sleep*](a.png) here.", "A curve of sleep here."),
        ("Use `a  *b*` here.", "Use a  *b* here."),
        ("2 \\* 3 &lt; 7 &amp; 5&#46;", "2 * 3 < 7 & 5."),
        ("one  \ntwo\nthree", "one\ntwo\nthree"),
        ("H<sub>2</sub>O<br>is <!-- hm --> wet", "H2O\nis  wet"),
        ("snake_case_words stay", "snake_case_words stay"),
    ],
)
def test_words_are_left_and_marks_are_gone(markdown: str, text: str) -> None:
    assert text_of(markdown) == text


def test_code_is_kept_as_it_is_written() -> None:
    assert text_of("Before:\n\n```python\nif x:\n    y = *z*\n```\n\n    indented\n      more\n\nAfter.") == (
        "Before:\n\nif x:\n    y = *z*\n\nindented\n  more\n\nAfter."
    )


def test_items_are_paragraphs_and_numbers_stay() -> None:
    document = read(
        "There are\n- light\n  sleep\n- deep sleep. It is N3.\n  - inner\n\n3. third\n4. fourth\n", "a.md"
    )
    assert document.text == "There are\n\nlight\nsleep\n\ndeep sleep. It is N3.\n\ninner\n\n3. third\n\n4. fourth"
    assert sentences(document) == [
        "There are",
        "light\nsleep",
        "deep sleep.",
        "It is N3.",
        "inner",
        "3. third",
        "4. fourth",
    ]


def test_an_empty_item_gives_its_number_to_nothing_else() -> None:
    assert text_of("1.\n\nText.") == "Text."


def test_rows_of_a_table_are_lines() -> None:
    document = read("| Stage | *Share* |\n|---|---|\n| N1 | 5 % |\n| N2. Light | 50&nbsp;% |\n\nText.", "a.md")
    assert document.text == "Stage\tShare\nN1\t5 %\nN2. Light\t50 %\n\nText."
    assert sentences(document) == ["Stage\tShare", "N1\t5 %", "N2. Light\t50 %", "Text."]


def test_two_tables_are_apart() -> None:
    table = "|a|b|\n|-|-|\n|c|d|\n"
    assert text_of(f"{table}\n{table}") == "a\tb\nc\td\n\na\tb\nc\td"


def test_quotes_are_paragraphs_and_rules_are_no_text() -> None:
    assert text_of("> Said *once*.\n> And again.\n\n---\n\nEnd.") == "Said once.\nAnd again.\n\nEnd."


def test_a_heading_in_a_quote_or_an_item_parts_nothing() -> None:
    document = read("Text.\n\n> # Quoted\n\n- # Item\n", "a.md")
    assert headings(document) == []
    assert document.text == "Text.\n\nQuoted\n\nItem"


def test_blocks_of_html_are_left_their_words() -> None:
    markdown = (
        "<div class='a'>\n<p>One &amp; two</p>three\n</div>\n\n<script>\nx = 1\n</script>\n\n<!-- gone -->\n\nText."
    )
    assert text_of(markdown) == "One & two\nthree\n\nText."


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("title: On sleep\nauthor: A", "On sleep"),
        ('title:   "On: sleep"  ', "On: sleep"),
        ("author: A\ntitle: 'On sleep'", "On sleep"),
        ("title: |\n  On sleep", "First"),
        ('title: "On sleep', "First"),
        ("title:", "First"),
        ("subtitle: On sleep", "First"),
    ],
)
def test_front_matter_gives_only_a_plain_title(head: str, title: str) -> None:
    document = read(f"---\n{head}\n---\n\n# First\n\nText.", "a.md")
    assert document.text == "First\n\nText."
    assert document.title == title


def test_a_text_without_a_heading_of_the_first_level_is_called_by_its_file() -> None:
    assert read("## Part\n\nText.", "on sleep.markdown").title == "on sleep"


def test_a_heading_longer_than_a_heading_is_a_paragraph() -> None:
    document = read(f"# {'word ' * 50}\n\nText.", "a.md")
    assert headings(document) == []
    assert document.title.startswith("word word")
    assert len(document.title) == 200


def test_deep_nesting_loses_no_words() -> None:
    assert text_of(f"{'> ' * 500}deep\n\nafter").endswith("deep\n\nafter")
    assert text_of(f"{'- ' * 500}deep\n\nafter").endswith("deep\n\nafter")


def test_more_headings_than_an_outline_can_show_are_refused() -> None:
    with pytest.raises(BadDocument, match=r"^a\.md: it has more than 20,000 headings\."):
        read("# a\n" * 20_001, "a.md")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        document = read_document(text.encode(), "a.md")
    except BadDocument as refusal:
        assert refusal.message.startswith("a.md: ")
        assert refusal.mend
    else:
        for heading in document.headings:
            assert "\n" not in document.text[heading.start : heading.end]

"""Coverage: which words of which sentences the anchors touch, and what is left out on purpose."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.anchors.coverage import Coverage, Quoted, cover, least_quoted, mark
from flashrls.anchors.find import Finder, Place
from flashrls.anchors.words import words
from flashrls.cards import Skip
from tests.anchors.making import finder

TEXT = """Sleep

Sleep helps memory. Mice that sleep learn more, and forget less.

Stages

Spindles mark stage N2. Nobody knows why.

Empty

Links

Read more about mice. Buy a pillow.
"""
HEADINGS = ("# Sleep", "# Stages", "# Empty", "# Links")


@pytest.fixture(scope="module")
def sleep() -> Finder:
    return finder(TEXT, *HEADINGS)


def quote(finder: Finder, note: int, words: str) -> Quoted:
    place = finder.find(words)
    assert isinstance(place, Place), place
    return Quoted(note, place)


def test_an_anchor_covers_the_words_it_quotes_in_the_sentence_it_touches(sleep: Finder) -> None:
    coverage = cover(sleep, [quote(sleep, 7, "sleep learn more"), quote(sleep, 3, "more, and forget")])
    first, second = coverage.sentences[:2]
    assert (first.words, first.quoted, first.notes, first.skipped) == (3, 0, (), None)
    assert [TEXT[start:end] for start, end in first.untouched] == ["Sleep helps memory"]
    assert (second.words, second.quoted, second.notes) == (8, 5, (3, 7))
    assert [TEXT[start:end] for start, end in second.untouched] == ["Mice that", "less"]


def test_every_section_sums_up_its_sentences_and_one_without_any_has_its_place(sleep: Finder) -> None:
    coverage = cover(sleep, [quote(sleep, 1, "helps memory. Mice"), quote(sleep, 2, "mark … N2")])
    told = [(one.section.title, one.sentences, one.words, one.quoted, one.notes) for one in coverage.sections]
    assert told == [
        ("Sleep", range(2), 11, 3, (1,)),
        ("Stages", range(2, 4), 7, 2, (2,)),
        ("Empty", range(4, 4), 0, 0, ()),
        ("Links", range(4, 6), 7, 0, ()),
    ]
    assert (coverage.words, coverage.quoted, coverage.touched, coverage.skipped) == (25, 5, 3, 0)


def test_a_word_that_is_quoted_in_part_counts_and_one_quoted_twice_counts_once(sleep: Finder) -> None:
    coverage = cover(sleep, [quote(sleep, 1, "pindle"), quote(sleep, 1, "Spindles mark")])
    assert (coverage.sentences[2].quoted, coverage.sentences[2].notes) == (2, (1,))


def test_a_quoted_heading_is_no_sentence(sleep: Finder) -> None:
    coverage = cover(sleep, [Quoted(1, Place(0, 5, ((0, 5),)))])
    assert (coverage.quoted, coverage.touched) == (0, 0)


def test_a_skip_takes_every_sentence_it_touches_and_is_left_out_of_the_sums(sleep: Finder) -> None:
    quoted = [quote(sleep, 1, "Spindles mark"), quote(sleep, 2, "Nobody")]
    coverage = cover(sleep, quoted, [Skip("Nobody knows", "an aside")])
    assert [one.skipped for one in coverage.sentences] == [None, None, None, "an aside", None, None]
    assert (coverage.sentences[3].quoted, coverage.sentences[3].notes) == (1, (2,))
    stages = coverage.sections[1]
    assert (stages.words, stages.quoted, stages.skipped, stages.notes) == (4, 2, 1, (1,))
    assert (coverage.words, coverage.quoted, coverage.touched, coverage.skipped) == (22, 2, 1, 1)
    assert coverage.lost_skips == ()


def test_a_skip_over_the_end_of_a_sentence_takes_both(sleep: Finder) -> None:
    coverage = cover(sleep, [], [Skip("stage N2. Nobody", "why not")])
    assert [one.skipped for one in coverage.sentences] == [None, None, "why not", "why not", None, None]


def test_a_skipped_heading_takes_what_stands_below_it() -> None:
    text = "Body\n\nIt stands.\n\nRelated links\n\nOne link.\n\nMore\n\nTwo links.\n\nEnd\n\nIt ends."
    found = finder(text, "# Body", "# Related links", "## More", "# End")
    coverage = cover(found, [], [Skip("Related links", "furniture")])
    assert [one.skipped for one in coverage.sentences] == [None, "furniture", "furniture", None]


def test_a_skip_that_has_no_one_place_is_told(sleep: Finder) -> None:
    gone, twice = Skip("Advertisement", "furniture"), Skip("Sleep", "furniture")
    coverage = cover(sleep, [], [gone, twice, Skip("Buy a pillow", "furniture")])
    assert coverage.lost_skips == (gone, twice)
    assert coverage.skipped == 1


def test_of_two_reasons_the_first_counts(sleep: Finder) -> None:
    coverage = cover(sleep, [], [Skip("Nobody knows", "one"), Skip("knows why", "two")])
    assert coverage.sentences[3].skipped == "one"


def test_an_empty_document_has_no_coverage() -> None:
    assert cover(finder(""), []) == Coverage((), ())


def test_the_least_quoted_sentences_come_first_without_skipped_and_full_ones(sleep: Finder) -> None:
    quoted = [
        quote(sleep, 1, "Sleep helps memory"),
        quote(sleep, 2, "Mice that sleep learn"),
        quote(sleep, 3, "Spindles mark stage"),
        quote(sleep, 4, "Buy"),
    ]
    coverage = cover(sleep, quoted, [Skip("Nobody knows why", "an aside")])
    assert least_quoted(coverage, 10) == [4, 5, 1, 2]
    assert least_quoted(coverage, 2) == [4, 5]
    assert least_quoted(coverage, 0) == least_quoted(coverage, -1) == []


@pytest.mark.parametrize(
    ("quoted", "marks"),
    [(0, "·."), (1, "▒-"), (4, "▒-"), (5, "▓+"), (7, "▓+"), (8, "█#"), (10, "█#")],
)
def test_a_mark_shows_how_much_of_ten_words_is_quoted(quoted: int, marks: str) -> None:
    assert mark(10, quoted) + mark(10, quoted, ascii_only=True) == marks


def test_a_skipped_or_wordless_sentence_has_its_mark() -> None:
    assert mark(10, 10, skipped=True) + mark(0, 0, skipped=True, ascii_only=True) == "×x"
    assert mark(0, 0) + mark(0, 0, ascii_only=True) == "·."


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60))
def test_more_quoted_words_never_lighten_a_mark(count: int, one: int, other: int) -> None:
    fewer, more = sorted((min(one, count), min(other, count)))
    assert "·▒▓█".index(mark(count, fewer)) <= "·▒▓█".index(mark(count, more))
    assert ".-+#".index(mark(count, fewer, ascii_only=True)) == "·▒▓█".index(mark(count, fewer))


spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda pair: pair[0] < pair[1])
anchors = st.lists(st.tuples(st.integers(1, 5), spans), max_size=12)


@given(anchors, st.randoms())
def test_quoted_and_untouched_words_are_all_words_whatever_the_order(
    placed: list[tuple[int, tuple[int, int]]], chance: random.Random
) -> None:
    sleep = finder(TEXT, *HEADINGS)
    quoted = [Quoted(note, Place(*span, (span,))) for note, span in placed]
    coverage = cover(sleep, quoted, [Skip("Nobody knows", "an aside")])
    for one in coverage.sentences:
        everything = list(words(TEXT, one.sentence.start, one.sentence.end))
        left = [word for start, end in one.untouched for word in words(TEXT, start, end)]
        touched = [
            (start, end)
            for start, end in everything
            if any(at < end and start < until for _, (at, until) in placed)
        ]
        assert sorted(left + touched) == everything
        assert (one.words, one.quoted) == (len(everything), len(touched))
    counted = [one for one in coverage.sentences if one.skipped is None]
    assert coverage.words == sum(one.words for one in counted)
    assert coverage.quoted == sum(one.quoted for one in counted)
    assert len(coverage.sentences) == sum(len(section.sentences) for section in coverage.sections)
    chance.shuffle(quoted)
    assert cover(sleep, quoted, [Skip("Nobody knows", "an aside")]) == coverage

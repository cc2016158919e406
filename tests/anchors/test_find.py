"""Finding quotes: verbatim after folding, whole words first, and the card's section among several places."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flashrls.anchors.find import Ambiguous, Finder, Missing, Place
from flashrls.anchors.fold import fold
from tests.anchors.making import finder, odd_texts, quoted

ARTICLE = """Sleep and Memory

Sleep helps memory. The brain’s ﬁeld is mag-
netic, and spindles mark stage N2.

Stages

In stage N2 the spindles come and go. Nobody knows why they come and go.

Loss

The mice lost sleep. Memory went with it, as it does in people.
"""
HEADINGS = ("# Sleep and Memory", "## Stages", "## Loss")


@pytest.fixture(scope="module")
def article() -> Finder:
    return finder(ARTICLE, *HEADINGS)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("spindles mark stage N2", "spindles mark stage N2"),
        ("  spindles\nmark  stage N2 ", "spindles mark stage N2"),
        ("The brain's field is magnetic", "The brain’s ﬁeld is mag- netic"),
        ("magnetic, and", "mag- netic, and"),
        ("The mice lost sleep. Memory", "The mice lost sleep. Memory"),
        ("Sleep and Memory", "Sleep and Memory"),
    ],
)
def test_a_quote_is_found_however_it_is_typeset(article: Finder, quote: str, words: str) -> None:
    assert quoted(article, article.find(quote)) == words


def test_a_place_gives_the_offsets_of_the_document() -> None:
    assert finder("one  two, thr\u00adee").find("two, three") == Place(5, 16, ((5, 16),))


@pytest.mark.parametrize("quote", ["", "  \n", "\u00ad\u200b", "…", " ... … ", "spindles make", "SPINDLES MARK"])
def test_a_quote_that_is_not_there_is_missing(article: Finder, quote: str) -> None:
    assert article.find(quote) == Missing(None, 0.0)


def test_a_phrase_that_stands_several_times_is_ambiguous(article: Finder) -> None:
    found = article.find("come and go")
    assert isinstance(found, Ambiguous)
    assert found.count == 2
    assert [ARTICLE[place.start : place.end + 1] for place in found.places] == ["come and go.", "come and go."]
    assert found.places[0].end < found.places[1].start


def test_of_very_many_places_twenty_are_kept() -> None:
    found = finder("so it goes, " * 50).find("so it goes")
    assert isinstance(found, Ambiguous)
    assert (len(found.places), found.count) == (20, 50)
    assert [place.start for place in found.places[:3]] == [0, 12, 24]


def test_occurrences_that_cut_a_word_count_only_if_there_is_no_other() -> None:
    text = "The heart of art is a cart."
    assert finder(text).find("art") == Place(13, 16, ((13, 16),))
    assert finder(text).find("hear") == Place(4, 8, ((4, 8),))
    cutting = finder("heart, cart").find("art")
    assert isinstance(cutting, Ambiguous)
    assert [place.start for place in cutting.places] == [2, 8]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("nationwide or brain-wide", 20),
        ("nationwide or brain-\nwide", 21),
        ("nationwide or brain—wide", 20),
        ("nationwide or “wide”", 15),
        ("nation\u00adwide or a wide one", 17),
        ("nation2wide or a wide one", 17),
        ("natione\u0301\u0323wide or a wide one", 19),
    ],
)
def test_a_hyphen_parts_words_and_what_has_no_width_does_not(text: str, start: int) -> None:
    assert finder(text).find("wide") == Place(start, start + 4, ((start, start + 4),))


def test_a_punctuation_mark_at_the_edge_of_a_quote_cuts_no_word() -> None:
    found = finder("red,blue and green ,blue").find(",blue")
    assert isinstance(found, Ambiguous)
    assert found.count == 2


def test_scripts_without_spaces_have_no_words_to_cut() -> None:
    found = finder("私は東京に行く。「東京」").find("東京")
    assert isinstance(found, Ambiguous)
    assert [place.start for place in found.places] == [2, 9]


@pytest.mark.parametrize("sections", [["Loss"], ["LOSS "], ["no such", "loss"], ["Deck", "Loss", "Other"]])
def test_the_section_of_the_card_tells_two_places_apart(article: Finder, sections: list[str]) -> None:
    found = article.find("Memory", sections)
    assert isinstance(found, Place)
    assert ARTICLE[found.start : found.end + 5] == "Memory went"


@pytest.mark.parametrize("sections", [[], [""], ["Nowhere"], ["Stages"], ["Sleep and Memory", "Loss", "Sleep"]])
def test_a_section_that_holds_none_or_several_of_the_places_tells_nothing(sections: list[str]) -> None:
    text = "Loss\n\nMemory is lost. Memory is gone.\n\nStages\n\nNothing here.\n\nLoss\n\nMore."
    found = finder(text, "# Loss", "# Stages", "# Loss").find("Memory is", sections)
    assert isinstance(found, Ambiguous)


def test_a_section_below_the_named_one_belongs_to_it_but_its_own_words_come_first() -> None:
    text = (
        "Iron\n\nIron is bound.\n\nRoad\n\nIron is moved. Copper is moved.\n\nEnd\n\nIron is lost. Copper is lost."
    )
    found = finder(text, "# Iron", "## Road", "# End")
    assert found.find("Copper is", ["Iron"]) == Place(43, 52, ((43, 52),))
    assert found.find("Iron is", ["Iron"]) == Place(6, 13, ((6, 13),))
    assert found.find("Iron is", ["Iron", "Road"]) == Place(28, 35, ((28, 35),))


@pytest.mark.parametrize(
    "quote", ["spindles … stage N2", "spindles...stage N2", "spindles …… stage N2", "spindles […] N2"]
)
def test_parts_joined_by_dots_follow_each_other(quote: str) -> None:
    text = "The spindles of sleep mark stage N2 and spindles [ are ] N2 no more."
    found = finder(text)
    if "[" in quote:
        assert found.words(_place(found.find(quote))) == "spindles [ … ] N2"
    else:
        assert found.find(quote) == Place(4, 35, ((4, 12), (27, 35)))


def _place(found: Place | Ambiguous | Missing) -> Place:
    assert isinstance(found, Place)
    return found


def test_words_of_several_parts_are_joined_by_an_ellipsis(article: Finder) -> None:
    found = article.find("The brain's … netic … N2.")
    assert quoted(article, found) == "The brain’s … netic … N2."


def test_a_document_may_hold_an_ellipsis_itself() -> None:
    text = "He said … nothing. He said that there was nothing."
    assert finder(text).find("said ... nothing") == Place(3, 17, ((3, 17),))


def test_an_ellipsis_at_either_end_of_a_quote_joins_nothing(article: Finder) -> None:
    assert quoted(article, article.find("… spindles mark …")) == "spindles mark"


def test_the_tightest_stretch_holds_the_parts() -> None:
    text = "iron one, iron two, and dopamine, then dopamine"
    assert finder(text).find("iron … dopamine") == Place(10, 32, ((10, 14), (24, 32)))


def test_a_part_in_the_middle_may_stand_several_times() -> None:
    text = "alpha beta " + "x" * 900 + " beta " + "y" * 900 + " gamma"
    found = finder(text).find("alpha … beta … gamma")
    assert _place(found).parts == ((0, 5), (912, 916), (1818, 1823))


def test_stretches_apart_from_each_other_are_ambiguous_and_the_section_tells() -> None:
    text = "A\n\nIron makes dopamine.\n\nB\n\nIron makes the dopamine."
    found = finder(text, "# A", "# B")
    assert found.find("Iron … dopamine") == Ambiguous(
        (Place(3, 22, ((3, 7), (14, 22))), Place(28, 51, ((28, 32), (43, 51)))), 2
    )
    assert found.find("Iron … dopamine", ["b"]) == Place(28, 51, ((28, 32), (43, 51)))


def test_parts_in_two_sections_or_in_wrong_order_or_far_apart_are_missing(article: Finder) -> None:
    assert article.find("spindles mark … The mice") == Missing(None, 0.0)
    assert article.find("stage N2 … spindles mark") == Missing(None, 0.0)
    far = "alpha" + " x" * 500 + " omega"
    assert finder(far).find("alpha … omega") == Missing(None, 0.0)
    assert finder(far.replace(" x", "", 1)).find("alpha … omega") == Place(0, 1009, ((0, 5), (1004, 1009)))


def test_the_nearest_stretch_is_whole_words_and_likeness_tells_how_near(article: Finder) -> None:
    near = article.near("spindels marked the stage N2")
    assert near.nearest is not None
    assert article.words(near.nearest) == "spindles mark stage N2"
    assert 0.7 < near.likeness < 1.0
    assert article.near("spindles mark stage N2").likeness == 1.0
    assert article.near("Nobody knew … come and go").likeness > article.near("quantum chromodynamics").likeness


@pytest.mark.parametrize(("text", "quote"), [("", "a"), ("  ", "a"), ("a", ""), ("a", "…"), ("abc", "xyz")])
def test_where_nothing_is_alike_there_is_no_nearest_stretch(text: str, quote: str) -> None:
    assert finder(text).near(quote) == Missing(None, 0.0)


def test_a_quote_longer_than_the_document_is_compared_too() -> None:
    near = finder("spindles mark").near("spindles mark stage N2 " * 200)
    assert near.nearest == Place(0, 13, ((0, 13),))


def test_hostile_texts_are_read_to_their_end() -> None:
    many = finder("a" * 30_000)
    found = many.find("a")
    assert isinstance(found, Ambiguous)
    assert (len(found.places), found.count) == (20, 30_000)
    assert isinstance(many.find("a" * 10_000), Ambiguous)
    assert len(_place(many.find("a … " * 20)).parts) == 20
    assert many.find("a … " * 30) == Missing(None, 0.0)


def test_lone_surrogates_are_found_as_any_other_character() -> None:
    assert finder("a \udcff b").find("\udcff b") == Place(2, 5, ((2, 5),))


@given(odd_texts, st.data())
def test_any_phrase_cut_out_of_any_text_is_found_at_its_place(text: str, choice: st.DataObject) -> None:
    start = choice.draw(st.integers(0, len(text)))
    end = choice.draw(st.integers(start, len(text)))
    check_cut(text, start, end)


@given(odd_texts)
@example("e\u0301 e")
@example("mag-\nnetic mag- 5")
@example("\u1100\u1161\u11a8 \u1100")
@example(" \u00a8\u0308")
def test_every_phrase_of_a_short_text_is_found_at_its_place(text: str) -> None:
    short = text[:8]
    for start in range(len(short)):
        for end in range(start + 1, len(short) + 1):
            check_cut(short, start, end)


def check_cut(text: str, start: int, end: int) -> None:
    """A phrase is found where it was cut, or, if the cuts went through words, where it cuts none."""
    found, quote = finder(text), text[start:end]
    places, count = found.every(quote)
    if not fold(quote).text.strip():
        assert (places, count) == ([], 0)
        assert found.find(quote) == Missing(None, 0.0)
        return
    assert count == len(set(places)) == len(places) > 0
    assert found.find(quote) == (places[0] if count == 1 else Ambiguous(tuple(places[:20]), count))
    while text[start].isspace() or not fold(text[start]).text:
        start += 1
    while text[end - 1].isspace() or not fold(text[end - 1]).text:
        end -= 1
    own = [place for place in places if place.start <= start and end <= place.end]
    assert own or cuts(text, start) or cuts(text, end)
    assert all(
        fold(quote).text.strip() in fold(text[one.start : one.end]).text or quote.strip() in text for one in own
    )


def cuts(text: str, at: int) -> bool:
    """Whether a word goes on here, as it is folded."""
    left, right = fold(text[:at]).text, fold(text[at:]).text
    return bool(left and right) and all(
        character.isalnum() or unicodedata.category(character)[0] == "M" for character in (left[-1], right[0])
    )

"""Anchors through a change of their document: found, moved, reworded or lost, and where they stand now."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.anchors.find import Finder, Place
from flashrls.anchors.refind import Anchor, Refound, Standing, refind
from tests.anchors.making import finder, sentence, word

FOUND, MOVED, REWORDED = Standing.FOUND, Standing.MOVED, Standing.REWORDED
LOST, UNVERIFIED = Standing.LOST, Standing.UNVERIFIED

IRON = """Iron

The availability of iron is linked to dopamine. Autopsy studies show reduced iron in the substantia nigra.

Dopamine

Dopamine levels naturally decrease in the evening. These drugs work by stimulating dopamine receptors.

Genes

Family and twin studies indicate that genetic factors may account for the risk.
"""
TITLES = ("# Iron", "# Dopamine", "# Genes")


def anchor(finder: Finder, quote: str, *sections: str) -> Anchor:
    place = finder.find(quote, sections)
    assert isinstance(place, Place), place
    return Anchor(quote, place, sections)


def updated(changed: str, *quotes: str, titles: Sequence[str] = TITLES) -> list[tuple[str, str]]:
    """What becomes of anchors of the article when its text changes so."""
    old = finder(IRON, *TITLES)
    refound = refind(old, finder(changed, *titles), [anchor(old, quote) for quote in quotes])
    return [(one.standing.value, one.words) for one in refound]


def test_the_words_of_the_database_are_the_standings() -> None:
    assert [one.value for one in Standing] == ["unverified", "found", "moved", "reworded", "lost"]


def test_the_same_text_leaves_every_anchor_where_it_was() -> None:
    old = finder(IRON, *TITLES)
    anchors = [
        anchor(old, "evening. These drugs"),
        anchor(old, "linked to dopamine"),
        anchor(old, "twin … the risk"),
    ]
    refound = refind(old, finder(IRON, *TITLES), anchors)
    assert [(one.standing, one.place) for one in refound] == [(FOUND, one.place) for one in anchors]
    assert refound[2].words == "twin … the risk"


def test_a_text_typeset_otherwise_leaves_every_anchor_found() -> None:
    changed = IRON.replace(" ", "\n").replace("levels", "lev-\nels").replace("twin", "“twin”")
    assert updated(changed, "Dopamine levels naturally", "genetic factors may") == [
        ("found", "Dopamine lev- els naturally"),
        ("found", "genetic factors may"),
    ]


def test_a_word_that_changed_makes_its_anchor_reworded() -> None:
    changed = IRON.replace("naturally decrease", "slowly decrease").replace("twin studies", "twins’ studies")
    assert updated(changed, "levels naturally decrease", "twin studies indicate", "genetic factors") == [
        ("reworded", "levels slowly decrease"),
        ("reworded", "twins’ studies indicate"),
        ("found", "genetic factors"),
    ]


def test_an_anchor_whose_neighbours_changed_too_is_found_by_its_likeness() -> None:
    drugs = "These drugs work by stimulating dopamine receptors."
    changed = IRON.replace(drugs, "Such drugs act by stimulating dopamine cells.")
    assert updated(changed, "drugs work by stimulating dopamine") == [
        ("reworded", "drugs act by stimulating dopamine")
    ]


def test_an_anchor_that_was_reworded_and_moved_is_found_too() -> None:
    drugs = "These drugs work by stimulating dopamine receptors."
    changed = IRON.replace(" " + drugs, "").replace(
        "the risk.", "the risk. These drugs work by blocking dopamine receptors."
    )
    assert updated(changed, "These drugs work by stimulating dopamine receptors") == [
        ("reworded", "These drugs work by blocking dopamine receptors")
    ]


def test_an_anchor_whose_sentence_is_gone_or_replaced_is_lost() -> None:
    gone = "Autopsy studies show reduced iron in the substantia nigra."
    assert updated(IRON.replace(gone, ""), "studies show reduced iron") == [("lost", "")]
    other = "Nobody has ever measured what the liver does about all this."
    assert updated(IRON.replace(gone, other), "studies show reduced iron") == [("lost", "")]
    assert updated("", "studies show reduced iron", titles=()) == [("lost", "")]


def test_a_passage_in_another_place_is_moved_and_the_others_are_not() -> None:
    blocks = IRON.strip().split("\n\n")
    changed = "\n\n".join(blocks[4:] + blocks[:4])
    titles = (TITLES[2], TITLES[0], TITLES[1])
    quotes = ("linked to dopamine", "naturally decrease", "genetic factors")
    assert [standing for standing, _ in updated(changed, *quotes, titles=titles)] == ["found", "found", "moved"]


def test_verbatim_words_in_a_section_of_another_title_are_moved() -> None:
    changed = IRON.replace("Dopamine\n\n", "Receptors\n\n")
    titles = (TITLES[0], "# Receptors", TITLES[2])
    assert [one for one, _ in updated(changed, "naturally decrease", "genetic factors", titles=titles)] == [
        "moved",
        "found",
    ]
    shouting = IRON.replace("Dopamine\n\n", "DOPAMINE\n\n")
    assert updated(shouting, "naturally decrease", titles=(TITLES[0], "# DOPAMINE", TITLES[2])) == [
        ("found", "naturally decrease")
    ]


REPEATED = (
    "Rats sleep at night. Some say so.\n\nMice sleep at night. Others say so.\n\nCats sleep at night. Who says so?"
)


@pytest.mark.parametrize(
    ("changed", "start"),
    [
        (REPEATED, 40),
        ("Bats sleep at night. I say so.\n\n" + REPEATED, 72),
        (REPEATED.replace("Rats sleep at night. Some say so.\n\n", ""), 5),
        (REPEATED.replace("Mice sleep", "At last mice sleep"), 48),
    ],
)
def test_of_several_occurrences_the_neighbourhood_tells_the_right_one(changed: str, start: int) -> None:
    old = finder(REPEATED)
    place = Place(40, 54, ((40, 54),))
    assert old.words(place) == "sleep at night"
    (refound,) = refind(old, finder(changed), [Anchor("sleep at night", place)])
    assert refound == Refound(FOUND, Place(start, start + 14, ((start, start + 14),)), "sleep at night")


def test_an_occurrence_that_was_anothers_is_not_taken_for_a_changed_one() -> None:
    old = finder(REPEATED)
    changed = finder(REPEATED.replace("Mice sleep at night", "Mice sleep by night"))
    (refound,) = refind(old, changed, [Anchor("sleep at night", Place(40, 54, ((40, 54),)))])
    assert refound == Refound(REWORDED, Place(40, 54, ((40, 54),)), "sleep by night")


def test_when_the_passage_is_gone_another_one_with_its_very_words_is_taken() -> None:
    old = finder(REPEATED)
    changed = finder(REPEATED.replace("Mice sleep at night. Others say so.\n\n", ""))
    (refound,) = refind(old, changed, [Anchor("sleep at night", Place(40, 54, ((40, 54),)))])
    assert (refound.standing, refound.words) == (FOUND, "sleep at night")


def test_of_whole_passages_that_repeat_the_order_tells() -> None:
    verse = "And the sheep went home. "
    old, new = finder(verse * 6), finder("It was late. " * 9 + verse * 6)
    quotes = [Anchor("sheep went", Place(at, at + 10, ((at, at + 10),))) for at in range(8, 150, 25)]
    refound = refind(old, new, quotes)
    assert [one.place and one.place.start for one in refound] == [125, 150, 175, 200, 225, 250]
    assert {one.standing for one in refound} == {FOUND}


def test_the_parts_of_a_quote_are_followed_together() -> None:
    changed = IRON.replace("is linked to", "is closely linked to")
    assert updated(changed, "availability … dopamine") == [("found", "availability … dopamine")]
    assert updated(IRON.replace("to dopamine", "to glutamate"), "availability of … linked to dopamine") == [
        ("reworded", "availability of iron is linked to glutamate")
    ]


def test_what_was_reworded_before_stays_so_until_the_quoted_words_come_back() -> None:
    now = IRON.replace("naturally decrease", "slowly decrease")
    start = now.index("levels slowly")
    reworded = Anchor("levels naturally decrease", Place(start, start + 22, ((start, start + 22),)))
    (still,) = refind(finder(now), finder("It is new. " + now), [reworded])
    assert still == Refound(
        REWORDED, Place(start + 11, start + 33, ((start + 11, start + 33),)), "levels slowly decrease"
    )
    (again,) = refind(finder(now), finder(IRON), [reworded])
    assert (again.standing, again.words) == (FOUND, "levels naturally decrease")


def test_an_anchor_without_a_place_is_looked_up() -> None:
    new = finder(IRON, *TITLES)
    anchors = [Anchor("twin studies", None), Anchor("no such words", None), Anchor("studies", None)]
    anchors.append(Anchor("studies", None, ("Genes",)))
    start = IRON.index("twin studies")
    assert refind(finder(""), new, anchors) == [
        Refound(FOUND, Place(start, start + 12, ((start, start + 12),)), "twin studies"),
        Refound(LOST, None, ""),
        Refound(UNVERIFIED, None, ""),
        Refound(FOUND, Place(start + 5, start + 12, ((start + 5, start + 12),)), "studies"),
    ]


def test_anchors_that_overlap_or_share_a_place_keep_their_order() -> None:
    quotes = ("linked to dopamine", "linked to", "linked to dopamine", "to dopamine. Autopsy")
    assert {standing for standing, _ in updated("New.\n\n" + IRON, *quotes)} == {"found"}


def test_nothing_to_follow_is_nothing() -> None:
    assert refind(finder("a"), finder("b"), []) == []


pages = st.integers(5, 9)


def text_of(order: Sequence[int]) -> str:
    return "\n\n".join(f"{sentence(3 * at)} {sentence(3 * at + 1)} {sentence(3 * at + 2)}" for at in order)


def middle_of(finder: Finder, at: int) -> Anchor:
    """Five words from the middle sentence of a paragraph."""
    return anchor(finder, " ".join(word((3 * at + 1) * 100 + number) for number in range(1, 6)))


@given(pages, st.data())
def test_text_put_in_elsewhere_leaves_anchors_found(count: int, choice: st.DataObject) -> None:
    old = finder(text_of(range(count)))
    at = choice.draw(st.integers(0, count))
    fresh = choice.draw(st.lists(st.integers(100, 110), min_size=1, max_size=3, unique=True))
    new = finder(text_of([*range(at), *fresh, *range(at, count)]))
    anchors = [middle_of(old, number) for number in range(count)]
    refound = refind(old, new, anchors)
    assert [one.standing for one in refound] == [FOUND] * count
    assert [one.words for one in refound] == [one.quote for one in anchors]


@given(pages, st.data())
def test_a_paragraph_that_moves_has_its_anchor_moved(count: int, choice: st.DataObject) -> None:
    old = finder(text_of(range(count)))
    one = choice.draw(st.integers(0, count - 1))
    there = choice.draw(st.integers(0, count - 1).filter(lambda at: abs(at - one) >= 2))
    order = [at for at in range(count) if at != one]
    order.insert(there, one)
    refound = refind(old, finder(text_of(order)), [middle_of(old, at) for at in range(count)])
    assert [at for at in range(count) if refound[at].standing is MOVED] == [one]
    assert [refound[at].standing for at in range(count) if at != one] == [FOUND] * (count - 1)
    assert refound[one].words == middle_of(old, one).quote


@given(pages, st.data())
def test_a_changed_word_makes_the_anchor_reworded_at_its_place(count: int, choice: st.DataObject) -> None:
    old = finder(text_of(range(count)))
    at, number = choice.draw(st.integers(0, count - 1)), choice.draw(st.integers(1, 5))
    gone, fresh = word((3 * at + 1) * 100 + number), word(choice.draw(st.integers(90_000, 91_000)))
    new = finder(old.document.text.replace(gone, fresh))
    refound = refind(old, new, [middle_of(old, one) for one in range(count)])
    assert [one.standing for one in refound] == [REWORDED if one == at else FOUND for one in range(count)]
    assert refound[at].words == middle_of(old, at).quote.replace(gone, fresh)


@given(pages, st.data())
def test_a_sentence_that_is_gone_has_its_anchor_lost(count: int, choice: st.DataObject) -> None:
    old = finder(text_of(range(count)))
    at = choice.draw(st.integers(0, count - 1))
    put_in = choice.draw(st.sampled_from(["", sentence(5_000), f"{sentence(5_001)} {sentence(5_002, words=30)}"]))
    new = finder(old.document.text.replace(sentence(3 * at + 1), put_in))
    refound = refind(old, new, [middle_of(old, one) for one in range(count)])
    assert [one.standing for one in refound] == [LOST if one == at else FOUND for one in range(count)]
    assert refound[at] == Refound(LOST, None, "")


@given(st.text(max_size=60), st.text(max_size=60), st.data())
def test_whatever_the_texts_every_anchor_gets_its_standing(before: str, after: str, choice: st.DataObject) -> None:
    old, new = finder(before), finder(after)
    quote = choice.draw(st.one_of(st.text(max_size=8), st.sampled_from([before[:5], before[2:9], after[1:4]])))
    end = choice.draw(st.integers(0, len(before)))
    start = choice.draw(st.integers(0, end))
    place = Place(start, end, ((start, end),)) if start < end else None
    (refound,) = refind(old, new, [Anchor(quote, place)])
    assert (refound.place is None) == (refound.standing in (LOST, UNVERIFIED))
    if refound.place:
        assert 0 <= refound.place.start < refound.place.end <= len(after)
        assert refound.words == new.words(refound.place)

"""Changes of two sides to one note, put together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.cards import Kind, Note
from flashrls.merging import Merged, is_same, merge, with_ours

BASE = Note("x", Kind.BASIC, "Wie tief?", "Elf Kilometer", tags=("meer",), anchors=("elf Kilometer",))

notes = st.builds(
    Note,
    st.just("x"),
    st.sampled_from([Kind.BASIC, Kind.REVERSED]),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["a", "b", "c"]),
    tags=st.sets(st.sampled_from("uvw")).map(lambda tags: tuple(sorted(tags))),
    typed=st.booleans(),
)


def changed(**fields: Any) -> Note:
    return replace(BASE, **fields)


def test_changes_of_different_fields_are_both_taken() -> None:
    merged = merge(BASE, changed(answer="11 km", tags=("meer", "tief")), changed(question="Wie tief ist es?"))
    assert merged == Merged(changed(question="Wie tief ist es?", answer="11 km", tags=("meer", "tief")))


def test_the_same_field_changed_differently_is_a_conflict_and_either_side_can_win() -> None:
    ours, theirs = changed(answer="11 km", typed=True), changed(answer="Elf", section="Tiefe")
    merged = merge(BASE, ours, theirs)
    assert merged == Merged(changed(answer="Elf", typed=True, section="Tiefe"), ("answer",))
    assert with_ours(merged, ours) == changed(answer="11 km", typed=True, section="Tiefe")


def test_tags_come_and_go_from_both_sides() -> None:
    merged = merge(BASE, changed(tags=("tief",)), changed(tags=("meer", "neu")))
    assert merged.note.tags == ("neu", "tief")
    assert not merged.conflicts


def test_what_never_was_one_conflicts_wherever_it_differs() -> None:
    merged = merge(None, changed(answer="11 km", tags=("tief",)), BASE)
    assert merged == Merged(changed(tags=("meer", "tief")), ("answer",))


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_card_made_a_cloze_on_one_side_and_reworded_on_the_other_conflicts_as_a_whole(is_ours: bool) -> None:
    cloze = changed(kind=Kind.CLOZE, question="{{1::Elf}} Kilometer", answer="")
    reworded = changed(answer="11 km")
    ours, theirs = (cloze, reworded) if is_ours else (reworded, cloze)
    merged = merge(BASE, ours, theirs)
    assert merged == Merged(theirs, ("kind",))
    assert with_ours(merged, ours) == ours


@given(notes, notes)
def test_a_side_that_changed_nothing_gives_way(base: Note, other: Note) -> None:
    assert merge(base, base, other) == Merged(other)
    assert is_same(merge(base, other, base).note, other)


@given(notes, notes, notes)
def test_both_sides_get_the_same_but_in_conflicts(base: Note, one: Note, other: Note) -> None:
    merged, turned = merge(base, one, other), merge(base, other, one)
    assert merged.conflicts == turned.conflicts
    assert is_same(with_ours(merged, one), turned.note)

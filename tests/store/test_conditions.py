"""Queries over the library: words, days, numbers, and the laws of not, and, or."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.cards import Deck, Kind, Note
from flashrls.query import STATES, AllOf, AnyOf, Comparison, Not, Query, Term, parse_query
from flashrls.store.browsing import SORTS, BrowseRow, Sort
from flashrls.store.library import Library, open_library
from tests.store.making import BURY, SUSPEND, FakeClock, basic, bring, deck_of, gaps, grade, make_library, shown


def found(library: Library, text: str) -> list[str]:
    """The ids of the cards that a query finds, in their order."""
    return [row.id for row in library.rows(library.browse(parse_query(text)))]


def asking(*questions: str) -> Deck:
    """A deck of these questions, with the ids a, b, c …"""
    return deck_of(*(basic(text, "-", key=chr(ord("a") + at)) for at, text in enumerate(questions)))


@pytest.mark.parametrize(
    ("word", "is_found"),
    [
        ("dopa", True),
        ("DOPAMINE", True),
        ("amine", False),
        ('"dopa"', False),
        ('"dopamine"', True),
        ('"is dopamine"', True),
        ('"is dopa"', False),
        ('"dopamine is"', False),
        ("5-HT", True),
        ("5-ht2", False),
        ("c++", True),
        ("c+", True),
        ("+++", False),
        ("(really)?", True),
        ("→", True),
        ("h2o", True),
        ("H₂O", True),
        ("uber", True),
        ("ÜBER", True),
        ("u\u0308ber", True),
        ("елка", True),
        ("ЁЛКА", True),
        ("strasse", True),
        ("STRASSE", True),
        ("οψη", True),
        ("漢字", True),
        ("字", True),
        ("漢か", False),
        ("かな", True),
        ('"字か"', True),
        ("🧠", True),
        ("🫀", False),
    ],
)
def test_a_word_finds_beginnings_of_words_and_quotes_whole_ones(
    library: Library, word: str, is_found: bool
) -> None:
    text = "What is dopamine, 5-HT, C++ (really)? → H₂O über Ёлка Straße ΌΨΗ 漢字かな 🧠"
    bring(library, asking(text))
    assert found(library, word) == (["a"] if is_found else [])
    assert found(library, f"-{word}") == ([] if is_found else ["a"])


@pytest.mark.parametrize("minus", ["", "-"])
def test_what_may_be_asked_is_not_too_deep_for_the_database(opened: Library, minus: str) -> None:
    """Only as deep as it may be, and with a state, a day, a deck and a section at the bottom."""
    deepest = "is:leech added=3d due:7d deck:Wald section:S a.b"
    query = parse_query(f"{minus}(k1 or -iron " * 8 + deepest + ")" * 8)
    found = opened.browse(query, Sort("question"))
    assert {card.card.ref for card in opened.find(query)} == set(found)
    assert found or opened.browse(Not(query), Sort("deck"))
    opened.session(query=query)
    opened.session("Wald", query=query, more=3)
    opened.practice(query=query)
    opened.progress(query=query)


def test_a_phrase_goes_on_in_the_next_line(library: Library) -> None:
    bring(library, asking("Iron is in the blood,\nwhich is red", "Größe,\nalso"))
    assert found(library, '"the blood, which is"') == found(library, '"blood which"') == ["a"]
    assert found(library, '"größe, also"') == ["b"]
    assert found(library, '"the  blood,  which"') == ["a"]


def test_the_words_of_a_cloze_are_found_without_its_braces(library: Library) -> None:
    bring(library, deck_of(gaps("Memory is {{1::encoded}} and {{2::stored::kept}}.", key="m")))
    assert found(library, '"is encoded and stored"') == ["m#1", "m#2"]
    assert found(library, "kept") == []
    assert found(library, "{{") == []


def test_an_edit_an_undo_and_a_redo_change_what_words_find(library: Library) -> None:
    bring(library, asking("Iron"))
    ref = shown(library, "a").note_ref
    before = library.note(ref)
    library.edit(ref, before, Note("a", Kind.BASIC, "Größe", "-"))
    assert (found(library, "iron"), found(library, "grosse")) == ([], ["a"])
    library.undo()
    assert (found(library, "iron"), found(library, "grosse")) == (["a"], [])
    library.redo()
    assert (found(library, "iron"), found(library, "grosse")) == ([], ["a"])


def test_a_file_imported_again_and_a_note_added_are_found(library: Library) -> None:
    bring(library, asking("Iron"))
    bring(library, asking("Copper"))
    library.add("Wald", [basic("Zinc", key="z")])
    assert [found(library, word) for word in ("iron", "copper", "zinc")] == [[], ["a"], ["z"]]


def test_days_are_study_days_and_stretches_end_today(library: Library, clock: FakeClock) -> None:
    bring(library, asking("one", "two"))  # on 2026-03-02, at noon or so
    grade(library, "a", 4)
    clock.forward(days=6)
    assert found(library, "reviewed:7d") == ["a"]
    assert found(library, "added:7d") == ["a", "b"]
    assert found(library, "added:6d") == []
    clock.forward(days=1)
    assert found(library, "reviewed:7d or added:7d") == []
    assert found(library, "added>6d") == ["a", "b"]
    assert found(library, "added>7d") == []
    assert found(library, "reviewed>6d") == ["a"]
    day = library.day - timedelta(days=7)
    assert found(library, f"added:{day}") == ["a", "b"]
    assert found(library, f"added<{day}") == found(library, f"added>{day}") == []
    assert found(library, f"due={day + timedelta(days=1)}") == ["a"]
    assert found(library, "due<=today") == ["a"]
    assert found(library, "due:7d") == []
    assert found(library, "-due<=today") == ["b"]


def test_a_note_added_before_the_rollover_was_added_the_day_before(library: Library, clock: FakeClock) -> None:
    """At two in the morning the study day before still runs."""
    clock.forward(hours=14)
    day = library.day
    bring(library, asking("late"))
    assert clock().wall_clock.date() == day + timedelta(days=1)
    assert found(library, f"added:{day}") == ["a"]
    assert found(library, f"added>{day}") == []


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of some twenty cards that stand in every way a card can."""
    clock = FakeClock()
    path = make_library(tmp_path_factory.mktemp("varied"))
    words = ["iron", "Größe", "5-HT", "c++", "dopamine iron", "x_y", "100%", "leech"]
    with open_library(path, clock=clock) as library:
        bring(
            library,
            deck_of(
                *(basic(word, "-", key=f"k{at}", tags=(("geo",), ("leech",), ())[at % 3], section=f"S{at % 2}")
                  for at, word in enumerate(words)),
                name="Meer::Tiefe",
            ),
            Deck("Wald", "wald", tuple(Note(f"w{at}", Kind.BASIC, f"fox {at}", "iron") for at in range(5))),
            Deck("Rest", "rest", (basic("draft", key="d", draft=True), gaps("{{1::a}} {{2::b}}", key="g"))),
        )  # fmt: skip
        for day in range(12):
            for name, every in (("k0", 1), ("k1", 2), ("k2", 3), ("w0", 4), ("w1", 5)):
                if day % every == 0:
                    grade(library, name, (1, 3, 4, 5)[(day + every) % 4] if name != "k0" else 1)
            clock.forward(days=1)
        library.mark([shown(library, "w2").ref], SUSPEND)
        library.mark([shown(library, "w3").ref], BURY)
        library.add("Wald", [basic("late", key="late")])
    return path


COMPARED: st.SearchStrategy[Comparison] = st.sampled_from(["<", "<=", ">", ">=", "="])
TERMS: st.SearchStrategy[Query] = st.one_of(
    st.builds(Term, st.just("text"), st.sampled_from(["iron", "io", "gro", "5-h", "c++", "%", "_", "k1", "g#2"])),
    st.builds(Term, st.just("deck"), st.sampled_from(["Meer", "wald", "Tiefe"])),
    st.builds(Term, st.just("tag"), st.sampled_from(["geo", "none"])),
    st.builds(Term, st.just("section"), st.sampled_from(["s1", "S"])),
    st.builds(Term, st.just("is"), st.sampled_from(STATES)),
    st.builds(Term, st.just("ease"), st.integers(130, 300), COMPARED),
    st.builds(Term, st.sampled_from(["interval", "lapses", "reviews"]), st.integers(0, 20), COMPARED),
    st.builds(Term, st.sampled_from(["due", "reviewed", "added", "edited"]),
              st.integers(-20, 20) | st.dates(date(2026, 2, 20), date(2026, 3, 30)), COMPARED),
)  # fmt: skip
QUERIES: st.SearchStrategy[Query] = st.recursive(
    TERMS,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def opened(varied: Path) -> Iterator[Library]:
    """The varied library on its thirteenth day, open as long as the module's tests run."""
    clock = FakeClock()
    clock.forward(days=12)
    with open_library(varied, clock=clock) as library:
        yield library


@given(QUERIES, QUERIES)
def test_not_and_or_are_those_of_sets(opened: Library, one: Query, other: Query) -> None:
    everything = set(opened.browse(AllOf(())))
    a, b = set(opened.browse(one)), set(opened.browse(other))
    assert opened.browse(Not(one)) == [ref for ref in opened.browse(AllOf(())) if ref not in a]
    assert a | set(opened.browse(Not(one))) == everything
    assert set(opened.browse(AllOf((one, other)))) == a & b
    assert set(opened.browse(AnyOf((one, other)))) == a | b
    assert {card.card.ref for card in opened.find(one)} == a


def _key(row: BrowseRow, by: str) -> object:
    return {
        "card": row.id.partition("#")[0].lower(),
        "question": row.question.lower(),
        "deck": row.deck.lower(),
        "section": row.section.lower(),
        "tags": " ".join(row.tags).lower(),
        "state": row.state,
        "due": row.due_on if row.state in ("due", "scheduled", "buried") else None,
        "interval": row.interval_days,
        "ease": row.ease,
        "lapses": row.lapses,
        "reviews": row.reviews,
        "reviewed": row.reviewed_on,
        "added": row.added_ms,
        "edited": row.edited_ms,
    }[by]


@pytest.mark.parametrize("by", [sort for sort in SORTS if sort not in ("place", "question")])
@pytest.mark.parametrize("descending", [False, True])
def test_every_sort_orders_the_same_cards_and_puts_what_has_none_last(
    opened: Library, by: str, descending: bool
) -> None:
    refs = opened.browse(AllOf(()), Sort(by, descending))
    assert sorted(refs) == sorted(opened.browse(AllOf(())))
    keys = [_key(row, by) for row in opened.rows(refs)]
    known = [key for key in keys if key is not None]
    assert keys[len(known) :] == [None] * (len(keys) - len(known))
    assert known == sorted(known, reverse=descending)  # type: ignore[type-var]


def test_rows_say_what_the_cards_say(opened: Library) -> None:
    refs = opened.browse(AllOf(()))
    assert [row.ref for row in opened.rows(refs)] == refs
    for row, one in zip(opened.rows(refs), opened.find(AllOf(())), strict=True):
        card = one.card
        schedule = card.state.schedule
        assert (row.id, row.note_ref, row.question, row.deck, row.section, row.tags, row.state) == (
            card.id, card.note_ref, card.face.question, card.deck, card.section, card.tags, one.standing
        )  # fmt: skip
        assert (row.ease, row.interval_days, row.due_on, row.lapses, row.reviews, row.is_leech) == (
            schedule and schedule.ease, schedule and schedule.interval_days, card.state.due_on,
            card.state.lapses, card.state.reviews, card.state.is_leech,
        )  # fmt: skip
    assert any(row.is_leech for row in opened.rows(refs))
    assert opened.rows([10**9]) == []

"""Documents in the library: attached to the decks made from them, replaced by a changed text at no card's cost."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from flashrls.anchors.refind import Standing
from flashrls.cards import Deck, Skip, Source
from flashrls.documents.reading import read_document
from flashrls.documents.text import Document
from flashrls.errors import NoSuchDeck, NoSuchDocument, NoSuchPlace, Refused
from flashrls.formats.faults import Fault
from flashrls.store import revising
from flashrls.store.library import Library
from tests.store.making import FakeClock, basic, bring, deck_of, gaps, grade, shown

TEXT = """The Sea

Salt makes the water heavy. Cold water sinks in the north.

Tides

The moon pulls the water twice a day. Salt makes the water heavy. Spring tides come with the new moon.

Wind

Wind drives the waves. Waves break on the shore.
"""
CHANGED = TEXT.replace("The moon pulls the water twice a day.", "The moon pulls all water twice each day.").replace(
    "Waves break on the shore.", ""
)

FOUND, MOVED, REWORDED, LOST = Standing.FOUND, Standing.MOVED, Standing.REWORDED, Standing.LOST
UNVERIFIED = Standing.UNVERIFIED


def read(text: str = TEXT, name: str = "sea.txt") -> Document:
    return read_document(text.encode(), name)


def sea(*skip: Skip) -> Deck:
    deck = deck_of(
        basic("Q1", key="cold", anchors=("Cold water sinks",), section="The Sea"),
        basic("Q2", key="moon", anchors=("moon pulls the water",), section="Tides"),
        basic("Q3", key="spring", anchors=("Spring tides … new moon",), section="Tides"),
        basic("Q4", key="shore", anchors=("Waves break on the shore",), section="Wind"),
    )
    return replace(deck, source=Source(title="The Sea", file="sea.txt", sha256=read().sha256), skip=skip)


def standings(library: Library, deck: str | None = None) -> dict[str, Standing]:
    return {anchor.note_id: anchor.standing for view in library.sources(deck) for anchor in view.anchors}


def words(library: Library, card: str) -> list[str]:
    passages = library.passages(shown(library, card).note_ref)
    assert passages.finder is not None
    return [passages.finder.words(anchor.place) for anchor in passages.anchors if anchor.place]


def test_a_document_is_attached_to_the_decks_whose_head_gives_its_sha256(library: Library) -> None:
    bring(library, sea(), deck_of(basic("Q"), name="Wald", key="wald"))
    added = library.add_document(read())
    assert added.is_new
    assert [(one.deck, one.by, one.differs) for one in added.attached] == [("Meer", "sha256", False)]
    assert added.attached[0].standings == Counter({FOUND: 4})
    assert added.document.decks == ("Meer",)
    assert words(library, "spring") == ["Spring tides … new moon"]


@pytest.mark.parametrize(
    ("source", "by", "differs"),
    [
        (Source(file="SEA.txt"), "file", False),
        (Source(file="texts/sea.txt"), "file", False),
        (Source(title="the  sea"), "title", False),
        (Source(title="Other", file="sea.txt", sha256="0" * 64), "file", True),
    ],
)
def test_else_by_file_or_title_and_says_so(library: Library, source: Source, by: str, differs: bool) -> None:
    bring(library, replace(sea(), source=source))
    (attached,) = library.add_document(read()).attached
    assert (attached.by, attached.differs) == (by, differs)
    assert attached.standings == Counter({FOUND: 4})


def test_a_head_that_names_nothing_of_it_attaches_nothing(library: Library) -> None:
    bring(library, replace(sea(), source=Source(title="The Lake", file="lake.txt")))
    added = library.add_document(read())
    assert added.attached == ()
    assert library.sources() == []
    assert [name for name, _ in library.unattached()] == ["Meer"]


def test_a_deck_can_be_chosen_whatever_its_head_says(library: Library) -> None:
    bring(library, replace(sea(), source=Source()), replace(sea(), name="Meer::Tief", key="tief", source=Source()))
    added = library.add_document(read(), "Meer")
    assert [(one.deck, one.by) for one in added.attached] == [("Meer", "asked"), ("Meer::Tief", "asked")]
    with pytest.raises(NoSuchDeck):
        library.add_document(read(), "Luft")


def test_a_document_attached_twice_is_kept_once(library: Library) -> None:
    bring(library, sea())
    first, second = library.add_document(read()), library.add_document(read(name="copy.txt"))
    assert (first.is_new, second.is_new) == (True, False)
    assert [document.file for document in library.documents()] == ["sea.txt"]
    assert second.attached == first.attached


def test_a_deck_that_comes_after_its_document_is_attached_when_it_is_imported(library: Library) -> None:
    library.add_document(read())
    bring(library, sea())
    assert standings(library) == dict.fromkeys(("cold", "moon", "spring", "shore"), FOUND)


def test_a_new_anchor_is_looked_up_at_its_import(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    notes = sea().notes
    edited = replace(notes[0], anchors=("Wind drives the waves", "not in there at all"))
    bring(library, replace(sea(), notes=(edited, *notes[1:])))
    passages = library.passages(shown(library, "cold").note_ref)
    assert [(a.quote, a.standing) for a in passages.anchors] == [
        ("Wind drives the waves", FOUND),
        ("not in there at all", LOST),
    ]


def test_a_phrase_that_stands_twice_takes_its_section_or_stays_unverified(library: Library) -> None:
    twice = ("Salt makes the water heavy",)
    deck = deck_of(basic("Q1", key="here", anchors=twice, section="Tides"), basic("Q2", key="where", anchors=twice))
    bring(library, replace(deck, source=Source(file="sea.txt")))
    library.add_document(read())
    assert standings(library) == {"here": FOUND, "where": UNVERIFIED}
    (here,) = library.passages(shown(library, "here").note_ref).placed
    assert here.place is not None
    assert here.place.start == TEXT.rindex("Salt makes")
    assert "fits several places" in library.passages(shown(library, "where").note_ref).missing


def test_the_decks_last_level_tells_the_section_too(library: Library) -> None:
    deck = deck_of(basic("Q", key="here", anchors=("Salt makes the water heavy",)), name="Sea::Tides", key="t")
    bring(library, replace(deck, source=Source(file="sea.txt")))
    library.add_document(read())
    assert standings(library) == {"here": FOUND}


def test_without_its_document_a_deck_has_no_source_but_says_how_to_attach_it(library: Library) -> None:
    bring(library, sea())
    assert library.sources() == []
    passages = library.passages(shown(library, "cold").note_ref)
    assert passages.finder is None
    assert "“The Sea”" in passages.missing
    assert "flashrls source add FILE" in passages.missing


def test_a_changed_text_finds_every_anchor_again(library: Library, clock: FakeClock) -> None:
    bring(library, sea())
    library.add_document(read())
    before = grade(library, "moon", 4).state
    clock.forward(days=1)
    changed = read(CHANGED)
    updated = library.update_document(changed)
    assert updated.is_new
    assert {one.note_id: one.standing for one in updated.anchors} == {
        "cold": FOUND,
        "moon": REWORDED,
        "spring": FOUND,
        "shore": LOST,
    }
    assert shown(library, "moon").state == before
    assert words(library, "moon") == ["moon pulls all water"]
    assert words(library, "shore") == []
    assert [(one.sha256, one.decks) for one in library.documents()] == [(changed.sha256, ("Meer",))]
    assert library.document()[1].text == changed.text


def test_the_old_text_back_again_finds_all_again(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    library.update_document(read(CHANGED))
    library.update_document(read())
    assert standings(library) == dict.fromkeys(("cold", "moon", "spring", "shore"), FOUND)


def test_a_dry_run_changes_nothing(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    assert library.update_document(read(CHANGED), dry_run=True).count(LOST) == 1
    assert library.documents()[0].sha256 == read().sha256
    assert set(standings(library).values()) == {FOUND}


def test_the_same_text_again_is_no_change(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    updated = library.update_document(read())
    assert not updated.is_new
    assert updated.count(FOUND) == 4


def test_the_deck_file_imported_again_stays_with_the_changed_text(library: Library) -> None:
    """Its head still gives the old sha256; what the learner attached is the judge."""
    bring(library, sea())
    library.add_document(read())
    library.update_document(read(CHANGED))
    bring(library, sea())
    assert standings(library)["moon"] is REWORDED


def test_which_document_an_update_means_is_told_by_file_then_title_then_name(library: Library) -> None:
    library.add_document(read())
    library.add_document(read("The Lake\n\nIt is small and cold. It is green.\n", "lake.txt"))
    assert library.update_document(read(CHANGED)).document.file == "sea.txt"
    with pytest.raises(Refused, match=r"called 'new\.txt' or 'new'"):
        library.update_document(read("Something else. Entirely.", "new.txt"))
    renamed = library.update_document(read("The Pond\n\nIt is tiny. It is brown.\n", "pond.txt"), "lake.txt")
    assert (renamed.document.title, renamed.document.file) == ("The Pond", "pond.txt")


def test_a_document_cannot_become_another_one(library: Library) -> None:
    library.add_document(read())
    lake = read("The Lake\n\nIt is small and cold. It is green.\n", "lake.txt")
    library.add_document(lake)
    with pytest.raises(Refused, match="in the library already, as 'The Lake'"):
        library.update_document(lake, "sea.txt")


def test_a_wrong_file_never_replaces_the_only_document(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    with pytest.raises(Refused, match="nothing was changed"):
        library.update_document(read("The Lake\n\nIt is small and cold.\n", "lake.txt"))
    assert [one.file for one in library.documents()] == ["sea.txt"]
    assert set(standings(library).values()) == {FOUND}


def test_a_changed_text_that_is_added_instead_of_updated_is_refused(library: Library) -> None:
    """It would be a second document of that name that no deck has."""
    bring(library, sea())
    library.add_document(read())
    with pytest.raises(Refused, match=r"'Meer' has another text called 'sea\.txt'") as refused:
        library.add_document(read(CHANGED))
    assert "source update" in refused.value.mend
    assert len(library.documents()) == 1


def test_a_deck_named_on_purpose_takes_a_changed_text_as_another_document(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    library.add_document(read(CHANGED), "Meer")
    assert [one.decks for one in library.documents()] == [(), ("Meer",)]


def test_a_deck_that_keeps_its_document_is_told_when_another_of_its_title_is_added(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    added = library.add_document(read(CHANGED, "ocean.txt"))
    assert added.attached == ()
    assert added.passed == ("Meer",)


def test_an_update_takes_in_the_same_text_that_was_added_by_mistake(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    library.add_document(read(CHANGED, "ocean.txt"))
    updated = library.update_document(read(CHANGED, "ocean.txt"), "Meer")
    assert updated.is_new
    assert updated.count(LOST) == 1
    assert [(one.file, one.decks) for one in library.documents()] == [("ocean.txt", ("Meer",))]


def test_of_several_documents_of_a_name_an_update_means_the_one_that_decks_have(library: Library) -> None:
    library.add_document(read("The Sea\n\nIt is wide. It is blue.\n"))
    bring(library, sea())
    library.add_document(read())
    changed = library.update_document(read(CHANGED))
    assert changed.document.decks == ("Meer",)


def test_between_two_documents_of_a_name_an_update_asks(library: Library) -> None:
    library.add_document(read())
    library.add_document(read("The Sea\n\nIt is wide. It is blue.\n"))
    with pytest.raises(Refused, match="2 documents are called like this file") as refused:
        library.update_document(read(CHANGED))
    assert "--document" in refused.value.mend


def test_an_update_follows_anchors_that_came_in_while_it_looked(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The long search happens outside of any transaction; what was written meanwhile counts."""
    bring(library, sea())
    library.add_document(read())
    follow = revising.follow

    def interrupted(*arguments: Any) -> Any:
        monkeypatch.undo()
        more = basic("Q5", key="wind", anchors=("Wind drives the waves",), section="Wind")
        bring(library, replace(sea(), notes=(*sea().notes, more)))
        return follow(*arguments)

    monkeypatch.setattr(revising, "follow", interrupted)
    updated = library.update_document(read(CHANGED))
    assert [one.note_id for one in updated.anchors] == ["cold", "moon", "spring", "shore", "wind"]
    assert standings(library)["wind"] is FOUND


def test_a_dry_run_of_an_update_needs_no_lock(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    with library._writing():
        assert library.update_document(read(CHANGED), dry_run=True).count(LOST) == 1


@pytest.mark.parametrize("name", ["The Sea", "the sea", "sea.txt", "Meer", None])
def test_a_document_is_chosen_by_title_file_or_deck(library: Library, name: str | None) -> None:
    bring(library, sea())
    library.add_document(read())
    assert library.document(name)[0].file == "sea.txt"
    assert library.document(read().sha256[:8])[0].file == "sea.txt"


def test_a_document_that_is_not_there_is_told_with_near_names(library: Library) -> None:
    library.add_document(read())
    with pytest.raises(NoSuchDocument, match="Did you mean 'The Sea'"):
        library.document("The Saa")


def test_a_section_holds_what_is_measured_of_its_cards(library: Library, clock: FakeClock) -> None:
    """Only the first reviews of a day count, and no first answers, drills or grades taken back."""
    bring(library, sea())
    library.add_document(read())
    grade(library, "moon", 4)
    grade(library, "cold", 4)
    clock.forward(days=1)
    grade(library, "moon", 2)  # a lapse
    clock.forward(days=1)
    grade(library, "moon", 4)
    clock.forward(days=1)
    grade(library, "moon", 1)
    library.undo()
    (view,) = library.sources()
    tides = [section.title for section in view.finder.outline.sections].index("Tides")
    known = view.of_section(tides)
    assert (known.cards, known.seen, known.due, known.lapses) == (2, 1, 1, 1)
    assert (known.rate.passes, known.rate.reviews) == (1, 2)
    (weakest,) = view.weakest(5)
    assert view.label(weakest) == "2.1"


def test_drafts_quote_nothing(library: Library) -> None:
    notes = [replace(note, draft=True) for note in sea().notes]
    bring(library, replace(sea(), notes=(*notes[:3], sea().notes[3])))
    library.add_document(read())
    (view,) = library.sources()
    assert [anchor.note_id for anchor in view.anchors] == ["shore"]
    assert view.coverage.touched == 1


def test_what_a_head_skips_is_left_out_with_its_reason(library: Library) -> None:
    bring(library, sea(Skip("Wind drives the waves.", "common knowledge")))
    library.add_document(read())
    (view,) = library.sources()
    assert [cover.skipped for cover in view.coverage.sentences if cover.skipped] == ["common knowledge"]


def test_a_section_or_a_sentence_can_be_studied_alone(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())

    def asks(section: str = "", sentence: str = "") -> list[str]:
        session = library.session(section=section, sentence=sentence)
        return [card.id for card in library.cards([turn.card for turn in session.turns])]

    assert asks() == ["cold", "moon", "spring", "shore"]
    assert asks(section="tides") == ["moon", "spring"]
    assert asks(section="Tid") == ["moon", "spring"]
    assert asks(section="2") == ["moon", "spring"]
    assert asks(sentence="2.1") == ["moon"]
    assert asks(section="wind", sentence="2") == ["shore"]


@pytest.mark.parametrize(("section", "sentence"), [("Ice", ""), ("", "9.9"), ("", "3.1"), ("99", "")])
def test_a_place_that_is_not_there_is_told(library: Library, section: str, sentence: str) -> None:
    bring(library, sea())
    library.add_document(read())
    with pytest.raises(NoSuchPlace):
        library.session(section=section, sentence=sentence)


def test_without_a_document_the_decks_own_headings_are_sections(library: Library) -> None:
    bring(library, sea())
    assert len(library.session(section="Tides").turns) == 2


def test_practice_of_a_section_asks_what_is_not_due(library: Library) -> None:
    bring(library, sea())
    library.add_document(read())
    for name in ("moon", "cold"):
        grade(library, name, 4)
    session = library.practice(section="Tides")
    assert [card.id for card in library.cards([turn.card for turn in session.turns])] == ["moon"]


def test_a_cloze_counts_its_cards_apart(library: Library) -> None:
    deck = deck_of(gaps("{{1::Cold}} water {{2::sinks}}", key="c", anchors=("Cold water sinks",)))
    bring(library, replace(deck, source=Source(file="sea.txt")))
    library.add_document(read())
    (view,) = library.sources()
    assert [card.id for card in view.cards_of(view.coverage.sections[0].notes)] == ["c#1", "c#2"]


def test_an_import_with_faults_attaches_nothing(library: Library) -> None:
    library.add_document(read())
    plan = library.import_decks([("a.md", sea()), ("b.md", (Fault(1, "bad", "mend"),))])
    assert plan.faults == 1
    assert library.sources() == []


def test_the_kept_text_is_the_one_that_was_read(library: Library) -> None:
    odd = "Ünï — “q” \u200b\ttab\nline. Next ﬁne sentence."
    library.add_document(read(odd, "odd.txt"))
    assert library.document("odd.txt")[1] == read(odd, "odd.txt")
    assert library.document("odd.txt")[0].sha256 == hashlib.sha256(odd.encode()).hexdigest()

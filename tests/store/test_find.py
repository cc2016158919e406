"""Cards found by a query and by their ids."""

from __future__ import annotations

import pytest

from flashrls.cards import Deck, Note
from flashrls.errors import AmbiguousCard, NoSuchCard, NoSuchDeck
from flashrls.foldedtext import fold_text
from flashrls.query import EVERYTHING, parse_query
from flashrls.store.library import Library
from tests.store.making import (
    BURY,
    SUSPEND,
    FakeClock,
    basic,
    both_ways,
    bring,
    deck_of,
    gaps,
    grade,
    numbered,
    shown,
)


@pytest.fixture
def sea(library: Library, clock: FakeClock) -> Library:
    """A library on its tenth day: due, scheduled, failed, suspended, buried, new, draft and leech cards."""
    bring(
        library,
        deck_of(
            basic(
                "Wie tief ist der Ärmelkanal?", "174 m", key="kanal", section="Tiefe > Kanäle", tags=("geo", "nah")
            ),
            both_ways("Marianengraben", "11 km; 100% tief", key="graben", section="Tiefe", tags=("geo", "leech")),
            gaps("Das {{1::Meer}} ist {{2::salzig}}.", key="salz"),
            basic("Entwurf", key="entwurf", draft=True),
            name="Meer::Tiefe",
        ),
        Deck("Wald", "wald", (Note("pilz", basic("").kind, "Straße der Pilze?", "Steinpilz", tags=("geologie",)),)),
    )
    grade(library, "kanal", 4)
    clock.forward(days=8)
    grade(library, "kanal", 5)
    grade(library, "graben", 1)
    clock.forward(days=1)
    grade(library, "graben", 2)
    library.mark([shown(library, "salz#1").ref], SUSPEND)
    library.mark([shown(library, "salz#2").ref], BURY)
    return library


KANAL, GRABEN, SALZ = ["kanal"], ["graben", "graben#rev"], ["salz#1", "salz#2"]
ALL = [*KANAL, *GRABEN, *SALZ, "entwurf", "pilz"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("tief", [*KANAL, *GRABEN]),
        ("TIEF ärmel", KANAL),
        ("armelkanal", KANAL),
        ("strasse", ["pilz"]),
        ("100%", GRABEN),
        ("%", GRABEN),
        ("_", []),
        ('"ist der"', KANAL),
        ("der ist", KANAL),
        ("11 km", GRABEN),
        ("graben", GRABEN),
        ("pilz or salzig", [*SALZ, "pilz"]),
        ("-tief", [*SALZ, "entwurf", "pilz"]),
        ("tief -graben", KANAL),
        ("deck:meer", [*KANAL, *GRABEN, *SALZ, "entwurf"]),
        ("deck:Tiefe tief", [*KANAL, *GRABEN]),
        ("-deck:meer", ["pilz"]),
        ("tag:geo", [*KANAL, *GRABEN]),
        ("tag:GEO tag:nah", KANAL),
        ("tag:ge", []),
        ("-tag:geo", [*SALZ, "entwurf", "pilz"]),
        ("section:kanale", KANAL),
        ("section:tiefe", [*KANAL, *GRABEN]),
        ("is:new", ["graben#rev", "salz#2", "pilz"]),
        ("is:due", []),
        ("is:drill", ["graben"]),
        ("is:suspended", ["salz#1"]),
        ("is:buried", ["salz#2"]),
        ("is:draft", ["entwurf"]),
        ("is:leech", GRABEN),
        ("-is:new deck:tiefe", [*KANAL, "graben", "salz#1", "entwurf"]),
        ("ease<2.5", ["graben"]),
        ("ease>=2.6", KANAL),
        ("ease=2.6", KANAL),
        ("-ease<2.5", [*KANAL, "graben#rev", *SALZ, "entwurf", "pilz"]),
        ("interval>1", KANAL),
        ("interval=6", KANAL),
        ("lapses>=2", ["graben"]),
        ("lapses=0 is:new", ["graben#rev", "salz#2", "pilz"]),
        ("reviews=2", ["kanal", "graben"]),
        ("kanal or pilz", ["kanal", "pilz"]),
        ("is:suspended or is:draft", ["salz#1", "entwurf"]),
    ],
)
def test_queries_find_cards_by_deck_and_place(sea: Library, query: str, found: list[str]) -> None:
    assert [one.card.id for one in sea.find(parse_query(query))] == found


def test_what_is_due_is_found_on_its_day(sea: Library, clock: FakeClock) -> None:
    clock.forward(days=1)
    assert [one.card.id for one in sea.find(parse_query("is:due"))] == ["graben"]
    assert sea.find(parse_query("is:buried")) == []


def test_a_query_for_a_deck_that_is_not_there_says_so(sea: Library) -> None:
    with pytest.raises(NoSuchDeck, match="There is no deck 'Wiese'"):
        sea.find(parse_query("deck:Wiese"))


def test_found_cards_say_where_they_stand(sea: Library, clock: FakeClock) -> None:
    assert [(one.card.id, one.standing, one.note) for one in sea.find(EVERYTHING)] == [
        ("kanal", "scheduled", "meer/kanal"),
        ("graben", "scheduled", "meer/graben"),
        ("graben#rev", "new", "meer/graben"),
        ("salz#1", "suspended", "meer/salz"),
        ("salz#2", "buried", "meer/salz"),
        ("entwurf", "draft", "meer/entwurf"),
        ("pilz", "new", "wald/pilz"),
    ]
    clock.forward(days=1)
    assert [sea.card(name).standing for name in ("graben", "salz#2")] == ["due", "new"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("kanal", "kanal"),
        ("meer/kanal", "kanal"),
        ("graben", "graben"),
        ("graben#rev", "graben#rev"),
        ("meer/graben#rev", "graben#rev"),
        ("salz#2", "salz#2"),
        ("entwurf", "entwurf"),
    ],
)
def test_a_card_is_found_by_its_id(sea: Library, name: str, found: str) -> None:
    assert sea.card(name).card.id == found


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("kanl", "Did you mean kanal?"),
        ("salz#3", "Did you mean salz#1, salz#2?"),
        ("kanal#rev", "Did you mean kanal?"),
        ("xyzzy", "`flashrls cards WORD` finds cards by their text."),
        ("", "`flashrls cards WORD` finds cards by their text."),
        ("wald/kanal", "Did you mean kanal?"),
    ],
)
def test_an_id_that_names_no_card_is_told_with_the_nearest(sea: Library, name: str, mend: str) -> None:
    with pytest.raises(NoSuchCard) as raised:
        sea.card(name)
    assert (raised.value.message, raised.value.mend) == (f"There is no card '{name}'.", mend)


def test_an_id_of_several_cards_asks_which(sea: Library) -> None:
    with pytest.raises(AmbiguousCard) as raised:
        sea.card("salz")
    assert (raised.value.message, raised.value.mend) == ("'salz' names 2 cards.", "Say which: salz#1, salz#2.")


def test_cards_come_in_the_order_they_were_asked_for(library: Library) -> None:
    bring(library, numbered(1_200))
    refs = list(range(1_200, 0, -1))
    assert [card.ref for card in library.cards(refs)] == refs
    assert library.cards([]) == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Ärmel", "armel"), ("STRASSE straße", "strasse strasse"), ("ﬁn", "fin"), ("ΌΨΗ", "οψη"), ("札幌", "札幌")],
)
def test_searching_knows_no_case_and_no_accents(text: str, folded: str) -> None:
    assert fold_text(text) == folded

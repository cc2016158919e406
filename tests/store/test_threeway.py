"""Notes edited here and in their files: an import puts both together, and loses neither."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flashrls.cards import Deck, Note
from flashrls.errors import LibraryChanged
from flashrls.plan import Change, Conflict, ImportPlan
from flashrls.store.library import Library, open_library
from tests.store.making import FakeClock, basic, bring, check_caches, deck_of, gaps, grade, rows, shown, told

TIEF, WEIT, SALZ = "Wie tief ist der Graben?", "Wer maß die Weite?", "Warum ist das Meer salzig?"


def sea(*notes: Note) -> Deck:
    return deck_of(*(notes or (basic(TIEF, key="t"), basic(WEIT, key="w"), basic(SALZ, key="s"))))


def edit(library: Library, name: str, **fields: Any) -> None:
    ref = shown(library, name).note_ref
    before = library.note(ref)
    library.edit(ref, before, replace(before, **fields))


def import_(library: Library, *decks: Deck, ours: bool | None = None) -> list[str]:
    """Import and return each note's change; whoever is asked takes one side."""

    def settle(plan: ImportPlan) -> Collection[Conflict]:
        assert ours is not None, plan.conflicts
        return plan.conflicts if ours else ()

    plan = library.import_decks(told(*decks), None, settle)
    assert not plan.faults
    return [note.change.value for deck in plan.decks for note in deck.notes]


def logged(path: Path) -> list[tuple[str, Any, Any]]:
    lines = rows(
        path, "SELECT kind, before, after FROM edit JOIN review ON review.id = edit.entry ORDER BY edit.pk"
    )
    return [(kind, json.loads(before), json.loads(after)) for kind, before, after in lines]


def test_an_edit_stays_when_its_file_comes_again_unchanged(library: Library, path: Path) -> None:
    bring(library, sea())
    edit(library, "t", answer="11 km")
    assert import_(library, sea()) == ["edited_here", "unchanged", "unchanged"]
    assert shown(library, "t").face.answer == "11 km"
    assert len(logged(path)) == 1


def test_an_edit_stays_when_its_card_only_moves_in_the_file(library: Library) -> None:
    bring(library, sea())
    edit(library, "t", answer="11 km")
    moved = sea(basic(WEIT, key="w"), basic(TIEF, key="t", section="Tiefe"), basic(SALZ, key="s"))
    assert "edited_here" in import_(library, moved)
    card = shown(library, "t")
    assert (card.face.answer, card.section) == ("11 km", "Tiefe")
    assert import_(library, moved) == ["unchanged", "edited_here", "unchanged"]


def test_changes_of_different_fields_are_put_together_and_what_was_replaced_is_logged(
    library: Library, path: Path
) -> None:
    bring(library, sea())
    edit(library, "t", answer="11 km")
    grade(library, "t", 4)
    file = sea(basic("Wie tief?", key="t"), basic(WEIT, key="w"), basic(SALZ, key="s"))
    assert import_(library, file) == ["edited", "unchanged", "unchanged"]
    face = shown(library, "t").face
    assert (face.question, face.answer) == ("Wie tief?", "11 km")
    assert logged(path)[1:] == [("import-edit", {"question": TIEF}, {"question": "Wie tief?"})]
    assert import_(library, file) == ["edited_here", "unchanged", "unchanged"]
    check_caches(path, library)


@pytest.mark.parametrize("ours", [True, False])
def test_the_same_field_changed_twice_is_asked_about_once_and_the_loser_is_logged(
    library: Library, path: Path, ours: bool
) -> None:
    bring(library, sea())
    edit(library, "t", answer="11 km")
    file = sea(basic(TIEF, "Elf", key="t"), basic(WEIT, key="w"), basic(SALZ, key="s"))
    assert import_(library, file, ours=ours) == ["conflicting", "unchanged", "unchanged"]
    winner, loser = ("11 km", "Elf") if ours else ("Elf", "11 km")
    assert shown(library, "t").face.answer == winner
    assert logged(path)[1:] == [("import-edit", {"answer": loser}, {"answer": winner})]
    assert import_(library, file) == ["edited_here" if ours else "unchanged", "unchanged", "unchanged"]
    assert rows(path, "SELECT base IS NULL FROM note WHERE key = 't'") == [(not ours,)]
    check_caches(path, library)


def test_the_same_change_on_both_sides_is_none_any_more(library: Library, path: Path) -> None:
    bring(library, sea())
    edit(library, "t", answer="11 km")
    file = sea(basic(TIEF, "11 km", key="t"), basic(WEIT, key="w"), basic(SALZ, key="s"))
    assert import_(library, file) == ["unchanged"] * 3
    assert rows(path, "SELECT DISTINCT base FROM note") == [(None,)]
    assert len(logged(path)) == 1


def test_without_anybody_to_ask_the_learners_text_stays(library: Library) -> None:
    bring(library, sea(basic(TIEF, key="t")))
    edit(library, "t", answer="11 km")
    bring(library, sea(basic(TIEF, "Elf", key="t")))
    assert shown(library, "t").face.answer == "11 km"


def test_a_plan_changes_nothing(library: Library) -> None:
    bring(library, sea(basic(TIEF, key="t")))
    edit(library, "t", answer="11 km")
    plan = library.plan(told(sea(basic(TIEF, "Elf", key="t"))))
    assert (plan.count(Change.CONFLICTING), plan.conflicts[0].fields) == (1, ("answer",))
    assert shown(library, "t").face.answer == "11 km"


def test_a_conflict_that_changed_while_it_was_settled_is_not_decided(
    library: Library, path: Path, clock: FakeClock
) -> None:
    bring(library, sea(basic(TIEF, key="t")))
    edit(library, "t", answer="11 km")

    def settle(_plan: ImportPlan) -> Collection[Conflict]:
        with open_library(path, clock=clock) as other:
            edit(other, "t", answer="11.000 m")
        return ()

    with pytest.raises(LibraryChanged):
        library.import_decks(told(sea(basic(TIEF, "Elf", key="t"))), None, settle)
    assert shown(library, "t").face.answer == "11.000 m"


def test_clozes_of_a_file_come_into_an_edited_note_with_their_cards(library: Library, path: Path) -> None:
    bring(library, sea(gaps("{{1::Salz}} im {{2::Meer}}", key="t")))
    edit(library, "t#1", tags=("mine",))
    bring(library, sea(gaps("{{1::Salz}} im {{3::Ozean}}", key="t")))
    held = rows(path, "SELECT part, held FROM card ORDER BY part")
    assert held == [("1", None), ("2", "gone"), ("3", None)]
    assert shown(library, "t#1").tags == ("mine",)


def test_what_was_added_here_is_not_missing_and_becomes_the_files_note_once_that_holds_it(
    library: Library, path: Path
) -> None:
    bring(library, sea())
    library.add("Meer", [basic("Neu?", key="neu")])
    assert import_(library, sea()) == ["unchanged"] * 3 + ["added_here"]
    assert rows(path, "SELECT count(*) FROM note WHERE missing_ms IS NOT NULL") == [(0,)]
    grade(library, "neu", 4)
    with_it = sea(*sea().notes, basic("Neu?", key="neu"))
    assert import_(library, with_it) == ["unchanged"] * 4
    assert rows(path, "SELECT count(*) FROM note WHERE base IS NOT NULL") == [(0,)]
    assert shown(library, "neu").state.reviews == 1


def test_an_added_note_is_known_by_its_text_and_what_differs_is_asked(library: Library) -> None:
    bring(library, sea())
    library.add("Meer", [basic("Neu?", "Meins")])
    assert import_(library, sea(*sea().notes, basic("Neu?", "Eures")), ours=True)[3] == "conflicting"
    assert len(rows(library.path, "SELECT pk FROM note")) == 4


def test_an_added_note_is_no_guess_for_a_similar_one(library: Library) -> None:
    bring(library, sea())
    library.add("Meer", [basic("Wie heißt der tiefste Graben im Pazifik?")])
    file = sea(*sea().notes, basic("Wie heißt der tiefste Graben im Atlantik?"))
    assert import_(library, file) == ["unchanged"] * 3 + ["new", "added_here"]


def test_an_added_note_that_was_undone_comes_back_with_a_file_that_tells_it(library: Library, path: Path) -> None:
    bring(library, sea())
    library.add("Meer", [basic("Neu?", key="neu")])
    library.undo()
    assert import_(library, sea()) == ["unchanged"] * 3
    import_(library, sea(*sea().notes, basic("Neu?", key="neu")))
    assert rows(
        path, "SELECT base, missing_ms, held FROM note JOIN card ON note_pk = note.pk WHERE key = 'neu'"
    ) == [(None, None, None)]


def other(*notes: Note) -> Deck:
    return deck_of(*notes, name="Land", key="land")


def test_a_moved_note_is_missing_nowhere_and_follows_its_old_file(library: Library, path: Path) -> None:
    land = other(basic("Wie hoch?", key="h"))
    bring(library, sea(), land)
    library.move([shown(library, "t").note_ref], "Land")
    assert import_(library, sea(), land) == ["unchanged"] * 4
    assert import_(library, land) == ["unchanged"]
    file = sea(gaps("{{1::Elf}} Kilometer", key="t"), basic(WEIT, key="w"), basic(SALZ, key="s"))
    assert import_(library, file) == ["edited", "unchanged", "unchanged"]
    assert {shown(library, name).deck for name in ("t#1", "w", "s", "h")} == {"Meer", "Land"}
    assert shown(library, "t#1").deck == "Land"
    assert rows(path, "SELECT count(*) FROM note WHERE missing_ms IS NOT NULL") == [(0,)]
    check_caches(path, library)


def test_a_deck_whose_notes_all_moved_away_is_still_there_for_its_file(library: Library) -> None:
    bring(library, sea(basic(TIEF, key="t")), other(basic("Wie hoch?", key="h")))
    library.move([shown(library, "t").note_ref], "Land")
    assert import_(library, sea(basic(TIEF, "Elf", key="t"))) == ["edited"]
    assert (shown(library, "t").deck, shown(library, "t").face.answer) == ("Land", "Elf")


def test_a_moved_note_that_both_files_tell_stays_one(library: Library, path: Path) -> None:
    land = other(basic("Wie hoch?", key="h"))
    bring(library, sea(), land)
    library.move([shown(library, "t").note_ref], "Land")
    both = other(*land.notes, basic(TIEF, key="t"))
    import_(library, sea(), both)
    import_(library, both)
    import_(library, sea())
    assert rows(path, "SELECT count(*) FROM note") == [(4,)]


def test_a_decks_folder_is_its_files(library: Library, path: Path) -> None:
    bring(library, replace(sea(), folder="/decks/meer"))
    assert rows(path, "SELECT folder FROM deck") == [("/decks/meer",)]
    assert shown(library, "t").folder == "/decks/meer"

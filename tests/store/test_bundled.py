"""The decks that come with the program: there from the first start, and kept up to date without a loss."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashrls import bundled
from flashrls.cards import Deck
from flashrls.intake import ReadFile, read_decks
from flashrls.plan import ImportPlan
from flashrls.resources import folder
from flashrls.store.library import Library, open_library
from tests.store.making import (
    FakeClock,
    basic,
    bring,
    check_caches,
    deck_of,
    dump,
    grade,
    rows,
    shown,
)

MEER = """---
deck: Meer
id: meer
---

{#tief}
Q: Wie tief ist das Meer?
A: 11 km

{#weit}
Q: Wie weit ist das Meer?
A: Sehr weit
"""


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    """A folder with one deck."""
    made = tmp_path / "decks"
    (made / "sub").mkdir(parents=True)
    (made / "sub" / "meer.md").write_text(MEER)
    return made


def test_the_bundled_decks_are_there_after_the_first_start(place: Path, clock: FakeClock) -> None:
    path = place / "library.db"
    with bundled.open_with_bundled_decks(path, clock=clock) as library:
        today = library.today()
        assert len(library.session().turns) == 20
    read = read_decks([str(folder("decks"))])
    told = [deck for _, deck in read if isinstance(deck, Deck)]
    assert len(told) == len(read) > 0
    assert [(deck.name, deck.notes) for deck in today.decks] == [(deck.name, len(deck.notes)) for deck in told]
    assert all(deck.new == deck.cards > 0 for deck in today.decks)
    before = dump(path)
    clock.forward(days=1)
    with bundled.open_with_bundled_decks(path, clock=clock) as library:
        assert len(library.today().decks) == len(told)
    assert dump(path) == before


def test_a_new_release_brings_its_texts_and_leaves_schedules_alone(
    library: Library, path: Path, decks: Path, clock: FakeClock
) -> None:
    bundled.bring(library, decks)
    graded = grade(library, "tief", 4)
    clock.forward(days=1)
    (decks / "sub" / "meer.md").write_text(MEER.replace("11 km", "10.935 m"))
    (decks / "wald.md").write_text("Q: Was ist ein Wald?\nA: Viele Bäume\n")
    bundled.bring(library, decks)
    after = shown(library, "tief")
    assert (after.face.answer, after.state, after.last_entry) == ("10.935 m", graded.state, graded.last_entry)
    assert {(deck.name, deck.notes) for deck in library.today().decks} == {("Meer", 2), ("wald", 1)}
    check_caches(path, library)


def test_bringing_the_same_decks_again_writes_nothing(library: Library, path: Path, decks: Path) -> None:
    bundled.bring(library, decks)
    before, stamp = dump(path), path.stat().st_mtime_ns
    bundled.bring(library, decks)
    assert (dump(path), path.stat().st_mtime_ns) == (before, stamp)


def test_a_deck_of_the_learners_own_with_the_same_name_survives(library: Library, path: Path, decks: Path) -> None:
    bring(library, deck_of(basic("Meine Frage", "Meine Antwort", key="tief"), key="mein-meer"))
    grade(library, "tief", 5)
    before = dump(path, ["deck", "note", "card", "review"])
    (decks / "wald.md").write_text("Q: Was ist ein Wald?\nA: Viele Bäume\n")
    for _ in range(2):
        bundled.bring(library, decks)
        after = dump(path, ["deck", "note", "card", "review"])
        assert all(set(held) <= set(after[table]) for table, held in before.items())
        assert rows(path, "SELECT name, key FROM deck ORDER BY pk") == [("Meer", "mein-meer"), ("wald", "wald")]


def test_a_bundled_deck_with_a_fault_is_left_out(library: Library, decks: Path) -> None:
    (decks / "bad.md").write_text("Q: Ohne Antwort\n\nnichts\n")
    bundled.bring(library, decks)
    assert [deck.name for deck in library.today().decks] == ["Meer"]


def test_only_the_decks_that_changed_are_imported_again(
    library: Library, decks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (decks / "wald.md").write_text("Q: Was ist ein Wald?\nA: Viele Bäume\n")
    bundled.bring(library, decks)
    imported: list[str] = []

    def import_decks(files: list[ReadFile]) -> ImportPlan:
        imported.extend(path for path, _ in files)
        return Library.import_decks(library, files)

    monkeypatch.setattr(library, "import_decks", import_decks)
    (decks / "wald.md").write_text("Q: Was ist ein Wald?\nA: Sehr viele Bäume\n")
    bundled.bring(library, decks)
    assert imported == [str(decks / "wald.md")]


def test_a_deck_that_was_left_out_is_brought_once_nothing_is_in_its_way(library: Library, decks: Path) -> None:
    bring(library, deck_of(basic("Meine Frage"), key="mein-meer"))
    bundled.bring(library, decks)
    assert library.remembered(f"{bundled.REMEMBERED}:sub/meer.md") is None
    bring(library, deck_of(basic("Meine Frage"), name="Mein Meer", key="mein-meer"))
    bundled.bring(library, decks)
    assert {deck.name for deck in library.today().decks} == {"Mein Meer", "Meer"}


def test_a_note_that_a_release_dropped_is_kept(library: Library, decks: Path) -> None:
    bundled.bring(library, decks)
    grade(library, "weit", 4)
    (decks / "sub" / "meer.md").write_text(MEER.partition("{#weit}")[0])
    bundled.bring(library, decks)
    assert shown(library, "weit").state.reviews == 1
    assert library.today().decks[0].notes == 2


def test_a_folder_without_decks_brings_nothing(library: Library, place: Path) -> None:
    bundled.bring(library, place / "nowhere")
    assert library.today().decks == ()


def test_migrations_and_decks_are_found() -> None:
    assert (folder("migrations") / "env.py").is_file()
    assert len(list(folder("decks").rglob("*.md"))) >= 5


def test_what_was_remembered_is_there_after_a_restart(library: Library, path: Path) -> None:
    assert library.remembered("farbe") is None
    library.remember("farbe", "blau")
    library.remember("farbe", "grün")
    with open_library(path) as again:
        assert again.remembered("farbe") == "grün"

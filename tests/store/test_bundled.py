"""The decks and texts that come with the program: there from the first start, kept up to date without a loss."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flashrls import bundled
from flashrls.cards import Deck
from flashrls.documents.reading import read_document
from flashrls.intake import ReadFile, read_decks
from flashrls.plan import ImportPlan
from flashrls.resources import folder
from flashrls.store.library import Library, open_library
from tests.store.making import (
    FakeClock,
    asked_ids,
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


TEXT = """Das Meer

Über die Tiefe

Das Meer ist an der tiefsten Stelle elf Kilometer tief. Weit ist es auch.
"""

QUOTING = """---
deck: Das Meer
id: meer-text
source: {title: Das Meer, file: meer.txt}
---

# Über die Tiefe

{#tiefste}
Q: Wie tief ist das Meer höchstens?
A: Elf Kilometer

> an der tiefsten Stelle elf Kilometer tief
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
    read = read_decks([str(folder("decks") / "welcome"), str(folder("decks") / "rls")])
    told = [deck for _, deck in read if isinstance(deck, Deck)]
    assert len(told) == len(read) == len(list(folder("decks").rglob("*.md")))
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


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with a deck and its text."""
    made = tmp_path / "texts"
    made.mkdir()
    (made / "meer.md").write_text(QUOTING)
    (made / "meer.txt").write_text(TEXT)
    return made


def standings(path: Path, deck: str) -> set[str]:
    """How the anchors of the deck of that id stand."""
    of_deck = "SELECT standing FROM anchor JOIN note ON note.pk = note_pk JOIN deck ON deck.pk = deck_pk"
    return {standing for (standing,) in rows(path, f"{of_deck} WHERE deck.key = ?", deck)}


def test_after_the_first_start_the_welcome_deck_stands_first_with_its_text(place: Path, clock: FakeClock) -> None:
    path = place / "library.db"
    with bundled.open_with_bundled_decks(path, clock=clock) as library:
        assert library.today().decks[0].key == "welcome"
        assert asked_ids(library)[0] == "forgetting-speed"
        (document,) = library.documents()
    assert (document.title, document.file, document.decks) == (
        "How Memory Lasts",
        "how-memory-lasts.txt",
        ("How memory lasts",),
    )
    assert standings(path, "welcome") == {"found"}
    assert standings(path, "rls-iron") == {"unverified"}


def test_a_library_that_has_decks_gets_the_welcome_deck_behind_them(library: Library, decks: Path) -> None:
    bundled.bring(library, decks)
    (decks / "welcome").mkdir()
    (decks / "welcome" / "gruss.md").write_text("Q: Wer grüßt?\nA: Der Wirt\n")
    bundled.bring(library, decks)
    assert [deck.name for deck in library.today().decks] == ["Meer", "gruss"]


def test_a_text_is_attached_to_the_decks_that_name_it(library: Library, path: Path, texts: Path) -> None:
    (texts / "wald.md").write_text("Q: Was ist ein Wald?\nA: Viele Bäume\n\n> der Wald und seine Bäume\n")
    bundled.bring(library, texts)
    (document,) = library.documents()
    assert document.decks == ("Das Meer",)
    assert standings(path, "meer-text") == {"found"}
    assert standings(path, "wald") == {"unverified"}


def test_bringing_the_same_texts_again_writes_nothing(library: Library, path: Path, texts: Path) -> None:
    bundled.bring(library, texts)
    before, stamp = dump(path), path.stat().st_mtime_ns
    bundled.bring(library, texts)
    assert (dump(path), path.stat().st_mtime_ns) == (before, stamp)


def test_a_changed_text_takes_the_old_ones_place_and_leaves_schedules_alone(
    library: Library, path: Path, texts: Path, clock: FakeClock
) -> None:
    bundled.bring(library, texts)
    graded = grade(library, "tiefste", 4)
    (held,) = rows(path, "SELECT pk FROM document")
    clock.forward(days=1)
    (texts / "meer.txt").write_text(TEXT.replace("Das Meer ist", "Ein langer Satz davor. Das Meer ist"))
    bundled.bring(library, texts)
    (document,) = library.documents()
    assert (document.ref, document.decks) == (*held, ("Das Meer",))
    assert "Ein langer Satz davor." in library.document()[1].text
    assert standings(path, "meer-text") == {"found"}
    after = shown(library, "tiefste")
    assert (after.state, after.last_entry) == (graded.state, graded.last_entry)
    check_caches(path, library)


def test_a_text_and_its_deck_may_change_in_one_release(library: Library, path: Path, texts: Path) -> None:
    bundled.bring(library, texts)
    graded = grade(library, "tiefste", 4)
    for file in (texts / "meer.md", texts / "meer.txt"):
        file.write_text(file.read_text().replace("elf Kilometer tief", "zehn Kilometer und mehr unter der Luft"))
    bundled.bring(library, texts)
    after = shown(library, "tiefste")
    assert after.anchors == ("an der tiefsten Stelle zehn Kilometer und mehr unter der Luft",)
    assert after.last_entry == graded.last_entry
    assert standings(path, "meer-text") == {"found"}
    assert len(library.documents()) == 1


def test_a_text_that_the_learner_had_already_is_not_kept_twice(library: Library, texts: Path) -> None:
    library.add_document(read_document(TEXT.encode(), "mein-meer.txt"))
    bundled.bring(library, texts)
    (document,) = library.documents()
    assert (document.file, document.decks) == ("mein-meer.txt", ("Das Meer",))


def test_a_text_that_the_learner_rewrote_is_never_overwritten(library: Library, texts: Path) -> None:
    bundled.bring(library, texts)
    own = read_document(b"Das Meer\n\nMein eigener Text.\n", "meer.txt")
    library.update_document(own)
    (texts / "meer.txt").write_text(TEXT + "\nNoch ein Satz.\n")
    bundled.bring(library, texts)
    assert own.sha256 in {document.sha256 for document in library.documents() if document.decks}


def test_no_path_that_a_deck_names_is_opened(library: Library, texts: Path) -> None:
    (texts / "meer.txt").unlink()
    (texts.parent / "geheim.txt").write_text(TEXT)
    for named in ("../geheim.txt", str(texts.parent / "geheim.txt")):
        (texts / "meer.md").write_text(QUOTING.replace("file: meer.txt", f"file: {named}"))
        bundled.bring(library, texts)
        assert library.documents() == []
    assert [deck.name for deck in library.today().decks] == ["Das Meer"]


def test_a_text_that_cannot_be_read_is_left_out(library: Library, texts: Path) -> None:
    (texts / "meer.txt").write_bytes(b"\x00\x01\xff")
    bundled.bring(library, texts)
    assert library.documents() == []
    assert [deck.name for deck in library.today().decks] == ["Das Meer"]


def test_a_start_that_brings_nothing_loads_no_reader_of_texts(place: Path) -> None:
    path = place / "library.db"
    with bundled.open_with_bundled_decks(path):
        pass
    code = (
        "import sys; from pathlib import Path; from flashrls.bundled import open_with_bundled_decks\n"
        f"with open_with_bundled_decks(Path({str(path)!r})): pass\n"
        "print([m for m in ('sentencex', 'rapidfuzz', 'flashrls.documents.reading', 'flashrls.anchors.find') "
        "if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"

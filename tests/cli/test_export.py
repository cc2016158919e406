"""`flashrls export`: what was edited here goes back into the deck file, and an import then finds nothing new."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashrls.cards import Deck, Kind, Note
from flashrls.cli.exporting import write_back
from flashrls.formats.deckfile import parse_deck, render_deck
from flashrls.store.library import open_library
from tests.cli.conftest import DECK, Run
from tests.store.making import FakeClock, basic, make_library, rows


def edit(path: Path, name: str, **fields: Any) -> None:
    with open_library(path) as library:
        ref = library.card(name).card.note_ref
        before = library.note(ref)
        library.edit(ref, before, replace(before, **fields))


def test_an_edited_card_is_written_in_place_and_the_next_import_finds_nothing(
    run: Run, sleep: Path, library_path: Path
) -> None:
    edit(library_path, "spindles", answer="Stage N2")
    ran = run("export", str(sleep))
    assert (ran.code, ran.out, ran.err) == (0, "", f"{sleep}: 1 edited.\n")
    assert sleep.read_text() == DECK.replace("A: N2", "A: Stage N2")
    assert run("import", str(sleep)).out.endswith("Imported: 3 unchanged.\n")
    assert rows(library_path, "SELECT DISTINCT base FROM note") == [(None,)]
    assert run("export", str(sleep)).err == f"{sleep}: nothing to write, the file tells all of it.\n"


def test_an_added_card_gets_an_id_and_keeps_it(run: Run, sleep: Path, library_path: Path) -> None:
    with open_library(library_path) as library:
        library.add("Sleep::Memory", [basic("How long is a cycle?", "90 minutes")])
    assert run("export", str(sleep), "--json").json == {
        "path": str(sleep),
        "deck": "Sleep::Memory",
        "edited": 0,
        "added": 1,
        "removed": 0,
    }
    assert "{#90-minutes-cycle}\nQ: How long is a cycle?\nA: 90 minutes\n" in sleep.read_text()
    again = run("import", str(sleep), "--json").json
    assert (again["unchanged"], again["files"][0]["matches"]) == (4, [])
    assert run("show", "90-minutes-cycle").code == 0


def test_a_card_that_the_file_changed_too_is_imported_first(run: Run, sleep: Path, library_path: Path) -> None:
    edit(library_path, "spindles", answer="Stage N2")
    file = DECK.replace("A: N2", "A: Sleep stage N2")
    sleep.write_text(file)
    ran = run("export", str(sleep))
    assert ran.code == 1
    assert ran.err == (
        f"flashrls: {sleep}: 1 card changed here and in the file, in line 10; nothing was written.\n"
        f"  Import first, which shows both: flashrls import {sleep}\n"
    )
    assert sleep.read_text() == file
    assert run("import", str(sleep), "--ours").code == 0
    assert run("export", str(sleep)).code == 0
    assert sleep.read_text() == DECK.replace("A: N2", "A: Stage N2")


def test_a_conflict_stops_an_import_that_nobody_can_be_asked_about(
    run: Run, sleep: Path, library_path: Path
) -> None:
    edit(library_path, "spindles", answer="Stage N2")
    sleep.write_text(DECK.replace("A: N2", "A: Sleep stage N2"))
    ran = run("import", str(sleep))
    assert ran.code == 1
    assert " ".join(ran.err.split()).count("Stage N2 │ Sleep stage N2") == 1
    assert run("import", str(sleep), "--ours", "--theirs").code == 2
    ran = run("import", str(sleep), "--json")
    assert (ran.code, ran.error["kind"]) == (1, "conflicts")
    assert ran.json["files"][0]["conflicts"] == [
        {"id": "spindles", "line": 10, "fields": {"answer": {"library": "Stage N2", "file": "Sleep stage N2"}}}
    ]
    assert run("import", str(sleep), "--dry-run", "--json").json["conflicting"] == 1
    assert run("show", "spindles", "--json").json["answer"] == "Stage N2"
    assert run("import", str(sleep), "--theirs").code == 0
    assert run("show", "spindles", "--json").json["answer"] == "Sleep stage N2"


def test_the_learner_chooses_a_side_card_by_card(
    run: Run, sleep: Path, library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flashrls.cli.agreeing.on_terminal", lambda: True)
    edit(library_path, "spindles", answer="Stage N2")
    edit(library_path, "ltp", answer="Lasting potentiation")
    file = DECK.replace("A: N2", "A: Sleep stage N2").replace("A: Long-term", "A: Long term")
    sleep.write_text(file)
    assert run("import", str(sleep), stdin="q\n").code == 1
    assert run("import", str(sleep), stdin="\no\nl\nf\n").code == 0
    assert run("show", "spindles", "--json").json["answer"] == "Stage N2"
    assert run("show", "ltp", "--json").json["answer"] == "Long term potentiation"


def test_a_moved_card_leaves_one_file_and_comes_into_the_other(run: Run, sleep: Path, library_path: Path) -> None:
    other = sleep.with_name("other.md")
    other.write_text("---\ndeck: Other\nid: other\n---\n\nQ: B?\nA: b\n")
    run("import", str(other))
    with open_library(library_path) as library:
        library.move([library.card("spindles").card.note_ref], "Other")
    ran = run("export", str(other))
    assert ran.err == (
        f"{other}: 1 added.\n  The file of the deck 'Sleep::Memory' still tells cards of these: export it, too.\n"
    )
    assert run("export", str(sleep)).err == f"{sleep}: 1 moved away.\n"
    assert "spindles" not in sleep.read_text()
    assert run("import", str(sleep), str(other)).out.endswith("Imported: 4 unchanged.\n")
    assert rows(library_path, "SELECT DISTINCT base, home_pk, missing_ms FROM note") == [(None, None, None)]


def test_a_new_file_gets_the_whole_deck(run: Run, sleep: Path) -> None:
    new = sleep.with_name("new.md")
    assert run("export", str(new)).code == 0
    assert parse_deck(new.read_text(), name="x") == _without_lines(new, parse_deck(DECK, name="x"))
    assert run("import", str(new)).out.endswith("Imported: 3 unchanged.\n")
    assert run("export", "-").out == new.read_text()


def _without_lines(file: Path, deck: object) -> object:
    """The deck with the lines that its cards have in a file."""
    told = parse_deck(file.read_text(), name="x")
    assert isinstance(deck, Deck)
    assert isinstance(told, Deck)
    lines = [note.line for note in told.notes]
    return replace(deck, notes=tuple(replace(n, line=at) for n, at in zip(deck.notes, lines, strict=True)))


def test_other_files_are_left_alone(run: Run, sleep: Path) -> None:
    other = sleep.with_name("other.md")
    other.write_text("Q: B?\nA: b\n")
    assert run("export", str(other)).code == 1
    assert other.read_text() == "Q: B?\nA: b\n"
    assert run("export", str(sleep.with_suffix(".csv"))).code == 2
    assert run("export", str(sleep), "--deck", "Nowhere").code == 4
    run("import", str(other))
    assert run("export", str(sleep.with_name("new.md"))).code == 2
    assert run("export", str(other), "--deck", "Sleep::Memory").code == 1
    assert run("export", str(other), "--deck", "Sleep::Memory", "--force").code == 0
    assert "id: sleep\n" in other.read_text()
    assert run("export", str(sleep.with_name("missing") / "new.md"), "--deck", "other").code == 1


lines = st.sampled_from(["Salt", "deep", "- e", "> d", "# a"])
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join).map(str.strip).filter(bool)


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    asked = draw(st.lists(texts, min_size=2, max_size=4, unique_by=lambda text: " ".join(text.split()).casefold()))
    notes = [
        Note(
            f"k{at}" if draw(st.booleans()) else None,
            draw(st.sampled_from([Kind.BASIC, Kind.REVERSED])),
            question,
            draw(texts),
            section=draw(st.sampled_from(["", "One", "One > Two"])),
            tags=tuple(sorted({"all", *draw(st.sets(st.sampled_from(["x", "y"])))})),
            anchors=tuple(draw(st.lists(st.just("salt"), max_size=1))),
        )
        for at, question in enumerate(asked)
    ]
    return Deck("Meer", "meer", tuple(notes))


@given(deck=decks(), at=st.integers(0, 3), question=texts, answer=texts, anchors=st.booleans(), add=st.booleans())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_edit_exported_is_nothing_to_an_import_and_other_cards_stay_byte_for_byte(
    deck: Deck, at: int, question: str, answer: str, anchors: bool, add: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, path = Path(folder) / "meer.md", make_library(Path(folder))
        file.write_text(render_deck(deck))
        first = parse_deck(file.read_text(), name="x")
        assert isinstance(first, Deck)
        told = first.notes
        note = told[at % len(told)]
        with open_library(path, clock=FakeClock()) as library:
            library.import_decks([("meer.md", first)])
            refs = [ref for (ref,) in rows(path, "SELECT pk FROM note ORDER BY position")]
            before = library.note(refs[at % len(told)])
            new = replace(
                before, question=f"Neu {question}", answer=answer, anchors=("sea",) * anchors, tags=("all", "z")
            )
            library.edit(refs[at % len(told)], before, new)
            if add:
                library.add("Meer", [Note(None, Kind.BASIC, f"Dazu {question}", answer, tags=("all",))])
            said = file.read_text().split("\n")
            write_back(library, file, None)
            after = parse_deck(file.read_text(), name="x")
            assert isinstance(after, Deck)
            plan = library.plan([("meer.md", after)])
        changes = {n.change.value for one in plan.decks for n in one.notes}
        assert changes == {"unchanged"}
        assert not plan.guesses
        assert len(after.notes) == len(told) + add
        assert any(n.question.startswith("Neu ") for n in after.notes)  # the rest may be escaped
        now = file.read_text().split("\n")
        begin = told[(at % len(told))].line - 2
        assert now[:begin] == said[:begin]
        if not add and note is not told[-1]:
            end = len(said) - (told[at % len(told) + 1].line - 1)
            assert now[-end:] == said[-end:]

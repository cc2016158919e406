"""`flashrls decks --orphans`: the cards that left their files."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import DECK, Run


def test_cards_that_left_their_file_are_listed_with_what_can_be_done(run: Run, sleep: Path) -> None:
    run("review", "--plain", "--limit", "1", stdin="\n3\n")
    sleep.write_text(DECK[: DECK.index("{#spindles}")] + DECK[DECK.index("{#ltp") : DECK.index("{#phases}")])
    assert run("import", str(sleep)).code == 0
    ran = run("decks", "--orphans")
    header, *lines = ran.out.splitlines()
    assert header.split() == ["since", "reviews", "state", "card", "deck", "question"]
    assert [line.split()[1:5] for line in lines] == [
        ["1", "asked", "spindles", "Sleep::Memory"],
        ["0", "asked", "phases", "Sleep::Memory"],
    ]
    assert "press ! when a review asks it" in ran.err
    first, second = run("decks", "--orphans", "--json").json
    since = first.pop("missing_since")
    assert first == {
        "note": "spindles",
        "deck": "Sleep::Memory",
        "question": "Which stage of sleep shows spindles?",
        "reviews": 1,
        "asked": True,
    }
    assert (since == second["missing_since"], since.endswith("+00:00")) == (True, True)


def test_without_orphans_the_list_is_empty(run: Run, sleep: Path) -> None:
    assert run("decks", "--orphans").out == "No card has left its file.\n"
    assert run("decks", "--orphans", "--json").json == []
    sleep.write_text(DECK[: DECK.index("{#phases}")])
    run("import", str(sleep))
    assert len(run("decks", "--orphans", "--json").json) == 1
    sleep.write_text(DECK)
    run("import", str(sleep))
    assert run("decks", "--orphans", "--json").json == []


def test_a_new_library_has_no_orphans(run: Run) -> None:
    assert run("decks", "--orphans").out == "No card has left its file.\n"


def test_escape_sequences_of_orphans_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "evil.md"
    file.write_text("---\ndeck: D\n---\n\nQ: a\x1b[2J?\nA: b\n\nQ: c?\nA: d\n")
    run("import", str(file))
    file.write_text("---\ndeck: D\n---\n\nQ: c?\nA: d\n")
    run("import", str(file))
    out = run("decks", "--orphans").out
    assert "a␛[2J?" in out
    assert "\x1b" not in out + run("decks", "--orphans", "--json").out

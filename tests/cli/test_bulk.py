"""`suspend`, `unsuspend`, `bury`, `reset`, `tag`, `move`: one deed for many cards, told and taken back as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from freezegun import freeze_time

from tests.cli.conftest import Run

MANY = "---\ndeck: Numbers\nid: numbers\n---\n\n" + "".join(
    f"{{#n{n}}}\nQ: Number {n}?\nA: {n}\n\n" for n in range(12)
)


@pytest.fixture
def numbers(run: Run, tmp_path: Path) -> None:
    """A deck of twelve cards."""
    file = tmp_path / "numbers.md"
    file.write_text(MANY)
    assert run("import", str(file)).code == 0


def states(run: Run) -> dict[str, str]:
    return {card["id"]: card["state"] for card in run("cards", "--json").json}


@pytest.mark.usefixtures("sleep")
def test_suspending_tells_the_count_and_an_undo_takes_all_of_it_back(run: Run) -> None:
    assert run("suspend", "tag:terms").out == "2 cards suspended.\n"
    assert states(run)["ltp"] == states(run)["ltp#rev"] == "suspended"
    assert run("undo").out.startswith("Undone: 2 cards suspended, such as “")
    assert set(states(run).values()) == {"new"}
    assert run("redo").out.startswith("Redone: 2 cards suspended, such as “")
    assert states(run)["ltp"] == "suspended"


@pytest.mark.usefixtures("sleep")
def test_what_is_suspended_already_is_not_logged_again(run: Run) -> None:
    run("suspend", "spindles")
    assert run("suspend", "spindles").out == "Nothing to change: 1 card found, it is so already.\n"
    assert run("suspend", "spindles or tag:terms").out == "2 cards suspended (1 more was so already).\n"
    assert [entry["kind"] for entry in run("why", "spindles", "--json").json["log"]] == ["suspend"]
    assert run("unsuspend", "is:suspended").out == "3 cards unsuspended.\n"
    assert set(states(run).values()) == {"new"}


@pytest.mark.usefixtures("sleep")
def test_a_part_of_a_note_is_named_by_its_id(run: Run) -> None:
    assert run("suspend", "phases#2", "--json").json == {
        "cards": 1,
        "changed": 1,
        "ids": ["phases#2"],
        "dry_run": False,
    }
    assert [card for card, state in states(run).items() if state == "suspended"] == ["phases#2"]


@pytest.mark.usefixtures("sleep")
def test_finding_nothing_is_told_and_is_no_failure(run: Run) -> None:
    ran = run("suspend", "unheard-of")
    assert (ran.code, ran.out) == (0, "No card is found; nothing was changed.\n")
    assert run("suspend", "nothing#9", "--json").json == {"cards": 0, "changed": 0, "ids": [], "dry_run": False}
    assert run("undo").code == 1


@pytest.mark.usefixtures("sleep")
def test_buried_cards_come_back_tomorrow_and_reset_ones_are_new(run: Run) -> None:
    with freeze_time("2026-03-02 12:00"):
        run("review", "--plain", stdin="\n3\nq\n")
        assert run("bury", "tag:terms").out == "2 cards buried until tomorrow.\n"
        assert run("bury", "tag:terms").out.startswith("Nothing to change")
        assert run("reset", "deck:Sleep").out == "1 card new again (5 more were so already).\n"
        assert states(run)["ltp"] == "buried"
        assert states(run)["spindles"] == "new"
    with freeze_time("2026-03-03 12:00"):
        assert set(states(run).values()) == {"new"}


@pytest.mark.usefixtures("numbers")
def test_more_than_ten_cards_need_yes_where_nobody_can_be_asked(run: Run) -> None:
    ran = run("suspend", "deck:Numbers")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "flashrls: 12 cards would be suspended; nothing was changed.\n  Say --yes if they all should be.\n"
    )
    assert set(states(run).values()) == {"new"}
    assert run("suspend", "deck:Numbers", "--yes").out == "12 cards suspended.\n"
    assert run("unsuspend", "deck:Numbers", "--json").error["kind"] == "usage"


@pytest.mark.usefixtures("numbers")
def test_a_dry_run_shows_the_first_ones_and_changes_nothing(run: Run) -> None:
    ran = run("suspend", "deck:Numbers", "--dry-run")
    assert ran.out == (
        "12 cards would be suspended:\n  n0  Number 0?\n  n1  Number 1?\n  n2  Number 2?\n"
        "  n3  Number 3?\n  n4  Number 4?\n  … and 7 more\n"
    )
    assert set(states(run).values()) == {"new"}


@pytest.mark.usefixtures("sleep")
def test_tags_are_given_and_taken_away_as_one_deed(run: Run) -> None:
    assert run("tag", "deck:Sleep", "--add", "exam", "--remove", "terms").out == "3 notes tagged.\n"
    assert run("show", "ltp", "--json").json["tags"] == ["exam", "night"]
    assert run("tag", "deck:Sleep", "--add", "exam").out.startswith("Nothing to change")
    assert "tags" in run("why", "ltp", "--json").json["log"][0]["changed"]
    run("undo")
    assert run("show", "ltp", "--json").json["tags"] == ["night", "terms"]


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "No tag is named."),
        (("--add", "two words"), "'two words' is not a tag."),
        (("--add", "suspended"), "'suspended' is a mark, not a tag."),
        (("--add", "x", "--remove", "x"), "'x' is to be added and removed."),
    ],
)
def test_what_is_no_tag_is_refused(run: Run, options: tuple[str, ...], told: str) -> None:
    ran = run("tag", "deck:Sleep", *options)
    assert ran.code == 2
    assert told in ran.err


@pytest.mark.usefixtures("sleep", "numbers")
def test_notes_move_with_all_their_cards_and_back(run: Run) -> None:
    assert run("move", "ltp#rev", "--to", "numbers").out == "1 note moved to Numbers.\n"
    assert run("show", "ltp", "--json").json["deck"] == "Numbers"
    log = run("why", "ltp")
    assert "moved" in log.out
    run("undo")
    assert run("show", "ltp#rev", "--json").json["deck"] == "Sleep::Memory"
    ran = run("move", "ltp", "--to", "Nubers")
    assert (ran.code, "Did you mean 'Numbers'?" in ran.err) == (4, True)


@pytest.mark.usefixtures("sleep")
def test_a_query_and_no_option_stands_behind_a_dash(run: Run) -> None:
    assert run("suspend", "deck:Sleep", "-tag:terms").out == "4 cards suspended.\n"
    assert run("suspend", "--unheard-of").code == 2
    assert run("suspend").code == 2


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize("query", [("",), ("  ", "")])
def test_an_empty_query_changes_nothing(run: Run, query: tuple[str, ...]) -> None:
    """As an unset variable of the shell makes it: `flashrls suspend --yes "$WHICH"`."""
    ran = run("suspend", "--yes", *query)
    assert (ran.code, ran.err.splitlines()[0]) == (2, "flashrls: Missing argument 'QUERY'.")
    assert run("cards", "is:suspended", "--json").json == []
    assert len(run("cards", *query, "--json").json) == 6

"""`decks`, `cards`, `show`, `why`: JSON for scripts as agreed, and lists for people."""

from __future__ import annotations

import pytest
from freezegun import freeze_time

from tests.cli.conftest import Run


@pytest.mark.usefixtures("sleep")
def test_decks_tell_what_they_hold(run: Run) -> None:
    assert run("decks", "--json").json == [
        {"name": "Sleep::Memory", "id": "sleep", "notes": 3, "cards": 6, "new": 6, "due": 0, "suspended": 0}
    ]
    assert run("decks").out == "due  new  cards  deck\n  0    6      6  Sleep::Memory\n"


@pytest.mark.usefixtures("sleep")
def test_cards_tell_their_texts_and_schedules(run: Run) -> None:
    with freeze_time("2026-03-02 12:00"):
        run("review", "--plain", "--limit", "1", stdin="\n2\n")
        found = {card["id"]: card for card in run("cards", "--json").json}
    assert list(found) == ["spindles", "ltp", "ltp#rev", "phases#1", "phases#2", "phases#3"]
    assert found["spindles"] == {
        "id": "spindles",
        "note": "sleep/spindles",
        "deck": "Sleep::Memory",
        "section": "Stages",
        "kind": "basic",
        "question": "Which stage of sleep shows spindles?",
        "answer": "N2",
        "tags": ["night"],
        "anchors": ["spindles mark stage N2"],
        "state": "scheduled",
        "ease": 236,
        "repetitions": 1,
        "interval_days": 1,
        "due_on": "2026-03-03",
        "lapses": 0,
    }
    assert (found["ltp#rev"]["question"], found["ltp#rev"]["answer"]) == ("Long-term potentiation", "LTP")
    assert found["ltp"]["tags"] == ["night", "terms"]
    assert found["ltp"]["state"] == "new"
    assert found["ltp"]["ease"] is None


@pytest.mark.usefixtures("sleep")
def test_a_cloze_question_hides_its_words_behind_dots_or_the_hint(run: Run) -> None:
    first, _, third = run("cards", "Memory", "--json").json
    assert first["question"] == "Memory is [...], consolidated and retrieved."
    assert first["answer"] == "encoded"
    assert third["question"] == "Memory is encoded, consolidated and [brought back]."
    assert third["answer"] == "retrieved"


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("spindles", ["spindles"]),
        ("SPINDLES stage", ["spindles"]),
        ('"stage of sleep"', ["spindles"]),
        ("tag:terms", ["ltp", "ltp#rev"]),
        ("tag:terms long-term", ["ltp", "ltp#rev"]),
        ("deck:memory tag:night -tag:terms -is:due kind", []),
        ("deck:Sleep spindles or tag:terms", ["spindles", "ltp", "ltp#rev"]),
        ("is:suspended", []),
        ("is:leech", []),
        ("deck:Sleep::Memory tag:terms", ["ltp", "ltp#rev"]),
        ("section:stag -Memory -LTP", ["spindles"]),
        ("ease<3", []),
    ],
)
def test_a_query_finds_by_words_and_conditions(run: Run, query: str, ids: list[str]) -> None:
    assert [card["id"] for card in run("cards", query, "--json").json] == ids


def test_a_name_with_spaces_needs_no_second_quotes(run: Run) -> None:
    run("import", "-", stdin="---\ndeck: A long name\n---\n\nQ: a?\nA: 1\n")
    assert len(run("cards", "deck:A long name", "is:new", "--json").json) == 1
    assert run("cards", "deck:A long name or deck:Other", "--json").code == 4


@pytest.mark.usefixtures("sleep")
def test_a_query_may_come_as_several_arguments(run: Run) -> None:
    assert [card["id"] for card in run("cards", "--json", "-tag:terms", "spindles").json] == ["spindles"]


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize(
    ("query", "code", "message"),
    [
        ("is:late", 2, "unknown state 'late' at character 1 of 'is:late'."),
        ("x colour:red", 2, "unknown prefix 'colour:' at character 3 of 'x colour:red'."),
        ("deck:Slep", 4, "There is no deck 'Slep'."),
    ],
)
def test_a_query_that_means_nothing_is_refused(run: Run, query: str, code: int, message: str) -> None:
    ran = run("cards", query, "--json")
    assert (ran.code, ran.error["code"], ran.error["message"], ran.out) == (code, code, message, "")


@pytest.mark.usefixtures("sleep")
def test_show_tells_one_card(run: Run) -> None:
    ran = run("show", "spindles")
    assert ran.out == (
        "spindles  (Sleep::Memory > Stages)\n\n"
        "Q: Which stage of sleep shows spindles?\nA: N2\n\n"
        "> spindles mark stage N2\n"
        "source    Its source is not attached. `flashrls source add FILE --deck DECK` attaches one.\n"
        "tags      night\nstate     new\n"
    )
    assert run("show", "sleep/ltp#rev", "--json").json["id"] == "ltp#rev"


@pytest.mark.usefixtures("sleep")
def test_an_unknown_card_is_no_such_thing_and_near_ones_are_offered(run: Run) -> None:
    ran = run("show", "spindle")
    assert ran.code == 4
    assert ran.err == "flashrls: There is no card 'spindle'.\n  Did you mean spindles?\n"


@pytest.mark.usefixtures("sleep")
def test_a_note_of_several_cards_needs_its_part(run: Run) -> None:
    ran = run("why", "phases")
    assert ran.code == 2
    assert ran.err == "flashrls: 'phases' names 3 cards.\n  Say which: phases#1, phases#2, phases#3.\n"


@pytest.mark.usefixtures("sleep")
def test_why_tells_each_entry_and_its_rule(run: Run) -> None:
    for day, new, button in (("02", 1, 3), ("03", 0, 3), ("09", 0, 2), ("24", 0, 1)):
        with freeze_time(f"2026-03-{day} 12:00"):
            run("review", "--plain", "--limit", "1", "--new", str(new), stdin=f"\n{button}\n")
    with freeze_time("2026-03-24 12:01"):
        run("undo")
        ran, told = run("why", "spindles"), run("why", "spindles", "--json").json
    lines = [line.split("  ") for line in ran.out.splitlines()]
    assert [line[-1] for line in lines[2:7]] == [
        "first pass: 1 day",
        "second pass: 6 days",
        "6 days x 2.50, rounded up: 15; ease -0.14",
        "(undone) lapse: back to 1 day; ease -0.32",
        "undo",
    ]
    assert told["card"] == "spindles"
    assert [(e["study_day"], e["kind"], e["grade"], e["interval_days"], e["due_on"]) for e in told["log"]] == [
        ("2026-03-02", "scheduled", 4, 1, "2026-03-03"),
        ("2026-03-03", "scheduled", 4, 6, "2026-03-09"),
        ("2026-03-09", "scheduled", 3, 15, "2026-03-24"),
        ("2026-03-24", "scheduled", 2, 1, "2026-03-25"),
        ("2026-03-24", "undo", None, 15, "2026-03-24"),
    ]
    assert told["log"][0]["reviewed_at"].startswith("2026-03-02T12:00:00")


def test_an_empty_library_invites(run: Run) -> None:
    assert run("decks").out == "There are no decks yet. `flashrls import FILE.md` brings one in.\n"
    assert run("cards", "--json").json == []

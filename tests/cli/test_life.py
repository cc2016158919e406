"""`why`: a card's life for people, on terminals of any width, and for scripts."""

from __future__ import annotations

from datetime import date

import pytest
from freezegun import freeze_time

from flashrls.cli.life import life_lines
from flashrls.life import life_of
from flashrls.settings import Settings
from tests.cli.conftest import Run
from tests.lives import FIRST_DAY, card, reviewed_when_due


@pytest.fixture
def lapsed(run: Run, sleep: None) -> None:  # noqa: ARG001
    """Good on the 2nd of March, Good on the 3rd, Again on the 9th."""
    for day, new, button in (("02", 1, 3), ("03", 0, 3), ("09", 0, 1)):
        with freeze_time(f"2026-03-{day} 12:00"):
            run("review", "--plain", "--limit", "1", "--new", str(new), stdin=f"\n{button}\n")


@pytest.mark.usefixtures("lapsed")
def test_why_tells_the_trend_the_buttons_and_what_if(run: Run) -> None:
    with freeze_time("2026-03-10 12:00"):
        ran = run("why", "spindles")
    assert ran.out.split("\n\n", 1)[1] == (
        "interval  ▁█▁  1 day to 6 days\n"
        "ease      ██▆  2.18 to 2.50 (least 1.30)\n"
        "lapses      ×\n"
        "\n"
        "Asked today, each button gives:\n"
        "  1 Again     ease 1.86  1 day        2026-03-11  drill\n"
        "  2 Hard      ease 2.04  1 day        2026-03-11  drill\n"
        "  3 Good      ease 2.18  1 day        2026-03-11\n"
        "  4 Easy      ease 2.28  1 day        2026-03-11\n"
        "\n"
        "With lapse_ease = keep: ease 2.50, interval 1 day, due 2026-03-10 (now: 2.18, 1 day, 2026-03-10); "
        "1 of 3 reviews come out otherwise, from 2026-03-09 on.\n"
    )


@pytest.mark.usefixtures("lapsed")
def test_why_tells_scripts_the_rules_the_buttons_and_what_if(run: Run) -> None:
    with freeze_time("2026-03-10 12:00"):
        told = run("why", "spindles", "--json").json
    assert [entry["rule"] for entry in told["log"]] == [
        "first pass: 1 day",
        "second pass: 6 days",
        "lapse: back to 1 day; ease -0.32",
    ]
    assert told["asked_on"] == "2026-03-10"
    assert told["now"][1] == {
        "button": 2,
        "name": "Hard",
        "grade": 3,
        "interval_days": 1,
        "due_on": "2026-03-11",
        "ease": 204,
        "drill": True,
    }
    assert [button["button"] for button in told["now"]] == [1, 2, 3, 4]
    assert told["what_if"] == {
        "lapse_ease": "keep",
        "ease": 250,
        "interval_days": 1,
        "repetitions": 0,
        "due_on": "2026-03-10",
        "same": False,
        "otherwise": [{"id": told["log"][2]["id"], "ease": 250, "interval_days": 1}],
    }


@pytest.mark.usefixtures("sleep")
def test_a_card_that_was_never_asked_has_buttons_and_no_what_if(run: Run) -> None:
    told = run("why", "spindles", "--json").json
    assert (told["log"], told["what_if"]) == ([], None)
    assert [button["ease"] for button in told["now"]] == [218, 236, 250, 260]
    assert "It was never asked." in run("why", "spindles").out


def test_on_a_narrow_terminal_each_rule_has_a_line_of_its_own() -> None:
    asked = card("Which enzyme, " * 20)
    life = life_of(asked, reviewed_when_due([4, 4, 5, 2, 4]), Settings(), FIRST_DAY)
    lines = life_lines(asked, life, FIRST_DAY, cells=60)
    assert max(len(line) for line in lines) <= 60
    assert lines[:6] == [
        "enzyme: Which enzyme, Which enzyme, Which enzyme, Which enz…",
        "date        grade      ease  interval     due",
        "2026-03-02  Good       2.50  1 day        2026-03-03",
        "  first pass: 1 day",
        "2026-03-03  Good       2.50  6 days       2026-03-09",
        "  second pass: 6 days",
    ]


def test_on_a_wide_terminal_it_stands_behind_its_entry() -> None:
    life = life_of(card(), reviewed_when_due([4]), Settings(), date(2026, 3, 3))
    assert life_lines(card(), life, date(2026, 3, 3), cells=100)[2] == (
        "2026-03-02 12:00  Good   2.50  1 d       2026-03-03  first pass: 1 day"
    )


def test_a_text_of_others_cannot_command_the_terminal() -> None:
    asked = card("What \x1b[31mglows\x1b[0m?")
    life = life_of(asked, reviewed_when_due([4]), Settings(), FIRST_DAY)
    assert "\x1b" not in "".join(life_lines(asked, life, FIRST_DAY))


def test_a_log_of_the_last_year_there_is_can_be_told() -> None:
    life = life_of(card(), reviewed_when_due([5] * 30), Settings(), date.max)
    assert life.outcomes[-1].due_on == date.max
    assert life_lines(card(), life, date.max, cells=60)

"""`review --plain`, `due`, `undo`, `stats`: days of study at the command line."""

from __future__ import annotations

import pytest
from freezegun import freeze_time

from tests.cli.conftest import Run


@pytest.mark.usefixtures("sleep")
def test_an_empty_line_reveals_and_a_number_grades(run: Run) -> None:
    ran = run("review", "--plain", "--limit", "1", stdin="\n3\n")
    assert ran.code == 0
    assert ran.out == (
        "\nSleep::Memory > Stages (1 left, about 1 minute)\n"
        "Q: Which stage of sleep shows spindles?\n"
        "A: N2\n"
        "1 Again (today)   2 Hard (1 day)   3 Good (1 day)   4 Easy (1 day)\n"
        "\n1 card, 1 at first try, 1 answer.\n2 left today, 1 due tomorrow. Streak: 1 day.\n"
    )


@pytest.mark.usefixtures("sleep")
def test_what_is_no_grade_is_told_and_asked_again(run: Run) -> None:
    ran = run("review", "--plain", stdin="3\n\n5\n0\nx\n\n4\nq\n")
    assert ran.out.count("An empty line shows the answer; ? tells all commands.") == 1
    assert ran.out.count("1, 2, 3 or 4 is a grade; ? tells all commands.") == 4
    assert "5 is not a grade. 1, 2, 3 or 4 is a grade" in ran.out
    assert [e["grade"] for e in run("why", "spindles", "--json").json["log"]] == [5]


@pytest.mark.usefixtures("sleep")
def test_the_end_of_the_input_stops_with_all_grades_kept(run: Run) -> None:
    assert run("review", "--plain", stdin="\n3\n\n").code == 0
    assert [card["id"] for card in run("cards", "-is:new", "--json").json] == ["spindles"]


@pytest.mark.usefixtures("sleep")
def test_a_card_below_good_is_drilled_until_it_is_good(run: Run) -> None:
    with freeze_time("2026-03-02 12:00"):
        first = run("review", "--plain", "--limit", "1", stdin="\n1\n\n2\n")
        assert run("due", "--json").json == {"day": "2026-03-02", "new": 2, "due": 0, "drill": 1, "total": 3}
        second = run("review", "--plain", stdin="\n3\n\n3\n\n3\n")
    assert first.out.count("Q: Which stage of sleep shows spindles?") == 3
    assert second.out.count("Q: Which stage of sleep shows spindles?") == 1
    kinds = [(entry["kind"], entry["grade"]) for entry in run("why", "spindles", "--json").json["log"]]
    assert kinds == [("scheduled", 2), ("drill", 3), ("drill", 4)]


@pytest.mark.usefixtures("sleep")
def test_undo_takes_the_last_grade_back_and_shows_its_card(run: Run) -> None:
    ran = run("review", "--plain", stdin="\n1\nu\n\n4\nq\n")
    assert "Undone: Again for “Which stage of sleep shows spindles?”" in ran.out
    card = run("show", "spindles", "--json").json
    assert (card["ease"], card["lapses"]) == (260, 0)


@pytest.mark.usefixtures("sleep")
def test_undo_works_across_starts_until_nothing_is_left(run: Run) -> None:
    with freeze_time("2026-03-02 12:00"):
        run("review", "--plain", stdin="\n3\n\n3\nq\n")
    with freeze_time("2026-03-20 12:00"):
        assert run("undo").out == "Undone: Good for “LTP” (ltp, 2026-03-02 12:00)\n"
        assert run("undo", "--json").json["card"] == "spindles"
        ran = run("undo")
    assert (ran.code, ran.err) == (1, "flashrls: There is nothing to undo.\n")
    assert all(card["state"] == "new" for card in run("cards", "--json").json)


@pytest.mark.usefixtures("sleep")
def test_days_of_study_follow_the_schedule(run: Run) -> None:
    """4, 4, 4 at the right days: 1, 6 and 15 days; siblings stay apart."""
    with freeze_time("2026-03-02 12:00"):
        assert run("due", "--json").json == {"day": "2026-03-02", "new": 3, "due": 0, "drill": 0, "total": 3}
        run("review", "--plain", stdin="\n3\n" * 3)
        assert run("due").out == "Nothing to study today.\n"
        assert run("due", "--exit-code").code == 0
    with freeze_time("2026-03-03 03:59"):
        assert run("due", "--json").json["day"] == "2026-03-02"
    with freeze_time("2026-03-03 04:00"):
        assert run("due", "--json").json == {"day": "2026-03-03", "new": 0, "due": 3, "drill": 0, "total": 3}
        assert run("due", "--exit-code").code == 1
        assert run("due").out == "3 to study today: 3 due\n"
        run("review", "--plain", stdin="\n3\n" * 3)
    assert {card["interval_days"] for card in run("cards", "-is:new", "--json").json} == {6}


@pytest.mark.usefixtures("sleep")
def test_practice_is_logged_and_changes_nothing(run: Run) -> None:
    with freeze_time("2026-03-02 12:00"):
        run("review", "--plain", "--limit", "1", stdin="\n3\n")
        before = run("show", "spindles", "--json").json
        ran = run("review", "--plain", "--practice", stdin="\n1\n")
        assert run("show", "spindles", "--json").json == before
    assert "1 Again (no effect)   2 Hard (no effect)   3 Good (no effect)   4 Easy (no effect)" in ran.out
    assert [entry["kind"] for entry in run("why", "spindles", "--json").json["log"]] == ["scheduled", "practice"]


@pytest.mark.usefixtures("sleep")
def test_an_unknown_deck_is_no_such_thing_and_near_ones_are_offered(run: Run) -> None:
    ran = run("review", "--plain", "Sleep::Memry")
    assert ran.code == 4
    assert ran.err == "flashrls: There is no deck 'Sleep::Memry'.\n  Did you mean 'Sleep::Memory', 'Sleep'?\n"
    assert run("review", "slep").code == 4


@pytest.mark.usefixtures("sleep")
def test_the_screens_need_a_terminal(run: Run) -> None:
    for arguments in ((), ("review",)):
        ran = run(*arguments)
        assert ran.code == 2
        assert "The screens need a terminal." in ran.err


@pytest.mark.usefixtures("sleep")
def test_stats_tell_today_streak_retention_and_forecast(run: Run) -> None:
    for day in ("02", "03"):
        with freeze_time(f"2026-03-{day} 12:00"):
            run("review", "--plain", stdin="\n3\n\n3\n\n1\n\n3\n")
    with freeze_time("2026-03-03 13:00"):
        told, report = run("stats", "--json").json, run("stats").out
    today = {name: told["today"][name] for name in ("answers", "new", "reviews", "passes", "drill", "practice")}
    assert today == {
        "answers": 4,
        "new": 0,
        "reviews": 3,
        "passes": 2,
        "drill": 1,
        "practice": 0,
    }
    assert told["streak"] == {"current": 2, "longest": 2}
    few = {"passes": 2, "reviews": 3, "share": None, "low": None, "high": None}
    assert told["retention"] == few | {
        "days": 30,
        "young": few,
        "mature": few | {"passes": 0, "reviews": 0},
    }
    assert len(told["forecast"]) == 30
    # Two cards after 6 days and, each Good, 15 more; the one that lapsed twice (ease 2.50 - 0.32 - 0.32)
    # after 1, 1, 6 and 6 * 1.86, rounded up to 12.
    assert {day["day"]: day["due"] for day in told["forecast"] if day["due"]} == {
        "2026-03-04": 1,
        "2026-03-05": 1,
        "2026-03-09": 2,
        "2026-03-11": 1,
        "2026-03-23": 1,
        "2026-03-24": 2,
    }
    assert "too few reviews yet: 2 of 3 passed, 20 are needed" in report
    assert "2 days; the longest was 2 days" in report
    assert "█ due  ▒ new  ░ new ones coming back" in report

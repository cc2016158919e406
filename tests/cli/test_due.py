"""`due` in prompts, status bars and scripts."""

from __future__ import annotations

import pytest
from freezegun import freeze_time

from tests.cli.conftest import Run


@pytest.fixture
def second_day(run: Run, sleep: object) -> Run:  # noqa: ARG001 (the deck is imported by it)
    """The deck's first card was answered Good yesterday, so it is due again today."""
    with freeze_time("2026-03-01 12:00"):
        assert run("review", "--plain", "--limit", "1", stdin="\n3\n").code == 0
    return run


def test_every_field_of_a_format_is_filled_in(second_day: Run) -> None:
    with freeze_time("2026-03-02 12:00"):
        ran = second_day("due", "--format", "{day}: {total} = {due} + {new} + {drill}, {streak} d, {tomorrow} then")
    # One card comes again after a day; one of the two cards of "ltp" and one of the three clozes are new.
    assert ran.out == "2026-03-02: 3 = 1 + 2 + 0, 1 d, 0 then\n"


@pytest.mark.usefixtures("sleep")
def test_minutes_go_by_the_default_pace_before_there_is_one_of_ones_own(run: Run) -> None:
    # Three cards of about 15 seconds each.
    assert run("due", "--format", "{minutes} min").out == "1 min\n"


@pytest.mark.usefixtures("sleep")
def test_braces_and_widths_are_those_of_python(run: Run) -> None:
    assert run("due", "--format", "[{new:>3}] {{x}}").out == "[  3] {x}\n"


@pytest.mark.usefixtures("sleep")
def test_a_format_is_only_words_where_it_names_nothing(run: Run) -> None:
    assert run("due", "--format", "cards").out == "cards\n"


@pytest.mark.usefixtures("sleep")
def test_a_format_narrows_to_a_deck_and_tells_by_its_exit_code(run: Run) -> None:
    ran = run("due", "--deck", "Memory", "--format", "{new}", "--exit-code")
    assert (ran.code, ran.out) == (1, "3\n")


KNOWN = "{due}, {new}, {drill}, {total}, {minutes}, {streak}, {tomorrow}, {day}"


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{dew}", f"A format knows no {{dew}}.\n  Known are {KNOWN}; write {{{{ for a brace."),
        ("{}", f"A format knows no {{}}.\n  Known are {KNOWN}; write {{{{ for a brace."),
        (
            "{due.real}",
            f"A format knows no {{due.real}}.\n  Known are {KNOWN}; write {{{{ for a brace.",
        ),
        (
            "{due",
            "This format can't be read: expected '}' before end of string.\n  Write {{ and }} for braces",
        ),
        (
            "{due:x.9q}",
            "This format can't be filled in: Invalid format specifier",
        ),
    ],
)
@pytest.mark.usefixtures("sleep")
def test_a_format_that_can_not_be_filled_in_is_told(run: Run, template: str, error: str) -> None:
    ran = run("due", "--format", template)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"flashrls: {error}")


@pytest.mark.usefixtures("sleep")
def test_a_format_and_json_exclude_each_other(run: Run) -> None:
    ran = run("due", "--format", "{due}", "--json")
    assert (ran.code, ran.error["message"]) == (2, "--format and --json are two ways to print.")

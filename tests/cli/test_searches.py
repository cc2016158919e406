"""Saved searches, and studying what a query finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from flashrls.config.reading import config_path
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASHRLS_CONFIG", str(tmp_path / "config.toml"))


def ids(run: Run, *query: str) -> list[str]:
    return [card["id"] for card in run("cards", *query, "--json").json]


@pytest.mark.usefixtures("sleep")
def test_a_saved_search_is_used_wherever_a_query_is(run: Run) -> None:
    assert run("config", "set", "searches.brief", "spindles or tag:terms").out.startswith("searches.brief is ")
    assert ids(run, "search:brief") == ["spindles", "ltp", "ltp#rev"]
    assert ids(run, "-search:brief", "phases#1 or phases#2") == ["phases#1", "phases#2"]
    assert run("suspend", "search:brief").code == 0
    assert ids(run, "is:suspended") == ["spindles", "ltp", "ltp#rev"]
    assert run("config", "get", "searches.brief").out == "spindles or tag:terms\n"
    assert run("config", "unset", "searches.brief").code == 0
    ran = run("cards", "search:brief")
    assert (ran.code, ran.err) == (
        2,
        "flashrls: no saved search 'brief' at character 1 of 'search:brief'.\n  Saved are: none yet.\n",
    )


@pytest.mark.usefixtures("sleep")
def test_what_is_no_query_is_not_saved(run: Run) -> None:
    ran = run("config", "set", "searches.bad", "ease<easy")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "flashrls: 'easy' is no ease at character 6 of 'ease<easy'.")
    assert not config_path().exists()
    ran = run("config", "set", "searches.me", "search:me or tag:x")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "flashrls: the saved search 'me' finds itself at character 1 of 'search:me or tag:x'.",
    )


@pytest.mark.usefixtures("sleep")
def test_a_review_asks_only_what_a_query_finds(run: Run) -> None:
    ran = run("review", "--plain", "--query", "tag:terms", stdin="\n3\n")
    assert ran.code == 0
    assert [card["id"] for card in run("cards", "-is:new", "--json").json] == ["ltp"]
    again = run("review", "--plain", "--query", "tag:terms").out
    assert "Nothing is left to study in “tag:terms” today." in again


@pytest.mark.usefixtures("sleep")
def test_a_review_of_a_saved_search_asks_its_cards(run: Run) -> None:
    run("config", "set", "searches.my words", "tag:terms")
    ran = run("review", "--plain", "--query", 'search:"my words"', stdin="\n3\n")
    assert ran.code == 0
    assert [card["id"] for card in run("cards", "-is:new", "--json").json] == ["ltp"]


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize("plain", [["--plain"], []])
def test_a_review_of_a_query_that_does_not_parse_says_where(run: Run, plain: list[str]) -> None:
    ran = run("review", *plain, "--query", "tag:terms foo:x")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("flashrls: unknown prefix 'foo:' at character 11 of 'tag:terms foo:x'.")


@pytest.mark.usefixtures("sleep")
def test_a_review_of_a_deck_that_is_not_there_says_so(run: Run) -> None:
    assert run("review", "--plain", "--query", "deck:wake").code == 4

"""`config` and what the settings do to the other commands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from freezegun import freeze_time
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.cli.conftest import Run

Edit = Callable[..., Path]


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the settings are; nothing is there yet."""
    path = tmp_path / "conf" / "config.toml"
    monkeypatch.setenv("FLASHRLS_CONFIG", str(path))
    return path


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Edit:
    """Makes an editor that leaves these texts, one after the other; returns where it keeps what it was given."""
    kept = tmp_path / "given"
    monkeypatch.delenv("VISUAL", raising=False)

    def make(*texts: str) -> Path:
        for number, text in enumerate(texts):
            (tmp_path / f"text{number}").write_text(text)
        script = tmp_path / "editor"
        script.write_text(
            f'#!/bin/sh\ncp "$1" {kept}\nn=$(ls {tmp_path}/text* 2>/dev/null | head -n 1)\n'
            'if [ -n "$n" ]; then mv "$n" "$1"; fi\n'
        )
        script.chmod(0o700)
        monkeypatch.setenv("EDITOR", str(script))
        return kept

    return make


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_path_tells_where_the_file_would_be(run: Run, file: Path) -> None:
    assert run("config", "path").out == f"{file}\n"
    assert not file.exists()


def test_set_makes_the_file_for_its_owner_alone(run: Run, file: Path) -> None:
    assert run("config", "set", "new_per_day", "7").out == "new_per_day is 7 now.\n"
    assert file.read_text() == "new_per_day = 7\n"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [path.name for path in file.parent.iterdir()] == ["config.toml"]


def test_set_keeps_comments_permissions_and_the_link(run: Run, file: Path, tmp_path: Path) -> None:
    real = written(tmp_path / "dotfiles" / "flashrls.toml", "# mine\nfuzz = true # yes\n")
    real.chmod(0o640)
    file.parent.mkdir()
    file.symlink_to(real)
    assert run("config", "set", "fuzz", "off").code == 0
    assert real.read_text() == "# mine\nfuzz = false # yes\n"
    assert real.stat().st_mode & 0o777 == 0o640
    assert file.is_symlink()


def test_a_link_that_leads_nowhere_yet_gets_its_file(run: Run, file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    file.symlink_to(tmp_path / "dotfiles" / "flashrls.toml")
    assert run("config", "set", "grades", "sm2").code == 0
    assert (tmp_path / "dotfiles" / "flashrls.toml").read_text() == 'grades = "sm2"\n'
    assert file.is_symlink()


@pytest.mark.parametrize(
    ("key", "value", "got"),
    [
        ("new_per_day", "0", "0"),
        ("time_zone", "Asia/Kathmandu", "Asia/Kathmandu"),
        ("lapse_ease", "keep", "keep"),
        ("fuzz", "Yes", "true"),
        ("theme", "contrast", "contrast"),
        ("keys.undo", "u,ctrl+z", "u,ctrl+z"),
        ("keys.bury", "-", "-"),
    ],
)
@pytest.mark.usefixtures("file")
def test_what_is_set_is_got(run: Run, key: str, value: str, got: str) -> None:
    assert run("config", "set", key, value).code == 0
    assert run("config", "get", key).out == f"{got}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("new_per_day", "many"), 2, 'new_per_day can\'t be "many".\n  It takes a whole number from 0 to 9999.'),
        (("rollover_hour", "24"), 2, "rollover_hour can't be 24.\n  It takes a whole number from 0 to 23."),
        (("maximum_interval", "9" * 5000), 2, "It takes a whole number from 1 to 36500."),
        (("lapse_ease", "drop"), 2, 'It takes "change" or "keep".'),
        (("time_zone", "kathmandu"), 2, "Did you mean Asia/Kathmandu?"),
        (("theme", "\x1b]52;c;x\x07"), 2, "theme can't be"),
        (("keys.undo", ""), 2, 'It takes keys with commas between them, such as "u,ctrl+z".'),
        (("keys.undo", "\udcff"), 2, "keys.undo can't be"),
        (("new_per_dya", "3"), 4, "There is no setting 'new_per_dya'.\n  Did you mean new_per_day"),
        (("fuzz", "on", "--deck", "Sleep"), 2, "A deck has no fuzz of its own."),
        (("new_per_day", "3", "--deck", "Sleeep"), 4, "There is no deck 'Sleeep'.\n  Did you mean 'Sleep"),
    ],
)
@pytest.mark.usefixtures("sleep")
def test_what_is_not_allowed_is_refused_and_nothing_written(
    run: Run, file: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    ran = run("config", "set", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
    assert "\x1b" not in ran.err
    assert not file.exists()


@pytest.mark.usefixtures("sleep")
def test_a_deck_has_limits_of_its_own_under_its_full_name(run: Run, file: Path) -> None:
    ran = run("config", "set", "new_per_day", "2", "--deck", "memory")
    assert ran.out == "new_per_day of Sleep::Memory is 2 now.\n"
    assert file.read_text() == '[decks."Sleep::Memory"]\nnew_per_day = 2\n'
    assert run("config", "get", "new_per_day", "--deck", "Sleep::Memory").out == "2\n"
    assert run("config", "get", "new_per_day").out == "20\n"
    assert (
        run("config", "set", "reviews_per_day", "9", "--deck", "sleep").out
        == "reviews_per_day of Sleep is 9 now.\n"
    )
    assert run("config", "unset", "new_per_day", "--deck", "Sleep::Memory").code == 0
    ran = run("config", "get", "new_per_day", "--deck", "Sleep::Memory")
    assert (ran.code, ran.out, ran.err) == (0, "", "The file sets no new_per_day of this deck.\n")


def test_setting_what_the_log_is_folded_by_says_so(run: Run, file: Path) -> None:
    said = "Due days are worked out anew from the log when the library is opened next.\n"
    assert run("config", "set", "lapse_ease", "keep").out == f"lapse_ease is keep now.\n{said}"
    assert run("config", "set", "lapse_ease", "keep").out == "lapse_ease is keep already.\n"
    assert said not in run("config", "set", "grades", "sm2").out
    assert file.exists()


def test_list_tells_every_setting_with_where_it_is_from(run: Run, file: Path) -> None:
    written(file, 'rollover_hour = 3\n[decks.A]\nnew_per_day = 1\n[keys]\nundo = "z"\n')
    told = run("config", "list", "--json").json
    assert told["path"] == str(file)
    assert told["faults"] == []
    got = {(one["name"], one["deck"]): (one["value"], one["from"]) for one in told["settings"]}
    assert got["rollover_hour", None] == (3, "file")
    assert got["new_per_day", None] == (20, "default")
    assert got["new_per_day", "A"] == (1, "file")
    assert got["keys.undo", None] == ("z", "file")
    assert "The hour at which a new study day begins." in run("config", "list").out


def test_a_fault_is_told_once_and_the_program_goes_on(run: Run, file: Path) -> None:
    written(file, "# mine\n\nnew_per_day = 'many'\n")
    ran = run("due")
    assert (ran.code, ran.out) == (0, "Nothing to study today.\n")
    assert ran.err == (
        f'flashrls: {file}:3: new_per_day can\'t be "many"; the default, 20, counts.\n'
        "  It takes a whole number from 0 to 9999.\n"
    )


def test_with_json_a_fault_is_a_line_of_json(run: Run, file: Path) -> None:
    written(file, "\nfuzz = 3\n")
    ran = run("due", "--json")
    assert ran.json["total"] == 0
    assert json.loads(ran.err)["warning"] == {
        "path": str(file),
        "line": 2,
        "key": "fuzz",
        "message": "fuzz can't be 3; the default, false, counts.",
        "mend": "It takes true or false.",
    }


def test_no_command_changes_a_file_that_is_no_toml(run: Run, file: Path) -> None:
    written(file, "fuzz = true\nnew_per_day = \n")
    for arguments in (("set", "fuzz", "false"), ("unset", "fuzz")):
        ran = run("config", *arguments)
        assert ran.code == 1
        assert f"{file}:2: This is not TOML" in ran.err
    assert file.read_text() == "fuzz = true\nnew_per_day = \n"


def test_edit_begins_with_an_explanation_of_all_settings(run: Run, file: Path, editor: Edit) -> None:
    given = editor("new_per_day = 3\n")
    assert run("config", "edit").code == 0
    assert (
        "# Spread due days, so that cards learnt together come apart.\n# True or false.\n# fuzz = false"
        in given.read_text()
    )
    assert file.read_text() == "new_per_day = 3\n"


def test_edit_without_a_change_makes_no_file(run: Run, file: Path, editor: Edit) -> None:
    editor()
    assert run("config", "edit").out == "Nothing was changed.\n"
    assert not file.exists()


def test_an_editor_that_fails_changes_nothing(run: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "false")
    ran = run("config", "edit")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert not file.exists()


def test_a_file_with_windows_line_ends_and_bytes_that_are_no_text_stays_if_it_is_not_edited(
    run: Run, file: Path, editor: Edit
) -> None:
    written(file, "")
    file.write_bytes(b"fuzz = true\r\n# \xff\r\n")
    editor()
    ran = run("config", "edit")
    assert ran.out == "Nothing was changed.\n"
    assert f"{file}:2: The settings can't be read: they are not in UTF-8." in ran.err
    assert file.read_bytes() == b"fuzz = true\r\n# \xff\r\n"


def test_edit_tells_faults_with_their_lines(run: Run, file: Path, editor: Edit) -> None:
    editor("\nfuzz = 3\ngrades = 'sm2'\n")
    ran = run("config", "edit")
    assert f"flashrls: {file}:2: fuzz can't be 3" in ran.err
    assert run("config", "get", "grades").out == "sm2\n"


def test_what_was_edited_into_no_toml_is_kept_beside(
    run: Run, file: Path, editor: Edit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    written(file, "fuzz = true\n")
    editor("fuzz = \n")
    ran = run("config", "edit")
    assert ran.code == 1
    assert f"{file}:1: This is not TOML" in ran.err
    assert file.read_text() == "fuzz = true\n"
    (kept,) = tmp_path.glob("flashrls-*/*.toml")
    assert str(kept) in ran.err
    assert kept.read_text() == "fuzz = \n"


@pytest.mark.usefixtures("sleep")
def test_the_zone_and_the_hour_of_the_file_make_the_study_day(run: Run, file: Path) -> None:
    """At 20:00 UTC it is 05:00 of the next day in Tokyo."""
    with freeze_time("2026-03-02 20:00"):
        assert run("due", "--json").json["day"] == "2026-03-02"
        written(file, 'time_zone = "Asia/Tokyo"\n')
        assert run("due", "--json").json["day"] == "2026-03-03"
        assert run("stats", "--json").json["day"] == "2026-03-03"


@pytest.mark.usefixtures("sleep")
def test_the_limits_and_the_hour_of_the_file_count_in_what_is_due_and_in_a_review(run: Run, file: Path) -> None:
    written(file, "new_per_day = 1\nrollover_hour = 22\n")
    with freeze_time("2026-03-02 21:00"):
        assert run("due", "--json").json == {"day": "2026-03-01", "new": 1, "due": 0, "drill": 0, "total": 1}
        run("review", "--plain", stdin="\n3\n")
        assert run("due", "--json").json["total"] == 0
    with freeze_time("2026-03-02 22:00"):
        assert run("due", "--json").json["day"] == "2026-03-02"


@pytest.mark.usefixtures("sleep", "file")
def test_a_shorter_maximum_brings_cards_back_at_the_next_look_and_unsetting_it_does_not(run: Run) -> None:
    for day in ("02", "03"):
        with freeze_time(f"2026-03-{day} 12:00"):
            run("review", "--plain", stdin="\n3\n" * 3)
    with freeze_time("2026-03-05 12:00"):
        assert run("due", "--json").json["due"] == 0  # six days from the 3rd
        run("config", "set", "maximum_interval", "2")
        assert run("due", "--json").json["due"] == 3
        assert run("config", "unset", "maximum_interval").out == (
            "maximum_interval is not set any more.\nA library goes on with the value it had; "
            "`flashrls config set maximum_interval 36500` brings the default back.\n"
        )
        assert run("due", "--json").json["due"] == 3
    told = {one["name"]: (one["value"], one["from"]) for one in run("config", "list", "--json").json["settings"]}
    assert told["maximum_interval"] == (2, "library")


@pytest.mark.usefixtures("file")
def test_the_keys_that_can_be_changed_are_listed_by_screen(run: Run) -> None:
    run("config", "set", "keys.longer", "plus")
    told = run("config", "keys", "--json").json["keys"]
    assert {one["screen"] for one in told} >= {"home", "review", "browse", "progress", "everywhere"}
    named = {(one["screen"], one["name"]): one["keys"] for one in told}
    assert (named["review", "undo"], named["browse", "choose"], named["progress", "longer"]) == ("u", "x", "plus")
    assert "Take back the last thing you did" in run("config", "keys").out


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_whatever_the_file_holds_commands_run(run: Run, file: Path, content: bytes) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    assert run("due").code == 0
    assert run("config", "list").code == 0
    before = file.read_bytes()
    assert run("config", "set", "new_per_day", "4").code == 0 or file.read_bytes() == before

"""The file of settings on the disk, as good or bad as it may be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flashrls.config.reading import MOST_BYTES, config_path, read_config
from flashrls.config.values import Config


def test_the_environment_names_the_file_before_the_platform_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FLASHRLS_CONFIG", str(tmp_path / "mine.toml"))
    assert config_path() == tmp_path / "mine.toml"
    monkeypatch.setenv("FLASHRLS_CONFIG", "")
    assert config_path().parts[-2:] == ("flashrls", "config.toml")


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert read_config(tmp_path / "none.toml") == Config()
    assert read_config(tmp_path / "file" / "none.toml") == Config()
    assert read_config(Path(os.devnull)) == Config()


def test_a_mark_before_the_first_character_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b"\xef\xbb\xbfnew_per_day = 3\r\nfuzz = 1\r\n")
    config = read_config(file)
    assert dict(config.chosen) == {"new_per_day": 3}
    assert [fault.line for fault in config.faults] == [2]


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _circle(path: Path) -> None:
    path.symlink_to(path)


def _binary(path: Path) -> None:
    path.write_bytes(b"fuzz = true\n\xff\xfe\x00")


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


@pytest.mark.parametrize(
    ("make", "line", "told"),
    [
        (_folder, None, "this is not a file"),
        (_pipe, None, "this is not a file"),
        (_circle, None, "Too many levels of symbolic links"),
        (_binary, 2, "they are not in UTF-8"),
        (_large, None, f"the file is larger than {MOST_BYTES >> 10} kB"),
    ],
)
def test_what_can_not_be_read_is_a_fault(tmp_path: Path, make: object, line: int | None, told: str) -> None:
    path = tmp_path / "config.toml"
    assert callable(make)
    make(path)
    config = read_config(path)
    (fault,) = config.faults
    assert (fault.line, fault.message) == (line, f"The settings can't be read: {told}.")
    assert not config.is_toml


def test_no_file_costs_no_import_of_a_parser() -> None:
    code = (
        "import sys; from pathlib import Path; from flashrls.config.reading import is_absent; "
        "assert is_absent(Path('/nowhere/config.toml')); "
        "heavy = ('tomllib', 'tomlkit', 'flashrls.config.values', 'zoneinfo', 'difflib', 'platformdirs'); "
        "print([m for m in heavy if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"

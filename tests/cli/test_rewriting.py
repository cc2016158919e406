"""Files of the learner's are written whole or stay as they were."""

from pathlib import Path

import pytest

from flashrls.cli.rewriting import rewrite
from flashrls.errors import FlashrlsError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "decks"
    folder.mkdir()
    return folder


def test_a_file_that_changed_meanwhile_is_left_as_it_is(folder: Path) -> None:
    file = folder / "a.md"
    file.write_bytes(b"edited")
    with pytest.raises(FlashrlsError, match=r"a\.md: another program changed the file just now") as raised:
        rewrite(file, b"read", b"written")
    assert raised.value.exit_code == 1
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a.md", b"edited")]


def test_a_file_that_is_gone_is_not_made_again(folder: Path) -> None:
    with pytest.raises(FlashrlsError, match="can't be written"):
        rewrite(folder / "a.md", b"read", b"written")
    assert list(folder.iterdir()) == []

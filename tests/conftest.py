"""What all tests share: nobody's own library or settings are ever touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Laws are proved by examples, not by the clock of a busy machine.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without --db a test's library would land in a folder that can't be made, and the test fails."""
    nowhere = tmp_path / "nowhere"
    nowhere.write_text("a file, so that no folder can be made below it")
    monkeypatch.setenv("HOME", str(nowhere))
    monkeypatch.setenv("XDG_DATA_HOME", str(nowhere / "data"))
    monkeypatch.delenv("FLASHRLS_DB", raising=False)
    monkeypatch.setenv("FLASHRLS_CONFIG", str(nowhere / "config.toml"))
    monkeypatch.setenv("COLUMNS", "100")

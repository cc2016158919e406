"""The bench of the terminal interface: a library, a clock and ticks that stand still until they are moved."""

from __future__ import annotations

import os

os.environ["TEXTUAL_ANIMATIONS"] = "none"  # read once, when Textual is imported

from pathlib import Path

import pytest

from tests.tui.bench import Bench


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A place for one library, empty until decks are brought in."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    return Bench(tmp_path)

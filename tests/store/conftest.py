"""A clock and an empty library of its own for every test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flashrls.store.library import Library, open_library
from tests.store.making import FakeClock, make_library


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An empty folder."""
    made = tmp_path / "place"
    made.mkdir()
    return made


@pytest.fixture
def path(place: Path) -> Path:
    """The file of an empty library."""
    return make_library(place)


@pytest.fixture
def library(path: Path, clock: FakeClock) -> Iterator[Library]:
    """The library at `path`, open."""
    with open_library(path, clock=clock) as opened:
        yield opened

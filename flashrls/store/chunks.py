"""Many values, a few at a time: a statement may name only so many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")

_CHUNK = 500
"""Values in one `IN (…)`."""


def chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Yield the values in lists of up to 500."""
    left = iter(values)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk

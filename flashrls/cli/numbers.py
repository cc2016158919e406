"""Numbers as options take them."""

from __future__ import annotations

import math
from typing import Any

import click


class Real(click.FloatRange):
    """A number within bounds; `nan`, which Python takes for a number and is beyond no bound, is none."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number that a word tells."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number

"""A part of a page, and the paper that it is written on."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap


@dataclass(frozen=True, slots=True)
class Paper:
    """What is written on.

    Attributes:
        width: cells that a line may take, at least 38.
        rows: lines of a chart with its axis, the legend not counted; at least 4.
        only_ascii: whether charts do without blocks.
    """

    width: int
    rows: int = 8
    only_ascii: bool = False

    def told(self, *texts: str) -> tuple[str, ...]:
        """Return sentences of our own, wrapped; a number stays with its word where a no-break space joins them."""
        lines = [line for text in texts for line in wrap(text, max(1, self.width), break_on_hyphens=False)]
        return tuple(line.replace("\xa0", " ") for line in lines)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what is below it, in lines no wider than the paper.

    Attributes:
        heading: what it is about.
        said: the gist in words; where there is nothing to draw, that there isn't.
        drawn: a chart or a table.
        noted: what is to be known of it.
        of_period: whether it tells of the period, which its heading doesn't name.
    """

    heading: str
    said: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    of_period: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """All below the heading."""
        return (*self.said, *self.drawn, *self.noted)

"""The parts of a quote, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flashrls.anchors.sections import Sections

_APART = 1000
"""The most characters between two parts of a quote."""

Span = tuple[int, int]
"""A stretch of a text: `start` inclusive, `end` exclusive."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A part that follows another; `first` is where the first of all begins."""

    span: Span
    before: _Link | None
    first: int

    @property
    def length(self) -> int:
        return self.span[1] - self.first

    def spans(self) -> tuple[Span, ...]:
        found: list[Span] = []
        link: _Link | None = self
        while link is not None:
            found.append(link.span)
            link = link.before
        return tuple(reversed(found))


def joined(parts: Sequence[Sequence[Span]], sections: Sections) -> list[tuple[Span, ...]]:
    """Return the chains of one span of each part, each after the other, in rising order.

    Two neighbours stand in one section and at most 1,000 characters apart. Of chains that overlap only
    the tightest is returned. The time grows with the number of spans.

    Args:
        parts: of each part where it stands, in rising order.
        sections: of the document.
    """
    chains = [_Link(span, None, span[0]) for span in parts[0]]
    for spans in parts[1:]:
        chains = _linked(chains, spans, sections)
    tightest: list[_Link] = []
    reach = first = -1
    for chain in chains:
        if chain.first == first:
            continue  # it holds the one before
        first = chain.first
        if first >= reach:
            tightest.append(chain)
        elif chain.length < tightest[-1].length:
            tightest[-1] = chain
        reach = max(reach, chain.span[1])
    return [chain.spans() for chain in tightest]


def _linked(before: Sequence[_Link], spans: Sequence[Span], sections: Sections) -> list[_Link]:
    """Link each span to the nearest chain before it: that is also the one that begins last."""
    links: list[_Link] = []
    at = -1
    for span in spans:
        while at + 1 < len(before) and before[at + 1].span[1] <= span[0]:
            at += 1
        if at < 0:
            continue
        start, end = before[at].span
        if span[0] - end <= _APART and sections.at(start) == sections.at(span[0]):
            links.append(_Link(span, before[at], before[at].first))
    return links

"""R10: what a source says with reserve or denies, its cards do, too. It knows English hedges and negations only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flashrls.anchors.find import Finder, Place
from flashrls.lint.asked import Asked
from flashrls.lint.finding import Rule, Trouble
from flashrls.lint.source import Judge
from flashrls.lint.words import (
    ABILITIES,
    HEDGES,
    NEAR_NEGATIONS,
    NEGATIONS,
    SOURCE_HEDGES,
    SOURCE_NEGATIONS,
    lowered,
    stems,
)

_MOST_WIDER = 300
"""Characters on either side that may belong to a clause: a text without full stops is one sentence."""

_ENDS = (
    r"[,;:()\n]|[.!?](?=\s|$)|\s[-–—]\s|\b(?:but|while|whereas|although|though|because)\b"
    r"|\band (?=(?:can|could|may|might|that|what|why|how)\b)"
)
_CLAUSE_END = re.compile(_ENDS)
_CLAUSE_END_AFTER = re.compile(rf"{_ENDS}|\b(?:which|that|who|whom|whose|where)\b")
"""Behind a quote "a network that may fail" says nothing of the network itself; before one, "suggests that" does."""

_NEARLY = frozenset({"almost", "few", "little", "nearly"})
"""Words of a card that keep "hardly any"."""

_WORDS = r"(?:\s+[^\s,;:.()]+)"
_CONTRASTS = (
    re.compile(rf",\s+(?:(?:and|but)\s+)?not({_WORDS}{{1,5}})\s*(?=[.,;:)]|$)"),
    re.compile(rf"\bnot({_WORDS}{{1,5}}),?\s+but\b"),
)
"""One thing, not another; not one thing but another."""

_BOUND = re.compile(
    r"\bnot\s+(?:only|just|merely|least)\b|\bno\s+(?:more|fewer|less|later|earlier|sooner)\s+than\b"
    r"|\bnothing\s+but\b|\bwhether\s+or\s+not\b"
)
"""These deny nothing."""

_SINCE = re.compile(
    rf"\bnot(?={_WORDS}{{0,4}}\s+(?:since|until)\s+(?:(?:the|early|late|about|around)\s+)?[\dA-Z])"
    r"|\bnever\s+again\b"
)
_LAST = frozenset({"again", "first", "last", "once", "only", "previous", "previously", "until"})
"""Words of a card that keep "not since 1614", "never again"."""


def hedged(asked: Asked, judge: Judge | None, sections: tuple[str, ...]) -> Iterator[Trouble]:
    """R10: what the source says with reserve or denies, the card does, too.

    Looked at are the clauses that an anchor touches; without the source the anchor alone.
    """
    said = lowered(asked.text)
    for quote in asked.note.anchors:
        clauses = _clauses(quote, judge, sections)
        # "Before the client can …" behind a quote tells what is possible, hardly ever how sure that is.
        hedges = {word for before, after in clauses for word in lowered(before) | lowered(after) - {"can"}}
        hedges &= SOURCE_HEDGES
        if hedges <= {"can", "could"} and said & ABILITIES:
            hedges = set()
        if hedges and not said & HEDGES:
            hedge = min(hedges)
            message = f"The source says this with '{hedge}', the card without reserve."
            yield Trouble(Rule.HEDGED, message, f"Keep its '{hedge}', or quote only what the card says.")
            return
        denials = lowered(_denying(" … ".join(map("".join, clauses)), asked, said)) & SOURCE_NEGATIONS
        denials -= NEAR_NEGATIONS if said & _NEARLY else NEAR_NEGATIONS - lowered(quote)
        if denials and not said & NEGATIONS:
            denial = min(denials)
            message = f"The source has '{denial}' here, the card doesn't."
            yield Trouble(Rule.HEDGED, message, f"Keep its '{denial}', or quote only what the card says.")
            return


def _denying(clauses: str, asked: Asked, said: set[str]) -> str:
    """Return clauses without the negations that a card may leave out."""
    clauses = _BOUND.sub(" ", clauses)
    if said & _LAST:
        clauses = _SINCE.sub(" ", clauses)
    told = stems(asked.text)
    for contrast in _CONTRASTS:
        clauses = contrast.sub(lambda found: found[0] if stems(found[1]) & told else " ", clauses)
    return clauses


def _clauses(quote: str, judge: Judge | None, sections: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return for each part of a quote the clauses up to its end, and what follows it in the last of them."""
    place = None if judge is None else judge.find(quote, sections)
    if judge is None or not isinstance(place, Place):
        return [(quote, "")]
    return [_widened(judge.finder, start, end) for start, end in place.parts]


def _widened(finder: Finder, start: int, end: int) -> tuple[str, str]:
    """Return a stretch of the document with what its first clause begins with, and the rest of its last one."""
    text, outline = finder.document.text, finder.outline
    touched = outline.touching(start, end)
    first = outline.sentences[touched[0]].start if touched else start
    last = outline.sentences[touched[-1]].end if touched else end
    first, last = max(min(first, start), start - _MOST_WIDER), min(max(last, end), end + _MOST_WIDER)
    ends = [match.end() for match in _CLAUSE_END.finditer(text, first, start)]
    after = _CLAUSE_END_AFTER.search(text, end, last)
    return text[ends[-1] if ends else first : end], text[end : after.start() if after else last]

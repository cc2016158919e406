"""A note that was changed in the library and in its file: what becomes of it, field by field."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from flashrls.cards import Kind, Note

FIELDS = ("kind", "question", "answer", "tags", "anchors", "typed", "draft", "waived")
"""What a learner can change of a note. Section, id and `.suspended` are always the file's."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides' changes together.

    Attributes:
        note: the note with what only one side changed; a field that both changed is the file's.
        conflicts: the fields that both changed, and differently.
    """

    note: Note
    conflicts: tuple[str, ...] = ()


def is_same(one: Note, other: Note) -> bool:
    """Whether two notes agree in everything that a learner can change."""
    return all(getattr(one, name) == getattr(other, name) for name in FIELDS)


def merge(base: Note | None, ours: Note, theirs: Note) -> Merged:
    """Merge a note as the library has it with the note as its file tells it.

    Args:
        base: as both were before; None if they never were one, and then whatever differs is in conflict.
        ours: the library's.
        theirs: the file's, whose id, section, line and `.suspended` it keeps.
    """
    values: dict[str, Any] = {}
    conflicts: list[str] = []
    for name in FIELDS:
        mine, its = getattr(ours, name), getattr(theirs, name)
        if name == "tags":
            values[name] = _tags(base.tags if base else (), ours.tags, theirs.tags)
        elif mine == its or (base and mine == getattr(base, name)):
            values[name] = its
        elif base and its == getattr(base, name):
            values[name] = mine
        else:
            values[name] = its
            conflicts.append(name)
    if base and "kind" not in conflicts and _is_torn(base, ours, theirs):
        conflicts.insert(0, "kind")
    if "kind" in conflicts:  # a text of one kind means nothing behind the other's mark
        values |= {name: getattr(theirs, name) for name in _TEXTS}
        conflicts = ["kind", *(name for name in conflicts if name not in _TEXTS)]
    return Merged(replace(theirs, **values), tuple(conflicts))


def with_ours(merged: Merged, ours: Note) -> Note:
    """Return the merged note with the library's side of each conflict."""
    names = {*merged.conflicts, *(_TEXTS if "kind" in merged.conflicts else ())}
    return replace(merged.note, **{name: getattr(ours, name) for name in names})


_TEXTS = ("kind", "question", "answer")


def _tags(base: Collection[str], ours: Collection[str], theirs: Collection[str]) -> tuple[str, ...]:
    """Tags never conflict: one is kept that both have, or that one side added."""
    held, mine, its = set(base), set(ours), set(theirs)
    return tuple(sorted((mine & its) | (mine - held) | (its - held)))


def _is_torn(base: Note, ours: Note, theirs: Note) -> bool:
    """Whether one side made a cloze of the note, or another kind of one, and the other side changed its words."""
    if (ours.kind is Kind.CLOZE) == (theirs.kind is Kind.CLOZE):
        return False
    turned = (ours.kind is Kind.CLOZE) != (base.kind is Kind.CLOZE)
    other = theirs if turned else ours
    return any(getattr(other, name) != getattr(base, name) for name in _TEXTS)

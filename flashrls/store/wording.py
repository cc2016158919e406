"""What can be edited of a note, as JSON holds it: in the log of edits, and of what a file told before one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flashrls.cards import Kind, Note, Waiver
from flashrls.merging import FIELDS

ADDED = "null"
"""What a note that no file tells has in `note.base`."""

REMOVED = "removed"
"""What a note whose adding was undone has in `note.base`."""

_FIELDS = (*FIELDS, "section")


def fields_of(told: Note) -> dict[str, Any]:
    """Return what can be edited of a note, as JSON holds it."""
    fields = {name: getattr(told, name) for name in _FIELDS}
    waived = [[waiver.rule, waiver.reason] for waiver in told.waived]
    return fields | {
        "kind": told.kind.value,
        "tags": list(told.tags),
        "anchors": list(told.anchors),
        "waived": waived,
    }


def with_fields(told: Note, fields: Mapping[str, Any]) -> Note:
    """Return the note with other values of some fields, as `fields_of` gives them."""
    values = {name: value for name, value in fields.items() if name in _FIELDS}
    made: dict[str, Callable[[Any], Any]] = {
        "kind": Kind,
        "tags": tuple,
        "anchors": tuple,
        "waived": lambda waived: tuple(Waiver(*waiver) for waiver in waived),
    }
    return replace(told, **{name: made.get(name, lambda same: same)(value) for name, value in values.items()})


def base_json(told: Note) -> str:
    """Return a note as its file tells it, for `note.base`."""
    return json.dumps({"key": told.key} | fields_of(told), ensure_ascii=False)


def note_of_base(base: str) -> Note:
    """Return the note that `base_json` wrote down."""
    fields = json.loads(base)
    return with_fields(Note(fields["key"], Kind.BASIC, "", ""), fields)

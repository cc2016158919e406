"""A note's earlier texts, as `show --history` tells them."""

from __future__ import annotations

from collections.abc import Sequence

from flashrls.cli.output import say, say_json
from flashrls.clock import Moment
from flashrls.store.history import TextChange
from flashrls.why import deed

_TEXTS = ("question", "answer", "section", "tags", "anchors")


def say_history(card: str, changes: Sequence[TextChange], *, as_json: bool) -> None:
    """Tell what each change made of a note; where it was moved or added, only that."""
    if as_json:
        say_json({"card": card, "history": [_document(change) for change in changes]})
        return
    for change in changes:
        when = Moment(change.entry.at_ms, change.entry.utc_offset_s).wall_clock
        say(f"{when:%Y-%m-%d %H:%M}  {deed(change.entry)}{' (undone)' * change.undone}")
        for field in (name for name in _TEXTS if name in change.before):
            say(f"  {field}\n    - {_words(change.before[field])}\n    + {_words(change.after[field])}")
    if not changes:
        say("Its text was never changed here.")


def _words(value: object) -> str:
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text.replace("\n", "\n      ") or "(nothing)"


def _document(change: TextChange) -> dict[str, object]:
    when = Moment(change.entry.at_ms, change.entry.utc_offset_s).wall_clock
    fields = [name for name in _TEXTS if name in change.before]
    return {
        "at": when.isoformat(timespec="seconds"),
        "kind": change.entry.kind.value,
        "undone": change.undone,
        "before": {name: change.before[name] for name in fields},
        "after": {name: change.after[name] for name in fields},
    }

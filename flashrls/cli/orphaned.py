"""`decks --orphans`: the cards that left their files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flashrls.cli.output import room_for, say, say_json, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashrls.store.orphans import Orphan

_NONE = "No card has left its file."
_MEND = """\
Importing a file that holds one again, in any deck, lets it go on where it was. To put one away for good,
press ! when a review asks it: that suspends the note."""


def say_orphans(found: Sequence[Orphan], *, as_json: bool) -> None:
    """Print the notes that their files lack, and what can be done about them."""
    if as_json:
        say_json([_document(orphan) for orphan in found])
    elif found:
        rows = [("since", "reviews", "state", "card", "deck", "question")]
        rows += [
            (
                f"{datetime.fromtimestamp(orphan.missing_ms / 1000).astimezone():%Y-%m-%d}",
                str(orphan.reviews),
                "asked" if orphan.is_asked else "at rest",
                orphan.id,
                orphan.deck,
                orphan.question,
            )
            for orphan in found
        ]
        taken = 31 + max(len(orphan.id) + len(orphan.deck) for orphan in found)
        say("\n".join(table(rows, right=frozenset({1}), last=room_for(taken))))
        say(_MEND, err=True)
    else:
        say(_NONE)


def _document(orphan: Orphan) -> dict[str, object]:
    since = datetime.fromtimestamp(orphan.missing_ms / 1000, UTC)
    return {
        "note": orphan.id,
        "deck": orphan.deck,
        "question": orphan.question,
        "missing_since": since.isoformat(timespec="milliseconds"),
        "reviews": orphan.reviews,
        "asked": orphan.is_asked,
    }

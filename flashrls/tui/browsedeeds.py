"""What the table of all cards asks of the library, and how it tells what was done. No screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flashrls.clean import clean_line
from flashrls.errors import BadQuery, FlashrlsError, Refused
from flashrls.formats.names import is_tag
from flashrls.log import EntryKind
from flashrls.query import Query, parse_query
from flashrls.store.browsing import BrowseRow, Sort
from flashrls.telling import DONE, count, short

if TYPE_CHECKING:
    from flashrls.store.library import Library

_UNDO = " · u takes it back"
_TAILS = ("x", " x", "2", ":x")
_MOST_OPEN = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the cards in their order, the first of their rows, and the study day."""

    refs: list[int]
    rows: list[BrowseRow]
    day: date


def find(library: Library, query: Query, sort: Sort, first: int) -> Found:
    """Return what a query finds, with the rows of so many cards.

    Raises:
        FlashrlsError: see `Library.browse`.
    """
    refs = library.browse(query, sort)
    return Found(refs, library.rows(refs[:first]), library.day)


def is_unfinished(text: str) -> bool:
    """Return whether a query that doesn't parse may do so when more is typed."""
    closers = [")" * some for some in range(min(text.count("("), _MOST_OPEN) + 1)]
    return any(_parses(text + tail + closer) for tail in ("", *_TAILS) for closer in closers)


def _parses(text: str) -> bool:
    try:
        parse_query(text)
    except BadQuery:
        return False
    return True


def complaint(error: FlashrlsError, at: int | None, cells: int) -> str:
    """Return what is wrong with a query on one line below it, `^` under the place where there is room for it.

    Args:
        error: what was raised.
        at: the cell below which the place stands; None if that isn't known.
        cells: how long the line may be.
    """
    words = clean_line(f"{error.reason}. {error.mend}" if isinstance(error, BadQuery) else str(error))
    if at is None or not 0 <= at < cells:
        return words
    if at + 2 + len(words) <= cells:
        return f"{' ' * at}^ {words}"
    return f"{words:>{at - 1}} ^" if len(words) < at else words


def mark_words(kind: EntryKind, rows: Sequence[BrowseRow]) -> str:
    """Return what was done to cards, as in "12 cards suspended" or "Suspended: “Which enzyme…”"."""
    if len(rows) == 1:
        return f"{DONE[kind].capitalize()}: “{short(rows[0].question)}”{_UNDO}"
    return f"{count(len(rows), 'card')} {DONE[kind]}{_UNDO}"


def would_suspend(library: Library, refs: Sequence[int]) -> bool:
    """Return whether `suspend` would suspend cards; False if all of them are suspended.

    Raises:
        FlashrlsError: the library can't be read.
    """
    return any(row.state != "suspended" for row in library.rows(refs))


def suspend(library: Library, refs: Sequence[int]) -> str:
    """Suspend the cards; if all of them are, they are asked again. Return what was done.

    Raises:
        FlashrlsError: see `Library.mark`.
    """
    rows = library.rows(refs)
    waking = [row for row in rows if row.state == "suspended"]
    asleep = [row for row in rows if row.state != "suspended"]
    kind = EntryKind.SUSPEND if asleep else EntryKind.UNSUSPEND
    return _mark(library, asleep or waking, kind)


def bury(library: Library, refs: Sequence[int]) -> str:
    """Bury the cards for today and return what was done.

    Raises:
        FlashrlsError: see `Library.mark`.
    """
    rows = [row for row in library.rows(refs) if row.state != "buried"]
    return _mark(library, rows, EntryKind.BURY) if rows else "Buried until tomorrow already."


def reset(library: Library, refs: Sequence[int]) -> str:
    """Make cards new again and return what was done.

    Raises:
        FlashrlsError: see `Library.mark`.
    """
    rows = [row for row in library.rows(refs) if row.reviews or row.lapses or row.due_on is not None]
    return _mark(library, rows, EntryKind.RESET) if rows else "New already."


def _mark(library: Library, rows: Sequence[BrowseRow], kind: EntryKind) -> str:
    library.mark([row.ref for row in rows], kind)
    return mark_words(kind, rows)


def read_tags(words: str) -> tuple[set[str], set[str]]:
    """Return the tags to add and those to take away of "+night -draftish", a `+` or `#` being left out at will.

    Raises:
        Refused: there is no tag in it, or one that is to come and to go.
    """
    taken = {word[1:].lstrip("#") for word in words.split() if word.startswith("-")}
    given = {word.lstrip("+#") for word in words.split() if not word.startswith("-")}
    given, taken = given - {""}, taken - {""}
    if not given and not taken:
        raise Refused("No tag was named.", "Write +tag to give one, -tag to take it away.")
    if bad := sorted(name for name in given if not is_tag(name)):
        raise Refused(f"'{bad[0]}' is no tag.", "Write letters, digits and - _ . / in it.")
    if both := given & taken:
        raise Refused(f"'{min(both)}' is to come and to go.", "Name it once.")
    return given, taken


def tag(library: Library, refs: Sequence[int], words: str) -> str:
    """Give the cards' notes tags, take others away, and return what was done.

    Raises:
        FlashrlsError: see `read_tags` and `Library.tag`.
    """
    given, taken = read_tags(words)
    changed = library.tag(_notes(library, refs), add=given, remove=taken)
    told = " ".join([*(f"+{name}" for name in sorted(given)), *(f"-{name}" for name in sorted(taken))])
    return f"{count(changed, 'note')} tagged {told}{_UNDO}" if changed else "The tags were so already."


def move(library: Library, refs: Sequence[int], deck: str) -> str:
    """Put the cards' notes into another deck and return what was done.

    Raises:
        FlashrlsError: see `Library.move`.
    """
    moved = library.move(_notes(library, refs), deck)
    return f"{count(moved, 'note')} moved to {deck}{_UNDO}" if moved else f"In {deck} already."


def _notes(library: Library, refs: Sequence[int]) -> list[int]:
    """The cards' notes, each once."""
    return list(dict.fromkeys(row.note_ref for row in library.rows(refs)))

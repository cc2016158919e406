"""Notes that come into another deck: with their cards, their log, and the counts of their answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, select, update

from flashrls.log import LONGEST_ANSWER_MS, NEW, Entry, local_hour, standing, step, tally_of
from flashrls.settings import Settings
from flashrls.store.answers import COUNT, COUNT_HOUR, TALLIES, hour_counts, hour_row
from flashrls.store.chunks import chunks
from flashrls.store.days import day_number
from flashrls.store.history import entries_of
from flashrls.store.tables import anchor, card, daily, deck, hourly, note

Day = tuple[int, int, int]
"""What the counts of answers are kept by: study day, deck, and grade or hour."""


def move_notes(connection: Connection, refs: Sequence[int], deck_pk: int, settings: Settings) -> set[int]:
    """Move notes into a deck, where each has a provisional id until it is given one; return the decks they left."""
    left: set[int] = set()
    for some in chunks(refs):
        left.update(connection.execute(select(note.c.deck_pk).where(note.c.pk.in_(some))).scalars())
        _move_counts(connection, some, deck_pk, settings)
        # No id of a file holds a `~`, so this one is free in any deck.
        places = [{"ref": ref, "place": deck_pk, "called": f"~{ref}"} for ref in some]
        into = update(note).where(note.c.pk == bindparam("ref"))
        connection.execute(into.values(deck_pk=bindparam("place"), key=bindparam("called")), places)
        connection.execute(update(card).where(card.c.note_pk.in_(some)).values(deck_pk=deck_pk))
        _lift_anchors(connection, some, deck_pk)
    return left


def _lift_anchors(connection: Connection, refs: Sequence[int], deck_pk: int) -> None:
    """An anchor that was found in one document stands nowhere in another, until it is looked for."""
    document_pk = select(deck.c.document_pk).where(deck.c.pk == deck_pk).scalar_subquery()
    lifted = update(anchor).where(anchor.c.note_pk.in_(refs), anchor.c.document_pk.is_distinct_from(document_pk))
    connection.execute(lifted.values(document_pk=None, start_at=None, end_at=None, standing="unverified"))


def _move_counts(connection: Connection, refs: Sequence[int], deck_pk: int, settings: Settings) -> None:
    """A day's counts follow the cards, so that they can be recounted from the log, and undone."""
    owners = connection.execute(select(card.c.pk, card.c.deck_pk).where(card.c.note_pk.in_(refs)))
    decks = {row.pk: row.deck_pk for row in owners}
    moved: dict[Day, Counter[str]] = {}
    hours: dict[Day, Counter[str]] = {}
    for ref, entries in entries_of(connection, list(decks)):
        for entry, tally in _tallies(entries, settings):
            day, grade = day_number(entry.study_day), entry.grade or 0
            spent_ms = min((entry.reveal_ms or 0) + (entry.grade_ms or 0), LONGEST_ANSWER_MS)
            for owner, by in ((decks[ref], -1), (deck_pk, 1)):
                counts = moved.setdefault((day, owner, grade), Counter())
                counts[tally] += by
                counts["milliseconds"] += by * spent_ms
                hour = hours.setdefault((day, owner, local_hour(entry)), Counter())
                hour.update({name: by * count for name, count in hour_counts(tally, grade).items()})
    if moved:
        connection.execute(COUNT, [_row(day, counts) for day, counts in moved.items()])
        connection.execute(delete(daily).where(*(daily.c[tally] == 0 for tally in TALLIES)))
        connection.execute(COUNT_HOUR, [hour_row(place, counts) for place, counts in hours.items()])
        connection.execute(delete(hourly).where(hourly.c.answers == 0))


def _row(day: Day, counts: Counter[str]) -> dict[str, int]:
    number, owner, grade = day
    tallies = {name: counts[name] for name in (*TALLIES, "milliseconds")}
    return {"study_day": number, "deck_pk": owner, "grade": grade, **tallies}


def _tallies(entries: Iterable[Entry], settings: Settings) -> Iterator[tuple[Entry, str]]:
    """Each graded entry that still counts, with the tally it was counted as."""
    state = NEW
    for entry in standing(entries):
        tally = tally_of(state, entry)
        state = step(state, entry, settings.rules)
        if tally is not None and entry.grade is not None:
            yield entry, tally


def drop_emptied(connection: Connection, refs: Iterable[int]) -> None:
    """Take away those of the decks that have no note any more: nothing could ever be asked of them."""
    filled = select(note.c.pk).where((note.c.deck_pk == deck.c.pk) | (note.c.home_pk == deck.c.pk)).exists()
    connection.execute(delete(deck).where(~filled, deck.c.pk.in_(list(refs))))

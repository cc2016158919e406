"""Cards as a table shows them: which are found, in which order, and the rows that are looked at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flashrls.cards import Kind, card_id, face
from flashrls.log import CardState
from flashrls.store.days import day_number, day_or_none
from flashrls.store.today import ASKED, Ask, Where

_STATE = """
    CASE WHEN held IS NOT NULL THEN held WHEN card.suspended = 1 THEN 'suspended'
         WHEN buried_on = {today} THEN 'buried'
         WHEN due_on IS NULL THEN 'new' WHEN due_on <= {today} THEN 'due' ELSE 'scheduled' END
"""
_COLUMNS = {
    "place": "card.deck_pk, card.position, card.note_pk, card.part",
    "card": "note.handle COLLATE NOCASE",
    "question": "note.question COLLATE NOCASE",
    "deck": "deck.name COLLATE NOCASE",
    "section": "note.section COLLATE NOCASE",
    "tags": "note.tags COLLATE NOCASE",
    "state": _STATE,
    "due": f"CASE WHEN {ASKED} THEN due_on END",
    "interval": "interval_days",
    "ease": "ease",
    "lapses": "lapses",
    "reviews": "reviews",
    "reviewed": "reviewed_on",
    "added": "note.created_ms",
    "edited": "note.edited_ms",
}
SORTS = tuple(_COLUMNS)
"""What cards can be sorted by; "place" is by deck, in the order of its file."""

_OF_NOTES = ("card", "question", "section", "tags", "added", "edited")


@dataclass(frozen=True, slots=True)
class Sort:
    """An order of cards: by one of `SORTS`.

    Cards that have no such value come last either way; with due days, those too that aren't asked.
    """

    by: str = "place"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class BrowseRow:
    """A card as one row of a table.

    Attributes:
        ref, note_ref: the card's and its note's reference in this library.
        id: the id that commands take.
        question: what is asked, as Markdown.
        deck, section: where it stands.
        tags: of its note.
        state: "draft", "suspended", "buried", "new", "due" (today or before) or "scheduled".
        ease: in hundredths; None for a new card.
        interval_days, due_on: None for a new card.
        lapses, reviews: so far.
        reviewed_on: study day of its last scheduled review; None for none.
        added_ms, edited_ms: when its note came, and when its text changed last; milliseconds UTC.
        is_leech: whether it was forgotten too often.
    """

    ref: int
    note_ref: int
    id: str
    question: str
    deck: str
    section: str
    tags: tuple[str, ...]
    state: str
    ease: int | None
    interval_days: int | None
    due_on: date | None
    lapses: int
    reviews: int
    reviewed_on: date | None
    added_ms: int
    edited_ms: int
    is_leech: bool


def found_refs(ask: Ask, where: Where, sort: Sort, day: date) -> list[int]:
    """Return the references of all cards that `where` finds, in the order of `sort`.

    Raises:
        KeyError: there is no such order.
    """
    column = _COLUMNS[sort.by].format(today=day_number(day))
    tables = "card"
    if sort.by in _OF_NOTES:
        tables += " JOIN note ON note.pk = card.note_pk"
    elif sort.by == "deck":
        tables += " JOIN deck ON deck.pk = card.deck_pk"
    way = "DESC" if sort.descending else "ASC"
    places = ", ".join(f"{part} {way}" for part in _COLUMNS["place"].split(", "))
    order = places if sort.by == "place" else f"{column} {way} NULLS LAST, {places}"
    # One text of all numbers is read several times faster than a row for each.
    ((refs,),) = ask(
        f"SELECT json_group_array(pk) FROM (SELECT card.pk AS pk FROM {tables} "
        f"WHERE card.pk IN (SELECT pk FROM card WHERE {where.sql}) ORDER BY {order})",
        **where.values,
    )
    return json.loads(refs)  # type: ignore[no-any-return]


def browse_rows(ask: Ask, refs: Sequence[int], day: date) -> list[BrowseRow]:
    """Return the rows of these cards, in the same order; a card that is no more there is left out."""
    found = ask(
        f"""
        SELECT card.pk, note_pk, handle, part, kind, question, answer, name, section, tags,
               {_STATE.format(today=day_number(day))}, ease, interval_days, due_on, lapses, reviews, reviewed_on,
               note.created_ms, edited_ms, kept_lapses
        FROM card JOIN note ON note.pk = note_pk JOIN deck ON deck.pk = card.deck_pk
        WHERE card.pk IN ({", ".join(str(int(ref)) for ref in refs) or "NULL"})
        """
    )
    rows = {row[0]: _row(row) for row in found}
    return [rows[ref] for ref in refs if ref in rows]


def _row(row: Sequence[Any]) -> BrowseRow:
    ref, note_ref, handle, part, kind, question, answer, deck, section, tags, state = row[:11]
    ease, interval_days, due_on, lapses, reviews, reviewed_on, added_ms, edited_ms, kept_lapses = row[11:]
    # A card from before its note became a cloze hides nothing of the text.
    asked = part if kind != Kind.CLOZE.value or part.isdecimal() else "0"
    return BrowseRow(
        ref=ref,
        note_ref=note_ref,
        id=card_id(handle, part),
        question=face(Kind(kind), question, answer, asked).question,
        deck=deck,
        section=section,
        tags=tuple(tags.split()),
        state=state,
        ease=ease,
        interval_days=interval_days,
        due_on=day_or_none(due_on),
        lapses=lapses,
        reviews=reviews,
        reviewed_on=day_or_none(reviewed_on),
        added_ms=added_ms,
        edited_ms=edited_ms,
        is_leech=CardState(lapses=lapses, kept_lapses=kept_lapses).is_leech,
    )

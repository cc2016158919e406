"""Cards found by a query, one by its id, and the story of one: reading for the shell's commands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Row, bindparam, or_, select, text

from flashrls.cards import Kind, card_id, face
from flashrls.errors import AmbiguousCard, NoSuchCard
from flashrls.store.chunks import chunks
from flashrls.store.days import day_number
from flashrls.store.history import state_of
from flashrls.store.tables import anchor, card, deck, note
from flashrls.store.today import Where
from flashrls.study import StudyCard

_NO_CLOZE = "0"

_CARD = (
    select(card, note.c.uid, note.c.handle, note.c.kind, note.c.question, note.c.answer)
    .add_columns(note.c.section, note.c.tags, note.c.typed, note.c.revision, deck.c.name, deck.c.folder)
    .join_from(card, note, note.c.pk == card.c.note_pk)
    .join(deck, deck.c.pk == card.c.deck_pk)
)
_CARDS = _CARD.where(card.c.pk.in_(bindparam("refs", expanding=True)))
_QUOTES = (
    select(anchor.c.note_pk, anchor.c.quote)
    .where(anchor.c.note_pk.in_(bindparam("refs", expanding=True)))
    .order_by(anchor.c.note_pk, anchor.c.position)
)


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card as lists show it: what is asked, and where it stands.

    Attributes:
        card: the card itself.
        note: its note's id across machines.
        standing: "draft", "suspended", "buried", "new", "due" (today or before) or "scheduled".
    """

    card: StudyCard
    note: str
    standing: str


def study_cards(connection: Connection, refs: Sequence[int]) -> list[StudyCard]:
    """Return the cards of these references, in the same order."""
    found: dict[int, StudyCard] = {}
    for chunk in chunks(refs):
        rows = connection.execute(_CARDS, {"refs": chunk}).all()
        for study_card in _study_cards(connection, rows):
            found[study_card.ref] = study_card
    return [found[ref] for ref in refs]


def find_cards(connection: Connection, condition: Where, day: date) -> list[FoundCard]:
    """Return all cards that a query finds, by deck and place; cards whose text is gone are left out."""
    order = (card.c.deck_pk, card.c.position, card.c.note_pk, card.c.part)
    wanted = text(f"card.pk IN (SELECT pk FROM card WHERE {condition.sql})")  # noqa: S608 (`where` made it)
    rows = connection.execute(_CARD.where(wanted).order_by(*order), condition.values).all()
    return [
        FoundCard(study_card, row.uid, _standing(row, day))
        for study_card, row in zip(_study_cards(connection, rows), rows, strict=True)
    ]


def find_card(connection: Connection, card_name: str, day: date) -> FoundCard:
    """Return the card that an id names: `note`, `note#part`, or with its deck's id before it.

    Raises:
        NoSuchCard: there is none; ids that come close are offered.
        AmbiguousCard: the note has several cards and the part was not said.
    """
    handle, _, part = card_name.partition("#")
    rows = connection.execute(_CARD.where(or_(note.c.handle == handle, note.c.uid == handle))).all()
    exact = [row for row in rows if row.part == part]
    still = [row for row in rows if row.held != "gone"]
    if not part and not any(row in still for row in exact):
        exact = still or exact
    if not exact:
        raise NoSuchCard(card_name, _near_ids(connection, handle, [card_id(r.handle, r.part) for r in rows]))
    if len(exact) > 1:
        raise AmbiguousCard(card_name, [card_id(row.handle, row.part) for row in exact])
    (study_card,) = _study_cards(connection, exact)
    return FoundCard(study_card, exact[0].uid, _standing(exact[0], day))


def _near_ids(connection: Connection, handle: str, parts: list[str]) -> list[str]:
    from difflib import get_close_matches  # only a misspelling needs it

    if parts:
        return parts[:3]
    return get_close_matches(handle, connection.execute(select(note.c.handle)).scalars().all(), n=3)


def _study_cards(connection: Connection, rows: Sequence[Row[*tuple[object, ...]]]) -> list[StudyCard]:
    notes = sorted({row._mapping["note_pk"] for row in rows})
    quotes: defaultdict[int, list[str]] = defaultdict(list)
    for chunk in chunks(notes):
        for note_pk, quote in connection.execute(_QUOTES, {"refs": chunk}):
            quotes[note_pk].append(quote)
    return [_study_card(row, tuple(quotes[row._mapping["note_pk"]])) for row in rows]


def _study_card(row: Row[*tuple[object, ...]], anchors: tuple[str, ...]) -> StudyCard:
    held = row._mapping
    kind = Kind(held["kind"])
    # A card from before its note became a cloze hides nothing of the text.
    part = held["part"] if kind is not Kind.CLOZE or held["part"].isdecimal() else _NO_CLOZE
    return StudyCard(
        ref=held["pk"],
        note_ref=held["note_pk"],
        id=card_id(held["handle"], held["part"]),
        deck=held["name"],
        section=held["section"],
        kind=kind,
        part=held["part"],
        face=face(kind, held["question"], held["answer"], part),
        typed=bool(held["typed"]),
        anchors=anchors,
        tags=tuple(held["tags"].split()),
        state=state_of(row),
        last_entry=held["last_entry"],
        revision=held["revision"],
        held=held["held"],
        folder=held["folder"],
        uid=card_id(held["uid"], held["part"]),
    )


def _standing(row: Row[*tuple[object, ...]], day: date) -> str:
    held, today = row._mapping, day_number(day)
    if held["held"] is not None:
        return str(held["held"])
    if held["suspended"]:
        return "suspended"
    if held["buried_on"] == today:
        return "buried"
    if held["due_on"] is None:
        return "new"
    return "due" if held["due_on"] <= today else "scheduled"

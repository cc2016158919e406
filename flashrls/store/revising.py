"""A document's changed text: which document it is of, where its anchors stand, and the text put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select, update

from flashrls.anchors.find import Finder
from flashrls.anchors.refind import Anchor, Refound, Standing, refind
from flashrls.clock import Moment
from flashrls.documents.text import Document
from flashrls.errors import Refused
from flashrls.store.documents import (
    Finders,
    StoredDocument,
    choose,
    hints,
    listed,
    load,
    place_of,
    store_places,
    values_of,
)
from flashrls.store.tables import anchor, deck, document, note


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one anchor in a changed text: what it quotes, and what stands there now ("" if lost).

    `was` is how it stood before: one that was lost then is no loss of this change.
    """

    note_id: str
    deck: str
    quote: str
    standing: Standing
    words: str
    was: Standing


@dataclass(frozen=True, slots=True)
class Updated:
    """What a changed text did to a document's anchors; `is_new` is False if the text is the one that was there."""

    document: StoredDocument
    is_new: bool
    anchors: tuple[Changed, ...]

    def count(self, standing: Standing) -> int:
        """How many anchors stand so now."""
        return sum(changed.standing is standing for changed in self.anchors)


@dataclass(frozen=True, slots=True)
class Held:
    """A document as the library holds it, with the rows of the anchors that were looked for in it."""

    stored: StoredDocument
    document: Document
    rows: tuple[Row[*tuple[Any, ...]], ...]


def held(connection: Connection, told: Document, name: str | None) -> Held:
    """Return the document that a changed text is of: the one that `name` means, else that of its file or title.

    Raises:
        NoSuchDocument, Refused: which one is meant is not clear, or the text is another document's.
    """
    known = listed(connection)
    stored = choose(connection, name) if name is not None else _namesake(known, told)
    others = (one for one in known if one.sha256 == told.sha256 and one.ref != stored.ref)
    taken = next(others, None)
    if taken is not None and not _is_spare(connection, taken, stored):
        raise Refused(
            f"This text is in the library already, as '{taken.title}'; nothing was changed.",
            "Name the file with the changed text. `flashrls source add FILE --deck DECK` gives a deck that one.",
        )
    return Held(stored, load(connection, stored.ref), tuple(connection.execute(_anchors_of(stored.ref)).all()))


def _namesake(known: Sequence[StoredDocument], told: Document) -> StoredDocument:
    """Return the one document of this file's name, else of its title; of several the one that decks have."""
    for found in (
        [one for one in known if one.file == told.file],
        [one for one in known if one.title == told.title],
    ):
        likeliest = [one for one in found if one.decks] or found
        if len(likeliest) == 1:
            return likeliest[0]
        if likeliest:
            which = ", ".join(f"'{one.title}' ({one.sha256[:8]})" for one in likeliest[:5])
            raise Refused(
                f"{len(likeliest)} documents are called like this file; nothing was changed.",
                f"Say with --document which it replaces: {which}.",
            )
    # Never the only one there is: a wrong file would cost all of its anchors their places.
    raise Refused(
        f"No document in the library is called '{told.file}' or '{told.title}'; nothing was changed.",
        "Say which it replaces with --document NAME (`flashrls source list`), or `flashrls source add FILE`.",
    )


def _is_spare(connection: Connection, twin: StoredDocument, stored: StoredDocument) -> bool:
    """Whether a text was added as a document of its own, which no deck has, where a change of another was meant."""
    is_namesake = twin.file == stored.file or twin.title == stored.title
    quoting = select(anchor.c.pk).where(anchor.c.document_pk == twin.ref).limit(1)
    return is_namesake and not twin.decks and connection.execute(quoting).first() is None


def follow(before: Held, told: Document, finders: Finders) -> list[Refound]:
    """Return what becomes of each anchor in a changed text; this may take minutes, and asks no library."""
    old = finders(before.document)
    if before.document.sha256 == told.sha256:
        return [_standing(old, row) for row in before.rows]
    asked = [Anchor(row.quote, place_of(old, row), hints(row.section, row.name)) for row in before.rows]
    return refind(old, Finder(told), asked)


def outcome(
    before: Held, told: Document, refound: Sequence[Refound], stored: StoredDocument | None = None
) -> Updated:
    """Return in values what a changed text does; `stored` is the document afterwards, None without writing."""
    is_new = before.document.sha256 != told.sha256
    if stored is None:
        stored = _with_text(before.stored, told) if is_new else before.stored
    changed = tuple(
        Changed(row.handle, row.name, row.quote, result.standing, result.words, Standing(row.standing))
        for row, result in zip(before.rows, refound, strict=True)
    )
    return Updated(stored, is_new, changed)


def _with_text(stored: StoredDocument, told: Document) -> StoredDocument:
    length = len(told.text)
    return replace(stored, title=told.title, file=told.file, sha256=told.sha256, characters=length)


def put(
    connection: Connection, before: Held, told: Document, refound: Sequence[Refound], moment: Moment
) -> StoredDocument:
    """Put a changed text in a document's place, and its anchors where they are now; schedules stay as they are.

    The same text kept a second time under this name, which no deck has, goes.
    """
    ref = before.stored.ref
    if before.document.sha256 != told.sha256:
        twin = delete(document).where(document.c.sha256 == told.sha256, document.c.pk != ref)
        connection.execute(twin)
        changed = update(document).where(document.c.pk == ref)
        connection.execute(changed.values(**values_of(told), added_ms=moment.at_ms))
        places = [_moved(row, ref, result) for row, result in zip(before.rows, refound, strict=True)]
        store_places(connection, places)
    (stored,) = (one for one in listed(connection) if one.ref == ref)
    return stored


def _anchors_of(ref: int) -> Select[*tuple[Any, ...]]:
    return (
        select(anchor, note.c.handle, note.c.section, deck.c.name)
        .join_from(anchor, note, note.c.pk == anchor.c.note_pk)
        .join(deck, deck.c.pk == note.c.deck_pk)
        .where(anchor.c.document_pk == ref)
        .order_by(deck.c.pk, note.c.position, anchor.c.position)
    )


def _moved(row: Row[*tuple[Any, ...]], ref: int, result: Refound) -> dict[str, Any]:
    place = result.place
    span = {"start": place and place.start, "end": place and place.end}
    return {"ref": row.pk, "document": ref, "how": result.standing.value, **span}


def _standing(finder: Finder, row: Row[*tuple[Any, ...]]) -> Refound:
    place = place_of(finder, row)
    return Refound(Standing(row.standing), place, finder.words(place) if place else "")

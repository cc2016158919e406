"""Documents in the library: kept, attached to decks, replaced by a changed text."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from flashrls.anchors.find import Ambiguous, Finder, Place
from flashrls.anchors.refind import Anchor, Refound, Standing, refind
from flashrls.cards import Source
from flashrls.clock import Moment
from flashrls.documents.text import Document, Heading
from flashrls.errors import NoSuchDocument, Refused
from flashrls.knowledge import is_named
from flashrls.store.tables import anchor, deck, document, note

Finders = Callable[[Document], Finder]
"""Returns the finder of a document; the library keeps the last few, since folding a long text takes a while."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as lists show it: its reference in this library, what it is called, the names of its decks.

    `characters` is the length of its text; `added_ms` the instant it was added or last changed.
    """

    ref: int
    title: str
    file: str
    sha256: str
    characters: int
    added_ms: int
    decks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A deck that a document was attached to.

    Attributes:
        deck: its name.
        by: what its head names the document by: "sha256", "file" or "title"; "asked" where the learner chose it.
        differs: the head gives another sha256: the deck was made from another state of the text.
        standings: how many of its anchors stand how.
    """

    deck: str
    by: str
    differs: bool
    standings: Counter[Standing]


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a document did; `is_new` is False if the library had it already."""

    document: StoredDocument
    is_new: bool
    attached: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one anchor in a changed text: what it quotes, and what stands there now ("" if lost)."""

    note_id: str
    deck: str
    quote: str
    standing: Standing
    words: str


@dataclass(frozen=True, slots=True)
class Updated:
    """What a changed text did to a document's anchors; `is_new` is False if the text is the one that was there."""

    document: StoredDocument
    is_new: bool
    anchors: tuple[Changed, ...]

    def count(self, standing: Standing) -> int:
        """How many anchors stand so now."""
        return sum(changed.standing is standing for changed in self.anchors)


def listed(connection: Connection) -> list[StoredDocument]:
    """Return all documents, the oldest first."""
    decks: defaultdict[int | None, list[str]] = defaultdict(list)
    attached = select(deck.c.document_pk, deck.c.name).where(deck.c.document_pk.is_not(None))
    for ref, name in connection.execute(attached.order_by(deck.c.pk)):
        decks[ref].append(name)
    columns = (document.c.pk, document.c.title, document.c.file, document.c.sha256, document.c.added_ms)
    rows = connection.execute(select(*columns, func.length(document.c.text)).order_by(document.c.pk))
    return [
        StoredDocument(pk, title, file, sha256, characters, added_ms, tuple(decks[pk]))
        for pk, title, file, sha256, added_ms, characters in rows
    ]


def choose(connection: Connection, name: str | None) -> StoredDocument:
    """Return the document that `name` means: its title or file, the beginning of its sha256, or one of its decks.

    None means the only one there is.

    Raises:
        NoSuchDocument: there is none.
        Refused: there are several.
    """
    known = listed(connection)
    if name is None:
        if len(known) == 1:
            return known[0]
        if not known:
            raise Refused("The library holds no document.", "`flashrls source add FILE` adds one.")
        raise Refused(f"The library holds {len(known)} documents.", f"Say which: {_titles(known)}.")
    wanted = name.strip().casefold()
    matches: tuple[Callable[[StoredDocument], bool], ...] = (
        lambda one: wanted in (one.title.casefold(), one.file.casefold()),
        lambda one: len(wanted) >= 6 and one.sha256.startswith(wanted),
        lambda one: any(f"::{wanted}::" in f"::{deck_name.casefold()}::" for deck_name in one.decks),
    )
    for match in matches:
        found = [one for one in known if match(one)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(f"'{name}' means {len(found)} documents.", f"Say which: {_titles(found)}.")
    raise NoSuchDocument(name, _near(name, known))


def _titles(documents: Sequence[StoredDocument]) -> str:
    return ", ".join(f"'{one.title}' ({one.sha256[:8]})" for one in documents[:5])


def _near(name: str, known: Sequence[StoredDocument]) -> list[str]:
    from difflib import get_close_matches  # only a misspelling needs it

    holding = [one.title for one in known if name.casefold() in one.title.casefold()]
    return [*holding, *get_close_matches(name, [one.title for one in known], n=3)][:3]


def load(connection: Connection, ref: int) -> Document:
    """Return the document `ref` with its text."""
    row = connection.execute(select(document).where(document.c.pk == ref)).one()
    headings = tuple(Heading(*heading) for heading in json.loads(row.headings))
    return Document(row.title, row.file, row.sha256, row.text, headings)


def named(connection: Connection, source: Source) -> int | None:
    """Return the document that a deck's head names, by sha256, else by file or title; None if there is none."""
    found: dict[str, int] = {}
    for row in connection.execute(select(document.c.pk, document.c.title, document.c.file, document.c.sha256)):
        by = is_named(source, title=row.title, file=row.file, sha256=row.sha256)
        found.setdefault(by, row.pk)
    return next((found[by] for by in ("sha256", "file", "title") if by in found), None)


def namesake(connection: Connection, told: Document) -> str | None:
    """Return the sha256 of the one document of this file's name, else of its title; None if there is none."""
    known = listed(connection)
    for same in (
        (one for one in known if one.file == told.file),
        (one for one in known if one.title == told.title),
    ):
        found = [one.sha256 for one in same]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def add(
    connection: Connection, told: Document, chosen: Collection[int] | None, moment: Moment, finders: Finders
) -> Added:
    """Keep a document and attach it to the decks `chosen`, or to those whose head names it.

    A head that gives its sha256 always wins; one that gives its file or title is followed only where
    the deck has no document yet.
    """
    ref = connection.execute(select(document.c.pk).where(document.c.sha256 == told.sha256)).scalar()
    is_new = ref is None
    if ref is None:
        values = {**_values(told), "added_ms": moment.at_ms}
        (ref,) = connection.execute(insert(document).returning(document.c.pk), values).one()
    attached: list[Attachment] = []
    finder = finders(load(connection, ref))
    for row in connection.execute(select(deck).order_by(deck.c.pk)).all():
        by = _reason(row, told, chosen)
        if not by or (row.document_pk not in (None, ref) and by in ("file", "title")):
            continue
        _attach(connection, row.pk, ref)
        differs = bool(row.source_sha256) and row.source_sha256.casefold() != told.sha256
        attached.append(Attachment(row.name, by, differs, place_anchors(connection, row.pk, finder)))
    (stored,) = (one for one in listed(connection) if one.ref == ref)
    return Added(stored, is_new, tuple(attached))


def _values(told: Document) -> dict[str, object]:
    headings = json.dumps([[heading.start, heading.end, heading.level] for heading in told.headings])
    return {
        "title": told.title,
        "file": told.file,
        "sha256": told.sha256,
        "text": told.text,
        "headings": headings,
    }


def _reason(row: Row[*tuple[object, ...]], told: Document, chosen: Collection[int] | None) -> str:
    if chosen is not None:
        return "asked" if row._mapping["pk"] in chosen else ""
    return is_named(source_of(row), title=told.title, file=told.file, sha256=told.sha256)


def source_of(row: Row[*tuple[object, ...]]) -> Source:
    """Return the document that a deck's row says its head names."""
    held = row._mapping
    return Source(held["source_title"], held["source_file"], held["source_sha256"])


def _attach(connection: Connection, deck_pk: int, ref: int) -> None:
    """Attach a document to a deck, whose anchors then stand nowhere until they are placed."""
    connection.execute(update(deck).where(deck.c.pk == deck_pk).values(document_pk=ref))
    of_deck = select(note.c.pk).where(note.c.deck_pk == deck_pk)
    nowhere = {"document_pk": None, "start_at": None, "end_at": None, "standing": Standing.UNVERIFIED.value}
    other = update(anchor).where(anchor.c.note_pk.in_(of_deck), anchor.c.document_pk != ref)
    connection.execute(other.values(nowhere))


def after_import(connection: Connection, deck_keys: Iterable[str], finders: Finders) -> None:
    """Attach to imported decks the documents that their heads name, and find their new anchors."""
    for key in deck_keys:
        row = connection.execute(select(deck).where(deck.c.key == key)).one()
        source, deck_pk, ref = source_of(row), row.pk, row.document_pk
        if any((source.title, source.file, source.sha256)):
            by_head = named(connection, source)
            by_sha256 = by_head is not None and _sha256(connection, by_head) == source.sha256.casefold()
            if by_head is not None and by_head != ref and (ref is None or by_sha256):
                _attach(connection, deck_pk, by_head)
                ref = by_head
        if ref is not None and connection.execute(_unplaced(deck_pk).limit(1)).first():
            place_anchors(connection, deck_pk, finders(load(connection, ref)))


def _sha256(connection: Connection, ref: int) -> str:
    return str(connection.execute(select(document.c.sha256).where(document.c.pk == ref)).scalar_one())


def _unplaced(deck_pk: int) -> Select[*tuple[Any, ...]]:
    return (
        select(anchor.c.pk, anchor.c.quote, note.c.section, deck.c.name, deck.c.document_pk)
        .join_from(anchor, note, note.c.pk == anchor.c.note_pk)
        .join(deck, deck.c.pk == note.c.deck_pk)
        .where(note.c.deck_pk == deck_pk, anchor.c.document_pk.is_distinct_from(deck.c.document_pk))
    )


def place_anchors(connection: Connection, deck_pk: int, finder: Finder) -> Counter[Standing]:
    """Find a deck's anchors that were not looked for yet, and return how all of its anchors stand."""
    placed = [
        {"ref": row.pk, "document": row.document_pk, **_place(finder.find(row.quote, hints(row.section, row.name)))}
        for row in connection.execute(_unplaced(deck_pk)).all()
    ]
    _store(connection, placed)
    standings = (
        select(anchor.c.standing, func.count())
        .join(note, note.c.pk == anchor.c.note_pk)
        .where(note.c.deck_pk == deck_pk)
        .group_by(anchor.c.standing)
    )
    return Counter({Standing(standing): count for standing, count in connection.execute(standings)})


def hints(section: str, deck_name: str) -> tuple[str, ...]:
    """Return the headings that tell where in a document a card belongs: its own, and its deck's last level."""
    return (*(title for title in section.split(" > ") if title), deck_name.rpartition("::")[2])


def _place(found: Place | Ambiguous | object) -> dict[str, object]:
    if isinstance(found, Place):
        return {"start": found.start, "end": found.end, "how": Standing.FOUND.value}
    # One that fits several places stands in none of them until its author adds words.
    how = Standing.UNVERIFIED if isinstance(found, Ambiguous) else Standing.LOST
    return {"start": None, "end": None, "how": how.value}


_STORE = (
    update(anchor)
    .where(anchor.c.pk == bindparam("ref"))
    .values(
        document_pk=bindparam("document"),
        start_at=bindparam("start"),
        end_at=bindparam("end"),
        standing=bindparam("how"),
    )
)


def _store(connection: Connection, placed: Sequence[dict[str, Any]]) -> None:
    if placed:
        connection.execute(_STORE, placed)


def replace(connection: Connection, ref: int, told: Document, moment: Moment, finders: Finders) -> Updated:
    """Put a changed text in a document's place and find every anchor again; schedules stay as they are.

    Raises:
        Refused: the text is that of another document.
    """
    before = load(connection, ref)
    owner = select(document.c.pk, document.c.title).where(document.c.sha256 == told.sha256)
    taken = connection.execute(owner).first()
    if taken is not None and taken.pk != ref:
        raise Refused(
            f"This text is in the library already, as '{taken.title}'; nothing was changed.",
            "Name the file with the changed text.",
        )
    rows = connection.execute(_anchors_of(ref)).all()
    if taken is None:
        old, new = finders(before), Finder(told)
        asked = [Anchor(row.quote, place_of(old, row), hints(row.section, row.name)) for row in rows]
        refound = refind(old, new, asked)
        connection.execute(
            update(document).where(document.c.pk == ref).values(**_values(told), added_ms=moment.at_ms)
        )
        _store(connection, [_moved(row, ref, result) for row, result in zip(rows, refound, strict=True)])
    else:
        finder = finders(before)
        refound = [_standing(finder, row) for row in rows]
    (stored,) = (one for one in listed(connection) if one.ref == ref)
    changed = tuple(
        Changed(row.handle, row.name, row.quote, result.standing, result.words)
        for row, result in zip(rows, refound, strict=True)
    )
    return Updated(stored, taken is None, changed)


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


def place_of(finder: Finder, row: Row[*tuple[Any, ...]]) -> Place | None:
    """Return the place that an anchor's row stores, with the parts its quote has there."""
    start, end = row._mapping["start_at"], row._mapping["end_at"]
    if start is None or not 0 <= start < end <= len(finder.document.text):
        return None
    quote = row._mapping["quote"]
    # Only a quote of several parts must be looked up again to know where they stand.
    found = finder.find(quote) if "…" in quote or "..." in quote else None
    places = found.places if isinstance(found, Ambiguous) else (found,)
    fitting = (one for one in places if isinstance(one, Place) and (one.start, one.end) == (start, end))
    return next(fitting, Place(start, end, ((start, end),)))

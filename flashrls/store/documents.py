"""Documents in the library: kept, chosen by name, attached to decks."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from flashrls.anchors.find import Ambiguous, Finder, Missing, Place
from flashrls.anchors.refind import Standing
from flashrls.cards import Source
from flashrls.clock import Moment
from flashrls.documents.text import Document, Heading
from flashrls.errors import NoSuchDocument, Refused
from flashrls.knowledge import is_named
from flashrls.store.tables import anchor, deck, document, note

Finders = Callable[[Document], Finder]
"""Returns the finder of a document; the library keeps the last few, since folding a long text takes a while."""

Quote = tuple[str, tuple[str, ...]]
"""The words of an anchor, and the headings that tell where it belongs."""

Found = Mapping[Quote, Place | Ambiguous | Missing]
"""Where quotes stand in a document."""


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
    """What adding a document did.

    Attributes:
        document: as it is kept now.
        is_new: whether the library didn't have it yet.
        attached: the decks that have it now.
        passed: names of decks whose head names it, too, that keep the document they have.
    """

    document: StoredDocument
    is_new: bool
    attached: tuple[Attachment, ...]
    passed: tuple[str, ...] = ()


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


def sought(
    connection: Connection, told: Document, chosen: Collection[int] | None
) -> tuple[Document, tuple[Quote, ...]]:
    """Return the document as the library has it or will have it, and the quotes that adding it looks up there."""
    ref = _ref_of(connection, told)
    takers, _ = _takers(connection, told, chosen, ref)
    columns = select(anchor.c.quote, note.c.section, deck.c.name).join_from(
        anchor, note, note.c.pk == anchor.c.note_pk
    )
    of_takers = columns.join(deck, deck.c.pk == note.c.deck_pk).where(deck.c.pk.in_([row.pk for row, _ in takers]))
    rows = connection.execute(of_takers.where(anchor.c.document_pk.is_distinct_from(ref)))
    quotes = dict.fromkeys((row.quote, hints(row.section, row.name)) for row in rows)
    return told if ref is None else load(connection, ref), tuple(quotes)


def add(
    connection: Connection,
    told: Document,
    chosen: Collection[int] | None,
    moment: Moment,
    finders: Finders,
    found: Found,
) -> Added:
    """Keep a document and attach it to the decks `chosen`, or to those whose head names it.

    A head that gives its sha256 always wins; one that gives its file or title is followed only where
    the deck has no document yet.

    Args:
        connection: in a transaction that writes.
        told: the document.
        chosen: references of decks; None for those that name it.
        moment: now.
        finders: see `Finders`.
        found: places that were looked up before, while nobody had to wait for the library.

    Raises:
        Refused: only decks name its file that have another text of that name: this one is a change of it.
    """
    ref = _ref_of(connection, told)
    is_new = ref is None
    takers, passed = _takers(connection, told, chosen, ref)
    if is_new and not takers and (owners := [row.name for row, by in passed if by == "file"]):
        others = f" and {len(owners) - 1} more" * (len(owners) > 1)
        raise Refused(
            f"'{owners[0]}'{others} has another text called '{told.file}'; nothing was changed.",
            "`flashrls source update FILE` puts this one in its place; `source add FILE --deck DECK` adds it.",
        )
    if ref is None:
        values = {**values_of(told), "added_ms": moment.at_ms}
        (ref,) = connection.execute(insert(document).returning(document.c.pk), values).one()
    finder = finders(load(connection, ref))
    attached: list[Attachment] = []
    for row, by in takers:
        _attach(connection, row.pk, ref)
        differs = bool(row.source_sha256) and row.source_sha256.casefold() != told.sha256
        attached.append(Attachment(row.name, by, differs, place_anchors(connection, row.pk, finder, found)))
    (stored,) = (one for one in listed(connection) if one.ref == ref)
    return Added(stored, is_new, tuple(attached), tuple(row.name for row, _ in passed))


def _ref_of(connection: Connection, told: Document) -> int | None:
    return connection.execute(select(document.c.pk).where(document.c.sha256 == told.sha256)).scalar()


def _takers(
    connection: Connection, told: Document, chosen: Collection[int] | None, ref: int | None
) -> tuple[list[tuple[Row[Any], str]], list[tuple[Row[Any], str]]]:
    """Return the decks that take a document, kept as `ref` or not yet, and those that keep another, with why."""
    takers: list[tuple[Row[Any], str]] = []
    passed: list[tuple[Row[Any], str]] = []
    for row in connection.execute(select(deck).order_by(deck.c.pk)).all():
        if by := _reason(row, told, chosen):
            has_another = row.document_pk is not None and row.document_pk != ref
            (passed if has_another and by in ("file", "title") else takers).append((row, by))
    return takers, passed


def values_of(told: Document) -> dict[str, object]:
    """Return a document as its row has it, without the instant."""
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


_NOWHERE = {"document_pk": None, "start_at": None, "end_at": None, "standing": Standing.UNVERIFIED.value}


def _attach(connection: Connection, deck_pk: int, ref: int) -> None:
    """Attach a document to a deck, whose anchors then stand nowhere until they are placed."""
    connection.execute(update(deck).where(deck.c.pk == deck_pk).values(document_pk=ref))
    of_deck = select(note.c.pk).where(note.c.deck_pk == deck_pk)
    other = update(anchor).where(anchor.c.note_pk.in_(of_deck), anchor.c.document_pk != ref)
    connection.execute(other.values(_NOWHERE))


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


def place_anchors(
    connection: Connection, deck_pk: int, finder: Finder, found: Found = MappingProxyType({})
) -> Counter[Standing]:
    """Find a deck's anchors that were not looked for yet, and return how all of its anchors stand."""
    placed = []
    for row in connection.execute(_unplaced(deck_pk)).all():
        quote = (row.quote, hints(row.section, row.name))
        place = found[quote] if quote in found else finder.find(*quote)
        placed.append({"ref": row.pk, "document": row.document_pk, **_place(place)})
    store_places(connection, placed)
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


def store_places(connection: Connection, placed: Sequence[dict[str, Any]]) -> None:
    """Store where anchors stand: for each its `ref`, `document`, `start`, `end` and `how` it stands."""
    if placed:
        connection.execute(_STORE, placed)


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


def remove(connection: Connection, ref: int) -> None:
    """Forget a document: its decks have none then, and their anchors stand unverified. Cards and history stay."""
    connection.execute(update(anchor).where(anchor.c.document_pk == ref).values(_NOWHERE))
    connection.execute(update(deck).where(deck.c.document_pk == ref).values(document_pk=None))
    connection.execute(delete(document).where(document.c.pk == ref))

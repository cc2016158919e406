"""What decks quote of their document, and what the log says of the cards that quote it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from flashrls.anchors.fold import fold
from flashrls.anchors.refind import Standing
from flashrls.cards import Kind, Skip, Source, card_id, face
from flashrls.errors import NoSuchPlace, Refused
from flashrls.knowledge import CardRecord, Passages, SourceView, StoredAnchor
from flashrls.log import EntryKind, not_undone
from flashrls.sm2 import PASS
from flashrls.store.chunks import chunks
from flashrls.store.days import day_number
from flashrls.store.documents import Finders, load, place_of, source_of
from flashrls.store.tables import anchor, card, deck, note, review


def views(connection: Connection, refs: Sequence[int], day: date, finders: Finders) -> list[SourceView]:
    """Return the documents that the decks `refs` are attached to, each with what those decks hold of it."""
    rows = connection.execute(select(deck).where(deck.c.pk.in_(refs)).order_by(deck.c.pk)).all()
    by_document: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.document_pk is not None:
            by_document[row.document_pk].append(row)
    return [_view(connection, ref, decks, day, finders) for ref, decks in sorted(by_document.items())]


def _view(connection: Connection, ref: int, decks: Sequence[Any], day: date, finders: Finders) -> SourceView:
    finder = finders(load(connection, ref))
    refs = [row.pk for row in decks]
    held = connection.execute(
        _CARDS.where(card.c.deck_pk.in_(refs)).order_by(card.c.deck_pk, card.c.position)
    ).all()
    asked = {row.note_pk for row in held}
    anchors = [
        _stored(finder, row)
        for row in connection.execute(_ANCHORS.where(note.c.deck_pk.in_(refs)))
        if row.note_pk in asked
    ]
    counts = _reviews(connection, [row.pk for row in held])
    cards = [_record(row, counts.get(row.pk, (0, 0)), day_number(day)) for row in held]
    skips = tuple(Skip(**skip) for row in decks for skip in json.loads(row.skip))
    return SourceView(finder, tuple(row.name for row in decks), tuple(anchors), tuple(cards), skips)


_CARDS = (
    select(card, note.c.handle, note.c.kind, note.c.question, note.c.answer)
    .join_from(card, note, note.c.pk == card.c.note_pk)
    .where(card.c.held.is_(None))
)
_ANCHORS = (
    select(anchor, note.c.handle)
    .join_from(anchor, note, note.c.pk == anchor.c.note_pk)
    .order_by(note.c.deck_pk, note.c.position, anchor.c.position)
)


def _stored(finder: Any, row: Row[*tuple[Any, ...]]) -> StoredAnchor:
    place = place_of(finder, row) if finder is not None else None
    return StoredAnchor(row.note_pk, row.handle, row.quote, Standing(row.standing), place)


def _record(row: Row[*tuple[Any, ...]], counted: tuple[int, int], day: int) -> CardRecord:
    passes, reviews = counted
    return CardRecord(
        ref=row.pk,
        note=row.note_pk,
        id=card_id(row.handle, row.part),
        question=face(Kind(row.kind), row.question, row.answer, row.part).question,
        passes=passes,
        reviews=reviews,
        lapses=row.lapses,
        is_seen=row.due_on is not None,
        is_due=row.due_on is not None and row.due_on <= day and not row.suspended,
    )


def _reviews(connection: Connection, refs: Sequence[int]) -> dict[int, tuple[int, int]]:
    """For each card: passes and how many, among its first reviews of a day that still count."""
    counted: dict[int, tuple[int, int]] = {}
    columns = (review.c.card_pk, review.c.id, review.c.kind, review.c.grade, review.c.study_day, review.c.undoes)
    order = (review.c.card_pk, review.c.clock_ms, review.c.clock_count, review.c.device)
    for chunk in chunks(refs):
        mine = select(*columns).where(review.c.card_pk.in_(chunk)).order_by(*order)
        for ref, entries in _grouped(connection.execute(mine)):
            counted[ref] = _count(entries)
    return counted


def _grouped(rows: Iterable[Row[*tuple[Any, ...]]]) -> Iterator[tuple[int, list[Row[*tuple[Any, ...]]]]]:
    held: list[Row[*tuple[Any, ...]]] = []
    for row in rows:
        if held and held[0].card_pk != row.card_pk:
            yield held[0].card_pk, held
            held = []
        held.append(row)
    if held:
        yield held[0].card_pk, held


def _count(entries: Sequence[Row[*tuple[Any, ...]]]) -> tuple[int, int]:
    passes = reviews = 0
    is_new, last_day = True, None
    for entry in not_undone(entries):
        if entry.kind == EntryKind.RESET:
            is_new = True
        elif entry.kind == EntryKind.SCHEDULED:
            if not is_new and entry.study_day != last_day:
                reviews += 1
                passes += entry.grade >= PASS
            is_new, last_day = False, entry.study_day
    return passes, reviews


def passages(connection: Connection, note_ref: int, finders: Finders) -> Passages:
    """Return where the anchors of the note `note_ref` stand in its deck's document."""
    row = connection.execute(
        select(deck).join(note, note.c.deck_pk == deck.c.pk).where(note.c.pk == note_ref)
    ).one()
    finder = finders(load(connection, row.document_pk)) if row.document_pk is not None else None
    anchors = connection.execute(_ANCHORS.where(note.c.pk == note_ref))
    return Passages(source_of(row), finder, tuple(_stored(finder, found) for found in anchors))


def unattached(connection: Connection, refs: Sequence[int]) -> list[tuple[str, Source]]:
    """Return the decks that have anchors but no document, each with the source its head names."""
    holders = select(note.c.deck_pk).join(anchor, anchor.c.note_pk == note.c.pk)
    loose = select(deck).where(deck.c.pk.in_(refs), deck.c.document_pk.is_(None), deck.c.pk.in_(holders))
    return [(row.name, source_of(row)) for row in connection.execute(loose.order_by(deck.c.pk))]


def cards_within(
    connection: Connection, refs: Sequence[int], section: str, sentence: str, day: date, finders: Finders
) -> set[int]:
    """Return the cards of the decks `refs` that quote a section or a sentence of their document.

    Args:
        connection: reads the library.
        refs: references of decks.
        section: a section's number from 1, its title or words of it; "" for any. Cards under a heading
            of that name in their own deck belong to it too.
        sentence: a sentence as `source` numbers them, "3.7", or "7" beside a section; "" for any.
        day: the study day.
        finders: see `Finders`.

    Raises:
        NoSuchPlace: no section or sentence is called so, or no card quotes it.
        Refused: the sentence fits several documents.
    """
    found = views(connection, refs, day, finders)
    if sentence:
        return _of_sentence(found, section, sentence)
    cards: set[int] = set()
    for view in found:
        for at in _sections(view, section):
            cards |= {record.ref for record in view.cards_of(view.coverage.sections[at].notes)}
    wanted = _folded(section)
    own = select(card.c.pk, note.c.section).join_from(card, note, note.c.pk == card.c.note_pk)
    for ref, headings in connection.execute(own.where(card.c.deck_pk.in_(refs), note.c.section != "")):
        if any(wanted == _folded(title) for title in headings.split(" > ")):
            cards.add(ref)
    if not cards:
        titles = [section.title for view in found for section in view.finder.outline.sections if section.title]
        raise NoSuchPlace(f"No card belongs to a section '{section}'.", titles)
    return cards


def _sections(view: SourceView, wanted: str) -> list[int]:
    """The sections that `wanted` means: by number, by title, else all whose title holds the words."""
    sections = view.finder.outline.sections
    if wanted.isdecimal():
        return [int(wanted) - 1] if 0 < int(wanted[:9]) <= len(sections) else []
    words = _folded(wanted)
    exact = [at for at, section in enumerate(sections) if _folded(section.title) == words]
    return exact or [at for at, section in enumerate(sections) if words and words in _folded(section.title)]


def _of_sentence(found: Sequence[SourceView], section: str, sentence: str) -> set[int]:
    labels: list[tuple[SourceView, int]] = []
    for view in found:
        wanted = {f"{at + 1}.{sentence}" for at in _sections(view, section)} if section else {sentence}
        labels += [(view, at) for at in range(len(view.coverage.sentences)) if view.label(at) in wanted]
    if not labels:
        raise NoSuchPlace(f"There is no sentence '{sentence}'{f' in a section {section!r}' * bool(section)}.")
    if len(labels) > 1:
        raise Refused(
            f"'{sentence}' means {len(labels)} sentences.",
            "Say which section: --sentence 3.7" if section else f"Name the deck: review DECK --sentence {sentence}",
        )
    view, at = labels[0]
    cards = {record.ref for record in view.cards_of(view.coverage.sentences[at].notes)}
    if not cards:
        raise NoSuchPlace(f"No card quotes the sentence {view.label(at)}.")
    return cards


def _folded(text: str) -> str:
    return fold(text).text.strip().casefold()

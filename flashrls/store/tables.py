"""The tables as typed columns. Constraints and triggers stand in the migrations.

Core tables, not mapped classes: rows never leave the store, so there is nothing for an ORM to keep,
and it would add a hundred milliseconds to every command.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Named, Table, Text, TypedColumns, text

from flashrls.store.today import ASKED, UNVERIFIED

metadata = MetaData()

Instant = BigInteger().with_variant(Integer, "sqlite")
"""Milliseconds since 1970 UTC. Days are whole numbers too: days since 1970-01-01 (see `days`)."""


class _Deck(TypedColumns):
    pk = Column(Integer, primary_key=True)
    key: Named[str] = Column(Text, unique=True)
    name: Named[str] = Column(Text, unique=True)
    source_title: Named[str] = Column(Text)
    source_file: Named[str] = Column(Text)
    source_sha256: Named[str] = Column(Text)
    skip: Named[str] = Column(Text)
    document_pk: Named[int | None]
    folder: Named[str] = Column(Text, server_default=text("''"))
    created_ms: Named[int] = Column(Instant)


class _Document(TypedColumns):
    pk = Column(Integer, primary_key=True)
    title: Named[str] = Column(Text)
    file: Named[str] = Column(Text)
    sha256: Named[str] = Column(Text, unique=True)
    text: Named[str] = Column(Text)
    headings: Named[str] = Column(Text, server_default="[]")
    added_ms: Named[int] = Column(Instant)


class _Note(TypedColumns):
    pk = Column(Integer, primary_key=True)
    uid: Named[str] = Column(Text, unique=True)
    handle: Named[str] = Column(Text, unique=True)
    deck_pk: Named[int]
    key: Named[str] = Column(Text)
    kind: Named[str] = Column(Text)
    question: Named[str] = Column(Text)
    answer: Named[str] = Column(Text)
    section: Named[str] = Column(Text)
    position: Named[int]
    tags: Named[str] = Column(Text)
    typed: Named[int] = Column(Integer, server_default="0")
    suspended: Named[int] = Column(Integer, server_default="0")
    revision: Named[str] = Column(Text)
    imported: Named[str] = Column(Text)
    waived: Named[str] = Column(Text, server_default="[]")
    missing_ms: Named[int | None] = Column(Instant)
    base: Named[str | None] = Column(Text)
    folded: Named[str | None] = Column(Text)
    home_pk: Named[int | None]
    created_ms: Named[int] = Column(Instant)
    edited_ms: Named[int] = Column(Instant)


class _Anchor(TypedColumns):
    pk = Column(Integer, primary_key=True)
    note_pk: Named[int]
    position: Named[int]
    quote: Named[str] = Column(Text)
    document_pk: Named[int | None]
    start_at: Named[int | None]
    end_at: Named[int | None]
    standing: Named[str] = Column(Text, server_default="unverified")


class _Card(TypedColumns):
    pk = Column(Integer, primary_key=True)
    note_pk: Named[int]
    deck_pk: Named[int]
    part: Named[str] = Column(Text)
    position: Named[int]
    held: Named[str | None] = Column(Text)
    last_entry: Named[str | None] = Column(Text)
    ease: Named[int | None]
    repetitions: Named[int | None]
    interval_days: Named[int | None]
    due_on: Named[int | None]
    reviews: Named[int] = Column(Integer, server_default="0")
    lapses: Named[int] = Column(Integer, server_default="0")
    reviewed_on: Named[int | None]
    drill_on: Named[int | None]
    suspended: Named[int] = Column(Integer, server_default="0")
    buried_on: Named[int | None]
    kept_lapses: Named[int] = Column(Integer, server_default="0")


class _Review(TypedColumns):
    pk = Column(Integer, primary_key=True)
    id: Named[str] = Column(Text, unique=True)
    card_pk: Named[int]
    kind: Named[str] = Column(Text)
    at_ms: Named[int] = Column(Instant)
    utc_offset_s: Named[int]
    study_day: Named[int]
    grade: Named[int | None]
    reveal_ms: Named[int | None] = Column(Instant)
    grade_ms: Named[int | None] = Column(Instant)
    revision: Named[str] = Column(Text)
    undoes: Named[str | None] = Column(Text)
    ease: Named[int | None]
    repetitions: Named[int | None]
    interval_days: Named[int | None]
    due_on: Named[int | None]
    clock_ms: Named[int] = Column(Instant)
    clock_count: Named[int]
    device: Named[str] = Column(Text)
    batch: Named[str | None] = Column(Text)


class _Edit(TypedColumns):
    pk = Column(Integer, primary_key=True)
    entry: Named[str] = Column(Text, unique=True)
    note_pk: Named[int]
    before: Named[str] = Column(Text)
    after: Named[str] = Column(Text)


class _Daily(TypedColumns):
    study_day: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    deck_pk: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    grade: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    introduced: Named[int]
    young: Named[int]
    mature: Named[int]
    drilled: Named[int]
    practised: Named[int]
    milliseconds: Named[int] = Column(Instant)


class _Hourly(TypedColumns):
    study_day: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    deck_pk: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    hour: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    answers: Named[int]
    reviews: Named[int]
    passes: Named[int]


class _Setting(TypedColumns):
    key: Named[str] = Column(Text, primary_key=True)
    value: Named[str] = Column(Text)


deck = Table("deck", metadata, _Deck)
document = Table("document", metadata, _Document)
note = Table("note", metadata, _Note)
anchor = Table("anchor", metadata, _Anchor)
card = Table("card", metadata, _Card)
review = Table("review", metadata, _Review)
edit = Table("edit", metadata, _Edit)
daily = Table("daily", metadata, _Daily)
hourly = Table("hourly", metadata, _Hourly)
setting = Table("setting", metadata, _Setting)

Index("note_by_deck", note.c.deck_pk, note.c.position)
_missing = text("missing_ms IS NOT NULL")
Index("note_missing", note.c.missing_ms, sqlite_where=_missing, postgresql_where=_missing)
Index("anchor_by_note", anchor.c.note_pk, anchor.c.position, unique=True)
_astray = text(UNVERIFIED)
Index("anchor_astray", anchor.c.note_pk, sqlite_where=_astray, postgresql_where=_astray)
Index("card_by_note", card.c.note_pk, card.c.part, unique=True)
Index("card_by_deck", card.c.deck_pk, card.c.due_on)
_due = text(f"due_on IS NOT NULL AND {ASKED}")
_new = text(f"due_on IS NULL AND {ASKED}")
_drill = text("drill_on IS NOT NULL")
_reviewed = text("reviewed_on IS NOT NULL")
Index("card_due", card.c.deck_pk, card.c.due_on, sqlite_where=_due, postgresql_where=_due)
Index("card_new", card.c.deck_pk, card.c.position, sqlite_where=_new, postgresql_where=_new)
Index("card_drill", card.c.drill_on, sqlite_where=_drill, postgresql_where=_drill)
Index("card_reviewed", card.c.reviewed_on, sqlite_where=_reviewed, postgresql_where=_reviewed)
_leech = text("lapses >= 8")
Index("card_leech", card.c.lapses, sqlite_where=_leech, postgresql_where=_leech)
Index("review_by_card", review.c.card_pk)
_undo = text("undoes IS NOT NULL")
Index("review_undo", review.c.undoes, sqlite_where=_undo, postgresql_where=_undo)
_batched = text("batch IS NOT NULL")
Index("review_by_batch", review.c.batch, sqlite_where=_batched, postgresql_where=_batched)
_away = text("home_pk IS NOT NULL")
Index("note_away", note.c.home_pk, sqlite_where=_away, postgresql_where=_away)
Index("edit_by_note", edit.c.note_pk)

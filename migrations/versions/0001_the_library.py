"""The library: decks, documents, notes, anchors, cards, the log, daily counts, settings.

Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Instant = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ASKED = "suspended = 0 AND held IS NULL"


def upgrade() -> None:
    _decks()
    _notes()
    _cards()
    _log()
    _indexes()
    _append_only()


def _column(
    name: str, kind: object = sa.Integer, *more: object, null: bool = False, **options: object
) -> sa.Column:
    return sa.Column(name, kind, *more, nullable=null, **options)


def _key() -> sa.Column:
    return sa.Column("pk", sa.Integer, primary_key=True)


def _to(table: str, *, null: bool = False) -> sa.Column:
    return _column(f"{table}_pk", sa.Integer, sa.ForeignKey(f"{table}.pk", ondelete="RESTRICT"), null=null)


def _flag(name: str) -> tuple[sa.Column, sa.CheckConstraint]:
    return _column(name, server_default="0"), sa.CheckConstraint(f"{name} IN (0, 1)")


def _decks() -> None:
    op.create_table(
        "document",
        _key(),
        _column("title", sa.Text),
        _column("file", sa.Text),
        _column("sha256", sa.Text, unique=True),
        _column("text", sa.Text),
        _column("added_ms", Instant),
        sqlite_strict=True,
    )
    op.create_table(
        "deck",
        _key(),
        _column("key", sa.Text, unique=True),
        _column("name", sa.Text, unique=True),
        _column("source_title", sa.Text),
        _column("source_file", sa.Text),
        _column("source_sha256", sa.Text),
        _column("skip", sa.Text),
        _to("document", null=True),
        _column("created_ms", Instant),
        sqlite_strict=True,
    )


def _notes() -> None:
    op.create_table(
        "note",
        _key(),
        _column("uid", sa.Text, unique=True),
        _column("handle", sa.Text, unique=True),
        _to("deck"),
        _column("key", sa.Text),
        _column("kind", sa.Text),
        _column("question", sa.Text),
        _column("answer", sa.Text),
        _column("section", sa.Text),
        _column("position"),
        _column("tags", sa.Text),
        *_flag("typed"),
        *_flag("suspended"),
        _column("revision", sa.Text),
        _column("imported", sa.Text),
        _column("created_ms", Instant),
        _column("edited_ms", Instant),
        sa.CheckConstraint("kind IN ('basic', 'reversed', 'cloze')"),
        sa.UniqueConstraint("deck_pk", "key"),
        sqlite_strict=True,
    )
    op.create_table(
        "anchor",
        _key(),
        _to("note"),
        _column("position"),
        _column("quote", sa.Text),
        _to("document", null=True),
        _column("start_at", null=True),
        _column("end_at", null=True),
        _column("standing", sa.Text, server_default="unverified"),
        sa.CheckConstraint("standing IN ('unverified', 'found', 'moved', 'reworded', 'lost')"),
        sa.CheckConstraint("(start_at IS NULL) = (end_at IS NULL)"),
        sqlite_strict=True,
    )


def _cards() -> None:
    op.create_table(
        "card",
        _key(),
        _to("note"),
        _to("deck"),
        _column("part", sa.Text),
        _column("position"),
        _column("held", sa.Text, null=True),
        _column("last_entry", sa.Text, null=True),
        _column("ease", null=True),
        _column("repetitions", null=True),
        _column("interval_days", null=True),
        _column("due_on", null=True),
        _column("reviews", server_default="0"),
        _column("lapses", server_default="0"),
        _column("reviewed_on", null=True),
        _column("drill_on", null=True),
        *_flag("suspended"),
        _column("buried_on", null=True),
        sa.CheckConstraint("held IN ('draft', 'gone')"),
        sa.CheckConstraint(
            "(ease IS NULL AND repetitions IS NULL AND interval_days IS NULL AND due_on IS NULL)"
            " OR (ease >= 130 AND repetitions >= 0 AND interval_days BETWEEN 1 AND 36500 AND due_on IS NOT NULL)"
        ),
        sa.CheckConstraint("lapses BETWEEN 0 AND reviews"),
        sqlite_strict=True,
    )


def _log() -> None:
    op.create_table(
        "review",
        _key(),
        _column("id", sa.Text, unique=True),
        _to("card"),
        _column("kind", sa.Text),
        _column("at_ms", Instant),
        _column("utc_offset_s"),
        _column("study_day"),
        _column("grade", null=True),
        _column("reveal_ms", Instant, null=True),
        _column("grade_ms", Instant, null=True),
        _column("revision", sa.Text),
        _column("undoes", sa.Text, null=True),
        _column("ease", null=True),
        _column("repetitions", null=True),
        _column("interval_days", null=True),
        _column("due_on", null=True),
        _column("clock_ms", Instant),
        _column("clock_count"),
        _column("device", sa.Text),
        sa.CheckConstraint("grade BETWEEN 0 AND 5"),
        sa.CheckConstraint("(kind IN ('scheduled', 'drill', 'practice')) = (grade IS NOT NULL)"),
        sa.CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)"),
        sqlite_strict=True,
    )
    op.create_table(
        "daily",
        sa.Column("study_day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("deck_pk", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("grade", sa.Integer, primary_key=True, autoincrement=False),
        _column("introduced"),
        _column("young"),
        _column("mature"),
        _column("drilled"),
        _column("practised"),
        _column("milliseconds", Instant),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text, primary_key=True),
        _column("value", sa.Text),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _indexes() -> None:
    op.create_index("note_by_deck", "note", ["deck_pk", "position"])
    op.create_index("anchor_by_note", "anchor", ["note_pk", "position"], unique=True)
    op.create_index("card_by_note", "card", ["note_pk", "part"], unique=True)
    op.create_index("card_by_deck", "card", ["deck_pk", "due_on"])
    op.create_index("review_by_card", "review", ["card_pk"])
    for name, columns, only in (
        ("card_due", ["deck_pk", "due_on"], f"due_on IS NOT NULL AND {ASKED}"),
        ("card_new", ["deck_pk", "position"], f"due_on IS NULL AND {ASKED}"),
        ("card_drill", ["drill_on"], "drill_on IS NOT NULL"),
        ("card_reviewed", ["reviewed_on"], "reviewed_on IS NOT NULL"),
    ):
        op.create_index(name, "card", columns, sqlite_where=sa.text(only), postgresql_where=sa.text(only))


def _append_only() -> None:
    if op.get_context().dialect.name != "sqlite":
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER review_no_{verb.lower()} BEFORE {verb} ON review "
            "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        )

"""Edits of notes, deeds of several entries, leeches that are kept, and what a note is told as by its file.

Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deck", sa.Column("folder", sa.Text, nullable=False, server_default=sa.text("''")))
    op.add_column("card", sa.Column("kept_lapses", sa.Integer, nullable=False, server_default="0"))
    op.add_column("note", sa.Column("base", sa.Text, nullable=True))
    op.add_column("note", sa.Column("home_pk", sa.Integer, nullable=True))
    op.add_column("review", sa.Column("batch", sa.Text, nullable=True))
    op.create_table(
        "edit",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("entry", sa.Text, nullable=False, unique=True),
        sa.Column("note_pk", sa.Integer, sa.ForeignKey("note.pk", ondelete="RESTRICT"), nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("edit_by_note", "edit", ["note_pk"])
    for name, table, column in (("review_by_batch", "review", "batch"), ("note_away", "note", "home_pk")):
        only = sa.text(f"{column} IS NOT NULL")
        op.create_index(name, table, [column], sqlite_where=only, postgresql_where=only)
    if op.get_context().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER edit_no_{verb.lower()} BEFORE {verb} ON edit "
                "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )

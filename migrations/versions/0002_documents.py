"""Documents keep their headings; notes keep which lint rules they waive and since when their file lacks them.

Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Instant = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("document", sa.Column("headings", sa.Text, nullable=False, server_default="[]"))
    op.add_column("note", sa.Column("waived", sa.Text, nullable=False, server_default="[]"))
    op.add_column("note", sa.Column("missing_ms", Instant, nullable=True))
    only = sa.text("missing_ms IS NOT NULL")
    op.create_index("note_missing", "note", ["missing_ms"], sqlite_where=only, postgresql_where=only)

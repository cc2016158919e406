"""An index of the notes' words, answers by the hour, and small indexes for leeches, anchors and what was undone.

Revises: 0003
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CLOZE = re.compile(r"\{\{(?:c?\d{1,3}::)?(.*?)(?:::[^{}]*?)?\}\}", re.DOTALL)
UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)


def upgrade() -> None:
    op.add_column("note", sa.Column("folded", sa.Text, nullable=True))
    op.create_table(
        "hourly",
        *(sa.Column(name, sa.Integer, primary_key=True, autoincrement=False) for name in ("study_day", "deck_pk")),
        sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("answers", "reviews", "passes")),
        sa.CheckConstraint("hour BETWEEN 0 AND 23"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for name, table, column, only in (
        ("card_leech", "card", "lapses", "lapses >= 8"),
        ("review_undo", "review", "undoes", "undoes IS NOT NULL"),
        ("anchor_astray", "anchor", "note_pk", "standing IN ('unverified', 'lost')"),
    ):
        op.create_index(name, table, [column], sqlite_where=sa.text(only), postgresql_where=sa.text(only))
    _fold_notes()
    _count_hours()
    if op.get_context().dialect.name == "sqlite":
        _index_words()


def _fold_notes() -> None:
    connection = op.get_bind()
    notes = connection.execute(sa.text("SELECT pk, kind, question, answer FROM note")).all()
    folded = [{"ref": ref, "words": words} for ref, *told in notes if (words := _folded(*told)) is not None]
    if folded:
        connection.execute(sa.text("UPDATE note SET folded = :words WHERE pk = :ref"), folded)


def _folded(kind: str, question: str, answer: str) -> str | None:
    text = CLOZE.sub(r"\1", question) if kind == "cloze" else f"{question} {answer}"
    if kind != "cloze" and text.isascii():
        return None
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return UNSPACED.sub(r" \g<0> ", bare)


def _count_hours() -> None:
    """Count what still counts: no undo, and nothing that an undo took back which wasn't itself taken back."""
    connection = op.get_bind()
    undos = connection.execute(sa.text("SELECT id, undoes FROM review WHERE undoes IS NOT NULL ORDER BY pk DESC"))
    undone: set[str] = set()
    for ref, undoes in undos:
        if ref not in undone:
            undone.add(undoes)
    connection.execute(sa.text("CREATE TEMPORARY TABLE undone (id TEXT PRIMARY KEY)"))
    if undone:
        connection.execute(sa.text("INSERT INTO undone VALUES (:id)"), [{"id": ref} for ref in undone])
    connection.execute(
        sa.text(
            """
            INSERT INTO hourly (study_day, deck_pk, hour, answers, reviews, passes)
            SELECT study_day, deck_pk, ((at_ms / 1000 + utc_offset_s) % 86400 + 86400) % 86400 / 3600,
                   count(*), sum(reviewed), sum(CASE WHEN grade >= 3 THEN reviewed ELSE 0 END)
            FROM (SELECT study_day, card_pk, at_ms, utc_offset_s, grade, CASE WHEN kind = 'scheduled' AND
                         lag(ease) OVER (PARTITION BY card_pk ORDER BY clock_ms, clock_count) IS NOT NULL
                         THEN 1 ELSE 0 END AS reviewed
                  FROM review WHERE undoes IS NULL AND id NOT IN (SELECT id FROM undone)) AS counted
                 JOIN card ON card.pk = card_pk
            WHERE grade IS NOT NULL GROUP BY 1, 2, 3
            """
        )
    )
    connection.execute(sa.text("DROP TABLE undone"))


def _index_words() -> None:
    """Make the index, and what tells which notes it must be brought up to date with.

    A trigger can't write to the index itself: libraries are opened with an untrusted schema, and most releases
    of SQLite count a virtual table as unsafe there.
    """
    op.execute(
        "CREATE VIEW note_words AS SELECT pk, coalesce(folded, question || ' ' || answer) AS words FROM note"
    )
    op.execute(
        "CREATE VIRTUAL TABLE note_index USING fts5(words, content='note_words', content_rowid='pk', "
        "tokenize='unicode61 remove_diacritics 2', columnsize=0)"
    )
    op.execute("CREATE TABLE note_changed (pk INTEGER PRIMARY KEY, words TEXT) STRICT")
    old, new = (f"coalesce({row}.folded, {row}.question || ' ' || {row}.answer)" for row in ("old", "new"))
    for name, event, told in (
        ("insert", "INSERT ON note", "new.pk, NULL"),
        ("delete", "DELETE ON note", f"old.pk, {old}"),
        ("update", f"UPDATE OF question, answer, folded ON note WHEN {new} <> {old}", f"old.pk, {old}"),
    ):
        keep = f"INSERT OR IGNORE INTO note_changed (pk, words) VALUES ({told});"
        op.execute(f"CREATE TRIGGER note_index_{name} AFTER {event} BEGIN {keep} END")
    op.execute("INSERT INTO note_index (note_index) VALUES ('rebuild')")

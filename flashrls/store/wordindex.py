"""The index of the notes' words, brought up to date with the notes that a transaction changed."""

from __future__ import annotations

from sqlalchemy import Connection

_TAKE = """
    INSERT INTO note_index (note_index, rowid, words)
    SELECT 'delete', pk, words FROM note_changed WHERE words IS NOT NULL
"""
_PUT = """
    INSERT INTO note_index (rowid, words)
    SELECT pk, words FROM note_words WHERE pk IN (SELECT pk FROM note_changed)
"""


def index_words(connection: Connection) -> None:
    """Index the words of notes that came, changed or went; triggers keep which, and what was indexed of them."""
    if connection.exec_driver_sql("SELECT 1 FROM note_changed LIMIT 1").first() is None:
        return
    for step in (_TAKE, _PUT, "DELETE FROM note_changed"):
        connection.exec_driver_sql(step)

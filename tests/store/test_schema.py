"""The file's format: made private, recognised without a byte changed, upgraded in full or not at all."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, NullPool, create_engine

from flashrls.errors import (
    FlashrlsError,
    LibraryLocked,
    LibraryTooNew,
    LibraryUnusable,
    NotALibrary,
)
from flashrls.resources import folder
from flashrls.store import schema, tables
from flashrls.store.driver import sqlite, wal_is_safe
from flashrls.store.library import open_library
from flashrls.store.schema import APPLICATION_ID, FORMAT, backup, format_of, make, migrate, upgrade
from tests.store.making import FakeClock, basic, beside, deck_of, digest, dump, grade, make_library, numbered, rows

NAMES = [
    "a%20b.db",
    "a b.db",
    "a#b.db",
    "a?b.db",
    "a?mode=memory",
    "Übung 札.db",
    "a&b=c;d.db",
    "[a].db",
    "'a'.db",
    "ohne",
]


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def pragmas(path: Path) -> tuple[int, int]:
    return rows(path, "PRAGMA application_id")[0][0], rows(path, "PRAGMA user_version")[0][0]


def pragmas_in_header(path: Path) -> tuple[int, int]:
    """The same two, as the file's first page has them at this instant."""
    head = path.read_bytes()[:100]
    return int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")


@pytest.mark.usefixtures("no_umask")
def test_a_library_and_its_folders_are_for_their_owner_only(place: Path) -> None:
    path = place / "outer" / "inner" / "library.db"
    with open_library(path, clock=FakeClock()) as library:
        library.import_decks([("a.md", numbered(1))])
        assert {mode(found) for found in path.parent.iterdir()} == {0o600}
    assert [mode(path), mode(path.parent), mode(path.parent.parent)] == [0o600, 0o700, 0o700]
    assert beside(path) == []


@pytest.mark.usefixtures("no_umask")
def test_the_journal_of_a_grade_is_for_the_owner_only(path: Path) -> None:
    with open_library(path, clock=FakeClock()) as library, library._writing() as connection:
        connection.exec_driver_sql("INSERT INTO setting VALUES ('a', 'b')")
        assert {mode(found) for found in path.parent.iterdir()} == {0o600}
        assert len(list(path.parent.iterdir())) >= 2


def test_a_folder_that_is_there_keeps_its_mode(place: Path) -> None:
    place.chmod(0o755)
    make(place / "library.db")
    assert mode(place) == 0o755


@pytest.mark.parametrize("name", NAMES)
def test_a_library_has_the_name_it_was_given(place: Path, name: str) -> None:
    path = place / name
    for _ in range(2):
        with open_library(path, clock=FakeClock()) as library:
            library.import_decks([("a.md", numbered(2))])
            assert [deck.name for deck in library.today().decks] == ["Meer"]
    assert [found.name for found in place.iterdir()] == [name]
    assert format_of(path) == FORMAT


def test_a_fresh_library_is_empty_and_says_whose_it_is(place: Path) -> None:
    path = place / "library.db"
    assert format_of(path) is None
    make(path)
    assert format_of(path) == FORMAT
    assert pragmas(path) == (0x464C5253, FORMAT) == (APPLICATION_ID, FORMAT)
    assert {table: len(found) for table, found in dump(path).items() if found} == {}


def test_making_a_library_that_is_there_by_now_changes_nothing(path: Path) -> None:
    before = digest(path)
    make(path)
    assert (digest(path), beside(path)) == (before, [])


def test_where_no_library_can_be_made_none_is_said_to_be_readable(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(schema, "_create_private", refuse)
    with pytest.raises(LibraryUnusable) as raised:
        make(place / "library.db")
    assert raised.value.message == f"{place / 'library.db'}: the library can't be made (Permission denied)."


@pytest.fixture
def no_hard_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", refuse)


@pytest.mark.usefixtures("no_hard_links")
def test_a_library_is_made_where_there_are_no_hard_links(place: Path) -> None:
    make(place / "library.db")
    assert format_of(place / "library.db") == FORMAT
    assert beside(place / "library.db") == []


@pytest.mark.usefixtures("no_hard_links")
def test_without_hard_links_a_library_that_is_there_by_now_is_not_replaced_either(path: Path) -> None:
    before = digest(path)
    make(path)
    assert (digest(path), beside(path)) == (before, [])


@pytest.mark.usefixtures("no_hard_links")
def test_without_hard_links_one_process_waits_for_the_other_that_makes_the_library(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = place / ".library.db.lock.new"
    lock.touch()
    monkeypatch.setattr(time, "sleep", lambda _seconds: lock.unlink())
    make(place / "library.db")
    assert format_of(place / "library.db") == FORMAT
    (place / ".other.db.lock.new").touch()
    monkeypatch.setattr(schema, "LOCK_TIMEOUT_S", -1)
    with pytest.raises(LibraryLocked):
        make(place / "other.db")


def strangers_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1")
        connection.execute("CREATE TABLE deck (pk INTEGER)")
        connection.commit()


def newer_file(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("write", "error", "words"),
    [
        (lambda path: path.touch(), NotALibrary, "the file is empty"),
        (lambda path: path.write_text("x"), NotALibrary, "it is not an SQLite file"),
        (lambda path: path.write_text("Q: Was?\nA: Das.\n" * 999), NotALibrary, "it is not an SQLite file"),
        (lambda path: path.write_bytes(bytes(8192)), NotALibrary, "it is not an SQLite file"),
        (lambda path: path.mkdir(), NotALibrary, "it is not a file"),
        (lambda path: path.symlink_to("nowhere"), NotALibrary, "it is a link that leads nowhere"),
        (lambda path: path.symlink_to(path.name), LibraryUnusable, "Too many levels of symbolic links"),
        (os.mkfifo, NotALibrary, "it is not a file"),
        (strangers_file, NotALibrary, "another program's SQLite file"),
        (newer_file, LibraryTooNew, f"(format 99, this program knows {FORMAT})"),
    ],
)
def test_what_is_not_a_library_is_declined_and_not_touched(
    place: Path, write: Callable[[Path], object], error: type[FlashrlsError], words: str
) -> None:
    path = place / "something.db"
    write(path)
    before = digest(path) if path.is_file() else None
    stamps = path.stat(follow_symlinks=False).st_mtime_ns
    with pytest.raises(error) as raised, open_library(path, clock=FakeClock()):
        pass
    assert words in raised.value.message
    assert str(path) in raised.value.message
    assert raised.value.mend
    assert (digest(path) if path.is_file() else None) == before
    assert path.stat(follow_symlinks=False).st_mtime_ns == stamps
    assert beside(path) == []


def test_a_link_to_a_library_opens_the_library(path: Path) -> None:
    link = path.with_name("link.db")
    link.symlink_to(path)
    with open_library(link, clock=FakeClock()) as library:
        library.import_decks([("a.md", numbered(1))])
    assert rows(path, "SELECT name FROM deck") == [("Meer",)]
    assert link.is_symlink()


@pytest.mark.parametrize("under", ["taken/library.db", "taken/deeper/library.db"])
def test_a_library_can_not_be_made_under_a_file(place: Path, under: str) -> None:
    (place / "taken").write_text("text")
    with pytest.raises(LibraryUnusable, match="the library can't be made"), open_library(place / under):
        pass
    assert (place / "taken").read_text() == "text"


def test_a_name_that_is_too_long_is_told_in_words(place: Path) -> None:
    with pytest.raises(LibraryUnusable), open_library(place / ("x" * 300)):
        pass


_MAKE = """
import sys
from pathlib import Path
from flashrls.store.library import open_library
from tests.store.making import numbered
sys.stdin.readline()
with open_library(Path(sys.argv[1])) as library:
    print(library.import_decks([("a.md", numbered(1, name=sys.argv[2], key=sys.argv[2]))]).faults)
"""


def test_processes_that_make_the_same_library_at_the_same_time_share_one(place: Path) -> None:
    path = place / "library.db"
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", _MAKE, str(path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
            text=True,
        )
        for name in ("eins", "zwei", "drei")
    ]
    for maker in makers:
        assert maker.stdin
        maker.stdin.write("\n")
        maker.stdin.flush()
    assert [maker.communicate()[0] for maker in makers] == ["0\n"] * 3
    assert {name for (name,) in rows(path, "SELECT name FROM deck")} == {"eins", "zwei", "drei"}
    assert len(rows(path, "SELECT value FROM setting WHERE key = 'device'")) == 1
    assert beside(path) == []


@pytest.mark.parametrize("name", ["library.db", "[a]*.db"])
def test_what_a_killed_program_left_is_swept_after_an_hour(place: Path, name: str) -> None:
    old, older_journal, young, others = (
        place / f".{name}.1.new",
        place / f".{name}.1.new-journal",
        place / f".{name}.2.new",
        place / ".other.db.1.new",
    )
    for left in (old, older_journal, young, others):
        left.touch()
    an_hour_ago = time.time() - 3_700
    for left in (old, older_journal, others):
        os.utime(left, (an_hour_ago, an_hour_ago))
    make(place / name)
    assert {found.name for found in place.iterdir()} == {name, young.name, others.name}


def revision(scripts: Path, number: str, follows: str | None, body: str) -> None:
    """Write a migration into the folder of scripts."""
    lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
    (scripts / "versions" / f"{number}_test.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\n"
        f"revision = {number!r}\ndown_revision = {follows!r}\n\n\ndef upgrade() -> None:\n{lines}"
    )


@pytest.fixture
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of migrations of our own that begins with the program's."""
    made = tmp_path_factory.mktemp("scripts")
    (made / "versions").mkdir()
    (made / "env.py").write_text((folder("migrations") / "env.py").read_text())
    for script in (folder("migrations") / "versions").glob("*.py"):
        (made / "versions" / script.name).write_text(script.read_text())
    return made


@pytest.fixture
def studied(path: Path) -> Path:
    """A library with two decks and some grades."""
    with open_library(path, clock=FakeClock()) as library:
        library.import_decks([("a.md", numbered(3)), ("b.md", numbered(2, name="Berge", key="berge", prefix="b"))])
        grade(library, "k1", 4)
        grade(library, "b2", 1)
    return path


HEAD = f"{FORMAT:04}"
NEXT = f"{FORMAT + 1:04}"


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was_and_can_be_tried_again(
    studied: Path, scripts: Path
) -> None:
    revision(scripts, NEXT, HEAD, "op.execute('CREATE TABLE half (a)')\nraise ValueError('half-way')")
    before = dump(studied), rows(studied, "SELECT * FROM sqlite_master"), pragmas(studied)
    with pytest.raises(ValueError, match="half-way"):
        migrate(studied, scripts=scripts)
    assert (dump(studied), rows(studied, "SELECT * FROM sqlite_master"), pragmas(studied)) == before
    assert beside(studied) == []
    revision(scripts, NEXT, HEAD, "op.execute('CREATE TABLE half (a)')")
    migrate(studied, scripts=scripts)
    assert pragmas(studied) == (APPLICATION_ID, FORMAT + 1)
    assert rows(studied, "SELECT count(*) FROM half") == [(0,)]
    assert dump(studied) == before[0]


def test_a_table_can_be_rebuilt_without_losing_what_points_to_it(studied: Path, scripts: Path) -> None:
    revision(
        scripts,
        NEXT,
        HEAD,
        """
with op.batch_alter_table("deck", recreate="always") as batch:
    batch.add_column(sa.Column("colour", sa.Text))
""",
    )
    before = dump(studied)
    migrate(studied, scripts=scripts)
    after = dump(studied)
    assert [row[:-1] for row in after.pop("deck")] == before.pop("deck")
    assert after == before
    assert rows(studied, "SELECT name, colour FROM deck") == [("Meer", None), ("Berge", None)]
    assert len(after["card"]) == 5


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("op.execute('DROP TRIGGER review_no_update')", "the upgrade lost review_no_update; nothing was changed"),
        ("op.execute('DELETE FROM note')", "5 rows lost what they point to; nothing was changed"),
        (
            "op.rename_table('review', 'old')\nop.execute('CREATE TABLE review AS SELECT * FROM old')",
            "the upgrade lost review_no_delete, review_no_update; nothing was changed",
        ),
    ],
)
def test_a_migration_that_loses_triggers_or_rows_is_refused(
    studied: Path, scripts: Path, body: str, words: str
) -> None:
    revision(scripts, NEXT, HEAD, body)
    before = dump(studied), rows(studied, "SELECT * FROM sqlite_master"), pragmas(studied)
    with pytest.raises(LibraryUnusable, match=words):
        migrate(studied, scripts=scripts)
    assert (dump(studied), rows(studied, "SELECT * FROM sqlite_master"), pragmas(studied)) == before


def test_a_folder_of_migrations_may_have_a_percent_sign_in_its_name(place: Path, scripts: Path) -> None:
    moved = scripts.rename(place / "50%20(x)s")
    path = place / "library.db"
    path.touch()
    migrate(path, scripts=moved)
    assert format_of(path) == FORMAT


def test_migrating_again_changes_nothing(studied: Path) -> None:
    before = dump(studied), rows(studied, "SELECT * FROM sqlite_master")
    migrate(studied)
    assert (dump(studied), rows(studied, "SELECT * FROM sqlite_master")) == before


def test_a_migration_waits_for_other_writers_and_then_gives_up(studied: Path) -> None:
    with closing(sqlite3.connect(studied, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLocked):
            migrate(studied, lock_timeout_s=0.05)


@pytest.mark.usefixtures("no_umask")
def test_an_upgrade_saves_the_file_first(studied: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    revision(scripts, NEXT, HEAD, "op.execute('CREATE TABLE more (a)')")
    monkeypatch.setattr(schema, "folder", lambda _: scripts)
    before = dump(studied)
    saved = upgrade(studied, FORMAT)
    assert saved == studied.with_name(f"library.db.format-{FORMAT}.backup")
    assert pragmas(studied) == (APPLICATION_ID, FORMAT + 1)
    assert (format_of(saved), dump(saved), mode(saved)) == (FORMAT, before, 0o600)
    assert rows(saved, "PRAGMA quick_check") == [("ok",)]
    assert beside(studied) == [saved.name]


def test_an_upgrade_that_fails_leaves_the_library_and_a_copy(
    studied: Path, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision(scripts, NEXT, HEAD, "raise ValueError('no')")
    monkeypatch.setattr(schema, "folder", lambda _: scripts)
    before = dump(studied)
    with pytest.raises(ValueError, match="no"):
        upgrade(studied, FORMAT)
    assert (dump(studied), format_of(studied)) == (before, FORMAT)
    assert dump(studied.with_name(f"library.db.format-{FORMAT}.backup")) == before


def test_a_library_of_an_older_format_is_upgraded_when_it_is_opened(studied: Path) -> None:
    """Format 0 was never released; its number makes the program run what migrations there are."""
    with closing(sqlite3.connect(studied)) as connection:
        connection.execute("PRAGMA user_version = 0")
    with open_library(studied, clock=FakeClock()) as library:
        assert len(library.today().decks) == 2
    assert format_of(studied) == FORMAT
    assert beside(studied) == ["library.db.format-0.backup"]


def test_an_upgrade_that_a_crash_cut_off_is_done_again(studied: Path) -> None:
    """The file says that it was upgraded, but its journal takes that back when SQLite opens it."""
    journal = studied.with_name("library.db-journal")
    with closing(sqlite3.connect(studied, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA user_version = 0")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("PRAGMA cache_spill = 1")
        connection.execute("BEGIN")
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("CREATE TABLE half AS SELECT randomblob(5000) FROM sqlite_master a, sqlite_master b")
        left = journal.read_bytes()
        connection.execute("COMMIT")
    journal.write_bytes(left)
    assert pragmas_in_header(studied) == (APPLICATION_ID, FORMAT)
    with open_library(studied, clock=FakeClock()) as library:
        assert len(library.today().decks) == 2
    assert pragmas(studied) == (APPLICATION_ID, FORMAT)
    assert rows(studied, "SELECT name FROM sqlite_master WHERE name = 'half'") == []
    assert pragmas(studied.with_name("library.db.format-0.backup")) == (APPLICATION_ID, 0)


def test_a_backup_is_the_same_library_and_replaces_an_older_one(studied: Path, place: Path) -> None:
    target = place / "a%20b #?.backup"
    target.write_text("old")
    assert backup(studied, target) == target
    assert (dump(target), format_of(target), mode(target)) == (dump(studied), FORMAT, 0o600)
    assert beside(studied) == [target.name]


def test_a_backup_of_a_damaged_library_is_refused(studied: Path, place: Path) -> None:
    content = bytearray(studied.read_bytes())
    (root,) = rows(studied, "SELECT rootpage FROM sqlite_master WHERE name = 'card_by_note'")[0]
    (size,) = rows(studied, "PRAGMA page_size")[0]
    content[(root - 1) * size : (root - 1) * size + 64] = b"\xff" * 64
    studied.write_bytes(content)
    with pytest.raises(LibraryUnusable, match="the library is damaged"):
        backup(studied, place / "copy")
    assert beside(studied) == []


def test_a_backup_does_not_wait_for_ever(studied: Path, place: Path) -> None:
    if wal_is_safe(sqlite.sqlite_version_info):
        pytest.skip("nobody holds up a reader of a write-ahead log")
    with closing(sqlite3.connect(studied, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryLocked):
            backup(studied, place / "copy", lock_timeout_s=0.05)
    assert beside(studied) == []


def test_a_backup_into_a_folder_that_is_not_there_is_told_in_words(studied: Path, place: Path) -> None:
    with pytest.raises(LibraryUnusable, match="the copy can't be made"):
        backup(studied, place / "nowhere" / "copy")


def test_the_format_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [f"{FORMAT:04}"]


def test_the_tables_are_what_the_migrations_make(path: Path) -> None:
    """Foreign keys stand in the migrations alone, so they are missing in the tables on purpose."""
    engine = create_engine(URL.create("sqlite", database=str(path)), poolclass=NullPool)
    options = {"compare_type": True, "compare_server_default": True}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        found = [difference[0] for difference in compare_metadata(context, tables.metadata)]
    # The index of words isn't SQLAlchemy's, nor what triggers keep for it.
    assert found == ["remove_table"] * 5 + ["remove_fk"] * 8


def test_triggers_indexes_and_strict_tables_are_there(path: Path) -> None:
    names = "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%' ORDER BY name"
    assert rows(path, names, "trigger") == [
        ("edit_no_delete",),
        ("edit_no_update",),
        ("note_index_delete",),
        ("note_index_insert",),
        ("note_index_update",),
        ("review_no_delete",),
        ("review_no_update",),
    ]
    assert [name for (name,) in rows(path, names, "index")] == [
        "anchor_astray",
        "anchor_by_note",
        "card_by_deck",
        "card_by_note",
        "card_drill",
        "card_due",
        "card_leech",
        "card_new",
        "card_reviewed",
        "edit_by_note",
        "note_away",
        "note_by_deck",
        "note_missing",
        "review_by_batch",
        "review_by_card",
        "review_undo",
    ]
    partial = "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE INDEX%WHERE%' ORDER BY name"
    assert [(name, sql.partition(" WHERE ")[2]) for name, sql in rows(path, partial)] == [
        ("anchor_astray", "standing IN ('unverified', 'lost')"),
        ("card_drill", "drill_on IS NOT NULL"),
        ("card_due", "due_on IS NOT NULL AND suspended = 0 AND held IS NULL"),
        ("card_leech", "lapses >= 8"),
        ("card_new", "due_on IS NULL AND suspended = 0 AND held IS NULL"),
        ("card_reviewed", "reviewed_on IS NOT NULL"),
        ("note_away", "home_pk IS NOT NULL"),
        ("note_missing", "missing_ms IS NOT NULL"),
        ("review_by_batch", "batch IS NOT NULL"),
        ("review_undo", "undoes IS NOT NULL"),
    ]
    strict = "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'"
    mine = [name for (name,) in rows(path, strict) if not name.startswith("note_index")]
    assert mine == ["alembic_version"]


def another_entry(kind: str, grade: str, *, entry_id: str = "'x'", card: str = "card_pk") -> str:
    """SQL that writes an entry like the first, but for these."""
    rest = "ease, repetitions, interval_days, due_on, clock_ms, clock_count, device, batch"
    return (
        f"INSERT INTO review SELECT 99, {entry_id}, {card}, {kind}, at_ms, utc_offset_s, study_day, {grade}, "
        f"reveal_ms, grade_ms, revision, undoes, {rest} FROM review LIMIT 1"
    )


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE review SET grade = 5", "the log is append-only"),
        ("UPDATE review SET study_day = study_day", "the log is append-only"),
        ("DELETE FROM review", "the log is append-only"),
        ("DELETE FROM review WHERE grade = 1", "the log is append-only"),
        ("DELETE FROM card", "FOREIGN KEY constraint failed"),
        ("DELETE FROM note", "FOREIGN KEY constraint failed"),
        ("DELETE FROM deck", "FOREIGN KEY constraint failed"),
        ("UPDATE card SET ease = 129", "CHECK constraint failed"),
        ("UPDATE card SET interval_days = 36501 WHERE ease IS NOT NULL", "CHECK constraint failed"),
        ("UPDATE card SET due_on = NULL WHERE ease IS NOT NULL", "CHECK constraint failed"),
        ("UPDATE card SET suspended = 2", "CHECK constraint failed"),
        ("UPDATE card SET lapses = 9", "CHECK constraint failed"),
        ("UPDATE card SET held = 'lost'", "CHECK constraint failed"),
        ("UPDATE card SET due_on = 'tomorrow'", "cannot store TEXT value in INTEGER column"),
        ("UPDATE note SET kind = 'poem'", "CHECK constraint failed"),
        ("UPDATE note SET key = 'same'", "UNIQUE constraint failed"),
        (another_entry("kind", "6"), "CHECK constraint failed"),
        (another_entry("'drill'", "NULL"), "CHECK constraint failed"),
        (another_entry("'bury'", "4"), "CHECK constraint failed"),
        (another_entry("'undo'", "NULL"), "CHECK constraint failed"),
        (another_entry("kind", "grade", entry_id="id"), "UNIQUE constraint failed"),
        (another_entry("kind", "grade", card="99"), "FOREIGN KEY constraint failed"),
    ],
)
def test_the_database_itself_refuses_what_would_break_it(studied: Path, sql: str, words: str) -> None:
    with closing(sqlite3.connect(studied)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match=words):
            connection.execute(sql)


_AS_NOBODY = """
import os, sys, tempfile
from pathlib import Path
from flashrls.errors import FlashrlsError
from flashrls.store import schema
from flashrls.store.library import open_library
with tempfile.TemporaryDirectory() as folder, open_library(Path(folder) / "warm") as library:
    library.today()  # nobody can read the modules, so all are read now
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    if sys.argv[2] == "backup":
        schema.backup(Path(sys.argv[1]), Path(sys.argv[1] + ".copy"))
    with open_library(Path(sys.argv[1])) as library:
        print(len(library.today().decks))
except FlashrlsError as error:
    print(type(error).__name__, error.exit_code)
"""


def as_nobody(path: Path, what: str = "open") -> str:
    """What opening the library says to a user who owns nothing."""
    command = [sys.executable, "-c", _AS_NOBODY, str(path), what]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can enter and only root can write to."""
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


def test_a_library_in_a_folder_that_may_not_be_entered_is_told_in_words(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    make(closed / "library.db")
    assert as_nobody(closed / "library.db") == "LibraryUnusable 1"
    assert as_nobody(closed / "deeper" / "library.db") == "LibraryUnusable 1"


def test_a_library_that_may_not_be_read_is_told_in_words(open_folder: Path) -> None:
    path = make_library(open_folder)
    assert as_nobody(path) == "LibraryUnusable 1"


def test_a_library_can_not_be_made_where_nothing_may_be_written(open_folder: Path) -> None:
    assert as_nobody(open_folder / "library.db") == "LibraryUnusable 1"
    assert as_nobody(open_folder / "new" / "library.db") == "LibraryUnusable 1"
    assert list(open_folder.iterdir()) == []


def test_a_backup_can_not_be_made_where_nothing_may_be_written(open_folder: Path) -> None:
    path = make_library(open_folder)
    path.chmod(0o644)
    assert as_nobody(path, "backup") == "LibraryReadOnly 1"


def test_an_upgrade_that_can_not_be_saved_first_does_not_begin(open_folder: Path) -> None:
    path = make_library(open_folder, deck_of(basic("Was?")))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 0")
    path.chmod(0o666)
    assert as_nobody(path) == "LibraryReadOnly 1"
    assert format_of(path) == 0

"""The engine: durable connections, writers that lose nothing to each other, faults of the disk."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from flashrls.errors import FlashrlsError, LibraryLocked, LibraryUnusable, NotALibrary
from flashrls.log import EntryKind
from flashrls.query import parse_query
from flashrls.store.driver import set_up, sqlite, told, wal_is_safe
from flashrls.store.engine import open_engine
from flashrls.store.library import Library, open_library
from tests.store.making import (
    SCHEDULED,
    FakeClock,
    asked_ids,
    check_caches,
    dump,
    grade,
    make_library,
    numbered,
    rows,
    shown,
)
from tests.store.making import (
    told as files,
)

ROOT = Path(__file__).parents[2]
WAL = wal_is_safe(sqlite.sqlite_version_info)
"""Whether the libraries of this run have a write-ahead log, where nobody holds up a reader."""


@pytest.fixture
def path(place: Path) -> Path:
    """The file of a library with three cards."""
    return make_library(place, numbered(3))


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 9), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 50, 12), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_the_write_ahead_log_is_used_only_with_the_mend_for_its_race(
    version: tuple[int, int, int], safe: bool
) -> None:
    assert wal_is_safe(version) is safe


def test_every_connection_is_durable_and_careful(path: Path) -> None:
    names = ("foreign_keys", "trusted_schema", "cell_size_check", "mmap_size", "synchronous", "journal_mode")
    engine = open_engine(path, lock_timeout_s=1.5)
    with engine.connect() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
        (timeout_ms,) = connection.exec_driver_sql("PRAGMA busy_timeout").one()
    engine.dispose()
    full, extra = 2, 3
    durable = [full, "wal"] if WAL else [extra, "delete"]
    assert found == [1, 0, 1, 0, *durable]
    assert timeout_ms == 1_500


def test_a_file_in_another_journal_mode_is_brought_back(path: Path) -> None:
    if WAL:
        pytest.skip("this SQLite is trusted with a write-ahead log")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    with open_library(path, clock=FakeClock()) as library:
        grade(library, "k1", 4)
    assert rows(path, "PRAGMA journal_mode") == [("delete",)]
    assert len(rows(path, "SELECT * FROM review")) == 1


def test_a_connection_that_keeps_others_from_changing_the_journal_does_no_harm(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        wanted = "DELETE" if WAL else "WAL"
        other.execute(f"PRAGMA journal_mode = {wanted}")
        other.execute("BEGIN")
        other.execute("SELECT * FROM card").fetchall()
        with closing(sqlite.connect(path, timeout=0.05)) as connection:
            set_up(connection)
            assert connection.execute("SELECT count(*) FROM card").fetchone() == (3,)


def exclusively(path: Path) -> None:
    """Take the whole file for an instant; fails while anybody holds any lock."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        other.execute("COMMIT")


READERS: dict[str, Callable[[Library], object]] = {
    "today": lambda library: library.today(),
    "session": lambda library: library.session(),
    "practice": lambda library: library.practice(),
    "cards": lambda library: library.cards([1, 2]),
    "find": lambda library: library.find(parse_query("frage")),
    "card": lambda library: library.card("k1"),
    "log_of": lambda library: library.log_of(1),
    "refold": lambda library: library.refold(1),
    "plan": lambda library: library.plan(files(numbered(4))),
    "remembered": lambda library: library.remembered("device"),
    "grade": lambda library: grade(library, "k1", 4),
    "import_decks": lambda library: library.import_decks(files(numbered(4))),
}


@pytest.mark.parametrize("name", READERS)
def test_nothing_is_locked_between_two_calls(path: Path, name: str) -> None:
    with open_library(path, clock=FakeClock()) as library:
        exclusively(path)
        READERS[name](library)
        exclusively(path)


@pytest.mark.parametrize("name", READERS)
def test_nothing_is_locked_after_a_call_that_failed(path: Path, name: str) -> None:
    if WAL and name not in {"grade", "import_decks"}:
        pytest.skip("nobody holds up a reader of a write-ahead log")
    with open_library(path, clock=FakeClock(), lock_timeout_s=0.01) as library:
        with (
            closing(sqlite3.connect(path, isolation_level=None)) as other,
            pytest.raises(LibraryLocked),
        ):
            other.execute("BEGIN EXCLUSIVE")
            READERS[name](library)
        exclusively(path)
        READERS[name](library)


def test_a_reader_does_not_keep_a_writer_from_beginning(path: Path) -> None:
    with (
        open_library(path, clock=FakeClock(), lock_timeout_s=0.05) as library,
        library._reading() as reading,
        library._writing() as writing,
    ):
        before = reading.exec_driver_sql("SELECT count(*) FROM setting WHERE key = 'a'").scalar()
        writing.exec_driver_sql("INSERT INTO setting VALUES ('a', 'b')")
        assert before == reading.exec_driver_sql("SELECT count(*) FROM setting WHERE key = 'a'").scalar() == 0
        reading.rollback()


def test_a_writer_keeps_another_writer_out_from_its_beginning(path: Path) -> None:
    """Not from its first change: two that had read the same would both write what they made of it."""
    with (
        open_library(path, clock=FakeClock(), lock_timeout_s=0.05) as library,
        library._writing(),
        pytest.raises(LibraryLocked),
        library._writing(),
    ):
        pass


@pytest.mark.parametrize("lock", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_a_library_that_another_program_holds_is_locked_and_stays_as_it_was(path: Path, lock: str) -> None:
    before = dump(path)
    clock = FakeClock()
    with open_library(path, clock=clock, lock_timeout_s=0.05) as library:
        card = shown(library, "k1")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute(lock)
            for write in (
                lambda: library.grade(card, SCHEDULED, 4),
                lambda: library.mark([1], EntryKind.SUSPEND),
                library.undo,
                lambda: library.import_decks(files(numbered(9))),
                lambda: library.remember("a", "b"),
            ):
                with pytest.raises(LibraryLocked) as raised:
                    write()
                assert raised.value.exit_code == 7
        assert dump(path) == before
        assert library.grade(card, SCHEDULED, 4).state.reviews == 1


def test_a_grade_that_can_not_be_committed_is_not_saved(path: Path) -> None:
    """Where there is no write-ahead log, somebody who only reads can hold a commit up."""
    if WAL:
        pytest.skip("a reader never holds up a write-ahead log")
    before = dump(path)
    with open_library(path, clock=FakeClock(), lock_timeout_s=0.05) as library:
        card = shown(library, "k1")
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM card").fetchone()
            with pytest.raises(LibraryLocked):
                library.grade(card, SCHEDULED, 4)
        assert dump(path) == before
        assert library.grade(card, SCHEDULED, 4).state.reviews == 1


def test_a_library_that_is_locked_while_it_is_opened_is_told_in_words(path: Path) -> None:
    if WAL:
        pytest.skip("nobody holds up a reader of a write-ahead log")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LibraryLocked) as raised, open_library(path, lock_timeout_s=0.05):
            pass
    assert str(path) in raised.value.message


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder where commits cost nothing; what is lost in a power cut is not what its tests are about."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if os.access(shared, os.W_OK) else None) as made:
        yield Path(made)


_GRADER = """
import itertools, sys, time
from pathlib import Path
from flashrls.log import EntryKind
from flashrls.store.library import open_library
from tests.store.making import FakeClock
path, clock, first, count = Path(sys.argv[1]), FakeClock(), int(sys.argv[2]), int(sys.argv[3])
with open_library(path, clock=clock, lock_timeout_s=60) as library:
    sys.stdin.readline()
    for card in library.cards(range(first, first + count)):
        for grade in itertools.cycle((4, 3, 5, 2)) if sys.argv[4] == "endless" else (card.ref % 6,):
            card = library.grade(card, EntryKind.SCHEDULED, grade, reveal_ms=900, grade_ms=card.ref)
            print(card.last_entry, flush=True)
            time.sleep(0.001)  # lets the others in
"""


def grader(path: Path, first: int, count: int, how: str) -> subprocess.Popen[str]:
    """A process that grades cards and prints the id of every entry that it was told is saved."""
    command = [sys.executable, "-c", _GRADER, str(path), str(first), str(count), how]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, text=True)


def begin(*graders: subprocess.Popen[str]) -> None:
    for one in graders:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()


def test_two_processes_that_grade_at_the_same_time_lose_nothing(memory: Path) -> None:
    path = make_library(memory, numbered(600))
    graders = [grader(path, 1, 300, "once"), grader(path, 301, 300, "once")]
    begin(*graders)
    told = [one.communicate() for one in graders]
    assert [complaint for _, complaint in told] == ["", ""]
    acknowledged = [entry for entries, _ in told for entry in entries.split()]
    assert len(acknowledged) == 600
    assert set(acknowledged) == {entry for (entry,) in rows(path, "SELECT id FROM review")}
    with open_library(path, clock=FakeClock()) as library:
        check_caches(path, library)
        today = library.today()
    assert today.week == (0, 0, 0, 0, 0, 0, 600)
    assert today.answer_ms == 900 + (1 + 600) * 600 // 2 // 600
    assert rows(path, "SELECT count(*), count(DISTINCT clock_count) FROM review WHERE clock_count < 600") == [
        (600, 600)
    ]


def test_a_grade_that_was_acknowledged_survives_a_kill(memory: Path) -> None:
    path = make_library(memory, numbered(3))
    acknowledged: list[str] = []
    chance = random.Random(20_260_302)
    for _ in range(7):
        graders = [grader(path, card, 1, "endless") for card in (1, 2, 3)]
        begin(*graders)
        for one in graders:
            assert one.stdout
            acknowledged.append(one.stdout.readline().strip())
        for one in graders:
            time.sleep(chance.uniform(0, 0.05))
            one.send_signal(signal.SIGKILL)
            printed, _ = one.communicate()
            *whole, _ = printed.split("\n")
            acknowledged += whole
    saved = [entry for (entry,) in rows(path, "SELECT id FROM review")]
    assert len(acknowledged) > 20
    assert set(acknowledged) - set(saved) == set()
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    with open_library(path, clock=FakeClock()) as library:
        check_caches(path, library)
        before = shown(library, "k1").state.reviews
        assert grade(library, "k1", 4).state.reviews == before + 1


_KILLED_IMPORT = """
import os, signal, sys, threading
from pathlib import Path
from flashrls.store.library import open_library
from tests.store.making import FakeClock, numbered, told
decks = told(*(numbered(400, name=f"D{n}", key=f"d{n}", prefix=f"d{n}k") for n in range(5)))
with open_library(Path(sys.argv[1]), clock=FakeClock()) as library:
    threading.Timer(float(sys.argv[2]), os.kill, (os.getpid(), signal.SIGKILL)).start()
    library.import_decks(decks)
    sys.stdout.write("done")
    sys.stdout.flush()
    threading.Event().wait(5)
"""


@pytest.mark.parametrize("after_s", [0.005, 0.02, 0.06, 0.4])
def test_an_import_that_is_killed_is_there_in_full_or_not_at_all(memory: Path, after_s: float) -> None:
    path = make_library(memory, numbered(3))
    command = [sys.executable, "-c", _KILLED_IMPORT, str(path), str(after_s)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with open_library(path, clock=FakeClock()) as library:
        decks = len(library.today().decks)
    assert decks in (1, 6)
    if done.stdout == "done":
        assert decks == 6
    assert rows(path, "SELECT count(*) FROM card")[0][0] == (3 if decks == 1 else 2_003)


_NOBODY = """
import os, sys
from pathlib import Path
from flashrls.errors import FlashrlsError
from flashrls.log import EntryKind
from flashrls.query import EVERYTHING
from flashrls.store import glance, today
from flashrls.store.library import open_library
from tests.store.making import FakeClock, make_library, numbered, told
path = Path(sys.argv[1])
with open_library(make_library(Path(sys.argv[2]), numbered(1)), clock=FakeClock()) as library:
    library.find(EVERYTHING)  # nobody can read the modules, so all are read now
os.setgroups([]); os.setgid(65534); os.setuid(65534)
with glance.glancing(path) as ask:
    print(len(today.decks(ask, FakeClock()().study_day())))
with open_library(path, clock=FakeClock()) as library:
    print(library.today().queue.total, len(library.session().turns), len(library.find(EVERYTHING)))
    card = library.card("k1").card
    for write in (
        lambda: library.grade(card, EntryKind.SCHEDULED, 4),
        lambda: library.mark([1], EntryKind.SUSPEND),
        lambda: library.import_decks(told(numbered(9))),
        lambda: library.remember("a", "b"),
    ):
        try:
            write()
        except FlashrlsError as error:
            print(type(error).__name__)
    print(library.card("k1").card == card)
"""


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "with_device"),
    [(0o644, 0o755, True), (0o666, 0o755, True), (0o644, 0o777, True), (0o644, 0o755, False)],
    ids=["file and folder", "folder", "file", "never opened before"],
)
def test_what_can_not_be_written_can_still_be_read(file_mode: int, folder_mode: int, with_device: bool) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can become somebody else")
    if WAL:
        pytest.skip("a write-ahead log can't be read where nothing may be written")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "library"
        folder.mkdir()
        (folder.parent / "warm").mkdir()
        path = make_library(folder, numbered(3))
        if not with_device:
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("DELETE FROM setting")
                connection.commit()
        before = dump(path)
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        folder.parent.chmod(0o755)
        command = [sys.executable, "-c", _NOBODY, str(path), str(folder.parent / "warm")]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        assert done.stdout.split() == ["1", "3", "3", "3", *["LibraryReadOnly"] * 4, "True"]
        assert dump(path) == before


_FULL = """
import resource, signal, sys
from pathlib import Path
from flashrls.errors import LibraryUnusable
from flashrls.log import EntryKind
from flashrls.store.library import open_library
from tests.store.making import FakeClock, numbered, told
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
with open_library(path, clock=FakeClock()) as library:
    card, other = library.cards([1, 2])
    card = library.grade(card, EntryKind.SCHEDULED, 4)
    for size in (0, 100, 600, 5000):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        for write in (
            lambda: library.grade(other, EntryKind.SCHEDULED, 4),
            lambda: library.undo(),
            lambda: library.import_decks(told(numbered(99))),
        ):
            try:
                write()
                print("saved")
            except LibraryUnusable as error:
                print(error.message.rpartition(": ")[2])
        assert library.cards([1, 2]) == [card, other]
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(library.grade(other, EntryKind.SCHEDULED, 4).state.reviews)
    print(library.grade(card, EntryKind.DRILL, 4).state.reviews)
"""


def test_after_a_full_disk_the_same_session_goes_on(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    *failures, other, card = done.stdout.splitlines()
    assert set(failures) <= {"the disk failed; this was not saved.", "the disk is full; this was not saved."}
    assert (len(failures), other, card) == (12, "1", "1")
    assert rows(path, "SELECT card_pk, kind FROM review ORDER BY pk") == [
        (1, "scheduled"),
        (2, "scheduled"),
        (1, "drill"),
    ]
    with open_library(path, clock=FakeClock()) as library:
        check_caches(path, library)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of 256 KB."""
    mount = shutil.which("mount")
    if os.getuid() != 0 or mount is None:
        pytest.skip("only root can mount a small disk")
    options = ["-t", "tmpfs", "-o", "size=256k", "none", str(folder)]
    if subprocess.run([mount, *options], capture_output=True, check=False).returncode != 0:
        pytest.skip("no small disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_without_space_is_said_to_be_full(place: Path) -> None:
    with small_disk(place):
        path = make_library(place, numbered(3))
        with open_library(path, clock=FakeClock()) as library:
            ballast = place / "ballast"
            with suppress_full(), ballast.open("wb") as file:
                for _ in range(999):
                    file.write(bytes(1024))
                    file.flush()
            with pytest.raises(LibraryUnusable, match="the disk is full; this was not saved"):
                grade(library, "k1", 4)
            with pytest.raises(LibraryUnusable, match=r"new\.db: the disk is full"), open_library(place / "new.db"):
                pass
            assert {found.name for found in place.iterdir()} - {f"{path.name}-wal", f"{path.name}-shm"} == {
                path.name,
                ballast.name,
            }
            ballast.unlink()
            assert grade(library, "k1", 4).state.reviews == 1
            assert asked_ids(library) == ["k2", "k3"]


@contextmanager
def suppress_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        assert error.strerror == "No space left on device"


def test_a_damaged_library_is_told_in_words(path: Path) -> None:
    size = rows(path, "PRAGMA page_size")[0][0]
    content = bytearray(path.read_bytes())
    content[size:] = b"\x55" * (len(content) - size)
    path.write_bytes(content)
    with pytest.raises(LibraryUnusable, match="the library is damaged"), open_library(path, clock=FakeClock()):
        pass


class OtherDriversError(sqlite.Error):  # type: ignore[name-defined, misc]
    """An error of a driver that hands no code out."""


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("database is locked", LibraryLocked),
        ("database table is locked", LibraryLocked),
        ("database or disk is full", LibraryUnusable),
        ("disk I/O error", LibraryUnusable),
        ("unable to open database file", LibraryUnusable),
        ("database disk image is malformed", LibraryUnusable),
        ("file is not a database", NotALibrary),
        ("no such table: card", OtherDriversError),
    ],
)
def test_errors_without_a_code_are_known_by_their_words(place: Path, message: str, error: type[Exception]) -> None:
    with pytest.raises(error), told(place / "library.db"):
        raise OtherDriversError(message)


def test_an_error_that_is_not_the_databases_stays_what_it_is(place: Path) -> None:
    with pytest.raises(ZeroDivisionError), told(place):
        raise ZeroDivisionError
    with pytest.raises(FlashrlsError, match="as it is"), told(place):
        raise FlashrlsError("as it is")


def test_a_library_is_closed_when_its_block_ends(path: Path) -> None:
    with open_library(path, clock=FakeClock()) as library:
        grade(library, "k1", 4)
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    descriptors = Path("/proc/self/fd")
    if descriptors.is_dir():
        assert str(path) not in {str(one.readlink()) for one in descriptors.iterdir() if one.is_symlink()}

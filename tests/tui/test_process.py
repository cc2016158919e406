"""The interface as a process in a real terminal: what it paints, how it ends, and what it leaves behind."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import stat
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest

from tests.tui.bench import THREE, Bench

ALTERNATE_SCREEN_LEFT = b"\x1b[?1049l"
START = "import sys; from pathlib import Path; from flashrls.tui.app import run; sys.exit(run(Path(sys.argv[1]){}))"


class Terminal:
    """A process on a pseudo-terminal of its own, read by the painted screen."""

    def __init__(self, path: Path, more: str, *, code: str = START) -> None:
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self.output = b""
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            # COLUMNS would hide the terminal's own size, and so would LINES, which readline sets behind
            # Python's back: hence an environment made of what Python knows.
            known = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
            arguments = [sys.executable, "-c", code.format(more), str(path)]
            os.execve(sys.executable, arguments, {**known, "TERM": "xterm-256color"})
        self.resize(80, 24)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._screen.resize(rows, columns)

    def read(self, seconds: float) -> bool:
        """Read what is painted within so many seconds; False at the end."""
        if not select.select([self._handle], [], [], seconds)[0]:
            return True
        try:
            found = os.read(self._handle, 65536)
        except OSError:
            return False
        self.output += found
        self._stream.feed(found)
        return bool(found)

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    def wait(self, words: str) -> None:
        """Wait until the words are on the screen."""
        end = time.monotonic() + 20
        while words not in self.text:
            assert time.monotonic() < end, f"{words!r} never came:\n{self.text}"
            assert self.read(0.1), f"it ended before {words!r} came:\n{self.text}"

    def press(self, keys: str) -> None:
        os.write(self._handle, keys.encode())

    def end(self) -> int:
        """Read to the end and return the exit code."""
        end = time.monotonic() + 20
        while self.read(0.1):
            assert time.monotonic() < end, "it didn't end"
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def close(self) -> None:
        """Give the terminal up."""
        os.close(self._handle)


@contextmanager
def started(path: Path, more: str = "", *, code: str = START) -> Iterator[Terminal]:
    terminal = Terminal(path, more, code=code)
    try:
        yield terminal
    finally:
        try:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass


def test_study_resize_quit_and_go_on(bench: Bench) -> None:
    """Three cards in two sittings, at two sizes, with real keys."""
    bench.bring(THREE)
    with started(bench.path, ", deck='Sleep::Memory'") as terminal:
        terminal.wait("20 to study today")  # with the bundled decks
        terminal.press("\r")
        terminal.wait("Which stage")
        terminal.press(" ")
        terminal.wait("1 Again")
        time.sleep(0.2)
        terminal.press(" ")
        terminal.wait("In which stage")
        terminal.resize(60, 20)
        terminal.wait("show the answer")
        terminal.press(" ")
        terminal.wait("REM sleep")
        terminal.press("q")
        terminal.wait("19 to study today")
        terminal.press("q")
        assert terminal.end() == 0
        assert ALTERNATE_SCREEN_LEFT in terminal.output[-200:]
    with started(bench.path, ", study=True, deck='memory'") as terminal:
        terminal.wait("In which stage")
        for answer in ("REM", "Deep"):
            terminal.press(" ")
            terminal.wait(answer)
            terminal.press("3")
            time.sleep(0.3)
        terminal.wait("Done in memory for today")
        terminal.press("\r")
        assert terminal.end() == 0
    assert [entry[1] for entry in bench.log()] == [4, 4, 4]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_signals_restore_the_terminal(bench: Bench, number: signal.Signals, code: int) -> None:
    """Asked to end, it leaves the alternate screen, raw mode and the mouse behind."""
    with started(bench.bring(THREE).path) as terminal:
        terminal.wait("3 to study today")
        os.kill(terminal.pid, number)
        assert terminal.end() == code
        assert ALTERNATE_SCREEN_LEFT in terminal.output[-200:]
        assert b"\x1b[?1003l" in terminal.output[-400:]
        assert b"Traceback" not in terminal.output


def test_ctrl_c_ends_it(bench: Bench) -> None:
    """Ctrl+C means what it means everywhere."""
    with started(bench.bring(THREE).path) as terminal:
        terminal.wait("3 to study today")
        terminal.press("\x03")
        assert terminal.end() == 130


def test_terminal_that_goes_away(bench: Bench) -> None:
    """A window that is closed ends the process, and what was graded is there."""
    with started(bench.bring(THREE).path, ", study=True") as terminal:
        terminal.wait("Which stage")
        terminal.press(" ")
        terminal.wait("1 Again")
        terminal.press("3")
        terminal.wait("In which stage")
        terminal.close()
        end = time.monotonic() + 10
        while os.waitpid(terminal.pid, os.WNOHANG) == (0, 0):
            assert time.monotonic() < end, "it lives on without a terminal"
            time.sleep(0.05)
    assert len(bench.log()) == 1


def test_bug_leaves_one_line_and_a_log_without_texts(bench: Bench) -> None:
    """A bug restores the terminal, exits with 1, and shows no traceback and no card."""
    code = (
        "from flashrls.tui import cardtext\n"
        "def broken(self, face, **more): secret = face.question; raise ValueError(secret)\n"
        "cardtext.CardText.show = broken\n" + START.replace("; ", "\n")
    )
    with started(bench.bring(THREE).path, ", study=True", code=code) as terminal:
        assert terminal.end() == 1
        rest = terminal.output.split(ALTERNATE_SCREEN_LEFT)[-1]
        assert b"FlashRLS stopped because of a bug; details are in" in rest
        assert b"Traceback" not in terminal.output
        assert b"spindles" not in rest
    crash = bench.path.parent / "crash.log"
    assert stat.S_IMODE(crash.stat().st_mode) == 0o600
    assert "ValueError" in crash.read_text()
    assert "in broken" in crash.read_text()
    assert "spindles" not in crash.read_text()


def test_no_such_deck_is_raised_once_the_terminal_is_restored(bench: Bench) -> None:
    """The error comes out of `run` for the command line to print."""
    with started(bench.bring(THREE).path, ", study=True, deck='Slep'") as terminal:
        assert terminal.end() == 1
        rest = terminal.output.split(ALTERNATE_SCREEN_LEFT)[-1]
        assert b"NoSuchDeck" in rest


def test_no_colour(bench: Bench) -> None:
    """With `no_color` only greys are painted."""
    with started(bench.bring(THREE).path, ", study=True, no_color=True") as terminal:
        terminal.wait("Which stage")
        terminal.press(" ")
        terminal.wait("1 Again")
        colours = {cell.fg for row in terminal._screen.buffer.values() for cell in row.values()}
        assert all(c == "default" or len({c[:2], c[2:4], c[4:]}) == 1 for c in colours), colours


def test_first_frame_needs_no_sqlalchemy(bench: Bench) -> None:
    """Neither SQLAlchemy nor Alembic is imported before the first frame is painted."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom flashrls.tui import app, home\n"
        "def begin(self):\n"
        "    print(sorted({'sqlalchemy', 'alembic', 'markdown_it'} & set(sys.modules)), file=sys.__stderr__)\n"
        "    self.app.exit()\n"
        "home.HomeScreen._begin = begin\n"
        "app.App.run_ = app.FlashRLS.run\n"
        "app.FlashRLS.run = lambda self: self.run_(headless=True)\n"
        "app.run(Path(sys.argv[1]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(bench.bring(THREE).path)], capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"

"""A program in a pseudo-terminal of its own, read as a person would: by the painted screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import pyte


class Terminal:
    """Runs a command on a screen of `columns` × `rows` cells; times are in seconds."""

    def __init__(self, command: Sequence[str], *, columns: int = 80, rows: int = 24, **environment: str) -> None:
        """Start the command."""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.started = time.perf_counter()
        self._pid, self._handle = pty.fork()
        if self._pid == 0:
            os.execvpe(command[0], list(command), {**os.environ, "TERM": "xterm-256color", **environment})
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Terminal:
        """Return the terminal itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill what still runs."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._handle)

    @property
    def text(self) -> str:
        """The screen as it is painted now."""
        return "\n".join(self._screen.display)

    @property
    def memory_mb(self) -> float:
        """What the process holds at present, as the kernel counts it (resident set), in MiB."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def wait(self, painted: Callable[[str], bool], *, most: float = 20) -> float:
        """Wait until the screen satisfies `painted`.

        Returns the moment at which the last bytes it took arrived: what the emulator needs to draw
        them is not the program's time.

        Raises:
            TimeoutError: it never did; the message shows the screen.
        """
        end = arrived = time.perf_counter()
        end += most
        while time.perf_counter() < end:
            if painted(self.text):
                return arrived
            if select.select([self._handle], [], [], 0.05)[0]:
                try:
                    received = os.read(self._handle, 65536)
                except OSError:
                    break
                arrived = time.perf_counter()
                self._stream.feed(received)
        raise TimeoutError(self.text)

    def settle(self, quiet: float = 0.2) -> None:
        """Read until nothing is painted for `quiet` seconds."""
        while select.select([self._handle], [], [], quiet)[0]:
            self._stream.feed(os.read(self._handle, 65536))

    def press(self, keys: str) -> float:
        """Send keys and return the moment they were sent."""
        os.write(self._handle, keys.encode())
        return time.perf_counter()

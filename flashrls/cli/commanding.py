"""A program of the user's, run once: a text in, a text out, and an end in any case."""

from __future__ import annotations

import os
import selectors
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import IO, NoReturn

from flashrls.errors import CommandFailed, Refused

MOST_OUTPUT = 10_000_000
"""Bytes that a command may print."""

_CHUNK = 1 << 16
_TAIL_BYTES = 4000
_TAIL_LINES = 8
_GRACE_S = 2.0


def split_command(command: str) -> list[str]:
    """Return a command line's words as a shell would split them; no shell is run.

    Raises:
        Refused: a quote without its partner, or nothing at all.
    """
    try:
        words = shlex.split(command)
    except ValueError:
        raise Refused(f"A quote in the command is never closed: {command}", "Quote it as for a shell.") from None
    if not words or "\0" in command:
        raise Refused("The command is empty.", "Name a program that reads a text and prints JSON lines.")
    return words


def run_command(words: list[str], prompt: bytes, timeout_s: float) -> bytes:
    """Return what a command prints when it is given `prompt` on its standard input.

    Raises:
        CommandFailed: it can't be run, fails, takes longer than `timeout_s` seconds or prints too much.
            It and all that it started are ended then, also when the user interrupts.
    """
    with _signals_raise(), _started(words) as process:
        talk = _Talk(process, prompt)
        try:
            talk.hold(time.monotonic() + timeout_s)
        except BaseException as stopped:
            _end(process)
            if isinstance(stopped, TimeoutError):
                reason = f"did not finish within {timeout_s:g} seconds and was ended"
                raise CommandFailed(
                    words[0], reason, "Give it more time with --timeout SECONDS.", talk.told
                ) from None
            if isinstance(stopped, _TooMuch):
                reason = f"printed more than {MOST_OUTPUT // 1_000_000} MB and was ended"
                raise CommandFailed(words[0], reason, "Let it print one JSON object a line.", talk.told) from None
            raise
    if process.returncode:
        raise CommandFailed(words[0], _ended_with(process.returncode), "Run it by itself to see why.", talk.told)
    return bytes(talk.output)


def _started(words: list[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 (the user typed it)
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )
    except OSError as error:
        raise CommandFailed(words[0], f"can't be run ({error.strerror})", "Check its name and your PATH.") from None


class _TooMuch(Exception):
    pass


class _Talk:
    """Writes the prompt and reads both outputs at once, so that neither side waits for the other."""

    def __init__(self, process: subprocess.Popen[bytes], prompt: bytes) -> None:
        self.process = process
        self.left = memoryview(prompt)
        self.output = bytearray()
        self.errors = bytearray()

    @property
    def told(self) -> str:
        """The last lines that the command wrote to its standard error."""
        lines = self.errors.decode("utf-8", "replace").strip().splitlines()
        return "\n".join(lines[-_TAIL_LINES:])

    def hold(self, deadline: float) -> None:
        """Talk until the command has closed its outputs and ended; `deadline` is of the monotonic clock."""
        pipes = {pipe.fileno(): pipe for pipe in (self.process.stdin, *self.outputs) if pipe}
        with selectors.DefaultSelector() as waiting:
            for descriptor, pipe in pipes.items():
                os.set_blocking(descriptor, False)
                is_input = pipe is self.process.stdin
                waiting.register(descriptor, selectors.EVENT_WRITE if is_input else selectors.EVENT_READ)
            while any(pipe in self.outputs for pipe in pipes.values()):
                left_s = deadline - time.monotonic()
                if left_s <= 0:
                    raise TimeoutError
                for key, _ in waiting.select(left_s):
                    if not self._move(key.fd, pipes[key.fd]):
                        waiting.unregister(key.fd)
                        pipes.pop(key.fd).close()
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise TimeoutError from None

    @property
    def outputs(self) -> tuple[IO[bytes] | None, ...]:
        return self.process.stdout, self.process.stderr

    def _move(self, descriptor: int, pipe: IO[bytes]) -> bool:
        """Write or read a piece; return False when that pipe is done."""
        if pipe is self.process.stdin:
            try:
                self.left = self.left[os.write(descriptor, self.left[:_CHUNK]) :]
            except BrokenPipeError:  # it has read enough
                return False
            return bool(self.left)
        piece = os.read(descriptor, _CHUNK)
        kept = self.output if pipe is self.process.stdout else self.errors
        kept += piece
        del self.errors[:-_TAIL_BYTES]
        if len(self.output) > MOST_OUTPUT:
            raise _TooMuch
        return bool(piece)


class _Signalled(BaseException):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def _signals_raise() -> Iterator[None]:
    """Let signals that end this program end the command first, and a pipe closed early none of them."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise _Signalled(number)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGHUP)}
    before[signal.SIGPIPE] = signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    ended_by: int | None = None
    try:
        yield
    except _Signalled as signalled:
        ended_by = signalled.number
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if ended_by is not None:
        os.kill(os.getpid(), ended_by)
        raise SystemExit(128 + ended_by)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and whatever it started, at first politely; one more signal to us ends the patience."""
    try:
        _signal_all(process, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_S)
    finally:
        _signal_all(process, signal.SIGKILL)


def _signal_all(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _ended_with(code: int) -> str:
    if code > 0:
        return f"failed with exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"

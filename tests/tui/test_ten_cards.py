"""Ten cards in a real terminal: resized, left in the middle, killed, taken up again; no grade lost or doubled."""

from __future__ import annotations

import os
import signal
import time

from tests.tui.bench import Bench
from tests.tui.test_process import Terminal, started

STUDY = ", study=True, deck='Zehn'"
TEN = "---\ndeck: Zehn\nid: zehn\n---\n\n" + "\n".join(
    f"{{#k{n}}}\nQ: Frage Nummer {n}?\nA: {n * n}\n" for n in range(10)
)


def question(number: int) -> str:
    return f"Frage Nummer {number}?"


def grade(terminal: Terminal, number: int, key: str) -> None:
    """Grade the card of that number, as a person would: after the answer has come."""
    terminal.wait(question(number))
    terminal.press(" ")
    terminal.wait("Again")
    time.sleep(0.05)
    terminal.press(key)


def test_ten_cards_in_three_sittings_at_four_sizes(bench: Bench) -> None:
    bench.bring(TEN)
    with started(bench.path, STUDY) as terminal:
        grade(terminal, 0, "3")
        grade(terminal, 1, "4")
        terminal.wait(question(2))
        terminal.resize(60, 20)
        grade(terminal, 2, "1")
        terminal.resize(160, 50)
        terminal.wait(question(3))
        terminal.resize(20, 5)
        terminal.resize(80, 24)
        terminal.wait(question(3))
        terminal.press(" ")
        terminal.wait("Again")
        terminal.press("q")  # the answer was seen, and not graded
        assert terminal.end() == 0
    with started(bench.path, STUDY) as terminal:
        grade(terminal, 3, "3")
        grade(terminal, 4, "2")
        terminal.wait(question(5))
        os.kill(terminal.pid, signal.SIGKILL)
    with started(bench.path, STUDY) as terminal:
        for number in (5, 6, 7, 8, 9):
            grade(terminal, number, "3")
        grade(terminal, 2, "3")  # the drill, the one failed first first
        grade(terminal, 4, "3")
        terminal.wait("tomorrow".capitalize())
        terminal.press("q")
        assert terminal.end() == 0
    assert [(kind, given) for kind, given, _, _ in bench.log()] == [
        *[("scheduled", given) for given in (4, 5, 2, 4, 3, 4, 4, 4, 4, 4)],
        *[("drill", 4)] * 2,
    ]

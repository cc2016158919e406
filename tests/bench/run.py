"""Benchmarks, run by hand: `python -m tests.bench.run`, where the package is installed, and not editable.

Each figure is a ratio to a floor that was measured in turn with it, since a machine's speed drifts;
the median of the pairs counts. Nothing here is a test.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.growing import grow
from tests.bench.looking import lived, looking
from tests.bench.terminal import Terminal

if TYPE_CHECKING:  # the real import would be measured with the first bench
    from flashrls.store.library import Library

HERE = Path(__file__).parent
PYTHON = sys.executable
FLASHRLS = str(Path(PYTHON).with_name("flashrls"))
PAIRS = 15
CARDS = 10_000
KEYS = 40
MANY = 100_000
MOST = 1_000_000
DUE = 50
"""Cards that are due in a grown library, whatever its size."""
QUIET_S = 0.2
"""How long a screen must be still before the next key."""


def deck_text(notes: int, name: str = "Bench") -> str:
    """A deck file of so many questions with ids, tags and anchors."""
    head = f"---\ndeck: {name}\nid: {name.lower()}\n---\n\n# Section\n\n"
    return head + "\n".join(
        f"{{#n{number} .tag{number % 7}}}\nQ: Which number comes after {number}, in words or figures?\n"
        f"A: It is {number + 1}\n\n> the number {number} comes before {number + 1}\n"
        for number in range(notes)
    )


def seconds(command: list[str], **environment: str) -> float:
    """How long a process takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    return time.perf_counter() - start


def tell(
    name: str, measure: Callable[[], float], floor: Callable[[], float], goal: float, pairs: int = PAIRS
) -> None:
    """Measure in turn with the floor and print both medians and the ratio's median and range."""
    measure(), floor()
    both = [(measure(), floor()) for _ in range(pairs)]
    ratios = sorted(ours / theirs for ours, theirs in both)
    ours, theirs = (statistics.median(column) * 1000 for column in zip(*both, strict=True))
    ratio = statistics.median(ratios)
    verdict = "ok" if ratio <= goal else "OVER"
    print(  # noqa: T201
        f"{name:<46} {ours:8.1f} ms {theirs:8.1f} ms   {ratio:5.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        f"   goal {goal:.2f}  {verdict}",
        flush=True,
    )


def short_commands(library: str) -> None:
    """Commands that a shell prompt or a script runs again and again."""
    click = [PYTHON, "-c", "import click"]
    core = [PYTHON, "-c", "import click, sqlalchemy"]
    for word in ("--help", "--version"):
        tell(f"flashrls {word} / import click", lambda w=word: seconds([FLASHRLS, w]), lambda: seconds(click), 1.35)  # type: ignore[misc]
    for word in ("due", "decks", "stats"):
        tell(
            f"flashrls {word}, {CARDS} cards / import sqlalchemy",
            lambda w=word: seconds([FLASHRLS, "--db", library, w]),  # type: ignore[misc]
            lambda: seconds(core),
            1.2,
        )


def prompts(library: str) -> None:
    """A shell prompt's line against `due` without a format."""
    bare = [FLASHRLS, "--db", library, "due"]
    for template in ("{due} due", "{total} to study, {minutes} min, {streak} days"):
        filled = [*bare, "--format", template]
        tell(f"due --format '{template[:24]}' / due", lambda f=filled: seconds(f), lambda: seconds(bare), 1.3)  # type: ignore[misc]


def importing(folder: Path) -> None:
    """10,000 notes from a file; the goal is in seconds, so the floor is one second."""
    file = folder / "bench.md"
    file.write_text(deck_text(CARDS))
    count = iter(range(100))

    def fresh() -> float:
        library = str(folder / f"import{next(count)}.db")
        seconds([FLASHRLS, "--db", library, "due"])
        return seconds([FLASHRLS, "--db", library, "import", str(file)])

    tell(f"import {CARDS} notes / 1 s", fresh, lambda: 1.0, 2.0, pairs=5)
    library = str(folder / "import0.db")
    tell(
        "the same file again / 1 s",
        lambda: seconds([FLASHRLS, "--db", library, "import", str(file)]),
        lambda: 1.0,
        2.0,
        5,
    )


def first_frame(library: str) -> None:
    """From the start of the process to the first screen that shows real counts."""

    def ours() -> float:
        with Terminal([FLASHRLS, "--db", library]) as terminal:
            return terminal.wait(lambda text: "to study today" in text) - terminal.started

    tell("first frame with counts / bare Textual app", ours, bare_frame, 1.25)


def bare_frame() -> float:
    """The first frame of a bare Textual app."""
    with Terminal([PYTHON, str(HERE / "floors.py"), "screen"]) as terminal:
        return terminal.wait(lambda text: "ready 0" in text) - terminal.started


def grade_keys(library: str, bare_app: str, cards: int = CARDS) -> None:
    """From a grade key to the next card on screen, durably stored; a bare app's key beside it."""
    with (
        Terminal([FLASHRLS, "--db", library, "review", "--new", "200"]) as ours,
        Terminal([PYTHON, str(HERE / "floors.py"), bare_app]) as bare,
    ):
        ours.wait(lambda text: "show" in text.casefold() and "left" in text)
        bare.wait(lambda text: "ready 0" in text)
        ours.settle(1.0)
        pressed = iter(range(1, 10_000))

        def key() -> float:
            left = _left(ours.text)
            ours.press(" ")
            ours.wait(lambda text: "Good" in text)
            ours.settle(QUIET_S)
            sent = ours.press("3")
            return ours.wait(lambda text: _left(text) == left - 1 and "4 Easy" not in text) - sent

        def floor() -> float:
            number = next(pressed)
            sent = bare.press("x")
            took = bare.wait(lambda text: f"ready {number} " in text) - sent
            bare.settle(QUIET_S)
            return took

        tell(f"grade key, {cards:,} cards / bare {bare_app}'s key", key, floor, 2.0, pairs=KEYS)


def keys_at_both_sizes(folder: Path, bare_app: str) -> None:
    """`grade_keys` in a small and in a large library."""
    for cards in (1000, MANY):
        grade_keys(str(grown(folder, cards)), bare_app, cards)


def grown(folder: Path, cards: int, due: int = DUE) -> Path:
    """A library of so many cards, made once."""
    library = folder / f"{cards}-{due}.db"
    if not library.exists():
        file = folder / "thousand.md"
        file.write_text(deck_text(min(cards, 1000)))
        subprocess.run([FLASHRLS, "--db", library, "import", file], check=True, stdout=subprocess.DEVNULL)
        grow(library, cards, due=due)
    return library


def queues(folder: Path) -> None:
    """A day's session, its first card read, in libraries of several sizes; the floor is one of 1,000 cards."""
    from flashrls.store.library import open_library

    def first_card(library: Library) -> float:
        start = time.perf_counter()
        session = library.session()
        library.cards([session.turns[0].card])
        return time.perf_counter() - start

    with open_library(grown(folder, 1000)) as small:
        for cards, due, goal in ((MANY, DUE, 2.0), (MOST, DUE, 2.0), (MANY, MANY // 20, 2.0), (MANY, MANY, 2.0)):
            with open_library(grown(folder, cards, due)) as large:
                name = f"queue of {cards:,} cards, {due:,} due / 1,000, {DUE} due"
                tell(name, lambda: first_card(large), lambda: first_card(small), goal)


def undos(folder: Path) -> None:
    """An undo against the answer that it takes back, in a library of 100,000 cards: on disk, then in memory."""
    from flashrls.log import EntryKind
    from flashrls.store.library import open_library

    shared = Path("/dev/shm")
    for name, place in (("disk", folder), ("memory disk", shared)):
        if not os.access(place, os.W_OK):
            continue
        library_file = place / "flashrls-bench-undo.db"
        shutil.copyfile(grown(folder, MANY), library_file)
        with open_library(library_file) as library:
            cards = iter(library.cards([turn.card for turn in library.session(new=100).turns]))

            def answer() -> float:
                card = next(cards)  # noqa: B023
                start = time.perf_counter()
                library.grade(card, EntryKind.SCHEDULED, 4)
                return time.perf_counter() - start

            took: list[float] = []

            def undo() -> float:
                took.append(answer())  # noqa: B023
                start = time.perf_counter()
                library.undo()
                return time.perf_counter() - start

            tell(f"undo / the answer it takes back, {name}", undo, lambda: took[-1], 1.7, pairs=60)  # noqa: B023
        library_file.unlink()


def memory(folder: Path) -> None:
    """What a review holds of the machine's memory after 40 answers, in MB."""
    for cards in (1000, MANY):
        with Terminal([FLASHRLS, "--db", str(grown(folder, cards)), "review", "--new", "200"]) as terminal:
            terminal.wait(lambda text: "left" in text)
            for _ in range(KEYS):
                left = _left(terminal.text)
                terminal.press(" ")
                terminal.wait(lambda text: "Good" in text)
                terminal.press("3")
                terminal.wait(lambda text, left=left: _left(text) == left - 1)  # type: ignore[misc]
            held = terminal.memory_mb
        print(f"memory of a review, {cards:,} cards: {held:.0f} MB   goal 65   {'ok' if held <= 65 else 'OVER'}")  # noqa: T201


def _left(text: str) -> int:
    words = text.split(" left")[0].split()
    return int(words[-1]) if words and words[-1].isdigit() else -1


def answers(folder: Path) -> None:
    """One durable answer against one durable row of bare sqlite3 with the same settings."""
    from flashrls.bundled import open_with_bundled_decks
    from flashrls.log import EntryKind
    from flashrls.store.driver import set_up

    bare = sqlite3.connect(folder / "bare.db")
    set_up(bare)
    bare.execute("CREATE TABLE log (pk INTEGER PRIMARY KEY, card INTEGER, grade INTEGER, at INTEGER)")
    with open_with_bundled_decks(folder / "answers.db") as library:
        session = library.session(new=100)
        cards = iter(library.cards([turn.card for turn in session.turns]))

        def answer() -> float:
            card = next(cards)
            start = time.perf_counter()
            library.grade(card, EntryKind.SCHEDULED, 4)
            return time.perf_counter() - start

        def row() -> float:
            start = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO log (card, grade, at) VALUES (1, 4, 0)")
            bare.execute("COMMIT")
            return time.perf_counter() - start

        tell("a durable answer / a durable row of bare sqlite3", answer, row, 2.0, pairs=60)
    bare.close()


def checking() -> None:
    """2,000 anchors of a deck found in a text of 60,000 words; the floor parses too, and looks verbatim."""
    from flashrls.anchors.find import Finder, Missing
    from flashrls.cards import Deck
    from flashrls.documents.text import Document
    from flashrls.formats.deckfile import parse_deck
    from tests.documents.making import long_text

    document = Document("Long", "long.txt", "0" * 64, long_text(60_000, seed=1))
    chance = random.Random(2)
    starts = [word.start() for word in re.finditer(r"(?<!\S)\w", document.text)]
    begins = [chance.randrange(len(starts) - 12) for _ in range(2000)]
    quotes = [document.text[starts[at] : starts[at + chance.randint(4, 12)]] for at in begins]
    cards = (
        f"{{#n{at}}}\nQ: Which {at}?\nA: That\n\n> {' '.join(words.split())}\n" for at, words in enumerate(quotes)
    )
    deck_file = "---\ndeck: Long\nid: long\n---\n\n" + "\n".join(cards)

    def anchors() -> list[str]:
        deck = parse_deck(deck_file, name="long")
        assert isinstance(deck, Deck)
        return [anchor for note in deck.notes for anchor in note.anchors]

    def ours() -> float:
        start = time.perf_counter()
        finder = Finder(document)
        found = [finder.find(anchor) for anchor in anchors()]
        took = time.perf_counter() - start
        assert not any(isinstance(place, Missing) for place in found)
        return took

    def floor() -> float:
        start = time.perf_counter()
        for anchor in anchors():
            document.text.find(anchor)
        return time.perf_counter() - start

    tell("2,000 anchors in 60,000 words / str.find, both with the parse", ours, floor, 3.0)


def main() -> None:
    """Run all benchmarks, or those whose names are given."""
    folder = Path(tempfile.mkdtemp(prefix="flashrls-bench-"))
    library = str(folder / "library.db")
    (folder / "library.md").write_text(deck_text(CARDS))
    subprocess.run(
        [FLASHRLS, "--db", library, "import", str(folder / "library.md")], check=True, stdout=subprocess.DEVNULL
    )
    benches: dict[str, Callable[[], None]] = {
        "commands": lambda: short_commands(library),
        "import": lambda: importing(folder),
        "frame": lambda: first_frame(library),
        "keys": lambda: keys_at_both_sizes(folder, "screen"),
        "cards": lambda: keys_at_both_sizes(folder, "card"),
        "queue": lambda: queues(folder),
        "undo": lambda: undos(folder),
        "memory": lambda: memory(folder),
        "answers": lambda: answers(folder),
        "check": checking,
        "look": lambda: looking(lived(grown(folder, MANY)), FLASHRLS, tell),
        "prompt": lambda: prompts(library),
    }
    for name in sys.argv[1:] or benches:
        benches[name]()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()

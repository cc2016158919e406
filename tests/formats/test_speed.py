"""The time to read a deck file grows no faster than the file."""

import gc
import time
from collections.abc import Callable, Iterator

import pytest

from flashrls.cards import Deck
from flashrls.formats.deckfile import parse_deck

SIZE = 100_000
START = "Q: a\nA: b\n\n"


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """A collection in one of two runs would be mistaken for the parser's time."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def seconds(text: str) -> float:
    start = time.process_time()
    parse_deck(text, name="d")
    return time.process_time() - start


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(lambda n: "C: " + "{{" * (n // 2), id="opening braces"),
        pytest.param(lambda n: "C: " + "{{1::a}} " * (n // 9), id="clozes"),
        pytest.param(lambda n: START + "> " * (n // 2), id="one deep quote"),
        pytest.param(lambda n: START + "> " * 30 + "x\n" + "a\n" * (n // 2), id="lazy lines in a deep quote"),
        pytest.param(lambda n: START + "> a\n>\n" * (n // 6), id="anchors"),
        pytest.param(lambda n: START + "- " * (n // 2) + "x", id="one deep list"),
        pytest.param(lambda n: START + "".join("  " * (i % 40) + "- x\n" for i in range(n // 44)), id="stairs"),
        pytest.param(lambda n: START + "- x\n" * (n // 4), id="a long list"),
        pytest.param(lambda n: START + "[" * n, id="brackets"),
        pytest.param(lambda n: START + "[a]: \n" * (n // 6), id="references"),
        pytest.param(lambda n: START + "```\n~~~\n" * (n // 8), id="fences"),
        pytest.param(lambda n: "Q: <!--\n" * (n // 8), id="open comments"),
        pytest.param(
            lambda n: START + "|a" * (n // 8) + "\n" + "|-" * (n // 8) + "\n" + "|\n" * (n // 4), id="table"
        ),
        pytest.param(lambda n: START + "<a " * (n // 3), id="tags"),
        pytest.param(lambda n: "{" + "a=1 " * (n // 4) + "}", id="attributes"),
        pytest.param(lambda n: "{#a}\n" * (n // 5), id="attribute lines"),
        pytest.param(lambda n: "Q: x\nA:\n" * (n // 8), id="empty answers"),
        pytest.param(lambda n: "{#a}\nQ: a\nA: b\n" * (n // 15), id="the same id"),
        pytest.param(lambda n: "---\n" + "a: b\n" * (n // 5), id="an open head"),
        pytest.param(lambda n: "\n" * n + "Q: a", id="blank lines"),
        pytest.param(lambda n: START + "\t" * n + "x", id="tabs"),
    ],
)
def test_twice_the_text_takes_at_most_two_and_a_half_times_as_long(text: Callable[[int], str]) -> None:
    small, big = text(SIZE), text(2 * SIZE)
    # What takes a moment only can't be measured, and needn't be.
    assert any(seconds(big) <= max(2.5 * seconds(small), 0.01) for _ in range(5))


def test_increasing_fences_that_are_never_closed_are_not_tried_one_after_another() -> None:
    text = "\n".join("Q: " + "`" * length for length in range(1400, 3, -1))
    assert seconds(text) < 1


def test_ten_thousand_cards_are_read_in_a_second() -> None:
    cards = "".join(
        f"{{#note-{n} .tag}}\nQ: Which stage number {n} shows spindles?\nA: N{n}\n\n> spindles mark stage {n}\n\n"
        for n in range(10_000)
    )
    start = time.process_time()
    deck = parse_deck(cards, name="d")
    assert time.process_time() - start < 1
    assert isinstance(deck, Deck)
    assert len(deck.notes) == 10_000

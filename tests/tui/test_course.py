"""A sitting without a screen: turns, times, and what they add up to."""

from __future__ import annotations

from datetime import date

import pytest
from textual.content import Content

from flashrls.log import EntryKind
from flashrls.stats import Rate
from flashrls.telling import minutes_words, rate_words, short
from flashrls.tui.course import Course
from flashrls.tui.plan import Plan, load
from flashrls.tui.sitting import Answer, Sitting
from flashrls.tui.turning import turn
from flashrls.tui.words import cut, packed, progress_bar, side_by_side, sparkline, time_words
from tests.tui.bench import THREE, Bench


def answer(entry: str, card: int, grade: int, kind: EntryKind = EntryKind.SCHEDULED, ms: int = 1_000) -> Answer:
    return Answer(entry, card, f"question {card}", kind, grade, ms)


def test_sitting_counts() -> None:
    """First tries, drills brought to their end, and the hardest cards, most failures first."""
    sitting = Sitting(
        (
            answer("a", 1, 4),
            answer("b", 2, 2),
            answer("c", 3, 3),
            answer("d", 2, 2, EntryKind.DRILL),
            answer("e", 3, 4, EntryKind.DRILL),
            answer("f", 2, 5, EntryKind.DRILL, ms=90_000),
            answer("g", 4, 4, EntryKind.DRILL),
        )
    )
    assert sitting.cards == 4
    assert sitting.at_first_try == 1
    assert sitting.drilled == 3
    assert sitting.hardest == [("question 2", 2)]
    assert sitting.milliseconds == 66_000
    assert sitting.without("f").drilled == 2


def test_undone_suspension_of_an_earlier_day_is_asked_if_due(bench: Bench) -> None:
    """A card that comes back from outside the session is asked as it stands."""
    bench.bring(THREE)
    course = Course(bench.ticks)
    with bench.library() as library:
        card = library.card("dreams").card
        library.mark([card.ref], EntryKind.SUSPEND)
        course.begin(*load(library, Plan()))
        assert course.left == 2
        course.turned(turn(library, Plan(), course.known, redo=False), library.day)
    assert course.left == 3
    assert course.showing is not None
    assert course.showing.card.id == "dreams"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (sparkline((0, 1, 4, 8, 0, 2, 8)), "·▁▄█·▂█"),
        (sparkline(()), ""),
        (progress_bar(0, 9), "not begun"),
        (progress_bar(1, 900), "█·······"),
        (progress_bar(899, 900), "███████·"),
        (progress_bar(900, 900), "████████"),
        (progress_bar(0, 0), ""),
        (minutes_words(0, None), ""),
        (minutes_words(1, None), "about 1 minute"),
        (minutes_words(20, 18_000), "about 6 minutes"),
        (minutes_words(12_345, None), "about 51 hours"),
        (time_words(340_000), "5:40"),
        (time_words(3_940_000), "1:05:40"),
        (rate_words(Rate(19, 19)), "too few reviews yet"),
        (rate_words(Rate(91, 100)), "91 % (84–95)"),
        (short("a\n b\x1b", 40), "a b␛"),
        (short("x" * 50, 10), "x" * 9 + "…"),
    ],
)
def test_words(found: str, expected: str) -> None:
    """Numbers and names as the screens write them."""
    assert found == expected


def test_lines_are_cut_by_cells_not_letters() -> None:
    """A double-width letter takes two cells."""
    assert cut("日本語", 4).cell_length <= 4
    line = side_by_side(Content("日本語日本語"), Content("7 left"), 16)
    assert line.cell_length == 16
    assert line.plain.endswith("7 left")
    assert [line.plain for line in packed([Content("aa"), Content("bb"), Content("cc")], 8)] == ["aa    bb", "cc"]


def test_day_words_are_english() -> None:
    """Whatever the locale, as the rest of the screen."""
    from flashrls.tui.words import day_words

    assert day_words(date(2026, 11, 22)) == "Sun 22 Nov 2026"

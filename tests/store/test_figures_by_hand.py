"""All figures of progress against a recount of the log that shares no line with the program, and the forecast
against days that were really studied."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.cards import Kind
from flashrls.cli.statsjson import document
from flashrls.errors import FlashrlsError
from flashrls.log import EntryKind
from flashrls.query import parse_query
from flashrls.settings import Chosen, DeckLimits
from flashrls.store.library import Library, open_library
from tests import recount
from tests.recount import Card
from tests.store.making import (
    DRILL,
    PRACTICE,
    SCHEDULED,
    SUSPEND,
    UNSUSPEND,
    FakeClock,
    basic,
    both_ways,
    deck_of,
    gaps,
    make_library,
    numbered,
)
from tests.year import a_year

EVERYTHING = parse_query("")


def recounted(
    path: Path, day: date, days: int, choose: Callable[[Card], bool], *, today: date, rollover_hour: int = 4
) -> dict[str, Any]:
    """What a recount tells of a library whose learner stays in UTC."""
    ends = datetime(day.year, day.month, day.day, rollover_hour, tzinfo=UTC) + timedelta(days=1)
    is_now = day >= today
    before = None if is_now else round(ends.timestamp() * 1000)
    told = recount.read(path, day, choose, created_before_ms=before, is_now=is_now)
    return recount.document(told, days)


def check(library: Library, day: date, days: int, *, deck: str | None = None, query: str | None = None) -> None:
    """What the program tells of a day is what the recount tells."""
    parsed = None if query is None else parse_query(query)
    found = None if parsed is None else {one.card.ref for one in library.find(parsed)}
    told = document(library.progress(deck, parsed, days, day), days)
    choose = chooser(deck, found)
    hour = library.settings.rollover_hour
    by_hand = recounted(library.path, day, days, choose, today=library.day, rollover_hour=hour)
    assert recount.compared(told) == by_hand, (day, days, deck, query)


def chooser(deck: str | None, found: Collection[int] | None) -> Callable[[Card], bool]:
    """Chooses what is in a deck, or below it, and what was found; None for no such condition."""

    def choose(card: Card) -> bool:
        inside = deck is None or card.deck == deck or card.deck.startswith(f"{deck}::")
        return inside and (found is None or card.pk in found)

    return choose


Step = tuple[str, int, int]
"""A deed, which card it is done to, and a number that tells it apart."""

_MARKS = (SUSPEND, UNSUSPEND, EntryKind.BURY, EntryKind.RESET, EntryKind.KEEP)
_TIMES = (None, 0, 1_499, 59_000, 70_000)
_HOURS = (1, 5, 11, 24, 24, 24, 72, 24 * 25)


def done(library: Library, clock: FakeClock, step: Step) -> None:
    """Do it; what the program refuses is left out."""
    deed, at, number = step
    refs = [one.card.ref for one in library.find(EVERYTHING)]
    (card,) = library.cards([refs[at % len(refs)]])
    try:
        match deed:
            case "answer" | "lapse":
                grade = number % (6 if deed == "answer" else 3)
                kind = (SCHEDULED, SCHEDULED, SCHEDULED, DRILL, PRACTICE)[number % 5 if deed == "answer" else 0]
                library.grade(card, kind, grade, reveal_ms=_TIMES[at % 5], grade_ms=_TIMES[number % 5])
            case "undo":
                library.undo()
            case "redo":
                library.redo()
            case "mark":
                library.mark(refs[at % len(refs) :][: 1 + number % 3], _MARKS[number % len(_MARKS)])
            case "move":
                library.move([card.note_ref], ("Meer", "Berg", "Meer::Tief")[number % 3])
            case "reword":
                reword(library, card.note_ref)
            case "add":
                library.add("Neu", [basic(f"Frage {at} {number}")])
            case "back":
                clock.forward(hours=-70)
            case _:
                clock.forward(hours=_HOURS[number % len(_HOURS)])
    except FlashrlsError:
        pass


def reword(library: Library, note_ref: int) -> None:
    """A cloze text loses a gap and its card, and gets it back; other notes get a longer answer."""
    note = library.note(note_ref)
    less, more = "Im {{1::Osten}}", "Im {{1::Osten}} ein {{2::Berg}}"
    if note.kind is Kind.CLOZE:
        library.edit(note_ref, note, replace(note, question=less if "{{2" in note.question else more))
    else:
        library.edit(note_ref, note, replace(note, answer=f"{note.answer}!"))


DEEDS = ("answer", "answer", "answer", "lapse", "undo", "redo", "mark", "move", "reword", "add", "wait", "wait")


def steps_of(deeds: Sequence[str]) -> st.SearchStrategy[list[Step]]:
    """Some such deeds."""
    one = st.tuples(st.sampled_from(deeds), st.integers(0, 12), st.integers(0, 59))
    return st.lists(one, min_size=10, max_size=60)


STEPS = steps_of(DEEDS)


@contextmanager
def some_library(**chosen: Any) -> Iterator[tuple[Library, FakeClock]]:
    """A library with a deck, one below it, a draft, siblings, and a deck beside them."""
    sea = (basic(f"Meer {n}", key=f"k{n}", tags=("nass",) if n % 2 else ()) for n in range(4))
    decks = (
        deck_of(*sea, both_ways("Ebbe", "Flut", key="gezeit"), basic("Entwurf", key="e", draft=True)),
        numbered(2, name="Meer::Tief", key="tief", prefix="t"),
        deck_of(
            gaps("Im {{1::Osten}} ein {{2::Berg}}", key="g"), basic("Gipfel", key="b"), name="Berg", key="berg"
        ),
    )
    clock = FakeClock()
    with tempfile.TemporaryDirectory() as folder:
        path = make_library(Path(folder), *decks, clock=clock)
        with open_library(path, clock=clock, chosen=chosen) as library:
            yield library, clock


@settings(max_examples=20)
@given(STEPS, st.sampled_from((0, 4, 13)), st.integers(0, 40), st.sampled_from((1, 7, 400)))
def test_a_recount_of_the_log_tells_the_same_now_and_of_any_day(
    steps: list[Step], rollover_hour: int, back: int, days: int
) -> None:
    with some_library(rollover_hour=rollover_hour) as (library, clock):
        for step in steps:
            done(library, clock, step)
        for day in (library.day, library.day - timedelta(days=back)):
            check(library, day, days)
            check(library, day, days, deck="Meer")
            check(library, day, days, query="tag:nass or is:new")
            check(library, day, days, deck="Berg", query="lapses>0 or is:suspended")


@settings(max_examples=12)
@given(steps_of((*DEEDS, "back")))
def test_with_a_clock_set_back_all_that_was_done_is_known_and_only_days_up_to_now_count(steps: list[Step]) -> None:
    with some_library() as (library, clock):
        for step in steps:
            done(library, clock, step)
        check(library, library.day, 30)
        check(library, library.day, 400, deck="Meer")
        check(library, library.day, 30, query="tag:nass or is:new")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_long_life_is_recounted_day_by_day(seed: int) -> None:
    """Undos on later days, leeches, cards that come and go: as of every study day on which something was done."""
    chance = Random(seed)
    deeds = (*DEEDS, *["answer", "lapse"] * 6)
    with some_library() as (library, clock):
        days = {library.day - timedelta(days=1)}
        for _ in range(220):
            deed, at = chance.choice(deeds), chance.randrange(13)
            done(library, clock, (deed, at % 3 if deed == "lapse" else at, chance.randrange(60)))
            days.add(library.day)
        for day in sorted(days):
            check(library, day, 30)
            check(library, day, 30, deck=chance.choice(["Meer", "Berg"]))
            check(library, day, 30, query=chance.choice(["tag:nass", "-is:new", "lapses>3"]))


@pytest.fixture(scope="module")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Late evenings, a journey in February, and the change of the clock on 29 March."""
    path = tmp_path_factory.mktemp("spring") / "library.db"
    a_year(path, days=60, seed=3, end=date(2026, 4, 2))
    return path


@pytest.mark.parametrize("day", ["2026-04-02", "2026-03-29", "2026-03-28", "2026-02-14", "2026-02-02"])
def test_study_on_a_journey_and_across_a_change_of_the_clock_is_recounted(spring: Path, day: str) -> None:
    as_of = date.fromisoformat(day)
    with open_library(spring) as library:
        for days in (7, 30, 365):
            told = document(library.progress(period_days=days, as_of=as_of), days)
            assert recount.compared(told) == recount.document(recount.read(spring, as_of), days)


def test_on_the_day_before_the_first_there_is_nothing(spring: Path) -> None:
    day = date(2026, 2, 1)
    with open_library(spring) as library:
        told = document(library.progress(as_of=day), 30)
    nothing = recount.document(recount.read(spring, day, created_before_ms=0), 30)
    assert recount.compared(told) == nothing
    assert (nothing["cards"]["total"], nothing["first_on"]) == (0, None)


def test_the_recount_itself_finds_what_was_played(spring: Path) -> None:
    """What is compared above isn't empty, and another day is told otherwise."""
    told = recount.document(recount.read(spring, date(2026, 4, 2)), 60)
    assert told["retention"]["share"] is not None
    assert min(told["cards"]["young"], told["period"]["drill"], told["period"]["new"]) > 0
    assert told != recount.document(recount.read(spring, date(2026, 4, 1)), 60)


def test_a_card_is_mature_from_21_days_on(tmp_path: Path) -> None:
    """Grades 1 3 4 4 4: ease 250 - 54 - 14 = 182, days 1 1 6,
    then 6 x 1.82 = 10.92 up: 11, and 11 x 1.82 = 20.02 up: 21.
    """
    clock = FakeClock()
    path = make_library(tmp_path, numbered(1), clock=clock)
    with open_library(path, clock=clock) as library:
        for grade, wait_days in ((1, 1), (3, 1), (4, 6), (4, 11), (4, 21), (4, 0)):
            (card,) = library.cards([turn.card for turn in library.session().turns[:1]])
            library.grade(card, SCHEDULED, grade)
            clock.forward(days=wait_days)
        before = library.progress(as_of=date(2026, 3, 20))
        last, now = library.progress(as_of=date(2026, 3, 21)), library.progress()
    assert [(one.cards.young, one.cards.mature) for one in (before, last)] == [(1, 0), (0, 1)]
    assert [one.intervals for one in (before, last)] == [((11, 1),), ((21, 1),)]
    assert (now.day, now.today.young, now.today.mature) == (date(2026, 4, 11), 0, 1)


def studied(library: Library, clock: FakeClock, days: int = 30) -> list[tuple[int, int, int]]:
    """Answer everything Good for some days; return how many cards were seen before, came back, and were new."""
    seen = {one.card.ref for one in library.find(EVERYTHING) if one.card.state.schedule}
    asked = []
    for _ in range(days):
        counts = {"due": 0, "returning": 0, "new": 0}
        for turn in library.session().turns:
            (card,) = library.cards([turn.card])
            part = "new" if card.state.schedule is None else "due" if card.ref in seen else "returning"
            counts[part] += 1
            library.grade(card, SCHEDULED, 4)
        asked.append((counts["due"], counts["returning"], counts["new"]))
        clock.forward(days=1)
    return asked


@contextmanager
def begun(folder: Path, chosen: Chosen) -> Iterator[tuple[Library, FakeClock]]:
    """Three decks, nine cards of which were answered yesterday, and of today's the first and the last."""
    decks = (
        numbered(14),
        numbered(7, name="Meer::Tief", key="tief", prefix="t"),
        numbered(8, name="Berg", key="berg", prefix="b"),
    )
    clock = FakeClock()
    path = make_library(folder, *decks, clock=clock)
    with open_library(path, clock=clock, chosen=chosen) as library:
        for at, turn in enumerate(library.session(new=9).turns):
            (card,) = library.cards([turn.card])
            library.grade(card, SCHEDULED, (2, 3, 4, 5)[at % 4])
        clock.forward(days=1)
        turns = library.session().turns
        for card in library.cards([turns[0].card, turns[-1].card]):
            library.grade(card, SCHEDULED, 4)
        yield library, clock


@pytest.mark.parametrize(
    "chosen",
    [
        {"new_per_day": 2},
        {"new_per_day": 5, "maximum_interval": 10},
        {"new_per_day": 4, "decks": (DeckLimits("Meer", 2), DeckLimits("Meer::Tief", 1))},
    ],
)
def test_the_forecast_is_what_thirty_days_of_study_ask(tmp_path: Path, chosen: Chosen) -> None:
    """No note has two cards, and no day leaves a backlog; the last new card comes when it was foretold."""
    with begun(tmp_path, chosen) as (library, clock):
        told = library.progress()
        asked = studied(library, clock)
        assert [(one.due, one.returning, one.new) for one in told.forecast] == asked
        last = max(day for day, (_, _, new) in enumerate(asked, 1) if new)
        assert max(one.days or 0 for one in told.rest) == last


def test_of_a_backlog_the_forecast_asks_as_much_as_the_days_do(tmp_path: Path) -> None:
    """Which of the cards that wait alike goes first it can't tell: a card more today may be one less tomorrow."""
    with begun(tmp_path, {"new_per_day": 20, "reviews_per_day": 7}) as (library, clock):
        told = [(one.due + one.returning, one.new) for one in library.progress().forecast]
        asked = [(due + returning, new) for due, returning, new in studied(library, clock)]
    assert sum(new for _, new in told) == sum(new for _, new in asked) == 20
    assert max(reviews for reviews, _ in told) == max(reviews for reviews, _ in asked) == 7
    assert sum(map(sum, told[:6])) == sum(map(sum, asked[:6]))

"""Today's queue and a session's way through it, as laws."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.cards import Face, Kind
from flashrls.log import NEW, CardState, EntryKind
from flashrls.outlook import catch_up_days
from flashrls.sm2 import Schedule
from flashrls.study import (
    BUTTON_NAMES,
    BUTTONS,
    Candidate,
    Queue,
    Quota,
    Session,
    StudyCard,
    Turn,
    build_queue,
    endangerment,
    interval_words,
    practice_of,
    session_of,
)

law = settings(deadline=None)
DAY = date(2026, 3, 2)
SCHEDULED, DRILL, PRACTICE = EntryKind.SCHEDULED, EntryKind.DRILL, EntryKind.PRACTICE


def cards(*told: tuple[int, int]) -> list[Candidate]:
    """Candidates of card and note, all of deck 1."""
    return [Candidate(card, note, 1) for card, note in told]


candidates = st.lists(
    st.builds(Candidate, st.integers(1, 30), st.integers(1, 8), st.integers(1, 3)),
    max_size=12,
    unique_by=lambda candidate: candidate.card,
)
left = st.integers(0, 6)


def test_a_queue_holds_due_cards_new_ones_and_the_drill_in_their_order() -> None:
    due, new, drill = cards((3, 3), (1, 1)), cards((9, 9), (5, 5)), cards((7, 7))
    queue = build_queue(due, new, drill, reviews_left=10, new_left=10)
    assert (queue.due, queue.new, queue.drill) == (tuple(due), tuple(new), tuple(drill))
    assert queue.total == 5


def test_one_card_of_a_note_is_asked_a_day_and_a_due_one_goes_first() -> None:
    queue = build_queue(
        cards((1, 1), (2, 1), (3, 2)), cards((4, 2), (5, 3), (6, 3)), [], reviews_left=9, new_left=9
    )
    assert [candidate.card for candidate in (*queue.due, *queue.new)] == [1, 3, 5]


def test_the_drill_asks_siblings_all_the_same() -> None:
    assert build_queue(cards((1, 1)), [], cards((2, 1), (3, 1)), reviews_left=9, new_left=9).total == 3


def test_new_cards_wait_while_more_is_due_than_the_limit_allows() -> None:
    due, new = cards((1, 1), (2, 2), (3, 3)), cards((9, 9))
    assert build_queue(due, new, [], reviews_left=2, new_left=5) == Queue(tuple(due[:2]))
    assert build_queue(due, new, [], reviews_left=3, new_left=5) == Queue(tuple(due), tuple(new))


def test_siblings_make_no_backlog() -> None:
    queue = build_queue(cards((1, 1), (2, 1), (3, 1)), cards((9, 9)), [], reviews_left=1, new_left=5)
    assert [candidate.card for candidate in (*queue.due, *queue.new)] == [1, 9]


def test_the_drill_is_asked_whatever_the_limits_say() -> None:
    queue = build_queue(cards((1, 1)), cards((2, 2)), cards((3, 3), (4, 4)), reviews_left=0, new_left=0)
    assert (queue.due, queue.new, len(queue.drill)) == ((), (), 2)


def test_the_siblings_of_cards_over_the_limit_are_not_new_today() -> None:
    """With reviews left for nothing more there is a backlog, and new cards wait."""
    assert build_queue(cards((1, 1)), cards((2, 1), (3, 3)), [], reviews_left=0, new_left=5).total == 0


@law
@given(candidates, candidates, candidates, left, left)
def test_laws_of_a_queue(
    due: list[Candidate], new: list[Candidate], drill: list[Candidate], reviews_left: int, new_left: int
) -> None:
    queue = build_queue(due, new, drill, reviews_left=reviews_left, new_left=new_left)
    notes = [candidate.note for candidate in (*queue.due, *queue.new)]
    assert len(notes) == len(set(notes))
    assert (len(queue.due) <= reviews_left, len(queue.new) <= new_left) == (True, True)
    assert queue.drill == tuple(drill)
    for chosen, offered in ((queue.due, due), (queue.new, new)):
        assert list(chosen) == sorted(chosen, key=offered.index)
    due_notes = {candidate.note for candidate in due}
    if len(due_notes) > reviews_left:
        assert (len(queue.due), queue.new) == (reviews_left, ())
    else:
        fresh = {candidate.note for candidate in new} - due_notes
        assert {candidate.note for candidate in queue.due} == due_notes
        assert len(queue.new) == min(new_left, len(fresh))
    assert queue.total == sum(counter.total() for counter in queue.by_deck.values())


def test_a_queue_is_counted_by_deck() -> None:
    queue = Queue((Candidate(1, 1, 7), Candidate(2, 2, 7)), (Candidate(3, 3, 8),))
    assert queue.by_deck == {"due": {7: 2}, "new": {8: 1}, "drill": {}}


@pytest.mark.parametrize(
    ("days_overdue", "interval_days", "key"),
    [(0, 1, (0.0, 1)), (1, 1, (-1.0, 1)), (30, 10, (-3.0, 10)), (30, 60, (-0.5, 60)), (3, 6, (-0.5, 6))],
)
def test_a_card_is_endangered_by_the_days_it_is_overdue_for_its_interval(
    days_overdue: int, interval_days: int, key: tuple[float, int]
) -> None:
    assert endangerment(DAY, DAY - timedelta(days=days_overdue), interval_days) == key


def test_a_session_asks_due_cards_then_new_ones_then_the_drill() -> None:
    queue = Queue(tuple(cards((1, 1))), tuple(cards((2, 2))), tuple(cards((3, 3))))
    whole = (Turn(1, 1, SCHEDULED), Turn(2, 2, SCHEDULED), Turn(3, 3, DRILL))
    assert session_of(queue).turns == whole
    assert session_of(queue, most=2).turns == whole[:2]
    assert session_of(queue, most=0).turns == ()
    assert (session_of(queue).left, session_of(queue).to_drill, session_of(Queue()).current) == (2, 1, None)


def test_practice_asks_what_it_is_given() -> None:
    assert practice_of(cards((4, 1), (5, 1))).turns == (Turn(4, 1, PRACTICE), Turn(5, 1, PRACTICE))
    assert practice_of(cards((4, 1), (5, 1)), most=1).turns == (Turn(4, 1, PRACTICE),)


@pytest.mark.parametrize(("grade", "drilled"), [(0, True), (1, True), (2, True), (3, True), (4, False), (5, False)])
@pytest.mark.parametrize("kind", [SCHEDULED, DRILL])
def test_a_grade_below_4_sends_the_card_to_the_end_of_the_drill(grade: int, drilled: bool, kind: EntryKind) -> None:
    other = Turn(2, 2, DRILL)
    after = Session((Turn(1, 1, kind), other)).graded(grade)
    assert after == Session((other, Turn(1, 1, DRILL)) if drilled else (other,), 1)


def test_practice_is_never_drilled() -> None:
    assert Session((Turn(1, 1, PRACTICE),)).graded(0) == Session((), 1)


turns = st.builds(Turn, st.integers(1, 9), st.integers(1, 4), st.sampled_from([SCHEDULED, DRILL, PRACTICE]))
sessions = st.lists(turns, min_size=1, max_size=9, unique_by=lambda turn: turn.card).map(
    lambda found: Session(tuple(found))
)


@law
@given(sessions, st.lists(st.integers(0, 5), max_size=20))
def test_a_session_that_is_undone_is_the_one_before(session: Session, grades: list[int]) -> None:
    for grade in grades:
        if session.current is None:
            break
        after = session.graded(grade)
        assert after.done == session.done + 1
        assert after.undone(session.current) == session
        assert len(after.turns) in (len(session.turns), len(session.turns) - 1)
        assert after.left == session.left - (session.current.kind is not DRILL)
        session = after


@law
@given(sessions, st.lists(st.integers(0, 5), max_size=30))
def test_a_session_goes_on_until_every_card_was_known(session: Session, grades: list[int]) -> None:
    cards_left = {turn.card for turn in session.turns}
    for grade in grades:
        turn = session.current
        if turn is None:
            break
        session = session.graded(grade)
        if grade >= 4 or turn.kind is PRACTICE:
            cards_left.discard(turn.card)
        assert {turn.card for turn in session.turns} == cards_left
        assert session.left + session.to_drill == len(session.turns)
    for _ in range(len(session.turns)):
        session = session.graded(4)
    assert session.current is None


def test_an_undo_brings_back_a_turn_that_was_left_out() -> None:
    assert Session((Turn(2, 2, DRILL),)).undone(Turn(1, 1, SCHEDULED)) == Session(
        (Turn(1, 1, SCHEDULED), Turn(2, 2, DRILL)), 0
    )


def test_a_session_goes_on_without_a_card_or_a_note() -> None:
    session = Session((Turn(1, 1, SCHEDULED), Turn(2, 1, DRILL), Turn(3, 3, DRILL)), 4)
    assert session.without(card=1) == Session((Turn(2, 1, DRILL), Turn(3, 3, DRILL)), 4)
    assert session.without(note=1) == Session((Turn(3, 3, DRILL),), 4)
    assert session.without() == session


def study_card(state: CardState) -> StudyCard:
    return StudyCard(
        ref=1,
        note_ref=1,
        id="a",
        deck="Meer::Tiefe",
        section="Gräben",
        kind=Kind.BASIC,
        part="",
        face=Face("F", "A", "A"),
        typed=False,
        anchors=(),
        tags=(),
        state=state,
        last_entry=None,
        revision="r",
    )


REVIEWED = CardState(Schedule(250, 1, 1, DAY + timedelta(days=1)), 1, 0, DAY, due_on=DAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("state", "turns"),
    [
        (NEW, (Turn(1, 1, SCHEDULED), Turn(2, 2, SCHEDULED))),
        (replace(REVIEWED, reviewed_on=DAY - timedelta(days=9)), (Turn(1, 1, SCHEDULED), Turn(2, 2, SCHEDULED))),
        (REVIEWED, (Turn(2, 2, SCHEDULED),)),
        (replace(REVIEWED, drill_on=DAY), (Turn(2, 2, SCHEDULED), Turn(1, 1, DRILL))),
        (replace(NEW, suspended=True), (Turn(2, 2, SCHEDULED),)),
        (replace(NEW, buried_on=DAY), (Turn(2, 2, SCHEDULED),)),
        (replace(NEW, buried_on=DAY - timedelta(days=1)), (Turn(1, 1, SCHEDULED), Turn(2, 2, SCHEDULED))),
    ],
)
def test_a_card_that_changed_elsewhere_is_asked_as_it_stands_now(state: CardState, turns: tuple[Turn, ...]) -> None:
    session = Session((Turn(1, 1, SCHEDULED), Turn(2, 2, SCHEDULED)), 3)
    assert session.changed_elsewhere(study_card(state), DAY) == Session(turns, 3)


@pytest.mark.parametrize(
    ("section", "place"), [("Gräben", "Meer::Tiefe > Gräben"), ("", "Meer::Tiefe"), ("Tiefe", "Meer::Tiefe")]
)
def test_a_card_names_its_place_once(section: str, place: str) -> None:
    assert replace(study_card(NEW), section=section).place == place


def test_the_four_buttons_give_2_to_5() -> None:
    assert BUTTONS == {1: 2, 2: 3, 3: 4, 4: 5}
    assert BUTTON_NAMES == {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "1 day"),
        (2, "2 days"),
        (60, "60 days"),
        (61, "2.0 months"),
        (125, "4.1 months"),
        (729, "23.9 months"),
        (730, "2.0 years"),
        (840, "2.3 years"),
        (36_500, "99.9 years"),
    ],
)
def test_intervals_are_told_in_words(days: int, words: str) -> None:
    assert interval_words(days) == words


def test_a_card_for_the_drill_is_asked_again_today() -> None:
    assert interval_words(1, again_today=True) == "today"


@pytest.mark.parametrize("value", [Queue(), Session(()), Turn(1, 1, DRILL), Candidate(1, 1, 1)])
def test_values_are_frozen(value: object) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, "done" if isinstance(value, Session) else "drill" if isinstance(value, Queue) else "card", 1)


def of_deck(deck: int, *cards: int) -> list[Candidate]:
    """Cards of a deck, each of a note of its own."""
    return [Candidate(card, card, deck) for card in cards]


def test_a_decks_own_limits_hold_beside_those_of_the_day() -> None:
    due, new = [*of_deck(1, 1, 2, 3), *of_deck(2, 4, 5)], [*of_deck(1, 6, 7), *of_deck(2, 8, 9)]
    quotas = [Quota(frozenset({1}), reviews_left=3, new_left=1), Quota(frozenset({2}), new_left=2)]
    queue = build_queue(due, new, [], reviews_left=5, new_left=9, quotas=quotas)
    assert [c.card for c in queue.due] == [1, 2, 3, 4, 5]
    assert [c.card for c in queue.new] == [6, 8, 9]


def test_a_decks_new_cards_wait_behind_its_own_backlog_and_other_decks_do_not() -> None:
    due, new = of_deck(1, 1, 2, 3), [*of_deck(1, 6), *of_deck(2, 8)]
    queue = build_queue(due, new, [], reviews_left=9, new_left=9, quotas=[Quota(frozenset({1}), reviews_left=2)])
    assert ([c.card for c in queue.due], [c.card for c in queue.new]) == ([1, 2], [8])


def test_a_sub_decks_cards_count_for_the_deck_above_too() -> None:
    quotas = [Quota(frozenset({1, 2}), new_left=3), Quota(frozenset({2}), new_left=1)]
    new = [*of_deck(2, 1, 2), *of_deck(1, 3, 4, 5)]
    queue = build_queue([], new, [], reviews_left=9, new_left=9, quotas=quotas)
    assert [c.card for c in queue.new] == [1, 3, 4]


@pytest.mark.parametrize(
    ("due", "limit", "days"),
    [
        ({0: 143}, 200, 1),
        ({0: 143}, 50, 3),  # 50, 50, 43
        ({-9: 100, 0: 43}, 50, 3),
        ({0: 100, 1: 50, 2: 20}, 50, 4),  # 50 left, 50 left, 20 left, none
        ({0: 10}, 0, None),
        ({}, 0, 1),
    ],
)
def test_how_many_days_a_backlog_takes_counts_what_comes_meanwhile(
    due: dict[int, int], limit: int, days: int | None
) -> None:
    told = [(DAY + timedelta(days=ahead), cards) for ahead, cards in due.items()]
    assert catch_up_days(told, DAY, limit) == days

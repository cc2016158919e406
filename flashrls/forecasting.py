"""What the coming study days are going to ask, if every card is answered Good when it is due."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from flashrls.sm2 import MOST_INTERVAL_DAYS, Schedule, schedule_review

FORECAST_DAYS = 30
"""So many study days are foretold one by one, the present one among them."""

FARTHEST_DAYS = 3650
"""Nobody can tell what is behind so many days."""

_GOOD = 4
_ALIKE_FROM = 2
"""From so many repetitions on SM-2 treats them alike."""
_DAY = date(2000, 1, 1)
_SEEN = -1


@dataclass(frozen=True, slots=True)
class Waiting:
    """Cards seen before that wait alike.

    Attributes:
        deck: reference of their deck; 0 where it doesn't matter, since no deck has limits of its own.
        due_in: study days from now until they are due; 0 for today, negative for overdue ones.
        ease, repetitions, interval_days: where they stand, as `flashrls.sm2.Schedule` has it.
        cards: how many they are.
    """

    deck: int
    due_in: int
    ease: int
    repetitions: int
    interval_days: int
    cards: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a day allows, over all cards or over those of some decks; None for no such limit.

    Attributes:
        reviews_per_day, new_per_day: the limits of any day.
        reviewed, introduced: what of them is used up today.
    """

    reviews_per_day: int | None
    new_per_day: int | None
    reviewed: int = 0
    introduced: int = 0

    def reviews_on(self, ahead: int) -> int | None:
        """How many reviews are left of the day so far ahead."""
        return _left(self.reviews_per_day, 0 if ahead else self.reviewed)

    def new_on(self, ahead: int) -> int | None:
        """How many new cards are left of the day so far ahead."""
        return _left(self.new_per_day, 0 if ahead else self.introduced)


def _left(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the days allow.

    Attributes:
        day: over all cards; neither limit is None.
        decks: limits of some decks, by their references, besides.
        maximum_interval: the most days until a card is due again.
    """

    day: Allowance
    decks: tuple[tuple[frozenset[int], Allowance], ...] = ()
    maximum_interval: int = MOST_INTERVAL_DAYS


@dataclass(frozen=True, slots=True)
class Ahead:
    """What one day asks; see `flashrls.progress.Coming`."""

    due: int
    returning: int
    new: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to come.

    Attributes:
        days: the coming days, today first.
        seen_all: for each deck with new cards how many days it takes until the last is introduced, and how many
            answers they have had by then; None if the limits never let it come.
    """

    days: tuple[Ahead, ...]
    seen_all: Mapping[int, tuple[int, int] | None]


def foresee(
    seen: Iterable[Waiting],
    new: Sequence[tuple[int, int]],
    limits: Limits,
    *,
    siblings: Mapping[int, Sequence[int]] = MappingProxyType({}),
    days: int = FORECAST_DAYS,
    farthest: int = FARTHEST_DAYS,
) -> Outlook:
    """Return what the coming days ask.

    Args:
        seen: the cards seen before.
        new: the decks with new cards in the order of introduction, and how many each has.
        limits: what the days allow; what exceeds it waits for the next day, and new cards wait meanwhile.
        siblings: for some decks how many new cards each note has, of those introduced first; other notes have one.
            A note's next new card comes the day after the review of the one before.
        days: so many days are told.
        farthest: so many days are looked at for the new cards' sake, at least `days`.

    But for new ones, cards of one note count as if they could be asked on one day, buried cards as if they
    weren't, and due days aren't fuzzed. What waits for another day keeps its place in the line, while the daily
    queue asks again what is overdue most by its interval, and of cards alike the first of their decks: after a
    backlog the days may differ. Cards seen before that are due behind the days told are taken together by their
    due day, with their mean ease and interval.
    """
    course = _Course(limits, days, farthest)
    cards_of = dict(new)
    course.fresh = {deck: _Fresh(notes, cards_of.get(deck, 0)) for deck, notes in siblings.items()}
    for waiting in seen:
        course.put_seen(waiting)
    return course.run(new)


@lru_cache(maxsize=65_536)
def _after_good(ease: int, repetitions: int, interval_days: int) -> tuple[int, int, int]:
    after = schedule_review(Schedule(ease, repetitions, interval_days, _DAY), _GOOD, _DAY)
    return after.ease, min(after.repetitions, _ALIKE_FROM), after.interval_days


_Key = tuple[int, int, int, int]
"""Whose new cards they were (`_SEEN` for cards seen before), ease, repetitions, interval."""


@dataclass(slots=True)
class _Group:
    """Cards of one line that wait alike; `order` is their place among all that wait."""

    order: int
    key: _Key
    cards: int


@dataclass(slots=True)
class _Line:
    """The cards of those decks that the same limits hold for, `rules` the indices of these in `Limits.decks`."""

    rules: tuple[int, ...]
    queue: deque[_Group] = field(default_factory=deque)
    waiting: int = 0
    coming: dict[int, Counter[_Key]] = field(default_factory=dict)
    later: dict[int, list[int]] = field(default_factory=dict)


class _Fresh:
    """A deck's new cards, note by note."""

    def __init__(self, notes: Sequence[int], cards: int) -> None:
        """Take the notes' numbers of new cards; what `cards` are more than these have no siblings."""
        self._notes = deque(notes)
        self._alone = max(0, cards - sum(notes))
        self._resting: deque[tuple[int, int]] = deque()

    def take(self, ahead: int, most: int) -> int:
        """Introduce up to `most` cards on a day, no two of one note, and return how many these are."""
        taken, again = 0, []
        while taken < most and self._resting and self._resting[0][0] <= ahead:
            again.append(self._resting.popleft()[1] - 1)
            taken += 1
        while taken < most and self._notes:
            again.append(self._notes.popleft() - 1)
            taken += 1
        # On the day after, the card that was introduced is reviewed, and its note rests.
        self._resting.extend((ahead + 2, left) for left in again if left)
        alone = min(self._alone, most - taken)
        self._alone -= alone
        return taken + alone


class _Course:
    """The days, one after the other."""

    def __init__(self, limits: Limits, days: int, farthest: int) -> None:
        self.limits = limits
        self.days = days
        self.farthest = max(days, farthest)
        self.lines: dict[tuple[int, ...], _Line] = {}
        self.of_deck: dict[int, _Line] = {}
        self.overdue: list[tuple[float, int, _Line, _Key, int]] = []
        self.placed = 0
        self.fresh: Mapping[int, _Fresh] = {}

    def line(self, deck: int) -> _Line:
        """The line that a deck's cards wait in."""
        if deck not in self.of_deck:
            rules = tuple(at for at, (decks, _) in enumerate(self.limits.decks) if deck in decks)
            self.of_deck[deck] = self.lines.setdefault(rules, _Line(rules))
        return self.of_deck[deck]

    def put_seen(self, waiting: Waiting) -> None:
        """Take up cards seen before."""
        line = self.line(waiting.deck)
        key = (_SEEN, waiting.ease, min(waiting.repetitions, _ALIKE_FROM), waiting.interval_days)
        if waiting.due_in <= 0:
            danger = waiting.due_in / waiting.interval_days
            self.overdue.append((danger, waiting.interval_days, line, key, waiting.cards))
        else:
            self.put(line, waiting.due_in, key, waiting.cards)

    def put(self, line: _Line, ahead: int, key: _Key, cards: int) -> None:
        """Let cards come on the day so far ahead."""
        if ahead >= self.farthest:
            return
        if key[0] == _SEEN and ahead >= self.days:
            sums = line.later.setdefault(ahead, [0, 0, 0])
            for at, value in enumerate((1, key[1], key[3])):
                sums[at] += cards * value
        else:
            line.coming.setdefault(ahead, Counter())[key] += cards

    def wait(self, line: _Line, key: _Key, cards: int) -> None:
        """Put cards that are due behind those that are due already."""
        line.queue.append(_Group(self.placed, key, cards))
        line.waiting += cards
        self.placed += 1

    def arrive(self, ahead: int) -> None:
        """Let what is due on a day wait: the shortest interval first."""
        come = []
        for line in self.lines.values():
            come += [(key, line, cards) for key, cards in line.coming.pop(ahead, {}).items()]
            if ahead in line.later:
                cards, eases, intervals = line.later.pop(ahead)
                key = (_SEEN, round(eases / cards), _ALIKE_FROM, max(1, round(intervals / cards)))
                come.append((key, line, cards))
        for key, line, cards in sorted(come, key=lambda group: (group[0][3], group[0])):
            self.wait(line, key, cards)

    def run(self, new: Sequence[tuple[int, int]]) -> Outlook:
        """Go through the days."""
        for _, _, line, key, cards in sorted(self.overdue, key=lambda group: (group[:2], group[3])):
            self.wait(line, key, cards)
        left = {deck: cards for deck, cards in new if cards}
        answers: Counter[int] = Counter()
        seen_all: dict[int, tuple[int, int] | None] = dict.fromkeys(left)
        hoped = set(left) - self.hopeless(left)
        told: list[Ahead] = []
        for ahead in range(self.farthest):
            if ahead >= self.days and not hoped:
                break
            self.arrive(ahead)
            allowed_new = self.new_allowed(ahead)
            asked = self.review(ahead)
            introduced = self.introduce(ahead, left, *allowed_new)
            for deck, cards in introduced.items():
                self.put(self.line(deck), ahead + 1, (deck, *_after_good(250, 0, 0)), cards)
            for deck in hoped:
                answers[deck] += asked[deck] + introduced[deck]
            for deck in [deck for deck in hoped if not left[deck]]:
                hoped.discard(deck)
                seen_all[deck] = (ahead + 1, answers[deck])
            if ahead < self.days:
                due, total = asked.pop(_SEEN, 0), asked.total()
                told.append(Ahead(due, total, introduced.total()))
        return Outlook(tuple(told), seen_all)

    def hopeless(self, left: Mapping[int, int]) -> set[int]:
        """The decks whose new cards, behind those that go first, are more than all days together allow."""
        before: Counter[tuple[int, ...]] = Counter()
        found = set()
        for deck, cards in left.items():
            rules = self.line(deck).rules
            before[rules] += cards
            allowances = [self.limits.day, *(self.limits.decks[at][1] for at in rules)]
            a_day = min(a.new_per_day for a in allowances if a.new_per_day is not None)
            if before[rules] > a_day * self.farthest:
                found.add(deck)
        return found

    def new_allowed(self, ahead: int) -> tuple[int, list[int | None]]:
        """How many new cards may come on a day: in all, and by each deck's own limit; none on a backlog."""
        own: list[int | None] = []
        for at, (_, allowance) in enumerate(self.limits.decks):
            reviews, waiting = allowance.reviews_on(ahead), self.waiting(at)
            own.append(0 if reviews is not None and waiting > reviews else allowance.new_on(ahead))
        waiting = sum(line.waiting for line in self.lines.values())
        backlog = waiting > (self.limits.day.reviews_on(ahead) or 0)
        return 0 if backlog else self.limits.day.new_on(ahead) or 0, own

    def waiting(self, at: int) -> int:
        """How many cards wait that a limit holds for."""
        return sum(line.waiting for line in self.lines.values() if at in line.rules)

    def review(self, ahead: int) -> Counter[int]:
        """Ask what a day allows; return how many cards seen before, and how many of which deck's new ones."""
        asked: Counter[int] = Counter()
        left = self.limits.day.reviews_on(ahead) or 0
        own = [allowance.reviews_on(ahead) for _, allowance in self.limits.decks]
        while left:
            lines = [line for line in self.lines.values() if line.queue and _least(own, line.rules, left)]
            if not lines:
                break
            line = min(lines, key=lambda line: line.queue[0].order)
            group = line.queue[0]
            cards = min(group.cards, _least(own, line.rules, left))
            group.cards -= cards
            if not group.cards:
                line.queue.popleft()
            line.waiting -= cards
            left -= cards
            _take(own, line.rules, cards)
            asked[group.key[0]] += cards
            after = _after_good(*group.key[1:])
            self.put(line, ahead + min(after[2], self.limits.maximum_interval), (group.key[0], *after), cards)
        return asked

    def introduce(self, ahead: int, left: dict[int, int], most: int, own: list[int | None]) -> Counter[int]:
        """Introduce what a day allows, in order; return how many cards of which deck."""
        introduced: Counter[int] = Counter()
        for deck, cards in left.items():
            if not most:
                break
            rules = self.line(deck).rules
            some = min(cards, _least(own, rules, most))
            if deck in self.fresh:
                some = self.fresh[deck].take(ahead, some)
            if some:
                introduced[deck] = some
                left[deck] -= some
                most -= some
                _take(own, rules, some)
        return introduced


def _least(own: Sequence[int | None], rules: Iterable[int], most: int) -> int:
    return min([most, *(left for at in rules if (left := own[at]) is not None)])


def _take(own: list[int | None], rules: Iterable[int], cards: int) -> None:
    for at in rules:
        left = own[at]
        if left is not None:
            own[at] = left - cards

"""Decks as a tree by the levels of their names, with what each asks today, its sub-decks included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

from flashrls.outlook import SearchCounts, Today
from flashrls.store.today import LEVEL
from flashrls.tui.words import ALL_DECKS


@dataclass(slots=True)
class Branch:
    """A deck, or a level of deck names, with the sums over itself and all below it.

    Attributes:
        path: its full name; None for the root, which stands for all decks. No deck's name is a saved search's.
        level: the last level of its name.
        depth: 0 for the root and for decks of the first level.
        search: the name of the saved search that it is; "" for a deck.
        fault: why that search can't be asked; "" if it can.
    """

    path: str | None
    level: str
    depth: int
    due: int = 0
    new: int = 0
    drill: int = 0
    seen: int = 0
    cards: int = 0
    below: dict[str, Branch] = field(default_factory=dict)
    search: str = ""
    fault: str = ""

    @property
    def deck(self) -> str | None:
        """The deck that it is; None for all decks, and for a saved search."""
        return None if self.search else self.path

    @property
    def asked(self) -> int:
        """How many cards it asks today."""
        return self.due + self.new + self.drill


def grow(today: Today) -> Branch:
    """Return the root of the tree of a day's decks; its numbers are those of the day's queue."""
    root = Branch(None, ALL_DECKS, 0)
    asked = today.queue.by_deck
    for deck in today.decks:
        branch = root
        line = [root]
        levels = deck.name.split(LEVEL)
        for depth, level in enumerate(levels):
            path = LEVEL.join(levels[: depth + 1])
            branch = branch.below.setdefault(level, Branch(path, level, depth))
            line.append(branch)
        for branch in line:
            branch.due += asked["due"][deck.ref]
            branch.new += asked["new"][deck.ref]
            branch.drill += asked["drill"][deck.ref]
            branch.seen += deck.seen
            branch.cards += deck.cards
    return root


def searches_of(counted: Iterable[SearchCounts]) -> list[Branch]:
    """Return the saved searches as rows beside the decks."""
    return [
        Branch(f"\n{one.name}", one.name, 0, one.due, one.new, one.drill, search=one.name, fault=one.fault)
        for one in counted
    ]


def unfolded(root: Branch, folded: Set[str]) -> list[Branch]:
    """Return the branches to show, from the top down: the root, then all that no folded path hides."""
    return [root, *_below(root, folded)]


def _below(branch: Branch, folded: Set[str]) -> Iterator[Branch]:
    for child in branch.below.values():
        yield child
        if child.path not in folded:
            yield from _below(child, folded)

"""Deck files checked together, each against its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flashrls.anchors.find import Finder
from flashrls.cards import Deck, Source
from flashrls.formats.faults import Fault
from flashrls.lint.deck import in_order, lint_deck, lint_together
from flashrls.lint.finding import Finding, Severity

Finders = Callable[[Source], Finder | None]
"""Returns the document that a deck's head names; None if it isn't at hand."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a file.

    Attributes:
        path: its name, fit to print.
        deck: the deck it tells; None if it has faults.
        faults: why it tells none.
        findings: what the lint found, by line; also what the author waived.
        finder: the document that the anchors were looked for in; None if none was at hand.
    """

    path: str
    deck: Deck | None
    faults: tuple[Fault, ...] = ()
    findings: tuple[Finding, ...] = ()
    finder: Finder | None = None

    def count(self, severity: Severity) -> int:
        """How many findings are so severe; a fault is an error."""
        faults = len(self.faults) if severity is Severity.ERROR else 0
        return faults + sum(finding.severity is severity for finding in self.findings)

    @property
    def is_unverified(self) -> bool:
        """Whether it has anchors that no document was at hand for."""
        return self.deck is not None and self.finder is None and any(note.anchors for note in self.deck.notes)


def check_files(files: Sequence[tuple[str, Deck | tuple[Fault, ...]]], finders: Finders) -> list[Checked]:
    """Return what is wrong in each file, and between the cards of all that can be read."""
    decks = [deck for _, deck in files if isinstance(deck, Deck)]
    between = iter(lint_together(decks))
    return [
        _checked(path, found, next(between), finders(found.source))
        if isinstance(found, Deck)
        else Checked(path, None, found)
        for path, found in files
    ]


def _checked(path: str, deck: Deck, between: Iterable[Finding], finder: Finder | None) -> Checked:
    findings = in_order([*lint_deck(deck, finder), *between])
    return Checked(path, deck, (), tuple(findings), finder)

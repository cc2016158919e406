"""The lint of decks: every rule asked about every card, and what the author waived set apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from flashrls.anchors.find import Finder
from flashrls.cards import Deck, Note
from flashrls.lint.asked import Asked
from flashrls.lint.finding import Finding, Rule, Severity, Trouble
from flashrls.lint.form import well_formed
from flashrls.lint.giveaway import no_giveaway
from flashrls.lint.reserve import hedged
from flashrls.lint.size import no_list, short_answer, short_question
from flashrls.lint.source import Judge, anchored, from_source
from flashrls.lint.together import pairs
from flashrls.lint.wording import no_choice, one_fact, stands_alone, telling_blank

_OF_A_CARD = (
    *(short_answer, short_question, one_fact, no_choice, no_list),
    *(stands_alone, no_giveaway, telling_blank, well_formed),
)
_SHA256 = re.compile("[0-9a-fA-F]{64}")


def lint_deck(deck: Deck, finder: Finder | None = None) -> list[Finding]:
    """Return what is wrong with a deck's cards one by one, by line and rule.

    Args:
        deck: the deck; of one that names no source and quotes nothing, no anchors are asked.
        finder: its source; without it no anchor is verified, and R10 knows only what is quoted.
    """
    judge = None if finder is None else Judge(finder)
    is_sourced = finder is not None or any((deck.source.title, deck.source.file, deck.source.sha256))
    is_sourced = is_sourced or any(note.anchors for note in deck.notes)
    found = list(_of_head(deck, finder))
    for note in deck.notes:
        asked = Asked(note, f"{deck.name} {note.section}")
        troubles = [trouble for rule in _OF_A_CARD for trouble in rule(asked)]
        if is_sourced:
            troubles += _against(asked, judge, hints(deck, note))
        found += [_finding(note, trouble) for trouble in troubles]
    return in_order(found)


def _against(asked: Asked, judge: Judge | None, sections: tuple[str, ...]) -> Iterator[Trouble]:
    yield from anchored(asked, judge, sections)
    yield from hedged(asked, judge, sections)
    if judge is not None:
        yield from from_source(asked, judge)


def lint_together(decks: Sequence[Deck]) -> list[list[Finding]]:
    """Return what is wrong between the cards of decks, for each deck by line: the later of two alike is told."""
    found: list[list[Finding]] = [[] for _ in decks]
    for pair in pairs(decks):
        found[pair.deck].append(_finding(decks[pair.deck].notes[pair.note], pair.trouble))
    return [in_order(findings) for findings in found]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings by line, then by rule."""
    order = list(Rule)
    return sorted(findings, key=lambda finding: (finding.line, order.index(finding.rule)))


def hints(deck: Deck, note: Note) -> tuple[str, ...]:
    """Return the headings that tell where in its source a card belongs: its own, and its deck's last level."""
    return (*(title for title in note.section.split(" > ") if title), deck.name.rpartition("::")[2])


def _of_head(deck: Deck, finder: Finder | None) -> Iterator[Finding]:
    told = deck.source.sha256
    if told and not _SHA256.fullmatch(told):
        message = f"The head's sha256 has {len(told)} characters that aren't all hexadecimal digits."
        if len(told) != 64:
            message = f"The head's sha256 has {len(told)} characters instead of 64."
        mend = "Take the 64 hexadecimal digits that `sha256sum` prints."
        yield Finding(Rule.WELL_FORMED, Severity.ERROR, 1, None, message, mend)
    elif told and finder is not None and told.casefold() != finder.document.sha256:
        message = (
            f"The head names another state of the source: sha256 {told[:8]}…, not {finder.document.sha256[:8]}…."
        )
        mend = "If the cards hold for this text, write its sha256 into the head."
        yield Finding(Rule.ANCHORED, Severity.WARNING, 1, None, message, mend)


def _finding(note: Note, trouble: Trouble) -> Finding:
    severity = Severity.ERROR if trouble.is_certain and not note.draft else Severity.WARNING
    if any(waiver.rule == trouble.rule for waiver in note.waived):
        severity = Severity.WAIVED
    return Finding(trouble.rule, severity, note.line, note.key, trouble.message, trouble.mend)

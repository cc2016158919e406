"""A document seen by what is quoted of it, or by what is remembered: marks, colours and words for both."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum

from textual.content import Content

from flashrls.anchors.coverage import mark
from flashrls.clean import clean_line
from flashrls.knowledge import Measured, SourceView
from flashrls.telling import count, rate_words

MUTED, FAINT = "$foreground-muted", "$foreground-disabled"
_GOOD, _FAIR, _POOR = "$text-success", "$text-warning", "$text-error"
_WELL_KNOWN, _KNOWN = 0.9, 0.8
_KEPT, _ONCE, _OFTEN, _NEW, _NONE = "█▓▒○·"
MARKS = "█▓▒○·×"
_ASCII = dict(zip(MARKS, "#+-o.x", strict=True))


def can_show(characters: str) -> bool:
    """Whether the terminal's encoding has these characters."""
    try:
        characters.encode(getattr(sys.__stderr__, "encoding", None) or "ascii")  # Textual writes there
    except UnicodeEncodeError:
        return False
    return True


class Lens(Enum):
    """By what the sentences are marked and coloured."""

    COVERAGE = "coverage"
    RETENTION = "retention"

    @property
    def other(self) -> Lens:
        """The other one."""
        return Lens.RETENTION if self is Lens.COVERAGE else Lens.COVERAGE


@dataclass(frozen=True, slots=True)
class Look:
    """How a sentence or section is shown.

    Attributes:
        mark: one character, readable without colour.
        style: of the mark.
        text: style of its words.
        untouched: style of the words that no anchor quotes.
    """

    mark: str
    style: str
    text: str = ""
    untouched: str = ""


def look_at_sentence(view: SourceView, at: int, lens: Lens, *, ascii_only: bool) -> Look:
    """Return how the sentence `at` is shown."""
    cover = view.coverage.sentences[at]
    if cover.skipped is not None and not (cover.notes and lens is Lens.RETENTION):
        return Look(mark(0, 0, skipped=True, ascii_only=ascii_only), FAINT, FAINT, FAINT)
    if lens is Lens.COVERAGE:
        style = _GOOD if cover.notes else MUTED
        return Look(mark(cover.words, cover.quoted, ascii_only=ascii_only), style, _GOOD if cover.notes else "")
    letter, style = _memory(view.of_sentence(at))
    return Look(_ASCII[letter] if ascii_only else letter, style or MUTED, style, style)


def look_at_section(view: SourceView, at: int, lens: Lens, *, ascii_only: bool) -> Look:
    """Return how the section `at` is marked; by retention its words say it, since its sentences differ."""
    cover = view.coverage.sections[at]
    if lens is Lens.RETENTION:
        return Look(" ", "", "bold")
    skipped = bool(cover.sentences) and cover.skipped == len(cover.sentences)
    style = _GOOD if cover.notes else MUTED
    return Look(mark(cover.words, cover.quoted, skipped=skipped, ascii_only=ascii_only), style, "bold")


def _memory(known: Measured) -> tuple[str, str]:
    """The mark and the colour for what the log says of a sentence's cards."""
    if not known.cards:
        return _NONE, ""
    if not known.seen:
        return _NEW, "$text-primary"
    if known.lapses > 1:
        return _OFTEN, _POOR
    return (_ONCE, _FAIR) if known.lapses else (_KEPT, _GOOD)


def legend(lens: Lens, *, ascii_only: bool) -> list[Content]:
    """Return what the marks mean, and what they don't."""
    if lens is Lens.COVERAGE:
        pairs = [("█", _GOOD, "quoted"), ("▓", _GOOD, "half"), ("▒", _GOOD, "less")]
        pairs += [("·", MUTED, "nothing"), ("×", FAINT, "left out")]
        note = "Quoted is not yet learned."
    else:
        pairs = [(_KEPT, _GOOD, "no lapse"), (_ONCE, _FAIR, "one lapse"), (_OFTEN, _POOR, "more")]
        pairs += [(_NEW, "$text-primary", "not begun"), (_NONE, MUTED, "no card")]
        note = ""
    items = [
        Content.assemble((_ASCII[letter] if ascii_only else letter, style), f" {does}")
        for letter, style, does in pairs
    ]
    return [*items, Content(note)] if note else items


def section_words(view: SourceView, at: int, lens: Lens) -> Content:
    """Return what is to be said of the section `at`."""
    cover, known = view.coverage.sections[at], view.of_section(at)
    if not cover.sentences:
        return Content.styled("no text of its own", MUTED)
    if lens is Lens.COVERAGE:
        touched = sum(bool(view.coverage.sentences[n].notes) for n in cover.sentences)
        of = f"{touched:,} of {count(len(cover.sentences), 'sentence')} quoted"
        left_out = f"{cover.skipped:,} left out" if cover.skipped else ""
        return Content.styled(_dots(of, left_out, count(known.cards, "card")), MUTED)
    if not known.cards:
        return Content.styled("no card", MUTED)
    share = known.rate.share
    colour = MUTED if share is None else _GOOD if share >= _WELL_KNOWN else _FAIR if share >= _KNOWN else _POOR
    begun = f"{known.cards - known.seen:,} not begun" if known.cards > known.seen else ""
    rest = _dots(count(known.cards, "card"), begun, _lapses(known), _due(known))
    return Content.assemble((_rate(known), colour), (f" · {rest}", MUTED))


def sentence_words(view: SourceView, at: int, lens: Lens) -> str:
    """Return what is to be said of the sentence `at`, behind its number."""
    cover, known = view.coverage.sentences[at], view.of_sentence(at)
    if cover.skipped is not None:
        why = clean_line(cover.skipped)
        said = f"left out on purpose: {why}" if why else "left out on purpose"
    elif lens is Lens.COVERAGE or not known.cards:
        words = f"{cover.quoted:,} of {count(cover.words, 'word')} quoted"
        said = _dots(words, count(known.cards, "card")) if known.cards else "no card quotes it"
    else:
        begun = f"{known.cards - known.seen:,} not begun" if known.cards > known.seen else ""
        said = _dots(count(known.cards, "card"), begun, _rate(known), _lapses(known), _due(known))
    return f"{view.label(at)} · {said}"


def headline(view: SourceView, lens: Lens) -> str:
    """Return the figures of the whole document in the fewest words."""
    coverage = view.coverage
    if lens is Lens.COVERAGE:
        return f"{coverage.touched:,} of {count(len(coverage.sentences) - coverage.skipped, 'sentence')} quoted"
    due = sum(card.is_due for card in view.cards)
    return _dots(count(len(view.cards), "card"), f"{due:,} due")


def _rate(known: Measured) -> str:
    rate = known.rate
    if rate.share is not None:
        return f"{rate_words(rate)} remembered"
    counts = f": {rate.passes:,} of {rate.reviews:,} passed" if rate.reviews else ""
    return f"too few reviews yet{counts}"


def _lapses(known: Measured) -> str:
    return count(known.lapses, "lapse") if known.lapses else ""


def _due(known: Measured) -> str:
    return f"{known.due:,} due" if known.due else ""


def _dots(*parts: str) -> str:
    return " · ".join(part for part in parts if part)

"""What `source` prints: marks, shares and measures by section, or the whole document with what is not quoted."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from typing import Any

from flashrls.anchors.coverage import SentenceCover, least_quoted, mark
from flashrls.clean import clean_line
from flashrls.cli.output import can_print, terminal_width
from flashrls.knowledge import Measured, SourceView
from flashrls.stats import TOO_FEW

_LISTED = 5
"""How many of the least quoted and of the weakest sentences are told."""
_LABEL = 6


def report(view: SourceView) -> str:
    """Return a document's coverage and knowledge by section as text for a terminal."""
    lines = [*_head(view), ""]
    for at, section in enumerate(view.coverage.sections):
        if section.sentences:
            lines += [*_section(view, at), ""]
    return "\n".join([*lines, *_least(view), *_weakest(view), *_left_out(view), *_notes(view)])


def _head(view: SourceView) -> list[str]:
    coverage, document = view.coverage, view.finder.document
    counted = len(coverage.sentences) - coverage.skipped
    left_out = f", {coverage.skipped} left out on purpose" * bool(coverage.skipped)
    return [
        clean_line(document.title),
        f"{clean_line(document.file)} · {_count(len(view.decks), 'deck')} · {_count(len(view.cards), 'card')}",
        f"{coverage.touched} of {counted} sentences quoted, at least in part{left_out}",
        f"{coverage.quoted:,} of {coverage.words:,} words quoted",
    ]


def _section(view: SourceView, at: int) -> list[str]:
    cover = view.coverage.sections[at]
    section = view.finder.outline.sections[at]
    title = clean_line(section.title) or "(before the first heading)"
    sentences = [view.coverage.sentences[number] for number in cover.sentences]
    share = f"{100 * cover.quoted // cover.words} % of its words" if cover.words else "left out"
    marks = "".join(_mark(sentence) for sentence in sentences)
    all_skipped = cover.skipped == len(sentences)
    own = mark(cover.words, cover.quoted, skipped=all_skipped, ascii_only=_ascii())
    known = view.of_section(at)
    return [
        f"{own} {at + 1} {title}",
        *textwrap.wrap(marks, terminal_width() - 4, initial_indent=" " * 4, subsequent_indent=" " * 4),
        f"    quoted: {share}, {_count(known.cards, 'card')}",
        f"    known:  {known_words(known)}",
    ]


def known_words(known: Measured) -> str:
    """Return in words what reviews say of a stretch of the document."""
    if not known.cards:
        return "no card asks for it"
    rate, parts = known.rate, []
    if rate.share is not None and rate.interval is not None:
        low, high = rate.interval
        within = f"{100 * low:.0f}–{100 * high:.0f} %"
        parts.append(f"{100 * rate.share:.0f} % ({within}) of {rate.reviews} first reviews of a day passed")
    elif rate.reviews:
        parts.append(f"too few reviews yet ({rate.passes} of {rate.reviews} passed, {TOO_FEW} are needed)")
    else:
        parts.append("first answers only" if known.seen else "no reviews yet")
    if known.cards > known.seen:
        parts.append(f"{known.cards - known.seen} not begun")
    if known.lapses:
        parts.append(_count(known.lapses, "lapse"))
    if known.due:
        parts.append(f"{known.due} due")
    return ", ".join(parts)


def _least(view: SourceView) -> list[str]:
    chosen = [at for at in least_quoted(view.coverage, _LISTED) if view.coverage.sentences[at].untouched]
    if not chosen:
        return []
    return ["Least quoted; what no card quotes in [brackets]", *_listing(view, chosen), ""]


def _weakest(view: SourceView) -> list[str]:
    chosen = view.weakest(_LISTED)
    if not chosen:
        return []
    lines = ["Forgotten most often"]
    for at in chosen:
        known = view.of_sentence(at)
        said = _count(known.lapses, "lapse")
        if known.rate.reviews:
            said += f", {known.rate.passes} of {known.rate.reviews} reviews passed"
        lines += _wrapped(_label(view, at), f"{said}: {_text(view, at)}")
    deck = f' "{clean_line(view.decks[0])}"' if len(view.decks) == 1 else ""
    return [*lines, f"`flashrls review{deck} --sentence {view.label(chosen[0])}` studies the first of them.", ""]


def _left_out(view: SourceView) -> list[str]:
    skipped = [(at, cover) for at, cover in enumerate(view.coverage.sentences) if cover.skipped is not None]
    lines = ["Left out on purpose"] if skipped else []
    for at, cover in skipped:
        lines += _wrapped(_label(view, at), f"{_text(view, at)} — {clean_line(cover.skipped or '')}")
    return [*lines, *[""] * bool(lines)]


def _notes(view: SourceView) -> list[str]:
    lines = []
    for anchor in view.unplaced[: _LISTED * 2]:
        lines += _wrapped("", f"{anchor.note_id}: its anchor is not in the document: “{clean_line(anchor.quote)}”")
    if len(view.unplaced) > _LISTED * 2:
        lines.append(f"  … and {len(view.unplaced) - _LISTED * 2} more anchors")
    for skip in view.coverage.lost_skips:
        lines += _wrapped("", f"a `skip` is not in the document: “{clean_line(skip.text)}”")
    return [*lines, "Quoted is not yet learned: `known` is what your reviews measured."]


def whole_text(view: SourceView) -> str:
    """Return the whole document as text for a terminal: a mark and a number before each sentence."""
    lines: list[str] = []
    for at, section in enumerate(view.finder.outline.sections):
        cover = view.coverage.sections[at]
        if section.title:
            own = mark(cover.words, cover.quoted, skipped=cover.skipped > 0 == cover.words, ascii_only=_ascii())
            lines += [*[""] * bool(lines), f"{own} {at + 1} {clean_line(section.title)}", ""]
        lines += _listing(view, cover.sentences)
    return "\n".join(lines)


def _listing(view: SourceView, chosen: Iterable[int]) -> list[str]:
    lines: list[str] = []
    for at in chosen:
        lines += _wrapped(_label(view, at), bracketed(view, at))
    return lines


def bracketed(view: SourceView, at: int) -> str:
    """Return a sentence on one line, the stretches that no card quotes in brackets."""
    cover, text = view.coverage.sentences[at], view.finder.document.text
    if cover.skipped is not None:
        return _text(view, at)
    pieces, end = [], cover.sentence.start
    for start, stop in cover.untouched:
        pieces += [text[end:start], "[", text[start:stop], "]"]
        end = stop
    return clean_line("".join([*pieces, text[end : cover.sentence.end]]))


def _text(view: SourceView, at: int) -> str:
    sentence = view.coverage.sentences[at].sentence
    return clean_line(view.finder.document.text[sentence.start : sentence.end])


def _label(view: SourceView, at: int) -> str:
    return f"{view.label(at):>5} {_mark(view.coverage.sentences[at])}"


def _wrapped(label: str, words: str) -> list[str]:
    indent = " " * (_LABEL + 2)
    first = f"{label:<{_LABEL + 1}} "
    return textwrap.wrap(
        words, terminal_width(), initial_indent=first, subsequent_indent=indent, break_on_hyphens=False
    )


def _mark(cover: SentenceCover) -> str:
    return mark(cover.words, cover.quoted, skipped=cover.skipped is not None, ascii_only=_ascii())


def _ascii() -> bool:
    return not can_print("█▓▒·×", sys.stdout)


def _count(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"


def document_of(view: SourceView) -> dict[str, Any]:
    """Return a document with its coverage and knowledge as `source --json` prints it."""
    coverage, document = view.coverage, view.finder.document
    standings: dict[str, int] = {}
    for anchor in view.anchors:
        standings[anchor.standing.value] = standings.get(anchor.standing.value, 0) + 1
    return {
        "title": document.title,
        "file": document.file,
        "sha256": document.sha256,
        "decks": list(view.decks),
        "cards": len(view.cards),
        "words": coverage.words,
        "quoted_words": coverage.quoted,
        "sentences_counted": len(coverage.sentences) - coverage.skipped,
        "sentences_quoted": coverage.touched,
        "sentences_skipped": coverage.skipped,
        "anchors": standings,
        "sections": [_section_of(view, at) for at in range(len(coverage.sections))],
        "sentences": [_sentence_of(view, at) for at in range(len(coverage.sentences))],
        "lost_skips": [{"text": skip.text, "why": skip.why} for skip in coverage.lost_skips],
    }


def _section_of(view: SourceView, at: int) -> dict[str, Any]:
    cover = view.coverage.sections[at]
    return {
        "number": at + 1,
        "title": cover.section.title,
        "sentences": len(cover.sentences),
        "skipped": cover.skipped,
        "words": cover.words,
        "quoted_words": cover.quoted,
        **_known_of(view.of_section(at)),
    }


def _sentence_of(view: SourceView, at: int) -> dict[str, Any]:
    cover, text = view.coverage.sentences[at], view.finder.document.text
    return {
        "label": view.label(at),
        "section": cover.sentence.section + 1,
        "start": cover.sentence.start,
        "end": cover.sentence.end,
        "text": text[cover.sentence.start : cover.sentence.end],
        "words": cover.words,
        "quoted_words": cover.quoted,
        "untouched": [text[start:end] for start, end in cover.untouched],
        "skipped": cover.skipped,
        **_known_of(view.of_sentence(at)),
        "ids": [card.id for card in view.cards_of(cover.notes)],
    }


def _known_of(known: Measured) -> dict[str, Any]:
    low, high = known.rate.interval or (None, None)
    return {
        "cards": known.cards,
        "seen": known.seen,
        "due": known.due,
        "lapses": known.lapses,
        "passes": known.rate.passes,
        "reviews": known.rate.reviews,
        "share": known.rate.share,
        "low": low,
        "high": high,
    }

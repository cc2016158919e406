"""The sentences of a paragraph: `sentencex` finds them, and what it cuts too soon is joined again."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WINDOW = 4000
"""In characters. Some of sentencex's rules take the square of the length: unpaired quotation marks."""
_MARGIN = 100

_SPACE = re.compile(r"\s")
_WORD = re.compile(r"\w")
_TAIL = re.compile(r"(?:[⁰¹²³⁴-⁹)}\]\"”’»]|\[\d[\d,–-]{0,20}\]){1,20}+(?=\s|$)")
_MARKER = re.compile(r"\s*(?:\(?(?:\d{1,3}|[a-zA-Z])[.)])\s*")
_BULLET = re.compile(r"\s*[-+•‣◦▪●○·](?=\s)")
"""sentencex leaves what begins like an item in one piece."""
_MISSED = re.compile(r"(?:…[\"”’»)\]]{0,3}|[.!?](?:\[\d[\d,–-]{0,20}\]){1,9})\s+")
"""Ends that sentencex overlooks: the one character for three full stops, and numbers of notes behind one."""
_LAST_WORD = re.compile(r"(\w+)\.\s*$")
_LONGEST_SHORT = 12

_NUMBERED_WORDS = """
    al app approx art ca ch chap col cols eq eqs ex exp fig figs fol lit no nos op p para pl pp pt ref refs sec sect
    ser supp suppl tab tabs v ver vol vols vv
"""
_BEFORE_NUMBER = frozenset(_NUMBERED_WORDS.split())
_SHORT_WORDS = """
    al approx avg ca cf circa conc dept ed eds est etc excl ext fem gen incl max min misc nov orig p resp sp spp
    subsp syn temp trans univ var viz vs
"""
_BEFORE_LOWER = frozenset(_SHORT_WORDS.split())


def cut(paragraph: str) -> list[tuple[int, int]]:
    """Return the bounds of a paragraph's sentences, `start` inclusive, `end` exclusive, in order.

    They begin and end with what is no white space, and hold all that isn't. The ends of lines are
    spaces here. The time grows with the length.
    """
    flat = _SPACE.sub(" ", paragraph)
    found: list[tuple[int, int]] = []
    start = 0
    for end in (*_kept(flat), len(flat)):
        first, last = stripped(flat[start:end])
        if first < last:
            found.append((start + first, start + last))
        start = end
    return found


def stripped(text: str) -> tuple[int, int]:
    """Return the bounds of a text without the white space around it, `end` exclusive."""
    start = len(text) - len(text.lstrip())
    return start, max(start, len(text.rstrip()))


def _kept(flat: str) -> Iterator[int]:
    """Yield the places where one sentence ends and the next begins; both have words."""
    marker = _MARKER.match(flat)
    # An enumeration's number is no sentence, and what stands before a word belongs to that word.
    word = _WORD.search(flat, marker.end() if marker else 0)
    at = word.end() if word else len(flat)
    for place in sorted({*_boundaries(flat), *_missed(flat)}):
        end = _behind_tail(flat, place)
        if end < at or _is_abbreviated(flat, place) or _is_inside_word(flat, end):
            continue
        word = _WORD.search(flat, end)
        if word is None:
            return
        yield end
        at = word.end()


def _missed(flat: str) -> Iterator[int]:
    ends = (found.end() for found in _MISSED.finditer(flat))
    return (end for end in ends if flat[end : end + 1].isupper())


def _behind_tail(flat: str, place: int) -> int:
    if flat[place - 1].isspace():
        return place
    tail = _TAIL.match(flat, place)
    return tail.end() if tail else place


def _is_abbreviated(flat: str, place: int) -> bool:
    word = _LAST_WORD.search(flat, max(0, place - _LONGEST_SHORT), place)
    following = flat[place : place + 2]
    if word is None or not following:
        return False
    short = word[1].lower()
    if following[0].isdigit() or (following[0] == "(" and following[1:].isdigit()):
        return short in _BEFORE_NUMBER
    return following[0].islower() and short in _BEFORE_LOWER


def _is_inside_word(flat: str, place: int) -> bool:
    # "pip install .[extra]": only a capital begins a sentence without a space, or a script that has none.
    before, after = flat[place - 1], flat[place : place + 1]
    return before.isascii() and not before.isspace() and not after.isspace() and not after.isupper()


def _without_bullet(window: str) -> str:
    bullet = _BULLET.match(window)
    return " " * bullet.end() + window[bullet.end() :] if bullet else window


def _boundaries(flat: str) -> Iterator[int]:
    from sentencex import get_sentence_boundaries

    at = 0
    while at < len(flat):
        window = flat[at : at + _WINDOW]
        is_last = at + _WINDOW >= len(flat)
        # Close to the window's end sentencex can't see what follows.
        most = len(window) if is_last else len(window) - _MARGIN
        window = _without_bullet(window)
        starts = [found["start_index"] for found in get_sentence_boundaries("en", window)]
        starts = [start for start in starts if 0 < start <= most]
        for start in starts:
            yield at + start
        if is_last:
            return
        at += starts[-1] if starts else most

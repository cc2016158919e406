"""Cards of a deck file accepted: no drafts any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from flashrls.cards import Deck
from flashrls.clean import clean_path
from flashrls.cli.deckfile import encoded, faulty
from flashrls.cli.rewriting import rewrite
from flashrls.errors import FlashrlsError, NoSuchNote
from flashrls.formats.accepting import accept, with_attribute_lines
from flashrls.formats.deckfile import decode, parse_deck
from flashrls.formats.faults import Fault
from flashrls.intake import read_content


@dataclass(frozen=True, slots=True)
class Accepted:
    """What `accept` did: ids that were drafts, ids that were none any more, and how many drafts are left."""

    path: str
    keys: list[str]
    already: list[str]
    left: int


def accept_cards(name: str, ids: Sequence[str], *, every: bool) -> Accepted:
    """Take the draft mark off cards of a deck file, all or none of those that are named.

    Raises:
        NoSuchNote: an id is not in the file.
        FlashrlsError: the file has faults, or can't be read or written.
    """
    path = Path(name)
    content = read_content(path)
    text = decode(content)
    deck = (text,) if isinstance(text, Fault) else parse_deck(text, name=path.stem)
    if isinstance(text, Fault) or not isinstance(deck, Deck):
        raise faulty(path, deck if isinstance(deck, tuple) else ())
    cards = {one.key: one for one in with_attribute_lines(text, deck.notes)}
    named = list(dict.fromkeys(ids)) if not every else list(cards)
    for key in named:
        if key not in cards:
            raise NoSuchNote(clean_path(path), key, get_close_matches(key, cards, 3))
    chosen = [cards[key] for key in named if cards[key].note.draft]
    after = accept(text, chosen)
    _check_accepted(deck, after, {one.note.line for one in chosen}, path)
    if chosen:
        rewrite(path, content, encoded(after, content))
    drafts = sum(note.draft for note in deck.notes)
    already = [] if every else [key for key in named if not cards[key].note.draft]
    return Accepted(clean_path(path), [one.key for one in chosen], already, drafts - len(chosen))


def _check_accepted(deck: Deck, text: str, lines: set[int], path: Path) -> None:
    """Make sure that the file reads as before but for the marks."""
    after = parse_deck(text, name=path.stem)
    wanted = [replace(note, draft=note.draft and note.line not in lines, line=0) for note in deck.notes]
    if not isinstance(after, Deck) or [replace(note, line=0) for note in after.notes] != wanted:
        raise FlashrlsError(
            f"{clean_path(path)}: the marks can't be taken off without changing other cards; nothing was written.",
            "Take `.draft` away by hand.",
        )

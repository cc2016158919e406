"""Why a card is asked now: its life, and what its file says of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content

from flashrls.clean import clean_line
from flashrls.life import Life, LifeEntry, life_of
from flashrls.lifelines import (
    HEAD,
    button_lines,
    buttons_heading,
    ease_words,
    entry_lines,
    trend_lines,
    what_if_words,
)
from flashrls.log import CardState
from flashrls.study import StudyCard, interval_words
from flashrls.telling import count, short
from flashrls.tui.desk import Desk
from flashrls.tui.page import Page
from flashrls.tui.prose import Block, Prose, Text, labelled

if TYPE_CHECKING:
    from flashrls.store.library import Library

_LABEL_CELLS = 10
_ANY_CELLS = 72
_FAR = 1_000_000
"""Lines; no log has more."""
_QUIET = "$foreground-muted"
_CHANGED = {"reworded": " (the words changed since)"}


class WhyScreen(Page):
    """The life of one card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "back", "back", show=False),
        Binding("end,G", f"scroll_page({_FAR})", "end", show=False, key_display="End", tooltip="The newest entry"),
        Binding(
            "home,g", f"scroll_page(-{_FAR})", "beginning", show=False, key_display="Home", tooltip="To the top"
        ),
    ]

    def __init__(self, card: StudyCard, told: Prose) -> None:
        """Make the page of a card; `told` is its life."""
        super().__init__(Content(short(card.face.question, 400)), told)


async def open_why(
    app: App[object], desk: Desk, card: StudyCard, *, closed: Callable[[None], None] | None = None
) -> None:
    """Show why a card is asked, above the present screen; `closed` is called when the learner comes back.

    Raises:
        FlashrlsError: the library can't be read.
    """
    told = await desk.call(partial(_read, card=card))
    await app.push_screen(WhyScreen(card, told), closed)


def _read(library: Library, card: StudyCard) -> Prose:
    day = library.day
    life = life_of(card, library.log_of(card.ref), library.settings, day)
    return life_prose(card, life, day, _sources(library, card) if card.anchors else [])


def life_prose(card: StudyCard, life: Life, day: date, sources: Sequence[str] = ()) -> Prose:
    """Return a card's life as text, with a free line between its parts.

    Args:
        card: the card.
        life: its life.
        day: today's study day.
        sources: lines on its anchors.
    """
    trend: list[Block] = [_Trend(life.reviews)] if trend_lines(life.reviews, _ANY_CELLS) else []
    other = what_if_words(life)
    what_if: list[Block] = [labelled("What if", _LABEL_CELLS, Content(other))] if other else []
    parts = [_about(card, life, sources), trend, _buttons(card, life, day), what_if, _story(life)]
    blocks: list[Block] = []
    gaps: set[int] = set()
    for part in parts:
        if blocks and part:
            gaps.add(len(blocks))
        blocks += part
    return Prose(tuple(blocks), frozenset(gaps))


def _sources(library: Library, card: StudyCard) -> list[str]:
    """A card's anchors, each followed by where it stands; at the last why none can be verified, and the mend."""
    from flashrls.knowledge import place_words  # documents are for few screens

    passages = library.passages(card.note_ref)
    told: list[str] = []
    for anchor in passages.anchors:
        told.append(f"“{anchor.quote}”")
        if passages.finder and anchor.place:
            told.append(place_words(passages.finder, anchor.place) + _CHANGED.get(anchor.standing.value, ""))
        elif not passages.missing:
            told.append("not in the attached document, or in several places of it")
    return [*told, f"Not verified: {passages.missing}"] if passages.missing else told


def _about(card: StudyCard, life: Life, sources: Sequence[str]) -> list[Block]:
    facts = [("Card", card.id), ("Deck", card.deck)]
    if card.section:
        facts.append(("Section", card.section))
    if card.tags:
        facts.append(("Tags", " ".join(card.tags)))
    facts += [("Source" if at == 0 else "", words) for at, words in enumerate(sources)]
    facts.append(("Now", _now(life.state)))
    return [labelled(label, _LABEL_CELLS, Content(clean_line(value))) for label, value in facts]


def _now(state: CardState) -> str:
    schedule = state.schedule
    if schedule is None:
        return "new, never reviewed"
    words = [f"due {state.due_on}", f"interval {interval_words(schedule.interval_days)}"]
    return " · ".join([*words, f"ease {ease_words(schedule.ease)}", count(state.lapses, "lapse")])


@dataclass(frozen=True, slots=True)
class _Trend:
    """The plot of intervals and ease, as wide as there is room."""

    reviews: tuple[LifeEntry, ...]

    def lines(self, width: int) -> list[Content]:
        """Return its rows, cut where even their labels don't fit."""
        return [Content(row).truncate(width) for row in trend_lines(self.reviews, width)]


def _buttons(card: StudyCard, life: Life, day: date) -> list[Block]:
    heading = Text("", "", Content.styled(buttons_heading(life, card, day), _QUIET))
    return [heading, *(Text("", "", Content(line)) for line in button_lines(life))]


def _story(life: Life) -> list[Block]:
    if not life.entries:
        return [Text("", "", Content.styled("It has no log yet.", _QUIET))]
    rows: list[Block] = [Text("", "", Content.styled(HEAD, _QUIET))]
    for told in life.entries:
        facts, reason = entry_lines(told)
        rows.append(Text("", "", Content.styled(facts, "$foreground-disabled" if told.line.undone else "")))
        if reason:
            rows.append(Text("  ", "  ", Content.styled(reason, _QUIET)))
    return rows

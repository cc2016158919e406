"""What an import would do or did, in lines for a screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.content import Content

from flashrls.clean import clean_line
from flashrls.plan import Change, DeckPlan, ImportPlan, NotePlan
from flashrls.telling import count, short

_MOST_FAULTS = 50
_MOST_NOTES = 20
"""So many changed notes of a deck are told one by one."""

_QUIET = (Change.NEW, Change.UNCHANGED, Change.EDITED_HERE, Change.ADDED_HERE)


@dataclass(frozen=True, slots=True)
class Look:
    """An import as it was planned, with the questions that it would ask.

    Attributes:
        plan: what would be done.
        guesses: notes of the files that may be edits of the library's.
        conflicts: notes that were changed here and in their files.
    """

    plan: ImportPlan
    guesses: int = 0
    conflicts: int = 0

    @property
    def is_clear(self) -> bool:
        """Whether it can be done without asking anything."""
        return not (self.plan.faults or self.guesses or self.conflicts)


def look_lines(look: Look, path: str) -> list[Content]:
    """Return what is to be known before anything is written; `path` is what the learner wrote."""
    if look.plan.faults:
        return list(_fault_lines(look.plan))
    lines = [line for deck in look.plan.decks for line in _deck_lines(deck)]
    if not look.is_clear:
        return [*_question_lines(look, path), Content(), *lines]
    return [*lines, Content(), Content.styled(f"Enter imports: {change_words(look.plan)}.", "bold")]


def change_words(plan: ImportPlan | DeckPlan) -> str:
    """Return how many notes change how, as in "3 new, 1 edited"."""
    counts = ((change, plan.count(change)) for change in Change)
    return ", ".join(f"{number:,} {change.words}" for change, number in counts if number) or "nothing"


def _fault_lines(plan: ImportPlan) -> Iterator[Content]:
    faults = [(file.path, fault) for file in plan.files for fault in file.faults]
    yield Content.styled(
        f"{count(len(faults), 'error')}; nothing can be imported before they are mended.", "bold $text-warning"
    )
    for path, fault in faults[:_MOST_FAULTS]:
        where = clean_line(f"{path}:{fault.line}")
        yield Content.assemble((where, "$text-error"), f": {clean_line(fault.message)}")
        yield Content.styled(f"    {clean_line(fault.mend)}", "$foreground-muted")
    if len(faults) > _MOST_FAULTS:
        yield Content(f"… and {len(faults) - _MOST_FAULTS:,} more")


def _question_lines(look: Look, path: str) -> Iterator[Content]:
    asked = []
    if look.guesses:
        asked.append(f"{count(look.guesses, 'card')} may be edited or new")
    if look.conflicts:
        are = "was" if look.conflicts == 1 else "were"
        asked.append(f"{count(look.conflicts, 'card')} {are} changed here and in the file")
    yield Content.styled(f"{'; '.join(asked)}. You decide that one by one in your shell:", "bold $text-warning")
    yield Content(f"    flashrls import {clean_line(path)}")


def _deck_lines(planned: DeckPlan) -> Iterator[Content]:
    new = "" if planned.known else " (a new deck)"
    yield Content.assemble((clean_line(planned.deck.name), "bold"), f"{new}: {change_words(planned)}")
    yield Content.styled(f"  {clean_line(planned.path)}", "$foreground-muted")
    if drafts := sum(note.note is not None and note.note.draft for note in planned.notes):
        yield Content(f"  {count(drafts, 'draft')} among them, not asked before `flashrls accept`")
    told = [note for note in planned.notes if note.is_back or note.change not in _QUIET]
    yield from (Content(f"  {_note_words(note)}") for note in told[:_MOST_NOTES])
    if len(told) > _MOST_NOTES:
        yield Content(f"  … and {len(told) - _MOST_NOTES:,} more")


def _note_words(planned: NotePlan) -> str:
    if planned.note is None:
        old = planned.known.here.question if planned.known else ""
        return f"missing from the file, kept: {short(old, 60)}"
    return f"{'back' if planned.is_back else planned.change.words}: {short(planned.note.question, 60)}"

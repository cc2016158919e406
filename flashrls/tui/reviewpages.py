"""What a review opens above itself: the editor, images, and the answer that was typed. Imported late."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from textual.app import App

from flashrls.cards import Deck, Note
from flashrls.clean import clean_path
from flashrls.editor import keep_text
from flashrls.errors import FlashrlsError
from flashrls.formats.cardsheet import card_sheet
from flashrls.lint.deck import lint_deck
from flashrls.settings import Settings
from flashrls.study import StudyCard
from flashrls.tui.desk import Desk
from flashrls.tui.edit import EditScreen
from flashrls.tui.failed import EditNotSaved
from flashrls.tui.imagefiles import ImageFile, image_files
from flashrls.typed import Comparison, compare, plain_answer


async def open_edit(
    app: App[object], desk: Desk, card: StudyCard, closed: Callable[[Note, Note | None], None]
) -> None:
    """Edit a card's note; `closed` is told the note as it was and as it is to be, None for no change.

    Raises:
        FlashrlsError: the library can't be read.
    """
    before = await desk.call(lambda library: library.note(card.note_ref))
    screen = EditScreen(before, card.place, lambda note: lint_deck(Deck("edited", card.deck, (note,))))
    await app.push_screen(screen, lambda after: closed(before, after))


async def save_edit(desk: Desk, card: StudyCard, before: Note, after: Note) -> list[StudyCard]:
    """Give a card's note another text and return the note's cards.

    Raises:
        EditNotSaved: the library didn't take it; the text is kept in a file.
    """
    try:
        return await desk.call(lambda library: library.edit(card.note_ref, before, after))
    except FlashrlsError as error:
        kept = await asyncio.to_thread(keep_text, card_sheet(after))
        now = await desk.call(lambda library: library.cards_of(card.note_ref))
        raise EditNotSaved(error, clean_path(kept), now) from None


def images_of(card: StudyCard, *, revealed: bool) -> tuple[ImageFile, ...]:
    """Return the images of what is shown of a card."""
    shown = f"{card.face.question}\n\n{card.face.revealed}" if revealed else card.face.question
    return image_files(shown, Path(card.folder) if card.folder else None)


def compared(text: str, card: StudyCard, settings: Settings) -> Comparison:
    """Compare what was typed with a card's answer."""
    answer = plain_answer(card.face.answer)
    return compare(text, answer, case=settings.typed_case, accents=settings.typed_accents)

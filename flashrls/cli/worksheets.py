"""A worksheet between the file system and the rules: read, check, ask, write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from flashrls.anchors.find import Finder
from flashrls.clean import clean_line, clean_path
from flashrls.cli.commanding import run_command, split_command
from flashrls.cli.deckfile import encoded, faulty
from flashrls.cli.rewriting import rewrite
from flashrls.cli.saving import create
from flashrls.documents.text import Document
from flashrls.draft.english import is_english
from flashrls.draft.gate import admit
from flashrls.draft.prompt import prompt_for
from flashrls.draft.proposing import propose
from flashrls.draft.quoting import one_line
from flashrls.draft.rare import english_frequency
from flashrls.draft.replies import Refusal, read_replies
from flashrls.draft.sheet import Sheet, read_sheet
from flashrls.draft.slots import slots_of, standing
from flashrls.draft.worksheet import Proposals, Worksheet, add_to, new_sheet
from flashrls.errors import CommandFailed, FlashrlsError, NotAWorksheet, Refused
from flashrls.formats.decoding import decode
from flashrls.formats.faults import Fault
from flashrls.formats.names import bad_deck_name
from flashrls.intake import SUFFIX, read_content, read_document_file

_LEAST_KIN = 0.1
"""Which share of a worksheet's anchors an edited document still holds at least."""

_NO_CLOZES = "No clozes were made: they need the extra 'draft'. Install it: pip install 'flashrls[draft]'"
_NOT_ENGLISH = "No candidates were made: the rules know English only, and this text doesn't read like it."


@dataclass(frozen=True, slots=True)
class Wish:
    """What `draft` was asked for; None for what wasn't said."""

    out: str | None
    deck: str | None
    bare: bool
    command: str | None
    timeout_s: float
    dry_run: bool


@dataclass(frozen=True, slots=True)
class Drafted:
    """What `draft` did, or would do.

    Attributes:
        path: the worksheet's, fit to print.
        is_changed: whether the file has to be written.
        remarks: sentences that the learner should read.
    """

    path: str
    deck: str
    worksheet: Worksheet
    refused: tuple[Refusal, ...]
    is_changed: bool
    remarks: tuple[str, ...]


def make(document_path: str, wish: Wish) -> Drafted:
    """Make or go on with a document's worksheet.

    Raises:
        FlashrlsError: the document, the worksheet or the command is not what it should be; nothing was written.
    """
    if wish.out == "-":
        raise Refused("A worksheet can't be written to standard output.", "Name a file with --out.")
    command = None if wish.command is None else split_command(wish.command)
    document = read_document_file(document_path)
    path = Path(wish.out) if wish.out is not None else _default_path(document_path)
    before = _content_of(path, document_path)
    finder = Finder(document)
    text = new_sheet(finder, _deck_name(wish.deck)) if before is None else _text_of(before, path)
    sheet = _sheet_of(text, path)
    if before is not None:
        _check_own(sheet, finder, path, wish.deck)
    proposals, refused, remarks = _proposals(finder, sheet, wish, command)
    worksheet = add_to(sheet, finder, proposals, to_standing=command is not None)
    if not worksheet.sentences:
        raise FlashrlsError(
            f"{clean_path(document_path)}: there is no sentence in this text.", "Name another file."
        )
    _check_sound(sheet, worksheet, path)
    is_changed = before is None or worksheet.text != text
    if is_changed and not wish.dry_run:
        if before is None:
            create(path, worksheet.text.encode())
        else:
            rewrite(path, before, encoded(worksheet.text, before))
    remarks += _stale(sheet, document)
    return Drafted(clean_path(path), sheet.deck, worksheet, refused, is_changed, tuple(remarks))


def _default_path(document_path: str) -> Path:
    stem = Path(document_path).stem
    path = Path(f"{stem}{SUFFIX}")
    return Path(f"{stem}-cards{SUFFIX}") if _is_same(path, document_path) else path


def _is_same(path: Path, document_path: str) -> bool:
    try:
        return path.samefile(document_path)
    except (OSError, ValueError):
        return False


def _content_of(path: Path, document_path: str) -> bytes | None:
    """Return what the worksheet's file holds; None if there is none yet."""
    if _is_same(path, document_path):
        raise Refused(f"{clean_path(path)} is the document itself.", "Name another file with --out.")
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = True  # reading it tells what is wrong
    if path.is_symlink() and not exists:
        raise Refused(f"{clean_path(path)} is a link that leads nowhere.", "Name another file with --out.")
    return read_content(path) if exists else None


def _deck_name(name: str | None) -> str:
    if name is None:
        return ""
    if not name.strip():
        raise Refused("The deck's name is empty.", "Say --deck NAME, or leave it out.")
    if wrong := bad_deck_name(name):
        raise Refused(*wrong)
    return name.strip()


def _text_of(content: bytes, path: Path) -> str:
    text = decode(content)
    if isinstance(text, Fault):
        raise NotAWorksheet(
            f"{clean_path(path)}: {text.message} It was not touched.", "Name another file with --out."
        )
    return text


def _sheet_of(text: str, path: Path) -> Sheet:
    sheet = read_sheet(text)
    if isinstance(sheet, Sheet):
        return sheet
    raise faulty(path, sheet)


def _check_own(sheet: Sheet, finder: Finder, path: Path, deck: str | None) -> None:
    """Refuse to write to a deck that another document's cards are in."""
    source, document = sheet.source, finder.document
    is_same = source.sha256.casefold() == document.sha256
    if not is_same and (source.file != one_line(document.file) or not _is_kin(sheet, finder)):
        raise NotAWorksheet(
            f"{clean_path(path)}: this file is no worksheet of {clean_line(document.file)}; it was not touched.",
            "Name another file with --out, or name the document in the head's `source`.",
        )
    if deck is not None and deck.strip() != sheet.deck:
        raise Refused(f"{clean_path(path)} is the deck '{sheet.deck}'.", "Leave --deck out, or change its head.")


def _is_kin(sheet: Sheet, finder: Finder) -> bool:
    """Whether a worksheet is of an earlier text of this document, not of another with the same name."""
    held = sum(bool(entry.quotes) for entry in sheet.entries)
    return len(standing(finder, slots_of(finder), sheet).entries) >= held * _LEAST_KIN


def _proposals(
    finder: Finder, sheet: Sheet, wish: Wish, command: list[str] | None
) -> tuple[Proposals, tuple[Refusal, ...], list[str]]:
    if wish.bare:
        return {}, (), []
    if command is not None:
        return *_asked_for(finder, sheet, command, wish.timeout_s), []
    if not is_english(finder.document.text):
        return {}, (), [_NOT_ENGLISH]
    frequency = english_frequency()
    return propose(finder, frequency), (), [] if frequency else [_NO_CLOZES]


def _asked_for(
    finder: Finder, sheet: Sheet, command: list[str], timeout_s: float
) -> tuple[Proposals, tuple[Refusal, ...]]:
    known = [entry.note for entry in sheet.entries if entry.note]
    prompt = prompt_for(finder.document, [note.question for note in known])
    output = run_command(command, prompt.encode("utf-8", "replace"), timeout_s)
    replies = read_replies(output.decode("utf-8", "replace"))
    if not replies.cards:
        lines = replies.talk + len(replies.refused)
        told = f"printed {lines} line{'s' * (lines != 1)}, but no JSON object that could be a card"
        raise CommandFailed(command[0], told, "It is to print one JSON object a line, as the prompt says.")
    admitted = admit(replies.cards, finder, known)
    refused = sorted([*replies.refused, *admitted.refused], key=lambda refusal: refusal.line)
    return admitted.proposals, tuple(refused)


def _check_sound(sheet: Sheet, worksheet: Worksheet, path: Path) -> None:
    """Make sure that the file reads as it did but for new drafts; a file of odd make might not."""
    after = read_sheet(worksheet.text)
    held = [replace(entry.note, line=0) for entry in sheet.entries if entry.note]
    found = [entry.note for entry in after.entries if entry.note] if isinstance(after, Sheet) else []
    new = iter(found)
    for note in held:
        if not any(replace(other, line=0) == note for other in new):
            raise FlashrlsError(
                f"{clean_path(path)}: new sentences can't be added without changing what stands there.",
                "Nothing was written. Name another file with --out.",
            )


def _stale(sheet: Sheet, document: Document) -> list[str]:
    told = sheet.source.sha256.casefold()
    if not told or told == document.sha256:
        return []
    file = clean_line(document.file)
    how = f"When its cards hold for this one, write its sha256 there: {document.sha256}"
    return [f"The head names an earlier text of {file}. {how}"]

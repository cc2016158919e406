"""Every failure a user can cause or meet: what is wrong, where, how to mend it, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class FlashrlsError(Exception):
    """Base of all errors that are told to the user in words instead of a traceback.

    Attributes:
        exit_code: the process's exit code when this error ends a command.
        kind: a stable word for scripts, printed by `--json` beside the code.
        mend: what the user can do about it; empty if nothing is to be done.
    """

    exit_code: ClassVar[int] = 1
    kind: ClassVar[str] = "failed"

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message}\n  {self.mend}" if self.mend else self.message


def _nearest(nearest: Sequence[str], otherwise: str) -> str:
    return f"Did you mean {', '.join(nearest)}?" if nearest else otherwise


class Refused(FlashrlsError):
    """The request makes no sense as it was given."""

    exit_code = 2
    kind = "usage"


class NoSuchDeck(FlashrlsError):
    """No deck of that name; `nearest` are the names that come closest, best first."""

    exit_code = 4
    kind = "no-such-deck"

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(
            f"There is no deck '{name}'.",
            _nearest([f"'{n}'" for n in nearest], "`flashrls decks` lists the decks there are."),
        )
        self.nearest = tuple(nearest)


class NoSuchCard(FlashrlsError):
    """No card of that id; `nearest` are ids that come closest, best first."""

    exit_code = 4
    kind = "no-such-card"

    def __init__(self, card: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(
            f"There is no card '{card}'.",
            _nearest(nearest, "`flashrls cards WORD` finds cards by their text."),
        )


class NoSuchSetting(FlashrlsError):
    """No setting of that name; `nearest` are names that come closest, best first."""

    exit_code = 4
    kind = "no-such-setting"

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(
            f"There is no setting '{name}'.", _nearest(nearest, "`flashrls config list` tells all settings.")
        )


class BadConfig(FlashrlsError):
    """The file of settings is no TOML, so it can't be changed by a command; it was not touched."""

    kind = "bad-config"


class AmbiguousCard(FlashrlsError):
    """The id names more than one card; `choices` are their own ids."""

    exit_code = 2
    kind = "ambiguous-card"

    def __init__(self, card: str, choices: Sequence[str]) -> None:
        super().__init__(f"'{card}' names {len(choices)} cards.", f"Say which: {', '.join(choices)}.")
        self.choices = tuple(choices)


class NoSuchFile(FlashrlsError):
    """A path given on the command line leads nowhere."""

    exit_code = 4
    kind = "no-such-file"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: there is no such file or folder.", "Check the spelling and the folder you are in."
        )


class BadDocument(FlashrlsError):
    """A file that can't be read as a document; nothing was changed."""

    kind = "bad-document"


class NoSuchDocument(FlashrlsError):
    """No document of that name; `nearest` are titles that come closest, best first."""

    exit_code = 4
    kind = "no-such-document"

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(
            f"There is no document '{name}'.",
            _nearest([f"'{n}'" for n in nearest], "`flashrls source list` lists them; `source add FILE` adds one."),
        )


class NoDocument(FlashrlsError):
    """No document is attached to the deck, or to any deck for None."""

    exit_code = 4
    kind = "no-document"

    def __init__(self, deck: str | None) -> None:
        super().__init__(
            f"No document is attached to {f'the deck {deck!r}' if deck else 'any deck'}.",
            "`flashrls source add FILE` attaches one to the decks that name it, "
            "`--deck DECK` to a deck you choose.",
        )


class NoSuchPlace(FlashrlsError):
    """No section or sentence is called so, or no card belongs to it; `sections` are those there are."""

    exit_code = 4
    kind = "no-such-place"

    def __init__(self, message: str, sections: Sequence[str] = ()) -> None:
        known = ", ".join(f"'{title}'" for title in sections[:8])
        known += f" and {len(sections) - 8} more" if len(sections) > 8 else ""
        lists = "`flashrls source` lists sections, `--text` sentences."
        mend = f"The sections are: {known}." if known else lists
        super().__init__(message, mend)


class NoSuchNote(FlashrlsError):
    """No card of that id in a deck file; `nearest` are ids that come closest, best first."""

    exit_code = 4
    kind = "no-such-card"

    def __init__(self, path: str, key: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(
            f"{path} has no card '{key}'.", _nearest(nearest, "`--all` takes every card that is still a draft.")
        )


class NotAWorksheet(FlashrlsError):
    """A file that a worksheet would be written to is something else; it was not touched."""

    kind = "not-a-worksheet"


class CommandFailed(FlashrlsError):
    """A program that the user named gave no answer; nothing was changed. `told` are its last words."""

    kind = "command-failed"

    def __init__(self, program: str, reason: str, mend: str, told: str = "") -> None:
        last = "".join(f"\n    {line}" for line in told.splitlines())
        super().__init__(f"'{program}' {reason}; nothing was changed.{last and f' It said:{last}'}", mend)


class EditorFailed(FlashrlsError):
    """The user's editor failed, or left what is no text; `kept` is the file that holds what was written, if any."""

    kind = "editor-failed"

    def __init__(self, message: str, mend: str, kept: str = "") -> None:
        mend = f"What you wrote is in {kept}. {mend}" if kept else mend
        super().__init__(f"{message} Nothing was changed.", mend)
        self.kept = kept


class EditorInterrupted(FlashrlsError):
    """Ctrl+C ended the user's editor; `kept` is the file that holds what was written."""

    exit_code = 130
    kind = "interrupted"

    def __init__(self, kept: str) -> None:
        super().__init__("The editor was interrupted. Nothing was changed.", f"What you wrote is in {kept}.")
        self.kept = kept


class FaultySheet(FlashrlsError):
    """What was written in the editor is no card, and nobody mends it now; `kept` is the file that holds it."""

    kind = "faulty-sheet"

    def __init__(self, kept: str) -> None:
        super().__init__("Nothing was saved: the text has faults, told above.", f"What you wrote is in {kept}.")
        self.kept = kept


class BadGrade(FlashrlsError, ValueError):
    """A grade that is not an integer from 0 to 5."""

    kind = "bad-grade"

    def __init__(self, grade: object) -> None:
        super().__init__(
            f"{grade!r} is not a grade.",
            "A grade is a whole number from 0 (no memory of it) to 5 (perfect).",
        )


class StaleCard(FlashrlsError):
    """The card was graded or changed elsewhere since the learner saw it; nothing was written."""

    kind = "stale-card"

    def __init__(self, card: str) -> None:
        super().__init__(
            f"{card} was graded or changed elsewhere since it was shown; this grade was not saved.",
            "What was done there counts; the card comes again if it is still to be asked.",
        )


class NothingToUndo(FlashrlsError):
    """The log holds no entry that can be taken back."""

    kind = "nothing-to-undo"

    def __init__(self) -> None:
        super().__init__("There is nothing to undo.")


class NothingToRedo(FlashrlsError):
    """Nothing was taken back, or something else was done since."""

    kind = "nothing-to-redo"

    def __init__(self) -> None:
        mend = "What was undone can be done again until you do something else."
        super().__init__("There is nothing to redo.", mend)


class StaleNote(FlashrlsError):
    """The card's text was changed elsewhere since the learner began to edit it; nothing was written."""

    kind = "stale-note"

    def __init__(self, card: str) -> None:
        super().__init__(
            f"{card} was changed elsewhere since you began to edit it; your text was not saved.",
            "Edit it again as it stands now.",
        )


class LibraryLocked(FlashrlsError):
    """Another process held the library's lock for longer than we wait."""

    exit_code = 7
    kind = "library-locked"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: another program is writing to the library; nothing was changed.",
            "Try again when it has finished.",
        )


class NotALibrary(FlashrlsError):
    """The file exists but is not one of ours."""

    kind = "not-a-library"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"{path}: this is not a FlashRLS library ({reason}); it was not touched.",
            "Name another file with --db or FLASHRLS_DB; a library is made where no file is yet.",
        )


class LibraryTooNew(FlashrlsError):
    """The file was written by a later release of the program."""

    kind = "library-too-new"

    def __init__(self, path: str, found: int, known: int) -> None:
        super().__init__(
            f"{path}: a newer FlashRLS wrote this library (format {found}, this program knows {known}); "
            "it was not touched.",
            "Upgrade the program: pip install --upgrade flashrls",
        )


class LibraryReadOnly(FlashrlsError):
    """The file or its folder can't be written to."""

    kind = "library-read-only"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: the library can be read but not written; nothing was saved.",
            "Give yourself permission to write to the file and its folder, or name another with --db.",
        )


class LibraryUnusable(FlashrlsError):
    """The file or disk let us down: damaged, full, or failing."""

    kind = "library-unusable"


class BadDeckFiles(FlashrlsError):
    """Deck files with errors; `outcome` says what became of them. The errors themselves are told one by one."""

    kind = "bad-deck-files"

    def __init__(
        self,
        errors: int,
        files: int,
        outcome: str = "nothing was imported",
        mend: str = "Mend the lines named above and import again.",
    ) -> None:
        counted = f"{errors} error{'s' * (errors != 1)} in {files} file{'s' * (files != 1)}"
        super().__init__(f"{counted}; {outcome}.", mend)


class FaultyFile(BadDeckFiles):
    """A deck file with errors; it was not touched.

    Attributes:
        path: its name, fit to print.
        faults: for each its line, from 1, what is wrong, and the mend.
    """

    def __init__(self, path: str, faults: Sequence[tuple[int, str, str]]) -> None:
        super().__init__(len(faults), 1, "it was not touched", "Mend the lines named above, or name another file.")
        self.path = path
        self.faults = tuple(faults)


class UnsureMatches(FlashrlsError):
    """Notes of the files may be notes of the library, and nobody was there to ask; nothing was imported."""

    kind = "unsure-matches"

    def __init__(self, guesses: int) -> None:
        super().__init__(
            f"{guesses} card{'s' * (guesses != 1)} may be edited or new; nothing was imported.",
            "Say --yes if they are edited cards that you have, --keep if they are new ones. "
            "An id above a card, {#name}, settles it for good.",
        )


class Conflicts(FlashrlsError):
    """Cards were changed here and in their files, and nobody was there to ask; nothing was imported."""

    kind = "conflicts"

    def __init__(self, conflicts: int) -> None:
        super().__init__(
            f"{conflicts} card{'s were' if conflicts != 1 else ' was'} changed here and in the file; "
            "nothing was imported.",
            "Say --ours to keep the library's text, --theirs to take the file's; "
            "the other one stays in the card's log.",
        )


class LibraryChanged(FlashrlsError):
    """Something else changed the library while the learner was asked about an import; nothing was imported."""

    kind = "library-changed"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: the library was changed while you were asked; nothing was imported.", "Import again."
        )


class BadQuery(FlashrlsError):
    """A card query that doesn't parse; `position` is the 0-based character it stumbled at."""

    exit_code = 2
    kind = "bad-query"

    def __init__(self, query: str, position: int, reason: str, mend: str) -> None:
        super().__init__(f"{reason} at character {position + 1} of '{query}'.", mend)
        self.position = position
        self.reason = reason

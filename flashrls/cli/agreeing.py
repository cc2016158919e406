"""An import's guesses: shown, and the learner asked which of them are edits."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import click

from flashrls.cli.output import can_print, say

if TYPE_CHECKING:
    from flashrls.plan import Guess, ImportPlan

Group = tuple["Guess", ...]
"""What one question is about: an edit, or all cards that came from another deck word for word."""

_YES, _NO, _ALL, _EACH, _QUIT = "y", "n", "a", "o", "q"


def on_terminal() -> bool:
    """Whether somebody is there to ask: the questions are seen, and the answers are typed."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def take_all(_plan: ImportPlan) -> Collection[Guess]:
    """Keep none of a plan's guesses apart."""
    return ()


def keep_all(plan: ImportPlan) -> Collection[Guess]:
    """Keep all of a plan's guesses apart."""
    return plan.guesses


def ask_all(plan: ImportPlan) -> Collection[Guess]:
    """Show a plan's guesses, ask about them, and return those that are two notes.

    Leaving ends the command: nothing is imported.
    """
    groups = grouped(plan.guesses)
    say(f"{count_words(len(plan.guesses))} may be edited, or new:\n", err=True)
    say("\n".join(guess_lines(groups)) + "\n", err=True)
    say(
        "Edited cards keep their schedule and history; of two cards the old one stays, the new one begins.",
        err=True,
    )
    if len(groups) == 1:
        return plan.guesses if _answer("Edited? [Y/n/q]", _YES + _NO + _QUIT) == _NO else ()
    question = "All edited? [Y]es, [n]one of them, ask [o]ne by one, [q]uit"
    answer = _answer(question, _YES + _NO + _EACH + _QUIT)
    if answer == _EACH:
        return _ask_each(groups)
    return plan.guesses if answer == _NO else ()


def _ask_each(groups: Sequence[Group]) -> list[Guess]:
    apart: list[Guess] = []
    for number, group in enumerate(groups, 1):
        say("\n" + "\n".join(_lines(number, group)), err=True)
        answer = _answer(
            f"Edited? [Y]es, [n]o, [a]ll that are left, [q]uit ({number} of {len(groups)})",
            _YES + _NO + _ALL + _QUIT,
        )
        if answer == _ALL:
            break
        if answer == _NO:
            apart += group
    return apart


def _answer(question: str, letters: str) -> str:
    """Ask until one of the letters is typed; an empty line is the first of them. Quitting ends the command."""
    while True:
        said = click.prompt(question, default="", show_default=False, err=True).strip().casefold()
        letter = said[:1] or letters[0]
        if letter == _QUIT:
            say("Nothing was imported.", err=True)
            raise click.exceptions.Exit(1)
        if letter in letters:
            return letter


def count_words(cards: int) -> str:
    """Return a number of cards in words."""
    return "1 card" if cards == 1 else f"{cards} cards"


def grouped(guesses: Iterable[Guess]) -> list[Group]:
    """Put together the cards that came word for word from one deck into one file."""
    groups: dict[object, list[Guess]] = {}
    for guess in guesses:
        key: object = (guess.path, guess.origin) if _is_verbatim(guess) else guess
        groups.setdefault(key, []).append(guess)
    return [tuple(group) for group in groups.values()]


def _is_verbatim(guess: Guess) -> bool:
    from flashrls.matching import SAME_TEXT

    return bool(guess.origin) and guess.how == SAME_TEXT


def guess_lines(groups: Sequence[Group], *, err: bool = True) -> list[str]:
    """Return the groups as numbered lines, old above new, for stderr or for stdout."""
    return [line for number, group in enumerate(groups, 1) for line in _lines(number, group, err=err)]


def _lines(number: int, group: Group, *, err: bool = True) -> list[str]:
    from flashrls.clean import clean_line

    guess = group[0]
    origin = f"the deck '{clean_line(guess.origin)}'"
    if _is_verbatim(guess):
        told = "is" if len(group) == 1 else "are"
        return [
            f"{number:3}  {count_words(len(group))} of {origin} {told} in {guess.path} word for word;",
            _RENAMED,
        ]
    arrow = "→" if can_print("→", sys.stderr if err else sys.stdout) else ">"
    why = f"{guess.how}, in {origin}" if guess.origin else guess.how
    old, new = clean_line(guess.known.note.question), clean_line(guess.note.question)
    if old == new:
        old, new = f"{old}  {clean_line(guess.known.note.answer)}", f"{new}  {clean_line(guess.note.answer)}"
    return [f"{number:3}  {old}", f"     {arrow} {new}", f"     ({why}; {guess.path}:{guess.note.line})"]


_RENAMED = "     no file here is that deck's, so it seems renamed or joined with another"

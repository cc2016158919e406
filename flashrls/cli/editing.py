"""`add` and `edit`: cards written at the command line, in an editor or by options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from flashrls.cli.advice import advice, advice_document, say_advice
from flashrls.cli.agreeing import on_terminal
from flashrls.cli.notetexts import Texts, checked_anchors, new_note, reworded
from flashrls.cli.output import json_option, say, say_json
from flashrls.cli.sheets import Save, edit_sheet
from flashrls.cli.tags import checked_tags
from flashrls.errors import AmbiguousCard, NoSuchDeck, Refused

if TYPE_CHECKING:
    from flashrls.cards import Note
    from flashrls.cli.context import Context
    from flashrls.store.library import Library
    from flashrls.study import StudyCard


class _Marks(NamedTuple):
    """What options say of all cards that are added."""

    section: str
    reversed: bool
    typed: bool
    tags: frozenset[str]
    anchors: tuple[str, ...]

    def on(self, note: Note) -> Note:
        """Return the note with them.

        Raises:
            Refused: a cloze can't be asked the other way round.
        """
        from dataclasses import replace

        from flashrls.cards import Kind

        if self.reversed and note.kind is Kind.CLOZE:
            raise Refused("A cloze can't be reversed.", "Leave --reversed out.")
        return replace(
            note,
            kind=Kind.REVERSED if self.reversed else note.kind,
            section=self.section,
            typed=self.typed or note.typed,
            tags=tuple(sorted({*note.tags, *self.tags})),
            anchors=tuple(dict.fromkeys((*note.anchors, *self.anchors))),
        )


@click.command(
    epilog="Examples: `flashrls add --deck Sleep`, `flashrls add --deck Sleep --question 'LTP?' --answer "
    "'Long-term potentiation' --reversed`, `flashrls add --cloze 'Memory is {{1::encoded}} in sleep.'`."
)
@click.option("--deck", metavar="DECK", help="Where to; a new one is made.  [default: the last one added to]")
@click.option("--section", default="", metavar="TITLE", help="The section of the deck that the cards belong to.")
@click.option("--question", metavar="TEXT", help="Markdown.")
@click.option("--answer", metavar="TEXT", help="Markdown.")
@click.option("--cloze", metavar="TEXT", help="A text with {{1::hidden words}}, instead of the two.")
@click.option("--reversed", "is_reversed", is_flag=True, help="Ask it the other way round, too.")
@click.option("--typed", is_flag=True, help="The answer is to be typed.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag; repeatable.")
@click.option("--anchor", "anchors", multiple=True, metavar="WORDS", help="Words of the source; repeatable.")
@json_option
@click.pass_context
def add(
    context: click.Context,
    deck: str | None,
    section: str,
    question: str | None,
    answer: str | None,
    cloze: str | None,
    is_reversed: bool,
    typed: bool,
    tags: tuple[str, ...],
    anchors: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add cards: with the options' texts, else as many as you write in your editor.

    An empty text adds nothing and exits with 1. What you wrote is never lost: if it has faults, or can't
    be saved, it is kept in a file. `undo` takes cards back that were added.
    """
    from flashrls.clean import clean_line
    from flashrls.store.today import LAST_DECK

    texts = Texts(question, answer, cloze)
    section = clean_line(section)
    marks = _Marks(section, is_reversed, typed, checked_tags(tags), checked_anchors(anchors))
    told = [marks.on(new_note(texts))] if texts.are_given else []
    into, is_new = _deck(context.obj, deck)
    with context.obj.library() as library:

        def save(notes: Sequence[Note]) -> None:
            cards = library.add(into, [marks.on(note) for note in notes])
            library.remember(LAST_DECK, into)
            _say_added(library, cards, into, is_new=is_new, as_json=as_json)

        if told:
            save(told)
        elif not _write(into, marks, save, is_new=is_new):
            say("Nothing was added.", err=True)
            context.exit(1)


def _write(into: str, marks: _Marks, save: Save, *, is_new: bool) -> bool:
    """Let the user write cards; return whether there are any."""
    from flashrls.formats.cardsheet import FORMAT_WORDS, card_sheet, read_sheet

    place = f"New cards for {into}{' (a new deck)' * is_new}"
    place += f", section {marks.section}" if marks.section else ""
    marked = [f"All of them get the tags {' '.join(sorted(marks.tags))}."] if marks.tags else []
    sheet = card_sheet(None, (f"{place}.", *marked, "Write as many as you like.", "", *FORMAT_WORDS))
    return edit_sheet(sheet, lambda text: read_sheet(text, section=marks.section), save)


def _deck(options: Context, name: str | None) -> tuple[str, bool]:
    """The deck to add to, and whether it is to be made.

    Raises:
        Refused: which one is not clear, several are called so, or no deck can be called so.
    """
    from flashrls.clean import clean_line
    from flashrls.formats.names import bad_deck_name
    from flashrls.store.today import LAST_DECK, choose_deck

    with options.glance() as (ask, _day):
        known = [str(deck) for (deck,) in ask("SELECT name FROM deck ORDER BY pk")]
        if name is None:
            last = [str(deck) for (deck,) in ask("SELECT value FROM setting WHERE key = :key", key=LAST_DECK)]
            usual = [deck for deck in last if deck in known] or (known if len(known) == 1 else [])
            if not usual:
                raise Refused("Which deck are the cards for?", "Say --deck DECK; a new one is made.")
            return usual[0], False
        if not name.strip():
            raise Refused("The deck's name is empty.", "Say --deck DECK.")
        try:
            return choose_deck(ask, name)[1], False
        except NoSuchDeck as error:
            near = [deck for deck in error.nearest if deck in known]
    name = clean_line(name)
    if bad := bad_deck_name(name):
        raise Refused(*bad)
    if near and on_terminal():
        question = f"There is no deck '{name}'. Add to '{clean_line(near[0])}' instead?"
        if click.confirm(question, default=True, err=True):
            return near[0], False
    return name, True


def _say_added(library: Library, cards: Sequence[StudyCard], into: str, *, is_new: bool, as_json: bool) -> None:
    from flashrls.telling import count, short

    found = advice(library, cards)
    if as_json:
        ids = [{"id": one.id, "question": one.face.question, "answer": one.face.answer} for one in cards]
        say_json({"deck": into, "new_deck": is_new, "cards": ids, "findings": advice_document(found)})
        return
    say(f"{count(len(cards), 'card')} added to {into}{' (new deck)' * is_new}:")
    for card in cards:
        say(f"  {card.id}  {short(card.face.question, 60)}")
    say_advice(found)


@click.command(
    epilog="Examples: `flashrls edit ltp`, `flashrls edit ltp --answer 'Long-term potentiation' --tag exam`."
)
@click.argument("card")
@click.option("--question", metavar="TEXT", help="Markdown.")
@click.option("--answer", metavar="TEXT", help="Markdown.")
@click.option("--cloze", metavar="TEXT", help="A text with {{1::hidden words}}, instead of the two.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Give it a tag; repeatable.")
@click.option("--untag", "untags", multiple=True, metavar="TAG", help="Take a tag away; repeatable.")
@click.option(
    "--anchor", "anchors", multiple=True, metavar="WORDS", help="Words of the source, for all it had; repeatable."
)
@json_option
@click.pass_context
def edit(
    context: click.Context,
    card: str,
    question: str | None,
    answer: str | None,
    cloze: str | None,
    tags: tuple[str, ...],
    untags: tuple[str, ...],
    anchors: tuple[str, ...],
    as_json: bool,
) -> None:
    """Edit a card's texts: by options, else in your editor. Its schedule and history stay.

    CARD is an id as `cards` lists it. The cards of one note are edited together. `export FILE.md` brings
    the new text back into a deck file; `undo` brings the old text back.
    """
    from dataclasses import replace

    texts = Texts(question, answer, cloze)
    added, quoted = checked_tags(tags), checked_anchors(anchors)
    with context.obj.library() as library:
        shown = _card(library, card)
        before = library.note(shown.note_ref)
        if texts.are_given or tags or untags or anchors:
            after = reworded(before, texts) if texts.are_given else before
            given = tuple(sorted({*after.tags, *added} - set(untags)))
            after = replace(after, tags=given if tags or untags else after.tags, anchors=quoted or after.anchors)
            outcome = save_edit(library, shown, before, after)
        else:
            outcome = edit_in_editor(library, shown, before)
        if as_json:
            _say_edited_json(library, shown, outcome)
            return
        say(edit_words(shown, outcome))
        say_advice(advice(library, outcome.cards) if outcome.changed else [])


class Edited(NamedTuple):
    """What an edit did: the names of the changed fields, the note's cards, and those whose words are gone."""

    changed: tuple[str, ...] = ()
    cards: tuple[StudyCard, ...] = ()
    resting: tuple[str, ...] = ()


def edit_in_editor(library: Library, shown: StudyCard, before: Note) -> Edited:
    """Let the user edit a card's note as a sheet, and save it.

    Raises:
        FlashrlsError: see `edit_sheet`, `Library.edit`.
    """
    from flashrls.clean import clean_line
    from flashrls.formats.cardsheet import FORMAT_WORDS, card_sheet, read_sheet

    done: list[Edited] = []

    def save(notes: Sequence[Note]) -> None:
        done.append(save_edit(library, shown, before, notes[0]))

    sheet = card_sheet(before, (f"{clean_line(shown.place)}. The schedule stays.", "", *FORMAT_WORDS))
    edit_sheet(sheet, lambda text: read_sheet(text, before=before), save)
    return done[0] if done else Edited()


def save_edit(library: Library, shown: StudyCard, before: Note, after: Note) -> Edited:
    """Save a note's new text.

    Raises:
        StaleNote: it was changed elsewhere since `before`.
    """
    from flashrls.merging import FIELDS

    changed = tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))
    if not changed:
        return Edited()
    handle = shown.id.partition("#")[0]
    gone = [part for part in before.parts if part not in after.parts]
    cards = library.edit(shown.note_ref, before, after)
    return Edited(changed, tuple(cards), tuple(f"{handle}#{part}" if part else handle for part in gone))


def edit_words(shown: StudyCard, outcome: Edited) -> str:
    """Return what an edit did, in a line or two."""
    if not outcome.changed:
        return "Nothing changed."
    lines = [f"Edited {shown.id}: {', '.join(outcome.changed)}. Its schedule stays."]
    lines += [f"{card} rests: its words are gone from the text; its history is kept." for card in outcome.resting]
    return "\n".join(lines)


def _card(library: Library, name: str) -> StudyCard:
    """The card of this id, or the first of the note's."""
    try:
        return library.card(name).card
    except AmbiguousCard as error:
        return library.card(error.choices[0]).card


def _say_edited_json(library: Library, shown: StudyCard, outcome: Edited) -> None:
    found = advice(library, outcome.cards) if outcome.changed else []
    told = {"card": shown.id, "changed": list(outcome.changed), "cards": [card.id for card in outcome.cards]}
    say_json({**told, "resting": list(outcome.resting), "findings": advice_document(found)})


commands = (add, edit)

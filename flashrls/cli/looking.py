"""`decks`, `cards`, `show`, `why`: what is in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flashrls.cli.output import json_option, room_for, say, say_json, table
from flashrls.cli.querying import QUERY_SETTINGS, find_by, query_argument

if TYPE_CHECKING:
    from flashrls.knowledge import Passages
    from flashrls.store.find import FoundCard

_LEECH = "leech"
"""The tag that a card has as long as it is a leech."""


@click.command(epilog="Example: `flashrls decks --json | jq '.[].name'`.")
@click.option("--orphans", is_flag=True, help="List the cards that are no more in their deck's file.")
@json_option
@click.pass_context
def decks(context: click.Context, orphans: bool, as_json: bool) -> None:
    """List the decks with what they hold, whatever the day's limits say."""
    from flashrls.store.today import decks as all_decks

    if orphans:
        from flashrls.cli.orphaned import say_orphans
        from flashrls.store.orphans import orphans as all_orphans

        with context.obj.glance() as (ask, _day):
            left = all_orphans(ask)
        say_orphans(left, as_json=as_json)
        return
    with context.obj.glance() as (ask, day):
        counted = all_decks(ask, day)
    if as_json:
        say_json(
            [
                {
                    "name": deck.name,
                    "id": deck.key,
                    "notes": deck.notes,
                    "cards": deck.cards,
                    "new": deck.new,
                    "due": deck.due,
                    "suspended": deck.suspended,
                }
                for deck in counted
            ]
        )
    elif counted:
        rows = [("due", "new", "cards", "deck")]
        rows += [(str(deck.due), str(deck.new), str(deck.cards), deck.name) for deck in counted]
        say("\n".join(table(rows, right=frozenset({0, 1, 2}))))
    else:
        say("There are no decks yet. `flashrls import FILE.md` brings one in.")


@click.command(
    context_settings=QUERY_SETTINGS,
    epilog="Examples: `flashrls cards dopamine`, `flashrls cards deck:Sleep is:due`, "
    "`flashrls cards '(tag:enzyme or tag:gene) -is:new ease<2'`, `flashrls cards 'due<=2026-12-01 added:30d'`.",
)
@query_argument(required=False)
@json_option
@click.pass_context
def cards(context: click.Context, query: tuple[str, ...], as_json: bool) -> None:
    """List the cards that QUERY finds; all cards without one.

    Words find the beginnings of words, "in quotes" whole words side by side; case and accents don't count.

    deck: tag: section: id: narrow it down. is: takes new, due, drill, young, mature, suspended, buried,
    draft, leech, unverified.

    ease interval lapses reviews compare with <2 <=2 >2 >=2 =2, or :2..8 for a range; due reviewed added
    edited with days: <=2026-12-01, :2026-12, :today, :7d for the last seven days (of due the next),
    >30d for longer ago.

    All conditions must hold; `or` stands between alternatives, - before what is not to hold, ( ) around
    what belongs together. search:NAME is a search that you saved in your settings.
    """
    with context.obj.library() as library:
        found = find_by(context, library, query)
    if as_json:
        say_json([_document(card) for card in found])
        return
    if found:
        rows = [("card", "state", "question")]
        rows += [(card.card.id, card.standing, card.card.face.question) for card in found]
        ids = max(len(card.card.id) for card in found)
        say("\n".join(table(rows, last=room_for(ids + 14))))
    say(f"{len(found)} card{'s' * (len(found) != 1)}", err=True)


def _document(found: FoundCard) -> dict[str, Any]:
    card = found.card
    schedule = card.state.schedule
    return {
        "id": card.id,
        "note": found.note,
        "deck": card.deck,
        "section": card.section,
        "kind": card.kind.value,
        "question": card.face.question,
        "answer": card.face.answer,
        "tags": sorted({*card.tags, *([_LEECH] if card.state.is_leech else [])}),
        "anchors": list(card.anchors),
        "state": found.standing,
        "ease": schedule and schedule.ease,
        "repetitions": schedule.repetitions if schedule else 0,
        "interval_days": schedule and schedule.interval_days,
        "due_on": card.state.due_on and card.state.due_on.isoformat(),
        "lapses": card.state.lapses,
    }


@click.command(epilog="Examples: `flashrls show cofactor`, `flashrls show cofactor --history`.")
@click.argument("card")
@click.option("--history", is_flag=True, help="Its earlier texts instead: what each edit changed.")
@json_option
@click.pass_context
def show(context: click.Context, card: str, history: bool, as_json: bool) -> None:
    """Show one card: its texts, where it stands, when it is due. CARD is an id as `cards` lists it."""
    with context.obj.library() as library:
        found = library.card(card)
        passages = library.passages(found.card.note_ref) if found.card.anchors and not as_json else None
        changes = library.text_changes(found.card.note_ref) if history else None
    if changes is not None:
        from flashrls.cli.texthistory import say_history

        say_history(found.card.id, changes, as_json=as_json)
        return
    if as_json:
        say_json(_document(found))
        return
    shown, schedule = found.card, found.card.state.schedule
    say(f"{shown.id}  ({shown.place})\n")
    say(f"Q: {shown.face.question}\nA: {shown.face.answer}\n")
    if passages:
        _say_anchors(passages)
    if shown.tags:
        say(f"tags      {' '.join(shown.tags)}")
    say(f"state     {found.standing}")
    if schedule:
        days = schedule.interval_days
        say(f"due       {shown.state.due_on}, interval {days} day{'s' * (days != 1)}")
        say(f"ease      {schedule.ease / 100:.2f}")
        say(f"reviews   {shown.state.reviews}, lapses {shown.state.lapses}")
    if shown.state.is_leech:
        say(f"leech     {shown.state.lapses} lapses; edit it, suspend it, or keep it with k in `review --plain`")


def _say_anchors(passages: Passages) -> None:
    from flashrls.anchors.refind import Standing
    from flashrls.knowledge import place_words

    for anchor in passages.anchors:
        where = place_words(passages.finder, anchor.place) if passages.finder and anchor.place else ""
        reworded = "reworded since: " * (anchor.standing is Standing.REWORDED)
        say(f"> {anchor.quote}" + (f"\n          {reworded}{where}" if where else ""))
    if passages.missing:
        say(f"source    {passages.missing}")


@click.command(epilog="Example: `flashrls why cofactor`.")
@click.argument("card")
@json_option
@click.pass_context
def why(context: click.Context, card: str, as_json: bool) -> None:
    """Tell a card's life: every entry of its log, and the rule that made each due day.

    Below that a plot of its intervals and its ease, what each button would do, and what the other
    `lapse_ease` would have made of the same grades.
    """
    from flashrls.cli.life import life_document, life_lines
    from flashrls.life import life_of

    with context.obj.library() as library:
        found = library.card(card)
        life = life_of(found.card, library.log_of(found.card.ref), library.settings, library.day)
        day = library.day
    if as_json:
        say_json({"card": found.card.id, "state": found.standing, **life_document(life)})
        return
    say("\n".join(life_lines(found.card, life, day)))


commands = (decks, cards, show, why)

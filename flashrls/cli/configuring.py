"""`config`: the settings, told and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from flashrls.cli.context import Context
from flashrls.cli.output import json_option, room_for, say, say_json, table, terminal_width
from flashrls.errors import FlashrlsError, NoSuchSetting, Refused

if TYPE_CHECKING:
    from flashrls.config.kinds import Kind
    from flashrls.config.values import Value
    from flashrls.store.today import Ask

deck_option = click.option("--deck", metavar="DECK", help="A deck's own limit: new_per_day or reviews_per_day.")


@click.group(epilog="Examples: `flashrls config list`, `flashrls config set new_per_day 10 --deck Sleep`.")
def config() -> None:
    """Tell and change the settings. They are kept in a file of yours that you can edit, too."""


@config.command("path", epilog="Example: `flashrls config path`.")
def tell_path() -> None:
    """Tell where the settings are kept."""
    from flashrls.clean import clean_path
    from flashrls.config.reading import config_path

    say(clean_path(config_path()))


@config.command("list", epilog="Example: `flashrls config list`.")
@json_option
@click.pass_context
def list_settings(context: click.Context, as_json: bool) -> None:
    """List all settings: value, origin and meaning."""
    from flashrls.clean import clean_path
    from flashrls.config.kinds import shown
    from flashrls.config.reading import config_path

    settings = _listed(context.obj)
    if as_json:
        faults = [
            {"line": fault.line, "key": fault.key, "message": fault.message, "mend": fault.mend}
            for fault in context.obj.config.faults
        ]
        say_json({"path": clean_path(config_path()), "settings": settings, "faults": faults})
        return
    rows = [("setting", "value", "from", "meaning")]
    for told in settings:
        name = told["name"] + (f" ({told['deck']})" if told["deck"] else "")
        rows.append((name, shown(told["value"]) or '""', told["from"], told["meaning"]))
    _say_rows(rows)


def _say_rows(rows: list[tuple[str, str, str, str]]) -> None:
    """Print the settings; meanings that don't fit into a terminal's line stand below theirs."""
    from textwrap import fill

    room = room_for(sum(max(len(row[column]) for row in rows) + 2 for column in range(3)))
    if room is None or all(len(row[3]) <= room for row in rows):
        say("\n".join(table(rows)))
        return
    lines = table([row[:3] for row in rows])
    say(lines[0])
    for line, (*_, meaning) in zip(lines[1:], rows[1:], strict=True):
        say(f"{line}\n{fill(meaning, terminal_width(), initial_indent='    ', subsequent_indent='    ')}")


def _listed(options: Context) -> list[dict[str, Any]]:
    from flashrls.config.registry import KEY, OF_A_DECK, SEARCH, SEARCHES, SETTINGS

    told, kept = options.config, _kept(options)
    listed: list[dict[str, Any]] = []
    for definition in SETTINGS.values():
        name = definition.name
        origin = "file" if name in told.given else "library" if name in kept else "default"
        value = told.given.get(name, kept.get(name, definition.default))
        listed.append(
            _told(name, "", value, origin, definition.kind, definition.meaning) | {"default": definition.default}
        )
    for limits in told.chosen.get("decks", ()):
        for name in OF_A_DECK:
            if (limit := getattr(limits, name)) is not None:
                kind, meaning = SETTINGS[name].kind, f"{SETTINGS[name].meaning[:-1]}, of this deck."
                listed.append(_told(name, limits.deck, limit, "file", kind, meaning))
    for name, query in told.chosen.get(SEARCHES, ()):
        meaning = f"A saved search: search:{name}."
        listed.append(_told(f"{SEARCHES}.{name}", "", query, "file", SEARCH, meaning))
    for binding, keys in told.screen.keys.items():
        listed.append(_told(f"keys.{binding}", "", keys, "file", KEY, "The keys that do it."))
    return listed


def _told(name: str, deck: str, value: Value, origin: str, kind: Kind, meaning: str) -> dict[str, Any]:
    told = {"name": name, "deck": deck or None, "value": value, "default": None}
    return told | {"from": origin, "allowed": kind.allowed, "meaning": meaning}


def _kept(options: Context) -> dict[str, Value]:
    """What the library goes on with where the file says nothing."""
    from flashrls.settings import FOLDED, Settings
    from flashrls.store.glance import glancing
    from flashrls.store.today import settings

    try:
        with glancing(options.path) as ask:
            kept = settings(ask) if ask is not None else Settings()
    except FlashrlsError:  # a library that can't be opened says so when it is studied
        return {}
    return {name: getattr(kept, name) for name in FOLDED if getattr(kept, name) != getattr(Settings(), name)}


@config.command("keys", epilog="Example: `flashrls config keys`, then `flashrls config set keys.undo z`.")
@json_option
@click.pass_context
def list_keys(context: click.Context, as_json: bool) -> None:
    """List all keys that can be changed: name, key, screen and what it does.

    `flashrls config set keys.NAME KEY` changes one on all screens that have it.
    """
    from flashrls.tui.app import FlashRLS
    from flashrls.tui.keymap import key_words
    from flashrls.tui.ownkeys import keys_by_screen

    own = context.obj.config.screen.keys
    told: list[dict[str, str]] = []
    for screen, keys in keys_by_screen(FlashRLS.BINDINGS).items():
        for key in keys:
            pressed = own.get(str(key.id), key.key)
            meaning = key.tooltip or key.description
            told.append({"name": str(key.id), "keys": pressed, "screen": screen, "meaning": meaning})
    if as_json:
        say_json({"keys": told})
        return
    rows = [("name", "keys", "screen", "meaning")]
    for one in told:
        written = " ".join(key_words(key.strip()) for key in one["keys"].split(","))
        rows.append((one["name"], written, one["screen"], one["meaning"]))
    _say_rows(rows)


@config.command("get", epilog="Examples: `flashrls config get new_per_day`, `flashrls config get keys.undo`.")
@click.argument("key")
@deck_option
@json_option
@click.pass_context
def get_setting(context: click.Context, key: str, deck: str | None, as_json: bool) -> None:
    """Tell the value of one setting."""
    from flashrls.config.kinds import shown

    place, _ = _place(key, deck)
    name = key if len(place) == 2 and deck is None else place[-1]
    value = next((one["value"] for one in _listed(context.obj) if (one["name"], one["deck"]) == (name, deck)), None)
    if as_json:
        say_json({"name": name, "deck": deck, "value": value})
    elif value is None:
        say(f"The file sets no {name}{' of this deck' if deck else ''}.", err=True)
    else:
        say(shown(value))


@config.command(
    "set", epilog="Examples: `flashrls config set rollover_hour 3`, `flashrls config set keys.undo u,ctrl+z`."
)
@click.argument("key")
@click.argument("value")
@deck_option
@click.pass_context
def set_setting(context: click.Context, key: str, value: str, deck: str | None) -> None:
    """Change one setting.

    The file is made if it isn't there; its comments and its order stay. `config list --json` tells what
    each setting takes.
    """
    from flashrls.config.kinds import shown

    _, kind = _place(key, deck)
    meant = kind.read(value)
    if not kind.accepts(meant):
        from flashrls.config.parsing import allowed_words, in_words

        raise Refused(f"{key} can't be {in_words(meant)}.", allowed_words(kind, meant))
    if deck is not None:
        with context.obj.glance() as (ask, _):
            deck = _deck_name(ask, deck)
    place, _ = _place(key, deck)
    if place[0] == "searches":
        from flashrls.query import parse_query

        parse_query(str(meant), {**dict(context.obj.chosen.get("searches", ())), place[1]: str(meant)})
    accepted: Any = meant

    from flashrls.cli.configfile import change
    from flashrls.config.editing import with_value
    from flashrls.config.reading import config_path

    changed = change(config_path(), lambda source: with_value(source, place, accepted))
    of_deck = f" of {deck}" if deck else ""
    say(f"{key}{of_deck} is {shown(accepted) or 'empty'}{' now' if changed else ' already'}.")
    if changed:
        _say_folded(key)


def _say_folded(key: str) -> None:
    from flashrls.settings import FOLDED

    if key in FOLDED:
        say("Due days are worked out anew from the log when the library is opened next.")


@config.command("unset", epilog="Example: `flashrls config unset new_per_day --deck Sleep`.")
@click.argument("key")
@deck_option
def unset_setting(key: str, deck: str | None) -> None:
    """Take one setting out of the file."""
    from flashrls.cli.configfile import change
    from flashrls.config.editing import without_value
    from flashrls.config.kinds import shown
    from flashrls.config.reading import config_path
    from flashrls.config.registry import SETTINGS
    from flashrls.settings import FOLDED

    place, _ = _place(key, deck, known=False)
    if not change(config_path(), lambda source: without_value(source, place)):
        say(f"The file sets no {key}{' of this deck' if deck else ''}.", err=True)
        return
    say(f"{key} is not set any more.")
    if key in FOLDED:
        default = f"`flashrls config set {key} {shown(SETTINGS[key].default)}`"
        say(f"A library goes on with the value it had; {default} brings the default back.")


@config.command("edit", epilog="Example: `EDITOR=nano flashrls config edit`.")
def edit_settings() -> None:
    """Open the settings in your editor.

    That is $VISUAL, else $EDITOR. A new file explains all settings. What is no TOML is not taken.
    """
    from flashrls.cli.configfile import edit_by_hand
    from flashrls.config.reading import config_path

    edit_by_hand(config_path())


def _place(key: str, deck: str | None, *, known: bool = True) -> tuple[tuple[str, ...], Kind]:
    """Return where a setting stands in the file, and what it takes.

    Raises:
        NoSuchSetting: there is none of that name. With `known` off any name will do, to be taken out.
        Refused: a deck has no such setting of its own.
    """
    from flashrls.config.kinds import is_search_name
    from flashrls.config.registry import DECKS, KEY, KEYS, OF_A_DECK, SEARCH, SEARCHES, SETTINGS, near

    table_name, dot, binding = key.partition(".")
    if dot and table_name == SEARCHES and deck is None and is_search_name(binding):
        return (SEARCHES, binding), SEARCH
    if dot and table_name == KEYS and _is_word(binding) and deck is None:
        return (KEYS, binding), KEY
    if known and key not in SETTINGS:
        raise NoSuchSetting(key, near(key, SETTINGS))
    kind = SETTINGS[key].kind if key in SETTINGS else KEY
    if deck is None:
        return (key,), kind
    if known and key not in OF_A_DECK:
        raise Refused(f"A deck has no {key} of its own.", f"With --deck the key is {' or '.join(OF_A_DECK)}.")
    return (DECKS, deck, key), kind


def _is_word(binding: str) -> bool:
    return 0 < len(binding) <= 64 and binding.isascii() and binding.replace("-", "_").replace("_", "a").isalnum()


def _deck_name(ask: Ask, name: str) -> str:
    """Return the full name of the deck, or of the level of decks, that `name` means.

    Raises:
        NoSuchDeck: no deck is called so.
        Refused: several are.
    """
    from flashrls.store.today import LEVEL, choose_decks

    named = {str(key).casefold(): str(deck) for deck, key in ask("SELECT name, key FROM deck")}
    levels = [deck.split(LEVEL) for deck in named.values()]
    full = {LEVEL.join(words[:depth]) for words in levels for depth in range(1, len(words) + 1)}
    wanted = name.strip().casefold()
    found = (
        {name.strip()} & full
        or {deck for deck in full if deck.casefold() == wanted}
        or {deck for key, deck in named.items() if key == wanted}
        or {deck for deck in full if deck.casefold().endswith(LEVEL + wanted)}
    )
    if not found:
        choose_decks(ask, name)
    if len(found) != 1:
        raise Refused(f"'{name}' names {len(found)} decks.", f"Say which: {', '.join(sorted(found))}.")
    return found.pop()


commands = (config,)

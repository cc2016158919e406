"""The text of a file of settings, changed in one place, with its comments and its order kept."""

from __future__ import annotations

import re
import tomllib
from collections.abc import MutableMapping
from typing import Any

from flashrls.config.kinds import Keys
from flashrls.config.lines import Place
from flashrls.config.registry import SEARCH, SETTINGS
from flashrls.config.values import Value
from flashrls.errors import FlashrlsError


def with_value(source: str, place: Place, value: Value) -> str:
    """Return a TOML document with `value` at `place`; tables that aren't there are made.

    Raises:
        FlashrlsError: the document is written in a way that can't be changed without touching the rest.
    """
    return _changed(source, place, value)


def without_value(source: str, place: Place) -> str:
    """Return a TOML document without what is at `place`; a table that is left empty stays, with its comments.

    Raises:
        FlashrlsError: see `with_value`.
    """
    return _changed(source, place, None)


def _changed(source: str, place: Place, value: Value | None) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    wanted = tomllib.loads(source)
    _change(wanted, place, value, dict)
    if value is not None and (beside := _below_its_comment(source, place, value, wanted)):
        return beside
    try:
        document = tomlkit.parse(source)
        _change(document, place, value, tomlkit.table)
        after = tomlkit.dumps(document)
        if tomllib.loads(after) == wanted:
            return after
    except (TOMLKitError, ValueError, TypeError, LookupError, RecursionError):
        pass
    raise FlashrlsError(
        f"'{place[-1]}' can't be changed without touching other lines; the file was left as it is.",
        "`flashrls config edit` opens it.",
    )


def _below_its_comment(source: str, place: Place, value: Value, wanted: dict[str, Any]) -> str:
    """The document with a new line below the one that holds the setting as a comment; "" if there is none."""
    import tomlkit

    comment = re.search(rf"(?m)^#[ \t]*{re.escape(place[0])}[ \t]*=.*\n", source)
    if len(place) > 1 or comment is None:
        return ""
    line = f"{place[0]} = {tomlkit.item(value).as_string()}\n"
    after = source[: comment.end()] + line + source[comment.end() :]
    try:
        return after if tomllib.loads(after) == wanted else ""
    except (ValueError, RecursionError):  # the setting is there already, or this was no comment
        return ""


def _change(document: MutableMapping[str, Any], place: Place, value: Value | None, table: Any) -> None:
    """Set or remove one value; `table` makes an empty table."""
    for key in place[:-1]:
        if not isinstance(document.get(key), MutableMapping):
            if value is None:
                return
            document[key] = table()
        document = document[key]
    if value is None:
        document.pop(place[-1], None)
    else:
        document[place[-1]] = value


def template() -> str:
    """Return a file of settings that explains them all and sets none."""
    lines = ["# Settings of FlashRLS. A line counts when the # before it is gone.", ""]
    for definition in SETTINGS.values():
        default = (
            f'"{definition.default}"' if isinstance(definition.default, str) else str(definition.default).lower()
        )
        lines += [
            f"# {definition.meaning}",
            f"# {_sentence(definition.kind.allowed)}",
            f"# {definition.name} = {default}",
            "",
        ]
    lines += [
        "# A deck's own limits, with the decks below it.",
        '# [decks."Sleep::Memory"]',
        "# new_per_day = 5",
        "",
    ]
    lines += [
        "# Other keys for what a review does.",
        f"# {_sentence(Keys().allowed)}",
        "# [keys]",
        '# undo = "u,ctrl+z"',
        "",
    ]
    lines += [
        "# Saved searches: cards to study together.",
        f"# {_sentence(SEARCH.allowed)}",
        "# [searches]",
        '# hard = "is:leech or ease<1.6"',
        "",
    ]
    return "\n".join(lines)


def _sentence(allowed: str) -> str:
    return f"{allowed[0].upper()}{allowed[1:]}."

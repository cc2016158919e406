"""The keys of the home screen, once for footer, help and palette."""

from __future__ import annotations

from textual.binding import BindingType

from flashrls.tui.keybinding import hidden, shown

HOME_KEYS: list[BindingType] = [
    shown("search", "/", "browse", "search", "All cards: search, sort and change them"),
    shown("add", "a", "add", "add", "Write cards, into the chosen deck"),
    shown("import", "i", "import", "import", "Bring in a deck file, or a folder of them"),
    shown("bundled", "b", "bundled", "bring decks", "Bring in the decks that come with FlashRLS"),
    shown("progress", "p", "progress", "progress", "How the chosen deck has been going"),
    shown(
        "document", "s", "source", "source", "The document of the chosen deck: what is quoted, what is remembered"
    ),
    shown("settings", "c", "settings", "settings", "Your settings, in your editor"),
    shown("leave", "q", "quit", "quit", "Leave FlashRLS; everything is saved already"),
    hidden("leeches", "l", "browse_leeches", "leeches", "The cards that you forget again and again"),
    hidden("unverified", "v", "browse_unverified", "unverified", "The cards whose phrases stand in no document"),
    hidden("undo", "u", "undo", "undo", "Take back the last thing you did"),
    hidden("redo", "U,ctrl+r", "redo", "redo", "Do again what you took back last", "U Ctrl+R"),
    hidden("refresh", "r,f5", "refresh", "look again", "Read the library again", "r"),
]

"""The keys of the home screen, once for footer, help and palette."""

from __future__ import annotations

from textual.binding import Binding, BindingType


def _shown(id: str, key: str, action: str, does: str, tooltip: str) -> Binding:  # noqa: A002
    """A key that the footer tells of, too, where there is room: the first ones last to go."""
    return Binding(key, action, does, tooltip=tooltip, key_display=key, id=id)


def _hidden(id: str, key: str, action: str, does: str, tooltip: str, written: str = "") -> Binding:  # noqa: A002
    """A key that only the help and the palette tell of."""
    return Binding(key, action, does, show=False, tooltip=tooltip, key_display=written or key, id=id)


HOME_KEYS: list[BindingType] = [
    _shown("search", "/", "browse", "search", "All cards: search, sort and change them"),
    _shown("add", "a", "add", "add", "Write cards, into the chosen deck"),
    _shown("import", "i", "import", "import", "Bring in a deck file, or a folder of them"),
    _shown("bundled", "b", "bundled", "bring decks", "Bring in the decks that come with FlashRLS"),
    _shown("progress", "p", "progress", "progress", "How the chosen deck has been going"),
    _shown(
        "document", "s", "source", "source", "The document of the chosen deck: what is quoted, what is remembered"
    ),
    _shown("settings", "c", "settings", "settings", "Your settings, in your editor"),
    _shown("leave", "q", "quit", "quit", "Leave FlashRLS; everything is saved already"),
    _hidden("leeches", "l", "browse_leeches", "leeches", "The cards that you forget again and again"),
    _hidden("unverified", "v", "browse_unverified", "unverified", "The cards whose phrases stand in no document"),
    _hidden("undo", "u", "undo", "undo", "Take back the last thing you did"),
    _hidden("redo", "U,ctrl+r", "redo", "redo", "Do again what you took back last", "U Ctrl+R"),
    _hidden("refresh", "r,f5", "refresh", "look again", "Read the library again", "r"),
]

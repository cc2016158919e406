"""The keys of the table of all cards, for footer, help and palette; what a review has too is on the same key."""

from __future__ import annotations

from textual.binding import Binding, BindingType


def _shown(id: str, key: str, action: str, does: str, tooltip: str, written: str = "") -> Binding:  # noqa: A002
    """A key that the footer tells of, too, where there is room: the first ones last to go."""
    return Binding(key, action, does, tooltip=tooltip, key_display=written or key, id=id)


def _hidden(id: str, key: str, action: str, does: str, tooltip: str, written: str = "") -> Binding:  # noqa: A002
    """A key that only the help and the palette tell of."""
    return Binding(key, action, does, show=False, tooltip=tooltip, key_display=written or key, id=id)


SEARCH_KEYS: list[BindingType] = [
    _shown(
        "to_cards", "enter,down", "screen.to_cards", "to the cards", "From the search to the cards found", "Enter"
    ),
    _shown("clear", "escape", "screen.clear", "clear", "Clear the search; an empty one is left", "Esc"),
]
"""Those of the field; on the screen they would come after the ones that every field has."""

BROWSE_KEYS: list[BindingType] = [
    _shown("reveal", "space", "reveal", "answer", "Show the card's answer, or hide it", "Space"),
    _shown("search", "/", "search", "search", "Search: words, deck:… tag:… is:due ease<2 due<=7d, or -not (…)"),
    _shown("choose", "x", "choose", "choose", "Choose the card, and go on; what follows is done to all chosen"),
    _shown("study", "S", "study", "study", "Study these: the chosen cards, else all found"),
    _shown(
        "suspend", "@", "suspend", "suspend", "Don't ask these any more; if none of them is asked, ask them again"
    ),
    _shown("tags", "t", "tags", "tags", "Give tags, or take them away"),
    _shown("edit", "e", "edit", "edit", "Edit the card; its schedule stays"),
    _shown("sort", "s", "sort", "sort", "Choose what to sort by"),
    _shown("bury", "-", "bury", "bury", "Don't ask these today"),
    _shown("move", "m", "move_notes", "move", "Put these into another deck"),
    _shown("undo", "u", "undo", "undo", "Take back the last thing you did"),
    _shown("why", "i", "why", "why", "Why this card is asked when it is: its log, tags and anchors"),
    _shown("source", "o", "passage", "source", "Where the source says so"),
    _hidden("look", "enter", "look", "look", "Show the card on a page of its own", "Enter"),
    _hidden("choose_to", "X", "choose_to", "choose to here", "Choose all from the one chosen last to this one"),
    _hidden("choose_down", "shift+down", "extend(1)", "choose down", "Choose this and the next card", "Shift+↓"),
    _hidden("choose_up", "shift+up", "extend(-1)", "choose up", "Choose this and the card before", "Shift+↑"),
    _hidden("choose_all", "a", "choose_all", "choose all", "Choose all cards found, or none"),
    _hidden("reset", "R", "reset", "reset", "Make these new again; their log stays"),
    _hidden("redo", "U,ctrl+r", "redo", "redo", "Do again what you took back last", "U Ctrl+R"),
    _hidden("sort_right", ">", "sort_by(1)", "sort by the next", "Sort by the next column"),
    _hidden("sort_left", "<", "sort_by(-1)", "sort by the one before", "Sort by the column before"),
    _hidden("reverse", "r", "reverse", "reverse", "Sort the other way round"),
    _hidden("preview", "p", "preview", "preview", "Show the card at the cursor, or don't"),
    _hidden("preview_down", "J", "scroll_card(3)", "scroll down", "Scroll the card down"),
    _hidden("preview_up", "K", "scroll_card(-3)", "scroll up", "Scroll the card up"),
    _hidden("save", "ctrl+s", "save", "save search", "Keep the search under a name", "Ctrl+S"),
    _hidden("refresh", "f5", "refresh", "look again", "Read the library again", "F5"),
    _hidden("leave", "q,escape", "leave", "leave", "Choose none; then leave", "q Esc"),
]

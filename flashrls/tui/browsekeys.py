"""The keys of the table of all cards, for footer, help and palette; what a review has too is on the same key."""

from __future__ import annotations

from textual.binding import BindingType

from flashrls.tui.keybinding import first, hidden, shown

SEARCH_KEYS: list[BindingType] = [
    shown(
        "to_cards", "enter,down", "screen.to_cards", "to the cards", "From the search to the cards found", "Enter"
    ),
    shown("clear", "escape", "screen.clear", "clear", "Clear the search; an empty one is left", "Esc"),
]
"""Those of the field; on the screen they would come after the ones that every field has."""

BROWSE_KEYS: list[BindingType] = [
    shown("reveal", "space", "reveal", "answer", "Show the card's answer, or hide it", "Space"),
    first(
        shown("search", "/", "search", "search", "Search: words, deck:… tag:… is:due ease<2 due<=7d, or -not (…)")
    ),
    shown("choose", "x", "choose", "choose", "Choose the card, and go on; what follows is done to all chosen"),
    shown("study", "S", "study", "study", "Study these: the chosen cards, else all found"),
    shown(
        "suspend", "@", "suspend", "suspend", "Don't ask these any more; if none of them is asked, ask them again"
    ),
    first(shown("tags", "t", "tags", "tags", "Give tags, or take them away")),
    shown("edit", "e", "edit", "edit", "Edit the card; its schedule stays"),
    shown("sort", "s", "sort", "sort", "Choose what to sort by"),
    shown("bury", "-", "bury", "bury", "Don't ask these today"),
    first(shown("move", "m", "move_notes", "move", "Put these into another deck")),
    shown("undo", "u", "undo", "undo", "Take back the last thing you did"),
    shown("why", "i", "why", "why", "Why this card is asked when it is: its log, tags and anchors"),
    shown("source", "o", "passage", "source", "Where the source says so"),
    hidden("look", "enter", "look", "look", "Show the card on a page of its own", "Enter"),
    hidden("choose_to", "X", "choose_to", "choose to here", "Choose all from the one chosen last to this one"),
    hidden("choose_down", "shift+down", "extend(1)", "choose down", "Choose this and the next card", "Shift+↓"),
    hidden("choose_up", "shift+up", "extend(-1)", "choose up", "Choose this and the card before", "Shift+↑"),
    hidden("choose_all", "a", "choose_all", "choose all", "Choose all cards found, or none"),
    first(hidden("reset", "R", "reset", "reset", "Make these new again; their log stays")),
    hidden("redo", "U,ctrl+r", "redo", "redo", "Do again what you took back last", "U Ctrl+R"),
    hidden("sort_right", ">", "sort_by(1)", "sort by the next", "Sort by the next column"),
    hidden("sort_left", "<", "sort_by(-1)", "sort by the one before", "Sort by the column before"),
    hidden("reverse", "r", "reverse", "reverse", "Sort the other way round"),
    hidden("preview", "p", "preview", "preview", "Show the card at the cursor, or don't"),
    hidden("preview_down", "J", "scroll_card(3)", "scroll down", "Scroll the card down"),
    hidden("preview_up", "K", "scroll_card(-3)", "scroll up", "Scroll the card up"),
    first(hidden("save", "ctrl+s", "save", "save search", "Keep the search under a name", "Ctrl+S")),
    hidden("refresh", "f5", "refresh", "look again", "Read the library again", "F5"),
    hidden("leave", "q,escape", "leave", "leave", "Choose none; then leave", "q Esc"),
]

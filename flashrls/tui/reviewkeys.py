"""The keys of a review, once for footer, help and palette: those that Anki's users have in their fingers."""

from __future__ import annotations

from textual.binding import BindingType

from flashrls.study import SIX_NAMES
from flashrls.tui.keybinding import hidden, shown

REVIEW_KEYS: list[BindingType] = [
    shown("reveal", "space,enter", "reveal", "answer", "Show the answer; Enter does it too", "Space"),
    shown("good", "space,enter", "good", "good", "Good, once the answer is shown; Enter too", "Space"),
    shown("hardest", "enter", "hardest", "look at the hardest", "Look at the cards you failed", "Enter"),
    shown("more", "t", "more", "ten more", "Ten more cards, whatever the day's limits say"),
    shown("back", "space,enter", "back", "back", "Leave the summary", "Enter"),
    shown("done", "q", "done", "leave", ""),  # "leave" tells the help of it
    hidden("source", "o", "passage", "source", "Where the source says so, once the answer is shown"),
    shown("last_source", "o", "failed", "last card's source", "After a lapse: where its source says so"),
    hidden("again", "1", "grade(1)", "again", "Again: I didn't know it"),
    hidden("hard", "2", "grade(2)", "hard", "Hard: I knew it, but barely"),
    hidden("three", "3", "grade(3)", "good", "Good: I knew it after a moment's thought"),
    hidden("easy", "4", "grade(4)", "easy", "Easy: I knew it at once"),
    *(
        hidden(f"grade_{grade}", str(grade), f"six({grade})", called.lower(), f"{called}: SM-2's grade {grade}")
        for grade, called in SIX_NAMES.items()
    ),
    shown("undo", "u", "undo", "undo", "Take back the last thing you did, of an earlier sitting too"),
    hidden("redo", "U,ctrl+r", "redo", "redo", "Do again what you took back last", "U Ctrl+R"),
    shown("edit", "e", "edit", "edit", "Edit the card; its schedule stays"),
    shown("bury", "-", "mark('bury', False)", "bury", "Don't ask this card today"),
    shown("suspend", "@", "mark('suspend', False)", "suspend", "Don't ask this card any more"),
    hidden("bury_note", "=", "mark('bury', True)", "bury note", "Don't ask any card of this note today"),
    hidden("suspend_note", "!", "mark('suspend', True)", "suspend note", "Don't ask this note any more"),
    hidden("mark", "*", "toggle_marked", "mark", "Mark the note to come back to it, or don't any longer"),
    shown("why", "i", "why", "why", "Why this card is asked now: its log, tags and anchors"),
    hidden("images", "v", "images", "images", "Show the card's images"),
    hidden("keep", "k", "keep", "keep", "Keep a leech as it is", "k"),
    hidden("down", "j,down", "scroll_card(1)", "down", "Scroll the card down", "j ↓"),
    hidden("up", "k,up", "scroll_card(-1)", "up", "Scroll the card up", "k ↑"),
    hidden("page_down", "pagedown", "scroll_card(10)", "page down", "Scroll the card down by ten lines", "PgDn"),
    hidden("page_up", "pageup", "scroll_card(-10)", "page up", "Scroll the card up by ten lines", "PgUp"),
    hidden("leave", "q,escape", "leave", "leave", "Leave; everything is saved already", "q Esc"),
]

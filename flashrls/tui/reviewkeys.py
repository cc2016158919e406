"""The keys of a review, once for footer, help and palette: those that Anki's users have in their fingers."""

from __future__ import annotations

from textual.binding import Binding, BindingType


def _hidden(key: str, action: str, does: str, tooltip: str, written: str = "") -> Binding:
    """A key that only the help and the palette tell of."""
    return Binding(key, action, does, show=False, tooltip=tooltip, key_display=written or key)


REVIEW_KEYS: list[BindingType] = [
    Binding("space,enter", "reveal", "answer", key_display="Space", tooltip="Show the answer; Enter does it too"),
    Binding(
        "space,enter", "good", "good", key_display="Space", tooltip="Good, once the answer is shown; Enter too"
    ),
    Binding("space,enter", "back", "back", key_display="Enter", tooltip="Leave the summary"),
    _hidden("o", "passage", "source", "Where the source says so, once the answer is shown"),
    Binding("o", "failed", "last card's source", tooltip="After a lapse: where the source of that card says so"),
    _hidden("1", "grade(1)", "again", "Again: I didn't know it"),
    _hidden("2", "grade(2)", "hard", "Hard: I knew it, but barely"),
    _hidden("3", "grade(3)", "good", "Good: I knew it after a moment's thought"),
    _hidden("4", "grade(4)", "easy", "Easy: I knew it at once"),
    Binding("u", "undo", "undo", tooltip="Take back the last thing you did, of an earlier sitting too"),
    Binding("-", "mark('bury', False)", "bury", key_display="-", tooltip="Don't ask this card today"),
    Binding("@", "mark('suspend', False)", "suspend", key_display="@", tooltip="Don't ask this card any more"),
    _hidden("=", "mark('bury', True)", "bury note", "Don't ask any card of this note today"),
    _hidden("!", "mark('suspend', True)", "suspend note", "Don't ask any card of this note any more"),
    Binding("i", "why", "why", tooltip="Why this card is asked now: its log, tags and anchors"),
    _hidden("j,down", "scroll_card(1)", "down", "Scroll the card down", "j ↓"),
    _hidden("k,up", "scroll_card(-1)", "up", "Scroll the card up", "k ↑"),
    _hidden("pagedown", "scroll_card(10)", "page down", "Scroll the card down by ten lines", "PgDn"),
    _hidden("pageup", "scroll_card(-10)", "page up", "Scroll the card up by ten lines", "PgUp"),
    _hidden("q,escape", "leave", "leave", "Leave; everything is saved already", "q Esc"),
]

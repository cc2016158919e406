"""The keys of the progress screen, once for footer, help and palette."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from flashrls.tui.progresspages import PAGES

_FAR = 1_000_000
"""Lines; no page has more."""


def _shown(key: str, action: str, does: str, tooltip: str, written: str = "") -> Binding:
    """A key that the footer tells of, too, where there is room: the first ones last to go."""
    return Binding(key, action, does, tooltip=tooltip, key_display=written or key)


def _hidden(key: str, action: str, does: str, tooltip: str, written: str = "") -> Binding:
    """A key that only the help and the palette tell of."""
    return Binding(key, action, does, show=False, tooltip=tooltip, key_display=written or key)


PROGRESS_KEYS: list[BindingType] = [
    _shown("escape,q", "back", "back", "Go back", "Esc"),
    _shown("d", "deck", "deck", "Choose the deck that is counted"),
    _shown("right_square_bracket,>", "period(1)", "longer", "A longer period: 7, 30, 90, 365 days, all", "]"),
    _hidden("left_square_bracket,<", "period(-1)", "shorter", "A shorter period", "["),
    _shown("0,t", "today", "today", "Back to today", "t"),
    _shown("left", "later(-1)", "earlier", "As things stood a day before", "←"),
    _shown("l,enter", "leeches", "leeches", "Look at the leeches", "l"),
    _shown("/", "narrow", "query", "Count only the cards that a query finds"),
    _hidden("right", "later(1)", "day after", "As things stood a day after", "→"),
    _hidden("shift+left", "months(-1)", "month before", "As things stood a month before", "Shift+←"),
    _hidden("shift+right", "months(1)", "month after", "As things stood a month after", "Shift+→"),
    *(_hidden(str(at + 1), f"page({at})", name.lower(), f"The page “{name}”") for at, name in enumerate(PAGES)),
    _hidden("tab", "next_page(1)", "next page", "The next page", "Tab"),
    _hidden("shift+tab", "next_page(-1)", "page before", "The page before", "Shift+Tab"),
    _hidden("j,down", "scroll_sheet(1)", "down", "Scroll down", "j ↓"),
    _hidden("k,up", "scroll_sheet(-1)", "up", "Scroll up", "k ↑"),
    _hidden("pagedown,space", "scroll_sheet(10)", "page down", "Scroll down by ten lines", "PgDn"),
    _hidden("pageup", "scroll_sheet(-10)", "page up", "Scroll up by ten lines", "PgUp"),
    _hidden("home,g", f"scroll_sheet(-{_FAR})", "top", "To the top", "Home"),
    _hidden("end,G", f"scroll_sheet({_FAR})", "bottom", "To the end", "End"),
]

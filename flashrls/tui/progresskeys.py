"""The keys of the progress screen, once for footer, help and palette."""

from __future__ import annotations

from textual.binding import BindingType

from flashrls.tui.keybinding import first, hidden, shown

PAGES = ("Overview", "Days", "To come", "Cards", "Answers")
"""What the pages are called, in their order."""

_FAR = 1_000_000
"""Lines; no page has more."""


PROGRESS_KEYS: list[BindingType] = [
    shown("leave", "escape,q", "back", "back", "Go back", "Esc"),
    shown("deck", "d", "deck", "deck", "Choose the deck that is counted"),
    shown("longer", "],>", "period(1)", "longer", "A longer period: 7, 30, 90, 365 days, all", "]"),
    hidden("shorter", "[,<", "period(-1)", "shorter", "A shorter period", "["),
    shown("today", "0,t", "today", "today", "Back to today", "t"),
    shown("day_before", "left", "later(-1)", "earlier", "As things stood a day before", "←"),
    shown("leeches", "l,enter", "leeches", "leeches", "Look at the leeches", "l"),
    first(shown("search", "/", "narrow", "query", "Count only the cards that a query finds")),
    hidden("day_after", "right", "later(1)", "day after", "As things stood a day after", "→"),
    hidden("month_before", "shift+left", "months(-1)", "month before", "A month before", "Shift+←"),
    hidden("month_after", "shift+right", "months(1)", "month after", "A month after", "Shift+→"),
    *(
        hidden(f"page_{at + 1}", str(at + 1), f"page({at})", name.lower(), f"The page “{name}”")
        for at, name in enumerate(PAGES)
    ),
    hidden("next_page", "tab", "next_page(1)", "next page", "The next page", "Tab"),
    hidden("page_before", "shift+tab", "next_page(-1)", "page before", "The page before", "Shift+Tab"),
    hidden("down", "j,down", "scroll_sheet(1)", "down", "Scroll down", "j ↓"),
    hidden("up", "k,up", "scroll_sheet(-1)", "up", "Scroll up", "k ↑"),
    hidden("page_down", "pagedown,space", "scroll_sheet(10)", "page down", "Scroll down by ten lines", "PgDn"),
    hidden("page_up", "pageup", "scroll_sheet(-10)", "page up", "Scroll up by ten lines", "PgUp"),
    hidden("top", "home,g", f"scroll_sheet(-{_FAR})", "top", "To the top", "Home"),
    hidden("bottom", "end,G", f"scroll_sheet({_FAR})", "bottom", "To the end", "End"),
]

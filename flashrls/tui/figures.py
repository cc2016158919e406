"""The quiet figures at the home screen's foot: how it has been going, what comes tomorrow, what wants care."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.style import Style
from textual.widget import Widget

from flashrls.outlook import Today
from flashrls.stats import Rate
from flashrls.store.today import MOST_UNVERIFIED
from flashrls.telling import count, rate_words
from flashrls.tui.words import packed, sparkline


class Figures(Widget):
    """Names and values, on as few lines as they fit on."""

    DEFAULT_CSS = """
    Figures { height: auto; color: $text-muted; link-color: $text-muted; link-style: none; }
    """

    def __init__(self) -> None:
        """Make an empty one."""
        super().__init__()
        self._items: list[Content] = []

    def show(self, today: Today) -> None:
        """Show a day's figures; none while there are no cards."""
        items = _items(today) if any(deck.cards for deck in today.decks) else []
        changed_much = [item.cell_length for item in items] != [item.cell_length for item in self._items]
        self._items = items
        self.refresh(layout=changed_much)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as they take at this width."""
        return len(packed(self._items, width))

    def render(self) -> Content:
        """All of them."""
        return Content("\n").join(packed(self._items, self.size.width))


def _items(today: Today) -> list[Content]:
    named = [
        ("Last 7 days", sparkline(today.week)),
        ("Retention", rate_words(Rate(today.retained, today.reviewed))),
        ("Streak", count(today.streak, "day")),
        ("Tomorrow", f"{today.tomorrow:,} due"),
    ]
    figures = [Content.assemble(f"{name} ", (value, "$foreground")) for name, value in named]
    return [
        *figures,
        *(Content.styled(words, Style.from_meta({"@click": action})) for words, action in _cares(today)),
    ]


def _cares(today: Today) -> list[tuple[str, str]]:
    """What waits for care, each with the key that leads there, and the key's action for the mouse."""
    told = []
    if today.leeches:
        wants = f"{count(today.leeches, 'leech', 'leeches')} want{'s' * (today.leeches == 1)}"
        told.append((f"{wants} care (l)", "screen.browse_leeches"))
    if today.unverified:
        more = "+" * (today.unverified >= MOST_UNVERIFIED)
        anchors = f"{today.unverified:,}{more} {'anchor' if today.unverified == 1 else 'anchors'}"
        told.append((f"{anchors} unverified (v)", "screen.browse_unverified"))
    return told

"""Tags as options name them."""

from __future__ import annotations

from collections.abc import Iterable

from flashrls.errors import Refused


def checked_tags(tags: Iterable[str]) -> frozenset[str]:
    """Return tags that a deck file can tell.

    Raises:
        Refused: one is no tag, or means something else above a card.
    """
    from flashrls.formats.attributes import FLAGS
    from flashrls.formats.names import is_tag

    for tag in tags:
        if tag in FLAGS:
            raise Refused(f"'{tag}' is a mark, not a tag.", "`flashrls edit CARD` sets marks above the card.")
        if not is_tag(tag):
            raise Refused(f"'{tag}' is not a tag.", "A tag is one word without braces or quotes.")
    return frozenset(tags)

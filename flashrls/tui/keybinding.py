"""Ways to write a key binding on one line: shown in the footer, or told by the help and the palette alone."""

from __future__ import annotations

from dataclasses import replace

from textual.binding import Binding


def shown(id: str, key: str, action: str, does: str, tooltip: str, written: str = "") -> Binding:  # noqa: A002
    """Return a key that the footer tells of, too, where there is room: the first ones last to go.

    Args:
        id: what the learner calls it who wants another key for it.
        key: the keys, as Textual names them, with commas between them.
        action: what is done.
        does: that in a word or two, for the footer.
        tooltip: that in a sentence, for the help.
        written: how the footer writes the key; "" for as Textual names it.
    """
    return Binding(key, action, does, tooltip=tooltip, key_display=written or key, id=id)


def hidden(id: str, key: str, action: str, does: str, tooltip: str, written: str = "") -> Binding:  # noqa: A002
    """Return a key that only the help and the palette tell of; arguments as for `shown`."""
    return Binding(key, action, does, show=False, tooltip=tooltip, key_display=written or key, id=id)


def first(binding: Binding) -> Binding:
    """Return a key that is served before the next one is handed out: one that leads to a field to write in.

    Letters may come in a burst, over a slow line or from a fast hand; without this they would meet the keys
    of what had the focus before.
    """
    return replace(binding, priority=True)


def fixed(key: str, action: str, does: str, written: str, tooltip: str) -> Binding:
    """Return a key that only the help and the palette tell of, and that is the same for everybody."""
    return Binding(key, action, does, show=False, key_display=written, tooltip=tooltip)

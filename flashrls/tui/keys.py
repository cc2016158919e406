"""All keys of a screen, made from its bindings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.dom import DOMNode

from flashrls.tui.keyline import written
from flashrls.tui.page import Page
from flashrls.tui.prose import Prose, labelled

_KEY_CELLS = 10


def bindings_of(nodes: Iterable[DOMNode]) -> list[Binding]:
    """Return the bindings of the nodes that say what they do, each action once, in the order they were written.

    A screen may name `absent_actions`, which the learner's settings rule out.
    """
    found: dict[str, Binding] = {}
    for node in nodes:
        absent: frozenset[str] = getattr(node, "absent_actions", frozenset())
        for bindings in node._bindings.key_to_bindings.values():
            for binding in bindings:
                if binding.tooltip and binding.action.partition("(")[0] not in absent:
                    found.setdefault(binding.action, binding)
    return list(found.values())


class KeysPage(Page):
    """The list of keys; `?` closes it as it opened it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("?", "back", "back", show=False)]

    def __init__(self, bindings: Iterable[Binding]) -> None:
        """Make a list of `bindings`."""
        facts = (labelled(written(key), _KEY_CELLS, Content(key.tooltip), style="bold") for key in bindings)
        super().__init__(Content("All keys"), Prose(tuple(facts), frozenset()))

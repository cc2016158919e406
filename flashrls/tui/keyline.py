"""The line of keys at a screen's foot: what is possible now, made from the bindings; the mouse works too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget

from flashrls.tui.words import side_by_side

_GAP = 3


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is possible now: how it is written, what it does, and who does it."""

    written: str
    does: str
    action: str
    node: DOMNode

    @property
    def cells(self) -> int:
        """How much room it takes."""
        return len(self.written) + 1 + len(self.does)


def written(binding: Binding) -> str:
    """Return a binding's key as a keyboard shows it."""
    return binding.key_display or binding.key


class KeyLine(Widget):
    """One line of keys. Those that don't fit are left out from the end, but never the last: it leads to all."""

    DEFAULT_CSS = """
    KeyLine {
        height: 1;
        padding: 0 1;
        color: $text-muted;
    }
    """

    aside = ""
    """What stands at the line's right end; the next change of bindings shows it."""

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def render(self) -> Content:
        """The keys that are possible now."""
        parts: list[str | tuple[str, str]] = []
        for key in self._fitting():
            parts += [(key.written, "bold $foreground"), f" {key.does}{' ' * _GAP}"]
        keys = Content.assemble(*parts)
        return side_by_side(keys, Content(self.aside), self.size.width) if self.aside else keys

    def _fitting(self) -> list[Key]:
        keys = list(self._keys())
        room = self.size.width - (len(self.aside) + 2 if self.aside else 0)
        while len(keys) > 1 and sum(key.cells + _GAP for key in keys) - _GAP > room:
            del keys[-2]
        return keys

    def _keys(self) -> Iterable[Key]:
        """The shown bindings, each action once; the app's own come last."""
        seen: set[str] = set()
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            if self._is_typed(binding):
                continue
            if enabled and binding.show and not binding.system and binding.action not in seen:
                seen.add(binding.action)
                yield Key(written(binding), binding.description, binding.action, node)

    def _is_typed(self, binding: Binding) -> bool:
        """Whether the key is a letter for a field that is being written in."""
        focused, key = self.screen.focused, binding.key
        letter = " " if key == "space" else key if len(key) == 1 else written(binding)
        return focused is not None and len(letter) == 1 and focused.check_consume_key(binding.key, letter)

    async def on_click(self, event: events.Click) -> None:
        """Do what the clicked key does."""
        at = 0
        for key in self._fitting():
            if at <= event.x - self.styles.padding.left < at + key.cells:
                await self.app.run_action(key.action, key.node)
                return
            at += key.cells + _GAP

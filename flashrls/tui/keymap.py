"""Other keys than ours: the learner's own, put into a screen's bindings before it is shown.

Textual's own keymap takes away whatever else lies on a key, and here one key means several things in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode

Chosen = Mapping[str, str]
"""For the id of a binding the keys that do it instead, with commas between them."""

_WRITTEN = {
    "escape": "Esc",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
}


def key_words(key: str) -> str:
    """Return a key as a keyboard shows it: "u", "Ctrl+Z", "Esc"."""
    if len(key) == 1:
        return key
    *held, last = key.split("+") if not key.endswith("+") else [key]
    last = _WRITTEN.get(last, last if len(last) == 1 and not held else last.capitalize())
    return "+".join([*(part.capitalize() for part in held), last])


def remap(node: DOMNode, keys: Chosen) -> None:
    """Give a node the chosen keys in place of its own; those come before what else lies on a key."""
    mine = [(key, binding) for key, some in node._bindings.key_to_bindings.items() for binding in some]
    told = BindingsMap()
    moved: set[str] = set()
    for key, binding in mine:
        if binding.id is None or binding.id not in keys:
            told.key_to_bindings.setdefault(key, []).append(binding)
        elif binding.id not in moved:
            moved.add(binding.id)
            for other in _chosen(binding, keys[binding.id]):
                told.key_to_bindings.setdefault(other.key, []).insert(0, other)
    if moved:
        node._bindings = told


def _chosen(binding: Binding, words: str) -> list[Binding]:
    """A binding once for each chosen key, named as Textual names keys."""
    wanted = _keys(words)
    written = " ".join(key_words(key) for key in wanted)
    named = BindingsMap([Binding(",".join(wanted), binding.action)]).key_to_bindings
    return [binding.with_key(key, written) for key in named]


def complaints(bindings: Iterable[Binding], keys: Chosen) -> list[str]:
    """Return what is wrong with chosen keys, a sentence each: ids that nothing has, and keys given twice.

    Two bindings that share a key by themselves are never possible at the same time and may share any.
    """
    own: dict[str, set[str]] = {}
    for binding in bindings:
        if binding.id:
            own.setdefault(binding.id, set()).update(_keys(binding.key))
    told = [f"No key is called “{name}”." for name in keys if name not in own]
    now = {name: _keys(keys[name]) if name in keys else sorted(held) for name, held in own.items()}
    for name in (name for name in keys if name in own):
        for other in own:
            both = set(now[name]) & set(now[other])
            if other != name and both and not own[name] & own[other] and not (other in keys and other < name):
                told.append(f"{key_words(min(both))} is both {name} and {other}.")
    return told


def _keys(words: str) -> list[str]:
    return [key.strip() for key in words.split(",") if key.strip()]

"""Which keys a learner can choose: those of all screens, by their names."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from flashrls.tui.browsekeys import BROWSE_KEYS, SEARCH_KEYS
from flashrls.tui.homekeys import HOME_KEYS
from flashrls.tui.keymap import Chosen, complaints
from flashrls.tui.progresskeys import PROGRESS_KEYS
from flashrls.tui.reviewkeys import REVIEW_KEYS

_SCREENS = {
    "review": REVIEW_KEYS,
    "home": HOME_KEYS,
    "browse": BROWSE_KEYS,
    "the search of browse": SEARCH_KEYS,
    "progress": PROGRESS_KEYS,
}


def keys_by_screen(everywhere: Iterable[BindingType]) -> dict[str, list[Binding]]:
    """Return the keys that have names, by screen; those of `everywhere` come last."""
    screens = {**_SCREENS, "everywhere": list(everywhere)}
    return {
        screen: [key for key in keys if isinstance(key, Binding) and key.id] for screen, keys in screens.items()
    }


def about_keys(chosen: Chosen, everywhere: Iterable[BindingType]) -> list[str]:
    """Return what is wrong with chosen keys, a sentence each: names that nothing has, keys given twice on a screen.

    Args:
        chosen: the learner's keys.
        everywhere: the keys that every screen has besides its own.
    """
    *screens, both = keys_by_screen(everywhere).values()
    unknown = chosen.keys() - {key.id for keys in (*screens, both) for key in keys}
    told = complaints([], {name: keys for name, keys in chosen.items() if name in unknown})
    for keys in screens:
        here = {key.id for key in (*keys, *both)}
        told += complaints([*keys, *both], {name: keys for name, keys in chosen.items() if name in here})
    return list(dict.fromkeys(told))

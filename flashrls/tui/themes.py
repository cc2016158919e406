"""Themes of our own: high contrast, and a light one whose quiet text can still be read."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.theme import Theme

CONTRAST = Theme(
    name="contrast",
    primary="#7fd4ff",
    secondary="#7fd4ff",
    accent="#ffe14d",
    warning="#ffd166",
    error="#ff9c9c",
    success="#7dff9a",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#101010",
    dark=True,
    variables={
        "text": "#ffffff",
        "text-muted": "#e6e6e6",
        "text-disabled": "#c4c4c4",
        "foreground-muted": "#e6e6e6",
        "foreground-disabled": "#c4c4c4",
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
    },
)
"""Black and white; every text has at least seven times the light of its ground, or the ground of it (WCAG AAA)."""

LIGHT = Theme(
    name="light",
    primary="#00558c",
    secondary="#00558c",
    accent="#8a4b00",
    warning="#8a4b00",
    error="#a5142f",
    success="#0b6b2c",
    foreground="#1c1c1c",
    background="#fafafa",
    surface="#f0f0f0",
    panel="#e6e6e6",
    dark=False,
    variables={
        "text": "#1c1c1c",
        "text-muted": "#595959",
        "text-disabled": "#636363",
        "foreground-muted": "#595959",
        "foreground-disabled": "#636363",
    },
)
"""Dark on white; every text at least 4.5 to 1 (WCAG AA)."""

THEMES = (CONTRAST, LIGHT)


def register(app: App[Any]) -> None:
    """Make the themes known to an app; `app.theme` chooses one by its name."""
    for theme in THEMES:
        app.register_theme(theme)

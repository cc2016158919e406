"""Themes of our own: their texts can be read, also the quiet ones."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.theme import Theme

from flashrls.tui.app import FlashRLS
from flashrls.tui.themes import CONTRAST, LIGHT, register
from tests.tui.bench import THREE, Bench, press, settled

TEXTS = (
    *("foreground", "text", "text-muted", "text-disabled", "foreground-muted", "foreground-disabled"),
    *(f"text-{name}" for name in ("primary", "secondary", "warning", "error", "success", "accent")),
)


def light(color: Color) -> float:
    """WCAG 2's relative luminance."""
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def least_contrast(theme: Theme) -> float:
    """Of all texts, on the ground and on that of a chosen row."""
    colours = theme.to_color_system().generate()
    ground, foreground = Color.parse(colours["background"]), Color.parse(colours["foreground"])
    below = (ground, ground.blend(foreground, 0.1))
    return min(contrast(Color.parse(colours[name]), one) for name in TEXTS for one in below)


def painted(pilot: Pilot[None]) -> list[tuple[str, float]]:
    """The words on the screen, each with its contrast."""
    found = []
    for strip in pilot.app.screen._compositor.render_strips():
        for words, style, _ in strip:
            if style and style.color and style.bgcolor and any(letter.isalnum() for letter in words):
                pair = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                found.append((words, contrast(*pair)))
    return found


def test_contrast_is_high() -> None:
    """Seven to one for every text, as WCAG AAA asks."""
    assert least_contrast(CONTRAST) >= 7


def test_light_can_be_read() -> None:
    """4.5 to one for every text, as WCAG AA asks."""
    assert least_contrast(LIGHT) >= 4.5


@pytest.mark.parametrize(("name", "least"), [("contrast", 7), ("light", 4.5)])
async def test_words_on_screens_can_be_read(bench: Bench, name: str, least: float) -> None:
    """Those of home, review, why and keys, also in code."""
    code = THREE.replace("A: N2", "A: N2\n\n   ```python\n   def f(): return 'x' + 1  # why\n   ```")
    app: FlashRLS = bench.bring(code).app()
    register(app)
    async with bench.running(app, size=(60, 20)) as pilot:
        app.theme = name
        await settled(pilot)
        words = painted(pilot)
        for key in ("enter", "space", "i", "escape", "?"):
            await press(pilot, key)
            words += painted(pilot)
        shown = "".join(part for part, _ in words)
        assert "def" in shown
        assert "Take back the last" in shown
        assert not [(part, ratio) for part, ratio in words if ratio < least]

"""The README's pictures, made anew: `python -m tests.tui.svg`. A simulated year of study of the bundled decks."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tests.tui.bench import Bench, settled
from tests.year import END, HOME, a_year

PICTURES = Path(__file__).parent / "pictures"
SIZE = (80, 24)


def studied(place: Path) -> Bench:
    """A library after a year of study, on the morning after it."""
    bench = Bench(place)
    bench.path = place / "year.db"
    bench.clock.now = datetime.combine(END + timedelta(days=1), datetime.min.time(), HOME).replace(hour=9)
    a_year(bench.path)
    return bench


def write(name: str, picture: str) -> None:
    """Write a picture that loads nothing from elsewhere: the viewer's own monospaced font will do."""
    (PICTURES / name).write_text(re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL), encoding="utf-8")


async def draw_from_home(bench: Bench, name: str, keys: Sequence[str], **size: tuple[int, int]) -> None:
    """Draw the screen that keys lead to from the home screen."""
    async with bench.home(size=size.get("size", SIZE)) as pilot:
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        write(name, pilot.app.export_screenshot())


async def draw(bench: Bench) -> None:
    """Draw the screens that the README shows, a review's with its answer shown."""
    await draw_from_home(bench, "home.svg", [])
    await draw_from_home(bench, "source.svg", ["s", "n"])
    await draw_from_home(bench, "progress.svg", ["p"])
    await draw_from_home(bench, "browse.svg", ["/", *"dopa", "enter", "down", "space"])
    async with bench.review(size=SIZE) as pilot:
        await pilot.press("space")
        await settled(pilot)
        write("review.svg", pilot.app.export_screenshot())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(draw(studied(Path(place))))

"""The README's pictures, made anew: `python -m tests.tui.svg`. A simulated month of study of the bundled decks."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from flashrls.bundled import bring
from flashrls.log import EntryKind
from flashrls.resources import folder
from tests.tui.bench import Bench, settled

PICTURES = Path(__file__).parent / "pictures"
DAYS = 30
SIZE = (80, 24)


def studied(place: Path) -> Bench:
    """A library with the bundled decks, studied for a month; one card in seven is failed."""
    bench = Bench(place)
    with bench.library() as library:
        bring(library, folder("decks"))
        for day in range(DAYS):
            session = library.session(new=4)
            answered = 0
            while (turn := session.current) and (day < DAYS - 1 or answered < 6):
                (card,) = library.cards([turn.card])
                failed = turn.kind is EntryKind.SCHEDULED and (card.ref * 5 + day) % 7 == 0
                library.grade(card, turn.kind, 2 if failed else 4, reveal_ms=6_000, grade_ms=3_000)
                session = session.graded(2 if failed else 4)
                answered += 1
            if day < DAYS - 1:
                bench.clock.forward(days=1)
    return bench


def write(name: str, picture: str) -> None:
    """Write a picture that loads nothing from elsewhere: the viewer's own monospaced font will do."""
    (PICTURES / name).write_text(re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL), encoding="utf-8")


async def draw(bench: Bench) -> None:
    """Draw the home screen, the welcome deck's text, and a review with its answer shown."""
    async with bench.home(size=SIZE) as pilot:
        write("home.svg", pilot.app.export_screenshot())
        await pilot.press("s")
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        write("source.svg", pilot.app.export_screenshot())
    async with bench.review(size=SIZE) as pilot:
        await pilot.press("space")
        await settled(pilot)
        write("review.svg", pilot.app.export_screenshot())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(draw(studied(Path(place))))

"""Pictures of screens as text, compared with the files in `pictures/`.

When a change is meant, look at what it does and take new ones:

    FLASHRLS_NEW_PICTURES=1 pytest tests/tui/test_pictures.py; git diff tests/tui/pictures
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.bench import Bench, lines, press
from tests.tui.sources import ARTICLE, DECK, attach, document

PICTURES = Path(__file__).parent / "pictures"
DECKS = [
    """---
deck: Restless Leg Syndrome::The connection to iron
id: iron
tags: [rls]
---

# The connection to iron

{#enzyme}
Q: Which enzyme, needed to produce dopamine, has iron as its cofactor?
A: **Tyrosine hydroxylase**

> Iron is a cofactor for tyrosine hydroxylase

# Brain iron

{#where}
C: Iron is low in the {{1::substantia nigra}} and the {{2::thalamus}}.

{#list}
Q: Which two findings speak for low iron in the brain?
A: Two:

   1. low **ferritin** in the cerebrospinal fluid
   2. less iron in the substantia nigra, seen in
      magnetic resonance imaging

   | where | iron |
   |-------|------|
   | fluid | low |
   | nigra | low |
""",
    "---\ndeck: Restless Leg Syndrome::Overview\nid: overview\n---\n\nQ: What is RLS?\nA: An urge to move\n",
    "---\ndeck: How memory lasts\nid: memory\n---\n\nQ: What is recalled?\nA: What was retrieved\n",
]


def compare(name: str, pilot: Pilot[None]) -> None:
    """Compare the screen with its picture, or take a new one."""
    picture = PICTURES / f"{name}.txt"
    now = "\n".join(lines(pilot)).rstrip() + "\n"
    if os.environ.get("FLASHRLS_NEW_PICTURES"):
        picture.write_text(now, encoding="utf-8")
    assert now == picture.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (160, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens(bench: Bench, size: tuple[int, int]) -> None:
    """Home, question, answer, long answer, why, keys and summary, as they have to look."""
    suffix = f"{size[0]}x{size[1]}"
    async with bench.bring(*DECKS).home(size=size) as pilot:
        compare(f"home-{suffix}", pilot)
        await press(pilot, "enter")
        compare(f"question-{suffix}", pilot)
        await press(pilot, "space")
        compare(f"answer-{suffix}", pilot)
        await press(pilot, "1", "space", "3", "space")
        compare(f"blocks-{suffix}", pilot)
        await press(pilot, "3", "u", "i")
        compare(f"why-{suffix}", pilot)
        await press(pilot, "escape", "?")
        compare(f"keys-{suffix}", pilot)
        await press(pilot, "escape", *["space", "3"] * 4)
        compare(f"summary-{suffix}", pilot)
        await press(pilot, "q")
        compare(f"done-{suffix}", pilot)


async def test_empty_library(bench: Bench) -> None:
    """The invitation."""
    async with bench.home() as pilot:
        compare("empty-80x24", pilot)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (160, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_source(bench: Bench, size: tuple[int, int]) -> None:
    """Passage, the offer after a lapse, the document by both measures, and a sentence's cards."""
    suffix = f"{size[0]}x{size[1]}"
    attach(bench.bring(DECK), document(ARTICLE))
    async with bench.home(size=size) as pilot:
        await press(pilot, "enter", "space")
        compare(f"hint-{suffix}", pilot)
        await press(pilot, "o")
        compare(f"passage-{suffix}", pilot)
        await press(pilot, "escape", "1")
        compare(f"lapse-{suffix}", pilot)
        await press(pilot, "space", "3", "q", "s", "j")
        compare(f"coverage-{suffix}", pilot)
        await press(pilot, "r")
        compare(f"retention-{suffix}", pilot)
        await press(pilot, "end", "enter")
        compare(f"sentence-{suffix}", pilot)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (160, 50)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_source_that_is_not_attached(bench: Bench, size: tuple[int, int]) -> None:
    """The passage that is missing, and the document that is."""
    suffix = f"{size[0]}x{size[1]}"
    async with bench.bring(DECK).home(size=size) as pilot:
        await press(pilot, "enter", "space", "o")
        compare(f"missing-{suffix}", pilot)
        await press(pilot, "escape", "q", "s")
        compare(f"unattached-{suffix}", pilot)

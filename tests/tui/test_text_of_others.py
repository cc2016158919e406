"""Texts of cards, decks and sections are data: a terminal never obeys them, and they never act as markup."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from flashrls.cards import Deck, Kind, Note, Skip
from flashrls.tui.home import HomeScreen
from tests.store.making import bring
from tests.tui.bench import Bench, lines, press, text
from tests.tui.sources import document

PAYLOADS = [
    "\x1b]52;c;SEFDS0VE\x07",
    "\x1b]8;;https://e.example\x1b\\x\x1b]8;;\x1b\\",
    "\x1b]0;T\x07",
    "\x1b[2J",
    "\x1b[6n",
    "\x1bc",
    "\x9b31m",
    "\x9d52;c;QUJD\x9c",
    "a\0b\bc\rd\x7fe",
    "\u202eevil\u2066",
    "&#x202e;evil &#x1b;[2J &#155;x",
    "`&#x202e;`\n\n    \x1b[2J\n",
    "![\x1b[2J](x) [\x1b[2J](\x9b)",
    "| \x1b[2J | b |\n|---|---|\n| \u202e | \x9b |",
    "[/",
    "[/]",
    "x[/foo]y",
    '[a="',
    "[50%]",
    "[bold",
    "[link=https://e.example]bank[/link]",
    "[@click=app.quit]x[/]",
    "[latex]x[/latex]",
    "[sound:foo.mp3]",
    "- x\n" * 500,
    "[" * 3_000,
    "*" * 3_000,
    "<a " * 3_000,
    "\udc80 lone",
    "```python\nx = '\x1b[2J' # \u202e \x9b31m\n```",
    "![\u202e](\x1b[2J.png) ![[bold]x[/]](%1b%5b2J)",
    "a\u0301\u0301" * 200 + "\t👩\u200d👩\u200d👧\t日本",
    "x" * 10_000,
    "\x1b[2J word\n" * 5_000,
    ">" * 500 + "\x1b[2J",
]
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
async def test_payloads_are_only_shown(bench: Bench, payload: str) -> None:
    """Everywhere a payload can stand it is shown, harmless; a click on it does nothing."""
    storable = payload.encode("utf-8", "replace").decode()
    note = Note("n", Kind.BASIC, payload, payload, section=storable, tags=("t",), anchors=(storable,))
    with bench.library() as library:
        name = " ".join(storable.split())[:100] or "deck"
        safe = Note("n", Kind.BASIC, storable, storable, section=note.section, tags=note.tags, anchors=note.anchors)
        bring(library, Deck(name, "k", (safe,)))
    async with bench.home() as pilot:
        seen = [text(pilot)]
        await press(pilot, "enter")
        seen.append(text(pilot))
        await press(pilot, "space")
        seen.append(text(pilot))
        for spot in ((1, 0), (4, 4), (6, 7)):
            await pilot.click(offset=spot)
        assert not pilot.app._exit
        await press(pilot, "i")
        seen.append(text(pilot))
        await press(pilot, "escape", "@")
        seen.append(text(pilot))
        await press(pilot, "u")
        seen.append(text(pilot))
    assert not [found[0] for shown in seen for found in _FORBIDDEN.finditer(shown.replace("\n", ""))]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
async def test_payloads_in_documents_are_only_shown(bench: Bench, payload: str) -> None:
    """In a document's title, headings and sentences, in what is quoted and in why a sentence is left out."""
    storable = payload.encode("utf-8", "replace").decode()
    line = " ".join(storable.split())
    told = document(f"# {line}\n\nOnce {storable} was quoted. It {line} was left out.\n", title=storable)
    note = Note("n", Kind.BASIC, "q", "a", anchors=(f"{line} was quoted",))
    with bench.library() as library:
        bring(library, Deck("D", "k", (note,), skip=(Skip("was left out", storable),)))
        library.add_document(told, "D")
    async with bench.home() as pilot:
        seen = []
        for keys in (["s"], ["r"], ["end"], ["enter"], ["escape", "home", "enter"], ["enter"]):
            await press(pilot, *keys)
            seen.append(text(pilot))
        await press(pilot, "escape", "escape")
        for spot in ((10, 0), (14, 2), (14, 5), (14, 6), (14, 7)):
            await pilot.click(offset=spot)
            await press(pilot, "escape" if not isinstance(pilot.app.screen, HomeScreen) else "s")
        assert not pilot.app._exit
        while not isinstance(pilot.app.screen, HomeScreen):
            await press(pilot, "escape")
        await press(pilot, "enter", "space", "o")
        seen.append(text(pilot))
        await press(pilot, "escape", "i")
        seen.append(text(pilot))
    assert not [found[0] for shown in seen for found in _FORBIDDEN.finditer(shown.replace("\n", ""))]


@pytest.mark.parametrize("payload", ["[50%]", "[bold", "[sound:foo.mp3]", "[@click=app.quit]x[/]", "x[/foo]y"])
async def test_brackets_are_kept(bench: Bench, payload: str) -> None:
    """What looks like markup is shown as it was written."""
    with bench.library() as library:
        bring(library, Deck(f"D {payload}", "k", (Note("n", Kind.BASIC, payload, payload),)))
    async with bench.home() as pilot:
        assert payload in text(pilot)
        await press(pilot, "enter", "space")
        assert sum(payload in line for line in lines(pilot)) >= 3


async def test_entities_are_cleaned_after_they_are_decoded(bench: Bench) -> None:
    """`&#x202e;` is a bidirectional control only once Markdown has read it."""
    async with bench.bring("Q: a &#x202e;b\nA: x\n").review() as pilot:
        assert "a \ufffdb" in text(pilot)


def test_no_widget_takes_markup() -> None:
    """Statics are made with `markup=False`; nothing makes content from markup, notifies, or opens links."""
    for file in Path("flashrls/tui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                keywords = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
                if name in ("Static", "Label", "Button", "Log", "RichLog"):
                    assert keywords.get("markup") == "False", f"{file}:{node.lineno}"
                assert name not in ("from_markup", "notify", "open_url", "Markdown", "Tooltip"), (
                    f"{file}:{node.lineno}"
                )

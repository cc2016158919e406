"""Documents for tests of screens: headings are the lines that begin with `# `."""

from __future__ import annotations

import hashlib

from flashrls.documents.text import Document, Heading
from flashrls.tui.app import FlashRLS
from tests.tui.bench import Bench

ARTICLE = """\
# Stages

Sleep comes in stages, and they differ. The spindles mark stage N2, which takes up half of the night.

Dreams are most vivid in REM sleep. Nobody knows why.

# Uses

Deep sleep, also called slow-wave sleep, restores the body. It is deepest in the first half of the night.
"""

DECK = """\
---
deck: Sleep::Memory
id: sleep
source: {title: "How we sleep", file: sleep.txt}
skip: [{text: "Nobody knows why", why: "an aside"}]
---

# Stages

{#spindles}
Q: Which stage of sleep shows spindles?
A: N2

> spindles mark stage N2

{#dreams}
Q: In which stage are dreams most vivid?
A: REM sleep

> Dreams are most vivid in REM sleep

# Uses

{#deep}
Q: What is deep sleep also called?
A: Slow-wave sleep

> Deep sleep … slow-wave sleep, restores

> deepest in the first half
"""
"""Of the six sentences of `ARTICLE` it quotes, in order: nothing, a third, all, one left out, over half, less."""


def document(text: str, *, title: str = "How we sleep", file: str = "sleep.txt") -> Document:
    """A document of this text; the marks of its headings are left out."""
    lines: list[str] = []
    headings: list[Heading] = []
    at = 0
    for line in text.split("\n"):
        plain = line.removeprefix("# ")
        if plain != line:
            headings.append(Heading(at, at + len(plain), 1))
        lines.append(plain)
        at += len(plain) + 1
    whole = "\n".join(lines)
    sha256 = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(title, file, sha256, whole, tuple(headings))


def attach(bench: Bench, *documents: Document, deck: str | None = None) -> Bench:
    """Add documents to the bench's library and attach them to `deck`, or to the decks whose heads name them."""
    with bench.library() as library:
        for told in documents:
            library.add_document(told, deck)
    return bench


def app_of(app: object) -> FlashRLS:
    """The app as what it is."""
    assert isinstance(app, FlashRLS)
    return app

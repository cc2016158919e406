"""The prompt: a document, what a good card is, and the form in which cards are wanted."""

from __future__ import annotations

from collections.abc import Iterable

from flashrls.documents.text import Document
from flashrls.draft.quoting import one_line

_RULES = """\
Write flashcards for someone who wants to know the text below by heart and in substance.

Print one JSON object a line and nothing else: no list around them, no comments, no code fence. Two forms:
{"question": "…?", "answer": "…", "anchor": "…"}
{"cloze": "A sentence with {{1::hidden words}}.", "anchor": "…"}

"anchor" is a phrase of the text, at least three words, copied letter by letter; ` … ` may join two parts of one
section. A program looks it up. A card whose anchor isn't found, or whose answer has a word that the anchor
lacks, is thrown away. If the phrase stands more than once, quote more of it.

A card is kept only if
- it asks for one fact, with one question mark; never yes or no, never a choice, never a list of more than three;
- its question has at most 30 words, its answer at most 15; a cloze at most 40, of which at most 6 are hidden;
- it stands alone: name the thing instead of "this", "these", "it" or "the text";
- its answer is in the words of its anchor, and not given away by the question;
- it says nothing that the text doesn't, even if it is true, and no name or number that the text lacks;
- what the text says with "may", "can", "suggests", "is believed to", "not" or "without" the card says so, too;
- no other card asks the same.
Prefer questions to clozes, and what a reader should still know in a month to what is only said in passing.
Ask why and how where the text tells it. A figure of speech or an example is no fact.
"""

_BEGIN = "----- the text begins -----"
_END = "----- the text ends -----"


def prompt_for(document: Document, questions: Iterable[str] = ()) -> str:
    """Return what a command is asked for a document's cards; `questions` are those that cards ask already."""
    held = [f"- {one_line(question)}" for question in questions]
    asked = ["", "These are asked already:", *held] if held else []
    return "\n".join(
        [_RULES.rstrip("\n"), *asked, "", f"Title: {one_line(document.title)}", _BEGIN, document.text, _END, ""]
    )

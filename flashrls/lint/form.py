"""R15: well formed, without stray markup. Whether a filled-in text is good grammar only a reader can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flashrls.cards import Kind
from flashrls.lint.asked import Asked, without_code
from flashrls.lint.finding import Rule, Trouble

_PAIRS = {")": "(", "]": "[", "}": "{"}
_NUMBERING = re.compile(r"(?:^|(?<=[\s(]))(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})\)")
_SMILEY = re.compile(r"(?<!\w)[:;]-?[()]")
_INCHES = re.compile(r'(?<=\d)"')
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_DOUBLE_SPACE = re.compile(r"(?<=\S) {2,}(?=\S)")
_SPACE_BEFORE_MARK = re.compile(r"(?<=\w) +[,.](?=\s|$)")
_DOUBLED_MARK = re.compile(r",,|;;|(?<![.])\.\.(?![.])|\?\?|,\.|\.,(?=\s)|\?\.")
_DOUBLED_WORD = re.compile(r"\b(a|an|and|are|at|by|for|from|is|of|the|to|was|were|with) \1\b", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>]{0,300})?/?>")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,6}|#x[0-9A-Fa-f]{1,6});")
_LATEX = re.compile(
    r"\\[A-Za-z]{1,20}\{|\\(?:alpha|beta|gamma|delta|mu|pi|sigma|times|cdot|rightarrow|to)\b"
    r"|\[/?latex\]|\[/?\$\$?\]|\$\$"
)
_STRONG = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")
_MEDIA = re.compile(r"\[sound:[^\]\n]{0,200}\]")
_SWALLOWED = re.compile(r"^[QAC]:(?=\s|$)", re.MULTILINE)
_ASKING = re.compile(
    r"\W*(?:(?:in|to|for|by|from|at|on|of|with|after|before|under|through|into|about|during)\s+)?"
    r"(?:what|which|who|whom|whose|when|where|why|how)\s",
    re.IGNORECASE,
)
_DAMAGED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")


def well_formed(asked: Asked) -> Iterator[Trouble]:
    """R15: brackets, quotes and marks in pairs, a question has its mark, nothing of another format is left."""
    note = asked.note
    fields = {"question": note.question, "answer": note.answer}
    if note.kind is Kind.CLOZE:
        fields = {"text": asked.filled_in}
    for name, text in fields.items():
        for message, mend in _faults(text):
            yield Trouble(Rule.WELL_FORMED, f"In the {name}, {message}", mend)
    if note.kind is Kind.BASIC and _ASKING.match(asked.question) and "?" not in asked.question:
        yield Trouble(Rule.WELL_FORMED, "The question has no question mark.", "End it with '?'.")


def _faults(text: str) -> Iterator[tuple[str, str]]:
    if found := _SWALLOWED.search(text):
        line = text[found.start() :].split("\n", 1)[0][:40]
        yield f"'{line}' stands inside a code block.", "Close the block above it, if that was to be a card."
    if _DAMAGED.search(text):
        yield "there are damaged characters.", "Copy the words from the source again."
    bare = _ESCAPE.sub("", without_code(text))
    if "`" in bare:
        yield "a '`' has no partner.", "Close the code with '`', or write '\\`'."
    yield from _leftovers(without_code(text), bare)
    if unpaired := _unpaired(bare):
        yield f"'{unpaired}' has no partner.", "Close what it opens, or take it away."
    for pattern, message, mend in _SPACING:
        if any(pattern.search(line) for line in bare.split("\n") if not line.lstrip().startswith("|")):
            yield message, mend


_SPACING = (
    (_DOUBLE_SPACE, "there are two spaces in a row.", "Leave one; a word may be missing there."),
    (_SPACE_BEFORE_MARK, "a space stands before a mark.", "Take the space away; a word may be missing there."),
    (_DOUBLED_WORD, "a word stands there twice.", "Keep one of the two."),
    (_DOUBLED_MARK, "two marks stand where one should.", "Keep one; words may be missing between them."),
)


def _leftovers(text: str, bare: str) -> Iterator[tuple[str, str]]:
    if found := _TAG.search(bare) or _ENTITY.search(bare):
        yield f"'{found[0][:40]}' is left over from HTML.", "Write it in Markdown, or in `code` if it is meant."
    if found := _LATEX.search(text):
        yield f"'{found[0]}' is left over from LaTeX.", "Write it as it should read."
    if found := _MEDIA.search(bare):
        yield f"'{found[0]}' is left over from another program.", "Take it away."
    if "{{" in bare or "}}" in bare:
        yield "there are cloze braces.", "Begin the card with 'C:' if words are to be hidden."


def _unpaired(text: str) -> str:
    """Return the first bracket, quote or emphasis mark without a partner; empty if there is none."""
    text = _SMILEY.sub("", _NUMBERING.sub("", text))
    opened: list[str] = []
    for character in text:
        if character in "([{":
            opened.append(character)
        elif character in _PAIRS and (not opened or opened.pop() != _PAIRS[character]):
            return character
    if opened:
        return opened[-1]
    if _INCHES.sub("", text).count('"') % 2:
        return '"'
    if text.count("“") + text.count("„") < text.count("”"):
        return "”"
    return "**" if len(_STRONG.findall(text)) % 2 else ""

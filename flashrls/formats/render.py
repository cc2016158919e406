"""Decks as deck files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

import yaml

from flashrls.cards import Deck, Kind, Note, Source, Waiver
from flashrls.formats.attributes import ALLOW
from flashrls.formats.blocks import COMMENT, Block, BlockKind, read_blocks

_DEEPEST_HEADING = 6
_SUSPECT = re.compile(r"^(?:[QAC]:|[ \t]*[#>{<*_~`-])", re.MULTILINE)


def render_deck(deck: Deck) -> str:
    """Return a deck file that tells this deck: parsing it gives the deck again, but for line numbers.

    A field that comes from elsewhere may hold lines that mean something in a deck file, as `# x` or
    `A: x` do; they are escaped so that Markdown shows the same. Ids, tags and waivers have to be sound
    (`names`, `attributes`), fields not empty and clozes numbered, else the file will have faults.
    """
    common = set.intersection(*(set(note.tags) for note in deck.notes)) if deck.notes else set()
    parts = [_head(deck, sorted(common))]
    section = ""
    for note in deck.notes:
        if note.section != section:
            parts += render_headings(section, note.section)
            section = note.section
        parts.append(render_note(note, common))
    return "\n\n".join(parts) + "\n"


def _head(deck: Deck, tags: list[str]) -> str:
    lines = ["---", f"deck: {_scalar(deck.name, in_brackets=False)}", f"id: {_scalar(deck.key)}"]
    if said := render_source(deck.source):
        lines.append(said)
    if tags:
        lines.append(f"tags: [{', '.join(map(_scalar, tags))}]")
    if deck.skip:
        lines.append("skip:")
        lines += [f"  - {{text: {_scalar(skip.text)}, why: {_scalar(skip.why)}}}" for skip in deck.skip]
    return "\n".join([*lines, "---"])


def render_source(source: Source) -> str:
    """Return the line of a head that names a document; empty if there is nothing to name it by."""
    named = (("title", source.title), ("file", source.file), ("sha256", source.sha256))
    said = ", ".join(f"{key}: {_scalar(value)}" for key, value in named if value)
    return f"source: {{{said}}}" if said else ""


def _scalar(text: str, *, in_brackets: bool = True) -> str:
    """Return a text as YAML on one line, quoted where it must be; inside brackets that is more often."""
    written: str = yaml.dump(
        [text],
        Dumper=yaml.SafeDumper,
        default_style=None if text.isprintable() else '"',
        default_flow_style=in_brackets,
        allow_unicode=True,
        width=1 << 30,
    )
    return written.strip()[1:-1] if in_brackets else written.removeprefix("-").strip()


def render_headings(before: str, after: str) -> Iterator[str]:
    """Return the heading lines that lead from the section `before` to the section `after`."""
    if not after:
        yield "#"
        return
    old = before.split(" > ")
    new = after.split(" > ", _DEEPEST_HEADING - 1)
    same = 0
    while same < min(len(old), len(new) - 1) and old[same] == new[same]:
        same += 1
    for level, title in enumerate(new[same:], same + 1):
        # A title's own last "#" would be taken for the closing sequence.
        yield f"{'#' * level} {title}{' #' if title.endswith('#') else ''}"


def render_note(note: Note, common: Collection[str] = ()) -> str:
    """Return one card as a deck file tells it, without a line end behind it; its section is left out.

    `common` are tags that the file's head gives all cards.
    """
    lines = [said] if (said := render_attributes(note, common)) else []
    if note.kind is Kind.CLOZE:
        lines.append(render_field("C:", note.question))
    else:
        lines += [render_field("Q:", note.question), render_field("A:", note.answer)]
    if note.anchors:
        lines += ["", render_anchors(note.anchors)]
    return "\n".join(lines)


def render_attributes(note: Note, common: Collection[str] = ()) -> str:
    """Return the attribute line above a card; empty if it needs none."""
    flags = {
        "reversed": note.kind is Kind.REVERSED,
        "typed": note.typed,
        "draft": note.draft,
        "suspended": note.suspended,
    }
    words = [f"#{note.key}"] if note.key is not None else []
    words += [f".{flag}" for flag, is_set in flags.items() if is_set]
    words += [f".{tag}" for tag in note.tags if tag not in common]
    words += [_waiver(waiver) for waiver in note.waived]
    return f"{{{' '.join(words)}}}" if words else ""


def render_anchors(anchors: Iterable[str]) -> str:
    """Return a card's anchors as the quote below it."""
    return "\n>\n".join(f"> {anchor}" for anchor in anchors)


def _waiver(waiver: Waiver) -> str:
    reason = waiver.reason.replace("\r", " ").replace("\n", " ").replace("\\", "\\\\").replace('"', '\\"')
    return f'{ALLOW}{waiver.rule}="{reason}"'


def render_field(mark: str, text: str) -> str:
    """Return a field with its mark, the lines that would end it escaped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    # Behind the mark a first line's indent would be lost.
    start = [mark] if lines[0][:1] in ("", " ", "\t") else []
    while True:
        field = "\n".join([*start, *lines] if start else [f"{mark} {lines[0]}", *lines[1:]])
        trouble = _trouble(field) if _SUSPECT.search(text) else []
        if not trouble:
            return field
        for block in trouble:
            _escape(lines, block, len(start))


def _trouble(field: str) -> list[Block]:
    """Return the blocks that don't belong to the field; one never closed comes alone, as it hides others."""
    others = [block for block in read_blocks(field)[1:] if block.kind is not BlockKind.TEXT]
    return next(([block] for block in others if block.kind is BlockKind.UNCLOSED), others)


def _escape(lines: list[str], block: Block, shift: int) -> None:
    first = block.first - shift
    if block.kind is BlockKind.UNCLOSED and block.text != COMMENT:
        lines.append(block.text)
    elif block.kind in (BlockKind.QUESTION, BlockKind.ANSWER, BlockKind.CLOZE):
        lines[first] = f" {lines[first]}"
    else:
        for number in range(first, block.end - shift):
            line = lines[number]
            words = line.lstrip(" \t")
            if number == first or words.startswith(">"):
                lines[number] = f"{line[: len(line) - len(words)]}\\{words}"

"""Where in a worksheet a new sentence goes, and the file with all of them in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from flashrls.draft.sheet import Entry, Sheet
from flashrls.draft.slots import Slot
from flashrls.formats.render import render_headings

Point = tuple[int, int]
"""The line before which to insert, from 0; and 0 to go on with the section there, 1 to begin another."""


class Placing:
    """Takes the document's sentences in their order and puts the new ones behind their predecessors.

    A sentence goes behind the one before it in its section; the first of its section below the
    section's heading, which is written where the file has none. Lines that stand are never changed.
    """

    def __init__(self, sheet: Sheet, slots: Sequence[Slot], entries: Mapping[int, Sequence[Entry]]) -> None:
        self._sheet = sheet
        self._entries = entries
        self._homes = _homes(slots, entries)
        self._blocks: dict[Point, list[str]] = {}
        self._begun: dict[Point, str] = {}
        self._last: Point = (sheet.body, 0)
        self._section = -1
        self._point: Point | None = None
        self._headings: dict[str, int] = {}
        for title in sheet.titles:
            self._headings.setdefault(title.section, title.line)

    def put(self, slot: Slot, blocks: Sequence[str]) -> None:
        """Put a sentence's blocks; without any, only note where the sentence stands."""
        if slot.section != self._section:
            self._section, self._point = slot.section, None
        stands = self._end_of(slot)
        if stands is not None:
            self._point = (stands, 0)
        if blocks:
            self._point = self._point or self._beginning(slot)
            self._blocks.setdefault(self._point, []).extend(blocks)
        self._last = self._point or self._last

    def _end_of(self, slot: Slot) -> int | None:
        """Return the line behind a sentence's last entry, of those in the section's home."""
        home = self._homes.get(slot.section)
        found = self._entries.get(slot.number, ())
        return max((entry.end for entry in found if entry.section == home), default=None)

    def _beginning(self, slot: Slot) -> Point:
        path = self._homes.get(slot.section, slot.path)
        if not path:
            return self._sheet.body, 0
        if path in self._headings:
            return self._headings[path] + 1, 0
        line, _ = self._last
        before = self._begun[self._last] if self._last in self._begun else self._context(line)
        headings = list(render_headings(before, path))
        level = len(headings[0]) - len(headings[0].lstrip("#"))
        # Further down it would take the sections below into itself.
        below = (title.line for title in self._sheet.titles_from(line) if title.level <= level)
        point = (next(below, len(self._sheet.lines)), 1)
        self._blocks.setdefault(point, []).extend(headings)
        self._begun[point] = path
        return point

    def _context(self, line: int) -> str:
        """Return the path of the headings above a line; empty if their levels leave one out."""
        title = self._sheet.title_above(line)
        if title is None or title.levels != tuple(range(1, len(title.section.split(" > ")) + 1)):
            return ""
        return title.section

    def text(self) -> str:
        """Return the file with everything that was put into it."""
        lines = self._sheet.lines
        end = next((line[len(line.rstrip("\r\n")) :] for line in lines if line.endswith(("\r", "\n"))), "\n")
        pieces: list[str] = []
        done = 0
        for point in sorted(self._blocks):
            line = point[0]
            pieces += lines[done:line]
            done = line
            above = pieces[-1] if pieces else ""
            if above and not above.endswith(("\r", "\n")):
                pieces.append(end)
            if above.strip():
                pieces.append(end)
            body = "\n\n".join(self._blocks[point])
            pieces.append(body.replace("\n", end) + end)
            if line < len(lines) and lines[line].strip():
                pieces.append(end)
        return "".join([*pieces, *lines[done:]])


def _homes(slots: Sequence[Slot], entries: Mapping[int, Sequence[Entry]]) -> dict[int, str]:
    """Return under which headings of the file each section's entries stand: its own, else where most are."""
    found: dict[int, Counter[str]] = {}
    own: dict[int, str] = {}
    for slot in slots:
        own[slot.section] = slot.path
        sections = [entry.section for entry in entries.get(slot.number, ())]
        if sections:
            found.setdefault(slot.section, Counter()).update(sections)
    return {
        section: own[section] if own[section] in counts else counts.most_common(1)[0][0]
        for section, counts in found.items()
    }

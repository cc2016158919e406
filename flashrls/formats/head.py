"""The head of a deck file: YAML between `---` lines, where every value is text."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches

import yaml

from flashrls.cards import Skip, Source
from flashrls.formats.attributes import FLAGS
from flashrls.formats.faults import Fault
from flashrls.formats.names import ID_MEND, bad_deck_name, is_id, is_tag, unprintable

KEYS = ("deck", "id", "source", "tags", "skip")
MOST_BYTES = 64 * 1024
DEEPEST = 20
FIRST_LINE = 2

_QUOTE_IT = "Put a text with ':', '#', quotes or brackets in it into quotes."


@dataclass(slots=True)
class Head:
    """What a deck file's head says; what it doesn't say is None or empty."""

    deck: str | None = None
    key: str | None = None
    source: Source = field(default_factory=Source)
    tags: tuple[str, ...] = ()
    skip: tuple[Skip, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    is_closed: bool = True


def read_head(content: str) -> Head:
    """Return what the lines between the head's `---` say; `content` begins in the file's second line."""
    if len(content.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        return Head(
            faults=[Fault(1, "The head is larger than 64 KB.", "Close it with a line '---'; shorten 'skip'.")]
        )
    root, faults = _compose(content)
    reader = _HeadReader(content, faults)
    head = Head(faults=faults)
    if isinstance(root, yaml.MappingNode):
        reader.fill(head, root)
    elif root is not None and not isinstance(root, _Alias):
        reader.fault(root, "The head is not made of keys and values.", "Write lines like 'deck: Name'.")
    return head


class _Alias(yaml.ScalarNode):
    """Stands for an alias; it has been reported and is passed over."""


class _Loader(yaml.BaseLoader):
    """Composes nodes without ever following an alias: what is not allowed becomes a fault."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.faults: list[Fault] = []
        self.depth = 0
        super().__init__(content)

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        line = _line_at(self.content, event.start_mark.index)
        if isinstance(event, yaml.AliasEvent):
            self.faults.append(
                Fault(line, f"The alias '*{event.anchor}' is not allowed.", "Write the value itself.")
            )
            self.get_event()  # type: ignore[no-untyped-call]
            return _Alias("", "")
        if event.anchor is not None:
            self.faults.append(Fault(line, f"The anchor '&{event.anchor}' is not allowed.", _QUOTE_IT))
            event.anchor = None
        if event.tag is not None:
            self.faults.append(Fault(line, f"The tag '{event.tag}' is not allowed.", _QUOTE_IT))
            event.tag = None
        if self.depth >= DEEPEST:
            raise _TooDeep(line)
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)  # type: ignore[arg-type]
        self.depth -= 1
        return node


class _TooDeep(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _compose(content: str) -> tuple[yaml.Node | None, list[Fault]]:
    loader: _Loader | None = None
    try:
        loader = _Loader(content)
        return loader.get_single_node(), loader.faults
    except _TooDeep as deep:
        fault = Fault(deep.line, f"The head is nested deeper than {DEEPEST} levels.", "It needs three at most.")
    except yaml.reader.ReaderError as error:
        line = _line_at(content, error.position)
        fault = Fault(line, f"The head holds a control character, U+{error.character:04X}.", "Remove it.")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = FIRST_LINE if mark is None else _line_at(content, mark.index)
        fault = Fault(line, f"The head is not valid YAML: {error.problem or error.context}.", _QUOTE_IT)
    except (ValueError, OverflowError):
        # PyYAML hands "\Uffffffff" and endless version numbers to chr() and int() unchecked.
        line = FIRST_LINE if loader is None else _line_at(content, loader.index)
        fault = Fault(line, "The head is not valid YAML: a number out of range.", _QUOTE_IT)
    return None, [*(loader.faults if loader else ()), fault]


def _line_at(content: str, index: int) -> int:
    # PyYAML's own line numbers count U+2028 and its like, too.
    return FIRST_LINE + content.count("\n", 0, index)


class _HeadReader:
    """Reads values out of nodes; what has another shape is left out and becomes a fault."""

    def __init__(self, content: str, faults: list[Fault]) -> None:
        self.content = content
        self.faults = faults

    def fault(self, node: yaml.Node, message: str, mend: str) -> None:
        self.faults.append(Fault(_line_at(self.content, node.start_mark.index), message, mend))

    def fill(self, head: Head, root: yaml.MappingNode) -> None:
        values = self.values(root, KEYS, "The head")
        if "deck" in values:
            head.deck = self.text(values["deck"], "deck", "deck: Sleep::Memory")
            if head.deck and (wrong := bad_deck_name(head.deck)):
                self.fault(values["deck"], *wrong)
        if "id" in values:
            head.key = self.text(values["id"], "id", "id: sleep-memory")
            if head.key is not None and not is_id(head.key):
                self.fault(values["id"], f"'{head.key}' is not an id.", ID_MEND)
        if "source" in values:
            head.source = self.source(values["source"])
        if "tags" in values:
            head.tags = self.tags(values["tags"])
        if "skip" in values:
            head.skip = self.skip(values["skip"])

    def values(self, node: yaml.MappingNode, allowed: tuple[str, ...], place: str) -> dict[str, yaml.Node]:
        """Return a mapping's values by key, those left blank excepted."""
        found: dict[str, yaml.Node] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            if isinstance(key, _Alias):
                continue
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name not in allowed:
                near = get_close_matches(name[:40], allowed, 1)
                mend = f"Did you mean '{near[0]}'?" if near else f"Allowed are {', '.join(allowed)}."
                self.fault(key, f"{place} has no key '{name}'.", mend)
            elif name in lines:
                self.fault(
                    key, f"The key '{name}' is written twice, first in line {lines[name]}.", "Keep one of them."
                )
            else:
                lines[name] = _line_at(self.content, key.start_mark.index)
                if not isinstance(value, yaml.ScalarNode) or value.value.strip():
                    found[name] = value
        return found

    def text(self, node: yaml.Node, name: str, example: str) -> str | None:
        if isinstance(node, yaml.ScalarNode):
            text = str(node.value).strip()
            if found := unprintable(text, allowed="\n\t" if name == "text" else ""):  # skipped passages have lines
                self.fault(node, f"'{name}' holds {found}.", "Remove it.")
                return None
            return text
        self.fault(node, f"'{name}' is not a text.", f"Write it like {example}.")
        return None

    def source(self, node: yaml.Node) -> Source:
        example = '{title: "Sleep and memory", file: sleep.txt}'
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, "'source' is not made of title, file and sha256.", f"Write it like {example}.")
            return Source()
        values = self.values(node, ("title", "file", "sha256"), "'source'")
        return Source(**{name: self.text(value, name, f"{name}: words") or "" for name, value in values.items()})

    def tags(self, node: yaml.Node) -> tuple[str, ...]:
        words: list[str] = []
        for item in self.items(node, "tags", "words", "[sleep, memory]"):
            word = item.value if isinstance(item, yaml.ScalarNode) else ""
            if word in FLAGS:
                self.fault(
                    item, f"'{word}' is not a tag: it means something.", f"Write {{.{word}}} above each card."
                )
            elif found := unprintable(word):
                self.fault(item, f"'tags' holds {found}.", "Remove it.")
            elif not is_tag(word):
                self.fault(item, f"'{word}' is not a tag.", "A tag is one word without braces or quotes.")
            else:
                words.append(word)
        return tuple(words)

    def skip(self, node: yaml.Node) -> tuple[Skip, ...]:
        example = '[{text: "Related articles", why: "not part of the text"}]'
        skips: list[Skip] = []
        for item in self.items(node, "skip", "text and why", example):
            if not isinstance(item, yaml.MappingNode):
                self.fault(item, "This skip has no text and why.", f"Write skip: {example}.")
                continue
            values = self.values(item, ("text", "why"), "A skip")
            texts = {name: self.text(value, name, f"{name}: words") for name, value in values.items()}
            for name in ("text", "why"):
                if name not in texts:
                    self.fault(item, f"This skip has no '{name}'.", f"Write skip: {example}.")
            skips.append(Skip(texts.get("text") or "", texts.get("why") or ""))
        return tuple(skips)

    def items(self, node: yaml.Node, name: str, what: str, example: str) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            return [item for item in node.value if not isinstance(item, _Alias)]
        self.fault(node, f"'{name}' is not a list of {what}.", f"Write {name}: {example}.")
        return []

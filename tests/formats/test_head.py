"""The head of a deck file: what it may say, and every way to get it wrong."""

import pytest

from flashrls.cards import Skip, Source
from flashrls.formats.faults import Fault
from flashrls.formats.head import read_head

QUOTE = "Put a text with ':', '#', quotes or brackets in it into quotes."
LEVELS = "Write words on both sides of every '::'."
SKIP = 'Write skip: [{text: "Related articles", why: "not part of the text"}].'


def test_all_keys_are_read() -> None:
    head = read_head(
        "deck: a b\nid: c\nsource:\n  title: d\n  file: e\n  sha256: f\ntags:\n- g\nskip:\n- {text: h, why: i}"
    )
    assert (head.deck, head.key, head.tags, head.faults) == ("a b", "c", ("g",), [])
    assert (head.source, head.skip) == (Source("d", "e", "f"), (Skip("h", "i"),))


def test_blank_values_count_as_not_given() -> None:
    head = read_head("deck:\nid: ''\nsource:\ntags:\nskip:")
    assert (head.deck, head.key, head.source, head.tags, head.skip, head.faults) == (
        None,
        None,
        Source(),
        (),
        (),
        [],
    )


@pytest.mark.parametrize(
    ("content", "line", "message", "mend"),
    [
        ("deck: x\ntag: [a]", 3, "The head has no key 'tag'.", "Did you mean 'tags'?"),
        ("author: x", 2, "The head has no key 'author'.", "Allowed are deck, id, source, tags, skip."),
        ("[a]: x", 2, "The head has no key ''.", "Allowed are deck, id, source, tags, skip."),
        ("source: {titel: x}", 2, "'source' has no key 'titel'.", "Did you mean 'title'?"),
        ("id: a\ndeck: x\nid: b", 4, "The key 'id' is written twice, first in line 2.", "Keep one of them."),
        ("source: {file: a, file: b}", 2, "The key 'file' is written twice, first in line 2.", "Keep one of them."),
        ("deck: [x]", 2, "'deck' is not a text.", "Write it like deck: Sleep::Memory."),
        (
            "id: a b",
            2,
            "'a b' is not an id.",
            "An id begins with a letter or digit, then letters, digits, '.', '_' and '-' may follow.",
        ),
        (
            "source: sleep.txt",
            2,
            "'source' is not made of title, file and sha256.",
            'Write it like {title: "Sleep and memory", file: sleep.txt}.',
        ),
        ("source: {title: [x]}", 2, "'title' is not a text.", "Write it like title: words."),
        ("tags: sleep", 2, "'tags' is not a list of words.", "Write tags: [sleep, memory]."),
        ("tags:\n- a\n- b c", 4, "'b c' is not a tag.", "A tag is one word without braces or quotes."),
        ("tags: [draft]", 2, "'draft' is not a tag: it means something.", "Write {.draft} above each card."),
        ('id: x\ndeck: "a\\e[2Jb"', 3, "'deck' holds a control character, U+001B.", "Remove it."),
        ('deck: "\\uD800"', 2, "'deck' holds half a character, U+D800.", "Remove it."),
        ('source: {title: "a\\0b"}', 2, "'title' holds a control character, U+0000.", "Remove it."),
        ('tags: ["a\\eb"]', 2, "'tags' holds a control character, U+001B.", "Remove it."),
        ('skip: [{text: a, why: "\\x9b"}]', 2, "'why' holds a control character, U+009B.", "Remove it."),
        ("id: x\ndeck: ::A", 3, "The deck name '::A' has an empty level.", LEVELS),
        ("deck: A::::B", 2, "The deck name 'A::::B' has an empty level.", LEVELS),
        ("deck: 'A:: '", 2, "The deck name 'A::' has an empty level.", LEVELS),
        ("skip: x", 2, "'skip' is not a list of text and why.", SKIP),
        ("skip:\n- x", 3, "This skip has no text and why.", SKIP),
        ("skip:\n- text: x", 3, "This skip has no 'why'.", SKIP),
        ("deck: x\nid: *y", 3, "The alias '*y' is not allowed.", "Write the value itself."),
        ("*y", 2, "The alias '*y' is not allowed.", "Write the value itself."),
        ("deck: &y x", 2, "The anchor '&y' is not allowed.", QUOTE),
        ("deck: !!str x", 2, "The tag 'tag:yaml.org,2002:str' is not allowed.", QUOTE),
        ("deck: !x y", 2, "The tag '!x' is not allowed.", QUOTE),
        ("just words", 2, "The head is not made of keys and values.", "Write lines like 'deck: Name'."),
        ("deck: x\nid: a: b", 3, "The head is not valid YAML: mapping values are not allowed here.", QUOTE),
        ("deck: 'x", 2, "The head is not valid YAML: found unexpected end of stream.", QUOTE),
        ("deck: x\n--- y", 3, "The head is not valid YAML: but found another document.", QUOTE),
        ('deck: "\\Uffffffff"', 2, "The head is not valid YAML: a number out of range.", QUOTE),
        ("%YAML " + "1" * 5000 + ".1", 2, "The head is not valid YAML: a number out of range.", QUOTE),
        ("deck: x\nid: \x07", 3, "The head holds a control character, U+0007.", "Remove it."),
        ("deck: " + "[" * 40, 2, "The head is nested deeper than 20 levels.", "It needs three at most."),
        (
            "deck: " + "x" * 65536,
            1,
            "The head is larger than 64 KB.",
            "Close it with a line '---'; shorten 'skip'.",
        ),
    ],
)
def test_an_error_is_told_with_its_line_in_the_file(content: str, line: int, message: str, mend: str) -> None:
    assert read_head(content).faults == [Fault(line, message, mend)]


def test_unusual_line_breaks_of_yaml_do_not_shift_lines() -> None:
    assert read_head("deck: 'a\u2028b'\nfoo: x").faults[0].line == 3


def test_errors_of_values_do_not_hide_each_other() -> None:
    head = read_head("a: *b\nid: x/y\ntags: [*c, typed, ok]\nsource: &d {e: f}")
    assert [(fault.line, fault.message) for fault in sorted(head.faults, key=lambda fault: fault.line)] == [
        (2, "The alias '*b' is not allowed."),
        (2, "The head has no key 'a'."),
        (3, "'x/y' is not an id."),
        (4, "The alias '*c' is not allowed."),
        (4, "'typed' is not a tag: it means something."),
        (5, "The anchor '&d' is not allowed."),
        (5, "'source' has no key 'e'."),
    ]

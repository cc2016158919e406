"""Laws of deck files, whatever they hold."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from flashrls.cards import Deck, Kind, Note, Skip, Source, Waiver
from flashrls.formats.deckfile import parse_deck, render_deck

MARKS = ["Q:", "A:", "C:", "Q: a", "A: b", "C: {{c}}", "{#d}", "{#e .f}", "{.reversed}", '{allow-R5="x"}']
STRUCTURE = [
    "#",
    "# g",
    "## h",
    ">",
    "> i",
    "---",
    "***",
    "```",
    "~~~",
    "-",
    "- j",
    "1.",
    "*",
    "<!--",
    "-->",
    "<div>",
]
PUNCTUATION = [
    "{{1::k}}",
    "{{",
    "}}",
    "::",
    "{",
    "}",
    "%",
    "=",
    '"',
    "'",
    "[",
    "]",
    "&l",
    "*l",
    "!m",
    "?",
    ":",
    "\\",
]
HEAD = ["deck: n", "id: o", "tags: [p]", "source: {title: q}", "skip: [{text: r, why: s}]", "..."]
SPACE = ["    ", "\t", "\x00", "\x0b", "\x85", "\u2028", "\ufeff", "t"]
FRAGMENTS = st.sampled_from([*MARKS, *STRUCTURE, *PUNCTUATION, *HEAD, *SPACE])
NEAR_DECKS = st.lists(st.tuples(FRAGMENTS, st.sampled_from(["", " ", "\n", "\n", "\n\n", "\r"]))).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)


@given(st.one_of(st.text(), NEAR_DECKS, NEAR_DECKS.map("---\n{}\n---\nQ: a\nA: b".format)))
def test_any_text_is_a_deck_or_faults_in_its_lines(text: str) -> None:
    found = parse_deck(text, name="d")
    if not isinstance(found, Deck):
        lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        assert found
        assert all(1 <= fault.line <= lines for fault in found)
        assert list(found) == sorted(found, key=lambda fault: fault.line)


@given(NEAR_DECKS)
def test_crlf_is_read_like_lf(text: str) -> None:
    text = text.replace("\r", "\n")
    assert parse_deck(text.replace("\n", "\r\n"), name="d") == parse_deck(text, name="d")


def without_lines(deck: Deck) -> Deck:
    return replace(deck, notes=tuple(replace(note, line=0) for note in deck.notes))


def read_back(deck: Deck) -> Deck:
    again = parse_deck(render_deck(deck), name="other")
    assert isinstance(again, Deck), again
    return without_lines(again)


@given(st.one_of(NEAR_DECKS, NEAR_DECKS.map("Q: a\nA: b\n{}".format), NEAR_DECKS.map("C: {{{{a}}}} {}".format)))
def test_what_was_read_is_written_so_that_it_reads_the_same(text: str) -> None:
    deck = parse_deck(text, name="d")
    assume(isinstance(deck, Deck))
    assert isinstance(deck, Deck)
    assert read_back(deck) == without_lines(deck)


LINES = st.text(st.characters(exclude_categories=["Cc", "Cs"])).map(str.strip).filter(bool)
NAMES = LINES.filter(lambda name: all(level.strip() for level in name.split("::")))
WORDS = st.from_regex(r"[^\W_][\w.-]{0,5}", fullmatch=True)
TITLES = st.text(st.sampled_from("ab #>*é")).map(lambda text: " ".join(text.split())).filter(lambda t: t.strip("#"))
SECTIONS = st.lists(TITLES, max_size=3).map(" > ".join)
MARKDOWN = st.sampled_from(
    ["a", "a\nb", "- a\n- b", "```\nQ: a\n```", "    a", "# a", "> a\n> b", "a  \nb", "{#a}"]
)
ANCHORS = st.lists(st.sampled_from(["a", "1. b", "- c", "# d", "> e", "…", "```"]), max_size=3).map(tuple)
TAGS = st.lists(st.sampled_from(["a", "b", "C#", "d/e", "ü", ".f", "100%"]), unique=True).map(
    lambda tags: tuple(sorted(tags))
)
WAIVERS = st.lists(
    st.builds(Waiver, st.sampled_from(["R1", "R9", "R12", "R15"]), LINES), unique_by=lambda waiver: waiver.rule
).map(tuple)
NOTES = st.builds(
    Note,
    key=st.none(),
    kind=st.sampled_from([Kind.BASIC, Kind.REVERSED]),
    question=MARKDOWN,
    answer=MARKDOWN,
    section=SECTIONS,
    tags=TAGS,
    anchors=ANCHORS,
    typed=st.booleans(),
    draft=st.booleans(),
    suspended=st.booleans(),
    waived=WAIVERS,
)
DECKS = st.builds(
    Deck,
    NAMES,
    WORDS,
    st.lists(NOTES, min_size=1, max_size=5).map(
        lambda notes: tuple(replace(note, key=f"n{at}") for at, note in enumerate(notes))
    ),
    st.builds(Source, st.just("") | LINES, st.just("") | LINES, st.just("") | LINES),
    st.lists(st.builds(Skip, LINES, LINES), max_size=2).map(tuple),
)


@given(DECKS)
def test_reading_a_written_deck_gives_the_deck(deck: Deck) -> None:
    assert read_back(deck) == deck


@given(NEAR_DECKS.filter(lambda text: text.strip() and "<!--" not in text))
def test_any_text_can_be_a_field(text: str) -> None:
    deck = Deck(
        "d", "d", (Note("i", Kind.BASIC, text, f"x{text}", anchors=("a",)), Note("j", Kind.BASIC, "q", text))
    )
    again = read_back(deck)
    assert [(note.key, note.anchors) for note in again.notes] == [("i", ("a",)), ("j", ())]
    assert read_back(again) == again

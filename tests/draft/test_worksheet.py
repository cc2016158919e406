"""Worksheets: every sentence in its place, drafts only, and a second run that adds only what is new."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.anchors.find import Finder, Missing
from flashrls.cards import Deck
from flashrls.draft.candidates import Candidate, Origin
from flashrls.draft.quoting import in_comment
from flashrls.draft.sheet import Sheet, read_sheet
from flashrls.draft.slots import slots_of
from flashrls.draft.worksheet import add_to, new_sheet
from flashrls.formats.deckfile import parse_deck
from tests.draft.making import SLEEP, deck_of, document, drafted, sheet_of, unhashed

PIECES = st.sampled_from(
    [
        "A spindle is a burst of waves that marks light sleep. ",
        "This burst may lead to better recall. ",
        "The enzyme (ENZ) is responsible for the production of dopamine. ",
        "Q: who? ",
        "A: nobody. ",
        "C: {{1::x}} ",
        "{#id .draft} is odd. ",
        "<!-- hidden ",
        "--> shown. ",
        "-----> ",
        "```\ncode\n``` ",
        "> quoted. ",
        "# no heading. ",
        "- item one\n- item two\n",
        "1. first. ",
        "\n\n",
        "\n",
        "It ends… ",
        "a\u00adb\u200bc\u202ed. ",
        "bell\x07 and esc\x1b[2J. ",
        "“Quoted”, he said! ",
        "日本語です。",
        "é e\u0301 ﬁn ½. ",
        "??? ",
        "*** ",
        "---\n",
        "\u2028line\x85end\x0b. ",
        "The one that is the same is the same. ",
        "{{ braces }} are here in the text of it. ",
    ]
)
HEADINGS = st.sampled_from(
    ["# One\n", "## Two\n", "### Three > four\n", "# Sum #\n", "## Two\n", "###### Q: six\n"]
)
PARAGRAPHS = st.lists(PIECES | st.text(max_size=12), max_size=8).map(
    lambda pieces: "".join(pieces).replace("\n#", "\n")
)
TEXTS = st.lists(st.tuples(HEADINGS | st.just(""), PARAGRAPHS), min_size=1, max_size=5)


def _text(parts: list[tuple[str, str]]) -> str:
    return "\n\n".join(f"{heading}\n{paragraph}" for heading, paragraph in parts)


def _holds_no_card(text: str) -> bool:
    faults = parse_deck(text, name="d")
    return not isinstance(faults, Deck) and [fault.message for fault in faults] == ["The file holds no card."]


@given(TEXTS, st.booleans())
def test_the_worksheet_of_any_text_is_a_deck_of_anchored_drafts(parts: list[tuple[str, str]], bare: bool) -> None:
    finder = Finder(document(_text(parts)))
    sheet = drafted(finder, bare=bare)
    deck = parse_deck(sheet.text, name="d")
    if not isinstance(deck, Deck):
        assert _holds_no_card(sheet.text)
        return
    for note in deck.notes:
        assert note.draft
        assert note.key
        (anchor,) = note.anchors
        assert not isinstance(finder.find(anchor), Missing)


@given(TEXTS, st.booleans())
def test_a_second_run_changes_nothing(parts: list[tuple[str, str]], bare: bool) -> None:
    finder = Finder(document(_text(parts)))
    first = drafted(finder, bare=bare)
    again = drafted(finder, first.text)
    assert (again.text, again.added) == (first.text, 0)


@given(TEXTS, TEXTS)
def test_sentences_are_added_without_changing_a_line_that_stands(
    parts: list[tuple[str, str]], more: list[tuple[str, str]]
) -> None:
    old = drafted(Finder(document(_text(parts)))).text
    finder = Finder(document(_text([*more[:1], *parts, *more[1:]])))
    new = drafted(finder, old)
    left = iter(new.text.splitlines(keepends=True))
    assert all(line in left for line in old.splitlines(keepends=True))
    kept = [entry.note for entry in sheet_of(old).entries if entry.note]
    by_key = {entry.key: entry.note for entry in sheet_of(new.text).entries if entry.note}
    for note in kept:
        found = by_key[note.key]
        assert found is not None
        assert (found.fingerprint, found.section) == (note.fingerprint, note.section)
    assert drafted(finder, new.text).text == new.text


@given(TEXTS)
def test_every_sentence_has_a_place_in_the_order_of_the_text(parts: list[tuple[str, str]]) -> None:
    finder = Finder(document(_text(parts)))
    sheet = sheet_of(drafted(finder).text)
    slots = slots_of(finder)
    quotes = [entry.quotes[0] for entry in sheet.entries]
    wanted = [(slot.quote, in_comment(slot.quote)) for slot in slots]
    assert [quote for quote, following in pairwise([*quotes, ""]) if quote != following] == [
        forms[0] if forms[0] in quotes else forms[1] for forms in wanted
    ]


def test_a_new_worksheet_reads_so() -> None:
    sheet = drafted(Finder(document(SLEEP)))
    assert unhashed(sheet.text) == (
        "---\n"
        "deck: Sleep and memory\n"
        "id: sleep-and-memory\n"
        f"source: {{title: Sleep and memory, file: sleep.txt, sha256: '{'0' * 64}'}}\n"
        "---\n"
        "\n"
        "# Sleep\n"
        "\n"
        "{#spindle-burst-brain-****** .draft}\n"
        "Q: What is a spindle?\n"
        "A: a burst of brain waves that marks light sleep\n"
        "\n"
        "> A spindle is a burst of brain waves that marks light sleep.\n"
        "\n"
        "<!-- name it: These bursts -->\n"
        "{#bursts-last-2-****** .draft}\n"
        "C: These bursts last about {{1::2}} seconds.\n"
        "\n"
        "> These bursts last about 2 seconds.\n"
        "\n"
        "## Memory\n"
        "\n"
        "{#hippocampus-area-stores-****** .draft}\n"
        "Q: What is the hippocampus?\n"
        "A: an area that stores memories\n"
        "\n"
        "> The hippocampus, an area that stores memories, is active in dreams.\n"
        "\n"
        "{#dreams-result-old-****** .draft}\n"
        "Q: What may dreams result from?\n"
        "A: old memories\n"
        "\n"
        "> Dreams may result from old memories.\n"
    )
    assert (sheet.sentences, sheet.added) == (4, 4)
    assert sheet.made == {Origin.DEFINITION: 2, Origin.NUMBER: 1, Origin.RELATION: 1}


def test_a_sentence_without_a_candidate_has_a_place_in_a_comment() -> None:
    sheet = drafted(Finder(document("# Sleep\n\nThese bursts last.\n")))
    assert unhashed(sheet.text).split("---\n")[2] == (
        "\n# Sleep\n\n<!-- name it: These bursts\n{#bursts-last-****** .draft}\nQ:\nA:\n\n"
        "> These bursts last.\n-->\n"
    )
    assert sheet.made == {}


def test_a_bare_worksheet_has_places_only() -> None:
    sheet = drafted(Finder(document(SLEEP)), bare=True)
    assert _holds_no_card(sheet.text)
    assert [(entry.section, entry.note) for entry in sheet_of(sheet.text).entries] == [
        ("Sleep", None),
        ("Sleep", None),
        ("Sleep > Memory", None),
        ("Sleep > Memory", None),
    ]


def test_a_place_taken_out_of_its_comment_and_filled_in_is_a_card_and_stays() -> None:
    finder = Finder(document("# Sleep\n\nThese bursts last.\n"))
    text = drafted(finder).text.replace("<!-- name it: These bursts\n", "").replace("-->\n", "")
    text = text.replace("Q:\nA:\n", "Q: Which bursts last?\nA: Spindles\n")
    assert [note.question for note in deck_of(text).notes] == ["Which bursts last?"]
    assert drafted(finder, text).text == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" .draft}", "}"),
        ("{#spindle-burst-brain-", "{#my-own-"),
        ("> A spindle is a burst of brain waves that marks light sleep.", "> marks light sleep"),
        ("\n> A spindle is a burst of brain waves that marks light sleep.\n", ""),
        ("## Memory", "## Remembering"),
        ("Q: What is a spindle?", "Q: What do we call a burst of waves in light sleep?"),
    ],
)
def test_a_card_that_was_accepted_renamed_or_edited_is_not_made_again(old: str, new: str) -> None:
    finder = Finder(document(SLEEP))
    first = drafted(finder).text
    assert old in first
    edited = first.replace(old, new)
    again = drafted(finder, edited)
    assert (again.text, again.added) == (edited, 0)


def test_a_sentence_that_the_head_skips_is_left_out() -> None:
    finder = Finder(document(SLEEP))
    head = new_sheet(finder).replace("---\n", "skip: [{text: marks light sleep, why: known}]\n---\n", 2)
    head = head.removeprefix("skip: [{text: marks light sleep, why: known}]\n")
    sheet = drafted(finder, head)
    assert "spindle" not in sheet.text
    assert sheet.added == 3


def test_a_new_sentence_goes_behind_the_one_before_it() -> None:
    old = drafted(Finder(document(SLEEP))).text
    longer = SLEEP.replace("These bursts", "Spindles are seen. These bursts")
    new = drafted(Finder(document(longer)), old)
    keys = [unhashed(entry.key or "") for entry in sheet_of(new.text).entries]
    assert keys[:3] == ["spindle-burst-brain-******", "spindles-seen-******", "bursts-last-2-******"]
    assert new.added == 1


@pytest.mark.parametrize(
    ("added", "sections"),
    [
        ("# Before\n\nNew here.\n\n" + SLEEP, ["Before", "Sleep", "Sleep", "Sleep > Memory", "Sleep > Memory"]),
        (SLEEP + "\n# After\n\nNew here.", ["Sleep", "Sleep", "Sleep > Memory", "Sleep > Memory", "After"]),
        (
            SLEEP.replace("## Memory", "## Stages\n\nNew here.\n\n## Memory"),
            ["Sleep", "Sleep", "Sleep > Stages", "Sleep > Memory", "Sleep > Memory"],
        ),
        (
            SLEEP.replace("A spindle is", "New here. A spindle is"),
            ["Sleep", "Sleep", "Sleep", "Sleep > Memory", "Sleep > Memory"],
        ),
        (
            SLEEP + "\n### Deep\n\nNew here.",
            ["Sleep", "Sleep", "Sleep > Memory", "Sleep > Memory", "Sleep > Memory > Deep"],
        ),
    ],
)
def test_a_new_section_gets_its_heading_and_leaves_the_others_their_cards(added: str, sections: list[str]) -> None:
    old = drafted(Finder(document(SLEEP))).text
    new = drafted(Finder(document(added)), old)
    entries = sheet_of(new.text).entries
    assert [entry.section for entry in entries] == sections
    assert [entry.quotes for entry in entries if entry.key and entry.key.startswith("new-")] == [("New here.",)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_what_is_added_has_the_file_s_own_line_ends(end: str) -> None:
    old = drafted(Finder(document(SLEEP))).text.replace("\n", end)
    new = drafted(Finder(document(SLEEP + "\nNew here.")), old).text
    assert new.startswith(old)
    assert new.replace(end, "").count("\n") + new.replace(end, "").count("\r") == 0
    assert "New here." in new


def test_a_file_without_a_last_line_end_goes_on_on_a_line_of_its_own() -> None:
    old = drafted(Finder(document(SLEEP))).text.rstrip("\n")
    new = drafted(Finder(document(SLEEP + "\nNew here.")), old).text
    assert new.startswith(f"{old}\n\n<!--\n")


def test_a_sentence_told_twice_counts_once() -> None:
    sheet = drafted(Finder(document("# One\n\nWe all sleep.\n\n# Two\n\nWe all\nsleep. We wake.\n")))
    assert (sheet.sentences, sheet.added) == (2, 2)


def test_a_deck_name_of_one_s_own_and_an_odd_title() -> None:
    finder = Finder(document(SLEEP))
    assert new_sheet(finder, "A::B").startswith("---\ndeck: A::B\nid: a.b\n")
    odd = document(SLEEP)
    odd = type(odd)("::std::\x1b[2Jvector\u202e::", odd.file, odd.sha256, odd.text)
    assert sheet_of(new_sheet(Finder(odd))).deck == "std: [2Jvector"


def test_a_command_s_card_is_added_to_a_sentence_that_stands_but_only_once() -> None:
    finder = Finder(document(SLEEP))
    first = drafted(finder, bare=True).text
    card = Candidate(Origin.COMMAND, "Where do spindles show?", "in light sleep", "marks light sleep")
    new = add_to(sheet_of(first), finder, {0: [card]}, to_standing=True)
    assert [(note.question, note.anchors, note.section) for note in deck_of(new.text).notes] == [
        ("Where do spindles show?", ("marks light sleep",), "Sleep")
    ]
    assert (new.added, new.made) == (0, {Origin.COMMAND: 1})
    again = add_to(sheet_of(new.text), finder, {0: [card]}, to_standing=True)
    assert (again.text, again.made) == (new.text, {})


def test_a_file_with_faults_is_no_worksheet() -> None:
    faults = read_sheet("Q: no answer\n")
    assert not isinstance(faults, Sheet)
    assert [fault.message for fault in faults] == ["This question has no answer."]
    assert not isinstance(read_sheet(""), Sheet)
    assert not isinstance(read_sheet("<!-- open\n"), Sheet)

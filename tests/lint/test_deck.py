"""The lint of whole decks: severities, waivers, drafts, sources."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.anchors.find import Finder
from flashrls.cards import Deck, Kind, Note, Source
from flashrls.documents.reading import read_document
from flashrls.formats.attributes import RULES
from flashrls.lint.deck import lint_deck, lint_together
from flashrls.lint.finding import Finding, Rule, Severity
from tests.lint.making import deck, lint, rules, source

GOOD = "Q: What does caffeine delay?\nA: Sleep\n\n> Caffeine delays sleep\n"


def test_the_rules_that_can_be_waived_are_the_rules_there_are() -> None:
    assert tuple(rule.value for rule in Rule) == RULES


def test_a_finding_tells_rule_line_note_reason_and_mend() -> None:
    text = (
        "---\ndeck: d\n---\n\n{#caffeine}\nQ: What does caffeine delay?\nA: Sleep\n\n> Caffeine postpones sleep\n"
    )
    assert lint(text, source()) == [
        Finding(
            Rule.ANCHORED,
            Severity.ERROR,
            6,
            "caffeine",
            "The anchor 'Caffeine postpones sleep' is not in the source.",
            "The nearest words are 'Caffeine delays sleep'.",
        )
    ]


def test_an_anchor_that_fits_twice_asks_for_more_words_unless_its_section_tells() -> None:
    text = "# Larks\n\nThe lark sings before dawn.\n\n# Owls\n\nAn owl sings before dawn.\n"
    finder = Finder(read_document(text.encode(), "birds.md"))
    card = "Q: When does a bird of night sing?\nA: Before dawn\n\n> sings before dawn\n"
    (found,) = lint(card, finder)
    assert (found.rule, found.severity) == (Rule.ANCHORED, Severity.ERROR)
    assert found.message == "The anchor 'sings before dawn' stands 2 times in the source."
    assert lint(f"# Owls\n\n{card}", finder) == []


def test_a_waived_rule_is_set_apart_and_the_others_hold() -> None:
    card = "Q: Does caffeine delay it;\nA: a; b?\n"
    waived = lint('{allow-r3="both belong together"}\n' + card)
    assert [(found.rule, found.severity) for found in waived if found.severity is Severity.WAIVED] == [
        (Rule.ONE_FACT, Severity.WAIVED)
    ]
    assert {found.rule for found in lint(card)} == {found.rule for found in waived}


def test_a_draft_is_linted_but_never_an_error() -> None:
    card = "Q: Does caffeine delay sleep?\nA: Yes\n"
    assert [found.severity for found in lint(card)] == [Severity.ERROR]
    assert [found.severity for found in lint("{.draft}\n" + card)] == [Severity.WARNING]


def test_anchors_are_asked_for_only_where_a_source_is_named_quoted_or_given() -> None:
    bare = "Q: What does caffeine delay?\nA: Sleep\n"
    assert rules(bare) == []
    assert rules("---\nsource: {title: Sleep}\n---\n" + bare) == ["R9"]
    assert rules(f"{bare}\nQ: What lasts?\nA: A second\n\n> last about a second\n") == ["R9"]
    assert rules(bare, source()) == ["R9"]


def test_without_its_source_a_quote_is_taken_at_its_word() -> None:
    text = "Q: What does Caffein delay?\nA: Sleep in 1984\n\n> Caffein maybe delays sleep since 1984\n"
    assert rules(text) == []
    assert set(rules(text, source())) == {"R9", "R11"}


def test_the_hedge_of_another_clause_is_no_hedge_of_this_card() -> None:
    document = b"While blood tests might show iron, the brain lacks it, and cells can die. Iron is a metal.\n"
    finder = Finder(read_document(document, "iron.txt"))
    assert rules("Q: What does the brain lack?\nA: Iron\n\n> tests might show iron, the brain\n", finder) == ["R10"]
    assert rules("Q: What is iron?\nA: A metal\n\n> Iron is a metal\n", finder) == []


def test_another_state_of_the_source_is_told_once() -> None:
    digest = "0" * 64
    told = replace(deck(GOOD), source=Source(sha256=digest))
    (found,) = lint_deck(told, source())
    assert (found.rule, found.severity, found.line, found.note) == (Rule.ANCHORED, Severity.WARNING, 1, None)
    right = replace(told, source=Source(sha256=source().document.sha256.upper()))
    assert lint_deck(right, source()) == []


@pytest.mark.parametrize("sha256", ["12ab", "g" * 64, "a" * 63])
def test_a_sha256_has_64_hexadecimal_digits(sha256: str) -> None:
    (found,) = lint_deck(replace(deck(GOOD), source=Source(sha256=sha256)))
    assert (found.rule, found.severity, found.line) == (Rule.WELL_FORMED, Severity.ERROR, 1)


def test_a_language_that_writes_nouns_with_capitals_has_no_names() -> None:
    text = "Der Hund jagt die Katze, und die Katze jagt den Vogel. Kein Vogel jagt den Hund, sagt das Kind.\n"
    finder = Finder(read_document(text.encode(), "hund.txt"))
    card = "Q: Wen jagt das Tier?\nA: Die Katze\n\n> Der Hund jagt die Katze\n"
    assert rules(card, finder) == []
    assert rules(card.replace("Tier", "Tier2"), finder) == ["R11"]


@pytest.mark.parametrize(
    "asked",
    [
        "What did Theodor's clock (LTP's) show?",
        "“Caffeine” is what?",
        "What is said: Nothing?",
        "What of Long-Term Potentiation?",
        "What of N2s?",
    ],
)
def test_a_name_is_known_in_its_other_forms_and_no_name_where_a_sentence_begins(asked: str) -> None:
    assert "R11" not in rules(f"Q: {asked}\nA: Sleep\n\n> Caffeine delays sleep\n", source())


@pytest.mark.parametrize("asked", ["What of N4?", "What of GABA?", "What of 1,600?", "What did Freud say?", "McX?"])
def test_a_number_or_name_from_outside_is_an_error(asked: str) -> None:
    found = lint(f"Q: {asked}\nA: Sleep\n\n> Caffeine delays sleep\n", source())
    assert [one.severity for one in found if one.rule is Rule.FROM_SOURCE] == [Severity.ERROR]


def test_cards_of_two_decks_are_compared_and_the_later_is_told() -> None:
    first, second = deck("---\ndeck: A\n---\n" + GOOD), deck("---\ndeck: B\n---\n{#x}\n" + GOOD)
    found = lint_together([first, second])
    assert found[0] == []
    assert [(one.rule, one.note, one.message) for one in found[1]] == [
        (Rule.ONE_ANSWER, "x", "It asks the same as the card in line 4 of 'A'.")
    ]


def test_questions_that_differ_in_one_number_are_no_twins() -> None:
    text = "".join(
        f"{{#s{number}}}\nQ: In which stage of sleep number {number} are growth hormones set free?\nA: Deep\n\n"
        for number in range(5)
    )
    assert rules(text) == []


def test_ten_thousand_equal_cards_are_told_but_for_the_first_of_each_kind() -> None:
    asked = [f"What is {'so ' * (at % 7)}x{at % 3}y?" for at in range(10_000)]
    notes = tuple(Note(f"n{at}", Kind.BASIC, question, "Sleep") for at, question in enumerate(asked))
    (found,) = lint_together([Deck("d", "d", notes)])
    assert len(found) == 10_000 - 3


ODD = st.text(st.sampled_from("Q? ()[]{}`*$\\_~<>&;:,.'\"…-–—\n\tsTé§中1½ﬁ\u200b\u202e\ud800"), max_size=60)


@given(ODD, ODD, st.lists(ODD, max_size=2), st.sampled_from([Kind.BASIC, Kind.REVERSED]))
def test_any_text_is_linted(question: str, answer: str, anchors: list[str], kind: Kind) -> None:
    note = Note("i", kind, question, answer, anchors=tuple(anchors), line=3)
    for finder in (None, source()):
        found = lint_deck(Deck("d", "d", (note,)), finder)
        assert all(one.line == 3 and one.message and one.mend for one in found)


@given(st.text(st.sampled_from("{}:1a `\n")), ODD)
def test_any_cloze_text_is_linted(text: str, more: str) -> None:
    note = Note("i", Kind.CLOZE, f"{{{{1::a}}}} {text} {more}", "", line=3)
    assert all(one.line == 3 for one in lint_deck(Deck("d", "d", (note,)), source()))

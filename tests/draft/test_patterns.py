"""Patterns: which sentences make which cards, and which make none."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.cloze import find_clozes
from flashrls.draft.candidates import Candidate, Origin
from flashrls.draft.english import is_english, needs_name
from flashrls.draft.patterns import expansion, find_patterns
from flashrls.draft.proposing import candidates_of
from flashrls.draft.rare import rare_cloze
from flashrls.draft.usage import Usage, usage_of

LOWER = frozenset({"photosynthesis", "enzymes", "plants", "water", "dogs", "smoking", "heat"})
ROW = tuple(re.split(" ", "Heat is a the gas of , which ( GAS ) may lead to 45 and it “ also known as … : ;"))
USAGE = Usage(LOWER, frozenset({"roman"}), frozenset())


def cards(sentence: str) -> list[tuple[str, str]]:
    return [(found.question, found.answer) for found in find_patterns(sentence, USAGE)]


@pytest.mark.parametrize(
    ("sentence", "question", "answer"),
    [
        ("Photosynthesis is a process in green leaves.", "What is photosynthesis?", "a process in green leaves"),
        ("Paris is a city in France.", "What is Paris?", "a city in France"),
        ("DNA is a long molecule, which stores plans.", "What is DNA?", "a long molecule"),
        ("Enzymes are proteins that speed up reactions.", "What are enzymes?", "proteins that speed up reactions"),
        ("Mercury is the smallest planet of the sun.", "What is the smallest planet of the sun?", "Mercury"),
        ("Marie Curie was a physicist from Poland.", "Who was Marie Curie?", "a physicist from Poland"),
        ("The old barrier may be a relic of war.", "What may the old barrier be?", "a relic of war"),
        (
            "Water is believed to be the source of life.",
            "What is water believed to be?",
            "the source of life",
        ),
        ("Therefore heat creates a draught.", "What does heat create?", "a draught"),
        ("However, heat is a form of motion.", "What is heat?", "a form of motion"),
        ("In cold seas, water is a home for krill.", "In cold seas, what is water?", "a home for krill"),
        ("Smoking may lead to lung cancer.", "What may smoking lead to?", "lung cancer"),
        ("Smoking often leads to lung cancer.", "What does smoking often lead to?", "lung cancer"),
        ("Bad roads cause many accidents.", "What do bad roads cause?", "many accidents"),
        ("Roman roads cause many accidents.", "What do Roman roads cause?", "many accidents"),
        ("French roads cause many accidents.", "What do French roads cause?", "many accidents"),
        ("Sedation may lead to sleep.", "What may sedation lead to?", "sleep"),
        ("The flood caused heavy losses.", "What did the flood cause?", "heavy losses"),
        ("Rust results from contact with oxygen.", "What does Rust result from?", "contact with oxygen"),
        ("Rust is caused by oxygen and water.", "What is Rust caused by?", "oxygen and water"),
        (
            "The heart is responsible for the flow of blood.",
            "What is the heart responsible for?",
            "the flow of blood",
        ),
        ("Tides are never caused by wind alone.", "", ""),
        ("The gene is thought to play a role in sleep.", "What is the gene thought to play a role in?", "sleep"),
        ("Dogs could be driven by strong hunger.", "What could dogs be driven by?", "strong hunger"),
        ("Heat rises, while water is a brake on it all day.", "", ""),
        ("Heat rises, while dogs are found in many homes.", "What are dogs found in?", "many homes"),
        ("Paris, also known as Lutetia, grew fast.", "What is Paris also known as?", "Lutetia"),
        (
            "It lies in the hippocampus, an area that stores memories.",
            "What is the hippocampus?",
            "an area that stores memories",
        ),
        (
            "He found the stomata, which are small holes in leaves.",
            "",
            "",
        ),
        (
            "Gas enters by the pores, which are small holes in leaves.",
            "What are the pores?",
            "small holes in leaves",
        ),
        (
            "Doctors use magnetic resonance imaging (MRI) daily.",
            "What does MRI stand for?",
            "magnetic resonance imaging",
        ),
        ("The World Health Organization (WHO) warns.", "What does WHO stand for?", "World Health Organization"),
    ],
)
def test_a_sentence_makes_this_card(sentence: str, question: str, answer: str) -> None:
    assert cards(sentence) == ([(question, answer)] if question else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "This is a process in leaves.",
        "It leads to cancer.",
        "They are a nuisance.",
        "There is a house in town.",
        "What matters is a good night.",
        "If water is a gas, heat is a form of motion.",
        "Heat is not a gas.",
        "Heat does not lead to rain.",
        "Water is the same everywhere.",
        "Heat is one of them.",
        "Smoking leads to cough, pain, and cancer.",
        "Smoking leads to cancer, unless it is stopped.",
        "Smoking leads to this disease.",
        "Dogs say that water is a gas.",
        "Studies show that smoking leads to cancer.",
        "A very long subject that has far more words than anyone can ask about is a pain.",
        "Water is “a gas” to some.",
        "Dogs bark and heat is a gas.",
        "The immediate cause of the war was a murder.",
        "She met Ada, Bob, a friend of Ada, and a dog.",
        "He saw the thalamus of patients, a region of the brain.",
        "He likes (see page 4) dogs.",
        "The plan (PLN) is not what it was.",
    ],
)
def test_a_sentence_whose_card_would_not_be_sure_makes_none(sentence: str) -> None:
    assert cards(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "cloze"),
    [
        (
            "The symptoms begin before age 45 in most people.",
            "The symptoms begin before age {{1::45}} in most people.",
        ),
        ("It began on 3 August 1914 in the east.", "It began on 3 August {{1::1914}} in the east."),
        ("About 12.5 % of adults had it in 1990.", "About {{1::12.5 %}} of adults had it in {{2::1990}}."),
    ],
)
def test_a_number_is_hidden(sentence: str, cloze: str) -> None:
    (found,) = find_patterns(sentence, USAGE)
    assert (found.origin, found.question, found.answer) == (Origin.NUMBER, cloze, "")


@pytest.mark.parametrize(
    "sentence",
    [
        "See the plan in Fig. 3 of the book.",
        "The A11 cells and COVID-19 are seen here.",
        "It was 1, 2 or 3 of them all.",
        "He said {{ 5 }} words in all.",
        "45 people came to see it there.",
    ],
)
def test_a_number_that_is_a_label_or_one_of_many_is_not_hidden(sentence: str) -> None:
    assert find_patterns(sentence, USAGE) == []


@pytest.mark.parametrize(
    ("before", "short", "long"),
    [
        ("In genome-wide association studies", "GWAS", "genome-wide association studies"),
        ("Conversely, gamma-aminobutyric acid", "GABA", "gamma-aminobutyric acid"),
        ("the use of proton pump inhibitors", "PPIs", "proton pump inhibitors"),
        ("nothing like it", "XYZ", ""),
        ("the Roman numeral two", "II", ""),
        ("", "AB", ""),
        ("a", "AB", ""),
    ],
)
def test_an_abbreviation_is_told_by_the_words_before_it(before: str, short: str, long: str) -> None:
    assert expansion(before, short) == long


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("This impulse is strong.", "This impulse"),
        ("These circuits may fire.", "These circuits"),
        ("It solidifies the idea.", "It"),
        ("This results in pain.", "This"),
        ("They are old.", "They"),
        ("This is so.", "This"),
        ("Its effect is strong.", "Its effect"),
        ("The pain is strong.", ""),
        ("Thistles are green.", ""),
        ("", ""),
    ],
)
def test_a_sentence_that_points_elsewhere_wants_a_name(sentence: str, name: str) -> None:
    assert needs_name(sentence) == name


def _frequency(word: str) -> float:
    return {"tyrosine": 2.0, "hydroxylase": 1.5, "activity": 4.9, "impaired": 3.0, "disorders": 2.0}.get(word, 6.0)


def test_the_rarest_word_is_hidden_wherever_it_stands() -> None:
    found = rare_cloze("Hydroxylase is made where hydroxylase is not used.", USAGE, lambda w: _frequency(w.lower()))
    assert found == Candidate(Origin.CLOZE, "{{1::Hydroxylase}} is made where {{1::hydroxylase}} is not used.")


def test_a_neighbour_that_the_text_repeats_is_part_of_the_term() -> None:
    text = "Tyrosine hydroxylase is old. The activity of tyrosine hydroxylase is now impaired."
    found = rare_cloze("The activity of tyrosine hydroxylase is now impaired.", usage_of(text), _frequency)
    assert found is not None
    assert found.question == "The activity of {{1::tyrosine hydroxylase}} is now impaired."


@pytest.mark.parametrize(
    "sentence",
    [
        "Hydroxylase is rare.",
        "We all know that this is so, or not.",
        "The disorders and systems of the day are many.",
        "The {{hydroxylase}} is made in here now.",
        "x " * 60,
    ],
)
def test_a_short_or_common_or_odd_sentence_has_no_cloze(sentence: str) -> None:
    assert rare_cloze(sentence, USAGE, _frequency) is None


@pytest.mark.parametrize("sentence", ["Photosynthesis is a process", "Is photosynthesis a process in leaves?"])
def test_a_heading_or_a_question_has_no_candidate(sentence: str) -> None:
    assert candidates_of(sentence, USAGE, _frequency) == []


def test_a_question_that_holds_its_answer_is_dropped_for_a_cloze() -> None:
    (found,) = candidates_of(
        "A sleep hormone is a hormone of deep sleep.", USAGE, lambda word: 6 if len(word) < 6 else 1
    )
    assert found.origin is Origin.CLOZE


def test_without_frequencies_only_patterns_are_proposed() -> None:
    assert candidates_of("The activity of tyrosine hydroxylase fell again.", USAGE, None) == []
    assert len(candidates_of("Photosynthesis is a process in leaves.", USAGE, None)) == 1


def test_a_text_in_another_language_is_told_from_english() -> None:
    assert is_english("The cat sat on the mat, and it was there all day.")
    assert not is_english("Der Hund lief schnell durch den Wald und bellte.")
    assert not is_english("")


@given(st.lists(st.sampled_from(ROW)))
def test_any_row_of_words_gives_whole_cards_or_none(row: list[str]) -> None:
    sentence = " ".join(row).replace(" ,", ",") + "."
    for found in find_patterns(sentence, USAGE):
        if found.is_cloze:
            assert isinstance(find_clozes(found.question), tuple)
            assert find_clozes(found.question)
        else:
            assert found.question.endswith("?")
            assert found.question.count("?") == 1
            assert found.answer in sentence

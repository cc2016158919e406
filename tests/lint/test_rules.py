"""Bad cards, each flagged by its rule alone, and good twins that aren't flagged."""

import pytest

from flashrls.lint.finding import Severity
from tests.lint.making import lint, rules, source

LONG = "the one that comes after the other one and so on and on until all of it is said once more"

BAD_AND_GOOD = [
    pytest.param(
        "R1",
        "Q: What is long-term potentiation?\nA: A lasting rise in the strength of synapses, which is "
        "what the strength of synapses rises by, and lasting\n\n> lasting rise in the strength of synapses",
        "Q: What is long-term potentiation?\nA: A lasting rise in the strength of synapses\n\n"
        "> lasting rise in the strength of synapses",
        id="long answer",
    ),
    pytest.param(
        "R1",
        "C: Potentiation is {{1::a lasting rise in the strength of synapses}}.\n\n"
        "> lasting rise in the strength of synapses",
        "C: Potentiation is {{1::a lasting rise}} in the strength of synapses.\n\n"
        "> lasting rise in the strength of synapses",
        id="long cloze",
    ),
    pytest.param(
        "R2",
        f"Q: Which stage, {LONG}, {LONG}, shows spindles?\nA: N2\n\n> spindles mark stage N2",
        "Q: Which stage shows spindles?\nA: N2\n\n> spindles mark stage N2",
        id="long question",
    ),
    pytest.param(
        "R2",
        f"C: Spindles mark stage {{{{1::N2}}}}, {LONG}, {LONG}.\n\n> spindles mark stage N2",
        "C: Spindles mark stage {{1::N2}}.\n\n> spindles mark stage N2",
        id="long cloze text",
    ),
    pytest.param(
        "R3",
        "Q: Which stage shows spindles? How long do spindles last?\nA: N2\n\n> spindles mark stage N2",
        "Q: Which stage shows spindles, which last about a second?\nA: N2\n\n> spindles mark stage N2",
        id="two question marks",
    ),
    pytest.param(
        "R3",
        "Q: Which stage shows spindles and how long do they last?\nA: N2\n\n> spindles mark stage N2",
        "Q: Which stage shows spindles and nothing else?\nA: N2\n\n> spindles mark stage N2",
        id="and how",
    ),
    pytest.param(
        "R3",
        "Q: How long do adults sleep?\nA: About 8 hours; infants longer\n\n> Adults sleep about 8 hours; infants",
        "Q: How long do adults sleep?\nA: `about; 8` hours\n\n> Adults sleep about 8 hours",
        id="semicolon",
    ),
    pytest.param(
        "R4",
        "Q: Does caffeine delay sleep?\nA: Yes\n\n> Caffeine delays sleep",
        "Q: What does caffeine delay?\nA: Sleep\n\n> Caffeine delays sleep",
        id="yes or no",
    ),
    pytest.param(
        "R4",
        "Q: Do adults sleep as long as infants?\nA: About 8 hours\n\n> Adults sleep about 8 hours",
        "Q: How long do adults sleep?\nA: About 8 hours\n\n> Adults sleep about 8 hours",
        id="auxiliary first",
    ),
    pytest.param(
        "R4",
        "Q: Who wakes early, larks or owls?\nA: Larks\n\n> larks or owls wake early",
        "Q: Which birds wake early or sing in the morning?\nA: Larks\n\n> larks or owls wake early",
        id="either or",
    ),
    pytest.param(
        "R4",
        "C: {{1::Larks::larks or owls}} wake early.\n\n> larks or owls wake early",
        "C: {{1::Larks::birds}} wake early.\n\n> larks or owls wake early",
        id="choice in a hint",
    ),
    pytest.param(
        "R5",
        "Q: What marks REM sleep?\nA: Slack muscles, quick eyes, uneven breath and vivid dreams\n\n"
        "> muscles are slack, eyes are quick, breath is uneven, and dreams are vivid",
        "Q: What marks REM sleep?\nA: Slack muscles, quick eyes and uneven breath\n\n"
        "> muscles are slack, eyes are quick, breath is uneven",
        id="list in a sentence",
    ),
    pytest.param(
        "R5",
        "Q: What are the stages called?\nA:\n- N1\n- N2\n- N3\n- REM\n\n> called N1, N2, N3 and REM",
        "Q: What are the first stages called?\nA:\n- N1\n- N2\n- N3\n\n> called N1, N2, N3 and REM",
        id="list of lines",
    ),
    pytest.param(
        "R5",
        "C: The stages are {{1::N1}}, {{2::N2}}, {{3::N3}} and {{4::REM}}.\n\n> called N1, N2, N3 and REM",
        "C: The stages are {{1::N1}}, {{2::N2}}, {{3::N3}} and REM.\n\n> called N1, N2, N3 and REM",
        id="four clozes",
    ),
    pytest.param(
        "R6",
        "Q: What does this substance delay?\nA: Sleep\n\n> Caffeine delays sleep",
        "Q: What does the substance caffeine delay, and this substance only?\nA: Sleep\n\n> Caffeine delays sleep",
        id="this without its noun",
    ),
    pytest.param(
        "R6",
        "Q: What does it delay?\nA: Sleep\n\n> Caffeine delays sleep",
        "Q: What does caffeine delay when it is drunk?\nA: Sleep\n\n> Caffeine delays sleep",
        id="it without its noun",
    ),
    pytest.param(
        "R6",
        "Q: What delays them?\nA: Caffeine\n\n> Caffeine delays sleep",
        "Q: What makes it hard to sleep?\nA: Caffeine\n\n> Caffeine delays sleep",
        id="them without their noun",
    ),
    pytest.param(
        "R6",
        "Q: What does caffeine delay according to the text?\nA: Sleep\n\n> Caffeine delays sleep",
        "Q: What does caffeine delay according to the circadian clock?\nA: Sleep\n\n> Caffeine delays sleep",
        id="in the text",
    ),
    pytest.param(
        "R7",
        "Q: What does the thalamic nucleus called reticular generate?\nA: The spindles of the reticular nucleus\n\n"
        "> Spindles are generated by the thalamic reticular nucleus",
        "Q: What does the thalamic nucleus called reticular generate?\nA: Spindles\n\n"
        "> Spindles are generated by the thalamic reticular nucleus",
        id="answer in the question",
    ),
    pytest.param(
        "R7",
        "C: {{1::Long-term potentiation}} (LTP) is a lasting rise.\n\n> Long-term potentiation (LTP) is a lasting",
        "C: {{1::Long-term potentiation}} (a lasting rise) is known.\n\n> Long-term potentiation (LTP) is a",
        id="abbreviation beside its blank",
    ),
    pytest.param(
        "R7",
        "C: LTP, a {{1::long-term potentiation}}, is a lasting rise.\n\n"
        "> Long-term potentiation (LTP) is a lasting",
        "C: Memory, a {{1::long-term potentiation}}, is a lasting rise.\n\n"
        "> Long-term potentiation (LTP) is a lasting",
        id="abbreviation before its blank, between commas",
    ),
    pytest.param(
        "R8",
        "C: Theodor studied forgetting, a {{1::condition}}.\n\n> Theodor studied forgetting, a condition of",
        "C: Theodor studied {{1::forgetting}}, a condition.\n\n> Theodor studied forgetting, a condition of",
        id="a blank that says nothing",
    ),
    pytest.param(
        "R8",
        "{#a}\nQ: Which stage shows spindles?\nA: N2\n\n> spindles mark stage N2\n\n"
        "{#b}\nQ: which stage shows *spindles*?\nA: REM\n\n> called N1, N2, N3 and REM",
        "{#a}\nQ: Which stage shows spindles?\nA: N2\n\n> spindles mark stage N2\n\n"
        "{#b}\nQ: Which stage has no dreams?\nA: N3\n\n> nobody dreams in stage N3",
        id="two answers to one question",
    ),
    pytest.param(
        "R9",
        "Q: What does caffeine delay?\nA: Sleep\n\n> Caffeine always delays sleep",
        "Q: What does caffeine delay?\nA: Sleep\n\n> Caffeine delays\n> sleep",
        id="not verbatim",
    ),
    pytest.param(
        "R9",
        "Q: How long do infants sleep?\nA: 16 hours\n\n> sleep 16 hours\n\n"
        "Q: What lasts so many hours?\nA: Hours awake\n\n> 16 hours",
        "Q: How long do infants sleep?\nA: 16 hours\n\n> infants sleep 16 hours",
        id="two words",
    ),
    pytest.param(
        "R9",
        "Q: What blocks the receptors of adenosine?\nA: Caffeine\n\n> but blocks its receptors",
        "Q: What blocks the receptors of adenosine, but doesn't remove it?\nA: Caffeine\n\n"
        "> Caffeine does not … but blocks its receptors",
        id="answer not in the anchor",
    ),
    pytest.param(
        "R10",
        "Q: What does the hippocampus do in sleep?\nA: It replays events\n\n> may replay the day's events",
        "Q: What may the hippocampus do in sleep?\nA: It replays events\n\n> may replay the day's events",
        id="hedge lost",
    ),
    pytest.param(
        "R10",
        "Q: What does caffeine do with adenosine?\nA: It removes adenosine\n\n> remove adenosine, but blocks",
        "Q: What does caffeine not do with adenosine?\nA: Take it away\n\n> not remove adenosine",
        id="negation lost",
    ),
    pytest.param(
        "R11",
        "Q: How long do adults sleep?\nA: About 7 to 8 hours\n\n> Adults sleep about 8 hours",
        "Q: How long do adults sleep?\nA: About 8 hours\n\n> Adults sleep about 8 hours",
        id="number from outside",
    ),
    pytest.param(
        "R11",
        "Q: What did Theodor Ebbinghaus study?\nA: Forgetting\n\n> Theodor studied forgetting",
        "Q: What did Theodor study?\nA: Forgetting\n\n> Theodor studied forgetting",
        id="name from outside",
    ),
    pytest.param(
        "R12",
        "{#a}\nQ: Which stage of sleep shows spindles?\nA: N2\n\n> spindles mark stage N2\n\n"
        "{#b}\nQ: In sleep, which stage shows the spindles?\nA: N2\n\n> spindles mark stage N2",
        "{#a}\nQ: Which stage of sleep shows spindles?\nA: N2\n\n> spindles mark stage N2\n\n"
        "{#b}\nQ: What do spindles of about a second mark?\nA: N2\n\n> spindles mark stage N2",
        id="nearly the same",
    ),
    pytest.param(
        "R15",
        "Q: What does caffeine (a drug delay?\nA: Sleep\n\n> Caffeine delays sleep",
        "Q: What does caffeine a) cause, b) [never] (hardly) delay :) ?\nA: Sleep\n\n> Caffeine delays sleep",
        id="bracket",
    ),
    pytest.param(
        "R15",
        "Q: What does caffeine delay\nA: Sleep\n\n> Caffeine delays sleep",
        "Q: Delayed by caffeine\nA: Sleep\n\n> Caffeine delays sleep",
        id="no question mark",
    ),
    pytest.param(
        "R15",
        "Q: What does **caffeine delay?\nA: Sleep\n\n> Caffeine delays sleep",
        "Q: What does **caffeine** delay?\nA: Sleep\n\n> Caffeine delays sleep",
        id="emphasis",
    ),
    pytest.param(
        "R15",
        "Q: What does caffeine delay?\nA: <b>Sleep</b>\n\n> Caffeine delays sleep",
        "Q: What does caffeine delay?\nA: Sleep, 2 < 3 > 1 and `<b>`\n\n> Caffeine delays sleep, 2 and 3",
        id="markup",
    ),
    pytest.param(
        "R15",
        "Q: What does caffeine  delay?\nA: Sleep\n\n> Caffeine delays sleep",
        "Q: What does caffeine delay?  \nA: Sleep\n\n> Caffeine delays sleep",
        id="two spaces",
    ),
    pytest.param(
        "R15",
        "C: Caffeine delays the {{1::the sleep}} of adults.\n\n> Caffeine delays sleep",
        "C: Caffeine delays the {{1::sleep}} that that one needs.\n\n> Caffeine delays sleep",
        id="doubled word",
    ),
    pytest.param(
        "R15",
        "Q: What does {{caffeine}} delay?\nA: Sleep\n\n> Caffeine delays sleep",
        "Q: What does `{{caffeine}}` delay?\nA: Sleep\n\n> Caffeine delays sleep",
        id="cloze braces",
    ),
    pytest.param(
        "R15",
        "Q: What does caffeine delay?\nA: Sleep\n```\nC: {{1::lost}}\n```\n\n> Caffeine delays sleep",
        "Q: What does caffeine delay?\nA: Sleep\n```\nC is a language\n```\n\n> Caffeine delays sleep",
        id="swallowed card",
    ),
]


@pytest.mark.parametrize(("rule", "bad", "good"), BAD_AND_GOOD)
def test_a_bad_card_breaks_its_rule_alone_and_its_good_twin_none(rule: str, bad: str, good: str) -> None:
    assert set(rules(bad, source())) == {rule}
    assert [found for found in lint(good, source()) if found.rule == rule] == []


def test_every_rule_has_its_bad_cards() -> None:
    from flashrls.lint.finding import Rule

    assert {param.values[0] for param in BAD_AND_GOOD} == set(Rule)


def test_what_is_far_over_a_bound_is_an_error() -> None:
    words = " ".join(["word"] * 16)
    (warned,) = lint(f"Q: What?\nA: {words}")
    (failed,) = lint(f"Q: What?\nA: {words} {words}")
    assert (warned.severity, warned.message) == (
        Severity.WARNING,
        "The answer has 16 words; 15 are enough.",
    )
    assert (failed.severity, failed.message) == (Severity.ERROR, "The answer has 32 words; 15 are enough.")

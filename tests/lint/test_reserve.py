"""R10: which hedges and negations of a source its cards must keep, and which they may leave out."""

import pytest

from flashrls.anchors.find import Finder
from flashrls.documents.reading import read_document
from tests.lint.making import lint

TEXT = """TCP offers a stream over a network that may lose packets. The handshake costs one round trip before the
client can send a request. A lost segment can be sent again. One connection results, not two. The estates had
not met since 1614. They opened on 5 May 1789. No more than 40 bytes are free. The queen mates once and never
again. A dance tells the way, not the wind. The whale is not a fish but a mammal. The signal was not only weak.
A clock may tick. Bees normally sleep at night. A hive cannot fly. The cause was not clear until 1953.
The phone dates from 1960 and found hardly any buyers.
"""
SOURCE = Finder(read_document(TEXT.encode(), "mixed.txt"))


def complaints(question: str, answer: str, anchor: str) -> list[str]:
    """What R10 finds in one card."""
    found = lint(f"Q: {question}\nA: {answer}\n\n> {anchor}\n", SOURCE)
    return [finding.message for finding in found if finding.rule == "R10"]


@pytest.mark.parametrize(
    ("question", "answer", "anchor"),
    [
        pytest.param("What does TCP offer?", "A stream", "TCP offers a stream", id="clause behind the quote"),
        pytest.param(
            "What does the handshake cost?", "One round trip", "costs one round trip before", id="can behind"
        ),
        pytest.param(
            "What does a lost segment allow?", "To be sent again", "segment can be sent again", id="ability"
        ),
        pytest.param("How many result?", "One", "One connection results, not two", id="contrast"),
        pytest.param("What is the whale?", "A mammal", "whale is not a fish but a mammal", id="not but"),
        pytest.param("When had the estates last met?", "1614", "had not met since 1614", id="not since"),
        pytest.param("When was the cause first clear?", "1953", "was not clear until 1953", id="not until"),
        pytest.param("When did the estates open?", "On 5 May", "opened on 5 May 1789", id="month"),
        pytest.param("How many bytes are free?", "40", "No more than 40 bytes are free", id="bound"),
        pytest.param(
            "How often does the queen mate?", "Only once", "queen mates once and never again", id="never again"
        ),
        pytest.param("When was the phone made?", "In 1960", "phone dates from 1960", id="hardly, behind the quote"),
        pytest.param("How many buyers had the phone?", "Few", "found hardly any buyers", id="few"),
        pytest.param("How was the signal?", "Weak, and more", "signal was not only weak", id="not only"),
    ],
)
def test_what_says_nothing_of_the_fact_itself_may_be_left_out(question: str, answer: str, anchor: str) -> None:
    assert complaints(question, answer, anchor) == []


@pytest.mark.parametrize(
    ("question", "answer", "anchor", "word"),
    [
        pytest.param(
            "What loses packets?", "A network", "a network that may lose packets", "may", id="in the quote"
        ),
        pytest.param("What does a network lose?", "Packets", "lose packets", "may", id="before the quote"),
        pytest.param("What is sent again?", "A lost segment", "A lost segment can be sent", "can", id="can"),
        pytest.param("What ticks?", "A clock", "A clock may tick", "may", id="may"),
        pytest.param("When do bees sleep?", "At night", "sleep at night", "normally", id="normally"),
    ],
)
def test_a_hedge_of_the_fact_is_missed(question: str, answer: str, anchor: str, word: str) -> None:
    assert complaints(question, answer, anchor) == [
        f"The source says this with '{word}', the card without reserve."
    ]


@pytest.mark.parametrize(
    ("question", "answer", "anchor", "word"),
    [
        pytest.param("How many result?", "Two", "One connection results, not two", "not", id="what is denied"),
        pytest.param(
            "What does a dance tell?", "The wind", "dance tells the way, not the wind", "not", id="contrast"
        ),
        pytest.param(
            "Which fish is a mammal?", "The whale", "whale is not a fish but a mammal", "not", id="not but"
        ),
        pytest.param("When had the estates met?", "1614", "had not met since 1614", "not", id="not since"),
        pytest.param(
            "What had buyers?",
            "The phone",
            "phone dates from 1960 and found hardly any buyers",
            "hardly",
            id="hardly",
        ),
        pytest.param("What flies?", "A hive", "A hive cannot fly", "cannot", id="cannot"),
    ],
)
def test_a_denial_of_what_the_card_says_is_missed(question: str, answer: str, anchor: str, word: str) -> None:
    assert complaints(question, answer, anchor) == [f"The source has '{word}' here, the card doesn't."]

"""The gate: a command's card is taken only if the document bears it out."""

from __future__ import annotations

import pytest

from flashrls.anchors.find import Finder
from flashrls.cards import Kind, Note
from flashrls.draft.candidates import Candidate, Origin
from flashrls.draft.gate import admit
from flashrls.draft.prompt import prompt_for
from flashrls.draft.replies import Reply
from tests.draft.making import document

TEXT = """# Sleep

Spindles are short bursts of brain waves that mark light sleep. Deep sleep may strengthen new memories.
Dreams do not follow the clock of the day. The pineal gland releases melatonin at about 21:00.

# Waking

The pineal gland is small. We all wake up.

# Rest

We all wake up.
"""
FINDER = Finder(document(TEXT))


def reply(**fields: str) -> Reply:
    return Reply(3, **fields)


def reasons(*replies: Reply, known: tuple[Note, ...] = ()) -> list[str]:
    return [refusal.reason for refusal in admit(replies, FINDER, known).refused]


GOOD = reply(
    question="Which gland releases melatonin?",
    answer="the pineal gland",
    anchor="The pineal gland releases melatonin",
)


def test_a_card_in_the_words_of_its_anchor_is_taken_at_its_sentence() -> None:
    admitted = admit([GOOD], FINDER)
    assert admitted.refused == ()
    assert admitted.proposals == {
        3: [
            Candidate(
                Origin.COMMAND,
                "Which gland releases melatonin?",
                "the pineal gland",
                "The pineal gland releases melatonin",
            )
        ]
    }
    assert admitted.count == 1


def test_a_cloze_gets_its_number_and_the_document_s_own_words_as_anchor() -> None:
    cloze = reply(cloze="Spindles mark {{light sleep}}.", anchor="brain waves  that mark light sleep")
    (found,) = admit([cloze], FINDER).proposals[0]
    assert found.question == "Spindles mark {{1::light sleep}}."
    assert found.is_cloze
    assert found.anchor == "brain waves that mark light sleep"


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (reply(question="Which gland?", answer="pineal"), "it has no anchor"),
        (
            reply(question="Which gland?", answer="pineal", anchor="pineal gland"),
            "its anchor has fewer than 3 words",
        ),
        (
            reply(question="Which gland?", answer="pineal", anchor="the pineal organ releases melatonin"),
            "its anchor is not in the text, word for word",
        ),
        (
            reply(question="Who wakes up?", answer="all", anchor="We all wake up"),
            "its anchor stands 2 times in the text; more of the words around it would tell which",
        ),
        (reply(question="Which gland?", anchor="The pineal gland releases"), "it has no answer"),
        (reply(answer="pineal", anchor="The pineal gland releases"), "it has no question"),
        (
            reply(question="Which?", answer="pineal", cloze="The {{gland}}", anchor="The pineal gland releases"),
            "it is a question and a cloze at once",
        ),
        (
            reply(question="Which gland", answer="pineal", anchor="The pineal gland releases"),
            "its question doesn't end with its one question mark",
        ),
        (
            reply(question="Which gland? And why?", answer="pineal", anchor="The pineal gland releases"),
            "its question doesn't end with its one question mark",
        ),
        (reply(cloze="The pineal gland.", anchor="The pineal gland releases"), "its cloze hides nothing"),
        (reply(cloze="The {{1::pineal.", anchor="The pineal gland releases"), "this cloze is never closed"),
        (
            reply(
                question="What does the pineal gland release?",
                answer="a hormone",
                anchor="The pineal gland releases",
            ),
            "'hormone' of the answer is not in its anchor",
        ),
        (
            reply(
                question="When is melatonin released?", answer="at it", anchor="releases melatonin at about 21:00"
            ),
            "its answer has no word that tells anything",
        ),
        (
            reply(
                question="What does deep sleep strengthen?", answer="new memories", anchor="strengthen new memories"
            ),
            "its sentence says 'may', the card speaks without reserve",
        ),
        (
            reply(
                question="What do dreams follow?",
                answer="the clock of the day",
                anchor="follow the clock of the day",
            ),
            "its sentence has 'not', the card has not",
        ),
        (
            reply(
                question="Which gland did Kant call the seat of sleep?",
                answer="the pineal gland",
                anchor="The pineal gland releases melatonin",
            ),
            "R11: the name 'Kant' is not in the source",
        ),
        (
            reply(
                question="Which gland weighs 5 grams?",
                answer="the pineal gland",
                anchor="The pineal gland releases melatonin",
            ),
            "R11: the number '5' is not in the source",
        ),
        (
            reply(
                question=f"Which gland {'and well ' * 15}releases melatonin?",
                answer="the pineal gland",
                anchor="The pineal gland releases melatonin",
            ),
            "R2: the question has 34 words; 30 are enough",
        ),
    ],
)
def test_a_card_is_refused_with_its_reason(case: Reply, reason: str) -> None:
    admitted = admit([case], FINDER)
    assert admitted.proposals == {}
    assert [(refusal.line, refusal.words, refusal.reason) for refusal in admitted.refused] == [
        (3, case.question or case.cloze, reason)
    ]


def test_a_section_tells_apart_what_stands_twice() -> None:
    case = reply(question="Who can wake up?", answer="all", anchor="We all wake up", section="Rest")
    assert "stands 2 times" not in reasons(case)[0]


@pytest.mark.parametrize(
    "case",
    [
        reply(
            question="What may deep sleep do to new memories?",
            answer="strengthen them",
            anchor="may strengthen new memories",
        ),
        reply(
            question="What do dreams not follow?",
            answer="the clock of the day",
            anchor="not follow the clock of the day",
        ),
    ],
)
def test_what_keeps_the_hedge_or_the_denial_is_not_refused_for_it(case: Reply) -> None:
    assert not [reason for reason in reasons(case) if reason.startswith("its sentence")]


def test_the_second_of_two_that_ask_the_same_is_refused() -> None:
    admitted = admit([GOOD, GOOD], FINDER)
    assert admitted.count == 1
    assert [refusal.reason for refusal in admitted.refused] == ["R8: it asks the same as the card in line 3"]


def test_what_the_worksheet_asks_already_is_refused() -> None:
    note = Note("k", Kind.BASIC, "Which gland releases melatonin?", "the pineal gland", "Sleep", line=12)
    assert reasons(GOOD, known=(note,)) == ["R8: it asks the same as the card in line 12 of 'the worksheet' (k)"]


def test_an_anchor_in_a_heading_is_refused() -> None:
    finder = Finder(document("# The long heading here\n\nWe all wake up.\n"))
    case = reply(question="Which heading is here?", answer="long", anchor="The long heading here")
    assert [refusal.reason for refusal in admit([case], finder).refused] == [
        "its anchor stands in no sentence of the text"
    ]


def test_the_prompt_holds_the_text_and_what_is_asked_already() -> None:
    prompt = prompt_for(document(TEXT), ["Which gland\nreleases melatonin?"])
    assert document(TEXT).text in prompt
    assert "\n- Which gland releases melatonin?\n" in prompt
    assert "asked already" not in prompt_for(document(TEXT))

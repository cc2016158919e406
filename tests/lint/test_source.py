"""R9 and R11: other ways to write the source's numbers, units and denials, and what comes from outside."""

import pytest

from flashrls.anchors.find import Finder
from flashrls.documents.reading import read_document
from tests.lint.making import lint

TEXT = """Water boils at 100 degrees Celsius. A run of one second stands for six kilometres. No single cause
explains it, and it is never simple. The file held four gigabytes.
"""
SOURCE = Finder(read_document(TEXT.encode(), "mixed.txt"))


def findings(question: str, answer: str, anchor: str, finder: Finder = SOURCE) -> list[str]:
    """The rules and messages of R9 and R11 for one card."""
    found = lint(f"Q: {question}\nA: {answer}\n\n> {anchor}\n", finder)
    return [f"{finding.rule} {finding.message}" for finding in found if finding.rule in ("R9", "R11")]


@pytest.mark.parametrize(
    ("question", "answer", "anchor"),
    [
        pytest.param("When does water boil?", "At 100 °C", "Water boils at 100 degrees Celsius", id="degrees"),
        pytest.param("How far is it?", "6 km", "stands for six kilometres", id="number and unit"),
        pytest.param("How big is the file?", "4 GB", "The file held four gigabytes", id="capitals"),
        pytest.param("What single cause explains it?", "None", "No single cause explains it", id="none"),
        pytest.param("When is it simple?", "Never", "it is never simple", id="never"),
    ],
)
def test_what_the_source_says_may_be_written_with_digits_and_signs(question: str, answer: str, anchor: str) -> None:
    assert findings(question, answer, anchor) == []


@pytest.mark.parametrize(
    ("question", "answer", "anchor", "message"),
    [
        pytest.param("When does water boil?", "At 100 °F", "boils at 100 degrees", "The name 'F'", id="unit"),
        pytest.param("How big is the file?", "4 MB", "The file held four gigabytes", "The name 'MB'", id="prefix"),
        pytest.param("What is 6 km?", "A run of 4 seconds", "A run of one second", "The number '4'", id="number"),
        pytest.param("Who is C?", "100 degrees", "boils at 100 degrees", "The name 'C'", id="no number before it"),
    ],
)
def test_what_it_does_not_say_comes_from_outside(question: str, answer: str, anchor: str, message: str) -> None:
    assert f"R11 {message} is not in the source." in findings(question, answer, anchor)


def test_a_denying_answer_needs_a_denial_in_its_anchor() -> None:
    assert findings("What boils?", "Nothing", "Water boils at 100 degrees") == [
        "R9 The answer 'Nothing' is not in its anchor."
    ]


def test_names_are_looked_for_in_english_however_many_there_are_and_not_in_german() -> None:
    names = Finder(
        read_document(b"Louis and Danton met Robespierre and Bonaparte in Paris in the hall.\n", "a.txt")
    )
    assert findings("Who met in the Parisian hall?", "Louis and Danton", "Louis and Danton met", names) == []
    card = ("Who met in Paris?", "Louis and Marie", "Louis and Danton met", names)
    assert "R11 The name 'Marie' is not in the source." in findings(*card)
    text = "Der Schlaf ist eine Zeit der Ruhe, in der das Gehirn die Bilder des Tages noch einmal sieht.\n"
    german = Finder(read_document(text.encode(), "a.txt"))
    assert findings("Was sieht das Gehirn als Film?", "Die Bilder", "die Bilder des Tages", german) == []

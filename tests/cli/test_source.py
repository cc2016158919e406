"""`source`: documents added, listed, shown, updated; coverage and knowledge; `review` by section and sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from freezegun import freeze_time

from tests.cli.conftest import Run

ARTICLE = """Sleep and Memory

Sleep has several stages. Broad spindles mark stage N2 of sleep in the night.

Learning

Memory is encoded, consolidated and brought back. Nobody knows all of it yet.

Related articles
"""
HEADED = """---
deck: Sleep::Memory
id: sleep
source: {title: "Sleep and Memory", file: sleep.txt}
skip: [{text: "Related articles", why: "not part of the text"}]
---

# Sleep and Memory

{#spindles}
Q: Which stage of sleep shows spindles?
A: N2

> spindles mark stage N2

# Learning

{#phases}
C: Memory is {{1::encoded}}, {{2::consolidated}} and {{3::retrieved::brought back}}.

> Memory is encoded, consolidated and brought back
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The document as a file."""
    file = tmp_path / "sleep.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


@pytest.fixture
def deck(run: Run, tmp_path: Path) -> Path:
    """A deck made from the document, imported."""
    file = tmp_path / "sleep.md"
    file.write_text(HEADED, encoding="utf-8")
    assert run("import", str(file)).code == 0
    return file


@pytest.fixture
def attached(run: Run, deck: Path, article: Path) -> Path:
    """The deck with its document attached."""
    assert run("source", "add", str(article)).code == 0
    return deck


@pytest.mark.usefixtures("deck")
def test_adding_a_document_says_which_decks_it_is_attached_to_and_why(run: Run, article: Path) -> None:
    ran = run("source", "add", str(article))
    assert (ran.code, ran.err) == (0, "")
    assert "Added “Sleep and Memory” (sleep.txt)" in ran.out
    assert "attached to Sleep::Memory: its head names a file of this name\n    anchors: 2 found\n" in ran.out
    again = run("source", "add", str(article), "--json").json
    assert again["new"] is False
    assert again["attached"] == [{"deck": "Sleep::Memory", "by": "file", "differs": False, "anchors": {"found": 2}}]


def test_a_document_that_no_deck_names_says_how_to_attach_it(run: Run, article: Path) -> None:
    ran = run("source", "add", str(article))
    assert "No deck names it. `flashrls source add FILE --deck DECK` attaches it" in ran.out
    assert "source: {title: Sleep and Memory, file: sleep.txt, sha256: " in ran.out


@pytest.mark.usefixtures("attached")
def test_coverage_is_told_by_section_and_quoted_is_not_called_learned(run: Run) -> None:
    ran = run("source")
    assert (ran.code, ran.err) == (0, "")
    assert "3 of 4" not in ran.out
    assert "2 of 4 sentences quoted, at least in part, 1 left out on purpose" in ran.out
    assert "Quoted is not yet learned" in ran.out
    assert "[Broad] spindles mark stage N2 [of sleep in the night]." in ran.out
    assert "Related articles — not part of the text" in ran.out
    assert "no reviews yet" in ran.out


@pytest.mark.usefixtures("attached")
def test_the_whole_document_is_printed_with_marks_and_brackets(run: Run) -> None:
    lines = run("source", "Memory", "--text").out.splitlines()
    assert lines[0].split() == ["▒", "1", "Sleep", "and", "Memory"]
    assert "  1.1 · [Sleep has several stages]." in lines
    assert "  2.1 █ Memory is encoded, consolidated and brought back." in lines
    assert "  2.3 × Related articles" in lines


@pytest.mark.usefixtures("attached")
def test_a_terminal_without_utf8_gets_ascii_marks(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flashrls.cli.coverage.can_print", lambda *_: False)
    lines = run("source", "--text").out.splitlines()
    assert "  1.1 . [Sleep has several stages]." in lines
    assert "  2.1 # Memory is encoded, consolidated and brought back." in lines
    assert "  2.3 x Related articles" in lines


@pytest.mark.usefixtures("attached")
def test_json_tells_every_sentence(run: Run) -> None:
    (document,) = run("source", "--json").json["documents"]
    assert document["title"] == "Sleep and Memory"
    assert (document["sentences_counted"], document["sentences_quoted"], document["sentences_skipped"]) == (4, 2, 1)
    assert document["anchors"] == {"found": 2}
    assert [(s["number"], s["title"], s["cards"]) for s in document["sections"]] == [
        (1, "Sleep and Memory", 1),
        (2, "Learning", 3),
    ]
    spindles = document["sentences"][1]
    assert spindles["text"] == "Broad spindles mark stage N2 of sleep in the night."
    assert ARTICLE[spindles["start"] : spindles["end"]] == spindles["text"]
    assert (spindles["words"], spindles["quoted_words"], spindles["ids"]) == (10, 4, ["spindles"])
    assert spindles["untouched"] == ["Broad", "of sleep in the night"]
    assert document["sentences"][4]["skipped"] == "not part of the text"


@pytest.mark.usefixtures("attached")
@pytest.mark.parametrize(("least", "code"), [("0", 0), ("50", 0), ("50.1", 1), ("100", 1)])
def test_min_is_for_scripts(run: Run, least: str, code: int) -> None:
    """Two of the four sentences that are not skipped are quoted."""
    ran = run("source", "--min", least)
    assert ran.code == code
    assert ("are quoted in 'Sleep and Memory' (2 of 4)." in ran.err) == bool(code)


@pytest.mark.usefixtures("deck")
def test_without_a_document_it_says_how_to_attach_one(run: Run) -> None:
    ran = run("source")
    assert ran.code == 4
    assert ran.out == ""
    assert "Sleep::Memory: anchors unverified. If you have the text “Sleep and Memory”" in ran.err
    assert run("source", "--json").code == 4
    assert run("source", "Nowhere").code == 4


@pytest.mark.usefixtures("attached")
def test_documents_are_listed_and_shown(run: Run) -> None:
    assert "Sleep and Memory" in run("source", "list").out
    assert "attached to Sleep::Memory" in run("source", "list").out
    (listed,) = run("source", "list", "--json").json
    assert (listed["file"], listed["decks"]) == ("sleep.txt", ["Sleep::Memory"])
    assert run("source", "show").out == ARTICLE + "\n" * (not ARTICLE.endswith("\n\n"))
    shown = run("source", "show", "sleep.txt", "--json").json
    assert [section["title"] for section in shown["sections"]] == ["Sleep and Memory", "Learning"]
    assert run("source", "show", "other").code == 4


def test_an_empty_library_has_no_documents(run: Run) -> None:
    assert run("source", "list").out == "There are no documents yet. `flashrls source add FILE` adds one.\n"
    assert run("source", "list", "--json").json == []
    assert run("source", "show").code == 2


@pytest.mark.usefixtures("attached")
def test_an_update_tells_each_anchor_that_changed(run: Run, article: Path) -> None:
    changed = ARTICLE.replace("spindles mark stage N2", "spindles are the mark of stage N2")
    article.write_text(changed, encoding="utf-8")
    dry = run("source", "update", str(article), "--dry-run")
    assert dry.out.startswith("Would update “Sleep and Memory”. Anchors: 1 unchanged, 1 reworded.")
    ran = run("source", "update", str(article))
    assert ran.code == 0
    assert (
        "reworded   spindles: “spindles mark stage N2”\n         now “spindles are the mark of stage N2”" in ran.out
    )
    again = run("source", "update", str(article), "--json").json
    assert (again["changed"], again["found"], again["reworded"]) == (False, 1, 1)


@pytest.mark.usefixtures("attached")
def test_an_update_tells_first_what_is_lost(run: Run, article: Path) -> None:
    changed = ARTICLE.replace("spindles mark stage N2", "spindles are the mark of stage N2")
    article.write_text(changed.replace("Memory is encoded, consolidated and brought back.", ""), encoding="utf-8")
    told = run("source", "update", str(article)).out.splitlines()[1:]
    assert [line.split()[0] for line in told] == ["lost", "reworded", "now", "Read"]


@pytest.mark.usefixtures("attached")
def test_a_card_shows_where_it_comes_from(run: Run) -> None:
    assert "> spindles mark stage N2\n          Sleep and Memory, sentence 2 of 2\n" in run("show", "spindles").out


@pytest.mark.usefixtures("deck")
def test_a_card_without_its_document_says_how_to_attach_it(run: Run) -> None:
    out = run("show", "spindles").out
    assert "> spindles mark stage N2\n" in out
    assert "`flashrls source add FILE` attaches it" in out


@pytest.mark.usefixtures("attached")
def test_review_asks_only_a_section_or_a_sentence(run: Run) -> None:
    out = run("review", "--plain", "--sentence", "1.2", stdin="q\n").out
    assert "(1 left" in out
    assert "Which stage of sleep shows spindles?" in out
    assert run("review", "--plain", "--section", "Dreams").code == 4
    assert run("review", "--plain", "--sentence", "1.1").code == 4


@pytest.mark.usefixtures("attached")
def test_a_plain_review_shows_the_passage(run: Run) -> None:
    out = run("review", "--plain", "--sentence", "1.2", stdin="\no\nq\n").out
    assert "Sleep and Memory, sentence 2 of 2:\n" in out
    assert "Sleep has several stages. Broad «spindles mark stage N2» of sleep in the night." in out


@pytest.mark.usefixtures("attached")
def test_after_a_lapse_a_plain_review_offers_the_passage(run: Run) -> None:
    out = run("review", "--plain", stdin="\n1\no\nq\n").out
    assert out.index("o shows where the source says so.") < out.index("«spindles mark stage N2»")


@pytest.mark.usefixtures("attached")
def test_reviews_show_in_the_sections_and_the_weakest_sentence_is_named(run: Run) -> None:
    with freeze_time("2026-03-02 12:00"):
        run("review", "--plain", "--sentence", "1.2", stdin="\n3\n")
    with freeze_time("2026-03-03 12:00"):
        run("review", "--plain", "--sentence", "1.2", stdin="\n1\nq\n")
        out = run("source").out
    assert "too few reviews yet (0 of 1 passed, 20 are needed), 1 lapse" in out
    assert "Forgotten most often\n  1.2 ▒ 1 lapse, 0 of 1 reviews passed: Broad spindles" in out
    assert '`flashrls review "Sleep::Memory" --sentence 1.2` studies the first of them.' in out


@pytest.mark.usefixtures("attached")
def test_the_first_answer_to_a_card_is_not_called_a_review(run: Run) -> None:
    run("review", "--plain", "--sentence", "1.2", stdin="\n1\nq\n")
    out = run("source").out
    assert "known:  first answers only, 1 lapse" in out
    assert "  1.2 ▒ 1 lapse: Broad spindles" in out


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x00\x00", "text"),
        ("page.html", b"<script>alert(1)</script>", "text"),
        ("broken.pdf", b"%PDF-1.7 nonsense", "PDF"),
    ],
)
def test_a_file_that_is_no_document_is_refused_in_words(
    run: Run, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    ran = run("source", "add", str(file))
    assert ran.code == 1
    assert name in ran.err
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert run("source", "list", "--json").json == []


def test_a_file_that_is_not_there_is_told(run: Run) -> None:
    assert run("source", "add", "nowhere.txt").code == 4
    assert run("source", "update", "nowhere.txt").code == 4


def test_a_folder_is_told_to_be_one(run: Run, tmp_path: Path) -> None:
    ran = run("source", "add", str(tmp_path))
    assert (ran.code, ran.err) == (1, f"flashrls: {tmp_path}: this is a folder.\n  Name a file.\n")


def test_the_line_for_a_head_is_one_that_a_head_can_hold(run: Run, tmp_path: Path) -> None:
    """A title may hold whatever YAML makes something else of."""
    file = tmp_path / 'a "b": c #.txt'
    file.write_text('The "best" \\sleep: a #primer\n\nSleep has several stages.\n')
    line = run("source", "add", str(file)).out.splitlines()[-1].strip()
    deck = tmp_path / "d.md"
    deck.write_text(f"---\ndeck: D\n{line}\n---\n\nQ: What has sleep?\nA: several stages\n\n> several stages\n")
    assert run("import", str(deck)).code == 0
    assert run("source", "D", "--json").json["documents"][0]["title"] == 'The "best" \\sleep: a #primer'


@pytest.mark.usefixtures("deck")
def test_a_changed_text_that_is_added_is_sent_to_update(run: Run, article: Path) -> None:
    run("source", "add", str(article))
    article.write_text(ARTICLE.replace("several", "some"), encoding="utf-8")
    ran = run("source", "add", str(article))
    assert ran.code == 2
    assert "flashrls source update" in ran.err
    assert run("source", "update", str(article)).code == 0


@pytest.mark.usefixtures("deck")
def test_a_deck_that_keeps_its_document_is_told(run: Run, article: Path, tmp_path: Path) -> None:
    run("source", "add", str(article))
    other = tmp_path / "other.txt"
    other.write_text(ARTICLE.replace("several", "some"), encoding="utf-8")
    ran = run("source", "add", str(other))
    assert "Sleep::Memory names it, too, but keeps the document it has" in ran.out
    assert "No deck names it" not in ran.out
    assert run("source", "add", str(other), "--json").json["passed"] == ["Sleep::Memory"]


@pytest.mark.usefixtures("deck")
def test_a_share_that_is_no_number_is_refused(run: Run) -> None:
    assert run("source", "--min", "nan").code == 2


def test_help_tells_both_uses(run: Run) -> None:
    out = run("source", "--help").out
    assert "[DECK]" in out
    assert "update" in out
    assert "show-coverage" not in out.split("Examples")[0]


@pytest.mark.usefixtures("attached")
def test_a_document_is_removed_only_when_that_is_meant(run: Run) -> None:
    ran = run("source", "remove", "sleep.txt")
    assert (ran.code, "Say --yes if you mean it." in ran.err) == (2, True)
    assert run("source", "remove", "other.txt", "--yes").code == 4
    ran = run("source", "remove", "sleep.txt", "--yes")
    assert ran.out == (
        "Removed “Sleep and Memory” (sleep.txt); 1 deck without a document then; cards and history stay.\n"
    )
    assert run("source", "list", "--json").json == []
    assert "`flashrls source add FILE` attaches it" in run("show", "spindles").out


@pytest.mark.usefixtures("attached")
def test_a_removed_document_can_be_added_again(run: Run, article: Path) -> None:
    assert run("source", "remove", "sleep.txt", "--yes", "--json").json["file"] == "sleep.txt"
    assert run("source", "add", str(article), "--json").json["attached"][0]["anchors"] == {"found": 2}


def test_an_anchor_that_was_never_there_is_no_loss_of_an_update(run: Run, tmp_path: Path, article: Path) -> None:
    file = tmp_path / "sleep.md"
    file.write_text(HEADED.replace("> spindles mark stage N2", "> spindles are never seen"), encoding="utf-8")
    run("import", str(file))
    run("source", "add", str(article))
    article.write_text(ARTICLE.replace("Nobody knows all of it yet.", "Much is unknown."), encoding="utf-8")
    out = run("source", "update", str(article)).out
    assert "Anchors: 1 unchanged, 1 still lost." in out
    assert "  still lost spindles: “spindles are never seen”\n" in out

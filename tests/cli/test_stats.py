"""`stats`: its page, its JSON, its files to share, and what it can be narrowed down to."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from freezegun import freeze_time

from flashrls.cli.statsfiles import as_html, as_svg
from flashrls.cli.statsjson import document
from flashrls.cli.statsscope import day_of
from flashrls.cli.statswords import opening, page, summary, title
from flashrls.errors import Refused
from flashrls.progress import Progress, Totals
from flashrls.stats import Rate
from tests.cli.conftest import Run
from tests.cli.progressed import DAY, nothing, some

STUDIED = ("2026-03-02 12:00", "2026-03-03 12:00")


def sections(progress: Progress, width: int = 80) -> dict[str, list[str]]:
    return {section.heading: list(section.lines) for section in page(progress, width)}


@pytest.fixture
def studied(run: Run, sleep: Path) -> Path:
    """Two days with the deck `sleep`: three new cards, all Good but the last; on the next day three reviews."""
    for at in STUDIED:
        with freeze_time(at):
            assert run("review", "--plain", stdin="\n3\n\n3\n\n1\n\n3\n").code == 0
    return sleep


# --- the page


def test_the_page_tells_all_in_plain_words() -> None:
    told = sections(some())
    assert told["Today"] == ["  30 answers in 5:00 min: 4 new, 24 reviews (22 passed), 2 drilled"]
    assert told["Streak"] == ["  10 days; the longest was 10 days"]
    assert told["Cards"] == ["  107 cards: 60 new, 30 young, 12 mature, 3 suspended, 2 draft"]
    assert told["Answers by day, last 30 days"][0] == "  300 answers on 10 days, about 30 on each"
    assert told["Answers by day, last 30 days"][-1] == "  █ reviews  ▒ new  ░ drill and practice"
    assert told["Minutes by day, last 30 days"][0] == "  50:00 min in all, 10.0 s an answer"
    assert told["Hours of the day, last 30 days"][-1] == "  passed most at 7–8 h (95 %), least at 22–23 h (85 %)"
    assert told["Buttons, last 30 days"] == [
        "         new  young  mature  drill",
        "  Again   10     20       0      5",
        "  Hard     5     20      10      5",
        "  Good    20    100      60     10",
        "  Easy     5     20      10      0",
    ]
    assert told["Until every card was seen"][:3] == [
        "  new  days     done on      takes  deck",
        "   60    15  2026-12-07  30:00 min  Sleep::Memory",
        "    5     –       never          ?  Never",
    ]


def test_retention_comes_with_wilsons_interval_and_not_from_too_few_reviews() -> None:
    """140 of 160: 0.875, Wilson (0.815, 0.918). With the nine mature ones 149 of 169: 0.882, (0.824, 0.922)."""
    told = sections(some())["Retention, last 30 days"]
    assert told[:3] == [
        "  all     88 % (82–92)  149 of 169 passed",
        "  young   88 % (81–92)  140 of 160 passed",
        "  mature  too few: 9 of 9 passed, 20 are needed",
    ]
    few = sections(replace(some(), young=Rate(5, 7), mature=Rate(2, 2)))
    assert few["Retention, last 30 days"] == ["  too few reviews yet: 7 of 9 passed, 20 are needed"]


def test_the_forecast_tells_new_cards_apart() -> None:
    """10 + 4 today; 30 + 27 × 2 due, 15 × 4 new and 29 that come back are 173, about 6 a day."""
    told = sections(some())["The next 30 days"]
    assert told[0] == "  14 cards today; 173 cards in all, about 6 a day, if every answer is Good"
    assert told[-1] == "  █ due  ▒ new  ░ new ones coming back"


def test_few_cards_to_come_are_less_than_one_a_day() -> None:
    """One card on each of 14 days: not half a card a day. Without new ones there is nothing to tell apart."""
    few = replace(
        some(),
        forecast=tuple(
            replace(one, due=int(at < 14), new=0, returning=0) for at, one in enumerate(some().forecast)
        ),
    )
    told = sections(few)["The next 30 days"]
    assert told[0] == "  1 card today; 14 cards in all, less than one a day, if every answer is Good"
    assert told[-1].split() == ["today", "30", "Nov", "7", "Dec", "14", "Dec"]


def test_an_empty_library_says_how_to_begin_and_nothing_else() -> None:
    assert opening(nothing(), 80)[1:] == [
        "",
        "There is nothing to tell yet: `flashrls import FILE.md` brings cards in.",
    ]
    assert page(nothing(), 80) == []


def test_cards_without_an_answer_say_how_to_begin() -> None:
    fresh = replace(nothing(), cards=replace(nothing().cards, new=5))
    assert opening(fresh, 80)[1:] == ["", "Nothing was answered yet. `flashrls review` begins."]
    assert all(len(lines) == 1 for lines in sections(fresh).values())


def test_of_an_earlier_day_nobody_is_told_to_begin() -> None:
    then = replace(nothing(), is_now=False)
    assert opening(then, 80)[1:] == ["", "There was no card yet by the end of that day."]
    fresh = replace(then, cards=replace(then.cards, new=5))
    assert opening(fresh, 80)[1:] == ["", "Nothing was answered yet."]


def test_the_time_of_an_answer_is_that_of_the_period_not_the_pace() -> None:
    """3,000 s for 300 answers."""
    told = sections(replace(some(), answer_ms=12_345))
    assert told["Minutes by day, last 30 days"][0] == "  50:00 min in all, 10.0 s an answer"


def test_one_review_is_told_like_many() -> None:
    once = replace(some(), young=Rate(1, 1), mature=Rate(0, 0), intervals=((1, 1),), eases=((250, 1),))
    told = sections(once)
    assert told["Retention, last 30 days"] == ["  too few reviews yet: 1 of 1 passed, 20 are needed"]
    assert told["Intervals"][0] == "  1 day        1  " + "█" * 62


@pytest.mark.parametrize("width", [40, 60, 80, 100])
@pytest.mark.parametrize("only_ascii", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, only_ascii: bool) -> None:
    long = some("2 decks: " + "Wide::" * 30)
    lines = [
        line for section in page(long, width, only_ascii=only_ascii) for line in (section.heading, *section.lines)
    ]
    assert max(map(len, [*lines, *opening(long, width)])) <= width


def test_without_blocks_only_the_learners_own_text_is_not_ascii() -> None:
    lines = [line for section in page(some(), 60, only_ascii=True) for line in section.lines]
    assert [line for line in lines if not line.isascii()] == ["  9 lapses  What is <LTP> & co? ␛[31m{x}"]


def test_the_period_is_named_as_long_as_it_is() -> None:
    """Thirty days; from the first answer on, without its name where a line is too short for it; a day; none."""
    whole, day = some(), some().day
    assert "Hours of the day, last 30 days" in sections(whole)
    begun = replace(whole, first_on=whole.since)
    assert "Hours of the day, since 25 Oct 2026, the first answer" in sections(begun)
    assert "Hours of the day, since 25 Oct 2026" in sections(begun, 50)
    once = replace(whole, since=day, days=whole.days[-1:])
    assert "Hours of the day, today" in sections(once)
    assert "Hours of the day, that day" in sections(replace(once, is_now=False))
    assert "Hours of the day" in sections(replace(whole, first_on=None))


def test_what_did_not_happen_on_a_day_is_not_told_of_it() -> None:
    told = sections(replace(some(), today=Totals(answers=1, new=1, milliseconds=7_000)))
    assert told["Today"] == ["  1 answer in 0:07 min: 1 new"]


def test_an_earlier_day_is_named_as_such() -> None:
    assert title(some(is_now=False)) == "Progress as it stood on Monday 23 November 2026"
    assert "That day" in sections(some(is_now=False))
    assert title(some("deck Sleep")) == "Progress on Monday 23 November 2026, of deck Sleep"


# --- JSON


def test_the_json_holds_every_figure() -> None:
    told = document(some("deck Sleep"), 30)
    assert set(told) == {
        "day", "as_of", "scope", "first_on", "since", "today", "period", "days", "year", "streak", "retention",
        "hours", "buttons", "forecast", "cards", "intervals", "eases", "leeches", "rest", "pace_ms",
    }  # fmt: skip
    assert told["day"] == "2026-11-23"
    assert told["as_of"] is None
    assert told["first_on"] == "2025-11-24"
    assert told["since"] == "2026-10-25"
    assert told["scope"] == "deck Sleep"
    assert told["today"] == {
        "answers": 30, "new": 4, "reviews": 24, "passes": 22, "young": 16, "young_passes": 14, "mature": 8,
        "mature_passes": 8, "drill": 2, "practice": 0, "milliseconds": 300_000,
    }  # fmt: skip
    assert [day["day"] for day in told["days"]][::29] == ["2026-10-25", "2026-11-23"]
    assert told["year"][0] == {"day": "2025-11-24", "answers": 0}
    assert told["streak"] == {"current": 10, "longest": 10}
    assert told["retention"]["days"] == 30
    assert round(told["retention"]["young"]["share"], 3) == 0.875
    assert told["retention"]["mature"] == {"passes": 9, "reviews": 9, "share": None, "low": None, "high": None}
    assert told["hours"][7]["share"] == 0.95
    assert told["buttons"][4] == {"grade": 4, "new": 20, "young": 100, "mature": 60, "drill": 10}
    assert told["forecast"][1] == {"day": "2026-11-24", "due": 10, "returning": 1, "new": 4}
    assert told["cards"] == {"total": 105, "new": 60, "young": 30, "mature": 12, "suspended": 3, "draft": 2}
    assert told["intervals"][0] == {"interval_days": 1, "cards": 10}
    assert told["eases"][0] == {"ease": 130, "cards": 2}
    assert told["leeches"]["count"] == 1
    assert told["rest"][1] == {"deck": "Never", "new": 5, "days": None, "last_on": None, "milliseconds": None}
    assert told["pace_ms"] == 10_000


# --- files to share


def shared(progress: Progress) -> tuple[str, str]:
    parts = title(progress), summary(progress), page(progress, 80)
    return as_svg(*parts), as_html(*parts)


def test_what_is_shared_is_well_formed_and_loads_nothing() -> None:
    for text in shared(some('deck <b> & "{x}"')):
        ElementTree.fromstring(text)
        loaded = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not any(word in loaded for word in ("http", "//", "url(//", "@import", "<script", "src=", "href="))
        assert "\x1b" not in text


def test_a_picture_has_a_text_for_those_who_cannot_see_it() -> None:
    svg, html = shared(some('deck <b> & "{x}"'))
    root = ElementTree.fromstring(svg)
    space = "{http://www.w3.org/2000/svg}"
    named, text = root.find(f"{space}title"), root.find(f"{space}desc")
    assert root.get("role") == "img"
    assert named is not None
    assert named.text == 'Progress on Monday 23 November 2026, of deck <b> & "{x}"'
    assert text is not None
    assert text.text == (
        'Progress on Monday 23 November 2026, of deck <b> & "{x}". 300 answers, last 30 days. '
        "88 % of the reviews were passed. Streak: 10 days. "
        "107 cards: 60 new, 30 young, 12 mature, 3 suspended, 2 draft."
    )
    assert "What is &lt;LTP&gt; &amp; co? ␛[31m{x}" in html


# --- days


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (None, DAY),
        ("today", DAY),
        ("yesterday", date(2026, 11, 22)),
        ("7d", date(2026, 11, 16)),
        ("2w", date(2026, 11, 9)),
        ("2026-03-01", date(2026, 3, 1)),
        ("1970-01-01", date(1970, 1, 1)),
    ],
)
def test_as_of_takes_days_as_queries_do(typed: str | None, day: date) -> None:
    assert day_of(typed, DAY) == day


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("tomorrow", "2026-11-24 lies ahead: today's study day is 2026-11-23."),
        ("2027-01-01", "2027-01-01 lies ahead: today's study day is 2026-11-23."),
        ("1969-12-31", "1969-12-31 lies before 1970."),
        ("2026-02-30", "'2026-02-30' is no day."),
        ("2026-02", "'2026-02' is no day."),
        ("99999d", "'99999d' is no day."),
        ("", "'' is no day."),
        ("soon", "'soon' is no day."),
    ],
)
def test_a_day_that_is_none_is_refused(typed: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        day_of(typed, DAY)
    assert refused.value.message == words


# --- the command


@pytest.mark.usefixtures("studied")
def test_two_days_of_study_are_told(run: Run) -> None:
    with freeze_time("2026-03-03 13:00"):
        told = run("stats", "--json").json
        report = run("stats").out
    assert told["today"]["reviews"] == 3
    assert told["streak"] == {"current": 2, "longest": 2}
    assert told["period"]["new"] == 3
    assert sum(day["answers"] for day in told["days"]) == told["period"]["answers"] == 8
    assert [day["day"] for day in told["days"]] == ["2026-03-02", "2026-03-03"]
    assert told["first_on"] == told["since"] == "2026-03-02"
    assert "Answers by day, since 2 Mar 2026, the first answer" in report
    assert date.fromisoformat(told["year"][0]["day"]).weekday() == 0
    assert told["year"][-2:] == [{"day": "2026-03-02", "answers": 4}, {"day": "2026-03-03", "answers": 4}]
    assert sum(hour["answers"] for hour in told["hours"]) == 8
    assert len(told["forecast"]) == 30
    assert report.startswith("Progress on Tuesday 3 March 2026\n\nToday\n  4 answers in ")
    assert "too few reviews yet: 2 of 3 passed, 20 are needed" in report


@pytest.mark.usefixtures("studied")
def test_an_earlier_day_tells_what_was_known_then(run: Run) -> None:
    with freeze_time("2026-03-03 13:00"):
        then, now = (
            run("stats", "--json", "--as-of", "yesterday").json,
            run("stats", "--json", "--as-of", "today").json,
        )
        assert now == run("stats", "--json").json
    assert then["day"] == then["as_of"] == "2026-03-02"
    assert then["today"]["new"] == 3
    assert then["today"]["reviews"] == 0
    assert then["streak"] == {"current": 1, "longest": 1}


@pytest.mark.usefixtures("studied")
@pytest.mark.parametrize(
    ("options", "scope", "answers"),
    [
        (("--deck", "Memory"), "deck Sleep::Memory", 8),
        (("--deck", "memory", "--tag", "night"), "deck Sleep::Memory, tag night", 8),
        (("--tag", "elsewhere"), "tag elsewhere", 0),
        (("--section", "stages"), "section stages", 8),
        (("--query", "-deck:Sleep"), "-deck:Sleep", 0),
        (("--query", "is:new or interval>=1"), "is:new or interval>=1", 8),
    ],
)
def test_figures_are_narrowed_down(run: Run, options: tuple[str, ...], scope: str, answers: int) -> None:
    with freeze_time("2026-03-03 13:00"):
        told = run("stats", "--json", *options).json
    assert told["scope"] == scope
    assert told["period"]["answers"] == answers


@pytest.mark.usefixtures("sleep")
def test_a_name_of_two_decks_names_both(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("---\ndeck: Brain::Memory\n---\n\nQ: Where?\nA: Here\n", encoding="utf-8")
    run("import", str(other))
    assert run("stats", "--deck", "Memory", "--json").json["scope"] == "2 decks: Sleep::Memory, Brain::Memory"


@pytest.mark.usefixtures("sleep")
def test_decks_below_a_name_go_by_that_name(run: Run, tmp_path: Path) -> None:
    for name in ("Brain::Parts::Old", "Brain::Parts::New"):
        other = tmp_path / "other.md"
        other.write_text(f"---\ndeck: {name}\n---\n\nQ: Where is {name}?\nA: Here\n", encoding="utf-8")
        run("import", str(other))
    assert run("stats", "--deck", "brain", "--json").json["scope"] == "deck Brain"
    assert run("stats", "--deck", "old", "--json").json["scope"] == "deck Brain::Parts::Old"
    assert run("stats", "--deck", "Brain::Parts", "--json").json["scope"] == "deck Brain::Parts"


@pytest.mark.usefixtures("sleep")
@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--deck", "Slep"), 4, "There is no deck"),
        (("--query", "is:nwe"), 2, "at character 1 of 'is:nwe'"),
        (("--as-of", "tomorrow"), 2, "lies ahead"),
        (("--days", "0"), 2, "0 is not in the range"),
        (("--days", "36501"), 2, "36501 is not in the range"),
        (("--json", "--svg", "-"), 2, "can't be written at once"),
        (("--json", "--svg", ""), 2, "can't be written at once"),
        (("--svg", ""), 2, "The file needs a name."),
        (("--html", ""), 2, "The file needs a name."),
        (("--as-of", "0000"), 2, "is no day"),
        (("--as-of", "9999-12-31"), 2, "lies ahead"),
        (("--days", "-5"), 2, "-5 is not in the range"),
        (("--svg", "/dev/full"), 1, "is there already"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(run: Run, options: tuple[str, ...], code: int, words: str) -> None:
    ran = run("stats", *options)
    assert ran.code == code
    assert words in ran.err
    assert ran.out == ""


def test_a_library_without_cards_says_how_to_begin(run: Run) -> None:
    assert "`flashrls import FILE.md` brings cards in." in run("stats").out
    assert run("stats", "--json").json["cards"]["total"] == 0


@pytest.mark.usefixtures("studied")
def test_the_page_at_60_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    with freeze_time("2026-03-03 13:00"):
        report = run("stats", "--days", "365").out
    assert max(map(len, report.splitlines())) <= 60


@pytest.mark.usefixtures("studied")
@pytest.mark.parametrize("kind", ["svg", "html"])
def test_a_file_is_written_whole_and_never_over_another(run: Run, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"page.{kind}"
    ran = run("stats", f"--{kind}", str(file))
    assert ran.code == 0
    assert ran.out == ""
    ElementTree.fromstring(file.read_text(encoding="utf-8"))
    assert run("stats", f"--{kind}", "-").out.startswith(("<svg", "<!DOCTYPE html>"))
    file.write_text("mine", encoding="utf-8")
    again = run("stats", f"--{kind}", str(file))
    assert again.code == 1
    assert "this file is there already; it was not touched" in again.err
    assert file.read_text(encoding="utf-8") == "mine"
    nowhere = run("stats", f"--{kind}", str(tmp_path / "no" / "page"))
    assert nowhere.code == 1
    assert "the file can't be written" in nowhere.err


@pytest.mark.usefixtures("sleep")
def test_json_needs_neither_plots_nor_sqlalchemy(library_path: Path) -> None:
    code = (
        "import sys; from flashrls.cli import main; main(['stats', '--json']); "
        "print(*{'plotext', 'sqlalchemy', 'rich.console'} & set(sys.modules), file=sys.stderr)"
    )
    for command in (["-m", "flashrls", "due"], ["-c", code]):
        ran = subprocess.run(
            [sys.executable, *command],
            env={"FLASHRLS_DB": str(library_path)},
            capture_output=True,
            text=True,
            check=True,
        )
    assert ran.stderr == "\n"

"""The language that finds cards."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.errors import BadQuery
from flashrls.query import EVERYTHING, STATES, AllOf, AnyOf, Not, Query, Term, parse_query, terms_of

KNOWN = (
    "deck:, tag:, is:, section:, id:, search:, "
    "ease:, interval:, lapses:, reviews:, due:, reviewed:, added:, edited:"
)
DAY_MEND = "Write {0}<=2026-12-01, 2026-12, today, yesterday, tomorrow, or 7d, 2w, 1y as in {0}:7d."


def word(text: str) -> Term:
    return Term("text", text)


def phrase(text: str) -> Term:
    return Term("text", text, exact=True)


def both(*parts: Query) -> AllOf:
    return AllOf(parts)


def either(*parts: Query) -> AnyOf:
    return AnyOf(parts)


TWO = both(word("a"), word("b"))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", EVERYTHING),
        ("  \t\n", EVERYTHING),
        ("meer", word("meer")),
        ("meer tief", both(word("meer"), word("tief"))),
        ('"tiefes meer"', phrase("tiefes meer")),
        ('"tiefes meer', phrase("tiefes meer")),
        ('"or"', phrase("or")),
        ('"deck:x"', phrase("deck:x")),
        ("-meer", Not(word("meer"))),
        ('-"tiefes meer"', Not(phrase("tiefes meer"))),
        ("-", word("-")),
        ("a - b", both(word("a"), word("-"), word("b"))),
        ("--x", Not(word("-x"))),
        ("salz-wasser", word("salz-wasser")),
        ("deck:meer", Term("deck", "meer")),
        ("deck:Meer::Tiefe", Term("deck", "Meer::Tiefe")),
        ('deck:"Das Meer::Tiefe"', Term("deck", "Das Meer::Tiefe")),
        ("-deck:meer", Not(Term("deck", "meer"))),
        ("tag:geo section:Gräben", both(Term("tag", "geo"), Term("section", "Gräben"))),
        ("is:due -is:new", both(Term("is", "due"), Not(Term("is", "new")))),
        ("a or b", either(word("a"), word("b"))),
        ("a OR b c", either(word("a"), both(word("b"), word("c")))),
        ("a b or -c or d", either(TWO, Not(word("c")), word("d"))),
        ("-or", Not(word("or"))),
        ("oreo", word("oreo")),
        ("(a b)", TWO),
        ("(a or b) c", both(either(word("a"), word("b")), word("c"))),
        ("-(a or b)", Not(either(word("a"), word("b")))),
        ("-(a -(b))", Not(both(word("a"), Not(word("b"))))),
        ("(a)or(b)", either(word("a"), word("b"))),
        ("((a) (b or c))", both(word("a"), either(word("b"), word("c")))),
        ("f(x)", word("f(x)")),
        ("(f(x) or f(y))", either(word("f(x)"), word("f(y)"))),
        (":)", word(":)")),
        ('"(a"', phrase("(a")),
        ("ease<2", Term("ease", 200, "<")),
        ("ease<=2.5", Term("ease", 250, "<=")),
        ("ease>=1.35", Term("ease", 135, ">=")),
        ("ease=2.05", Term("ease", 205, "=")),
        ("-ease>2", Not(Term("ease", 200, ">"))),
        ("ease:1.3..2", both(Term("ease", 130, ">="), Term("ease", 200, "<="))),
        ("interval>21", Term("interval", 21, ">")),
        ("interval:7..", Term("interval", 7, ">=")),
        ("interval:..7", Term("interval", 7, "<=")),
        ("lapses=0", Term("lapses", 0, "=")),
        ("lapses:3", Term("lapses", 3, "=")),
        ("reviews>=10", Term("reviews", 10, ">=")),
        ("12:30", word("12:30")),
        ("::", word("::")),
        ("x<3", word("x<3")),
        ("p<0.05", word("p<0.05")),
        ("easy", word("easy")),
        ('is:"due"', Term("is", "due")),
        ("id:spindles#1", Term("id", "spindles#1")),
        ("due<=2026-12-01", Term("due", date(2026, 12, 1), "<=")),
        ("due=2026-12-01", Term("due", date(2026, 12, 1), "=")),
        ("due:2026-12", both(Term("due", date(2026, 12, 1), ">="), Term("due", date(2026, 12, 31), "<="))),
        ("due<2026-12", Term("due", date(2026, 12, 1), "<")),
        ("due<=2026-12", Term("due", date(2026, 12, 31), "<=")),
        ("due>2024-02", Term("due", date(2024, 2, 29), ">")),
        ("due<=9999-12", Term("due", date(9999, 12, 31), "<=")),
        ("due>9999", Term("due", date(9999, 12, 31), ">")),
        ("added:2025", both(Term("added", date(2025, 1, 1), ">="), Term("added", date(2025, 12, 31), "<="))),
        ("due:today", Term("due", 0, "=")),
        ("due:tomorrow", Term("due", 1, "=")),
        ("edited>=yesterday", Term("edited", -1, ">=")),
        ("added>=today", Term("added", 0, ">=")),
        ("reviewed:7d", both(Term("reviewed", -6, ">="), Term("reviewed", 0, "<="))),
        ("reviewed:1d", Term("reviewed", 0, "=")),
        ("added:2w", both(Term("added", -13, ">="), Term("added", 0, "<="))),
        ("added>30d", Term("added", -30, "<")),
        ("reviewed<=1m", Term("reviewed", -30, ">=")),
        ("due:7d", both(Term("due", 0, ">="), Term("due", 6, "<="))),
        ("due<=7d", Term("due", 7, "<=")),
        ("due>1y", Term("due", 365, ">")),
        ("reviewed:30d..7d", both(Term("reviewed", -30, ">="), Term("reviewed", -7, "<="))),
        ("reviewed:2026-01..2026-02-15",
         both(Term("reviewed", date(2026, 1, 1), ">="), Term("reviewed", date(2026, 2, 15), "<="))),
    ],
)  # fmt: skip
def test_queries(text: str, query: Query) -> None:
    assert parse_query(text) == query


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_known(state: str) -> None:
    assert parse_query(f"is:{state}") == Term("is", state)


def test_a_saved_search_stands_for_its_query() -> None:
    searches = {"hard": "is:leech or ease<1.6", "mine": "search:hard -tag:easy"}
    hard = either(Term("is", "leech"), Term("ease", 160, "<"))
    assert parse_query("search:hard deck:x", searches) == both(hard, Term("deck", "x"))
    assert parse_query("search:mine", searches) == both(hard, Not(Term("tag", "easy")))


def test_a_saved_search_that_finds_itself_is_refused() -> None:
    with pytest.raises(BadQuery, match="the saved search 'a' finds itself at character 1 of 'search:a'"):
        parse_query("search:a", {"a": "search:b", "b": "search:a"})


@pytest.mark.parametrize(
    ("query", "message", "mend"),
    [
        (
            "meer is:fällig",
            "unknown state 'fällig' at character 6 of 'meer is:fällig'.",
            "Known are new, due, drill, young, mature, suspended, buried, draft, leech, unverified.",
        ),
        (
            "a -stapel:x",
            "unknown prefix 'stapel:' at character 4 of 'a -stapel:x'.",
            f'Known are {KNOWN}; to search for the text, write "stapel:x".',
        ),
        (
            "https://example.org",
            "unknown prefix 'https:' at character 1 of 'https://example.org'.",
            f'Known are {KNOWN}; to search for the text, write "https://example.org".',
        ),
        ("deck:", "nothing behind 'deck:' at character 1 of 'deck:'.", "Write what to look for, as in deck:word."),
        (
            'tag:""',
            "nothing behind 'tag:' at character 1 of 'tag:\"\"'.",
            "Write what to look for, as in tag:word.",
        ),
        (
            "or a",
            "'or' with nothing before it at character 1 of 'or a'.",
            'Write it between two conditions, or "or".',
        ),
        (
            "a or",
            "'or' with nothing behind it at character 3 of 'a or'.",
            'Write it between two conditions, or "or".',
        ),
        (
            "a or or b",
            "'or' with nothing before it at character 6 of 'a or or b'.",
            'Write it between two conditions, or "or".',
        ),
        (
            "ease<leicht",
            "'leicht' is no ease at character 6 of 'ease<leicht'.",
            "Write it as in ease<2 or ease<2.3.",
        ),
        (
            "-ease<2.505",
            "'2.505' is no ease at character 7 of '-ease<2.505'.",
            "Write it as in ease<2 or ease<2.3.",
        ),
        (
            "x interval>=2.5",
            "'2.5' is no whole number at character 13 of 'x interval>=2.5'.",
            "Write it as in interval>3.",
        ),
        ("(a", "'(' that is never closed at character 1 of '(a'.", "Write ')' where it ends, or put it in quotes."),
        ("a )", "')' without a '(' before it at character 3 of 'a )'.", "Take it away, or put it in quotes."),
        ("(a))", "')' without a '(' before it at character 4 of '(a))'.", "Take it away, or put it in quotes."),
        (
            "a ()",
            "'(' with nothing inside at character 3 of 'a ()'.",
            "Write a condition, or put the parentheses in quotes.",
        ),
        (
            "(a or)",
            "'or' with nothing behind it at character 4 of '(a or)'.",
            'Write it between two conditions, or "or".',
        ),
        ("due<2026-13", "'2026-13' is no day at character 5 of 'due<2026-13'.", DAY_MEND.format("due")),
        ("x added:gestern", "'gestern' is no day at character 9 of 'x added:gestern'.", DAY_MEND.format("added")),
        ("x due<=", "a day is missing at character 8 of 'x due<='.", DAY_MEND.format("due")),
        ("due:99999d", "'99999d' is no day at character 5 of 'due:99999d'.", DAY_MEND.format("due")),
        ("due:0000-01-01", "'0000-01-01' is no day at character 5 of 'due:0000-01-01'.", DAY_MEND.format("due")),
        (
            "due:2026-02..2026-01",
            "a range that ends before it begins at character 5 of 'due:2026-02..2026-01'.",
            "Write it as in due:2026-11-01..2026-11-15.",
        ),
        (
            "interval:..",
            "a range without ends at character 10 of 'interval:..'.",
            "Write one, as in interval:7..30.",
        ),
        (
            "intervall>3",
            "'intervall' can't be compared at character 1 of 'intervall>3'.",
            'Known are ease, interval, lapses, reviews, due, reviewed, added, edited; a text: "intervall>3".',
        ),
        ("search:x", "no saved search 'x' at character 1 of 'search:x'.", "Saved are: none yet."),
        ("lapses>", "'' is no whole number at character 8 of 'lapses>'.", "Write it as in lapses>3."),
        ("lapses>-1", "'-1' is no whole number at character 8 of 'lapses>-1'.", "Write it as in lapses>3."),
    ],
)
def test_what_does_not_parse_says_where_and_what_to_write(query: str, message: str, mend: str) -> None:
    with pytest.raises(BadQuery) as raised:
        parse_query(query)
    assert (raised.value.message, raised.value.mend, raised.value.exit_code) == (message, mend, 2)


@settings(deadline=None)
@given(st.text(alphabet=' -"():or<>=isdueckagx19.\t', max_size=30) | st.text(max_size=30))
def test_any_text_is_a_query_or_a_bad_one(text: str) -> None:
    try:
        query = parse_query(text)
    except BadQuery as error:
        assert error.mend
    else:
        assert query == EVERYTHING or list(terms_of(query))


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abcäß札[]*%_'\\", min_size=1, max_size=6), min_size=2, max_size=4))
def test_words_are_taken_as_they_are(words: list[str]) -> None:
    assert parse_query(" ".join(words)) == both(*map(word, words))
    assert parse_query(f'"{" ".join(words)}"') == phrase(" ".join(words))


def test_deep_and_long_queries_are_refused_in_words() -> None:
    with pytest.raises(BadQuery, match="more than 8 parentheses or saved searches in one another at character 9"):
        parse_query("(" * 50 + "a" + ")" * 50)
    with pytest.raises(BadQuery, match="more than 200 conditions"):
        parse_query("a " * 201)


def test_saved_searches_share_the_limits_of_the_query_that_names_them() -> None:
    """Each finds the next one twice, so that fourteen would make sixteen thousand conditions."""
    doubled = {f"s{at}": f"search:s{at + 1} search:s{at + 1}" for at in range(7)} | {"s7": "a"}
    with pytest.raises(BadQuery, match="more than 200 conditions"):
        parse_query("search:s0", doubled)
    chained = {f"s{at}": f"search:s{at + 1}" for at in range(8)} | {"s8": "a"}
    assert parse_query("search:s1", chained) == word("a")
    with pytest.raises(BadQuery, match="more than 8 parentheses or saved searches in one another"):
        parse_query("search:s0", chained)
    with pytest.raises(BadQuery, match="more than 8 parentheses or saved searches in one another"):
        parse_query("(search:s1)", chained)


@pytest.mark.parametrize("text", ["a b\0c", "a b\udcff", 'a "\ud800"'])
def test_what_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(BadQuery, match="what is no text at character 4"):
        parse_query(text)

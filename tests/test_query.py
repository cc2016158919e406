"""The language that finds cards."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashrls.errors import BadQuery
from flashrls.query import Term, parse_query


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        ("", [[]]),
        ("  \t\n", [[]]),
        ("meer", [[Term("text", "meer")]]),
        ("meer tief", [[Term("text", "meer"), Term("text", "tief")]]),
        ('"tiefes meer"', [[Term("text", "tiefes meer")]]),
        ('"tiefes meer', [[Term("text", "tiefes meer")]]),
        ('"or"', [[Term("text", "or")]]),
        ('"deck:x"', [[Term("text", "deck:x")]]),
        ("-meer", [[Term("text", "meer", negated=True)]]),
        ('-"tiefes meer"', [[Term("text", "tiefes meer", negated=True)]]),
        ("-", [[Term("text", "-")]]),
        ("--x", [[Term("text", "-x", negated=True)]]),
        ("salz-wasser", [[Term("text", "salz-wasser")]]),
        ("deck:meer", [[Term("deck", "meer")]]),
        ("deck:Meer::Tiefe", [[Term("deck", "Meer::Tiefe")]]),
        ('deck:"Das Meer::Tiefe"', [[Term("deck", "Das Meer::Tiefe")]]),
        ("-deck:meer", [[Term("deck", "meer", negated=True)]]),
        ("tag:geo section:Gräben", [[Term("tag", "geo"), Term("section", "Gräben")]]),
        ("is:due -is:new", [[Term("is", "due"), Term("is", "new", negated=True)]]),
        ("a or b", [[Term("text", "a")], [Term("text", "b")]]),
        ("a OR b c", [[Term("text", "a")], [Term("text", "b"), Term("text", "c")]]),
        ("a b or -c or d", [
            [Term("text", "a"), Term("text", "b")], [Term("text", "c", negated=True)], [Term("text", "d")]
        ]),
        ("-or", [[Term("text", "or", negated=True)]]),
        ("oreo", [[Term("text", "oreo")]]),
        ("ease<2", [[Term("ease", 200, "<")]]),
        ("ease<=2.5", [[Term("ease", 250, "<=")]]),
        ("ease>=1.35", [[Term("ease", 135, ">=")]]),
        ("ease=2.05", [[Term("ease", 205, "=")]]),
        ("-ease>2", [[Term("ease", 200, ">", negated=True)]]),
        ("interval>21", [[Term("interval", 21, ">")]]),
        ("lapses=0", [[Term("lapses", 0, "=")]]),
        ("reviews>=10", [[Term("reviews", 10, ">=")]]),
        ("12:30", [[Term("text", "12:30")]]),
        ("::", [[Term("text", "::")]]),
        ("x<3", [[Term("text", "x<3")]]),
        ("easy", [[Term("text", "easy")]]),
        ('is:"due"', [[Term("is", "due")]]),
    ],
)  # fmt: skip
def test_queries(query: str, groups: list[list[Term]]) -> None:
    assert parse_query(query) == tuple(tuple(group) for group in groups)


@pytest.mark.parametrize("state", ["new", "due", "drill", "suspended", "buried", "draft", "leech"])
def test_every_state_is_known(state: str) -> None:
    assert parse_query(f"is:{state}") == ((Term("is", state),),)


@pytest.mark.parametrize(
    ("query", "message", "mend"),
    [
        (
            "meer is:fällig",
            "unknown state 'fällig' at character 6 of 'meer is:fällig'.",
            "Known are new, due, drill, suspended, buried, draft, leech.",
        ),
        (
            "a -stapel:x",
            "unknown prefix 'stapel:' at character 4 of 'a -stapel:x'.",
            'Known are deck:, tag:, is:, section:; to search for the text, write "stapel:x".',
        ),
        (
            "https://example.org",
            "unknown prefix 'https:' at character 1 of 'https://example.org'.",
            'Known are deck:, tag:, is:, section:; to search for the text, write "https://example.org".',
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
        ("lapses>", "'' is no whole number at character 8 of 'lapses>'.", "Write it as in lapses>3."),
        ("lapses>-1", "'-1' is no whole number at character 8 of 'lapses>-1'.", "Write it as in lapses>3."),
    ],
)
def test_what_does_not_parse_says_where_and_what_to_write(query: str, message: str, mend: str) -> None:
    with pytest.raises(BadQuery) as raised:
        parse_query(query)
    assert (raised.value.message, raised.value.mend, raised.value.exit_code) == (message, mend, 2)


@settings(deadline=None)
@given(st.text(alphabet=' -":or<>=isdeckagx19.\t', max_size=30) | st.text(max_size=30))
def test_any_text_is_a_query_or_a_bad_one(text: str) -> None:
    try:
        groups = parse_query(text)
    except BadQuery as error:
        assert error.mend
    else:
        assert all(groups) or groups == ((),)


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abcäß札()[]*%_'\\", min_size=1, max_size=6), min_size=1, max_size=4))
def test_words_are_taken_as_they_are(words: list[str]) -> None:
    assert parse_query(" ".join(words)) == (tuple(Term("text", word) for word in words),)
    assert parse_query(f'"{" ".join(words)}"') == ((Term("text", " ".join(words)),),)

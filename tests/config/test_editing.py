"""A file of settings changed in one place."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.config.editing import template, with_value, without_value
from flashrls.config.registry import SETTINGS
from flashrls.errors import FlashrlsError

MINE = """# My settings

new_per_day = 5   # not more!
fuzz=true

# the hard one
[decks.Iron] # since May
new_per_day = 1 # few

[keys]
undo = "u" # like vi
# the end
"""


def test_a_value_changes_and_its_comment_stays() -> None:
    assert with_value(MINE, ("new_per_day",), 6) == MINE.replace("= 5 ", "= 6 ")
    assert with_value(MINE, ("decks", "Iron", "new_per_day"), 2) == MINE.replace("= 1 ", "= 2 ")
    assert with_value(MINE, ("keys", "undo"), "z,x") == MINE.replace('"u"', '"z,x"')


def test_a_new_setting_stands_above_the_tables() -> None:
    after = with_value(MINE, ("theme",), "nord")
    assert after.index('theme = "nord"') < after.index("[decks.Iron]")
    lines = [line for line in after.splitlines() if line]
    lines.remove('theme = "nord"')
    assert lines == [line for line in MINE.splitlines() if line]


def test_a_deck_gets_its_table() -> None:
    after = with_value("fuzz = true\n", ("decks", "A::B", "new_per_day"), 0)
    assert tomllib.loads(after) == {"fuzz": True, "decks": {"A::B": {"new_per_day": 0}}}


def test_a_setting_taken_out_leaves_all_comments_of_other_lines() -> None:
    assert without_value(MINE, ("keys", "undo")) == MINE.replace('undo = "u" # like vi\n', "")
    assert without_value(MINE, ("fuzz",)) == MINE.replace("fuzz=true\n", "")
    assert without_value(MINE, ("theme",)) == MINE
    assert without_value(MINE, ("decks", "Gold", "new_per_day")) == MINE


def test_in_the_template_a_setting_stands_below_its_explanation() -> None:
    after = with_value(template(), ("fuzz",), True)
    assert "\n# fuzz = false\nfuzz = true\n\n" in after
    assert after.replace("\nfuzz = true", "") == template()
    assert with_value(after, ("fuzz",), False) == after.replace("fuzz = true", "fuzz = false")


def test_what_can_not_be_changed_without_harm_is_refused() -> None:
    with pytest.raises(FlashrlsError, match="'new_per_day' can't be changed without touching other lines"):
        with_value("decks = {A = {new_per_day = 1}}\n", ("decks", "B", "new_per_day"), 1)


_PLACES = st.one_of(
    st.sampled_from(sorted(SETTINGS)).map(lambda name: (name,)),
    st.tuples(st.just("decks"), st.text(st.characters(codec="utf-8"), min_size=1), st.just("new_per_day")),
    st.tuples(st.just("keys"), st.sampled_from(["undo", "redo", "why-not"])),
)
_VALUES = st.one_of(st.booleans(), st.integers(-(10**6), 10**6), st.text(st.characters(codec="utf-8")))


@given(
    st.sampled_from(["", MINE, template(), "# only\r\nfuzz = true\r\n"]),
    st.lists(st.tuples(_PLACES, _VALUES), max_size=4),
)
def test_what_is_set_reads_back_and_every_comment_survives(
    source: str, changes: list[tuple[tuple[str, ...], str | int | bool]]
) -> None:
    text, wanted = source, tomllib.loads(source)
    for place, value in changes:
        text = with_value(text, place, value)
        inner = wanted
        for key in place[:-1]:
            inner = inner.setdefault(key, {})
        inner[place[-1]] = value
    assert tomllib.loads(text) == wanted
    for comment in (line[line.index("#") :].strip() for line in source.splitlines() if "#" in line):
        assert comment in text
    for place, _ in changes:
        text = without_value(text, place)
    told = tomllib.loads(text)
    for place, _ in changes:
        inner = told
        for key in place[:-1]:
            inner = inner[key]
        assert place[-1] not in inner

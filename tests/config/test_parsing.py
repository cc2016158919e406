"""What a file of settings says, and how its faults are told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashrls.config.editing import template
from flashrls.config.parsing import parse_config
from flashrls.config.registry import OF_STUDY, SETTINGS
from flashrls.config.values import ScreenSettings
from flashrls.settings import DeckLimits, Settings, settings_from


def told(source: str) -> list[tuple[int | None, str, str, str]]:
    """The faults of a file: line, key, what is wrong, the mend."""
    faults = parse_config(source, "config.toml").faults
    return [(fault.line, fault.key, fault.message, fault.mend) for fault in faults]


def test_an_empty_file_chooses_nothing() -> None:
    config = parse_config("# nothing\n", "config.toml")
    assert (dict(config.chosen), config.screen, config.faults) == ({}, ScreenSettings(), ())


def test_a_file_chooses_settings_limits_of_decks_and_keys() -> None:
    config = parse_config(
        """
        new_per_day = 5
        time_zone = "Europe/Berlin"
        lapse_ease = "keep"
        fuzz = true
        theme = "contrast"
        ascii = true
        [decks."Sleep::Memory"]
        new_per_day = 3
        [decks.Iron]
        reviews_per_day = 0
        [keys]
        undo = "u,ctrl+z"
        """,
        "config.toml",
    )
    assert config.faults == ()
    assert settings_from({}, config.chosen) == Settings(
        new_per_day=5,
        time_zone="Europe/Berlin",
        lapse_ease="keep",
        fuzz=True,
        decks=(DeckLimits("Sleep::Memory", 3), DeckLimits("Iron", None, 0)),
    )
    assert config.screen == ScreenSettings("contrast", ascii=True, keys={"undo": "u,ctrl+z"})


@pytest.mark.parametrize(
    ("source", "line", "key", "message", "mend"),
    [
        (
            '# mine\n\nnew_per_day = "many"\n',
            3,
            "new_per_day",
            'new_per_day can\'t be "many"; the default, 20, counts.',
            "It takes a whole number from 0 to 9999.",
        ),
        (
            "fuzz = true\nrollover_hour = 24",
            2,
            "rollover_hour",
            "rollover_hour can't be 24; the default, 4, counts.",
            "It takes a whole number from 0 to 23.",
        ),
        (
            "reviews_per_day = true",
            1,
            "reviews_per_day",
            "reviews_per_day can't be true; the default, 200, counts.",
            "It takes a whole number from 0 to 99999.",
        ),
        (
            "maximum_interval = 0",
            1,
            "maximum_interval",
            "maximum_interval can't be 0; the default, 36500, counts.",
            "It takes a whole number from 1 to 36500.",
        ),
        (
            'lapse_ease = "drop"',
            1,
            "lapse_ease",
            'lapse_ease can\'t be "drop"; the default, change, counts.',
            'It takes "change" or "keep".',
        ),
        (
            "grades = [\n 1,\n 2,\n]",
            1,
            "grades",
            "grades can't be a list; the default, four, counts.",
            'It takes "four" or "sm2".',
        ),
        (
            "\nnew_per_dy = 1",
            2,
            "new_per_dy",
            "There is no setting 'new_per_dy'.",
            "Did you mean new_per_day or reviews_per_day?",
        ),
        ("xyzzy = 1", 1, "xyzzy", "There is no setting 'xyzzy'.", "`flashrls config list` tells all settings."),
        (
            '[keys]\nundo = "u"\n\n# colours\ntheme = "light"',
            5,
            "keys.theme",
            "There is no setting 'theme' of the keys.",
            "It is one of the whole program's: write it above the first line in [brackets].",
        ),
        (
            '[decks."A::B"]\nfuzz = true',
            2,
            'decks."A::B".fuzz',
            "There is no setting 'fuzz' of a deck.",
            "It is one of the whole program's: write it above the first line in [brackets].",
        ),
        (
            "decks.A.new_per_day = -1",
            1,
            "decks.A.new_per_day",
            "new_per_day can't be -1; the deck has no limit of its own.",
            "It takes a whole number from 0 to 9999.",
        ),
        (
            'x = """\n[keys]\nundo = 1\n"""\n[keys]\n\nundo = 1',
            7,
            "keys.undo",
            "undo can't be 1; its keys stay as they are.",
            'It takes keys with commas between them, such as "u,ctrl+z".',
        ),
    ],
)
def test_a_fault_is_told_with_line_key_and_what_is_allowed(
    source: str, line: int, key: str, message: str, mend: str
) -> None:
    assert told(source)[-1] == (line, key, message, mend)


def test_a_zone_is_offered_by_its_city() -> None:
    ((line, _, _, mend),) = told('time_zone = "berlin"')
    assert line == 1
    assert mend.startswith("Did you mean Europe/Berlin? ")


@pytest.mark.parametrize("zone", ["Europe", "../../etc/passwd", "/etc/localtime", "\\u0000", "x" * 5000, "ü"])
def test_what_is_no_zone_is_a_fault(zone: str) -> None:
    assert [fault[:2] for fault in told(f'time_zone = "{zone}"')] == [(1, "time_zone")]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a = 1\nb = \n", 2),
        ("fuzz = true\nfuzz = true\n", 2),
        ("a = '''\n\nopen", 3),
        ("\x1b[31m", 1),
        ("a = " + "[" * 100_000, None),
        ("a = " + "9" * 5_000, None),
    ],
)
def test_what_is_no_toml_is_one_fault_and_nothing_is_chosen(source: str, line: int | None) -> None:
    config = parse_config("new_per_day = 3\n" + source, "config.toml")
    assert [(fault.line, fault.key) for fault in config.faults] == [(line and line + 1, "")]
    assert not config.chosen
    assert not config.is_toml


def test_what_is_right_beside_a_fault_is_taken() -> None:
    config = parse_config('new_per_day = "x"\nreviews_per_day = 9\n[decks.A]\nnew_per_day = 2\nx = 1\n', "c")
    assert dict(config.chosen) == {"reviews_per_day": 9, "decks": (DeckLimits("A", 2),)}


def test_the_template_sets_nothing_and_without_its_marks_every_default() -> None:
    assert parse_config(template(), "c") == parse_config("", "c")
    config = parse_config(re.sub(r"(?m)^# (?=[a-z_]+ = |\[)", "", template()), "c")
    assert config.faults == ()
    assert dict(config.given) == {name: definition.default for name, definition in SETTINGS.items()}
    assert config.chosen["decks"] == (DeckLimits("Sleep::Memory", 5),)


def test_every_setting_is_a_field_of_the_study_or_of_the_screens() -> None:
    study = set(Settings.__dataclass_fields__) - {"decks", "searches"}
    assert study == OF_STUDY
    assert set(ScreenSettings.__dataclass_fields__) - {"keys"} == set(SETTINGS) - OF_STUDY


_WORDS = st.sampled_from(
    [
        *(*SETTINGS, "decks", "keys", "undo", "[keys]", '[decks."A::B"]', " ", "\n", "\r\n", "9" * 50),
        *("[", "]", "{", "}", ".", ",", "=", "#", '"', "'''", "true", "-1", "3", "1979-05-27", "nan", "inf"),
        *("é", "\x1b", "\u202e", "0xff"),
    ]
)


@given(st.one_of(st.text(), st.lists(_WORDS).map("".join), st.lists(_WORDS, max_size=12).map(" ".join)))
def test_no_text_makes_reading_raise_and_what_is_taken_is_allowed(source: str) -> None:
    config = parse_config(source, "config.toml")
    for name, value in config.given.items():
        assert SETTINGS[name].kind.accepts(value)
    lines = source.count("\n") + 1
    for fault in config.faults:
        assert fault.line is None or 1 <= fault.line <= lines
        assert "\x1b" not in str(fault)
        assert "\u202e" not in str(fault)


@given(st.integers(0, 20), st.sampled_from(["", "# note", "x = '''\nfuzz = 3\n'''"]))
def test_the_line_of_a_fault_is_where_the_key_stands(before: int, other: str) -> None:
    above = f"{other}\n" + "\n" * before
    ((*_, (line, key, _, _)),) = (told(f"{above}fuzz = 3 # here\n"),)
    assert (line, key) == (above.count("\n") + 1, "fuzz")


def test_saved_searches_are_taken_in_their_order() -> None:
    config = parse_config('[searches]\nhard = "is:leech"\n"my own" = "tag:x (a or b)"\n', "c.toml")
    assert config.faults == ()
    assert config.chosen["searches"] == (("hard", "is:leech"), ("my own", "tag:x (a or b)"))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('searches = "is:leech"', 'searches can\'t be "is:leech"; it is left out.'),
        ("[searches]\nhard = 3", "hard can't be 3; it is left out."),
        ("[searches]\nhard = ' '", 'hard can\'t be ""; it is left out.'),
        ("[searches]\n' hard' = \"a\"", "This can't be the name of a search."),
        ('[searches]\n\'a"b\' = "a"', "This can't be the name of a search."),
    ],
)
def test_what_is_no_saved_search_is_told_and_left_out(source: str, message: str) -> None:
    config = parse_config(source, "c.toml")
    assert [fault.message for fault in config.faults] == [message]
    assert "searches" not in config.chosen

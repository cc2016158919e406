"""Words as the lint compares them: stems without glue, hedges, negations. These lists know English only."""

from __future__ import annotations

import re
from functools import lru_cache

from flashrls.anchors.fold import fold

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_POSSESSIVE = re.compile("'[sS]?$")
_MONTH = re.compile(r"(?<=[^\W_])([,;]?\s+)May\b|\bMay(?=\s+\d)")
"""The month, which is no hedge: a hedge has a capital only where a sentence begins."""

_JOINTS = str.maketrans("‐‑‒–—―−-/", " " * 9)
_DASHES = str.maketrans("–—―", "   ")
_STEM_LENGTH = 6
_SHORT = 4
_DOUBLING = ("ed", "er", "ing")
_ENDINGS = (
    *("ation", "ating", "ative", "ator", "ance", "ence", "ment", "ant", "ent", "ity", "ion", "ering", "ing"),
    *("ated", "ate", "ergic", "edly", "ered", "erer", "ed", "er", "ly", "e", "y"),
)
"""Endings that are cut off, the first that fits, as long as three letters stay: produce, production."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


GLUE = _set(
    "a about after all also among an and any are as at be because been before being between both but by can could "
    "did do does doing done during each either for from had has have having he her him his how i if in into is it "
    "its just like made make makes many may me might more most much must my neither no nor not of off on once "
    "only onto or other others our out over own per rather same she should since so some such than that the their "
    "them then there these they this those through thus to too under until up upon us very via was we were what "
    "when where whether which while who whom whose why will with within without would yes you your"
)
"""Words that carry no content of their own."""

HEDGES = _set(
    "apparently appear appears appeared assumed belief believe believed can considered could debated evidence "
    "findings generally hint hints hypothesis hypothesized idea indicate indicated indicates indicating likely "
    "mainly may might mostly normally often partly perhaps possible possibly potential potentially presumably "
    "probable probably proposed regarded risk seem seemed seemingly seems sometimes suggest suggested suggesting "
    "suggests suspected tend tends theorized theory thought typically uncertain unclear unknown usually would"
)
"""Words of a card that keep what a source says with reserve."""

SOURCE_HEDGES = _set(
    "apparently appear appears believed can could debated generally hypothesized likely may might normally often "
    "perhaps possibly potentially presumably probably seem seems sometimes suggest suggested suggests suspected "
    "tend tends theorized thought typically unclear usually"
)
"""Words of a source that say something with reserve."""

NEAR_NEGATIONS = _set("barely hardly rarely scarcely seldom")
"""Words of a source that nearly deny something."""

SOURCE_NEGATIONS = NEAR_NEGATIONS | _set("cannot neither never no nobody none nor not nothing without")
"""Words of a source that deny something, or nearly; `n't` is one, too."""

NEGATIONS = SOURCE_NEGATIONS | _set(
    "absent absence against avoid cease ceased deny denied differ different differs except exclude excluded "
    "excludes fail failed failing fails failure free inability instead lack lacking lacks less loss lost "
    "missing opposite prevent prevented prevents rather refuse refused spared stop stops unable unlike unlikely"
)
"""Words of a card that keep a denial."""

ABILITIES = _set(
    "ability able allow allowed allowing allows capable capacity enable enabled enables let lets permit permits "
    "permitted possible unable"
)
"""Words of a card that keep a source's "can"."""

BLANKS = _set(
    "area aspect cause case change condition degree disease disorder effect example factor feature form function "
    "group important issue kind level many part patient person phenomenon place point problem process property "
    "region response result role several situation some state step structure study symptom system thing type way"
)
"""Words that say too little to be asked for by themselves, singular."""

_COUNT = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
NUMBERS = {word: str(number) for number, word in enumerate(_COUNT)}
"""Numbers in words, with their digits."""

_PREFIXES = (
    *(("", ""), ("T", "tera"), ("G", "giga"), ("M", "mega"), ("K", "kilo"), ("k", "kilo"), ("h", "hecto")),
    *(("c", "centi"), ("m", "milli"), ("μ", "micro"), ("n", "nano")),
)
_MEASURES = (
    *(("A", "ampere"), ("B", "byte"), ("Hz", "hertz"), ("J", "joule"), ("L", "liter"), ("N", "newton")),
    *(
        ("Pa", "pascal"),
        ("V", "volt"),
        ("W", "watt"),
        ("g", "gram"),
        ("l", "liter"),
        ("m", "meter"),
        ("s", "second"),
    ),
)
_DEGREES = {"C": "celsius", "F": "fahrenheit", "K": "kelvin"}
UNITS = _DEGREES | {
    f"{sign}{measure}": f"{prefix}{name}" for sign, prefix in _PREFIXES for measure, name in _MEASURES
}
"""Signs of units, with their names."""

_SIGNS = {sign.casefold(): name for sign, name in UNITS.items() if len(sign) > 1 and sign.casefold() not in GLUE}
"""A single letter is more often something else."""


def words(text: str) -> list[str]:
    """Return the words of a text in their order, folded as anchors are; one with a hyphen inside is one word."""
    return _WORD.findall(fold(text.translate(_DASHES)).text)


def lowered(text: str) -> set[str]:
    """Return the different words of a text without case and the month of May; of "isn't" its "not", too."""
    found = {word.casefold() for word in words(_MONTH.sub(" ", text) if "May" in text else text)}
    return found | {"not"} if any(word.endswith("n't") for word in found) else found


def stems(text: str) -> set[str]:
    """Return the stems of a text's content words: what is left without glue and without endings."""
    plain = (_POSSESSIVE.sub("", word.casefold()) for word in words(text.translate(_JOINTS)))
    return {stem(word) for word in plain if word not in GLUE}


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return what a word, in lower case, has in common with its other forms; one with a digit stays whole.

    A number is its digits, the sign of a unit its name: "six kilometres" is "6 km".
    """
    if word in NUMBERS:
        return NUMBERS[word]
    word = _SIGNS.get(word, word)
    if any(character.isdigit() for character in word):
        return word
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    ending = next((ending for ending in _ENDINGS if word.endswith(ending) and len(word) - len(ending) >= 3), "")
    if ending == "y" and len(word) == _SHORT:
        return word  # easy is no ease
    word = word.removesuffix(ending)
    if ending in _DOUBLING and len(word) >= _SHORT and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]  # dropped is drop
    if ending == "ment" and len(word) >= _SHORT:
        word = word.removesuffix("e")
    return word[:_STEM_LENGTH]


def missing_share(wanted: set[str], held: set[str]) -> float:
    """Return which share of the wanted stems, from 0 to 1, is not held; 0 if none is wanted."""
    return len(wanted - held) / len(wanted) if wanted else 0.0

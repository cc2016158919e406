"""The English that the candidates' rules know: words that glue, point, hedge or deny."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
"""A word: letters and digits, with apostrophes, hyphens and dots inside it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


POINTERS = _words("this these those it they them such he she him we us you i former latter")
"""Words that stand for something named elsewhere: a card that holds one doesn't stand alone."""

OPENERS = POINTERS | _words("its their his her our my your that both another")
"""Words at a sentence's start that want the thing named before a card is made of it."""

_PRONOUNS = _words("it they them he him she we us you i former latter")
_SINGULAR = _words("this that")
DETERMINERS = _words("a an the")
PREPOSITIONS = _words(
    "about above across after against along among around as at before behind below beneath beside besides "
    "between beyond by despite down during except for from in inside into like near of off on onto out outside "
    "over past per since than through throughout to toward towards under underneath unlike until up upon via "
    "with within without"
)
CONJUNCTIONS = _words(
    "and but or nor so yet if unless although though while whereas because when whenever where wherever whether "
    "that which who whom whose what how why once"
)
AUXILIARIES = _words(
    "am is are was were be been being has have had having do does did may might can could will would shall should "
    "must cannot"
)
NEGATIONS = _words("not no nor never neither none nothing nobody cannot without") | _words("isn't aren't don't")
GLUE = (
    POINTERS
    | OPENERS
    | DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | AUXILIARIES
    | NEGATIONS
    | _words(
        "all also any each either else even every few here itself just least less many more most much one only "
        "other others own particularly rather same some still themselves then there too two very well"
    )
)
"""Words that carry no fact of their own."""

_LEAST_GLUE = 0.2
"""English prose has about four words of glue in ten; lists of names and other languages have far fewer."""


def words(text: str) -> list[str]:
    """Return the words of a text in their order, as they are written."""
    return WORD.findall(text)


def content_words(text: str) -> list[str]:
    """Return a text's words that aren't glue, as they are written."""
    return [word for word in WORD.findall(text) if word.casefold() not in GLUE]


def needs_name(sentence: str) -> str:
    """Return the words at a sentence's start that point elsewhere ("These circuits"); empty if there are none."""
    opening = words(sentence[:80])[:2]
    if not opening or opening[0].casefold() not in OPENERS:
        return ""
    follows = opening[1:]
    is_verb = opening[0].casefold() in _SINGULAR and follows[:1] != [] and follows[0].endswith("s")
    if opening[0].casefold() in _PRONOUNS or not follows or is_verb or follows[0].casefold() in GLUE:
        return opening[0]
    return " ".join(opening)


def is_english(text: str) -> bool:
    """Say whether a text reads like English, by its share of glue; the first 100,000 characters decide."""
    found = [word.casefold() for word in WORD.findall(text[:100_000])]
    return bool(found) and sum(word in GLUE for word in found) >= _LEAST_GLUE * len(found)

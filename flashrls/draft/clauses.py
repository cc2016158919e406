"""Pieces of a sentence that a question can be made of: subjects, objects, names."""

from __future__ import annotations

import re

from flashrls.draft.english import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    GLUE,
    OPENERS,
    POINTERS,
    PREPOSITIONS,
    content_words,
    words,
)

MOST_SUBJECT_WORDS = 8
"""Not counting an article before it."""

MOST_ANSWER_WORDS = 15
_MOST_NAME_WORDS = 5

_BREAK = re.compile(r"[,;:—–(\[]")
_NEVER_IN_SUBJECT = (CONJUNCTIONS | AUXILIARIES | POINTERS | frozenset({"there", "here", "not"})) - {"and", "or"}
_NAME_BOUNDS = frozenset(
    ("of", "for", "in", "with", "by", "from", "on", "called", "named", "than", "as", "like", "into", "is", "are")
)
_CLOSED_BY = re.compile(
    r"\s*(?:an?|the|which|who|where|whose|meaning|even|although|though|while|whereas|because|since|when|as|so|"
    r"but|especially|particularly|including|such|like|responsible|known|[a-z]+ing|[a-z]+ed|"
    r"and (?:it|they|this|these|he|she|we))\b"
)
_TURNS = re.compile(
    r"\s*(?:(?:but|and|or|though|although)\s+)?(?:not|unless|if|except|perhaps|possibly|probably|likely|at least|"
    r"at most|only|maybe|sometimes)\b",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(
    r"^(?!.*\b(?:that|which|who|whose|where|when|whether|how|what|why|if|because|as|than)\b).*"
    r"\b(?:is|are|was|were|has|have|had|does|do|did)\b"
)
_ENDS_LIST = re.compile(r"\s*(?:and|or)\b")


def subject(text: str) -> str:
    """Return a stretch before a verb if it can be asked about by itself, else an empty text."""
    text = text.strip()
    found = [word.casefold() for word in words(text)]
    if not found or _BREAK.search(text.replace("(", "", 1)) or not content_words(text):
        return ""
    long = len(found) - (found[0] in DETERMINERS) > MOST_SUBJECT_WORDS
    if long or found[0] in OPENERS | PREPOSITIONS or found[-1] in GLUE or found[-1].endswith("ly"):
        return ""
    return "" if _NEVER_IN_SUBJECT.intersection(found) else text


def object_of(text: str) -> str:
    """Return the words at a text's start that a clause ends with; empty if the end isn't sure.

    A list that goes on behind a comma, an afterthought that takes something back ("unless …"), and words
    that point elsewhere make it unsure.
    """
    found = _BREAK.search(text)
    first, behind = (text[: found.start()], text[found.start() :]) if found else (text, "")
    if behind.startswith(",") and _is_unsure(behind[1:]):
        return ""
    return "" if _OTHER_CLAUSE.search(first) else stands_alone(first)


def _is_unsure(behind: str) -> bool:
    parts = behind.split(",", 4)
    if _TURNS.match(parts[0]) or not _CLOSED_BY.match(parts[0]):
        return True
    return len(parts) > 1 and len(words(parts[0])) <= 3 and any(_ENDS_LIST.match(part) for part in parts[1:])


def stands_alone(text: str) -> str:
    """Return a text, stripped, if it can be an answer: short, whole, nothing in it that points elsewhere."""
    text = text.strip().rstrip(".!?")
    found = [word.casefold() for word in words(text)]
    if not content_words(text) or len(found) > MOST_ANSWER_WORDS or POINTERS.intersection(found):
        return ""
    if found[-1] in GLUE or found[0] in OPENERS | PREPOSITIONS | {"not"} or text.count('"') % 2:
        return ""
    return text


def name_before(text: str) -> str:
    """Return the noun phrase that a text ends with ("the substantia nigra"); empty if its bounds aren't sure."""
    phrase: list[str] = []
    tokens = text[-200:].split(" ")
    while tokens and len(phrase) <= _MOST_NAME_WORDS:
        token = tokens.pop()
        plain = token.casefold().strip("'’\"“”")
        if plain in DETERMINERS:
            return " ".join([token.lower(), *phrase]) if phrase else ""
        if plain in GLUE or _BREAK.search(token) or plain.endswith("ly"):
            return " ".join(phrase) if phrase and plain in _NAME_BOUNDS else ""
        phrase.insert(0, token)
    return ""


def is_plural(name: str) -> bool:
    """Guess from its last word whether an English name is plural."""
    last = words(name)[-1].casefold() if words(name) else ""
    return last.endswith("s") and not last.endswith(("ss", "us", "is"))

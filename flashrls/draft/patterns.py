"""Patterns of English that tell a definition, a name, a relation or a number, and the question for each.

They rather miss a card than make junk: a subject is short and named, a clause has an end, and what
hedges or denies stays in the question. They know English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flashrls.draft.candidates import Candidate, Origin
from flashrls.draft.clauses import is_plural, name_before, object_of, stands_alone, subject
from flashrls.draft.english import OPENERS, PREPOSITIONS, content_words, words
from flashrls.draft.usage import Usage
from flashrls.draft.verbs import first_finite, relation_at

MOST_CLOZE_WORDS = 40
_MOST_LEAD_WORDS = 8
_MOST_CHARACTERS = 600
"""A longer sentence has no pattern that is sure."""

_DROPPED = re.compile(
    r"(?:conversely|however|instead|for instance|for example|in addition|moreover|furthermore|additionally|"
    r"similarly|likewise|in fact|specifically|notably|importantly), |"
    r"(?:thus|therefore|hence|consequently|indeed),? ",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"(?:{'|'.join(sorted(word.capitalize() for word in PREPOSITIONS))}) [^,;:()]{{1,90}}, ")
_NEXT_CLAUSE = re.compile(r"; |, (?:while|whereas|but|and) ")
_SUBORDINATE = re.compile(r"(?:if|when|unless|although|though|while|whereas|because|since|once|as|whether)\b", re.I)
_DEFINES = re.compile(r"(is|are|was|were) (?:(the|an?|one of the) )?(?=\w)")
_MAY_BE = re.compile(
    r"(may|might|can|could|is (?:believed|thought|said|assumed) to|are (?:believed|thought|said|assumed) to) be "
    r"(?=(?:an?|the) \w)"
)
_EMPTY_HEADS = re.compile(
    r"(?:same|case|reason|result|way|one|only|first|last|fact|most|best|kind|type|part|result|example|problem|"
    r"issue|question|answer|matter|number|lot|bit|few|little|good|bad)\b"
)
_SORT = re.compile(r"(?![\w-]+(?:ed|en|ing) )(?:[\w'’-]+ ){1,4}(?:that|which|who) ")
_PERSON = re.compile(
    r"\b(?:[a-z]+(?:ologist|icist|emist|ician|opher|wright)|poet|writer|author|king|queen|emperor|president|"
    r"engineer|painter|composer|scientist|singer|actor|actress|politician|inventor|explorer|economist|artist)\b"
)
_NAMED = re.compile(r"(, | \()(?:also )(?:known as|called|named|termed|referred to as) (?=\w)")
_SHORT_FORM = re.compile(r"(?<=\w) \(([A-Z][A-Za-z0-9-]{1,9})\)")
_APPOSED = re.compile(r", (which (is|are) )?(?=\w)")
_TELLS = re.compile(r" (?:that|which|who|of|for|in|involved|used|with|to|responsible|necessary|by|on|at) ")
_NUMBER = re.compile(
    r"(?<![\w.,:/-])\d+(?:[.,]\d+)*(?: ?%)?(?![\w:/-])"
    r"(?! (?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec))"
)
_PART = re.compile(r"[^\W_]+")
_LABEL = re.compile(
    r"(?:pages?|fig|figs|figure|table|chapter|section|sec|eq|no|p|pp|vol|step|version|type|article|war|day|part|phase|stage|grade|level|group|class|"
    r"number|model|system|act|question|note|photosystem)\.? $",
    re.I,
)


def find_patterns(sentence: str, usage: Usage) -> list[Candidate]:
    """Return the candidates that patterns make of a sentence, in the order they are sought.

    Args:
        sentence: on one line, without white space around it.
        usage: how the document uses its words, so that a sentence's first word can be told from a name.
    """
    if len(sentence) > _MOST_CHARACTERS:
        return []
    clauses = list(_clauses(sentence, usage)) if not set('"“”') & set(sentence) else []
    numbers = [] if clauses else list(_numbers(sentence))
    return [*_other_names(sentence, usage), *_short_forms(sentence), *clauses, *_apposed(sentence), *numbers]


def _clauses(sentence: str, usage: Usage) -> Iterator[Candidate]:
    start = dropped.end() if (dropped := _DROPPED.match(sentence)) else 0
    if _SUBORDINATE.match(sentence, start):
        return
    lead = ""
    if found := _LEAD.match(sentence, start):
        lead = found[0]
        start = found.end()
        own = words(lead)
        if len(own) > _MOST_LEAD_WORDS or OPENERS.intersection(map(str.casefold, own)):
            return
    # Commas that set off another name would end the subject.
    sentence = sentence[:start] + _without_other_name(sentence[start:])
    begins = [start, *(found.end() for found in _NEXT_CLAUSE.finditer(sentence, start))]
    for at, end in zip(begins, [*begins[1:], len(sentence)], strict=True):
        yield from _clause(sentence, at, end, lead if at == start else "", usage)


def _without_other_name(text: str) -> str:
    if found := re.search(r", also (?:known as|called|named) [^,;:()]{1,60}, ", text):
        return f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _clause(sentence: str, start: int, end: int, lead: str, usage: Usage) -> Iterator[Candidate]:
    at = first_finite(sentence, start, end)
    if at is None:
        return
    verb = relation_at(sentence, start, at)
    begin = subject(sentence[start : verb.start if verb else at])
    if not begin:
        return
    about = begin if start and not lead and sentence[start].islower() else usage.uncapitalised(begin)
    if verb:
        if answer := object_of(sentence[verb.end :]):
            yield Candidate(Origin.RELATION, _asked(lead, f"What {verb.ask} {about} {verb.rest}?"), answer)
    elif found := _MAY_BE.match(sentence, at):
        ask, _, rest = found[1].partition(" ")
        if answer := object_of(sentence[found.end() :]):
            yield Candidate(Origin.DEFINITION, _asked(lead, f"What {ask} {about} {f'{rest} be'.strip()}?"), answer)
    elif found := _DEFINES.match(sentence, at):
        yield from _definition(found, sentence, about, begin, lead)


def _definition(found: re.Match[str], sentence: str, about: str, begin: str, lead: str) -> Iterator[Candidate]:
    verb, article = found[1], found[2]
    behind = sentence[found.end() :]
    if _EMPTY_HEADS.match(behind) or (verb in ("is", "was") and " and " in begin):
        return
    if article == "the":
        if (answer := object_of(behind)) and len(words(answer)) >= 2:
            yield Candidate(Origin.DEFINITION, _asked(lead, f"What {verb} the {answer}?"), begin)
    elif article or (verb in ("are", "were") and _SORT.match(behind)):
        told = sentence[found.start(2) :] if article else behind
        if answer := object_of(told):
            who = "Who" if _PERSON.search(answer) and begin[:1].isupper() and about == begin else "What"
            yield Candidate(Origin.DEFINITION, _asked(lead, f"{who} {verb} {about}?"), answer)


def _asked(lead: str, question: str) -> str:
    return f"{lead}{question[0].lower()}{question[1:]}" if lead else question


def _other_names(sentence: str, usage: Usage) -> Iterator[Candidate]:
    for found in _NAMED.finditer(sentence):
        before = sentence[: found.start()]
        name = subject(before) if len(words(before)) <= 6 else ""
        name = usage.uncapitalised(name) if name else name_before(before)
        other = re.split(r"[,;:()]", sentence[found.end() :], maxsplit=1)[0].strip().rstrip(".")
        if name and 0 < len(words(other)) <= 6 and first_finite(other, 0, len(other)) is None:
            verb = "are" if is_plural(name) else "is"
            yield Candidate(Origin.OTHER_NAME, f"What {verb} {name} also known as?", other)


def _short_forms(sentence: str) -> Iterator[Candidate]:
    for found in _SHORT_FORM.finditer(sentence):
        if long := expansion(sentence[: found.start()], found[1]):
            yield Candidate(Origin.ABBREVIATION, f"What does {found[1]} stand for?", long)


def expansion(before: str, short: str) -> str:
    """Return the words at the end of `before` that `short` abbreviates; empty if its letters aren't there.

    It may take the words' initials; else, after Schwartz and Hearst (2003), its letters are sought from
    the right, the first of them at a word's start.
    """
    letters = [letter for letter in short.lower() if letter.isalnum()]
    if letters[1:] and short[-1] == "s":
        letters.pop()
    if sum(letter.isupper() for letter in short) < 2:
        return ""
    at = _by_initials(before, letters)
    at = _by_letters(before, letters) if at is None else at
    if at is None:
        return ""
    at = before.rfind(" ", 0, at) + 1
    long = before[at:]
    found = words(long)
    sane = len(found) <= len(letters) + 5 and not re.search(r"[,;:()]", long) and len(long) > len(short) * 2
    return long if sane and content_words(long) and found[0].casefold() not in OPENERS else ""


def _by_initials(before: str, letters: list[str]) -> int | None:
    starts = [found.start() for found in _PART.finditer(before)][-len(letters) :]
    return starts[0] if starts and [before[start].lower() for start in starts] == letters else None


def _by_letters(before: str, letters: list[str]) -> int | None:
    at = len(before)
    for number, letter in reversed(list(enumerate(letters))):
        at -= 1
        while at >= 0 and not (
            before[at].lower() == letter and (number or at == 0 or not before[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
    return at


def _apposed(sentence: str) -> Iterator[Candidate]:
    for found in _APPOSED.finditer(sentence):
        before, behind = sentence[: found.start()], sentence[found.end() :]
        relative, verb = found[1], found[2] or "is"
        if not relative and not behind.startswith(("a ", "an ")):
            continue
        name = name_before(before)
        told = re.split(r"[,;:—–(]", behind, maxsplit=1)
        answer = stands_alone(told[0])
        if not name or not answer or is_plural(name) != (verb == "are"):
            continue
        if _goes_on(behind[len(told[0]) :]) or not _TELLS.search(f" {answer} ") or len(words(answer)) < 4:
            continue
        yield Candidate(Origin.DEFINITION, f"What {verb} {name}?", answer)


def _goes_on(behind: str) -> bool:
    return re.match(r", (?:an? |(?:and|or) (?:an? |the )?[a-z]+[ .])", behind) is not None and not re.match(
        r", and (?:it|they|this|these|he|she|is|are) ", behind
    )


def _numbers(sentence: str) -> Iterator[Candidate]:
    if "{{" in sentence or "}}" in sentence or not 5 <= len(words(sentence)) <= MOST_CLOZE_WORDS:
        return
    found = [
        number
        for number in _NUMBER.finditer(sentence)
        if number.start() and not _LABEL.search(sentence[max(0, number.start() - 12) : number.start()])
    ]
    if not 1 <= len(found) <= 2:
        return
    out, at = "", 0
    for count, number in enumerate(found, 1):
        out += f"{sentence[at : number.start()]}{{{{{count}::{number[0]}}}}}"
        at = number.end()
    yield Candidate(Origin.NUMBER, out + sentence[at:])

"""The verbs that a relation is told with, and how a question turns them."""

from __future__ import annotations

import re
from typing import NamedTuple

_ACTIVE = """
lead|leads|led to; result|results|resulted from; result|results|resulted in; cause|causes|caused;
produce|produces|produced; contain|contains|contained; regulate|regulates|regulated;
modulate|modulates|modulated; inhibit|inhibits|inhibited; activate|activates|activated;
stimulate|stimulates|stimulated; trigger|triggers|triggered; prevent|prevents|prevented;
increase|increases|increased; reduce|reduces|reduced; require|requires|required;
consist|consists|consisted of; depend|depends|depended on; contribute|contributes|contributed to;
account|accounts|accounted for; arise|arises|arose from; originate|originates|originated in;
serve|serves|served as; act|acts|acted as; function|functions|functioned as; belong|belongs|belonged to;
refer|refers|referred to; point|points|pointed to; create|creates|created; generate|generates|generated;
release|releases|released; convert|converts|converted; measure|measures|measured; control|controls|controlled;
influence|influences|influenced; affect|affects|affected; protect|protects|protected;
describe|describes|described; represent|represents|represented; encode|encodes|encoded;
enable|enables|enabled; impair|impairs|impaired; disrupt|disrupts|disrupted; stem|stems|stemmed from;
develop|develops|developed from; coincide|coincides|coincided with; correlate|correlates|correlated with;
play|plays|played a role in; play|plays|played a key role in; play|plays|played an important role in
"""

_PARTICIPLES = """
responsible for; defined by; defined as; caused by; driven by; linked to; linked with; associated with;
accompanied by; relieved by; characterized by; characterised by; made of; made up of; composed of;
derived from; located in; found in; involved in; used for; used to; used in; used as; known for; due to;
based on; measured in; measured by; regulated by; controlled by; produced by; produced in; stored in;
triggered by; required for; essential for; necessary for; named after; followed by; preceded by;
influenced by; determined by; activated by; inhibited by; converted into; converted to; named for;
surrounded by; transmitted by; carried by; treated with; supported by; sensitive to; rich in
"""

_OTHERS = """
show shows showed shown suggest suggests suggested indicate indicates indicated find finds found mean means
meant say says said think thinks thought believe believes believed know knows knew report reports reported argue
argues argued help helps helped make makes made give gives gave take takes took become becomes became
remain remains remained seem seems seemed appear appears appeared allow allows allowed provide provides
provided work works worked keep keeps kept let lets come comes came go goes went see sees saw use uses used
explain explains explained relay relays relayed emerge emerges emerged begin begins began
"""


class Verb(NamedTuple):
    """A verb found in a sentence.

    Attributes:
        ask: what stands between "What" and the subject: "does", "is", "may".
        rest: what stands behind the subject: "lead to", "often caused by".
        start: where the verb begins in the sentence, inclusive.
        end: where its object begins.
    """

    ask: str
    rest: str
    start: int
    end: int


def _choice(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _active() -> dict[str, tuple[str, str]]:
    """Finite forms with the question's auxiliary and the verb's base form."""
    forms: dict[str, tuple[str, str]] = {}
    for phrase in _ACTIVE.replace("\n", " ").split(";"):
        verb, _, particle = phrase.strip().partition(" ")
        tail = f" {particle}" if particle else ""
        base, third, past = verb.split("|")
        forms[base + tail] = ("do", base + tail)
        forms[third + tail] = ("does", base + tail)
        forms[past + tail] = ("did", base + tail)
    return forms


_FORMS = _active()
_BASES = _choice(sorted({base for _, base in _FORMS.values()}))
_COMPLEMENTS = _choice([" ".join(phrase.split()) for phrase in _PARTICIPLES.split(";")])
_ADVERBS = r"(?:(?:also|often|sometimes|now|still|both|[a-z]+ly) ){0,2}"
_BELIEVED = r"(?:believed|thought|said|assumed|known|estimated|considered|supposed|expected|likely) to"
_MODALS = "may|might|can|could|will|would|should|must"

_FINITE = re.compile(
    rf"\b(?:is|are|was|were|has|have|had|does|do|did|{_MODALS}|{_choice(_OTHERS.split())}|"
    rf"{_choice(list(_FORMS))})\b"
)
_BE = re.compile(
    rf"(?P<ask>is|are|was|were) "
    rf"(?P<rest>{_ADVERBS}(?:{_COMPLEMENTS}|{_BELIEVED} (?:be (?:{_COMPLEMENTS})|{_BASES}))) (?=\w)"
)
_MODAL = re.compile(rf"(?P<ask>{_MODALS}) (?P<rest>{_ADVERBS}(?:be {_ADVERBS}(?:{_COMPLEMENTS})|{_BASES})) (?=\w)")
_PLAIN = re.compile(rf"(?P<form>{_choice(list(_FORMS))}) (?=\w)")
_LAST_ADVERB = re.compile(r" ((?:also|often|sometimes|[a-z]+ly)) $")


def first_finite(sentence: str, start: int, end: int) -> int | None:
    """Return where the first known finite verb begins between `start` and `end`; None without one."""
    found = _FINITE.search(sentence, start, end)
    return found.start() if found else None


def relation_at(sentence: str, start: int, at: int) -> Verb | None:
    """Return the relation whose verb begins at `at`, of a clause that begins at `start`; None if it is none."""
    if found := _BE.match(sentence, at) or _MODAL.match(sentence, at):
        return Verb(found["ask"], found["rest"], at, found.end())
    if found := _PLAIN.match(sentence, at):
        ask, base = _FORMS[found["form"]]
        adverb = _LAST_ADVERB.search(sentence, max(start, at - 30), at)
        if adverb:
            return Verb(ask, f"{adverb[1]} {base}", adverb.start() + 1, found.end())
        return Verb(ask, base, at, found.end())
    return None

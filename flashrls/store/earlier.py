"""Cards as they stood at the end of an earlier study day, read from the log.

A card's schedule is the outcome of its last entry until then, an undo's too. What no outcome holds, suspension
and leeches, comes from the few entries that bear on it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flashrls.log import leech_lapses
from flashrls.reckoning import MOST_LEECHES
from flashrls.sm2 import PASS
from flashrls.store.conditions import Standpoint
from flashrls.store.days import day_of
from flashrls.store.tallies import LOG_ORDER, Among
from flashrls.store.today import Ask


@dataclass(frozen=True, slots=True)
class Stood:
    """Cards as they stood.

    Attributes:
        table: SQL that stands behind a FROM and has the columns deck_pk, note_pk, position, held, suspended,
            due_on, ease, repetitions and interval_days of `card`.
        values: its parameters.
        leech_count: how many leeches among them are asked.
        worst: those of them with the most lapses, and these, the most first.
        few: the same table for a look at a few of its rows, which an index helps to find; "" for `table`.
    """

    table: str
    values: Mapping[str, int | str]
    leech_count: int
    worst: Sequence[Sequence[int]]
    few: str = ""


def stood_then(ask: Ask, among: Among, number: int, taken_back: frozenset[str], rollover_hour: int) -> Stood:
    """Return how cards stood at the end of a study day; see `flashrls.store.standings.standing_then`."""
    last, offset_s, ahead = _end_of(ask, number)
    then = Standpoint(day_of(number), offset_s, rollover_hour)
    marks = _fold(ask, among, number, taken_back)
    ends = then.begins_ms(then.day.toordinal() + 1)
    values = {
        **among.values,
        "last": last,
        "ahead": json.dumps(ahead),
        "suspended": json.dumps(sorted(marks.suspended)),
        "ends": ends,
    }
    inside = f"{among.inside} AND note_pk NOT IN (SELECT pk FROM note WHERE created_ms >= :ends)"
    asked = _asked(ask, inside, {**among.values, "ends": ends}, marks.leeches.keys() - marks.suspended)
    leeches = sorted(((ref, marks.leeches[ref]) for ref in asked), key=lambda leech: (-leech[1], leech[0]))
    return Stood(_TABLE.format(inside=inside), values, len(leeches), leeches[:MOST_LEECHES])


_TABLE = """
    (SELECT deck_pk, note_pk, position, held, card_pk IN (SELECT value FROM json_each(:suspended)) AS suspended,
            due_on, ease, repetitions, interval_days
     FROM (SELECT pk AS card_pk, deck_pk, note_pk, position, held,
                  (SELECT pk FROM review WHERE card_pk = card.pk AND pk <= :last
                       AND pk NOT IN (SELECT value FROM json_each(:ahead)) ORDER BY pk DESC LIMIT 1) AS newest
           FROM card WHERE {inside}) AS known
          LEFT JOIN (SELECT pk, due_on, ease, repetitions, interval_days FROM review) AS entry ON entry.pk = newest)
"""


def _end_of(ask: Ask, number: int) -> tuple[int, int, list[int]]:
    """The last entry until the end of a study day, its clock's offset, and the entries before it of later days.

    These are there if the clock was set back. Each question reads the log from an end to the first such entry.
    """
    last = ask("SELECT pk, utc_offset_s FROM review WHERE study_day <= :day ORDER BY pk DESC LIMIT 1", day=number)
    later = ask("SELECT pk FROM review WHERE study_day > :day ORDER BY pk LIMIT 1", day=number)
    if not last:
        return 0, 0, []
    ((newest, offset_s),) = last
    if not later or later[0][0] > newest:
        return newest, offset_s, []
    ((ahead,),) = ask(
        "SELECT json_group_array(pk) FROM review WHERE pk BETWEEN :first AND :last AND study_day > :day",
        first=later[0][0],
        last=newest,
        day=number,
    )
    return newest, offset_s, json.loads(ahead)


@dataclass(frozen=True, slots=True)
class _Marks:
    suspended: frozenset[int]
    leeches: Mapping[int, int]


_KINDS = {
    "scheduled": 0,
    **dict.fromkeys(("suspend", "import-suspended"), 1),
    **dict.fromkeys(("unsuspend", "import-unsuspended"), 2),
    "reset": 3,
    "keep": 4,
}


def _fold(ask: Ask, among: Among, number: int, taken_back: Iterable[str]) -> _Marks:
    """Which cards were suspended, and the lapses of those that were leeches."""
    codes = " ".join(f"WHEN '{kind}' THEN {code}" for kind, code in _KINDS.items())
    marks = ", ".join(f"'{kind}'" for kind, code in _KINDS.items() if code)
    ((refs, kinds),) = ask(
        f"""
        SELECT json_group_array(card_pk), json_group_array(CASE kind {codes} END)
        FROM (SELECT card_pk, kind FROM {among.log}
              WHERE (grade < {PASS} AND kind = 'scheduled' OR grade IS NULL AND kind IN ({marks}))
                    AND study_day <= :day AND {among.theirs}
                    AND id NOT IN (SELECT value FROM json_each(:taken)) ORDER BY {LOG_ORDER})
        """,
        **{**among.values, "day": number, "taken": json.dumps(sorted(taken_back))},
    )
    lapses, kept, suspended = Counter[int](), Counter[int](), set[int]()
    for ref, kind in zip(json.loads(refs), json.loads(kinds), strict=True):
        match kind:
            case 0:
                lapses[ref] += 1
            case 1:
                suspended.add(ref)
            case 2:
                suspended.discard(ref)
            case 3:
                lapses[ref] = kept[ref] = 0
            case 4:
                kept[ref] = lapses[ref]
    leeches = {ref: times for ref, times in lapses.items() if leech_lapses(times) > kept[ref]}
    return _Marks(frozenset(suspended), leeches)


def _asked(ask: Ask, inside: str, values: Mapping[str, int | str], refs: Iterable[int]) -> list[int]:
    """Those of the cards that count and that are no drafts."""
    ((asked,),) = ask(
        "SELECT json_group_array(pk) FROM card "
        f"WHERE {inside} AND held IS NULL AND pk IN (SELECT value FROM json_each(:refs))",
        **{**values, "refs": json.dumps(sorted(refs))},
    )
    return json.loads(asked)  # type: ignore[no-any-return]

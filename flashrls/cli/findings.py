"""What `check` found, printed: lines for people and compilers' readers, or one JSON document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flashrls.clean import clean_line
from flashrls.cli.output import say
from flashrls.formats.ids import Written
from flashrls.lint.files import Checked
from flashrls.lint.finding import Rule, Severity

SYNTAX = "syntax"
"""Stands for the rule where a file can't be read as a deck at all."""

_NAMED_IDS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A checked file, and the ids that were written into it before; None where that wasn't asked."""

    checked: Checked
    written: Written | None


def as_document(files: Sequence[Told]) -> dict[str, Any]:
    """Return everything that was found, as JSON has it; what was waived is only counted."""
    return {
        "files": [_file(told) for told in files],
        "errors": total(files, Severity.ERROR),
        "warnings": total(files, Severity.WARNING),
        "waived": total(files, Severity.WAIVED),
    }


def _file(told: Told) -> dict[str, Any]:
    checked, written = told.checked, told.written
    document = checked.finder.document if checked.finder else None
    source = {"title": document.title, "file": document.file, "sha256": document.sha256} if document else None
    return {
        "path": checked.path,
        "deck": checked.deck.name if checked.deck else None,
        "notes": len(checked.deck.notes) if checked.deck else 0,
        "findings": [*_faults(checked), *_findings(checked)],
        "source": source,
        **({"written": {"ids": list(written.ids), "numbers": written.numbers}} if written else {}),
    }


def _faults(checked: Checked) -> Iterator[dict[str, Any]]:
    for fault in checked.faults:
        told = {"line": fault.line, "severity": "error", "rule": SYNTAX, "note": None}
        yield {**told, "message": fault.message, "mend": fault.mend}


def _findings(checked: Checked) -> Iterator[dict[str, Any]]:
    for finding in checked.findings:
        if finding.severity is not Severity.WAIVED:
            told = {"line": finding.line, "severity": finding.severity.value, "rule": finding.rule.value}
            yield {**told, "note": finding.note, "message": finding.message, "mend": finding.mend}


def say_findings(files: Sequence[Told]) -> None:
    """Print what was found on stdout, what was written and the sum of it on stderr."""
    for told in files:
        if told.written:
            say(f"{told.checked.path}: {_what_was_written(told.written)}", err=True)
    for found_in in (_faults, _findings):
        for told in files:
            for one in found_in(told.checked):
                where = f"{told.checked.path}:{one['line']}: {one['severity']} {_rule(one['rule'])}"
                say(f"{where}: {clean_line(one['message'])}\n    {clean_line(one['mend'])}")
    for told in files:
        if told.checked.is_unverified:
            say(f"{told.checked.path}: its anchors were not verified: the source isn't at hand.", err=True)
            say("    Name it with --source DOC, or attach it for good: `flashrls source add DOC`.", err=True)
    say(_summary(files), err=True)


def _rule(code: str) -> str:
    return code if code == SYNTAX else f"{code} {Rule(code).label}"


def _what_was_written(written: Written) -> str:
    if not written.ids and not written.numbers:
        return "every card has an id, every cloze a number; nothing was written."
    named = ", ".join(written.ids[:_NAMED_IDS]) + (", …" if len(written.ids) > _NAMED_IDS else "")
    ids = f"{_counted(len(written.ids), 'id')} ({named})" if written.ids else ""
    numbers = _counted(written.numbers, "cloze number") if written.numbers else ""
    return f"wrote {' and '.join(filter(None, (ids, numbers)))}."


def _summary(files: Sequence[Told]) -> str:
    notes = sum(len(told.checked.deck.notes) for told in files if told.checked.deck)
    counts = [_counted(total(files, severity), severity.value) for severity in (Severity.ERROR, Severity.WARNING)]
    if waived := total(files, Severity.WAIVED):
        counts.append(f"{waived} waived")
    return (
        f"{_counted(notes, 'note')} checked: {', '.join(counts)}. "
        "What a machine can check is checked; whether a card is good, a reader decides."
    )


def total(files: Sequence[Told], severity: Severity) -> int:
    """How many findings of all files are so severe; a fault is an error."""
    return sum(told.checked.count(severity) for told in files)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"

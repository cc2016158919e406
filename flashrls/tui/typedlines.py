"""What was typed beside what is right, as the lines that a reveal shows above the answer."""

from __future__ import annotations

from textual.content import Content

from flashrls.tui.prose import Text
from flashrls.typed import Comparison, Run, State, run_text

_LABEL_CELLS = 8
_STYLES = {State.SAME: "", State.EXTRA: "$text-error reverse", State.MISSING: "$text-success bold underline"}


def typed_lines(comparison: Comparison, width: int) -> list[Content]:
    """Return what was typed above what is right, differing letters marked in colour and without it.

    Where nothing differs there is one line only; where nothing was typed none.
    """
    if not comparison.typed:
        return []
    if comparison.is_right:
        same = Content.styled(" · the same", "$foreground-muted")
        return _labelled("You", Content.assemble(_content(comparison.typed), same), width)
    return [
        *_labelled("You", _content(comparison.typed), width),
        *_labelled("Answer", _content(comparison.answer), width),
    ]


def _labelled(label: str, value: Content, width: int) -> list[Content]:
    head = f"{label:<{_LABEL_CELLS}}"
    return Text(head, " " * _LABEL_CELLS, value, first_style="$foreground-muted").lines(width)


def _content(runs: tuple[Run, ...]) -> Content:
    return Content.assemble(*((run_text(run), _STYLES[run.state]) for run in runs))

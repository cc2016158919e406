"""The lines of one card at one width; of texts too long for that at once, only as many as were asked for."""

from __future__ import annotations

from textual.content import Content

from flashrls.cards import Face
from flashrls.tui.prose import Prose, prose
from flashrls.tui.typedlines import typed_lines
from flashrls.typed import Comparison

_RULE = "─" * 5


class CardLines:
    """Question, rule, what was typed, answer; or a page of our own. It only grows at its end."""

    def __init__(self, width: int, shown: Face | Prose | None) -> None:
        """Lay out the beginning.

        Args:
            width: cells in a line, at least 1.
            shown: the card, its answer hidden, or a text of our own; None for nothing.
        """
        self.width = width
        self.lines: list[Content] = []
        self.answer_row = 0
        self._face = shown if isinstance(shown, Face) else None
        self._question: list[Content] = []
        self._question_parts = 1
        self._last: Prose | None = None
        self._parts = 1
        page = prose(shown.question) if isinstance(shown, Face) else shown
        if page is not None:
            self._begin(page)
            self._question = self.lines

    def reveal(self, revealed: bool, typed: Comparison | None) -> None:
        """Show the answer below the question, or the question alone; what was laid out of it stays."""
        if self._face is None:
            return
        if not self._is_revealed:
            self._question, self._question_parts = self.lines, self._parts
        self._last, self._parts = prose(self._face.question), self._question_parts
        if not revealed:
            self.lines, self.answer_row = self._question, 0
            return
        rule = Content.styled(_RULE[: self.width], "$foreground-muted")
        compared = typed_lines(typed, self.width) if typed else []
        question = self._question
        long = prose(self._face.question).long
        if long and (left := long.left(self._question_parts)):
            more = Content.styled(f"… {left} more of the question", "$foreground-muted")
            question = [*question[:-1], more.truncate(self.width, ellipsis=True)]
        self.lines = [*question, Content(), rule, *compared, *([Content()] if compared else [])]
        self.answer_row = len(question) + 1
        self._begin(prose(self._face.revealed))

    def lay_out_more(self) -> bool:
        """Add a part of what is too long, if there is one."""
        long = self._last.long if self._last else None
        if long is None or self._parts >= long.parts:
            return False
        del self.lines[-1]
        self.lines += long.lines(self._parts, self.width)
        self._parts += 1
        self._say_what_is_left()
        return True

    @property
    def _is_revealed(self) -> bool:
        return self.answer_row > 0

    def _begin(self, text: Prose) -> None:
        self.lines = [*self.lines, *text.lines(self.width)]
        self._last, self._parts = text, 1
        self._say_what_is_left()

    def _say_what_is_left(self) -> None:
        left = self._last.long.left(self._parts) if self._last and self._last.long else ""
        if left:
            words = Content.styled(f"… {left} more: PgDn", "$foreground-muted")
            self.lines.append(words.truncate(self.width, ellipsis=True))

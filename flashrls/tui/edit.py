"""Editing a card where it is seen: its texts and tags, and what the lint says of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from flashrls.cards import Kind, Note
from flashrls.clean import clean_line
from flashrls.clock import ticks_ms
from flashrls.editor import edit_text
from flashrls.errors import FlashrlsError
from flashrls.formats.cardsheet import FORMAT_WORDS, card_sheet, read_sheet
from flashrls.formats.faults import Fault
from flashrls.lint.finding import Finding, Severity
from flashrls.tui.edited import Fields, Reason, drafted, edited, fields_of
from flashrls.tui.editfields import LONGEST_EDITED, TextField, WordsField
from flashrls.tui.keyline import KeyLine
from flashrls.tui.line import Line
from flashrls.tui.words import cut

LINT_AFTER_S = 0.3
"""So long nothing must be typed before the lint looks."""

REPEAT_MS = 150
"""Esc again within so many milliseconds is a key held down or struck twice, no second thought."""

Lint = Callable[[Note], Sequence[Finding]]
"""Says what the rules find in a note; called in a thread."""

SHEET_LEFT = "The card in your editor still has faults; Ctrl+O goes on there. Ctrl+S again saves what is here."
_THROWS_AWAY = "Esc again throws your changes away. Ctrl+S saves them."
_STYLES = {Severity.ERROR: "bold $text-error", Severity.WARNING: "$text-warning"}


class EditScreen(Screen[Note | None]):
    """Shows a note's texts to be changed; dismissed with the new note, or None if nothing is to be saved."""

    AUTO_FOCUS = "#question"
    ALL_WELL = "Nothing to complain about."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", key_display="Ctrl+S", tooltip="Save the card; its schedule stays"),
        Binding("escape,ctrl+c", "leave", "leave", key_display="Esc", tooltip="Leave without saving"),
        Binding("ctrl+o", "sheet", "in your editor", key_display="Ctrl+O", tooltip="The whole card in your editor"),
        Binding("f1", "keys", "keys", key_display="F1", tooltip="All keys"),
    ]

    DEFAULT_CSS = """
    EditScreen {
        #heading { height: 2; border-bottom: solid $foreground 20%; color: $text-muted; }
        .label { height: 1; padding: 0 2; color: $text-muted; }
        #anchors { height: auto; max-height: 2; padding: 0 2; color: $text-muted; }
        #found { height: 25%; min-height: 4; padding: 0 2; border-top: solid $foreground 20%; }
        #found Static { height: auto; }
        #found:focus { border-top: heavy $accent; }
        .absent { display: none; }
    }
    """

    def __init__(self, note: Note, place: str, lint: Lint, *, ticks: Callable[[], int] = ticks_ms) -> None:
        """Make the screen of a note.

        Args:
            note: what is edited.
            place: where it stands: deck and section.
            lint: asked about the note whenever nothing was typed for a moment.
            ticks: tells Esc held down from Esc pressed again, in milliseconds.
        """
        super().__init__()
        self._before = note
        self._now = note
        self._place = place
        self._rules = lint
        self._ticks = ticks
        self._faulty_sheet: str | None = None
        self._warned = ""
        self._warned_ms = 0
        self._said = ""
        self._findings: Sequence[Finding] = ()
        self._reasons: tuple[Reason, ...] = ()
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        heading = Content.assemble(("Edit", "bold $foreground"), f" · {clean_line(self._place)}")
        yield Line(heading, Content("the schedule stays"), id="heading")
        yield Static(id="asked", classes="label", markup=False)
        yield TextField("question")
        yield Static("Answer", id="answered", classes="label", markup=False)
        yield TextField("answer")
        yield Static("Tags", classes="label", markup=False)
        yield WordsField("tags")
        yield Static(id="anchors", markup=False)
        with VerticalScroll(id="found", can_focus=False):
            yield Static(id="told", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._fill(self._now)
        self._look()

    def on_resize(self) -> None:
        self._show_anchors()

    def _fill(self, note: Note) -> None:
        """Show another state of the note in all fields."""
        self._now = note
        fields = fields_of(note)
        is_cloze = note.kind is Kind.CLOZE
        label = "Text; what is asked stands in braces: {{1::words}}" if is_cloze else "Question"
        self.query_one("#asked", Static).update(Content(label))
        self._field("question").fill(fields.question)
        self._field("answer").fill(fields.answer)
        self.query_one("#tags", WordsField).value = fields.tags
        for name in ("#answer", "#answered"):
            self.query_one(name).set_class(is_cloze, "absent")
        self._show_anchors()

    def _show_anchors(self) -> None:
        anchors = [cut(f"“{anchor}”", self.size.width - 4) for anchor in self._now.anchors[:2]]
        if len(self._now.anchors) > len(anchors):
            anchors[-1] = Content(f"and {len(self._now.anchors) - 1} more phrases of the source")
        self.query_one("#anchors", Static).update(Content("\n").join(anchors))

    def _field(self, name: str) -> TextField:
        return self.query_one(f"#{name}", TextField)

    def _fields(self) -> Fields:
        """What is in the fields; a text too long to be shown there is as it was."""
        whole = fields_of(self._now)
        question, answer = self._field("question"), self._field("answer")
        return Fields(
            whole.question if len(whole.question) > LONGEST_EDITED else question.text,
            whole.answer if len(whole.answer) > LONGEST_EDITED else answer.text,
            self.query_one("#tags", WordsField).value,
        )

    @property
    def _is_changed(self) -> bool:
        return self._faulty_sheet is not None or self._draft() != self._before

    def _read(self, fields: Fields) -> Note | tuple[Reason, ...]:
        """What the fields tell: a note, or why they tell none."""
        return edited(self._now, fields)

    def _draft(self) -> Note:
        """What the fields tell, whether it can be saved or not."""
        return drafted(self._now, self._fields())

    @on(TextField.Changed)
    @on(WordsField.Changed)
    def _changed(self) -> None:
        self._warned = self._said = ""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(LINT_AFTER_S, self._look)

    def _look(self) -> None:
        """Look for faults and findings in what is written now."""
        self.run_worker(self._looked(), group="lint", exclusive=True)

    async def _looked(self) -> None:
        fields = self._fields()
        found = await asyncio.to_thread(self._read, fields)
        findings: Sequence[Finding] = ()
        if isinstance(found, Note):
            findings = await asyncio.to_thread(self._rules, found)
        if fields == self._fields():  # else something was typed since, and will be looked at in its turn
            self._reasons = () if isinstance(found, Note) else found
            self._findings = findings
            self._tell()

    def _say(self, words: str) -> None:
        self._said = words
        self._tell()

    def _tell(self) -> None:
        """Show what was said, then faults, then findings, the worst first."""
        lines = [Content.styled(clean_line(line), "bold $text-warning") for line in self._said.split("\n") if line]
        lines += [_told("can't be saved", _STYLES[Severity.ERROR], one.message, one.mend) for one in self._reasons]
        for severity, style in _STYLES.items():
            lines += [
                _told(f"{severity} {one.rule} {one.rule.label}", style, one.message, one.mend)
                for one in self._findings
                if one.severity is severity
            ]
        self.query_one("#told", Static).update(Content("\n").join(lines or [Content(self.ALL_WELL)]))
        self.query_one("#found").scroll_home(animate=False)
        self.call_after_refresh(self._let_scroll)

    def _let_scroll(self) -> None:
        """Tab leads to what was found only if not all of it can be seen."""
        found = self.query_one("#found")
        found.can_focus = found.max_scroll_y > 0 or found.has_focus

    def _is_confirmed(self, action: str, words: str) -> bool:
        """Whether the learner was warned of this before; else warn."""
        now = self._ticks()
        if self._warned == action and now - self._warned_ms >= REPEAT_MS:
            return True
        self._warned, self._warned_ms = action, now
        self._say(words)
        return False

    def action_leave(self) -> None:
        if not self._is_changed or self._is_confirmed("leave", _THROWS_AWAY):
            self.dismiss(None)

    async def action_save(self) -> None:
        found = self._read(self._fields())
        if not isinstance(found, Note):
            self._reasons, self._findings = found, ()
            self._say("Not saved.")
        elif self._faulty_sheet is None or self._is_confirmed("save", SHEET_LEFT):
            self.dismiss(None if found == self._before else found)

    async def action_keys(self) -> None:
        """Show all keys; here `?` is a letter."""
        await self.app.run_action("keys", self.app)

    def action_sheet(self) -> None:
        """Open the whole card in the user's editor; what comes back fills the fields."""
        comments = [f"Deck: {self._place}", "", *FORMAT_WORDS]
        text = self._faulty_sheet or card_sheet(self._draft(), comments)
        words = ""
        try:
            with self.app.suspend():
                # Textual comes back only if nothing is raised in here.
                try:
                    written = edit_text(text)
                except FlashrlsError as error:
                    written, words = text, f"{error.message} {error.mend}"
                except KeyboardInterrupt:
                    written, words = text, "The editor was interrupted. Nothing was changed."
        except SuspendNotSupported:
            written, words = text, "An editor can't be opened in this terminal."
        if words or (written == text and self._faulty_sheet is None):
            self._say(words)
        else:
            self._take(written)

    def _take(self, written: str) -> None:
        """Take over what the editor left; a sheet with faults is kept to go on with."""
        found = read_sheet(written, before=self._before)
        faults = [one for one in found if isinstance(one, Fault)]
        notes = [one for one in found if isinstance(one, Note)]
        self._warned = ""
        if faults:
            self._faulty_sheet = written
            told = [f"Line {fault.line}: {fault.message} {fault.mend}" for fault in faults]
            self._say("\n".join(["Not taken over; Ctrl+O goes on with it.", *told]))
            return
        self._faulty_sheet = None
        if notes:
            self._fill(notes[0])
            self._said = ""
            self._look()
        else:
            self._say("The card was empty in your editor; it stays as it is here.")


def _told(label: str, style: str, message: str, mend: str) -> Content:
    return Content.assemble((label, style), f"  {clean_line(message)} {clean_line(mend)}")

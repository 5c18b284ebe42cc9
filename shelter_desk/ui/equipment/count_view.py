"""One count: a line into which a reader types, the list of what is looked for, its end, and its minutes on paper."""

from collections.abc import Callable
from dataclasses import replace
from html import escape

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.equipment.counting import ABSENT, ELSEWHERE, SEEN, Campaign, CampaignCountLine, tallied
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import CampaignId, RoomId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment_counts
from shelter_desk.operations.equipment.equipment_counts import CampaignCounts, CampaignLine
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.equipment import choices, paper
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn, TableRows
from shelter_desk.ui.page import Teller, Told
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Ink, Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words import formats


def minutes(counted: CampaignCounts, lines: tuple[CampaignLine, ...], training: bool, shelter: str) -> str:
    """The minutes as a text to print: what differs first, then everything."""
    one = counted.campaign
    title = words.text("Inventory minutes {number}").format(number=one.count_no)
    tally = tallied(line.line for line in lines)
    sums = words.text("{n} things: {seen} seen, {elsewhere} elsewhere, {missing} missing.")
    told = sums.format(n=tally.lines, seen=tally.seen, elsewhere=tally.elsewhere, missing=tally.absent)
    columns: list[paper.PaperColumn] = [
        (words.text("Tag"), lambda line: line.asset.tag_no),
        (words.text("Designation"), _with_pieces),
        (words.text("Expected in"), lambda line: line.room),
        (words.text("Outcome"), lambda line: outcome_text(line.line)),
        (words.text("Found in"), lambda line: line.found_room),
        (words.text("Condition"), _condition),
        (words.text("Cause"), _cause),
    ]
    differing = [line for line in lines if line.line.outcome in (ELSEWHERE, ABSENT) or line.line.lacks]
    others = [line for line in lines if line not in differing]
    texts = "".join(f"<p>{escape(text)}</p>" for text in (told, one.conclusion, one.recommendations) if text)
    first = f"<h3>{escape(words.text('Differences'))}</h3>{paper.table(differing, columns)}" if differing else ""
    rest = f"<h3>{escape(words.text('Seen where expected'))}</h3>{paper.table(others, columns)}" if others else ""
    head = paper.head(title, one.on, training, shelter)
    return f"{head}{texts}{first}{rest}{paper.signatures(one.team[:2])}"


def _with_pieces(line: CampaignLine) -> str:
    """What it is, and how many of how many pieces were there."""
    one = line.line
    pieces = f" ({one.expected - one.lacks}/{one.expected})" if one.expected > 1 and one.outcome else ""
    return line.asset.designation + pieces


def _condition(line: CampaignLine) -> str:
    return words.label("asset_condition", line.line.condition) if line.line.condition else ""


def _cause(line: CampaignLine) -> str:
    return words.label("count_cause", line.line.cause) if line.line.cause else ""


def outcome_text(one: CampaignCountLine) -> str:
    """Seen, elsewhere, missing, or nothing yet."""
    if one.outcome == SEEN and one.lacks:
        return words.text("seen in part")
    return {SEEN: words.text("seen"), ELSEWHERE: words.text("elsewhere"), ABSENT: words.text("missing")}.get(
        one.outcome, ""
    )


_CHIPS = ("left", "elsewhere", "missing", "all")
_KEYS = {Qt.Key.Key_V: SEEN, Qt.Key.Key_M: ABSENT}


def _in(one: CampaignCountLine, chip: str) -> bool:
    return {"left": not one.outcome, "elsewhere": one.outcome == ELSEWHERE, "missing": one.lacks > 0, "all": True}[chip]


class CampaignTable(TableView):
    """The list: V seen, M missing, without leaving it."""

    marked = Signal(str)  # an outcome

    def keyPressEvent(self, event: QKeyEvent) -> None:
        outcome = _KEYS.get(Qt.Key(event.key()))
        if outcome is not None and not event.modifiers() and self.currentIndex().isValid():
            self.marked.emit(outcome)
            return
        super().keyPressEvent(event)


class CloseForm(ActForm):
    """Nothing is counted after this: what nobody saw is missing."""

    def __init__(self, desk: Desk, campaign: Campaign) -> None:
        title = words.text("End the count {number}").format(number=campaign.count_no)
        super().__init__(desk, title, words.text("End the count"), "check")
        self.campaign = campaign
        self.conclusion = TextField(words.text("Conclusions"))
        self.advice = TextField(words.text("Recommendations"))
        self.add(self.conclusion, self.advice)
        self.first = self.conclusion

    def act(self) -> Told:
        done = equipment_counts.close(self.desk, self.campaign.id, self.conclusion.text(), self.advice.text())
        return Told("ok", words.text("Count {number} ended.").format(number=self.campaign.count_no), done)


class CountFace(Teller):
    """Room, tag and condition above; the reader ends each tag with Enter."""

    closed = Signal()
    form_wanted = Signal(object)  # ActForm

    def __init__(self, desk: Desk, key: CampaignId) -> None:
        super().__init__()
        self._desk, self._key = desk, key
        self._lines: tuple[CampaignLine, ...] = ()
        self.counted: CampaignCounts | None = None
        self.title = Label("", size="title", bold=True)
        self.tally = Label("", ink="ink2")
        self.room = ChoiceField(words.text("I am in"), choices.rooms(desk))
        self.tag = LineField(words.text("Tag, typed or read"), placeholder="LIT-0001")
        self.said = Label("", bold=True, wrap=True)
        texts = (words.text("To look for"), words.text("Elsewhere"), words.text("Missing"), words.text("All of them"))
        self.chips = ChipBar([(code, text, None) for code, text in zip(_CHIPS, texts, strict=True)])
        self.rows: TableRows[CampaignLine] = TableRows(_columns(), self)
        self.table = CampaignTable(self.rows)
        self.table.setAccessibleName(words.text("What is looked for"))
        self.condition = ChoiceField(words.text("Condition found"), code_lists.of("asset_condition"))
        self.found = LineField(words.text("Pieces found"))
        self.cause = ChoiceField(words.text("Why it is missing"), code_lists.of("count_cause"))
        self.keep_button = Button(words.text("Keep"), "plain", "check", on_click=self.keep)
        self.stay_button = Button(words.text("It goes back"), "plain", "undo", on_click=self.turn_move)
        self.stay_button.hide()
        self.found.hide()
        self.back_button = Button(words.text("All inventories"), "plain", "previous", on_click=self.closed)
        self.minutes_button = Button(words.text("Minutes…"), "plain", "print", on_click=self.print_minutes)
        self.close_button = Button(words.text("End the count…"), "primary", "check", on_click=self.end)
        self.approve_button = Button(words.text("Approve…"), "primary", "check", on_click=self.approve)
        self._lay_out()
        self.tag.line.returnPressed.connect(self.read)
        self.chips.chosen.connect(self._show)
        self.table.marked.connect(self.mark)
        self.table.selected.connect(self._selected)

    def _lay_out(self) -> None:
        head = Flow(tokens.SPACE_2, tokens.SPACE_HALF, middle=True)
        head.add(self.title, self.tally)
        head.add(self.back_button, self.minutes_button, self.close_button, self.approve_button)
        self._reader = QWidget()
        self.room.setFixedWidth(tokens.wide(230))
        self.tag.setFixedWidth(tokens.wide(230))
        in_row(self.room, self.tag, (self.said, 1), within=self._reader, spacing=tokens.SPACE_2)
        self._one = QWidget()
        about = Flow(tokens.SPACE_2, tokens.SPACE, bottom=True)
        self._one.setLayout(about)
        for field, width in ((self.condition, 180), (self.found, 110), (self.cause, 220)):
            field.setFixedWidth(tokens.wide(width))
            about.add(field)
        about.add(self.keep_button, self.stay_button)
        self.hint = Label(words.text("V seen, M missing, on the line chosen"), size="small", ink="ink2")
        chips, around = in_row(self.chips, (self.hint, 1)), (tokens.SPACE_2, tokens.SPACE_PANEL)
        whole = head, self._reader, chips, (self.table, 1), self._one
        in_column(*whole, within=self, spacing=tokens.SPACE_PANEL, margins=(*around, tokens.SPACE_2, tokens.SPACE))

    def set_first(self) -> None:
        """The reader where it is counted, else the list."""
        first = self.tag if self._reader.isVisible() else self.table
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask for the count again; the line chosen stays chosen."""
        at = self.table.current()
        one = equipment_counts.campaign(self._desk, self._key)
        self._lines = equipment_counts.lines(self._desk, self._key)
        tally = tallied(line.line for line in self._lines)
        self.counted = CampaignCounts(one, tally)
        self.title.setText(words.text("{number}, {day}").format(number=one.count_no, day=formats.day(one.on)))
        text = words.text("seen {seen} · elsewhere {elsewhere} · missing {missing} · to look for {left}")
        seen, missing = tally.seen, tally.absent
        self.tally.setText(text.format(seen=seen, elsewhere=tally.elsewhere, missing=missing, left=tally.left))
        may_edit = self._desk.may(Permission.ASSETS_EDIT)
        self._reader.setVisible(one.is_open and may_edit)
        self.close_button.setVisible(one.is_open and may_edit)
        to_approve = not one.is_open and one.approved_on is None
        self.approve_button.setVisible(to_approve and self._desk.may(Permission.ASSETS_APPROVE))
        self._one.setVisible(may_edit and one.approved_on is None)
        self.hint.setVisible(one.is_open and may_edit)
        self.chips.set_counts({code: sum(_in(line.line, code) for line in self._lines) for code in _CHIPS})
        if not one.is_open and self.chips.on() == ["left"]:
            self.chips.switch("missing" if tally.absent else "all")
        self._show()
        if at is not None:
            self._go_to(at)

    def _go_to(self, line: CampaignLine) -> None:
        """Choose that line, where it is listed."""
        place = next((n for n, one in enumerate(self.rows.rows()) if one.line.id == line.line.id), None)
        if place is not None:
            self.table.go_to(place)

    @Slot()
    def _show(self) -> None:
        chips = self.chips.on()
        self.rows.show([one for one in self._lines if not chips or _in(one.line, chips[0])])

    @Slot(object)
    def _selected(self, line: CampaignLine | None) -> None:
        if line is None:
            return
        self.condition.choose(line.line.condition or None)
        self.found.set_text("" if line.line.found is None else str(line.line.found))
        self.found.setVisible(line.line.expected > 1)
        self.cause.choose(line.line.cause or None)
        self.stay_button.setVisible(line.line.outcome == ELSEWHERE)
        self.stay_button.setText(words.text("It goes back") if line.line.moves else words.text("It stays there"))

    @Slot()
    def read(self) -> None:
        """A tag was typed or read: say what it is, and wait for the next one."""
        typed = self.tag.text()
        if not typed:
            return
        room = self.room.chosen_id(RoomId)
        self.tag.line.clear()
        try:
            seen = equipment_counts.see(self._desk, self._key, typed, room)
        except ShelterDeskError as error:
            self.said.setText(self.sentence(error))
            self.said.set_ink("blocked")
            return
        line = seen.line
        if line.line.outcome == SEEN:
            self._tell(words.text("Seen: {tag} {thing}"), line, "ok")
        else:
            self._tell(words.text("Elsewhere: {tag} {thing}, expected in {room}"), line, "attention")
        self.refresh()
        self._go_to(line)
        self.tag.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, text: str, line: CampaignLine, ink: Ink) -> None:
        room = line.room or words.text("no place")
        self.said.setText(text.format(tag=line.asset.tag_no, thing=line.asset.designation, room=room))
        self.said.set_ink(ink)

    @Slot(str)
    def mark(self, outcome: str) -> None:
        """Write the outcome of the line chosen, and go to the next one."""
        line = self.table.current()
        if line is None:
            return
        told = replace(line.line, outcome=outcome, found_room=None, moves=False)
        at = self.table.currentIndex().row()
        if self._write(told) and at + 1 < self.rows.rowCount():
            self.table.go_to(at + 1)

    @Slot()
    def keep(self) -> None:
        """Condition, pieces and cause of the line chosen."""
        line = self.table.current()
        if line is None or self.counted is None:
            return
        typed = self.found.text()
        pieces = int(typed) if typed.isdecimal() and line.line.expected > 1 else None
        cause = self.cause.value() or ""
        if not self.counted.campaign.is_open:
            self._act(lambda: equipment_counts.explain(self._desk, line.line, cause))
            return
        outcome = line.line.outcome or SEEN
        self._write(
            replace(line.line, outcome=outcome, condition=self.condition.value() or "", found=pieces, cause=cause)
        )

    @Slot()
    def turn_move(self) -> None:
        """Something elsewhere stays where it was found, or goes back."""
        line = self.table.current()
        if line is not None and line.line.outcome == ELSEWHERE:
            self._write(replace(line.line, moves=not line.line.moves))

    def _write(self, line: CampaignCountLine) -> bool:
        return self._act(lambda: equipment_counts.mark(self._desk, line))

    def _act(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", self.sentence(error)))
            return False
        self.refresh()
        return True

    @Slot()
    def end(self) -> None:
        """The form that ends the count."""
        if self.counted is not None:
            self.form_wanted.emit(CloseForm(self._desk, self.counted.campaign))

    @Slot()
    def approve(self) -> None:
        """Let the register follow, once the person said so."""
        if self.counted is None:
            return
        question = words.text("Approve the count {number}?").format(number=self.counted.campaign.count_no)
        effect = words.text("The register follows: moves, conditions, and what is lost or stolen.")
        if ask.ask(self, question, effect, words.text("Approve")) is None:
            return
        done = self.attempt(lambda: equipment_counts.approve(self._desk, self._key))
        if done is None:
            return
        self.told.emit(Told("ok", words.text("Count {number} approved.").format(number=done.subject), done))
        self.refresh()
        self.set_first()

    @Slot()
    def print_minutes(self) -> None:
        """The minutes to sign."""
        if self.counted is None:
            return
        shelter = settings.read(self._desk).shelter_name
        html = minutes(self.counted, self._lines, self._desk.is_training, shelter)
        told = paper.text(self, words.text("Inventory minutes"), words.text("inventory-minutes.pdf"), html)
        self.tell(printed(self._desk, "inventory", told))


def _columns() -> list[TableColumn[CampaignLine]]:
    return [
        TableColumn(words.text("Tag"), lambda one: one.asset.tag_no, BY_TEXT, bold=True),
        TableColumn(words.text("Designation"), lambda one: one.asset.designation, BY_TEXT),
        TableColumn(words.text("Expected in"), lambda one: one.room, BY_TEXT),
        TableColumn(words.text("Outcome"), lambda one: outcome_text(one.line), lambda one: one.line.outcome, ink=_ink),
        TableColumn(words.text("Found in"), _found),
        TableColumn(words.text("Condition"), _condition),
        TableColumn(words.text("Cause"), _cause),
    ]


def _found(line: CampaignLine) -> str:
    if line.line.outcome != ELSEWHERE:
        return ""
    return line.found_room if line.line.moves else words.text("{room}, goes back").format(room=line.found_room)


def _ink(line: CampaignLine) -> str | None:
    if line.line.lacks:
        return "blocked"
    return {SEEN: "ok", ELSEWHERE: "attention"}.get(line.line.outcome)

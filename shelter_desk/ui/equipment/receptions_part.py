"""Receptions from donors: the minutes written so far, and a delivery being received: announced, came, sent back."""

import json
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.equipment.receiving import MOST, Reception, ReceptionLine
from shelter_desk.domain.ids import GrantId, ReceptionId, RoomId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.equipment import receptions
from shelter_desk.operations.equipment.receptions import Received
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.equipment import choices, paper
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.tabbed_page import focus
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import formats

ON_LOAN_MODE = "mise_a_disposition"


class LineEditor(QFrame, FieldGroup):
    """One kind of thing of the delivery. What came is what was announced until something else is typed."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.designation = LineField(words.text("Designation"), required=True, key="designation")
        self.category = CodeField(words.text("Category"), "asset_category", required=True)
        self.expected = NumberField(words.text("Announced"), 0, MOST, required=True, key="quantity")
        self.received = NumberField(words.text("Came"), 0, MOST, required=True)
        self.refused = NumberField(words.text("Sent back"), 0, MOST, key="refused")
        self.condition = CodeField(words.text("Condition"), "asset_condition", "neuf", required=True)
        self.cost = NumberField(words.text("Value of a piece"), 0, 999_999_999, unit="XOF")
        self.room = ChoiceField(words.text("Location"), choices.rooms(desk))
        self.numbered = QCheckBox(words.text("A tag for each piece (else one batch)"))
        self.numbered.setChecked(True)
        self.remark = LineField(words.text("Why it differs"), key="remark")
        self._follows = True
        amounts = ((self.expected, 100), (self.received, 100), (self.refused, 100))
        first = row_of((self.designation, 280), (self.category, 220), *amounts)
        second = row_of((self.condition, 150), (self.cost, 150), (self.room, 200), (self.remark, 300))
        in_column(first, second, self.numbered, within=self, margins=(tokens.SPACE_2, tokens.SPACE_PANEL))
        self.expected.changed.connect(self._announced)
        self.received.line.textEdited.connect(self._counted)
        for field in (self.designation, self.expected, self.received, self.refused, self.cost, self.remark):
            field.changed.connect(self.changed)
        for choice in (self.category, self.condition, self.room):
            choice.chosen.connect(self.changed)
        self.numbered.toggled.connect(self.changed)

    @Slot()
    def _announced(self) -> None:
        if self._follows:
            self.received.line.setText(self.expected.line.text())

    @Slot(str)
    def _counted(self, _text: str) -> None:
        self._follows = False

    def draft(self) -> str:
        """What is typed into the line."""
        return json.dumps({key: drafting.said(one) for key, one in self.drafted.items()})

    def put(self, draft: str) -> None:
        """Show what was typed."""
        kept = json.loads(draft)
        for key, one in self.drafted.items():
            drafting.put(one, kept.get(key, ""))
        self._follows = kept.get("received") == kept.get("expected")

    def is_empty(self) -> bool:
        """True where nothing was typed: such a line is passed over."""
        return not self.designation.text() and self.expected.number() is None and self.received.number() is None

    def line(self) -> ReceptionLine:
        """What was typed."""
        return ReceptionLine(
            self.designation.text(),
            self.category.code(),
            self.expected.number() or 0,
            self.received.number() or 0,
            self.refused.number() or 0,
            self.condition.code(),
            self.remark.text(),
            self.numbered.isChecked(),
            self.cost.number(),
            self.room.chosen_id(RoomId),
        )


class ReceptionForm(ActForm):
    """Donor and paper once, then a card for each kind of thing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, words.text("Receive a delivery"), words.text("Write the minutes"), "check")
        today = desk.today()
        self.day = DayField(words.text("Delivered on"), today, required=True, value=today, key="received_on")
        self.donor = CodeField(words.text("Donor"), "donor", required=True)
        self.grant = ChoiceField(words.text("Grant"), choices.grants(desk))
        self.mode = CodeField(words.text("Acquisition mode"), "acquisition_mode", "don", required=True)
        self.owner = CodeField(words.text("Owner"), "asset_owner", "centre", required=True)
        self.pv = LineField(words.text("Paper of the donor"))
        self.by = LineField(words.text("Delivered by"))
        self.witness = LineField(words.text("Witness"))
        self.remarks = LineField(words.text("Remarks"))
        self.row((self.day, 160), (self.donor, 260), (self.grant, 260), (self.pv, 180))
        self.row((self.mode, 300), (self.owner, 150), (self.by, 200), (self.witness, 200))
        self.section(words.text("What was delivered"))
        reason = words.text("A difference needs its reason: it stands in the minutes.")
        self.add(Label(reason, size="small", ink="ink2"))
        self._lines = QWidget()
        self._column = in_column(within=self._lines)
        self.add(self._lines)
        self.more_button = Button(words.text("Another kind of thing"), "plain", "plus", on_click=self._add_and_begin)
        self.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.row((self.remarks, 620))
        self.editors: list[LineEditor] = []
        self.first = self.donor
        self.mode.chosen.connect(self._chosen)
        self.add_line()

    @Slot(str)
    def _chosen(self, code: str) -> None:
        """What is only on loan stays the donor's."""
        self.owner.choose("bailleur" if code == ON_LOAN_MODE else "centre")

    def values(self) -> dict[str, Value]:
        return {**super().values(), "lines": [one.draft() for one in self.editors if not one.is_empty()]}

    def fill(self, values: Mapping[str, Value]) -> None:
        super().fill(values)
        for at, draft in enumerate(values.get("lines", [])):
            (self.editors[at] if at < len(self.editors) else self.add_line()).put(draft)

    def add_line(self) -> LineEditor:
        """One more card."""
        editor = LineEditor(self.desk)
        editor.changed.connect(self.touched)
        self.editors.append(editor)
        self._column.addWidget(editor)
        return editor

    @Slot()
    def _add_and_begin(self) -> None:
        self.add_line().designation.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self) -> Told:
        day = self.day.asked()
        for editor in self.editors:
            for field in editor.fields.values():
                field.clear()
        reception = Reception(
            ReceptionId(0),
            "",
            day,
            self.donor.code(),
            self.grant.chosen_id(GrantId),
            self.pv.text(),
            self.by.text(),
            None,
            self.witness.text(),
            self.remarks.text(),
        )
        kept = [one.line() for one in self.editors if not one.is_empty()]
        done = receptions.receive(self.desk, reception, kept, self.mode.code(), self.owner.code())
        pieces = sum(one.kept for one in kept)
        text = words.text("Minutes {number} written, in store: {how_many}.")
        how_many = words.count("{n} piece", "{n} pieces", pieces)
        return Told("ok", text.format(number=done.subject, how_many=how_many), done)

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """That of the first line that is refused, where it is about the lines."""
        key = getattr(error, "field", "")
        if key == "lines" and self.editors:
            key = "designation"
        for editor in self.editors:
            field = editor.fields.get(key)
            if field is not None and _is_wrong(editor.line(), key):
                return field
        return super().field_of(error)


def _is_wrong(line: ReceptionLine, key: str) -> bool:
    return {
        "designation": not line.designation,
        "asset_category": not line.category,
        "asset_condition": not line.condition,
        "refused": line.refused > line.received,
        "remark": bool(line.difference) and not line.remark,
    }.get(key, False)


class ReceptionsPart(ListRoom[Received]):
    """A list of minutes; Enter prints the one chosen."""

    of_persons = False
    opens_beside = False
    hides_head = True

    def __init__(self, desk: Desk) -> None:
        may_edit = desk.may(Permission.ASSETS_EDIT)
        empty = Empty(
            "truck",
            words.text("No reception yet"),
            words.text("What a donor delivers is counted beside its list; what differs stands in the minutes."),
            words.text("Receive a delivery…") if may_edit else None,
        )
        super().__init__(desk, _columns(), words.text("Receptions"), empty)
        self.print_button = Button(words.text("Print the minutes…"), "plain", "print", on_click=self.print_minutes)
        self.new_button = self.begin_button(words.text("Receive a delivery…"), may=may_edit)
        self.lay_out(head_row(right=[self.print_button, self.new_button], spacing=tokens.SPACE_2))

    def ask(self) -> Sequence[Received]:
        return receptions.listed(self.desk)

    def key_of(self, line: Received) -> int:
        return line.reception.id

    def form_of(self, line: Received | None) -> tuple[ReceptionForm, str] | None:
        return (ReceptionForm(self.desk), "reception/") if line is None else None

    @Slot(object)
    def enter(self, _line: Received) -> None:
        self.print_minutes()

    @Slot()
    def print_minutes(self) -> None:
        """The minutes of the reception chosen, to sign."""
        one = self.table.current()
        if one is None:
            return
        html = minutes(one, self.desk.is_training, settings.read(self.desk).shelter_name)
        told = paper.text(self, words.text("Reception minutes"), "reception.pdf", html)
        self.tell(printed(self.desk, "reception", told, one.reception.number))
        focus(self.table)


def minutes(one: Received, training: bool, shelter: str) -> str:
    """The minutes as a text to print."""
    said = one.reception
    title = words.text("Reception minutes {number}").format(number=said.reception_no)
    facts = (
        (words.text("Donor"), words.label("donor", said.donor)),
        (words.text("Paper of the donor"), said.handover_pv),
        (words.text("Delivered by"), said.delivered_by),
        (words.text("Received by"), one.by),
        (words.text("Witness"), said.witness),
        (words.text("Remarks"), said.remarks),
    )
    columns: list[paper.PaperColumn] = [
        (words.text("Designation"), lambda line: line.designation),
        (words.text("Announced"), lambda line: str(line.expected)),
        (words.text("Came"), lambda line: str(line.received)),
        (words.text("Sent back"), lambda line: str(line.refused)),
        (words.text("Kept"), lambda line: str(line.kept)),
        (words.text("Difference"), lambda line: f"{line.difference:+d}" if line.difference else "0"),
        (words.text("Remark"), lambda line: line.remark),
    ]
    of_facts = [(words.text("What"), lambda fact: fact[0]), (words.text("Said"), lambda fact: fact[1])]
    known = paper.table([fact for fact in facts if fact[1]], of_facts)
    signed = paper.signatures((words.text("For the donor"), words.text("For the shelter")))
    head = paper.head(title, said.received_on, training, shelter)
    return f"{head}{known}<br/>{paper.table(one.lines, columns)}{signed}"


def _columns() -> list[TableColumn[Received]]:
    return [
        TableColumn(words.text("No."), lambda one: one.reception.reception_no, lambda one: one.reception.id, bold=True),
        TableColumn(
            words.text("Delivered on"),
            lambda one: formats.day(one.reception.received_on),
            lambda one: one.reception.received_on,
        ),
        TableColumn(words.text("Donor"), lambda one: words.label("donor", one.reception.donor)),
        TableColumn(words.text("Paper of the donor"), lambda one: one.reception.handover_pv),
        TableColumn(
            words.text("Pieces kept"),
            lambda one: formats.number(sum(line.kept for line in one.lines)),
            lambda one: sum(line.kept for line in one.lines),
            "right",
            unit="",
        ),
        TableColumn(words.text("Differences"), _difference, ink=lambda one: "attention" if one.differs else "ok"),
        TableColumn(words.text("Received by"), lambda one: one.by),
    ]


def _difference(one: Received) -> str:
    differing = sum(bool(line.difference) for line in one.lines)
    if not differing:
        return words.text("none")
    return words.count("{n} line differs", "{n} lines differ", differing)

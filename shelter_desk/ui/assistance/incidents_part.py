"""Incidents and complaints: a register for who may read it, and for everybody a form to report."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import IncidentId
from shelter_desk.domain.incidents import SERIOUS
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.incidents import Line
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.incident_form import IncidentForm
from shelter_desk.ui.assistance.incident_view import STEP, IncidentView, state
from shelter_desk.ui.assistance.part import PartFace
from shelter_desk.ui.drafting import Drafting
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import lists
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.choice_field import ChoiceBox
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.panel import SidePanel
from shelter_desk.ui.widgets.table import Column, Rows, Table
from shelter_desk.words import incidents as incident_words
from shelter_desk.words import shown

NEW_FORM = "assistance/incidents/new"
_CHIPS = ("open", "serious", "complaints", "closed", "all")
_EVERY = "all"


def _in(line: Line, chip: str) -> bool:
    one = line.incident
    return {
        "open": one.closed_on is None,
        "serious": one.closed_on is None and one.severity in SERIOUS,
        "complaints": one.is_complaint,
        "closed": one.closed_on is not None,
    }.get(chip, True)


class IncidentsPart(PartFace):
    """Chips and a type choose what is listed; Enter on a line opens it beside the list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._reads = desk.may(Permission.INCIDENT_SEE)
        self._lines: list[Line] = []
        self.form: IncidentForm | None = None
        self.drafting: Drafting | None = None
        self.view: IncidentView | None = None
        texts = (
            words.text("Still open"),
            words.text("Serious"),
            words.text("Complaints"),
            words.text("Closed incidents"),
            words.text("All incidents"),
        )
        self.chips = ChipBar([(code, text, None) for code, text in zip(_CHIPS, texts, strict=True)])
        self.kind = ChoiceBox([(_EVERY, words.text("Every type")), *lists.of("incident_type")], _EVERY)
        self.kind.setAccessibleName(words.text("Type of incident"))
        self.new_button = Button(words.text("Report an incident…"), "primary", "plus")
        self.rows: Rows[Line] = Rows(_columns())
        self.rows.setParent(self)
        self.table = Table(self.rows)
        self.table.setAccessibleName(words.text("Register of incidents"))
        self.panel = SidePanel()
        self.panel.hide()
        self.empty = Empty(
            "flag",
            words.text("No incident here") if self._reads else words.text("Report what happened"),
            words.text(
                "Violence, threats, accidents, thefts, lost data, complaints: each gets a number and is followed."
            )
            if self._reads
            else words.text("What you write is sealed: the manager reads it, nobody else. You get a number."),
            words.text("Report an incident…"),
        )
        self._lay_out()
        self.chips.chosen.connect(self._filter)
        self.kind.chosen.connect(self._filter)
        self.new_button.clicked.connect(self.begin)
        self.empty.started.connect(self.begin)
        self.table.opened.connect(self._open)
        self.table.clicked.connect(self._clicked)
        self.panel.closed.connect(self._closed)

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        head.setSpacing(tokens.SPACE_2)
        self.kind.setFixedWidth(tokens.wide(250))
        head.addWidget(self.chips)
        head.addWidget(self.kind)
        head.addStretch(1)
        head.addWidget(self.new_button)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        self._body = QStackedWidget()
        self._body.addWidget(beside)
        self._body.addWidget(self.empty)
        self._listed = QWidget()
        column = QVBoxLayout(self._listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._body, 1)
        self._faces = QStackedWidget()
        self._faces.addWidget(self._listed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)

    def look(self) -> None:
        self._lines = incidents.register(self.desk) if self._reads else []
        self.chips.set_counts({code: sum(_in(one, code) for one in self._lines) for code in _CHIPS})
        self._head.setVisible(bool(self._lines))
        chosen = self.view.line.incident.id if self.view is not None else None
        self._show()
        if chosen is not None:
            self._open_again(chosen)

    def _show(self) -> None:
        chip, kind = (self.chips.on() or [_EVERY])[0], self.kind.value() or _EVERY
        found = [one for one in self._lines if _in(one, chip) and kind in (_EVERY, one.incident.incident_type)]
        self.rows.show(found)
        self._body.setCurrentIndex(0 if self._lines else 1)

    @Slot(str)
    def _filter(self, _code: str) -> None:
        self._show()

    def is_editing(self) -> bool:
        return self.form is not None or (self.view is not None and self.view.form is not None)

    def set_first(self) -> None:
        if self.form is not None:
            self.form.begin()
        elif self._lines:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            if self.rows.rowCount() and not self.table.currentIndex().isValid():
                self.table.go_to(0)
        elif self.empty.button is not None:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    # One line ---------------------------------------------------------------------------------------------------------

    @Slot(object)
    def _open(self, line: Line) -> None:
        self.open_line(line)
        if self.view is not None:
            self.view.set_first()

    @Slot()
    def _clicked(self) -> None:
        line = self.table.current()
        if line is not None:
            self.open_line(line)

    def open_line(self, line: Line) -> None:
        """Show that one beside the list."""
        self._drop_view()
        self.view = IncidentView(self.desk, line)
        self.view.told.connect(self.told)
        self.view.acted.connect(self._acted)
        self.view.draft_found.connect(self.draft_found)
        self.panel.name_it(line.incident.incident_no, words.label("incident_type", line.incident.incident_type))
        self.panel.body.addWidget(self.view)
        self.panel.body.addStretch(1)
        self.panel.show()

    def _open_again(self, chosen: IncidentId) -> None:
        line = next((one for one in self._lines if one.incident.id == chosen), None)
        if line is None:
            self.panel.dismiss()
            return
        place = next((at for at, one in enumerate(self.rows.rows()) if one.incident.id == chosen), None)
        if place is not None:
            self.table.go_to(place)
        self.open_line(line)

    def _drop_view(self) -> None:
        while (item := self.panel.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.view = None

    @Slot()
    def _acted(self) -> None:
        """The form goes after its own signal is over."""
        if self.view is not None:
            self.view.form = None
        QTimer.singleShot(0, self, self._after_act)

    @Slot()
    def _after_act(self) -> None:
        self._look_again()
        if self.view is not None:
            self.view.set_first()

    def _look_again(self) -> None:
        try:
            self.look()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", incident_words.sentence(error)))

    @Slot()
    def _closed(self) -> None:
        self._drop_view()
        self.set_first()

    # A new one --------------------------------------------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """The form of a report."""
        if self.form is not None:
            return
        self.form = IncidentForm(self.desk)
        self.drafting = Drafting(self.desk, self.form, NEW_FORM)
        self.drafting.found.connect(self.draft_found)
        self.form.persons.changed.connect(self.drafting.touch)
        self.form.told.connect(self.told)
        self.form.acted.connect(self.close_form)
        self.form.closed.connect(self.close_form)
        self._faces.addWidget(self.form)
        self._faces.setCurrentWidget(self.form)
        self.form.begin()
        self.drafting.begin()

    def resume(self, draft: Draft) -> None:
        """Open the form, or the step of an incident, as it was left."""
        if draft.form.startswith(STEP):
            self._resume_step(draft)
            return
        self.begin()
        if self.drafting is not None:
            self.drafting.resume(draft)

    def _resume_step(self, draft: Draft) -> None:
        key, _, act = draft.form.removeprefix(STEP).partition("/")
        self._open_again(IncidentId(int(key)))
        if self.view is not None and act in self.view.buttons:
            self.view.open_step(act)
            if self.view.drafting is not None:
                self.view.drafting.resume(draft)

    @Slot()
    def close_form(self) -> None:
        """Back to the register; the draft goes with the form."""
        form, self.form = self.form, None
        drafting, self.drafting = self.drafting, None
        if drafting is not None:
            drafting.forget()
        if form is not None:
            self._faces.setCurrentWidget(self._listed)
            self._faces.removeWidget(form)
            form.deleteLater()
            self._look_again()
            self.set_first()


def _columns() -> list[Column[Line]]:
    return [
        Column(words.text("No."), lambda one: one.incident.incident_no, lambda one: one.incident.id, bold=True),
        Column(words.text("Happened on"), _happened, lambda one: one.incident.occurred_at),
        Column(words.text("Type"), _type, _type),
        Column(
            words.text("Severity"),
            _severity,
            lambda one: [*_severities(), ""].index(one.incident.severity),
            ink=lambda one: "blocked" if one.incident.severity in SERIOUS else None,
        ),
        Column(words.text("State"), state, state, ink=lambda one: "ink2" if one.incident.closed_on else "held"),
        Column(words.text("Where"), lambda one: one.room),
        Column(words.text("Reported by"), lambda one: one.reported_by or words.text("unnamed")),
        Column(words.text("Who was told"), lambda one: lists.labels("notified", one.incident.notified)),
    ]


def _severities() -> list[str]:
    return [code for code, _ in lists.of("incident_severity")]


def _type(line: Line) -> str:
    return words.label("incident_type", line.incident.incident_type)


def _severity(line: Line) -> str:
    one = line.incident
    return words.label("incident_severity", one.severity) if one.severity else shown.NONE


def _happened(line: Line) -> str:
    at = line.incident.occurred_at
    return shown.day(at.date()) if is_plain(at) else shown.moment(at)

"""Incidents and complaints: a register for who may read it, and for everybody a form to report."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.casefile.incidents import SERIOUS
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.casefile.incidents import IncidentLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.incident_form import IncidentForm
from shelter_desk.ui.assistance.incident_view import STEP, IncidentView, state
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.lists.list_page import ListRoom
from shelter_desk.ui.lists.table import TableColumn
from shelter_desk.ui.referring import code_lists
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.chips import ChipBar
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.words import formats
from shelter_desk.words import incidents as incident_words

NEW_FORM = "assistance/incidents/new"
_CHIPS = ("open", "serious", "complaints", "closed", "all")
_EVERY = "all"


def _in(line: IncidentLine, chip: str) -> bool:
    one = line.incident
    return {
        "open": one.closed_on is None,
        "serious": one.closed_on is None and one.severity in SERIOUS,
        "complaints": one.is_complaint,
        "closed": one.closed_on is not None,
    }.get(chip, True)


class IncidentsPart(ListRoom[IncidentLine, IncidentView, IncidentForm]):
    """Chips and a type choose what is listed; Enter on a line opens it beside the list."""

    def __init__(self, desk: Desk) -> None:
        self._reads = desk.may(Permission.INCIDENT_SEE)
        self._lines: list[IncidentLine] = []
        super().__init__(desk, _columns(), words.text("Register of incidents"), _empty(self._reads))
        texts = (
            words.text("Still open"),
            words.text("Serious"),
            words.text("Complaints"),
            words.text("Closed incidents"),
            words.text("All incidents"),
        )
        self.chips = ChipBar([(code, text, None) for code, text in zip(_CHIPS, texts, strict=True)])
        self.kind = ChoiceBox([(_EVERY, words.text("Every type")), *code_lists.of("incident_type")], _EVERY)
        self.kind.setAccessibleName(words.text("Type of incident"))
        self.new_button = Button(words.text("Report an incident…"), "primary", "plus")
        self._head = self._made_head()
        self.lay_out(self._head)
        self.chips.chosen.connect(self._filter)
        self.kind.chosen.connect(self._filter)
        self.new_button.clicked.connect(self.begin)

    def _made_head(self) -> QWidget:
        made = QWidget()
        head = QHBoxLayout(made)
        head.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        head.setSpacing(tokens.SPACE_2)
        self.kind.setFixedWidth(tokens.wide(230))
        head.addWidget(self.chips, 1)
        head.addWidget(self.kind)
        head.addWidget(self.new_button)
        return made

    def ask(self) -> None:
        self._lines = incidents.register(self.desk) if self._reads else []
        self.chips.set_counts({code: sum(_in(one, code) for one in self._lines) for code in _CHIPS})
        self._head.setVisible(bool(self._lines))

    def every(self) -> Sequence[IncidentLine]:
        return self._lines

    def listed(self) -> Sequence[IncidentLine]:
        chip, kind = (self.chips.on() or [_EVERY])[0], self.kind.value() or _EVERY
        return [one for one in self._lines if _in(one, chip) and kind in (_EVERY, one.incident.incident_type)]

    @Slot(str)
    def _filter(self, _code: str) -> None:
        self.show_lines()

    def key_of(self, line: IncidentLine) -> int:
        return line.incident.id

    def sentence(self, error: ShelterDeskError) -> str:
        return incident_words.sentence(error)

    def view_of(self, line: IncidentLine) -> IncidentView:
        self.panel.name_it(line.incident.incident_no, words.label("incident_type", line.incident.incident_type))
        return IncidentView(self.desk, line)

    def form_of(self, _line: IncidentLine | None) -> tuple[IncidentForm, str]:
        return IncidentForm(self.desk), NEW_FORM

    def listen(self, form: IncidentForm, drafting: Drafting) -> None:
        form.persons.changed.connect(drafting.touch)

    def resume(self, draft: Draft) -> None:
        """Open the form, or the step of an incident, as it was left."""
        if not draft.form.startswith(STEP):
            super().resume(draft)
            return
        key, _, act = draft.form.removeprefix(STEP).partition("/")
        self.resume_step(int(key), act, draft)


def _empty(reads: bool) -> Empty:
    """What the room says while there is nothing to list, or nothing that this role may read."""
    told = words.text(
        "Violence, threats, accidents, thefts, lost data, complaints: each gets a number and is followed."
    )
    sealed = words.text("What you write is sealed: in the program, only the manager reads it. You get a number.")
    title = words.text("No incident here") if reads else words.text("Report what happened")
    return Empty("flag", title, told if reads else sealed, words.text("Report an incident…"))


def _columns() -> list[TableColumn[IncidentLine]]:
    return [
        TableColumn(words.text("No."), lambda one: one.incident.incident_no, lambda one: one.incident.id, bold=True),
        TableColumn(words.text("Happened on"), _happened, lambda one: one.incident.occurred_at),
        TableColumn(words.text("Type"), _type, _type),
        TableColumn(
            words.text("Severity"),
            _severity,
            lambda one: [*_severities(), ""].index(one.incident.severity),
            ink=lambda one: "blocked" if one.incident.severity in SERIOUS else None,
        ),
        TableColumn(words.text("State"), state, state, ink=lambda one: "ink2" if one.incident.closed_on else "held"),
        TableColumn(words.text("Where"), lambda one: one.room),
        TableColumn(words.text("Reported by"), lambda one: one.reported_by or words.text("unnamed")),
        TableColumn(words.text("Who was told"), lambda one: code_lists.labels("notified", one.incident.notified)),
    ]


def _severities() -> list[str]:
    return [code for code, _ in code_lists.of("incident_severity")]


def _type(line: IncidentLine) -> str:
    return words.label("incident_type", line.incident.incident_type)


def _severity(line: IncidentLine) -> str:
    one = line.incident
    return words.label("incident_severity", one.severity) if one.severity else formats.NONE


def _happened(line: IncidentLine) -> str:
    at = line.incident.occurred_at
    return formats.day(at.date()) if is_plain(at) else formats.moment(at)

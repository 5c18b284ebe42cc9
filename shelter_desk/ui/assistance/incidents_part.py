"""Incidents and complaints: a register for who may read it, and for everybody a form to report."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.casefile.incidents import SERIOUS
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.casefile.incidents import IncidentLine
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.incident_form import IncidentForm
from shelter_desk.ui.assistance.incident_view import IncidentView, state
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table import BY_TEXT, TableColumn
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.words import formats
from shelter_desk.words import incidents as incident_words

_EVERY = "all"


def _in(line: IncidentLine, chip: str) -> bool:
    one = line.incident
    return {
        "open": one.closed_on is None,
        "serious": one.closed_on is None and one.severity in SERIOUS,
        "complaints": one.is_complaint,
        "closed": one.closed_on is not None,
    }.get(chip, True)


class IncidentsPart(ListRoom[IncidentLine]):
    """Chips and a type choose what is listed; Enter on a line opens it beside the list."""

    hides_head = True
    form: IncidentForm | None
    view: IncidentView | None

    def __init__(self, desk: Desk) -> None:
        self._reads = desk.may(Permission.INCIDENT_SEE)
        super().__init__(desk, _columns(), words.text("Register of incidents"), _empty(self._reads))
        self.filter_by(
            [
                ("open", words.text("Still open")),
                ("serious", words.text("Serious")),
                ("complaints", words.text("Complaints")),
                ("closed", words.text("Closed incidents")),
                ("all", words.text("All incidents")),
            ],
            _in,
        )
        self.kind = ChoiceBox([(_EVERY, words.text("Every type")), *code_lists.of("incident_type")], _EVERY)
        self.kind.setAccessibleName(words.text("Type of incident"))
        self.kind.setFixedWidth(tokens.wide(230))
        self.kind.chosen.connect(self.show_lines)
        self.new_button = self.begin_button(words.text("Report an incident…"))
        self.lay_out(head_row(wide=self.chips, right=[self.kind, self.new_button], spacing=tokens.SPACE_2))

    def ask(self) -> Sequence[IncidentLine]:
        return incidents.register(self.desk) if self._reads else []

    def filtered(self) -> Sequence[IncidentLine]:
        kind = self.kind.value() or _EVERY
        return [one for one in super().filtered() if kind in (_EVERY, one.incident.incident_type)]

    def key_of(self, line: IncidentLine) -> int:
        return line.incident.id

    def sentence(self, error: ShelterDeskError) -> str:
        return incident_words.sentence(error)

    def view_of(self, line: IncidentLine) -> IncidentView:
        self.panel.name_it(line.incident.incident_no, words.label("incident_type", line.incident.incident_type))
        return IncidentView(self.desk, line)

    def form_of(self, _line: IncidentLine | None) -> tuple[IncidentForm, str]:
        return IncidentForm(self.desk), "new"


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
        TableColumn(words.text("Type"), _type, BY_TEXT),
        TableColumn(
            words.text("Severity"),
            _severity,
            lambda one: [*_severities(), ""].index(one.incident.severity),
            ink=lambda one: "blocked" if one.incident.severity in SERIOUS else None,
        ),
        TableColumn(words.text("State"), state, BY_TEXT, ink=lambda one: "ink2" if one.incident.closed_on else "held"),
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

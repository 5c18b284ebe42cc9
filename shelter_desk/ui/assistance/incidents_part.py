"""Incidents and complaints: a register for who may read it, and for everybody a form to report.

Beside the register one of them: what stands open in it, what is told on demand, and its follow-up.
"""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile.incidents import SERIOUS, IncidentContent
from shelter_desk.domain.ids import ReferralId
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import drafts
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.casefile.incidents import IncidentLine
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.incident_form import IncidentForm
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceBox, ChoiceField
from shelter_desk.ui.forms.code_lists import Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, TextField
from shelter_desk.ui.forms.reading_reason import may_open
from shelter_desk.ui.forms.watched_text import watch
from shelter_desk.ui.lists.detail_view import DetailStep, DetailView
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.casefile import incidents as incident_words

STEP = "assistance/incidents/step/"  # before the number of the incident and the step, in the name of a draft


def state(line: IncidentLine) -> str:
    """Open, answered or closed."""
    one = line.incident
    if one.closed_on is not None:
        return words.text("closed")
    return words.text("answered, open") if one.answered_on is not None else words.text("open")


class IncidentView(DetailView):
    """Facts of the register; Read opens what is told, with a line in the journal."""

    form: "IncidentStep | None"

    def __init__(self, desk: Desk, line: IncidentLine) -> None:
        super().__init__(desk)
        self.line = line
        self.content: FactList | None = None
        facts = FactList(self._facts())
        self.aside = [facts]
        self.add(Badge(state(line), "held" if line.incident.closed_on is None else "ok"), facts)
        if line.incident.is_sealed:
            self.add(Alert(words.text("Sealed matter: it goes on through its channel."), "held"))
        self.add(self.acts)
        one = self.line.incident
        if self.line.has_content:
            self.button("read", words.text("Read what is told"), "eye", primary=True)
        if one.closed_on is None and not one.is_sealed:
            self.button("follow", words.text("Follow up…"), "pencil")
            self.button("refer", words.text("Referral…"), "send")
        if one.is_complaint and one.answered_on is None:
            self.button("answer", words.text("Answered…"), "check")
        if one.closed_on is None:
            self.button("close", words.text("Close it…"), "lock")

    def _facts(self) -> list[tuple[str, str]]:
        one = self.line.incident
        found = [
            (words.text("Happened on"), _happened(self.line)),
            (words.text("Reported on"), formats.moment(one.reported_at)),
            (words.text("Reported by"), self.line.reported_by or words.text("unnamed")),
            (words.text("Type of violence"), words.label("gbv_type", one.gbv_type) if one.gbv_type else ""),
            (words.text("Severity"), words.label("incident_severity", one.severity) if one.severity else ""),
            (words.text("Where"), self.line.room),
            (words.text("Channel"), words.label("incident_channel", one.channel) if one.channel else ""),
            (words.text("Who was told"), code_lists.labels("notified", one.notified)),
            (words.text("Referral it led to"), self.line.referral_no),
            (words.text("Answered on"), formats.day(one.answered_on) if one.answered_on else ""),
            (words.text("Incident closed on"), formats.day(one.closed_on) if one.closed_on else ""),
            (words.text("Lesson"), one.lesson),
        ]
        return [(name, value) for name, value in found if value]

    def do(self, act: str) -> None:
        if act == "read":
            self.read()
            return
        step = self.attempt(lambda: IncidentStep(self._desk, self.line, act))
        if step is not None:
            self.show_step(step, f"{STEP}{self.line.incident.id}/{act}")

    def read(self) -> None:
        """What is told, in clear; refused to whom it concerns."""
        if self.content is not None:
            return
        one = self.line.incident
        if one.is_sealed and not may_open(self, self._desk, one.incident_no):
            return
        found = self.attempt(lambda: incidents.read(self._desk, one.id))
        if found is not None:
            self.content = FactList(_told(found))
            self.body.insertWidget(2, self.content)
            self.buttons["read"].setEnabled(False)

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return incident_words.sentence(error)


def _told(found: IncidentContent) -> list[tuple[str, str]]:
    person = words.text("{code} ({part})")
    persons = [person.format(code=code, part=words.label("incident_role", part)) for code, part in found.persons]
    told = [
        (words.text("Facts"), found.facts),
        (words.text("Measures"), found.immediate_action),
        (words.text("Residents"), "\n".join(persons)),
        (words.text("Staff"), words.text("Involved: kept from them") if found.is_staff_involved else ""),
        (words.text("Breach"), words.label("breach_kind", found.breach_kind) if found.breach_kind else ""),
        (words.text("Data"), code_lists.labels("data_class", found.data_classes)),
        (words.text("What came of it"), found.follow_up),
    ]
    return [(name, value) for name, value in told if value]


class IncidentStep(DetailStep):
    """A follow-up, an answer or the close."""

    enter_does_it = False

    def __init__(self, desk: Desk, line: IncidentLine, act: str) -> None:
        super().__init__(desk)
        self._desk, self._line, self._act = desk, line, act
        sealed = line.incident.is_sealed
        today = desk.today()
        self.day = DayField(
            words.text("Answered on") if act == "answer" else words.text("Incident closed on"), today, True, today
        )
        self.follow_up = TextField(words.text("What came of it, sealed"))
        self.lesson = LineField(
            words.text("Lesson, without a name or a code: it stands in the report"), open_words=True
        )
        self.lesson.label.setWordWrap(True)
        watch(desk, self.follow_up, self.lesson)
        self.notified = Ticks(words.text("Who was told"), code_lists.of("notified"), line.incident.notified)
        self.referral = ChoiceField(words.text("Referral it led to"), self._offered(), required=True)
        told = words.text("Only referrals from that day on. None here: prepare one in the record, then come back.")
        self.since = Label(told, wrap=True, size="small", ink="ink2")
        self.since.setVisible(act == "refer")
        self.fields: dict[str, Field] = {
            "day": self.day,
            "follow_up": self.follow_up,
            "notified": self.notified,
            "referral": self.referral,
        }
        shows: dict[Field, bool] = {
            self.referral: act == "refer",
            self.day: act in ("answer", "close"),
            self.follow_up: act == "follow" or (act == "close" and not sealed),
            self.lesson: act == "close" and not sealed,
            self.notified: act == "follow",
        }
        for widget, is_shown in shows.items():
            self.body.addWidget(widget)
            widget.setVisible(is_shown)
        self.body.addWidget(self.since)
        self.first = next(widget for widget, is_shown in shows.items() if is_shown)
        self.add_foot()

    def drafted(self) -> dict[str, Field]:
        every = {**self.fields, "lesson": self.lesson}
        told = ("follow_up", "lesson")
        return {key: one for key, one in every.items() if drafts.are_sealed(self._desk) or key not in told}

    def _offered(self) -> list[tuple[str, str]]:
        """The referrals to choose from, each with its number, whom it is about and where it went."""
        if self._act != "refer":
            return []
        told = words.text("{number} · {code} · {partner}")
        return [
            (str(one.referral), told.format(number=one.referral_no, code=one.code, partner=one.partner))
            for one in incidents.referrable(self._desk, self._line.incident.id)
        ]

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return incident_words.sentence(error)

    def act(self) -> tuple[str, Done]:
        key, number = self._line.incident.id, self._line.incident.incident_no
        if self._act == "follow":
            done = incidents.follow(self._desk, key, self.follow_up.text(), self.notified.values())
            return words.text("Incident {number}: follow-up written.").format(number=number), done
        if self._act == "refer":
            chosen = self.referral.chosen_id(ReferralId)
            if chosen is None:
                raise errors.Missing("referral")
            done = incidents.refer(self._desk, key, chosen)
            return words.text("Incident {number}: referral named.").format(number=number), done
        day = self.day.day()
        if day is None:
            raise errors.Missing("day")
        if self._act == "answer":
            done = incidents.answer(self._desk, key, day)
            return words.text("Complaint {number} answered.").format(number=number), done
        done = incidents.close(self._desk, key, day, self.follow_up.text(), self.lesson.text())
        return words.text("Incident {number} closed.").format(number=number), done


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

    def open_at(self, at: str) -> None:
        """That incident, or the form of a `new` one."""
        if at == "new":
            self.begin()
        else:
            super().open_at(at)

    def ask(self) -> Sequence[IncidentLine]:
        return incidents.register(self.desk) if self._reads else []

    def filtered(self) -> Sequence[IncidentLine]:
        kind = self.kind.value() or _EVERY
        return [one for one in super().filtered() if kind in (_EVERY, one.incident.incident_type)]

    def key_of(self, line: IncidentLine) -> int:
        return line.incident.id

    def sentence(self, error: errors.ShelterDeskError) -> str:
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
    severities = [*(code for code, _ in code_lists.of("incident_severity")), ""]
    return [
        TableColumn(words.text("No."), lambda one: one.incident.incident_no, lambda one: one.incident.id, bold=True),
        TableColumn(words.text("Happened on"), _happened, lambda one: one.incident.occurred_at),
        TableColumn(words.text("Type"), lambda one: words.label("incident_type", one.incident.incident_type), BY_TEXT),
        TableColumn(
            words.text("Severity"),
            _severity,
            lambda one: severities.index(one.incident.severity),
            ink=lambda one: "blocked" if one.incident.severity in SERIOUS else None,
        ),
        TableColumn(
            words.text("State"), state, BY_TEXT, badge=lambda one: "neutral" if one.incident.closed_on else "held"
        ),
        TableColumn(words.text("Where"), lambda one: one.room),
        TableColumn(words.text("Reported by"), lambda one: one.reported_by or words.text("unnamed")),
        TableColumn(words.text("Who was told"), lambda one: code_lists.labels("notified", one.incident.notified)),
    ]


def _severity(line: IncidentLine) -> str:
    one = line.incident
    return words.label("incident_severity", one.severity) if one.severity else formats.NONE


def _happened(line: IncidentLine) -> str:
    at = line.incident.occurred_at
    return formats.day(at.date()) if is_plain(at) else formats.moment(at)

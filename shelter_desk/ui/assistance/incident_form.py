"""An incident or a complaint being reported: what, when, how serious, what was done, who was told.

Who was concerned by an incident: codes, never names, each with its part in it.
"""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile.incidents import BREACH, COMPLAINT, SEALED_TYPES, VIOLENT, Incident, IncidentContent
from shelter_desk.domain.ids import IncidentId, RoomId, UserId
from shelter_desk.domain.settings import GBV, is_on
from shelter_desk.operations import drafts, settings
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceBox, ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.fields import Field, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.casefile import incidents as incident_words

SEPARATOR = "\t"
USUAL = "concerne"


class PersonsField(Field):
    """One row a person; an empty row is nobody. Enter in a code begins another row."""

    changed = Signal()

    def __init__(self) -> None:
        self.rows: list[tuple[QLineEdit, ChoiceBox, IconButton]] = []
        inner = QWidget()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE)
        self._grid.setVerticalSpacing(tokens.SPACE_HALF)
        self._grid.setColumnStretch(3, 1)
        column = in_column(self._grid, within=inner, spacing=tokens.SPACE_HALF)
        super().__init__(words.text("Residents concerned, by code"), inner, key="persons")
        self.setFocusProxy(self.add())
        # made after the row, so that Tab goes so
        self.add_button = Button(words.text("Add a person"), icon="plus", on_click=self._add_empty)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def persons(self) -> tuple[tuple[str, str], ...]:
        """The codes typed, each with its part."""
        return tuple((line.text().strip(), box.value() or USUAL) for line, box, _ in self.rows if line.text().strip())

    def show_persons(self, persons: Sequence[tuple[str, str]]) -> None:
        """Show these rows."""
        while len(self.rows) > 1:
            self._remove(self.rows[-1])
        for place, (code, role) in enumerate(persons or [("", USUAL)]):
            if place:
                self.add()
            line, box, _ = self.rows[place]
            line.setText(code)
            box.choose(role)

    def add(self, code: str = "", role: str = USUAL) -> QLineEdit:
        """One more row."""
        line, box = QLineEdit(code), ChoiceBox(code_lists.of("incident_role"), role)
        line.setPlaceholderText(words.text("such as 7K3-QMX-E"))
        line.setAccessibleName(words.text("Code of the resident"))
        box.setAccessibleName(words.text("Part in it"))
        line.setFixedWidth(tokens.wide(150))
        box.setFixedWidth(tokens.wide(200))
        out = IconButton("close", words.text("Remove this row"), bare=True, on_click=self._out)
        place = self._grid.rowCount()
        for column, widget in enumerate((line, box, out)):
            self._grid.addWidget(widget, place, column)
            widget.show()  # now, so that it can have the focus
        if self.rows:
            for former, later in pairwise((self.rows[-1][2], line, box, out)):
                QWidget.setTabOrder(former, later)
        line.returnPressed.connect(self._add_empty)
        line.textChanged.connect(self.changed)
        box.chosen.connect(self.changed)
        self.rows.append((line, box, out))
        return line

    def _remove(self, row: tuple[QLineEdit, ChoiceBox, IconButton]) -> None:
        self.rows.remove(row)
        for widget in row:
            self._grid.removeWidget(widget)
            take_away(widget)

    @Slot()
    def _add_empty(self) -> None:
        self.add().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @Slot()
    def _out(self) -> None:
        gone = next((row for row in self.rows if row[2] is self.sender()), None)
        if gone is None:
            return
        if len(self.rows) == 1:
            self.show_persons(())
        else:
            self._remove(gone)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def draft_value(self) -> Value:
        """What a draft keeps of it."""
        return [SEPARATOR.join(one) for one in self.persons()]

    def put_draft(self, value: Value) -> None:
        """Show what a draft kept."""
        found = [line.partition(SEPARATOR) for line in value]
        self.show_persons([(code, role or USUAL) for code, _, role in found])


class IncidentForm(ActForm):
    """What is asked follows the type: of a sealed matter its day and channel alone.

    A draft keeps no word of it where it would not be sealed.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, words.text("Report an incident or a complaint"), words.text("Report it"), "send")
        self._places = incidents.places(desk)
        self._make()
        self.row((self.kind, 320), (self.day, 145), (self.clock, 90), (self.severity, 150), (self.room, 220))
        self.row((self.channel, 280), (self.unnamed, 260))
        self.add(self.who_typed)
        self.row((self.breach, 320))
        self.row((self.violence, 420))
        self.add(self.sealed)
        self.add(self.classes, self.facts, self.action, self.persons, self.is_staff, self.staff, self.nobody)
        self.add(self.notified, self.hint)
        self.first = self.kind
        self.kind.chosen.connect(self.refresh)
        self.severity.chosen.connect(self.refresh)
        self.is_staff.toggled.connect(self.refresh)
        for box in self.staff.boxes.values():
            box.toggled.connect(self.refresh)
        self.refresh()

    def _make(self) -> None:
        today = self.desk.today()
        rooms = [(str(room.id), room.name) for room in self._places.rooms]
        staff = [(str(key), name) for key, name in self._places.staff]
        self.kind = CodeField(words.text("What happened"), "incident_type", required=True)
        self.kind.explain("incident_scelle")
        self.day = DayField(words.text("Day"), today, required=True, value=today, key="occurred_at")
        self.clock = ClockField(words.text("Hour"), key="clock")
        self.severity = CodeField(words.text("Severity"), "incident_severity", required=True, key="severity")
        self.room = ChoiceField(words.text("Where"), rooms, key="room")
        self.channel = CodeField(words.text("Channel"), "incident_channel", required=True, key="channel")
        self.unnamed = QCheckBox(words.text("The person who complains stays unnamed"))
        kept = words.text("The register does not say who complains. The journal keeps which account was used.")
        self.who_typed = Label(kept, size="small", ink="ink2", wrap=True)
        self.breach = CodeField(words.text("What was lost or seen"), "breach_kind", required=True)
        self.violence = CodeField(words.text("Type of violence, the first that fits"), "gbv_type")
        self._asks_violence = is_on(settings.kept(self.desk), GBV)
        self.classes = Ticks(words.text("Data concerned"), code_lists.of("data_class"))
        self.facts = TextField(
            words.text("Facts: who, what, where, when; no judgement, codes and no names"), True, key="facts"
        )
        self.action = TextField(words.text("Measures taken at once"), required=True, lines=2, key="immediate_action")
        self.persons = PersonsField()
        self.is_staff = QCheckBox(words.text("Somebody of the staff is involved: the program does not show it to them"))
        self.staff = Ticks(words.text("Who of the staff"), staff)
        self.notified = Ticks(words.text("Who was told"), code_lists.of("notified"), key="notified")
        nobody = words.text(
            "Then nobody here can read it in the program. Tell it through the channel of the shelter too."
        )
        self.nobody = Alert(nobody, "attention")
        self.sealed = Alert("", "held")
        self.hint = Label(size="small", ink="ink2", wrap=True)

    @property
    def drafted(self) -> dict[str, QWidget]:
        told = ("facts", "action", "persons", "is_staff", "staff")
        sealed = drafts.are_sealed(self.desk)
        return {name: one for name, one in super().drafted.items() if sealed or name not in told}

    @Slot()
    def refresh(self, _code: object = None) -> None:
        """What is asked of this type."""
        kind = self.kind.value()
        sealed, complaint = kind in SEALED_TYPES, kind == COMPLAINT
        told = (self.clock, self.severity, self.room, self.facts, self.action, self.persons, self.is_staff)
        for widget in (*told, self.notified):
            widget.setVisible(not sealed)
        self.action.setVisible(not sealed and not complaint)  # a complaint has its answer, and what came of it
        self.channel.setVisible(sealed or complaint)
        self.unnamed.setVisible(complaint)
        self.who_typed.setVisible(complaint)
        self.breach.setVisible(kind == BREACH)
        self.classes.setVisible(kind == BREACH)
        self.violence.setVisible(kind in VIOLENT and self._asks_violence)
        self.staff.setVisible(self.is_staff.isChecked() and not sealed)
        self.nobody.setVisible(self.is_staff.isChecked() and not sealed and self._nobody_reads())
        self.sealed.setVisible(sealed)
        if sealed:
            self.sealed.sentence.setText(self._sealed_told())
        may_read = self.desk.protection is not None
        hint = words.text("Sealed once reported: only who may read incidents opens it, with a line in the journal.")
        alone = words.text("Sealed once reported: you will not be able to read it again. Note the number.")
        self.hint.setText(hint if may_read else alone)
        self.hint.setVisible(not sealed)

    def _nobody_reads(self) -> bool:
        """True where everybody who may read what others report is said to be involved."""
        involved = {UserId(int(key)) for key in self.staff.values()}
        return bool(self._places.readers) and self._places.readers <= involved

    def _sealed_told(self) -> str:
        channel = incidents.eas_channel(self.desk)
        if not channel:
            return words.text(
                "Write no story here: only the day and the channel are kept. The matter goes on through that channel."
            )
        told = words.text(
            "Write no story here: only the day and the channel are kept. Channel of the shelter: {channel}."
        )
        return told.format(channel=channel)

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return incident_words.sentence(error)

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """Codes that are wrong are said beside the persons."""
        return self.persons if isinstance(error, errors.BadCode | errors.NoSuch) else super().field_of(error)

    def act(self) -> Told:
        made = incidents.report(self.desk, self._incident(), self._content(), self.unnamed.isChecked())
        told = words.text("Incident {number} reported and sealed.")
        return Told("ok", told.format(number=made.number), made.done)

    def _incident(self) -> Incident:
        day = self.day.asked()
        if self.clock.is_wrong():
            raise errors.Missing("clock")
        kind = self.kind.code()
        sealed = kind in SEALED_TYPES
        at = datetime.combine(day, time() if sealed else self.clock.clock() or time())
        return Incident(
            IncidentId(0),
            "",
            at,
            at,
            kind,
            "" if sealed else self.severity.code(),
            room=None if sealed else self.room.chosen_id(RoomId),
            channel=self.channel.code() if sealed or kind == COMPLAINT else "",
            notified=() if sealed else self.notified.values(),
            gbv_type=self.violence.code() if kind in VIOLENT and self._asks_violence else "",
        )

    def _content(self) -> IncidentContent:
        kind = self.kind.value()
        if kind in SEALED_TYPES:
            return IncidentContent()
        is_staff = self.is_staff.isChecked()
        return IncidentContent(
            self.facts.text(),
            "" if kind == COMPLAINT else self.action.text(),
            self.persons.persons(),
            is_staff,
            tuple(UserId(int(key)) for key in self.staff.values()) if is_staff else (),
            self.breach.code() if kind == BREACH else "",
            self.classes.values() if kind == BREACH else (),
        )

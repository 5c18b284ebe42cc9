"""A maintenance ticket opened and closed."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.errors import Missing
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import maintenance
from shelter_desk.ui.equipment import choices
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField, NumberField, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label


class FaultForm(ActForm):
    """What is wrong with a thing, or what visit it needs."""

    when = "reported_on"

    def __init__(self, desk: Desk, asset: Asset) -> None:
        super().__init__(desk, words.text("Maintenance ticket"), words.text("Open the ticket"), "wrench")
        self._asset = asset
        today = desk.today()
        self.day = DayField(words.text("Reported on"), today, required=True, value=today)
        self.kind = ChoiceField(words.text("Kind"), choices.of("maintenance_type"), "corrective", required=True)
        self.urgency = ChoiceField(words.text("Urgency"), choices.of("maintenance_urgency"), "normale")
        self.problem = TextField(words.text("What is wrong, or what is to be done"), True)
        self.out = QCheckBox(words.text("It cannot be used until it is mended"))
        self.body.addWidget(Label(f"{asset.tag_no} · {asset.designation}", ink="ink2"))
        choices.lay(self, (self.day, 160), (self.kind, 240), (self.urgency, 160))
        self.body.addWidget(self.problem)
        self.body.addWidget(self.out)
        self.fields = {
            "reported_on": self.day,
            "maintenance_type": self.kind,
            "maintenance_urgency": self.urgency,
            "problem": self.problem,
        }
        self.first = self.problem

    def act(self) -> Told:
        day = self.day.day()
        if day is None:
            raise Missing("reported_on")
        ticket = Ticket(
            maintenance.NEW,
            "",
            self._asset.id,
            day,
            self.kind.value() or "",
            self.problem.text(),
            self.urgency.value() or "",
        )
        done = maintenance.report_fault(self.desk, ticket, out_of_use=self.out.isChecked())
        text = words.text("Ticket {number} opened for {tag}.")
        return Told("ok", text.format(number=done.subject, tag=self._asset.tag_no), done)


class MendedForm(ActForm):
    """What was done, by whom, for how much, and whether it works again."""

    when = "closed_on"

    def __init__(self, desk: Desk, ticket: Ticket, asset: Asset) -> None:
        title = words.text("Close ticket {number}").format(number=ticket.ticket_no)
        super().__init__(desk, title, words.text("Close it"), "check")
        self._ticket = ticket
        today = desk.today()
        self.day = DayField(words.text("Closed on"), today, required=True, value=today)
        self.done = TextField(words.text("What was done"), True)
        self.parts = LineField(words.text("Parts used"))
        self.provider = LineField(words.text("By whom"))
        self.cost = NumberField(words.text("Cost"), 0, 999_999_999, unit="XOF")
        self.donor = ChoiceField(words.text("Paid by"), choices.of("donor"))
        self.meter = NumberField(words.text("Meter"), 0, 9_999_999)
        self.works = QCheckBox(words.text("Tested, it works"))
        self.works.setChecked(True)
        told = words.text("{tag} · {thing}: {problem}")
        about = told.format(tag=asset.tag_no, thing=asset.designation, problem=ticket.problem)
        self.body.addWidget(Label(about, ink="ink2", wrap=True))
        choices.lay(self, (self.day, 160), (self.provider, 260), (self.cost, 160), (self.donor, 240))
        self.body.addWidget(self.done)
        choices.lay(self, (self.parts, 380), (self.meter, 120))
        self.body.addWidget(self.works)
        self.fields = {"closed_on": self.day, "action_done": self.done}
        self.first = self.done

    def act(self) -> Told:
        meter = self.meter.number()
        ticket = replace(
            self._ticket,
            closed_on=self.day.day(),
            action_done=self.done.text(),
            parts_used=self.parts.text(),
            provider=self.provider.text(),
            cost=self.cost.number(),
            donor=self.donor.value() or "",
            meter_reading=None if meter is None else float(meter),
        )
        done = maintenance.close_ticket(self.desk, ticket, works=self.works.isChecked())
        return Told("ok", words.text("Ticket {number} closed.").format(number=ticket.ticket_no), done)

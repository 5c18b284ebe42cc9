"""One line of what was given to a resident: a new one, or one to correct."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Service, ServiceStatus
from shelter_desk.domain.consent.consents import STANDS_ON
from shelter_desk.domain.errors import BadNumber, Missing
from shelter_desk.domain.ids import ServiceId, UserId
from shelter_desk.operations.assistance import assistance, service_from_stock
from shelter_desk.operations.assistance.assistance import Doubt
from shelter_desk.operations.assistance.service_from_stock import Thing
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.acts.service_plan import PlanLink
from shelter_desk.ui.residents.acts.service_store import StoreLink
from shelter_desk.ui.residents.acts.without_consent import WithoutConsent
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import assistance as in_words

STATUS: dict[str, ServiceStatus] = {"fait": "fait", "prevu": "prevu", "non_tenu": "non_tenu", "refuse": "refuse"}
DEAREST = 99_999_999


class ServiceForm(ActForm):
    """What, when, how much, by whom and at what cost; the note is sealed."""

    when = "service_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord, at: str = "") -> None:
        code = record.person.code
        title = words.text("Service of {code}") if at else words.text("New service of {code}")
        verb = words.text("Correct the line") if at else words.text("Write the line")
        super().__init__(desk, title.format(code=code), verb, "check")
        self._code, self._verb = code, verb
        keys = [one.stay.id for one in record.stays]
        found = [one for ones in assistance.of_stays(desk, keys).values() for one in ones]
        old = next((one for one in found if str(one.id) == at), None)
        self._old = old
        start = old or Service(ServiceId(0), "", desk.today(), stay.stay.id, "")
        self._start = start
        self.plan = PlanLink(desk, record.person.id, start)
        self.store = StoreLink(desk)
        self.without = WithoutConsent(desk, start.stay)
        self._make(start)
        self._lay_out()
        self._kind_chosen("")

    def _make(self, start: Service) -> None:
        today = self.desk.today()
        catalogue = service_catalogue.all_kinds(self.desk)
        self._units = {one.code: one.unit for one in catalogue.values()}
        offered = [
            (one.code, one.label(words.language()))
            for one in catalogue.values()
            if one.active or one.code == start.service_type
        ]
        states = [(code, in_words.state(code)[:1].upper() + in_words.state(code)[1:]) for code in STATUS]
        self.kind = ChoiceField(words.text("Service"), offered, start.service_type or None, required=True)
        self.day = DayField(words.text("Day"), today, required=True, value=start.service_on)
        self.quantity = LineField(words.text("Quantity"), required=True)
        self.quantity.set_text(f"{start.quantity:g}".replace(".", ","))
        self.unit = Label("", ink="ink2")
        self.state = Segments(states, start.status, words.text("State"))
        self.state_field = Field(words.text("State"), self.state)
        self.provider = ChoiceField(words.text("Provided by"), choices.of("provider_kind"), start.provider_kind)
        self.partner = LineField(words.text("Partner"))
        self.partner.set_text(start.partner)
        self.staff = ChoiceField(words.text("Staff member"), self._staff(start), str(start.staff or self.desk.user))
        if self._old is not None and start.staff is None:
            self.staff.choose(None)  # of an import: nobody said
        self.donor = ChoiceField(words.text("Funding"), choices.of("donor"), start.donor or None)
        self.cost = NumberField(words.text("Cost"), 0, DEAREST, unit=words.text("XOF"))
        self.cost.set_number(start.cost_xof)
        self.receipt = LineField(words.text("Receipt no."))
        self.receipt.set_text(start.receipt_no)
        self.note = TextField(words.text("Note, sealed: no diagnosis, no story"), lines=2)
        self.fields = {"service_type": self.kind, "service_on": self.day, "quantity": self.quantity}
        self.fields |= {"provider_kind": self.provider, "donor": self.donor, "cost_xof": self.cost}
        self.fields |= {"staff": self.staff, "plan_action": self.plan.action}
        self.fields |= self.without.fields
        self.fields |= {"item_code": self.store.thing, "quantity_out": self.store.amount}
        if self._old is None:  # a draft of a correction would come back as a new line
            self.drafted = {"kind": self.kind, "day": self.day, "quantity": self.quantity, "state": self.state}
            self.drafted |= {"provider": self.provider, "partner": self.partner, "donor": self.donor}
            self.drafted |= {"cost": self.cost, "receipt": self.receipt, "note": self.note}
            self.drafted |= {"staff": self.staff, "action": self.plan.action, "becomes": self.plan.becomes}
            self.drafted |= self.without.drafted
            self.drafted |= {"store": self.store.thing, "store_amount": self.store.amount}

    def _staff(self, start: Service) -> list[Choice]:
        """Whose account is open, and who gave this line."""
        known = plans.staff(self.desk)
        if start.staff is not None and start.staff not in known:
            known = {**known, start.staff: assistance.staff_names(self.desk).get(start.staff, "")}
        return [(str(key), name) for key, name in known.items()]

    def _lay_out(self) -> None:
        first, second = Flow(), Flow()
        for field, width in ((self.kind, 320), (self.day, 140), (self.quantity, 90)):
            field.setFixedWidth(tokens.wide(width))
            first.add(field)
        first.add(self.unit)
        money = ((self.donor, 150), (self.cost, 100), (self.receipt, 100))
        for wide, width in ((self.provider, 140), (self.partner, 150), (self.staff, 130), *money):
            wide.setFixedWidth(tokens.wide(width))
            second.add(wide)
        self.body.addLayout(first)
        self.body.addWidget(self.state_field)
        self.body.addWidget(self.without)
        self.body.addWidget(self.store)
        self.body.addLayout(second)
        self.body.addWidget(self.plan)
        if self._old is None:
            self.note.setMaximumWidth(tokens.wide(560))
            self.body.addWidget(self.note)
        self.kind.chosen.connect(self._kind_chosen)
        self.state.chosen.connect(self.plan.show_state)
        self.state.chosen.connect(self._line_said)
        self.provider.chosen.connect(self._line_said)
        self.day.line.editingFinished.connect(self._ask_consent)
        self.store.changed.connect(self._say_verb)

    @Slot(str)
    def _kind_chosen(self, _code: str) -> None:
        self.unit.setText(self._units.get(self.kind.value() or "", ""))
        if self._old is None:
            self.store.show_kind(self.kind.value() or "")
            self._ask_consent()

    @Slot(str)
    def _line_said(self, _code: str) -> None:
        self.store.show_line(self.provider.value() == "centre", self.state.value() or "fait")
        self._ask_consent()

    @Slot()
    def _ask_consent(self) -> None:
        """A contact with the family, or with somebody who left, stands on a consent of its day."""
        purpose = STANDS_ON.get(self.kind.value() or "", "")
        is_given = purpose and self._old is None and self.state.value() == "fait"
        day = self.day.day() or self.desk.today()
        why = consent_checks.standing(self.desk, self._start.stay, purpose, day) if is_given else None
        self.without.show_why(purpose, why)

    @Slot()
    def _say_verb(self) -> None:
        if self.store.chosen_thing() is None:
            self.verb.setText(self._verb)
        elif self.store.is_issued:
            self.verb.setText(words.text("Write line and slip"))
        else:
            self.verb.setText(words.text("Write and ask the store"))

    def refilled(self) -> None:
        self._kind_chosen("")
        self.plan.show_state(self.state.value() or "fait")
        self._line_said("")

    def said(self) -> Service:
        """What the form says. Raises Missing, BadNumber."""
        kind, day = self.kind.value(), self.day.day()
        if not kind:
            raise Missing("service_type")
        if day is None:
            raise Missing("service_on")
        try:
            quantity = float(self.quantity.text().replace(",", ".") or "0")
        except ValueError:
            raise BadNumber("quantity", self.quantity.text()) from None
        return replace(
            self._start,
            service_on=day,
            service_type=kind,
            quantity=quantity,
            provider_kind=self.provider.value() or "centre",
            partner=self.partner.text(),
            donor=self.donor.value() or "",
            cost_xof=self.cost.number(),
            receipt_no=self.receipt.text(),
            status=STATUS[self.state.value() or "fait"],
            staff=UserId(int(self.staff.value() or 0)) or None,
            plan_action=self.plan.chosen_action(),
        )

    def act(self) -> Told:
        made = self.said()
        if self._old is not None:
            done = assistance.change(self.desk, made)
            return Told("ok", words.text("Line {number} corrected.").format(number=made.service_no), done)
        thing = self.store.chosen_thing()
        found = [one for one in assistance.doubts(self.desk, [made]) if one.kind != "store"]
        if thing is not None:
            return self._hand(made, thing, found)
        done = assistance.give(self.desk, [made], self.note.text(), self.plan.said_state(), self.without.said())
        return self._told(words.text("Service of {code} written.").format(code=self._code), found, done)

    def _hand(self, made: Service, thing: Thing, found: Sequence[Doubt]) -> Told:
        is_issued = self.store.is_issued
        amount, note = self.store.chosen_amount(), self.note.text()
        handed = service_from_stock.give(self.desk, made, thing, amount, note, self.plan.said_state())
        told = words.text("Service of {code} written, slip {number}.")
        if not is_issued:
            told = words.text("Service of {code} written, the store is asked: {number}.")
        return self._told(told.format(code=self._code, number=handed.voucher_no), found, handed.done)

    def _told(self, told: str, found: Sequence[Doubt], done: Done) -> Told:
        if found:
            doubt = in_words.doubt(found[0].kind, found[0].code, found[0].day)
            told = words.text("{written} {doubt}").format(written=told, doubt=doubt)
        return Told("attention" if found else "ok", told, done)

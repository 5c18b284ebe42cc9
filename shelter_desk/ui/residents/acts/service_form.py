"""One line of what was given to a resident: a new one, or one to correct.

Beside it, what of the individual plan it is given for and what that makes of it; and what leaves the store with a
service that stands for it.
"""

from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import DONE, Service, ServiceStatus
from shelter_desk.domain.casefile import plans as plan_rules
from shelter_desk.domain.casefile.assessments import ActionState, PlanAction
from shelter_desk.domain.consent.consents import STANDS_ON
from shelter_desk.domain.errors import BadNumber, Missing
from shelter_desk.domain.ids import PersonId, PlanActionId, ServiceId, UserId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stock.items import THOUSAND, units
from shelter_desk.operations.assistance import assistance, service_from_stock
from shelter_desk.operations.assistance.service_from_stock import StoreChoice
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.services import service_catalogue
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import away_warning
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import Field, LineField, NumberField, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.acts.consent_form import WithoutConsentFields
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.ui.widgets.segments import Segments
from shelter_desk.words import assistance as assistance_words
from shelter_desk.words import formats
from shelter_desk.words.reports import stock_names

NOTHING = ""


class StoreLink(QWidget, FieldGroup):
    """The kits and items that stand for the service chosen; not there where the store has none of them."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._things, self._kind = desk, dict[str, StoreChoice](), ""
        self._is_ours, self._status = True, str(DONE)
        self.thing = ChoiceField(words.text("From the store"), [], key="item_code")
        self.thing.setFixedWidth(tokens.wide(380))
        self.amount = LineField(words.text("Quantity from the store"), key="quantity_out")
        self.amount.setFixedWidth(tokens.wide(150))
        self.hint = Label("", size="small", ink="ink2", wrap=True)
        row = in_row(self.thing, self.amount, STRETCH, spacing=tokens.SPACE_2)
        in_column(row, self.hint, within=self, spacing=tokens.SPACE_HALF)
        self.thing.chosen.connect(self._show)
        self.hide()

    def show_kind(self, service_type: str) -> None:
        """Offer what stands for that service; the first one that the store has is chosen."""
        if service_type == self._kind:
            return
        self._kind = service_type
        found = service_from_stock.things(self._desk, service_type) if service_type else ()
        self._things = {one.key: one for one in found}
        self.thing.set_choices([*((one.key, _said(one)) for one in found), (NOTHING, words.text("Nothing of it"))])
        there = [one.key for one in found if one.in_store >= THOUSAND]
        self.thing.choose(next(iter(there or self._things), NOTHING))
        self.amount.set_text("1")
        self._show()

    def show_line(self, is_ours: bool, status: str) -> None:
        """Nothing leaves the store for what a partner gives, or for what was not given."""
        self._is_ours, self._status = is_ours, status
        self._show()

    def chosen_thing(self) -> StoreChoice | None:
        """What leaves the store, None for nothing."""
        return None if self.isHidden() else self._things.get(self.thing.value() or NOTHING)

    def chosen_amount(self) -> int:
        """In thousandths. Raises BadNumber."""
        try:
            return round(float(self.amount.text().replace(",", ".")) * THOUSAND)
        except (ValueError, OverflowError):
            raise BadNumber("quantity_out", self.amount.text()) from None

    @property
    def is_issued(self) -> bool:
        """True where a slip is written at once, not a request."""
        return self._status == DONE and self._desk.may(Permission.STOCK_EDIT)

    @Slot(str)
    def _show(self, _key: str = "") -> None:
        self.setVisible(bool(self._things) and self._is_ours and self._status in ("prevu", DONE))
        one = self._things.get(self.thing.value() or NOTHING)
        self.amount.setVisible(one is not None)
        self.hint.setText(self._hint(one))
        self.changed.emit()

    def _hint(self, one: StoreChoice | None) -> str:
        if one is None:
            return words.text("Nothing leaves the store: it came from elsewhere, or its slip is written already.")
        if self.is_issued:
            return words.text("The slip of the store is written with the line.")
        if self._status == DONE:
            return words.text("The store is asked for the slip, of the day of this line.")
        return words.text("The store is asked for it; the line counts once the store issues it.")


def _said(one: StoreChoice) -> str:
    """`Kit d'hygiène · 12 en stock`."""
    left = formats.number(units(one.in_store), 0 if one.in_store % THOUSAND == 0 else 1)
    unit = stock_names.unit(one.unit, one.in_store) if one.unit else ""
    return words.text("{name} · {left} in store").format(name=one.name, left=f"{left} {unit}".strip())


AS_IT_IS = "same"


class PlanLink(QWidget, FieldGroup):
    """The open actions of the plan of a stay; not there where there are none."""

    def __init__(self, desk: Desk, person: PersonId, service: Service) -> None:
        super().__init__()
        self.open_actions = {str(one.id): one for one in _actions(desk, person, service)}
        known = "" if service.plan_action is None else str(service.plan_action)
        told = words.text("{domain}: {action}")
        actions = [
            (key, told.format(domain=words.label("service_type", one.domain), action=one.action))
            for key, one in self.open_actions.items()
        ]
        self.action = ChoiceField(
            words.text("For this action of the plan"),
            [("", words.text("No action of it")), *actions],
            known,
            key="plan_action",
        )
        states = [
            (AS_IT_IS, words.text("As it is")),
            ("en_cours", words.label("action_status", "en_cours")),
            ("fait", words.label("action_status", "fait")),
        ]
        self.becomes = Segments(states, AS_IT_IS, words.text("The action is then"))
        self.becomes_field = Field(words.text("The action is then"), self.becomes)
        self._may_advance = service.plan_action is None and desk.may(Permission.CASE_EDIT)
        self.action.setMaximumWidth(tokens.wide(560))
        in_column(self.action, self.becomes_field, within=self, spacing=tokens.SPACE)
        self.action.chosen.connect(self._action_chosen)
        if not self.open_actions:
            self.hide()
        self.show_state("fait")

    def said_state(self) -> ActionState | None:
        """What becomes of the action, None where it stays as it is."""
        chosen = self.becomes.value()
        if self.becomes_field.isHidden() or chosen in (None, AS_IT_IS):
            return None
        return cast("ActionState", chosen)

    @Slot(str)
    def _action_chosen(self, key: str) -> None:
        """Who begins to give something for an action has begun it."""
        action = self.open_actions.get(key)
        self.becomes.choose("en_cours" if action is not None and action.state == "a_faire" else AS_IT_IS)
        self.show_state(self._status)

    def show_state(self, status: str) -> None:
        """Only what was given makes an action go on."""
        self._status = status
        self.becomes_field.setVisible(self._may_advance and status == "fait" and bool(self.action.value()))


def _actions(desk: Desk, person: PersonId, service: Service) -> list[PlanAction]:
    if not desk.may(Permission.CASE_SEE):
        return []
    found = [one.plan for one in plans.of(desk, person) if one.plan.stay == service.stay]
    return [
        action
        for plan in found
        for action in plan.actions
        if action.id == service.plan_action or (plan.closed_on is None and action.state in plan_rules.OPEN)
    ]


STATUS: dict[str, ServiceStatus] = {"fait": "fait", "prevu": "prevu", "non_tenu": "non_tenu", "refuse": "refuse"}
DEAREST = 99_999_999


class ServiceForm(ActForm):
    """What, when, how much, by whom and at what cost; the note is sealed."""

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
        start = self._start = old or Service(ServiceId(0), "", desk.today(), stay.stay.id, "")
        self.plan = PlanLink(desk, record.person.id, start)
        self.store = StoreLink(desk)
        self.without = WithoutConsentFields(desk, start.stay)
        self._make(start)
        self.first = self.kind
        self.row((self.kind, 320), (self.day, 210), (self.quantity, 90), (self.unit, 0))
        self.add(self.state_field, self.without, self.store)
        money = ((self.donor, 150), (self.cost, 100), (self.receipt, 100))
        self.row((self.provider, 140), (self.partner, 150), (self.staff, 130), *money)
        self.add(self.plan)
        if self._old is None:
            self.note.setMaximumWidth(tokens.wide(560))
            self.add(self.note)
        self.kind.chosen.connect(self._kind_chosen)
        self.state.chosen.connect(self.plan.show_state)
        self.state.chosen.connect(self._line_said)
        self.provider.chosen.connect(self._line_said)
        self.day.line.editingFinished.connect(self._ask_consent)
        self.day.changed.connect(self._say_away)
        self.store.changed.connect(self._say_verb)
        self._kind_chosen("")
        self._say_away()

    def _make(self, start: Service) -> None:
        today = self.desk.today()
        catalogue = service_catalogue.all_kinds(self.desk)
        self._units = {one.code: one.unit for one in catalogue.values()}
        offered = [
            (one.code, one.label(words.language()))
            for one in catalogue.values()
            if one.active or one.code == start.service_type
        ]
        states = [
            (code, assistance_words.state(code)[:1].upper() + assistance_words.state(code)[1:]) for code in STATUS
        ]
        self.kind = ChoiceField(words.text("Service"), offered, start.service_type or None, True, "service_type")
        self.day = DayField(words.text("Day"), today, required=True, value=start.service_on, key="service_on")
        self.quantity = LineField(words.text("Quantity"), required=True, key="quantity")
        self.quantity.set_text(f"{start.quantity:g}".replace(".", ","))
        self.unit = Label("", ink="ink2")
        self.state = Segments(states, start.status, words.text("State"))
        self.state_field = Field(words.text("State"), self.state)
        self.provider = CodeField(words.text("Provided by"), "provider_kind", start.provider_kind)
        self.partner = LineField(words.text("Provider"))
        self.partner.set_text(start.partner)
        self.staff = ChoiceField(
            words.text("Staff member"), self._staff(start), str(start.staff or self.desk.user), key="staff"
        )
        if self._old is not None and start.staff is None:
            self.staff.choose(None)  # of an import: nobody said
        self.donor = CodeField(words.text("Funding"), "donor", start.donor or None)
        self.cost = NumberField(words.text("Cost"), 0, DEAREST, unit=words.text("XOF"), key="cost_xof")
        self.cost.set_number(start.cost_xof)
        self.receipt = LineField(words.text("Receipt no."))
        self.receipt.set_text(start.receipt_no)
        self.note = TextField(words.text("Note, sealed: no diagnosis, no story"), lines=2)
        self.keeps_draft = self._old is None  # a draft of a correction would come back as a new line

    def _staff(self, start: Service) -> list[Choice]:
        """Whose account is open, and who gave this line."""
        known = plans.staff(self.desk)
        if start.staff is not None and start.staff not in known:
            known = {**known, start.staff: assistance.staff_names(self.desk).get(start.staff, "")}
        return [(str(key), name) for key, name in known.items()]

    @Slot(str)
    def _kind_chosen(self, _code: str) -> None:
        self.unit.setText(self._units.get(self.kind.code(), ""))
        if self._old is None:
            self.store.show_kind(self.kind.code())
            self._ask_consent()

    @Slot(str)
    def _line_said(self, _code: str) -> None:
        self.store.show_line(self.provider.value() == "centre", self.state.value() or "fait")
        self._ask_consent()
        self._say_away()

    @Slot()
    def _say_away(self) -> None:
        """Of what the house gives itself to somebody who is away that day."""
        in_house = self.provider.value() == "centre" and self.state.value() == "fait"
        away_warning.say_beside(self.day, self.desk, self._start.stay if in_house else None, self.day.day())

    @Slot()
    def _ask_consent(self) -> None:
        """A contact with the family, or with somebody who left, stands on a consent of its day."""
        purpose = STANDS_ON.get(self.kind.code(), "")
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

    def refresh(self) -> None:
        self._kind_chosen("")
        self.plan.show_state(self.state.value() or "fait")
        self._line_said("")

    def said(self) -> Service:
        """What the form says. Raises Missing, BadNumber."""
        kind, day, action = self.kind.value(), self.day.day(), self.plan.action.value()
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
            donor=self.donor.code(),
            cost_xof=self.cost.number(),
            receipt_no=self.receipt.text(),
            status=STATUS[self.state.value() or "fait"],
            staff=UserId(int(self.staff.value() or 0)) or None,
            plan_action=PlanActionId(int(action)) if action else None,
        )

    def act(self) -> Told:
        made = self.said()
        if self._old is not None:
            done = assistance.change(self.desk, made)
            return Told("ok", words.text("Line {number} corrected.").format(number=made.service_no), done)
        found = [one for one in assistance.doubts(self.desk, [made]) if one.kind != "store"]
        thing, note, becomes = self.store.chosen_thing(), self.note.text(), self.plan.said_state()
        if thing is None:
            done = assistance.give(self.desk, [made], note, becomes, self.without.said())
            told = words.text("Service of {code} written.").format(code=self._code)
        else:
            written = words.text("Service of {code} written, slip {number}.")
            if not self.store.is_issued:
                written = words.text("Service of {code} written, the store is asked: {number}.")
            handed = service_from_stock.give(self.desk, made, thing, self.store.chosen_amount(), note, becomes)
            told, done = written.format(code=self._code, number=handed.voucher_no), handed.done
        if not found:
            return Told("ok", told, done)
        doubt = assistance_words.doubt(found[0].kind, found[0].code, found[0].day)
        return Told("attention", words.text("{written} {doubt}").format(written=told, doubt=doubt), done)

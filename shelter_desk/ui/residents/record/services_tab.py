"""What was given to a resident: what is planned first, then month by month with totals."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import MEAL, Service, type_of
from shelter_desk.domain.ids import ServiceId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import assistance, services_taken_out
from shelter_desk.operations.assistance.services_taken_out import ServiceTakenOut
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.residents.residents import Record
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.services.service_catalogue import ServiceKind
from shelter_desk.operations.services.service_log import PLANNED
from shelter_desk.ui import taking_out, tokens
from shelter_desk.ui.forms.late_reason import asking_late
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.words import assistance as assistance_words
from shelter_desk.words import formats

MONTHS_SHOWN = 3
STATES: Mapping[str, State] = {"fait": "ok", "prevu": "held", "non_tenu": "neutral", "refuse": "attention"}
Act = Callable[[Desk, Sequence[ServiceId]], Done]


class ServicesTab(RecordTab):
    """One card for what is planned, one a month for the rest; meals of a month are one line."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self._months = MONTHS_SHOWN
        self._may = desk.may(Permission.ASSIST) and any(not one.stay.is_void for one in record.stays)
        stays = [one.stay.id for one in record.stays]
        found = assistance.of_stays(desk, stays)
        self.services = sorted(
            (one for ones in found.values() for one in ones), key=lambda one: (-one.service_on.toordinal(), -one.id)
        )
        self._noted = assistance.noted(desk, stays)
        self._catalogue = service_catalogue.all_kinds(desk)
        self._staff = assistance.staff_names(desk) if self.services else {}
        linked = any(one.plan_action is not None for one in self.services) and desk.may(Permission.CASE_SEE)
        plans_of = plans.of(desk, record.person.id) if linked else ()
        self._actions = {action.id: action for one in plans_of for action in one.plan.actions}
        self.add_button = Button(
            words.text("Add a service…"), "primary", "plus", on_click=partial(self.asked.emit, "service", "")
        )
        self.lines: dict[ServiceId, dict[str, Button]] = {}
        self.notes: dict[ServiceId, Label] = {}
        given = sum(one.counts for one in self.services)
        counted = Label(words.count("{n} service given", "{n} services given", given), ink="ink2", wrap=True)
        self.back: dict[str, Button] = {}
        self._cards = in_column(spacing=tokens.SPACE_2)
        head = in_row((counted, 1), (self.add_button, 0, Qt.AlignmentFlag.AlignTop))
        in_column(head, self._cards, STRETCH, within=self, spacing=tokens.SPACE_2)
        self.add_button.setVisible(self._may)
        self._fill()

    def _fill(self) -> None:
        planned = [one for one in reversed(self.services) if one.status == PLANNED]
        rest = [one for one in self.services if one.status != PLANNED]
        if not self.services:
            told = words.text("What this person received, month by month.")
            self._cards.addWidget(Empty("heart", words.text("Nothing given yet"), told))
        if planned:
            self._cards.addWidget(self._card(words.text("Planned services"), "", planned))
        months = [(month, list(ones)) for month, ones in groupby(rest, key=lambda one: one.service_on.replace(day=1))]
        for month, ones in months[: self._months]:
            self._cards.addWidget(self._card(formats.month_title(month), self._totals(ones), ones))
        if len(months) > self._months:
            self.more = Button(words.text("Show what is older"), "quiet", on_click=self._more)
            self._cards.addWidget(self.more)

        if out := services_taken_out.of_person(self.desk, self.record.person.id):
            self._cards.addWidget(self._out_card(out))

    def _out_card(self, out: Sequence[ServiceTakenOut]) -> Card:
        """What was taken out, why, and what brings it back."""
        card = Card(words.text("Taken out"), words.text("They count nowhere."))
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_PANEL)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        grid.setColumnStretch(2, 1)
        for row, one in enumerate(out):
            named = self._named(one.service)
            grid.addWidget(Label(formats.day(one.service.service_on), ink="ink2"), row, 0)
            grid.addWidget(Label(named, wrap=True), row, 1)
            grid.addWidget(Label(assistance_words.taken_out(one.at, one.by, one.reason), ink="ink2", wrap=True), row, 2)
            if self._may:
                button = self.back[one.service.service_no] = Button(words.text("Bring back"), "quiet", "undo")
                button.setAccessibleName(words.text("Bring back {service}").format(service=named))
                button.clicked.connect(partial(self._bring_back, one.service))
                grid.addWidget(button, row, 3)
        card.body.addLayout(grid)
        return card

    def _bring_back(self, one: Service) -> None:
        told, named = self.told, self._named(one)  # this tab is made anew by the commit
        with refusals_told(told):
            act = partial(services_taken_out.bring_back, self.desk, self.record.person.id, one.service_no)
            done = asking_late(self, self.desk, act)
            told.emit(Told("ok", words.text("{service} brought back.").format(service=named), done))

    @Slot()
    def _more(self) -> None:
        self._months *= 10
        empty(self._cards)
        self._fill()

    def _totals(self, services: Sequence[Service]) -> str:
        """`Santé 3 · Alimentation 24`: lines given, by type."""
        order = {code: place for place, code in enumerate(dict.fromkeys(type_of(one) for one in self._catalogue))}
        found = Counter(type_of(one.service_type) for one in services if one.counts)
        told = words.text("{type} {n}")
        return " · ".join(
            told.format(type=words.label("service_type", code), n=found[code])
            for code in sorted(found, key=lambda code: order.get(code, len(order)))
        )

    def _card(self, title: str, totals: str, services: Sequence[Service]) -> Card:
        card = Card(title, totals)
        card.secondary.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_PANEL)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        grid.setColumnStretch(1, 1)
        meals = [one for one in services if one.service_type == MEAL and one.counts]
        for one in services:
            if len(meals) < 2 or one not in meals:
                self._line(grid, one)
        if len(meals) > 1:
            days = words.count("on {n} day", "on {n} days", len({one.service_on for one in meals}))
            told = assistance_words.quantity(sum(one.quantity for one in meals), words.text("meals"))
            row = grid.rowCount()
            grid.addWidget(Label(formats.NONE, ink="ink2"), row, 0)
            grid.addWidget(Label(self._named(meals[0]), wrap=True), row, 1)
            about = words.text("{meals} {days}").format(meals=told, days=days)
            grid.addWidget(Label(about, ink="ink2", wrap=True), row, 2)
        card.body.addLayout(grid)
        return card

    def _named(self, service: Service) -> str:
        kind: ServiceKind | None = self._catalogue.get(service.service_type)
        return words.label("service_type", service.service_type) if kind is None else kind.label(words.language())

    def _line(self, grid: QGridLayout, one: Service) -> None:
        row, kind = grid.rowCount(), self._catalogue.get(one.service_type)
        is_late = one.status == PLANNED and one.service_on < self.desk.today()
        day = Label(formats.short_day(one.service_on), ink="attention" if is_late else "ink2")
        day.setToolTip(formats.day(one.service_on))
        grid.addWidget(day, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(self._named(one), wrap=True), row, 1)
        grid.addWidget(Label(self._about(one, kind), ink="ink2", wrap=True), row, 2)
        told = words.text("to say what became of it") if is_late else assistance_words.state(one.status)
        acts = Flow(tokens.SPACE_HALF, 0)
        badge, buttons = Badge(told, "attention" if is_late else STATES[one.status]), self._acts(one)
        signs = [one for one in buttons if isinstance(one, IconButton)]
        acts.add(badge, *(one for one in buttons if one not in signs))
        if signs:
            together = QWidget()  # they stay beside each other where the line is short
            in_row(*signs, within=together, spacing=tokens.SPACE_HALF)
            acts.add(together)
        grid.addLayout(acts, row, 3)
        self.notes[one.id] = Label("", wrap=True)
        self.notes[one.id].hide()
        grid.addWidget(self.notes[one.id], row + 1, 1, 1, 3)

    def _about(self, one: Service, kind: ServiceKind | None) -> str:
        parts = [assistance_words.quantity(one.quantity, kind.unit if kind else "")]
        if one.partner:
            parts.append(one.partner)
        if one.donor:
            parts.append(words.label("donor", one.donor))
        parts += assistance_words.paid(one.cost_xof, one.receipt_no)
        if one.staff is not None:
            parts.append(self._staff.get(one.staff, ""))
        if one.plan_action is not None:
            action = self._actions.get(one.plan_action)
            told = words.text("plan: {what}").format(what=action.action if action is not None else "")
            parts.append(told if action is not None and action.action else words.text("for the plan"))
        return " · ".join(part for part in parts if part)

    def _acts(self, one: Service) -> list[Button]:
        buttons: dict[str, Button] = {}
        if one.id in self._noted:
            buttons["note"] = IconButton("note", words.text("Read the note"), bare=True, little=True)
        if self._may and one.status == PLANNED and one.service_on <= self.desk.today():
            buttons["hold"] = Button(words.text("Given"), "quiet")
            buttons["not_held"] = Button(words.text("Not held"), "quiet")
            buttons["refused"] = Button(words.text("Refused"), "quiet")
        if self._may and one.activity is None:
            buttons["change"] = IconButton("pencil", words.text("Correct this line"), bare=True, little=True)
            buttons["take_out"] = IconButton("close", words.text("Take this line out"), bare=True, little=True)
        for name, button in buttons.items():
            button.clicked.connect(partial(self._do, name, one))
        self.lines[one.id] = buttons
        return list(buttons.values())

    def _do(self, name: str, one: Service) -> None:
        if name == "change":
            self.asked.emit("service", str(one.id))
        elif name == "note":
            self._read(one.id)
        else:
            self._act(name, one)

    def _read(self, key: ServiceId) -> None:
        """Show the note, or hide it again."""
        label = self.notes[key]
        if not label.isHidden():
            label.hide()
            label.setText("")
            return
        with refusals_told(self.told):
            label.setText(assistance.note(self.desk, key))
            label.show()

    def _act(self, name: str, one: Service) -> None:
        acts: dict[str, tuple[Act, str]] = {
            "hold": (assistance.hold, words.text("{service} given.")),
            "not_held": (assistance.not_held, words.text("{service} not held.")),
            "refused": (assistance.refused, words.text("{service} refused by the person.")),
        }
        if name == "take_out":
            self._take_out(one)
            return
        act, text = acts[name]
        told, named = self.told, self._named(one)  # this tab is made anew by the commit
        with refusals_told(told):
            done = asking_late(self, self.desk, partial(act, self.desk, [one.id]))
            told.emit(Told("ok", text.format(service=named), done))

    def _take_out(self, one: Service) -> None:
        told, named = self.told, self._named(one)
        reason = taking_out.reason_of(self, self.desk, one, named)
        if reason is None:
            return
        act = partial(assistance.take_out, self.desk, [one.id], reason)
        with refusals_told(told):
            done = asking_late(self, self.desk, act)
            told.emit(Told("ok", words.text("{service} taken out.").format(service=named), done))

"""Requests for a place: who waits, and since when; what was refused, and why; what becomes of the one beside them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import ADMITTED, GIVEN_UP, MISTAKE, REFUSED, UNMET, WAITING, Decision
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.stays import place_requests
from shelter_desk.operations.stays.place_requests import PlaceRequestLine
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.place_form import PlaceRequestForm, ReasonFields
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.watched_text import watch_inside
from shelter_desk.ui.lists.detail_view import DetailStep, DetailView
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import ElidedLabel
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words import place_requests as place_request_words
from shelter_desk.words.beds import held_beds as held_words

_STATES: dict[str, State] = {
    WAITING: "attention",
    ADMITTED: "ok",
    REFUSED: "blocked",
    GIVEN_UP: "neutral",
    MISTAKE: "neutral",
}
_STEPS = {"met": ADMITTED, "refuse": REFUSED, "give_up": GIVEN_UP}


def state(line: PlaceRequestLine) -> str:
    """What became of it."""
    return words.label("request_outcome", line.request.outcome)


class PlaceView(DetailView):
    """Facts, then the acts as buttons; a decision asks for its day and reason below."""

    admission_wanted = Signal(object)  # PlaceRequest
    page_wanted = Signal(str)  # the plan of beds, where one is held
    correction_wanted = Signal(object)  # Line

    form: "PlaceStep | None"

    def __init__(self, desk: Desk, line: PlaceRequestLine) -> None:
        super().__init__(desk)
        self.line = line
        self.held = held_beds.of_requests(desk, [line.request.id]).get(line.request.id, ())
        self.add(Badge(state(line), _STATES[line.request.outcome]), FactList(self._facts()), self.acts)
        one, may = self.line.request, self._desk.may(Permission.ADMIT)
        if one.waits:
            self.button("admit", words.text("Admit…"), "arrive", primary=True)
            held = any(one.held.holds(desk.today()) for one in self.held)
            self.button("held", words.text("See what is held") if held else words.text("Hold a bed…"), "bookmark")
        if one.waits and may:
            self.button("met", words.text("Admitted already…"), "check")
            self.button("refuse", words.text("Refuse…"), "close")
            self.button("give_up", words.text("Given up…"), "leave")
        if self.line.person is not None and may:
            self.button("record", words.text("Open the record"), "document")
        if may and not one.waits:
            self.button("again", words.text("Reopen the request"), "clock")
        if may:
            self.button("correct", words.text("Correct…"), "pencil", quiet=True)
            if one.waits:
                self.button("mistake", words.text("Noted by mistake"), quiet=True)

    def _facts(self) -> list[tuple[str, str]]:
        one, today = self.line.request, self._desk.today()
        found = [
            (words.text("Asked on"), formats.day(one.asked_on)),
            (words.text("Waits"), place_request_words.days(one.days(today)) if one.waits else ""),
            (words.text("Who asks"), words.label("referral_source", one.source)),
            (words.text("What is asked"), words.label("place_asked", one.asked)),
            (words.text("Persons"), place_request_words.persons(one)),
            (words.text("Sex and age"), place_request_words.groups(one)),
            (words.text("Noted by"), self.line.noted_by),
            (words.text("Decided on"), formats.day(one.decided_on) if one.decided_on else ""),
            (words.text("Decided by"), self.line.decided_by),
            (words.text("Reason"), place_request_words.reason(one)),
            (words.text("Resident"), self.line.code),
            *((words.text("Held bed"), self._told(one)) for one in self.held),
        ]
        return [(name, value) for name, value in found if value]

    def _told(self, line: HeldLine) -> str:
        """The place and what became of it: the note that stays when it has lapsed."""
        place, told = held_words.place(line.place, line.held), held_words.told(line.held, self._desk.today())
        return words.text("{place}. {told}").format(place=place, told=told)

    def do(self, act: str) -> None:
        if act == "admit":
            self.admission_wanted.emit(self.line.request)
        elif act == "held":
            key = next((one.held.id for one in self.held if one.held.holds(self._desk.today())), None)
            self.page_wanted.emit(f"beds/hold/{self.line.request.id}" if key is None else f"beds/held/{key}")
        elif act == "correct":
            self.correction_wanted.emit(self.line)
        elif act == "record" and self.line.person is not None:
            self.record_wanted.emit(int(self.line.person))
        elif act in _STEPS:
            self.show_step(PlaceStep(self._desk, self.line, _STEPS[act]))
        else:
            outcome = WAITING if act == "again" else MISTAKE
            self.do_at_once(lambda: self._decided(Decision(outcome, None if act == "again" else self._desk.today())))

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return place_request_words.sentence(error)

    def _decided(self, decision: Decision) -> Told:
        one = self.line.request
        done = place_requests.decide(self._desk, one.id, decision)
        return Told("ok", said(one.request_no, decision.outcome), done)


def said(number: str, outcome: str) -> str:
    """What became of a request, once it is written."""
    sentence = {
        WAITING: words.text("Request {number} waits again."),
        ADMITTED: words.text("Request {number}: admitted."),
        REFUSED: words.text("Request {number}: refused."),
        GIVEN_UP: words.text("Request {number}: given up."),
        MISTAKE: words.text("Request {number} counts nowhere any more."),
    }[outcome]
    return sentence.format(number=number)


class PlaceStep(DetailStep):
    """When it was decided, and why; or by which stay it was met."""

    def __init__(self, desk: Desk, line: PlaceRequestLine, outcome: str) -> None:
        super().__init__(desk)
        self._desk, self._line, self._outcome = desk, line, outcome
        self.reasons = ReasonFields(desk, below=True)
        self.reasons.be_about(outcome)
        self._since = place_requests.stays_since(desk, line.request.asked_on) if outcome == ADMITTED else []
        told = words.text("{code}, since {day}")
        offered = [(str(key), told.format(code=code, day=formats.day(day))) for key, code, day in self._since]
        self.stay = ChoiceField(words.text("By which stay"), offered, required=True)
        self.day = DayField(words.text("Decided on"), desk.today(), required=True, value=desk.today())
        is_met = outcome == ADMITTED
        self.fields = {"stay_no": self.stay} if is_met else {"decided_on": self.day, **self.reasons.fields}
        self.first = self.stay if is_met else self.reasons.reason
        for widget in (self.stay,) if is_met else (self.day, self.reasons):
            self.body.addWidget(widget)
        self.add_foot()
        watch_inside(desk, self)

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return place_request_words.sentence(error)

    def act(self) -> tuple[str, Done]:
        one = self._line.request
        if self._outcome == ADMITTED:
            key = self.stay.chosen_id(StayId)
            if key is None:
                raise errors.Missing("stay_no")
            found = next((day for stay, _, day in self._since if stay == key), None)
            decision = Decision(ADMITTED, found, stay=key)
        else:
            reason, told, partner = self.reasons.values()
            decision = Decision(self._outcome, self.day.day(), reason, told, partner)
        done = place_requests.decide(self._desk, one.id, decision)
        return said(one.request_no, self._outcome), done


_NEW, _WAITING = "new", "waiting"
_WAITS, _ENDED = 2, (4, 5)  # columns that only belong to those who wait, or do not


def _in(line: PlaceRequestLine, chip: str) -> bool:
    one = line.request
    return {"waiting": one.waits, "unmet": one.outcome in UNMET, "admitted": one.outcome == ADMITTED}.get(chip, True)


class PlacesPart(ListRoom[PlaceRequestLine]):
    """Chips choose what is listed, those who wait first; Enter on a line opens it beside the list."""

    hides_head = True
    form: PlaceRequestForm | None
    view: PlaceView | None

    def __init__(self, desk: Desk) -> None:
        self._today = desk.today()
        super().__init__(desk, self._columns(), words.text("Requests for a place"), _empty())
        self.filter_by(
            [
                (_WAITING, words.text("Waiting list")),
                ("unmet", words.text("Refused or given up")),
                ("admitted", words.text("Admitted")),
                ("all", words.text("All requests")),
            ],
            _in,
        )
        self.counted = ElidedLabel(ink="ink2")
        self.new_button = self.begin_button(words.text("Note a request…"))
        head = head_row(self.chips, wide=self.counted, right=[self.new_button], spacing=tokens.SPACE_2)
        head.setStretchFactor(self.chips, 1)
        self.lay_out(head)

    def _columns(self) -> list[TableColumn[PlaceRequestLine]]:
        return [
            TableColumn(words.text("No."), lambda one: one.request.request_no, lambda one: one.request.id, bold=True),
            TableColumn(
                words.text("Asked on"), lambda one: formats.day(one.request.asked_on), lambda one: one.request.asked_on
            ),
            TableColumn(
                words.text("Waits"),
                lambda line: place_request_words.days(line.request.days(self._today)) if line.request.waits else "",
                lambda one: one.request.days(self._today),
            ),
            TableColumn(
                words.text("Persons"),
                lambda one: place_request_words.persons(one.request),
                lambda one: one.request.persons,
            ),
            TableColumn(
                words.text("Outcome of the request"),
                state,
                BY_TEXT,
                badge=lambda one: "attention" if one.request.waits else "neutral",
            ),
            TableColumn(words.text("Reason"), lambda one: place_request_words.reason(one.request)),
            TableColumn(
                words.text("Who asks"), lambda one: words.label("referral_source", one.request.source), BY_TEXT
            ),
            TableColumn(
                words.text("What is asked"), lambda one: words.label("place_asked", one.request.asked), BY_TEXT
            ),
        ]

    def ask(self) -> Sequence[PlaceRequestLine]:
        self._today = self.desk.today()
        found = place_requests.register(self.desk)
        n = sum(one.request.persons for one in found if one.request.waits)
        waits = words.count("{n} person waits for a place", "{n} persons wait for a place", n)
        self.counted.setText(waits if n else "")
        return found

    def show_lines(self) -> None:
        """Those who wait with their days, the others with what became of them."""
        waiting = self.chips.on() == [_WAITING]
        self.table.setColumnHidden(_WAITS, not waiting)
        for column in _ENDED:
            self.table.setColumnHidden(column, waiting)
        super().show_lines()

    def key_of(self, line: PlaceRequestLine) -> int:
        return line.request.id

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return place_request_words.sentence(error)

    def view_of(self, line: PlaceRequestLine) -> PlaceView:
        self.panel.name_it(line.request.request_no, place_request_words.persons(line.request))
        made = PlaceView(self.desk, line)
        made.admission_wanted.connect(self.admission_wanted)
        made.correction_wanted.connect(self.edit)
        made.page_wanted.connect(self.page_wanted)
        return made

    def form_of(self, line: PlaceRequestLine | None) -> tuple[PlaceRequestForm, str]:
        if line is None:
            return PlaceRequestForm(self.desk), _NEW
        return PlaceRequestForm(self.desk, line.request), str(line.request.id)

    def open_at(self, at: str) -> None:
        """That request, or the form of a new one: `new`, or `new/f/a18_59` for one person."""
        kind, _, whom = at.partition("/")
        if kind != _NEW:
            super().open_at(at)
            return
        self.begin()
        sex, _, age = whom.partition("/")
        if self.form is not None and age:
            self.form.persons.cell(sex, age).setText("1")

    def reopen(self, kind: str, at: str) -> None:
        """A request is corrected by who admits."""
        if kind == _NEW or self.desk.may(Permission.ADMIT):
            super().reopen(kind, at)


def _empty() -> Empty:
    told = words.text(
        "A place was asked and there was none, or not yet: note it in figures, with the reason. Nobody is named."
    )
    return Empty("arrive", words.text("No request for a place"), told, words.text("Note a request…"))

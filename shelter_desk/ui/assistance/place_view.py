"""One request for a place: its figures, for how long it waits, and what becomes of it."""

from PySide6.QtCore import Signal

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import ADMITTED, GIVEN_UP, MISTAKE, REFUSED, WAITING, Decision
from shelter_desk.operations.desk import Desk, Done
from shelter_desk.operations.stays import place_requests
from shelter_desk.operations.stays.place_requests import PlaceRequestLine
from shelter_desk.ui.assistance.place_form import ReasonFields
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.watched_text import watch_inside
from shelter_desk.ui.lists.detail_view import DetailStep, DetailView
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words import place_requests as place_request_words

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
    correction_wanted = Signal(object)  # Line

    form: "PlaceStep | None"

    def __init__(self, desk: Desk, line: PlaceRequestLine) -> None:
        super().__init__(desk)
        self.line = line
        self.add(Badge(state(line), _STATES[line.request.outcome]), FactList(self._facts()), self.acts)
        self._make_buttons()

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
        ]
        return [(name, value) for name, value in found if value]

    def _make_buttons(self) -> None:
        one, may = self.line.request, self._desk.may(Permission.ADMIT)
        if one.waits:
            self.button("admit", words.text("Admit…"), "arrive", primary=True)
        if one.waits and may:
            self.button("met", words.text("Admitted already…"), "check")
            self.button("refuse", words.text("Refuse…"), "close")
            self.button("give_up", words.text("Given up…"), "leave")
        if self.line.person is not None and may:
            self.button("record", words.text("Open the record"), "document")
        if may and not one.waits:
            self.button("again", words.text("Waits again"), "clock")
        if may:
            self.button("correct", words.text("Correct…"), "pencil", quiet=True)
            if one.waits:
                self.button("mistake", words.text("Noted by mistake"), quiet=True)

    def do(self, act: str) -> None:
        if act == "admit":
            self.admission_wanted.emit(self.line.request)
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
        super().__init__()
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
            key = self.stay.value()
            found = next((day for stay, _, day in self._since if str(stay) == key), None)
            decision = Decision(ADMITTED, found, stay=StayId(int(key)) if key else None)
            if key is None:
                raise Missing("stay_no")
        else:
            reason, told, partner = self.reasons.values()
            decision = Decision(self._outcome, self.day.day(), reason, told, partner)
        done = place_requests.decide(self._desk, one.id, decision)
        return said(one.request_no, self._outcome), done

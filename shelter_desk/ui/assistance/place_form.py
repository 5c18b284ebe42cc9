"""A request for a place being noted or corrected: who asks, for how many, and what became of it where that is known."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import PlaceRequestId
from shelter_desk.domain.stays.place_requests import GIVEN_UP, REFUSED, WAITING, PlaceRequest
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import place_requests
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.persons_grid import PersonsGrid
from shelter_desk.ui.assistance.reason_fields import ReasonFields
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import lists
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import place_requests as in_words


class PlaceForm(ActForm):
    """Figures and codes, nobody's name. old: the request to correct, whose decision stays as it is."""

    when = "asked_on"

    def __init__(self, desk: Desk, old: PlaceRequest | None = None) -> None:
        title = words.text("Request for a place")
        if old is not None:
            title = words.text("Request {number}").format(number=old.request_no)
        super().__init__(desk, title, words.text("Record"), "check")
        self._old = old
        today = desk.today()
        self.day = DayField(words.text("Asked on"), today, required=True, value=today if old is None else old.asked_on)
        self.source = ChoiceField(
            words.text("Who asks"), lists.of("referral_source"), None if old is None else old.source, required=True
        )
        self.wanted = ChoiceField(
            words.text("What is asked"),
            lists.of("place_asked"),
            "immediat" if old is None else old.asked,
            required=True,
        )
        self.persons = PersonsGrid(words.text("For how many persons"), () if old is None else old.groups)
        self.outcome = ChoiceField(
            words.text("Outcome of the request"),
            lists.of("request_outcome", (WAITING, REFUSED, GIVEN_UP)),
            WAITING,
            required=True,
        )
        self.reasons = ReasonFields(desk)
        self.fields = {
            "asked_on": self.day,
            "referral_source": self.source,
            "place_asked": self.wanted,
            "persons": self.persons,
            "request_outcome": self.outcome,
            **self.reasons.fields,
        }
        self.drafted = {**self.fields}
        self.first = self.source
        self._lay_out()
        self.outcome.chosen.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        told = words.text("Figures alone: no name, no telephone, no story. It shows the donor what could not be met.")
        self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        self._row((self.day, 150), (self.source, 320), (self.wanted, 280))
        self.body.addWidget(self.persons)
        self._row((self.outcome, 200), (self.reasons, 640))
        if self._old is not None:
            self.outcome.hide()

    def _row(self, *fields: tuple[QWidget, int]) -> None:
        row = Flow()
        for field, width in fields:
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.body.addLayout(row)

    @Slot()
    def _show(self, _code: str = "") -> None:
        outcome = self.outcome.value() or ""
        self.reasons.setVisible(self._old is None and outcome in (REFUSED, GIVEN_UP))
        self.reasons.be_about(outcome)

    def refilled(self) -> None:
        self._show()

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return in_words.sentence(error)

    def act(self) -> Told:
        day = self.day.day()
        if day is None:
            raise Missing("asked_on")
        outcome = self.outcome.value() or ""
        unmet = self._old is None and outcome in (REFUSED, GIVEN_UP)
        reason, said, partner = self.reasons.values() if unmet else ("", "", "")
        request = PlaceRequest(
            PlaceRequestId(0) if self._old is None else self._old.id,
            "",
            day,
            self.source.value() or "",
            self.persons.groups(),
            self.wanted.value() or "",
            outcome if unmet else WAITING,
            day if unmet else None,
            reason,
            said,
            partner,
        )
        if self._old is not None:
            done = place_requests.correct(self.desk, request)
            return Told("ok", words.text("Request {number} corrected.").format(number=self._old.request_no), done)
        made = place_requests.note(self.desk, request)
        told = (
            words.text("Request {number} noted, with its reason.") if unmet else words.text("Request {number} waits.")
        )
        return Told("ok", told.format(number=made.request_no), made.done)

"""A request for a place being noted or corrected: who asks, for how many, and what became of it where that is known."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain import codes, errors
from shelter_desk.domain.ids import PlaceRequestId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import (
    ELSEWHERE,
    GIVEN_UP,
    MOST_LETTERS,
    MOST_PERSONS,
    OTHER,
    REFUSED,
    SEXES,
    WAITING,
    Group,
    PlaceRequest,
)
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import place_requests
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.drafting import FieldGroup
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import place_requests as place_request_words

_CELL = 74
_OF_THE_PERSON = ("personne_decline", "sans_nouvelles")
_OF_BOTH = (ELSEWHERE, OTHER)


class ReasonFields(QWidget, FieldGroup):
    """Why a request is not met: the reason; a few words where it is none of the list, the partner of who was sent on.

    below: one under the other, where there is little room.
    """

    def __init__(self, desk: Desk, below: bool = False) -> None:
        super().__init__()
        self._of_house = tuple(code for code, _ in code_lists.of("request_reason") if code not in _OF_THE_PERSON)
        self.reason = CodeField(words.text("Reason"), "request_reason", required=True)
        self.said = LineField(
            words.text("In a few words"),
            required=True,
            placeholder=words.text("no name, no story"),
            open_words=True,
            key="reason_said",
        )
        self.said.line.setMaxLength(MOST_LETTERS)
        names = partners.partners(desk) if desk.may(Permission.ASSIST_SEE) else ()
        known = [(one.name, one.name) for one in names if one.is_active]
        # who may not read the directory types the name of the structure
        self.partner: ChoiceField | LineField
        if known:
            self.partner = ChoiceField(words.text("Provider"), known, required=True, key="partner")
        else:
            self.partner = LineField(words.text("Provider"), required=True, key="partner")
        if below:
            in_column(*self.fields.values(), within=self, spacing=tokens.SPACE)
        else:
            self.setLayout(row_of((self.reason, 290), (self.said, 300), (self.partner, 300)))
        self.reason.chosen.connect(self._show)
        self._show()

    def be_about(self, outcome: str) -> None:
        """Offer the reasons of a refusal, or of a request that was given up."""
        only = (*_OF_THE_PERSON, *_OF_BOTH) if outcome == GIVEN_UP else self._of_house
        chosen = self.reason.value()
        self.reason.set_choices(code_lists.of("request_reason", only=only))
        self.reason.choose(chosen if chosen in only else None)
        self._show()

    @Slot()
    def _show(self, _code: str = "") -> None:
        self.said.setVisible(self.reason.value() == OTHER)
        self.partner.setVisible(self.reason.value() == ELSEWHERE)

    def values(self) -> tuple[str, str, str]:
        """Reason, words, partner."""
        partner = self.partner.code() if isinstance(self.partner, ChoiceField) else self.partner.text().strip()
        return self.reason.code(), self.said.text(), partner


class PersonsGrid(Field):
    """How many persons, as on a sheet of paper: rows of sexes, columns of age groups; an empty cell is nobody."""

    changed = Signal()

    def __init__(self, label: str, groups: Sequence[Group] = ()) -> None:
        inner = QWidget()
        self._cells: dict[tuple[str, str], QLineEdit] = {}
        self.total = Label("", size="small", ink="ink2")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.SPACE_HALF)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        ages = [one.code for one in codes.codes("age_group")]
        for column, age in enumerate(ages, 1):
            head = Label(words.label("age_group", age), size="small", ink="ink2", wrap=True)
            head.setFixedWidth(tokens.wide(_CELL))
            head.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(head, 0, column)
        for row, sex in enumerate(SEXES, 1):
            name = words.text("Girls, women") if sex == "f" else words.text("Boys, men")
            grid.addWidget(Label(name), row, 0)
            for column, age in enumerate(ages, 1):
                cell = self._cells[sex, age] = QLineEdit()
                cell.setValidator(QIntValidator(0, MOST_PERSONS, cell))
                cell.setFixedWidth(tokens.wide(_CELL))
                told = words.text("{who}, {age}").format(who=name, age=words.label("age_group", age))
                cell.setAccessibleName(told)
                cell.textChanged.connect(self._count)
                grid.addWidget(cell, row, column)
        grid.addWidget(self.total, 1, len(ages) + 1, 2, 1)
        grid.setColumnStretch(len(ages) + 1, 1)
        super().__init__(label, inner, required=True, key="persons")
        self.setFocusProxy(next(iter(self._cells.values())))
        for one in groups:
            self.cell(one.sex, one.age_group).setText(str(one.persons))
        self._count()

    def cell(self, sex: str, age_group: str) -> QLineEdit:
        """Where the persons of that sex and age are typed."""
        return self._cells[sex, age_group]

    def groups(self) -> tuple[Group, ...]:
        """What is typed, empty cells left out."""
        typed = {key: cell.text().strip() for key, cell in self._cells.items()}
        return tuple(Group(sex, age, int(n)) for (sex, age), n in typed.items() if n.isdecimal() and int(n))

    @Slot()
    def _count(self, _typed: str = "") -> None:
        n = sum(one.persons for one in self.groups())
        self.total.setText(words.count("{n} person", "{n} persons", n) if n else "")
        self.changed.emit()

    def draft_value(self) -> list[str]:
        """What a draft keeps: the cells one after the other."""
        return [cell.text() for cell in self._cells.values()]

    def put_draft(self, value: str | list[str]) -> None:
        """Show what a draft kept."""
        kept = list(value)
        for cell in self._cells.values():
            cell.setText(kept.pop(0) if kept else "")


class PlaceRequestForm(ActForm):
    """Figures and codes, nobody's name. old: the request to correct, whose decision stays as it is."""

    def __init__(self, desk: Desk, old: PlaceRequest | None = None) -> None:
        title = words.text("Request for a place")
        if old is not None:
            title = words.text("Request {number}").format(number=old.request_no)
        super().__init__(desk, title, words.text("Record"), "check")
        self._old = old
        today = desk.today()
        self.day = DayField(
            words.text("Asked on"), today, required=True, value=today if old is None else old.asked_on, key="asked_on"
        )
        self.source = CodeField(
            words.text("Who asks"), "referral_source", None if old is None else old.source, required=True
        )
        self.wanted = CodeField(
            words.text("What is asked"), "place_asked", "immediat" if old is None else old.asked, required=True
        )
        self.persons = PersonsGrid(words.text("For how many persons"), () if old is None else old.groups)
        self.outcome = CodeField(
            words.text("Outcome of the request"),
            "request_outcome",
            WAITING,
            required=True,
            only=(WAITING, REFUSED, GIVEN_UP),
        )
        self.reasons = ReasonFields(desk)
        self.first = self.source
        told = words.text("Figures alone: no name, no telephone, no story. It shows the donor what could not be met.")
        self.explain(told)
        self.row((self.day, 150), (self.source, 320), (self.wanted, 280))
        self.add(self.persons)
        self.row((self.outcome, 200), (self.reasons, 640))
        if self._old is not None:
            self.outcome.hide()
        self.outcome.chosen.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self, _code: str = "") -> None:
        outcome = self.outcome.code()
        self.reasons.setVisible(self._old is None and outcome in (REFUSED, GIVEN_UP))
        self.reasons.be_about(outcome)

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return place_request_words.sentence(error)

    def act(self) -> Told:
        day = self.day.asked()
        outcome = self.outcome.code()
        unmet = self._old is None and outcome in (REFUSED, GIVEN_UP)
        reason, said, partner = self.reasons.values() if unmet else ("", "", "")
        request = PlaceRequest(
            PlaceRequestId(0) if self._old is None else self._old.id,
            "",
            day,
            self.source.code(),
            self.persons.groups(),
            self.wanted.code(),
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
        return Told("ok", told.format(number=made.number), made.done)

"""Requests for a place: who waits, and since when; what was refused, and why."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import ADMITTED, UNMET
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import place_requests
from shelter_desk.operations.stays.place_requests import PlaceRequestLine
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.place_form import PlaceRequestForm
from shelter_desk.ui.assistance.place_view import PlaceView, state
from shelter_desk.ui.lists.list_page import ListRoom, head_row
from shelter_desk.ui.lists.table import BY_TEXT, TableColumn
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import ElidedLabel
from shelter_desk.words import formats
from shelter_desk.words import place_requests as place_request_words

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
            TableColumn(words.text("Waits"), self._waits, lambda one: one.request.days(self._today)),
            TableColumn(
                words.text("Persons"),
                lambda one: place_request_words.persons(one.request),
                lambda one: one.request.persons,
            ),
            TableColumn(
                words.text("Outcome of the request"),
                state,
                BY_TEXT,
                ink=lambda one: "attention" if one.request.waits else "ink2",
            ),
            TableColumn(words.text("Reason"), lambda one: place_request_words.reason(one.request)),
            TableColumn(words.text("Who asks"), _source, BY_TEXT),
            TableColumn(words.text("What is asked"), _asked, BY_TEXT),
        ]

    def _waits(self, line: PlaceRequestLine) -> str:
        return place_request_words.days(line.request.days(self._today)) if line.request.waits else ""

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

    def sentence(self, error: ShelterDeskError) -> str:
        return place_request_words.sentence(error)

    def view_of(self, line: PlaceRequestLine) -> PlaceView:
        self.panel.name_it(line.request.request_no, place_request_words.persons(line.request))
        made = PlaceView(self.desk, line)
        made.admission_wanted.connect(self.admission_wanted)
        made.correction_wanted.connect(self.edit)
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


def _source(line: PlaceRequestLine) -> str:
    return words.label("referral_source", line.request.source)


def _asked(line: PlaceRequestLine) -> str:
    return words.label("place_asked", line.request.asked)

"""The forms of a return: its file opened with the wish, one step written, the file closed."""

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.casefile.voluntary_returns import (
    NO_PAPER,
    WRITTEN,
    ReturnFile,
    ReturnWords,
    StepName,
    StepSaid,
)
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import ReturnFileId, UserId
from shelter_desk.operations.assistance import appointments, partners
from shelter_desk.operations.casefile import voluntary_returns
from shelter_desk.operations.casefile.voluntary_returns import SERVICES, ReturnFileLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.case_form import CaseForm, TickField
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.words.casefile import voluntary_returns as voluntary_return_words


def _staff(desk: Desk) -> list[Choice]:
    return [(str(key), name) for key, name in appointments.staff(desk)]


def _user(field: ChoiceField) -> UserId | None:
    chosen = field.value()
    return UserId(int(chosen)) if chosen else None


class ReturnFileForm(CaseForm):
    """What the person wishes, and where to; words and town are sealed."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Return of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Open the file"), "check")
        self._stay, today = stay.stay.id, desk.today()
        countries = [one for one in code_lists.of("nationality") if one[0] != "ML"]
        home = record.person.nationality
        self.day = DayField(words.text("Wish said on"), today, required=True, value=today, key="wish_on")
        self.country = ChoiceField(
            words.text("Country"), countries, None if home == "ML" else home, required=True, key="dest_country"
        )
        self.town = LineField(words.text("Town or region (sealed)"), open_words=True)
        self.responsible = ChoiceField(words.text("Who sees to it"), _staff(desk), str(int(desk.user)))
        self.wish = TextField(words.text("What the person says (sealed)"), lines=3)
        self.informed = DayField(words.text("Informed on"), today, key="informed_on")
        told = words.text("Write the service “{name}” too")
        name = words.label("service_type", SERVICES["informed"])
        self.service = TickField(words.text("Service"), told.format(name=name), on=True)
        self.explain(
            words.text("A return is the person’s own wish, explained before anything is asked of anybody. It can stop.")
        )
        self.row((self.day, 150), (self.country, 240), (self.town, 240), (self.responsible, 180))
        self.add(self.wish)
        self.row((self.informed, 150), (self.service, 440))

    def act(self) -> Told:
        file = ReturnFile(
            ReturnFileId(0),
            "",
            self._stay,
            self.day.asked(),
            self.country.code(),
            _user(self.responsible),
            self.informed.known(),
        )
        told = ReturnWords(town=self.town.text(), wish=self.wish.text())
        made = voluntary_returns.open_file(self.desk, file, told, self.service.is_ticked())
        return Told("ok", words.text("File {number} opened.").format(number=made.number), made.done)


class ReturnStepForm(CaseForm):
    """One step of a return; what is asked follows the step."""

    def __init__(self, desk: Desk, line: ReturnFileLine, step: StepName) -> None:
        title = words.text("Return {number}").format(number=line.file.return_no)
        super().__init__(desk, title, words.text("Record the step"), "check")
        self._file = line.file
        self._make(line)
        self.step.choose(step)
        self.row((self.step, 300), (self.responsible, 220))
        self.row((self.paper, 260), (self.asked_on, 170), (self.partner, 300), (self.travel, 170))
        self.row((self.day, 170), (self.fitness, 260), (self.number, 260))
        self.add(self.agreed, self.service, self.below)
        self.first = self.step
        self.step.chosen.connect(self._chosen)
        self._chosen()

    def _make(self, line: ReturnFileLine) -> None:
        today, file = self.desk.today(), line.file
        steps = [(name, voluntary_return_words.step(name)) for name in WRITTEN]
        papers = [one for one in code_lists.of("id_document") if one[0] != NO_PAPER]
        known = [
            (one.name, one.name) for one in partners.partners(self.desk) if one.is_active or one.name == file.partner
        ]
        responsible = None if file.responsible is None else str(int(file.responsible))
        self.step = ChoiceField(words.text("Step"), steps, required=True, key="step")
        self.responsible = ChoiceField(words.text("Who sees to what follows"), _staff(self.desk), responsible)
        self.day = DayField(words.text("Done on"), today, key="done_on")
        self.paper = ChoiceField(
            words.text("Travel document"), papers, file.document or None, required=True, key="id_document"
        )
        self.asked_on = DayField(
            words.text("Paper asked for on"), today, value=file.document_asked_on, key="document_asked_on"
        )
        self.number = NameField(words.text("Number of the paper (sealed)"))
        self.fitness = CodeField(words.text("Fit to travel"), "travel_fitness", file.fitness or None, required=True)
        self.partner = ChoiceField(
            words.text("Who organises"), known, file.partner or None, required=True, key="partner"
        )
        self.travel = DayField(
            words.text("Travel planned on"), today, required=True, value=file.travel_on, kind="ahead", key="travel_on"
        )
        self.agreed = TextField(words.text("What was agreed (sealed)"), lines=3)
        self.service = TickField(words.text("Service"), "")
        self.below = Label("", size="small", ink="ink2", wrap=True)

    @Slot()
    def _chosen(self, _code: str = "") -> None:
        """What this step asks, with what is written of it already."""
        name, file = self.step.code(), self._file
        written = {
            "informed": file.informed_on,
            "document": file.document_obtained_on,
            "fit": file.fit_on,
            "plan": file.reintegration_on,
            "kit": file.kit_on,
            "left": file.left_on,
            "arrived": file.arrived_on,
        }.get(name)
        today = None if name == "document" else self.desk.today()
        self.day.set_day(written or today)
        self.service.box.setChecked(name in SERVICES and written is None and name != "document")
        self.refresh()

    def refresh(self) -> None:
        name = self.step.code()
        asked = {
            self.paper: name == "document",
            self.asked_on: name == "document",
            self.number: name == "document",
            self.fitness: name == "fit",
            self.partner: name == "travel",
            self.travel: name == "travel",
            self.day: name != "travel",
            self.agreed: name == "plan",
            self.service: name in SERVICES,
        }
        for field, is_asked in asked.items():
            field.setVisible(is_asked)
        self.day.set_label(words.text("Paper obtained on") if name == "document" else words.text("Done on"))
        kind = SERVICES.get(name, "")
        told = words.text("Write the service “{name}” too")
        self.service.box.setText(told.format(name=words.label("service_type", kind)) if kind else "")
        below = {
            "kit": words.text("What is handed over leaves the stock by its own slip."),
            "left": words.text("The exit is written apart, with the reason “Assisted voluntary return”."),
            "plan": words.text("The actions stand in the plan of the person too, where there is one."),
            "document": words.text("For somebody who seeks asylum, no consulate is asked before UNHCR."),
        }.get(name, "")
        self.below.setText(below)
        self.below.setVisible(bool(below))

    def act(self) -> Told:
        name = next((one for one in WRITTEN if one == self.step.code()), None)
        if name is None:
            raise Missing("step")
        code = {"document": self.paper.value(), "fit": self.fitness.value()}.get(name) or ""
        planned = {"document": self.asked_on, "travel": self.travel}.get(name)
        said = StepSaid(
            name,
            None if name == "travel" else self.day.known(),
            code,
            self.partner.code() if name == "travel" else "",
            None if planned is None else planned.known(),
        )
        told = ReturnWords(
            document_no=self.number.text() if name == "document" else "",
            reintegration=self.agreed.text() if name == "plan" else "",
        )
        with_service = name in SERVICES and self.service.is_ticked()
        done = voluntary_returns.write_step(self.desk, self._file.id, said, told, with_service, _user(self.responsible))
        sentence = words.text("Return {number}: {step}, written.")
        return Told("ok", sentence.format(number=self._file.return_no, step=voluntary_return_words.step(name)), done)


class ReturnCloseForm(CaseForm):
    """When and how a file ends."""

    def __init__(self, desk: Desk, line: ReturnFileLine) -> None:
        title = words.text("Close the file {number}").format(number=line.file.return_no)
        super().__init__(desk, title, words.text("Close the file"), "check")
        self._file, today = line.file, desk.today()
        self.closure = CodeField(words.text("How it ends"), "return_closure", required=True)
        self.day = DayField(words.text("Closed on"), today, required=True, value=today, key="closed_on")
        self.row((self.closure, 320), (self.day, 150))
        self.explain(words.text("Nothing that is written goes. The file can be reopened."))

    def act(self) -> Told:
        done = voluntary_returns.close(self.desk, self._file.id, self.day.asked(), self.closure.code())
        return Told("ok", words.text("File {number} closed.").format(number=self._file.return_no), done)


def _line(desk: Desk, record: Record, key: str) -> ReturnFileLine | None:
    """That file, else the one that is open."""
    going = [one for one in voluntary_returns.of(desk, record.person.id) if one.file.closed_on is None]
    return next((one for one in going if str(one.file.id) == key), going[0] if going else None)


def step(desk: Desk, record: Record, _stay: StayRecord, at: str) -> ReturnStepForm | None:
    """The form of a step, `12/document`; where none is named, of the next one. None where no file is open."""
    key, _, name = at.partition("/")
    found = _line(desk, record, key)
    if found is None:
        return None
    following = found.next.name if found.next is not None else WRITTEN[0]
    wanted = next((one for one in WRITTEN if one == (name or following)), WRITTEN[0])
    return ReturnStepForm(desk, found, wanted)


def closing(desk: Desk, record: Record, _stay: StayRecord, at: str) -> ReturnCloseForm | None:
    """The form that closes that file; None where none is open."""
    found = _line(desk, record, at)
    return None if found is None else ReturnCloseForm(desk, found)

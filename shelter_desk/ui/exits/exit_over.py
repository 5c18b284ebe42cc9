"""The exit form laid over a page that shows something else, with the draft that every door to the exit shares."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from shelter_desk import words
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.residents import residents
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told


class ExitOver(QObject):
    """One exit at a time in place of what the faces show; what was there before comes back with `closed`."""

    told = Signal(object)  # Told
    closed = Signal(bool)  # whether somebody left

    def __init__(self, desk: Desk, faces: QStackedWidget) -> None:
        super().__init__(faces)
        self._desk, self._faces = desk, faces
        self.form: ExitForm | None = None
        self._drafting: Drafting | None = None

    def open(self, person: PersonId, stay: StayId, where: str) -> None:
        """The exit of that stay; what was typed before, here or on the record, is there again.

        where: the place of the person, `Lit 1F`, since the plan is not seen meanwhile.
        """
        with refusals_told(self.told):
            record = residents.record(self._desk, person)
            mine = next((one for one in record.stays if one.stay.id == stay), None)
            if mine is None or self.form is not None:
                return
            form = self.form = ExitForm(self._desk, record, mine)
            who = words.text("{code}, {place}").format(code=record.person.code, place=where[:1].lower() + where[1:])
            form.title.setText(words.text("Exit of {code}").format(code=who))
            self._drafting = Drafting(self._desk, form, f"residents/exit/{record.person.code}")
            self._drafting.found.connect(self._resume)
            form.told.connect(self.told)
            form.acted.connect(self._acted)
            form.closed.connect(self._give_up)
            form.left.connect(self.leave)
            form.touched.connect(self._drafting.touch)
            self._faces.addWidget(form)
            self._faces.setCurrentWidget(form)
            form.begin()
            self._drafting.begin()

    @Slot(object)
    def _resume(self, draft: Draft) -> None:
        if self._drafting is not None:
            self._drafting.resume(draft)
            self.told.emit(Told("held", drafting.sentence(draft)))

    @Slot()
    def _acted(self) -> None:
        self._forget()
        self._close(done=True)

    @Slot()
    def _give_up(self) -> None:
        self._forget()
        self._close(done=False)

    def _forget(self) -> None:
        if self._drafting is not None:
            self._drafting.forget()

    @Slot()
    def leave(self) -> None:
        """What is under it again; what was typed is kept, and said to be."""
        kept = self._drafting
        if kept is None:
            return
        kept.keep_now()
        self._close(done=False)
        if drafts.find(self._desk, kept.name) is not None:
            self.told.emit(Told("held", words.text("What you typed is kept. Open the form again to go on with it.")))

    def _close(self, *, done: bool) -> None:
        form, self.form, self._drafting = self.form, None, None
        if form is not None:
            self._faces.setCurrentIndex(0)
            self._faces.removeWidget(form)
            form.hide()
            form.deleteLater()
        self.closed.emit(done)

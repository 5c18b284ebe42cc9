"""A list that leaves the screen as it is displayed: into a workbook, through the gate where persons are in it, or to
paper.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.listing import ListedTable
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import journal
from shelter_desk.ui.lists import listed_table
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets import files
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.ui.lists.list_foot import ListFoot
    from shelter_desk.ui.sending.gate import GateDialog
    from shelter_desk.ui.sending.password_shown import PasswordShown


class ListOutput(QObject):
    """title: what the list is called on paper and in a workbook. of_persons: it leaves through the gate alone."""

    def __init__(self, foot: "ListFoot", desk: Desk, title: str, *, of_persons: bool) -> None:
        super().__init__(foot)
        self._foot, self._desk, self._title, self._of_persons = foot, desk, title, of_persons
        self.gate: GateDialog | None = None
        self.password: PasswordShown | None = None

    @property
    def may_export(self) -> bool:
        """Whether the role writes such a list into a workbook."""
        return not self._of_persons or self._desk.may(Permission.REPORT_EXPORT)

    def listed_now(self) -> ListedTable:
        """The rows chosen where they are several, else what is listed; columns and order as displayed."""
        notes = [self._foot.said_of_list()]
        if self._of_persons:
            notes.append(words.text("Internal: codes of persons, keep this list in the shelter."))
        return listed_table.made(self._foot.table, self._title, notes, self._foot.places())

    @Slot()
    def export(self) -> None:
        """Write it where the person says."""
        listed = self.listed_now()
        if not self._of_persons:
            self._write(listed, None)
            return
        from shelter_desk.ui.sending import gate

        title = words.text("To whom does the list go?")
        self.gate = gate.ask(
            self._foot, self._desk, title, partial(self._write, listed), level=NOMINAL, purpose="audit"
        )

    def _write(self, listed: ListedTable, answers: GateAnswers | None) -> None:
        name = words.text("list-{day}.xlsx").format(day=self._desk.today().isoformat())
        path = files.choose_to_save(self._foot, self._title, name, "Excel (*.xlsx)")
        if path is None:
            return
        from shelter_desk.operations.sending import lists  # what leaves is not loaded before something does

        password = ""
        try:
            if answers is None:
                lists.export(self._desk, listed, path)
            else:
                password = lists.export_of_persons(self._desk, listed, path, answers)
        except ShelterDeskError as error:
            self._foot.told.emit(Told("blocked", sentence(error)))
            return
        self._foot.told.emit(Told("ok", words.text("The list is in {file}.").format(file=path.name)))
        if password:
            from shelter_desk.ui.sending import password_shown

            self.password = password_shown.show(self._foot, self._desk, password)

    @Slot()
    def print_it(self) -> None:
        """To the printer, across the paper where it has many columns, or as a PDF where there is no printer."""
        from shelter_desk.ui.widgets.print import printing

        listed, places = self.listed_now(), self._foot.places()
        table, today = self._foot.table, self._desk.today()
        html = listed_table.html(table, listed, places, today, training=self._desk.is_training)
        done = words.text("The list is printed."), words.text("The list is saved.")
        wide = len(listed.columns) >= listed_table.MANY
        try:
            told = printing.send(self._foot, printing.sheets(html), words.text("Print the list"), *done, across=wide)
        except ShelterDeskError as error:
            self._foot.told.emit(Told("blocked", sentence(error)))
            return
        if journal.printed(self._desk, "list", told, self._title):
            self._foot.told.emit(Told("ok", told))

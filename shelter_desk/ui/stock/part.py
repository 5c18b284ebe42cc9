"""What the parts of the page have in common: they look, tell, and open forms over their list."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLayout, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.act_form import ActForm
from shelter_desk.ui.page import Told
from shelter_desk.words.errors import sentence


class PartFace(QWidget):
    """One part of the page, made when it is first shown: a list, or the form opened over it."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form: ActForm | None = None
        self._faces = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)

    def show_list(self, listed: QWidget) -> None:
        """What is shown while no form is open."""
        self._listed = listed
        self._faces.addWidget(listed)

    def look(self) -> None:
        """Ask again and show; each part has its own."""
        raise NotImplementedError

    def is_editing(self) -> bool:
        """True while something typed would be lost by looking again."""
        return self.form is not None

    def set_first(self) -> None:
        """Put the focus where work begins."""

    def fail(self, error: ShelterDeskError) -> None:
        """Say what was refused."""
        self.told.emit(Told("blocked", sentence(error)))

    def look_again(self) -> None:
        """Look, or say why not."""
        try:
            self.look()
        except ShelterDeskError as error:
            self.fail(error)

    def open_form(self, form: ActForm) -> None:
        """Show that form over the list."""
        self.close_form()
        self.form = form
        form.told.connect(self.told)
        form.acted.connect(self.close_form)
        form.closed.connect(self.close_form)
        self._faces.addWidget(form)
        self._faces.setCurrentWidget(form)
        form.begin()

    @Slot()
    def close_form(self) -> None:
        """Back to the list, looked at again."""
        form, self.form = self.form, None
        if form is None:
            return
        self._faces.setCurrentWidget(self._listed)
        self._faces.removeWidget(form)
        form.deleteLater()
        self.look_again()
        self.set_first()


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


FOCUS = Qt.FocusReason.OtherFocusReason

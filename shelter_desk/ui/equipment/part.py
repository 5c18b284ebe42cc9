"""What the parts of the page have in common: they look, tell, and lay a form over their list."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.act_form import ActForm
from shelter_desk.ui.page import Told
from shelter_desk.words import equipment as _sentences  # noqa: F401 its refusals are said too
from shelter_desk.words.errors import sentence


class PartFace(QWidget):
    """One part of the page, made when it is first shown. `listed` is what stands there without a form."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form: ActForm | None = None
        self.listed = QWidget()
        self._faces = QStackedWidget()
        self._faces.addWidget(self.listed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._faces)

    def look(self) -> None:
        """Ask again and show; each part has its own."""
        raise NotImplementedError

    def set_first(self) -> None:
        """Put the focus where work begins."""

    def is_editing(self) -> bool:
        """True while something typed would be lost by looking again."""
        return self.form is not None

    def open_form(self, form: ActForm) -> None:
        """Lay a form over the list; closed or done, the list looks again."""
        if self.form is not None:
            return
        self.form = form
        form.told.connect(self.told)
        form.acted.connect(self._later)
        form.closed.connect(self._later)
        self._faces.addWidget(form)
        self._faces.setCurrentWidget(form)
        form.begin()

    @Slot()
    def _later(self) -> None:
        """The form goes after its own signal is over."""
        QTimer.singleShot(0, self, self.close_form)

    @Slot()
    def close_form(self) -> None:
        """Back to the list."""
        form, self.form = self.form, None
        if form is None:
            return
        self._faces.setCurrentWidget(self.listed)
        self._faces.removeWidget(form)
        form.deleteLater()
        self.look_again()
        self.set_first()

    def look_again(self) -> None:
        """Look, and say what was refused."""
        try:
            self.look()
        except ShelterDeskError as error:
            self.fail(error)

    def fail(self, error: ShelterDeskError) -> None:
        """Say what was refused."""
        self.told.emit(Told("blocked", sentence(error)))


def focus(widget: QWidget | None) -> None:
    """Give the keys to that widget."""
    if widget is not None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

"""What a lock would lose of an import: it is kept as a draft, as what is typed into a form."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.imports import intake_drafts
from shelter_desk.ui.forms.drafting import Drafting

if TYPE_CHECKING:
    from shelter_desk.ui.imports.page import IntakePage


class UnderWay(QWidget):
    """The file under review and the answers so far; nothing while no file is looked at, or once it is written."""

    wanted = Signal(object)  # what was kept, to go on with
    not_resumed = Signal(object)  # the error

    def __init__(self, desk: Desk, page: "IntakePage") -> None:
        super().__init__(page)
        self.hide()
        self._page = page
        self.drafting = Drafting(desk, self, intake_drafts.FORM, self)

    def values(self) -> dict[str, Value]:
        """As a draft keeps it."""
        page = self._page
        if page.review is None or page.face in (page.result, page.undoing):
            return {}
        said = page.columns.answers(page.review.answers) if page.face is page.columns else page.review.answers
        said = page.values.answers(said) if page.face is page.values else said
        return intake_drafts.packed(page.review.opened, page.lines.answers(said))

    def fill(self, values: Mapping[str, Value]) -> None:
        """Go on with it."""
        self.wanted.emit(dict(values))

    def failed(self, error: ShelterDeskError) -> None:
        """The file is gone or another one: there is nothing to go on with."""
        self.drafting.forget()
        self.not_resumed.emit(error)
